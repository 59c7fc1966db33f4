/* Households that a person split stay apart, whatever an export says: domain/household_apart.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/household_apart.h"
#include "domain/spell.h"

enum { DAY = 20000, PARTED = DAY - 30, START = DAY - 900 };

static struct day d(int n)
{
	return (struct day){n};
}

struct family {
	struct roster *r;
	uint32_t shelter, housing;
	uint32_t stay[8];
	uint32_t stays_n;
};

static uint32_t person(struct family *f, int born)
{
	uint32_t p = roster_add_person(f->r);
	f->r->people[p].birth = d(born);
	return p;
}

static uint32_t stays(struct family *f, uint32_t who, uint32_t group, int entry, int relation)
{
	uint32_t s = roster_add_stay(f->r, who, group, f->shelter, d(entry));
	f->r->stays[s].relation = (uint8_t)relation;
	return s;
}

static void begin(struct family *f)
{
	*f = (struct family){.r = roster_new(d(DAY), d(DAY), &rules_default)};
	assert_non_null(f->r);
	f->shelter = roster_add_project(f->r, PROJECT_SHELTER);
	f->housing = roster_add_project(f->r, PROJECT_RAPID);
}

static bool together(const struct family *f, uint32_t a, uint32_t b)
{
	return f->r->people[a].household == f->r->people[b].household;
}

/* Mother (head), father, child; mother and child leave. One old stay that is still open, by its HouseholdID. */
static void an_old_stay_does_not_join_them(void **state)
{
	(void)state;
	struct family f;
	for (int split = 0; split <= 1; split++) {
		begin(&f);
		uint32_t mother = person(&f, 5000), father = person(&f, 4000), child = person(&f, 17000);
		stays(&f, mother, 0, DAY - 200, RELATION_HEAD);
		stays(&f, father, 0, DAY - 200, 3);
		stays(&f, child, 0, DAY - 200, 2);
		if (split) {
			roster_part(f.r, mother, 1, d(PARTED), d(START));
			roster_part(f.r, child, 1, d(PARTED), d(START));
			roster_part(f.r, father, 2, d(PARTED), d(START));
		}
		roster_settle(f.r);
		assert_true(together(&f, mother, child));
		assert_int_equal(together(&f, mother, father), !split);
		roster_free(&f.r);
	}
}

/* The one who leaves with a child is not the head: the child follows who left. */
static void a_child_goes_with_who_left(void **state)
{
	(void)state;
	struct family f;
	begin(&f);
	uint32_t father = person(&f, 4000), mother = person(&f, 5000), child = person(&f, 17000);
	stays(&f, father, 0, DAY - 200, RELATION_HEAD);
	stays(&f, mother, 0, DAY - 200, 3);
	stays(&f, child, 0, DAY - 200, 2);
	roster_part(f.r, mother, 1, d(PARTED), d(START));
	roster_part(f.r, child, 1, d(PARTED), d(START));
	roster_part(f.r, father, 2, d(PARTED), d(START));
	roster_settle(f.r);
	assert_true(together(&f, mother, child));
	assert_false(together(&f, father, mother));
	assert_int_equal(f.r->people[child].household, mother);
	roster_free(&f.r);
}

/* A new stay under one new HouseholdID; a newborn of no party is with its head. */
static void a_new_stay_does_not_join_them(void **state)
{
	(void)state;
	struct family f;
	begin(&f);
	uint32_t a = person(&f, 4000), b = person(&f, 5000), born = person(&f, DAY - 20);
	stays(&f, a, 0, DAY - 200, RELATION_HEAD);
	stays(&f, b, 0, DAY - 200, 3);
	stays(&f, b, 1, DAY - 10, RELATION_HEAD);
	stays(&f, a, 1, DAY - 10, 3);
	stays(&f, born, 1, DAY - 10, 2);
	roster_part(f.r, b, 1, d(PARTED), d(START));
	roster_part(f.r, a, 2, d(PARTED), d(START));
	roster_settle(f.r);
	assert_false(together(&f, a, b));
	assert_true(together(&f, b, born));
	roster_free(&f.r);
}

/* By way of somebody else: one grandmother heads a stay with each of them. With one of them alone she is a family. */
static void somebody_else_does_not_join_them(void **state)
{
	(void)state;
	struct family f;
	for (int both = 0; both <= 1; both++) {
		begin(&f);
		uint32_t a = person(&f, 4000), b = person(&f, 5000), grandmother = person(&f, 1000);
		stays(&f, a, 0, DAY - 200, RELATION_HEAD);
		stays(&f, b, 0, DAY - 200, 3);
		stays(&f, grandmother, 1, DAY - 12, RELATION_HEAD);
		stays(&f, b, 1, DAY - 12, 4);
		if (both) {
			stays(&f, grandmother, 2, DAY - 10, RELATION_HEAD);
			stays(&f, a, 2, DAY - 10, 4);
		}
		roster_part(f.r, b, 1, d(PARTED), d(START));
		roster_part(f.r, a, 2, d(PARTED), d(START));
		roster_settle(f.r);
		assert_false(together(&f, a, b));
		assert_int_equal(together(&f, b, grandmother), !both);
		assert_false(together(&f, a, grandmother));
		roster_free(&f.r);
	}
}

/* The head's move-in after the day is no move-in of who left; one before it was. */
static void a_later_move_in_is_not_shared(void **state)
{
	(void)state;
	static const struct {
		int move_in;
		bool split, housed;
	} cases[] = {
		{PARTED - 1, true, true}, {PARTED, true, false}, {PARTED + 5, true, false}, {PARTED + 5, false, true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct family f;
		begin(&f);
		uint32_t a = person(&f, 4000), b = person(&f, 5000);
		uint32_t s = roster_add_stay(f.r, a, 0, f.housing, d(DAY - 100));
		f.r->stays[s].relation = RELATION_HEAD;
		f.r->stays[s].move_in = d(cases[i].move_in);
		uint32_t t = roster_add_stay(f.r, b, 0, f.housing, d(DAY - 100));
		f.r->stays[t].relation = 3;
		if (cases[i].split) {
			roster_part(f.r, b, 1, d(PARTED), d(START));
			roster_part(f.r, a, 2, d(PARTED), d(START));
		}
		roster_settle(f.r);
		assert_int_equal(day_known(f.r->stays[t].move_in), cases[i].housed);
		roster_free(&f.r);
	}
}

/* Both keep the older start, as long as that spell lasts; a list of a day before the split knows nothing of it. */
static void both_keep_the_older_start(void **state)
{
	(void)state;
	struct family f;
	begin(&f);
	uint32_t a = person(&f, 4000), b = person(&f, 5000);
	stays(&f, a, 0, DAY - 400, RELATION_HEAD);
	stays(&f, b, 1, DAY - 100, RELATION_HEAD);
	roster_part(f.r, b, 1, d(PARTED), d(START));
	roster_part(f.r, a, 2, d(PARTED), d(START));
	roster_settle(f.r);
	spell_share(f.r, 0, 1);
	assert_int_equal(spell_shared_start(f.r, a).n, START);
	assert_int_equal(spell_shared_start(f.r, b).n, START);
	roster_free(&f.r);

	begin(&f);
	a = person(&f, 4000);
	stays(&f, a, 0, PARTED + 3, RELATION_HEAD);
	roster_part(f.r, a, 1, d(PARTED), d(START));
	roster_settle(f.r);
	spell_share(f.r, 0, 1);
	assert_int_equal(spell_shared_start(f.r, a).n, PARTED + 3);
	roster_free(&f.r);

	begin(&f);
	a = person(&f, 4000);
	roster_part(f.r, a, 1, d(DAY + 1), d(START));
	assert_int_equal(f.r->people[a].party, 0);
	roster_free(&f.r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_old_stay_does_not_join_them), cmocka_unit_test(a_child_goes_with_who_left),
		cmocka_unit_test(a_new_stay_does_not_join_them),  cmocka_unit_test(somebody_else_does_not_join_them),
		cmocka_unit_test(a_later_move_in_is_not_shared),  cmocka_unit_test(both_keep_the_older_start),
	};
	return cmocka_run_group_tests_name("household_apart", tests, NULL, NULL);
}
