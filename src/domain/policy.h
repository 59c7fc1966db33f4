/* The written order as a text: what a CoC decides about who comes first.
 *
 * A policy is a small text that a list holder can read and change: keys in their order, each with its
 * direction and what happens to the unknown, bands for each assessment tool and kind of household, and
 * a lot for what is still level. There is one for the list and, where a CoC wants it, one for each kind
 * of opening. docs/POLICY.md explains the format.
 *
 *     policy "Balance of State written standards"
 *     for list
 *     from 2026-10-01
 *     order
 *       chronic       first verified, likely, unknown; then not
 *       severity      first high; then middle; then low; missing is middle; older than 365 days is missing
 *       raised        first; at most 180 days
 *       months in 36  most first
 *       staying       first unsheltered; then others
 *       list start    oldest first
 *       lot
 *     bands any single 0-3 4-7 8+
 *     bands any family 0-3 4-8 9+
 *
 * Protected traits, document readiness and engagement are no keys: they are refused with the reason
 * (DEFINITIONS "Priority"; 24 CFR 578.93, Fair Housing Act; CPD-16-11). A text that cannot be read is
 * refused whole, each line with what is wrong with it.
 *
 *     struct policy p;
 *     struct policy_faults faults;
 *     if (!policy_read(a, text, &p, &faults))
 *             … faults.of[i].line, faults.of[i].say …
 *     struct str canonical = policy_text(a, &p);
 *
 * policy_text of what was read is read again as the same policy. A struct policy is plain and holds no
 * pointer, so it may be copied and compared with memcmp.
 */
#ifndef DOMAIN_POLICY_H
#define DOMAIN_POLICY_H

#include "base/err.h"
#include "domain/priority.h"

/* What a policy is for: word, what people call it, HMIS project type of its openings or 0. */
#define POLICY_KINDS(X)                                                                                                \
	X(POLICY_LIST, "list", "the by-name list")                                                                     \
	X(POLICY_PSH, "psh", "openings in permanent supportive housing")                                               \
	X(POLICY_RRH, "rrh", "openings in rapid rehousing")                                                            \
	X(POLICY_TH, "th", "openings in transitional housing")                                                         \
	X(POLICY_OPH, "oph", "openings in other permanent housing")                                                    \
	X(POLICY_VOUCHER, "voucher", "housing vouchers")

enum policy_kind {
#define X(name, word, say) name,
	POLICY_KINDS(X)
#undef X
		POLICY_KINDS_N
};

struct policy_kind_row {
	struct str word;
	const char *say;
};
extern const struct policy_kind_row policy_kind_table[POLICY_KINDS_N];
bool policy_kind_parse(struct str word, enum policy_kind *out);

/* Whom an opening is for: a filter, never a key. Where several are given, all must hold. */
#define POLICY_ONLY(X)                                                                                                 \
	X(POLICY_VETERANS, "veterans", "households with a veteran")                                                    \
	X(POLICY_FAMILIES, "families", "households with children")                                                     \
	X(POLICY_ADULTS, "adults", "households of adults only")                                                        \
	X(POLICY_CHRONIC, "chronic", "households whose homelessness is chronic, verified or likely")                   \
	X(POLICY_VERIFIED, "verified chronic", "households whose chronic homelessness is verified")

enum policy_only {
#define X(name, word, say) name,
	POLICY_ONLY(X)
#undef X
		POLICY_ONLY_N
};

enum {
	POLICY_NAME_MAX = 120,   /* bytes, with the ending 0 */
	POLICY_TEXT_MAX = 16384, /* bytes of a policy's text */
	POLICY_FAULTS = 20,      /* told at once */
	POLICY_DAYS_MOST = 3650,
	POLICY_ALTERNATES_MOST = 20,
};

struct policy {
	char name[POLICY_NAME_MAX];
	enum policy_kind kind;
	struct day from;  /* DAY_NONE: the text does not say */
	unsigned only;    /* bits 1 << enum policy_only; of an opening alone */
	int hold_days;    /* how long an opening waits for the papers of the first household; 0: is not said */
	int alternates;   /* how many households stand by behind the first; 0: is not said */
	bool nominations; /* agencies may nominate, and a group decides, which is recorded */
	struct priority_policy order;
};

/* Where nothing was decided: the order of domain/priority. */
extern const struct policy policy_default;

struct policy_fault {
	int line; /* from 1; 0: of the whole */
	struct str say;
};

struct policy_faults {
	struct policy_fault of[POLICY_FAULTS];
	size_t n;
};

/* Reads a text; false with *out untouched and the faults in order of lines where it is none. The
 * sentences lie in the arena. */
bool policy_read(struct arena *a, struct str text, struct policy *out, struct policy_faults *faults);

/* The faults as one text: "Line 7: … Line 9: …". */
must err_t policy_refuse(struct arena *a, const struct policy_faults *faults);

/* The text that stands for this policy: one spelling for each. */
struct str policy_text(struct arena *a, const struct policy *p);

/* The policy as a written standard in plain words, for the CoC's web site: sections of a heading and
 * its sentences. */
struct policy_section {
	struct str title;
	struct str *sentences;
	size_t sentences_n;
	bool numbered; /* the keys, in their order */
};
struct policy_standard {
	struct policy_section *sections;
	size_t sections_n;
};
void policy_standard(struct arena *a, const struct policy *p, struct policy_standard *out);

/* What an opening's policy says about it beside its order, in a sentence or two for the list of that kind:
 * "For households with a veteran. An opening is held 5 days for the first household; the next 3 stand by." */
struct str policy_opening_say(struct arena *a, const struct policy *p);

/* True for a household that an opening of this policy is for. */
bool policy_admits(const struct policy *p, const struct priority_facts *f, bool veteran);

/* Words in the reason of an adjustment that speak of engagement or compliance ("missed appointments"),
 * which is no reason to raise or to pass over anybody (CPD-16-11: not on compliance): a kind sentence
 * that says so, or empty. */
struct str policy_reason_blames(struct arena *a, struct str reason);

#endif
