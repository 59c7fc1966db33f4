/* What has to be arranged for a referral, and whom to call at an agency. */
#include "app/household.h"
#include "app/meeting.h"
#include "app/record.h"
#include "app/referral_inside.h"
#include "app/referral_view.h"

struct arranging {
	struct call *call;
	const struct referral_task_said *said;
	struct str name, reach;
};

static err_t check_writes(struct referral_work *w)
{
	struct household_face face = {0};
	if (w->plans || w->receives)
		return NULL;
	if (w->row.household_no_known)
		TRY(app_household_faces(w->call, w->db, w->arena, &w->row.household_no, 1, &face));
	return face.serves ? NULL : err_new(w->arena, ERR_MISSING, "There is no such referral.");
}

static err_t task(struct db *db, struct arena *a, void *ctx)
{
	const struct arranging *m = ctx;
	const struct referral_task_said *said = m->said;
	struct call *c = m->call;
	struct str key = referral_task_table[said->task].key;
	struct referral_work w;
	struct q_referral_tasks *rows;
	size_t n;
	bool works = true;
	struct q_referral_task_put_in put = {.referral_id = said->id,
					     .task = key,
					     .owner_id = said->owner,
					     .due_day = said->due,
					     .done_day = DAY_NONE};
	TRY(referral_open(c, db, a, said->id, &w));
	TRY(check_writes(&w));
	if (said->owner.n > 0)
		TRY(meeting_person(db, a, w.row.region_id, said->owner, &works));
	if (!works)
		return err_new(a, ERR_INVALID, "Choose somebody who works in this region.");
	TRY(q_referral_tasks(db, a, said->id, &rows, &n));
	if (said->done) {
		put.done_day = c->today;
		put.done_by = c->actor.id;
	}
	for (size_t i = 0; i < n; i++)
		if (said->done && str_eq(rows[i].task, key) && day_known(rows[i].done_day)) {
			put.done_day = rows[i].done_day; /* it stays done on the day it was */
			put.done_by = rows[i].done_by;
		}
	TRY(q_referral_task_put(db, a, &put));
	return app_record(c, db, a, "referral.task", "referral", said->id, str_fmt(a, "task=%.*s", STR_ARG(key)));
}

err_t app_referral_task(struct call *c, const struct referral_task_said *said)
{
	struct arranging m = {.call = c, .said = said};
	return db_run(c->db, c->arena, DB_WRITE, task, &m);
}

static err_t contact(struct db *db, struct arena *a, void *ctx)
{
	const struct arranging *m = ctx;
	struct call *c = m->call;
	struct str agency = c->actor.agency_id;
	TRY(q_referral_contact_put(db, a,
				   &(struct q_referral_contact_put_in){
					   .agency_id = agency,
					   .name = str_trim(m->name),
					   .reach = str_trim(m->reach),
					   .by_id = c->actor.id,
					   .at = c->now,
				   }));
	return app_record(c, db, a, "referral.call", "agency", agency, (struct str){0});
}

err_t app_referral_contact(struct call *c, struct str name, struct str reach)
{
	struct arranging m = {.call = c, .name = name, .reach = reach};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_OPENINGS) || c->actor.agency_id.n == 0)
		return err_new(c->arena, ERR_DENIED, "This is said by an agency’s own people.");
	if (str_trim(name).n == 0 || str_trim(reach).n == 0 || name.n > REFERRAL_TEXT_MOST ||
	    reach.n > REFERRAL_TEXT_MOST || !str_is_clean_text(name) || !str_is_clean_text(reach))
		return err_new(c->arena, ERR_INVALID, "Say who it is, and a telephone number or mail address at work.");
	return db_run(c->db, c->arena, DB_WRITE, contact, &m);
}
