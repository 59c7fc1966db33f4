/* Who was assessed and is not on the list, and why. */
#include "history.h"

#include "domain/omission.h"

enum { TODAY = 1000, CASE_FACTS = 8, HERE = 1, THERE = 2 };

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 64 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#define ENROLLED(stay, day, type)                                                                                      \
	{                                                                                                              \
		FACT_STAY, stay, day, type, 0                                                                          \
	}
#define CAME_FROM(stay, living)                                                                                        \
	{                                                                                                              \
		FACT_PRIOR, stay, 0, living, 0                                                                         \
	}
#define LEFT(stay, day, to)                                                                                            \
	{                                                                                                              \
		FACT_EXIT, stay, day, to, 0                                                                            \
	}
#define ASSESSED(stay, day)                                                                                            \
	{                                                                                                              \
		FACT_SEEN, stay, day, 0, SEEN_ASSESSMENT                                                               \
	}
#define SEEN_AT(stay, day, where)                                                                                      \
	{                                                                                                              \
		FACT_SEEN, stay, day, where, SEEN_SITUATION                                                            \
	}

/* One person, whose first stay is in a project of the region HERE and whose second is THERE. */
static const struct omission_case {
	const char *what;
	struct fact facts[CASE_FACTS];
	enum omitted why;
	int day;
	enum status status; /* STATUS_NONE with OMITTED_NOT: no row at all */
} cases[] = {
	{"nobody asked", {ENROLLED(0, 900, PROJECT_SERVICES)}, OMITTED_NOT, 0, STATUS_NONE},
	{"in coordinated entry from the street",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, 116), ASSESSED(0, 910)},
	 OMITTED_NOT,
	 0,
	 STATUS_INACTIVE},
	{"… from nobody knows where",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), ASSESSED(0, 910)},
	 OMITTED_UNKNOWN,
	 910,
	 STATUS_NONE},
	{"… and would not say",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, 9)},
	 OMITTED_UNKNOWN,
	 900,
	 STATUS_NONE},
	{"… from friends",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, 336), ASSESSED(0, 910)},
	 OMITTED_SHELTERED,
	 910,
	 STATUS_NONE},
	{"… from a place that no code names",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, SITUATION_CODE_OTHER)},
	 OMITTED_SHELTERED,
	 900,
	 STATUS_NONE},
	{"… and was met on the street since",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, 336), ASSESSED(0, 910), SEEN_AT(0, 920, 116)},
	 OMITTED_NOT,
	 0,
	 STATUS_ACTIVE},
	{"by a project of services",
	 {ENROLLED(0, 900, PROJECT_SERVICES), ASSESSED(0, 910)},
	 OMITTED_ASIDE,
	 910,
	 STATUS_NONE},
	{"and everything has ended",
	 {ENROLLED(0, 900, PROJECT_COORDINATED), CAME_FROM(0, 336), LEFT(0, 950, 302)},
	 OMITTED_EXITED,
	 900,
	 STATUS_NONE},
	{"a year ago",
	 {ENROLLED(0, 600, PROJECT_SERVICES), ASSESSED(0, TODAY - OMISSION_DAYS)},
	 OMITTED_ASIDE,
	 TODAY - OMISSION_DAYS,
	 STATUS_NONE},
	{"and longer",
	 {ENROLLED(0, 600, PROJECT_SERVICES), ASSESSED(0, TODAY - OMISSION_DAYS - 1)},
	 OMITTED_NOT,
	 0,
	 STATUS_NONE},
	{"housed before",
	 {ENROLLED(0, 800, PROJECT_SHELTER), LEFT(0, 850, 410), ENROLLED(1, 860, PROJECT_SERVICES), ASSESSED(1, 870)},
	 OMITTED_HOUSED,
	 870,
	 STATUS_HOUSED},
	{"housed after",
	 {ENROLLED(0, 800, PROJECT_SHELTER), ASSESSED(0, 849), LEFT(0, 850, 410)},
	 OMITTED_NOT,
	 0,
	 STATUS_HOUSED},
	{"taken off the list before",
	 {ENROLLED(0, 800, PROJECT_SHELTER),
	  LEFT(0, 810, 302),
	  {FACT_DECIDED, 0, 850, DECISION_MOVED_AWAY, 0},
	  ENROLLED(1, 860, PROJECT_SERVICES),
	  ASSESSED(1, 870)},
	 OMITTED_DECIDED,
	 870,
	 STATUS_MOVED_AWAY},
	{"added by a person",
	 {ENROLLED(0, 900, PROJECT_SERVICES), ASSESSED(0, 970), {FACT_DECIDED, 0, 970, DECISION_ADD, 0}},
	 OMITTED_NOT,
	 0,
	 STATUS_ACTIVE},
	{"where they came to the shelter later",
	 {ENROLLED(0, 990, PROJECT_SHELTER), ENROLLED(1, 900, PROJECT_SERVICES), ASSESSED(1, 910)},
	 OMITTED_ELSEWHERE,
	 910,
	 STATUS_ACTIVE},
	{"on the list here",
	 {ENROLLED(0, 990, PROJECT_SHELTER), ASSESSED(0, 995), ENROLLED(1, 900, PROJECT_SERVICES), ASSESSED(1, 910)},
	 OMITTED_NOT,
	 0,
	 STATUS_ACTIVE},
};

static void build(struct roster *r, bool omitted, struct listing *out)
{
	struct listing_work w;
	listing_begin(r, arena, &priority_default, 1, &w);
	w.omitted = omitted;
	for (int step = 0; step < LISTING_STEPS; step++)
		listing_step(&w, step, 0);
	listing_end(&w, arena, LISTING_EVERYWHERE, out);
}

/* Regions are set before anything is settled: the first project is HERE, the second THERE. */
static struct roster *roster_of(const struct fact *facts)
{
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t stays[HISTORY_STAYS] = {0};
	history_add(r, facts, stays);
	for (uint32_t p = 0; p < r->projects_n; p++)
		r->projects[p].region = p == 0 ? HERE : THERE;
	roster_settle(r);
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++)
		history_see(r, f, stays);
	return r;
}

static void check(const struct omission_case *c)
{
	struct listing list;
	struct roster *r = roster_of(c->facts);
	bool listed = c->status != STATUS_NONE;
	build(r, false, &list);
	if (list.n != listed)
		fail_msg("%s: %zu rows where nobody asks", c->what, list.n);
	build(r, true, &list);
	if (list.n != (listed || c->why != OMITTED_NOT) || list.listed != listed)
		fail_msg("%s: %zu rows, %zu of them listed", c->what, list.n, list.listed);
	if (list.n == 1) {
		const struct listing_row *row = &list.rows[0];
		if (row->omitted != c->why || row->status != c->status)
			fail_msg("%s: %s, status %s", c->what, omission_table[row->omitted].word,
				 status_word(row->status));
		assert_int_equal(row->assessed.n, c->why != OMITTED_NOT ? on(c->day).n : DAY_NONE.n);
		assert_int_equal(row->assessor == ROSTER_NONE, c->why == OMITTED_NOT);
		assert_int_equal(row->rank, c->status == STATUS_ACTIVE);
		if (!listed)
			assert_int_equal(row->start.n, row->assessed.n);
	}
	roster_free(&r);
	arena_reset(arena);
}

static void each_has_its_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

/* Who never was on the list comes behind everybody who was, however high the need. */
static void they_come_last(void **state)
{
	(void)state;
	static const struct fact histories[][CASE_FACTS] = {
		{ENROLLED(0, 990, PROJECT_SERVICES), ASSESSED(0, 990)},
		{ENROLLED(0, 500, PROJECT_SHELTER), LEFT(0, 510, 410)},
		{ENROLLED(0, 980, PROJECT_SHELTER)},
	};
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t stays[3][HISTORY_STAYS] = {0};
	struct listing list;
	for (size_t i = 0; i < 3; i++)
		history_add(r, histories[i], stays[i]);
	roster_settle(r);
	for (size_t i = 0; i < 3; i++)
		for (const struct fact *f = histories[i]; f->kind != FACT_NONE; f++)
			history_see(r, f, stays[i]);
	build(r, true, &list);
	assert_int_equal(list.n, 3);
	assert_int_equal(list.listed, 2);
	assert_int_equal(list.active, 1);
	assert_int_equal(list.rows[0].status, STATUS_ACTIVE);
	assert_int_equal(list.rows[1].status, STATUS_HOUSED);
	assert_int_equal(list.rows[2].omitted, OMITTED_ASIDE);
	roster_free(&r);
	arena_reset(arena);
}

/* Of two assessments of a day, whichever was told first, the project with the lower number. */
static void order_of_arrival_is_nothing(void **state)
{
	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		struct roster *r = roster_of((const struct fact[]){ENROLLED(0, 900, PROJECT_SERVICES),
								   ENROLLED(1, 900, PROJECT_SERVICES),
								   ASSESSED(turn, 910),
								   ASSESSED(1 - turn, 910),
								   {.kind = FACT_NONE}});
		struct day day;
		uint32_t project;
		assert_true(roster_assessed_of(&r->people[0], &day, &project));
		assert_int_equal(day.n, on(910).n);
		assert_int_equal(project, 0);
		roster_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_reason),
		cmocka_unit_test(they_come_last),
		cmocka_unit_test(order_of_arrival_is_nothing),
	};
	return cmocka_run_group_tests_name("omission", tests, with_arena, without_arena);
}
