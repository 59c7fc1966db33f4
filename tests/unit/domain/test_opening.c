/* Openings: what one is on a day, how long it stood empty, whom it is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/filter.h"
#include "domain/opening.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NEVER = 999 };

static struct day day_in(int days)
{
	return days == NEVER ? DAY_NONE : day_add((struct day){20600}, days);
}

static void states_and_empty_days(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		int from, confirmed, ended;
		bool filled;
		enum opening_state want;
		int vacant;
	} rows[] = {
		{"open today", 0, 0, NEVER, false, OPENING_NOW, 0},
		{"open for a week", -7, 0, NEVER, false, OPENING_NOW, 7},
		{"from tomorrow on", 1, 0, NEVER, false, OPENING_FORECAST, 0},
		{"confirmed a week ago", -30, -7, NEVER, false, OPENING_NOW, 30},
		{"the day after that it is asked about", -30, -8, NEVER, false, OPENING_ASK, 30},
		{"for two weeks", -30, -14, NEVER, false, OPENING_ASK, 30},
		{"then nobody is matched to it", -30, -15, NEVER, false, OPENING_STALE, 30},
		{"a forecast grows old too", 10, -15, NEVER, false, OPENING_STALE, 0},
		{"filled", -30, -2, -10, true, OPENING_FILLED, 20},
		{"withdrawn before it was open", 10, 0, 0, false, OPENING_WITHDRAWN, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct opening_times t = {day_in(rows[i].from), day_in(rows[i].confirmed), day_in(rows[i].ended),
						rows[i].filled};
		enum opening_state got = opening_state(&t, day_in(0));
		if (got != rows[i].want)
			print_error("%s: %s\n", rows[i].what, opening_state_say(got));
		assert_int_equal(got, rows[i].want);
		assert_int_equal(opening_vacant(&t, day_in(0)), rows[i].vacant);
		assert_int_equal(opening_offered(got), got <= OPENING_ASK);
	}
}

/* Each rule is a filter that reads back as itself. */
static void rules_are_filters(void **state)
{
	(void)state;
	static const struct {
		struct opening_choice c;
		const char *rule, *say;
	} rows[] = {
		{{0}, "", ""},
		{{.people_most = 4}, "members<=4", "people: 4 or fewer"},
		{{.people_least = 2}, "members>=2", "people: 2 or more"},
		{{.people_least = 2, .people_most = 4}, "members:2..4", "people: 2 to 4"},
		{{.chronic = true, .veteran = true}, "chronic:verified,likely veteran:yes", NULL},
		{{.children = true, .extra = S("months>=12")}, "type:family months>=12", NULL},
		{{.youth = true, .extra = S("  -missing:photo_id ")}, "group:youth -missing:photo_id", NULL},
	};
	struct arena *a = arena_new("test", 1 << 20);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter *f;
		struct str rule = opening_rule(a, &rows[i].c);
		assert_string_equal(str_c(a, rule), rows[i].rule);
		assert_null(filter_parse(a, rule, &(struct filter_names){0}, &f));
		assert_int_equal(f->words.n, 0);
		if (rows[i].say != NULL)
			assert_string_equal(str_c(a, filter_say(a, f)), rows[i].say);
	}
	arena_free(&a);
}

static void a_forecast_falls_into_its_window(void **state)
{
	(void)state;
	static const struct {
		int days, window;
	} rows[] = {{-400, 0}, {-1, 0}, {0, 0}, {1, 1}, {30, 1}, {31, 2}, {60, 2}, {61, 3}, {90, 3}, {91, 4}, {900, 4}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(opening_window(day_in(rows[i].days), day_in(0)), rows[i].window);
}

static void two_people_a_bedroom(void **state)
{
	(void)state;
	static const int rooms[] = {2, 2, 4, 6, 8};
	for (size_t i = 0; i < COUNT(rooms); i++)
		assert_int_equal(opening_room((int)i), rooms[i]);
}

static void homes_of_an_inventory(void **state)
{
	(void)state;
	const struct day today = {20000};
	static const struct {
		struct opening_stock rows[2];
		size_t n;
		int homes;
	} cases[] = {
		{{{0}}, 0, 0},
		{{{.units = 5, .beds = 12, .from = {19000}, .until = DAY_NONE}}, 1, 5},
		{{{.beds = 12, .from = {20000}, .until = {20000}}}, 1, 12}, /* beds where no units are given */
		{{{.units = 5, .from = {20001}, .until = DAY_NONE}}, 1, 0}, /* not yet */
		{{{.units = 5, .from = DAY_NONE, .until = {19999}}}, 1, 0}, /* not any more */
		{{{.units = 5, .from = DAY_NONE, .until = DAY_NONE}, {.units = 2, .from = {19000}, .until = DAY_NONE}},
		 2,
		 7},
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(opening_homes(cases[i].rows, cases[i].n, today), cases[i].homes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_and_empty_days),
		cmocka_unit_test(rules_are_filters),
		cmocka_unit_test(a_forecast_falls_into_its_window),
		cmocka_unit_test(two_people_a_bedroom),
		cmocka_unit_test(homes_of_an_inventory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
