/* A referral: from the agency's request, or a match, to the key.
 *
 * It goes forward and may skip a step; it never goes back. Every open one may end. A provider's decline can be
 * appealed for APPEAL_DAYS: then it is issued once more. A household that is declined, or declines, keeps its place:
 * the list is never asked about referrals.
 *
 * The clock of a request (DEFINITIONS "Referral clock"): it is due at the close of the next business day after it was
 * made. Amber on that day, red behind it. The other waits have days of ours: how soon whoever it waits for should
 * answer, in business days, and after how many calendar days without a step it ends by itself.
 *
 *     struct day due = referral_due(&calendar, instant_day(requested_at), 1);
 *     enum referral_clock clock = referral_clock_of(due, DAY_NONE, today);
 */
#ifndef DOMAIN_REFERRAL_H
#define DOMAIN_REFERRAL_H

#include "base/err.h"
#include "domain/calendar.h"

enum { REFERRAL_APPEAL_DAYS = 14 };

/* Whom one waits for. */
enum referral_waits { WAITS_NOBODY, WAITS_PLANNER, WAITS_AGENCY };

/* Key as stored; words; whom it waits for; business days to answer in; days without a step until it expires. */
#define REFERRAL_STATES(X)                                                                                             \
	X(REFERRAL_REQUESTED, "requested", "to be issued", WAITS_PLANNER, 1, 30)                                       \
	X(REFERRAL_ISSUED, "issued", "issued", WAITS_AGENCY, 1, 14)                                                    \
	X(REFERRAL_ACKNOWLEDGED, "acknowledged", "taken up", WAITS_AGENCY, 3, 30)                                      \
	X(REFERRAL_CONTACT, "contact", "household reached", WAITS_AGENCY, 5, 30)                                       \
	X(REFERRAL_INTAKE, "intake", "intake", WAITS_AGENCY, 5, 45)                                                    \
	X(REFERRAL_ACCEPTED, "accepted", "accepted", WAITS_AGENCY, 20, 120)                                            \
	X(REFERRAL_MOVED_IN, "moved_in", "moved in", WAITS_NOBODY, 0, 0)                                               \
	X(REFERRAL_CLIENT_DECLINED, "client_declined", "declined by the household", WAITS_NOBODY, 0, 0)                \
	X(REFERRAL_PROVIDER_DECLINED, "provider_declined", "declined by the provider", WAITS_NOBODY, 0, 0)             \
	X(REFERRAL_WITHDRAWN, "withdrawn", "withdrawn", WAITS_NOBODY, 0, 0)                                            \
	X(REFERRAL_EXPIRED, "expired", "expired", WAITS_NOBODY, 0, 0)                                                  \
	X(REFERRAL_FILLED, "filled", "another got the home", WAITS_NOBODY, 0, 0)

enum referral_state {
#define X(name, key, words, waits, answer, expire) name,
	REFERRAL_STATES(X)
#undef X
		REFERRAL_STATES_N
};

struct referral_state_row {
	struct str key, words;
	enum referral_waits waits;
	int answer_days, expire_days;
};
extern const struct referral_state_row referral_state_table[REFERRAL_STATES_N];
bool referral_state_parse(struct str key, enum referral_state *out);

static inline bool referral_is_open(enum referral_state s)
{
	return s < REFERRAL_MOVED_IN;
}

/* Whether one may go from one to the other: total. A request is issued before anything else but an end. */
bool referral_may_become(enum referral_state from, enum referral_state to);

/* Whether the agency that receives it takes this step; who plans the region's conferences takes every one, for what is
 * told on the telephone is written down by somebody. */
bool referral_is_agencys(enum referral_state from, enum referral_state to);

/* Event.ReferralResult (HMIS Data Standards 4.20.D): 1 accepted, 2 the client declined, 3 the provider declined; 0 for
 * what it has no word for. */
int referral_result(enum referral_state s);

/* Who began it. */
#define REFERRAL_SOURCES(X)                                                                                            \
	X(REFERRAL_ASKED, "asked", "the agency asked")                                                                 \
	X(REFERRAL_MEETING, "meeting", "matched in a conference")                                                      \
	X(REFERRAL_BOARD, "board", "proposed by the board")                                                            \
	X(REFERRAL_SIDE, "side", "the agency had taken the household in")

enum referral_source {
#define X(name, key, words) name,
	REFERRAL_SOURCES(X)
#undef X
		REFERRAL_SOURCES_N
};

struct referral_source_row {
	struct str key, words;
};
extern const struct referral_source_row referral_source_table[REFERRAL_SOURCES_N];
bool referral_source_parse(struct str key, enum referral_source *out);

/* --- the clock --- */

#define REFERRAL_CLOCKS(X)                                                                                             \
	X(CLOCK_TIME, "in time")                                                                                       \
	X(CLOCK_AMBER, "due today")                                                                                    \
	X(CLOCK_RED, "overdue")                                                                                        \
	X(CLOCK_ON_TIME, "issued in time")                                                                             \
	X(CLOCK_LATE, "issued late")

enum referral_clock {
#define X(name, words) name,
	REFERRAL_CLOCKS(X)
#undef X
		REFERRAL_CLOCKS_N
};
const char *referral_clock_say(enum referral_clock k);

/* The last day to answer within `days` business days of something on day `from`. */
struct day referral_due(const struct calendar *c, struct day from, int days);

/* `issued`: DAY_NONE where it is not yet. */
enum referral_clock referral_clock_of(struct day due, struct day issued, struct day today);

/* The day on which one that stands still ends by itself; DAY_NONE: it is over. */
struct day referral_expires(enum referral_state s, struct day since);

/* --- what has to be arranged --- */

/* Key; what it is; whether the agency that receives it does it, else who sends it; whether it is recorded in the HMIS
 * (ICA Missouri, "How to record housing referrals": for the head of household alone). */
#define REFERRAL_TASKS(X)                                                                                              \
	X(TASK_INTRODUCE, "introduce", "Meet together: introduce the household and the program", false, false)         \
	X(TASK_PAPERS, "papers", "Bring the papers that are there", false, false)                                      \
	X(TASK_RIDE, "ride", "A ride to the viewing, the intake and the move", false, false)                           \
	X(TASK_INTAKE, "intake", "The day of the intake", true, false)                                                 \
	X(TASK_LEASE, "lease", "Lease, landlord and inspection", true, false)                                          \
	X(TASK_SUPPORTS, "supports", "The supports that begin with the move", true, false)                             \
	X(TASK_EVENT, "hmis_event", "Record the referral as an event", false, true)                                    \
	X(TASK_RESULT, "hmis_result", "Record its result and the day", true, true)                                     \
	X(TASK_ENTRY, "hmis_entry", "Record the entry into the project, and the move-in date", true, true)

enum referral_task {
#define X(name, key, words, receiver, hmis) name,
	REFERRAL_TASKS(X)
#undef X
		REFERRAL_TASKS_N
};

struct referral_task_kind {
	struct str key, words;
	bool receiver, hmis;
};
extern const struct referral_task_kind referral_task_table[REFERRAL_TASKS_N];
bool referral_task_parse(struct str key, enum referral_task *out);

/* --- declines --- */

/* Key, words; of the household's own reasons. None of them is asked for twice, and none lowers a place. */
#define REFERRAL_CLIENT_REASONS(X)                                                                                     \
	X("place", "the place is too far from what they need")                                                         \
	X("home", "the home does not suit them")                                                                       \
	X("terms", "they do not want the program’s terms")                                                             \
	X("shared", "they do not want to share")                                                                       \
	X("unsafe", "they would not feel safe there")                                                                  \
	X("apart", "somebody or an animal could not come along")                                                       \
	X("found", "they found other housing")                                                                         \
	X("later", "not now")                                                                                          \
	X("unsaid", "they did not say why")

/* Key, words, whether it raises the Housing First question: what USICH's "Housing First Checklist" (2016) says people
 * are not turned away for, so it is asked which law or funding rule requires it, and who plans looks at it. */
#define REFERRAL_PROVIDER_REASONS(X)                                                                                   \
	X("gone", "the home is no longer available", false)                                                            \
	X("rule", "a requirement of the funding is not met", false)                                                    \
	X("size", "too many or too few people for the home", false)                                                    \
	X("law",                                                                                                       \
	  "the law forbids it (24 CFR 982.553: lifetime registration, or methamphetamine made in assisted housing)",   \
	  false)                                                                                                       \
	X("unreached", "the household was not reached, after several tries", false)                                    \
	X("sobriety", "sobriety, or treatment", true)                                                                  \
	X("income", "no income, or too little", true)                                                                  \
	X("credit", "credit, debts or rental history", true)                                                           \
	X("eviction", "an eviction", true)                                                                             \
	X("record", "a criminal record, where no law requires it", true)                                               \
	X("services", "they do not want services", true)                                                               \
	X("papers", "papers are missing", true)                                                                        \
	X("readiness", "thought not ready for housing", true)                                                          \
	X("landlord", "the landlord said no", true)                                                                    \
	X("other", "something else", true)

struct referral_reason {
	struct str key, words;
	bool question; /* Housing First asks about it */
};
extern const struct referral_reason referral_client_reasons[], referral_provider_reasons[];
extern const size_t referral_client_reasons_n, referral_provider_reasons_n;

/* The reason of a decline by the household or the provider; NULL: there is no such one, or it is no decline. */
const struct referral_reason *referral_reason_of(enum referral_state declined, struct str key);

/* ERR_INVALID with what is missing: a reason of the list and, of a provider, that it `said` what would make this work:
 * the question comes before a decline. */
must err_t referral_check_decline(struct arena *a, enum referral_state declined, struct str reason, bool said);

/* Whether who plans may still reopen what the provider declined. */
bool referral_may_appeal(enum referral_state s, struct day ended, struct day today);

#endif
