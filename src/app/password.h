/* Passwords: made, hashed and judged. Kept as Argon2id hashes (libsodium, interactive limits: 64 MiB, some 60 ms),
 * at most two of which are computed at once. domain/password.h has the rule. */
#ifndef APP_PASSWORD_H
#define APP_PASSWORD_H

#include "app/app.h"
#include "domain/password.h"

/* A one-time password, easy to read over a telephone: four groups of five, 100 bits. */
struct str password_once(struct arena *a);

must err_t password_hash(struct arena *a, struct str password, struct str *out);

/* An empty hash takes as long as any other and is fit by none. */
bool password_fits(struct arena *a, struct str hash, struct str password);

/* ERR_INVALID with one sentence for a password that is guessed too easily by who knows these words. */
must err_t password_check(struct arena *a, struct str password, const struct str *own, size_t own_n);

/* Whether the password is the account's, behind a brake of its own, for what a session alone may not do;
 * ERR_DENIED, ERR_RETRY. `hash`: the account's, as loaded. */
must err_t password_confirm(struct call *c, struct str user_id, struct str hash, struct str password);

#endif
