/* The twelve boxes: months as strings, the oldest first; the last letter is the latest month. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/code.h"
#include "domain/evidence.h"

/* T third-party, O observed, s own word, x broken, . blank; what is left out is blank and older. */
static struct evidence_months months_of(const char *text)
{
	struct evidence_months m = {0};
	int n = (int)strlen(text);
	for (int i = 0; i < n; i++) {
		uint64_t bit = (uint64_t)1 << (n - 1 - i);
		switch (text[i]) {
		case 'T':
			evidence_add(&m, EVIDENCE_THIRD, bit);
			break;
		case 'O':
			evidence_add(&m, EVIDENCE_OBSERVED, bit);
			break;
		case 's':
			evidence_add(&m, EVIDENCE_SELF, bit);
			break;
		case 'x':
			evidence_add(&m, EVIDENCE_BROKEN, bit);
			break;
		default:
			break;
		}
	}
	return m;
}

static const struct {
	const char *what;
	const char *months;
	int row; /* missing; −1: not possible */
	int row_word;
	uint64_t row_months;
	int occasions;
	int occasions_word;
} ways[] = {
	{"nothing at all", "", 12, 3, 0xfff, 12, 3},
	{"twelve in a row", "TTTTTTTTTTTT", 0, 0, 0, 3, 3},
	{"observed counts like third-party", "TOTOTOTOTOTO", 0, 0, 0, 3, 3},
	{"three on own word are enough", "TTTTTTTTTsss", 0, 0, 0, 3, 3},
	{"the fourth on own word wants a paper, and nobody's own word helps", "TTTTTTTTssss", 1, 0, 8, 3, 2},
	{"two blanks, both of which the person may speak for", "TTTTT.TTTTT.", 2, 2, 0x41, 2, 2},
	{"own word is used up by others", "sTTTT.TTssT.", 2, 0, 0x41, 2, 0},
	{"an older run that is whole is better than a new one that is not", "TTTTTTTTTTTT......", 0, 0, 0, 3, 3},
	{"of equal ones the latest", "TTTTTTTTTTT.TTTTTTTTTTT", 1, 1, 0x800, 2, 2},
	{"a break that is known leaves no twelve in a row", "xxxxxxxxxxxxxTTTTTTTTTTTxxxxxxxxxxxx", -1, 0, 0, -1, 0},
	{"three occasions, and no room for a fourth", "xxxxxxxxxxxxxxxxxxxxxxxxTTT.TTT.TTT.", 3, 3, 0x111, -1, 0},
	{"four occasions, twelve months", "xxxxxxxxxxxxxxxxxxxxxTTTxTTTxTTTxTTT", -1, 0, 0, 0, 0},
	{"four occasions, one month short", "xxxxxxxxxxxxxxxxxxxx.TTTxTTTxTTTx.TT", -1, 0, 0, 1, 1},
	{"three occasions of four months want one more", "xxxxxxxxxxxxxxxxxx..TTTTxTTTTxTTTTx.", -1, 0, 0, 1, 1},
	{"own word that is too much is left out and parts nothing", "xxxxxxxxxxxxxxxxxTTsTxTTsTxTTsTxTTsT", -1, 0, 0, 0,
	 0},
};

static void the_shortest_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct evidence_months m = months_of(ways[i].months);
		struct evidence_way row = evidence_in_a_row(&m);
		struct evidence_way often = evidence_on_occasions(&m);
		if ((row.possible ? row.missing : -1) != ways[i].row || row.own_word != ways[i].row_word ||
		    row.months != ways[i].row_months)
			fail_msg("%s: in a row %d missing, %d by own word, months %llx", ways[i].what,
				 row.possible ? row.missing : -1, row.own_word, (unsigned long long)row.months);
		if ((often.possible ? often.missing : -1) != ways[i].occasions ||
		    often.own_word != ways[i].occasions_word)
			fail_msg("%s: on occasions %d missing, %d by own word, months %llx", ways[i].what,
				 often.possible ? often.missing : -1, often.own_word, (unsigned long long)often.months);
	}
}

/* What was found wanting, once it is there, fills the boxes: for any months. */
static void the_way_leads_there(void **state)
{
	(void)state;
	uint64_t random = 88172645463325252U;
	for (int round = 0; round < 2000; round++) {
		struct evidence_months m = {0};
		for (int k = 0; k < EVIDENCE_MONTHS; k++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			int kind = (int)(random % 7);
			if (kind > EVIDENCE_BLANK && kind < EVIDENCES_N)
				evidence_add(&m, (enum evidence)kind, (uint64_t)1 << k);
		}
		struct evidence_way ways2[] = {evidence_in_a_row(&m), evidence_on_occasions(&m)};
		for (int i = 0; i < 2; i++) {
			struct evidence_months filled = m;
			evidence_add(&filled, EVIDENCE_THIRD, ways2[i].months);
			struct evidence_way then = i == 0 ? evidence_in_a_row(&filled) : evidence_on_occasions(&filled);
			assert_int_equal(then.possible, ways2[i].possible);
			if (ways2[i].possible)
				assert_int_equal(then.missing, 0);
		}
	}
}

static void a_month_counts_once(void **state)
{
	(void)state;
	struct evidence_months m = {0};
	evidence_add(&m, EVIDENCE_SELF, 0xf);
	evidence_add(&m, EVIDENCE_OBSERVED, 0x7);
	evidence_add(&m, EVIDENCE_THIRD, 0x3);
	evidence_add(&m, EVIDENCE_BROKEN, 0x1);
	evidence_add(&m, EVIDENCE_THIRD, (uint64_t)1 << EVIDENCE_MONTHS); /* too old */
	assert_int_equal(evidence_of(&m, 0), EVIDENCE_BROKEN);
	for (int e = EVIDENCE_SELF; e <= EVIDENCE_BROKEN; e++)
		assert_int_equal(evidence_count(&m, (enum evidence)e), 1);
	assert_int_equal(evidence_count(&m, EVIDENCE_BLANK), EVIDENCE_MONTHS - 4);
	assert_int_equal(evidence_of_project(PROJECT_OUTREACH), EVIDENCE_OBSERVED);
	assert_int_equal(evidence_of_project(PROJECT_SHELTER), EVIDENCE_THIRD);
}

static int32_t month_of(const char *text)
{
	int32_t month = 0;
	assert_true(evidence_month_parse(str_from(text), &month));
	return month;
}

static void months_as_text(void **state)
{
	(void)state;
	struct arena *a = arena_new("months", 1 << 20);
	int32_t month;
	assert_true(str_eq(evidence_month_say(a, month_of("2026-03")), S("March 2026")));
	assert_true(str_eq(evidence_month_text(a, month_of("2025-12")), S("2025-12")));
	assert_false(evidence_month_parse(S("2026-13"), &month));
	assert_false(evidence_month_parse(S("2026-1"), &month));
	assert_false(evidence_month_parse(S("March"), &month));
	arena_free(&a);
}

static void papers_that_can_be(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		const char *first, *last, *dated;
		enum evidence kind;
		bool signed_by, good;
	} papers[] = {
		{"a letter", "2025-03", "2025-05", "2025-11-02", EVIDENCE_THIRD, true, true},
		{"own word names nobody else", "2025-03", "2025-03", "2025-11-02", EVIDENCE_SELF, false, true},
		{"of the month itself", "2025-11", "2025-11", "2025-11-02", EVIDENCE_OBSERVED, true, true},
		{"a letter of nobody", "2025-03", "2025-03", "2025-11-02", EVIDENCE_THIRD, false, false},
		{"turned round", "2025-05", "2025-03", "2025-11-02", EVIDENCE_THIRD, true, false},
		{"a month to come", "2026-01", "2026-01", "2025-11-02", EVIDENCE_THIRD, true, false},
		{"long ago", "2019-01", "2025-01", "2025-11-02", EVIDENCE_THIRD, true, false},
		{"dated tomorrow", "2025-03", "2025-03", "2025-12-16", EVIDENCE_THIRD, true, false},
		{"dated before what it speaks of", "2025-03", "2025-05", "2025-04-30", EVIDENCE_THIRD, true, false},
	};
	struct arena *a = arena_new("papers", 1 << 20);
	struct day today;
	assert_true(day_parse(S("2025-12-15"), &today));
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
		struct evidence_paper_new p = {.kind = papers[i].kind,
					       .first = month_of(papers[i].first),
					       .last = month_of(papers[i].last),
					       .signed_by = papers[i].signed_by};
		assert_true(day_parse(str_from(papers[i].dated), &p.dated));
		err_t e = evidence_check(a, &p, today);
		if ((e == NULL) != papers[i].good)
			fail_msg("%s: %s", papers[i].what, e == NULL ? "accepted" : "refused");
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shortest_way),    cmocka_unit_test(the_way_leads_there),
		cmocka_unit_test(a_month_counts_once), cmocka_unit_test(months_as_text),
		cmocka_unit_test(papers_that_can_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
