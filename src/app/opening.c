#include "app/opening.h"

#include "app/list_image.h"
#include "app/list_names.h"
#include "app/meeting.h"
#include "app/mou.h"
#include "app/opening_stock.h"
#include "app/record.h"
#include "app/referral.h"
#include "domain/filter.h"
#include "store/q_agency.h"
#include "store/q_hmis.h"
#include "store/q_opening.h"
#include "store/q_opening_decision.h"
#include "store/q_region.h"
#include "store/seal.h"

/* --- who --- */

static bool may_enter(const struct actor *actor, struct str agency_id, struct str region_id)
{
	if (actor->kind != ACTOR_USER || !access_may(actor->role, CAN_OPENINGS))
		return false;
	bool own = actor->agency_id.n > 0 && str_eq(actor->agency_id, agency_id);
	return own || meeting_may_plan(actor, region_id);
}

/* --- reading --- */

static struct opening_times times_of(struct day from, struct day confirmed, struct day ended, struct str ended_as)
{
	return (struct opening_times){from, confirmed, ended, str_eq(ended_as, S("filled"))};
}

/* The rule in words. A rule was checked when it was written; one that names what is gone since is shown as typed. */
static struct str say_rule(struct arena *a, const struct filter_names *names, struct str rule)
{
	struct filter *f;
	if (rule.n == 0)
		return rule;
	return filter_parse(a, rule, names, &f) == NULL ? filter_say(a, f) : rule;
}

static void judge(const struct call *c, struct opening_row *row)
{
	row->state = opening_state(&row->times, c->today);
	row->vacant = opening_vacant(&row->times, c->today);
	if (day_known(row->waits) && row->waits.n < c->today.n)
		row->waits = DAY_NONE;
	row->own = may_enter(&c->actor, row->agency_id, row->region_id) && !day_known(row->times.ended);
	row->plans = meeting_may_plan(&c->actor, row->region_id);
}

static err_t names_of(struct call *c, struct db *db, struct arena *a, struct filter_names *out)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	err_t e = list_names(db, a, image, out);
	list_image_give(c->app->lists, &image);
	return e;
}

/* One by its id, or, where that is empty, those that are open and those that ended on a day or later. */
static err_t load(struct call *c, struct db *db, struct arena *a, struct str id, struct day ended_from,
		  struct opening_row **out, size_t *n)
{
	struct q_openings_found *rows;
	struct filter_names names;
	TRY(q_openings_found(db, a, id, ended_from, &rows, n));
	TRY(names_of(c, db, a, &names));
	struct opening_row *all = arena_many(a, *n, struct opening_row);
	for (size_t i = 0; i < *n; i++) {
		const struct q_openings_found *r = &rows[i];
		all[i] = (struct opening_row){
			.id = r->id,
			.region_id = r->region_id,
			.region = r->region,
			.agency_id = r->agency_id,
			.agency = r->agency,
			.program = r->program,
			.unit = r->unit,
			.county = r->county,
			.bedrooms = r->bedrooms_known ? (int)r->bedrooms : -1,
			.features = (unsigned)r->features,
			.rule = r->rule,
			.rule_say = say_rule(a, &names, r->rule),
			.waits = r->waits_until,
			.over = r->over,
			.times = times_of(r->from_day, r->confirmed_day, r->ended_day, r->ended_as),
			.held = r->held,
		};
		if (!policy_kind_parse(r->kind, &all[i].kind))
			return err_internal(a, "opening %.*s is of no kind", STR_ARG(r->id));
		judge(c, &all[i]);
	}
	*out = all;
	return NULL;
}

err_t opening_load(struct call *c, struct db *db, struct arena *a, struct str id, struct opening_row *out)
{
	struct opening_row *rows;
	size_t n = 0;
	if (id.n > 0)
		TRY(load(c, db, a, id, DAY_NONE, &rows, &n));
	if (n == 0)
		return err_new(a, ERR_MISSING, "There is no such opening.");
	*out = rows[0];
	return NULL;
}

err_t openings_open(struct call *c, struct db *db, struct arena *a, struct str region_id, struct opening_row **out,
		    size_t *n)
{
	struct opening_row *rows;
	size_t all;
	TRY(load(c, db, a, S(""), day_add(c->today, 1), &rows, &all));
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (!day_known(rows[i].times.ended) && str_eq(rows[i].region_id, region_id))
			rows[(*n)++] = rows[i];
	*out = rows;
	return NULL;
}

err_t openings_offered(struct call *c, struct db *db, struct arena *a, struct str region_id, struct opening_row **out,
		       size_t *n)
{
	size_t all;
	TRY(openings_open(c, db, a, region_id, out, &all));
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (opening_offered((*out)[i].state) && !(*out)[i].held)
			(*out)[(*n)++] = (*out)[i];
	return NULL;
}

/* --- the register --- */

struct reading {
	struct call *call;
	struct openings_view *view;
};

/* The regions that the actor may enter one in: those it plans, else those its agency works in. */
static err_t fill_regions(struct reading *w, struct db *db, struct arena *a)
{
	const struct actor *actor = &w->call->actor;
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	w->view->regions = arena_many(a, n, struct opening_choice_row);
	for (size_t i = 0; i < n; i++)
		if (meeting_may_plan(actor, rows[i].id) || mou_works_in(&actor->cover, rows[i].id))
			w->view->regions[w->view->regions_n++] = (struct opening_choice_row){rows[i].id, rows[i].name};
	return NULL;
}

static err_t fill_agencies(struct reading *w, struct db *db, struct arena *a)
{
	const struct actor *actor = &w->call->actor;
	struct q_agencies *rows;
	size_t n;
	TRY(q_agencies(db, a, &rows, &n));
	w->view->agencies = arena_many(a, n, struct opening_choice_row);
	for (size_t i = 0; i < n; i++)
		if (!rows[i].is_lead &&
		    (access_may(actor->role, CAN_CONFERENCE_PLAN) || str_eq(rows[i].id, actor->agency_id)))
			w->view->agencies[w->view->agencies_n++] =
				(struct opening_choice_row){rows[i].id, rows[i].name};
	return NULL;
}

static err_t fill_names(struct reading *w, struct db *db, struct arena *a)
{
	struct q_opening_programs *programs;
	struct q_counties *counties;
	struct q_hmis_now now;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_opening_programs(db, a, w->call->actor.agency_id, now.import_no, w->call->today, &programs,
			       &w->view->programs_n));
	TRY(q_counties(db, a, &counties, &w->view->counties_n));
	w->view->programs = arena_many(a, w->view->programs_n, struct str);
	w->view->counties = arena_many(a, w->view->counties_n, struct str);
	for (size_t i = 0; i < w->view->programs_n; i++)
		w->view->programs[i] = programs[i].name;
	for (size_t i = 0; i < w->view->counties_n; i++)
		w->view->counties[i] = counties[i].name;
	return NULL;
}

static err_t read_register(struct db *db, struct arena *a, void *ctx)
{
	struct reading *w = ctx;
	struct call *c = w->call;
	*w->view = (struct openings_view){0};
	TRY(load(c, db, a, S(""), day_add(c->today, -OPENING_KEPT_DAYS), &w->view->rows, &w->view->rows_n));
	TRY(fill_regions(w, db, a));
	TRY(fill_agencies(w, db, a));
	TRY(fill_names(w, db, a));
	w->view->may_add = w->view->regions_n > 0 && w->view->agencies_n > 0;
	return NULL;
}

err_t app_openings(struct call *c, struct openings_view *out)
{
	struct reading w = {c, out};
	return db_run(c->db, c->arena, DB_READ, read_register, &w);
}

/* --- entering, confirming, ending --- */

struct changing {
	struct call *call;
	const struct opening_new *in;
	struct str id;
	bool filled;
	const struct pii *why;
};

/* The rule as it is kept: read once, and written as a filter writes itself, so that equal rules read alike. */
static err_t rule_text(struct changing *w, struct db *db, struct arena *a, struct str *out)
{
	struct filter_names names;
	struct filter *f;
	TRY(names_of(w->call, db, a, &names));
	TRY(filter_parse(a, opening_rule(a, &w->in->fits), &names, &f));
	if (f->words.n > 0)
		return err_new(a, ERR_INVALID,
			       "\"%.*s\" is no condition: whom a home is for is said by facts, such as months>=12.",
			       STR_ARG(f->words));
	*out = filter_text(a, f);
	return NULL;
}

static err_t check_new(const struct opening_new *in, struct arena *a, struct day today)
{
	if (in->kind == POLICY_LIST)
		return err_new(a, ERR_INVALID, "Say what kind of housing it is.");
	if (str_trim(in->program).n == 0)
		return err_new(a, ERR_INVALID, "Say which program it is.");
	if (!day_known(in->from) || in->from.n < today.n - 366 || in->from.n > today.n + 366)
		return err_new(a, ERR_INVALID, "Say from which day on somebody can live there, within a year.");
	return NULL;
}

/* As many as are open already, and this one. */
static err_t check_stock(const struct changing *w, struct db *db, struct arena *a, struct str agency_id, bool *over)
{
	struct opening_row *rows;
	size_t n;
	int homes;
	int open = 0;
	TRY(opening_stock_load(w->call, db, a, agency_id, w->in->program, &homes));
	TRY(load(w->call, db, a, S(""), day_add(w->call->today, 1), &rows, &n));
	for (size_t i = 0; i < n; i++)
		open += !day_known(rows[i].times.ended) && str_eq(rows[i].agency_id, agency_id) &&
			str_eq_nocase(rows[i].program, str_trim(w->in->program));
	*over = homes > 0 && open >= homes;
	if (!*over || w->in->over != NULL)
		return NULL;
	return err_new(
		a, ERR_CONFLICT,
		"By the inventory in the HMIS this program has %d %s, and %d %s entered as open already. End one of "
		"them, or say why there is one more.",
		homes, homes == 1 ? "home" : "homes", open, open == 1 ? "is" : "are");
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct call *c = w->call;
	const struct opening_new *in = w->in;
	struct q_region_by_id region;
	struct q_agency_by_id agency;
	struct str rule;
	bool found;
	bool over;
	TRY(check_new(in, a, c->today));
	struct str region_id = in->region;
	if (region_id.n == 0 && c->actor.region_id.n > 0)
		region_id = c->actor.region_id;
	if (region_id.n == 0 && c->actor.cover.works_in_n > 0)
		region_id = c->actor.cover.works_in[0];
	struct str agency_id = in->agency.n > 0 ? in->agency : c->actor.agency_id;
	TRY(q_region_by_id(db, a, region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_INVALID, "Choose the region from whose list it is filled.");
	TRY(q_agency_by_id(db, a, agency_id, &agency, &found));
	if (!found || agency.is_lead)
		return err_new(a, ERR_INVALID, "Choose the agency that has the home.");
	if (!may_enter(&c->actor, agency_id, region_id))
		return err_new(a, ERR_DENIED, "You enter openings of your own agency.");
	TRY(rule_text(w, db, a, &rule));
	TRY(check_stock(w, db, a, agency_id, &over));
	w->id = meeting_new_id(c->arena);
	struct seal_place place = {"opening", "over_why", w->id};
	TRY(q_opening_add(db, a,
			  &(struct q_opening_add_in){
				  .id = w->id,
				  .region_id = region_id,
				  .agency_id = agency_id,
				  .kind = policy_kind_table[in->kind].word,
				  .program = str_trim(in->program),
				  .unit = str_trim(in->unit),
				  .bedrooms = in->bedrooms,
				  .bedrooms_known = in->bedrooms >= 0,
				  .county = in->county,
				  .features = in->features,
				  .rule = rule,
				  .from_day = in->from,
				  .confirmed_day = c->today,
				  .made_by = c->actor.id,
				  .made_at = c->now,
				  .over_why = over ? seal_pii(a, c->app->keys, place, in->over) : (struct str){0},
			  }));
	return app_record(c, db, a, "opening.add", "opening", w->id, (struct str){0});
}

err_t app_opening_add(struct call *c, const struct opening_new *in, struct str *id)
{
	struct changing w = {.call = c, .in = in};
	TRY(db_run(c->db, c->arena, DB_WRITE, add, &w));
	*id = w.id;
	return NULL;
}

static err_t find_own(struct changing *w, struct db *db, struct arena *a)
{
	struct opening_row row;
	TRY(opening_load(w->call, db, a, w->id, &row));
	if (!may_enter(&w->call->actor, row.agency_id, row.region_id))
		return err_new(a, ERR_DENIED, "This opening is another agency's.");
	return NULL;
}

static err_t check_changed(struct arena *a, int64_t changed)
{
	return changed == 1 ? NULL : err_new(a, ERR_CONFLICT, "This opening is filled or withdrawn already.");
}

static err_t confirm(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	int64_t changed;
	TRY(find_own(w, db, a));
	TRY(q_opening_confirm(db, a, w->id, w->call->today, &changed));
	TRY(check_changed(a, changed));
	return app_record(w->call, db, a, "opening.confirm", "opening", w->id, (struct str){0});
}

err_t app_opening_confirm(struct call *c, struct str id)
{
	struct changing w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, confirm, &w);
}

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct call *c = w->call;
	int64_t changed;
	TRY(find_own(w, db, a));
	TRY(referral_opening_ends(c, db, a, w->id, w->filled));
	struct seal_place place = {"opening", "ended_why", w->id};
	TRY(q_opening_end(db, a,
			  &(struct q_opening_end_in){
				  .id = w->id,
				  .ended_day = c->today,
				  .ended_as = w->filled ? S("filled") : S("withdrawn"),
				  .ended_why = seal_pii(a, c->app->keys, place, w->why),
				  .ended_by = c->actor.id,
				  .ended_at = c->now,
			  },
			  &changed));
	TRY(check_changed(a, changed));
	TRY(q_opening_decisions_over(db, a, w->id, c->actor.id, c->now, &changed));
	return app_record(c, db, a, w->filled ? "opening.fill" : "opening.withdraw", "opening", w->id, (struct str){0});
}

err_t app_opening_end(struct call *c, struct str id, bool filled, const struct pii *why)
{
	struct changing w = {.call = c, .id = id, .filled = filled, .why = why};
	if (why == NULL)
		return err_new(c->arena, ERR_INVALID,
			       filled ? "Say in a few words why it was filled without a referral."
				      : "Say in a few words why it is no longer offered.");
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}
