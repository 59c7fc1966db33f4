/* What a client's releases say about an agency, as a table of cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/release.h"

enum { TODAY = 20000, NEVER = INT32_MIN, MOST = 3 };

/* A row, as short as it can be written: days count from today, NEVER is none. */
struct row {
	bool refused;
	enum release_scope scope;
	const char *names; /* one agency; NULL: none */
	int from, until, ended;
	uint32_t purposes, laws;
};

#define ALL 7U
#define SIGNED(scope, names, from, until, ended)                                                                       \
	{                                                                                                              \
		false, scope, names, from, until, ended, ALL, 0                                                        \
	}
#define REFUSED(from)                                                                                                  \
	{                                                                                                              \
		true, SCOPE_NAMED, NULL, from, NEVER, NEVER, 0, 0                                                      \
	}
#define UNDER(scope, names, until, laws)                                                                               \
	{                                                                                                              \
		false, scope, names, -10, until, NEVER, ALL, laws                                                      \
	}

static struct day at(int days)
{
	return days == NEVER ? DAY_NONE : (struct day){TODAY + days};
}

static struct release release_of(const struct row *r, struct str *agency)
{
	*agency = r->names != NULL ? str_from(r->names) : S("");
	return (struct release){
		.refused = r->refused,
		.scope = r->scope,
		.agencies = agency,
		.agencies_n = r->names != NULL,
		.purposes = r->purposes,
		.laws = r->laws,
		.from = at(r->from),
		.until = at(r->until),
		.ended = at(r->ended),
		.offer_again = r->refused ? at(r->from + 60) : DAY_NONE,
	};
}

static void cases(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct row rows[MOST];
		size_t n;
		enum fact_law law;
		enum consent expected; /* for agency "alder", which works in the region */
	} table[] = {
		{"none", {SIGNED(SCOPE_COC, NULL, 0, 0, 0)}, 0, LAW_HMIS, CONSENT_NONE},
		{"by name", {SIGNED(SCOPE_NAMED, "alder", -1, 300, NEVER)}, 1, LAW_HMIS, CONSENT_HERE},
		{"another's name", {SIGNED(SCOPE_NAMED, "birch", -1, 300, NEVER)}, 1, LAW_HMIS, CONSENT_ELSEWHERE},
		{"nobody's name", {SIGNED(SCOPE_NAMED, NULL, -1, 300, NEVER)}, 1, LAW_HMIS, CONSENT_ELSEWHERE},
		{"region", {SIGNED(SCOPE_REGION, NULL, -1, NEVER, NEVER)}, 1, LAW_HMIS, CONSENT_HERE},
		{"CoC", {SIGNED(SCOPE_COC, NULL, -1, NEVER, NEVER)}, 1, LAW_HMIS, CONSENT_HERE},
		{"signed today", {SIGNED(SCOPE_COC, NULL, 0, NEVER, NEVER)}, 1, LAW_HMIS, CONSENT_HERE},
		{"signed tomorrow", {SIGNED(SCOPE_COC, NULL, 1, NEVER, NEVER)}, 1, LAW_HMIS, CONSENT_NONE},
		{"last day", {SIGNED(SCOPE_COC, NULL, -9, 0, NEVER)}, 1, LAW_HMIS, CONSENT_HERE},
		{"day after", {SIGNED(SCOPE_COC, NULL, -9, -1, NEVER)}, 1, LAW_HMIS, CONSENT_LAPSED},
		{"withdrawn today", {SIGNED(SCOPE_COC, NULL, -9, 300, 0)}, 1, LAW_HMIS, CONSENT_WITHDRAWN},
		{"withdrawn tomorrow", {SIGNED(SCOPE_COC, NULL, -9, 300, 1)}, 1, LAW_HMIS, CONSENT_HERE},
		{"withdrawn, past its end", {SIGNED(SCOPE_COC, NULL, -9, -1, -2)}, 1, LAW_HMIS, CONSENT_WITHDRAWN},
		{"refused", {REFUSED(-3)}, 1, LAW_HMIS, CONSENT_REFUSED},
		{"refusal of tomorrow", {REFUSED(1)}, 1, LAW_HMIS, CONSENT_NONE},
		{"signed, then refused",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), REFUSED(-3)},
		 2,
		 LAW_HMIS,
		 CONSENT_REFUSED},
		{"refused, then signed",
		 {REFUSED(-9), SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)},
		 2,
		 LAW_HMIS,
		 CONSENT_HERE},
		{"refused, signed, lapsed",
		 {REFUSED(-9), SIGNED(SCOPE_COC, NULL, -8, -3, NEVER)},
		 2,
		 LAW_HMIS,
		 CONSENT_LAPSED},
		{"one lapsed, one not",
		 {SIGNED(SCOPE_COC, NULL, -9, -1, NEVER), SIGNED(SCOPE_NAMED, "alder", -8, 9, NEVER)},
		 2,
		 LAW_HMIS,
		 CONSENT_HERE},
		{"ours withdrawn, another's in force",
		 {SIGNED(SCOPE_NAMED, "alder", -9, 9, -1), SIGNED(SCOPE_NAMED, "birch", -8, 9, NEVER)},
		 2,
		 LAW_HMIS,
		 CONSENT_ELSEWHERE},
		{"another purpose",
		 {{false, SCOPE_COC, NULL, -9, 9, NEVER, PURPOSE_BIT(PURPOSE_BENEFITS), 0}},
		 1,
		 LAW_HMIS,
		 CONSENT_ELSEWHERE},
		{"another law", {UNDER(SCOPE_COC, NULL, 9, 0)}, 1, LAW_PART2, CONSENT_ELSEWHERE},
		{"that law", {UNDER(SCOPE_COC, NULL, 9, LAW_BIT(LAW_PART2))}, 1, LAW_PART2, CONSENT_HERE},
		{"that law is not this one",
		 {UNDER(SCOPE_NAMED, "alder", 9, LAW_BIT(LAW_PART2))},
		 1,
		 LAW_27F,
		 CONSENT_ELSEWHERE},
		{"that law, for ever",
		 {UNDER(SCOPE_COC, NULL, NEVER, LAW_BIT(LAW_PART2))},
		 1,
		 LAW_PART2,
		 CONSENT_ELSEWHERE},
		{"HIV: by name and with an end",
		 {UNDER(SCOPE_NAMED, "alder", 9, LAW_BIT(LAW_27F))},
		 1,
		 LAW_27F,
		 CONSENT_HERE},
		{"HIV: a class will not do",
		 {UNDER(SCOPE_REGION, NULL, 9, LAW_BIT(LAW_27F))},
		 1,
		 LAW_27F,
		 CONSENT_ELSEWHERE},
		{"survivor: a class will not do",
		 {UNDER(SCOPE_COC, NULL, 9, LAW_BIT(LAW_VAWA))},
		 1,
		 LAW_VAWA,
		 CONSENT_ELSEWHERE},
		{"survivor: no end will not do",
		 {UNDER(SCOPE_NAMED, "alder", NEVER, LAW_BIT(LAW_VAWA))},
		 1,
		 LAW_VAWA,
		 CONSENT_ELSEWHERE},
		{"youth", {UNDER(SCOPE_REGION, NULL, NEVER, LAW_BIT(LAW_RHY))}, 1, LAW_RHY, CONSENT_HERE},
		{"every release is one under the notice",
		 {UNDER(SCOPE_REGION, NULL, NEVER, LAW_BIT(LAW_RHY))},
		 1,
		 LAW_HMIS,
		 CONSENT_HERE},
	};
	const struct release_asker alder = {S("alder"), true};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct release rows[MOST];
		struct str agencies[MOST];
		for (size_t k = 0; k < table[i].n; k++)
			rows[k] = release_of(&table[i].rows[k], &agencies[k]);
		enum consent got =
			release_covers(rows, table[i].n, &alder, PURPOSE_HOUSING, table[i].law, (struct day){TODAY});
		if (got != table[i].expected)
			fail_msg("%s: %s, not %s", table[i].what, consent_word(got), consent_word(table[i].expected));
	}
}

static void of_the_region_and_of_no_agency(void **state)
{
	(void)state;
	const struct row row = SIGNED(SCOPE_REGION, NULL, -1, 9, NEVER);
	const struct row coc = SIGNED(SCOPE_COC, NULL, -1, 9, NEVER);
	struct str agency;
	struct release r = release_of(&row, &agency);
	const struct release_asker elsewhere = {S("alder"), false};
	const struct release_asker none = {S(""), true};
	const struct day today = {TODAY};
	assert_int_equal(release_covers(&r, 1, &elsewhere, PURPOSE_HOUSING, LAW_HMIS, today), CONSENT_ELSEWHERE);
	assert_int_equal(release_covers(&r, 1, &none, PURPOSE_HOUSING, LAW_HMIS, today), CONSENT_ELSEWHERE);
	r = release_of(&coc, &agency);
	assert_int_equal(release_covers(&r, 1, &elsewhere, PURPOSE_HOUSING, LAW_HMIS, today), CONSENT_HERE);
	assert_int_equal(release_covers(&r, 1, &none, PURPOSE_HOUSING, LAW_HMIS, today), CONSENT_ELSEWHERE);
}

static void offered_again(void **state)
{
	(void)state;
	const struct row rows[] = {REFUSED(-9), SIGNED(SCOPE_COC, NULL, 2, 9, NEVER)};
	struct str agencies[2];
	struct release r[2] = {release_of(&rows[0], &agencies[0]), release_of(&rows[1], &agencies[1])};
	assert_int_equal(release_offer_again(r, 2, (struct day){TODAY}).n, TODAY - 9 + 60);
	assert_false(day_known(release_offer_again(r, 2, (struct day){TODAY + 2}))); /* signed meanwhile */
	assert_false(day_known(release_offer_again(r, 0, (struct day){TODAY})));
	r[0].offer_again = DAY_NONE; /* the worker switched it off */
	assert_false(day_known(release_offer_again(r, 1, (struct day){TODAY})));
}

static void words(void **state)
{
	(void)state;
	for (enum release_scope s = 0; s < RELEASE_SCOPES_N; s++) {
		enum release_scope back = RELEASE_SCOPES_N;
		assert_true(release_scope_parse(str_from(release_scope_word(s)), &back));
		assert_int_equal(back, s);
	}
	for (enum purpose p = 0; p < PURPOSES_N; p++) {
		enum purpose back = PURPOSES_N;
		assert_true(purpose_parse(str_from(purpose_word(p)), &back));
		assert_int_equal(back, p);
	}
	for (enum release_given g = 0; g < RELEASE_GIVENS_N; g++) {
		enum release_given back = RELEASE_GIVENS_N;
		assert_true(release_given_parse(str_from(release_given_word(g)), &back));
		assert_int_equal(back, g);
	}
	enum fact_law law = LAW_HMIS;
	assert_true(law_parse(S("part2"), &law));
	assert_int_equal(law, LAW_PART2);
	assert_false(law_parse(S("Part2"), &law));
	assert_int_equal(law, LAW_PART2);
}

/* Of somebody with two records, what is asked about one of them. */
static void several_records(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct row rows[MOST];
		unsigned other; /* bit by row: it is about the other record */
		size_t n;
		enum consent expected;
	} table[] = {
		{"signed for the other one", {SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)}, 1, 1, CONSENT_NONE},
		{"signed for both",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)},
		 1,
		 2,
		 CONSENT_HERE},
		{"nothing said for the other one", {SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)}, 0, 1, CONSENT_HERE},
		{"refused for the other one", {REFUSED(-3)}, 1, 1, CONSENT_REFUSED},
		{"signed, then refused for the other one",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), REFUSED(-3)},
		 2,
		 2,
		 CONSENT_REFUSED},
		{"signed for the other one, then refused",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), REFUSED(-3)},
		 1,
		 2,
		 CONSENT_REFUSED},
		{"refused, then signed for the other one",
		 {REFUSED(-9), SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)},
		 2,
		 2,
		 CONSENT_REFUSED},
		{"refused for the other one, then signed",
		 {REFUSED(-9), SIGNED(SCOPE_COC, NULL, -3, 300, NEVER)},
		 1,
		 2,
		 CONSENT_HERE},
		{"withdrawn for the other one",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), SIGNED(SCOPE_COC, NULL, -8, 300, -2)},
		 2,
		 2,
		 CONSENT_WITHDRAWN},
		{"withdrawn for the other one, then signed",
		 {SIGNED(SCOPE_COC, NULL, -8, 300, -2), SIGNED(SCOPE_COC, NULL, -1, 300, NEVER)},
		 1,
		 2,
		 CONSENT_HERE},
		{"to be withdrawn for the other one",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), SIGNED(SCOPE_COC, NULL, -8, 300, 2)},
		 2,
		 2,
		 CONSENT_HERE},
		{"ended for the other one",
		 {SIGNED(SCOPE_COC, NULL, -9, 300, NEVER), SIGNED(SCOPE_COC, NULL, -8, -2, NEVER)},
		 2,
		 2,
		 CONSENT_HERE},
		{"another agency, and withdrawn for the other one",
		 {SIGNED(SCOPE_NAMED, "birch", -9, 300, NEVER), SIGNED(SCOPE_NAMED, "alder", -8, 300, -2)},
		 2,
		 2,
		 CONSENT_WITHDRAWN},
	};
	const struct release_asker alder = {S("alder"), true};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct release rows[MOST];
		struct str agencies[MOST];
		for (size_t k = 0; k < table[i].n; k++) {
			rows[k] = release_of(&table[i].rows[k], &agencies[k]);
			rows[k].other = (table[i].other >> k & 1) != 0;
		}
		enum consent got =
			release_covers(rows, table[i].n, &alder, PURPOSE_HOUSING, LAW_HMIS, (struct day){TODAY});
		if (got != table[i].expected)
			fail_msg("%s: %d, expected %d", table[i].what, (int)got, (int)table[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases),
		cmocka_unit_test(several_records),
		cmocka_unit_test(of_the_region_and_of_no_agency),
		cmocka_unit_test(offered_again),
		cmocka_unit_test(words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
