/* Every question that can be asked, and every role and capability: properties written down without looking at the
 * tables. */
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

/* Every question there is, one after the other; roles and places of use past both ends of their tables too. */
enum {
	ROLE_STEPS = ROLES_N + 3,
	USE_STEPS = USES_N + 1,
	QUESTIONS = ROLE_STEPS * COVERED_N * CONSENTS_N * WORKINGS_N * 2 * 2 * LAWS_N * 2 * USE_STEPS,
};

static int next_of(int *rest, int n)
{
	int value = *rest % n;
	*rest /= n;
	return value;
}

static struct access_question question(int i)
{
	struct access_question q;
	memset(&q, 0, sizeof q);
	q.role = (enum role)(next_of(&i, ROLE_STEPS) - 1);
	q.covered = (enum covered)next_of(&i, COVERED_N);
	q.consent = (enum consent)next_of(&i, CONSENTS_N);
	q.working = (enum working)next_of(&i, WORKINGS_N);
	q.protected = next_of(&i, 2) != 0;
	q.victim = next_of(&i, 2) != 0;
	q.law = (enum fact_law)next_of(&i, LAWS_N);
	q.own = next_of(&i, 2) != 0;
	q.use = (enum access_use)next_of(&i, USE_STEPS);
	return q;
}

static struct access_decision decided(const struct access_question *q)
{
	struct access_decision d;
	memset(&d, 0xFF, sizeof d);
	access_decide(q, &d);
	return d;
}

static bool sees_people(enum role role)
{
	return role == ROLE_LIST_HOLDER || role == ROLE_SPECIALIST || role == ROLE_PROVIDER;
}

/* Who may be named, in the words of the definition: role, memorandum and signature, release, work; and our readings
 * of who serves, of survivors and of facts under a law of their own. */
static bool may_name(const struct access_question *q)
{
	if (!sees_people(q->role) || q->covered != COVERED || q->use == USE_MAIL || q->use >= USES_N)
		return false;
	bool serves = q->working == WORKING_SERVES;
	if ((q->protected || q->victim) && !serves)
		return false;
	if (q->law != LAW_HMIS && q->consent != CONSENT_HERE && !(serves && q->own))
		return false;
	return serves || (q->consent == CONSENT_HERE && q->working != WORKING_NOT);
}

static void check(const struct access_question *q, const struct access_decision *d)
{
	bool seen = sees_people(q->role) && q->use < USE_MAIL;
	bool named = may_name(q);
	bool serves = q->working == WORKING_SERVES;
	assert_true(d->reason != NULL && strlen(d->reason) > 10);
	assert_int_equal(d->named, named);
	for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++) {
		assert_in_range(d->field[f], ACCESS_NOTHING, ACCESS_FULL);
		/* A lead, an administrator, nobody: not one field. Mail: nothing of a person. */
		if (!seen)
			assert_int_equal(d->field[f], ACCESS_NOTHING);
		if (!named && personal(f))
			assert_int_equal(d->field[f], ACCESS_NOTHING);
	}
	assert_int_equal(d->field[FIELD_NAME] != ACCESS_NOTHING, d->named);
	/* Named or coded, never both; whoever sees people sees one of the two, whatever is lacking: the row stays. */
	bool code = d->field[FIELD_CODE] != ACCESS_NOTHING;
	assert_int_equal(code, seen && !named);
	assert_true(d->field[FIELD_CODE] != ACCESS_MASKED); /* of one shape for everybody */
	assert_false(code && d->field[FIELD_HMIS_ID] != ACCESS_NOTHING);
	/* And with it what the list says of the household, in bands where more would tell who it is. */
	if (seen && q->law == LAW_HMIS)
		assert_int_not_equal(d->field[FIELD_FACTS], ACCESS_NOTHING);
	/* Facts of a law with a release of its own are whole or not there. */
	if (q->law != LAW_HMIS)
		assert_int_equal(d->field[FIELD_FACTS] != ACCESS_NOTHING, named);
	if (q->law != LAW_HMIS && !named)
		assert_int_equal(d->field[FIELD_PLACE], ACCESS_NOTHING);
	/* Where a survivor stays is for the agency that serves them; so is a birth date, of whomever. */
	if ((q->protected || q->victim || q->covered != COVERED) && !named)
		assert_true(d->field[FIELD_PLACE] == ACCESS_NOTHING && d->field[FIELD_FACTS] != ACCESS_FULL);
	if (!serves)
		assert_int_equal(d->field[FIELD_BIRTH], ACCESS_NOTHING);
	if (!named)
		assert_int_not_equal(d->field[FIELD_AGE], ACCESS_FULL);
	/* What somebody agreed to or declined, and why they are protected: for who serves them, and for the list holder
	 * of a household that is not protected; whatever was signed. */
	bool holds = q->role == ROLE_LIST_HOLDER && q->working == WORKING_LIST && !q->protected && !q->victim;
	assert_int_equal(d->records, sees_people(q->role) && q->covered == COVERED && q->law == LAW_HMIS &&
					     q->use == USE_DEVICE && (serves || holds));
	/* Numbers that open other doors stay on the reader's own device. */
	if (q->use != USE_DEVICE)
		assert_true(d->field[FIELD_SSN4] == ACCESS_NOTHING && d->field[FIELD_BIRTH] == ACCESS_NOTHING);
	if (q->use == USE_STAGE)
		assert_int_equal(d->field[FIELD_HMIS_ID], ACCESS_NOTHING);
}

/* Nothing that `less` shows is missing from `more`; a code is what is left of a name. */
static void at_least(const struct access_question *more, const struct access_question *less)
{
	struct access_decision a = decided(more);
	struct access_decision b = decided(less);
	for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++)
		if (f != FIELD_CODE)
			assert_true(a.field[f] >= b.field[f]);
	assert_true(a.named >= b.named);
}

/* The same question with one more reason to see; each must show at least as much. */
static void neighbours(const struct access_question *q)
{
	struct access_question more = *q;
	if (q->covered != COVERED) {
		more.covered = COVERED;
		at_least(&more, q);
	}
	more = *q;
	if (q->working + 1 < WORKINGS_N) {
		more.working = (enum working)(q->working + 1);
		at_least(&more, q);
	}
	/* A narrower or worse release never shows more than a wider one. */
	more = *q;
	if (q->consent + 1 < CONSENTS_N) {
		more.consent = (enum consent)(q->consent + 1);
		at_least(&more, q);
	}
	more = *q;
	more.protected = false;
	at_least(&more, q);
	more = *q;
	more.victim = false;
	at_least(&more, q);
	more = *q;
	more.law = LAW_HMIS;
	at_least(&more, q);
	more = *q;
	more.own = true;
	at_least(&more, q);
	/* No screen, paper, file or mail shows more than the reader's own device. */
	more = *q;
	more.use = USE_DEVICE;
	at_least(&more, q);
}

static void every_question(void **state)
{
	(void)state;
	for (int i = 0; i < QUESTIONS; i++) {
		const struct access_question q = question(i);
		const struct access_decision d = decided(&q);
		check(&q, &d);
		neighbours(&q);
	}
}

/* A release that lapsed, was withdrawn or was refused turns a name into a code and takes nothing else that the list
 * says: the same facts and the same agency trail as where none was ever asked for. */
static void refusal_takes_the_name_alone(void **state)
{
	(void)state;
	for (int i = 0; i < QUESTIONS; i++) {
		struct access_question q = question(i);
		if (q.consent != CONSENT_NONE || q.law != LAW_HMIS)
			continue;
		const struct access_decision none = decided(&q);
		for (enum consent c = CONSENT_REFUSED; c < CONSENT_HERE; c++) {
			q.consent = c;
			const struct access_decision d = decided(&q);
			assert_memory_equal(d.field, none.field, sizeof d.field);
			assert_int_equal(d.named, none.named);
		}
		q.consent = CONSENT_HERE;
		const struct access_decision here = decided(&q);
		assert_true(here.field[FIELD_FACTS] == none.field[FIELD_FACTS]);
		assert_true(here.field[FIELD_PLACE] == none.field[FIELD_PLACE]);
	}
}

/* The room's screen, for every two questions of a sample and for three at once. */
static void the_stage_shows_the_least(void **state)
{
	(void)state;
	enum { STEP = 977 }; /* prime, so that all values of all parts come by */
	for (int i = 0; i < QUESTIONS; i += STEP)
		for (int k = i; k < QUESTIONS; k += 3 * STEP) {
			struct access_question q[3] = {question(i), question(k), question((i + k) / 2)};
			struct access_decision each[3];
			struct access_decision all;
			bool seen = true, named = true;
			for (int j = 0; j < 3; j++) {
				q[j].use = USE_STAGE;
				each[j] = decided(&q[j]);
				seen = seen && sees_people(q[j].role);
				named = named && may_name(&q[j]);
			}
			access_stage(each, 3, &all);
			assert_int_equal(all.named, named);
			assert_int_equal(all.field[FIELD_CODE], seen && !named ? ACCESS_FULL : ACCESS_NOTHING);
			for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++)
				for (int j = 0; f != FIELD_CODE && j < 3; j++)
					assert_true(all.field[f] <= each[j].field[f]);
			assert_true(strlen(all.reason) > 10);
		}
	struct access_decision nobody;
	memset(&nobody, 0xFF, sizeof nobody);
	access_stage(NULL, 0, &nobody);
	assert_false(nobody.named);
	for (enum access_field f = 0; f < ACCESS_FIELDS_N; f++)
		assert_int_equal(nobody.field[f], ACCESS_NOTHING);
}

/* No signature, no list; a guest of a conference is let in, and reads codes. */
static void the_list_is_closed_without_a_signature(void **state)
{
	(void)state;
	for (int c = -1; c <= CAPABILITIES_N; c++)
		for (enum covered covered = 0; covered < COVERED_N; covered++) {
			bool there = c > CAN_NOTHING && c < CAPABILITIES_N;
			bool meeting = c == CAN_CONFERENCE || c == CAN_CONFERENCE_PLAN || c == CAN_RECORD;
			bool list = there && capability_table[c].person && !meeting;
			assert_int_equal(access_list_open(c, covered), there && (covered == COVERED || !list));
			assert_false(covered != COVERED && (c == CAN_LIST || c == CAN_MATCH || c == CAN_MOVE) &&
				     access_list_open(c, covered));
			assert_int_equal(strlen(covered_say(covered)) > 10, covered != COVERED);
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
			/* Lead agencies, administrators and privacy officers reach nothing with a person on it. */
			if (role == ROLE_LEAD || role == ROLE_ADMINISTRATOR || role == ROLE_PRIVACY)
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
		cmocka_unit_test(every_question),
		cmocka_unit_test(refusal_takes_the_name_alone),
		cmocka_unit_test(the_stage_shows_the_least),
		cmocka_unit_test(the_list_is_closed_without_a_signature),
		cmocka_unit_test(capabilities),
		cmocka_unit_test(recording_is_for_those_who_see_people),
		cmocka_unit_test(role_words),
		cmocka_unit_test(small_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
