/* Export.csv: which of its rows counts, and what that says. */
#include <string.h>

#include "base/arena.h"
#include "hmis/cell.h"
#include "hmis/package_inside.h"

enum { EXPORT_ROWS_MAX = 1000, PEEK = 512 << 10, VALUE_COLUMNS = HMIS_Export_COLUMNS };

struct export_row {
	struct hmis_cell cells[VALUE_COLUMNS];
	unsigned named; /* files whose first row has this ExportID */
};

struct rows {
	struct arena *arena;
	struct hmis_check checks[VALUE_COLUMNS];
	struct export_row *rows;
	size_t n;
	size_t total;
};

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	(void)ctx;
	for (size_t i = 0; i < VALUE_COLUMNS; i++)
		columns[i] = csv_column(h, hmis_files[HMIS_Export].columns[i].name);
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct rows *r = ctx;
	r->total++;
	/* With more rows than anybody writes the last ones win, since the last is the fallback. */
	if (r->n == EXPORT_ROWS_MAX)
		memmove(r->rows, r->rows + 1, --r->n * sizeof *r->rows);
	struct export_row *to = &r->rows[r->n++];
	memset(to, 0, sizeof *to);
	for (size_t i = 0; i < VALUE_COLUMNS; i++) {
		struct hmis_cell *cell = &to->cells[i];
		struct str text = str_trim(row->cells[i]);
		bool is_text = r->checks[i].column->type == HMIS_TEXT || r->checks[i].column->type == HMIS_ID;
		hmis_cell_read(&r->checks[i], is_text ? str_dup(r->arena, text) : text, cell);
	}
	return NULL;
}

/* The ExportID in the first row of a file. */
struct first {
	struct arena *arena;
	struct str id;
	bool seen;
};

static err_t first_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	(void)ctx;
	columns[0] = csv_column(h, S("ExportID"));
	return NULL;
}

static err_t first_row(void *ctx, const struct csv_row *row)
{
	struct first *f = ctx;
	if (!f->seen && row->trouble == CSV_FINE) {
		f->id = str_dup(f->arena, str_trim(row->cells[0]));
		f->seen = true;
	}
	return NULL;
}

static err_t first_id(struct arena *a, const struct hmis_package *p, enum hmis_file f, struct str *out)
{
	struct str start;
	TRY(package_peek(a, p, f, PEEK, &start));
	struct first first = {.arena = a};
	struct csv_scan scan = {.columns_n = 1, .threads = 1, .ctx = &first, .header = first_header, .row = first_row};
	TRY(csv_scan_bytes(a, start, &scan));
	*out = first.id;
	return NULL;
}

/* Counts for each row of Export.csv the files that name it. */
static err_t rows_name(struct arena *a, struct hmis_package *p, struct rows *r, unsigned *strangers)
{
	*strangers = 0;
	for (enum hmis_file f = HMIS_Export + 1; f < HMIS_FILE_COUNT; f++) {
		struct str id = {0};
		if (hmis_package_has(p, f))
			TRY(first_id(a, p, f, &id));
		bool named = false;
		for (size_t i = 0; i < r->n && id.n != 0; i++) {
			const struct hmis_cell *own = &r->rows[i].cells[HMIS_Export_ExportID];
			if (own->known && str_eq(own->text, id)) {
				r->rows[i].named++;
				named = true;
			}
		}
		*strangers += id.n != 0 && !named;
	}
	return NULL;
}

static bool version_has(struct str version, struct str year)
{
	for (size_t i = 0; i + year.n <= version.n; i++)
		if (str_eq(str_sub(version, i, year.n), year))
			return true;
	return false;
}

static err_t year_find(struct arena *a, struct hmis_package *p, struct str version, enum hmis_years *out)
{
	*out = version_has(version, S("2024")) ? HMIS_FY2024 : HMIS_FY2026;
	if (*out == HMIS_FY2024 || version_has(version, S("2026")))
		return NULL;
	package_flag(
		p, (struct hmis_flag){
			   .problem = HMIS_VERSION_UNKNOWN, .file = HMIS_Export, .column = HMIS_NO_COLUMN, .line = 2});
	if (!hmis_package_has(p, HMIS_Client))
		return NULL;
	struct str start;
	struct csv_header h;
	TRY(package_peek(a, p, HMIS_Client, PEEK, &start));
	TRY(csv_header_read(a, start, &h));
	if (csv_column(&h, S("Woman")) != CSV_ABSENT && csv_column(&h, S("Sex")) == CSV_ABSENT)
		*out = HMIS_FY2024;
	return NULL;
}

static struct str text_of(struct arena *a, const struct export_row *row, uint16_t column)
{
	const struct hmis_cell *c = &row->cells[column];
	return c->known ? str_dup(a, c->text) : (struct str){0};
}

static int64_t int_of(const struct export_row *row, uint16_t column)
{
	return row->cells[column].known ? row->cells[column].n : 0;
}

static struct day day_of(const struct export_row *row, uint16_t column)
{
	return row->cells[column].known ? row->cells[column].day : DAY_NONE;
}

static void export_take(struct arena *a, struct hmis_package *p, const struct export_row *row)
{
	const struct hmis_cell *date = &row->cells[HMIS_Export_ExportDate];
	int64_t directive = int_of(row, HMIS_Export_ExportDirective);
	int64_t hash = int_of(row, HMIS_Export_HashStatus);
	p->export = (struct hmis_export){
		.id = text_of(a, row, HMIS_Export_ExportID),
		.source_id = text_of(a, row, HMIS_Export_SourceID),
		.source_name = text_of(a, row, HMIS_Export_SourceName),
		.software = text_of(a, row, HMIS_Export_SoftwareName),
		.implementation = text_of(a, row, HMIS_Export_ImplementationID),
		.date = date->known ? date->at : INSTANT_NONE,
		.start = day_of(row, HMIS_Export_ExportStartDate),
		.end = day_of(row, HMIS_Export_ExportEndDate),
		.period_type = int_of(row, HMIS_Export_ExportPeriodType),
		.directive = directive == 0 ? HMIS_OTHER_REFRESH : (enum hmis_directive)directive,
		.hashed = hash != 0 && hash != HMIS_UNHASHED,
	};
}

static void package_note(struct hmis_package *p, enum hmis_problem problem)
{
	package_flag(p, (struct hmis_flag){.problem = problem, .file = HMIS_FILE_COUNT, .column = HMIS_NO_COLUMN});
}

static err_t export_choose(struct arena *a, struct arena *own, struct hmis_package *p, struct rows *r)
{
	unsigned strangers;
	TRY(rows_name(own, p, r, &strangers));
	const struct export_row *best = &r->rows[r->n - 1];
	for (size_t i = r->n; i-- > 0;)
		if (r->rows[i].named > best->named)
			best = &r->rows[i];
	if (r->total > 1)
		package_note(p, HMIS_EXPORT_ROWS);
	if (best->named == 0 && strangers != 0)
		package_note(p, HMIS_EXPORT_UNNAMED);
	else if (strangers != 0)
		package_note(p, HMIS_EXPORT_MIXED);
	export_take(a, p, best);
	const struct hmis_export *e = &p->export;
	if (!instant_known(e->date) || !day_known(e->start) || !day_known(e->end))
		package_note(p, HMIS_PERIOD_BAD);
	if (e->hashed)
		package_note(p, HMIS_HASHED);
	return year_find(own, p, text_of(own, best, HMIS_Export_CSVVersion), &p->export.year);
}

err_t export_read(struct arena *a, struct hmis_package *p)
{
	struct arena *own = arena_new("Export.csv", 64 << 20);
	struct rows r = {.arena = own, .rows = arena_many(own, EXPORT_ROWS_MAX, struct export_row)};
	for (uint16_t i = 0; i < VALUE_COLUMNS; i++)
		r.checks[i] = hmis_check_make(HMIS_Export, i);
	struct str text;
	err_t e = package_peek(own, p, HMIS_Export, PEEK, &text);
	if (e == NULL) {
		struct csv_scan scan = {
			.columns_n = VALUE_COLUMNS, .threads = 1, .ctx = &r, .header = on_header, .row = on_row};
		e = csv_scan_bytes(own, text, &scan);
	}
	if (e == NULL && r.n == 0)
		e = err_new(own, ERR_INVALID, "Export.csv has no row, so nothing says what this export is.");
	if (e == NULL)
		e = export_choose(a, own, p, &r);
	if (e != NULL)
		e = err_new(a, e->class, "%.*s", STR_ARG(e->say));
	arena_free(&own);
	return e;
}
