/* A referral to housing, wherever it was written: a row of HMIS Event.csv, or one of our own.
 *
 * HMIS says what kind of project somebody was referred to (list 4.20.2), seldom to which one, and how it ended (list
 * 4.20.D) with the day of it. Housing referrals are 11 to 15, 17 and 18; the others are to services. What is known
 * of a referral depends on the day: a result that came later left it open until then.
 *
 *     if (ce_result_on(&referral, today) == CE_OPEN)
 *             days = day_diff(referral.made, today);
 */
#ifndef DOMAIN_CE_REFERRAL_H
#define DOMAIN_CE_REFERRAL_H

#include "base/day.h"
#include "domain/policy.h"

/* HMIS code, word, for people. */
#define CE_KINDS(X)                                                                                                    \
	X(CE_TRANSITIONAL, 11, "th", "transitional housing")                                                           \
	X(CE_JOINT, 12, "th-rrh", "joint transitional and rapid rehousing")                                            \
	X(CE_RAPID, 13, "rrh", "rapid rehousing")                                                                      \
	X(CE_SUPPORTIVE, 14, "psh", "permanent supportive housing")                                                    \
	X(CE_OTHER, 15, "oph", "other permanent housing")                                                              \
	X(CE_VOUCHER, 17, "voucher", "emergency housing voucher")                                                      \
	X(CE_STABILITY, 18, "stability-voucher", "housing stability voucher")

enum ce_kind {
#define X(name, code, word, say) name,
	CE_KINDS(X)
#undef X
		CE_KINDS_N
};
const char *ce_kind_word(enum ce_kind k);
const char *ce_kind_say(enum ce_kind k);
bool ce_kind_of(int64_t code, enum ce_kind *out); /* false: no housing referral */
int ce_kind_code(enum ce_kind k);                 /* 4.20.2 */

/* The kind of a referral to an opening; false for the list, which is none. A voucher that is not said to be of one
 * program is other permanent housing (ours): 17 and 18 are two programs of HUD's. */
bool ce_kind_for(enum policy_kind opening, enum ce_kind *out);

/* Word, for people. The first is no result yet; then 4.20.D in its order; HMIS has no word for the last. */
#define CE_RESULTS(X)                                                                                                  \
	X(CE_OPEN, "open", "open")                                                                                     \
	X(CE_ACCEPTED, "accepted", "accepted")                                                                         \
	X(CE_CLIENT_DECLINED, "client_declined", "the household said no")                                              \
	X(CE_PROVIDER_DECLINED, "provider_declined", "the provider said no")                                           \
	X(CE_WITHDRAWN, "withdrawn", "ended without an answer")

enum ce_result {
#define X(name, word, say) name,
	CE_RESULTS(X)
#undef X
		CE_RESULTS_N
};
const char *ce_result_word(enum ce_result r);
const char *ce_result_say(enum ce_result r);

#define CE_ANY UINT32_MAX /* no project, or no agency, is named */

struct ce_referral {
	struct day made;
	struct day resulted; /* DAY_NONE: the day of a result is not known, so it counts from the first day on */
	enum ce_kind kind;
	enum ce_result result;
	uint32_t project; /* the caller's number of the one it is to, or CE_ANY */
	uint32_t agency;
};

/* A row of Event.csv by its codes, to no project and agency that is known; false: it is no housing referral, or its day
 * is not known. */
bool ce_referral_read(int64_t event, struct day made, int64_t result, struct day resulted, struct ce_referral *out);

/* How it stood on that day; one made later is open. */
enum ce_result ce_result_on(const struct ce_referral *r, struct day day);

/* Whether two tell of one referral: what is written here is often written in HMIS as well, on the same day or a few
 * later (the days are ours). */
enum { CE_SAME_DAYS = 14 };
bool ce_is_same(const struct ce_referral *own, const struct ce_referral *hmis);

/* Whether it is of a kind that leads into a project of the type; joint projects lead into rapid rehousing too. */
bool ce_kind_fits(enum ce_kind k, int project_type);

/* How old outstanding ones are, in the columns of the report. */
#define CE_AGES(X)                                                                                                     \
	X(CE_WEEK, 7, "days_0_7", "7 days or fewer")                                                                   \
	X(CE_MONTH, 30, "days_8_30", "8 to 30 days")                                                                   \
	X(CE_QUARTER, 90, "days_31_90", "31 to 90 days")                                                               \
	X(CE_LONGER, INT32_MAX, "days_over_90", "more than 90 days")

enum ce_age {
#define X(name, most, key, say) name,
	CE_AGES(X)
#undef X
		CE_AGES_N
};
enum ce_age ce_age_of(int days);

#endif
