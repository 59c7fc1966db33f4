/* Projects of an export: who runs them, what they are, where they stand. All these files are small. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/list_export_parts.h"
#include "base/arena.h"
#include "base/limit.h"
#include "domain/code.h"
#include "hmis/csv.h"

enum { PLACES_MAX = 1 << 20, REGIONS_FILE_MAX = 64 << 20 };

/* Rows of the three files; of one id the newest counts, of equal ones the last. */
struct place {
	struct str id;
	struct str of;   /* a project's organization, or the project that has a CoC */
	struct str text; /* its name, or the code of the CoC */
	struct instant updated;
	uint64_t line;
	int64_t n; /* type of a project, victim service provider of an organization */
	bool deleted;
};

struct places {
	struct arena *arena;
	struct place *rows;
	size_t n, room;
};

static err_t add_place(struct places *l, const struct hmis_row *row, uint16_t id, uint16_t of, uint16_t text,
		       uint16_t n)
{
	struct arena *a = l->arena;
	if (l->n == PLACES_MAX)
		return err_new(a, ERR_INVALID, "The export has more than %d rows about projects.", PLACES_MAX);
	if (l->n == l->room) {
		size_t room = l->room == 0 ? 64 : 2 * l->room;
		struct place *rows = arena_many(a, room, struct place);
		if (l->n > 0)
			memcpy(rows, l->rows, l->n * sizeof *rows);
		l->rows = rows;
		l->room = room;
	}
	struct hmis_cell none = {0};
	const struct hmis_cell *c_of = of == HMIS_NO_COLUMN ? &none : &row->cells[of];
	const struct hmis_cell *c_text = text == HMIS_NO_COLUMN ? &none : &row->cells[text];
	const struct hmis_cell *c_n = n == HMIS_NO_COLUMN ? &none : &row->cells[n];
	l->rows[l->n++] = (struct place){
		.id = str_dup(a, row->cells[id].text),
		.of = c_of->known ? str_dup(a, c_of->text) : (struct str){0},
		.text = c_text->known ? str_dup(a, c_text->text) : (struct str){0},
		.updated = row->updated,
		.line = row->line,
		.n = c_n->known ? c_n->n : -1,
		.deleted = row->deleted,
	};
	return NULL;
}

static err_t on_organization(void *ctx, const struct hmis_row *row)
{
	return add_place(ctx, row, HMIS_Organization_OrganizationID, HMIS_NO_COLUMN, HMIS_NO_COLUMN,
			 HMIS_Organization_VictimServiceProvider);
}

static err_t on_project(void *ctx, const struct hmis_row *row)
{
	return add_place(ctx, row, HMIS_Project_ProjectID, HMIS_Project_OrganizationID, HMIS_Project_ProjectName,
			 HMIS_Project_ProjectType);
}

static err_t on_coc(void *ctx, const struct hmis_row *row)
{
	return add_place(ctx, row, HMIS_ProjectCoC_ProjectCoCID, HMIS_ProjectCoC_ProjectID, HMIS_ProjectCoC_CoCCode,
			 HMIS_NO_COLUMN);
}

static int by_id(const void *x, const void *y)
{
	const struct place *a = x;
	const struct place *b = y;
	return str_cmp(a->id, b->id);
}

static int by_id_newest_first(const void *x, const void *y)
{
	const struct place *a = x;
	const struct place *b = y;
	int ids = by_id(a, b);
	if (ids != 0)
		return ids;
	if (a->updated.ms != b->updated.ms)
		return a->updated.ms > b->updated.ms ? -1 : 1;
	return a->line > b->line ? -1 : a->line < b->line;
}

static err_t read_places(struct arena *a, const struct hmis_package *p, enum hmis_file file,
			 err_t (*row)(void *, const struct hmis_row *), struct places *out)
{
	*out = (struct places){.arena = a};
	struct hmis_job job = {.file = file, .ctx = out, .row = row};
	TRY(hmis_read(a, p, &job, 1, &(struct hmis_read_options){.threads = 1}));
	if (out->n == 0)
		return NULL;
	qsort(out->rows, out->n, sizeof *out->rows, by_id_newest_first);
	size_t kept = 0;
	for (size_t i = 0; i < out->n;) {
		struct str id = out->rows[i].id;
		if (!out->rows[i].deleted)
			out->rows[kept++] = out->rows[i];
		while (i < out->n && str_eq(out->rows[i].id, id))
			i++;
	}
	out->n = kept;
	return NULL;
}

static int by_project(const void *x, const void *y)
{
	const struct export_place *a = x;
	const struct export_place *b = y;
	return str_cmp(a->project, b->project);
}

static uint32_t region_of(const struct export_regions *regions, struct str project)
{
	if (regions == NULL || regions->places_n == 0)
		return REGION_NONE;
	const struct export_place wanted = {.project = project};
	const struct export_place *found =
		bsearch(&wanted, regions->places, regions->places_n, sizeof wanted, by_project);
	return found == NULL ? REGION_NONE : found->region;
}

static bool in_coc(const struct places *cocs, struct str project, struct str coc)
{
	for (size_t i = 0; coc.n > 0 && i < cocs->n; i++)
		if (str_eq(cocs->rows[i].of, project) && str_eq(cocs->rows[i].text, coc))
			return true;
	return false;
}

err_t export_projects_load(struct arena *a, const struct hmis_package *p, const struct export_wish *wish,
			   struct export_book *b, struct ids *ids)
{
	struct places organizations;
	struct places projects;
	struct places cocs;
	TRY(ids_new(a, ids));
	TRY(read_places(a, p, HMIS_Organization, on_organization, &organizations));
	TRY(read_places(a, p, HMIS_Project, on_project, &projects));
	TRY(read_places(a, p, HMIS_ProjectCoC, on_coc, &cocs));
	b->projects = arena_many(a, projects.n, struct export_project);
	for (size_t i = 0; i < projects.n; i++) {
		const struct place *row = &projects.rows[i];
		const struct place wanted = {.id = row->of};
		const struct place *runs = organizations.n == 0 ? NULL
								: bsearch(&wanted, organizations.rows, organizations.n,
									  sizeof wanted, by_id);
		struct ids_text text = ids_text(row->id);
		uint32_t number;
		TRY(ids_add(ids, a, &text, ids_hash(ids, &text), 0, &number));
		if (roster_add_project(b->r, row->n < 0 ? PROJECT_OTHER : (enum project_type)row->n) != number)
			return err_internal(a, "no memory for projects");
		b->r->projects[number].victim = runs != NULL && runs->n == CODE_YES;
		b->r->projects[number].region = (uint16_t)region_of(wish->regions, row->id);
		b->projects[number] = (struct export_project){
			.id = row->id, .name = row->text, .in_coc = in_coc(&cocs, row->id, wish->coc)};
	}
	TRY(ids_room(ids, a));
	for (unsigned share = 0; share < IDS_SHARES; share++)
		ids_build(ids, share, NULL, NULL); /* no id is there twice */
	return NULL;
}

/* The file of regions as it stands: a region may be named by the county's row or by the project's. */
enum { REGION, COUNTY, PROJECT, REGION_COLUMNS };

struct region_row {
	struct str cells[REGION_COLUMNS];
};

struct region_rows {
	struct arena *arena;
	struct region_row *rows;
	size_t n, room;
};

static err_t on_region_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	const struct region_rows *r = ctx;
	columns[REGION] = csv_column(h, S("region"));
	columns[COUNTY] = csv_column(h, S("county"));
	columns[PROJECT] = csv_column(h, S("project_id"));
	if (columns[REGION] == CSV_ABSENT || columns[COUNTY] == CSV_ABSENT)
		return err_new(r->arena, ERR_INVALID,
			       "The file of regions needs the columns region, county and project_id.");
	return NULL;
}

static err_t on_region_row(void *ctx, const struct csv_row *row)
{
	struct region_rows *r = ctx;
	if (r->n == PLACES_MAX)
		return err_new(r->arena, ERR_INVALID, "The file of regions has more than %d lines.", PLACES_MAX);
	if (r->n == r->room) {
		size_t room = r->room == 0 ? 64 : 2 * r->room;
		struct region_row *rows = arena_many(r->arena, room, struct region_row);
		if (r->n > 0)
			memcpy(rows, r->rows, r->n * sizeof *rows);
		r->rows = rows;
		r->room = room;
	}
	for (int i = 0; i < REGION_COLUMNS; i++)
		r->rows[r->n].cells[i] = str_dup(r->arena, str_trim(row->cells[i]));
	r->n++;
	return NULL;
}

static uint32_t region_number(struct export_regions *regions, struct str name)
{
	for (size_t i = 0; i < regions->n; i++)
		if (str_eq(regions->names[i], name))
			return (uint32_t)i + 1;
	if (name.n == 0 || regions->n == LIMIT_REGIONS)
		return REGION_NONE;
	regions->names[regions->n] = name;
	return (uint32_t)++regions->n;
}

static struct str region_of_county(const struct region_rows *r, struct str county)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].cells[REGION].n > 0 && str_eq_nocase(r->rows[i].cells[COUNTY], county))
			return r->rows[i].cells[REGION];
	return (struct str){0};
}

static err_t file_text(struct arena *a, const char *path, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return err_new(a, ERR_MISSING, "There is no file %s.", path);
	}
	size_t size = st.st_size < REGIONS_FILE_MAX ? (size_t)st.st_size : REGIONS_FILE_MAX;
	char *p = arena_many(a, size, char);
	size_t n = 0;
	for (ssize_t got = 1; got > 0 && n<size; n += got> 0 ? (size_t)got : 0)
		got = read(fd, p + n, size - n);
	close(fd);
	*out = (struct str){p, n};
	return NULL;
}

err_t export_regions_read(struct arena *a, const char *path, struct export_regions *out)
{
	struct str file;
	struct region_rows r = {.arena = a};
	TRY(file_text(a, path, &file));
	TRY(csv_scan_bytes(a, file,
			   &(struct csv_scan){.columns_n = REGION_COLUMNS,
					      .threads = 1,
					      .ctx = &r,
					      .header = on_region_header,
					      .row = on_region_row}));
	struct export_regions regions = {
		.names = arena_many(a, r.n < LIMIT_REGIONS ? r.n : LIMIT_REGIONS, struct str),
		.places = arena_many(a, r.n, struct export_place),
	};
	for (size_t i = 0; i < r.n; i++) {
		struct str name = r.rows[i].cells[REGION];
		if (name.n == 0)
			name = region_of_county(&r, r.rows[i].cells[COUNTY]);
		uint32_t region = region_number(&regions, name);
		if (r.rows[i].cells[PROJECT].n > 0)
			regions.places[regions.places_n++] =
				(struct export_place){.project = r.rows[i].cells[PROJECT], .region = region};
	}
	if (regions.places_n > 0)
		qsort(regions.places, regions.places_n, sizeof *regions.places, by_project);
	*out = regions;
	return NULL;
}
