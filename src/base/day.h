/* Calendar days and instants; they do not mix.
 *
 * A day is a date in the CoC's time zone, counted from 1970-01-01 (day 0). An instant is
 * milliseconds since the same midnight in UTC. Nothing here reads a clock, but clock_now alone.
 * DAY_NONE and INSTANT_NONE stand for "not known"; day_known tells.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct day {
	int32_t n;
};

struct instant {
	int64_t ms;
};

#define DAY_NONE ((struct day){INT32_MIN})
#define INSTANT_NONE ((struct instant){INT64_MIN})

/* The days a fact may have: 1900-01-01 to 2199-12-31. Anything else is a typing error. */
#define DAY_FIRST ((struct day){-25567})
#define DAY_LAST ((struct day){84005})

struct ymd {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

static inline bool day_known(struct day d)
{
	return d.n != INT32_MIN;
}

static inline bool instant_known(struct instant t)
{
	return t.ms != INT64_MIN;
}

/* b − a in days; both known. */
static inline int32_t day_diff(struct day a, struct day b)
{
	return b.n - a.n;
}

static inline struct day day_add(struct day d, int32_t days)
{
	return (struct day){d.n + days};
}

/* The earlier (later) of two days, where an unknown one gives way to the other. */
struct day day_min(struct day a, struct day b);
struct day day_max(struct day a, struct day b);

bool day_from_ymd(int year, int month, int day, struct day *out); /* false: no such date */
struct ymd day_to_ymd(struct day d);
int day_weekday(struct day d); /* 0 Sunday to 6 Saturday */

/* Months since year 0, so that neighbours differ by one: 2026-11 is 2026 * 12 + 10. */
int32_t day_month(struct day d);
struct day month_first(int32_t month);
struct day month_last(int32_t month);

/* The same date n years away; 29 February becomes 28 where it must. */
struct day day_add_years(struct day d, int years);

/* Whole years from birth to d, as birthdays count. */
int day_age(struct day birth, struct day d);

/* "2026-11-21" and nothing else; false for a date that does not exist or is out of range. */
bool day_parse(struct str s, struct day *out);
enum { DAY_TEXT = 11 };
const char *day_text(struct day d, char out[DAY_TEXT]); /* "2026-11-21", "" when unknown */

/* For people: "Sat 21 Nov 2026" and "21 Nov". */
enum { DAY_SAY = 16 };
const char *day_say(struct day d, char out[DAY_SAY]);
const char *day_say_short(struct day d, char out[DAY_SAY]);
const char *day_say_date(struct day d, char out[DAY_SAY]); /* "21 Nov 2026": where the weekday says nothing */

/* How long, for people: "67 days"; from a year on also for speech: "823 days (2 y 3 m)". */
struct str day_span_say(struct arena *a, int days);

/* "2026-11-21 14:02:31" with ' ' or 'T' between, seconds optional; taken as UTC. A bare date is
 * its midnight. */
bool instant_parse(struct str s, struct instant *out);
enum { INSTANT_TEXT = 20 };
const char *instant_text(struct instant t, char out[INSTANT_TEXT]); /* "2026-11-21 14:02:31" */

/* The one place that reads the clock. */
struct instant clock_now(void);

/* The calendar day of t in the process's time zone (the CoC's, set once at start from the
 * setting), and the wall-clock time as "14:02". */
struct day instant_day(struct instant t);
enum { CLOCK_TEXT = 6 };
const char *instant_clock(struct instant t, char out[CLOCK_TEXT]);

/* The instant of hour:minute on day d in the process's time zone. */
struct instant day_at(struct day d, int hour, int minute);

#endif
