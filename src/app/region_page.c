#include "app/region_page.h"

#include <stdlib.h>

#include "app/setting.h"
#include "base/buf.h"
#include "domain/region.h"
#include "store/q_agency.h"
#include "store/q_county.h"
#include "store/q_hmis.h"
#include "store/q_region.h"

enum { NAMES_MAX = 64 << 10 };

/* A row of a county's number of households; `county` empty: those of the region whose county nobody knows, because two
 * list holders put them there. */
struct cell {
	struct str region_id, county;
	int64_t n;
	bool hidden;
};

struct loading {
	struct call *call;
	struct q_regions *regions;
	struct q_counties *counties;
	struct q_county_borders *borders;
	struct q_county_agencies *works;
	struct q_county_households *households;
	struct q_region_anchors *anchors;
	struct q_agencies *agencies;
	size_t regions_n, counties_n, borders_n, works_n, households_n, anchors_n, agencies_n;
	int per_agency;
	struct region_county *map; /* as counties[] */
	struct region_border *pairs;
	struct cell *cells; /* as households[] */
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct loading *w = ctx;
	struct q_hmis_now now;
	struct settings settings;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(app_settings(db, a, &settings));
	w->per_agency = settings.households_per_agency;
	TRY(q_regions(db, a, &w->regions, &w->regions_n));
	TRY(q_counties(db, a, &w->counties, &w->counties_n));
	TRY(q_county_borders(db, a, &w->borders, &w->borders_n));
	TRY(q_county_agencies(db, a, now.import_no, w->call->today, &w->works, &w->works_n));
	TRY(q_county_households(db, a, now.import_no, &w->households, &w->households_n));
	TRY(q_region_anchors(db, a, &w->anchors, &w->anchors_n));
	return q_agencies(db, a, &w->agencies, &w->agencies_n);
}

static int region_at(const struct loading *w, struct str id)
{
	for (size_t i = 0; i < w->regions_n; i++)
		if (str_eq(w->regions[i].id, id))
			return (int)i;
	return -1;
}

/* By a search of halves: engines need not order text by its bytes, so the names are sorted here. */
static int county_compare(const void *x, const void *y)
{
	return str_cmp(((const struct q_counties *)x)->name, ((const struct q_counties *)y)->name);
}

static int county_at(const struct loading *w, struct str name)
{
	struct q_counties key = {.name = name};
	const struct q_counties *found = bsearch(&key, w->counties, w->counties_n, sizeof *w->counties, county_compare);
	return found == NULL ? -1 : (int)(found - w->counties);
}

static void draw_map(struct loading *w, struct arena *a)
{
	if (w->counties_n > 0)
		qsort(w->counties, w->counties_n, sizeof *w->counties, county_compare);
	w->map = arena_many(a, w->counties_n, struct region_county);
	for (size_t i = 0; i < w->counties_n; i++)
		w->map[i] = (struct region_county){w->counties[i].name, region_at(w, w->counties[i].region_id)};
	w->pairs = arena_many(a, w->borders_n, struct region_border);
	for (size_t i = 0; i < w->borders_n; i++)
		w->pairs[i] = (struct region_border){county_at(w, w->borders[i].county),
						     county_at(w, w->borders[i].neighbour)};
}

/* Hides the counts of one region, which add up to a number that /counts shows, or that is hidden there itself: then
 * all of them are. */
static void hide_region(struct loading *w, struct arena *a, struct str region_id, bool whole)
{
	int64_t *counts = arena_many(a, w->households_n, int64_t);
	bool *hidden = arena_many(a, w->households_n, bool);
	int n = 0;
	for (size_t i = 0; i < w->households_n; i++)
		if (str_eq(w->cells[i].region_id, region_id))
			counts[n++] = w->cells[i].n;
	access_hide_small(counts, n, hidden);
	n = 0;
	for (size_t i = 0; i < w->households_n; i++)
		if (str_eq(w->cells[i].region_id, region_id))
			w->cells[i].hidden = hidden[n++] || whole;
}

static void hide_small(struct loading *w, struct arena *a)
{
	/* As /counts does: the regions and, last, who is on no region's list. */
	size_t n = w->regions_n + 1;
	int64_t *totals = arena_many(a, n, int64_t);
	bool *hidden = arena_many(a, n, bool);
	for (size_t i = 0; i < w->households_n; i++) {
		int region = region_at(w, w->cells[i].region_id);
		totals[region < 0 ? (int)w->regions_n : region] += w->cells[i].n;
	}
	access_hide_small(totals, (int)n, hidden);
	for (size_t i = 0; i < n; i++)
		hide_region(w, a, i < w->regions_n ? w->regions[i].id : (struct str){0}, hidden[i]);
}

static void count_cells(struct loading *w, struct arena *a)
{
	w->cells = arena_many(a, w->households_n, struct cell);
	for (size_t i = 0; i < w->households_n; i++)
		w->cells[i] = (struct cell){w->households[i].region_id, w->households[i].county,
					    w->households[i].households, false};
	if (!access_may(w->call->actor.role, CAN_LIST))
		hide_small(w, a);
}

static void append(struct buf *b, struct str text)
{
	if (buf_text(b).n > 0)
		buf_lit(b, ", ");
	buf_str(b, text);
}

static struct str say_borders(const struct loading *w, struct arena *a, int county)
{
	struct buf b = buf_new(a, NAMES_MAX);
	for (size_t i = 0; i < w->borders_n; i++) {
		if (w->pairs[i].a != county && w->pairs[i].b != county)
			continue;
		int other = w->pairs[i].a == county ? w->pairs[i].b : w->pairs[i].a;
		int region = w->map[other].region;
		append(&b, w->map[other].name);
		if (region != w->map[county].region)
			buf_fmt(&b, " (%.*s)", STR_ARG(region < 0 ? S("no region") : w->regions[region].name));
	}
	return buf_text(&b);
}

static void find_agencies(const struct loading *w, struct arena *a, struct region_county_row *row)
{
	struct buf b = buf_new(a, NAMES_MAX);
	bool victim = false;
	for (size_t i = 0; i < w->works_n; i++) {
		if (!str_eq(w->works[i].county, row->name))
			continue;
		row->agencies_n++;
		victim |= w->works[i].victim;
		if (!w->works[i].victim)
			append(&b, w->works[i].name);
	}
	if (victim)
		append(&b, S("a victim service provider"));
	row->agencies = buf_text(&b);
}

static struct region_county_row county_row(const struct loading *w, struct arena *a, int county)
{
	struct region_county_row row = {.name = w->map[county].name, .borders = say_borders(w, a, county)};
	for (size_t i = 0; i < w->households_n; i++) {
		if (!str_eq(w->cells[i].county, row.name) ||
		    !str_eq(w->cells[i].region_id, w->counties[county].region_id))
			continue;
		row.households = (struct count){w->cells[i].n, w->cells[i].hidden};
	}
	find_agencies(w, a, &row);
	row.low = region_coverage_low(row.households.n, row.households.hidden, row.agencies_n, w->per_agency);
	return row;
}

/* The counties of a region; −1: of none. */
static struct region_county_row *county_rows(const struct loading *w, struct arena *a, int region, size_t *n)
{
	struct region_county_row *rows = arena_many(a, w->counties_n, struct region_county_row);
	*n = 0;
	for (size_t i = 0; i < w->counties_n; i++)
		if (w->map[i].region == region)
			rows[(*n)++] = county_row(w, a, (int)i);
	return rows;
}

static void build_card(const struct loading *w, struct arena *a, int region, struct region_card *card)
{
	const struct q_regions *r = &w->regions[region];
	*card = (struct region_card){.id = r->id, .name = r->name, .number = r->number};
	card->counties = county_rows(w, a, region, &card->counties_n);
	region_check(a, w->map, w->counties_n, w->pairs, w->borders_n, region, r->name, &card->say, &card->say_n);
	for (size_t i = 0; i < w->anchors_n; i++)
		if (str_eq(w->anchors[i].region_id, r->id)) {
			card->anchor_id = w->anchors[i].agency_id;
			card->anchor = w->anchors[i].name;
		}
}

static void build(struct loading *w, struct arena *a, struct regions_view *view)
{
	*view = (struct regions_view){
		.regions = arena_many(a, w->regions_n, struct region_card),
		.regions_n = w->regions_n,
		.counties = arena_many(a, w->counties_n, struct str),
		.counties_n = w->counties_n,
		.agencies = arena_many(a, w->agencies_n, struct region_named),
		.per_agency = w->per_agency,
	};
	draw_map(w, a);
	count_cells(w, a);
	for (size_t i = 0; i < w->regions_n; i++)
		build_card(w, a, (int)i, &view->regions[i]);
	view->loose = county_rows(w, a, -1, &view->loose_n);
	for (size_t i = 0; i < w->counties_n; i++)
		view->counties[i] = w->map[i].name;
	for (size_t i = 0; i < w->agencies_n; i++)
		if (!w->agencies[i].is_lead)
			view->agencies[view->agencies_n++] =
				(struct region_named){w->agencies[i].id, w->agencies[i].name};
	for (size_t i = 0; i < w->households_n; i++)
		view->hidden |= w->cells[i].hidden && w->cells[i].county.n > 0;
}

err_t app_regions(struct call *c, struct regions_view *out)
{
	struct loading w = {.call = c};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_REGIONS))
		return err_new(c->arena, ERR_DENIED, "Only administrators see and set regions.");
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	build(&w, c->arena, out);
	return NULL;
}
