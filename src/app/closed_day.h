/* The days on which the continuum's offices are closed: the federal holidays, and what it adds to them.
 *
 *     struct calendar calendar;
 *     TRY(closed_day_calendar(c, db, a, from, &calendar));
 */
#ifndef APP_CLOSED_DAY_H
#define APP_CLOSED_DAY_H

#include "app/app.h"
#include "domain/calendar.h"

enum { CLOSED_DAY_TEXT = 100 };

/* For administrators (CAN_REGIONS). ERR_INVALID: not within two years of today, or without a word what it is. */
must err_t app_closed_day_add(struct call *c, struct day day, struct str what);
/* ERR_MISSING: it was none. */
must err_t app_closed_day_take(struct call *c, struct day day);

struct closed_day_row {
	struct day day;
	struct str what;
};
/* Those to come, and of the last year. */
must err_t app_closed_days(struct call *c, struct closed_day_row **out, size_t *n);

/* For clocks that began on `from` or later. Inside a transaction; lives in the arena. */
must err_t closed_day_calendar(struct call *c, struct db *db, struct arena *a, struct day from, struct calendar *out);

#endif
