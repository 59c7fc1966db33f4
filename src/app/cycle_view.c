/* What the page of a list's cycle shows. */
#include "app/cycle.h"
#include "app/meeting.h"
#include "app/step.h"
#include "domain/airtime.h"
#include "domain/spell.h"
#include "store/q_card.h"
#include "store/q_cycle.h"
#include "store/q_list.h"
#include "store/q_region.h"
#include "store/q_user.h"
#include "store/seal.h"

enum { NEXT_SHOWN = 5, HELD_DAYS = 180 };

struct looking {
	struct call *call;
	struct worklist_ref list;
	struct cycle_view view;
};

static struct str dated(struct arena *a, struct str words, struct instant at)
{
	struct ymd day = day_to_ymd(instant_day(at));
	char say[DAY_SAY];
	return str_fmt(a, "%.*s, %s %d", STR_ARG(words), day_say_short(instant_day(at), say), day.year);
}

static struct str joined_words(struct arena *a, const struct q_cycle_seats *row)
{
	enum cycle_join join;
	bool known = cycle_join_parse(row->joined_as, &join);
	return dated(a, known ? cycle_join_table[join].words : row->joined_as, row->joined_at);
}

static struct str ended_words(struct arena *a, const struct q_cycle_seats *row)
{
	enum cycle_ending ending;
	if (row->left_as.n == 0)
		return (struct str){0};
	bool known = cycle_ending_parse(row->left_as, &ending);
	return dated(a, known ? cycle_ending_table[ending].words : row->left_as, row->left_at);
}

static err_t name_of(struct db *db, struct arena *a, struct str user_id, struct str *out)
{
	struct q_user_by_id user;
	bool found;
	TRY(q_user_by_id(db, a, user_id, &user, &found));
	*out = found ? user.name : (struct str){0};
	return NULL;
}

/* The seat in words; who decided and why only where a person did. */
static err_t fill_seat(const struct looking *w, struct db *db, struct arena *a, const struct q_cycle_seats *row,
		       struct cycle_seat *out)
{
	const struct keys *keys = w->call->app->keys;
	const struct pii *reason = NULL;
	unsigned why = 0;
	bool added = str_eq(row->joined_as, cycle_join_table[CYCLE_ADDED].key) ||
		     str_eq(row->joined_as, cycle_join_table[CYCLE_REVIEW].key);
	bool left_by_person = row->left_by.n > 0;
	out->joined = joined_words(a, row);
	out->ended = ended_words(a, row);
	out->out_of_order = added || str_eq(row->left_as, cycle_ending_table[CYCLE_SKIPPED].key);
	out->reconnect = !out->face.unlisted && out->face.status == STATUS_INACTIVE;
	if (row->joined_for.n > 0 && !airtime_parse(row->joined_for, &why))
		return err_internal(a, "seat with an unknown reason");
	out->why = airtime_labels(a, why);
	if (left_by_person) {
		TRY(name_of(db, a, row->left_by, &out->by));
		TRY(seal_open(a, keys, (struct seal_place){"cycle_household", "left_reason", row->id}, row->left_reason,
			      &reason));
	} else if (added) {
		TRY(name_of(db, a, row->joined_by, &out->by));
		TRY(seal_open(a, keys, (struct seal_place){"cycle_household", "joined_reason", row->id},
			      row->joined_reason, &reason));
	}
	if (w->view.can_plan)
		out->reason = step_words_for(w->call, a, &out->face, false, reason);
	return NULL;
}

/* In the order of the list; behind it who has no place any more. */
static void sort_seats(struct cycle_seat *seats, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct cycle_seat seat = seats[i];
		size_t at = i;
		for (; at > 0 && seat.face.rank > 0; at--) {
			int before = seats[at - 1].face.rank;
			if (before > 0 && before <= seat.face.rank)
				break;
			seats[at] = seats[at - 1];
		}
		seats[at] = seat;
	}
}

static bool is_seated(const struct q_cycle_seats *rows, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].household_no == household && rows[i].left_as.n == 0)
			return true;
	return false;
}

/* Whether a household gave way to one that has the seat as well: one person is shown once. */
static bool gave_way(const struct q_cycle_seats *rows, size_t n, const struct q_cycle_seats_joined *joined,
		     size_t joined_n, int64_t household)
{
	for (size_t i = 0; i < joined_n; i++)
		if (joined[i].former_no == household && is_seated(rows, n, joined[i].household_no))
			return true;
	return false;
}

static err_t fill_seats(struct looking *w, struct db *db, struct arena *a)
{
	struct cycle_view *v = &w->view;
	struct q_cycle_seats *rows;
	struct q_cycle_seats_joined *joined;
	size_t n, joined_n;
	TRY(q_cycle_seats(db, a, v->id, &rows, &n));
	TRY(q_cycle_seats_joined(db, a, v->id, &joined, &joined_n));
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	TRY(app_household_unlisted(w->call, db, a, faces, n));
	TRY(app_household_names(w->call, db, a, faces, n)); /* to be taken out of the reasons */
	v->seats = arena_many(a, n, struct cycle_seat);
	v->freed = arena_many(a, n, struct cycle_seat);
	for (size_t i = 0; i < n; i++) {
		struct cycle_seat seat = {.face = faces[i]};
		TRY(fill_seat(w, db, a, &rows[i], &seat));
		if (rows[i].left_as.n > 0)
			v->freed[v->freed_n++] = seat;
		else if (!gave_way(rows, n, joined, joined_n, rows[i].household_no))
			v->seats[v->seats_n++] = seat;
	}
	sort_seats(v->seats, v->seats_n);
	return NULL;
}

static bool has_row(const struct q_cycle_seats *rows, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].household_no == household && (rows[i].left_as.n == 0 || rows[i].left_by.n > 0))
			return true;
	}
	return false;
}

/* Who would be next by the order of the list; before a cycle starts, who it would start with. */
static err_t fill_next(struct looking *w, struct db *db, struct arena *a)
{
	struct cycle_view *v = &w->view;
	struct q_cycle_seats *rows = NULL;
	int64_t *nos;
	size_t rows_n = 0, n;
	size_t wanted = v->open ? NEXT_SHOWN : CYCLE_SIZE;
	if (v->open)
		TRY(q_cycle_seats(db, a, v->id, &rows, &rows_n));
	TRY(worklist_order(w->call, db, a, w->list, rows_n + wanted, &nos, &n));
	size_t kept = 0;
	for (size_t i = 0; i < n && kept < wanted; i++) {
		if (!has_row(rows, rows_n, nos[i]))
			nos[kept++] = nos[i];
	}
	v->next = arena_many(a, kept, struct household_face);
	v->next_n = kept;
	return app_household_faces(w->call, db, a, nos, kept, v->next);
}

/* The date that counts is the last one that was set before the household moved in. */
static err_t fill_dates_held(struct looking *w, struct db *db, struct arena *a)
{
	struct q_list_now now;
	struct q_targets_met *rows;
	bool found;
	size_t n;
	size_t households = 0;
	TRY(q_list_now(db, a, &now, &found));
	struct day since = day_add(now.as_of, -HELD_DAYS);
	TRY(q_targets_met(db, a, w->list.region_id, now.import_no, STATUS_HOUSED, since, &rows, &n));
	int *late = arena_many(a, n, int);
	int64_t last = -1;
	for (size_t i = 0; i < n; i++) {
		if (instant_day(rows[i].set_at).n > rows[i].moved.n)
			continue;
		households += rows[i].household_no != last;
		last = rows[i].household_no;
		late[households - 1] = day_diff(rows[i].day, rows[i].moved);
	}
	w->view.dates_held = cycle_dates_held(a, late, households);
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct cycle_view *v = &w->view;
	struct q_region_by_id region;
	struct q_cycle_open cycle;
	struct q_conference_open_of_list conference;
	bool found;
	char say[DAY_SAY];
	w->view = (struct cycle_view){.region_id = w->list.region_id};
	TRY(q_region_by_id(db, a, w->list.region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	TRY(meeting_region_may(w->call, db, a, w->list.region_id));
	TRY(worklist_load(w->call, db, a, w->list, &v->list));
	TRY(worklists_load(w->call, db, a, w->list.region_id, &v->lists, &v->lists_n));
	v->region = region.name;
	v->can_plan = meeting_may_plan(&w->call->actor, w->list.region_id);
	v->size = CYCLE_SIZE;
	TRY(q_cycle_open(db, a, w->list.region_id, w->list.id, &cycle, &v->open));
	if (v->open) {
		v->id = cycle.id;
		v->number = (int)cycle.number;
		v->size = (int)cycle.size;
		v->goal = (int)cycle.goal;
		v->started = str_from(day_say(instant_day(cycle.started_at), say));
		v->started = str_dup(a, v->started);
		TRY(fill_seats(w, db, a));
	}
	TRY(fill_next(w, db, a));
	if (w->list.id.n == 0)
		TRY(fill_dates_held(w, db, a));
	TRY(q_conference_open_of_list(db, a, w->list.region_id, w->list.id, &conference, &found));
	if (found) {
		v->conference_id = conference.id;
		v->conference_day = str_dup(a, str_from(day_say(conference.day, say)));
		v->conference_live = str_eq(conference.state, conference_state_table[CONFERENCE_LIVE].key);
	}
	return NULL;
}

err_t app_cycle(struct call *c, struct worklist_ref list, struct cycle_view *out)
{
	struct looking w = {.call = c, .list = list};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}
