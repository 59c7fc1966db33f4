/* What evidences a disability, the other half of chronic homelessness.
 *
 * Source: 24 CFR 578.103(a)(4), after 24 CFR 576.500(c): written verification of a professional licensed to diagnose
 * and treat it, with the certification that it is expected to be long-continuing or of indefinite duration and
 * substantially impedes living independently; written verification of the Social Security Administration; receipt of
 * a disability check; what intake staff observed, if one of the others confirms it within 45 days; other
 * documentation that HUD approves. Which disability it is, is nobody's business here and is not kept.
 */
#ifndef DOMAIN_DISABILITY_H
#define DOMAIN_DISABILITY_H

#include "base/day.h"
#include "base/err.h"

/* Word for the database and forms, and for people. */
#define DISABILITY_PAPERS(X)                                                                                           \
	X(DISABILITY_PROFESSIONAL, "professional", "A licensed professional’s verification")                           \
	X(DISABILITY_SSA, "ssa", "The Social Security Administration’s verification")                                  \
	X(DISABILITY_CHECK, "check", "A disability check or award, of Social Security or for veterans")                \
	X(DISABILITY_OBSERVED, "observed", "What intake staff observed")                                               \
	X(DISABILITY_OTHER, "other", "Other documentation that HUD approves")

enum disability_paper {
#define X(name, word, say) name,
	DISABILITY_PAPERS(X)
#undef X
		DISABILITY_PAPERS_N
};
const char *disability_word(enum disability_paper p);
const char *disability_say(enum disability_paper p);
bool disability_parse(struct str word, enum disability_paper *out);

/* The last day on which a paper stands by itself; DAY_NONE: no last one. */
enum { DISABILITY_CONFIRM_DAYS = 45 };
struct day disability_until(enum disability_paper p, struct day dated);

/* ERR_INVALID with one sentence: it is dated after today, or nobody is named who gave it. */
must err_t disability_check(struct arena *a, struct day dated, bool given_by, struct day today);

#endif
