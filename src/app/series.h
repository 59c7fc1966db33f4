/* Series of meetings of a region, and statewide ones (domain/series.h): how often, where, who sees to them, who comes
 * for which agency, what they are for. One meeting of a series is in app/sitting.h.
 *
 * A business meeting is about no person, so lead agencies see a series too, its business side. A series is kept by who
 * plans the region's conferences (a statewide one by the specialists) and by its secretary and the stand-in:
 * "Consistency of secretariat role critical". The days ahead follow from the rhythm and are not stored; one that is
 * made ready, moved or called off has a row of its own, so changing one does not break the series.
 *
 *     TRY(app_series_put(c, &put, &id));
 *     TRY(app_series(c, id, &view));
 */
#ifndef APP_SERIES_H
#define APP_SERIES_H

#include "app/app.h"
#include "app/conference_view.h"
#include "app/worklist.h"
#include "base/pii.h"
#include "domain/series.h"
#include "store/q_series.h"

enum { SERIES_NAME = 60, SERIES_PLACE = 200, SERIES_AHEAD = 3, SERIES_BEFORE = 12, OBJECTIVE_WORDS = 200 };

struct series_put {
	struct str id;        /* empty: a new one */
	struct str region_id; /* of a new one; empty: statewide */
	struct str name;
	struct str worklist_id; /* of whom the case conference speaks (app/worklist.h); empty: the whole list */
	enum series_rhythm rhythm;
	struct day first;
	int minute; /* of the day */
	int business_minutes, conference_minutes;
	struct str place, link;
	struct str lead_id, alternate_id, secretary_id, stand_in_id; /* each may be empty */
	int quorum;
};

/* ERR_INVALID for a name or a time that does not do, a link that is no https address, a stand-in for oneself, people
 * who do not work there; ERR_DENIED: not the actor's to keep. */
must err_t app_series_put(struct call *c, const struct series_put *s, struct str *id);
must err_t app_series_end(struct call *c, struct str id);

/* Who comes for an agency, and who comes instead; empty: nobody is named. Who keeps the series says so, and whoever
 * works for the agency for theirs. */
must err_t app_series_agency(struct call *c, struct str id, struct str agency_id, struct str user_id,
			     struct str deputy_id);

/* A line of what the series is for. ERR_INVALID where it says who somebody is. */
must err_t app_series_objective(struct call *c, struct str id, const struct pii *words);
must err_t app_series_objective_end(struct call *c, struct str id, struct str objective);

/* A day ahead: made ready, or as the rhythm says. */
struct sitting_line {
	struct str id; /* empty: nobody has made it ready yet */
	struct day rule_day, day;
	struct str clock;   /* "10:00" */
	struct str state;   /* "planned"; empty: not made ready yet */
	struct str moved;   /* "moved from Tue 15 Dec 2026" */
	struct str holiday; /* "offices are closed that day" */
	bool live, closed, cancelled;
};

struct series_line {
	struct str id, name;
	struct str region_id, region; /* empty: statewide */
	struct str say;               /* "every month on the third Tuesday, at 10:00" */
	struct str sessions;          /* "business meeting 45 minutes, then case conference 60 minutes" */
	struct str of;                /* the working list's name; empty: the whole list, or a lead agency asks */
	struct q_series_by_id row;
	struct sitting_line *ahead;
	size_t ahead_n;
	bool keeps; /* the actor does */
};

struct series_list_view {
	struct str region_id, region;
	struct series_line *series;
	size_t series_n;
	bool can_add, can_add_statewide;
};

/* Those of a region, and the statewide ones. ERR_DENIED for who has nothing to do with the region. */
must err_t app_series_of_region(struct call *c, struct str region_id, struct series_list_view *out);

/* Who can see to a new one, and what it can be of; an empty id: statewide. ERR_DENIED for who may not set one up
 * there. */
struct series_candidates {
	struct str where; /* "Region 4", "Statewide" */
	struct q_series_people *people;
	size_t people_n;
	struct worklist *lists;
	size_t lists_n;
};
must err_t app_series_candidates(struct call *c, struct str region_id, struct series_candidates *out);

/* The regions whose meetings the actor may follow: a lead agency all of them. */
must err_t app_series_regions(struct call *c, struct region_choice **out, size_t *n);

struct series_agency {
	struct q_series_agencies row;
	bool mine; /* the actor may say who comes */
};
struct series_objective {
	struct str id, words;
};
struct series_view {
	struct series_line line;
	enum series_rhythm rhythm;
	struct worklist *lists; /* of the region, to choose from */
	size_t lists_n;
	struct series_agency *agencies;
	size_t agencies_n;
	int unnamed; /* agencies for which nobody is named */
	struct q_series_people *people;
	size_t people_n;
	struct series_objective *objectives;
	size_t objectives_n;
	struct sitting_line *before;
	size_t before_n;
};
must err_t app_series(struct call *c, struct str id, struct series_view *out);

/* --- for app/sitting.c; `db` is in a transaction --- */

/* The series, for an actor who may follow it; ERR_MISSING for others. */
must err_t series_open(struct call *c, struct db *db, struct arena *a, struct str id, struct q_series_by_id *row,
		       bool *keeps);
/* ERR_DENIED for who does not keep it. */
must err_t series_keep(struct call *c, struct db *db, struct arena *a, struct str id, struct q_series_by_id *row);
must err_t series_objectives(struct call *c, struct db *db, struct arena *a, struct str id,
			     struct series_objective **out, size_t *n);
/* ERR_INVALID: somebody is named who does not work there. */
must err_t series_person(struct db *db, struct arena *a, const struct q_series_by_id *row, struct str user_id,
			 const char *what);
must err_t series_place(struct arena *a, struct str place, struct str link);
/* ERR_DENIED for who may not set one up in a region (empty: statewide). */
must err_t series_may_add(const struct call *c, struct arena *a, struct str region_id);

#endif
