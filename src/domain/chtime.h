/* Chronic homelessness as of a date, for reporting: CHTime and CHTimeStatus, with their working.
 *
 * For reporting and conformance only, never for rank or eligibility: it counts nights between enrollments
 * that nobody has documented, and knows of no encounter on the street. Source: DEFINITIONS "Chronic
 * homelessness", after HUD's specification of the Longitudinal Systems Analysis (5.5 to 5.10), whose sample
 * it reproduces person by person (tests/conformance/chronic.c).
 *
 * A pure function over one person's enrollments (nights.h); those in other project types than shelter, safe
 * haven, transitional, rapid and supportive housing do not count.
 */
#ifndef DOMAIN_CHTIME_H
#define DOMAIN_CHTIME_H

#include "domain/nights.h"

/* Why a person who does not meet the test might, were the answers complete: status 99. */
#define CHTIME_GAPS(X)                                                                                                 \
	X(CHTIME_COMPLETE, "")                                                                                         \
	X(CHTIME_STREET_LATE, "the date homelessness started is after the entry")                                      \
	X(CHTIME_NO_SITUATION, "the living situation before entry is not known")                                       \
	X(CHTIME_NO_LENGTH, "the length of stay before entry is not known")                                            \
	X(CHTIME_NO_BEFORE, "it is not known whether the night before was homeless")                                   \
	X(CHTIME_NO_STREET, "the date homelessness started is missing")                                                \
	X(CHTIME_NO_TIMES, "the number of times homeless is not known")                                                \
	X(CHTIME_NO_MONTHS, "the number of months homeless is not known")

enum chtime_gap {
#define X(name, say) name,
	CHTIME_GAPS(X)
#undef X
};
const char *chtime_gap_say(enum chtime_gap gap);

enum { CHTIME_NOT_ASKED = -1, CHTIME_SAID = 400, CHTIME_YEAR = 365, CHTIME_NEAR = 270 };
enum { CHTIME_STATUS_NONE = -1, CHTIME_STATUS_MISSING = 99 };

struct chtime {
	struct day first; /* the window */
	struct day last;
	struct spans episodes; /* nights that count and are not excluded, bridged */
	int days;              /* of all episodes */
	int time;              /* CHTime: −1, 0, 270, 365 or 400 */
	int status;            /* CHTimeStatus: −1, 1, 2, 3 or 99 */
	enum chtime_gap gap;   /* the first answer that is missing, where status is 99 */
	uint32_t gap_stay;     /* and whose it is */
};

/* What the two numbers mean, as a sentence without its full stop. */
const char *chtime_say(int time, int status);

/* True for the project types that the rule looks at. */
bool chtime_type(int project_type);

/* The last day on which the person was active, up to as_of: as_of itself where an enrollment is open and (in
 * night-by-night shelter) no last night says otherwise; else the latest day after a last bed night, or exit.
 * Without any enrollment that counts, as_of. */
struct day chtime_last_active(const struct night_stay *stays, size_t n, struct day as_of);

/* Works it out. Only for a head of household or an adult (`counts`); anybody else is −1/−1. Arrays live in
 * the arena. */
void chtime_work(struct arena *a, const struct night_stay *stays, size_t n, struct day last, bool counts,
		 struct chtime *out);

#endif
