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
	if (c->actor.region_id.n == 0)
		return err_new(c->arena, ERR_DENIED, "Your account holds the list of no region.");
	return NULL;
}

err_t source_get(const struct call *c, struct db *db, struct arena *a, struct str id, struct source *out)
{
	struct q_list_source_by_id row;
	bool found;
	TRY(q_list_source_by_id(db, a, id, &row, &found));
	if (!found || !str_eq(row.region_id, c->actor.region_id))
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

static err_t list(struct db *db, struct arena *a, void *ctx)
{
	const struct listing_sources *l = ctx;
	struct source_list *out = l->out;
	struct q_hmis_now now;
	struct q_region_by_id region;
	struct q_list_sources *rows;
	struct q_agencies *agencies;
	struct q_list_drafts *drafts;
	size_t n;
	bool found;
	*out = (struct source_list){0};
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_region_by_id(db, a, l->c->actor.region_id, &region, &found));
	out->region = found ? region.name : (struct str){0};
	TRY(q_list_sources(db, a, l->c->actor.region_id, now.import_no, &rows, &n));
	out->sources = arena_many(a, n, struct source_line);
	out->sources_n = n;
	for (size_t i = 0; i < n; i++)
		out->sources[i] = (struct source_line){
			.id = rows[i].id,
			.name = rows[i].name,
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

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	const struct adding *w = ctx;
	struct q_list_source_by_name same;
	struct q_hmis_source_last last;
	bool found;
	TRY(check_agency(w, db, a));
	TRY(q_list_source_by_name(db, a, w->c->actor.region_id, w->s->name, &same, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "Your region has a list of that name. Choose it above.");
	TRY(q_hmis_source_last(db, a, &last, &found));
	TRY(q_hmis_source_put(db, a, last.no + 1, str_fmt(a, "list:%.*s", STR_ARG(w->id)), w->s->name));
	TRY(q_list_source_add(db, a,
			      &(struct q_list_source_add_in){
				      .source_no = last.no + 1,
				      .id = w->id,
				      .name = w->s->name,
				      .kind = w->s->coded ? S("coded") : S("named"),
				      .region_id = w->c->actor.region_id,
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
