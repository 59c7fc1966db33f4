#include "app/closed_day.h"

#include <stdlib.h>

#include "app/record.h"
#include "store/q_closed_day.h"

enum { YEAR = 366, AHEAD = 2 };

struct closing {
	struct call *call;
	struct day day;
	struct str what;
	struct closed_day_row *rows;
	size_t n;
};

static err_t check_actor(const struct call *c, struct arena *a)
{
	if (c->actor.kind == ACTOR_OPERATOR || access_may(c->actor.role, CAN_REGIONS))
		return NULL;
	return err_new(a, ERR_DENIED, "The calendar is kept by administrators.");
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	const struct closing *w = ctx;
	struct call *c = w->call;
	char iso[DAY_TEXT];
	TRY(check_actor(c, a));
	if (str_trim(w->what).n == 0 || w->what.n > CLOSED_DAY_TEXT || !str_is_clean_text(w->what))
		return err_new(a, ERR_INVALID, "Say in a few words why offices are closed that day.");
	if (!day_known(w->day) || w->day.n < c->today.n - AHEAD * YEAR || w->day.n > c->today.n + AHEAD * YEAR)
		return err_new(a, ERR_INVALID, "Choose a day within two years of today.");
	TRY(q_closed_day_add(db, a, w->day, str_trim(w->what), c->actor.id, c->now));
	return app_record(c, db, a, "closed_day.add", "closed_day", str_from(day_text(w->day, iso)), (struct str){0});
}

err_t app_closed_day_add(struct call *c, struct day day, struct str what)
{
	struct closing w = {.call = c, .day = day, .what = what};
	return db_run(c->db, c->arena, DB_WRITE, add, &w);
}

static err_t take(struct db *db, struct arena *a, void *ctx)
{
	const struct closing *w = ctx;
	char iso[DAY_TEXT];
	int64_t changed;
	TRY(check_actor(w->call, a));
	TRY(q_closed_day_take(db, a, w->day, &changed));
	if (changed == 0)
		return err_new(a, ERR_MISSING, "That day is not in the calendar.");
	return app_record(w->call, db, a, "closed_day.take", "closed_day", str_from(day_text(w->day, iso)),
			  (struct str){0});
}

err_t app_closed_day_take(struct call *c, struct day day)
{
	struct closing w = {.call = c, .day = day};
	return db_run(c->db, c->arena, DB_WRITE, take, &w);
}

static err_t read_days(struct db *db, struct arena *a, void *ctx)
{
	struct closing *w = ctx;
	struct q_closed_days *rows;
	TRY(q_closed_days(db, a, day_add(w->call->today, -YEAR), &rows, &w->n));
	w->rows = arena_many(a, w->n, struct closed_day_row);
	for (size_t i = 0; i < w->n; i++)
		w->rows[i] = (struct closed_day_row){rows[i].day, rows[i].what};
	return NULL;
}

err_t app_closed_days(struct call *c, struct closed_day_row **out, size_t *n)
{
	struct closing w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, read_days, &w));
	*out = w.rows;
	*n = w.n;
	return NULL;
}

static int by_day(const void *x, const void *y)
{
	int32_t a = ((const struct day *)x)->n;
	int32_t b = ((const struct day *)y)->n;
	return (a > b) - (a < b);
}

err_t closed_day_calendar(struct call *c, struct db *db, struct arena *a, struct day from, struct calendar *out)
{
	struct q_closed_days *rows;
	size_t n;
	int first = day_to_ymd(from).year;
	int years = day_to_ymd(c->today).year + AHEAD - first + 1;
	TRY(q_closed_days(db, a, from, &rows, &n));
	struct day *days = arena_many(a, (size_t)years * CALENDAR_FEDERAL + n, struct day);
	size_t all = 0;
	for (int y = 0; y < years; y++, all += CALENDAR_FEDERAL)
		calendar_federal(first + y, days + all);
	for (size_t i = 0; i < n; i++)
		days[all++] = rows[i].day;
	qsort(days, all, sizeof *days, by_day);
	*out = (struct calendar){days, all};
	return NULL;
}
