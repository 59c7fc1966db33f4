#include "app/support.h"

#include "app/meeting.h"
#include "app/tenancy.h"
#include "domain/cycle.h"
#include "domain/spell.h"
#include "store/q_cycle.h"
#include "store/q_household.h"

enum { WORDS_MOST = 800 };

struct work {
	struct call *call;
	struct str id;
	struct support_view view;
};

static err_t fill_tried(struct work *w, struct db *db, struct arena *a)
{
	struct support_view *v = &w->view;
	struct entry *entries;
	size_t n;
	TRY(entry_history(db, a, v->face.no, TRIED_ITEM, &entries, &n));
	struct intervention *all = arena_many(a, n, struct intervention);
	v->rows = arena_many(a, n, struct support_row);
	v->rows_n = n;
	for (size_t i = 0; i < n; i++) {
		struct str text;
		TRY(entry_text(w->call, a, &entries[i], &text));
		if (!intervention_read(text, &all[i]))
			return err_internal(a, "entry tried/%lld is none", (long long)entries[i].no);
	}
	for (size_t i = 0; i < n; i++)
		v->rows[i] = (struct support_row){
			.tried = all[i],
			.before = all[i].outcome == OUTCOME_STEP_UP ? intervention_tried(a, &all[i + 1], n - i - 1)
								    : S(""),
			.by = entries[i].by,
			.at = instant_day(entries[i].at),
		};
	v->ask_solving = !intervention_solved(all, n);
	return NULL;
}

static err_t fill_tenancy(struct work *w, struct db *db, struct arena *a)
{
	struct support_view *v = &w->view;
	struct entry *entries;
	size_t n;
	TRY(entries_load(db, a, &v->face.no, 1, &entries, &n));
	return tenancy_of(w->call, a, entries, n, v->face.no, &v->at_risk, &v->risk);
}

err_t support_here(struct db *db, struct arena *a, struct str region_id, int64_t household_no, struct str *here)
{
	struct q_cycle_seats_open *rows;
	size_t n;
	unsigned whys = 0;
	TRY(q_cycle_seats_open(db, a, region_id, household_no, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		unsigned set = 0;
		if (rows[i].joined_for.n > 0 && !airtime_parse(rows[i].joined_for, &set))
			return err_internal(a, "seat with an unknown reason");
		whys |= set;
	}
	*here = airtime_labels(a, whys);
	return NULL;
}

/* A household that is active or housed may be brought; what ended otherwise has no next step. */
static err_t fill_cycle(struct work *w, struct db *db, struct arena *a)
{
	struct support_view *v = &w->view;
	struct q_cycle_household_by_id household;
	struct q_cycle_open cycle;
	struct q_cycle_seat seat;
	bool found;
	bool seated;
	TRY(q_cycle_household_by_id(db, a, w->id, &household, &found));
	v->region_id = household.region_id;
	TRY(support_here(db, a, v->region_id, v->face.no, &v->here));
	if (v->region_id.n == 0 || !meeting_may_plan(&w->call->actor, v->region_id))
		return NULL;
	TRY(q_cycle_open(db, a, v->region_id, S(""), &cycle, &found));
	if (!found)
		return NULL;
	TRY(q_cycle_seat(db, a, cycle.id, v->face.no, &seat, &seated));
	v->can_add = !seated && (v->face.active || v->housed);
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct support_view *v = &w->view;
	struct q_household_by_id row;
	bool found;
	*v = (struct support_view){.at_risk = DAY_NONE, .checkins = {.housed = DAY_NONE, .next = CHECKINS_N}};
	w->call->shown.n = 0;
	TRY(q_household_by_id(db, a, w->id, &row, &found));
	if (found)
		TRY(app_household_faces(w->call, db, a, &row.household_no, 1, &v->face));
	if (!v->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	v->housed = v->face.status == STATUS_HOUSED;
	v->may_write = v->face.notes;
	if (v->may_write) {
		TRY(fill_tried(w, db, a));
		TRY(fill_tenancy(w, db, a));
		TRY(checkin_load(w->call, db, a, v->face.no, &v->checkins));
	}
	return fill_cycle(w, db, a);
}

err_t app_support(struct call *c, struct str household_id, struct support_view *out)
{
	struct work w = {.call = c, .id = household_id};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}

err_t app_support_record(struct call *c, struct str household_id, const struct intervention *tried,
			 const struct pii *words)
{
	struct arena *a = c->arena;
	struct intervention i = *tried;
	i.words = str_trim(pii_reveal(words));
	if (!day_known(i.day) || i.day.n > c->today.n)
		return err_new(a, ERR_INVALID, "On which day was it? Choose today or a day before.");
	if (str_utf8_len(i.words) > WORDS_MOST)
		return err_new(a, ERR_INVALID, "Write at most %d characters.", WORDS_MOST);
	if (i.outcome == OUTCOME_STEP_UP && str_utf8_len(i.words) < CYCLE_REASON_LEAST)
		return err_new(a, ERR_INVALID, "Say in at least %d characters why more is needed.", CYCLE_REASON_LEAST);
	struct entry_writing w = {c, household_id, TRIED_ITEM, pii_new(a, intervention_text(a, &i))};
	return db_run(c->db, a, DB_WRITE, entry_write, &w);
}
