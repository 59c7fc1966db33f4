/* The brake on guessing: failures are counted under a key (a sign-in name, an address, an account's codes), and past a
 * limit the door stays closed, for a minute at first, twice as long with each further failure, an hour at most. What is
 * right opens it. Failures are forgotten a day after the last wait was over: an office has one address, and its slips
 * of years must not add up.
 *
 *     struct brake brakes[] = {brake_on(c, "login", login, TRIES_LOGIN), brake_on(c, "address", address,
 * TRIES_ADDRESS)}; TRY(brake_check(c, brakes, 2));      (ERR_RETRY with the minutes to wait) if (wrong)
 *             TRY(brake_fail(c, brakes, 2));
 */
#ifndef APP_BRAKE_H
#define APP_BRAKE_H

#include "app/app.h"

enum { TRIES_LOGIN = 10, TRIES_ADDRESS = 30 };

struct brake {
	struct str key; /* keyed hash */
	int64_t limit;
};

struct brake brake_on(struct call *c, const char *what, struct str word, int64_t limit);

must err_t brake_check(struct call *c, const struct brake *brakes, size_t n);

/* Notes a failure under each, beside other writers. */
must err_t brake_fail(struct call *c, const struct brake *brakes, size_t n);

/* What was right opens the door; inside a writing transaction. */
must err_t brake_release(struct db *db, struct arena *a, const struct brake *b);

#endif
