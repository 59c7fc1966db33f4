#include "app/report.h"

#include <string.h>

#include "app/list_day.h"
#include "app/report_inside.h"
#include "app/user.h"
#include "domain/small_table.h"
#include "store/q_region.h"

const struct report_row report_table[REPORTS_N] = {
#define X(name, word, period, person, title, about)                                                                    \
	[name] = {STR_INIT(word), STR_INIT(title), STR_INIT(about), period, person},
	REPORTS(X)
#undef X
};

/* What each is made by, and whether it asks for the book of referrals. */
static const struct {
	err_t (*make)(struct report_work *w);
	bool book;
} makers[REPORTS_N] = {
	[REPORT_COUNTS] = {report_counts, true},
	[REPORT_SIDE_DOOR] = {report_side_door, true},
	[REPORT_SIDE_DOOR_AGENCIES] = {report_side_door_agencies, true},
	[REPORT_REFERRALS] = {report_referrals, true},
	[REPORT_STAGES] = {report_stages, true},
	[REPORT_VACANCY] = {report_vacancy, false},
	[REPORT_DECLINES] = {report_declines, true},
	[REPORT_CHECKINS] = {report_checkins, false},
	[REPORT_OUTCOMES] = {report_outcomes, false},
	[REPORT_UNMET] = {report_unmet, false},
};

bool report_parse(struct str word, enum report *out)
{
	for (enum report r = 0; r < REPORTS_N; r++)
		if (str_eq(word, report_table[r].word)) {
			*out = r;
			return true;
		}
	return false;
}

/* --- rows --- */

void report_columns(struct report_work *w, const struct report_column *columns, size_t n)
{
	w->view->columns = columns;
	w->view->columns_n = n;
}

struct paper_cell *report_next(struct report_work *w)
{
	enum { FIRST = 64 };
	struct report_view *v = w->view;
	if (v->rows_n == w->room) {
		size_t more = w->room == 0 ? FIRST : 2 * w->room;
		struct paper_cell *cells = arena_many(w->a, more * v->columns_n, struct paper_cell);
		if (v->rows_n > 0)
			memcpy(cells, v->cells, v->rows_n * v->columns_n * sizeof *cells);
		v->cells = cells;
		w->room = more;
	}
	return v->cells + v->rows_n++ * v->columns_n;
}

static bool is_count(enum report_role r)
{
	return r == COLUMN_COUNT || r == COLUMN_TOTAL || r == COLUMN_SUBSET;
}

void report_total(struct report_work *w)
{
	struct report_view *v = w->view;
	size_t rows = v->rows_n;
	if (rows == 0)
		return;
	struct paper_cell *total = report_next(w);
	total[0] = paper_text(S("All"));
	for (size_t c = 0; c < v->columns_n; c++) {
		int64_t sum = 0;
		if (!is_count(v->columns[c].role))
			continue;
		for (size_t r = 0; r < rows; r++)
			sum += v->cells[r * v->columns_n + c].number;
		total[c] = paper_number(sum);
	}
	v->totals = true;
}

/* --- regions --- */

struct str report_region_of(const struct report_work *w, int64_t person, struct str otherwise)
{
	const struct list_row *row = list_image_row(w->image, ce_book_household(w->book, person));
	return row == NULL ? otherwise : str_from(w->image->regions[row->region].id);
}

bool report_about_region(const struct report_work *w, struct str region_id)
{
	return w->region_id.n == 0 || str_eq(region_id, w->region_id);
}

struct str report_region_name(const struct report_work *w, struct str region_id)
{
	struct q_region_by_id row;
	bool found = false;
	if (region_id.n == 0 || q_region_by_id(w->db, w->a, region_id, &row, &found) != NULL || !found)
		return (struct str){0};
	return row.name;
}

struct str report_event_region(const struct report_work *w, const struct ce_event *e)
{
	uint32_t project = e->referral.project != CE_ANY ? e->referral.project : e->by;
	return report_region_of(w, e->person,
				project == CE_ANY ? (struct str){0} : w->book->projects[project].region_id);
}

/* --- households --- */

err_t report_faces(struct report_work *w)
{
	struct report_view *v = w->view;
	int64_t nos[REPORT_FACES];
	size_t rows[REPORT_FACES];
	size_t n = 0;
	for (size_t i = 0; i < v->rows_n && i < REPORT_FACES; i++)
		if (v->abouts[i].household_no != 0) {
			rows[n] = i;
			nos[n++] = v->abouts[i].household_no;
		}
	struct household_face *faces = arena_many(w->a, n, struct household_face);
	if (n == 0)
		return NULL;
	TRY(app_household_faces(w->c, w->db, w->a, nos, n, faces));
	for (size_t i = 0; i < n; i++)
		if (faces[i].visible)
			v->abouts[rows[i]].face = &faces[i];
	return NULL;
}

/* --- for who sees counts only --- */

static void hide_cell(struct report_view *v, size_t row, size_t column)
{
	v->cells[row * v->columns_n + column] = paper_text(S("hidden"));
	v->hidden = true;
}

/* The columns that add up, as one table; which of its cells may not be told. */
static void hide_counts(struct arena *a, struct report_view *v, size_t columns, bool totals)
{
	size_t n = v->rows_n * columns;
	int64_t *cells = arena_many(a, n, int64_t);
	bool *hidden = arena_many(a, n, bool);
	size_t *at = arena_many(a, n, size_t);
	size_t k = 0;
	for (size_t r = 0; r < v->rows_n; r++)
		for (size_t c = 0; c < v->columns_n; c++)
			if (v->columns[c].role == COLUMN_COUNT || v->columns[c].role == COLUMN_TOTAL) {
				cells[k] = v->cells[r * v->columns_n + c].number;
				at[k++] = r * v->columns_n + c;
			}
	if (v->totals)
		small_table_hide(&(struct small_table){cells, v->rows_n, columns, totals}, hidden);
	/* Rows that are no parts of one another are tables of their own. */
	for (size_t r = 0; r < v->rows_n && !v->totals; r++)
		small_table_hide(&(struct small_table){cells + r * columns, 1, columns, totals}, hidden + r * columns);
	for (size_t i = 0; i < n; i++)
		if (hidden[i])
			hide_cell(v, at[i] / v->columns_n, at[i] % v->columns_n);
}

/* Whether a subset is small, or what it leaves of another count of its row. */
static bool tells_few(const struct report_view *v, size_t row, size_t subset)
{
	const struct paper_cell *cells = &v->cells[row * v->columns_n];
	for (size_t c = 0; c < v->columns_n; c++) {
		enum report_role role = v->columns[c].role;
		bool people = role == COLUMN_COUNT || role == COLUMN_TOTAL || role == COLUMN_SUBSET;
		int64_t rest = cells[c].number - cells[subset].number;
		if (people && cells[c].kind == PAPER_NUMBER && access_small(rest < 0 ? -rest : rest))
			return true;
	}
	return access_small(cells[subset].number);
}

/* A row of which a count is hidden tells nothing that follows from it, and a subset is told of all rows or of none. */
static void hide_followers(struct report_view *v)
{
	bool whole = true;
	for (size_t r = 0; r < v->rows_n; r++) {
		bool some = false;
		for (size_t c = 0; c < v->columns_n; c++) {
			const struct paper_cell *cell = &v->cells[r * v->columns_n + c];
			some |= is_count(v->columns[c].role) && cell->kind == PAPER_TEXT;
			if (v->columns[c].role == COLUMN_SUBSET)
				whole &= !tells_few(v, r, c);
		}
		whole &= !some;
		for (size_t c = 0; c < v->columns_n && some; c++)
			if (v->columns[c].role == COLUMN_DERIVED)
				hide_cell(v, r, c);
	}
	for (size_t i = 0; i < v->rows_n * v->columns_n && !whole; i++)
		if (v->columns[i % v->columns_n].role == COLUMN_SUBSET)
			hide_cell(v, i / v->columns_n, i % v->columns_n);
}

static void hide_small(struct arena *a, struct report_view *v)
{
	size_t counts = 0;
	bool totals = false;
	for (size_t c = 0; c < v->columns_n; c++) {
		counts += v->columns[c].role == COLUMN_COUNT || v->columns[c].role == COLUMN_TOTAL;
		totals |= v->columns[c].role == COLUMN_TOTAL;
	}
	if (counts > 0)
		hide_counts(a, v, counts, totals);
	hide_followers(v);
}

/* --- days --- */

enum { QUARTER = 3 };

/* The last calendar quarter that was over on the day. */
static void quarter_before(struct day day, struct day *from, struct day *to)
{
	int32_t month = day_month(day_add(day, 1));
	int32_t first = month - month % QUARTER - QUARTER;
	*from = month_first(first);
	*to = month_last(first + QUARTER - 1);
}

static err_t settle_days(struct report_work *w)
{
	struct report_view *v = w->view;
	const struct report_ask *ask = w->ask;
	struct day today = w->c->today;
	v->to = day_known(ask->to) ? ask->to : today;
	v->from = DAY_NONE;
	if (v->to.n > today.n)
		return err_new(w->a, ERR_INVALID, "A report ends today or on a day before.");
	if (!v->report->period && day_known(ask->from))
		return err_new(w->a, ERR_INVALID, "This report is as of one day: give --as-of alone.");
	if (v->report->period)
		v->from = day_known(ask->from) ? ask->from : day_add(v->to, 1 - REPORT_DAYS);
	if (v->report->period && v->from.n > v->to.n)
		return err_new(w->a, ERR_INVALID, "The first day comes after the last one: turn them round.");
	if (v->report->period && day_diff(v->from, v->to) >= REPORT_DAYS_MOST)
		return err_new(w->a, ERR_INVALID, "That is more than ten years: ask for fewer.");
	if (v->counts_only) {
		struct day first;
		quarter_before(v->to.n < today.n ? v->to : day_add(today, -1), &first, &v->to);
		v->from = v->report->period ? first : DAY_NONE;
	}
	return NULL;
}

/* --- making it --- */

static err_t settle_region(struct report_work *w)
{
	if (w->ask->region.n == 0)
		return NULL;
	if (w->view->counts_only)
		return err_new(w->a, ERR_DENIED, "Counts of one region are for who may see its list.");
	TRY(app_region_find(w->db, w->a, w->ask->region, &w->region_id));
	w->view->region = report_region_name(w, w->region_id);
	return NULL;
}

static err_t list_regions(struct report_work *w)
{
	struct q_regions *rows;
	size_t n;
	if (w->view->counts_only)
		return NULL;
	TRY(q_regions(w->db, w->a, &rows, &n));
	w->view->regions = arena_many(w->a, n, struct report_region);
	w->view->regions_n = n;
	for (size_t i = 0; i < n; i++)
		w->view->regions[i] = (struct report_region){rows[i].id, rows[i].name};
	return NULL;
}

static err_t make(struct db *db, struct arena *a, void *ctx)
{
	struct report_work *w = ctx;
	struct list_image *today = NULL;
	w->db = db;
	w->a = a;
	*w->view = (struct report_view){.report = w->view->report,
					.counts_only = w->view->counts_only,
					.from = w->view->from,
					.to = w->view->to};
	w->region_id = (struct str){0};
	w->room = 0;
	TRY(settle_region(w));
	TRY(list_regions(w));
	if (w->image == NULL) {
		TRY(list_image_take(w->c->app->lists, db, a, &today));
		w->image = today;
	}
	err_t e = makers[w->ask->report].book ? ce_book_load(w->c, db, a, &w->book) : NULL;
	if (e == NULL)
		e = makers[w->ask->report].make(w);
	if (today != NULL) {
		list_image_give(w->c->app->lists, &today);
		w->image = NULL;
	}
	if (e == NULL && w->view->counts_only)
		hide_small(a, w->view);
	return e;
}

static err_t check_actor(struct call *c, const struct report_row *report, bool *counts_only)
{
	const struct actor *actor = &c->actor;
	bool user = actor->kind == ACTOR_USER;
	if (actor->kind != ACTOR_OPERATOR && !(user && access_may(actor->role, CAN_COUNTS)))
		return err_new(c->arena, ERR_DENIED, "Please sign in to see reports.");
	*counts_only = user && !(access_may(actor->role, CAN_LIST) && access_list_open(CAN_LIST, actor->cover.today));
	if (*counts_only && report->person)
		return err_new(c->arena, ERR_DENIED,
			       "This report is about households: it is for who may see the list.");
	return NULL;
}

err_t app_report(struct call *c, const struct report_ask *ask, struct report_view *out)
{
	struct report_view view = {0};
	struct report_work w = {.c = c, .ask = ask, .view = &view};
	TRY(check_actor(c, &report_table[ask->report], &view.counts_only));
	w.a = c->arena;
	view.report = &report_table[ask->report];
	TRY(settle_days(&w));
	/* Only the list itself is asked as of another day. */
	bool past = ask->report == REPORT_UNMET && view.to.n < c->today.n;
	if (past)
		TRY(list_day_take(c, view.to, &w.image));
	err_t e = db_run(c->db, c->arena, DB_READ, make, &w);
	if (past)
		list_image_give(c->app->lists, &w.image);
	ce_book_free(&w.book);
	TRY(e);
	*out = view;
	return NULL;
}
