/* What is asked at entry about the time before, from hand-made histories; and the map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "hmis/demo_history.h"
#include "hmis/demo_plants.h"

/* Nights are counted from 10,000; the entry is on 11,000. */
static void test_prior(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct demo_segment segments[4];
		int segments_n;
		int told_times;
		enum project_type type;
		int situation, length, under, previous, street, times, months;
	} cases[] = {
		{"a year outside, into a shelter",
		 {{{10635}, {11000}, 116}},
		 1,
		 0,
		 TYPE_SHELTER,
		 116,
		 5,
		 -1,
		 -1,
		 10635,
		 1,
		 113},
		{"one night outside", {{{10999}, {11000}, 116}}, 1, 0, TYPE_ENTRY, 116, 10, -1, -1, 10999, 1, 101},
		{"from a rented home into a shelter: begins today",
		 {{{10000}, {11000}, 410}},
		 1,
		 0,
		 TYPE_SHELTER,
		 410,
		 5,
		 -1,
		 -1,
		 11000,
		 1,
		 101},
		{"from a rented home into housing: nothing asked",
		 {{{10000}, {11000}, 410}},
		 1,
		 0,
		 TYPE_RRH,
		 410,
		 5,
		 0,
		 -1,
		 INT32_MIN,
		 99,
		 99},
		{"a short hospital stay, from the street",
		 {{{10900}, {10970}, 116}, {{10970}, {11000}, 206}},
		 2,
		 0,
		 TYPE_RRH,
		 206,
		 3,
		 1,
		 1,
		 10900,
		 1,
		 104},
		{"a long jail stay breaks it",
		 {{{10700}, {10900}, 116}, {{10900}, {11000}, 207}},
		 2,
		 0,
		 TYPE_RRH,
		 207,
		 4,
		 0,
		 -1,
		 INT32_MIN,
		 99,
		 99},
		{"five nights with kin are no break",
		 {{{10900}, {10950}, 101}, {{10950}, {10955}, 335}, {{10955}, {11000}, 116}},
		 3,
		 0,
		 TYPE_SHELTER,
		 116,
		 3,
		 -1,
		 -1,
		 10900,
		 1,
		 104},
		{"seven nights are one",
		 {{{10900}, {10950}, 101}, {{10950}, {10957}, 335}, {{10957}, {11000}, 116}},
		 3,
		 0,
		 TYPE_SHELTER,
		 116,
		 3,
		 -1,
		 -1,
		 10957,
		 2,
		 104},
		{"told times are added and capped",
		 {{{10990}, {11000}, 116}},
		 1,
		 3,
		 TYPE_SHELTER,
		 116,
		 2,
		 -1,
		 -1,
		 10990,
		 4,
		 113},
		{"nothing known", {{{0}, {0}, 0}}, 0, 0, TYPE_SHELTER, 99, 99, -1, -1, INT32_MIN, 99, 99},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct demo_history h = {.segments_n = cases[i].segments_n, .told_times = cases[i].told_times};
		memcpy(h.segments, cases[i].segments, sizeof(cases[i].segments));
		struct demo_prior p = demo_prior_of(&h, &(struct demo_stay){.entry = {11000}}, cases[i].type);
		print_message("%s\n", cases[i].what);
		assert_int_equal(p.situation, cases[i].situation);
		assert_int_equal(p.length_of_stay, cases[i].length);
		assert_int_equal(p.under_threshold, cases[i].under);
		assert_int_equal(p.previous_street, cases[i].previous);
		assert_int_equal(p.to_street.n, cases[i].street);
		assert_int_equal(p.times, cases[i].times);
		assert_int_equal(p.months, cases[i].months);
	}
}

static int overlapping_shelters(const struct demo_world *w, const struct demo_history *h)
{
	int n = 0;
	for (int i = 0; i < h->stays_n; i++) {
		for (int j = 0; j < i; j++) {
			const struct demo_stay *a = &h->stays[i];
			const struct demo_stay *b = &h->stays[j];
			bool shelters = w->projects[a->project].type == TYPE_SHELTER &&
					w->projects[b->project].type == TYPE_SHELTER;
			n += shelters && a->entry.n < b->exit.n && b->entry.n < a->exit.n;
		}
	}
	return n;
}

/* Stays in a history fit its household, and the first one is recorded before the world's first export. */
static void test_histories_are_whole(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	const struct demo_world *w = demo_world_make(a);
	struct demo_start start = {.today = {20778}, .newcomer = DAY_NONE};
	int stays = 0;
	int overlaps = 0;
	for (int64_t i = 0; i < 5000; i++) {
		struct demo_history h;
		demo_history_make(w, 9, i, start, &h);
		assert_int_equal(h.family.members_n, demo_family_size(9, i));
		assert_in_range(h.stays_n, 1, STAYS_MAX);
		struct day first = DAY_NONE;
		for (int j = 0; j < h.stays_n; j++) {
			const struct demo_stay *s = &h.stays[j];
			const struct demo_project *p = &w->projects[s->project];
			assert_true(s->entry.n < s->exit.n);
			assert_true(p->audience == AUDIENCE_ANY || p->audience == demo_family_audience(&h.family));
			assert_int_equal(p->region, h.family.region);
			assert_true(s->destination == 435 || s->subsidy == 0);
			first = day_min(first, s->recorded);
		}
		assert_true(first.n <= start.today.n);
		for (int j = 1; j < h.segments_n; j++)
			assert_true(h.segments[j - 1].to.n <= h.segments[j].from.n);
		stays += h.stays_n;
		overlaps += overlapping_shelters(w, &h);
	}
	assert_true(stays > 15000);
	assert_int_equal(overlaps, demo_plant_count(PLANT_OVERLAP, 5000));
	arena_free(&a);
}

static void test_plants_have_places_of_their_own(void **state)
{
	(void)state;
	int64_t seen[PLANT_COUNT] = {0};
	for (int64_t i = 0; i < 2345; i++) {
		enum demo_plant plant = demo_plant_of(i);
		if (plant == PLANT_NONE)
			continue;
		seen[plant]++;
		assert_int_equal(demo_plant_count(plant, i + 1), seen[plant]);
	}
	for (int plant = PLANT_NONE + 1; plant < PLANT_COUNT; plant++) {
		assert_in_range(seen[plant], 2, 3);
		assert_int_equal(demo_plant_count((enum demo_plant)plant, 2345), seen[plant]);
	}
}

static void test_map(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	const struct demo_world *w = demo_world_make(a);
	int counties[WORLD_REGIONS] = {0};
	for (int i = 0; i < WORLD_COUNTIES; i++) {
		if (w->counties[i].region >= 0)
			counties[w->counties[i].region]++;
		for (int j = 0; j < i; j++)
			assert_false(str_eq(w->counties[i].name, w->counties[j].name));
	}
	for (int i = 0; i < WORLD_REGIONS; i++)
		assert_in_range(counties[i], 9, 11);
	for (int i = 0; i < w->projects_n; i++) {
		const struct demo_project *p = &w->projects[i];
		for (int j = 0; j < i; j++)
			assert_false(str_eq(p->id, w->projects[j].id));
		bool placed = p->region >= 0 && p->county >= 0 && w->counties[p->county].region >= 0;
		assert_true(!placed || w->counties[p->county].region == p->region);
	}
	assert_true(demo_project_find(w, 0, TYPE_SAFE_HAVEN, AUDIENCE_ADULTS, 0) >= 0);
	assert_int_equal(demo_project_find(w, 1, TYPE_SAFE_HAVEN, AUDIENCE_ADULTS, 0), -1);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prior),
		cmocka_unit_test(test_histories_are_whole),
		cmocka_unit_test(test_plants_have_places_of_their_own),
		cmocka_unit_test(test_map),
	};
	return cmocka_run_group_tests_name("hmis_demo_history", tests, NULL, NULL);
}
