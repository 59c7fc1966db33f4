/* The side door, from the definition's words: each case is an entry on day 0 and the referrals of its head. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/code.h"
#include "domain/side_door.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NEVER = 9999, HERE = 7, THERE = 8, OURS = 3, THEIRS = 4, REFERRALS = 3 };

static struct day day_in(int days)
{
	return days == NEVER ? DAY_NONE : day_add((struct day){20600}, days);
}

struct made {
	int day; /* 0: of the entry */
	enum ce_kind kind;
	enum ce_result result;
	int resulted;
	uint32_t project, agency;
};

static const struct door_case {
	const char *what;
	int type;
	struct made made[REFERRALS];
	size_t n;
	enum side_door want;
} cases[] = {
	{"no referral at all", PROJECT_RAPID, {{0}}, 0, DOOR_NONE},
	{"an open referral a week before",
	 PROJECT_RAPID,
	 {{-7, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"a successful one", PROJECT_RAPID, {{-7, CE_RAPID, CE_ACCEPTED, -3, CE_ANY, CE_ANY}}, 1, DOOR_REFERRED},
	{"a successful one whose result was written later",
	 PROJECT_RAPID,
	 {{-7, CE_RAPID, CE_ACCEPTED, 20, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"on the entry's day", PROJECT_RAPID, {{0, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}}, 1, DOOR_REFERRED},
	{"the day after the entry", PROJECT_RAPID, {{1, CE_RAPID, CE_ACCEPTED, 1, CE_ANY, CE_ANY}}, 1, DOOR_LATE},
	{"on the first day of the window",
	 PROJECT_RAPID,
	 {{-90, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"on the day before the window", PROJECT_RAPID, {{-91, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}}, 1, DOOR_OLD},
	{"accepted in the window, made before it",
	 PROJECT_RAPID,
	 {{-100, CE_RAPID, CE_ACCEPTED, -10, CE_ANY, CE_ANY}},
	 1,
	 DOOR_OLD},
	{"declined by the provider, then entered",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_PROVIDER_DECLINED, -10, CE_ANY, CE_ANY}},
	 1,
	 DOOR_DECLINED},
	{"declined by the household, then entered",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_CLIENT_DECLINED, -10, CE_ANY, CE_ANY}},
	 1,
	 DOOR_DECLINED},
	{"declined on the entry's day",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_CLIENT_DECLINED, 0, CE_ANY, CE_ANY}},
	 1,
	 DOOR_DECLINED},
	{"open at the entry, declined the day after",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_PROVIDER_DECLINED, 1, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"declined on a day that nobody wrote down",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_PROVIDER_DECLINED, NEVER, CE_ANY, CE_ANY}},
	 1,
	 DOOR_DECLINED},
	{"withdrawn, then entered",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_WITHDRAWN, -10, CE_ANY, OURS}},
	 1,
	 DOOR_DECLINED},
	{"declined, and referred again",
	 PROJECT_RAPID,
	 {{-20, CE_RAPID, CE_PROVIDER_DECLINED, -10, CE_ANY, CE_ANY}, {-5, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}},
	 2,
	 DOOR_REFERRED},
	{"to this project by name", PROJECT_RAPID, {{-7, CE_RAPID, CE_OPEN, NEVER, HERE, CE_ANY}}, 1, DOOR_REFERRED},
	{"to another project by name",
	 PROJECT_RAPID,
	 {{-7, CE_RAPID, CE_OPEN, NEVER, THERE, CE_ANY}},
	 1,
	 DOOR_ELSEWHERE},
	{"to this agency", PROJECT_RAPID, {{-7, CE_RAPID, CE_OPEN, NEVER, CE_ANY, OURS}}, 1, DOOR_REFERRED},
	{"to another agency", PROJECT_RAPID, {{-7, CE_RAPID, CE_OPEN, NEVER, CE_ANY, THEIRS}}, 1, DOOR_ELSEWHERE},
	{"joint housing leads into rapid rehousing",
	 PROJECT_RAPID,
	 {{-7, CE_JOINT, CE_ACCEPTED, -3, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"and not into supportive housing",
	 PROJECT_SUPPORTIVE,
	 {{-7, CE_JOINT, CE_ACCEPTED, -3, CE_ANY, CE_ANY}},
	 1,
	 DOOR_ELSEWHERE},
	{"supportive housing has its own",
	 PROJECT_SUPPORTIVE,
	 {{-7, CE_SUPPORTIVE, CE_ACCEPTED, -3, CE_ANY, CE_ANY}},
	 1,
	 DOOR_REFERRED},
	{"rapid rehousing is another kind",
	 PROJECT_SUPPORTIVE,
	 {{-7, CE_RAPID, CE_ACCEPTED, -3, CE_ANY, CE_ANY}},
	 1,
	 DOOR_ELSEWHERE},
	{"another kind, long ago, tells nothing",
	 PROJECT_SUPPORTIVE,
	 {{-700, CE_RAPID, CE_ACCEPTED, -690, CE_ANY, CE_ANY}},
	 1,
	 DOOR_NONE},
	{"of several misses the one that tells most",
	 PROJECT_SUPPORTIVE,
	 {{3, CE_SUPPORTIVE, CE_OPEN, NEVER, CE_ANY, CE_ANY},
	  {-200, CE_SUPPORTIVE, CE_OPEN, NEVER, CE_ANY, CE_ANY},
	  {-7, CE_RAPID, CE_OPEN, NEVER, CE_ANY, CE_ANY}},
	 3,
	 DOOR_ELSEWHERE},
};

static void entries_through_the_side_door(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct door_case *k = &cases[i];
		struct ce_referral r[REFERRALS];
		for (size_t m = 0; m < k->n; m++)
			r[m] = (struct ce_referral){.made = day_in(k->made[m].day),
						    .resulted = day_in(k->made[m].resulted),
						    .kind = k->made[m].kind,
						    .result = k->made[m].result,
						    .project = k->made[m].project,
						    .agency = k->made[m].agency};
		struct side_door_entry entry = {day_in(0), k->type, HERE, OURS};
		enum side_door got = side_door_of(&entry, r, k->n, SIDE_DOOR_DAYS);
		if (got != k->want)
			print_error("%s: %s\n", k->what, side_door_word(got));
		assert_int_equal(got, k->want);
	}
}

static void projects_that_are_asked_about(void **state)
{
	(void)state;
	for (int type = -1; type <= 20; type++)
		assert_int_equal(side_door_asks(type), type == PROJECT_RAPID || type == PROJECT_SUPPORTIVE);
}

static void answers(void **state)
{
	(void)state;
	enum side_door_answer a;
	for (enum side_door_answer k = 0; k < SIDE_DOOR_ANSWERS_N; k++) {
		assert_true(side_door_answer_parse(str_from(side_door_answer_word(k)), &a));
		assert_int_equal(a, k);
		assert_int_equal(side_door_answer_stays(k), k != DOOR_SAID_VAWA);
		assert_true(strlen(side_door_answer_say(k)) > 0);
	}
	assert_false(side_door_answer_parse(S("VAWA"), &a));
	assert_true(side_door_repeats(3, 12));
	assert_false(side_door_repeats(3, 13));
	assert_false(side_door_repeats(2, 2));
}

static void codes_and_ages(void **state)
{
	(void)state;
	static const struct {
		int code;
		const char *word;
	} codes[] = {{11, "th"},  {12, "th-rrh"},   {13, "rrh"},
		     {14, "psh"}, {15, "oph"},      {17, "voucher"},
		     {10, NULL},  {16, NULL},       {18, "stability-voucher"},
		     {0, NULL},   {INT32_MAX, NULL}};
	static const struct {
		int days;
		enum ce_age want;
	} ages[] = {{0, CE_WEEK},     {7, CE_WEEK},     {8, CE_MONTH},   {30, CE_MONTH},
		    {31, CE_QUARTER}, {90, CE_QUARTER}, {91, CE_LONGER}, {4000, CE_LONGER}};
	enum ce_kind kind;
	for (size_t i = 0; i < COUNT(codes); i++) {
		bool found = ce_kind_of(codes[i].code, &kind);
		assert_int_equal(found, codes[i].word != NULL);
		if (found)
			assert_string_equal(ce_kind_word(kind), codes[i].word);
	}
	for (size_t i = 0; i < COUNT(ages); i++)
		assert_int_equal(ce_age_of(ages[i].days), ages[i].want);
}

static void one_referral_written_twice(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		enum ce_kind own, hmis;
		int later;
		uint32_t agency;
		bool want;
	} rows[] = {
		{"the same day", CE_RAPID, CE_RAPID, 0, CE_ANY, true},
		{"two weeks later", CE_RAPID, CE_RAPID, 14, OURS, true},
		{"after that it is another", CE_RAPID, CE_RAPID, 15, CE_ANY, false},
		{"the evening before", CE_SUPPORTIVE, CE_SUPPORTIVE, -1, CE_ANY, true},
		{"before that it is another", CE_SUPPORTIVE, CE_SUPPORTIVE, -2, CE_ANY, false},
		{"a joint project for rapid rehousing", CE_RAPID, CE_JOINT, 3, CE_ANY, true},
		{"another kind", CE_SUPPORTIVE, CE_RAPID, 0, CE_ANY, false},
		{"to another agency", CE_RAPID, CE_RAPID, 0, THEIRS, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ce_referral own = {.made = day_in(0), .kind = rows[i].own, .agency = OURS};
		struct ce_referral hmis = {
			.made = day_in(rows[i].later), .kind = rows[i].hmis, .agency = rows[i].agency};
		if (ce_is_same(&own, &hmis) != rows[i].want)
			print_error("%s\n", rows[i].what);
		assert_int_equal(ce_is_same(&own, &hmis), rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_through_the_side_door),
		cmocka_unit_test(projects_that_are_asked_about),
		cmocka_unit_test(answers),
		cmocka_unit_test(codes_and_ages),
		cmocka_unit_test(one_referral_written_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
