#include "app/night_book.h"

#include <stdlib.h>

#include "base/arena.h"

struct noted {
	uint32_t stay;
	struct night_seen seen;
};

struct worker {
	struct noted *noted;
	size_t n, room;
	bool full;
};

struct night_book {
	struct worker *workers;
	unsigned workers_n;
	uint32_t stays;
	uint32_t *first; /* by stay: its sightings; the next stay's are the end */
	struct night_seen *seen;
};

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory for the nights");
}

err_t night_book_new(struct arena *a, unsigned workers, struct night_book **out)
{
	struct night_book *b = calloc(1, sizeof *b);
	struct worker *w = calloc(workers, sizeof *w);
	if (b == NULL || w == NULL) {
		free(b);
		free(w);
		return no_memory(a);
	}
	b->workers = w;
	b->workers_n = workers;
	*out = b;
	return NULL;
}

void night_book_free(struct night_book **b)
{
	if (*b == NULL)
		return;
	for (unsigned i = 0; i < (*b)->workers_n; i++)
		free((*b)->workers[i].noted);
	free((*b)->workers);
	free((*b)->first);
	free((*b)->seen);
	free(*b);
	*b = NULL;
}

void night_book_add(struct night_book *b, unsigned worker, uint32_t stay, struct night_seen seen)
{
	enum { FIRST_ROOM = 4096 };
	struct worker *w = &b->workers[worker];
	if (w->n == w->room) {
		size_t room = w->room == 0 ? FIRST_ROOM : w->room + w->room / 2;
		struct noted *grown = realloc(w->noted, room * sizeof *grown);
		w->full = grown == NULL;
		if (w->full)
			return;
		w->noted = grown;
		w->room = room;
	}
	w->noted[w->n++] = (struct noted){stay, seen};
}

void night_book_told(struct night_book *b, unsigned worker, const struct roster *r, uint32_t stay, enum seen how,
		     struct day day, int code)
{
	if (b == NULL || stay >= r->stays_n || r->stays[stay].person == ROSTER_NONE)
		return;
	if (how == SEEN_NIGHT)
		night_book_add(b, worker, stay, night_seen(day, NIGHT_KIND_BED));
	else if (how == SEEN_SITUATION && situation_is_homeless(code))
		night_book_add(b, worker, stay, night_seen(day, NIGHT_KIND_STREET));
	else if (how == SEEN_PRIORITIZED ||
		 (how != SEEN_FOLLOWED_UP && roster_type(r, &r->stays[stay]) == PROJECT_OUTREACH))
		night_book_add(b, worker, stay, night_seen(day, NIGHT_KIND_NO_NIGHT));
}

static int compare(const void *x, const void *y)
{
	const struct night_seen *a = x;
	const struct night_seen *b = y;
	return (a->mark > b->mark) - (a->mark < b->mark);
}

/* A stay's sightings by day; most come so. */
static void sort(struct night_seen *seen, size_t n)
{
	enum { FEW = 32 };
	if (n > FEW) {
		qsort(seen, n, sizeof *seen, compare);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct night_seen x = seen[i];
		size_t k = i;
		for (; k > 0 && seen[k - 1].mark > x.mark; k--)
			seen[k] = seen[k - 1];
		seen[k] = x;
	}
}

err_t night_book_settle(struct night_book *b, struct arena *a, uint32_t stays)
{
	size_t n = 0;
	bool full = false;
	for (unsigned i = 0; i < b->workers_n; i++) {
		n += b->workers[i].n;
		full |= b->workers[i].full;
	}
	b->stays = stays;
	b->first = calloc((size_t)stays + 2, sizeof *b->first);
	b->seen = malloc((n + 1) * sizeof *b->seen);
	if (full || n > UINT32_MAX || b->first == NULL || b->seen == NULL)
		return no_memory(a);
	/* Counted one place further on, then moved back while they are dealt out. */
	for (unsigned i = 0; i < b->workers_n; i++)
		for (size_t k = 0; k < b->workers[i].n; k++)
			b->first[b->workers[i].noted[k].stay + 2]++;
	for (size_t s = 2; s < (size_t)stays + 2; s++)
		b->first[s] += b->first[s - 1];
	for (unsigned i = 0; i < b->workers_n; i++) {
		struct worker *w = &b->workers[i];
		for (size_t k = 0; k < w->n; k++)
			b->seen[b->first[w->noted[k].stay + 1]++] = w->noted[k].seen;
		free(w->noted);
		*w = (struct worker){0};
	}
	for (uint32_t s = 0; s < stays; s++)
		sort(b->seen + b->first[s], b->first[s + 1] - b->first[s]);
	return NULL;
}

struct night_lists night_book_lists(const struct night_book *b)
{
	return (struct night_lists){b->seen, b->first, b->stays};
}
