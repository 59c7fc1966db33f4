/* The made-up CoC's regions: who anchors them, and a move that waits for an answer. */
#ifndef APP_DEMO_REGION_H
#define APP_DEMO_REGION_H

#include "app/app.h"

/* In each region the agency with most households anchors it; one region has nobody yet, so that it shows. */
must err_t demo_anchor(struct call *c);

/* A list holder by sign-in name, for what is done in that name. Inside a transaction. */
must err_t demo_holder(struct db *db, struct arena *a, struct str login, struct actor *out);

/* The list holder with that sign-in name asks for a household of region `number`. */
must err_t demo_move(struct call *c, struct str login, int number);

#endif
