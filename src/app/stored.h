/* Small numbers of the database that stand for a word of the program (a status, a situation) or for a count: they
 * are bounded where a row is read, once, so that nothing behind it meets a number that no table has.
 *
 *     TRY(stored_within(a, row->status, STATUSES_N, "listing.status"));
 */
#ifndef APP_STORED_H
#define APP_STORED_H

#include "base/err.h"

/* ERR_INTERNAL, "damaged", unless the value is one of 0 … count − 1. */
must err_t stored_within(struct arena *a, int64_t value, int64_t count, const char *column);

#endif
