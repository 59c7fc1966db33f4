/* What may stand on a shared screen, and who waits before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/access.h"
#include "domain/stage.h"

static struct arena *a;

static int up(void **state)
{
	(void)state;
	a = arena_new("stage", 1 << 20);
	return 0;
}

static int down(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static void whoever_would_take_a_name_off_waits(void **state)
{
	(void)state;
	static const struct {
		struct stage_arrival who;
		bool waits;
	} cases[] = {
		{{.leads = false, .covered = true, .names_lost = 0}, false},
		{{.leads = false, .covered = true, .names_lost = 1}, true},
		{{.leads = false, .covered = false, .names_lost = 0}, true},
		{{.leads = false, .covered = false, .names_lost = 12}, true},
		{{.leads = true, .covered = true, .names_lost = 12}, false},
		{{.leads = true, .covered = false, .names_lost = 12}, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(stage_waits(&cases[i].who), cases[i].waits);
}

static void the_facilitator_is_told_what_changes(void **state)
{
	(void)state;
	assert_string_equal(str_c(a, stage_change(a, 0, 12)), "Nothing changes on the stage.");
	assert_string_equal(str_c(a, stage_change(a, 1, 12)), "1 of 12 names goes off the stage.");
	assert_string_equal(str_c(a, stage_change(a, 9, 12)), "9 of 12 names go off the stage.");
}

static void words_of_health_service_and_violence_stay_off(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool plain;
	} cases[] = {
		{"", true},
		{"Tour Cedar Court with Joe", true},
		{"Order the birth certificate", true},
		{"Call the vacant unit’s landlord", true}, /* begins with "va" */
		{"Aidsworth Road", true},
		{"Drive to the Navy Yard", false},
		{"Drive to the CLINIC on Elm", false},
		{"clinic", false},
		{"Ask VA about the voucher", false},
		{"HUD-VASH voucher", false},
		{"(hiv) case manager", false},
		{"Get the disability letter", false},
		{"File the restraining order", false},
		{"Harbor Domestic Violence Shelter", false},
		{"Veterans’ Village", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (stage_plain(str_from(cases[i].text)) != cases[i].plain)
			fail_msg("“%s” is %splain", cases[i].text, cases[i].plain ? "not " : "");
}

static void a_check_is_read_by_its_key(void **state)
{
	(void)state;
	enum stage_check check;
	for (int i = 0; i < STAGE_CHECK_N; i++) {
		assert_true(stage_check_parse(stage_check_table[i].key, &check));
		assert_int_equal(check, i);
	}
	assert_false(stage_check_parse(S("Recorders"), &check));
	assert_false(stage_check_parse(S(""), &check));
}

/* Every question that can be asked of one person. */
static bool next_question(struct access_question *q)
{
	int *const digits[] = {(int *)&q->role, (int *)&q->covered, (int *)&q->consent, (int *)&q->working};
	static const int bases[] = {ROLES_N, COVERED_N, CONSENTS_N, WORKINGS_N};
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
		if (++*digits[i] < bases[i])
			return true;
		*digits[i] = 0;
	}
	q->protected = !q->protected;
	if (q->protected)
		return true;
	q->victim = !q->victim;
	return q->victim;
}

/* Two who are present, in every combination: the stage names where both are named there, shows of no field more than
 * either may see, and never a number that opens other doors. */
static void no_stage_shows_what_one_of_two_may_not_see(void **state)
{
	(void)state;
	struct access_question one = {.use = USE_STAGE}, two = {.use = USE_STAGE};
	struct access_decision both[2], all;
	int combinations = 0, named = 0;
	do {
		access_decide(&one, &both[0]);
		two = (struct access_question){.use = USE_STAGE};
		do {
			if (one.protected != two.protected || one.victim != two.victim)
				continue; /* it is one household */
			access_decide(&two, &both[1]);
			access_stage(both, 2, &all);
			combinations++;
			named += all.named ? 1 : 0;
			assert_int_equal(all.named, both[0].named && both[1].named);
			for (int f = 0; f < ACCESS_FIELDS_N; f++) {
				if (f == FIELD_CODE)
					continue; /* stands in for the name */
				assert_true(all.field[f] <= both[0].field[f] && all.field[f] <= both[1].field[f]);
			}
			assert_false(all.named && all.field[FIELD_CODE] != ACCESS_NOTHING);
			assert_int_equal(all.field[FIELD_SSN4], ACCESS_NOTHING);
			assert_int_equal(all.field[FIELD_BIRTH], ACCESS_NOTHING);
			assert_int_equal(all.field[FIELD_HMIS_ID], ACCESS_NOTHING);
		} while (next_question(&two));
	} while (next_question(&one));
	assert_int_equal(combinations, 4 * (ROLES_N * COVERED_N * CONSENTS_N * WORKINGS_N) *
					       (ROLES_N * COVERED_N * CONSENTS_N * WORKINGS_N));
	assert_true(named > 0 && named < combinations);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_would_take_a_name_off_waits),
		cmocka_unit_test(the_facilitator_is_told_what_changes),
		cmocka_unit_test(words_of_health_service_and_violence_stay_off),
		cmocka_unit_test(a_check_is_read_by_its_key),
		cmocka_unit_test(no_stage_shows_what_one_of_two_may_not_see),
	};
	return cmocka_run_group_tests(tests, up, down);
}
