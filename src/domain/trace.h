/* When people were seen, day by day: what a roster folds away and a history needs.
 *
 * A roster keeps the newest sighting of a stay; for all of its past one must know the silences between
 * sightings as well. A trace keeps, per stay, the runs of days on which what was seen there keeps a spell
 * active: 12 bytes a run, few stays have more than one, and those under a roof, where being enrolled is
 * enough, mostly none.
 *
 *     struct trace *t = trace_new(r);                 (the roster is settled)
 *     trace_stay(t, 0, sightings, n);                 (all of one stay, in any order, once)
 *     …
 *     trace_free(&t);
 *
 * Threads: each part is for one thread; the parts may be filled side by side, while the roster is told the
 * same sightings. Reading comes after.
 */
#ifndef DOMAIN_TRACE_H
#define DOMAIN_TRACE_H

#include "domain/spell_walk.h"

enum { TRACE_PARTS = 2 };

/* A sighting as it waits for the roster to settle. `how` above SEEN_CONTACT and `tool` are the filler's own. */
struct sighting {
	uint32_t stay;
	struct day day;
	int16_t code;
	uint8_t how; /* enum seen */
	uint8_t tool;
};

struct trace_run {
	uint32_t stay;
	int32_t from;
	int32_t until;
};

struct trace {
	const struct roster *roster;
	uint32_t *first; /* by stay: the place of its first run, times TRACE_PARTS, plus its part, plus 1; 0: none */
	struct trace_part {
		struct trace_run *runs;
		size_t n, room;
	} parts[TRACE_PARTS];
	_Atomic bool full; /* something did not fit: the trace is incomplete and must not be used */
};

/* NULL when the machine has no memory for one. */
struct trace *trace_new(const struct roster *r);
void trace_free(struct trace **t);

/* Takes everything that was seen in one stay; sorts the list. */
void trace_stay(struct trace *t, unsigned part, struct sighting *list, size_t n);

/* The runs of a stay: *n from the one that is returned. */
const struct trace_run *trace_runs(const struct trace *t, uint32_t stay, size_t *n);

#endif
