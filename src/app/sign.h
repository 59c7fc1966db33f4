/* Signing in and out, and who has a session.
 *
 * A wrong name and a wrong password look alike and take alike: a name that does not exist is checked against a hash
 * of nothing. Who has a second step is asked for the code after the right password, so that nobody learns without it
 * whether an account has one, or is. Guessing is braked (app/brake.h).
 *
 * A session is a random token in a cookie; the database holds its hash. It ends after SESSION_IDLE_MS without a
 * request, unless a live meeting keeps it awake, in any case after a working day, and at once when its cookie comes
 * from another device than it began on (app/device.h).
 */
#ifndef APP_SIGN_H
#define APP_SIGN_H

#include "app/app.h"

enum {
	SESSION_IDLE_MS = 20 * 60 * 1000,
	SESSION_MOST_MS = 12 * 60 * 60 * 1000,
};

struct signed_in {
	struct str token;  /* the cookie's value; empty: a code is due */
	struct str ticket; /* for the form that asks for the code; good for ten minutes */
	bool told;         /* an administrator took the second step away, which the person has to know */
};

/* ERR_DENIED with one sentence for a wrong name, a wrong password and a closed account alike; ERR_RETRY with the
 * minutes to wait behind the brake. */
must err_t app_sign_in(struct call *c, struct str login, struct str password, struct str address,
		       struct signed_in *out);

/* The second step: a code, or one of the recovery codes. ERR_DENIED for a wrong one and, in other words, for one that
 * was used already, which the journal notes; ERR_INVALID for a ticket that is not ours or too old; ERR_RETRY. */
must err_t app_sign_code(struct call *c, struct str ticket, struct str code, struct str address, struct signed_in *out);

/* Ends the session and journals it. A session that runs out leaves no row: nobody acts, and when it ends at the
 * latest follows from its sign-in. */
must err_t app_sign_out(struct call *c, struct str token);

/* Who has this session; *found is false when nobody has or it is over. Marks it as seen, at most
 * once a minute, beside the page's transaction. `keep_awake` is asked for by the routes of a live
 * meeting: while its user is in the room of one, the session does not end for idleness. */
must err_t app_session_actor(struct call *c, struct str token, bool keep_awake, struct actor *out, bool *found);

/* Everywhere else the account is signed out. */
must err_t app_password_change(struct call *c, struct str token, struct str old_password, struct str new_password);

/* --- for its neighbours --- */

/* What a session was opened with. */
enum proof {
	PROOF_PASSWORD,
	PROOF_SSO,      /* single sign-on (app/sso.h) */
	PROOF_SSO_STEP, /* the same, and its provider vouches for a second step */
};

/* Where a first step that was right leads: to a session, or to a ticket for the code where the account has a second
 * step and none was vouched for. `password`: the account's hash, with which the ticket ends. Inside a writing
 * transaction. */
must err_t sign_go_on(struct call *c, struct db *db, struct arena *a, struct str user_id, struct str password,
		      enum proof proof, struct signed_in *out);

/* The hash under which a session is kept. */
struct str session_hash(struct arena *a, struct str token);

#endif
