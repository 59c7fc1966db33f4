/* An action step: what one person will do for a household's housing, by a date.
 *
 * "When you hear a commitment or next step, restate it to confirm, and ask for a by-when date" (case
 * conferencing training, Work the List). So a step has a text, one owner, a date that is a working
 * day, and a sentence that is read back. It lives from conference to conference until somebody says
 * what became of it; no date ends it.
 */
#ifndef DOMAIN_STEP_H
#define DOMAIN_STEP_H

#include "base/day.h"
#include "base/str.h"

/* Key as stored, words for people, whether the step is still to be done. */
#define STEP_STATES(X)                                                                                                 \
	X(STEP_OPEN, "open", "open", true)             /* agreed in this conference */                                 \
	X(STEP_CARRIED, "carried", "carried on", true) /* from an earlier one, nobody has answered yet */              \
	X(STEP_NOT_YET, "not_yet", "not yet", true)    /* answered: still wanted */                                    \
	X(STEP_DONE, "done", "done", false)                                                                            \
	X(STEP_CHANGED, "changed", "plan changed", false) /* another step takes its place */                           \
	X(STEP_DROPPED, "dropped", "dropped", false)      /* no longer needed */

enum step_state {
#define X(name, key, words, live) name,
	STEP_STATES(X)
#undef X
		STEP_STATE_N
};

struct step_state_row {
	struct str key;
	struct str words;
	bool live;
};

extern const struct step_state_row step_state_table[STEP_STATE_N];

bool step_state_parse(struct str key, enum step_state *out);

/* May a person move a step from one state to the other? A live step takes any answer; a finished
 * one is opened again by "not yet" (a slip of the finger is put right, and the history keeps it);
 * nobody sets "open" or "carried" by hand. The same state again is no move. */
bool step_may_become(enum step_state from, enum step_state to);

/* What the closing of a conference makes of a step: a live one is carried on, another stays. */
enum step_state step_carry(enum step_state state);

/* What a step lacks to be somebody's dated task. */
enum step_lack { STEP_LACKS_TEXT = 1, STEP_LACKS_OWNER = 2, STEP_LACKS_DATE = 4 };
unsigned step_lacks(struct str text, struct str owner, struct day due);

/* "an owner and a date", "a date"; empty for 0. */
struct str step_lacks_words(struct arena *a, unsigned lacks);

/* Days before a step's date on which its owner is reminded, and after it, once each (ours). */
enum { STEP_REMIND_BEFORE = 2, STEP_REMIND_AFTER = 1 };

/* Days past its date on day `today`; 0 for a finished step, one not yet due or without a date. */
int step_overdue_days(enum step_state state, struct day due, struct day today);

/* The first word of a name, as people are called in the room; `whole` stands for itself where two
 * in the room share that word. */
struct str step_first_name(struct str whole);

/* "Priya will tour Cedar Court with Joe by Monday 23 November. Right?" Made of owner, text and date
 * alone: whether the text names the household is the writer's choice, the sentence adds no name.
 * The year is said when it is not today's. The text's first letter becomes small unless its first
 * word is an abbreviation ("ID", "RRH"), and its last full stop goes. Without an owner "Somebody",
 * without a date "by when?". The result is as personal as the text. */
struct str step_read_back(struct arena *a, struct str owner, struct str text, struct day due, struct day today);

/* "Monday 23 November", with the year where it is not today's. */
struct str step_day_words(struct arena *a, struct day d, struct day today);

#endif
