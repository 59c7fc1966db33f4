/* What people of the made-up CoC signed: most a release, some not; its agencies a memorandum, but one whose ended. */
#ifndef APP_DEMO_RELEASE_H
#define APP_DEMO_RELEASE_H

#include "app/app.h"

/* Memoranda of all agencies but lead agencies, for a year around today. That of `ended` ended lately (it may be empty).
 * An agreement of everybody with an account. */
must err_t demo_sign(struct call *c, struct str ended);

/* Releases of the heads of all households, region by region in the order of the list. Of every twenty one each has
 * lapsed, was refused, was withdrawn, names no agency but `named`, or was never asked for; the thirteenth of each
 * region is protected. */
must err_t demo_releases(struct call *c, struct str named);

#endif
