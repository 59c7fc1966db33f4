/* What standing looks at, of a few thousand people, in few bytes: their stays as recorded, not settled, and when
 * they were seen there. So it holds for any day, and one row of the database is opened instead of thousands.
 *
 * Whoever shares a household stay is in the same pack, as households are settled together. Days are counted from
 * a stay's entry, and nights in a row are one run: some 15 bytes a stay. What a pack says is a copy of facts that
 * are in dossiers; what people decided is not in it.
 *
 *     struct pack_people from = {.fill = f, .ids = ids, .nights = &lists, …};
 *     pack_write(&from, people, n, &out);
 *     …
 *     struct pack p = {.r = roster};       (empty, with its projects)
 *     TRY(pack_read(&p, a, bytes, fill));  the roster is filled and not settled
 *     pack_see(&p);                        after roster_settle
 *     pack_free(&p);
 *
 * Reading bears any bytes: what is no pack is refused.
 */
#ifndef APP_PACK_H
#define APP_PACK_H

#include "app/night_book.h"
#include "app/personal_ids.h"
#include "app/roster.h"
#include "base/buf.h"
#include "store/seal.h"

/* Clients whose households begin within so many numbers share a pack. */
enum { PACK_CLIENTS = 2048 };

/* A filled roster that is not settled, and what is beside it. */
struct pack_people {
	const struct roster_fill *fill;
	const struct personal_ids *ids;
	struct night_lists nights;
	const uint32_t *order; /* stays by person */
	const uint32_t *first; /* by person: place in `order`; the next one's is the end */
	uint32_t *groups;      /* by household stay, zeroed */
	uint32_t *projects;    /* by project, zeroed */
};

/* Adds the pack of n people, given in the order that they are to have. */
void pack_write(const struct pack_people *from, const uint32_t *people, size_t n, struct buf *out);

/* A pack that was read. People of the roster have the same numbers here, and so have stays. */
struct pack {
	struct roster *r; /* the caller's */
	uint32_t *clients;
	struct str *ids; /* in the bytes that were read */
	size_t people_room;
	struct night_seen *seen;
	uint32_t *first;
	size_t seen_room, stays_room;
};

/* Empties the roster and fills it; stays in projects that `fill` does not have are left out. */
must err_t pack_read(struct pack *p, struct arena *a, struct str bytes, const struct roster_fill *fill);

/* Tells the settled roster how people were seen, as far as months and spells need it. */
void pack_see(struct pack *p);
void pack_free(struct pack *p);

static inline struct night_lists pack_nights(const struct pack *p)
{
	return (struct night_lists){p->seen, p->first, p->r->stays_n};
}

/* ---- in the database ---- */

struct listing_derivation;

/* Where the content of the pack is sealed. */
struct seal_place pack_place(struct arena *a, int64_t low_client);

/* Writes the packs of everybody in the roster, which is filled and not settled, as far as they differ from those
 * that are visible. Days after that of the roster are in them. */
must err_t pack_store(struct listing_derivation *d);

#endif
