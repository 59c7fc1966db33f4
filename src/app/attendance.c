#include "app/attendance.h"

#include "app/meeting.h"
#include "app/stage_inside.h"
#include "store/q_attendance.h"

/* What somebody is in this conference, as the record says it. */
static enum conference_part part_of(const struct meeting *m, struct str user_id, struct str role)
{
	if (str_eq(user_id, m->row.facilitator_id))
		return PART_FACILITATOR;
	if (str_eq(user_id, m->row.scribe_id))
		return PART_SCRIBE;
	if (str_eq(role, str_from(role_word(ROLE_LIST_HOLDER))))
		return PART_HOLDER;
	return PART_PROVIDER;
}

err_t attendance_in(struct meeting *m, struct str user_id)
{
	struct q_attendance_here here;
	struct q_attendance_person person;
	enum role role;
	struct actor who;
	bool found, waits;
	if (m->state == CONFERENCE_CLOSED)
		return err_new(m->arena, ERR_CONFLICT, "The conference is closed.");
	TRY(q_attendance_person(m->db, m->arena, user_id, &person, &found));
	if (!found || !role_from_word(str_c(m->arena, person.role), &role))
		return err_new(m->arena, ERR_MISSING, "There is no such person.");
	if (person.is_lead != 0 || !access_may(role, CAN_CONFERENCE))
		return err_new(m->arena, ERR_DENIED,
			       "Lead agencies and administrators do not take part in case conferences.");
	TRY(q_attendance_here(m->db, m->arena, m->id, user_id, &here, &found));
	if (found)
		return NULL;
	TRY(stage_actor(m, user_id, person.agency_id, person.region_id, role, &who));
	TRY(stage_keeps_waiting(m, &who, &waits));
	TRY(q_attendance_add(m->db, m->arena,
			     &(struct q_attendance_add_in){
				     .id = meeting_new_id(m->arena),
				     .conference_id = m->id,
				     .user_id = user_id,
				     .agency_id = person.agency_id,
				     .role = conference_part_table[part_of(m, user_id, person.role)].key,
				     .in_at = m->call->now,
				     .admitted_at = waits ? INSTANT_NONE : m->call->now,
			     }));
	return meeting_record(m, "attendance.in", str_fmt(m->arena, "user=%.*s", STR_ARG(user_id)));
}

static err_t go_out(struct meeting *m, struct str user_id)
{
	int64_t changed;
	TRY(q_attendance_end(m->db, m->arena, m->id, user_id, m->call->now, &changed));
	if (changed == 0)
		return NULL;
	return meeting_record(m, "attendance.out", str_fmt(m->arena, "user=%.*s", STR_ARG(user_id)));
}

static err_t self_in(struct meeting *m, void *ctx)
{
	(void)ctx;
	if (!m->door)
		return err_new(m->arena, ERR_DENIED, "This conference is for the people who work in its region.");
	return attendance_in(m, m->call->actor.id);
}

static err_t self_out(struct meeting *m, void *ctx)
{
	(void)ctx;
	return go_out(m, m->call->actor.id);
}

static err_t other_in(struct meeting *m, void *ctx)
{
	const struct str *user_id = ctx;
	bool works;
	TRY(meeting_person(m->db, m->arena, m->row.region_id, *user_id, &works));
	if (!works)
		return err_new(m->arena, ERR_INVALID, "Only people who work in the region can be checked in.");
	return attendance_in(m, *user_id);
}

static err_t other_out(struct meeting *m, void *ctx)
{
	const struct str *user_id = ctx;
	return go_out(m, *user_id);
}

err_t app_attendance_in(struct call *c, struct str conference)
{
	return meeting_do(c, conference, 0, self_in, NULL);
}

err_t app_attendance_out(struct call *c, struct str conference)
{
	return meeting_do(c, conference, 0, self_out, NULL);
}

err_t app_attendance_in_for(struct call *c, struct str conference, struct str user_id)
{
	return meeting_do(c, conference, CONFERENCE_ATTENDANCE, other_in, &user_id);
}

err_t app_attendance_out_for(struct call *c, struct str conference, struct str user_id)
{
	return meeting_do(c, conference, CONFERENCE_ATTENDANCE, other_out, &user_id);
}
