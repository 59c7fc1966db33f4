/* Releases of information: whom a person agreed to be named to, for what, until when.
 *
 * A client has any number of releases, each a paper or a screen that was signed (or declined) on a day. A release names
 * agencies, or a class of them that the form's wording covers; an agency that a release does not cover sees a code
 * until the person signs again. It is for purposes, and for facts under the HMIS notice; other laws only where it says
 * so. It ends on its last day, or on the day on which it is withdrawn, whichever comes first.
 *
 * A refusal is the person's word on what was signed before it: it ends that, until a newer release. It changes what is
 * shown and nothing else: neither place nor services (seed: "full access to the services … even if they don't
 * consent").
 *
 * Where somebody has several records (app/duplicate.h) a release opens the one it was signed for and no other, but a
 * refusal on any of them is the person's word, and so is a withdrawal: what was signed before it, on whatever record,
 * no longer counts. So joining records never shows anybody more than each of them did, and a newer release opens again.
 * (ours)
 *
 * A release under VAWA is written, time-limited and specific (34 USC 12291(b)(2)); one under New York's 27-F names who
 * receives (DOH-2557); HIPAA (45 CFR 164.508) and 42 CFR 2.31 want an end. A row that lacks what its law asks for
 * covers nobody under that law.
 *
 *     enum consent c = release_covers(rows, n, &(struct release_asker){agency, true}, PURPOSE_HOUSING, LAW_HMIS,
 * today);
 */
#ifndef DOMAIN_RELEASE_H
#define DOMAIN_RELEASE_H

#include "base/day.h"
#include "base/str.h"
#include "domain/access.h"

#define RELEASE_SCOPES(X)                                                                                              \
	X(SCOPE_NAMED, "named", "the agencies that it names")                                                          \
	X(SCOPE_REGION, "region", "agencies with a memorandum that work in the household’s region")                    \
	X(SCOPE_COC, "coc", "all agencies with a memorandum in the CoC")

enum release_scope {
#define X(name, word, say) name,
	RELEASE_SCOPES(X)
#undef X
		RELEASE_SCOPES_N
};

#define PURPOSES(X)                                                                                                    \
	X(PURPOSE_HOUSING, "housing", "to be on the by-name list and spoken of in the case conference")                \
	X(PURPOSE_REFERRAL, "referral", "to be referred to housing and services")                                      \
	X(PURPOSE_BENEFITS, "benefits", "to get papers and benefits")

enum purpose {
#define X(name, word, say) name,
	PURPOSES(X)
#undef X
		PURPOSES_N
};
#define PURPOSE_BIT(p) (1U << (p))

#define RELEASE_GIVENS(X)                                                                                              \
	X(GIVEN_WRITTEN, "written", "signed on paper")                                                                 \
	X(GIVEN_SCANNED, "scanned", "signed on paper, scanned")                                                        \
	X(GIVEN_WITNESSED, "witnessed", "said before a witness, who signed")                                           \
	X(GIVEN_SCREEN, "screen", "signed on screen")

enum release_given {
#define X(name, word, say) name,
	RELEASE_GIVENS(X)
#undef X
		RELEASE_GIVENS_N
};

/* What is talked about before somebody signs, in order (seed: Under 1 Roof, "informed consent", sl. 22): title, and
 * what to say. */
#define CONSENT_POINTS(X)                                                                                              \
	X(POINT_RIGHTS, "rights", "Your rights",                                                                       \
	  "You decide. You can say no, agree to less than this, or take it back later, and you need not say why.")     \
	X(POINT_AGENCIES, "agencies", "Who will know",                                                                 \
	  "Name the agencies, or the kind of agencies, that would read the name. Ask whether one of them should not.") \
	X(POINT_PROCESS, "process", "What happens",                                                                    \
	  "Agencies meet and look for housing. They say what was done and who does what next. Explain who is there.")  \
	X(POINT_ACCESS, "access", "Your own record",                                                                   \
	  "You can ask what is written about you and who has seen it, get a copy, and have mistakes put right.")       \
	X(POINT_NO_LOSS, "no-loss", "No is no loss",                                                                   \
	  "If you say no, nothing changes: the same place on the list and the same services. Only your name is not "   \
	  "used.")

enum consent_point {
#define X(name, word, title, say) name,
	CONSENT_POINTS(X)
#undef X
		CONSENT_POINTS_N
};
#define POINT_BIT(p) (1U << (p))
enum { POINTS_ALL = (1U << CONSENT_POINTS_N) - 1 };

const char *consent_point_word(enum consent_point p);
const char *consent_point_title(enum consent_point p);
const char *consent_point_say(enum consent_point p);
bool consent_point_parse(struct str word, enum consent_point *out);

const char *release_scope_word(enum release_scope s);
const char *release_scope_say(enum release_scope s);
const char *purpose_word(enum purpose p);
const char *purpose_say(enum purpose p);
const char *release_given_word(enum release_given g);
const char *release_given_say(enum release_given g);
bool release_scope_parse(struct str word, enum release_scope *out);
bool purpose_parse(struct str word, enum purpose *out);
bool release_given_parse(struct str word, enum release_given *out);
const char *law_word(enum fact_law l);
bool law_parse(struct str word, enum fact_law *out);

struct release {
	bool refused; /* declined on `from`; the rest but offer_again says nothing then */
	bool other;   /* it is about another record of the same person: it opens nothing here */
	enum release_scope scope;
	const struct str *agencies; /* ids, of SCOPE_NAMED: all, or at least the asker's where it is one of them */
	size_t agencies_n;
	uint32_t purposes;      /* PURPOSE_BIT */
	uint32_t laws;          /* LAW_BIT beside LAW_HMIS, which every release extends to */
	struct day from;        /* day it was signed */
	struct day until;       /* its last day; DAY_NONE: until it is withdrawn */
	struct day ended;       /* day it was withdrawn; DAY_NONE: it was not */
	struct day offer_again; /* of a refusal: when to ask again; DAY_NONE: not */
};

/* Who asks: an agency whose memorandum is in force (that is asked of access_decide). */
struct release_asker {
	struct str agency;
	bool in_region; /* it works in the household's region */
};

/* What the releases of one client, in the order of their days and recording, say about an agency today. Those about
 * other records of the same person are among them. */
enum consent release_covers(const struct release *rows, size_t n, const struct release_asker *who, enum purpose purpose,
			    enum fact_law law, struct day today);

/* Whether it is by a class of agencies alone that the asker is covered (a "general designation"): some release covers
 * them, and none that does names them. */
bool release_is_general(const struct release *rows, size_t n, const struct release_asker *who, enum purpose purpose,
			enum fact_law law, struct day today);

/* The first law that a release names and does not fulfil, so that it covers nobody under it: it asks for an end, or for
 * agencies by name. False where there is none. */
bool release_falls_short(const struct release *r, enum fact_law *law);

/* Day on which a release can be offered again, because the last word was a refusal that says when; DAY_NONE: none. */
struct day release_offer_again(const struct release *rows, size_t n, struct day today);

#endif
