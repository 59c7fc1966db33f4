/* The history of households and its books, written beside the list (listing_store.c).
 *
 * A household's changes are worked out from the roster, booked against what is booked already
 * (domain/ledger.h), and only what differs from the rows of before is written.
 */
#ifndef APP_LISTING_MOVES_H
#define APP_LISTING_MOVES_H

#include "app/listing_derive.h"
#include "domain/ledger.h"
#include "store/q_movement.h"

/* What one derivation works out changes with. */
struct listing_moving {
	struct listing_derivation *d;
	struct arena *a;       /* grows to the longest history */
	struct arena *scratch; /* of one household */
	struct mover mover;
	struct movements moves; /* of the household that was looked at last */
};

/* The rows of one transaction. */
struct stretch_moves {
	struct q_movements_between *old;
	size_t old_n;
	size_t at; /* how far they are compared */
	struct q_movement_add_in *fresh;
	size_t fresh_n;
};

void listing_moving_new(struct listing_derivation *d, struct listing_moving *out);
void listing_moving_free(struct listing_moving *w);

/* Compares the rows of a household with its history, `h` NULL for one that is no more; households come by
 * number. What is not so any more is closed, what is new waits in s->fresh. */
must err_t listing_moves_compare(struct listing_moving *w, struct stretch_moves *s, struct db *db, struct arena *a,
				 int64_t number, const struct listing_home *h);

/* Since when the household of a row has its status (movement_since), where nothing is written. */
struct day listing_moves_since(struct listing_moving *w, const struct listing_row *row);

#endif
