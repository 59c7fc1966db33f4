/* A household with people of whom several records were found to be one person's (app/duplicate.h): what its page says
 * of it, and who may read what was written under a record that is not the listed one.
 *
 * Joining shows nobody more. Steps and papers of a household that gave way are found from the one that stays, and their
 * words are for a list holder who may read the notes of each of the records; others see what follows from them: that a
 * step is under way, which months are documented.
 */
#ifndef APP_JOINED_H
#define APP_JOINED_H

#include "app/household.h"

struct joined_row {
	struct str pair; /* as app_duplicate_undo takes it */
	struct str code; /* of the household that gave way */
	struct str by;
	struct day day;
};

/* What was written about a household that gave way, beside what is said of the one that stays. */
struct joined_kept {
	struct str code;
	struct str what; /* "Wants", "Needs", "Target move-in", "Cycle", the name of an own column */
	struct str says;
};

struct joined {
	bool any;                /* somebody's stays come from several records */
	struct joined_row *rows; /* for the list holder; each can be taken back */
	size_t rows_n;
	struct joined_kept *kept; /* for the list holder who may read the notes of each record */
	size_t kept_n;
};

/* Whether what was written under other records of the household's people is for the viewer too. `db` is in a
 * transaction. */
must err_t joined_shown(struct call *c, struct db *db, struct arena *a, const struct household_face *face, bool *shown);

must err_t joined_of(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
		     struct joined *out);

#endif
