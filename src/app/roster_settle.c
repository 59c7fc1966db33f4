#include "app/roster_inside.h"

#include <pthread.h>
#include <stdlib.h>

#include "app/import_spool.h"
#include "app/night_book.h"

err_t roster_no_memory(struct arena *a)
{
	return err_internal(a, "no memory for the roster");
}

struct both {
	void (*fn)(void *ctx, unsigned part, unsigned parts);
	void *ctx;
};

static void *run_second(void *p)
{
	const struct both *b = p;
	b->fn(b->ctx, 1, 2);
	return NULL;
}

void run_both(void (*fn)(void *ctx, unsigned part, unsigned parts), void *ctx)
{
	struct both b = {fn, ctx};
	pthread_t second;
	bool started = pthread_create(&second, NULL, run_second, &b) == 0;
	fn(ctx, 0, 2);
	if (started)
		pthread_join(second, NULL);
	else
		fn(ctx, 1, 2);
}

struct settling {
	struct roster *r;
	const uint16_t *tools;
	struct trace *trace;       /* NULL: nobody asks for one */
	struct night_book *nights; /* or NULL */
	int step;
	struct sighting *seen;
	size_t seen_n;
};

static void settle_part(void *ctx, unsigned part, unsigned parts)
{
	const struct settling *s = ctx;
	roster_settle_step(s->r, s->step, part, parts);
}

static void see_one(const struct settling *s, const struct sighting *one, unsigned part)
{
	struct roster *r = s->r;
	uint32_t person = r->stays[one->stay].person;
	if (one->how == SEEN_SCORE) {
		roster_score(r, person, one->day, one->code, s->tools[one->tool]);
		return;
	}
	if (one->how == SEEN_IMPAIRED) {
		roster_impaired(r, one->stay);
		return;
	}
	roster_see(r, one->stay, (enum seen)one->how, one->day, one->code);
	if (s->nights != NULL)
		night_book_told(s->nights, part, r, one->stay, (enum seen)one->how, one->day, one->code);
}

/* A stay's place among those of its part. */
static size_t place_in_part(uint32_t stay)
{
	return (size_t)(stay >> (SEEN_STAYS_SHIFT + SEEN_PARTS_BITS)) << SEEN_STAYS_SHIFT |
	       (stay & ((1U << SEEN_STAYS_SHIFT) - 1));
}

/* Puts together what was seen in a stay, where it was not told in one go. */
static err_t gather(struct settling *s, struct arena *a)
{
	size_t stays = place_in_part(s->r->stays_n | ((1U << (SEEN_STAYS_SHIFT + SEEN_PARTS_BITS)) - 1)) + 1;
	size_t *ends = calloc(stays + 1, sizeof *ends);
	struct sighting *list = malloc((s->seen_n + 1) * sizeof *list);
	if (ends == NULL || list == NULL) {
		free(ends);
		free(list);
		return roster_no_memory(a);
	}
	for (size_t i = 0; i < s->seen_n; i++)
		ends[place_in_part(s->seen[i].stay) + 1]++;
	for (size_t i = 0; i < stays; i++)
		ends[i + 1] += ends[i];
	for (size_t i = 0; i < s->seen_n; i++)
		list[ends[place_in_part(s->seen[i].stay)]++] = s->seen[i];
	free(ends);
	free(s->seen);
	s->seen = list;
	return NULL;
}

/* Where the sightings of the stay end that has the k-th: what was seen in a stay lies together. */
static size_t stay_end(const struct settling *s, size_t k)
{
	size_t end = k;
	while (end < s->seen_n && s->seen[end].stay == s->seen[k].stay)
		end++;
	return end;
}

static void see_part(void *ctx, unsigned part, unsigned parts)
{
	const struct settling *s = ctx;
	size_t first = s->seen_n * part / parts;
	size_t end = s->seen_n * (part + 1) / parts;
	/* A stay that lies on both sides belongs to the part in which it begins. */
	if (first > 0 && first < s->seen_n)
		first = stay_end(s, first - 1);
	while (first < end) {
		size_t next = stay_end(s, first);
		for (size_t i = first; i < next; i++)
			see_one(s, &s->seen[i], part);
		if (s->trace != NULL)
			trace_stay(s->trace, part, s->seen + first, next - first);
		first = next;
	}
}

/* Tells the roster the sightings of one part. */
static err_t see_spooled(struct roster_fill *f, struct arena *a, struct settling *s, unsigned part)
{
	size_t size = spool_size(f->seen, part);
	if (size == 0)
		return NULL;
	struct sighting *seen = malloc(size + 1);
	if (seen == NULL)
		return roster_no_memory(a);
	err_t e = spool_read(f->seen, a, part, (char *)seen);
	s->seen = seen;
	s->seen_n = size / sizeof *seen;
	if (e == NULL && f->scattered)
		e = gather(s, a);
	if (e == NULL)
		run_both(see_part, s);
	free(s->seen);
	return e;
}

static void tell_part(void *ctx, unsigned part, unsigned parts)
{
	const struct settling *s = ctx;
	for (size_t i = s->seen_n * part / parts; i < s->seen_n * (part + 1) / parts; i++) {
		const struct sighting *one = &s->seen[i];
		if (one->how == SEEN_IMPAIRED)
			roster_impaired(s->r, one->stay);
		else if (one->how != SEEN_SCORE)
			night_book_told(s->nights, part, s->r, one->stay, (enum seen)one->how, one->day, one->code);
	}
}

err_t roster_fill_nights(struct roster_fill *f, struct arena *a, struct night_book *book)
{
	struct settling s = {.r = f->r, .nights = book};
	err_t e = f->r->full ? roster_no_memory(a) : NULL;
	for (unsigned part = 0; part < SEEN_PARTS && e == NULL; part++) {
		size_t size = spool_size(f->seen, part);
		s.seen = malloc(size + 1);
		s.seen_n = size / sizeof *s.seen;
		e = s.seen == NULL ? roster_no_memory(a) : spool_read(f->seen, a, part, (char *)s.seen);
		if (e == NULL)
			run_both(tell_part, &s);
		free(s.seen);
	}
	return e;
}

err_t roster_fill_settle(struct roster_fill *f, struct arena *a)
{
	if (f->r->full)
		return roster_no_memory(a);
	TRY(roster_fill_join(f, a));
	struct settling s = {.r = f->r, .tools = f->tools, .nights = f->nights};
	for (s.step = 0; s.step < ROSTER_STEPS; s.step++)
		run_both(settle_part, &s);
	if (f->history) {
		f->trace = trace_new(f->r);
		if (f->trace == NULL)
			return roster_no_memory(a);
		s.trace = f->trace;
	}
	for (unsigned part = 0; part < SEEN_PARTS; part++)
		TRY(see_spooled(f, a, &s, part));
	return f->trace != NULL && f->trace->full ? roster_no_memory(a) : NULL;
}
