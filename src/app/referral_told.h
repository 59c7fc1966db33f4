/* What a new import tells of referrals (domain/referral_told.h).
 *
 * Called once an import is switched on. A decline says no reason in HMIS: the household's is "they did not say why",
 * the provider's "something else", at which who plans the region's conferences looks as ever.
 */
#ifndef APP_REFERRAL_TOLD_H
#define APP_REFERRAL_TOLD_H

#include "app/app.h"

/* How many referrals went on by what the facts say. */
must err_t app_referral_told(struct call *c, size_t *n);

#endif
