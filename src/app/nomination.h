/* Nominations of a household for a kind of opening (domain/nomination.h has the rules).
 *
 * Nominating is for the list holder and the agencies that serve the household, in the name of an agency. The
 * group is the agencies of the household's region: each states for itself; what is said in a meeting may be
 * written down by who plans the region's conferences. They record the decision too, with the group's reason;
 * where a conference of the region runs, it is a decision of that conference. From that day the policy's key
 * "nominated" counts for the household in the order of that kind of opening, until the last day or until
 * people end it. What is written is sealed, and shown with names taken out to who may not read them.
 */
#ifndef APP_NOMINATION_H
#define APP_NOMINATION_H

#include "app/household.h"
#include "base/pii.h"
#include "domain/nomination.h"

enum nomination_state { NOMINATION_WAITS, NOMINATION_HOLDS, NOMINATION_REFUSED, NOMINATION_OVER, NOMINATION_ENDED };

struct nomination_said {
	struct str agency;
	enum nomination_stance stance;
	struct str by; /* "Pat Sample, 3 Nov 2026" */
};

struct nomination_row {
	struct str id;
	enum policy_kind kind;
	enum nomination_state state;
	struct str proposed; /* "Alder Agency (Kim Sample), 3 Nov 2026"; empty where facts are coarse */
	struct str reason;
	struct nomination_said *said;
	size_t said_n;
	struct str count;   /* "2 agencies agreed, 0 did not, 1 stepped out" */
	struct str decided; /* "Hana Example, 5 Nov 2026, in the conference of 5 Nov 2026"; empty: not yet */
	struct str why;     /* the group's */
	int level;          /* households between whom it was a tie-break, this one included; 0: not decided */
	struct day review, until;
	bool can_state;  /* for the own agency */
	bool can_record; /* what agencies said in a meeting, and the decision */
	bool can_end;    /* end it, or look at it again */
};

struct nomination_kind {
	enum policy_kind kind;
	int most_days;
};
struct nomination_agency {
	struct str id;
	struct str name;
};

struct nomination_view {
	struct household_face face;
	struct nomination_row *rows; /* newest first */
	size_t rows_n;
	struct nomination_kind *kinds; /* whose policies in force have nominations */
	size_t kinds_n;
	struct nomination_agency *agencies; /* of the region, for who records */
	size_t agencies_n;
	bool can_nominate;
};

/* ERR_MISSING: no such household, or not for the viewer. */
must err_t app_nominations(struct call *c, struct str household_id, struct nomination_view *out);

struct nomination_words {
	enum policy_kind kind;
	const struct pii *reason;
	struct day review;
	struct day until;
};

/* ERR_MISSING, ERR_DENIED, ERR_INVALID; ERR_CONFLICT: the policy has none, or one is under way already. */
must err_t app_nomination_add(struct call *c, struct str household_id, const struct nomination_words *w);

/* What an agency of the group says; an empty agency is the actor's own. It may say something else until the
 * decision. ERR_CONFLICT for the agency that nominated, and once it is decided. */
must err_t app_nomination_state(struct call *c, struct str household_id, struct str id, struct str agency_id,
				enum nomination_stance stance);

/* The group's decision: what most of those said who decide. ERR_CONFLICT where fewer than two do. */
must err_t app_nomination_decide(struct call *c, struct str household_id, struct str id, const struct pii *why);

/* It was looked at and stays, until it is looked at again on `review`; or people end it. */
must err_t app_nomination_review(struct call *c, struct str household_id, struct str id, struct day review);
must err_t app_nomination_end(struct call *c, struct str household_id, struct str id);

#endif
