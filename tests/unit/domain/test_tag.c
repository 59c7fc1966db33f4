/* What a household is counted with: who is young or old, who is enrolled where, who could be housed in what. */
#include "history.h"

#include "domain/tag.h"

#define BIT(tag) (UINT32_C(1) << (tag))
#define CHANCES (BIT(TAG_FOR_RAPID) | BIT(TAG_FOR_TRANSITIONAL))

enum { TODAY = 1000, MEMBERS = 3 };

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 64 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* One household that entered a project 100 days ago, and was there until `exit` days ago (0: still is). */
static const struct tag_case {
	const char *what;
	int ages[MEMBERS]; /* −1: not known; 0 ends the list */
	enum project_type type;
	int exit, destination;
	int disabling;
	uint32_t tags;
} cases[] = {
	{"a man of 40 in shelter", {40}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"of 24", {24}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_YOUTH) | BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"of 25", {25}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"of 54", {54}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"of 55", {55}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_OLDER) | BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"of unknown age", {-1}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"a young mother with her child",
	 {22, 3},
	 PROJECT_SHELTER,
	 0,
	 0,
	 0,
	 BIT(TAG_YOUTH) | BIT(TAG_FAMILY) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"with her mother",
	 {22, 3, 56},
	 PROJECT_SHELTER,
	 0,
	 0,
	 0,
	 BIT(TAG_OLDER) | BIT(TAG_FAMILY) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"a couple", {40, 41}, PROJECT_SHELTER, 0, 0, 0, BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SHELTER) | CHANCES},
	{"a disabling condition",
	 {40},
	 PROJECT_SAFE_HAVEN,
	 0,
	 0,
	 CODE_YES,
	 BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_SAFE_HAVEN) | CHANCES | BIT(TAG_FOR_SUPPORTIVE)},
	{"the same in transitional housing",
	 {40},
	 PROJECT_TRANSITIONAL,
	 0,
	 0,
	 CODE_YES,
	 BIT(TAG_INDIVIDUAL) | BIT(TAG_IN_TRANSITIONAL) | BIT(TAG_FOR_SUPPORTIVE)},
	{"went home: enrolled nowhere, for nothing", {40}, PROJECT_SHELTER, 10, 410, CODE_YES, BIT(TAG_INDIVIDUAL)},
};

static uint32_t tags_of(const struct tag_case *c)
{
	struct roster *r = roster_new(on(TODAY), on(TODAY), &rules_default);
	uint32_t project = roster_add_project(r, c->type);
	for (int i = 0; i < MEMBERS && c->ages[i] != 0; i++) {
		uint32_t person = roster_add_person(r);
		if (c->ages[i] > 0)
			r->people[person].birth = day_add_years(on(TODAY), -c->ages[i]);
		uint32_t stay = roster_add_stay(r, person, 0, project, on(TODAY - 100));
		r->stays[stay].relation = i == 0 ? RELATION_HEAD : 2;
		r->stays[stay].disabling = (uint8_t)c->disabling;
		if (c->exit > 0) {
			r->stays[stay].exit = on(TODAY - c->exit);
			r->stays[stay].destination = (uint16_t)c->destination;
		}
	}
	roster_settle(r);
	struct listing list;
	listing_build(r, arena, &priority_default, LISTING_EVERYWHERE, &list);
	assert_int_equal(list.n, 1);
	uint32_t tags = list.rows[0].tags;
	roster_free(&r);
	arena_reset(arena);
	return tags;
}

static void a_household_has_its_tags(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (tags_of(&cases[i]) != cases[i].tags)
			fail_msg("%s: %x and not %x", cases[i].what, tags_of(&cases[i]), cases[i].tags);
}

static void parts_are_bits_from_zero(void **state)
{
	(void)state;
	uint32_t tags = BIT(TAG_OLDER) | BIT(TAG_IN_OUTREACH) | BIT(TAG_IN_SERVICES) | BIT(TAG_FOR_DEDICATED);
	assert_int_equal(tag_part(tags, TAG_YOUTH, TAG_GROUPS_N), 1 << 1);
	assert_int_equal(tag_part(tags, TAG_IN_OUTREACH, TAG_ENROLLMENTS_N), 1 | 1 << (TAG_ENROLLMENTS_N - 1));
	assert_int_equal(tag_part(tags, TAG_FOR_RAPID, TAG_CHANCES_N), 1 << (TAG_CHANCES_N - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_household_has_its_tags),
		cmocka_unit_test(parts_are_bits_from_zero),
	};
	return cmocka_run_group_tests_name("tag", tests, with_arena, without_arena);
}
