/* Days on which offices are open. A by-when date skips closed days; a referral's clock counts
 * business days (DEFINITIONS "Referral clock"). Saturdays, Sundays and the listed holidays are closed. */
#ifndef DOMAIN_CALENDAR_H
#define DOMAIN_CALENDAR_H

#include <stddef.h>

#include "base/day.h"

/* Holidays in ascending order, as the CoC sets them; the array is the caller's. */
struct calendar {
	const struct day *holidays;
	size_t holidays_n;
};

bool calendar_is_open(const struct calendar *c, struct day d);

/* d itself where it is open, else the next open day. */
struct day calendar_open_from(const struct calendar *c, struct day d);

/* The n-th open day after d (n ≥ 0; 0 is calendar_open_from). The next business day is n = 1. */
struct day calendar_add(const struct calendar *c, struct day d, int n);

/* How many open days lie after `from` up to and including `to`; 0 where to is not later. */
int calendar_count(const struct calendar *c, struct day from, struct day to);

/* The eleven federal holidays of a year as observed (5 U.S.C. 6103: Saturday's on Friday, Sunday's
 * on Monday), ascending: what a new CoC's calendar begins with. New Year's Day that is observed on the
 * 31 December before belongs to the year of the holiday. */
enum { CALENDAR_FEDERAL = 11 };
void calendar_federal(int year, struct day out[CALENDAR_FEDERAL]);

#endif
