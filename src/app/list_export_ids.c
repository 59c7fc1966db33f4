#include "app/list_export_ids.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/id.h"

enum { ROOM_FIRST = 4096, AHEAD = 16 };

err_t ids_new(struct arena *a, struct ids *t)
{
	*t = (struct ids){0};
	random_bytes(t->keys, sizeof t->keys);
	t->slots = calloc(1, sizeof *t->slots); /* looking up in an empty table finds nothing */
	return t->slots != NULL ? NULL : err_internal(a, "no memory for ids");
}

void ids_free(struct ids *t)
{
	free(t->texts);
	free(t->hashes);
	free(t->stamps);
	free(t->slots);
	*t = (struct ids){0};
}

static err_t grow(struct ids *t, struct arena *a)
{
	size_t room = t->room == 0 ? ROOM_FIRST : t->room + t->room / 2;
	struct ids_text *texts = realloc(t->texts, room * sizeof *texts);
	if (texts != NULL)
		t->texts = texts;
	uint64_t *hashes = realloc(t->hashes, room * sizeof *hashes);
	if (hashes != NULL)
		t->hashes = hashes;
	uint32_t *stamps = realloc(t->stamps, room * sizeof *stamps);
	if (stamps != NULL)
		t->stamps = stamps;
	if (texts == NULL || hashes == NULL || stamps == NULL)
		return err_internal(a, "no memory for %zu ids", room);
	t->room = room;
	return NULL;
}

err_t ids_add(struct ids *t, struct arena *a, const struct ids_text *text, uint64_t hash, uint32_t stamp,
	      uint32_t *number)
{
	if (t->n >= ((size_t)1 << IDS_BITS) - 1)
		return err_new(a, ERR_INVALID, "The export has more than %zu people or enrollments.", t->n);
	if (t->n == t->room)
		TRY(grow(t, a));
	t->texts[t->n] = *text;
	t->hashes[t->n] = hash;
	t->stamps[t->n] = stamp;
	*number = (uint32_t)t->n++;
	return NULL;
}

err_t ids_room(struct ids *t, struct arena *a)
{
	size_t slots = ids_slots(t->n);
	free(t->slots);
	t->slots = calloc(IDS_SHARES * slots, sizeof *t->slots);
	t->mask = slots - 1;
	return t->slots != NULL ? NULL : err_internal(a, "no memory for %zu ids", t->n);
}

static void enter(struct ids *t, uint32_t number, void (*lost)(void *ctx, uint32_t number), void *ctx)
{
	uint64_t hash = t->hashes[number];
	uint64_t own = hash >> IDS_BITS << IDS_BITS | (number + 1);
	size_t at = ids_place(t, hash);
	for (; t->slots[at] != 0; at = ids_next(t, at)) {
		uint32_t old = ids_number(t->slots[at]);
		if (!ids_fits(t->slots[at], hash) || memcmp(t->texts[old].p, t->texts[number].p, LIMIT_HMIS_ID) != 0)
			continue;
		bool newer = t->stamps[number] >= t->stamps[old];
		lost(ctx, newer ? old : number);
		if (!newer)
			return;
		break;
	}
	t->slots[at] = own;
}

void ids_build(struct ids *t, unsigned share, void (*lost)(void *ctx, uint32_t number), void *ctx)
{
	for (size_t i = 0; i < t->n; i++) {
		if (i + AHEAD < t->n && t->hashes[i + AHEAD] >> 63 == share)
			ids_soon(t, t->hashes[i + AHEAD]);
		if (t->hashes[i] >> 63 == share)
			enter(t, (uint32_t)i, lost, ctx);
	}
}

void ids_built(struct ids *t)
{
	free(t->hashes);
	free(t->stamps);
	t->hashes = NULL;
	t->stamps = NULL;
}
