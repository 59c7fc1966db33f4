#include "app/list.h"

#include <stdlib.h>
#include <string.h>

#include "app/find.h"
#include "app/list_panel.h"
#include "app/meeting.h"
#include "app/next_step.h"
#include "app/say.h"
#include "base/limit.h"
#include "store/q_region.h"

const char *list_sort_word(enum list_sort s)
{
	static const char *const words[] = {
#define X(name, word, heading, down) [name] = word,
		LIST_SORTS(X)
#undef X
	};
	return words[s];
}

const char *list_sort_heading(enum list_sort s)
{
	static const char *const headings[] = {
#define X(name, word, heading, down) [name] = heading,
		LIST_SORTS(X)
#undef X
	};
	return headings[s];
}

bool list_sort_down_first(enum list_sort s)
{
	static const bool first[] = {
#define X(name, word, heading, down) [name] = down,
		LIST_SORTS(X)
#undef X
	};
	return first[s];
}

const char *list_filter_word(enum list_filter f)
{
	static const char *const words[] = {
#define X(name, word, say) [name] = word,
		LIST_FILTERS(X)
#undef X
	};
	return words[f];
}

const char *list_filter_say(enum list_filter f)
{
	static const char *const says[] = {
#define X(name, word, say) [name] = say,
		LIST_FILTERS(X)
#undef X
	};
	return says[f];
}

const char *list_lane_word(enum list_lane l)
{
	static const char *const words[] = {
#define X(name, word, say) [name] = word,
		LIST_LANES(X)
#undef X
	};
	return words[l];
}

const char *list_lane_say(enum list_lane l)
{
	static const char *const says[] = {
#define X(name, word, say) [name] = say,
		LIST_LANES(X)
#undef X
	};
	return says[l];
}

enum list_lane list_lane_of(const struct list_row *row)
{
	switch ((enum status)row->status) {
	case STATUS_ACTIVE:
		return LIST_ACTIVE;
	case STATUS_INACTIVE:
		return LIST_RECONNECT;
	case STATUS_HOUSED:
		return LIST_HOUSED;
	case STATUS_NONE:
	case STATUS_INELIGIBLE:
	case STATUS_MOVED_AWAY:
	case STATUS_DECEASED:
		break;
	}
	return LIST_ENDED;
}

static bool passes(const struct list_row *row, enum list_filter f)
{
	switch (f) {
	case LIST_CHRONIC:
		return row->chronic == CHRONIC_VERIFIED || row->chronic == CHRONIC_LIKELY;
	case LIST_VETERAN:
		return row->veteran;
	case LIST_FAMILY:
		return row->type == HOUSEHOLD_FAMILY;
	case LIST_YOUTH:
		return row->type == HOUSEHOLD_CHILDREN;
	case LIST_UNSHELTERED:
		return row->situation == SITUATION_UNSHELTERED;
	case LIST_OVERDUE:
		return (row->flags & FLAG_CONTACT_OVERDUE) != 0;
	case LIST_FLAGGED:
		return row->flags != 0;
	case LIST_FILTERS_N:
		break;
	}
	return false;
}

static bool matches(const struct list_row *row, const struct list_query *q)
{
	if (list_lane_of(row) != q->lane)
		return false;
	for (int f = 0; f < LIST_FILTERS_N; f++)
		if ((q->filters & 1U << f) != 0 && !passes(row, (enum list_filter)f))
			return false;
	return true;
}

/* The value a column sorts by; unknown ones come last in either direction. */
static bool sort_value(const struct list_row *row, enum list_sort s, int64_t *v)
{
	switch (s) {
	case LIST_BY_SITUATION:
		*v = row->situation;
		return row->situation != SITUATION_UNKNOWN;
	case LIST_BY_DAYS:
		*v = -(int64_t)row->start.n;
		return day_known(row->start);
	case LIST_BY_MONTHS:
		*v = row->months;
		return true;
	case LIST_BY_SINCE:
		*v = row->since.n;
		return day_known(row->since);
	case LIST_BY_SCORE:
		*v = row->score;
		return row->score != SCORE_NONE;
	case LIST_BY_CONTACT:
		*v = row->contact.n;
		return day_known(row->contact);
	case LIST_BY_RANK:
	case LIST_SORTS_N:
		break;
	}
	*v = 0;
	return true;
}

static int line_compare(const void *x, const void *y, void *ctx)
{
	const struct list_query *q = ctx;
	const struct list_row *a = *(const struct list_row *const *)x;
	const struct list_row *b = *(const struct list_row *const *)y;
	int64_t va;
	int64_t vb;
	bool ka = sort_value(a, q->sort, &va);
	bool kb = sort_value(b, q->sort, &vb);
	if (ka != kb)
		return ka ? -1 : 1;
	if (va != vb)
		return (va < vb) == q->down ? 1 : -1;
	bool flip = q->down && q->sort == LIST_BY_RANK;
	if (a->order != b->order)
		return (a->order < b->order) == flip ? 1 : -1;
	return (a->no > b->no) - (a->no < b->no);
}

/* One request's work, inside its transaction. */
struct work {
	struct call *call;
	struct list_query q;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	const struct list_region *region;
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
	w->region = list_image_region(w->image, q->region);
	if (w->region == NULL)
		return err_new(a, ERR_MISSING, "There is no such region. Choose one from the list's head.");
	struct list_view *v = w->view;
	v->region_name = S("Unassigned");
	v->regions = arena_many(a, n + 1, struct list_choice);
	for (size_t i = 0; i < n; i++) {
		bool chosen = str_eq(regions[i].id, q->region);
		v->regions[v->regions_n++] = (struct list_choice){regions[i].id, regions[i].name, chosen};
		if (chosen)
			v->region_name = regions[i].name;
	}
	v->regions[v->regions_n++] = (struct list_choice){S(""), S("Unassigned"), q->region.n == 0};
	return NULL;
}

static void describe_head(struct work *w)
{
	struct arena *a = w->arena;
	struct list_view *v = w->view;
	const struct list_region *region = w->region;
	char day[DAY_SAY];
	v->subtitle = str_fmt(a, "As of %s · %zu active households · %zu in all", day_say(w->image->as_of, day),
			      region->active, region->n);
	int64_t lanes[LIST_LANES_N] = {0};
	int64_t fresh = 0;
	int64_t unsheltered = 0;
	int64_t overdue = 0;
	int64_t housed = 0;
	struct day month_ago = day_add(w->image->as_of, -30);
	for (size_t i = 0; i < region->n; i++) {
		const struct list_row *row = &w->image->rows[region->first + i];
		enum list_lane lane = list_lane_of(row);
		lanes[lane]++;
		fresh += lane == LIST_ACTIVE && row->start.n > month_ago.n;
		unsheltered += lane == LIST_ACTIVE && row->situation == SITUATION_UNSHELTERED;
		overdue += lane == LIST_ACTIVE && (row->flags & FLAG_CONTACT_OVERDUE) != 0;
		housed += lane == LIST_HOUSED && row->since.n > month_ago.n;
	}
	const struct {
		int64_t n;
		const char *say;
	} tiles[] = {
		{lanes[LIST_ACTIVE], "active"},          {fresh, "came on in 30 days"}, {housed, "housed in 30 days"},
		{lanes[LIST_RECONNECT], "to reconnect"}, {unsheltered, "unsheltered"},  {overdue, "contact overdue"},
	};
	v->tiles_n = sizeof tiles / sizeof *tiles;
	v->tiles = arena_many(a, v->tiles_n, struct list_tile);
	for (size_t i = 0; i < v->tiles_n; i++)
		v->tiles[i] = (struct list_tile){str_fmt(a, "%lld", (long long)tiles[i].n), str_from(tiles[i].say)};
	memcpy(v->lanes, lanes, sizeof lanes);
}

/* The rows that the query asks for, in its order. */
static err_t select_rows(struct work *w, const struct list_row ***rows, size_t *n)
{
	struct arena *a = w->arena;
	const struct list_row **found;
	size_t count = 0;
	if (w->q.find.n > 0) {
		int64_t *nos;
		size_t nos_n;
		bool more;
		TRY(app_find(w->call, w->db, a, w->image, w->q.find, &nos, &nos_n, &more));
		found = arena_many(a, nos_n, const struct list_row *);
		for (size_t i = 0; i < nos_n; i++) {
			const struct list_row *row = list_image_row(w->image, nos[i]);
			if (row != NULL)
				found[count++] = row;
		}
	} else {
		found = arena_many(a, w->region->n, const struct list_row *);
		for (size_t i = 0; i < w->region->n; i++) {
			const struct list_row *row = &w->image->rows[w->region->first + i];
			if (matches(row, &w->q))
				found[count++] = row;
		}
	}
	/* The picture's own order is the list's. */
	if (w->q.sort != LIST_BY_RANK || w->q.down || w->q.find.n > 0)
		qsort_r(found, count, sizeof *found, line_compare, &w->q);
	*rows = found;
	*n = count;
	return NULL;
}

static void fill_line(struct work *w, const struct list_row *row, struct list_line *line)
{
	struct arena *a = w->arena;
	line->chosen = str_eq(line->face.id, w->q.chosen);
	line->since = row->since;
	line->contact = say_days_ago(a, row->contact, w->image->as_of);
	line->contact_overdue = (row->flags & FLAG_CONTACT_OVERDUE) != 0;
	line->score = row->score == SCORE_NONE ? S("–") : str_fmt(a, "%d", row->score);
	line->scored = row->score == SCORE_NONE ? DAY_NONE : row->scored;
	line->score_old = (row->flags & (FLAG_OLD_SCORE | FLAG_NO_SCORE)) != 0;
	line->flags = __builtin_popcount(row->flags);
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
	TRY(app_household_faces(w->call, w->db, a, nos, n, faces));
	TRY(app_next_steps(w->call, w->db, a, faces, n, steps));
	v->lines = arena_many(a, n, struct list_line);
	for (size_t i = 0; i < n; i++) {
		if (!faces[i].visible)
			continue;
		struct list_line *line = &v->lines[v->lines_n++];
		line->face = faces[i];
		/* Fifty rows on a screen that others may see: the digits are on the household's page. */
		if (line->face.ssn4.n > 0)
			line->face.ssn4 = S("••••");
		line->target = steps[i].target;
		line->step = steps[i].text;
		line->step_who = steps[i].who;
		line->step_due = steps[i].due;
		line->barrier = steps[i].barrier;
		line->step_overdue = steps[i].overdue;
		line->in_cycle = steps[i].in_cycle;
		fill_line(w, rows[i], line);
		v->named = v->named || faces[i].named;
	}
	return NULL;
}

static err_t page_of(struct work *w)
{
	struct arena *a = w->arena;
	const struct list_row **rows;
	size_t n;
	TRY(choose_region(w));
	describe_head(w);
	TRY(select_rows(w, &rows, &n));
	size_t pages = (n + LIMIT_LIST_PAGE - 1) / LIMIT_LIST_PAGE;
	if (w->q.page < 1)
		w->q.page = 1;
	if ((size_t)w->q.page > pages && pages > 0)
		w->q.page = (int)pages;
	size_t first = (size_t)(w->q.page - 1) * LIMIT_LIST_PAGE;
	size_t shown = n - first < LIMIT_LIST_PAGE ? n - first : LIMIT_LIST_PAGE;
	if (n == 0)
		first = shown = 0;
	TRY(fill_lines(w, rows + first, shown));
	struct list_view *v = w->view;
	v->query = w->q;
	v->first = n > 0 ? first + 1 : 0;
	v->total = n;
	if (w->q.chosen.n > 0)
		TRY(app_list_panel(w->call, w->db, a, w->image, w->q.chosen, &v->panel));
	v->can_plan = w->q.region.n > 0 && meeting_may_plan(&w->call->actor, w->q.region);
	return NULL;
}

static err_t run_list(struct db *db, struct arena *a, void *ctx)
{
	struct work *given = ctx;
	struct work w = *given;
	struct list_image *image;
	w.db = db;
	w.arena = a;
	*w.view = (struct list_view){0};
	w.call->shown.n = 0;
	TRY(list_image_take(w.call->app->lists, db, a, &image));
	w.image = image;
	err_t e = page_of(&w);
	list_image_give(w.call->app->lists, &image);
	return e;
}

err_t app_list(struct call *c, const struct list_query *q, struct list_view *out)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not the list.");
	struct list_view view;
	struct work w = {.call = c, .q = *q, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, run_list, &w));
	*out = view;
	return NULL;
}
