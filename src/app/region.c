#include "app/region.h"

#include <stdlib.h>
#include <string.h>

#include "app/listing.h"
#include "app/record.h"
#include "app/region_page.h"
#include "base/file.h"
#include "base/id.h"
#include "base/limit.h"
#include "domain/region.h"
#include "hmis/csv.h"
#include "store/q_county.h"
#include "store/q_region.h"
#include "store/statement.h"

/* The first three must be there. */
enum { COLUMN_REGION, COLUMN_COUNTY, COLUMN_PROJECT, COLUMN_BORDERS, COLUMNS };

struct line {
	struct str region, county, project, borders;
	uint64_t line;
};

struct reading {
	struct arena *arena;
	struct line *lines;
	size_t n;
};

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	static const struct str names[COLUMNS] = {
		[COLUMN_REGION] = STR_INIT("region"),
		[COLUMN_COUNTY] = STR_INIT("county"),
		[COLUMN_PROJECT] = STR_INIT("project_id"),
		[COLUMN_BORDERS] = STR_INIT("borders"),
	};
	const struct reading *r = ctx;
	for (size_t i = 0; i < COLUMNS; i++) {
		columns[i] = csv_column(h, names[i]);
		if (columns[i] == CSV_ABSENT && i != COLUMN_BORDERS)
			return err_new(r->arena, ERR_INVALID,
				       "This is not a file of regions: its first line must name the columns region, "
				       "county and project_id.");
	}
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct reading *r = ctx;
	if (row->trouble != CSV_FINE)
		return err_new(r->arena, ERR_INVALID,
			       "Line %llu cannot be read: look for a quotation mark that is not closed.",
			       (unsigned long long)row->line);
	struct line l = {
		.region = str_dup(r->arena, str_trim(row->cells[COLUMN_REGION])),
		.county = str_dup(r->arena, str_trim(row->cells[COLUMN_COUNTY])),
		.project = str_dup(r->arena, str_trim(row->cells[COLUMN_PROJECT])),
		.borders = str_dup(r->arena, str_trim(row->cells[COLUMN_BORDERS])),
		.line = row->line,
	};
	if (!str_is_clean_text(l.region) || !str_is_clean_text(l.county) || !str_is_clean_text(l.project) ||
	    !str_is_clean_text(l.borders) || l.project.n > LIMIT_HMIS_ID)
		return err_new(r->arena, ERR_INVALID,
			       "Line %llu: a name is not readable text, or a project's id is too long.",
			       (unsigned long long)l.line);
	if (l.county.n == 0)
		return err_new(r->arena, ERR_INVALID, "Line %llu: the county is missing.", (unsigned long long)l.line);
	r->lines = db_rows_room(r->arena, r->lines, r->n, sizeof *r->lines);
	r->lines[r->n++] = l;
	return NULL;
}

struct region_row {
	struct str name;
	struct str id;
	int64_t number;
};

struct county_row {
	struct str name;
	struct str region;
	bool told; /* a row without a project speaks of it, or a project's row names a region */
};

struct project_row {
	struct str id;
	struct str county;
};

struct importing {
	struct call *c;
	const struct reading *r;
	struct region_row *regions;
	struct county_row *counties;
	struct project_row *projects;
	size_t regions_n, counties_n, projects_n;
};

static int county_compare(const void *x, const void *y)
{
	return str_cmp(((const struct county_row *)x)->name, ((const struct county_row *)y)->name);
}

static int project_compare(const void *x, const void *y)
{
	return str_cmp(((const struct project_row *)x)->id, ((const struct project_row *)y)->id);
}

/* Each county and project once; two rows that contradict each other are refused. */
static err_t gather(struct importing *w, struct arena *a)
{
	const struct reading *r = w->r;
	w->counties = arena_many(a, r->n, struct county_row);
	w->projects = arena_many(a, r->n, struct project_row);
	for (size_t i = 0; i < r->n; i++) {
		const struct line *l = &r->lines[i];
		w->counties[i] = (struct county_row){l->county, l->region, l->project.n == 0 || l->region.n > 0};
		if (l->project.n > 0)
			w->projects[w->projects_n++] = (struct project_row){l->project, l->county};
	}
	qsort(w->counties, r->n, sizeof *w->counties, county_compare);
	qsort(w->projects, w->projects_n, sizeof *w->projects, project_compare);
	for (size_t i = 0; i < r->n; i++) {
		const struct county_row *row = &w->counties[i];
		struct county_row *last = w->counties_n > 0 ? &w->counties[w->counties_n - 1] : NULL;
		if (last == NULL || !str_eq(last->name, row->name)) {
			w->counties[w->counties_n++] = *row;
			continue;
		}
		if (last->told && row->told && !str_eq(last->region, row->region))
			return err_new(a, ERR_INVALID, "%.*s is put into two regions: \"%.*s\" and \"%.*s\".",
				       STR_ARG(row->name), STR_ARG(last->region), STR_ARG(row->region));
		if (row->told)
			*last = *row;
	}
	size_t kept = 0;
	for (size_t i = 0; i < w->projects_n; i++) {
		const struct project_row *row = &w->projects[i];
		if (kept > 0 && str_eq(w->projects[kept - 1].id, row->id)) {
			if (!str_eq(w->projects[kept - 1].county, row->county))
				return err_new(a, ERR_INVALID, "Project %.*s is put into two counties.",
					       STR_ARG(row->id));
			continue;
		}
		w->projects[kept++] = *row;
	}
	w->projects_n = kept;
	return NULL;
}

static struct region_row *region_named(struct importing *w, struct str name)
{
	for (size_t i = 0; i < w->regions_n; i++)
		if (str_eq(w->regions[i].name, name))
			return &w->regions[i];
	return NULL;
}

static err_t add_region(struct importing *w, struct db *db, struct arena *a, struct str name,
			const struct region_row **out)
{
	int64_t *taken = arena_many(a, w->regions_n, int64_t);
	for (size_t i = 0; i < w->regions_n; i++)
		taken[i] = w->regions[i].number;
	int64_t number = region_number(name, taken, w->regions_n);
	if (w->regions_n >= LIMIT_REGIONS)
		return err_new(a, ERR_INVALID, "There are more than %d regions.", LIMIT_REGIONS);
	struct id id = id_new();
	w->regions = db_rows_room(a, w->regions, w->regions_n, sizeof *w->regions);
	struct region_row *row = &w->regions[w->regions_n++];
	*row = (struct region_row){name, str_dup(a, id_str(&id)), number};
	*out = row;
	return q_region_put(db, a, row->id, row->number, row->name, (struct str){0});
}

static err_t load_regions(struct importing *w, struct db *db, struct arena *a)
{
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	w->regions = NULL;
	w->regions_n = 0;
	for (size_t i = 0; i < n; i++) {
		w->regions = db_rows_room(a, w->regions, w->regions_n, sizeof *w->regions);
		w->regions[w->regions_n++] = (struct region_row){rows[i].name, rows[i].id, rows[i].number};
	}
	return NULL;
}

/* The counties that a row names as its county's neighbours, with ";" between. */
static err_t save_borders(struct db *db, struct arena *a, const struct line *l)
{
	for (struct str rest = l->borders, name; rest.n > 0;) {
		struct q_county_by_name county;
		bool found;
		str_cut(rest, ';', &name, &rest);
		name = str_trim(name);
		if (name.n == 0)
			continue;
		TRY(q_county_by_name(db, a, name, &county, &found));
		if (!found || str_eq(name, l->county))
			return err_new(
				a, ERR_INVALID,
				"Line %llu: %.*s cannot border \"%.*s\", which is no other county of this file or "
				"of the CoC.",
				(unsigned long long)l->line, STR_ARG(l->county), STR_ARG(name));
		TRY(region_border_put(db, a, l->county, name));
	}
	return NULL;
}

static err_t save(struct db *db, struct arena *a, void *ctx)
{
	struct importing *w = ctx;
	TRY(load_regions(w, db, a));
	for (size_t i = 0; i < w->counties_n; i++) {
		const struct county_row *county = &w->counties[i];
		if (!county->told)
			continue;
		struct str id = {0};
		if (county->region.n > 0) {
			const struct region_row *region = region_named(w, county->region);
			if (region == NULL)
				TRY(add_region(w, db, a, county->region, &region));
			id = region->id;
		}
		TRY(q_county_put(db, a, county->name, id));
	}
	for (size_t i = 0; i < w->counties_n; i++)
		if (!w->counties[i].told)
			TRY(q_county_note(db, a, w->counties[i].name));
	for (size_t i = 0; i < w->projects_n; i++)
		TRY(q_project_county_put(db, a, w->projects[i].id, w->projects[i].county));
	for (size_t i = 0; i < w->r->n; i++)
		TRY(save_borders(db, a, &w->r->lines[i]));
	return app_record(w->c, db, a, "region.import", "region", S("all"),
			  str_fmt(a, "counties=%zu,projects=%zu", w->counties_n, w->projects_n));
}

static int64_t regions_in_file(const struct importing *w)
{
	int64_t n = 0;
	for (size_t i = 0; i < w->counties_n; i++) {
		bool first = w->counties[i].region.n > 0;
		for (size_t k = 0; k < i && first; k++)
			first = !str_eq(w->counties[k].region, w->counties[i].region);
		n += first;
	}
	return n;
}

err_t app_region_import(struct call *c, const char *path, struct region_import_view *out)
{
	bool may = c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM ||
		   (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_REGIONS));
	if (!may)
		return err_new(c->arena, ERR_DENIED, "Only administrators may set regions.");
	struct str text;
	struct reading r = {.arena = c->arena};
	TRY(file_read(c->arena, path, REGION_FILE_MAX, &text));
	struct csv_scan scan = {.columns_n = COLUMNS, .threads = 1, .ctx = &r, .header = on_header, .row = on_row};
	TRY(csv_scan_bytes(c->arena, text, &scan));
	if (r.n == 0)
		return err_new(c->arena, ERR_INVALID, "%s has no rows.", path);
	struct importing w = {.c = c, .r = &r};
	TRY(gather(&w, c->arena));
	TRY(db_run(c->db, c->arena, DB_WRITE, save, &w));
	*out = (struct region_import_view){
		.regions = regions_in_file(&w),
		.counties = (int64_t)w.counties_n,
		.projects = (int64_t)w.projects_n,
	};
	for (size_t i = 0; i < w.counties_n; i++)
		out->unassigned += w.counties[i].region.n == 0;
	err_t e = app_listing_refresh(c, c->today);
	return e == NULL ? NULL
			 : err_wrap(c->arena, e, "The regions are saved, but the list is as it was: %.*s",
				    STR_ARG(e->say));
}
