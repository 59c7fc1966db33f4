/* The rules of chronic homelessness and of households against cases that were written down by others:
 * rules/chronic_at_start_cases.csv and rules/household_rules_cases.csv of the test data. Cases are
 * told apart by their words, so a case that this program does not know is a failure, not a gap.
 *
 *     BYNAME_SHARED=/path/to/shared rules
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/household.h"
#include "domain/standing.h"

enum { FIELDS = 12, LINE = 1024 };

struct table {
	FILE *file;
	char line[LINE];
	char *names[FIELDS];
	char header[LINE];
	char *fields[FIELDS];
};

/* Cuts a line of CSV in place; a quoted field loses its quotes. */
static void cut(char *line, char *fields[FIELDS])
{
	for (int i = 0; i < FIELDS; i++) {
		bool quoted = *line == '"';
		fields[i] = quoted ? line + 1 : line;
		line += strcspn(line + quoted, quoted ? "\"" : ",\r\n") + quoted;
		if (quoted && *line == '"')
			*line++ = '\0';
		if (*line != '\0')
			*line++ = '\0';
	}
}

static bool table_open(struct table *t, const char *name)
{
	const char *shared = getenv("BYNAME_SHARED");
	char path[4096];
	snprintf(path, sizeof path, "%s/data/rules/%s", shared != NULL ? shared : SOURCE_ROOT "/../shared", name);
	t->file = fopen(path, "r");
	if (t->file == NULL) {
		print_message("# %s is not there: its cases are skipped\n", path);
		return false;
	}
	assert_non_null(fgets(t->header, sizeof t->header, t->file));
	cut(t->header, t->names);
	return true;
}

static bool table_next(struct table *t)
{
	if (fgets(t->line, sizeof t->line, t->file) == NULL) {
		fclose(t->file);
		return false;
	}
	cut(t->line, t->fields);
	return true;
}

static const char *field(const struct table *t, const char *name)
{
	for (int i = 0; i < FIELDS; i++)
		if (strcmp(t->names[i], name) == 0)
			return t->fields[i];
	fail_msg("there is no column %s", name);
	return "";
}

static int code(const struct table *t, const char *name)
{
	const char *s = field(t, name);
	return s[0] == '\0' ? CODE_MISSING : atoi(s);
}

static struct day ymd(int year, int month, int day)
{
	struct day d;
	assert_true(day_from_ymd(year, month, day, &d));
	return d;
}

/* "-364d" or "-13 months" before the entry. */
static struct day before(struct day entry, const char *text)
{
	int n = atoi(text);
	assert_true(n < 0);
	if (strchr(text, 'd') != NULL)
		return day_add(entry, n);
	assert_non_null(strstr(text, "month"));
	struct ymd y = day_to_ymd(entry);
	int32_t month = day_month(entry) + n;
	return day_add(month_first(month), y.day - 1);
}

static void chronic_at_start(void **state)
{
	(void)state;
	struct table t;
	if (!table_open(&t, "chronic_at_start_cases.csv"))
		skip();
	int n = 0;
	int left_out = 0;
	while (table_next(&t)) {
		if (strncmp(field(&t, "case"), "PIT:", 4) == 0) { /* counts nights that are not dated there */
			left_out++;
			continue;
		}
		struct chronic_facts f = {
			.project_type = code(&t, "project_type"),
			.disabling = code(&t, "DisablingCondition"),
			.living = code(&t, "LivingSituation"),
			.under_limit = code(&t, "LOSUnderThreshold"),
			.from_street = code(&t, "PreviousStreetESSH"),
			.times = code(&t, "TimesHomeless"),
			.months = code(&t, "MonthsHomeless"),
			.entry = ymd(2026, 6, 15),
		};
		f.to_street = before(f.entry, field(&t, "DateToStreet_relative_to_EntryDate"));
		enum answer got = chronic_at_entry(&f);
		const char *want = field(&t, "expected_chronic");
		bool right = strcmp(want, "yes") == 0  ? got == ANSWER_YES
			     : strcmp(want, "no") == 0 ? got == ANSWER_NO
						       : got != ANSWER_YES && strcmp(want, "not yes") == 0;
		if (!right)
			fail_msg("%s: %d, not %s", field(&t, "case"), (int)got, want);
		n++;
	}
	assert_int_equal(left_out, 6);
	assert_int_equal(n, 18);
}

/* ---- the household rules: what each line's words mean ---- */

static bool type_case(const char *input, const char *want)
{
	int ages[4];
	size_t n = 0;
	for (const char *p = strchr(input, ' '); p != NULL; p = strchr(p + 1, ','))
		ages[n++] = strncmp(p + 1, "unknown", 7) == 0 ? -1 : atoi(p + 1);
	static const char *const words[] = {
		[HOUSEHOLD_UNKNOWN] = "unknown",
		[HOUSEHOLD_ADULTS] = "adults_only",
		[HOUSEHOLD_FAMILY] = "adults_and_children",
		[HOUSEHOLD_CHILDREN] = "children_only",
	};
	return strcmp(words[household_type(ages, n)], want) == 0;
}

static bool chronic_start_case(const char *input, const char *want)
{
	struct day day = ymd(2026, 1, 1);
	if (strcmp(input, "HoH CH, child same entry date") == 0) {
		struct chronic_member m[] = {{ANSWER_YES, true, day}, {ANSWER_NO, false, day}};
		return chronic_in_household(m, 2, 0, 0, true) == ANSWER_YES &&
		       chronic_in_household(m, 2, 0, 1, true) == ANSWER_YES;
	}
	if (strcmp(input, "HoH not CH, other adult CH with same entry date as HoH") == 0) {
		struct chronic_member m[] = {
			{ANSWER_NO, true, day}, {ANSWER_YES, true, day}, {ANSWER_NO, false, day_add(day, 9)}};
		struct chronic_member late[] = {{ANSWER_NO, true, day}, {ANSWER_YES, true, day_add(day, 1)}};
		return chronic_in_household(m, 3, 0, 0, true) == ANSWER_YES &&
		       chronic_in_household(m, 3, 0, 2, true) == ANSWER_YES &&
		       chronic_in_household(late, 2, 0, 0, true) == ANSWER_NO;
	}
	if (strcmp(input, "no member CH") == 0) {
		struct chronic_member m[] = {{ANSWER_NO, true, day}, {ANSWER_MISSING, true, day}};
		return chronic_in_household(m, 2, 0, 0, true) == ANSWER_NO &&
		       chronic_in_household(m, 2, 0, 1, true) == ANSWER_MISSING;
	}
	if (strcmp(input, "HoH DK/R or missing, child") == 0) {
		struct chronic_member m[] = {{ANSWER_REFUSED, true, day}, {ANSWER_NO, false, day}};
		struct chronic_member n[] = {{ANSWER_MISSING, true, day}, {ANSWER_NO, false, day}};
		return chronic_in_household(m, 2, 0, 1, true) == ANSWER_REFUSED &&
		       chronic_in_household(n, 2, 0, 1, true) == ANSWER_MISSING;
	}
	fail_msg("an unknown case: %s: %s", input, want);
	return false;
}

static bool chronic_pit_case(const char *input, const char *want)
{
	struct day day = ymd(2026, 1, 1);
	if (strcmp(input, "only a child is CH") == 0) {
		struct chronic_member m[] = {{ANSWER_NO, true, day}, {ANSWER_YES, false, day}};
		return chronic_in_household(m, 2, 0, 0, false) == ANSWER_NO;
	}
	if (strcmp(input, "non-HoH adult CH") == 0) {
		struct chronic_member m[] = {
			{ANSWER_NO, true, day}, {ANSWER_YES, true, day_add(day, 5)}, {ANSWER_NO, false, day}};
		return chronic_in_household(m, 3, 0, 2, false) == ANSWER_YES;
	}
	fail_msg("an unknown case: %s: %s", input, want);
	return false;
}

static bool move_in_case(const char *input, const char *want)
{
	struct day entry = ymd(2026, 1, 1);
	struct household_stay head = {.entry = entry, .exit = DAY_NONE, .move_in = day_add(entry, 30)};
	struct household_stay member = {.entry = entry, .exit = DAY_NONE, .move_in = DAY_NONE};
	if (strcmp(want, "own date") == 0) {
		member.move_in = day_add(entry, 20);
		return household_move_in(&member, &head).n == entry.n + 20;
	}
	if (strcmp(want, "HoH date") == 0) {
		struct household_stay gone = member;
		gone.exit = day_add(entry, 29);
		return household_move_in(&member, &head).n == entry.n + 30 &&
		       !day_known(household_move_in(&gone, &head));
	}
	if (strcmp(want, "member EntryDate") == 0) {
		member.entry = day_add(entry, 60);
		return household_move_in(&member, &head).n == entry.n + 60;
	}
	if (strcmp(want, "none") == 0) {
		head.move_in = DAY_NONE;
		return !day_known(household_move_in(&member, &head));
	}
	if (strcmp(want, "disregard") == 0) {
		struct day last = day_add(entry, 100);
		struct household_stay s = {.entry = entry, .exit = day_add(entry, 50)};
		const int bad[] = {-1, 51};
		bool disregarded = true;
		for (int i = 0; i < 2; i++) {
			s.move_in = day_add(entry, bad[i]);
			disregarded &= !day_known(household_move_in_valid(PROJECT_RAPID, &s, last));
		}
		s.exit = DAY_NONE;
		s.move_in = day_add(last, 1);
		disregarded &= !day_known(household_move_in_valid(PROJECT_RAPID, &s, last));
		s.move_in = last;
		disregarded &= !day_known(household_move_in_valid(PROJECT_SHELTER, &s, last));
		return disregarded && day_known(household_move_in_valid(PROJECT_RAPID, &s, last));
	}
	fail_msg("an unknown case: %s: %s", input, want);
	return false;
}

static bool to_street_case(const char *input, const char *want)
{
	struct day entry = ymd(2026, 1, 1);
	struct household_stay head = {.entry = entry, .birth = ymd(1980, 1, 1), .to_street = ymd(2020, 5, 5)};
	struct household_stay member = {.entry = entry, .birth = ymd(2022, 7, 1), .to_street = DAY_NONE};
	if (strcmp(input, "own date earlier than DOB") == 0) {
		member.to_street = ymd(2021, 1, 1);
		return household_to_street(&member, NULL).n == member.birth.n;
	}
	if (strncmp(input, "age<=17, same EntryDate", 23) == 0) {
		struct household_stay older = member;
		older.birth = ymd(2010, 1, 1);
		return household_to_street(&member, &head).n == member.birth.n &&
		       household_to_street(&older, &head).n == head.to_street.n;
	}
	if (strcmp(input, "age<=17, different EntryDate") == 0) {
		member.entry = day_add(entry, 1);
		return !day_known(household_to_street(&member, &head));
	}
	if (strcmp(input, "age 18+, own null") == 0) {
		member.birth = ymd(2008, 1, 1); /* 18 on the day */
		return !day_known(household_to_street(&member, &head));
	}
	fail_msg("an unknown case: %s: %s", input, want);
	return false;
}

/* One or two shelter stays and their nights. */
static bool nights_case(const char *input, const char *want)
{
	(void)input;
	struct day as_of = ymd(2023, 9, 30);
	struct roster *r = roster_new(as_of, as_of, &rules_default);
	uint32_t person = roster_add_person(r);
	uint32_t shelter = roster_add_project(r, PROJECT_SHELTER);
	if (strstr(want, "75 days") != NULL) {
		uint32_t s = roster_add_stay(r, person, ROSTER_NONE, shelter, ymd(2022, 11, 1));
		r->stays[s].exit = ymd(2023, 1, 15);
	} else {
		uint32_t s = roster_add_stay(r, person, ROSTER_NONE, shelter, ymd(2022, 10, 15));
		r->stays[s].exit = ymd(2022, 12, 15);
		s = roster_add_stay(r, person, ROSTER_NONE, shelter, ymd(2022, 11, 15));
		r->stays[s].exit = ymd(2023, 1, 15);
	}
	roster_settle(r);
	int nights = standing_roof_nights(r, person, ymd(2022, 10, 1), as_of);
	roster_free(&r);
	return nights == atoi(want);
}

/* Exit − entry; for a stayer the day after the end − entry: the nights of one stay. */
static bool length_case(const char *input, const char *want)
{
	(void)want;
	struct day entry = ymd(2023, 3, 1);
	struct day end = ymd(2023, 9, 30);
	struct roster *r = roster_new(end, end, &rules_default);
	uint32_t person = roster_add_person(r);
	uint32_t s = roster_add_stay(r, person, ROSTER_NONE, roster_add_project(r, PROJECT_SHELTER), entry);
	bool exited = strcmp(input, "exited") == 0;
	struct day exit = ymd(2023, 4, 10);
	r->stays[s].exit = exited ? exit : DAY_NONE;
	roster_settle(r);
	int nights = standing_roof_nights(r, person, entry, end);
	roster_free(&r);
	return nights == (exited ? day_diff(entry, exit) : day_diff(entry, day_add(end, 1)));
}

static void household_rules(void **state)
{
	(void)state;
	static const struct {
		const char *rule;
		bool (*holds)(const char *input, const char *want);
	} rules[] = {
		{"household_type", type_case},
		{"ch_household_at_start", chronic_start_case},
		{"ch_household_PIT", chronic_pit_case},
		{"move_in", move_in_case},
		{"date_to_street", to_street_case},
		{"length_of_stay", length_case},
		{"spm_1a", nights_case},
	};
	struct table t;
	if (!table_open(&t, "household_rules_cases.csv"))
		skip();
	int n = 0;
	while (table_next(&t)) {
		bool known = false;
		for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
			if (strcmp(field(&t, "rule"), rules[i].rule) != 0)
				continue;
			known = true;
			if (!rules[i].holds(field(&t, "input"), field(&t, "expected")))
				fail_msg("%s: %s is not: %s", rules[i].rule, field(&t, "input"), field(&t, "expected"));
		}
		if (!known)
			fail_msg("an unknown rule: %s", field(&t, "rule"));
		n++;
	}
	assert_int_equal(n, 23);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chronic_at_start),
		cmocka_unit_test(household_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
