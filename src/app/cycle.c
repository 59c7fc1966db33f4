#include "app/cycle.h"

#include "app/meeting.h"
#include "app/record.h"
#include "domain/airtime.h"
#include "domain/spell.h"
#include "store/q_cycle.h"
#include "store/q_region.h"
#include "store/q_worklist.h"
#include "store/seal.h"

enum { GOAL_MOST = 1000 };

/* One act on the cycle of a list. */
struct cycling {
	struct call *call;
	struct worklist_ref list;
	int size;
	int goal;
	struct str household;
	enum cycle_ending ending;
	unsigned why; /* set of enum airtime */
	const struct pii *reason;
};

static err_t may_plan(struct call *c, struct str region_id)
{
	if (!meeting_may_plan(&c->actor, region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Cycles are for the list holder and the specialists of the region.");
	return NULL;
}

static err_t open_cycle(struct db *db, struct arena *a, struct worklist_ref list, struct q_cycle_open *out)
{
	bool found;
	TRY(q_cycle_open(db, a, list.region_id, list.id, out, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This list has no cycle yet: start one first.");
	return NULL;
}

static err_t seat_add(struct call *c, struct db *db, struct arena *a, struct str cycle_id, int64_t household,
		      enum cycle_join join, struct str joined_for)
{
	return q_cycle_seat_add(db, a,
				&(struct q_cycle_seat_add_in){
					.id = meeting_new_id(a),
					.cycle_id = cycle_id,
					.household_no = household,
					.joined_as = cycle_join_table[join].key,
					.joined_for = joined_for,
					.joined_at = c->now,
					.joined_by = c->actor.id,
					.left_at = INSTANT_NONE,
				});
}

static err_t record(struct call *c, struct db *db, struct arena *a, const char *act, struct str region_id,
		    struct str cycle_id, struct str more)
{
	return app_record(c, db, a, act, "region", region_id,
			  str_fmt(a, "cycle=%.*s%.*s", STR_ARG(cycle_id), STR_ARG(more)));
}

/* What the list says of a household that has a seat. */
static enum cycle_ending ending_of_status(int64_t status)
{
	switch (status) {
	case STATUS_HOUSED:
		return CYCLE_HOUSED;
	case STATUS_DECEASED:
		return CYCLE_DECEASED;
	case STATUS_MOVED_AWAY:
		return CYCLE_MOVED;
	case STATUS_INELIGIBLE:
		return CYCLE_INELIGIBLE;
	default:
		return CYCLE_STAYS; /* silence ends nothing: who is inactive keeps the seat */
	}
}

static err_t free_ended(struct call *c, struct db *db, struct arena *a, struct str region_id, struct str cycle_id)
{
	struct q_cycle_seats_standing *seats;
	size_t n;
	TRY(q_cycle_seats_standing(db, a, cycle_id, &seats, &n));
	for (size_t i = 0; i < n; i++) {
		enum cycle_ending ending = seats[i].status_known ? ending_of_status(seats[i].status) : CYCLE_STAYS;
		bool review = str_eq(seats[i].joined_as, cycle_join_table[CYCLE_REVIEW].key);
		if (ending == CYCLE_STAYS || (review && ending == CYCLE_HOUSED))
			continue;
		struct str key = cycle_ending_table[ending].key;
		int64_t changed;
		TRY(q_cycle_seat_free(
			db, a, &(struct q_cycle_seat_free_in){.id = seats[i].id, .left_as = key, .left_at = c->now},
			&changed));
		TRY(record(c, db, a, "cycle.free", region_id, cycle_id,
			   str_fmt(a, ",seat=%.*s,as=%.*s", STR_ARG(seats[i].id), STR_ARG(key))));
	}
	return NULL;
}

static void mark_seats(const struct q_cycle_seats *seats, size_t seats_n, int64_t household,
		       struct cycle_candidate *out)
{
	struct instant last = INSTANT_NONE;
	for (size_t i = 0; i < seats_n; i++) {
		if (seats[i].household_no != household)
			continue;
		if (seats[i].left_as.n == 0) {
			*out = (struct cycle_candidate){.in = true};
			return;
		}
		/* What a person decided last (skipped, ended) holds for this cycle; what the list said may be
		 * true no more. */
		if (seats[i].left_at.ms > last.ms) {
			last = seats[i].left_at;
			out->skipped = seats[i].left_by.n > 0;
		}
	}
}

static err_t let_in(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct str cycle_id,
		    int size, enum cycle_join join)
{
	struct q_cycle_seats *seats;
	int64_t *nos;
	size_t seats_n, n;
	TRY(q_cycle_seats(db, a, cycle_id, &seats, &seats_n));
	TRY(worklist_order(c, db, a, list, (size_t)size + seats_n, &nos, &n));
	struct cycle_candidate *candidates = arena_many(a, n, struct cycle_candidate);
	bool *joins = arena_many(a, n, bool);
	for (size_t i = 0; i < n; i++)
		mark_seats(seats, seats_n, nos[i], &candidates[i]);
	size_t joined = cycle_fill(candidates, n, size, joins);
	for (size_t i = 0; i < n; i++) {
		if (joins[i])
			TRY(seat_add(c, db, a, cycle_id, nos[i], join, S("")));
	}
	if (joined == 0)
		return NULL;
	return record(c, db, a, "cycle.join", list.region_id, cycle_id,
		      str_fmt(a, ",as=%.*s,households=%zu", STR_ARG(cycle_join_table[join].key), joined));
}

/* Who has a seat has it also under the record that it was joined with; what a person decided there holds. */
static err_t keep_joined(struct call *c, struct db *db, struct arena *a, struct str region_id, struct str cycle_id)
{
	struct q_cycle_seats_joined *rows;
	struct q_cycle_seats *seats;
	size_t n, seats_n;
	TRY(q_cycle_seats_joined(db, a, cycle_id, &rows, &n));
	if (n == 0)
		return NULL;
	TRY(q_cycle_seats(db, a, cycle_id, &seats, &seats_n));
	for (size_t i = 0; i < n; i++) {
		struct cycle_candidate stays = {0};
		mark_seats(seats, seats_n, rows[i].household_no, &stays);
		if (stays.in || stays.skipped || (i > 0 && rows[i - 1].household_no == rows[i].household_no))
			continue;
		TRY(seat_add(c, db, a, cycle_id, rows[i].household_no, CYCLE_JOINED, S("")));
		TRY(record(c, db, a, "cycle.join", region_id, cycle_id,
			   str_fmt(a, ",as=%.*s,households=1", STR_ARG(cycle_join_table[CYCLE_JOINED].key))));
	}
	return NULL;
}

err_t cycle_refresh(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct str cycle_id,
		    int size)
{
	TRY(keep_joined(c, db, a, list.region_id, cycle_id));
	TRY(free_ended(c, db, a, list.region_id, cycle_id));
	return let_in(c, db, a, list, cycle_id, size, CYCLE_ROSE);
}

/* Ends the seats that a household has in the open cycles of a region. */
static err_t leave_region(struct call *c, struct db *db, struct arena *a, struct str region_id, int64_t household,
			  size_t *seats)
{
	struct str key = cycle_ending_table[CYCLE_WENT].key;
	struct q_cycle_seats_open *rows;
	int64_t changed;
	TRY(q_cycle_seats_open(db, a, region_id, household, &rows, seats));
	for (size_t i = 0; i < *seats; i++) {
		TRY(q_cycle_seat_free(
			db, a, &(struct q_cycle_seat_free_in){.id = rows[i].id, .left_as = key, .left_at = c->now},
			&changed));
		TRY(record(c, db, a, "cycle.free", region_id, rows[i].cycle_id,
			   str_fmt(a, ",seat=%.*s,as=%.*s", STR_ARG(rows[i].id), STR_ARG(key))));
	}
	return NULL;
}

err_t cycle_move(struct call *c, struct db *db, struct arena *a, int64_t household, struct str from_region,
		 struct str to_region)
{
	struct q_cycle_open to;
	struct q_cycle_seat there;
	size_t seats;
	bool open, has;
	TRY(leave_region(c, db, a, from_region, household, &seats));
	if (seats == 0)
		return NULL;
	TRY(q_cycle_open(db, a, to_region, S(""), &to, &open));
	if (!open)
		return NULL;
	TRY(q_cycle_seat(db, a, to.id, household, &there, &has));
	if (has)
		return NULL;
	TRY(seat_add(c, db, a, to.id, household, CYCLE_CAME, S("")));
	return record(c, db, a, "cycle.join", to_region, to.id,
		      str_fmt(a, ",as=%.*s,households=1", STR_ARG(cycle_join_table[CYCLE_CAME].key)));
}

err_t cycle_share(struct call *c, struct db *db, struct arena *a, struct str region_id, int64_t household,
		  int64_t leaving)
{
	struct q_cycle_seats_open *seats;
	size_t n;
	TRY(q_cycle_seats_open(db, a, region_id, household, &seats, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(seat_add(c, db, a, seats[i].cycle_id, leaving, CYCLE_SHARED, S("")));
		TRY(record(c, db, a, "cycle.join", region_id, seats[i].cycle_id,
			   str_fmt(a, ",as=%.*s,households=1", STR_ARG(cycle_join_table[CYCLE_SHARED].key))));
	}
	return NULL;
}

err_t cycle_unshare(struct call *c, struct db *db, struct arena *a, int64_t household)
{
	int64_t changed;
	return q_cycle_seat_void(db, a, household, cycle_ending_table[CYCLE_OTHER].key, c->now, &changed);
}

/* Ends a cycle; who still has a seat in it is returned. */
static err_t end_open(struct call *c, struct db *db, struct arena *a, struct str region_id, struct str cycle_id,
		      struct q_cycle_seats_standing **kept, size_t *kept_n)
{
	int64_t changed;
	TRY(keep_joined(c, db, a, region_id, cycle_id));
	TRY(free_ended(c, db, a, region_id, cycle_id));
	TRY(q_cycle_seats_standing(db, a, cycle_id, kept, kept_n));
	TRY(q_cycle_end(db, a, cycle_id, c->now, &changed));
	return record(c, db, a, "cycle.end", region_id, cycle_id, S(""));
}

err_t cycle_end(struct call *c, struct db *db, struct arena *a, struct worklist_ref list)
{
	struct q_cycle_open cycle;
	struct q_cycle_seats_standing *kept;
	size_t kept_n;
	bool open;
	TRY(q_cycle_open(db, a, list.region_id, list.id, &cycle, &open));
	return open ? end_open(c, db, a, list.region_id, cycle.id, &kept, &kept_n) : NULL;
}

err_t cycle_check(struct arena *a, int size, int goal)
{
	if (size < 1 || size > CYCLE_SIZE_MOST)
		return err_new(a, ERR_INVALID, "A cycle holds between 1 and %d households.", CYCLE_SIZE_MOST);
	if (goal < 0 || goal > GOAL_MOST)
		return err_new(a, ERR_INVALID, "The goal is a number of households between 0 and %d.", GOAL_MOST);
	return NULL;
}

err_t cycle_begin(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, int size, int goal)
{
	struct q_cycle_last last;
	struct q_cycle_open before = {0};
	struct q_cycle_seats_standing *kept = NULL;
	size_t kept_n = 0;
	bool had, was_open;
	TRY(q_cycle_last(db, a, list.region_id, &last, &had));
	TRY(q_cycle_open(db, a, list.region_id, list.id, &before, &was_open));
	if (was_open)
		TRY(end_open(c, db, a, list.region_id, before.id, &kept, &kept_n));
	struct str id = meeting_new_id(a);
	TRY(q_cycle_add(db, a,
			&(struct q_cycle_add_in){
				.id = id,
				.region_id = list.region_id,
				.worklist_id = list.id,
				.number = had ? last.number + 1 : 1,
				.size = size,
				.goal = goal,
				.started_at = c->now,
				.started_by = c->actor.id,
			}));
	for (size_t i = 0; i < kept_n; i++) {
		/* A review was of the cycle that ended. */
		if (!str_eq(kept[i].joined_as, cycle_join_table[CYCLE_REVIEW].key))
			TRY(seat_add(c, db, a, id, kept[i].household_no, CYCLE_KEPT, kept[i].joined_for));
	}
	TRY(record(c, db, a, "cycle.start", list.region_id, id, str_fmt(a, ",size=%d,goal=%d", size, goal)));
	return let_in(c, db, a, list, id, size, CYCLE_START);
}

static err_t start(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_region_by_id region;
	struct q_worklist_by_id worklist;
	bool exists;
	TRY(q_region_by_id(db, a, w->list.region_id, &region, &exists));
	if (!exists)
		return err_new(a, ERR_MISSING, "There is no such region.");
	if (w->list.id.n > 0) {
		TRY(q_worklist_by_id(db, a, w->list.id, &worklist, &exists));
		if (!exists || !str_eq(worklist.region_id, w->list.region_id) || instant_known(worklist.ended_at))
			return err_new(a, ERR_MISSING, "There is no such working list in this region.");
	}
	return cycle_begin(w->call, db, a, w->list, w->size, w->goal);
}

err_t app_cycle_start(struct call *c, struct worklist_ref list, int size, int goal)
{
	struct cycling w = {.call = c, .list = list, .size = size, .goal = goal};
	TRY(may_plan(c, list.region_id));
	TRY(cycle_check(c->arena, size, goal));
	return db_run(c->db, c->arena, DB_WRITE, start, &w);
}

static err_t set(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_cycle_open cycle;
	int64_t changed;
	TRY(open_cycle(db, a, w->list, &cycle));
	TRY(q_cycle_set(db, a, cycle.id, w->size, w->goal, &changed));
	TRY(record(w->call, db, a, "cycle.set", w->list.region_id, cycle.id,
		   str_fmt(a, ",size=%d,goal=%d", w->size, w->goal)));
	return cycle_refresh(w->call, db, a, w->list, cycle.id, w->size);
}

err_t app_cycle_set(struct call *c, struct worklist_ref list, int size, int goal)
{
	struct cycling w = {.call = c, .list = list, .size = size, .goal = goal};
	TRY(may_plan(c, list.region_id));
	TRY(cycle_check(c->arena, size, goal));
	return db_run(c->db, c->arena, DB_WRITE, set, &w);
}

static err_t refresh(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_cycle_open cycle;
	TRY(open_cycle(db, a, w->list, &cycle));
	return cycle_refresh(w->call, db, a, w->list, cycle.id, (int)cycle.size);
}

err_t app_cycle_refresh(struct call *c, struct worklist_ref list)
{
	struct cycling w = {.call = c, .list = list};
	TRY(may_plan(c, list.region_id));
	return db_run(c->db, c->arena, DB_WRITE, refresh, &w);
}

static err_t household_of(const struct cycling *w, struct db *db, struct arena *a, struct q_cycle_household_by_id *out)
{
	bool found;
	TRY(q_cycle_household_by_id(db, a, w->household, out, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household.");
	return NULL;
}

/* One that may be taken out of order: a cycle is of the region's list, not of another's. */
static err_t household_here(const struct cycling *w, struct db *db, struct arena *a,
			    struct q_cycle_household_by_id *out)
{
	TRY(household_of(w, db, a, out));
	if (out->region_id.n > 0 && !str_eq(out->region_id, w->list.region_id))
		return err_new(a, ERR_INVALID, "This household is on the list of another region.");
	return NULL;
}

static struct str seal_reason(const struct cycling *w, struct arena *a, const char *column, struct str seat)
{
	return seal_pii(a, w->call->app->keys, (struct seal_place){"cycle_household", column, seat}, w->reason);
}

/* Frees the seat that a household has. */
static err_t free_seat(const struct cycling *w, struct db *db, struct arena *a, struct str cycle_id, struct str seat_id)
{
	struct str key = cycle_ending_table[w->ending].key;
	int64_t changed;
	TRY(q_cycle_seat_free(db, a,
			      &(struct q_cycle_seat_free_in){
				      .id = seat_id,
				      .left_as = key,
				      .left_reason = seal_reason(w, a, "left_reason", seat_id),
				      .left_at = w->call->now,
				      .left_by = w->call->actor.id,
			      },
			      &changed));
	return record(w->call, db, a, "cycle.free", w->list.region_id, cycle_id,
		      str_fmt(a, ",seat=%.*s,as=%.*s", STR_ARG(seat_id), STR_ARG(key)));
}

static err_t give_up(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_cycle_open cycle;
	struct q_cycle_seat seat;
	struct q_cycle_household_by_id household;
	bool has;
	TRY(open_cycle(db, a, w->list, &cycle));
	TRY(household_of(w, db, a, &household));
	TRY(q_cycle_seat(db, a, cycle.id, household.household_no, &seat, &has));
	if (!has)
		return err_new(a, ERR_CONFLICT, "This household has no seat in the cycle.");
	TRY(free_seat(w, db, a, cycle.id, seat.id));
	return let_in(w->call, db, a, w->list, cycle.id, (int)cycle.size, CYCLE_ROSE);
}

static err_t skip(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_cycle_open cycle;
	struct q_cycle_seat seat;
	struct q_cycle_household_by_id household;
	bool has;
	TRY(open_cycle(db, a, w->list, &cycle));
	TRY(household_here(w, db, a, &household));
	TRY(q_cycle_seat(db, a, cycle.id, household.household_no, &seat, &has));
	if (has)
		return err_new(a, ERR_CONFLICT, "This household has a seat already; nobody in a cycle is displaced.");
	struct str id = meeting_new_id(a);
	TRY(q_cycle_seat_add(db, a,
			     &(struct q_cycle_seat_add_in){
				     .id = id,
				     .cycle_id = cycle.id,
				     .household_no = household.household_no,
				     .joined_as = cycle_join_table[CYCLE_ROSE].key,
				     .joined_at = w->call->now,
				     .joined_by = w->call->actor.id,
				     .left_as = cycle_ending_table[CYCLE_SKIPPED].key,
				     .left_reason = seal_reason(w, a, "left_reason", id),
				     .left_at = w->call->now,
				     .left_by = w->call->actor.id,
			     }));
	return record(w->call, db, a, "cycle.skip", w->list.region_id, cycle.id, str_fmt(a, ",seat=%.*s", STR_ARG(id)));
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	const struct cycling *w = ctx;
	struct q_cycle_open cycle;
	struct q_cycle_seat seat;
	struct q_cycle_household_by_id household;
	bool has;
	TRY(open_cycle(db, a, w->list, &cycle));
	TRY(household_here(w, db, a, &household));
	TRY(q_cycle_seat(db, a, cycle.id, household.household_no, &seat, &has));
	if (has)
		return err_new(a, ERR_CONFLICT, "This household has a seat already.");
	bool housed = household.status_known && household.status == STATUS_HOUSED;
	struct str id = meeting_new_id(a);
	TRY(q_cycle_seat_add(db, a,
			     &(struct q_cycle_seat_add_in){
				     .id = id,
				     .cycle_id = cycle.id,
				     .household_no = household.household_no,
				     .joined_as = cycle_join_table[housed ? CYCLE_REVIEW : CYCLE_ADDED].key,
				     .joined_for = airtime_keys(a, w->why),
				     .joined_reason = seal_reason(w, a, "joined_reason", id),
				     .joined_at = w->call->now,
				     .joined_by = w->call->actor.id,
				     .left_at = INSTANT_NONE,
			     }));
	return record(w->call, db, a, "cycle.add", w->list.region_id, cycle.id, str_fmt(a, ",seat=%.*s", STR_ARG(id)));
}

static err_t out_of_order(struct call *c, struct cycling *w, err_t (*fn)(struct db *, struct arena *, void *))
{
	TRY(may_plan(c, w->list.region_id));
	TRY(meeting_check_words(c->arena, w->reason));
	TRY(cycle_check_reason(c->arena, pii_reveal(w->reason)));
	return db_run(c->db, c->arena, DB_WRITE, fn, w);
}

err_t app_cycle_skip(struct call *c, struct worklist_ref list, struct str household, const struct pii *reason)
{
	struct cycling w = {.call = c, .list = list, .household = household, .reason = reason};
	return out_of_order(c, &w, skip);
}

err_t app_cycle_add(struct call *c, struct worklist_ref list, struct str household, unsigned why,
		    const struct pii *reason)
{
	struct cycling w = {.call = c, .list = list, .household = household, .why = why, .reason = reason};
	if (why == 0 || why >> AIRTIMES_N != 0)
		return err_new(c->arena, ERR_INVALID, "Choose why this household gets time in the conference.");
	return out_of_order(c, &w, add);
}

err_t app_cycle_free(struct call *c, struct worklist_ref list, struct str household, enum cycle_ending ending,
		     const struct pii *reason)
{
	struct cycling w = {.call = c, .list = list, .household = household, .ending = ending, .reason = reason};
	if (!cycle_ending_table[ending].by_person || ending == CYCLE_SKIPPED)
		return err_new(c->arena, ERR_INVALID, "Choose how the household’s place ended.");
	return out_of_order(c, &w, give_up);
}
