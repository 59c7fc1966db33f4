/* What stands between a household and a home, worded as a fault of the process.
 *
 * "Focus on the barrier in your housing process, not a barrier internal to the client" (case
 * conferencing training, Key Questions). One table names the barriers, for the chips of a card, the
 * notes and every later count. Stored are the keys, which therefore never change.
 *
 * Text typed beside the chips may still blame the person. barrier_rewrite offers another wording;
 * it never blocks.
 */
#ifndef DOMAIN_BARRIER_H
#define DOMAIN_BARRIER_H

#include "base/str.h"

/* Key as stored, label on the chip, the question that helps the room to word it. */
#define BARRIERS(X)                                                                                                    \
	X(BARRIER_DOCUMENTS, "documents", "Documents", "Which paper is missing, and who can fetch it?")                \
	X(BARRIER_UNIT, "unit", "Unit in preferred place", "Where have we looked, and where not yet?")                 \
	X(BARRIER_LANDLORD, "landlord", "Landlord", "Which landlord could we ask, and what would reassure them?")      \
	X(BARRIER_ELIGIBILITY, "eligibility", "Eligibility", "Which rule stands in the way, and who may waive it?")    \
	X(BARRIER_AGENCY, "agency", "Waiting on agency", "Whom are we waiting for, and who rings them?")               \
	X(BARRIER_CONTACT, "contact", "Contact", "Who has met them lately, and where could we try next?")              \
	X(BARRIER_FUNDING, "funding", "Funding", "Which money would cover it, and who can release it?")                \
	X(BARRIER_TRANSPORT, "transport", "Transport", "Who drives past there this week?")                             \
	X(BARRIER_CHOICE, "choice", "No option that fits", "What did they ask for that we did not offer?")             \
	X(BARRIER_OTHER, "other", "Something else", "What is the largest obstacle in our process this week?")

enum barrier {
#define X(name, key, label, ask) name,
	BARRIERS(X)
#undef X
		BARRIER_N
};

struct barrier_row {
	struct str key;
	struct str label;
	struct str ask;
};

extern const struct barrier_row barrier_table[BARRIER_N];

/* A set of barriers: bit 1 << enum barrier. */
typedef unsigned barrier_set;

/* Reads keys with blanks between ("documents landlord"); false for a word that is no key. */
bool barrier_set_parse(struct str keys, barrier_set *out);

/* The keys in the order of the table, one blank between: what is stored. */
struct str barrier_set_keys(struct arena *a, barrier_set set);

/* The labels for people: "Documents, Landlord". */
struct str barrier_set_labels(struct arena *a, barrier_set set);

/* A gentle suggestion where the text words the obstacle as the person's fault ("non-compliant",
 * "refuses", "not ready"), else empty. Whole words, any case. The suggestion names the found word
 * and asks for the process behind it; both are ours, so the sentence holds nothing typed. */
struct str barrier_rewrite(struct arena *a, struct str text);

#endif
