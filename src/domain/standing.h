/* How long somebody has been homeless, and whether that is chronic.
 *
 * Months in 36 is the measure for ranking and for people; nights are for reporting. They are never
 * mixed. Sources: DEFINITIONS "Length of time homeless" and "Chronic homelessness"; 24 CFR 578.3;
 * the chronic-at-entry calculation of HUD's HMIS glossary.
 */
#ifndef DOMAIN_STANDING_H
#define DOMAIN_STANDING_H

#include "domain/roster.h"

enum { STANDING_MONTHS = 36, STANDING_REACH = 64 };

/* The working of months in 36. In the masks bit k is the k-th month before `month`; only 36 count.
 *
 * A month is documented by a night or stay on the street, in shelter or safe haven: a stay under
 * their roof, a bed night, an outreach contact, a living situation of 101, 116 or 118; or by a stay in
 * an institution under 90 days between two of these. Self-reported: from DateToStreetESSH to entry,
 * the month of an entry from 101, 116 or 118, and MonthsHomelessPastThreeYears, whose undated months
 * (ours) are laid on the latest free ones up to that entry. Broken: 7 or more nights in a row are
 * known to have been elsewhere (transitional housing, after a move-in, after an exit to housing).
 * `month` is that of the day, but of the entry for somebody now living in transitional or rapid
 * rehousing, who keeps what they came with; (ours) what lies over 63 months back is lost to them.
 * A paper on file (evidence.h) documents or reports its months as an HMIS would, and gives way to a known break alike.
 * Wants spell_of of the person to be done before. */
struct standing_months {
	int32_t month; /* the latest of the 36, as day_month */
	bool kept;     /* counted at an entry, not on the day */
	uint64_t documented;
	uint64_t reported; /* and not documented */
	uint64_t broken;   /* and therefore in neither of the two */
	uint64_t on_paper; /* of the first two: those that a paper on file alone makes count, or makes documented */
	int count;         /* 0 to 36 */
	int occasions;     /* runs of months without a gap */
	int longest;       /* the longest of them */
};
void standing_months(const struct roster *r, uint32_t person, struct standing_months *out);

/* The months that one stay documents by itself, whatever others say of them: bit k is the k-th month before that
 * of the roster's day. Wants spell_of of its person to be done before. */
uint64_t standing_stay_months(const struct roster *r, const struct roster_stay *s);

/* Distinct nights from first to last (both included) in the union of entry-exit shelter and safe
 * haven stays; the night of exit does not count. Night-by-night shelter is left out here: its nights
 * are single records, which a roster does not keep. */
int standing_roof_nights(const struct roster *r, uint32_t person, struct day first, struct day last);

/* Does the question have an answer? */
enum answer { ANSWER_NO, ANSWER_YES, ANSWER_REFUSED, ANSWER_MISSING };
const char *answer_say(enum answer a); /* "no", "yes", "don't know", "missing" */

/* What somebody said and what was recorded when they entered a project, in HMIS codes. */
struct chronic_facts {
	int project_type;
	int disabling;
	bool impaired; /* an at-entry disability that is indefinite and impairing */
	int living;
	int under_limit;
	int from_street;
	int times;
	int months;
	struct day entry;
	struct day to_street;
};

/* Chronically homeless at project entry. */
enum answer chronic_at_entry(const struct chronic_facts *f);

/* What a stay recorded at its entry. */
struct chronic_facts chronic_facts_of(const struct roster *r, const struct roster_stay *s);

/* The person's latest homeless (shelter, safe haven, outreach, transitional) or permanent-housing stay, of
 * one day the later one in the roster; ROSTER_NONE. */
uint32_t chronic_entry_latest(const struct roster *r, uint32_t person);

/* The same for a member of a household. At entry any chronic member who entered on the head's date
 * makes all chronic; on a later day (`at_entry` false) only the head or an adult can. A child takes the
 * head's answer when either is unknown. `head` is the index of the head among the n members. */
struct chronic_member {
	enum answer own;
	bool adult;
	struct day entry;
};
enum answer chronic_in_household(const struct chronic_member *m, size_t n, size_t head, size_t who, bool at_entry);

/* Yes where a paper on file evidences it; else the newest answer that is yes or no; missing where there is none. */
enum answer chronic_disability(const struct roster *r, uint32_t person);

/* As the list shows it. An import alone makes nobody verified. */
enum chronic { CHRONIC_VERIFIED, CHRONIC_LIKELY, CHRONIC_UNKNOWN, CHRONIC_NOT };
const char *chronic_say(enum chronic c);

/* Verified where people recorded it. Not, where the newest answer on a disability is no, or where the
 * newest answers on time fail the test at entry and the months (in the 36, as worked out) make neither
 * 12 without a gap nor 12 on 4 occasions. Likely, where one of these suffices and a disability is
 * known. Unknown otherwise. Call it for the head: a family is chronic through its head. */
enum chronic chronic_now(const struct roster *r, uint32_t person, const struct standing_months *m);

#endif
