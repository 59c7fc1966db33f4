#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "hmis/cell.h"

struct expect {
	const char *text;
	enum hmis_problem problem;
	bool known;
	int64_t value; /* a number, a day's number or milliseconds */
};

static void check(enum hmis_file f, uint16_t column, const struct expect *table, size_t n)
{
	struct hmis_check c = hmis_check_make(f, column);
	for (size_t i = 0; i < n; i++) {
		struct hmis_cell cell;
		enum hmis_problem p = hmis_cell_read(&c, str_from(table[i].text), &cell);
		if (p != table[i].problem || cell.known != table[i].known)
			fail_msg("<%s>: %s, %s", table[i].text, hmis_problem_name(p), cell.known ? "known" : "unknown");
		if (!cell.known)
			continue;
		int64_t value = c.column->type == HMIS_DAY   ? cell.day.n
				: c.column->type == HMIS_INT ? cell.n
							     : cell.at.ms;
		if (c.column->type != HMIS_ID && c.column->type != HMIS_TEXT)
			assert_int_equal(value, table[i].value);
	}
}
#define CHECK(f, column, table) check(HMIS_##f, HMIS_##f##_##column, table, sizeof(table) / sizeof *(table))

static void test_days(void **state)
{
	(void)state;
	static const struct expect table[] = {
		{"", HMIS_NO_PROBLEM, false, 0},
		{"1970-01-01", HMIS_NO_PROBLEM, true, 0},
		{"2024-02-29", HMIS_NO_PROBLEM, true, 19782},
		{"1900-01-01", HMIS_NO_PROBLEM, true, -25567},
		{"2199-12-31", HMIS_NO_PROBLEM, true, 84005},
		{"1899-12-31", HMIS_DAY_BAD, false, 0},
		{"2200-01-01", HMIS_DAY_BAD, false, 0},
		{"2026-02-31", HMIS_DAY_BAD, false, 0},
		{"2023-02-29", HMIS_DAY_BAD, false, 0},
		{"2100-02-29", HMIS_DAY_BAD, false, 0},
		{"2026-00-10", HMIS_DAY_BAD, false, 0},
		{"2026-13-10", HMIS_DAY_BAD, false, 0},
		{"2026-01-00", HMIS_DAY_BAD, false, 0},
		{"2026-1-10", HMIS_DAY_BAD, false, 0},
		{"31-02-2026", HMIS_DAY_BAD, false, 0},
		{"08-MAY-67", HMIS_DAY_BAD, false, 0},
		{"2026/01/10", HMIS_DAY_BAD, false, 0},
		{"2026-01-10 00:00:00", HMIS_DAY_BAD, false, 0},
	};
	CHECK(Enrollment, EntryDate, table);
}

/* The fast reading of a day against the exact one, for every day there is and every length of month. */
static void test_every_day(void **state)
{
	(void)state;
	struct hmis_check c = hmis_check_make(HMIS_Enrollment, HMIS_Enrollment_EntryDate);
	for (int year = 1890; year <= 2210; year++) {
		for (int month = 0; month <= 13; month++) {
			for (int day = 0; day <= 32; day++) {
				char text[16];
				snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
				struct hmis_cell cell;
				struct day exact;
				bool good = day_parse(str_from(text), &exact);
				hmis_cell_read(&c, str_from(text), &cell);
				if (cell.known != good || (good && cell.day.n != exact.n))
					fail_msg("%s", text);
			}
		}
	}
}

static void test_instants(void **state)
{
	(void)state;
	static const struct expect table[] = {
		{"1970-01-02 00:00:01", HMIS_NO_PROBLEM, true, 86401000},
		{"1970-01-02T00:00:01", HMIS_NO_PROBLEM, true, 86401000},
		{"1970-01-02 00:01", HMIS_NO_PROBLEM, true, 86460000},
		{"1970-01-02", HMIS_NO_PROBLEM, true, 86400000},
		{"1970-01-02 24:00:00", HMIS_INSTANT_BAD, false, 0},
		{"1970-01-02 00:60:00", HMIS_INSTANT_BAD, false, 0},
		{"1970-02-30 00:00:00", HMIS_INSTANT_BAD, false, 0},
		{"9-10-2015 21:39:00", HMIS_INSTANT_BAD, false, 0},
		{"9/10/2015 21:39:00", HMIS_INSTANT_BAD, false, 0},
		{"3", HMIS_INSTANT_BAD, false, 0},
	};
	CHECK(Enrollment, DateUpdated, table);
}

static void test_codes(void **state)
{
	(void)state;
	static const struct expect situation[] = {
		{"116", HMIS_NO_PROBLEM, true, 116},     {"99", HMIS_NO_PROBLEM, true, 99},
		{"16", HMIS_SITUATION_LEGACY, false, 0}, {"1", HMIS_SITUATION_LEGACY, false, 0},
		{"312", HMIS_VALUE_UNLISTED, false, 0},  {"999999999999", HMIS_VALUE_UNLISTED, false, 0},
		{"-5", HMIS_VALUE_UNLISTED, false, 0},   {"116.0", HMIS_INT_BAD, false, 0},
		{"shelter", HMIS_INT_BAD, false, 0},     {"99999999999999999999", HMIS_INT_BAD, false, 0},
	};
	CHECK(Enrollment, LivingSituation, situation);
	static const struct expect relationship[] = {
		{"1", HMIS_NO_PROBLEM, true, 1},
		{"99", HMIS_NO_PROBLEM, true, 99},
		{"0", HMIS_VALUE_UNLISTED, false, 0},
		{"16", HMIS_VALUE_UNLISTED, false, 0},
	};
	CHECK(Enrollment, RelationshipToHoH, relationship);
	static const struct expect units[] = {
		{"0", HMIS_NO_PROBLEM, true, 0},
		{"12000", HMIS_NO_PROBLEM, true, 12000},
		{"1e3", HMIS_INT_BAD, false, 0},
	};
	CHECK(Inventory, UnitInventory, units);
}

static void test_ids_and_text(void **state)
{
	(void)state;
	static const struct expect ids[] = {
		{"x", HMIS_NO_PROBLEM, true, 0},
		{"12345678901234567890123456789012", HMIS_NO_PROBLEM, true, 0},
		{"123456789012345678901234567890123", HMIS_ID_LONG, false, 0},
		{"caf\xC3\xA9", HMIS_NO_PROBLEM, true, 0},
		{"caf\xE9", HMIS_TEXT_UNREADABLE, false, 0},
		{"a\x01", HMIS_TEXT_UNREADABLE, false, 0},
		{"12345678\x7F", HMIS_TEXT_UNREADABLE, false, 0},
		{"1234567\x1F"
		 "9",
		 HMIS_TEXT_UNREADABLE, false, 0},
	};
	CHECK(Enrollment, EnrollmentID, ids);
	static const struct expect names[] = {
		{"\"\"Zz\"\"", HMIS_NO_PROBLEM, true, 0},
		{"\xC5\x81ukasz Nobody", HMIS_NO_PROBLEM, true, 0},
		{"\xC0\x80", HMIS_TEXT_UNREADABLE, false, 0},
		{"\xED\xA0\x80", HMIS_TEXT_UNREADABLE, false, 0},
	};
	CHECK(Client, FirstName, names);

	struct hmis_check c = hmis_check_make(HMIS_Client, HMIS_Client_LastName);
	struct hmis_cell cell;
	char text[HMIS_TEXT_MAX + 1];
	memset(text, 'y', sizeof text);
	assert_int_equal(hmis_cell_read(&c, (struct str){text, HMIS_TEXT_MAX}, &cell), HMIS_NO_PROBLEM);
	assert_int_equal(hmis_cell_read(&c, (struct str){text, HMIS_TEXT_MAX + 1}, &cell), HMIS_TEXT_LONG);
	text[3] = '\0';
	assert_int_equal(hmis_cell_read(&c, (struct str){text, 10}, &cell), HMIS_TEXT_UNREADABLE);
}

/* What comes through of a disability and of violence. */
static void test_withheld(void **state)
{
	(void)state;
	static const struct {
		int64_t type, response; /* −1: unknown */
		enum hmis_problem problem;
		int64_t out;
	} table[] = {
		{10, 1, HMIS_NO_PROBLEM, 1},      {10, 2, HMIS_NO_PROBLEM, 1},     {10, 3, HMIS_NO_PROBLEM, 1},
		{10, 0, HMIS_NO_PROBLEM, 0},      {10, 99, HMIS_NO_PROBLEM, 99},   {5, 1, HMIS_NO_PROBLEM, 1},
		{8, 0, HMIS_NO_PROBLEM, 0},       {5, 2, HMIS_VALUE_UNLISTED, -1}, {-1, 3, HMIS_NO_PROBLEM, 1},
		{10, 7, HMIS_VALUE_UNLISTED, -1}, {6, -1, HMIS_NO_PROBLEM, -1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct hmis_cell cells[HMIS_COLUMNS_MAX] = {0};
		cells[HMIS_Disabilities_DisabilityType] =
			(struct hmis_cell){.known = table[i].type >= 0, .n = table[i].type};
		cells[HMIS_Disabilities_DisabilityResponse] =
			(struct hmis_cell){.known = table[i].response >= 0, .n = table[i].response};
		uint16_t column;
		assert_int_equal(hmis_row_withhold(HMIS_Disabilities, cells, &column), table[i].problem);
		assert_false(cells[HMIS_Disabilities_DisabilityType].known);
		const struct hmis_cell *response = &cells[HMIS_Disabilities_DisabilityResponse];
		assert_int_equal(response->known ? response->n : -1, table[i].out);
	}
	struct hmis_cell cells[HMIS_COLUMNS_MAX] = {0};
	cells[HMIS_HealthAndDV_DomesticViolenceSurvivor] = (struct hmis_cell){.known = true, .n = 0};
	cells[HMIS_HealthAndDV_CurrentlyFleeing] = (struct hmis_cell){.known = true, .n = 1};
	uint16_t column;
	assert_int_equal(hmis_row_withhold(HMIS_HealthAndDV, cells, &column), HMIS_NO_PROBLEM);
	assert_int_equal(cells[HMIS_HealthAndDV_DomesticViolenceSurvivor].n, 1);
	assert_false(cells[HMIS_HealthAndDV_CurrentlyFleeing].known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),  cmocka_unit_test(test_every_day),    cmocka_unit_test(test_instants),
		cmocka_unit_test(test_codes), cmocka_unit_test(test_ids_and_text), cmocka_unit_test(test_withheld),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
