#include "app/attendance.h"

#include "app/meeting.h"
#include "app/stage_inside.h"
#include "store/q_attendance.h"
#include "store/q_room.h"

enum { CALLED_MOST = 60, PRONOUNS_MOST = 30 };

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

static err_t wish_check(struct arena *a, const struct attendance_wish *wish)
{
	const struct {
		const struct pii *words;
		size_t most;
		const char *what;
	} rows[] = {{wish->called, CALLED_MOST, "name"}, {wish->pronouns, PRONOUNS_MOST, "pronouns"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].words == NULL)
			continue;
		TRY(meeting_check_words(a, rows[i].words));
		if (pii_reveal(rows[i].words).n > rows[i].most)
			return err_new(a, ERR_INVALID, "The %s may have at most %zu characters.", rows[i].what,
				       rows[i].most);
	}
	return NULL;
}

static err_t wish_set(const struct meeting *m, struct str attendance, const struct attendance_wish *wish)
{
	int64_t changed;
	return q_attendance_wish_set(m->db, m->arena, attendance,
				     meeting_seal(m, "attendance", "called", attendance, wish->called),
				     meeting_seal(m, "attendance", "pronouns", attendance, wish->pronouns), &changed);
}

static err_t wish_open(const struct meeting *m, struct str attendance, struct str called, struct str pronouns,
		       struct attendance_wish *out)
{
	TRY(meeting_unseal(m, "attendance", "called", attendance, called, &out->called));
	return meeting_unseal(m, "attendance", "pronouns", attendance, pronouns, &out->pronouns);
}

static struct attendance_called wish_said(struct str user_id, const struct attendance_wish *wish)
{
	return (struct attendance_called){user_id, pii_reveal(wish->called), pii_reveal(wish->pronouns)};
}

static err_t wish_before(const struct meeting *m, struct str user_id, struct attendance_wish *out, bool *found)
{
	struct q_attendance_wish_last last;
	TRY(q_attendance_wish_last(m->db, m->arena, user_id, &last, found));
	return *found ? wish_open(m, last.id, last.called, last.pronouns, out) : NULL;
}

err_t attendance_wish_last(const struct meeting *m, struct str user_id, struct attendance_called *out)
{
	struct attendance_wish wish = {0};
	bool found;
	TRY(wish_before(m, user_id, &wish, &found));
	*out = wish_said(user_id, &wish);
	return NULL;
}

err_t attendance_wishes(const struct meeting *m, struct attendance_called **out, size_t *n)
{
	struct q_attendance_wishes *rows;
	TRY(q_attendance_wishes(m->db, m->arena, m->id, &rows, n));
	*out = arena_many(m->arena, *n, struct attendance_called);
	for (size_t i = 0; i < *n; i++) {
		struct attendance_wish wish;
		TRY(wish_open(m, rows[i].id, rows[i].called, rows[i].pronouns, &wish));
		(*out)[i] = wish_said(rows[i].user_id, &wish);
	}
	return NULL;
}

/* Comes in; a wish of NULL is that of last time. */
static err_t come_in(struct meeting *m, struct str user_id, const struct attendance_wish *wish)
{
	struct attendance_wish before = {0};
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
		return wish != NULL ? wish_set(m, here.id, wish) : NULL;
	if (wish == NULL) {
		TRY(wish_before(m, user_id, &before, &found));
		wish = &before;
	}
	TRY(stage_actor(m, user_id, person.agency_id, person.region_id, role, &who));
	TRY(stage_keeps_waiting(m, &who, &waits));
	struct str id = meeting_new_id(m->arena);
	TRY(q_attendance_add(m->db, m->arena,
			     &(struct q_attendance_add_in){
				     .id = id,
				     .conference_id = m->id,
				     .user_id = user_id,
				     .agency_id = person.agency_id,
				     .role = conference_part_table[part_of(m, user_id, person.role)].key,
				     .in_at = m->call->now,
				     .admitted_at = waits ? INSTANT_NONE : m->call->now,
			     }));
	TRY(wish_set(m, id, wish));
	return meeting_record(m, "attendance.in", str_fmt(m->arena, "user=%.*s", STR_ARG(user_id)));
}

err_t attendance_in(struct meeting *m, struct str user_id)
{
	return come_in(m, user_id, NULL);
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
	if (!m->door)
		return err_new(m->arena, ERR_DENIED, "This conference is for the people who work in its region.");
	return come_in(m, m->call->actor.id, ctx);
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

err_t app_attendance_in_as(struct call *c, struct str conference, const struct attendance_wish *wish)
{
	struct attendance_wish w = *wish;
	TRY(wish_check(c->arena, wish));
	return meeting_do(c, conference, 0, self_in, &w);
}

struct wishing {
	struct str user_id;
	const struct attendance_wish *wish;
};

static err_t wish_for(struct meeting *m, void *ctx)
{
	const struct wishing *w = ctx;
	struct q_attendance_here here;
	bool found;
	if (!str_eq(w->user_id, m->call->actor.id))
		TRY(meeting_may(m, CONFERENCE_ATTENDANCE));
	TRY(q_attendance_here(m->db, m->arena, m->id, w->user_id, &here, &found));
	if (!found)
		return err_new(m->arena, ERR_MISSING, "That person has not checked in.");
	TRY(wish_set(m, here.id, w->wish));
	return meeting_record(m, "attendance.wish", str_fmt(m->arena, "user=%.*s", STR_ARG(w->user_id)));
}

err_t app_attendance_wish(struct call *c, struct str conference, struct str user_id, const struct attendance_wish *wish)
{
	struct wishing w = {user_id, wish};
	TRY(wish_check(c->arena, wish));
	return meeting_do(c, conference, CONFERENCE_VIEW, wish_for, &w);
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
