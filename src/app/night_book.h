/* When everybody was seen, by stay: what a roster folds away and nights need (domain/nights.h).
 *
 * Filled in any order, by several workers at once under their own numbers, then settled once; after that any
 * thread may read. Twelve bytes a sighting while it is settled, four afterwards and four a stay.
 *
 *     struct night_book *b;
 *     TRY(night_book_new(a, workers, &b));
 *     night_book_add(b, worker, stay, night_seen(day, NIGHT_KIND_BED));
 *     TRY(night_book_settle(b, a, roster->stays_n));
 *     struct night_lists lists = night_book_lists(b);
 *     struct night_list l = night_list_of(&lists, stay);
 *     night_book_free(&b);
 */
#ifndef APP_NIGHT_BOOK_H
#define APP_NIGHT_BOOK_H

#include "base/err.h"
#include "domain/nights.h"
#include "domain/roster.h"

struct night_book;

struct night_list {
	const struct night_seen *seen; /* by day */
	size_t n;
};

/* Sightings of many stays in one array: those of stay s lie from first[s] to before first[s + 1]. */
struct night_lists {
	const struct night_seen *seen;
	const uint32_t *first;
	uint32_t stays;
};

/* Empty for a stay without sightings. */
static inline struct night_list night_list_of(const struct night_lists *l, uint32_t stay)
{
	if (stay >= l->stays)
		return (struct night_list){0};
	return (struct night_list){l->seen + l->first[stay], l->first[stay + 1] - l->first[stay]};
}

must err_t night_book_new(struct arena *a, unsigned workers, struct night_book **out);
void night_book_free(struct night_book **b);

/* Where there is no memory for it, settling fails. */
void night_book_add(struct night_book *b, unsigned worker, uint32_t stay, struct night_seen seen);

/* What the roster is told, as far as it is a night or opens a list spell (domain/spell.h); the rest is not
 * kept. Nothing where b is NULL. */
void night_book_told(struct night_book *b, unsigned worker, const struct roster *r, uint32_t stay, enum seen how,
		     struct day day, int code);

must err_t night_book_settle(struct night_book *b, struct arena *a, uint32_t stays);

/* Of a settled book; they hold as long as it. */
struct night_lists night_book_lists(const struct night_book *b);

#endif
