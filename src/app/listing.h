/* The list, derived from what is kept: households found again, rows compared, differences written.
 *
 * The rules are domain's; this is the way from the database to a roster and from its rows back. A
 * household keeps its number, id, code and drawn lot as long as somebody of it heads one: its head takes
 * it along, else whoever of its members is first. Rows are written under the number of the import (or of
 * the new day) they belong to, out of sight until that is switched on.
 */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "app/import.h"
#include "base/pii.h"

struct roster_fill;

/* Derives the list from a roster that is filled and not settled, and writes what differs from what is
 * visible under `now` as version `no`. How many households were and will be on it goes to *before and
 * *after. */
must err_t listing_derive(struct call *c, struct roster_fill *f, int64_t now, int64_t no,
			  const struct import_progress *progress, int64_t *before, int64_t *after);

/* Derives the list anew from the database, for a new day or after settings, regions or marks changed,
 * and switches it on. An import that was staged on an earlier day is abandoned for it. ERR_CONFLICT
 * where one was staged today and waits; ERR_RETRY while an import runs. */
must err_t app_listing_refresh(struct call *c, struct day as_of);

/* The same; before it, `first` writes a decision in a transaction of its own, while no import and no other new day is
 * under way or waits. What it refuses changes nothing. */
must err_t app_listing_refresh_with(struct call *c, struct day as_of,
				    err_t (*first)(struct db *db, struct arena *a, void *ctx), void *ctx);

/* What a person may decide about a household, beside the facts of an HMIS: word, what it does. Which region's list it
 * is on is decided by two: app/region_move.h. */
#define HOUSEHOLD_MARKS(X)                                                                                             \
	X(MARK_ADD, "add", "is on the list, though no recorded fact put it there")                                     \
	X(MARK_HERE, "here", "is still here, though the newest export does not have it")                               \
	X(MARK_MOVED_AWAY, "moved_away", "has moved away")                                                             \
	X(MARK_INELIGIBLE, "ineligible", "is no longer eligible")                                                      \
	X(MARK_VERIFIED, "verified", "is chronically homeless, with evidence on file")
enum household_mark {
#define X(name, word, say) name,
	HOUSEHOLD_MARKS(X)
#undef X
};

struct household_mark_new {
	struct str household_id;
	enum household_mark kind;
	struct day day;           /* from which it holds */
	const struct pii *reason; /* in a person's words, sealed; must be given */
	bool take_back;           /* ends the marks of the kind instead */
};

/* Records the decision and derives the list anew. The list holder of the household's region may.
 * ERR_MISSING: no such household. ERR_DENIED, ERR_INVALID. */
must err_t app_household_mark(struct call *c, const struct household_mark_new *m);

#endif
