/* Ids of an export, found fast: from the text of an HMIS identifier to a running number.
 *
 * The table holds every id as its own bytes, padded with zeros, and compares them. Hashing is keyed with
 * random numbers, so an export cannot be made to be slow. An id may have an owner, the person of an
 * enrollment, who is known by some bits of a hash: a row that names another one does not find it. Some
 * 50 bytes an id.
 *
 * Filling has two steps, so that it can be done side by side and still give the same answer every
 * time: ids_add gives numbers in the order of calls, ids_build then enters them. Of ids that are there
 * twice the version with the newer stamp counts, of equal stamps the one added later.
 *
 * Threads: ids_add by one at a time; the shares of ids_build side by side; then any may look up.
 * To look up many in random order: ids_soon, some others, ids_near, some others, ids_find.
 */
#ifndef APP_LIST_EXPORT_IDS_H
#define APP_LIST_EXPORT_IDS_H

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/limit.h"

enum { IDS_BITS = 26, IDS_SHARES = 2 };
#define IDS_NONE UINT32_MAX

struct ids_text {
	char p[LIMIT_HMIS_ID];
	uint32_t owner; /* of an enrollment: bits of its person's hash; else 0 */
};

struct ids {
	uint64_t keys[4];
	struct ids_text *texts; /* by number */
	uint64_t *hashes;       /* by number; released by ids_built */
	uint32_t *stamps;       /* by number: DateUpdated in seconds, 0 for unknown */
	uint64_t *slots;        /* hash above IDS_BITS, number + 1 below */
	size_t room, n;
	size_t mask; /* of the place within a share */
};

must err_t ids_new(struct arena *a, struct ids *t);
void ids_free(struct ids *t);

/* The text of a cell; longer ones do not come out of a reader. */
static inline struct ids_text ids_text(struct str s)
{
	struct ids_text t = {0};
	if (s.n > 0)
		memcpy(t.p, s.p, s.n < sizeof t.p ? s.n : sizeof t.p);
	return t;
}

static inline struct str ids_str(const struct ids_text *t)
{
	return (struct str){t->p, strnlen(t->p, sizeof t->p)};
}

static inline uint64_t ids_mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t ids_hash(const struct ids *t, const struct ids_text *text)
{
	uint64_t w[4];
	memcpy(w, text->p, sizeof w);
	return ids_mix(w[0] ^ t->keys[0], w[1] ^ t->keys[1]) ^ ids_mix(w[2] ^ t->keys[2], w[3] ^ t->keys[3]);
}

/* The next number for the id of that hash. */
must err_t ids_add(struct ids *t, struct arena *a, const struct ids_text *text, uint64_t hash, uint32_t stamp,
		   uint32_t *number);

/* How many slots a share needs for n ids of all shares: half of them, as chance has it, and room. Few
 * ids may all be of one share. */
static inline size_t ids_slots(size_t n)
{
	enum { UNEVEN = 64 };
	size_t slots = UNEVEN;
	while (slots < n / IDS_SHARES + n / 4 + UNEVEN)
		slots *= 2;
	return slots;
}

/* Once all are added: makes room, then enters the ids of a share; `lost` is told the number of every
 * version that a better one replaces. Lets go of what only building needs. */
must err_t ids_room(struct ids *t, struct arena *a);
void ids_build(struct ids *t, unsigned share, void (*lost)(void *ctx, uint32_t number), void *ctx);
void ids_built(struct ids *t);

/* The slots are one table for each share, one behind the other; the highest bit says which. */
static inline size_t ids_place(const struct ids *t, uint64_t hash)
{
	return (hash >> 63) * (t->mask + 1) + (hash & t->mask);
}

static inline size_t ids_next(const struct ids *t, size_t at)
{
	return (at & ~t->mask) | ((at + 1) & t->mask);
}

static inline bool ids_fits(uint64_t slot, uint64_t hash)
{
	return (slot ^ hash) >> IDS_BITS == 0;
}

static inline uint32_t ids_number(uint64_t slot)
{
	return (uint32_t)(slot & (((uint64_t)1 << IDS_BITS) - 1)) - 1;
}

static inline void ids_soon(const struct ids *t, uint64_t hash)
{
	__builtin_prefetch(&t->slots[ids_place(t, hash)]);
}

/* The number that an id of this hash probably has, and begins to load its text. */
static inline uint32_t ids_near(const struct ids *t, uint64_t hash)
{
	uint64_t slot = t->slots[ids_place(t, hash)];
	if (slot == 0 || !ids_fits(slot, hash))
		return IDS_NONE;
	__builtin_prefetch(&t->texts[ids_number(slot)]);
	return ids_number(slot);
}

/* The id's number, or IDS_NONE; also where the id is there and belongs to another owner. */
static inline uint32_t ids_find(const struct ids *t, uint64_t hash, const struct ids_text *text)
{
	for (size_t at = ids_place(t, hash);; at = ids_next(t, at)) {
		uint64_t slot = t->slots[at];
		if (slot == 0)
			return IDS_NONE;
		uint32_t number = ids_number(slot);
		if (ids_fits(slot, hash) && memcmp(t->texts[number].p, text->p, sizeof text->p) == 0)
			return t->texts[number].owner == text->owner ? number : IDS_NONE;
	}
}

#endif
