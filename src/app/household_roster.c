#include "app/household_roster.h"

#include "app/listing_derive.h"
#include "app/roster_paper.h"
#include "domain/spell.h"
#include "store/q_household.h"
#include "store/q_list.h"

/* What is on file about the members, who are the roster's people in their order. */
static err_t add_papers(struct roster_fill *f, struct db *db, struct arena *a)
{
	struct roster *r = f->r;
	struct roster_paper *papers = NULL;
	struct q_disability_standing *disabled;
	size_t n;
	size_t papers_n = 0;
	TRY(q_disability_standing(db, a, r->as_of, &disabled, &n));
	for (uint32_t i = 0; i < r->people_n; i++) {
		struct q_evidence_standing_of *rows;
		size_t rows_n;
		TRY(q_evidence_standing_of(db, a, f->clients[i], &rows, &rows_n));
		for (size_t k = 0; k < rows_n; k++) {
			papers = db_rows_room(a, papers, papers_n, sizeof *papers);
			papers[papers_n++] = roster_paper_of(i, rows[k].kind, rows[k].first_month, rows[k].last_month);
		}
		for (size_t k = 0; k < n; k++)
			if (disabled[k].client_no == f->clients[i])
				r->people[i].bits |= PERSON_DISABLED;
	}
	r->papers = papers;
	r->papers_n = papers_n;
	return NULL;
}

err_t household_roster(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct night_book *nights,
		       struct roster_fill **out)
{
	struct q_list_now now;
	struct q_list_members *members;
	struct q_household_marks_of *marks;
	size_t n;
	size_t marks_n;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_list_members(db, a, household_no, now.import_no, &members, &n));
	TRY(q_household_marks_of(db, a, household_no, &marks, &marks_n));
	TRY(roster_fill_new(a, db, now.import_no, now.as_of, c->today, c->app->data, out));
	struct roster_fill *f = *out;
	f->nights = nights;
	for (size_t i = 0; i < n; i++)
		TRY(roster_fill_client(f, c, db, a, now.import_no, members[i].client_no));
	for (uint32_t i = 0; i < f->r->people_n; i++)
		for (size_t k = 0; k < marks_n; k++)
			if (!instant_known(marks[k].ended_at))
				listing_mark_apply(f, f->r, i, marks[k].kind, marks[k].day, marks[k].region_id);
	TRY(add_papers(f, db, a));
	TRY(roster_fill_settle(f, a));
	spell_share(f->r, 0, 1);
	return NULL;
}
