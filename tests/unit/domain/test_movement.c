/* The history of a household: the table of DEFINITIONS case by case, then random histories, whose every day
 * must be what a list of that day says. */
#include "history.h"

#define STAY(n, day, type)                                                                                             \
	{                                                                                                              \
		FACT_STAY, n, day, type, 0                                                                             \
	}
#define EXIT(n, day, to)                                                                                               \
	{                                                                                                              \
		FACT_EXIT, n, day, to, 0                                                                               \
	}
#define MOVE_IN(n, day)                                                                                                \
	{                                                                                                              \
		FACT_MOVE_IN, n, day, 0, 0                                                                             \
	}
#define SEEN(n, day, how, code)                                                                                        \
	{                                                                                                              \
		FACT_SEEN, n, day, code, how                                                                           \
	}
#define DECIDED(day, what)                                                                                             \
	{                                                                                                              \
		FACT_DECIDED, 0, day, what, 0                                                                          \
	}

struct change {
	int day;
	enum status to;
	enum cause cause;
};

struct movement_case {
	const char *what;
	int as_of;
	struct fact facts[10];
	struct change changes[6]; /* ended by STATUS_NONE */
};

static const struct movement_case cases[] = {
	{"nobody", 100, {STAY(0, 10, PROJECT_SERVICES)}, {{0}}},
	{"a shelter", 100, {STAY(0, 10, PROJECT_SHELTER)}, {{10, STATUS_ACTIVE, CAUSE_NEW}}},
	{"silence after a shelter",
	 200,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {100, STATUS_INACTIVE, CAUSE_INACTIVE}}},
	{"the silence is not over yet",
	 99,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}}},
	{"silence between contacts",
	 300,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 250, SEEN_OUTREACH, 0), SEEN(0, 20, SEEN_OUTREACH, 0),
	  SEEN(0, 60, SEEN_OUTREACH, 0)},
	 {{20, STATUS_ACTIVE, CAUSE_NEW},
	  {120, STATUS_INACTIVE, CAUSE_INACTIVE},
	  {250, STATUS_ACTIVE, CAUSE_FROM_INACTIVE}}},
	{"back for years after a silence",
	 390,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30), STAY(1, 150, PROJECT_TRANSITIONAL)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {100, STATUS_INACTIVE, CAUSE_INACTIVE},
	  {150, STATUS_ACTIVE, CAUSE_FROM_INACTIVE}}},
	{"a window joins the next contact on its last day",
	 120,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0), SEEN(0, 80, SEEN_OUTREACH, 0)},
	 {{20, STATUS_ACTIVE, CAUSE_NEW}}},
	{"nights by their own window",
	 100,
	 {STAY(0, 10, PROJECT_NIGHT_SHELTER), SEEN(0, 20, SEEN_NIGHT, 0), SEEN(0, 36, SEEN_NIGHT, 0)},
	 {{20, STATUS_ACTIVE, CAUSE_NEW},
	  {35, STATUS_INACTIVE, CAUSE_INACTIVE},
	  {36, STATUS_ACTIVE, CAUSE_FROM_INACTIVE},
	  {51, STATUS_INACTIVE, CAUSE_INACTIVE}}},
	{"a move-in",
	 200,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 60, 435), STAY(1, 50, PROJECT_RAPID), MOVE_IN(1, 60)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {60, STATUS_HOUSED, CAUSE_MOVE_IN}}},
	{"on and off the list in a day",
	 200,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 10, 410)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {10, STATUS_HOUSED, CAUSE_MOVE_IN}}},
	{"a placement lost",
	 400,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 60, 435), STAY(1, 50, PROJECT_RAPID), MOVE_IN(1, 60),
	  EXIT(1, 390, 116)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {60, STATUS_HOUSED, CAUSE_MOVE_IN},
	  {390, STATUS_ACTIVE, CAUSE_FROM_HOUSING}}},
	{"a home kept for years is a record",
	 1400,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 60, 435), STAY(1, 50, PROJECT_RAPID), MOVE_IN(1, 60),
	  EXIT(1, 1390, 116)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {60, STATUS_HOUSED, CAUSE_MOVE_IN},
	  {1390, STATUS_ACTIVE, CAUSE_FROM_HOUSING}}},
	{"two years to the day",
	 1000,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 60, 410), STAY(1, 790, PROJECT_SHELTER)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {60, STATUS_HOUSED, CAUSE_MOVE_IN},
	  {790, STATUS_ACTIVE, CAUSE_FROM_HOUSING}}},
	{"nothing in two years",
	 1000,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 410), STAY(1, 821, PROJECT_SHELTER)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {30, STATUS_HOUSED, CAUSE_MOVE_IN}, {821, STATUS_ACTIVE, CAUSE_NEW}}},
	{"inactive for longer than two years",
	 1500,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 30), STAY(1, 1000, PROJECT_SHELTER)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {90, STATUS_INACTIVE, CAUSE_INACTIVE}, {1000, STATUS_ACTIVE, CAUSE_NEW}}},
	{"back from having moved away",
	 300,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 30), DECIDED(40, DECISION_MOVED_AWAY),
	  STAY(1, 200, PROJECT_SHELTER)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {40, STATUS_MOVED_AWAY, CAUSE_MOVED_AWAY},
	  {200, STATUS_ACTIVE, CAUSE_FROM_INACTIVE}}},
	{"the silence would have begun on the day of the ending",
	 300,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 30), DECIDED(90, DECISION_MOVED_AWAY)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {90, STATUS_MOVED_AWAY, CAUSE_MOVED_AWAY}}},
	{"an institution is 90 days",
	 300,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 206)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {120, STATUS_INACTIVE, CAUSE_INACTIVE}}},
	{"seen in an institution, then elsewhere",
	 300,
	 {STAY(0, 10, PROJECT_NIGHT_SHELTER), SEEN(0, 20, SEEN_NIGHT, 0), SEEN(0, 30, SEEN_SITUATION, 206),
	  SEEN(0, 50, SEEN_SITUATION, 302)},
	 {{20, STATUS_ACTIVE, CAUSE_NEW}, {65, STATUS_INACTIVE, CAUSE_INACTIVE}}},
	{"death, and death of the housed",
	 300,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 410), STAY(1, 20, PROJECT_SERVICES), EXIT(1, 90, 24)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW}, {30, STATUS_HOUSED, CAUSE_MOVE_IN}, {90, STATUS_DECEASED, CAUSE_DECEASED}}},
	{"found again and housed in a day",
	 300,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 30, 30), STAY(1, 200, PROJECT_RAPID), MOVE_IN(1, 200)},
	 {{10, STATUS_ACTIVE, CAUSE_NEW},
	  {90, STATUS_INACTIVE, CAUSE_INACTIVE},
	  {200, STATUS_ACTIVE, CAUSE_FROM_INACTIVE},
	  {200, STATUS_HOUSED, CAUSE_MOVE_IN}}},
	{"housed out of the reconnect lane",
	 300,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0), EXIT(0, 200, 410)},
	 {{20, STATUS_ACTIVE, CAUSE_NEW}, {80, STATUS_INACTIVE, CAUSE_INACTIVE}, {200, STATUS_HOUSED, CAUSE_MOVE_IN}}},
};

/* A roster of people with everything told, its trace and its list. */
struct told {
	struct roster *r;
	struct trace *t;
	struct arena *a;
	struct listing list;
};

/* Makes households of people who follow each other, `sizes` in turn; 0: everybody for themselves. */
static void group_people(struct roster *r, const uint8_t *sizes)
{
	for (uint32_t i = 0, k = 0; i < r->people_n && sizes != NULL; k++) {
		uint32_t root = i;
		r->people[root].member = ROSTER_NONE;
		for (uint8_t m = 0; m < sizes[k] && i < r->people_n; m++, i++) {
			r->people[i].household = root;
			r->people[i].next = r->people[root].member;
			r->people[root].member = i;
		}
	}
}

static struct told tell(const struct fact (*histories)[HISTORY_FACTS], size_t n, const uint8_t *sizes, int as_of)
{
	struct told told = {.r = roster_new(on(as_of), on(as_of), &rules_default), .a = arena_new("test", 64 << 20)};
	uint32_t(*stays)[HISTORY_STAYS] = calloc(n, sizeof *stays);
	assert_non_null(told.r);
	assert_non_null(stays);
	for (size_t i = 0; i < n; i++) {
		uint32_t person = history_add(told.r, histories[i], stays[i]);
		told.r->people[person].birth = on(-10000 - (int)(i % 7));
	}
	roster_settle(told.r);
	group_people(told.r, sizes);
	told.t = trace_new(told.r);
	assert_non_null(told.t);
	for (size_t i = 0; i < n; i++)
		history_tell(told.r, told.t, histories[i], stays[i]);
	assert_false(told.r->full || told.t->full);
	listing_build(told.r, told.a, &priority_default, LISTING_EVERYWHERE, &told.list);
	free(stays);
	return told;
}

static void forget(struct told *told)
{
	trace_free(&told->t);
	roster_free(&told->r);
	arena_free(&told->a);
}

static void the_table_of_movement(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct movement_case *c = &cases[i];
		struct fact facts[1][HISTORY_FACTS] = {{{0}}};
		memcpy(facts[0], c->facts, sizeof c->facts);
		struct told told = tell(facts, 1, NULL, c->as_of);
		struct mover m;
		struct movements moves = {0};
		mover_begin(&m, told.a, told.r, told.t);
		mover_household(&m, 0, &moves);
		size_t k = 0;
		for (; k < 6 && c->changes[k].to != STATUS_NONE; k++) {
			const struct change *want = &c->changes[k];
			const struct movement *got = k < moves.n ? &moves.list[k] : &(struct movement){0};
			if (got->day.n != on(want->day).n || got->to != want->to || got->cause != want->cause)
				fail_msg("%s: change %zu is %s (%s) on %d", c->what, k,
					 status_word((enum status)got->to), cause_word((enum cause)got->cause),
					 got->day.n - HISTORY_DAY);
		}
		if (moves.n != k)
			fail_msg("%s: %zu changes", c->what, moves.n);
		/* What the list says with the history: the status has held since the last change. */
		assert_int_equal(told.list.n, k > 0);
		if (k > 0) {
			const struct listing_row *row = &told.list.rows[0];
			enum status status = (enum status)row->status;
			struct day since = movement_since(moves.list, moves.n, status, row->since);
			if (status != c->changes[k - 1].to || since.n != on(c->changes[k - 1].day).n)
				fail_msg("%s: %s since %d", c->what, status_word(status), since.n - HISTORY_DAY);
		}
		forget(&told);
	}
}

static void check_chain(const struct movements *moves, int as_of)
{
	for (size_t i = 0; i < moves->n; i++) {
		const struct movement *m = &moves->list[i];
		assert_int_equal(m->from, i == 0 ? STATUS_NONE : moves->list[i - 1].to);
		assert_int_not_equal(m->from, m->to);
		assert_true(i == 0 || m->day.n >= moves->list[i - 1].day.n);
		assert_true(m->day.n <= on(as_of).n);
	}
}

enum { PEOPLE = 200, LATEST = 700, DAYS = 40 };

/* Nobody is seen in a stay before it begins: a list of those days cannot know of that. */
static void see_within_stays(struct fact *facts)
{
	int entry[HISTORY_STAYS] = {0};
	for (struct fact *f = facts; f->kind != FACT_NONE; f++)
		if (f->kind == FACT_STAY)
			entry[f->stay] = f->day;
	for (struct fact *f = facts; f->kind != FACT_NONE; f++)
		if (f->kind == FACT_SEEN && f->day < entry[f->stay])
			f->day = entry[f->stay];
}

/* One roster with everything, and one as of each of some days: what the history says about a day is what the
 * list of that day says, for people and for households of one, two and three. */
static void every_day_is_as_a_list_of_that_day(void **state)
{
	(void)state;
	uint64_t seed = 11;
	for (int round = 0; round < 60; round++) {
		static struct fact facts[PEOPLE][HISTORY_FACTS];
		uint8_t sizes[PEOPLE];
		for (int i = 0; i < PEOPLE; i++) {
			history_random(&seed, facts[i]);
			see_within_stays(facts[i]);
			sizes[i] = (uint8_t)(1 + dice(&seed, 3));
		}
		struct told all = tell(facts, PEOPLE, sizes, LATEST);
		struct mover m;
		struct movements people[PEOPLE] = {{0}};
		struct movements households[PEOPLE] = {{0}};
		mover_begin(&m, all.a, all.r, all.t);
		for (uint32_t i = 0; i < PEOPLE; i++) {
			mover_person(&m, i, &people[i]);
			check_chain(&people[i], LATEST);
			if (all.r->people[i].household == i)
				mover_household(&m, i, &households[i]);
			check_chain(&households[i], LATEST);
		}
		for (int k = 0; k < DAYS; k++) {
			int day = (int)dice(&seed, LATEST + 1);
			struct told then = tell(facts, PEOPLE, sizes, day);
			uint8_t listed[PEOPLE] = {0};
			for (size_t i = 0; i < then.list.n; i++)
				listed[then.list.rows[i].household] = then.list.rows[i].status;
			for (uint32_t i = 0; i < PEOPLE; i++) {
				const struct spell *spell = &then.r->spells[i];
				enum status got = movement_status(people[i].list, people[i].n, on(day));
				if (got != spell->status)
					fail_msg("round %d, person %u on day %d: %s, but the list of the day says %s",
						 round, i, day, status_word(got),
						 status_word((enum status)spell->status));
				got = movement_status(households[i].list, households[i].n, on(day));
				if (got != listed[i])
					fail_msg("round %d, household %u on day %d: %s, but the list of the day says "
						 "%s",
						 round, i, day, status_word(got), status_word((enum status)listed[i]));
			}
			forget(&then);
		}
		forget(&all);
	}
}

/* A household moves with its head; after the head's death with the oldest who lives. */
static void a_household_moves_with_who_speaks_for_it(void **state)
{
	(void)state;
	static const struct fact facts[3][HISTORY_FACTS] = {
		{STAY(0, 10, PROJECT_SHELTER), EXIT(0, 50, 24)},
		{STAY(0, 5, PROJECT_SHELTER), EXIT(0, 90, 410)},
		{STAY(0, 10, PROJECT_SHELTER)},
	};
	struct told told = tell(facts, 3, (const uint8_t[]){3}, 200);
	struct mover m;
	struct movements moves = {0};
	mover_begin(&m, told.a, told.r, told.t);
	mover_household(&m, 0, &moves);
	/* A member came first, then the head, who dies; the oldest of the living (person 2) is still in shelter. */
	assert_int_equal(moves.n, 1);
	assert_int_equal(moves.list[0].day.n, on(5).n);
	assert_int_equal(moves.list[0].to, STATUS_ACTIVE);
	forget(&told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_movement),
		cmocka_unit_test(every_day_is_as_a_list_of_that_day),
		cmocka_unit_test(a_household_moves_with_who_speaks_for_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
