/* The made-up CoC's openings: one of each kind that people meet, so that the register can be looked at, with
 * some referrals to them. */
#ifndef APP_DEMO_OPENING_H
#define APP_DEMO_OPENING_H

#include "app/app.h"

/* Entered in the name of a list holder for these agencies, in turn. */
must err_t demo_openings(struct call *c, struct str login, const struct str *agencies, size_t n);

#endif
