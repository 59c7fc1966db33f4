/* A series of meetings: how often a region meets, and what its business meeting goes through.
 *
 * "Each region … meets monthly. … 2 sessions embedded" (MO BoS, Level 4 list holders): first the business meeting, to
 * which lead agencies come too, then the case conference, to which they do not. Both are of one series; a meeting of it
 * can be moved or called off, and the series goes on as it was. Who meets statewide, or for a part of the list, has a
 * series of their own.
 *
 * A rhythm and the first day say all of it, so nobody types a rule:
 *
 *     series_rule(a, RHYTHM_MONTH, tuesday_15_dec_2026)          "FREQ=MONTHLY;BYDAY=3TU"
 *     series_say(a, RHYTHM_MONTH, tuesday_15_dec_2026, 600)      "every month on the third Tuesday, at 10:00"
 */
#ifndef DOMAIN_SERIES_H
#define DOMAIN_SERIES_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

/* Key as stored, words. */
#define SERIES_RHYTHMS(X)                                                                                              \
	X(RHYTHM_MONTH, "month", "every month")                                                                        \
	X(RHYTHM_QUARTER, "quarter", "every three months")                                                             \
	X(RHYTHM_FORTNIGHT, "fortnight", "every two weeks")                                                            \
	X(RHYTHM_WEEK, "week", "every week")

enum series_rhythm {
#define X(name, key, words) name,
	SERIES_RHYTHMS(X)
#undef X
		RHYTHMS_N
};

/* What the business meeting goes through (the same source: "networking, funding availability for clients, upcoming
 * events, grant opportunities, client resource opportunities", a "platform for providers to seek support", "voting on
 * leadership, information sharing, training, and updates"). Key as stored, title, what is done, minutes of an hour. */
#define BUSINESS_ITEMS(X)                                                                                              \
	X(BUSINESS_WELCOME, "welcome", "Welcome and networking", "Who is here, who is new.", 5)                        \
	X(BUSINESS_LEADS, "leads", "Updates from the lead agencies",                                                   \
	  "From the CoC and the HMIS: what changes, and from when.", 10)                                               \
	X(BUSINESS_FUNDING, "funding", "Funding and grants", "Money for clients now; grants to apply for.", 8)         \
	X(BUSINESS_EVENTS, "events", "Events and training", "What is coming, and who goes.", 5)                        \
	X(BUSINESS_RESOURCES, "resources", "Resources for clients", "What somebody can be offered this month.", 10)    \
	X(BUSINESS_ISSUES, "issues", "Issues that providers raise", "The issue box: no names, an owner for each.", 12) \
	X(BUSINESS_VOTES, "votes", "Motions and votes", "One vote for each agency.", 5)                                \
	X(BUSINESS_CLOSING, "closing", "What was decided", "Said once more; what returns next time.", 5)

enum business_item {
#define X(name, key, title, what, minutes) name,
	BUSINESS_ITEMS(X)
#undef X
		BUSINESS_ITEMS_N
};

struct series_words {
	struct str key, words;
};
extern const struct series_words series_rhythm_table[RHYTHMS_N];
bool series_rhythm_parse(struct str key, enum series_rhythm *out);

struct business_row {
	struct str key, title, what;
	int minutes;
};
extern const struct business_row business_table[BUSINESS_ITEMS_N];

/* How often, as RFC 5545 says it. The fifth weekday of a month is taken for the last, which every month has. */
struct str series_rule(struct arena *a, enum series_rhythm rhythm, struct day first);

/* The same for people; `minute` is that of the day. */
struct str series_say(struct arena *a, enum series_rhythm rhythm, struct day first, int minute);

/* "10:05" of a minute of the day. */
struct str series_clock(struct arena *a, int minute);

/* Minutes for each item of a business meeting of that length, in proportion; whole ones that fit. */
void business_fill(int length, int minutes[BUSINESS_ITEMS_N]);

/* ERR_INVALID where an item is below 0 or they do not fit the length. One of 0 minutes is left out this time. */
must err_t business_check(struct arena *a, const int minutes[BUSINESS_ITEMS_N], int length);

/* A motion is open until the chair closes it; then its result stands.
 *
 * One vote for each agency ("one vote per agency"): who votes again for theirs changes its vote. There is a quorum
 * where agencies of that percentage, or more, of those entitled have voted, abstaining ones too. It is carried where
 * more say yes than no: a tie is lost, and so is a vote without a yes. */
struct motion_count {
	int yes, no, abstain;
	int agencies; /* entitled */
	int quorum;   /* percent of them, 0 to 100 */
};
enum motion_result { MOTION_CARRIED, MOTION_LOST, MOTION_NO_QUORUM };
enum motion_result motion_result(const struct motion_count *n);
bool motion_quorum(const struct motion_count *n);
int motion_needed(const struct motion_count *n); /* votes for a quorum */

#endif
