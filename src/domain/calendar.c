#include "domain/calendar.h"

enum { SUNDAY = 0, MONDAY = 1, THURSDAY = 4, SATURDAY = 6 };

static bool is_weekend(struct day d)
{
	int w = day_weekday(d);
	return w == SATURDAY || w == SUNDAY;
}

bool calendar_is_open(const struct calendar *c, struct day d)
{
	if (is_weekend(d))
		return false;
	size_t low = 0;
	size_t high = c->holidays_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (c->holidays[mid].n < d.n)
			low = mid + 1;
		else
			high = mid;
	}
	return low == c->holidays_n || c->holidays[low].n != d.n;
}

struct day calendar_open_from(const struct calendar *c, struct day d)
{
	while (!calendar_is_open(c, d))
		d = day_add(d, 1);
	return d;
}

struct day calendar_add(const struct calendar *c, struct day d, int n)
{
	if (n == 0)
		return calendar_open_from(c, d);
	for (; n > 0; n--)
		d = calendar_open_from(c, day_add(d, 1));
	return d;
}

int calendar_count(const struct calendar *c, struct day from, struct day to)
{
	int n = 0;
	for (struct day d = day_add(from, 1); d.n <= to.n; d = day_add(d, 1))
		n += calendar_is_open(c, d);
	return n;
}

/* The n-th weekday of a month, n from 1; n 0 is the last. */
static struct day nth(int year, int month, int weekday, int n)
{
	int32_t m = year * 12 + month - 1;
	if (n == 0) {
		struct day last = month_last(m);
		return day_add(last, -((day_weekday(last) - weekday + 7) % 7));
	}
	struct day first = month_first(m);
	return day_add(first, (weekday - day_weekday(first) + 7) % 7 + 7 * (n - 1));
}

static struct day observed(int year, int month, int day)
{
	struct day d = day_add(month_first(year * 12 + month - 1), day - 1);
	int w = day_weekday(d);
	return w == SATURDAY ? day_add(d, -1) : w == SUNDAY ? day_add(d, 1) : d;
}

void calendar_federal(int year, struct day out[CALENDAR_FEDERAL])
{
	const struct day days[CALENDAR_FEDERAL] = {
		observed(year, 1, 1),       /* New Year's Day */
		nth(year, 1, MONDAY, 3),    /* Birthday of Martin Luther King, Jr. */
		nth(year, 2, MONDAY, 3),    /* Washington's Birthday */
		nth(year, 5, MONDAY, 0),    /* Memorial Day */
		observed(year, 6, 19),      /* Juneteenth */
		observed(year, 7, 4),       /* Independence Day */
		nth(year, 9, MONDAY, 1),    /* Labor Day */
		nth(year, 10, MONDAY, 2),   /* Columbus Day */
		observed(year, 11, 11),     /* Veterans Day */
		nth(year, 11, THURSDAY, 4), /* Thanksgiving Day */
		observed(year, 12, 25),     /* Christmas Day */
	};
	for (int i = 0; i < CALENDAR_FEDERAL; i++)
		out[i] = days[i];
}
