/* A card: one household in one conference.
 *
 * The card follows the same steps for everybody (follow-up, system barrier, action step, target
 * move-in, next review, telling the person) and closes with somebody's dated step or with an explicit
 * "shelved until", with the day on which it is looked at again, and with what the person hears.
 */
#ifndef DOMAIN_CARD_H
#define DOMAIN_CARD_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

/* Key as stored, words for the queue. */
#define CARD_STATES(X)                                                                                                 \
	X(CARD_WAITING, "waiting", "waiting")                                                                          \
	X(CARD_NOW, "now", "now")                                                                                      \
	X(CARD_DONE, "done", "action set")                                                                             \
	X(CARD_SHELVED, "shelved", "shelved")

enum card_state {
#define X(name, key, words) name,
	CARD_STATES(X)
#undef X
		CARD_STATE_N
};

struct card_state_row {
	struct str key;
	struct str words;
};

extern const struct card_state_row card_state_table[CARD_STATE_N];

bool card_state_parse(struct str key, enum card_state *out);

/* One card at a time is "now". Any other may be opened, a finished one too (it is looked at again);
 * only the open one can be finished, shelved or put back to wait. */
bool card_may_become(enum card_state from, enum card_state to);

/* What closing asks for. */
struct card_facts {
	int steps;          /* live steps of the household */
	int steps_lacking;  /* of these: without an owner or a date */
	struct day review;  /* next review date */
	struct day shelved; /* shelved until, DAY_NONE: is not shelved */
	struct day meeting; /* day of this conference */
	bool tells;         /* there is a sentence for the person, or the reason why not */
};

/* ERR_INVALID with the sentence that says what is missing before the next household:
 * at least one step with an owner and a date, or "shelved until"; a later day to review; and a sentence
 * for the person. */
must err_t card_check_close(struct arena *a, const struct card_facts *f);

/* ERR_INVALID unless the day is after the meeting and within a year, and a reason is given. */
must err_t card_check_shelve(struct arena *a, struct day until, struct str reason, struct day meeting);

/* The day a card is looked at again when nobody chose one: the next meeting; without one, four weeks
 * on. A shelved card comes back on the first meeting day on or after its date. */
struct day card_review_default(struct day next_meeting, struct day meeting);

/* A target move-in date lies between the meeting and two years on; ERR_INVALID otherwise. */
must err_t card_check_target(struct arena *a, struct day target, struct day meeting);

/* The next review is after the meeting and within two years; ERR_INVALID otherwise. */
must err_t card_check_review(struct arena *a, struct day review, struct day meeting);

/* What is known for the sentence to read aloud; numbers below 0 are not known. */
struct card_waiting {
	struct str name; /* "Joe", or empty where the reader may not say it */
	struct str code; /* "Maple 4821" */
	int days_on_list;
	int months_36;
	bool several; /* more than one person */
};

/* "Joe has been on our list for 823 days (2 y 3 m), and homeless 19 of the last 36 months."; by code "Household
 * Maple 4821 has …" ("State the client's name, and amount of time they've been waiting", the same
 * training). The result is as personal as the name in it. */
struct str card_read_aloud(struct arena *a, const struct card_waiting *w);

#endif
