/* Suspected duplicates: what each field says, what the sum suggests, and the laws that hold for any pair. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/match.h"

struct who {
	const char *first, *last, *birth, *ssn;
	int sex;
};

struct match_case {
	const char *what;
	struct who a, b;
	enum match_verdict verdict;
	const char *say;
};

enum { F, M, U = MATCH_SEX_UNKNOWN };

static const struct match_case cases[] = {
	{"all the same",
	 {"joe", "smithexample", "1984-01-08", "123454321", M},
	 {"joe", "smithexample", "1984-01-08", "123454321", M},
	 MATCH_LIKELY,
	 "Same birth date; same SSN; same first name; same last name; same sex"},
	{"a letter of the last name",
	 {"joe", "smithexample", "1984-01-08", "", U},
	 {"joe", "smitexample", "1984-01-08", "", U},
	 MATCH_LIKELY,
	 "Same birth date; same first name; last name differs by one letter"},
	{"two letters changed places",
	 {"marta", "smithexample", "1984-01-08", "", U},
	 {"matra", "smithexample", "1984-01-08", "", U},
	 MATCH_LIKELY,
	 "Same birth date; first name differs by one letter; same last name"},
	{"one of two last names",
	 {"ana", "garciatest lopeztest", "1984-01-08", "", U},
	 {"ana", "garciatest", "1984-01-08", "", U},
	 MATCH_POSSIBLE,
	 "Same birth date; same first name; last names are alike"},
	{"names swapped",
	 {"thomas", "martintest", "1984-01-08", "", U},
	 {"martintest", "thomas", "1984-01-08", "", U},
	 MATCH_POSSIBLE,
	 "Same birth date; first and last name are swapped"},
	{"day and month swapped",
	 {"joe", "smithexample", "1984-01-08", "", U},
	 {"joe", "smithexample", "1984-08-01", "", U},
	 MATCH_POSSIBLE,
	 "Birth dates have day and month swapped; same first name; same last name"},
	{"a digit of the birth date",
	 {"joe", "smithexample", "1984-01-08", "", U},
	 {"joe", "smithexample", "1985-01-08", "", U},
	 MATCH_POSSIBLE,
	 "Birth date differs by one digit; same first name; same last name"},
	{"never on a name alone",
	 {"joe", "smithexample", "", "", M},
	 {"joe", "smithexample", "", "", M},
	 MATCH_NO,
	 "Same first name; same last name; same sex"},
	{"nor where the rest differs",
	 {"joe", "smithexample", "1984-01-08", "", M},
	 {"joe", "smithexample", "1951-12-30", "", M},
	 MATCH_NO,
	 "Same first name; same last name; same sex; birth date differs"},
	{"nor on a birth date alone", {"", "", "1984-01-08", "", M}, {"", "", "1984-01-08", "", M}, MATCH_NO, NULL},
	{"nor on an SSN alone", {"", "", "", "123454321", U}, {"", "", "", "123454321", U}, MATCH_NO, "Same SSN"},
	{"a new name",
	 {"joan", "smithexample", "1984-01-08", "123454321", F},
	 {"joan", "bakerexample", "1984-01-08", "123454321", F},
	 MATCH_LIKELY,
	 "Same birth date; same SSN; same first name; same sex; last name differs"},
	{"only the end of one SSN is known",
	 {"joe", "smithexample", "", "xxxxx4321", U},
	 {"joe", "smithexample", "", "123454321", U},
	 MATCH_LIKELY,
	 "Same last four digits of the SSN; same first name; same last name"},
	{"two digits of an SSN changed places",
	 {"joe", "smithexample", "", "123454321", U},
	 {"joe", "smithexample", "", "123453421", U},
	 MATCH_LIKELY,
	 "SSN differs by one digit, or by two that changed places; same first name; same last name"},
	{"twins with numbers of their own",
	 {"john", "smithexample", "2001-05-06", "123454321", M},
	 {"peter", "smithexample", "2001-05-06", "222334444", M},
	 MATCH_NO,
	 NULL},
	{"a number that is nobody's",
	 {"joe", "smithexample", "", "999999999", U},
	 {"joe", "smithexample", "", "999999999", U},
	 MATCH_NO,
	 "Same first name; same last name"},
	{"an initial is not held against anybody",
	 {"j", "smithexample", "1984-01-08", "", U},
	 {"joe", "smithexample", "1984-01-08", "", U},
	 MATCH_POSSIBLE,
	 "Same birth date; same last name"},
	{"strangers",
	 {"joe", "smithexample", "1984-01-08", "123454321", M},
	 {"ada", "o", "1950-02-03", "222334444", F},
	 MATCH_NO,
	 NULL},
	{"letters of another script",
	 {"иван", "примеров", "1984-01-08", "", U},
	 {"иван", "примерав", "1984-01-08", "", U},
	 MATCH_LIKELY,
	 "Same birth date; same first name; last name differs by one letter"},
};

static struct match_person person_of(const struct who *w)
{
	struct match_person p = {str_from(w->first), str_from(w->last), str_from(w->ssn), DAY_NONE, w->sex};
	(void)day_parse(str_from(w->birth), &p.birth);
	return p;
}

static void test_cases(void **state)
{
	(void)state;
	struct arena *a = arena_new("match", 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct match_person x = person_of(&cases[i].a);
		struct match_person y = person_of(&cases[i].b);
		struct match_result r;
		match_compare(&x, &y, &r);
		struct str say = match_say(a, &r);
		if (r.verdict != cases[i].verdict || (cases[i].say != NULL && !str_eq(say, str_from(cases[i].say))))
			fail_msg("%s: %d with %d: %.*s", cases[i].what, r.verdict, r.bits, STR_ARG(say));
	}
	arena_free(&a);
}

/* Whoever would be suggested is compared at all. */
static void test_keys(void **state)
{
	(void)state;
	struct arena *a = arena_new("keys", 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct match_person x = person_of(&cases[i].a);
		struct match_person y = person_of(&cases[i].b);
		struct str one[MATCH_KEYS];
		struct str other[MATCH_KEYS];
		size_t one_n = match_keys(a, &x, one);
		size_t other_n = match_keys(a, &y, other);
		bool meet = false;
		for (size_t k = 0; k < one_n; k++)
			for (size_t l = 0; l < other_n; l++)
				meet |= str_eq(one[k], other[l]);
		if (cases[i].verdict != MATCH_NO && !meet)
			fail_msg("%s: never compared", cases[i].what);
	}
	struct match_person bare = {.first = S("joe"), .last = S("smithexample"), .birth = DAY_NONE, .sex = M};
	struct str none[MATCH_KEYS];
	assert_int_equal(match_keys(a, &bare, none), 0);
	arena_free(&a);
}

/* The table is what the header says it is. */
static void test_weights(void **state)
{
	(void)state;
	double m[MATCH_FIELDS_N] = {0};
	double u[MATCH_FIELDS_N] = {0};
	for (size_t i = 0; i < MATCH_WEIGHTS_N; i++) {
		const struct match_weight *w = &match_weights[i];
		m[w->field] += w->m;
		u[w->field] += w->u;
		assert_true(fabs(match_bits(w->field, w->level) / 100.0 - log2(w->m / w->u)) < 0.006);
	}
	for (int f = 0; f < MATCH_FIELDS_N; f++) {
		assert_true(fabs(m[f] - 1) < 1e-9 && fabs(u[f] - 1) < 1e-9);
		assert_int_equal(match_bits((enum match_field)f, MATCH_MISSING), 0);
		assert_true(match_bits((enum match_field)f, MATCH_DIFFERS) < 0);
		for (int l = MATCH_SAME; l < MATCH_DIFFERS; l++)
			assert_true(match_bits((enum match_field)f, (enum match_level)l) <=
				    match_bits((enum match_field)f, MATCH_SAME));
	}
}

static uint64_t lot(uint64_t *seed, uint64_t most)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return (*seed >> 33) % most;
}

static struct who draw(uint64_t *seed)
{
	static const char *const names[] = {"",     "a",      "ana",      "anna", "hanna", "jon",
					    "john", "johnny", "lee test", "test", "dixon", "dicksonx"};
	static const char *const births[] = {"", "1984-01-08", "1984-08-01", "1984-01-09", "1948-01-08", "1990-12-31"};
	static const char *const ssns[] = {"", "4321", "xxxxx4321", "123454321", "123454312", "999999999", "223344556"};
	return (struct who){names[lot(seed, 12)], names[lot(seed, 12)], births[lot(seed, 6)], ssns[lot(seed, 7)],
			    (int)lot(seed, 3) - 1};
}

static void blank(struct who *w, int what)
{
	if (what == 0)
		w->first = "";
	else if (what == 1)
		w->last = "";
	else if (what == 2)
		w->birth = "";
	else if (what == 3)
		w->ssn = "";
	else
		w->sex = MATCH_SEX_UNKNOWN;
}

/* Whoever comes first; nothing weighs more than what agrees with itself; what is missing adds nothing. */
static void test_laws(void **state)
{
	(void)state;
	uint64_t seed = 20261122;
	for (int i = 0; i < 100000; i++) {
		struct who one = draw(&seed);
		struct who two = draw(&seed);
		struct match_person a = person_of(&one);
		struct match_person b = person_of(&two);
		struct match_result r;
		struct match_result back;
		struct match_result self;
		match_compare(&a, &b, &r);
		match_compare(&b, &a, &back);
		match_compare(&a, &a, &self);
		assert_int_equal(r.bits, back.bits);
		assert_memory_equal(r.level, back.level, sizeof r.level);
		assert_true(r.bits <= self.bits);
		int what = (int)lot(&seed, 5);
		blank(&two, what);
		struct match_person less = person_of(&two);
		struct match_result with;
		match_compare(&a, &less, &with);
		int gained = 0;
		for (int f = 0; f < MATCH_FIELDS_N; f++) {
			int was = match_bits((enum match_field)f, r.level[f]);
			int is = match_bits((enum match_field)f, with.level[f]);
			gained += is > was && is > 0 && r.level[f] != MATCH_SWAPPED;
		}
		assert_int_equal(gained, 0);
		if (with.verdict != MATCH_NO)
			assert_true(with.level[MATCH_BIRTH] != MATCH_MISSING ||
				    with.level[MATCH_SSN] != MATCH_MISSING || with.level[MATCH_SSN4] != MATCH_MISSING);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_laws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
