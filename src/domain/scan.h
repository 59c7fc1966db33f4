/* The quick scan: the rest of the list in one line each, so that nobody is passed over in silence.
 *
 * A conference speaks at length about a few households. After them the room looks at everybody else for some seconds:
 * it goes well, it needs the next meeting, or somebody takes a step ("each client reviewed at each meeting", Under 1
 * Roof, Brisbane, 2017, slide 34; the training speaks of ten to fifteen in an hour: both are kept).
 *
 *     int seconds = scan_seconds(at, n);                      // for one household, as the room does it
 *     struct str say = scan_say(arena, (const int[]){36, 3, 1}); // "36 fine, …"
 */
#ifndef DOMAIN_SCAN_H
#define DOMAIN_SCAN_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

/* Name, key as stored, words. */
#define SCAN_MARKS(X)                                                                                                  \
	X(SCAN_FINE, "fine", "fine")                                                                                   \
	X(SCAN_NEXT, "next", "for the next meeting")                                                                   \
	X(SCAN_STEP, "step", "a step")

enum scan_mark {
#define X(name, key, words) name,
	SCAN_MARKS(X)
#undef X
		SCAN_MARKS_N
};

struct scan_mark_row {
	struct str key;
	struct str words;
};
extern const struct scan_mark_row scan_mark_table[SCAN_MARKS_N];

bool scan_mark_parse(struct str key, enum scan_mark *out);

/* Longer than this between two marks, and something else was talked about. */
enum { SCAN_PAUSE_SECONDS = 60 };

/* Seconds that one household takes, from the instants of the marks, in their order; 0 where that cannot be said yet. */
int scan_seconds(const struct instant *at, size_t n);

/* "36 fine, 3 for the next meeting, 1 a step"; empty where nobody was. */
struct str scan_say(struct arena *a, const int counts[SCAN_MARKS_N]);

#endif
