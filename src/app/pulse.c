#include "app/pulse.h"

#include "app/conference_load.h"
#include "app/habit.h"
#include "store/q_room.h"

/* Asked now, of the actor. */
static err_t asks(const struct meeting *m, bool *out)
{
	struct habits habits;
	struct q_attendance_was was = {0};
	bool found;
	TRY(habits_load(m->db, m->arena, m->row.region_id, &habits));
	*out = false;
	if (!habits.on[HABIT_PULSE])
		return NULL;
	if (m->state == CONFERENCE_LIVE) {
		*out = m->here && m->row.part == AGENDA_CLOSING;
		return NULL;
	}
	if (m->state != CONFERENCE_CLOSED || m->call->today.n > m->row.day.n)
		return NULL;
	TRY(q_attendance_was(m->db, m->arena, m->id, m->call->actor.id, &was, &found));
	*out = found && was.times > 0;
	return NULL;
}

static err_t has_given(const struct meeting *m, bool *out)
{
	struct q_pulse_given_by by;
	bool found;
	TRY(q_pulse_given_by(m->db, m->arena, m->id, m->call->actor.id, &by, &found));
	*out = found && by.times > 0;
	return NULL;
}

static err_t give(struct meeting *m, void *ctx)
{
	const enum pulse *answer = ctx;
	bool asked, given;
	TRY(asks(m, &asked));
	if (!asked)
		return err_new(m->arena, ERR_CONFLICT, "The pulse is taken at the end of a meeting, of who was there.");
	TRY(has_given(m, &given));
	if (given)
		return err_new(m->arena, ERR_CONFLICT, "You have answered already. Thank you!");
	TRY(q_pulse_given_add(m->db, m->arena, m->id, m->call->actor.id));
	return q_pulse_count(m->db, m->arena, m->id, pulse_table[*answer].key);
}

err_t app_pulse_give(struct call *c, struct str conference, enum pulse answer)
{
	return meeting_do(c, conference, CONFERENCE_VIEW, give, &answer);
}

static bool leads(const struct meeting *m)
{
	return m->part == PART_HOLDER || str_eq(m->call->actor.id, m->row.facilitator_id);
}

static err_t lines_load(const struct meeting *m, struct pulse_view *v)
{
	struct q_pulses_of_region *rows;
	size_t n;
	TRY(q_pulses_of_region(m->db, m->arena, m->row.region_id, m->row.day, &rows, &n));
	v->lines = arena_many(m->arena, PULSES_BEFORE, struct pulse_line);
	for (size_t i = 0; i < n && v->lines_n < PULSES_BEFORE;) {
		int64_t counts[PULSES_N] = {0};
		size_t first = i;
		for (; i < n && str_eq(rows[i].id, rows[first].id); i++) {
			enum pulse answer;
			if (pulse_parse(rows[i].answer, &answer))
				counts[answer] = rows[i].answers;
		}
		if (pulse_shown(counts, rows[first].day, m->call->today))
			v->lines[v->lines_n++] = (struct pulse_line){text_day_short(m->arena, rows[first].day),
								     pulse_say(m->arena, counts)};
	}
	return NULL;
}

err_t pulse_load(const struct meeting *m, struct pulse_view *out)
{
	struct pulse_view v = {0};
	TRY(asks(m, &v.asks));
	if (v.asks)
		TRY(has_given(m, &v.given));
	if (leads(m) && m->state == CONFERENCE_CLOSED)
		TRY(lines_load(m, &v));
	*out = v;
	return NULL;
}
