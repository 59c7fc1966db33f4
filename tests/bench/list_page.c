/* How long the first page of a list takes to choose, beside a plain pass over the same columns.
 *
 *     list_page [HOUSEHOLDS [ROUNDS]]
 *
 * One line per question: its words, microseconds of list_select, microseconds of a loop written by hand that reads
 * the same columns of the same rows, asks the same and adds up what it would order by. Medians. The rows are
 * made up; opening fifty names and rendering them comes on top of both and is measured by the page itself. */
#include <stdio.h>
#include <stdlib.h>

#include "app/list_select.h"
#include "base/limit.h"
#include "clock.h"
#include "domain/access.h"
#include "domain/tag.h"

static struct list_image image;
static int32_t *releases; /* by household number */
static int32_t *reviewed;
static volatile int64_t sink;

static void make_rows(size_t n)
{
	static struct list_region nowhere;
	uint64_t dice = 42;
	image = (struct list_image){.n = n, .regions = &nowhere, .as_of = {20778}};
	image.rows = calloc(n, sizeof *image.rows);
	releases = calloc(n + 1, sizeof *releases);
	reviewed = calloc(n + 1, sizeof *reviewed);
	if (image.rows == NULL || releases == NULL || reviewed == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		dice = dice * 6364136223846793005 + 1442695040888963407;
		uint32_t x = (uint32_t)(dice >> 33);
		image.rows[i] = (struct list_row){
			.no = (int64_t)i + 1,
			.order = dice >> 5,
			.status = (uint8_t)(x % 5 < 3 ? STATUS_ACTIVE : STATUS_INACTIVE),
			.months = (uint8_t)(x / 5 % 37),
			.score = x % 7 == 0 ? SCORE_NONE : (int16_t)(x / 7 % 18),
			.situation = (uint8_t)(x / 3 % 10),
			.chronic = (uint8_t)(x / 13 % 4),
			.contact = day_add(image.as_of, -(int32_t)(x / 11 % 200)),
			.since = day_add(image.as_of, -(int32_t)(x / 17 % 400)),
			.start = day_add(image.as_of, -(int32_t)(x % 2000)),
			.county = (uint16_t)(x / 19 % 115),
			.rank = (int32_t)i + 1,
			.tags = x / 23 % 256,
			.flags = x / 29 % 4 == 0 ? FLAG_CONTACT_OVERDUE : 0,
		};
		releases[i + 1] = (int32_t)(x / 31 % CONSENTS_N);
		reviewed[i + 1] = x / 37 % 10 == 0 ? FILTER_UNKNOWN : image.as_of.n - (int32_t)(x / 41 % 300);
	}
}

/* --- the same by hand --- */

static int64_t by_place(const struct list_row *r)
{
	return r->rank;
}

static int64_t by_months_score(const struct list_row *r)
{
	return r->months * 64 + r->score;
}

static int64_t by_three(const struct list_row *r)
{
	return r->situation + r->score + r->contact.n;
}

static int64_t by_start(const struct list_row *r)
{
	return r->start.n;
}

static bool everybody(const struct list_row *r)
{
	return r->no > 0;
}

static bool active(const struct list_row *r)
{
	return r->status == STATUS_ACTIVE;
}

static bool long_and_likely(const struct list_row *r)
{
	return r->status == STATUS_ACTIVE && r->months >= 12 && r->chronic <= CHRONIC_LIKELY &&
	       image.as_of.n - r->contact.n > 30;
}

static bool of_county(const struct list_row *r)
{
	return r->county == 7;
}

static bool young_and_overdue(const struct list_row *r)
{
	return r->status == STATUS_ACTIVE && (r->tags & 1U << TAG_YOUTH) != 0 && (r->flags & FLAG_CONTACT_OVERDUE) != 0;
}

static bool unsigned_and_waiting(const struct list_row *r)
{
	return r->status == STATUS_ACTIVE && (releases[r->no] == CONSENT_NONE || releases[r->no] == CONSENT_LAPSED) &&
	       reviewed[r->no] != FILTER_UNKNOWN && image.as_of.n - reviewed[r->no] > 30;
}

#define PLAIN(name, asks, adds)                                                                                        \
	static int64_t name(void)                                                                                      \
	{                                                                                                              \
		int64_t sum = 0;                                                                                       \
		for (size_t i = 0; i < image.n; i++)                                                                   \
			if (asks(&image.rows[i]))                                                                      \
				sum += adds(&image.rows[i]);                                                           \
		return sum;                                                                                            \
	}
PLAIN(plain_place, active, by_place)
PLAIN(plain_sort, active, by_months_score)
PLAIN(plain_three, everybody, by_three)
PLAIN(plain_filter, long_and_likely, by_place)
PLAIN(plain_county, of_county, by_start)
PLAIN(plain_young, young_and_overdue, by_place)
PLAIN(plain_unsigned, unsigned_and_waiting, by_start)

static const struct question {
	const char *say;
	const char *filter;
	struct list_key keys[LIST_KEYS_MOST];
	size_t keys_n;
	int64_t (*plain)(void);
} questions[] = {
	{"active, by place", "status:active", {{FILTER_PLACE, false}}, 1, plain_place},
	{"active, by months and score", "status:active", {{FILTER_MONTHS, true}, {FILTER_SCORE, true}}, 2, plain_sort},
	{"everybody, by staying, score and contact",
	 "",
	 {{FILTER_SITUATION, false}, {FILTER_SCORE, true}, {FILTER_CONTACT, false}},
	 3,
	 plain_three},
	{"four conditions, by place",
	 "status:active months>=12 chronic:verified,likely contact>30d",
	 {{FILTER_PLACE, false}},
	 1,
	 plain_filter},
	{"one county, by list start", "county:County7", {{FILTER_START, false}}, 1, plain_county},
	{"young people with contact overdue, by place",
	 "status:active group:youth flag:contact_overdue",
	 {{FILTER_PLACE, false}},
	 1,
	 plain_young},
	{"no release and no group review in a month, by list start",
	 "status:active release:none,lapsed reviewed>30d",
	 {{FILTER_START, false}},
	 1,
	 plain_unsigned},
};

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100000;
	size_t rounds = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 101;
	struct arena *a = arena_new("bench", 256 << 20);
	struct filter_name counties[115];
	for (size_t i = 0; i < 115; i++)
		counties[i] = (struct filter_name){{0}, str_fmt(a, "County%zu", i)};
	const struct filter_names names = {.counties = counties, .counties_n = 115};
	double *ours = arena_many(a, rounds, double);
	double *theirs = arena_many(a, rounds, double);
	make_rows(n);
	for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
		const struct question *ask = &questions[q];
		for (size_t i = 0; i < rounds; i++) {
			struct arena_mark mark = arena_mark(a);
			struct filter *f;
			struct list_selected page;
			double begun = now();
			if (filter_parse(a, str_from(ask->filter), &names, &f) != NULL)
				abort();
			const struct list_select s = {
				.facts = {.image = &image, .release = releases, .reviewed = reviewed, .room = n + 1},
				.rows = image.rows,
				.n = image.n,
				.filter = f,
				.keys = ask->keys,
				.keys_n = ask->keys_n,
				.most = LIMIT_LIST_PAGE,
			};
			list_select(&s, a, &page);
			ours[i] = 1e6 * (now() - begun);
			begun = now();
			sink = ask->plain();
			theirs[i] = 1e6 * (now() - begun);
			arena_rewind(a, mark);
		}
		double own = median(ours, rounds);
		double plain = median(theirs, rounds);
		printf("%s|%.0f|%.0f|%.2f\n", ask->say, own, plain, own / plain);
	}
	free(reviewed);
	free(releases);
	free(image.rows);
	arena_free(&a);
	return 0;
}
