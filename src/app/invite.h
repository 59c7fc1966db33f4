/* Invitations: an administrator offers an account, hands over a code, and the invited chooses the password. A code
 * is good once, for INVITATION_DAYS; only its keyed hash is kept. */
#ifndef APP_INVITE_H
#define APP_INVITE_H

#include "app/user.h"

enum { INVITATION_DAYS = 7 };

/* The code is returned to be shown once. A second invitation under the same name takes the place of the first.
 * As app_user_add otherwise. */
must err_t app_invite(struct call *c, const struct user_new *u, struct str *code);

/* Takes it back; ERR_MISSING where none waits. */
must err_t app_invite_withdraw(struct call *c, struct str login);

struct invitation {
	struct str login, name, role, agency, region;
	struct instant until;
};

/* Those that wait; operators and administrators. */
must err_t app_invitations(struct call *c, struct invitation **out, size_t *n);

/* What a code offers, to whoever has it; ERR_MISSING for one that is not known, used, taken back or too old. */
must err_t app_invitation(struct call *c, struct str code, struct invitation *out);

/* Takes it: the account is made. */
must err_t app_invitation_take(struct call *c, struct str code, struct str password);

#endif
