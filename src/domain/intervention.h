/* What was tried with a household, lightest first.
 *
 * "'Lightest touch' services … housing problem-solving (e.g. diversion) as a primary strategy", "progressive
 * engagement approach" (case conferencing training). So each attempt has a kind, a day and an outcome; asking for
 * more is an entry like the others whose words say why, and what was tried is read from the entries before it.
 * Nothing here is a condition of being housed, and no order reads it.
 */
#ifndef DOMAIN_INTERVENTION_H
#define DOMAIN_INTERVENTION_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

/* Name, key as stored, for people; lightest first (the order is ours). */
#define INTERVENTIONS(X)                                                                                               \
	X(TRIED_PROBLEM_SOLVING, "problem_solving", "Problem-solving or diversion")                                    \
	X(TRIED_MEDIATION, "mediation", "Mediation with family, friends or a landlord")                                \
	X(TRIED_MONEY, "money", "One-time help with money")                                                            \
	X(TRIED_SEARCH, "search", "Help with papers and the search for a home")                                        \
	X(TRIED_TREATMENT, "treatment", "Health care or treatment")                                                    \
	X(TRIED_SHELTER, "shelter", "Shelter or a safe place to stay")                                                 \
	X(TRIED_RAPID, "rapid", "Rapid rehousing")                                                                     \
	X(TRIED_TRANSITIONAL, "transitional", "Transitional housing")                                                  \
	X(TRIED_SUPPORTIVE, "supportive", "Permanent supportive housing")                                              \
	X(TRIED_OTHER, "other", "Something else")

enum intervention_kind {
#define X(name, key, label) name,
	INTERVENTIONS(X)
#undef X
		INTERVENTIONS_N
};

/* How it went. */
#define INTERVENTION_OUTCOMES(X)                                                                                       \
	X(OUTCOME_OPEN, "open", "under way")                                                                           \
	X(OUTCOME_HELPED, "helped", "helped")                                                                          \
	X(OUTCOME_PART, "part", "helped in part")                                                                      \
	X(OUTCOME_NOT, "not", "did not help")                                                                          \
	X(OUTCOME_CHOSE, "chose", "the household chose otherwise")                                                     \
	X(OUTCOME_STEP_UP, "step_up", "more is needed: step up to this")

enum intervention_outcome {
#define X(name, key, label) name,
	INTERVENTION_OUTCOMES(X)
#undef X
		OUTCOMES_N
};

struct intervention_word {
	struct str key;
	struct str label;
};
extern const struct intervention_word intervention_table[INTERVENTIONS_N];
extern const struct intervention_word outcome_table[OUTCOMES_N];
bool intervention_parse(struct str key, enum intervention_kind *out);
bool outcome_parse(struct str key, enum intervention_outcome *out);

struct intervention {
	enum intervention_kind kind;
	enum intervention_outcome outcome;
	struct day day;
	struct str words;
};

/* As stored: "problem_solving not 2026-11-02", a line break, the words. */
struct str intervention_text(struct arena *a, const struct intervention *i);
bool intervention_read(struct str text, struct intervention *out);

/* What an entry of the history stands on: "Tried before: problem-solving or diversion (did not help), mediation …
 * (helped in part)." `before` are the entries that were written earlier, newest first; each kind is told once, by its
 * newest entry, lightest first. "Nothing is on file that was tried before." for none. */
struct str intervention_tried(struct arena *a, const struct intervention *before, size_t n);

/* Whether a problem-solving attempt is among them. */
bool intervention_solved(const struct intervention *all, size_t n);

#endif
