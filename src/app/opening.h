/* The register of openings: entered by the agency that has one in under a minute, confirmed once a week, ended by name.
 *
 * An agency enters its own; who plans a region's conferences (a list holder, a specialist) may enter one for any of
 * the region's agencies, since it is often told on the telephone. Everybody with the list sees the register: no
 * person is in it. Filling one without a referral, and withdrawing one, wants a reason (seed: openings are filled
 * through coordinated entry).
 *
 *     struct opening_new in = {.kind = POLICY_PSH, .program = S("Larkmere Homes"), .from = today};
 *     TRY(app_opening_add(c, &in, &id));
 */
#ifndef APP_OPENING_H
#define APP_OPENING_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/opening.h"
#include "domain/policy.h"

enum { OPENING_TEXT_MOST = 200, OPENING_WHY_MOST = 500, OPENING_KEPT_DAYS = 90 };

struct opening_new {
	struct str region; /* id; empty: the actor's own, or the first that its agency works in */
	struct str agency; /* id; empty: the actor's own */
	enum policy_kind kind;
	struct str program, unit;
	int bedrooms;      /* −1: not said */
	struct str county; /* empty: not said */
	unsigned features; /* bits of domain/preference.h */
	struct day from;
	struct opening_choice fits;
	const struct pii *over; /* why there is one more than the HMIS says; NULL: there is not */
};

/* ERR_CONFLICT: by its inventory in the HMIS the program has no home more, and nobody says why there is one.
 * ERR_DENIED: not the actor's agency, nor a region whose conferences it plans. ERR_INVALID: a field or the rule cannot
 * be read, in one sentence. */
must err_t app_opening_add(struct call *c, const struct opening_new *in, struct str *id);

/* It is still true, as of today. */
must err_t app_opening_confirm(struct call *c, struct str id);

/* It was filled without a referral, or is no longer offered; what was referred to it ends with it. ERR_CONFLICT: it had
 * ended by then, or a referral to it was accepted. */
must err_t app_opening_end(struct call *c, struct str id, bool filled, const struct pii *why);

struct opening_row {
	struct str id, region_id, region, agency_id, agency;
	enum policy_kind kind;
	struct str program, unit, county;
	int bedrooms; /* −1: not said */
	unsigned features;
	struct str rule;     /* as it is typed */
	struct str rule_say; /* in words; empty: for everybody */
	struct opening_times times;
	enum opening_state state;
	int vacant;       /* days */
	bool held;        /* by a referral (app/referral.h): nobody else is matched to it */
	struct day waits; /* held for a paper until that day; DAY_NONE: it is not */
	bool over;        /* one more than the HMIS says */
	bool own;         /* the actor may confirm and end it */
	bool plans;       /* and match to it */
};

struct opening_choice_row {
	struct str id, name;
};

struct openings_view {
	struct opening_row *rows; /* open ones first, and those that ended in the last OPENING_KEPT_DAYS, by region */
	size_t rows_n;
	bool may_add;
	struct opening_choice_row *regions; /* to enter one in */
	size_t regions_n;
	struct opening_choice_row *agencies; /* to enter one for */
	size_t agencies_n;
	struct str *programs; /* of the own agency */
	size_t programs_n;
	struct str *counties;
	size_t counties_n;
};
must err_t app_openings(struct call *c, struct openings_view *out);

/* Inside a transaction; ERR_MISSING where there is none. */
must err_t opening_load(struct call *c, struct db *db, struct arena *a, struct str id, struct opening_row *out);

/* Those of a region that have not ended, the soonest first. Inside a transaction. */
must err_t openings_open(struct call *c, struct db *db, struct arena *a, struct str region_id, struct opening_row **out,
			 size_t *n);

/* The open ones of a region to which households are matched and which no referral holds, the soonest first. Inside a
 * transaction. */
must err_t openings_offered(struct call *c, struct db *db, struct arena *a, struct str region_id,
			    struct opening_row **out, size_t *n);

#endif
