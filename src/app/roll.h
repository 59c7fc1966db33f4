/* What the clock does: the list's turn to a new day, since statuses and months depend on what day it is, the end of
 * files that were kept for agencies (app/share.h) and of referrals that nobody moved (app/referral.h), mail that waits
 * (app/outbox.h), and comparing records that came with an import (app/duplicate.h). */
#ifndef APP_ROLL_H
#define APP_ROLL_H

#include "app/app.h"

struct roll;

/* Starts a thread that compares what was not compared yet, and derives the list anew when the CoC's day has changed
 * since it was derived: at the start, and then soon after midnight. Several nodes may do so at once; one of them does
 * the work. `call` gives the instance and is not kept. */
must err_t roll_start(struct arena *a, const struct call *call, struct roll **out);

/* Ends the thread once what it does is done; sets *roll to NULL; NULL is allowed. */
void roll_stop(struct roll **roll);

#endif
