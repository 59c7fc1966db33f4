#include "app/list.h"

#include "app/find.h"
#include "app/list_ask.h"
#include "app/list_coarse.h"
#include "app/list_day.h"
#include "app/list_facts.h"
#include "app/list_names.h"
#include "app/list_opening.h"
#include "app/list_panel.h"
#include "app/meeting.h"
#include "app/next_step.h"
#include "app/ready.h"
#include "app/say.h"
#include "app/tenancy.h"
#include "base/limit.h"
#include "domain/omission.h"
#include "store/q_region.h"

/* One request's work, inside its transaction. */
struct work {
	struct call *call;
	struct list_query q;
	struct db *db;
	struct arena *arena;
	const struct list_image *image; /* of another day: given; else the transaction's */
	struct list_region region;      /* counts of what is shown, and where its rows are */
	struct list_facts facts;
	struct list_view *view;
};

static err_t choose_region(struct work *w)
{
	struct q_regions *regions;
	size_t n;
	struct arena *a = w->arena;
	TRY(q_regions(w->db, a, &regions, &n));
	struct list_query *q = &w->q;
	if (q->own) {
		q->region = w->call->actor.region_id;
		if (q->region.n == 0 && n > 0)
			q->region = regions[0].id;
	}
	if (!q->everywhere && list_image_region(w->image, q->region) == NULL)
		return err_new(a, ERR_MISSING, "There is no such region. Choose one from the list's head.");
	struct list_view *v = w->view;
	v->region_name = q->everywhere ? S("every region") : S("Unassigned");
	v->regions = arena_many(a, n + 2, struct list_choice);
	for (size_t i = 0; i < n; i++) {
		bool chosen = !q->everywhere && str_eq(regions[i].id, q->region);
		v->regions[v->regions_n++] = (struct list_choice){regions[i].id, regions[i].name, chosen};
		if (chosen)
			v->region_name = regions[i].name;
	}
	bool unassigned = !q->everywhere && q->region.n == 0;
	v->regions[v->regions_n++] = (struct list_choice){S(""), S("Unassigned"), unassigned};
	v->regions[v->regions_n++] = (struct list_choice){S("all"), S("Every region"), q->everywhere};
	return NULL;
}

/* The regions that are shown, added up. */
static struct list_region count_regions(const struct work *w)
{
	if (!w->q.everywhere)
		return *list_image_region(w->image, w->q.region);
	struct list_region all = {.n = w->image->n};
	for (size_t i = 0; i <= w->image->regions_n; i++) {
		const struct list_region *r = &w->image->regions[i];
		all.active += r->active;
		all.listed += r->listed;
		all.fresh += r->fresh;
		all.reconnect += r->reconnect;
		all.housed += r->housed;
		all.housed_late += r->housed_late;
		all.unsheltered += r->unsheltered;
		all.overdue += r->overdue;
	}
	return all;
}

static void describe_head(struct work *w)
{
	struct arena *a = w->arena;
	struct list_view *v = w->view;
	const struct list_region *r = &w->region;
	char day[DAY_SAY];
	v->subtitle = str_fmt(a, "As of %s · %zu active households · %zu in all", day_say(w->image->as_of, day),
			      r->active, r->listed);
	list_lanes(r, v->lanes);
	const struct {
		size_t n;
		const char *say;
	} tiles[] = {
		{r->active, "active"},          {r->fresh, "came on in 30 days"}, {r->housed_late, "housed in 30 days"},
		{r->reconnect, "to reconnect"}, {r->unsheltered, "unsheltered"},  {r->overdue, "contact overdue"},
	};
	v->tiles_n = sizeof tiles / sizeof *tiles;
	v->tiles = arena_many(a, v->tiles_n, struct list_tile);
	for (size_t i = 0; i < v->tiles_n; i++)
		v->tiles[i] = (struct list_tile){str_fmt(a, "%zu", tiles[i].n), str_from(tiles[i].say)};
}

static int64_t omitted_in(const struct list_image *image, struct str region_id)
{
	const struct list_region *region = list_image_region(image, region_id);
	int64_t n = 0;
	for (size_t i = region->listed; i < region->n; i++) { /* they stand last */
		uint8_t why = image->rows[region->first + i].omitted;
		n += why != OMITTED_NOT && why != OMITTED_ELSEWHERE;
	}
	return n;
}

/* Of the region whose list the actor holds, and of no region: those that app_omissions tells of. */
static void count_omitted(struct work *w)
{
	const struct actor *actor = &w->call->actor;
	bool holds = actor->role == ROLE_LIST_HOLDER && !w->q.everywhere && w->q.region.n > 0 &&
		     str_eq(w->q.region, actor->region_id);
	if (holds && !day_known(w->q.as_of) && w->q.opening == POLICY_LIST)
		w->view->omitted = omitted_in(w->image, w->q.region) + omitted_in(w->image, S(""));
}

/* The tenancies at risk of what is shown. They are few, and counted apart. */
static err_t count_tenancies(struct work *w)
{
	const struct list_image *image = w->image;
	const struct list_row *rows = w->q.everywhere ? image->rows : &image->rows[w->region.first];
	w->facts = (struct list_facts){.image = image, .today = w->call->today};
	TRY(tenancy_load(w->db, w->arena, &w->facts));
	w->view->lanes[LIST_TENANCY] = tenancy_count(&w->facts, rows, w->q.everywhere ? image->n : w->region.n);
	return NULL;
}

/* The households that somebody looked for: in every region, and as the filter allows. */
static err_t find_rows(struct work *w, const struct list_row ***out, size_t *n)
{
	int64_t *nos;
	size_t nos_n;
	size_t count = 0;
	bool more;
	TRY(app_find(w->call, w->db, w->arena, w->image, w->q.find, &nos, &nos_n, &more));
	if (more)
		w->view->subtitle = str_fmt(
			w->arena, "More than %zu households fit. Type more of the name, or the HMIS ID.", nos_n);
	const struct list_row **found = arena_many(w->arena, nos_n, const struct list_row *);
	for (size_t i = 0; i < nos_n; i++) {
		const struct list_row *row = list_image_row(w->image, nos[i]);
		if (row != NULL)
			found[count++] = row;
	}
	*out = found;
	*n = count;
	return NULL;
}

/* What filter and order ask of the rows. */
static err_t load_facts(struct work *w, const struct filter *f)
{
	struct list_facts *out = &w->facts;
	const struct list_view *v = w->view;
	uint64_t keys = filter_keys(f);
	for (size_t i = 0; i < v->keys_n; i++)
		keys |= UINT64_C(1) << v->keys[i].key;
	TRY(list_facts_load(w->call, w->db, w->arena, keys, out));
	TRY(list_coarse_load(w->call, w->db, w->arena, keys, out));
	return out->written == NULL ? NULL : list_own_facts(w->call, w->db, w->arena, v->own, v->own_n, keys, out);
}

static err_t select_rows(struct work *w, const struct list_asked *asked, struct list_selected *page)
{
	const struct list_image *image = w->image;
	bool anywhere = w->q.everywhere || (filter_keys(asked->conditions) >> FILTER_REGION & 1) != 0;
	size_t at = (size_t)(w->q.page > 1 ? w->q.page - 1 : 0) * LIMIT_LIST_PAGE;
	TRY(load_facts(w, asked->rows));
	struct list_select s = {
		.facts = w->facts,
		.rows = anywhere ? image->rows : &image->rows[w->region.first],
		.n = anywhere ? image->n : w->region.n,
		.filter = asked->rows,
		.keys = w->view->keys,
		.keys_n = w->view->keys_n,
		.first = at,
		.most = LIMIT_LIST_PAGE,
	};
	/* The page that is asked for most: the active ones stand first in their region, by place. */
	s.whole = !anywhere && w->q.lane == LIST_ACTIVE && w->q.where.n == 0 && w->q.find.n == 0 && s.keys_n == 1 &&
		  s.keys[0].key == FILTER_PLACE && !s.keys[0].down;
	if (s.whole)
		s.n = w->region.active;
	if (w->q.find.n > 0) {
		const struct list_row **found;
		TRY(find_rows(w, &found, &s.n));
		s.found = found;
	}
	list_select(&s, w->arena, page);
	w->q.page = (int)(page->first / LIMIT_LIST_PAGE) + 1;
	return NULL;
}

/* Whose turn it is, of a kind of opening. */
static struct str turn_of(const struct work *w, const struct list_row *row)
{
	const struct policy *p = &w->image->policy;
	if (p->kind == POLICY_LIST || row->rank == 0 || row->rank > 1 + p->alternates)
		return (struct str){0};
	return row->rank == 1 ? S("first") : str_fmt(w->arena, "alternate %d", row->rank - 1);
}

static void describe_opening(struct work *w)
{
	const struct policy *p = &w->image->policy;
	struct str rules = policy_opening_say(w->arena, p);
	if (p->kind == POLICY_LIST)
		return;
	struct str version = w->image->opening_version > 0
				     ? str_fmt(w->arena, "“%s”, version %d", p->name, w->image->opening_version)
				     : S("the list’s own order, for they have none of their own");
	w->view->opening = str_fmt(w->arena, "The order of %s: %.*s. %.*s", policy_kind_table[p->kind].say,
				   STR_ARG(version), STR_ARG(rules));
}

static void fill_line(struct work *w, const struct list_row *row, struct list_line *line)
{
	struct arena *a = w->arena;
	line->chosen = str_eq(line->face.id, w->q.chosen);
	line->since = row->since;
	line->contact = say_days_ago(a, row->contact, w->image->as_of);
	line->contact_overdue = (row->flags & FLAG_CONTACT_OVERDUE) != 0;
	line->score = score_is_number(row->score) ? str_fmt(a, "%d", row->score) : S("–");
	line->scored = score_is_number(row->score) ? row->scored : DAY_NONE;
	line->score_old = (row->flags & (FLAG_OLD_SCORE | FLAG_NO_SCORE)) != 0;
	line->flags = __builtin_popcountll(row->flags);
	/* Whom it shows is decided by today; what it says of them is of the picture's day. */
	line->face.situation = str_from(situation_say((enum situation)row->situation));
	line->face.days_on_list = list_row_days(w->image, row);
	line->face.months_36 = row->months;
	line->face.rank = row->rank;
	line->face.rank_of = (int)w->image->regions[row->region].active;
	line->turn = turn_of(w, row);
	line->start = row->start;
	line->chronic = str_from(chronic_say((enum chronic)row->chronic));
	line->band = str_from(band_say((enum band)row->band));
	line->veteran = row->veteran;
	if (row->county != LIST_COUNTY_NONE)
		line->county = w->view->names.counties[row->county].name;
	if (line->face.coarse) {
		app_household_coarse(&line->face);
		line->since = line->scored = line->start = DAY_NONE;
		line->contact = line->score = line->chronic = line->band = S("–");
		line->contact_overdue = line->score_old = line->veteran = false;
		line->county = (struct str){0};
		line->flags = 0;
	}
}

/* Papers and needs. */
static err_t fill_ready(struct work *w)
{
	struct list_view *v = w->view;
	struct household_face faces[LIMIT_LIST_PAGE];
	bool veterans[LIMIT_LIST_PAGE];
	struct ready_row ready[LIMIT_LIST_PAGE];
	for (size_t i = 0; i < v->lines_n; i++) {
		faces[i] = v->lines[i].face;
		veterans[i] = v->lines[i].veteran;
	}
	TRY(ready_rows(w->call, w->db, w->arena, faces, veterans, v->lines_n, v->own, v->own_n, ready));
	for (size_t i = 0; i < v->lines_n; i++) {
		v->lines[i].readiness = ready[i].readiness;
		v->lines[i].needs = ready[i].needs;
		v->lines[i].own = ready[i].own;
	}
	return NULL;
}

static err_t fill_lines(struct work *w, const struct list_row **rows, size_t n)
{
	struct arena *a = w->arena;
	struct list_view *v = w->view;
	int64_t nos[LIMIT_LIST_PAGE];
	struct household_face faces[LIMIT_LIST_PAGE];
	struct next_step steps[LIMIT_LIST_PAGE];
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i]->no;
	TRY(app_household_rows(w->call, w->db, a, nos, n, faces));
	TRY(app_next_steps(w->call, w->db, a, faces, n, steps));
	v->lines = arena_many(a, n, struct list_line);
	for (size_t i = 0; i < n; i++) {
		if (!faces[i].visible)
			continue;
		struct list_line *line = &v->lines[v->lines_n++];
		line->face = faces[i];
		line->target = steps[i].target;
		line->step = steps[i].text;
		line->step_who = steps[i].who;
		line->step_due = steps[i].due;
		line->barrier = steps[i].barrier;
		line->step_overdue = steps[i].overdue;
		line->in_cycle = steps[i].in_cycle;
		line->reviewed = steps[i].reviewed;
		fill_line(w, rows[i], line);
		v->named = v->named || faces[i].named;
	}
	return fill_ready(w);
}

static err_t page_of(struct work *w)
{
	struct arena *a = w->arena;
	struct list_view *v = w->view;
	struct list_asked asked;
	struct list_selected page;
	TRY(choose_region(w));
	w->region = count_regions(w);
	TRY(list_names(w->db, a, w->image, &v->names));
	TRY(list_own_load(w->db, a, &v->names, &v->own, &v->own_n));
	TRY(list_ask_saved(w->call, w->db, a, &w->q, v));
	TRY(list_ask_filter(a, &w->q, v, &asked));
	list_ask_columns(&w->q, v);
	describe_head(w);
	TRY(count_tenancies(w));
	count_omitted(w);
	describe_opening(w);
	TRY(select_rows(w, &asked, &page));
	TRY(fill_lines(w, page.rows, page.n));
	v->query = w->q;
	v->first = page.total > 0 ? page.first + 1 : 0;
	v->total = page.total;
	char day[DAY_SAY];
	v->stamp = str_fmt(a, "%.*s; as of %s; %.*s%s%.*s", STR_ARG(v->region_name), day_say(w->image->as_of, day),
			   STR_ARG(v->stamp), v->opening.n > 0 ? "; " : "", STR_ARG(v->opening));
	v->lost = w->image->lost;
	if (w->q.chosen.n > 0)
		TRY(app_list_panel(w->call, w->db, a, w->image, w->q.chosen, &v->panel));
	const struct actor *actor = &w->call->actor;
	if (actor->role == ROLE_LIST_HOLDER && w->q.region.n > 0 && str_eq(w->q.region, actor->region_id))
		TRY(app_reviews_due(w->call, w->db, a, w->q.region, &v->reviews, &v->reviews_n));
	v->can_plan = w->q.region.n > 0 && meeting_may_plan(&w->call->actor, w->q.region);
	return NULL;
}

static err_t run_list(struct db *db, struct arena *a, void *ctx)
{
	struct work *given = ctx;
	struct work w = *given;
	struct list_image *image = NULL;
	w.db = db;
	w.arena = a;
	*w.view = (struct list_view){0};
	w.call->shown.n = 0;
	if (w.image == NULL) {
		TRY(list_image_take(w.call->app->lists, db, a, &image));
		w.image = image;
	}
	err_t e = page_of(&w);
	list_facts_give(w.call, &w.facts);
	if (image != NULL)
		list_image_give(w.call->app->lists, &image);
	return e;
}

err_t app_list(struct call *c, const struct list_query *q, struct list_view *out)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not the list.");
	struct list_view view;
	struct work w = {.call = c, .q = *q, .view = &view};
	struct list_image *day = NULL;
	if (day_known(q->as_of) && q->as_of.n == c->today.n)
		w.q.as_of = DAY_NONE;
	if (q->opening != POLICY_LIST)
		TRY(list_opening_take(c, w.q.as_of, q->opening, &day));
	else if (day_known(w.q.as_of))
		TRY(list_day_take(c, w.q.as_of, &day));
	w.image = day;
	err_t e = db_run(c->db, c->arena, DB_READ, run_list, &w);
	if (day != NULL)
		list_image_give(c->app->lists, &day);
	if (e == NULL)
		*out = view;
	return e;
}
