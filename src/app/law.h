/* Facts under a law of their own, about the people of one household (domain/law.h).
 *
 * Somebody of an agency that serves the household writes them, about one of its people: what they write is sealed, its
 * law too, and the journal says only that something was written about the household. Everybody else is shown such a
 * fact only on a release for that very law, with its notice beside it; where they are not, a law's line says the same
 * whether there is a fact or none. Being served by an agency of such a law is a fact of that kind: it is named on no
 * other page of the household, but to its own people.
 *
 * No file, no mail and no screen of a meeting holds any of it.
 *
 *     struct law_view v;
 *     TRY(app_laws(c, household_id, &v));                 // v.lines[i].facts, .agencies, .notice
 */
#ifndef APP_LAW_H
#define APP_LAW_H

#include "app/household.h"
#include "domain/law.h"

struct law_fact_row {
	struct str id;
	struct str about; /* "Ann Abbot", "Member 2" */
	struct str words;
	struct str agency; /* that recorded it */
	struct str by;
	struct day day;
	bool own; /* of the viewer's agency, which may take it back */
};

/* To whom it was shown under a general designation. */
struct law_told {
	struct day day;
	struct str who; /* "Lee Tran, Emberfen Access Network" */
};

struct law_line {
	enum fact_law law;
	struct law_fact_row *facts; /* the newest first */
	size_t facts_n;
	struct str *agencies; /* of this law, that serve the household */
	size_t agencies_n;
	bool released;   /* everybody's facts may be shown, were there any */
	bool notice;     /* another agency's fact stands here: its notice belongs beside it */
	bool lists_told; /* the next is filled: the viewer may read the facts, and the law asks for the list */
	struct law_told *told;
	size_t told_n;
};

struct law_member {
	size_t at; /* counts as on the household's page: 0 is the head */
	struct str called;
};

struct law_view {
	struct household_face face;
	struct law_line *lines; /* one for each law but the HMIS notice */
	size_t lines_n;
	struct law_member *members; /* about whom the viewer may write; none: they may not */
	size_t members_n;
};

/* ERR_MISSING: no such household, or not for the viewer. */
must err_t app_laws(struct call *c, struct str household_id, struct law_view *out);

/* ERR_DENIED: it is for an agency that serves the household; ERR_INVALID: no words, or no law. */
must err_t app_law_write(struct call *c, struct str household_id, size_t member, enum fact_law law,
			 const struct pii *words);

/* An agency takes a fact of its own back. ERR_MISSING: it is none of theirs, or was taken back before. */
must err_t app_law_take_back(struct call *c, struct str household_id, struct str fact_id);

/* Whether that an agency serves somebody comes under a law; `law` LAW_HMIS: under none of its own. `said` false: what
 * the HMIS says counts again. For administrators. ERR_MISSING: no such agency. */
must err_t app_law_of_agency(struct call *c, struct str agency_id, bool said, enum fact_law law);

/* --- inside a transaction --- */

/* Whether an agency whose word is `law` can be named beside anybody it serves. */
bool law_is_open(struct str law);

/* The same for the actor, whose own agency may be named to them. */
bool law_may_name(const struct call *c, struct str law, struct str agency_id);

/* Works out from the facts of import `now` which agencies HOPWA funds whole. */
must err_t law_agencies_find(struct db *db, struct arena *a, int64_t now);

#endif
