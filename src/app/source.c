#include "app/source.h"

#include "app/import_number.h"
#include "app/record.h"
#include "app/source_work.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_hmis.h"
#include "store/q_list_source.h"
#include "store/q_region.h"

static const struct str order_words[] = {
#define X(name, word, say) [name] = STR_INIT(word),
	SHEET_ORDERS(X)
#undef X
};

err_t source_may(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_SOURCES))
		return err_new(c->arena, ERR_DENIED, "Other lists are for list holders.");
	return NULL;
}

err_t source_get(const struct call *c, struct db *db, struct arena *a, struct str id, struct source *out)
{
	struct q_list_source_by_id row;
	bool found;
	TRY(q_list_source_by_id(db, a, id, &row, &found));
	bool yours = c->actor.region_id.n == 0 || str_eq(row.region_id, c->actor.region_id);
	if (!found || !yours)
		return err_new(a, ERR_MISSING, "Your region has no such list.");
	*out = (struct source){
		.id = id,
		.name = row.name,
		.no = row.source_no,
		.coded = str_eq(row.kind, S("coded")),
		.region_id = row.region_id,
		.agency_id = row.agency_id,
	};
	while (out->order + 1 < SHEET_ORDERS_N && !str_eq(order_words[out->order], row.day_order))
		out->order++;
	return NULL;
}

struct listing_sources {
	struct call *c;
	struct source_list *out;
};

/* The regions that the list holder may bring lists to: the own one or, for who holds none, all. */
static err_t list_regions(const struct listing_sources *l, struct db *db, struct arena *a)
{
	struct str own = l->c->actor.region_id;
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	l->out->regions = arena_many(a, n, struct source_region);
	for (size_t i = 0; i < n; i++)
		if (own.n == 0 || str_eq(rows[i].id, own))
			l->out->regions[l->out->regions_n++] = (struct source_region){rows[i].id, rows[i].name};
	return NULL;
}

static err_t list(struct db *db, struct arena *a, void *ctx)
{
	const struct listing_sources *l = ctx;
	struct source_list *out = l->out;
	struct q_hmis_now now;
	struct q_list_sources *rows;
	struct q_agencies *agencies;
	struct q_list_drafts *drafts;
	size_t n;
	bool found;
	*out = (struct source_list){0};
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(list_regions(l, db, a));
	TRY(q_list_sources(db, a, l->c->actor.region_id, now.import_no, &rows, &n));
	out->sources = arena_many(a, n, struct source_line);
	out->sources_n = n;
	for (size_t i = 0; i < n; i++)
		out->sources[i] = (struct source_line){
			.id = rows[i].id,
			.name = rows[i].name,
			.region = rows[i].region,
			.coded = str_eq(rows[i].kind, S("coded")),
			.agency = rows[i].agency,
			.people = rows[i].people,
			.absent = rows[i].absent,
			.last = rows[i].last_at,
		};
	TRY(q_agencies(db, a, &agencies, &n));
	out->agencies = arena_many(a, n, struct source_choice_line);
	for (size_t i = 0; i < n; i++)
		if (!agencies[i].is_lead)
			out->agencies[out->agencies_n++] = (struct source_choice_line){
				agencies[i].id, agencies[i].name, agencies[i].is_victim_service_provider};
	TRY(q_list_drafts(db, a, l->c->actor.region_id, &drafts, &n));
	out->drafts = arena_many(a, n, struct source_waiting);
	out->drafts_n = n;
	for (size_t i = 0; i < n; i++)
		out->drafts[i] = (struct source_waiting){drafts[i].id, drafts[i].source, drafts[i].made_at};
	return NULL;
}

err_t app_sources(struct call *c, struct source_list *out)
{
	TRY(source_may(c));
	struct source_list view;
	struct listing_sources l = {c, &view};
	TRY(db_run(c->db, c->arena, DB_READ, list, &l));
	*out = view;
	return NULL;
}

struct adding {
	struct call *c;
	const struct source_new *s;
	struct str id;
};

static err_t check_agency(const struct adding *w, struct db *db, struct arena *a)
{
	struct q_agency_by_id agency;
	bool found = false;
	if (w->s->agency_id.n > 0) {
		TRY(q_agency_by_id(db, a, w->s->agency_id, &agency, &found));
		if (!found)
			return err_new(a, ERR_MISSING, "There is no such agency.");
	}
	if (w->s->coded && (!found || !agency.is_victim_service_provider))
		return err_new(a, ERR_INVALID, "A coded list belongs to a victim service provider: choose which.");
	if (!w->s->coded && found && agency.is_victim_service_provider)
		return err_new(a, ERR_INVALID, "A victim service provider's list holds codes: choose a coded list.");
	return NULL;
}

/* Where the list goes: to the list holder's region; who holds none says to which, but where there is one alone. */
static err_t region_of(const struct adding *w, struct db *db, struct arena *a, struct str *out)
{
	struct source_list list = {0};
	struct listing_sources l = {w->c, &list};
	TRY(list_regions(&l, db, a));
	if (list.regions_n == 0)
		return err_new(a, ERR_CONFLICT,
			       "There is no region yet that the list could belong to: an administrator adds one.");
	for (size_t i = 0; i < list.regions_n; i++)
		if (list.regions_n == 1 || str_eq(list.regions[i].id, w->s->region_id)) {
			*out = list.regions[i].id;
			return NULL;
		}
	return err_new(a, ERR_INVALID, "Choose to which region's list these people belong.");
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	const struct adding *w = ctx;
	struct str region;
	struct q_list_source_by_name same;
	struct q_hmis_source_last last;
	bool found;
	TRY(check_agency(w, db, a));
	TRY(region_of(w, db, a, &region));
	TRY(q_list_source_by_name(db, a, region, w->s->name, &same, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "The region has a list of that name. Choose it above.");
	TRY(q_hmis_source_last(db, a, &last, &found));
	TRY(q_hmis_source_put(db, a, last.no + 1, str_fmt(a, "list:%.*s", STR_ARG(w->id)), w->s->name));
	TRY(q_list_source_add(db, a,
			      &(struct q_list_source_add_in){
				      .source_no = last.no + 1,
				      .id = w->id,
				      .name = w->s->name,
				      .kind = w->s->coded ? S("coded") : S("named"),
				      .region_id = region,
				      .agency_id = w->s->agency_id,
				      .day_order = order_words[SHEET_MONTH_FIRST],
				      .stated_by = w->c->actor.id,
				      .stated_at = w->c->now,
			      }));
	return app_record(w->c, db, a, "list_source.add", "list_source", w->id,
			  str_fmt(a, "kind=%s", w->s->coded ? "coded" : "named"));
}

err_t app_source_add(struct call *c, const struct source_new *s, struct str *id)
{
	TRY(source_may(c));
	if (s->name.n == 0)
		return err_new(c->arena, ERR_INVALID, "Give the list a name.");
	if (!s->stated)
		return err_new(c->arena, ERR_INVALID,
			       "Say that the people on it agreed: without that nobody of it may be on the list.");
	struct id fresh = id_new();
	struct adding w = {c, s, str_dup(c->arena, id_str(&fresh))};
	TRY(db_run(c->db, c->arena, DB_WRITE, add, &w));
	*id = w.id;
	return NULL;
}
