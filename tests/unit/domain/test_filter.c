/* The filter of the list: what can be typed, how it reads back, whom it lets through, what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/filter.h"
#include "domain/flag.h"
#include "domain/needs.h"
#include "domain/priority.h"
#include "domain/spell.h"
#include "domain/tag.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static const struct filter_name regions[] = {{STR_INIT("r1"), STR_INIT("Region 1")},
					     {STR_INIT("r4"), STR_INIT("Region 4")},
					     {STR_INIT("cf"), STR_INIT("Cypress Ford")}};
static const struct filter_name counties[] = {{STR_INIT(""), STR_INIT("Alder")},
					      {STR_INIT(""), STR_INIT("St. Brannock")}};
static const char *const teams[] = {"North", "South side", "River/Creek", NULL};
static const struct filter_row own[] = {
	{"our.street_team", "Street team", FILTER_IS_CHOICE, teams, "our.street_team:\"North\""},
	{"our.rent", "Rent", FILTER_IS_NUMBER, NULL, "our.rent>=10"},
	{"our.last_visit", "Last visit", FILTER_IS_DAY, NULL, "our.last_visit<30d"},
};
static const struct filter_names names = {
	.regions = regions,
	.regions_n = COUNT(regions),
	.counties = counties,
	.counties_n = COUNT(counties),
	.own = own,
	.own_n = COUNT(own),
};

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 16 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct filter *parsed(const char *text)
{
	struct filter *f;
	err_t e = filter_parse(arena, str_from(text), &names, &f);
	if (e != NULL)
		fail_msg("%s: %.*s", text, STR_ARG(e->say));
	return f;
}

static void reads_back_as_typed_and_in_words(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *text, *say;
	} rows[] = {
		{"", "", ""},
		{" \t ", "", ""},
		{"region:\"region 4\"", "region:\"Region 4\"", "region: Region 4"},
		{"region:r4,none", "region:\"Region 4\",none", "region: Region 4 or none"},
		{"region:cypress_ford", "region:\"Cypress Ford\"", "region: Cypress Ford"},
		{"county:\"St. Brannock\",alder", "county:\"St. Brannock\",Alder", "county: St. Brannock or Alder"},
		{"status:inactive,active,active", "status:active,inactive", "status: active or inactive"},
		{"STATUS:Moved-Away", "status:moved_away", "status: moved away"},
		{"situation:\"Safe haven\"", "situation:safe_haven", "staying: safe haven"},
		{"months>=12", "months>=12", "months in 36: 12 or more"},
		{"months >  11", "months>=12", "months in 36: 12 or more"},
		{"months≤12", "months<=12", "months in 36: 12 or fewer"},
		{"months<12", "months<=11", "months in 36: 11 or fewer"},
		{"months=12", "months:12", "months in 36: 12"},
		{"months:6..12, 30,unknown", "months:6..12,30,unknown", "months in 36: 6 to 12 or 30 or unknown"},
		{"contact<90d", "contact<=89d", "last contact: 89 days ago or less"},
		{"contact>2w", "contact>=15d", "last contact: 15 days ago or longer"},
		{"contact:1d", "contact:1d", "last contact: 1 day ago"},
		{"contact:never", "contact:unknown", "last contact: unknown"},
		{"start>=2026-10-01", "start>=2026-10-01", "list start: from Thu 1 Oct 2026 on"},
		{"start<2026-10-01", "start<=2026-09-30", "list start: up to Wed 30 Sep 2026"},
		{"start:2026-10-01..2026-10-31", "start:2026-10-01..2026-10-31",
		 "list start: Thu 1 Oct 2026 to Sat 31 Oct 2026"},
		{"-flag:old_score", "-flag:old_score", "flag: not old score"},
		{"flag:any", "flag:any", "flag: any"},
		{"flag:none", "flag:none", "flag: none"},
		{"score>=8 members>2 veteran:yes type:family", "type:family members>=3 veteran:yes score>=8",
		 "household: family; people: 3 or more; veteran: yes; score: 8 or more"},
		{"months>3 -months>9 chronic:likely,verified", "chronic:verified,likely months>=4 -months>=10",
		 "chronic: verified or likely; months in 36: 4 or more; months in 36: not 10 or more"},
		{"Smith veteran:yes \"de la  Cruz\"", "veteran:yes \"Smith de la  Cruz\"",
		 "veteran: yes; found by words"},
		{"\"months\"", "\"months\"", "found by words"},
		{"group:older,youth", "group:youth,older", "group: youth or older"},
		{"enrolled:none", "enrolled:none", "enrolled in: none"},
		{"-eligible:Dedicated missing:photo-id", "-eligible:dedicated missing:photo_id",
		 "eligible for: not dedicated; missing paper: photo id"},
		{"ready<100", "ready<=99", "papers ready, percent: 99 or fewer"},
		{"service_need:unknown,high", "service_need:high,unknown", "service need: high or unknown"},
		{"our.rent<=600 Our.Street-Team:\"south side\",river/creek",
		 "our.street_team:south_side,river/creek our.rent<=600",
		 "Street team: South side or River/Creek; Rent: 600 or fewer"},
		{"-our.last_visit<2w our.street_team:unknown", "our.street_team:unknown -our.last_visit<=13d",
		 "Street team: unknown; Last visit: not 13 days ago or less"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter *f = parsed(rows[i].typed);
		struct str text = filter_text(arena, f);
		assert_string_equal(str_c(arena, text), rows[i].text);
		assert_string_equal(str_c(arena, filter_say(arena, f)), rows[i].say);
		struct str again = filter_text(arena, parsed(str_c(arena, text)));
		assert_string_equal(str_c(arena, again), rows[i].text);
	}
}

static void refuses_with_the_place_and_the_nearest_word(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *say;
	} rows[] = {
		{"monts>=12", "In the filter at character 1: there is no “monts”. Did you mean “months”?"},
		{"veteran:yes  moths>1", "In the filter at character 14: there is no “moths”. Did you mean “months”?"},
		{"smith -vetaren:no", "In the filter at character 8: there is no “vetaren”. Did you mean “veteran”?"},
		{"chr:likely", "In the filter at character 1: there is no “chr”. Did you mean “chronic”?"},
		{"status:activ", "In the filter at character 8: status has no “activ”. Did you mean “active”?"},
		{"É status:actvie", "In the filter at character 10: status has no “actvie”. Did you mean “active”?"},
		{"chronic:maybe",
		 "In the filter at character 9: chronic has no “maybe”. It can be: verified, likely, unknown, not."},
		{"region:\"Regoin 4\"",
		 "In the filter at character 8: region has no “Regoin 4”. Did you mean “Region 4”?"},
		{"county:Xyzzyx", "In the filter at character 8: county has no “Xyzzyx”."},
		{"veteran:", "In the filter at character 9: veteran wants a value, as in veteran:yes."},
		{"veteran:yes,", "In the filter at character 13: veteran wants a value, as in veteran:yes."},
		{"veteran>1", "In the filter at character 9: veteran takes values, as in veteran:yes."},
		{"months>many", "In the filter at character 8: months wants a number, as in months:6..12."},
		{"months>=99999999999", "In the filter at character 9: months wants a number, as in months:6..12."},
		{"contact<90",
		 "In the filter at character 9: contact wants a date or an age such as 90d, as in contact<90d."},
		{"start:2026-02-30",
		 "In the filter at character 7: start wants a date or an age such as 90d, as in start>=2026-01-01."},
		{"start:2026-01-01..9d",
		 "In the filter at character 7: start wants a date or an age such as 90d, as in start>=2026-01-01."},
		{"months:12..6", "In the filter at character 8: from 12 to 6 is the wrong way round."},
		{"months>3,4", "In the filter at character 9: one number alone stands behind a sign; several are typed "
			       "as months:6,12."},
		{"veteran",
		 "In the filter at character 1: say what about veteran, as in veteran:yes; put it in quotes to "
		 "look the word up."},
		{"-smith", "In the filter at character 1: “-” stands before a condition, as in -veteran:yes."},
		{"\"smith", "In the filter at character 1: the quotation mark is not closed."},
		{"a\x01", "The filter holds characters that are no text; type it anew."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter *f = NULL;
		err_t e = filter_parse(arena, str_from(rows[i].typed), &names, &f);
		assert_non_null(e);
		assert_null(f);
		assert_int_equal(e->class, ERR_INVALID);
		assert_string_equal(str_c(arena, e->say), rows[i].say);
	}
}

static void bounds_hold(void **state)
{
	(void)state;
	struct filter *f;
	struct buf terms = buf_new(arena, 1 << 16);
	for (int i = 0; i < FILTER_TERMS_MAX; i++)
		buf_lit(&terms, "months>1 ");
	assert_null(filter_parse(arena, buf_text(&terms), &names, &f));
	assert_int_equal(f->terms_n, FILTER_TERMS_MAX);
	buf_lit(&terms, "months>1");
	assert_non_null(filter_parse(arena, buf_text(&terms), &names, &f));
	struct buf values = buf_new(arena, 1 << 16);
	buf_lit(&values, "months:1");
	for (int i = 1; i < FILTER_VALUES_MAX; i++)
		buf_lit(&values, ",1");
	assert_null(filter_parse(arena, buf_text(&values), &names, &f));
	buf_lit(&values, ",1");
	assert_non_null(filter_parse(arena, buf_text(&values), &names, &f));
	struct buf text = buf_new(arena, 1 << 16);
	for (int i = 0; i <= FILTER_TEXT_MAX; i++)
		buf_char(&text, 'x');
	assert_non_null(filter_parse(arena, buf_text(&text), &names, &f));
}

/* One household; each row asks something of it. */
static void lets_through_who_fits(void **state)
{
	(void)state;
	struct day as_of;
	assert_true(day_parse(S("2026-11-17"), &as_of));
	struct filter_facts facts = {.as_of = as_of};
	facts.value[FILTER_REGION] = 1;
	facts.value[FILTER_COUNTY] = FILTER_UNKNOWN;
	facts.value[FILTER_STATUS] = STATUS_ACTIVE;
	facts.value[FILTER_TYPE] = HOUSEHOLD_FAMILY;
	facts.value[FILTER_MEMBERS] = 3;
	facts.value[FILTER_VETERAN] = 0;
	facts.value[FILTER_SITUATION] = SITUATION_SAFE_HAVEN;
	facts.value[FILTER_CHRONIC] = CHRONIC_UNKNOWN;
	facts.value[FILTER_BAND] = BAND_MIDDLE;
	facts.value[FILTER_SCORE] = FILTER_UNKNOWN;
	facts.value[FILTER_MONTHS] = 12;
	facts.value[FILTER_DAYS] = 0;
	facts.value[FILTER_PLACE] = 7;
	facts.value[FILTER_CONTACT] = as_of.n - 90;
	facts.value[FILTER_START] = as_of.n;
	facts.value[FILTER_UPDATED] = as_of.n - 1;
	facts.value[FILTER_SCORED] = FILTER_UNKNOWN;
	facts.bits[FILTER_FLAG] = FLAG_NO_SCORE | FLAG_SPLIT;
	facts.bits[FILTER_GROUP] = 1 << TAG_FAMILY;
	facts.value[FILTER_HOUSING] = NEED_MODERATE;
	facts.value[FILTER_SERVICE] = FILTER_UNKNOWN;
	facts.value[FILTER_OWN] = 1;
	facts.value[FILTER_OWN + 1] = FILTER_UNKNOWN;
	facts.value[FILTER_OWN + 2] = as_of.n - 10;
	static const struct {
		const char *filter;
		bool passes;
	} rows[] = {
		{"", true},
		{"anybody", true},
		{"region:r4", true},
		{"region:r1", false},
		{"region:none", false},
		{"-region:none", true},
		{"county:none", true},
		{"county:Alder", false},
		{"-county:Alder", true},
		{"county:Alder,none", true},
		{"status:active,housed", true},
		{"status:housed", false},
		{"-status:housed", true},
		{"type:family members>2", true},
		{"type:family members>3", false},
		{"veteran:no", true},
		{"veteran:yes", false},
		{"veteran:yes,no", true},
		{"situation:safe_haven", true},
		{"chronic:unknown", true},
		{"chronic:likely,verified", false},
		{"band:middle", true},
		{"score>=0", false},
		{"score<100", false},
		{"-score<100", true},
		{"score:unknown", true},
		{"score:5,unknown", true},
		{"months>=12", true},
		{"months>12", false},
		{"months<12", false},
		{"months<=12", true},
		{"months:6..12", true},
		{"months:6..11", false},
		{"months:6,12", true},
		{"days:0", true},
		{"place<=10", true},
		{"contact<90d", false},
		{"contact<=90d", true},
		{"contact:13w", false},
		{"contact:80d..90d", true},
		{"contact<=2026-08-19", true},
		{"contact<2026-08-19", false},
		{"start>=2026-11-17", true},
		{"start:0d", true},
		{"updated<30d", true},
		{"scored:never", true},
		{"scored>1d", false},
		{"flag:any", true},
		{"flag:none", false},
		{"-flag:none", true},
		{"flag:split", true},
		{"flag:old_score", false},
		{"flag:old_score,no_score", true},
		{"flag:split flag:no_score", true},
		{"flag:split flag:old_score", false},
		{"-flag:old_score", true},
		{"group:family,youth", true},
		{"group:individual", false},
		{"enrolled:any", false},
		{"enrolled:none", true},
		{"housing_need:moderate,high", true},
		{"housing_need:unknown,low", false},
		{"service_need:unknown", true},
		{"service_need:low,moderate,high", false},
		{"-service_need:low,moderate,high", true},
		{"our.street_team:south_side", true},
		{"our.street_team:north,unknown", false},
		{"our.rent<=600", false},
		{"our.rent:unknown", true},
		{"our.last_visit<2w", true},
		{"our.last_visit<10d", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		if (filter_matches(parsed(rows[i].filter), &facts) != rows[i].passes)
			fail_msg("%s", rows[i].filter);
}

/* There is room for more flags than an int has bits. */
static void flags_have_64_bits(void **state)
{
	(void)state;
	static const struct {
		uint64_t flags, set;
		bool unknown, turned, passes;
	} rows[] = {
		{UINT64_C(1) << 40, UINT64_C(1) << 40, false, false, true},
		{UINT64_C(1) << 40, UINT64_C(1) << 8, false, false, false},
		{UINT64_C(1) << 61, UINT64_MAX, false, false, true},
		{UINT64_C(1) << 61, 0, true, false, false},
		{UINT64_C(1) << 61, UINT64_C(1) << 61, false, true, false},
		{0, UINT64_MAX, false, false, false},
		{0, 0, true, false, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct filter_term term = {.key = FILTER_FLAG,
					   .row = &filter_table[FILTER_FLAG],
					   .set = rows[i].set,
					   .unknown = rows[i].unknown,
					   .turned = rows[i].turned};
		struct filter filter = {.terms = &term, .terms_n = 1};
		struct filter_facts facts = {.bits = {[FILTER_FLAG] = rows[i].flags}};
		if (filter_matches(&filter, &facts) != rows[i].passes)
			fail_msg("row %zu", i);
	}
}

static void asks_for_the_keys_it_needs(void **state)
{
	(void)state;
	assert_int_equal(filter_keys(parsed("smith")), 0);
	assert_int_equal(filter_keys(parsed("months>1 -score:unknown months<9")),
			 1ULL << FILTER_MONTHS | 1ULL << FILTER_SCORE);
}

/* The table is what help and error sentences quote: each example is a filter of its key. */
static void examples_are_filters(void **state)
{
	(void)state;
	for (int k = 0; k < FILTER_KEYS_N; k++)
		assert_int_equal(filter_keys(parsed(filter_table[k].example)), 1ULL << k);
}

/* Whatever is typed is read or refused, and what is read is read again. */
static void anything_typed_is_read_or_refused(void **state)
{
	(void)state;
	static const char *const parts[] = {"months", "contact", "flag",       "region", ":",       "<",
					    ">=",     "=",       ",",          "..",     "-",       "\"",
					    " ",      "12",      "90d",        "none",   "any",     "É",
					    "status", "active",  "2026-01-01", "x",      "unknown", "≥"};
	uint32_t dice = 1;
	for (int round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_mark(arena);
		struct buf text = buf_new(arena, 400);
		for (int i = 0; i < 9; i++) {
			dice = dice * 1664525 + 1013904223;
			buf_fmt(&text, "%s", parts[(dice >> 8) % COUNT(parts)]);
		}
		struct filter *f;
		if (filter_parse(arena, buf_text(&text), &names, &f) == NULL) {
			struct str once = filter_text(arena, f);
			struct str twice = filter_text(arena, parsed(str_c(arena, once)));
			assert_true(str_eq(once, twice));
		}
		arena_rewind(arena, mark);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_back_as_typed_and_in_words),
		cmocka_unit_test(refuses_with_the_place_and_the_nearest_word),
		cmocka_unit_test(bounds_hold),
		cmocka_unit_test(lets_through_who_fits),
		cmocka_unit_test(flags_have_64_bits),
		cmocka_unit_test(asks_for_the_keys_it_needs),
		cmocka_unit_test(examples_are_filters),
		cmocka_unit_test(anything_typed_is_read_or_refused),
	};
	return cmocka_run_group_tests(tests, with_arena, without_arena);
}
