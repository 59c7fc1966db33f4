/* What people write down about a household, item by item, with its history. Private to src/app.
 *
 * An item is a short key: "document.photo_id", "needs", "preference", "column.ID", "place.AGENCY". Its
 * value is text, sealed like all free text; a newer value takes the place of the one before, which is
 * kept. The files that give an item its meaning decide who may read and write it (document.h, needs.h,
 * column.h); here is how it is kept.
 */
#ifndef APP_ENTRY_H
#define APP_ENTRY_H

#include "app/household.h"

enum { ENTRY_MAX = 1000 }; /* characters of a value */

struct entry {
	int64_t household_no;
	struct str item;
	int64_t no;
	struct str sealed; /* empty: taken away */
	struct instant at;
	struct str by; /* name of who wrote it */
};

/* What holds of some households (at most LIMIT_LIST_PAGE), by household and item. `db` is in a
 * transaction. */
must err_t entries_load(struct db *db, struct arena *a, const int64_t *nos, size_t n, struct entry **out,
			size_t *out_n);

/* The one of a household's item among them, or NULL where there is none or it was taken away. */
const struct entry *entry_of(const struct entry *entries, size_t n, int64_t household_no, struct str item);

/* All values that an item had, newest first. */
must err_t entry_history(struct db *db, struct arena *a, int64_t household_no, struct str item, struct entry **out,
			 size_t *n);

/* The value as text: for who may read it. */
must err_t entry_text(struct call *c, struct arena *a, const struct entry *e, struct str *out);

/* Writes a value, NULL to take it away, and the journal row; nothing where it is the one that holds.
 * ERR_INVALID for text that is too long or not clean. `db` is in a DB_WRITE transaction. */
must err_t entry_put(struct call *c, struct db *db, struct arena *a, const struct household_face *face, struct str item,
		     const struct pii *value);

/* The household for somebody who wants to write about it: ERR_MISSING where the actor sees nothing of it,
 * ERR_DENIED where they see a code alone. */
must err_t entry_household(struct call *c, struct db *db, struct arena *a, struct str household_id,
			   struct household_face *out);

/* One item written in a transaction of its own: the body of it. */
struct entry_writing {
	struct call *call;
	struct str household_id;
	struct str item;
	const struct pii *value;
};
must err_t entry_write(struct db *db, struct arena *a, void *writing);

#endif
