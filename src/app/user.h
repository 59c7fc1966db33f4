/* People who use byname: accounts, signing in, sessions.
 *
 * Passwords are kept as Argon2id hashes (libsodium, interactive limits: 64 MiB, some 60 ms), at
 * most two of which are computed at once. A wrong name and a wrong password look alike and take
 * alike: a name that does not exist is checked against a hash of nothing. Ten failures for a name
 * or thirty from an address close the door for a while, growing; a right password opens it.
 *
 * A session is a random token in a cookie; the database holds its hash. It ends after IDLE without
 * a request, unless a live meeting keeps it awake, and in any case after a working day.
 */
#ifndef APP_USER_H
#define APP_USER_H

#include "app/app.h"
#include "base/pii.h"

enum {
	PASSWORD_MIN = 12, /* characters; length is what counts, there are no composition rules */
	PASSWORD_MAX = 200,
	SESSION_IDLE_MS = 20 * 60 * 1000,
	SESSION_MOST_MS = 12 * 60 * 60 * 1000,
};

struct user_new {
	struct str login; /* letters, digits, . - _ @; at most 64; told apart without case */
	struct str name;  /* "Lee Tran" */
	enum role role;
	struct str agency; /* an agency's id or exact name; empty where the role needs none */
	struct str region; /* a region's id, number or name; a list holder must have one */
	struct str chosen; /* a password known beforehand: of the made-up CoC's accounts only */
};

/* Adds an account with a one-time password, which is returned to be shown once. ERR_INVALID for
 * what does not fit together, ERR_CONFLICT for a login that is taken. Operators and administrators
 * may. */
must err_t app_user_add(struct call *c, const struct user_new *u, struct str *password);

/* A new one-time password; ends the account's sessions. */
must err_t app_user_reset(struct call *c, struct str login, struct str *password);

/* Closes the account and ends its sessions; its past acts stay in the journal. */
must err_t app_user_disable(struct call *c, struct str login);

struct user_row {
	struct str id;
	struct str login;
	struct str name;
	struct str role;
	struct str agency;
	struct str region;
	bool disabled;
};
struct user_list_view {
	struct user_row *users;
	size_t users_n;
};
must err_t app_user_list(struct call *c, struct user_list_view *out);

/* Signs in. On success *token is the cookie's value. ERR_DENIED with one sentence
 * for a wrong name, a wrong password and a closed account alike; ERR_RETRY with the minutes to
 * wait behind the brake. */
must err_t app_sign_in(struct call *c, struct str login, struct str password, struct str address, struct str *token);

/* Ends the session and journals it. A session that runs out leaves no row: nobody acts, and when it ends at the
 * latest follows from its sign-in. */
must err_t app_sign_out(struct call *c, struct str token);

/* Who has this session; *found is false when nobody has or it is over. Marks it as seen, at most
 * once a minute, beside the page's transaction. `keep_awake` is asked for by the routes of a live
 * meeting: while its user is in the room of one, the session does not end for idleness. */
must err_t app_session_actor(struct call *c, struct str token, bool keep_awake, struct actor *out, bool *found);

must err_t app_password_change(struct call *c, struct str token, struct str old_password, struct str new_password);

/* The id of a region given by id, number or name; ERR_MISSING. Inside a transaction. */
must err_t app_region_find(struct db *db, struct arena *a, struct str word, struct str *id);

#endif
