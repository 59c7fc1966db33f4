/* Delays in buckets, medians and shares. */
#include "history.h"

#include "domain/timely.h"

static void buckets(void **state)
{
	(void)state;
	struct day exported = on(ymd(2026, 8, 10));
	static const struct {
		int event, created; /* days before the export; created −1000: not known */
		int bucket;
	} rows[] = {
		{10, 10, TIMELY_SAME},   {10, 9, TIMELY_SAME + 1},
		{10, 12, TIMELY_BEFORE}, {40, 10, TIMELY_SAME + 30},
		{41, 10, TIMELY_60},     {70, 10, TIMELY_60},
		{71, 10, TIMELY_90},     {100, 10, TIMELY_90},
		{101, 10, TIMELY_OVER},  {364, 364, TIMELY_SAME},
		{365, 365, TIMELY_NONE}, {-1, -1, TIMELY_NONE}, /* a year ago; still to come */
		{0, 0, TIMELY_SAME},     {10, -1000, TIMELY_NONE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct day created = rows[i].created == -1000 ? DAY_NONE : day_add(exported, -rows[i].created);
		int got = (int)timely_bucket(day_add(exported, -rows[i].event), created, exported);
		if (got != rows[i].bucket)
			fail_msg("%d and %d days before: bucket %d", rows[i].event, rows[i].created, got);
	}
	assert_int_equal(timely_bucket(DAY_NONE, exported, exported), TIMELY_NONE);
	assert_int_equal(timely_bucket(exported, exported, DAY_NONE), TIMELY_NONE);
}

static void sums(void **state)
{
	(void)state;
	static const struct {
		int counts[4]; /* before, the same day, three days later, over 90 */
		int days;
		int64_t n, within;
		int share, median;
	} rows[] = {
		{{0, 0, 0, 0}, 3, 0, 0, 0, TIMELY_NONE},
		{{0, 4, 4, 4}, 3, 12, 8, 66, TIMELY_SAME + 3},
		{{0, 4, 4, 4}, 2, 12, 4, 33, TIMELY_SAME + 3},
		{{0, 4, 4, 4}, 0, 12, 4, 33, TIMELY_SAME + 3},
		{{0, 2, 0, 2}, 3, 4, 2, 50, TIMELY_SAME}, /* half of them is enough */
		{{3, 1, 0, 0}, 0, 4, 4, 100, TIMELY_BEFORE},
		{{0, 0, 199, 1}, 3, 200, 199, 99, TIMELY_SAME + 3}, /* 100 are all */
		{{0, 0, 0, 5}, 30, 5, 0, 0, TIMELY_OVER},
		{{0, 0, 0, 5}, 400, 5, 0, 0, TIMELY_OVER},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t counts[TIMELY_BUCKETS] = {[TIMELY_NONE] = 99,
						  [TIMELY_BEFORE] = rows[i].counts[0],
						  [TIMELY_SAME] = rows[i].counts[1],
						  [TIMELY_SAME + 3] = rows[i].counts[2],
						  [TIMELY_OVER] = rows[i].counts[3]};
		struct timely t;
		timely_sum(counts, rows[i].days, &t);
		if (t.n != rows[i].n || t.within != rows[i].within || t.share != rows[i].share ||
		    t.median != rows[i].median)
			fail_msg("row %zu: %lld of %lld, %d %%, bucket %d", i, (long long)t.within, (long long)t.n,
				 t.share, t.median);
	}
}

static void words(void **state)
{
	(void)state;
	struct arena *a = arena_new("words", 1 << 16);
	static const char *const say[TIMELY_BUCKETS] = {
		[TIMELY_NONE] = "",
		[TIMELY_BEFORE] = "before the day",
		[TIMELY_SAME] = "the same day",
		[TIMELY_SAME + 1] = "1 day",
		[TIMELY_SAME + 2] = "2 days",
		[TIMELY_SAME + TIMELY_EXACT] = "30 days",
		[TIMELY_60] = "31 to 60 days",
		[TIMELY_90] = "61 to 90 days",
		[TIMELY_OVER] = "over 90 days",
	};
	for (int b = 0; b < TIMELY_BUCKETS; b++)
		if (say[b] != NULL)
			assert_true(str_eq(timely_say(a, b), str_from(say[b])));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buckets),
		cmocka_unit_test(sums),
		cmocka_unit_test(words),
	};
	return cmocka_run_group_tests_name("timely", tests, NULL, NULL);
}
