/* The books over several imports, on both engines: what is learnt late, what stays, who may see how much. */
#include "import_fixture.h"

#include <string.h>

#include "app/ledger.h"
#include "app/region.h"
#include "store/q_movement.h"

#define PROJECTS                                                                                                       \
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},                                 \
	{                                                                                                              \
		"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"                               \
				       "P2,O1,Millpond Homes,3,2026-01-01 00:00:00,\n"                                 \
	}
#define CLIENTS                                                                                                        \
	CLIENT "C1,Zora,Wren,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"                                     \
	       "C2,Tiny,,Quandt,,2015-05-05,0,2026-06-02 09:00:00,\n"                                                  \
	       "C4,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"
#define ENROLLMENTS                                                                                                    \
	ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"                                               \
		   "E2,C2,P1,2026-06-01,H1,2,116,2026-06-02 09:00:00,\n"                                               \
		   "E5,C4,P1,2026-07-01,H5,1,116,2026-07-02 09:00:00,\n"

static struct call *call_on(struct store *s, int year, int month, int day)
{
	struct call *c = import_operator(s);
	assert_true(day_from_ymd(year, month, day, &c->today));
	c->now = day_at(c->today, 9, 0);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = list_cache_new();
	c->app = app;
	return c;
}

static void call_end(struct call *c)
{
	struct list_cache *lists = c->app->lists;
	list_cache_free(&lists);
}

/* Imports what is known of the three people with these exits, as the import of that day. */
static void learn(struct store *s, struct call *c, const char *export_day, const char *exits)
{
	const struct export_head head = {.source = "S1",
					 .date = export_day,
					 .start = "2024-01-01",
					 .end = "2026-12-31",
					 .directive = 2,
					 .hash = 1};
	const struct export_file files[] = {
		PROJECTS, {"Client.csv", CLIENTS}, {"Enrollment.csv", ENROLLMENTS}, {"Exit.csv", exits}, {0}};
	struct import_view v;
	assert_ok(s, app_import_stage(c, export_write(s, &head, files), IMPORT_STAGE, NULL, &v));
	assert_ok(s, app_import_apply(c, v.no, NULL));
}

struct line {
	int start, came, back, housed, inactive, ended, adjusted, end;
};

/* The ledger from June on. */
static void assert_ledger(struct store *s, struct call *c, const struct line *lines, size_t n)
{
	struct ledger_view v;
	struct ledger_ask ask = {.from = 2026 * 12 + 5, .to = LEDGER_NO_MONTH};
	assert_ok(s, app_ledger(c, &ask, &v));
	assert_int_equal(v.ledger.n, n);
	for (size_t i = 0; i < n; i++) {
		const struct ledger_month *m = &v.ledger.months[i];
		const int64_t *f = m->flows;
		if (m->active_start != lines[i].start || f[LEDGER_NEW] != lines[i].came ||
		    f[LEDGER_FROM_HOUSING] + f[LEDGER_FROM_INACTIVE] != lines[i].back ||
		    f[LEDGER_MOVE_INS] != lines[i].housed || f[LEDGER_TO_INACTIVE] != lines[i].inactive ||
		    f[LEDGER_INELIGIBLE] != lines[i].ended || f[LEDGER_ADJUSTMENTS] != lines[i].adjusted ||
		    m->active_end != lines[i].end)
			fail_msg("month %zu: %lld active, %lld new, %lld back, %lld housed, %lld inactive, %lld "
				 "adjusted, "
				 "%lld active",
				 i, (long long)m->active_start, (long long)f[LEDGER_NEW],
				 (long long)(f[LEDGER_FROM_HOUSING] + f[LEDGER_FROM_INACTIVE]),
				 (long long)f[LEDGER_MOVE_INS], (long long)f[LEDGER_TO_INACTIVE],
				 (long long)f[LEDGER_ADJUSTMENTS], (long long)m->active_end);
	}
}

static void test_late(void **state)
{
	struct store *s = *state;
	struct call *c = call_on(s, 2026, 8, 10);
	learn(s, c, "2026-08-10 06:00:00", EXIT);
	const struct line august[] = {{0, 1, 0, 0, 0, 0, 0, 1}, {1, 1, 0, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 0, 0, 2}};
	assert_ledger(s, c, august, 3);
	call_end(c);

	/* In September it comes out that one was housed in July: July stays, September says so. */
	c = call_on(s, 2026, 9, 5);
	learn(s, c, "2026-09-05 06:00:00", EXIT "X5,E5,C4,2026-07-20,410,2026-09-04 09:00:00,\n");
	const struct line september[] = {{0, 1, 0, 0, 0, 0, 0, 1},
					 {1, 1, 0, 0, 0, 0, 0, 2},
					 {2, 0, 0, 0, 0, 0, 0, 2},
					 {2, 0, 0, 0, 0, 0, -1, 1}};
	assert_ledger(s, c, september, 4);
	struct ledger_view v;
	assert_ok(s, app_ledger(c, &(struct ledger_ask){.from = 2026 * 12 + 8, .to = 2026 * 12 + 8}, &v));
	assert_int_equal(v.ledger.months[0].late[LATE_HOUSED], 1);
	call_end(c);

	/* In October, that it was in September: what September booked stays, and it comes out right again. The
	 * family falls silent in the same month. */
	c = call_on(s, 2026, 10, 2);
	learn(s, c, "2026-10-02 06:00:00",
	      EXIT "X5,E5,C4,2026-09-20,410,2026-10-01 09:00:00,\n"
		   "X1,E1,C1,2026-07-31,30,2026-10-01 09:00:00,\n"
		   "X2,E2,C2,2026-07-31,30,2026-10-01 09:00:00,\n");
	const struct line october[] = {{0, 1, 0, 0, 0, 0, 0, 1},
				       {1, 1, 0, 0, 0, 0, 0, 2},
				       {2, 0, 0, 0, 0, 0, 0, 2},
				       {2, 0, 0, 0, 1, 0, -1, 0},
				       {0, 0, 0, 0, 0, 0, 0, 0}};
	assert_ledger(s, c, october, 5);
	int64_t rows = store_number(s, "SELECT count(*) FROM movement");
	int64_t newest = store_number(s, "SELECT max(from_import) FROM movement");

	/* Another day without news writes nothing; one that is a month on closes October. */
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 3)));
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 40)));
	assert_int_equal(store_number(s, "SELECT count(*) FROM movement"), rows);
	assert_int_equal(store_number(s, "SELECT max(from_import) FROM movement"), newest);
	call_end(c);
}

static void test_history(void **state)
{
	struct store *s = *state;
	struct call *c = call_on(s, 2026, 9, 5);
	learn(s, c, "2026-09-05 06:00:00", EXIT "X5,E5,C4,2026-07-20,410,2026-09-04 09:00:00,\n");
	struct q_movements_of *moves;
	size_t n;
	int64_t single = store_number(s, "SELECT household_no FROM listing WHERE members = 1");
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, q_movements_of(s->db, s->a, single, 1, &moves, &n));
	db_rollback(s->db);
	assert_int_equal(n, 2);
	assert_int_equal(moves[0].became, STATUS_ACTIVE);
	assert_int_equal(moves[0].cause, CAUSE_NEW);
	assert_int_equal(moves[1].became, STATUS_HOUSED);
	assert_int_equal(day_month(moves[1].day), 2026 * 12 + 6);
	assert_int_equal(moves[1].learnt.ms, c->now.ms);
	call_end(c);
}

/* Nothing of an import that is given up is left in the books. */
static void test_abandoned(void **state)
{
	struct store *s = *state;
	struct call *c = call_on(s, 2026, 8, 10);
	learn(s, c, "2026-08-10 06:00:00", EXIT);
	int64_t rows = store_number(s, "SELECT count(*) FROM movement");
	const struct export_head head = {.source = "S1",
					 .date = "2026-08-11 06:00:00",
					 .start = "2024-01-01",
					 .end = "2026-12-31",
					 .directive = 2,
					 .hash = 1};
	const struct export_file files[] = {PROJECTS,
					    {"Client.csv", CLIENTS},
					    {"Enrollment.csv", ENROLLMENTS},
					    {"Exit.csv", EXIT "X5,E5,C4,2026-08-01,410,2026-08-11 09:00:00,\n"},
					    {0}};
	struct import_view v;
	assert_ok(s, app_import_stage(c, export_write(s, &head, files), IMPORT_STAGE, NULL, &v));
	assert_true(store_number(s, "SELECT count(*) FROM movement") > rows);
	assert_ok(s, app_import_abandon(c, v.no, NULL));
	assert_int_equal(store_number(s, "SELECT count(*) FROM movement"), rows);
	assert_int_equal(store_number(s, "SELECT count(*) FROM movement WHERE to_import < 2147483647"), 0);
	call_end(c);
}

static void test_asked(void **state)
{
	struct store *s = *state;
	struct call *c = call_on(s, 2026, 8, 10);
	struct ledger_view v;
	struct ledger_ask usual = {.from = LEDGER_NO_MONTH, .to = LEDGER_NO_MONTH};
	struct ledger_ask ask = usual;
	assert_ok(s, app_ledger(c, &usual, &v)); /* before any import */
	assert_int_equal(v.ledger.n, 0);
	learn(s, c, "2026-08-10 06:00:00", EXIT);
	assert_ok(s, app_ledger(c, &usual, &v));
	assert_int_equal(v.ledger.n, 3); /* from the first month in the books */
	assert_int_equal(v.ledger.months[2].active_end, 2);
	assert_true(v.open);

	ask.unassigned = true;
	assert_ok(s, app_ledger(c, &ask, &v));
	assert_int_equal(v.ledger.months[2].active_end, 2);
	ask = usual;
	ask.where = S("members>1");
	assert_ok(s, app_ledger(c, &ask, &v));
	assert_int_equal(v.ledger.months[2].active_end, 1);
	assert_int_equal(v.ledger.months[2].active_start, 1);
	ask.where = S("nonsense:1");
	assert_err(s, ERR_INVALID, app_ledger(c, &ask, &v));
	ask.where = S("quandt");
	assert_err(s, ERR_INVALID, app_ledger(c, &ask, &v));
	ask = (struct ledger_ask){.from = 2026 * 12 + 7, .to = 2026 * 12 + 6};
	assert_err(s, ERR_INVALID, app_ledger(c, &ask, &v));
	ask = (struct ledger_ask){.from = 2026 * 12 + 8, .to = 2026 * 12 + 9};
	assert_err(s, ERR_INVALID, app_ledger(c, &ask, &v));
	ask = usual;
	ask.region = S("Atlantis");
	assert_err(s, ERR_MISSING, app_ledger(c, &ask, &v));

	/* Who sees no list sees closed months, and nothing small. */
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_LEAD};
	assert_ok(s, app_ledger(c, &usual, &v));
	assert_int_equal(v.ledger.n, 2);
	assert_true(v.hidden);
	assert_true(v.masks[1].hidden[LEDGER_NEW]);
	assert_true(v.masks[1].hidden[LEDGER_END]);
	ask = usual;
	ask.where = S("members>1");
	assert_err(s, ERR_DENIED, app_ledger(c, &ask, &v));
	c->actor.role = ROLE_NOBODY;
	assert_err(s, ERR_DENIED, app_ledger(c, &usual, &v));
	call_end(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_late),
		BOTH(test_history),
		BOTH(test_abandoned),
		BOTH(test_asked),
	};
	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
