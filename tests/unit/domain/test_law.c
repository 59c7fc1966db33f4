/* Facts under a law of their own: every combination of a law, what a release says of it, who asks and where the answer
 * stands, against what the laws ask, written down without looking at the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/law.h"
#include "domain/release.h"

enum { TODAY = 20000 };

struct combination {
	enum fact_law law;
	uint32_t laws; /* that the release extends to */
	enum release_scope scope;
	bool names_me;  /* of SCOPE_NAMED */
	bool in_region; /* the asker works in the household's region */
	bool ends;      /* it has a last day */
	bool withdrawn;
	bool refused_since;
	bool purpose; /* it is for the conference */
	enum working working;
	bool own, protected;
	enum access_use use;
};

static int next_of(int *rest, int n)
{
	int value = *rest % n;
	*rest /= n;
	return value;
}

enum { COMBINATIONS = LAWS_N * 2 * 2 * RELEASE_SCOPES_N * 2 * 2 * 2 * 2 * 2 * 2 * WORKINGS_N * 2 * 2 * USES_N };

static struct combination combination(int i)
{
	struct combination k;
	memset(&k, 0, sizeof k);
	k.law = (enum fact_law)next_of(&i, LAWS_N);
	k.laws = next_of(&i, 2) != 0 ? LAW_BIT(k.law) : 0;
	if (next_of(&i, 2) != 0) /* to every other law beside */
		k.laws |= (LAW_BIT(LAWS_N) - 1) & ~LAW_BIT(k.law);
	k.scope = (enum release_scope)next_of(&i, RELEASE_SCOPES_N);
	k.names_me = next_of(&i, 2) != 0;
	k.in_region = next_of(&i, 2) != 0;
	k.ends = next_of(&i, 2) != 0;
	k.withdrawn = next_of(&i, 2) != 0;
	k.refused_since = next_of(&i, 2) != 0;
	k.purpose = next_of(&i, 2) != 0;
	k.working = (enum working)next_of(&i, WORKINGS_N);
	k.own = next_of(&i, 2) != 0;
	k.protected = next_of(&i, 2) != 0;
	k.use = (enum access_use)next_of(&i, USES_N);
	return k;
}

/* The release is for me under that law, in the words of the laws. */
static bool is_released_to_me(const struct combination *k)
{
	bool reaches = k->scope == SCOPE_COC || (k->scope == SCOPE_REGION && k->in_region) ||
		       (k->scope == SCOPE_NAMED && k->names_me);
	if (!reaches || k->withdrawn || k->refused_since || !k->purpose)
		return false;
	if (k->law == LAW_HMIS)
		return true;
	if ((k->laws & LAW_BIT(k->law)) == 0)
		return false;
	bool wants_names = k->law == LAW_VAWA || k->law == LAW_27F || k->law == LAW_VA;
	bool wants_end = wants_names || k->law == LAW_PART2 || k->law == LAW_HIPAA;
	return (!wants_names || k->scope == SCOPE_NAMED) && (!wants_end || k->ends);
}

static void check(const struct combination *k)
{
	static const struct str agencies[] = {STR_INIT("alder"), STR_INIT("birch")};
	const struct release rows[] = {
		{.scope = k->scope,
		 .agencies = &agencies[k->names_me ? 0 : 1],
		 .agencies_n = 1,
		 .purposes = PURPOSE_BIT(k->purpose ? PURPOSE_HOUSING : PURPOSE_BENEFITS),
		 .laws = k->laws,
		 .from = {TODAY - 9},
		 .until = k->ends ? (struct day){TODAY} : DAY_NONE,
		 .ended = k->withdrawn ? (struct day){TODAY} : DAY_NONE,
		 .offer_again = DAY_NONE},
		{.refused = true, .from = {TODAY}, .until = DAY_NONE, .ended = DAY_NONE, .offer_again = DAY_NONE},
	};
	const struct release_asker who = {agencies[0], k->in_region};
	const struct day today = {TODAY};
	size_t n = k->refused_since ? 2 : 1;
	struct access_question q = {.role = ROLE_PROVIDER,
				    .covered = COVERED,
				    .consent = release_covers(rows, n, &who, PURPOSE_HOUSING, k->law, today),
				    .working = k->working,
				    .protected = k->protected,
				    .law = k->law,
				    .own = k->own,
				    .use = k->use};
	struct access_decision may;
	access_decide(&q, &may);
	bool released = is_released_to_me(k);
	bool general = release_is_general(rows, n, &who, PURPOSE_HOUSING, k->law, today);
	assert_int_equal(q.consent == CONSENT_HERE, released);
	/* By a class: it covers me, and did not name me. */
	assert_int_equal(general, released && k->scope != SCOPE_NAMED);
	if (k->law == LAW_HMIS)
		return;
	bool serves = k->working == WORKING_SERVES;
	bool shown = k->use != USE_MAIL && k->working != WORKING_NOT && (serves || !k->protected) &&
		     (released || (serves && k->own));
	/* Whole, or not at all; and where not, nothing but the code of the household. */
	assert_int_equal(may.field[FIELD_FACTS], shown ? ACCESS_FULL : ACCESS_NOTHING);
	assert_int_equal(may.named, shown);
	for (enum access_field f = 0; f < ACCESS_FIELDS_N && !shown; f++)
		assert_true(f == FIELD_CODE || may.field[f] == ACCESS_NOTHING);
}

static void every_combination(void **state)
{
	(void)state;
	for (int i = 0; i < COMBINATIONS; i++) {
		const struct combination k = combination(i);
		check(&k);
	}
}

/* Somebody who is named by one release and in the class of another was not shown it under a general designation. */
static void a_name_beside_a_class_is_no_general_designation(void **state)
{
	(void)state;
	static const struct str alder = STR_INIT("alder");
	const struct release by_class = {.scope = SCOPE_COC,
					 .purposes = PURPOSE_BIT(PURPOSE_HOUSING),
					 .laws = LAW_BIT(LAW_PART2),
					 .from = {TODAY - 9},
					 .until = {TODAY + 9},
					 .ended = DAY_NONE};
	struct release both[] = {by_class, by_class};
	const struct release_asker who = {alder, true};
	const struct day today = {TODAY};
	both[1].scope = SCOPE_NAMED;
	both[1].agencies = &alder;
	both[1].agencies_n = 1;
	assert_true(release_is_general(both, 1, &who, PURPOSE_HOUSING, LAW_PART2, today));
	assert_false(release_is_general(both, 2, &who, PURPOSE_HOUSING, LAW_PART2, today));
	both[1].ended = today; /* the name was taken back: what is left is the class */
	assert_true(release_is_general(both, 2, &who, PURPOSE_HOUSING, LAW_PART2, today));
	assert_false(release_is_general(both, 0, &who, PURPOSE_HOUSING, LAW_PART2, today));
}

static void notices(void **state)
{
	(void)state;
	for (enum fact_law law = 0; law < LAWS_N; law++)
		assert_int_equal(strlen(law_notice(law)) > 0, law != LAW_HMIS);
	/* The words that the laws set. */
	assert_non_null(strstr(law_notice(LAW_PART2), "42 CFR part 2 prohibits unauthorized use or disclosure"));
	assert_non_null(strstr(law_notice(LAW_27F), "State law prohibits you from making any further disclosure"));
	assert_non_null(strstr(law_notice(LAW_27F), "not sufficient authorization for further disclosure"));
	assert_true(law_lists_disclosures(LAW_PART2));
	assert_false(law_lists_disclosures(LAW_HMIS));
}

static void funders(void **state)
{
	(void)state;
	static const int64_t hopwa[] = {13, 14, 15, 16, 17, 18, 19, 48}; /* HMIS list 2.06.1 */
	int found = 0;
	for (int64_t code = -1; code < 100; code++)
		found += law_funder_is_hiv(code);
	for (size_t i = 0; i < sizeof hopwa / sizeof *hopwa; i++)
		assert_true(law_funder_is_hiv(hopwa[i]));
	assert_int_equal(found, sizeof hopwa / sizeof *hopwa);
}

static void words_that_tell(void **state)
{
	static const struct {
		const char *text;
		enum fact_law law;
	} cases[] = {
		{"HIV program", LAW_27F},
		{"in CFP since May", LAW_27F},
		{"his HOPWA worker", LAW_27F},
		{"goes to the methadone clinic", LAW_PART2},
		{"Sober since June", LAW_PART2},
		{"detoxed twice", LAW_PART2},
		{"DV shelter", LAW_VAWA},
		{"fled an abusive partner", LAW_VAWA},
		{"Has a dog named Aidsley", LAW_HMIS},
		{"sobering news about the lease", LAW_HMIS},
		{"Lost the DVD player", LAW_HMIS},
		{"Needs a wheelchair ramp", LAW_HMIS},
		{"", LAW_HMIS},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (law_of_words(str_from(cases[i].text)) != cases[i].law)
			fail_msg("“%s” is of another law", cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_combination), cmocka_unit_test(a_name_beside_a_class_is_no_general_designation),
		cmocka_unit_test(notices),           cmocka_unit_test(funders),
		cmocka_unit_test(words_that_tell),
	};
	return cmocka_run_group_tests_name("law", tests, NULL, NULL);
}
