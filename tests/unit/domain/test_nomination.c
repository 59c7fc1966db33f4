/* Nominations: what is one, who decides, and what was decided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/nomination.h"

static struct arena *arena;
static const struct day today = {20700};

static void what_a_nomination_needs(void **state)
{
	(void)state;
	static const struct {
		const char *reason;
		int review, until;
		enum err_class fails;
		const char *why;
	} table[] = {
		{"short", 10, 20, ERR_INVALID, "at least 20"},
		{"They never missed appointments with us.", 10, 20, ERR_INVALID, "is no reason"},
		{"Her dialysis ward is next door to the building.", 10, 0, ERR_INVALID, "within 60 days"},
		{"Her dialysis ward is next door to the building.", 10, 61, ERR_INVALID, "within 60 days"},
		{"Her dialysis ward is next door to the building.", 0, 60, ERR_INVALID, "day of review"},
		{"Her dialysis ward is next door to the building.", 21, 20, ERR_INVALID, "day of review"},
	};
	struct policy p = {.kind = POLICY_PSH, .nominations = true, .order = {.nominate_days = 60}};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		err_t e = nomination_check(arena, &p, today,
					   &(struct nomination_new){str_from(table[i].reason),
								    day_add(today, table[i].review),
								    day_add(today, table[i].until)});
		assert_non_null(e);
		assert_int_equal(e->class, table[i].fails);
		assert_non_null(strstr(str_c(arena, e->say), table[i].why));
	}
	struct nomination_new fine = {S("Her dialysis ward is next door to the building."), day_add(today, 60),
				      day_add(today, 60)};
	assert_null(nomination_check(arena, &p, today, &fine));
	p.nominations = false;
	assert_int_equal(nomination_check(arena, &p, today, &fine)->class, ERR_CONFLICT);
}

static void who_decides(void **state)
{
	(void)state;
	assert_int_equal(nomination_check_part(arena, S("alder"), S("alder"))->class, ERR_CONFLICT);
	assert_int_equal(nomination_check_part(arena, S("alder"), S(""))->class, ERR_CONFLICT);
	assert_null(nomination_check_part(arena, S("alder"), S("birch")));
}

static void what_was_decided(void **state)
{
	(void)state;
	static const struct {
		const char *said; /* a: agrees, n: does not, o: steps out */
		bool decided, agreed;
	} table[] = {
		{"", false, false},     {"a", false, false},  {"aoo", false, false},  {"aa", true, true},
		{"an", true, false},    {"aan", true, true},  {"aanno", true, false}, {"nn", true, false},
		{"aaoooo", true, true}, {"nna", true, false},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct nomination_count count = {0};
		bool agreed = !table[i].agreed;
		for (const char *s = table[i].said; *s != '\0'; s++)
			nomination_add(&count, *s == 'a' ? STANCE_AGREES : *s == 'n' ? STANCE_AGAINST : STANCE_OUT);
		err_t e = nomination_close(arena, &count, &agreed);
		assert_int_equal(e == NULL, table[i].decided);
		if (table[i].decided)
			assert_int_equal(agreed, table[i].agreed);
		else
			assert_int_equal(e->class, ERR_CONFLICT);
	}
	struct nomination_count count = {1, 2, 3};
	assert_string_equal(str_c(arena, nomination_count_say(arena, &count)),
			    "1 agency agreed, 2 did not, 3 stepped out");
}

static void stances_have_words(void **state)
{
	(void)state;
	for (int s = 0; s < NOMINATION_STANCES_N; s++) {
		enum nomination_stance back;
		assert_true(nomination_stance_parse(nomination_stance_table[s].word, &back));
		assert_int_equal(back, s);
	}
	enum nomination_stance none;
	assert_false(nomination_stance_parse(S("maybe"), &none));
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new("test", 1 << 20);
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
		cmocka_unit_test(what_a_nomination_needs),
		cmocka_unit_test(who_decides),
		cmocka_unit_test(what_was_decided),
		cmocka_unit_test(stances_have_words),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
