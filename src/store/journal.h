/* The journal: what was done, by whom, to what, in the order of commits.
 *
 * A use case writes its row in the same transaction (DB_WRITE) as the change, so there is no
 * change without a row and no row without a change. Rows are numbered 1, 2, 3 … without a gap; each
 * holds the hash of the one before, and journal_head that of the last: a row that was changed,
 * removed or added later shows. It holds ids and no personal data; the fields are short words of
 * letters, digits and _ . : = , / - @ + and anything else is refused, so that a name with a blank
 * in it cannot slip in.
 *
 * The number is also the id of a live event: a listener that has seen n asks for what came after.
 *
 *     TRY(journal_write(db, a, &(struct journal_entry){
 *             .at = now, .actor_kind = JOURNAL_USER, .actor_id = me->id,
 *             .act = "step.add", .noun = "conference", .noun_id = conference_id,
 *             .more = str_fmt(a, "step=%s,household=%s", ...)}));
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdint.h>

#include "base/day.h"
#include "store/db.h"

enum journal_actor {
	JOURNAL_SYSTEM,   /* the program by itself: a timer */
	JOURNAL_OPERATOR, /* somebody at the command line; actor_id is the account's name */
	JOURNAL_USER,
};

/* Bytes of an id (actor_id, noun_id) and of `more`. */
enum { JOURNAL_ID_MAX = 64, JOURNAL_MORE_MAX = 1000 };

struct journal_entry {
	int64_t seq; /* given by the journal */
	struct instant at;
	enum journal_actor actor_kind;
	struct str actor_id;
	const char *act;  /* a literal: noun.verb */
	const char *noun; /* a literal: what kind of thing */
	struct str noun_id;
	struct str more; /* further ids: key=value, key=value; may be empty */
};

/* Adds a row; its number is journal_last's until the next one. */
must err_t journal_write(struct db *db, struct arena *a, const struct journal_entry *e);

/* The number of the last row; 0 at the start. */
must err_t journal_last(struct db *db, struct arena *a, int64_t *seq);

/* At most `most` rows numbered above `seq`, in order; texts in the arena. */
must err_t journal_after(struct db *db, struct arena *a, int64_t seq, int64_t most, struct journal_entry **entries,
			 size_t *entries_n);

/* The chain as it was found. */
struct journal_state {
	int64_t rows;      /* that hold */
	int64_t broken_at; /* the number where it breaks; 0: it holds */
	struct str why;    /* one sentence; empty where it holds */
};

/* Walks the whole chain. An error means that it could not be read; a chain that breaks is a
 * result. */
must err_t journal_verify(struct db *db, struct arena *a, struct journal_state *out);

/* Lays the empty chain in a new database; store/setup.c calls it. */
must err_t journal_create(struct db *db, struct arena *a);

#endif
