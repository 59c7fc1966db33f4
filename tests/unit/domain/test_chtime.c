/* CHTime, CHTimeStatus and the episodes they are made from. Days are written out; the last active day is
 * 2025-12-31 unless a case says otherwise, so the window begins on 2023-01-01. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/chtime.h"

enum { STAYS = 5, NIGHTS = 4, SPANS = 4 };

static struct day on(const char *text)
{
	struct day day = DAY_NONE;
	assert_true(text == NULL || day_parse(str_from(text), &day));
	return day;
}

struct stay {
	int type;
	const char *entry, *exit, *move_in, *street;
	int living, los, before, times, months;
	const char *beds[NIGHTS];
};

struct chtime_case {
	const char *what;
	int time, status;
	const char *episodes[SPANS][2];
	struct stay stays[STAYS]; /* type + 1, so that a zeroed one ends the list */
	const char *last;
	bool neither;
	enum chtime_gap gap;
};

/* Answers that are complete and say nothing more. */
#define KNOWN .living = 101, .los = 10, .times = 1, .months = 101
#define T(type_) .type = (type_) + 1

static const struct chtime_case cases[] = {
	{.what = "nobody's enrollments", .time = 0, .status = -1},
	{.what = "neither head nor adult",
	 .time = -1,
	 .status = -1,
	 .neither = true,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", KNOWN, .street = "2023-12-01"}}},
	{.what = "the night of exit does not count, nor does a stay without a night",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-09"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-01-10", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_SHELTER), .entry = "2024-03-01", .exit = "2024-03-01", KNOWN, .street = "2024-03-01"}}},
	{.what = "an open stay reaches to the last day",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2025-12-30", "2025-12-31"}},
	 .stays = {{T(PROJECT_SAFE_HAVEN), .entry = "2025-12-30", KNOWN, .street = "2025-12-30"}}},
	{.what = "7 days apart join",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-20"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-01-11", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_SHELTER), .entry = "2024-01-17", .exit = "2024-01-21", KNOWN, .street = "2024-01-17"}}},
	{.what = "8 days apart do not",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-10"}, {"2024-01-18", "2024-01-20"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-01-11", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_SHELTER), .entry = "2024-01-18", .exit = "2024-01-21", KNOWN, .street = "2024-01-18"}}},
	{.what = "7 days apart join over a leap day",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-02-26", "2024-03-04"}},
	 .stays = {{T(PROJECT_NIGHT_SHELTER), .entry = "2024-02-01", .exit = "2024-04-01", KNOWN,
		    .street = "2024-02-01", .beds = {"2024-02-26", "2024-03-04"}}},
	 .last = "2025-12-31"},
	{.what = "bed nights alone, and those within the stay, make a stay in night-by-night shelter",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-05-01", "2024-05-01"}, {"2024-05-20", "2024-05-20"}},
	 .stays = {{T(PROJECT_NIGHT_SHELTER), .entry = "2024-05-01", .exit = "2024-06-01", KNOWN,
		    .street = "2024-05-01", .beds = {"2024-04-30", "2024-05-01", "2024-05-20", "2024-06-01"}}}},
	{.what = "joined also over days that are taken away",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-31"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-02-01", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_TRANSITIONAL), .entry = "2024-01-10", .exit = "2024-01-16", KNOWN,
		    .street = "2024-01-10"}}},
	{.what = "a week taken away parts them",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-09"}, {"2024-01-17", "2024-01-31"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-02-01", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_TRANSITIONAL), .entry = "2024-01-10", .exit = "2024-01-17", KNOWN,
		    .street = "2024-01-10"}}},
	{.what = "housed takes away from the move-in to the day before exit",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-01-09"}, {"2024-02-10", "2024-02-28"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-02-29", KNOWN, .street = "2024-01-01"},
		   {T(PROJECT_RAPID), .entry = "2024-01-05", .exit = "2024-02-10", .move_in = "2024-01-10", KNOWN,
		    .street = "2024-01-05"}}},
	{.what = "the first day of the window counts, the day before does not",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2023-01-01", "2023-01-04"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2022-12-01", .exit = "2023-01-05", KNOWN, .street = "2022-12-01"}}},
	{.what = "what was said at an entry on the first day of the window does not count",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2023-01-01", "2023-01-04"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-01-01", .exit = "2023-01-05", KNOWN, .street = "2022-12-01"}}},
	{.what = "on the day after it does, within the window",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2023-01-01", "2023-01-04"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-01-02", .exit = "2023-01-05", KNOWN, .street = "2022-12-01"}}},
	{.what = "a window that ends on 29 February begins on 1 March",
	 .time = 365,
	 .status = 1,
	 .episodes = {{"2021-03-01", "2024-02-29"}},
	 .last = "2024-02-29",
	 .stays = {{T(PROJECT_SHELTER), .entry = "2020-01-01", KNOWN, .street = "2020-01-01"}}},
	{.what = "shelter counts what was said only where the person came from homelessness",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-03-01", "2024-03-09"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-03-01", .exit = "2024-03-10", .street = "2024-01-01",
		    .living = 204, .los = 2, .before = 1, .times = 1, .months = 101}}},
	{.what = "housing counts what was said until the move-in",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-03-19"}},
	 .stays = {{T(PROJECT_SUPPORTIVE), .entry = "2024-03-01", .exit = "2024-06-01", .move_in = "2024-03-20", KNOWN,
		    .street = "2024-01-01"}}},
	{.what = "without a move-in until exit",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-03-31"}},
	 .stays = {{T(PROJECT_RAPID), .entry = "2024-03-01", .exit = "2024-04-01", KNOWN, .street = "2024-01-01"}}},
	{.what = "without either until the last day",
	 .time = 365,
	 .status = 1,
	 .episodes = {{"2024-01-01", "2025-12-31"}},
	 .stays = {{T(PROJECT_RAPID), .entry = "2024-03-01", KNOWN, .street = "2024-01-01"}}},
	{.what = "transitional housing counts what was said before it",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-02-29"}},
	 .stays = {{T(PROJECT_TRANSITIONAL), .entry = "2024-03-01", .exit = "2024-06-01", KNOWN,
		    .street = "2024-01-01"}}},
	{.what = "a few nights elsewhere do not end it",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-02-29"}},
	 .stays = {{T(PROJECT_TRANSITIONAL), .entry = "2024-03-01", .exit = "2024-06-01", .street = "2024-01-01",
		    .living = 335, .los = 11, .before = 1, .times = 1, .months = 101}}},
	{.what = "nor does a stay under 90 days in an institution",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-02-29"}},
	 .stays = {{T(PROJECT_TRANSITIONAL), .entry = "2024-03-01", .exit = "2024-06-01", .street = "2024-01-01",
		    .living = 207, .los = 3, .before = 1, .times = 1, .months = 101}}},
	{.what = "a month elsewhere does",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_TRANSITIONAL), .entry = "2024-03-01", .exit = "2024-06-01", .street = "2024-01-01",
		    .living = 335, .los = 3, .before = 1, .times = 1, .months = 101}}},
	{.what = "365 days, ended within the year",
	 .time = 365,
	 .status = 1,
	 .episodes = {{"2024-01-02", "2024-12-31"}},
	 .last = "2025-12-30",
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-02", .exit = "2025-01-01", KNOWN, .street = "2024-01-02"}}},
	{.what = "ended a year ago to the day",
	 .time = 365,
	 .status = 3,
	 .episodes = {{"2024-01-02", "2024-12-31"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-02", .exit = "2025-01-01", KNOWN, .street = "2024-01-02"}}},
	{.what = "364 days",
	 .time = 270,
	 .status = -1,
	 .episodes = {{"2024-01-03", "2024-12-31"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-03", .exit = "2025-01-01", KNOWN, .street = "2024-01-03"}}},
	{.what = "269 days",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-01-01", "2024-09-25"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-01-01", .exit = "2024-09-26", KNOWN, .street = "2024-01-01"}}},
	{.what = "four times that add up",
	 .time = 365,
	 .status = 2,
	 .episodes = {{"2023-01-01", "2023-06-30"},
		      {"2023-09-01", "2024-01-31"},
		      {"2024-04-01", "2024-04-30"},
		      {"2024-06-01", "2024-06-03"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-01-01", .exit = "2023-07-01", KNOWN, .street = "2023-01-01"},
		   {T(PROJECT_SHELTER), .entry = "2023-09-01", .exit = "2024-02-01", KNOWN, .street = "2023-09-01"},
		   {T(PROJECT_SHELTER), .entry = "2024-04-01", .exit = "2024-05-01", KNOWN, .street = "2024-04-01"},
		   {T(PROJECT_SHELTER), .entry = "2024-06-01", .exit = "2024-06-04", KNOWN, .street = "2024-06-01"}}},
	{.what = "four times of a year by their own word, at an entry within the year",
	 .time = 400,
	 .status = 2,
	 .episodes = {{"2025-01-01", "2025-01-09"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-01-01", .exit = "2025-01-10", .street = "2025-01-01",
		    .living = 101, .los = 10, .times = 4, .months = 112}}},
	{.what = "at an entry before it",
	 .time = 0,
	 .status = -1,
	 .episodes = {{"2024-12-31", "2025-01-09"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-12-31", .exit = "2025-01-10", .street = "2024-12-31",
		    .living = 101, .los = 10, .times = 4, .months = 113}}},
	{.what = "their word comes before a year in fewer than four episodes",
	 .time = 400,
	 .status = 2,
	 .episodes = {{"2023-06-01", "2024-06-01"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-06-01", .exit = "2024-06-02", KNOWN, .street = "2023-06-01"},
		   {T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 5, .times = 4,
		    .months = 113}}},
	{.what = "an enrollment that ended on the first day of the window is not looked at",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2022-06-01", .exit = "2023-01-01", .living = 99, .los = 99}}},
	{.what = "street outreach is no enrollment of this rule",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_OUTREACH), .entry = "2025-06-01", .living = 99, .los = 99, .times = 4, .months = 113}}},
	{.what = "missing, not met: a street date after entry",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_STREET_LATE,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .street = "2025-06-02",
		    .living = 410, .los = 5}}},
	{.what = "missing: no living situation",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_SITUATION,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 99, .los = 5}}},
	{.what = "missing: another living situation",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_SITUATION,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 17, .los = 5}}},
	{.what = "missing: no length of stay",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_LENGTH,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 9}}},
	{.what = "missing: a few nights in housing, after what?",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_BEFORE,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 10,
		    .before = 99}}},
	{.what = "missing: a month in an institution, after what?",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_BEFORE,
	 .stays = {{T(PROJECT_TRANSITIONAL), .entry = "2025-06-01", .exit = "2025-06-01", .living = 206, .los = 3,
		    .before = 8}}},
	{.what = "complete: a month in housing needs no such answer",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 3,
		    .before = 99}}},
	{.what = "complete: nor do a few nights that did not follow homelessness",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 10,
		    .before = 0}}},
	{.what = "missing: no street date, of a few nights that followed homelessness",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_STREET,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 10,
		    .before = 1, .times = 1, .months = 101}}},
	{.what = "missing: no street date, of a shelter stay wherever the person came from",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_STREET,
	 .stays = {{T(PROJECT_SHELTER), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 5,
		    .times = 1, .months = 101}}},
	{.what = "complete: housing entered from transitional housing",
	 .time = 0,
	 .status = -1,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 302, .los = 5}}},
	{.what = "missing: how many times",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_TIMES,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .street = "2025-06-01",
		    .living = 116, .los = 10, .times = 8, .months = 101}}},
	{.what = "missing: how many months",
	 .time = 0,
	 .status = 99,
	 .gap = CHTIME_NO_MONTHS,
	 .stays = {{T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .street = "2025-06-01",
		    .living = 116, .los = 10, .times = 4, .months = 99}}},
	{.what = "missing makes 99 of 365/3 too",
	 .time = 365,
	 .status = 99,
	 .gap = CHTIME_NO_LENGTH,
	 .episodes = {{"2023-06-01", "2024-06-01"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2023-06-01", .exit = "2024-06-02", KNOWN, .street = "2023-06-01"},
		   {T(PROJECT_RAPID), .entry = "2025-06-01", .exit = "2025-06-01", .living = 410, .los = 99}}},
	{.what = "and does not matter to who meets the test",
	 .time = 365,
	 .status = 1,
	 .episodes = {{"2024-06-01", "2025-12-31"}},
	 .stays = {{T(PROJECT_SHELTER), .entry = "2024-06-01", .living = 99, .los = 99}}},
};

static size_t fill(const struct stay *from, struct night_stay *stays, struct night_seen seen[STAYS][NIGHTS])
{
	size_t n = 0;
	for (; n < STAYS && from[n].type > 0; n++) {
		const struct stay *s = &from[n];
		size_t beds = 0;
		for (; beds < NIGHTS && s->beds[beds] != NULL; beds++)
			seen[n][beds] = night_seen(on(s->beds[beds]), NIGHT_KIND_BED);
		stays[n] = (struct night_stay){.type = s->type - 1,
					       .entry = on(s->entry),
					       .exit = on(s->exit),
					       .move_in = on(s->move_in),
					       .to_street = DAY_NONE,
					       .said = on(s->street),
					       .living = s->living,
					       .los = s->los,
					       .from_street = s->before,
					       .times = s->times,
					       .months = s->months,
					       .seen = seen[n],
					       .seen_n = beds};
	}
	return n;
}

static void chtime_is(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct chtime_case *c = &cases[i];
		struct night_stay stays[STAYS];
		struct night_seen seen[STAYS][NIGHTS];
		struct chtime got;
		size_t n = fill(c->stays, stays, seen);
		chtime_work(a, stays, n, on(c->last != NULL ? c->last : "2025-12-31"), !c->neither, &got);
		if (got.time != c->time || got.status != c->status || got.gap != c->gap)
			fail_msg("%s: %d/%d, gap %d", c->what, got.time, got.status, (int)got.gap);
		size_t spans = 0;
		for (; spans < SPANS && c->episodes[spans][0] != NULL; spans++) {
			struct span *e = spans < got.episodes.n ? &got.episodes.of[spans] : NULL;
			char first[DAY_TEXT] = "";
			char last[DAY_TEXT] = "";
			if (e == NULL || e->first.n != on(c->episodes[spans][0]).n ||
			    e->last.n != on(c->episodes[spans][1]).n)
				fail_msg("%s: episode %zu is %s to %s", c->what, spans,
					 e != NULL ? day_text(e->first, first) : "none",
					 e != NULL ? day_text(e->last, last) : "none");
		}
		if (spans != got.episodes.n)
			fail_msg("%s: %zu episodes", c->what, got.episodes.n);
		arena_reset(a);
	}
	arena_free(&a);
}

static void last_active(void **state)
{
	(void)state;
	static const struct {
		const char *what, *last;
		struct stay stays[STAYS];
	} list[] = {
		{.what = "no enrollment", .last = "2025-12-31"},
		{.what = "an open stay", .last = "2025-12-31", .stays = {{T(PROJECT_SHELTER), .entry = "2025-01-01"}}},
		{"the exit, the latest",
		 "2025-05-01",
		 {{T(PROJECT_RAPID), .entry = "2025-01-01", .exit = "2025-05-01"},
		  {T(PROJECT_SHELTER), .entry = "2025-02-01", .exit = "2025-03-01"}}},
		{"an exit after the day leaves it open",
		 "2025-12-31",
		 {{T(PROJECT_SHELTER), .entry = "2025-01-01", .exit = "2026-02-01"}}},
		{"a stay that begins later is not there",
		 "2025-02-01",
		 {{T(PROJECT_SHELTER), .entry = "2025-01-01", .exit = "2025-02-01"},
		  {T(PROJECT_SHELTER), .entry = "2026-01-01"}}},
		{"the day after the last bed night",
		 "2025-03-05",
		 {{T(PROJECT_NIGHT_SHELTER), .entry = "2025-01-01", .beds = {"2025-01-01", "2025-03-04"}}}},
		{"a bed night on the day itself",
		 "2025-12-31",
		 {{T(PROJECT_NIGHT_SHELTER), .entry = "2025-01-01", .beds = {"2025-12-31", "2026-01-04"}}}},
		{.what = "night-by-night shelter without a night",
		 .last = "2025-12-31",
		 .stays = {{T(PROJECT_NIGHT_SHELTER), .entry = "2025-01-01"}}},
		{"outreach is not looked at",
		 "2025-02-01",
		 {{T(PROJECT_SHELTER), .entry = "2025-01-01", .exit = "2025-02-01"},
		  {T(PROJECT_OUTREACH), .entry = "2025-01-01"}}},
	};
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		struct night_stay stays[STAYS];
		struct night_seen seen[STAYS][NIGHTS];
		size_t n = fill(list[i].stays, stays, seen);
		struct day got = chtime_last_active(stays, n, on("2025-12-31"));
		char text[DAY_TEXT];
		if (got.n != on(list[i].last).n)
			fail_msg("%s: %s", list[i].what, day_text(got, text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chtime_is),
		cmocka_unit_test(last_active),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
