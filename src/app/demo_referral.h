/* The made-up CoC's referrals: one in each situation that people meet. */
#ifndef APP_DEMO_REFERRAL_H
#define APP_DEMO_REFERRAL_H

#include "app/app.h"

/* To these openings, in turn, of who comes first on the caller's list; nothing where there are too few of either. */
must err_t demo_referrals(struct call *c, const struct str *openings, size_t n);

#endif
