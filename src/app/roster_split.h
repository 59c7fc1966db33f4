/* Households that a person split (app/household_split.h), which are recorded by client, told to a roster. Read once,
 * for any number of rosters side by side: whoever fills one tells it, so that the list, a household's page and the
 * standing of everybody say the same.
 *
 *     TRY(roster_splits_load(db, a, &splits));
 *     roster_splits_tell(&splits, r, clients);     before it is settled
 */
#ifndef APP_ROSTER_SPLIT_H
#define APP_ROSTER_SPLIT_H

#include "domain/roster.h"
#include "store/q_household_split.h"

struct roster_splits {
	struct q_household_split_people *rows; /* in the order of the splits; also those that were taken back */
	size_t n;
	struct split_place {
		int64_t client;
		uint32_t row;
		uint32_t party; /* domain/household_apart.h */
	} * places;             /* the rows that hold, by client and row */
	size_t places_n;
};

/* Inside a transaction. */
must err_t roster_splits_load(struct db *db, struct arena *a, struct roster_splits *out);

/* Who was parted by a person. Who stays keeps the party they are of from an earlier split, so that they stay apart from
 * those as well. clients[i] is the client number of person i. */
void roster_splits_tell(const struct roster_splits *s, struct roster *r, const uint32_t *clients);

#endif
