/* Nominations: an agency names a household for a kind of opening, and a group decides in the open.
 *
 * They exist where the policy of that kind of opening has them ("nominations by group decision") and do
 * what its key "nominated" says: nothing to whom the keys before it part. Right before the lot the key is
 * the group's tie-break.
 *
 * No hidden connections: whoever decides states that the agency has no interest in the outcome, or steps
 * out; the agency that nominated does not decide. At least two agencies decide, and more must agree than
 * not (ours, after King County's practice of recorded nominations and group tie-breaks). The reason never
 * cites engagement or compliance. A nomination has a day of review and an end.
 *
 *     struct nomination_count count = {0};
 *     nomination_add(&count, STANCE_AGREES);
 *     TRY(nomination_close(a, &count, &agreed));
 */
#ifndef DOMAIN_NOMINATION_H
#define DOMAIN_NOMINATION_H

#include "base/err.h"
#include "domain/policy.h"

enum { NOMINATION_WORDS_LEAST = 20, NOMINATION_WORDS_MOST = 2000, NOMINATION_DECIDE_LEAST = 2 };

/* What an agency of the group says: word, what it states. */
#define NOMINATION_STANCES(X)                                                                                          \
	X(STANCE_AGREES, "agrees", "No interest in the outcome; agrees")                                               \
	X(STANCE_AGAINST, "against", "No interest in the outcome; does not agree")                                     \
	X(STANCE_OUT, "out", "Has an interest in it; steps out")

enum nomination_stance {
#define X(name, word, say) name,
	NOMINATION_STANCES(X)
#undef X
		NOMINATION_STANCES_N
};

struct nomination_stance_row {
	struct str word;
	struct str say;
};
extern const struct nomination_stance_row nomination_stance_table[NOMINATION_STANCES_N];
bool nomination_stance_parse(struct str word, enum nomination_stance *out);

struct nomination_new {
	struct str reason; /* why this household */
	struct day review;
	struct day until; /* last day */
};

/* ERR_INVALID with one sentence about what is wrong with it; ERR_CONFLICT where the policy in force has no
 * nominations. */
must err_t nomination_check(struct arena *a, const struct policy *p, struct day today, const struct nomination_new *n);

/* Whether an agency may be of the group that decides about what `proposed` nominated. ERR_CONFLICT. */
must err_t nomination_check_part(struct arena *a, struct str proposed, struct str agency);

struct nomination_count {
	int agree, against, out;
};
void nomination_add(struct nomination_count *count, enum nomination_stance stance);

/* The outcome of what was said. ERR_CONFLICT where fewer than two agencies decide. */
must err_t nomination_close(struct arena *a, const struct nomination_count *count, bool *agreed);

/* "3 agencies agreed, 1 did not, 1 stepped out": for a page and the record. */
struct str nomination_count_say(struct arena *a, const struct nomination_count *count);

#endif
