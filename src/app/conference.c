#include "app/conference.h"

#include "app/attendance.h"
#include "app/conference_queue.h"
#include "app/cycle.h"
#include "app/meeting.h"
#include "app/outbox.h"
#include "app/scan.h"
#include "app/sitting.h"
#include "app/step.h"
#include "domain/card.h"
#include "store/q_attendance.h"
#include "store/q_card.h"
#include "store/q_cycle.h"
#include "store/q_room.h"
#include "store/q_stage.h"

enum { LIVE_MOST_MS = 6 * 60 * 60 * 1000, TWO_YEARS = 731 };

struct planning {
	struct call *call;
	struct worklist_ref list;
	const struct conference_plan *plan;
	struct str id;
};

/* A year that was mistyped would hide a meeting from everybody. */
static err_t check_next_day(struct arena *a, struct day next, struct day meeting)
{
	if (day_known(next) && (next.n <= meeting.n || next.n > meeting.n + TWO_YEARS))
		return err_new(a, ERR_INVALID, "The next meeting is after this one, two years ahead at most.");
	return NULL;
}

static err_t check_plan(struct arena *a, const struct conference_plan *p, struct day today)
{
	if (!day_known(p->day) || p->day.n < today.n)
		return err_new(a, ERR_INVALID, "Choose a day for the conference, today or later.");
	if (p->day.n > today.n + TWO_YEARS)
		return err_new(a, ERR_INVALID, "Choose a day for the conference within the next two years.");
	if (p->hour < 0 || p->hour > 23 || p->minute < 0 || p->minute > 59)
		return err_new(a, ERR_INVALID, "The time is not one of the clock; write it like 9:30.");
	if (p->household_seconds < HOUSEHOLD_SECONDS_LEAST || p->household_seconds > HOUSEHOLD_SECONDS_MOST)
		return err_new(a, ERR_INVALID, "A household takes between %d and %d minutes.",
			       HOUSEHOLD_SECONDS_LEAST / 60, HOUSEHOLD_SECONDS_MOST / 60);
	TRY(check_next_day(a, p->next_day, p->day));
	return agenda_check(a, p->agenda, p->minutes);
}

/* A facilitator and a scribe see a prioritized list; so nobody of a lead agency. */
static err_t check_person(struct db *db, struct arena *a, struct str user_id, struct str region_id, const char *what)
{
	struct q_attendance_person person;
	bool works, found;
	TRY(meeting_person(db, a, region_id, user_id, &works));
	if (works)
		return NULL;
	TRY(q_attendance_person(db, a, user_id, &person, &found));
	if (found && (person.is_lead != 0 || str_eq(person.role, str_from(role_word(ROLE_LEAD)))))
		return err_new(a, ERR_INVALID,
			       "%.*s works for a lead agency, which does not take part in case conferences: choose "
			       "another %s.",
			       STR_ARG(person.name), what);
	return err_new(a, ERR_INVALID, "Choose a %s who works in this region.", what);
}

static err_t check_people(struct db *db, struct arena *a, const struct planning *w)
{
	TRY(check_person(db, a, w->plan->facilitator_id, w->list.region_id, "facilitator"));
	return check_person(db, a, w->plan->scribe_id, w->list.region_id, "scribe");
}

static err_t put_agenda(struct db *db, struct arena *a, struct str id, const int minutes[AGENDA_PARTS])
{
	for (int i = 0; i < AGENDA_PARTS; i++)
		TRY(q_agenda_item_put(db, a, id, i, agenda_table[i].key, minutes[i]));
	return NULL;
}

static err_t plan(struct db *db, struct arena *a, void *ctx)
{
	struct planning *w = ctx;
	const struct conference_plan *p = w->plan;
	struct call *c = w->call;
	struct q_cycle_open cycle;
	bool found;
	TRY(q_cycle_open(db, a, w->list.region_id, w->list.id, &cycle, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This list has no cycle yet: start one first.");
	TRY(check_people(db, a, w));
	TRY(cycle_refresh(c, db, a, w->list, cycle.id, (int)cycle.size));
	w->id = meeting_new_id(a);
	TRY(q_conference_add(db, a,
			     &(struct q_conference_add_in){
				     .id = w->id,
				     .region_id = w->list.region_id,
				     .cycle_id = cycle.id,
				     .focus = conference_focus_table[p->focus].key,
				     .day = p->day,
				     .starts_at = day_at(p->day, p->hour, p->minute),
				     .minutes = p->minutes,
				     .household_seconds = p->household_seconds,
				     .facilitator_id = p->facilitator_id,
				     .scribe_id = p->scribe_id,
				     .state = conference_state_table[CONFERENCE_PLANNED].key,
				     .next_day = p->next_day,
				     .planned_at = c->now,
				     .planned_by = c->actor.id,
			     }));
	TRY(put_agenda(db, a, w->id, p->agenda));
	struct meeting m;
	TRY(meeting_open(c, db, a, w->id, &m));
	TRY(conference_queue(&m));
	if (p->sitting_id.n > 0)
		TRY(sitting_link(c, db, a, p->sitting_id, w->id, w->list.region_id));
	TRY(outbox_conference(c, db, a, w->id, w->list.region_id));
	return meeting_record(&m, "conference.plan", str_fmt(a, "region=%.*s", STR_ARG(w->list.region_id)));
}

err_t app_conference_plan(struct call *c, struct worklist_ref list, const struct conference_plan *p, struct str *id)
{
	struct planning w = {.call = c, .list = list, .plan = p};
	if (!meeting_may_plan(&c->actor, list.region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Conferences are planned by the list holder and the specialists of the region.");
	TRY(check_plan(c->arena, p, c->today));
	TRY(db_run(c->db, c->arena, DB_WRITE, plan, &w));
	*id = w.id;
	return NULL;
}

static err_t change(struct meeting *m, void *ctx)
{
	struct planning *w = ctx;
	const struct conference_plan *p = w->plan;
	int64_t changed;
	w->list.region_id = m->row.region_id;
	TRY(check_people(m->db, m->arena, w));
	TRY(q_conference_change(m->db, m->arena,
				&(struct q_conference_change_in){
					.id = m->id,
					.focus = conference_focus_table[p->focus].key,
					.day = p->day,
					.starts_at = day_at(p->day, p->hour, p->minute),
					.minutes = p->minutes,
					.household_seconds = p->household_seconds,
					.facilitator_id = p->facilitator_id,
					.scribe_id = p->scribe_id,
					.next_day = p->next_day,
				},
				&changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT, "The conference has started; its plan stays as it is.");
	TRY(put_agenda(m->db, m->arena, m->id, p->agenda));
	TRY(outbox_conference(m->call, m->db, m->arena, m->id, w->list.region_id));
	return meeting_record(m, "conference.change", S(""));
}

err_t app_conference_change(struct call *c, struct str id, const struct conference_plan *p)
{
	struct planning w = {.call = c, .plan = p};
	TRY(check_plan(c->arena, p, c->today));
	return meeting_do(c, id, CONFERENCE_PREPARE, change, &w);
}

static err_t start(struct meeting *m, void *ctx)
{
	(void)ctx;
	struct q_cycle_by_id cycle;
	bool found;
	int64_t changed;
	TRY(sitting_room_closed(m->db, m->arena, m->id));
	TRY(q_cycle_by_id(m->db, m->arena, m->row.cycle_id, &cycle, &found));
	if (found && !instant_known(cycle.ended_at))
		TRY(cycle_refresh(m->call, m->db, m->arena, meeting_list(m), m->row.cycle_id, (int)cycle.size));
	TRY(attendance_in(m, m->call->actor.id));
	TRY(conference_queue(m));
	TRY(q_conference_start(m->db, m->arena, m->id, m->call->now, &changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT, "The conference has started already.");
	TRY(q_agenda_item_start(m->db, m->arena, m->id, AGENDA_WELCOME, m->call->now, &changed));
	return meeting_record(m, "conference.start", S(""));
}

err_t app_conference_start(struct call *c, struct str id)
{
	return meeting_do(c, id, CONFERENCE_DRIVE, start, NULL);
}

err_t conference_part_reach(struct meeting *m, enum agenda_key part)
{
	int64_t changed;
	if (m->row.part == (int64_t)part)
		return NULL;
	m->row.part = part;
	TRY(q_conference_part_set(m->db, m->arena, m->id, part, &changed));
	return q_agenda_item_start(m->db, m->arena, m->id, part, m->call->now, &changed);
}

static err_t go_to_part(struct meeting *m, void *ctx)
{
	const enum agenda_key *part = ctx;
	if (m->state != CONFERENCE_LIVE)
		return err_new(m->arena, ERR_CONFLICT, "The conference has not started yet.");
	if (*part != AGENDA_WORK)
		TRY(conference_queue_end(m)); /* cards are open while the list is worked */
	TRY(conference_part_reach(m, *part));
	return meeting_record(m, "conference.part", str_fmt(m->arena, "part=%.*s", STR_ARG(agenda_table[*part].key)));
}

err_t app_conference_part(struct call *c, struct str id, enum agenda_key part)
{
	return meeting_do(c, id, CONFERENCE_DRIVE, go_to_part, &part);
}

static err_t set_next_day(struct meeting *m, void *ctx)
{
	const struct day *day = ctx;
	int64_t changed;
	TRY(check_next_day(m->arena, *day, m->row.day));
	TRY(q_conference_next_day_set(m->db, m->arena, m->id, *day, &changed));
	return meeting_record(m, "conference.next", S(""));
}

err_t app_conference_next_day(struct call *c, struct str id, struct day next_day)
{
	return meeting_do(c, id, CONFERENCE_DRIVE, set_next_day, &next_day);
}

static err_t set_reader(struct meeting *m, void *ctx)
{
	const struct str *user_id = ctx;
	struct q_attendance_here here;
	bool found;
	int64_t changed;
	if (!str_eq(*user_id, m->call->actor.id))
		TRY(meeting_may(m, CONFERENCE_WRITE));
	TRY(q_attendance_here(m->db, m->arena, m->id, *user_id, &here, &found));
	if (!found || !instant_known(here.admitted_at))
		return err_new(m->arena, ERR_INVALID, "The agreements are read by somebody who is in the room.");
	TRY(q_conference_read_set(m->db, m->arena, m->id, *user_id, &changed));
	return meeting_record(m, "conference.read", str_fmt(m->arena, "user=%.*s", STR_ARG(*user_id)));
}

err_t app_conference_read(struct call *c, struct str id, struct str user_id)
{
	return meeting_do(c, id, CONFERENCE_OWN_STEPS, set_reader, &user_id);
}

static err_t add_note(struct meeting *m, void *ctx)
{
	static const char *const kinds[] = {"note", "decision", "offer", "addendum"};
	const struct note_new *w = ctx;
	struct q_conference_note_by by;
	bool again;
	if (w->card.n > 0) {
		struct q_card_by_id card;
		TRY(conference_card(m, w->card, &card));
	}
	struct str id = w->id.n > 0 ? w->id : meeting_new_id(m->arena);
	TRY(q_conference_note_by(m->db, m->arena, id, &by, &again));
	if (again && !str_eq(by.by_id, m->call->actor.id))
		return err_new(m->arena, ERR_CONFLICT, "This page is an old one: load it again.");
	if (again)
		return NULL;
	TRY(q_conference_note_add(m->db, m->arena,
				  &(struct q_conference_note_add_in){
					  .id = id,
					  .conference_id = m->id,
					  .card_id = w->card,
					  .kind = str_from(kinds[w->kind]),
					  .words = meeting_seal(m, "conference_note", "words", id, w->words),
					  .by_id = m->call->actor.id,
					  .at = m->call->now,
				  }));
	return meeting_record(m, "note.add", str_fmt(m->arena, "note=%.*s,kind=%s", STR_ARG(id), kinds[w->kind]));
}

err_t app_conference_note(struct call *c, struct str id, const struct note_new *note)
{
	static const unsigned acts[] = {
		[NOTE_PLAIN] = CONFERENCE_WRITE,
		[NOTE_DECISION] = CONFERENCE_WRITE,
		[NOTE_OFFER] = CONFERENCE_OWN_STEPS,
		[NOTE_ADDENDUM] = CONFERENCE_ADDENDUM,
	};
	struct note_new w = *note;
	TRY(meeting_check_words(c->arena, w.words));
	TRY(meeting_check_id(c->arena, w.id));
	return meeting_do(c, id, acts[w.kind], add_note, &w);
}

static err_t close_conference(struct meeting *m, void *ctx)
{
	(void)ctx;
	struct q_cards *cards;
	size_t n;
	int64_t changed;
	TRY(conference_queue_end(m));
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	size_t carried = 0;
	for (size_t i = 0; i < n; i++)
		TRY(step_carry_all(m, cards[i].household_no, &carried));
	TRY(scan_carry(m, &carried));
	TRY(q_attendance_end_all(m->db, m->arena, m->id, m->call->now, &changed));
	TRY(q_guest_end_all(m->db, m->arena, m->id, m->call->now, &changed));
	TRY(q_conference_close(m->db, m->arena, m->id, m->call->now, m->call->actor.id, &changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT, "The conference is not running.");
	return meeting_record(m, "conference.close", str_fmt(m->arena, "carried=%zu", carried));
}

err_t app_conference_close(struct call *c, struct str id)
{
	return meeting_do(c, id, CONFERENCE_DRIVE, close_conference, NULL);
}

struct staying {
	struct str user_id;
	struct instant since;
	bool live;
};

static err_t find_live(struct db *db, struct arena *a, void *ctx)
{
	struct staying *w = ctx;
	struct q_attendance_live_of_user row;
	bool found;
	TRY(q_attendance_live_of_user(db, a, w->user_id, w->since, &row, &found));
	w->live = found && row.meetings > 0;
	return NULL;
}

err_t app_conference_live_for(struct call *c, struct str user_id, bool *live)
{
	struct staying w = {user_id, {c->now.ms - LIVE_MOST_MS}, false};
	TRY(db_run(c->db, c->arena, DB_READ, find_live, &w));
	*live = w.live;
	return NULL;
}
