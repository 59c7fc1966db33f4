/* Months in 36 and chronic homelessness. Every history is seen from 15 December 2025. */
#include "history.h"

#include "domain/standing.h"

static int as_of_day(void)
{
	return ymd(2025, 12, 15);
}

/* A roster with one person whose stays the case fills in itself. */
struct months_case {
	const char *what;
	int count;
	int documented;
	int reported;
	int occasions;
	int longest;
	bool kept;
	struct {
		int type;
		const char *entry, *exit, *move_in, *to_street;
		int destination, living, months_said;
		const char *seen[4]; /* days of living situation 116 */
	} stays[3];
};

static const struct months_case cases[] = {
	{"nothing", 0, 0, 0, 0, 0, false, {{PROJECT_SERVICES, "2025-01-01", NULL, NULL, NULL, 0, 410, 0, {0}}}},
	{"a shelter stay covers its months; the night of exit does not count",
	 3,
	 3,
	 0,
	 1,
	 3,
	 false,
	 {{PROJECT_SHELTER, "2025-03-31", "2025-06-01", NULL, NULL, 302, 0, 0, {0}}}},
	{"an open stay reaches to the day",
	 2,
	 2,
	 0,
	 1,
	 2,
	 false,
	 {{PROJECT_SHELTER, "2025-11-30", NULL, NULL, NULL, 0, 0, 0, {0}}}},
	{"only 36 months count",
	 36,
	 36,
	 0,
	 1,
	 36,
	 false,
	 {{PROJECT_SAFE_HAVEN, "2020-01-01", NULL, NULL, NULL, 0, 0, 0, {0}}}},
	{"one contact a month is worth as much",
	 3,
	 3,
	 0,
	 2,
	 2,
	 false,
	 {{PROJECT_OUTREACH, "2025-01-01", NULL, NULL, NULL, 0, 0, 0, {"2025-02-01", "2025-05-30", "2025-06-02"}}}},
	{"said at entry: from the date to street, and the month of entry from the street",
	 5,
	 0,
	 5,
	 1,
	 5,
	 false,
	 {{PROJECT_COORDINATED, "2025-09-10", NULL, NULL, "2025-05-20", 0, 116, 0, {0}}}},
	{"documented before said",
	 5,
	 1,
	 4,
	 1,
	 5,
	 false,
	 {{PROJECT_COORDINATED, "2025-09-10", NULL, NULL, "2025-05-20", 0, 116, 0, {"2025-09-20"}}}},
	{"undated months lie on the latest free ones before the entry",
	 12,
	 1,
	 11,
	 1,
	 12,
	 false,
	 {{PROJECT_SHELTER, "2025-06-10", "2025-06-12", NULL, NULL, 30, 0, 112, {0}}}},
	{"and leave the window with time",
	 1,
	 0,
	 1,
	 1,
	 1,
	 false,
	 {{PROJECT_SERVICES, "2023-01-10", NULL, NULL, NULL, 0, 410, 113, {0}}}},
	{"a week in transitional housing breaks a month",
	 2,
	 2,
	 0,
	 2,
	 1,
	 false,
	 {{PROJECT_SHELTER, "2025-03-01", "2025-06-01", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2025-04-10", "2025-04-17", NULL, NULL, 101, 0, 0, {0}}}},
	{"six nights do not",
	 3,
	 3,
	 0,
	 1,
	 3,
	 false,
	 {{PROJECT_SHELTER, "2025-03-01", "2025-06-01", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2025-04-10", "2025-04-16", NULL, NULL, 101, 0, 0, {0}}}},
	{"nor do the last four of February",
	 2,
	 2,
	 0,
	 1,
	 2,
	 false,
	 {{PROJECT_SHELTER, "2025-02-01", "2025-03-05", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2025-02-25", "2025-03-03", NULL, NULL, 101, 0, 0, {0}}}},
	{"four nights here and three there do",
	 1,
	 1,
	 0,
	 1,
	 1,
	 false,
	 {{PROJECT_SHELTER, "2025-02-01", "2025-03-05", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2025-02-10", "2025-02-14", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2025-02-14", "2025-02-17", NULL, NULL, 101, 0, 0, {0}}}},
	{"the month of moving in is broken, and what follows until the street again",
	 3,
	 3,
	 0,
	 2,
	 2,
	 false,
	 {{PROJECT_SHELTER, "2025-03-01", "2025-05-10", NULL, NULL, 410, 0, 0, {0}},
	  {PROJECT_OUTREACH, "2025-08-01", NULL, NULL, NULL, 0, 0, 0, {"2025-08-02"}}}},
	{"under 90 days inside, back to the street: the months count",
	 4,
	 4,
	 0,
	 1,
	 4,
	 false,
	 {{PROJECT_SHELTER, "2025-03-01", "2025-03-20", NULL, NULL, 207, 0, 0, {0}},
	  {PROJECT_SHELTER, "2025-06-02", "2025-06-05", NULL, NULL, 30, 0, 0, {0}}}},
	{"longer inside: they do not",
	 2,
	 2,
	 0,
	 2,
	 1,
	 false,
	 {{PROJECT_SHELTER, "2025-03-01", "2025-03-20", NULL, NULL, 207, 0, 0, {0}},
	  {PROJECT_SHELTER, "2025-08-02", "2025-08-05", NULL, NULL, 30, 0, 0, {0}}}},
	{"still inside",
	 2,
	 2,
	 0,
	 1,
	 2,
	 false,
	 {{PROJECT_SHELTER, "2025-11-01", "2025-11-20", NULL, NULL, 206, 0, 0, {0}}}},
	{"a resident of transitional housing keeps the months had at entry",
	 30,
	 30,
	 0,
	 1,
	 30,
	 true,
	 {{PROJECT_SHELTER, "2021-01-01", "2023-06-20", NULL, NULL, 302, 0, 0, {0}},
	  {PROJECT_TRANSITIONAL, "2023-06-20", NULL, NULL, NULL, 0, 0, 0, {0}}}},
};

static struct day parsed(const char *text)
{
	struct day d = DAY_NONE;
	if (text != NULL)
		assert_true(day_parse(str_from(text), &d));
	return d;
}

static struct roster *months_roster(const struct months_case *c)
{
	struct roster *r = roster_new(on(as_of_day()), on(as_of_day()), &rules_default);
	uint32_t person = roster_add_person(r);
	for (size_t i = 0; i < 3 && c->stays[i].entry != NULL; i++) {
		uint32_t project = roster_add_project(r, (enum project_type)c->stays[i].type);
		struct roster_stay *s =
			&r->stays[roster_add_stay(r, person, ROSTER_NONE, project, parsed(c->stays[i].entry))];
		s->exit = parsed(c->stays[i].exit);
		s->move_in = parsed(c->stays[i].move_in);
		s->to_street = parsed(c->stays[i].to_street);
		s->destination = (uint16_t)c->stays[i].destination;
		s->living = (uint16_t)c->stays[i].living;
		s->months_said = (uint8_t)c->stays[i].months_said;
	}
	roster_settle(r);
	for (uint32_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 4 && c->stays[i].seen[k] != NULL; k++)
			roster_see(r, i, SEEN_SITUATION, parsed(c->stays[i].seen[k]), 116);
	return r;
}

static void months_in_36(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct months_case *c = &cases[i];
		struct roster *r = months_roster(c);
		struct spell spell;
		spell_of(r, 0, &spell);
		struct standing_months m;
		standing_months(r, 0, &m);
		int documented = __builtin_popcountll(m.documented);
		int reported = __builtin_popcountll(m.reported);
		if (m.count != c->count || documented != c->documented || reported != c->reported ||
		    m.occasions != c->occasions || m.longest != c->longest || m.kept != c->kept)
			fail_msg("%s: %d months, %d documented, %d said, %d times, %d long, kept %d", c->what, m.count,
				 documented, reported, m.occasions, m.longest, m.kept);
		assert_true((m.documented & m.reported) == 0);
		assert_true((m.broken & (m.documented | m.reported)) == 0);
		roster_free(&r);
	}
}

static void nights_are_a_union(void **state)
{
	(void)state;
	static const struct {
		const char *stays[3][2];
		int type;
		int nights;
	} nights[] = {
		{{{"2022-11-01", "2023-01-15"}}, PROJECT_SHELTER, 75},
		{{{"2022-10-15", "2022-12-15"}, {"2022-11-15", "2023-01-15"}}, PROJECT_SHELTER, 92},
		{{{"2022-10-15", "2022-12-15"}, {"2022-11-01", "2022-11-05"}, {"2022-12-14", "2022-12-16"}},
		 PROJECT_SAFE_HAVEN,
		 62},
		{{{"2025-12-01", NULL}}, PROJECT_SHELTER, 15},
		{{{"2022-01-01", "2022-10-03"}}, PROJECT_SHELTER, 2}, /* the window begins 2022-10-01 */
		{{{"2022-11-01", "2023-01-15"}}, PROJECT_TRANSITIONAL, 0},
	};
	for (size_t i = 0; i < sizeof nights / sizeof nights[0]; i++) {
		struct roster *r = roster_new(on(as_of_day()), on(as_of_day()), &rules_default);
		uint32_t person = roster_add_person(r);
		uint32_t project = roster_add_project(r, (enum project_type)nights[i].type);
		for (size_t k = 0; k < 3 && nights[i].stays[k][0] != NULL; k++) {
			uint32_t s = roster_add_stay(r, person, ROSTER_NONE, project, parsed(nights[i].stays[k][0]));
			r->stays[s].exit = parsed(nights[i].stays[k][1]);
		}
		roster_settle(r);
		assert_int_equal(standing_roof_nights(r, 0, parsed("2022-10-01"), on(as_of_day())), nights[i].nights);
		roster_free(&r);
	}
}

static void chronic_on_the_list(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		int disabling, times, months, living, bits;
		int back; /* days from DateToStreetESSH to entry; −1 none */
		enum chronic want;
	} table[] = {
		{"a year on the street and a disability", 1, 99, 99, 116, 0, 400, CHRONIC_LIKELY},
		{"a year without a disability", 0, 99, 99, 116, 0, 400, CHRONIC_NOT},
		{"a year, disability unknown", 99, 99, 99, 116, 0, 400, CHRONIC_UNKNOWN},
		{"four times, twelve months", 1, 4, 112, 116, 0, 30, CHRONIC_LIKELY},
		{"four times, months not asked", 1, 4, 99, 116, 0, 30, CHRONIC_UNKNOWN},
		{"once, a month", 1, 1, 101, 116, 0, 30, CHRONIC_NOT},
		{"nothing asked", 1, 99, 99, 99, 0, -1, CHRONIC_UNKNOWN},
		{"people verified it", 0, 99, 99, 99, PERSON_VERIFIED, -1, CHRONIC_VERIFIED},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct roster *r = roster_new(on(as_of_day()), on(as_of_day()), &rules_default);
		uint32_t person = roster_add_person(r);
		r->people[person].bits = (uint8_t)table[i].bits;
		uint32_t project = roster_add_project(r, PROJECT_COORDINATED);
		struct roster_stay *s =
			&r->stays[roster_add_stay(r, person, ROSTER_NONE, project, on(as_of_day() - 20))];
		s->disabling = (uint8_t)table[i].disabling;
		s->times = (uint8_t)table[i].times;
		s->months_said = (uint8_t)table[i].months;
		s->living = (uint16_t)table[i].living;
		if (table[i].back >= 0)
			s->to_street = day_add(s->entry, -table[i].back);
		roster_settle(r);
		struct spell spell;
		spell_of(r, 0, &spell);
		struct standing_months m;
		standing_months(r, person, &m);
		if (chronic_now(r, person, &m) != table[i].want)
			fail_msg("%s: %s", table[i].what, chronic_say(chronic_now(r, person, &m)));
		roster_free(&r);
	}
}

static void a_recorded_disability_counts_as_yes(void **state)
{
	(void)state;
	struct chronic_facts f = {
		.project_type = PROJECT_SHELTER,
		.disabling = 99,
		.entry = on(500),
		.to_street = on(100),
	};
	assert_int_equal(chronic_at_entry(&f), ANSWER_MISSING);
	f.impaired = true;
	assert_int_equal(chronic_at_entry(&f), ANSWER_YES);
	f.disabling = 8;
	f.impaired = false;
	assert_int_equal(chronic_at_entry(&f), ANSWER_REFUSED);
}

/* Papers on file count among the months as records do, and are marked; a known break is stronger. */
static void papers_on_file_count(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct roster_paper papers[3]; /* months back; person 1: somebody else's */
		size_t n;
		int count, documented, reported, on_paper;
	} rows[] = {
		{"none", {{0}}, 0, 2, 2, 0, 0},
		{"a letter for an empty month", {{0, 5, 5, false}}, 1, 3, 3, 0, 1},
		{"a letter for several", {{0, 9, 5, false}}, 1, 7, 7, 0, 5},
		{"own word", {{0, 6, 5, true}}, 1, 4, 2, 2, 2},
		{"a letter is more than own word", {{0, 6, 5, true}, {0, 5, 5, false}}, 2, 4, 3, 1, 2},
		{"a letter for a month that is recorded", {{0, 0, 0, false}}, 1, 2, 2, 0, 0},
		{"somebody else's", {{1, 9, 5, false}}, 1, 2, 2, 0, 0},
		{"over three years ago", {{0, 40, 36, false}}, 1, 2, 2, 0, 0},
		{"nights elsewhere are known", {{0, 14, 14, false}}, 1, 2, 2, 0, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct roster *r = roster_new(on(ymd(2026, 8, 15)), on(ymd(2026, 8, 15)), &rules_default);
		uint32_t person = roster_add_person(r);
		uint32_t house = roster_add_stay(r, person, ROSTER_NONE, roster_add_project(r, PROJECT_TRANSITIONAL),
						 on(ymd(2025, 6, 1)));
		r->stays[house].exit = on(ymd(2025, 7, 1));
		r->stays[house].destination = 116;
		roster_add_stay(r, person, ROSTER_NONE, roster_add_project(r, PROJECT_SHELTER), on(ymd(2026, 7, 20)));
		roster_settle(r);
		struct roster_paper papers[3];
		for (size_t k = 0; k < rows[i].n; k++)
			papers[k] =
				(struct roster_paper){rows[i].papers[k].person, r->month - rows[i].papers[k].first,
						      r->month - rows[i].papers[k].last, rows[i].papers[k].own_word};
		r->papers = papers;
		r->papers_n = rows[i].n;
		struct spell spell;
		struct standing_months m;
		spell_of(r, 0, &spell);
		standing_months(r, 0, &m);
		if (m.count != rows[i].count || __builtin_popcountll(m.documented) != rows[i].documented ||
		    __builtin_popcountll(m.reported) != rows[i].reported ||
		    __builtin_popcountll(m.on_paper) != rows[i].on_paper)
			fail_msg("%s: %d months, %d documented, %d reported, %d on paper", rows[i].what, m.count,
				 __builtin_popcountll(m.documented), __builtin_popcountll(m.reported),
				 __builtin_popcountll(m.on_paper));
		/* A paper about the disability says yes, whatever the HMIS does not. */
		assert_int_equal(chronic_disability(r, 0), ANSWER_MISSING);
		r->people[0].bits |= PERSON_DISABLED;
		assert_int_equal(chronic_disability(r, 0), ANSWER_YES);
		roster_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_on_file_count),
		cmocka_unit_test(months_in_36),
		cmocka_unit_test(nights_are_a_union),
		cmocka_unit_test(chronic_on_the_list),
		cmocka_unit_test(a_recorded_disability_counts_as_yes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
