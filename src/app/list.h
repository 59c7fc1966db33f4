/* The by-name list as a page shows it: one region, filtered, sorted, fifty at a time. */
#ifndef APP_LIST_H
#define APP_LIST_H

#include "app/household.h"
#include "app/list_image.h"

/* Column, word in addresses, heading, whether a first click sorts downwards. */
#define LIST_SORTS(X)                                                                                                  \
	X(LIST_BY_RANK, "place", "Place", false)                                                                       \
	X(LIST_BY_SITUATION, "staying", "Staying", false)                                                              \
	X(LIST_BY_DAYS, "days", "On the list", true)                                                                   \
	X(LIST_BY_MONTHS, "months", "Months in 36", true)                                                              \
	X(LIST_BY_SINCE, "updated", "Status updated", true)                                                            \
	X(LIST_BY_SCORE, "score", "Score", true)                                                                       \
	X(LIST_BY_CONTACT, "contact", "Last contact", true)

enum list_sort {
#define X(name, word, heading, down) name,
	LIST_SORTS(X)
#undef X
		LIST_SORTS_N
};

/* Filter, word in addresses, what its chip says. Filters narrow together. */
#define LIST_FILTERS(X)                                                                                                \
	X(LIST_CHRONIC, "chronic", "Chronic")                                                                          \
	X(LIST_VETERAN, "veteran", "Veteran")                                                                          \
	X(LIST_FAMILY, "family", "Families")                                                                           \
	X(LIST_YOUTH, "children", "Children only")                                                                     \
	X(LIST_UNSHELTERED, "unsheltered", "Unsheltered")                                                              \
	X(LIST_OVERDUE, "overdue", "Contact overdue")                                                                  \
	X(LIST_FLAGGED, "flagged", "With flags")

enum list_filter {
#define X(name, word, say) name,
	LIST_FILTERS(X)
#undef X
		LIST_FILTERS_N
};

/* Which lane of the list. */
#define LIST_LANES(X)                                                                                                  \
	X(LIST_ACTIVE, "active", "Active")                                                                             \
	X(LIST_RECONNECT, "reconnect", "To reconnect")                                                                 \
	X(LIST_HOUSED, "housed", "Housed")                                                                             \
	X(LIST_ENDED, "ended", "Ended otherwise")

enum list_lane {
#define X(name, word, say) name,
	LIST_LANES(X)
#undef X
		LIST_LANES_N
};

const char *list_sort_word(enum list_sort s);
const char *list_sort_heading(enum list_sort s);
bool list_sort_down_first(enum list_sort s);
const char *list_filter_word(enum list_filter f);
const char *list_filter_say(enum list_filter f);
const char *list_lane_word(enum list_lane l);
const char *list_lane_say(enum list_lane l);
enum list_lane list_lane_of(const struct list_row *row);

struct list_query {
	struct str region; /* id; empty: the unassigned, or the actor's own region when `own` */
	bool own;          /* no region was asked for */
	enum list_lane lane;
	uint32_t filters; /* bits 1 << enum list_filter */
	enum list_sort sort;
	bool down;
	int page;          /* from 1 */
	struct str find;   /* a name, an HMIS id or a code; empty: everybody */
	struct str chosen; /* id of the household whose panel is open; empty: none */
};

struct list_line {
	struct household_face face;
	struct day since;   /* "status updated" */
	struct str contact; /* "2 days ago" */
	struct str score;
	struct day scored;   /* day of the assessment, or DAY_NONE */
	bool score_old;      /* missing or too old to count: ranked in the middle band */
	struct day target;   /* move-in date aimed at, or DAY_NONE */
	struct str step;     /* "Lease signing"; empty: none */
	struct str step_who; /* "Dana Reed, Housing Now"; empty: nobody has it yet */
	struct day step_due; /* DAY_NONE: not set */
	struct str barrier;  /* "Documents, Landlord"; empty: none was named */
	bool step_overdue;
	bool contact_overdue;
	bool in_cycle;
	bool chosen;
	int flags; /* how many */
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
	struct str *flags; /* sentences */
	size_t flags_n;
};

struct list_view {
	struct list_query query; /* as it was answered: region and page filled in */
	struct str region_name;
	struct str subtitle;         /* "As of Tue 17 Nov 2026 · 214 active households" */
	struct list_choice *regions; /* the last one, with an empty value, is "unassigned" */
	size_t regions_n;
	int64_t lanes[LIST_LANES_N]; /* households in each */
	struct list_tile *tiles;
	size_t tiles_n;
	struct list_line *lines;
	size_t lines_n;
	struct list_panel *panel; /* NULL: none is open */
	size_t first;             /* of the rows shown, from 1; 0: none */
	size_t total;             /* rows that the query has */
	bool named;               /* some row shows a name */
	bool can_plan;            /* the viewer may plan this region's conferences */
};

/* The page. ERR_DENIED for roles that see no person, ERR_MISSING for a region that does not exist.
 * What it names is noted in c->shown. */
must err_t app_list(struct call *c, const struct list_query *q, struct list_view *out);

#endif
