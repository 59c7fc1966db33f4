/* The rows of a page, beside a plain sort of all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/list_select.h"
#include "app/tenancy.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ROWS = 700 };

static struct arena *arena;
static struct list_row rows[ROWS];
static struct list_region nowhere;
static struct list_image image = {.rows = rows, .n = ROWS, .regions = &nowhere};
static const struct list_facts plain = {.image = &image};

static int with_rows(void **state)
{
	(void)state;
	arena = arena_new("test", 64 << 20);
	assert_true(day_parse(S("2026-11-17"), &image.as_of));
	uint32_t dice = 7;
	for (size_t i = 0; i < ROWS; i++) {
		struct list_row *r = &rows[i];
		dice = dice * 1664525 + 1013904223;
		uint32_t x = dice >> 8;
		*r = (struct list_row){
			.no = (int64_t)i + 1,
			.order = x % 97,
			.status = x % 11 == 0 ? STATUS_HOUSED : STATUS_ACTIVE,
			.months = (uint8_t)(x / 5 % 37),
			.score = x % 3 == 0 ? SCORE_NONE : (int16_t)(x / 7 % 12),
			.situation = (uint8_t)(x / 3 % 10),
			.contact = x % 5 == 0 ? DAY_NONE : day_add(image.as_of, -(int32_t)(x / 11 % 200)),
			.since = image.as_of,
			.start = day_add(image.as_of, -(int32_t)(x % 1000)),
			.county = LIST_COUNTY_NONE,
			.rank = (int32_t)i + 1,
		};
	}
	return 0;
}

static int without_rows(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* The same, written down as it reads: what is unknown last, then the keys, then the list's order. */
static const struct list_select *asked;
static int plain_compare(const void *x, const void *y)
{
	const struct list_row *a = *(const struct list_row *const *)x;
	const struct list_row *b = *(const struct list_row *const *)y;
	for (size_t k = 0; k < asked->keys_n; k++) {
		enum filter_key key = asked->keys[k].key;
		int64_t va = list_value(&plain, a, key);
		int64_t vb = list_value(&plain, b, key);
		bool ka = va != FILTER_UNKNOWN && !(key == FILTER_SITUATION && va == SITUATION_UNKNOWN);
		bool kb = vb != FILTER_UNKNOWN && !(key == FILTER_SITUATION && vb == SITUATION_UNKNOWN);
		if (ka != kb)
			return ka ? -1 : 1;
		if (ka && va != vb)
			return (va < vb) != asked->keys[k].down ? -1 : 1;
	}
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return a->no < b->no ? -1 : 1;
}

static void pages_are_those_of_a_plain_sort(void **state)
{
	(void)state;
	static const char *const filters[] = {"", "status:active", "months>=12 score:unknown", "-contact<30d",
					      "months>99"};
	static const struct list_key orders[][LIST_KEYS_MOST] = {
		{{FILTER_PLACE, false}},
		{{FILTER_MONTHS, true}, {FILTER_SCORE, true}},
		{{FILTER_SCORE, false}, {FILTER_CONTACT, true}, {FILTER_SITUATION, true}},
		{{FILTER_SITUATION, false}, {FILTER_START, false}},
	};
	static const size_t keys_n[] = {1, 2, 3, 2};
	static const size_t firsts[] = {0, 50, 300, 100000};
	const struct filter_names names = {0};
	for (size_t f = 0; f < COUNT(filters); f++)
		for (size_t o = 0; o < COUNT(orders); o++)
			for (size_t p = 0; p < COUNT(firsts); p++) {
				struct arena_mark mark = arena_mark(arena);
				struct filter *filter;
				assert_null(filter_parse(arena, str_from(filters[f]), &names, &filter));
				const struct list_select s = {
					.facts = {.image = &image},
					.rows = rows,
					.n = ROWS,
					.filter = filter,
					.keys = orders[o],
					.keys_n = keys_n[o],
					.first = firsts[p],
					.most = 50,
				};
				asked = &s;
				const struct list_row *all[ROWS];
				size_t n = 0;
				for (size_t i = 0; i < ROWS; i++) {
					struct filter_facts facts = {.as_of = image.as_of,
								     .bits = {[FILTER_FLAG] = rows[i].flags}};
					for (int k = 0; k < FILTER_KEYS_N; k++)
						facts.value[k] = list_value(&plain, &rows[i], (enum filter_key)k);
					if (filter_matches(filter, &facts))
						all[n++] = &rows[i];
				}
				qsort(all, n, sizeof *all, plain_compare);
				struct list_selected page;
				list_select(&s, arena, &page);
				assert_int_equal(page.total, n);
				size_t first = s.first < n ? s.first : n > 0 ? (n - 1) / 50 * 50 : 0;
				assert_int_equal(page.first, first);
				assert_int_equal(page.n, n - first < 50 ? n - first : 50);
				for (size_t i = 0; i < page.n; i++)
					assert_ptr_equal(page.rows[i], all[first + i]);
				arena_rewind(arena, mark);
			}
}

static void found_rows_are_ordered_alike(void **state)
{
	(void)state;
	const struct list_row *found[] = {&rows[9], &rows[3], &rows[600]};
	const struct filter nothing = {0};
	const struct list_key key = {FILTER_PLACE, true};
	const struct list_select s = {.facts = {.image = &image},
				      .found = found,
				      .n = 3,
				      .filter = &nothing,
				      .keys = &key,
				      .keys_n = 1,
				      .most = 50};
	struct list_selected page;
	list_select(&s, arena, &page);
	assert_int_equal(page.n, 3);
	assert_ptr_equal(page.rows[0], &rows[600]);
	assert_ptr_equal(page.rows[1], &rows[9]);
	assert_ptr_equal(page.rows[2], &rows[3]);
}

/* The lane of tenancies at risk holds who is housed and was put there, and nobody who is homeless. */
static void tenancies_at_risk_are_of_the_housed(void **state)
{
	(void)state;
	int64_t at_risk[ROWS];
	size_t n = 0;
	size_t housed = 0;
	for (size_t i = 0; i < ROWS; i += 3) {
		at_risk[n++] = rows[i].no;
		housed += rows[i].status == STATUS_HOUSED;
	}
	assert_in_range(housed, 1, n - 1); /* some of both */
	const struct list_facts facts = {.image = &image, .at_risk = at_risk, .at_risk_n = n};
	assert_int_equal(tenancy_count(&facts, rows, ROWS), housed);
	assert_int_equal(tenancy_count(&plain, rows, ROWS), 0);
	struct filter *filter;
	const struct filter_names names = {0};
	const char *lane = "status:housed tenancy:at_risk";
	assert_null(filter_parse(arena, str_from(lane), &names, &filter));
	for (size_t i = 0; i < ROWS; i++) {
		bool in = i % 3 == 0 && rows[i].status == STATUS_HOUSED;
		assert_int_equal(list_row_passes(&facts, filter, &rows[i]), in);
		assert_false(list_row_passes(&plain, filter, &rows[i])); /* nobody was asked */
	}
}

/* Of a row that the viewer sees as bands, filters and orders know the bands and where it stands. */
static void coarse_rows_are_asked_for_bands_alone(void **state)
{
	(void)state;
	static const enum filter_key unknown[] = {FILTER_COUNTY,  FILTER_TYPE,   FILTER_MEMBERS, FILTER_SITUATION,
						  FILTER_CHRONIC, FILTER_START,  FILTER_UPDATED, FILTER_SCORE,
						  FILTER_SCORED,  FILTER_CONTACT};
	bool *coarse = arena_many(arena, ROWS + 1, bool);
	struct list_row row = rows[4];
	row.months = 17;
	row.county = 0;
	row.score = 9;
	row.contact = row.scored = row.start = day_add(image.as_of, -100);
	row.flags = FLAG_NO_SCORE;
	coarse[row.no] = true;
	const struct list_facts facts = {.image = &image, .coarse = coarse, .room = ROWS + 1};
	for (size_t i = 0; i < COUNT(unknown); i++) {
		assert_int_not_equal(list_value(&plain, &row, unknown[i]), FILTER_UNKNOWN);
		assert_int_equal(list_value(&facts, &row, unknown[i]), FILTER_UNKNOWN);
	}
	assert_int_equal(list_value(&facts, &row, FILTER_MONTHS), 12);
	assert_int_equal(list_value(&facts, &row, FILTER_DAYS), 90);
	assert_int_equal(list_value(&facts, &row, FILTER_PLACE), row.rank);
	assert_int_equal(list_bits(&facts, &row, FILTER_FLAG), 0);
	assert_int_equal(list_value(&facts, &rows[5], FILTER_MONTHS), rows[5].months);

	/* Many at once are asked no more than one. */
	struct filter *filter;
	const struct filter_names names = {0};
	const struct list_key by_start = {.key = FILTER_START};
	struct list_selected all, shown;
	assert_null(filter_parse(arena, S("months>=0 start<3650d"), &names, &filter));
	struct list_select s = {.facts = plain,
				.rows = rows,
				.n = ROWS,
				.filter = filter,
				.keys = &by_start,
				.keys_n = 1,
				.most = ROWS};
	list_select(&s, arena, &all);
	s.facts = facts;
	list_select(&s, arena, &shown);
	assert_int_equal(all.total, ROWS);
	assert_int_equal(shown.total, ROWS - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_those_of_a_plain_sort),
		cmocka_unit_test(found_rows_are_ordered_alike),
		cmocka_unit_test(tenancies_at_risk_are_of_the_housed),
		cmocka_unit_test(coarse_rows_are_asked_for_bands_alone),
	};
	return cmocka_run_group_tests(tests, with_rows, without_rows);
}
