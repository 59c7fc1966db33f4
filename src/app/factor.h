/* The second step of signing in: a code that changes every half minute (TOTP, RFC 6238, by liboath: SHA-1, six
 * digits, 30 seconds, one step of grace to either side), and ten recovery codes for who has lost the device.
 *
 * The secret is offered, sealed in a ticket that the form carries, and counts when a code made of it has been
 * typed; until then nothing is stored. It is kept sealed. A code counts once: the newest step that was used is
 * kept, and no code of it or before is taken. Recovery codes are kept as keyed hashes.
 *
 * Which roles must have one is a setting (`second_factor`). Who must and has none may do nothing but set one up
 * (actor.must_enrol).
 */
#ifndef APP_FACTOR_H
#define APP_FACTOR_H

#include "app/app.h"

enum { RECOVERY_CODES = 10 };

struct factor_view {
	bool set;
	struct instant since;
	int64_t recovery_left;
	bool required; /* of the person's role */
};
must err_t app_factor(struct call *c, struct factor_view *out);

struct factor_offer {
	struct str secret; /* as people type it: groups of four */
	struct str uri;    /* as programs read it, for the QR code */
	struct str ticket; /* goes with the form; good for half an hour and for this account alone */
};

/* A new secret. */
must err_t app_factor_offer(struct call *c, struct factor_offer *out);

/* The secret of a ticket once more; ERR_INVALID for a ticket that is not this account's or too old. */
must err_t app_factor_again(struct call *c, struct str ticket, struct factor_offer *out);

/* Sets the ticket's secret up. Who has a second factor already proves the password too. The recovery codes are
 * returned to be shown once. ERR_INVALID for a code that does not fit, ERR_DENIED for a wrong password. */
must err_t app_factor_set(struct call *c, struct str ticket, struct str code, struct str password, struct str **codes);

/* Ten new recovery codes; the old ones are gone. */
must err_t app_factor_codes(struct call *c, struct str password, struct str **codes);

/* Takes somebody's second factor away and ends their sessions. The person is told at the next sign-in.
 * Administrators and operators. ERR_CONFLICT where there is none. */
must err_t app_factor_reset(struct call *c, struct str login);

/* What is behind signing in (app/sign.c); inside a writing transaction. A code that is right is used up. */
enum code_answer { CODE_WRONG, CODE_USED, CODE_RIGHT, CODE_RECOVERY };
must err_t factor_try(struct call *c, struct db *db, struct arena *a, struct str user_id, struct str code,
		      enum code_answer *out);

/* A text sealed for a short time, as hexadecimal digits: what a form carries from one step to the next. Opening it
 * gives ERR_INVALID where it is not ours, for another purpose or too old. */
struct str ticket_make(struct call *c, const char *purpose, struct str text, int64_t ms);
must err_t ticket_open(struct call *c, const char *purpose, struct str ticket, struct str *text);

#endif
