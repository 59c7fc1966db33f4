#include "app/timely.h"

#include <stdlib.h>
#include <string.h>

#include "app/setting.h"
#include "store/dossier.h"
#include "store/q_hmis.h"
#include "store/q_timely.h"

struct delays {
	int64_t n[TIMELY_KINDS_N][TIMELY_BUCKETS];
};

static int row_compare(const void *x, const void *y)
{
	const struct q_timely_newest *a = x;
	const struct q_timely_newest *b = y;
	int agency = str_cmp(a->agency, b->agency);
	if (agency == 0)
		agency = str_cmp(a->agency_id, b->agency_id);
	return agency != 0 ? agency : str_cmp(a->project, b->project);
}

static void unpack(struct str bytes, struct delays *out)
{
	uint64_t n;
	*out = (struct delays){0};
	for (int k = 0; k < TIMELY_KINDS_N; k++)
		for (int b = TIMELY_BEFORE; b < TIMELY_BUCKETS && varint_get(&bytes, &n); b++)
			out->n[k][b] = (int64_t)n;
}

static void fill_line(struct arena *a, const struct delays *from, int days, struct timely_line *line)
{
	for (int k = 0; k < TIMELY_KINDS_N; k++) {
		struct timely t;
		timely_sum(from->n[k], days, &t);
		line->cells[k] = (struct timely_cell){access_small(t.n), t.n, t.share, timely_say(a, t.median)};
	}
}

/* Among the projects of an agency, small counts and what would tell them from its total. */
static void hide_small(struct arena *a, struct timely_line *lines, size_t n)
{
	int64_t *counts = arena_many(a, n, int64_t);
	bool *hidden = arena_many(a, n, bool);
	for (int k = 0; k < TIMELY_KINDS_N; k++) {
		for (size_t i = 0; i < n; i++) {
			counts[i] = lines[i].cells[k].n;
			hidden[i] = false;
		}
		access_hide_small(counts, (int)n, hidden);
		for (size_t i = 0; i < n; i++)
			lines[i].cells[k].hidden = hidden[i];
	}
}

/* The rows of one agency. */
static void add_agency(const struct call *c, struct arena *a, const struct q_timely_newest *rows, size_t n,
		       struct timely_view *v)
{
	struct delays all = {0};
	bool own = c->actor.agency_id.n > 0 && str_eq(c->actor.agency_id, rows[0].agency_id);
	struct timely_line *total = &v->lines[v->lines_n++];
	*total = (struct timely_line){.agency = rows[0].agency, .own = own};
	for (size_t i = 0; i < n; i++) {
		struct delays one;
		unpack(rows[i].counts, &one);
		for (int k = 0; k < TIMELY_KINDS_N; k++)
			for (int b = 0; b < TIMELY_BUCKETS; b++)
				all.n[k][b] += one.n[k][b];
		struct timely_line *line = &v->lines[v->lines_n++];
		*line = (struct timely_line){.agency = rows[i].agency, .project = rows[i].project, .own = own};
		fill_line(a, &one, v->days, line);
	}
	fill_line(a, &all, v->days, total);
	hide_small(a, total + 1, n);
}

struct work {
	struct call *call;
	struct timely_view *view;
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	const struct work *w = ctx;
	struct timely_view *v = w->view;
	struct q_hmis_now now;
	struct q_timely_newest *rows;
	struct settings settings;
	size_t n;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(app_settings(db, a, &settings));
	TRY(q_timely_newest(db, a, now.import_no, &rows, &n));
	*v = (struct timely_view){.days = settings.timely_days, .exported = DAY_NONE};
	v->lines = arena_many(a, 2 * n, struct timely_line);
	if (n > 0)
		qsort(rows, n, sizeof *rows, row_compare);
	for (size_t i = 0; i < n; i++) {
		struct day day = instant_known(rows[i].exported) ? instant_day(rows[i].exported) : DAY_NONE;
		if (day_known(day) && (!day_known(v->exported) || day.n < v->exported.n))
			v->exported = day;
	}
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && str_eq(rows[end].agency_id, rows[i].agency_id);)
			end++;
		add_agency(w->call, a, rows + i, end - i, v);
	}
	return NULL;
}

err_t app_timely(struct call *c, struct timely_view *out)
{
	struct timely_view view;
	struct work w = {c, &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_COUNTS))
		return err_new(c->arena, ERR_DENIED, "Only who may see counts sees how soon facts are entered.");
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}
