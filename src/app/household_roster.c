#include "app/household_roster.h"

#include "app/listing_derive.h"
#include "app/roster_contact.h"
#include "app/roster_paper.h"
#include "app/roster_split.h"
#include "domain/spell.h"
#include "store/q_duplicate.h"
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

/* The person's other records. */
static err_t fill_records(struct roster_fill *f, struct call *c, struct db *db, struct arena *a, int64_t now,
			  int64_t client_no)
{
	uint32_t one = 0;
	for (size_t i = 0; i < f->links_n; i++)
		if (f->links[i].client == client_no)
			one = f->links[i].one;
	for (size_t i = 0; i < f->links_n; i++)
		if (f->links[i].one == one && f->links[i].client != client_no)
			TRY(roster_fill_client(f, c, db, a, now, f->links[i].client));
	return NULL;
}

static err_t apply_marks(const struct roster_fill *f, struct db *db, struct arena *a, int64_t household_no,
			 uint32_t first, uint32_t end)
{
	struct q_household_marks_of *marks;
	size_t n;
	TRY(q_household_marks_of(db, a, household_no, &marks, &n));
	for (uint32_t i = first; i < end; i++)
		for (size_t k = 0; k < n; k++)
			if (!instant_known(marks[k].ended_at))
				listing_mark_apply(f, f->r, i, marks[k].kind, marks[k].day, marks[k].region_id);
	return NULL;
}

/* What was decided about the households that records of a person were in before they were joined. */
static err_t apply_former(const struct roster_fill *f, struct db *db, struct arena *a, int64_t household_no)
{
	struct q_duplicate_homes *homes;
	size_t n;
	if (f->links_n == 0)
		return NULL;
	TRY(q_duplicate_homes(db, a, &homes, &n));
	for (size_t i = 0; i < n; i++) {
		const int64_t of[][2] = {{homes[i].low_no, homes[i].low_household},
					 {homes[i].high_no, homes[i].high_household}};
		for (size_t k = 0; k < 2; k++) {
			uint32_t person = roster_fill_joined(f, of[k][0]);
			if (person != ROSTER_NONE && of[k][1] != household_no)
				TRY(apply_marks(f, db, a, of[k][1], person, person + 1));
		}
	}
	return NULL;
}

err_t household_roster(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct night_book *nights,
		       struct roster_fill **out)
{
	struct q_list_now now;
	struct q_list_members *members;
	struct roster_splits splits;
	struct roster_contacts contacts;
	size_t n;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_list_members(db, a, household_no, now.import_no, &members, &n));
	TRY(roster_fill_new(a, db, now.import_no, now.as_of, c->today, c->app->data, out));
	struct roster_fill *f = *out;
	f->nights = nights;
	for (size_t i = 0; i < n; i++)
		TRY(roster_fill_client(f, c, db, a, now.import_no, members[i].client_no));
	for (size_t i = 0; i < n && f->links_n > 0; i++)
		TRY(fill_records(f, c, db, a, now.import_no, members[i].client_no));
	TRY(roster_fill_join(f, a));
	TRY(apply_former(f, db, a, household_no));
	TRY(apply_marks(f, db, a, household_no, 0, f->r->people_n));
	TRY(add_papers(f, db, a));
	TRY(roster_contacts_load_of(f, db, a, &contacts));
	TRY(roster_contacts_tell(&contacts, a, f));
	TRY(roster_splits_load(db, a, &splits));
	roster_splits_tell(&splits, f->r, f->clients);
	TRY(roster_fill_settle(f, a));
	spell_share(f->r, 0, 1);
	return NULL;
}
