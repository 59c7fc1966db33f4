/* Memoranda of understanding and what each person signs: without them nobody is named to anybody.
 *
 * A memorandum is one row: an agency, its first and last day, the regions it is for (none: the whole CoC), who signed,
 * where the paper is kept. Access ends with the last day of an agency's last one, by itself. Each person signs a
 * confidentiality agreement, in byname's words or the continuum's own (app/consent_form.h), which holds for a year;
 * somebody whose privacy training has run out renews it first.
 *
 *     struct mou_new m = {.agency = S("Example Shelter"), .from = today, .until = day_add(today, 364)};
 *     TRY(app_mou_add(c, &m, &id));
 */
#ifndef APP_MOU_H
#define APP_MOU_H

#include "app/consent_form.h"
#include "domain/mou_due.h"

enum { AGREEMENT_DAYS = 365, MOU_TEXT_MAX = 200 };

struct mou_new {
	struct str agency; /* id or exact name */
	struct day from, until;
	struct str *regions; /* ids, numbers or names; none: the whole CoC */
	size_t regions_n;
	struct str signed_by;
	struct str document; /* where the paper is kept */
};

/* Operators and administrators. ERR_INVALID: the days do not fit; ERR_MISSING: no such agency or region. */
must err_t app_mou_add(struct call *c, const struct mou_new *m, struct str *id);

/* It ends on a day that is earlier than its last one. ERR_CONFLICT: it had ended by then. */
must err_t app_mou_end(struct call *c, struct str id, struct day last);

struct mou_row {
	struct str id, agency_id, agency;
	struct day from, until;
	struct str regions; /* "Region 4, Region 5"; empty: the whole CoC */
	struct str signed_by, document;
	bool holds; /* today */
};
struct mou_view {
	struct mou_row *rows; /* by agency, the newest first */
	size_t rows_n;
};
must err_t app_mou_list(struct call *c, struct mou_view *out);

/* Somebody signed the confidentiality agreement on paper, on a day: it holds for AGREEMENT_DAYS from then. Operators
 * and administrators for anybody. */
must err_t app_agreement_sign(struct call *c, struct str login, struct day signed_day);

/* The agreement as the actor may sign it today. */
struct agreement_own {
	struct consent_form *texts; /* the continuum's words, in each language; none: byname's own are signed */
	size_t texts_n;
	struct day until; /* of what they signed; DAY_NONE: nothing, or it has ended */
	bool older;       /* they signed other words than these */
};
must err_t app_agreement_own(struct call *c, struct agreement_own *out);

/* They sign it. `form_id`: one of the texts; empty where there are none. ERR_INVALID: it is none of them. */
must err_t app_agreement_accept(struct call *c, struct str form_id);

/* It holds no longer, from today on. */
must err_t app_agreement_end(struct call *c, struct str login);

/* Somebody was trained in privacy, until a day. */
must err_t app_training_done(struct call *c, struct str login, struct day done, struct day until);

struct agreement_row {
	struct str login, name, agency;
	struct day agreed, trained; /* last days; DAY_NONE: never */
};
struct agreement_view {
	struct agreement_row *rows;
	size_t rows_n;
};
must err_t app_agreement_list(struct call *c, struct agreement_view *out);

/* Fills in what the actor and the agency signed. Inside a transaction. */
must err_t mou_cover(struct call *c, struct db *db, struct arena *a, struct actor *actor);

/* What an agency's memoranda alone cover today: COVERED or COVERED_NOT_AGENCY. Inside a transaction. */
must err_t mou_agency_cover(struct db *db, struct arena *a, struct str agency_id, struct day today, struct cover *out);

/* --- the register: who may be named to whom, and what runs out --- */

struct register_agency {
	struct str id, name;
	bool lead, victim_services;
	enum fact_law law; /* that it serves somebody comes under it (app/law.h) */
	bool law_said;     /* because people said so */
	struct str say;    /* "until 31 Mar 2027"; "none in force; the last one ended on 3 Oct 2026" */
	enum mou_due due;
	const struct mou_row *memoranda; /* the newest first */
	size_t memoranda_n;
};

struct register_person {
	struct str login, name, agency;
	struct str agreed, trained; /* "until 31 Mar 2027", "ended on …", "never" */
	enum mou_due due;           /* of the agreement, or of a training that was done once */
	bool older;                 /* what they agreed to is not in the words that are in force */
};

struct register_view {
	struct register_agency *agencies; /* by name */
	size_t agencies_n;
	struct register_person *people; /* by account: those who see the list */
	size_t people_n;
	struct str *renew; /* sentences: what ends within 60 days, the soonest first, or ended in the last 60 */
	size_t renew_n;
};

/* For administrators. */
must err_t app_mou_register(struct call *c, struct register_view *out);

/* What somebody is to be told about their own: a sentence, or empty. Within 7 days on every page, before on the
 * account's alone. */
struct str mou_reminder(struct arena *a, const struct actor *actor, struct day today, bool account);

/* Whether the actor's agency works in a region. */
bool mou_works_in(const struct cover *cover, struct str region_id);

/* The actor's cover for households of a region; one that is in no region yet is under any memorandum. */
enum covered mou_covers_region(const struct cover *cover, struct str region_id);

#endif
