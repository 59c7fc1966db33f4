#include <math.h>
#include <string.h>

#include "sheet/inside.h"

enum {
	SERIAL_1970 = 25569, /* 1970-01-01 as workbooks count, from 1900 */
	SERIAL_LEAP = 60,    /* 29 February 1900, which workbooks have and the calendar has not */
	SERIAL_1904 = 1462,  /* how many days later the other date system begins */
	YEAR_LIKE_FIRST = 1900,
	YEAR_LIKE_LAST = 2100,
	MONTH_LETTERS = 3,
};

struct day sheet_serial_day(double serial, bool from_1904)
{
	double whole = floor(serial) + (from_1904 ? SERIAL_1904 : 0);
	if (!(whole >= 1 && whole < 200000) || whole == SERIAL_LEAP)
		return DAY_NONE;
	struct day d = {(int32_t)whole - SERIAL_1970 + (whole < SERIAL_LEAP ? 1 : 0)};
	return d.n >= DAY_FIRST.n && d.n <= DAY_LAST.n ? d : DAY_NONE;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The month that a word begins like: "nov", "November"; 0 for another word. */
static int month_of(struct str word)
{
	static const struct str months[] = {
		STR_INIT("january"),   STR_INIT("february"), STR_INIT("march"),    STR_INIT("april"),
		STR_INIT("may"),       STR_INIT("june"),     STR_INIT("july"),     STR_INIT("august"),
		STR_INIT("september"), STR_INIT("october"),  STR_INIT("november"), STR_INIT("december"),
	};
	for (int m = 0; m < 12; m++)
		if (word.n >= MONTH_LETTERS && word.n <= months[m].n &&
		    str_eq_nocase(word, str_sub(months[m], 0, word.n)))
			return m + 1;
	return 0;
}

/* The three parts of a written date; `month` is the place of a month that stands as a word, or −1. What stands
 * behind the third is a time of day. */
struct parts {
	int value[3];
	size_t digits[3];
	int month;
};

static bool parts_read(struct str text, struct parts *out)
{
	size_t at = 0;
	out->month = -1;
	for (int i = 0; i < 3; i++) {
		while (i > 0 && at < text.n && strchr("/-., ", text.p[at]) != NULL)
			at++;
		size_t from = at;
		int value = 0;
		while (at < text.n && at - from < 4 && is_digit(text.p[at]))
			value = value * 10 + (text.p[at++] - '0');
		if (at == from) {
			while (at < text.n && is_letter(text.p[at]))
				at++;
			value = month_of(str_sub(text, from, at - from));
			if (value == 0 || out->month >= 0)
				return false;
			out->month = i;
		}
		out->value[i] = value;
		out->digits[i] = at - from;
		if (i < 2 && (at >= text.n || strchr("/-., ", text.p[at]) == NULL))
			return false;
	}
	return at == text.n || text.p[at] == ' ' || text.p[at] == 'T';
}

static bool day_written(struct str text, enum sheet_order order, struct day today, struct day *out)
{
	static const int places[SHEET_ORDERS_N][3] = {/* year, month, day */
						      [SHEET_MONTH_FIRST] = {2, 0, 1},
						      [SHEET_DAY_FIRST] = {2, 1, 0},
						      [SHEET_YEAR_FIRST] = {0, 1, 2}};
	struct parts p;
	if (!parts_read(text, &p))
		return false;
	int year = places[order][0];
	int month = places[order][1];
	int day = places[order][2];
	/* Four digits are a year and a word is a month, wherever they stand. */
	if (p.month < 0 && p.digits[0] == 4) {
		year = 0;
		month = 1;
		day = 2;
	} else if (p.month >= 0) {
		month = p.month;
		year = p.digits[0] == 4 && month != 0 ? 0 : 2;
		if (year == month)
			return false;
		day = 3 - year - month;
	} else if (p.digits[2] == 4 && year == 0) {
		return false;
	}
	if (p.digits[day] > 2 || (p.month < 0 && p.digits[month] > 2))
		return false;
	int y = p.value[year];
	if (p.digits[year] == 2) {
		int century = day_to_ymd(today).year / 100 * 100;
		y += y <= day_to_ymd(today).year % 100 ? century : century - 100;
	} else if (p.digits[year] != 4) {
		return false;
	}
	struct day d;
	if (!day_from_ymd(y, p.value[month], p.value[day], &d) || d.n < DAY_FIRST.n || d.n > DAY_LAST.n)
		return false;
	*out = d;
	return true;
}

bool sheet_day(const struct sheet_cell *cell, enum sheet_order order, struct day today, struct day *out)
{
	int64_t number;
	bool whole = str_to_i64(cell->text, &number);
	struct day d = cell->kind == SHEET_TEXT && whole ? sheet_serial_day((double)number, false) : cell->day;
	switch (cell->kind) {
	case SHEET_DAY:
		*out = cell->day;
		return true;
	case SHEET_NUMBER:
	case SHEET_TEXT:
		if (cell->kind == SHEET_TEXT && !whole)
			return day_written(cell->text, order, today, out);
		if (!day_known(d) || (whole && number >= YEAR_LIKE_FIRST && number <= YEAR_LIKE_LAST))
			return false;
		*out = d;
		return true;
	default:
		return false;
	}
}
