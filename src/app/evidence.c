#include "app/evidence.h"

#include "app/import_number.h"
#include "app/joined.h"
#include "app/law.h"
#include "app/listing.h"
#include "app/meeting.h"
#include "app/record.h"
#include "base/log.h"
#include "store/q_agency.h"
#include "store/q_evidence.h"
#include "store/q_household.h"
#include "store/q_list.h"
#include "store/q_user.h"
#include "store/seal.h"

enum { OWNERS_MOST = 400 };

err_t evidence_face(struct call *c, struct db *db, struct arena *a, struct str household_id, struct household_face *out)
{
	struct q_household_by_id household;
	struct household_face face = {0};
	bool found;
	TRY(q_household_by_id(db, a, household_id, &household, &found));
	if (found)
		TRY(app_household_faces(c, db, a, &household.household_no, 1, &face));
	if (!found || !face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	*out = face;
	return NULL;
}

err_t evidence_head(struct db *db, struct arena *a, int64_t household_no, int64_t *client_no)
{
	struct q_list_now now;
	struct q_list_members *members;
	size_t n;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_list_members(db, a, household_no, now.import_no, &members, &n));
	if (n == 0)
		return err_new(a, ERR_MISSING, "Nobody of this household is known any more.");
	*client_no = members[0].client_no;
	return NULL;
}

err_t evidence_for_writer(struct call *c, struct db *db, struct arena *a, struct str household_id,
			  struct household_face *face, int64_t *client_no)
{
	c->shown.n = 0;
	TRY(evidence_face(c, db, a, household_id, face));
	if (!face->notes || c->actor.kind != ACTOR_USER)
		return err_new(a, ERR_DENIED,
			       "Months and papers are for the list holder and the agencies that serve the household.");
	return evidence_head(db, a, face->no, client_no);
}

err_t evidence_may_withdraw(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
			    bool found, bool other, struct instant ended)
{
	if (found && other)
		TRY(joined_shown(c, db, a, face, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such paper.");
	if (instant_known(ended))
		return err_new(a, ERR_CONFLICT, "This paper is withdrawn already.");
	return NULL;
}

static err_t add_people(struct db *db, struct arena *a, struct str agency_id, struct str agency,
			struct evidence_choice *out, size_t *n)
{
	struct q_users_of_agency *users;
	size_t users_n;
	TRY(q_users_of_agency(db, a, agency_id, &users, &users_n));
	for (size_t i = 0; i < users_n && *n < OWNERS_MOST; i++) {
		enum role role;
		if (role_from_word(str_c(a, users[i].role), &role) && access_may(role, CAN_LIST))
			out[(*n)++] = (struct evidence_choice){
				users[i].id, str_fmt(a, "%.*s, %.*s", STR_ARG(users[i].name), STR_ARG(agency))};
	}
	return NULL;
}

err_t evidence_owners(struct call *c, struct db *db, struct arena *a, int64_t household_no,
		      struct evidence_choice **out, size_t *n)
{
	struct q_list_now now;
	struct q_list_agencies *serving;
	struct q_agency_by_id own;
	size_t serving_n;
	bool found;
	bool own_serves = c->actor.agency_id.n == 0;
	struct evidence_choice *owners = arena_many(a, OWNERS_MOST, struct evidence_choice);
	size_t owners_n = 0;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_list_agencies(db, a, &household_no, 1, now.import_no, &serving, &serving_n));
	for (size_t i = 0; i < serving_n; i++) {
		own_serves = own_serves || str_eq(serving[i].agency_id, c->actor.agency_id);
		if (!law_may_name(c, serving[i].law, serving[i].agency_id))
			continue;
		TRY(add_people(db, a, serving[i].agency_id, serving[i].name, owners, &owners_n));
	}
	if (!own_serves) {
		TRY(q_agency_by_id(db, a, c->actor.agency_id, &own, &found));
		if (found)
			TRY(add_people(db, a, c->actor.agency_id, own.name, owners, &owners_n));
	}
	*out = owners;
	*n = owners_n;
	return NULL;
}

struct changing {
	struct call *call;
	struct str household_id;
	struct str id;
	const struct evidence_words *words;
	int32_t month;
	struct str owner_id;
	struct day due;
	struct household_face face;
	int64_t client_no;
};

static err_t find(struct changing *w, struct db *db, struct arena *a)
{
	return evidence_for_writer(w->call, db, a, w->household_id, &w->face, &w->client_no);
}

static err_t record(const struct changing *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "household", w->household_id,
			  str_fmt(a, "evidence=%.*s", STR_ARG(w->id)));
}

/* What was to be got for these months is got, or given to somebody else. */
static err_t end_tasks(const struct changing *w, struct db *db, struct arena *a, int32_t first, int32_t last)
{
	int64_t ended;
	return q_evidence_tasks_end(db, a,
				    &(struct q_evidence_tasks_end_in){
					    .client_no = w->client_no,
					    .first_month = first,
					    .last_month = last,
					    .ended_by = w->call->actor.id,
					    .ended_at = w->call->now,
				    },
				    &ended);
}

static struct str seal_words(const struct changing *w, struct arena *a, const char *column, const struct pii *words)
{
	return seal_pii(a, w->call->app->keys, (struct seal_place){"evidence", column, w->id}, words);
}

static err_t add_paper(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct call *c = w->call;
	const struct evidence_words *words = w->words;
	struct q_agency_by_id agency;
	bool found = true;
	bool named = str_trim(pii_reveal(words->by_whom)).n > 0;
	TRY(find(w, db, a));
	TRY(evidence_check(a,
			   &(struct evidence_paper_new){words->kind, words->first, words->last,
							words->agency_id.n > 0 || named, words->dated},
			   c->today));
	TRY(meeting_check_words(a, words->kept));
	if (named)
		TRY(meeting_check_words(a, words->by_whom));
	if (words->agency_id.n > 0)
		TRY(q_agency_by_id(db, a, words->agency_id, &agency, &found));
	if (!found || (words->agency_id.n > 0 && agency.is_victim_service_provider))
		return err_new(a, ERR_INVALID, "There is no such agency to choose; write who signed it instead.");
	w->id = meeting_new_id(a);
	TRY(q_evidence_add(db, a,
			   &(struct q_evidence_add_in){
				   .id = w->id,
				   .household_no = w->face.no,
				   .client_no = w->client_no,
				   .kind = str_from(evidence_word(words->kind)),
				   .first_month = words->first,
				   .last_month = words->last,
				   .agency_id = words->agency_id,
				   .by_whom = named ? seal_words(w, a, "by_whom", words->by_whom) : (struct str){0},
				   .dated = words->dated,
				   .kept = seal_words(w, a, "kept", words->kept),
				   .recorded_by = c->actor.id,
				   .recorded_at = c->now,
			   }));
	TRY(end_tasks(w, db, a, words->first, words->last));
	return record(w, db, a, "evidence.record");
}

static err_t withdraw(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct q_evidence_by_id row;
	bool found;
	int64_t changed;
	TRY(find(w, db, a));
	TRY(q_evidence_by_id(db, a, w->id, w->client_no, &row, &found));
	TRY(evidence_may_withdraw(w->call, db, a, &w->face, found, found && row.other,
				  found ? row.ended_at : INSTANT_NONE));
	TRY(q_evidence_end(db, a, w->id, w->call->actor.id, w->call->now, &changed));
	return record(w, db, a, "evidence.withdraw");
}

static err_t check_owner(struct changing *w, struct db *db, struct arena *a, struct q_user_by_id *out)
{
	struct evidence_choice *owners;
	size_t n;
	bool found;
	TRY(evidence_owners(w->call, db, a, w->face.no, &owners, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(owners[i].value, w->owner_id))
			return q_user_by_id(db, a, w->owner_id, out, &found);
	return err_new(a, ERR_INVALID, "Choose somebody of an agency that serves the household.");
}

static err_t add_task(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct call *c = w->call;
	struct q_user_by_id owner;
	TRY(find(w, db, a));
	TRY(check_owner(w, db, a, &owner));
	if (w->due.n < c->today.n)
		return err_new(a, ERR_INVALID, "The day by which it is done cannot be past.");
	int32_t now = day_month(c->today);
	if (w->month > now || w->month <= now - STANDING_REACH)
		return err_new(a, ERR_INVALID, "Choose a month of the grid.");
	w->id = meeting_new_id(a);
	TRY(end_tasks(w, db, a, w->month, w->month));
	TRY(q_evidence_task_add(db, a,
				&(struct q_evidence_task_add_in){
					.id = w->id,
					.household_no = w->face.no,
					.client_no = w->client_no,
					.month = w->month,
					.owner_id = w->owner_id,
					.agency_id = owner.agency_id,
					.due = w->due,
					.created_by = c->actor.id,
					.created_at = c->now,
				}));
	return record(w, db, a, "evidence.task");
}

static err_t end_task(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct q_evidence_task_by_id row;
	bool found;
	int64_t changed;
	TRY(find(w, db, a));
	TRY(q_evidence_task_by_id(db, a, w->id, w->face.no, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such task.");
	if (instant_known(row.ended_at))
		return err_new(a, ERR_CONFLICT, "This task is over already.");
	TRY(q_evidence_task_end(db, a, w->id, w->call->actor.id, w->call->now, &changed));
	return record(w, db, a, "evidence.task_end");
}

err_t evidence_derive(struct call *c)
{
	struct q_hmis_now now;
	TRY(import_number_now(c, &now));
	err_t e = app_listing_refresh(c, now.as_of);
	/* The paper is recorded, whatever stands in the way: told as a failure it would be recorded twice. */
	bool waits = e != NULL && (e->class == ERR_RETRY || e->class == ERR_CONFLICT);
	if (waits)
		LOG(LOG_INFO, "evidence.waits_for_list");
	return waits ? NULL : e;
}

err_t app_evidence_record(struct call *c, struct str household_id, const struct evidence_words *words)
{
	struct changing w = {.call = c, .household_id = household_id, .words = words};
	TRY(db_run(c->db, c->arena, DB_WRITE, add_paper, &w));
	return evidence_derive(c);
}

err_t app_evidence_withdraw(struct call *c, struct str household_id, struct str evidence_id)
{
	struct changing w = {.call = c, .household_id = household_id, .id = evidence_id};
	TRY(db_run(c->db, c->arena, DB_WRITE, withdraw, &w));
	return evidence_derive(c);
}

err_t app_evidence_task(struct call *c, struct str household_id, int32_t month, struct str owner_id, struct day due)
{
	struct changing w = {.call = c, .household_id = household_id, .month = month, .owner_id = owner_id, .due = due};
	return db_run(c->db, c->arena, DB_WRITE, add_task, &w);
}

err_t app_evidence_task_end(struct call *c, struct str household_id, struct str task_id)
{
	struct changing w = {.call = c, .household_id = household_id, .id = task_id};
	return db_run(c->db, c->arena, DB_WRITE, end_task, &w);
}
