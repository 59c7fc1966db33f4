/* Spans of nights, and nights recorded and self-reported as of 2025-12-31. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/night_set.h"
#include "domain/nights.h"

enum { STAYS = 4, SEEN = 4, LINES = 6 };

static struct day on(const char *text)
{
	struct day day = DAY_NONE;
	assert_true(text == NULL || day_parse(str_from(text), &day));
	return day;
}

/* ---- spans: digits are days, so "1-3 5" are days 1 to 3 and day 5 ---- */

static struct spans spans_of(struct arena *a, const char *text)
{
	struct spans s = {0};
	struct str rest = str_from(text);
	while (rest.n > 0) {
		struct str one;
		(void)str_cut(rest, ' ', &one, &rest);
		struct str first;
		struct str last;
		int64_t from;
		int64_t to;
		bool range = str_cut(one, '-', &first, &last);
		assert_true(str_to_i64(first, &from) && str_to_i64(range ? last : first, &to));
		spans_add(a, &s, (struct day){(int32_t)from}, (struct day){(int32_t)to});
	}
	return s;
}

static void spans_are(struct arena *a, const char *what, const struct spans *got, const char *want)
{
	struct spans w = spans_of(a, want);
	bool same = got->n == w.n;
	for (size_t i = 0; same && i < w.n; i++)
		same = got->of[i].first.n == w.of[i].first.n && got->of[i].last.n == w.of[i].last.n;
	if (!same)
		fail_msg("%s: not %s", what, want);
}

static void spans_hold(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	static const struct {
		const char *of, *settled, *cut, *left, *bridged;
	} list[] = {
		{"", "", "", "", ""},
		{"3-1", "", "1-9", "", ""},
		{"1", "1", "", "1", "1"},
		{"5-6 1-2", "1-2 5-6", "2-5", "1 6", "1-6"},
		{"1-2 3-4", "1-4", "2-3", "1 4", "1-4"},
		{"1-9 2-3", "1-9", "1-9", "", "1-9"},
		{"1-9 12-20", "1-9 12-20", "5-15", "1-4 16-20", "1-20"},
		{"1-9", "1-9", "3 5-6", "1-2 4 7-9", "1-9"},
		{"1 5", "1 5", "", "1 5", "1-5"},
		{"1 6", "1 6", "", "1 6", "1 6"},
		{"1 4 9", "1 4 9", "0 10", "1 4 9", "1-4 9"},
	};
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		struct spans s = spans_of(a, list[i].of);
		struct spans cut = spans_of(a, list[i].cut);
		struct spans left = {0};
		spans_settle(&s);
		spans_settle(&cut);
		spans_are(a, list[i].of, &s, list[i].settled);
		spans_cut(a, &s, &cut, &left);
		spans_are(a, list[i].of, &left, list[i].left);
		spans_bridge(&s, 4);
		spans_are(a, list[i].of, &s, list[i].bridged);
	}
	struct spans many = {0};
	for (int i = 100; i > 0; i--)
		spans_add(a, &many, (struct day){3 * i}, (struct day){3 * i});
	spans_settle(&many);
	assert_int_equal(many.n, 100);
	assert_int_equal(many.of[0].first.n, 3);
	assert_int_equal(spans_nights(&many, (struct day){4}, (struct day){12}), 3);
	arena_free(&a);
}

/* Sets of nights say the same as spans do, of random pieces that may begin before the window and end after it. */
static void sets_are_spans(void **state)
{
	(void)state;
	enum { ROUNDS = 2000, PIECES = 12, LONGEST = 200, NIGHTS = 1097 };
	struct arena *a = arena_new("test", 1 << 20);
	uint32_t dice = 1;
	const struct day first = {19000};
	const struct day last = {19000 + NIGHTS - 1};
	for (int round = 0; round < ROUNDS; round++) {
		struct night_set sets[2] = {{.first = first, .last = last}, {.first = first, .last = last}};
		struct spans spans[2] = {{0}, {0}};
		for (int i = 0; i < PIECES; i++) {
			dice = dice * 1664525 + 1013904223;
			struct day from = {first.n - LONGEST + (int32_t)(dice >> 12) % (NIGHTS + 2 * LONGEST)};
			struct day to = {from.n + (int32_t)(dice >> 8) % (round % LONGEST + 2) - 1};
			night_set_add(&sets[i % 2], from, to);
			spans_add(a, &spans[i % 2], day_max(from, first), to.n < last.n ? to : last);
		}
		struct spans want = {0};
		struct spans got = {0};
		spans_settle(&spans[0]);
		spans_settle(&spans[1]);
		spans_cut(a, &spans[0], &spans[1], &want);
		night_set_cut(&sets[0], &sets[1]);
		assert_int_equal(night_set_count(&sets[0]), spans_nights(&want, first, last));
		spans_bridge(&want, NIGHTS_APART);
		night_set_runs(&sets[0], NIGHTS_APART, a, &got);
		assert_int_equal(got.n, want.n);
		for (size_t i = 0; i < got.n; i++) {
			assert_int_equal(got.of[i].first.n, want.of[i].first.n);
			assert_int_equal(got.of[i].last.n, want.of[i].last.n);
		}
		arena_reset(a);
	}
	arena_free(&a);
}

/* ---- nights ---- */

struct stay {
	int type; /* + 1, so that a zeroed one ends the list */
	const char *entry, *exit, *move_in, *street;
	int living, los, before;
	const char *beds[SEEN], *seen[SEEN];
};

struct nights_case {
	const char *what;
	int recorded, said, housed; /* of three years */
	const char *episode[2];
	int episode_recorded, episode_said;
	bool current;
	struct stay stays[STAYS];
	enum night_source lines[LINES];
	size_t lines_n;
};

#define T(type_) .type = (type_) + 1

static const struct nights_case cases[] = {
	{.what = "nothing"},
	{.what = "an open stay, the night of the day included",
	 .recorded = 3,
	 .episode = {"2025-12-29", "2025-12-31"},
	 .episode_recorded = 3,
	 .current = true,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-12-29"}},
	 .lines = {NIGHT_SHELTER},
	 .lines_n = 1},
	{.what = "an exit after the day leaves it open",
	 .recorded = 1,
	 .episode = {"2025-12-31", "2025-12-31"},
	 .episode_recorded = 1,
	 .current = true,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-12-31", .exit = "2026-03-01"}},
	 .lines = {NIGHT_SHELTER},
	 .lines_n = 1},
	{.what = "a stay that begins after the day is not there",
	 .stays = {{T(PROJECT_SHELTER), .entry = "2026-01-01"}}},
	{.what = "the night of exit does not count; a union, not a sum",
	 .recorded = 92,
	 .episode = {"2023-10-15", "2024-01-14"},
	 .episode_recorded = 92,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-10-15", .exit = "2023-12-15"},
		   {T(PROJECT_SHELTER), .entry = "2023-11-15", .exit = "2024-01-15"}},
	 .lines = {NIGHT_SHELTER, NIGHT_SHELTER},
	 .lines_n = 2},
	{.what = "what was said before entry, where it is not recorded",
	 .recorded = 9,
	 .said = 10,
	 .episode = {"2025-01-01", "2025-01-19"},
	 .episode_recorded = 9,
	 .episode_said = 10,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-01-11", .exit = "2025-01-16", .street = "2025-01-01"},
		   {T(PROJECT_SAFE_HAVEN), .entry = "2025-01-16", .exit = "2025-01-20", .street = "2025-01-05"}},
	 .lines = {NIGHT_SHELTER, NIGHT_SAID, NIGHT_SHELTER, NIGHT_SAID},
	 .lines_n = 4},
	{.what = "bed nights in night-by-night shelter alone, within the stay; seen anywhere",
	 .recorded = 4,
	 .episode = {"2025-02-20", "2025-02-20"},
	 .episode_recorded = 1,
	 .stays = {{T(PROJECT_NIGHT_SHELTER), .entry = "2025-02-01", .exit = "2025-03-01",
		    .beds = {"2025-01-31", "2025-02-01", "2025-02-02", "2025-03-01"}, .seen = {"2025-02-10"}},
		   {T(PROJECT_COORDINATED), .entry = "2025-02-01", .beds = {"2025-02-15"},
		    .seen = {"2025-02-20", "2026-01-01"}}},
	 .lines = {NIGHT_BED, NIGHT_SEEN, NIGHT_SEEN},
	 .lines_n = 3},
	{.what = "housing that was entered from homelessness, until the move-in; then housed",
	 .recorded = 10,
	 .housed = 21,
	 .episode = {"2025-03-01", "2025-03-10"},
	 .episode_recorded = 10,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-03-01", .exit = "2025-04-01", .move_in = "2025-03-11",
		    .living = 116}},
	 .lines = {NIGHT_WAITING, NIGHT_HOUSED},
	 .lines_n = 2},
	{.what = "also after a short stay in an institution that followed it; open",
	 .recorded = 31,
	 .episode = {"2025-12-01", "2025-12-31"},
	 .episode_recorded = 31,
	 .current = true,
	 .stays = {{T(PROJECT_HOUSING), .entry = "2025-12-01", .living = 204, .los = 3, .before = 1}},
	 .lines = {NIGHT_WAITING},
	 .lines_n = 1},
	{.what = "not from a home of one's own; a move-in after the day is not there",
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-12-01", .move_in = "2026-02-01", .living = 410, .los = 5}}},
	{.what = "transitional housing and housed nights take away from everything",
	 .recorded = 4,
	 .said = 2,
	 .housed = 2,
	 .episode = {"2025-05-01", "2025-05-12"},
	 .episode_recorded = 4,
	 .episode_said = 2,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-05-03", .exit = "2025-05-13", .street = "2025-05-01"},
		   {T(PROJECT_TRANSITIONAL), .entry = "2025-05-05", .exit = "2025-05-09"},
		   {T(PROJECT_SUPPORTIVE), .entry = "2025-05-09", .exit = "2025-05-11", .move_in = "2025-05-09",
		    .living = 435, .los = 5}},
	 .lines = {NIGHT_SHELTER, NIGHT_SAID, NIGHT_TRANSITIONAL, NIGHT_HOUSED},
	 .lines_n = 4},
	{.what = "three years begin on 1 January 2023; an episode may be longer",
	 .recorded = 31,
	 .episode = {"2022-12-01", "2023-01-31"},
	 .episode_recorded = 62,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2022-12-01", .exit = "2023-02-01"}},
	 .lines = {NIGHT_SHELTER},
	 .lines_n = 1},
	{.what = "7 days apart are one episode, and it may still go on",
	 .recorded = 2,
	 .episode = {"2025-12-17", "2025-12-24"},
	 .episode_recorded = 2,
	 .current = true,
	 .stays = {{T(PROJECT_OUTREACH), .entry = "2025-12-17", .seen = {"2025-12-17", "2025-12-24"}}},
	 .lines = {NIGHT_SEEN, NIGHT_SEEN},
	 .lines_n = 2},
	{.what = "8 days are two, and the latest is over",
	 .recorded = 2,
	 .episode = {"2025-12-23", "2025-12-23"},
	 .episode_recorded = 1,
	 .stays = {{T(PROJECT_OUTREACH), .entry = "2025-12-15", .seen = {"2025-12-15", "2025-12-23"}}},
	 .lines = {NIGHT_SEEN, NIGHT_SEEN},
	 .lines_n = 2},
};

static void nights_are(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct nights_case *c = &cases[i];
		struct night_stay stays[STAYS];
		size_t n = 0;
		for (; n < STAYS && c->stays[n].type > 0; n++) {
			const struct stay *s = &c->stays[n];
			struct night_seen *seen = arena_many(a, 2 * SEEN, struct night_seen);
			stays[n] = (struct night_stay){.type = s->type - 1,
						       .entry = on(s->entry),
						       .exit = on(s->exit),
						       .move_in = on(s->move_in),
						       .to_street = on(s->street),
						       .said = on(s->street),
						       .living = s->living,
						       .los = s->los,
						       .from_street = s->before,
						       .seen = seen};
			for (size_t k = 0; k < SEEN && s->beds[k] != NULL; k++)
				seen[stays[n].seen_n++] = night_seen(on(s->beds[k]), NIGHT_KIND_BED);
			for (size_t k = 0; k < SEEN && s->seen[k] != NULL; k++)
				seen[stays[n].seen_n++] = night_seen(on(s->seen[k]), NIGHT_KIND_STREET);
		}
		struct nights got;
		nights_work(a, stays, n, on("2025-12-31"), &got);
		if (got.years3.recorded != c->recorded || got.years3.said != c->said || got.years3.housed != c->housed)
			fail_msg("%s: %d recorded, %d said, %d housed", c->what, got.years3.recorded, got.years3.said,
				 got.years3.housed);
		int alone = nights_in_window(stays, n, got.years3.first, got.years3.last);
		if (alone != c->recorded + c->said)
			fail_msg("%s: %d nights without the working", c->what, alone);
		if (got.episode.first.n != on(c->episode[0]).n || got.episode.last.n != on(c->episode[1]).n ||
		    got.episode.recorded != c->episode_recorded || got.episode.said != c->episode_said ||
		    got.current != c->current)
			fail_msg("%s: the episode has %d recorded and %d said", c->what, got.episode.recorded,
				 got.episode.said);
		bool same = got.working_n == c->lines_n;
		for (size_t k = 0; same && k < c->lines_n; k++)
			same = got.working[k].source == c->lines[k];
		if (!same)
			fail_msg("%s: the working has %zu lines", c->what, got.working_n);
		arena_reset(a);
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_hold),
		cmocka_unit_test(sets_are_spans),
		cmocka_unit_test(nights_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
