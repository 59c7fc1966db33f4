/* The by-name list as a page shows it: one region or all, filtered, sorted, fifty at a time. */
#ifndef APP_LIST_H
#define APP_LIST_H

#include "app/household.h"
#include "app/list_image.h"
#include "app/list_own.h"
#include "app/list_saved.h"
#include "app/list_select.h"
#include "app/review.h"
#include "domain/document.h"
#include "domain/layer.h"

/* Column, word in addresses, heading, classes, what it sorts by (FILTER_KEYS_N: it does not), whether a
 * first click sorts downwards, whether it is shown unless somebody chooses. */
#define LIST_COLUMNS(X)                                                                                                \
	X(COL_PLACE, "place", "Place", "number", FILTER_PLACE, false, true)                                            \
	X(COL_FIRST, "first", "First name", "", FILTER_KEYS_N, false, true)                                            \
	X(COL_LAST, "last", "Last name", "", FILTER_KEYS_N, false, true)                                               \
	X(COL_HMIS, "hmis", "HMIS ID", "is-wide is-roomy", FILTER_KEYS_N, false, true)                                 \
	X(COL_SSN, "ssn", "SSN", "is-wide is-roomy", FILTER_KEYS_N, false, true)                                       \
	X(COL_STAYING, "staying", "Staying", "is-wide", FILTER_SITUATION, false, true)                                 \
	X(COL_DAYS, "days", "On the list", "number nowrap", FILTER_DAYS, true, true)                                   \
	X(COL_MONTHS, "months", "Months in 36", "number is-middle", FILTER_MONTHS, true, true)                         \
	X(COL_UPDATED, "updated", "Status updated", "is-wide nowrap", FILTER_UPDATED, true, true)                      \
	X(COL_SCORE, "score", "Score", "number is-middle", FILTER_SCORE, true, true)                                   \
	X(COL_CONTACT, "contact", "Last contact", "is-middle nowrap", FILTER_CONTACT, true, true)                      \
	X(COL_BARRIER, "barrier", "Current barrier", "is-loop", FILTER_KEYS_N, false, true)                            \
	X(COL_STEP, "step", "This week’s step", "is-middle", FILTER_KEYS_N, false, true)                               \
	X(COL_STAFF, "staff", "Staff responsible", "is-loop", FILTER_KEYS_N, false, true)                              \
	X(COL_TARGET, "target", "Target move-in", "is-loop nowrap", FILTER_KEYS_N, false, true)                        \
	X(COL_READY, "ready", "Ready", "is-middle", FILTER_READY, true, true)                                          \
	X(COL_NEEDS, "needs", "Needs", "nowrap", FILTER_HOUSING, true, false)                                          \
	X(COL_CHRONIC, "chronic", "Chronic", "", FILTER_CHRONIC, false, false)                                         \
	X(COL_BAND, "band", "Band", "", FILTER_BAND, false, false)                                                     \
	X(COL_TYPE, "type", "Household", "", FILTER_TYPE, false, false)                                                \
	X(COL_VETERAN, "veteran", "Veteran", "", FILTER_VETERAN, true, false)                                          \
	X(COL_COUNTY, "county", "County", "", FILTER_COUNTY, false, false)                                             \
	X(COL_START, "start", "List start", "nowrap", FILTER_START, false, false)                                      \
	X(COL_REVIEWED, "reviewed", "Last group review", "nowrap", FILTER_REVIEWED, false, false)

enum list_column {
#define X(name, word, heading, style, key, down, usual) name,
	LIST_COLUMNS(X)
#undef X
		LIST_COLUMNS_N
};

struct list_column_row {
	const char *word;
	const char *heading;
	const char *style;
	enum filter_key key;
	bool down;
	bool usual;
};
extern const struct list_column_row list_column_table[LIST_COLUMNS_N];

/* Which lane of the list: word in addresses, for people, as a filter. A status in the filter's text
 * takes the place of the lane. */
#define LIST_LANES(X)                                                                                                  \
	X(LIST_ACTIVE, "active", "Active", "status:active")                                                            \
	X(LIST_RECONNECT, "reconnect", "To reconnect", "status:inactive")                                              \
	X(LIST_HOUSED, "housed", "Housed", "status:housed")                                                            \
	X(LIST_TENANCY, "tenancy", "Tenancy at risk", "status:housed tenancy:at_risk")                                 \
	X(LIST_ENDED, "ended", "Ended otherwise", "status:ineligible,moved_away,deceased")

enum list_lane {
#define X(name, word, say, filter) name,
	LIST_LANES(X)
#undef X
		LIST_LANES_N
};
const char *list_lane_word(enum list_lane l);
const char *list_lane_say(enum list_lane l);

/* How many households of a region are in each lane; tenancies at risk, who are among the housed, are counted by
 * tenancy_count (app/tenancy.h) and are 0 here. */
void list_lanes(const struct list_region *region, int64_t out[LIST_LANES_N]);

struct list_query {
	struct str region; /* id; empty: the unassigned, or the actor's own region when `own` */
	bool own;          /* no region was asked for */
	bool everywhere;   /* all regions */
	enum list_lane lane;
	enum policy_kind opening; /* in the order of that kind of opening; POLICY_LIST: in its own */
	struct str where;         /* domain/filter.h; its words join `find` */
	struct str sort;          /* words of columns (own ones: list_own.word), "," between, "-" before what goes
				     downwards; empty: by place */
	struct str columns;       /* words of columns, "," between; empty: the usual ones */
	struct str saved;         /* id of a saved view, which the three above take precedence over; "none": not even
				     the actor's default */
	struct day as_of;         /* DAY_NONE: today */
	int page;                 /* from 1 */
	struct str find;          /* a name, an HMIS id or a code; empty: everybody */
	struct str chosen;        /* id of the household whose panel is open; empty: none */
};

struct list_line {
	struct household_face face;
	struct day start;
	struct day since;   /* "status updated" */
	struct str contact; /* "2 days ago" */
	struct str score;
	struct day scored;  /* day of the assessment, or DAY_NONE */
	bool score_old;     /* missing or too old to count: ranked in the middle band */
	struct str chronic; /* "likely" */
	struct str band;    /* "high" */
	struct str county;  /* empty: not known */
	bool veteran;       /* an adult of it is one */
	struct readiness readiness;
	struct str needs;    /* "High · Moderate", of housing and services; empty: not said */
	struct str *own;     /* values of view.own, as they are kept; empty: none, not shown, or not for the viewer */
	struct day reviewed; /* when a conference last spoke of it, or DAY_NONE */
	struct day target;   /* move-in date aimed at, or DAY_NONE */
	struct str step;     /* "Lease signing"; empty: none */
	struct str step_who; /* "Dana Reed, Housing Now"; empty: nobody has it yet */
	struct day step_due; /* DAY_NONE: not set */
	struct str barrier;  /* "Documents, Landlord"; empty: none was named */
	bool step_overdue;
	bool contact_overdue;
	bool in_cycle;
	bool chosen;
	int flags;       /* how many */
	struct str turn; /* of an opening: "first", "alternate 2"; empty: none */
};

struct list_tile {
	struct str value;
	struct str say;
};

struct list_choice {
	struct str value;
	struct str say;
	bool chosen;
};

/* A condition that can be switched: `where` is the filter after it. */
struct list_switch {
	struct str say;
	struct str where;
	bool on;
};

struct list_why {
	int place;
	struct str key;   /* "Months in 36" */
	struct str value; /* "19" */
	struct str effect;
	bool decides;
};

struct list_panel {
	struct household_face face;
	struct str code; /* also beside a name, so that people learn what to say aloud */
	struct str rank; /* "5th of 214" */
	struct list_why *whys;
	size_t whys_n;
	struct str sentence;
	bool layered;                /* the four layers are the viewer's to see */
	struct str layers[LAYERS_N]; /* what each did for the place */
	struct str *flags;           /* sentences */
	size_t flags_n;
};

struct list_view {
	struct list_query query; /* as it was answered: region, filter, sort, columns and page filled in */
	struct str wrong;        /* why the filter could not be read, and was left out; query.where is as typed */
	size_t lost;             /* of another day: households that are none today */
	struct str opening;      /* what holds for the kind of opening whose order this is; empty: it is the list's */
	struct str region_name;
	struct str subtitle;         /* "As of Tue 17 Nov 2026 · 214 active households" */
	struct str stamp;            /* "Region 4; status: active; months in 36: 12 or more" */
	struct list_choice *regions; /* the last two are "unassigned", with an empty value, and all */
	size_t regions_n;
	int64_t lanes[LIST_LANES_N]; /* households in each */
	int64_t omitted;             /* assessed and never listed (app/omission.h): to the list holder, of today */
	bool lane_free;              /* the filter says the status, no lane is on */
	struct str lane_where;       /* the filter without it */
	struct list_switch *chips;   /* usual conditions */
	size_t chips_n;
	struct list_switch *conditions; /* the other ones of the filter, all on */
	size_t conditions_n;
	struct filter_names names;
	struct list_key keys[LIST_KEYS_MOST];
	int sorted[LIST_KEYS_MOST]; /* the columns of these keys: enum list_column, or LIST_COLUMNS_N + index of `own`
				     */
	size_t keys_n;
	bool shows[LIST_COLUMNS_N];
	struct list_own *own; /* the CoC's own columns */
	size_t own_n;
	struct list_saved *saved;
	size_t saved_n;
	struct list_tile *tiles;
	size_t tiles_n;
	struct list_line *lines;
	size_t lines_n;
	struct list_panel *panel;   /* NULL: none is open */
	struct review_row *reviews; /* due in the list holder's own region */
	size_t reviews_n;
	size_t first;  /* of the rows shown, from 1; 0: none */
	size_t total;  /* rows that the query has */
	bool named;    /* some row shows a name */
	bool can_plan; /* the viewer may plan this region's conferences, and share views in it */
};

/* The page. ERR_DENIED for roles that see no person, ERR_MISSING for a region that does not exist.
 * ERR_INVALID for a day to come. What it names is noted in c->shown. */
must err_t app_list(struct call *c, const struct list_query *q, struct list_view *out);

#endif
