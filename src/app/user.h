/* Accounts of people who use byname: added, moved, reset and closed by an administrator or an operator. Signing in
 * is app/sign.h, invitations app/invite.h.
 *
 * Whoever is moved to another agency, role or region, or whose account is closed, is signed out everywhere in the
 * same transaction; live events stop with it (web/events.h).
 */
#ifndef APP_USER_H
#define APP_USER_H

#include "app/app.h"

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

/* Another role, agency and region; ends the account's sessions. Empty: none. */
must err_t app_user_move(struct call *c, struct str login, enum role role, struct str agency, struct str region);

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
	bool second_step; /* has one set up */
	bool connected;   /* with somebody at a provider of single sign-on */
};
struct user_list_view {
	struct user_row *users;
	size_t users_n;
};
must err_t app_user_list(struct call *c, struct user_list_view *out);

/* The id of a region given by id, number or name; ERR_MISSING. Inside a transaction. */
must err_t app_region_find(struct db *db, struct arena *a, struct str word, struct str *id);

/* --- for its neighbours --- */

/* ERR_DENIED for who may not change accounts. */
must err_t user_may_administer(struct call *c);

/* Lower case, and only what can be typed and told apart; ERR_INVALID. */
must err_t user_login_clean(struct arena *a, struct str in, struct str *out);

/* What can be checked without the database; gives the clean login. */
must err_t user_check(struct arena *a, const struct user_new *u, struct str *login);

/* The ids of agency and region, and that the login is free. Inside a transaction. */
must err_t user_place(struct db *db, struct arena *a, const struct user_new *u, struct str login, struct str *agency_id,
		      struct str *region_id);

/* Their names; empty where there is none. Inside a transaction. */
must err_t user_places(struct db *db, struct arena *a, struct str agency_id, struct str region_id, struct str *agency,
		       struct str *region);

#endif
