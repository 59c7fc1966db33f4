/* Referrals: asked for or matched, issued, taken up, and ended by name (domain/referral.h has the steps and the clock).
 *
 * An agency asks for somebody for its opening or program; who plans the region's conferences (a list holder, a
 * specialist) matches a household and issues it. The agency that receives it takes every step from there on; who plans
 * may write each of them down for it. From the issuing on its people work with the household: whether they read its
 * name is decided by release and memorandum as ever (app/household_access.h), and where not it goes by code.
 *
 * One referral at a time holds an opening, from its issuing to its end. When one is accepted, the household's others
 * end as withdrawn; when the household moves in, the opening ends as filled and what was asked for it too.
 *
 *     const struct referral_ask ask = {.opening = opening_id, .household = household_id, .source = REFERRAL_BOARD};
 *     TRY(app_referral_ask(c, &ask, &id));      // a match, to be issued; app_referral_refer: issued at once
 */
#ifndef APP_REFERRAL_H
#define APP_REFERRAL_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/policy.h"
#include "domain/referral.h"

enum { REFERRAL_TEXT_MOST = 200 };

struct referral_ask {
	struct str opening; /* id; empty: the next four say what for */
	struct str region;  /* id; empty: the actor's own, or the first that its agency works in */
	struct str agency;  /* id; empty: the actor's own */
	enum policy_kind kind;
	struct str program;
	struct str household; /* id or code; empty: an agency asks for whoever is next */
	enum referral_source source;
	struct str conference; /* of a match in a meeting; empty: none */
	struct instant at;     /* INSTANT_NONE or 0: now */
};

/* The request, with its clock. By who plans the region's conferences, or by the agency for itself: for nobody named, or
 * for a household that it serves. ERR_CONFLICT: the opening has ended, is not confirmed or is held; it was asked
 * already. ERR_DENIED. */
must err_t app_referral_ask(struct call *c, const struct referral_ask *ask, struct str *id);

/* The same inside a transaction. */
must err_t referral_ask(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask, struct str *id);

/* Asked and issued in one: a request of the agency that waits on the opening is the one that is issued. By who plans.
 */
must err_t app_referral_refer(struct call *c, const struct referral_ask *ask, struct str *id);

/* The same inside a transaction. */
must err_t referral_refer(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask,
			  struct str *id);

/* The open referral of a household to an opening, where there is one, ends as withdrawn. ERR_CONFLICT: it was accepted.
 * Inside a transaction. */
must err_t referral_withdraw(struct call *c, struct db *db, struct arena *a, struct str opening_id,
			     int64_t household_no);

/* Issues a request. `household`: whom (id or code), where it was asked for nobody named; else empty or the same.
 * ERR_CONFLICT in one sentence: another has it, the opening is gone, a decline of this home waits to be looked at, or
 * the agency's memorandum has ended. By who plans. */
must err_t app_referral_issue(struct call *c, struct str id, struct str household);

struct referral_move {
	struct str id;
	enum referral_state to;
	struct str seen;        /* the state that the actor saw; empty: whichever it is */
	struct str reason;      /* of a decline: a key of domain/referral.h */
	const struct pii *note; /* of a provider's decline: what would make this work; NULL: none */
};
/* Every step behind the issuing, and every end that people say. ERR_CONFLICT where it became something else meanwhile
 * or the opening has ended; ERR_INVALID: a decline without its reason; ERR_DENIED: not theirs. */
must err_t app_referral_move(struct call *c, const struct referral_move *move);

/* A word about it that changes nothing. */
enum referral_word {
	REFERRAL_NOTE,
	REFERRAL_ATTEMPT, /* somebody tried to reach the household; the note may be NULL */
	REFERRAL_PLAN,    /* how the household is reached, and by whom it is introduced: the newest counts */
	REFERRAL_WORDS_N,
};
must err_t app_referral_note(struct call *c, struct str id, enum referral_word word, const struct pii *note);

/* Who plans has looked at a provider's decline: it is reopened (an appeal, within REFERRAL_APPEAL_DAYS, as long as the
 * home is free), or left. */
must err_t app_referral_review(struct call *c, struct str id, bool reopen, const struct pii *note);

/* Ends what nobody moved for its days (referral_expires); the number of them. For the turn of the day. */
must err_t app_referral_expire(struct call *c, size_t *n);

/* An opening ends otherwise: what was referred to it ends with it. ERR_CONFLICT where a referral to it was accepted.
 * Inside a transaction. */
must err_t referral_opening_ends(struct call *c, struct db *db, struct arena *a, struct str opening_id, bool filled);

#endif
