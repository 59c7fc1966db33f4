#include "app/assessed.h"

#include <stdlib.h>

#include "app/import_client.h"
#include "app/law.h"
#include "store/dossier.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"

struct found {
	struct arena *arena;
	struct assessed_row *rows;
	size_t n;
};

/* The assessment's day, which its results do not hold. */
static struct day assessment_day(const struct str *facts, size_t n, struct str id)
{
	struct dossier_fact fact;
	for (size_t i = 0; i < n; i++)
		if (facts[i].p[0] == DOSSIER_Assessment && dossier_unpack(facts[i], &fact) && str_eq(fact.id, id))
			return dossier_day(&fact, DOSSIER_Assessment_AssessmentDate);
	return DAY_NONE;
}

static void look_through(struct found *f, const struct pii *dossier, struct str agency)
{
	struct arena *a = f->arena;
	struct str bytes = pii_reveal(dossier);
	struct str *facts = arena_many(a, bytes.n, struct str);
	size_t n = 0;
	struct dossier_reader d = dossier_open(bytes);
	for (struct dossier_item item; dossier_next(&d, &item);)
		facts[n++] = item.packed;
	struct dossier_fact fact;
	for (size_t i = 0; i < n; i++) {
		if (facts[i].p[0] != DOSSIER_AssessmentResults || !dossier_unpack(facts[i], &fact))
			continue;
		struct day day = assessment_day(facts, n, fact.values[DOSSIER_AssessmentResults_AssessmentID].text);
		if (!day_known(day))
			continue;
		f->rows = db_rows_room(a, f->rows, f->n, sizeof *f->rows);
		f->rows[f->n++] = (struct assessed_row){
			.day = day,
			.tool = str_dup(a, fact.values[DOSSIER_AssessmentResults_AssessmentResultType].text),
			.result = str_dup(a, fact.values[DOSSIER_AssessmentResults_AssessmentResult].text),
			.agency = agency,
		};
	}
}

static int newest_first(const void *x, const void *y)
{
	const struct assessed_row *a = x;
	const struct assessed_row *b = y;
	return a->day.n != b->day.n ? (b->day.n > a->day.n) - (b->day.n < a->day.n) : str_cmp(a->tool, b->tool);
}

err_t app_assessed(struct call *c, struct db *db, struct arena *a, int64_t client_no, int64_t now,
		   struct assessed_row **out, size_t *n)
{
	struct q_enrollments_of_client *enrollments;
	struct found f = {.arena = a};
	size_t many;
	TRY(q_enrollments_of_client(db, a, client_no, now, &enrollments, &many));
	for (size_t i = 0; i < many; i++) {
		const struct pii *dossier;
		struct q_hmis_project_runner runner = {0};
		bool known;
		TRY(q_hmis_project_runner(db, a, enrollments[i].project_no, now, &runner, &known));
		TRY(seal_open(a, c->app->keys, enrollment_place(a, client_no, enrollments[i].enrollment_no),
			      enrollments[i].dossier, &dossier));
		look_through(&f, dossier,
			     !known                                          ? S("an agency that is gone")
			     : law_may_name(c, runner.law, runner.agency_id) ? runner.name
									     : S("an agency"));
	}
	if (f.n > 1)
		qsort(f.rows, f.n, sizeof *f.rows, newest_first);
	*out = f.rows;
	*n = f.n;
	return NULL;
}
