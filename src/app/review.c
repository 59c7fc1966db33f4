#include "app/review.h"

#include "store/q_hmis.h"
#include "store/q_nomination.h"

static err_t kind_of(struct arena *a, struct str word, enum policy_kind *out)
{
	*out = POLICY_LIST;
	if (word.n > 0 && !policy_kind_parse(word, out))
		return err_internal(a, "a nomination for an unknown kind of opening");
	return NULL;
}

err_t app_reviews_due(struct call *c, struct db *db, struct arena *a, struct str region_id, struct review_row **out,
		      size_t *n)
{
	struct q_hmis_now now;
	struct q_reviews_due *rows;
	size_t rows_n;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_reviews_due(db, a, region_id, c->today.n, now.import_no, &rows, &rows_n));
	int64_t *nos = arena_many(a, rows_n, int64_t);
	struct household_face *faces = arena_many(a, rows_n, struct household_face);
	for (size_t i = 0; i < rows_n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(c, db, a, nos, rows_n, faces));
	*out = arena_many(a, rows_n, struct review_row);
	*n = 0;
	for (size_t i = 0; i < rows_n; i++) {
		struct review_row *row = &(*out)[*n];
		if (!faces[i].visible)
			continue;
		*row = (struct review_row){.face = faces[i], .day = rows[i].review_day, .until = rows[i].until_day};
		TRY(kind_of(a, rows[i].kind, &row->kind));
		++*n;
	}
	return NULL;
}

err_t app_reviews_of(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct review_row **out,
		     size_t *n)
{
	struct q_reviews_of *rows;
	TRY(q_reviews_of(db, a, household_no, c->today.n, &rows, n));
	*out = arena_many(a, *n, struct review_row);
	for (size_t i = 0; i < *n; i++) {
		(*out)[i] = (struct review_row){.day = rows[i].review_day, .until = rows[i].until_day};
		TRY(kind_of(a, rows[i].kind, &(*out)[i].kind));
	}
	return NULL;
}
