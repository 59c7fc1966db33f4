/* Corrections that a person asks for: what becomes of one, and by when.
 *
 * Source: the HMIS privacy standards, 69 FR 45888 of 30 July 2004, section 4.2.5. A request for the correction of
 * inaccurate or incomplete information about oneself is considered. What is denied is denied with a reason that is told
 * to the person, and both are kept beside the information; the person may add a statement that they disagree. Nothing
 * has to be removed: what is wrong is marked or supplemented, in the HMIS by whoever keeps it there.
 *
 * That notice sets no day. HIPAA, where it binds, sets 60 days (45 CFR 164.526(b)(2)), which is the most that a
 * continuum can set here (setting correction_days); 30 days are the default. (ours)
 */
#ifndef DOMAIN_CORRECTION_H
#define DOMAIN_CORRECTION_H

#include "base/day.h"
#include "base/err.h"

/* Word as stored and shown. */
#define CORRECTIONS(X)                                                                                                 \
	X(CORRECTION_OPEN, "open")                                                                                     \
	X(CORRECTION_MADE, "corrected")                                                                                \
	X(CORRECTION_DECLINED, "declined")

enum correction {
#define X(name, word) name,
	CORRECTIONS(X)
#undef X
		CORRECTIONS_N
};
const char *correction_word(enum correction k);
bool correction_parse(struct str word, enum correction *out);

/* Whether it can be answered so: once, and a no only with the reason that was told. ERR_CONFLICT, ERR_INVALID. */
must err_t correction_answers(struct arena *a, enum correction was, enum correction answer, bool reason);

/* Whether a statement of disagreement can be kept: beside a no. ERR_CONFLICT. */
must err_t correction_disagrees(struct arena *a, enum correction was);

#endif
