/* The pulse at the end of a conference: one tap, nobody's name ("How did the flow of the meeting feel to you?", case
 * conferencing training, Pulse Check).
 *
 * Answers are counted and not kept. A count of fewer than PULSE_LEAST people is not shown, and nothing is before the
 * day after the meeting: who watched the numbers grow would know whose tap was the last.
 */
#ifndef DOMAIN_PULSE_H
#define DOMAIN_PULSE_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

/* Name, key as stored, words. */
#define PULSES(X)                                                                                                      \
	X(PULSE_FLOWED, "flowed", "it flowed")                                                                         \
	X(PULSE_MIXED, "mixed", "so-so")                                                                               \
	X(PULSE_HARD, "hard", "hard going")

enum pulse {
#define X(name, key, words) name,
	PULSES(X)
#undef X
		PULSES_N
};

struct pulse_row {
	struct str key;
	struct str words;
};
extern const struct pulse_row pulse_table[PULSES_N];

enum { PULSE_LEAST = 5 };

bool pulse_parse(struct str key, enum pulse *out);

/* Whether the counts of a meeting of that day may be shown. */
bool pulse_shown(const int64_t counts[PULSES_N], struct day meeting, struct day today);

/* "7 answers: 5 it flowed, 2 so-so". */
struct str pulse_say(struct arena *a, const int64_t counts[PULSES_N]);

#endif
