#include "app/service.h"

#include "app/meeting.h"
#include "app/record.h"
#include "hmis/spec.h"
#include "store/dossier.h"
#include "store/q_hmis.h"
#include "store/q_region.h"
#include "store/q_service.h"

/* --- reading --- */

struct reading {
	struct call *call;
	struct str region_id;
	struct services_view *view;
	struct q_service_agencies *agencies;
	size_t agencies_n;
};

static bool may_change(const struct actor *actor, struct str agency_id, struct str region_id)
{
	if (actor->kind != ACTOR_USER || !access_may(actor->role, CAN_OPENINGS))
		return false;
	if (actor->agency_id.n > 0 && str_eq(actor->agency_id, agency_id))
		return true;
	return region_id.n > 0 ? meeting_may_plan(actor, region_id) : access_may(actor->role, CAN_CONFERENCE_PLAN);
}

static struct str contact_of(const struct reading *w, struct arena *a, struct str agency_id)
{
	for (size_t i = 0; agency_id.n > 0 && i < w->agencies_n; i++)
		if (str_eq(w->agencies[i].id, agency_id) && w->agencies[i].contact.n > 0)
			return str_fmt(a, "%.*s, %.*s", STR_ARG(w->agencies[i].contact), STR_ARG(w->agencies[i].reach));
	return (struct str){0};
}

/* Rows come by name. */
static err_t fill_rows(struct reading *w, struct db *db, struct arena *a)
{
	const struct call *c = w->call;
	struct services_view *v = w->view;
	struct q_services *rows;
	size_t n;
	TRY(q_services(db, a, &rows, &n));
	v->rows = arena_many(a, n, struct service_row);
	for (int k = 0; k < SERVICES_N; k++)
		for (size_t i = 0; i < n; i++) {
			const struct q_services *r = &rows[i];
			bool here = w->region_id.n == 0 || r->region_id.n == 0 || str_eq(r->region_id, w->region_id);
			if (!here || !str_eq(r->kind, service_table[k].key))
				continue;
			v->rows[v->rows_n++] = (struct service_row){
				.id = r->id,
				.region = r->region,
				.kind = (enum service_kind)k,
				.name = r->name,
				.provider = r->provider.n > 0 ? r->provider : r->agency,
				.how = r->how,
				.contact = r->contact.n > 0 ? r->contact : contact_of(w, a, r->agency_id),
				.wait = r->wait_days_known ? (int)r->wait_days : -1,
				.confirmed = r->confirmed_day,
				.old = service_is_old(r->confirmed_day, c->today),
				.own = may_change(&c->actor, r->agency_id, r->region_id),
			};
		}
	return NULL;
}

/* What an agency does is what any of its projects does today. */
static err_t fill_agencies(struct reading *w, struct db *db, struct arena *a)
{
	struct services_view *v = w->view;
	struct q_service_ce_rows *rows;
	struct q_hmis_now now;
	bool found;
	size_t n;
	size_t at = 0;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_service_ce_rows(db, a, now.import_no, HMIS_CEParticipation, &rows, &n));
	v->agencies = arena_many(a, w->agencies_n, struct service_agency);
	for (size_t i = 0; i < w->agencies_n; i++) {
		struct service_agency *agency = &v->agencies[at];
		*agency = (struct service_agency){
			.name = w->agencies[i].name,
			.contact = contact_of(w, a, w->agencies[i].id),
		};
		for (size_t r = 0; r < n; r++) {
			struct dossier_fact fact;
			if (!str_eq(rows[r].agency_id, w->agencies[i].id))
				continue;
			if (!dossier_unpack(rows[r].body, &fact))
				return err_internal(a, "a row of CEParticipation cannot be read");
			agency->roles |= ce_role_on(
				&(struct ce_role){
					dossier_int(&fact, DOSSIER_CEParticipation_AccessPoint, 0) == 1,
					dossier_int(&fact, DOSSIER_CEParticipation_ReceivesReferrals, 0) == 1,
					dossier_day(&fact, DOSSIER_CEParticipation_CEParticipationStatusStartDate),
					dossier_day(&fact, DOSSIER_CEParticipation_CEParticipationStatusEndDate),
				},
				w->call->today);
		}
		at += agency->roles != 0 || agency->contact.n > 0;
	}
	v->agencies_n = at;
	return NULL;
}

static err_t fill_regions(struct reading *w, struct db *db, struct arena *a)
{
	const struct actor *actor = &w->call->actor;
	struct services_view *v = w->view;
	struct q_regions *rows;
	TRY(q_regions(db, a, &rows, &v->regions_n));
	v->regions = arena_many(a, v->regions_n, struct opening_choice_row);
	for (size_t i = 0; i < v->regions_n; i++)
		v->regions[i] = (struct opening_choice_row){rows[i].id, rows[i].name};
	v->region_id = w->region_id;
	v->plans = access_may(actor->role, CAN_CONFERENCE_PLAN);
	v->may_add = v->plans || actor->agency_id.n > 0;
	return NULL;
}

static err_t read_services(struct db *db, struct arena *a, void *ctx)
{
	struct reading *w = ctx;
	*w->view = (struct services_view){0};
	TRY(q_service_agencies(db, a, &w->agencies, &w->agencies_n));
	TRY(fill_rows(w, db, a));
	TRY(fill_agencies(w, db, a));
	return fill_regions(w, db, a);
}

err_t app_services(struct call *c, struct str region_id, struct services_view *out)
{
	struct reading w = {.call = c, .region_id = region_id, .view = out};
	return db_run(c->db, c->arena, DB_READ, read_services, &w);
}

/* --- writing --- */

struct changing {
	struct call *call;
	const struct service_new *in;
	struct str id;
	int wait;
};

static bool is_text(struct str text, size_t most)
{
	return text.n > 0 && text.n <= most && str_is_clean_text(text);
}

static err_t check_new(const struct service_new *in, struct arena *a)
{
	if (!is_text(str_trim(in->name), SERVICE_NAME_MOST))
		return err_new(a, ERR_INVALID, "Say what the service is called.");
	if (!is_text(str_trim(in->how), SERVICE_HOW_MOST))
		return err_new(a, ERR_INVALID, "Say in a sentence or two how somebody is referred to it.");
	if (in->wait > SERVICE_WAIT_MOST)
		return err_new(a, ERR_INVALID, "Say in days how long the wait is, or leave it empty.");
	return NULL;
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct call *c = w->call;
	const struct service_new *in = w->in;
	struct q_region_by_id region;
	bool found = true;
	TRY(check_new(in, a));
	if (in->region.n > 0)
		TRY(q_region_by_id(db, a, in->region, &region, &found));
	if (!found)
		return err_new(a, ERR_INVALID, "Choose the region that it is for.");
	bool own = str_trim(in->provider).n == 0;
	struct str agency_id = own ? c->actor.agency_id : (struct str){0};
	if (own && agency_id.n == 0)
		return err_new(a, ERR_INVALID, "Say who offers it.");
	if (!may_change(&c->actor, agency_id, in->region))
		return err_new(a, ERR_DENIED, "You enter the services of your own agency.");
	w->id = meeting_new_id(c->arena);
	TRY(q_service_add(db, a,
			  &(struct q_service_add_in){
				  .id = w->id,
				  .region_id = in->region,
				  .agency_id = agency_id,
				  .kind = service_table[in->kind].key,
				  .name = str_trim(in->name),
				  .provider = str_trim(in->provider),
				  .how = str_trim(in->how),
				  .contact = str_trim(in->contact),
				  .wait_days = in->wait,
				  .wait_days_known = in->wait >= 0,
				  .confirmed_day = c->today,
				  .made_by = c->actor.id,
				  .made_at = c->now,
			  }));
	return app_record(c, db, a, "service.add", "service", w->id, (struct str){0});
}

err_t app_service_add(struct call *c, const struct service_new *in, struct str *id)
{
	struct changing w = {.call = c, .in = in};
	TRY(db_run(c->db, c->arena, DB_WRITE, add, &w));
	*id = w.id;
	return NULL;
}

static err_t find_own(const struct changing *w, struct db *db, struct arena *a)
{
	struct q_service_by_id row;
	bool found;
	TRY(q_service_by_id(db, a, w->id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such service.");
	return may_change(&w->call->actor, row.agency_id, row.region_id)
		       ? NULL
		       : err_new(a, ERR_DENIED, "This service is another agency’s.");
}

static err_t check_changed(struct arena *a, int64_t changed)
{
	return changed == 1 ? NULL : err_new(a, ERR_CONFLICT, "Somebody has taken this service off the directory.");
}

static err_t confirm(struct db *db, struct arena *a, void *ctx)
{
	const struct changing *w = ctx;
	int64_t changed;
	TRY(find_own(w, db, a));
	TRY(q_service_confirm(db, a, w->id, w->wait, w->wait >= 0, w->call->today, &changed));
	TRY(check_changed(a, changed));
	return app_record(w->call, db, a, "service.confirm", "service", w->id, (struct str){0});
}

err_t app_service_confirm(struct call *c, struct str id, int wait)
{
	struct changing w = {.call = c, .id = id, .wait = wait};
	if (wait > SERVICE_WAIT_MOST)
		return err_new(c->arena, ERR_INVALID, "Say in days how long the wait is, or leave it empty.");
	return db_run(c->db, c->arena, DB_WRITE, confirm, &w);
}

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	const struct changing *w = ctx;
	int64_t changed;
	TRY(find_own(w, db, a));
	TRY(q_service_end(db, a, w->id, w->call->today, w->call->actor.id, &changed));
	TRY(check_changed(a, changed));
	return app_record(w->call, db, a, "service.end", "service", w->id, (struct str){0});
}

err_t app_service_end(struct call *c, struct str id)
{
	struct changing w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}
