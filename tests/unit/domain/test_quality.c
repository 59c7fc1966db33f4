/* The checks of what was recorded at an entry, at an exit and about stays, case by case. */
#include "history.h"

#include "domain/household.h"
#include "domain/quality.h"

enum { TODAY = 1000, NEVER = 0 };

/* A stay with good answers but for what a case says. Code 0: the good one; GAP: not recorded. */
enum { GAP = 255 };
struct told {
	int type, entry, exit, destination, move_in;
	int living, los, from_street, street, times, months, disabling, project;
};
struct quality_case {
	const char *what;
	struct told stays[3];
	int situated; /* a living situation told on that day of the first stay; NEVER */
	uint32_t flags;
};

enum { STREET = 116, JAIL = 207, FRIENDS = 312, RENT = 410, OWN_ROOF = PROJECT_SHELTER };

static const struct quality_case cases[] = {
	{"nothing is missing", {{.type = OWN_ROOF, .entry = 900}}, NEVER, 0},
	{"living situation: not recorded", {{.type = OWN_ROOF, .entry = 900, .living = 99}}, NEVER, FLAG_PRIOR},
	{"living situation: does not know", {{.type = OWN_ROOF, .entry = 900, .living = 8}}, NEVER, FLAG_PRIOR},
	{"living situation: the worker could not tell",
	 {{.type = OWN_ROOF, .entry = 900, .living = 37}},
	 NEVER,
	 FLAG_PRIOR},
	{"length of stay: declined", {{.type = OWN_ROOF, .entry = 900, .los = 9}}, NEVER, FLAG_LENGTH},
	{"no day on which it began", {{.type = OWN_ROOF, .entry = 900, .street = GAP}}, NEVER, FLAG_STREET_DATE},
	{"it began after the entry", {{.type = OWN_ROOF, .entry = 900, .street = 950}}, NEVER, FLAG_STREET_DATE},
	{"times: declined", {{.type = OWN_ROOF, .entry = 900, .times = 9}}, NEVER, FLAG_TIMES},
	{"months: not recorded", {{.type = OWN_ROOF, .entry = 900, .months = 99}}, NEVER, FLAG_TIMES},
	{"disability: does not know", {{.type = OWN_ROOF, .entry = 900, .disabling = 8}}, NEVER, FLAG_DISABILITY},
	{"from friends for weeks: homelessness is not asked",
	 {{.type = PROJECT_RAPID, .entry = 900, .living = FRIENDS, .los = 2, .street = GAP, .times = 99, .months = 99}},
	 NEVER,
	 0},
	{"from friends for two nights, from the street before: it is",
	 {{.type = PROJECT_RAPID, .entry = 900, .living = FRIENDS, .los = 11, .from_street = 1, .street = GAP}},
	 NEVER,
	 FLAG_STREET_DATE},
	{"from friends for two nights, and nobody asked about before",
	 {{.type = PROJECT_RAPID, .entry = 900, .living = FRIENDS, .los = 11, .from_street = GAP, .street = GAP}},
	 NEVER,
	 FLAG_PRIOR},
	{"from jail for a month, not from the street",
	 {{.type = PROJECT_RAPID, .entry = 900, .living = JAIL, .los = 3, .from_street = 2, .street = GAP}},
	 NEVER,
	 0},
	{"from jail for a year",
	 {{.type = PROJECT_RAPID, .entry = 900, .living = JAIL, .los = 5, .street = GAP}},
	 NEVER,
	 0},
	{"a shelter asks about homelessness wherever they come from",
	 {{.type = OWN_ROOF, .entry = 900, .living = FRIENDS, .los = 2, .street = GAP}},
	 NEVER,
	 FLAG_STREET_DATE},
	{"an older stay's gaps are not asked after",
	 {{.type = OWN_ROOF, .entry = 800, 850, 101, .living = 99}, {.type = OWN_ROOF, .entry = 900}},
	 NEVER,
	 0},
	{"left, and nobody asked where to", {{.type = OWN_ROOF, .entry = 900, 980, 30}}, NEVER, FLAG_DESTINATION},
	{"left for a place", {{.type = OWN_ROOF, .entry = 900, 980, STREET}}, NEVER, 0},
	{"entered elsewhere since",
	 {{.type = OWN_ROOF, .entry = 900, 950, 99}, {.type = OWN_ROOF, .entry = 960}},
	 NEVER,
	 0},
	{"entered elsewhere that day",
	 {{.type = OWN_ROOF, .entry = 900, 950, 99}, {.type = OWN_ROOF, .entry = 950}},
	 NEVER,
	 0},
	{"came and left on one day", {{.type = OWN_ROOF, .entry = 980, 980, 99}}, NEVER, FLAG_DESTINATION},
	{"two exits of one day, one says it",
	 {{.type = OWN_ROOF, .entry = 900, 980, 99}, {.type = PROJECT_OUTREACH, .entry = 890, 980, STREET}},
	 NEVER,
	 0},
	{"two roofs last night",
	 {{.type = OWN_ROOF, .entry = 900}, {.type = PROJECT_TRANSITIONAL, .entry = 950}},
	 NEVER,
	 FLAG_OVERLAP},
	{"a night in both, in the last two months",
	 {{.type = OWN_ROOF, .entry = 900, 961, 101}, {.type = PROJECT_TRANSITIONAL, .entry = 960}},
	 NEVER,
	 FLAG_OVERLAP},
	{"from one to the other in a day",
	 {{.type = OWN_ROOF, .entry = 900, 960, 101}, {.type = PROJECT_TRANSITIONAL, .entry = 960}},
	 NEVER,
	 0},
	{"both, but long ago",
	 {{.type = OWN_ROOF, .entry = 700, 800, 101},
	  {.type = PROJECT_TRANSITIONAL, .entry = 750, 810, 101},
	  {.type = OWN_ROOF, .entry = 900}},
	 NEVER,
	 0},
	{"housed without leaving the shelter",
	 {{.type = OWN_ROOF, .entry = 900}, {.type = PROJECT_RAPID, .entry = 920, .move_in = 940}},
	 NEVER,
	 FLAG_OVERLAP},
	{"in a housing project and still looking",
	 {{.type = OWN_ROOF, .entry = 900}, {.type = PROJECT_RAPID, .entry = 920}},
	 NEVER,
	 0},
	{"the same entry twice",
	 {{.type = PROJECT_OUTREACH, .entry = 990}, {.type = PROJECT_OUTREACH, .entry = 990}},
	 NEVER,
	 FLAG_TWICE},
	{"two projects from one day",
	 {{.type = PROJECT_OUTREACH, .entry = 990}, {.type = PROJECT_OUTREACH, .entry = 990, .project = 1}},
	 NEVER,
	 0},
	{"outreach: not seen since the entry", {{.type = PROJECT_OUTREACH, .entry = 909}}, NEVER, FLAG_OLD_SITUATION},
	{"outreach: on the last day of the setting", {{.type = PROJECT_OUTREACH, .entry = 910}}, NEVER, 0},
	{"outreach: asked since", {{.type = PROJECT_OUTREACH, .entry = 800}}, 950, 0},
	{"coordinated entry, but in a shelter",
	 {{.type = PROJECT_COORDINATED, .entry = 800}, {.type = OWN_ROOF, .entry = 850}},
	 NEVER,
	 0},
	{"coordinated entry alone", {{.type = PROJECT_COORDINATED, .entry = 800}}, NEVER, FLAG_OLD_SITUATION},
	{"no night since the entry", {{.type = PROJECT_NIGHT_SHELTER, .entry = 969}}, NEVER, FLAG_OLD_NIGHT},
	{"a night on the last day of the setting", {{.type = PROJECT_NIGHT_SHELTER, .entry = 900}}, 970, 0},
	{"over a year in a shelter", {{.type = OWN_ROOF, .entry = 634}}, NEVER, FLAG_LONG_STAY},
	{"a year in a shelter", {{.type = OWN_ROOF, .entry = 635}}, NEVER, 0},
	{"transitional housing may last two years", {{.type = PROJECT_TRANSITIONAL, .entry = 300}}, NEVER, 0},
	{"and not longer", {{.type = PROJECT_TRANSITIONAL, .entry = 200}}, NEVER, FLAG_LONG_STAY},
};

static int or_good(int code, int good)
{
	return code != 0 ? code : good;
}

/* One person with the stays; *latest is theirs. */
static struct roster *roster_of(const struct told *stays, int situated, uint32_t *latest)
{
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t person = roster_add_person(r);
	uint32_t projects[2 * 16];
	r->people[person].birth = on(-10000);
	for (int i = 0; i < 2 * 16; i++)
		projects[i] = roster_add_project(r, (enum project_type)(i % 16));
	for (int i = 0; i < 3 && stays[i].entry != 0; i++) {
		const struct told *t = &stays[i];
		struct roster_stay *s = &r->stays[roster_add_stay(r, person, ROSTER_NONE,
								  projects[t->type + 16 * t->project], on(t->entry))];
		s->relation = RELATION_HEAD;
		s->exit = t->exit != 0 ? on(t->exit) : DAY_NONE;
		s->destination = (uint16_t)t->destination;
		s->move_in = t->move_in != 0 ? on(t->move_in) : DAY_NONE;
		s->living = (uint16_t)or_good(t->living, STREET);
		s->los = (uint8_t)or_good(t->los, 3);
		s->from_street = t->from_street == GAP ? CODE_MISSING : t->from_street == 1;
		s->to_street = t->street == GAP ? DAY_NONE : on(or_good(t->street, t->entry - 30));
		s->times = (uint8_t)or_good(t->times, 1);
		s->months_said = (uint8_t)or_good(t->months, 102);
		s->disabling = (uint8_t)or_good(t->disabling, CODE_YES);
	}
	roster_settle(r);
	if (situated != NEVER)
		roster_see(r, 0, SEEN_SITUATION, on(situated), STREET);
	*latest = household_latest(r, person);
	return r;
}

static void each_check_finds_what_it_is_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t latest;
		struct quality q;
		struct roster *r = roster_of(cases[i].stays, cases[i].situated, &latest);
		quality_of(r, 0, latest, &q);
		if (q.flags != cases[i].flags)
			fail_msg("%s: %#x, not %#x", cases[i].what, q.flags, cases[i].flags);
		roster_free(&r);
	}
}

static int64_t facts_of(const struct told *stays)
{
	uint32_t latest;
	struct quality q;
	struct roster *r = roster_of(stays, NEVER, &latest);
	quality_of(r, 0, latest, &q);
	roster_free(&r);
	return q.facts;
}

/* What was confirmed holds while its own facts do, and no longer. */
static void digests_follow_their_facts(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct told before[3], after[3];
		bool entry, exit, stays; /* the digest differs */
	} changes[] = {
		{"nothing",
		 {{.type = OWN_ROOF, .entry = 900}},
		 {{.type = OWN_ROOF, .entry = 900}},
		 false,
		 false,
		 false},
		{"an answer",
		 {{.type = OWN_ROOF, .entry = 900, .times = 9}},
		 {{.type = OWN_ROOF, .entry = 900, .times = 8}},
		 true,
		 false,
		 false},
		{"a day that was mended",
		 {{.type = OWN_ROOF, .entry = 900, .street = GAP}},
		 {{.type = OWN_ROOF, .entry = 900}},
		 true,
		 false,
		 false},
		{"the exit of an older stay",
		 {{.type = OWN_ROOF, .entry = 800}, {.type = PROJECT_OUTREACH, .entry = 900}},
		 {{.type = OWN_ROOF, .entry = 800, 850, 101}, {.type = PROJECT_OUTREACH, .entry = 900}},
		 false,
		 true,
		 true},
		{"a destination",
		 {{.type = OWN_ROOF, .entry = 900, 950, 99}},
		 {{.type = OWN_ROOF, .entry = 900, 950, STREET}},
		 false,
		 true,
		 true},
		{"the order in which they came",
		 {{.type = OWN_ROOF, .entry = 800}, {.type = PROJECT_OUTREACH, .entry = 900}},
		 {{.type = PROJECT_OUTREACH, .entry = 900}, {.type = OWN_ROOF, .entry = 800}},
		 false,
		 false,
		 false},
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		int64_t a = facts_of(changes[i].before);
		int64_t b = facts_of(changes[i].after);
		assert_true(a > 0 && b > 0);
		if ((quality_part(a, FACTS_ENTRY) != quality_part(b, FACTS_ENTRY)) != changes[i].entry ||
		    (quality_part(a, FACTS_EXIT) != quality_part(b, FACTS_EXIT)) != changes[i].exit ||
		    (quality_part(a, FACTS_STAYS) != quality_part(b, FACTS_STAYS)) != changes[i].stays)
			fail_msg("%s", changes[i].what);
	}
}

static uint64_t flags_of_list(struct roster *r)
{
	struct arena *a = arena_new("test", 1 << 24);
	struct listing list;
	listing_build(r, a, &priority_default, LISTING_EVERYWHERE, &list);
	assert_int_equal(list.n, 1);
	uint64_t flags = list.rows[0].flags;
	arena_free(&a);
	return flags;
}

/* The row carries them while the spell is open; an entry to come is told, and no more. */
static void rows_carry_them(void **state)
{
	(void)state;
	enum { OURS = FLAG_DISABILITY | FLAG_FUTURE_ENTRY };
	uint32_t latest;
	static const struct told open[3] = {{.type = OWN_ROOF, .entry = 900, .disabling = 8},
					    {.type = OWN_ROOF, .entry = 1001}};
	struct roster *r = roster_of(open, NEVER, &latest);
	assert_int_equal(flags_of_list(r) & OURS, OURS);
	roster_free(&r);
	static const struct told housed[3] = {{.type = OWN_ROOF, .entry = 900, 950, RENT, .disabling = 8}};
	r = roster_of(housed, NEVER, &latest);
	assert_int_equal(flags_of_list(r) & OURS, 0);
	roster_free(&r);
}

/* Neither a change of status nor a contact for longer than the limit; enrolled, it is said anew every day. */
static void a_status_grows_old(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct fact facts[4];
		int as_of;
		bool stale;
	} rows[] = {
		{"in a shelter for a year", {{FACT_STAY, 0, 100, PROJECT_SHELTER, 0}}, 465, false},
		{"to reconnect on the last day of the limit",
		 {{FACT_STAY, 0, 10, PROJECT_OUTREACH, 0}, {FACT_SEEN, 0, 100, 0, SEEN_OUTREACH}},
		 250,
		 false},
		{"to reconnect for longer",
		 {{FACT_STAY, 0, 10, PROJECT_OUTREACH, 0}, {FACT_SEEN, 0, 100, 0, SEEN_OUTREACH}},
		 251,
		 true},
		{"a phone call says that it holds",
		 {{FACT_STAY, 0, 10, PROJECT_SHELTER, 0},
		  {FACT_EXIT, 0, 40, 30, 0},
		  {FACT_STAY, 1, 30, PROJECT_SERVICES, 0},
		  {FACT_SEEN, 1, 240, 0, SEEN_CONTACT}},
		 320,
		 false},
		{"looking for a home with a project",
		 {{FACT_STAY, 0, 10, PROJECT_SHELTER, 0},
		  {FACT_EXIT, 0, 40, 30, 0},
		  {FACT_STAY, 1, 30, PROJECT_RAPID, 0}},
		 320,
		 false},
		{"the same, and the project has ended",
		 {{FACT_STAY, 0, 10, PROJECT_SHELTER, 0},
		  {FACT_EXIT, 0, 40, 30, 0},
		  {FACT_STAY, 1, 30, PROJECT_RAPID, 0},
		  {FACT_EXIT, 1, 50, 30, 0}},
		 320,
		 true},
		{"housed: nobody asks",
		 {{FACT_STAY, 0, 10, PROJECT_SHELTER, 0}, {FACT_EXIT, 0, 40, 410, 0}},
		 900,
		 false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fact facts[HISTORY_FACTS] = {{0}};
		memcpy(facts, rows[i].facts, sizeof rows[i].facts);
		struct roster *r = history_roster(facts, rows[i].as_of);
		if (((flags_of_list(r) & FLAG_STALE) != 0) != rows[i].stale)
			fail_msg("%s", rows[i].what);
		roster_free(&r);
	}
}

/* Who confirms that a status holds is asked again when a limit has gone by, or when it changed meanwhile. */
static void a_status_is_asked_again(void **state)
{
	(void)state;
	static const struct {
		int since, then, later_since, later;
		bool same;
	} rows[] = {
		{100, 195, 100, 195, true},  {100, 195, 100, 279, true},  {100, 195, 100, 280, false},
		{100, 195, 110, 195, false}, {100, 279, 100, 280, false}, {100, 500, 100, 600, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t then = quality_status(on(rows[i].since), on(rows[i].then), 90);
		int64_t later = quality_status(on(rows[i].later_since), on(rows[i].later), 90);
		if (then < 0 || (then == later) != rows[i].same)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_check_finds_what_it_is_for),
		cmocka_unit_test(digests_follow_their_facts),
		cmocka_unit_test(rows_carry_them),
		cmocka_unit_test(a_status_grows_old),
		cmocka_unit_test(a_status_is_asked_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
