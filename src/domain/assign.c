#include "domain/assign.h"

#include <string.h>

struct working {
	const struct assign_board *b;
	uint32_t *opening; /* by household: what it has */
	uint32_t *holder;  /* by opening */
	uint32_t *via;     /* by opening: the household that a search came from */
	uint32_t *seen;    /* by opening: the search that saw it last */
	bool *shut;        /* by opening: not to be given away */
	uint32_t *queue;   /* households of a search */
	uint32_t search;
};

/* Gives household `last` the opening that ends a path, and each one before it on the path what the next one had. */
static void turn_path(struct working *w, uint32_t start, uint32_t end)
{
	for (uint32_t o = end, had;; o = had) {
		uint32_t h = w->via[o];
		had = w->opening[h];
		w->opening[h] = o;
		w->holder[o] = h;
		if (h == start)
			return;
	}
}

/* Looks for an opening for a household that has none, moving others on to what fits them too; nobody loses. */
static bool house(struct working *w, uint32_t start)
{
	const struct assign_board *b = w->b;
	uint32_t n = 0;
	w->search++;
	w->queue[n++] = start;
	for (uint32_t at = 0; at < n; at++) {
		uint32_t h = w->queue[at];
		for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++) {
			uint32_t o = b->fits[k];
			if (w->shut[o] || w->seen[o] == w->search)
				continue;
			w->seen[o] = w->search;
			w->via[o] = h;
			if (w->holder[o] == ASSIGN_NONE) {
				turn_path(w, start, o);
				return true;
			}
			w->queue[n++] = w->holder[o];
		}
	}
	return false;
}

/* A search that failed saw openings whose holders fit nothing else: no later path leads out of them. */
static void shut_seen(struct working *w)
{
	for (uint32_t o = 0; o < w->b->openings; o++)
		w->shut[o] |= w->seen[o] == w->search;
}

static void house_all(struct working *w)
{
	for (uint32_t h = 0; h < w->b->households; h++)
		if (!house(w, h))
			shut_seen(w);
}

/* Tries to give the household an opening that it likes better than `had`, which it gives up. */
static bool prefer(struct working *w, uint32_t h, uint32_t had, uint32_t o)
{
	uint32_t other = w->holder[o];
	w->holder[had] = ASSIGN_NONE;
	w->shut[o] = true;
	bool done = true;
	if (other != ASSIGN_NONE) {
		w->opening[other] = ASSIGN_NONE;
		done = house(w, other);
	}
	w->shut[o] = false;
	if (done) {
		w->opening[h] = o;
		w->holder[o] = h;
		return true;
	}
	w->opening[other] = o;
	w->holder[had] = h;
	return false;
}

/* Each household in turn gets what it likes best of what leaves the same households housed, and keeps it. */
static void prefer_all(struct working *w)
{
	const struct assign_board *b = w->b;
	memset(w->shut, 0, b->openings * sizeof *w->shut);
	for (uint32_t h = 0; h < b->households; h++) {
		uint32_t had = w->opening[h];
		if (had == ASSIGN_NONE)
			continue;
		for (uint32_t k = b->first[h]; b->fits[k] != had; k++)
			if (!w->shut[b->fits[k]] && prefer(w, h, had, b->fits[k]))
				break;
		w->shut[w->opening[h]] = true;
	}
}

void assign_board(struct arena *a, const struct assign_board *b, uint32_t *out)
{
	struct working w = {
		.b = b,
		.opening = out,
		.holder = arena_many(a, b->openings, uint32_t),
		.via = arena_many(a, b->openings, uint32_t),
		.seen = arena_many(a, b->openings, uint32_t),
		.shut = arena_many(a, b->openings, bool),
		.queue = arena_many(a, (size_t)b->openings + 1, uint32_t),
	};
	for (uint32_t h = 0; h < b->households; h++)
		out[h] = ASSIGN_NONE;
	for (uint32_t o = 0; o < b->openings; o++)
		w.holder[o] = ASSIGN_NONE;
	house_all(&w);
	prefer_all(&w);
}
