/* Every role, capability and household: properties written down without looking at the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/access.h"

static bool personal(enum access_field f)
{
	return f == FIELD_NAME || f == FIELD_SSN4 || f == FIELD_BIRTH || f == FIELD_HMIS_ID || f == FIELD_NOTES;
}

static void check(const struct access_question *q, const struct access_decision *d)
{
	bool sees_people = q->role == ROLE_LIST_HOLDER || q->role == ROLE_SPECIALIST || q->role == ROLE_PROVIDER;
	bool shielded = q->protected || q->victim;
	bool may_name = sees_people && (q->serves || (q->role == ROLE_LIST_HOLDER && q->own_region && !shielded));
	assert_true(d->reason != NULL && strlen(d->reason) > 10);
	assert_int_equal(d->named, may_name);
	for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++) {
		if (!sees_people)
			assert_int_equal(d->field[f], ACCESS_NOTHING);
		if (!may_name && personal(f))
			assert_int_equal(d->field[f], ACCESS_NOTHING);
	}
	/* Named or coded, never both, and somebody who sees people sees one of the two. */
	bool code = d->field[FIELD_CODE] != ACCESS_NOTHING;
	assert_false(code && d->named);
	assert_int_equal(code || d->named, sees_people);
	assert_int_equal(d->field[FIELD_NAME] != ACCESS_NOTHING, d->named);
	/* Where a survivor stays is for the agency that serves them. */
	if (shielded && !q->serves)
		assert_int_equal(d->field[FIELD_PLACE], ACCESS_NOTHING);
	if (shielded && !q->serves)
		assert_int_not_equal(d->field[FIELD_AGE], ACCESS_FULL);
	if (!may_name)
		assert_int_not_equal(d->field[FIELD_AGE], ACCESS_FULL);
	/* The birth date itself is for those who serve. */
	if (!q->serves)
		assert_int_equal(d->field[FIELD_BIRTH], ACCESS_NOTHING);
}

static void every_role_and_household(void **state)
{
	(void)state;
	int decided = 0;
	for (int role = -1; role <= ROLES_N + 1; role++)
		for (unsigned bits = 0; bits < 16; bits++) {
			struct access_question q = {
				.role = (enum role)role,
				.own_region = bits & 1,
				.serves = bits & 2,
				.protected = bits & 4,
				.victim = bits & 8,
			};
			struct access_decision d;
			memset(&d, 0xFF, sizeof d);
			access_decide(&q, &d);
			check(&q, &d);
			decided++;
		}
	assert_int_equal(decided, (ROLES_N + 3) * 16);
}

/* Serving more or being protected less never shows less. */
static void rights_grow_with_their_reasons(void **state)
{
	(void)state;
	for (enum role role = ROLE_NOBODY; role < ROLES_N; role++)
		for (unsigned bits = 0; bits < 8; bits++) {
			struct access_question less = {
				.role = role, .own_region = bits & 1, .protected = bits & 2, .victim = bits & 4};
			struct access_question more = less;
			more.serves = true;
			struct access_decision a;
			struct access_decision b;
			access_decide(&less, &a);
			access_decide(&more, &b);
			for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++)
				if (f != FIELD_CODE)
					assert_true(b.field[f] >= a.field[f]);
		}
}

static void capabilities(void **state)
{
	(void)state;
	assert_int_equal(CAN_NOTHING, 0);
	for (int role = -2; role < ROLES_N + 3; role++) {
		assert_false(access_may((enum role)role, CAN_NOTHING));
		assert_false(access_may((enum role)role, -1));
		assert_false(access_may((enum role)role, CAPABILITIES_N));
		for (int c = CAN_NOTHING; c < CAPABILITIES_N; c++) {
			bool may = access_may((enum role)role, c);
			if (role <= ROLE_NOBODY || role >= ROLES_N)
				assert_false(may);
			/* Lead agencies and administrators reach nothing with a person on it. */
			if (role == ROLE_LEAD || role == ROLE_ADMINISTRATOR)
				assert_false(may && capability_table[c].person);
			assert_int_equal(capability_table[c].capability, c);
		}
	}
	assert_true(access_may(ROLE_PROVIDER, CAN_LIST));
	assert_false(access_may(ROLE_PROVIDER, CAN_CONFERENCE_PLAN));
	assert_false(access_may(ROLE_LEAD, CAN_LIST));
	assert_true(access_may(ROLE_LEAD, CAN_COUNTS));
	assert_true(access_may(ROLE_ADMINISTRATOR, CAN_USERS));
	assert_false(access_may(ROLE_LIST_HOLDER, CAN_USERS));
	assert_false(access_may(ROLE_ADMINISTRATOR, CAN_FLAGS));
}

static void role_words(void **state)
{
	(void)state;
	for (enum role r = ROLE_NOBODY + 1; r < ROLES_N; r++) {
		enum role back = ROLE_NOBODY;
		assert_true(role_from_word(role_word(r), &back));
		assert_int_equal(back, r);
		assert_true(strlen(role_say(r)) > 0);
	}
	enum role none = ROLE_NOBODY;
	assert_false(role_from_word("nobody", &none));
	assert_false(role_from_word("", &none));
	assert_false(role_from_word("Provider", &none));
	assert_int_equal(none, ROLE_NOBODY);
}

static void small_cells(void **state)
{
	(void)state;
	static const struct {
		int64_t counts[5];
		bool hidden[5];
	} cases[] = {
		{{100, 50, 20, 12, 11}, {false, false, false, false, false}},
		{{100, 50, 0, 0, 11}, {false, false, false, false, false}},
		{{100, 50, 20, 12, 3}, {false, false, false, true, true}},
		{{100, 50, 20, 4, 3}, {false, false, true, true, true}}, /* 4 + 3 is small itself */
		{{100, 50, 20, 9, 8}, {false, false, false, true, true}},
		{{100, 0, 0, 0, 3}, {true, false, false, false, true}},
		{{0, 0, 0, 0, 3}, {false, false, false, false, true}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bool hidden[5];
		access_hide_small(cases[i].counts, 5, hidden);
		for (int k = 0; k < 5; k++)
			assert_int_equal(hidden[k], cases[i].hidden[k]);
	}
	assert_false(access_small(0));
	assert_true(access_small(1));
	assert_true(access_small(10));
	assert_false(access_small(11));
}

/* Who may read what is typed in a meeting as it was typed: whoever may run one, and nobody who sees counts. */
static void recording_is_for_those_who_see_people(void **state)
{
	(void)state;
	for (enum role role = ROLE_NOBODY; role < ROLES_N; role++) {
		bool expected = role == ROLE_LIST_HOLDER || role == ROLE_SPECIALIST || role == ROLE_PROVIDER;
		assert_int_equal(access_may(role, CAN_RECORD), expected);
	}
	assert_true(capability_table[CAN_RECORD].person);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_and_household),
		cmocka_unit_test(rights_grow_with_their_reasons),
		cmocka_unit_test(capabilities),
		cmocka_unit_test(recording_is_for_those_who_see_people),
		cmocka_unit_test(role_words),
		cmocka_unit_test(small_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
