/* Policies: their text, what is refused and why, and the order they make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/policy.h"

static struct arena *arena;

#define BANDS "bands any single 0-3 4-7 8+\nbands any family 0-3 4-8 9+\n"
#define LIST "policy \"P\"\nfor list\norder\n"
#define OPENING "policy \"P\"\nfor opening psh\norder\n"

static bool reads(const char *text, struct policy *p)
{
	struct policy_faults faults;
	bool ok = policy_read(arena, str_from(text), p, &faults);
	if (!ok)
		for (size_t i = 0; i < faults.n; i++)
			print_message("line %d: %.*s\n", faults.of[i].line, STR_ARG(faults.of[i].say));
	return ok;
}

static void the_default(void **state)
{
	(void)state;
	struct policy p;
	struct str text = policy_text(arena, &policy_default);
	assert_string_equal(
		str_c(arena, text),
		"policy \"The order of the by-name list\"\n"
		"for list\n"
		"\n"
		"order\n"
		"  chronic       first verified, likely, unknown; then not\n"
		"  severity      first high; then middle; then low; missing is middle; older than 365 days is "
		"missing\n"
		"  raised        first; at most 180 days\n"
		"  months in 36  most first\n"
		"  staying       first unsheltered; then others\n"
		"  list start    oldest first\n"
		"  lot\n"
		"\n" BANDS);
	assert_true(reads(str_c(arena, text), &p));
	assert_memory_equal(&p, &policy_default, sizeof p);
}

/* The packing of the written default, as it was before there were policies. */
static uint64_t fixed_order(const struct priority_facts *f)
{
	uint64_t order = f->chronic == CHRONIC_NOT;
	order = order << 2 | f->band;
	order = order << 6 | (uint64_t)(36 - f->months);
	order = order << 1 | (f->situation != SITUATION_UNSHELTERED);
	order = order << 17 | (uint64_t)(f->start.n - DAY_FIRST.n);
	return order << 32 | f->tie;
}

static uint32_t dice(uint32_t n)
{
	static uint64_t seed = 11;
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(seed >> 33) % n;
}

static const struct day as_of = {20600};

static struct priority_facts facts_by_lot(const struct priority_policy *p)
{
	struct priority_facts f = {
		.chronic = (enum chronic)dice(CHRONIC_NOT + 1),
		.score = dice(4) == 0 ? SCORE_NONE : (int16_t)dice(18),
		.scored = day_add(as_of, -(int32_t)dice(700)),
		.months = (int)dice(37),
		.situation = (enum situation)dice(SITUATION_HOUSED + 1),
		.start = day_add(as_of, -(int32_t)dice(3000)),
		.tie = dice(4) == 0 ? dice(3) : dice(INT32_MAX) * 2,
		.type = (enum household_type)dice(HOUSEHOLD_CHILDREN + 1),
	};
	priority_judge(p, as_of, &f);
	return f;
}

static void the_default_is_the_written_order(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++) {
		struct priority_facts a = facts_by_lot(&policy_default.order);
		struct priority_facts b = facts_by_lot(&policy_default.order);
		uint64_t fa = fixed_order(&a), fb = fixed_order(&b);
		uint64_t pa = priority_order(&policy_default.order, &a), pb = priority_order(&policy_default.order, &b);
		assert_int_equal((fa > fb) - (fa < fb), (pa > pb) - (pa < pb));
	}
}

static void texts_come_back(void **state)
{
	(void)state;
	static const char *const texts[] = {
		LIST "chronic first verified;then likely,unknown ; then not\nlot",
		LIST "LIST START newest first\nlot # a remark\n",
		LIST "score highest first; missing first; older than 90 days is missing\nlot\n" BANDS,
		LIST "score highest first; missing last\nstaying first unsheltered, doubled up; then safe haven; then "
		     "others\nmonths in 36 fewest first\nlist start oldest first\nlot\n" BANDS
		     "bands \"VI-SPDAT v3\" single 1-4 5-9 10+\nbands \"VI-SPDAT v3\" family 1-4 5-9 10+\n",
		"  # first a remark\n\npolicy \"Housing # 1\"\nfor opening psh\nfrom 2026-10-01\nonly verified "
		"chronic, "
		"veterans\norder\n\tchronic first not; then others\n\tseverity first low, high; then middle; missing "
		"is "
		"high\n\traised first; at most 30 days\n\tnominated first; at most 60 days\n\tlot\n" BANDS
		"hold 5 days\nalternates 3\nnominations by group "
		"decision\n",
		"policy \"V\"\r\nfor opening voucher\r\norder\r\nlist start oldest first\r\nlot\r\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct policy once, twice;
		assert_true(reads(texts[i], &once));
		struct str text = policy_text(arena, &once);
		assert_true(reads(str_c(arena, text), &twice));
		assert_memory_equal(&once, &twice, sizeof once);
		assert_true(str_eq(text, policy_text(arena, &twice)));
		struct policy_standard standard;
		policy_standard(arena, &once, &standard);
		assert_true(standard.sections_n >= 2);
	}
}

static void refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *why;
	} table[] = {
		{"", 0, "name is missing"},
		{"policy P\nfor list\norder\nlist start oldest first\nlot", 1, "quotation marks"},
		{"policy \"P\"\nfor psh\norder\nlist start oldest first\nlot", 2, "for opening psh"},
		{"policy \"P\"\nfor opening list\norder\nlist start oldest first\nlot", 2, "for opening psh"},
		{"policy \"P\"\nfor list\nfrom 1.10.2026\norder\nlist start oldest first\nlot", 3, "2026-10-01"},
		{"policy \"P\"\nfor list\n", 0, "order is missing"},
		{LIST, 3, "ends with \"lot\""},
		{LIST "lot", 4, "ends with \"lot\""},
		{LIST "list start oldest first", 4, "ends with \"lot\""},
		{LIST "lot\nlist start oldest first", 5, "ends with \"lot\""},
		{LIST "list start oldest\nlot", 4, "oldest first"},
		{LIST "list start oldest first; newest first\nlot", 4, "not understood"},
		{LIST "list start oldest first\nlist start newest first\nlot", 5, "line 4 already"},
		{LIST "chronic first verified; then not\nlot", 4, "\"likely\" comes"},
		{LIST "chronic first verified, verified; then others\nlot", 4, "named twice"},
		{LIST "chronic first others\nlot", 4, "decides nothing"},
		{LIST "chronic verified; then others\nlot", 4, "not understood"},
		{LIST "chronic then others\nlot", 4, "begins with \"first\""},
		{LIST "chronic first maybe; then others\nlot", 4, "not a value"},
		{LIST "chronic first verified; then others; missing is not\nlot", 4, "not understood"},
		{LIST "severity first high; then others\nlot", 4, "bands are missing"},
		{LIST "severity first high; then others; older than soon\nlot\n" BANDS, 4, "365 days"},
		{LIST "severity first high; then others; missing is dire\nlot\n" BANDS, 4, "missing is middle"},
		{LIST "severity first high; then others\nlot\nbands any single 0-3 4-7 8+", 6, "\"family\""},
		{LIST "list start oldest first\nlot\nbands any single 0-3 5-7 8+", 6, "bands any single"},
		{LIST "list start oldest first\nlot\nbands any single 3-0 4-7 8+", 6, "bands any single"},
		{LIST "list start oldest first\nlot\nbands any", 6, "bands any single"},
		{LIST "list start oldest first\nlot\n" BANDS "bands any single 0-3 4-7 8+", 8, "line 6 already"},
		{LIST
		 "severity first high; then others\nlist start oldest first\nraised first; at most 9 days\nlot\n" BANDS,
		 6, "right behind"},
		{LIST "severity first high; then others\nraised first\nlot\n" BANDS, 5, "how long"},
		{LIST "lot twice\nlot", 4, "no further words"},
		{LIST "list start oldest first\nlot\nhold 5 days", 0, "for openings"},
		{LIST "list start oldest first\nnominated first; at most 9 days\nlot", 5, "for openings"},
		{OPENING "nominated first; at most 9 days\nlot", 4, "who decides"},
		{OPENING "list start oldest first\nlot\nnominations by group decision", 0, "what a nomination does"},
		{OPENING "nominated first\nlot\nnominations by group decision", 4, "how long"},
		{OPENING "nominated first; at most no days\nlot\nnominations by group decision", 4, "with 1 to"},
		{OPENING "nominated last\nlot\nnominations by group decision", 4, "not understood"},
		{LIST "race first\nlot", 4, "fair housing"},
		{LIST "Sex first\nlot", 4, "fair housing"},
		{LIST "age oldest first\nlot", 4, "fair housing"},
		{LIST "disability first\nlot", 4, "fair housing"},
		{LIST "document readiness first\nlot", 4, "papers are fetched"},
		{LIST "engagement most first\nlot", 4, "CPD-16-11"},
		{LIST "last contact newest first\nlot", 4, "CPD-16-11"},
		{LIST "veteran first\nlot", 4, "only veterans"},
		{LIST "nights most first\nlot", 4, "months in 36"},
		{LIST "agency first\nlot", 4, "is no key; the keys are"},
		{LIST "score highest first; older than 9 days is missing\nseverity first high; then others; older than "
		      "8 days "
		      "is missing\nlot\n" BANDS,
		 5, "after 9 days and after 8"},
		{"hello\npolicy \"P\"\nfor list\norder\nlist start oldest first\nlot", 1, "a line begins with"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct policy p;
		struct policy_faults faults;
		memset(&p, 0x5a, sizeof p);
		struct policy before = p;
		bool ok = policy_read(arena, str_from(table[i].text), &p, &faults);
		if (ok || faults.of[0].line != table[i].line ||
		    strstr(str_c(arena, faults.of[0].say), table[i].why) == NULL)
			fail_msg("%zu: %d %s", i, ok ? -1 : faults.of[0].line,
				 ok ? "was read" : str_c(arena, faults.of[0].say));
		assert_memory_equal(&p, &before, sizeof p);
	}
}

/* Every fault has its line, and they come in the order of the lines. */
static void several_faults(void **state)
{
	(void)state;
	struct policy p;
	struct policy_faults faults;
	assert_false(policy_read(arena, S("policy P\nfor nothing\norder\n race first\n age first\n"), &p, &faults));
	assert_int_equal(faults.n, 5); /* the lot is missing too */
	static const int lines[] = {1, 2, 3, 4, 5};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_int_equal(faults.of[i].line, lines[i]);
	struct buf many = buf_new(arena, POLICY_TEXT_MAX);
	for (int i = 0; i < 100; i++)
		buf_lit(&many, "nonsense\n");
	assert_false(policy_read(arena, buf_text(&many), &p, &faults));
	assert_int_equal(faults.n, POLICY_FAULTS);
}

static void tools_and_ages(void **state)
{
	(void)state;
	struct policy p;
	assert_true(reads(LIST "severity first high; then middle; then low; missing is low; older than 100 days is "
			       "missing\nlot\nbands VAT single 0-10 11-20 21+\nbands VAT family 0-10 11-20 21+\n",
			  &p));
	const struct {
		const char *tool;
		int16_t score;
		int age;
		enum band band;
		bool counts;
	} table[] = {
		{"VAT", 21, 0, BAND_HIGH, true},      {"vat ", 20, 100, BAND_MIDDLE, true},
		{"VAT", 30, 101, BAND_LOW, false},    {"VAT", 10, 0, BAND_LOW, true},
		{"VI-SPDAT", 17, 0, BAND_LOW, false}, {"", 17, 0, BAND_LOW, false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct priority_facts f = {.score = table[i].score,
					   .scored = day_add(as_of, -table[i].age),
					   .tool = priority_tool_digest(str_from(table[i].tool))};
		priority_judge(&p.order, as_of, &f);
		assert_int_equal(f.band, table[i].band);
		assert_int_equal(f.counts, table[i].counts);
		assert_int_equal(priority_tool_counts(&p.order, str_from(table[i].tool)),
				 str_eq_nocase(str_trim(str_from(table[i].tool)), S("vat")));
	}
}

/* An adjustment raises within the band and nowhere else. */
static void raising(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct priority_facts a = facts_by_lot(&policy_default.order);
		struct priority_facts b = facts_by_lot(&policy_default.order);
		struct priority_facts up = a;
		up.raised = true;
		uint64_t was = priority_order(&policy_default.order, &a);
		uint64_t is = priority_order(&policy_default.order, &up);
		uint64_t other = priority_order(&policy_default.order, &b);
		assert_true(is < was);
		bool same = (a.chronic == CHRONIC_NOT) == (b.chronic == CHRONIC_NOT) && a.band == b.band;
		if (same)
			assert_true(is < other);
		else
			assert_int_equal(is < other, was < other);
	}
}

/* A nomination moves a household past those with whom it is level in the keys before, and past nobody else. */
static void nominating(void **state)
{
	(void)state;
	struct policy p;
	assert_true(reads(OPENING "chronic first verified; then others\nnominated first; at most 60 days\n"
				  "months in 36 most first\nlot\nnominations by group decision",
			  &p));
	for (int i = 0; i < 20000; i++) {
		struct priority_facts a = facts_by_lot(&p.order), b = facts_by_lot(&p.order), up = a;
		up.nominated = true;
		uint64_t was = priority_order(&p.order, &a);
		uint64_t is = priority_order(&p.order, &up);
		uint64_t other = priority_order(&p.order, &b);
		assert_true(is < was);
		if ((a.chronic == CHRONIC_VERIFIED) == (b.chronic == CHRONIC_VERIFIED))
			assert_true(is < other);
		else
			assert_int_equal(is < other, was < other);
	}
	struct priority_facts self = {.months = 3}, before = {.months = 30};
	assert_string_equal(str_c(arena, priority_change(arena, &p.order, as_of, &self, &before)),
			    "A nomination that the group agrees to would put it before the one before.");
	static const struct {
		const char *order, *say;
	} standards[] = {
		{"nominated first; at most 60 days\nlist start oldest first\nlot",
		 "first those that an agency nominated and the group agreed to, each time for at most 60 days."},
		{"list start oldest first\nnominated first; at most 9 days\nlot", "Group tie-break: "},
	};
	for (size_t i = 0; i < sizeof standards / sizeof *standards; i++) {
		struct policy_standard standard;
		struct str text = str_fmt(arena, OPENING "%s\nnominations by group decision", standards[i].order);
		assert_true(reads(str_c(arena, text), &p));
		policy_standard(arena, &p, &standard);
		assert_non_null(strstr(str_c(arena, standard.sections[0].sentences[i]), standards[i].say));
	}
}

static void what_would_change_it(void **state)
{
	(void)state;
	static const struct {
		struct priority_facts self, before;
		const char *say;
	} table[] = {
		{{.score = 9, .months = 19}, {.score = 9, .months = 19, .start = {-1}}, "One more documented month"},
		{{.score = 9, .months = 19}, {.score = 9, .months = 21, .start = {-1}}, "3 more documented months"},
		{{.score = SCORE_NONE, .months = 36},
		 {.score = 9, .months = 1},
		 "A score of 8 or more, where there is none"},
		{{.score = 7, .months = 36, .scored = {-400}},
		 {.score = 9, .months = 1},
		 "A score of 8 or more instead of 7, assessed on "},
		{{.score = 2, .months = 36},
		 {.score = 4, .months = 30},
		 "An adjustment"}, /* does not: it raises within the band alone */
		{{.score = 9, .months = 30, .chronic = CHRONIC_NOT},
		 {.score = 2, .months = 1, .chronic = CHRONIC_UNKNOWN},
		 "Facts that make chronic homelessness likely would"},
		{{.score = 9, .months = 36, .situation = SITUATION_UNKNOWN},
		 {.score = 9, .months = 36, .situation = SITUATION_UNSHELTERED},
		 "An adjustment agreed by two agencies would"},
		{{.score = 9, .months = 36, .raised = true, .situation = SITUATION_UNSHELTERED},
		 {.score = 9, .months = 36, .raised = true, .situation = SITUATION_UNSHELTERED, .start = {-5}},
		 "A list start of "},
		{{.score = 9, .months = 36, .raised = true, .situation = SITUATION_SHELTER, .start = {-9}},
		 {.score = 9, .months = 36, .raised = true, .situation = SITUATION_UNSHELTERED, .start = {-5}},
		 "Another place to stay (\"Unsheltered\" instead of \"Shelter\") would"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct priority_facts self = table[i].self, before = table[i].before;
		self.scored = day_add(as_of, self.scored.n);
		before.scored = day_add(as_of, before.scored.n);
		self.start = day_add(as_of, self.start.n);
		before.start = day_add(as_of, before.start.n);
		priority_judge(&policy_default.order, as_of, &self);
		priority_judge(&policy_default.order, as_of, &before);
		struct str say = priority_change(arena, &policy_default.order, as_of, &self, &before);
		bool named = str_starts(say, str_from(table[i].say));
		if (named == (i == 4))
			fail_msg("%zu: %.*s", i, STR_ARG(say));
	}
}

/* What a sentence says is true: whoever is one month short is before the other with it. */
static void nothing_is_guessed(void **state)
{
	(void)state;
	const struct priority_policy *p = &policy_default.order;
	for (int i = 0; i < 5000; i++) {
		struct priority_facts a = facts_by_lot(p), b = facts_by_lot(p);
		int more, score;
		if (priority_order(p, &a) < priority_order(p, &b))
			continue;
		struct arena_mark mark = arena_mark(arena);
		const char *say = str_c(arena, priority_change(arena, p, as_of, &a, &b));
		if (sscanf(say, "%d more documented months", &more) == 1)
			a.months += more;
		else if (str_starts(str_from(say), S("One more")))
			a.months++;
		else if (sscanf(say, "A score of %d", &score) == 1) {
			a.score = (int16_t)score;
			a.scored = as_of;
		} else if (str_starts(str_from(say), S("Facts that make")))
			a.chronic = CHRONIC_LIKELY;
		else if (str_starts(str_from(say), S("An adjustment")))
			a.raised = true;
		else
			a.start = day_add(DAY_FIRST, 1), a.situation = SITUATION_UNSHELTERED;
		priority_judge(p, as_of, &a);
		assert_true(priority_order(p, &a) < priority_order(p, &b) || str_starts(str_from(say), S("No single")));
		arena_rewind(arena, mark);
	}
}

static void who_an_opening_is_for(void **state)
{
	(void)state;
	struct policy p = policy_default;
	struct priority_facts f = {.type = HOUSEHOLD_FAMILY, .chronic = CHRONIC_LIKELY};
	assert_true(policy_admits(&p, &f, false));
	p.only = 1U << POLICY_FAMILIES | 1U << POLICY_CHRONIC;
	assert_true(policy_admits(&p, &f, false));
	f.chronic = CHRONIC_UNKNOWN;
	assert_false(policy_admits(&p, &f, false));
	p.only = 1U << POLICY_VETERANS;
	assert_false(policy_admits(&p, &f, false));
	assert_true(policy_admits(&p, &f, true));
}

static void no_blame(void **state)
{
	(void)state;
	static const struct {
		const char *reason;
		bool blames;
	} table[] = {
		{"She is not engaged with her case manager.", true},
		{"Deserves it: always compliant", true},
		{"missed appointments twice", true},
		{"Has been sober since May", true},
		{"Insulin is stolen in the camp; two admissions since June.", false},
		{"Sleeps in a car with a newborn; the score was taken before the birth.", false},
		{"Hears voices and leaves shelters at night, so the nights are not recorded.", false},
		{"", false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(policy_reason_blames(arena, str_from(table[i].reason)).n > 0, table[i].blames);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new("test", 64 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default),
		cmocka_unit_test(the_default_is_the_written_order),
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(refused),
		cmocka_unit_test(several_faults),
		cmocka_unit_test(tools_and_ages),
		cmocka_unit_test(raising),
		cmocka_unit_test(nominating),
		cmocka_unit_test(what_would_change_it),
		cmocka_unit_test(nothing_is_guessed),
		cmocka_unit_test(who_an_opening_is_for),
		cmocka_unit_test(no_blame),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
