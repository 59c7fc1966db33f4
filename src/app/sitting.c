#include "app/sitting.h"

#include "app/board.h"
#include "app/meeting.h"
#include "app/outbox.h"
#include "app/record.h"
#include "app/unnamed.h"
#include "papers/recurrence.h"
#include "store/q_series.h"

enum { DAY_MINUTES = 24 * 60, LENGTH_MOST = 240, TWO_YEARS = 731 };

err_t sitting_open(struct call *c, struct db *db, struct arena *a, struct str id, struct sitting_open *out)
{
	bool found;
	TRY(q_sitting_by_id(db, a, id, &out->row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such meeting.");
	TRY(series_open(c, db, a, out->row.series_id, &out->series, &out->keeps));
	out->leads = out->keeps || (out->row.chair_id.n > 0 && str_eq(out->row.chair_id, c->actor.id));
	return NULL;
}

/* One act on one meeting. */
struct sitting_work {
	struct call *call;
	struct str id;
	struct sitting_open open;
	const struct sitting_put *put;
	const struct pii *words;
	bool decision, sure;
	/* of a new one */
	struct str series_id;
	struct day rule_day;
};

static err_t record(struct sitting_work *w, struct db *db, struct arena *a, const char *act, struct str more)
{
	return app_record(w->call, db, a, act, "sitting", w->id, more);
}

static err_t open_led(struct sitting_work *w, struct db *db, struct arena *a)
{
	TRY(sitting_open(w->call, db, a, w->id, &w->open));
	if (!w->open.leads)
		return err_new(a, ERR_DENIED, "This is for who leads the meeting, and for the secretary.");
	return NULL;
}

static err_t state_is(struct arena *a, const struct sitting_work *w, struct str state, const char *say)
{
	return str_eq(w->open.row.state, state) ? NULL : err_new(a, ERR_CONFLICT, "%s", say);
}

#define BEGUN "The meeting has begun, or was called off; its plan stays as it is."
#define NOT_OPEN "The room of this meeting is not open."

/* --- making ready --- */

static err_t day_of_series(const struct sitting_work *w, struct db *db, struct arena *a,
			   const struct q_series_by_id *row)
{
	enum series_rhythm rhythm;
	struct day next;
	size_t n;
	(void)db;
	if (!series_rhythm_parse(row->rhythm, &rhythm))
		return err_internal(a, "series with an unknown rhythm");
	if (w->rule_day.n < w->call->today.n || w->rule_day.n > w->call->today.n + TWO_YEARS)
		return err_new(a, ERR_INVALID, "Choose one of the meetings ahead.");
	TRY(recurrence_days(a, series_rule(a, rhythm, row->first_day), row->first_day, w->rule_day, 1, &next, &n));
	if (n == 0 || next.n != w->rule_day.n)
		return err_new(a, ERR_INVALID, "The series has no meeting on that day.");
	return NULL;
}

static err_t put_agenda(struct db *db, struct arena *a, struct str id, const int minutes[BUSINESS_ITEMS_N])
{
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		TRY(q_sitting_item_put(db, a, id, i, minutes[i]));
	return NULL;
}

static err_t make(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	struct call *c = w->call;
	struct q_series_by_id row;
	struct q_sittings_of_series *stored;
	size_t n;
	int minutes[BUSINESS_ITEMS_N];
	TRY(series_keep(c, db, a, w->series_id, &row));
	TRY(day_of_series(w, db, a, &row));
	TRY(q_sittings_of_series(db, a, w->series_id, w->rule_day, &stored, &n));
	for (size_t i = 0; i < n; i++)
		if (stored[i].rule_day.n == w->rule_day.n) {
			w->id = str_dup(c->arena, stored[i].id);
			return NULL;
		}
	w->id = meeting_new_id(c->arena);
	TRY(q_sitting_add(db, a,
			  &(struct q_sitting_add_in){
				  .id = w->id,
				  .series_id = w->series_id,
				  .rule_day = w->rule_day,
				  .day = w->rule_day,
				  .starts = row.starts,
				  .minutes = row.business_minutes,
				  .place = row.place,
				  .link = row.link,
				  .chair_id = row.lead_id,
				  .state = S("planned"),
				  .made_at = c->now,
			  }));
	business_fill((int)row.business_minutes, minutes);
	TRY(put_agenda(db, a, w->id, minutes));
	if (row.business_minutes > 0)
		TRY(outbox_sitting(c, db, a, w->id, row.region_id));
	return record(w, db, a, "sitting.make", str_fmt(a, "series=%.*s", STR_ARG(w->series_id)));
}

err_t app_sitting_make(struct call *c, struct str series_id, struct day rule_day, struct str *id)
{
	struct sitting_work w = {.call = c, .series_id = series_id, .rule_day = rule_day};
	TRY(db_run(c->db, c->arena, DB_WRITE, make, &w));
	*id = w.id;
	return NULL;
}

static err_t check_put(struct arena *a, const struct sitting_put *s, struct day today)
{
	if (!day_known(s->day) || s->day.n < today.n || s->day.n > today.n + TWO_YEARS)
		return err_new(a, ERR_INVALID, "Choose a day for it, today or later, within two years.");
	if (s->minute < 0 || s->minute >= DAY_MINUTES)
		return err_new(a, ERR_INVALID, "The time is not one of the clock; write it like 9:30.");
	if (s->minutes < 0 || s->minutes > LENGTH_MOST || s->minute + s->minutes >= DAY_MINUTES)
		return err_new(a, ERR_INVALID, "A business meeting takes at most %d minutes, and ends the same day.",
			       LENGTH_MOST);
	TRY(business_check(a, s->agenda, s->minutes));
	return series_place(a, s->place, s->link);
}

static err_t change(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	const struct sitting_put *s = w->put;
	int64_t changed;
	TRY(open_led(w, db, a));
	TRY(state_is(a, w, S("planned"), BEGUN));
	TRY(series_person(db, a, &w->open.series, s->chair_id, "a person to lead"));
	TRY(q_sitting_change(db, a,
			     &(struct q_sitting_change_in){
				     .id = w->id,
				     .day = s->day,
				     .starts = s->minute,
				     .minutes = s->minutes,
				     .place = s->place,
				     .link = s->link,
				     .chair_id = s->chair_id,
			     },
			     &changed));
	TRY(put_agenda(db, a, w->id, s->agenda));
	if (s->minutes > 0)
		TRY(outbox_sitting(w->call, db, a, w->id, w->open.series.region_id));
	return record(w, db, a, "sitting.change", S(""));
}

err_t app_sitting_change(struct call *c, struct str id, const struct sitting_put *s)
{
	struct sitting_put in = *s;
	in.place = str_trim(s->place);
	in.link = str_trim(s->link);
	struct sitting_work w = {.call = c, .id = id, .put = &in};
	TRY(check_put(c->arena, &in, c->today));
	return db_run(c->db, c->arena, DB_WRITE, change, &w);
}

static err_t cancel(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	int64_t changed;
	TRY(open_led(w, db, a));
	TRY(state_is(a, w, S("planned"), BEGUN));
	TRY(q_sitting_cancel(db, a, w->id, &changed));
	TRY(outbox_sitting(w->call, db, a, w->id, w->open.series.region_id));
	return record(w, db, a, "sitting.cancel", S(""));
}

err_t app_sitting_cancel(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, cancel, &w);
}

static err_t hand_over(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	const struct q_sitting_by_id *row = &w->open.row;
	struct q_sitting_conferences *conferences;
	size_t n;
	int64_t changed;
	TRY(open_led(w, db, a));
	if (str_eq(row->state, S("closed")) || str_eq(row->state, S("cancelled")))
		return err_new(a, ERR_CONFLICT, "This meeting is over.");
	struct str to = str_eq(row->chair_id, w->open.series.alternate_id) ? w->open.series.lead_id
									   : w->open.series.alternate_id;
	if (to.n == 0)
		return err_new(a, ERR_CONFLICT, "The series names nobody to hand it over to. Name an alternate first.");
	TRY(series_person(db, a, &w->open.series, to, "somebody"));
	TRY(q_sitting_change(
		db, a,
		&(struct q_sitting_change_in){w->id, row->day, row->starts, row->minutes, row->place, row->link, to},
		&changed));
	TRY(q_sitting_conferences(db, a, w->id, &conferences, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_sitting_facilitator_set(db, a, conferences[i].conference_id, to, &changed));
		if (changed > 0)
			TRY(app_record(w->call, db, a, "conference.change", "conference", conferences[i].conference_id,
				       S("handed=1")));
	}
	return record(w, db, a, "sitting.hand", str_fmt(a, "user=%.*s", STR_ARG(to)));
}

err_t app_sitting_hand_over(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, hand_over, &w);
}

/* --- the room --- */

static err_t come_in(struct sitting_work *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	TRY(q_sitting_in(db, a, w->id, c->actor.id, c->actor.agency_id, c->now));
	return record(w, db, a, "sitting.in", str_fmt(a, "user=%.*s", STR_ARG(c->actor.id)));
}

static err_t open_room(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	int64_t changed;
	TRY(open_led(w, db, a));
	TRY(state_is(a, w, S("planned"), "The room was open already, or the meeting was called off."));
	if (w->open.row.minutes == 0)
		return err_new(a, ERR_CONFLICT, "There is no business meeting that day; give it minutes first.");
	TRY(q_sitting_open(db, a, w->id, w->call->now, &changed));
	TRY(record(w, db, a, "sitting.open", S("")));
	return come_in(w, db, a);
}

err_t app_sitting_open(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, open_room, &w);
}

static err_t enter(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	TRY(sitting_open(w->call, db, a, w->id, &w->open));
	TRY(state_is(a, w, S("live"), NOT_OPEN));
	return come_in(w, db, a);
}

err_t app_sitting_in(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, enter, &w);
}

static err_t leave(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	struct call *c = w->call;
	int64_t left;
	TRY(sitting_open(c, db, a, w->id, &w->open));
	TRY(q_sitting_out(db, a, w->id, c->actor.id, c->now, &left));
	return left == 0 ? NULL : record(w, db, a, "sitting.out", str_fmt(a, "user=%.*s", STR_ARG(c->actor.id)));
}

err_t app_sitting_out(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, leave, &w);
}

static err_t close_room(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	int64_t out, changed;
	TRY(open_led(w, db, a));
	TRY(state_is(a, w, S("live"), NOT_OPEN));
	TRY(board_close(w->call, db, a, w->id, &w->open.series, w->open.row.series_id));
	TRY(q_sitting_out_all(db, a, w->id, w->call->now, &out));
	TRY(q_sitting_close(db, a, w->id, w->call->now, w->call->actor.id, &changed));
	return record(w, db, a, "sitting.close", str_fmt(a, "out=%lld", (long long)out));
}

err_t app_sitting_close(struct call *c, struct str id)
{
	struct sitting_work w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, close_room, &w);
}

static err_t note(struct db *db, struct arena *a, void *ctx)
{
	struct sitting_work *w = ctx;
	struct call *c = w->call;
	struct str id = meeting_new_id(a);
	TRY(open_led(w, db, a));
	TRY(state_is(a, w, S("live"), "The record of this meeting is locked, or it has not begun."));
	TRY(unnamed_check(c, db, a, w->words, SITTING_NOTE, w->sure));
	TRY(q_sitting_note_add(db, a,
			       &(struct q_sitting_note_add_in){
				       .id = id,
				       .sitting_id = w->id,
				       .kind = w->decision ? S("decision") : S("note"),
				       .words = unnamed_seal(c, a, "sitting_note", "words", id, w->words),
				       .at = c->now,
				       .by_id = c->actor.id,
			       }));
	return record(w, db, a, "sitting.note", str_fmt(a, "note=%.*s", STR_ARG(id)));
}

err_t app_sitting_note(struct call *c, struct str id, bool decision, const struct pii *words, bool sure)
{
	struct sitting_work w = {.call = c, .id = id, .words = words, .decision = decision, .sure = sure};
	return db_run(c->db, c->arena, DB_WRITE, note, &w);
}

/* --- the case conference behind it --- */

err_t sitting_link(struct call *c, struct db *db, struct arena *a, struct str sitting_id, struct str conference_id,
		   struct str region_id)
{
	struct sitting_open open;
	TRY(sitting_open(c, db, a, sitting_id, &open));
	if (open.series.region_id.n > 0 && !str_eq(open.series.region_id, region_id))
		return err_new(a, ERR_INVALID, "That business meeting is of another region.");
	if (str_eq(open.row.state, S("cancelled")))
		return err_new(a, ERR_CONFLICT, "That business meeting was called off.");
	return q_sitting_conference_add(db, a, conference_id, sitting_id);
}

err_t sitting_room_closed(struct db *db, struct arena *a, struct str conference_id)
{
	struct q_sitting_of_conference before;
	bool found;
	TRY(q_sitting_of_conference(db, a, conference_id, &before, &found));
	if (found && str_eq(before.state, S("live")))
		return err_new(a, ERR_CONFLICT,
			       "The room of the business meeting is still open. Close it first: lead agencies leave "
			       "before a household is named.");
	return NULL;
}
