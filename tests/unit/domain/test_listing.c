/* Rows of households: heads, splits, order, "why this place?", and the same list from two threads. */
#include "history.h"

#include <pthread.h>

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 256 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

enum { TODAY = 1000 };

/* People with their age today, household stays, and who is in which. */
struct member {
	int person, group, relation, entry, exit, destination, type;
};
struct family_case {
	const char *what;
	int ages[4]; /* −1 unknown; 0 ends the list */
	struct member stays[6];
	/* by person: the household's name, and that household's head and number of members */
	int household[4], head[4], members[4];
	uint32_t flags[4];
};

#define OPEN 0, 0
static const struct family_case families[] = {
	{"mother and children",
	 {35, 10, 4},
	 {{0, 1, 1, 900, OPEN, 0}, {1, 1, 2, 900, OPEN, 0}, {2, 1, 2, 900, OPEN, 0}},
	 {0, 0, 0},
	 {0, 0, 0},
	 {3, 3, 3},
	 {0, 0, 0}},
	{"nobody says to be the head: the oldest",
	 {20, 41},
	 {{0, 1, 99, 900, OPEN, 0}, {1, 1, 99, 900, OPEN, 0}},
	 {1, 1},
	 {1, 1},
	 {2, 2},
	 {FLAG_NO_HEAD, FLAG_NO_HEAD}},
	{"two heads: the oldest member",
	 {41, 38},
	 {{0, 1, 1, 900, OPEN, 0}, {1, 1, 1, 900, OPEN, 0}},
	 {0, 0},
	 {0, 0},
	 {2, 2},
	 {FLAG_SEVERAL_HEADS, FLAG_SEVERAL_HEADS}},
	{"the head's partner came later, from alone",
	 {41, 38},
	 {{1, 2, 1, 800, 850, 30, 0}, {0, 1, 1, 900, OPEN, 0}, {1, 1, 3, 900, OPEN, 0}},
	 {0, 0},
	 {0, 0},
	 {2, 2},
	 {0, 0}},
	{"the head went on alone: an adult is a household again",
	 {41, 38},
	 {{0, 1, 1, 800, 850, 30, 0}, {1, 1, 3, 800, 850, 30, 0}, {0, 2, 1, 900, OPEN, 0}},
	 {0, 1},
	 {0, 1},
	 {1, 1},
	 {0, FLAG_SPLIT}},
	{"but a child stays with the head",
	 {41, 8},
	 {{0, 1, 1, 800, 850, 30, 0}, {1, 1, 2, 800, 850, 30, 0}, {0, 2, 1, 900, OPEN, 0}},
	 {0, 0},
	 {0, 0},
	 {2, 2},
	 {0, 0}},
	{"services alone do not make a household",
	 {41, 38},
	 {{0, 1, 1, 800, OPEN, 0}, {1, 1, 3, 800, OPEN, 0}, {1, 2, 1, 900, OPEN, PROJECT_SERVICES}},
	 {0, 0},
	 {0, 0},
	 {2, 2},
	 {0, 0}},
	{"the head died: the oldest of the living",
	 {41, 38, 20},
	 {{0, 1, 1, 800, 850, 24, 0}, {1, 1, 3, 800, OPEN, 0}, {2, 1, 2, 800, OPEN, 0}},
	 {0, 0, 0},
	 {1, 1, 1},
	 {2, 2, 2},
	 {0, 0, 0}},
	{"each led the other's last stay: the older",
	 {30, 50},
	 {{0, 1, 1, 800, OPEN, 0}, {1, 1, 3, 850, OPEN, 0}, {1, 2, 1, 800, OPEN, 0}, {0, 2, 3, 850, OPEN, 0}},
	 {1, 1},
	 {1, 1},
	 {2, 2},
	 {0, 0}},
};

static void families_become_households(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
		const struct family_case *c = &families[i];
		struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
		int people = 0;
		for (; people < 4 && c->ages[people] != 0; people++)
			r->people[roster_add_person(r)].birth =
				day_add(day_add_years(on(TODAY), -c->ages[people]), -10);
		for (size_t k = 0; k < 6 && c->stays[k].relation != 0; k++) {
			const struct member *m = &c->stays[k];
			uint32_t project = roster_add_project(r, (enum project_type)m->type);
			r->projects[project].region = 3;
			struct roster_stay *s = &r->stays[roster_add_stay(r, (uint32_t)m->person, (uint32_t)m->group,
									  project, on(m->entry))];
			s->relation = (uint8_t)m->relation;
			s->exit = m->exit != 0 ? on(m->exit) : DAY_NONE;
			s->destination = (uint16_t)m->destination;
		}
		roster_settle(r);
		struct listing list;
		listing_build(r, arena, &priority_default, LISTING_EVERYWHERE, &list);
		for (int p = 0; p < people; p++) {
			uint32_t household = r->people[p].household;
			const struct listing_row *row = NULL;
			for (size_t k = 0; k < list.n; k++)
				if (list.rows[k].household == household)
					row = &list.rows[k];
			if (row == NULL || (int)household != c->household[p] || (int)row->head != c->head[p] ||
			    row->members != c->members[p])
				fail_msg("%s: person %d is of household %u", c->what, p, household);
			uint32_t about = FLAG_NO_HEAD | FLAG_SEVERAL_HEADS | FLAG_SPLIT;
			assert_int_equal(row->flags & about, c->flags[p]);
			assert_int_equal(row->region, 3);
		}
		roster_free(&r);
		arena_reset(arena);
	}
}

/* Both halves of a household that split keep the older start. */
static void a_split_keeps_the_older_start(void **state)
{
	(void)state;
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t shelter = roster_add_project(r, PROJECT_SHELTER);
	uint32_t him = roster_add_person(r);
	uint32_t her = roster_add_person(r);
	r->people[him].birth = r->people[her].birth = on(-15000);
	uint32_t alone = roster_add_stay(r, him, 0, shelter, on(100));
	uint32_t both[] = {roster_add_stay(r, him, 1, shelter, on(500)), roster_add_stay(r, her, 1, shelter, on(500))};
	uint32_t later[] = {roster_add_stay(r, him, 2, shelter, on(700)), roster_add_stay(r, her, 3, shelter, on(750))};
	r->stays[alone].exit = on(120);
	for (int i = 0; i < 2; i++) {
		r->stays[both[i]].exit = on(600);
		r->stays[both[i]].relation = i == 0 ? RELATION_HEAD : 3;
		r->stays[later[i]].relation = RELATION_HEAD;
	}
	r->stays[alone].relation = RELATION_HEAD;
	roster_settle(r);
	struct listing list;
	listing_build(r, arena, &priority_default, LISTING_EVERYWHERE, &list);
	assert_int_equal(list.active, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(list.rows[i].start.n, on(100).n);
		assert_int_equal(listing_days(r, &list.rows[i]), 900);
		assert_int_equal(list.rows[i].members, 1);
	}
	roster_free(&r);
	arena_reset(arena);
}

/* ---- order ---- */

/* Scored on day 100, with a score that counts. */
#define FACTS(chronic_, band_, score_, months_, situation_, start_, tie_)                                              \
	{                                                                                                              \
		.chronic = (chronic_), .band = (band_), .score = (score_), .scored = {100}, .months = (months_),       \
		.situation = (situation_), .start = {start_}, .tie = (tie_), .type = HOUSEHOLD_ADULTS, .counts = true  \
	}

static void keys_in_their_order(void **state)
{
	(void)state;
	/* Each stands before the next; what differs is named. */
	static const struct {
		enum priority_key by;
		struct priority_facts f;
	} order[] = {
		{PRIORITY_CHRONIC, FACTS(CHRONIC_LIKELY, BAND_HIGH, 15, 36, SITUATION_UNSHELTERED, 50, 7)},
		{PRIORITY_LOT, FACTS(CHRONIC_UNKNOWN, BAND_HIGH, 9, 36, SITUATION_UNSHELTERED, 50, 8)},
		{PRIORITY_START, FACTS(CHRONIC_VERIFIED, BAND_HIGH, 8, 36, SITUATION_UNSHELTERED, 51, 1)},
		{PRIORITY_STAYING, FACTS(CHRONIC_LIKELY, BAND_HIGH, 15, 36, SITUATION_SHELTER, 10, 1)},
		{PRIORITY_MONTHS, FACTS(CHRONIC_LIKELY, BAND_HIGH, 15, 9, SITUATION_UNSHELTERED, 10, 1)},
		{PRIORITY_BAND, FACTS(CHRONIC_LIKELY, BAND_MIDDLE, 5, 36, SITUATION_UNSHELTERED, 10, 1)},
		{PRIORITY_BAND, FACTS(CHRONIC_LIKELY, BAND_LOW, 2, 36, SITUATION_UNSHELTERED, 10, 1)},
		{PRIORITY_CHRONIC, FACTS(CHRONIC_NOT, BAND_HIGH, 15, 36, SITUATION_UNSHELTERED, 10, 1)},
	};
	const struct priority_policy *p = &priority_default;
	for (size_t i = 1; i < sizeof order / sizeof order[0]; i++) {
		uint64_t a = priority_order(p, &order[i - 1].f);
		uint64_t b = priority_order(p, &order[i].f);
		assert_true(a < b);
		assert_int_equal(priority_between(p, a, b), order[i].by);
		assert_true(b < (uint64_t)1 << PRIORITY_BITS);
	}
	uint64_t same = priority_order(p, &order[0].f);
	assert_int_equal(priority_between(p, same, same), PRIORITY_KEYS_N);
}

static void bands(void **state)
{
	(void)state;
	static const struct {
		enum household_type type;
		int16_t score;
		int age; /* of the score, in days */
		enum band want;
	} table[] = {
		{HOUSEHOLD_ADULTS, 0, 0, BAND_LOW},      {HOUSEHOLD_ADULTS, 3, 0, BAND_LOW},
		{HOUSEHOLD_ADULTS, 4, 0, BAND_MIDDLE},   {HOUSEHOLD_ADULTS, 7, 0, BAND_MIDDLE},
		{HOUSEHOLD_ADULTS, 8, 365, BAND_HIGH},   {HOUSEHOLD_ADULTS, 8, 366, BAND_MIDDLE},
		{HOUSEHOLD_FAMILY, 8, 0, BAND_MIDDLE},   {HOUSEHOLD_FAMILY, 9, 0, BAND_HIGH},
		{HOUSEHOLD_FAMILY, 3, 0, BAND_LOW},      {HOUSEHOLD_ADULTS, SCORE_NONE, 0, BAND_MIDDLE},
		{HOUSEHOLD_ADULTS, 2, 400, BAND_MIDDLE},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct priority_facts f = {
			.type = table[i].type, .score = table[i].score, .scored = on(600 - table[i].age)};
		priority_judge(&priority_default, on(600), &f);
		assert_int_equal(f.band, table[i].want);
		assert_int_equal(f.counts, table[i].score != SCORE_NONE && table[i].age <= 365);
	}
}

/* Many people with everything that goes into the order drawn by lot. */
static struct roster *crowd(uint32_t people, bool threads);

static int row_before(const struct listing_row *a, const struct listing_row *b)
{
	if ((a->chronic == CHRONIC_NOT) != (b->chronic == CHRONIC_NOT))
		return a->chronic != CHRONIC_NOT;
	if (a->band != b->band)
		return a->band < b->band;
	if (a->months != b->months)
		return a->months > b->months;
	if ((a->situation == SITUATION_UNSHELTERED) != (b->situation == SITUATION_UNSHELTERED))
		return a->situation == SITUATION_UNSHELTERED;
	return a->start.n <= b->start.n;
}

static void ranks_follow_the_written_order(void **state)
{
	(void)state;
	struct roster *r = crowd(3000, false);
	struct listing list;
	listing_build(r, arena, &priority_default, LISTING_EVERYWHERE, &list);
	assert_true(list.active > 500);
	assert_true(list.n > list.active);
	for (size_t i = 0; i < list.n; i++) {
		assert_int_equal(list.rows[i].rank, i < list.active ? (int)i + 1 : 0);
		assert_int_equal(list.rows[i].status == STATUS_ACTIVE, i < list.active);
		if (i > 0 && i < list.active)
			assert_true(row_before(&list.rows[i - 1], &list.rows[i]));
		if (i > list.active)
			assert_true(list.rows[i - 1].status <= list.rows[i].status);
	}
	/* A region's list has the same order, its own ranks, and only its rows. */
	struct listing part;
	listing_build(r, arena, &priority_default, 2, &part);
	size_t at = 0;
	for (size_t i = 0; i < list.n; i++)
		if (list.rows[i].region == 2)
			assert_int_equal(part.rows[at++].household, list.rows[i].household);
	assert_int_equal(at, part.n);
	assert_int_equal(part.rows[part.active - 1].rank, (int)part.active);
	roster_free(&r);
	arena_reset(arena);
}

/* The place of a key in the order; past its end for none. */
static size_t place_of(const struct priority_policy *p, enum priority_key key)
{
	size_t i = 0;
	while (i < p->n && p->uses[i].key != key)
		i++;
	return i;
}

static void why_counts_who_is_level(void **state)
{
	(void)state;
	struct roster *r = crowd(600, false);
	struct listing list;
	listing_build(r, arena, &priority_default, LISTING_EVERYWHERE, &list);
	for (size_t i = 0; i < list.active; i++) {
		struct priority_line lines[PRIORITY_KEYS_N];
		struct str sentence;
		listing_why(&list, i, arena, lines, &sentence);
		assert_true(sentence.n > 5 && sentence.p[sentence.n - 1] == '.');
		int decides = 0;
		for (size_t d = 0; d < list.policy->n; d++) {
			/* Count the slow way: who is the same in the first d + 1 keys? */
			uint32_t level = 0;
			for (size_t k = 0; k < list.active; k++) {
				enum priority_key first =
					priority_between(list.policy, list.rows[i].order, list.rows[k].order);
				level += place_of(list.policy, first) > d;
			}
			assert_int_equal(lines[d].tied, level - 1);
			assert_int_equal(lines[d].effect == PRIORITY_NOT_NEEDED, decides > 0);
			decides += lines[d].effect == PRIORITY_DECIDES;
			assert_true(lines[d].value.n > 0);
		}
		assert_int_equal(decides, 1);
	}
	roster_free(&r);
	arena_reset(arena);
}

static void the_sentence(void **state)
{
	(void)state;
	struct priority_facts self = FACTS(CHRONIC_LIKELY, BAND_HIGH, 15, 19, SITUATION_UNSHELTERED, 0, 1);
	self.scored = self.start = on(0);
	struct priority_facts before = self;
	struct priority_facts after = self;
	before.months = 22;
	after.band = BAND_MIDDLE;
	after.score = SCORE_NONE;
	struct str s = priority_sentence(arena, &priority_default, 2, 21, &self, &before, &after);
	assert_string_equal(str_c(arena, s),
			    "2nd of 21; after the one before by \"Months in 36\" (19, there 22); before "
			    "the next by \"Severity band\" (high (15, of 1 Jan 2022), there middle "
			    "(no score)).");
	s = priority_sentence(arena, &priority_default, 11, 11, &self, NULL, NULL);
	assert_string_equal(str_c(arena, s), "11th of 11.");
	arena_reset(arena);
}

/* ---- the same from two threads ---- */

enum { THREADS = 2, SIGHTINGS = 40000 };

struct job {
	struct roster *r;
	struct listing_work *list;
	int step;
	unsigned part;
	bool see;
	bool settle;
};

static void see_share(struct roster *r, unsigned part, unsigned parts)
{
	uint64_t seed = 5;
	static const int codes[] = {116, 101, 335, 206, 99};
	for (unsigned i = 0; i < SIGHTINGS; i++) {
		uint32_t stay = dice(&seed, r->stays_n);
		enum seen how = (enum seen)dice(&seed, SEEN_CONTACT + 1);
		struct day day = on((int)dice(&seed, TODAY + 20));
		int code = codes[dice(&seed, 5)];
		uint32_t person = dice(&seed, r->people_n);
		int16_t score = (int16_t)dice(&seed, 18);
		if (i % parts != part)
			continue;
		roster_see(r, stay, how, day, code);
		if (i % 16 == 0)
			roster_score(r, person, day, score, 0);
	}
}

static void *run(void *data)
{
	struct job *j = data;
	if (j->settle)
		roster_settle_step(j->r, j->step, j->part, THREADS);
	else if (j->see)
		see_share(j->r, j->part, THREADS);
	else
		listing_step(j->list, j->step, j->part);
	return NULL;
}

static void side_by_side(struct job job)
{
	struct job jobs[THREADS];
	pthread_t threads[THREADS];
	for (unsigned i = 0; i < THREADS; i++) {
		jobs[i] = job;
		jobs[i].part = i;
		assert_int_equal(pthread_create(&threads[i], NULL, run, &jobs[i]), 0);
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static struct roster *crowd(uint32_t people, bool threads)
{
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint64_t seed = 3;
	static const int types[] = {0, 1, 2, 3, 4, 8, 12, 13, 14};
	static const int to[] = {30, 410, 116, 24, 206, 302};
	for (int type = 0; type < 9; type++)
		r->projects[roster_add_project(r, (enum project_type)types[type])].region = (uint16_t)(type % 4);
	for (uint32_t i = 0; i < people; i++) {
		uint32_t p = roster_add_person(r);
		r->people[p].birth = dice(&seed, 20) == 0 ? DAY_NONE : on(-(int)dice(&seed, 25000));
		r->people[p].tie = dice(&seed, 1 << 30);
	}
	for (uint32_t i = 0; i < people * 3; i++) {
		struct day entry = on((int)dice(&seed, TODAY));
		uint32_t s = roster_add_stay(r, dice(&seed, people), dice(&seed, people * 2), dice(&seed, 9), entry);
		r->stays[s].relation = dice(&seed, 2) == 0 ? 1 : 3;
		r->stays[s].disabling = (uint8_t)dice(&seed, 2);
		r->stays[s].living = dice(&seed, 2) == 0 ? 116 : 335;
		r->stays[s].times = (uint8_t)(1 + dice(&seed, 4));
		r->stays[s].months_said = (uint8_t)(101 + dice(&seed, 13));
		if (dice(&seed, 2) == 0) {
			r->stays[s].exit = day_add(entry, (int)dice(&seed, 200));
			r->stays[s].destination = (uint16_t)to[dice(&seed, 6)];
		}
		if (dice(&seed, 3) == 0)
			r->stays[s].move_in = day_add(entry, (int)dice(&seed, 60));
		if (dice(&seed, 50) == 0)
			roster_drop(r, s);
	}
	for (int step = 0; step < ROSTER_STEPS; step++) {
		if (threads)
			side_by_side((struct job){.r = r, .settle = true, .step = step});
		else
			roster_settle_step(r, step, 0, 1);
	}
	if (threads)
		side_by_side((struct job){.r = r, .see = true});
	else
		see_share(r, 0, 1);
	return r;
}

static void two_threads_make_the_same_list(void **state)
{
	(void)state;
	struct roster *one = crowd(5000, false);
	struct roster *two = crowd(5000, true);
	struct listing a;
	struct listing b;
	listing_build(one, arena, &priority_default, LISTING_EVERYWHERE, &a);
	struct listing_work w;
	listing_begin(two, arena, &priority_default, THREADS, &w);
	for (int step = 0; step < LISTING_STEPS; step++)
		side_by_side((struct job){.list = &w, .step = step});
	listing_end(&w, arena, LISTING_EVERYWHERE, &b);
	assert_int_equal(a.n, b.n);
	assert_int_equal(a.active, b.active);
	assert_memory_equal(a.rows, b.rows, a.n * sizeof a.rows[0]);
	roster_free(&one);
	roster_free(&two);
	arena_reset(arena);
}

/* Nobody is lost and nobody is in two households. */
static void everybody_is_in_one_household(void **state)
{
	(void)state;
	struct roster *r = crowd(5000, false);
	uint32_t found = 0;
	for (uint32_t i = 0; i < r->people_n; i++) {
		uint32_t household = r->people[i].household;
		assert_int_equal(r->people[household].household, household);
		if (household != i) {
			assert_int_equal(r->people[i].member, ROSTER_NONE);
			continue;
		}
		for (uint32_t m = r->people[i].member; m != ROSTER_NONE; m = r->people[m].next) {
			assert_int_equal(r->people[m].household, i);
			found++;
		}
	}
	assert_int_equal(found, r->people_n);
	roster_free(&r);
}

static void a_roster_that_is_full_says_so(void **state)
{
	(void)state;
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t person = roster_add_person(r);
	assert_false(r->full);
	assert_int_equal(roster_add_stay(r, person, ROSTER_NONE - 1, 0, on(1)), ROSTER_NONE);
	assert_true(r->full);
	roster_settle(r); /* does nothing, and no harm */
	roster_see(r, ROSTER_NONE, SEEN_NIGHT, on(1), 0);
	roster_free(&r);
	assert_null(r);
	roster_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(families_become_households),
		cmocka_unit_test(a_split_keeps_the_older_start),
		cmocka_unit_test(keys_in_their_order),
		cmocka_unit_test(bands),
		cmocka_unit_test(ranks_follow_the_written_order),
		cmocka_unit_test(why_counts_who_is_level),
		cmocka_unit_test(the_sentence),
		cmocka_unit_test(two_threads_make_the_same_list),
		cmocka_unit_test(everybody_is_in_one_household),
		cmocka_unit_test(a_roster_that_is_full_says_so),
	};
	return cmocka_run_group_tests(tests, with_arena, without_arena);
}
