/* Releases of information of the people of a household: who agreed to what, until when (domain/release.h).
 *
 * Whoever serves the household, or holds the list of its region while it is not protected, records and withdraws
 * (access_decision.records); nothing is deleted. A release changes what is shown from the moment it is recorded, in
 * open meetings too, and neither place nor seat nor steps.
 *
 *     struct release_new r = {.scope = SCOPE_COC, .points = POINTS_ALL, .from = c->today, …};
 *     TRY(app_release_add(c, household_id, 0, &r));
 */
#ifndef APP_RELEASE_H
#define APP_RELEASE_H

#include "app/consent_form.h"
#include "app/household.h"
#include "domain/release.h"

/* Why somebody may not record: one sentence for page and command. */
#define RELEASE_NOT_YOURS                                                                                              \
	"Releases and protection are for the agencies that serve the household, and for its list holder while it is "  \
	"not protected."

enum { RELEASE_NOTE_MAX = 500, RELEASE_DRAWN_MAX = 8000 };

struct release_new {
	bool refused;
	enum release_scope scope;
	const struct str *agencies; /* ids or exact names, of SCOPE_NAMED */
	size_t agencies_n;
	uint32_t purposes; /* PURPOSE_BIT; 0: all of them */
	uint32_t laws;     /* LAW_BIT beside LAW_HMIS */
	uint32_t points;   /* POINT_BIT: what was talked about */
	enum release_given given;
	struct str language;     /* "en" */
	struct str form_id;      /* of a form that is kept (app/consent_form.h); empty: see the next */
	struct str form;         /* name of the form; empty: none of those that are kept */
	struct day from;         /* day it was signed or declined */
	struct day until;        /* its last day; DAY_NONE: until it is withdrawn */
	struct day offer_again;  /* of a refusal; DAY_NONE: not */
	const struct pii *note;  /* who witnessed it, who interpreted; or NULL */
	const struct pii *drawn; /* strokes of a signature: "M12 30L14 31…"; or NULL */
	bool replaces;           /* what was signed before ends with it */
};

/* `member` counts as on the household's page: 0 is the head. ERR_INVALID: the days, agencies or law do not fit, its
 * form allows less, or not all five points were talked about; ERR_CONFLICT: it was recorded before. */
must err_t app_release_add(struct call *c, struct str household_id, size_t member, const struct release_new *r);

/* The person withdraws it, from today on. ERR_CONFLICT: it was withdrawn before. */
must err_t app_release_end(struct call *c, struct str household_id, struct str release_id);

struct release_row {
	struct str id, form; /* "Release 2026, version 2"; empty: not said */
	struct release says; /* with all its agencies */
	struct str agencies; /* their names */
	enum release_given given;
	struct str language, recorded_by; /* empty: from a file */
	struct str note;                  /* opened */
	struct str drawn;                 /* the strokes of the signature; empty: not on screen */
	bool holds;                       /* today */
	bool declined;                    /* a later no ended it */
	bool old_form;                    /* a newer version is in force */
};
struct release_member {
	size_t at;         /* as `member` above */
	struct str called; /* by name where the viewer may, else "Member 2" */
	enum consent here; /* for the viewer's agency, today */
	bool other_record; /* it would be more, but for what is signed about another record of the person */
	struct day offer_again;
	struct release_row *rows; /* newest first */
	size_t rows_n;
};
struct release_view {
	struct household_face face;
	struct release_member *members; /* who sign for themselves: adults and the head, who comes first */
	size_t members_n;
	size_t children_n;
	struct consent_form *forms; /* to record with today */
	size_t forms_n;
	struct consent_agency *agencies; /* with a memorandum in force for the household's region */
	size_t agencies_n;
	struct str region;
	bool protected; /* people decided so */
	struct day protected_since;
	struct str protected_why, protected_by;
};
/* For whoever may record. ERR_MISSING: no such household, or not theirs to see; ERR_DENIED: not theirs to record. */
must err_t app_release_list(struct call *c, struct str household_id, struct release_view *out);

/* Protects a household, or takes that back: it is a code to everybody but the agencies that serve it. For whoever may
 * record its releases; on the command line for operators, who name it by its code too. */
must err_t app_household_protect(struct call *c, struct str household_id, bool protect, const struct pii *reason);

/* --- for app/release_import.c and app/demo_release.c, inside a transaction --- */

enum release_put {
	RELEASE_ADDED,
	RELEASE_CHANGED, /* it came from a file and says something else now, or was withdrawn meanwhile */
	RELEASE_SAME,    /* nothing was written */
	RELEASE_BY_HAND, /* somebody recorded it otherwise: nothing was written */
	RELEASE_ENDED,   /* it was withdrawn, and says otherwise: nothing was written */
};

/* Writes a release of a client as a file says it, agencies by id. One form that one client signed on one day is one
 * release: what a newer file says of it counts, but over what people recorded, and a withdrawal is never taken back.
 * `ended`: DAY_NONE where it was not withdrawn. `look`: nothing is written. */
must err_t release_put(struct call *c, struct db *db, struct arena *a, int64_t client_no, const struct release_new *r,
		       struct day ended, bool look, enum release_put *out);

/* Whose releases the viewer of a face is shown and may record: the members of the household, or the one record by which
 * their agency knows somebody. `now` is the number of the import. */
struct q_list_members;
must err_t release_members(struct db *db, struct arena *a, const struct household_face *face, int64_t now,
			   struct q_list_members **rows, size_t *n);

/* The id of an agency given by id or exact name; ERR_MISSING. */
must err_t agency_find(struct db *db, struct arena *a, struct str word, struct str *id);

#endif
