/* Reports about coordinated entry: tables by code and by count, never by name, the same for a page, a file and a
 * script.
 *
 * Who sees the list gets every number. Who sees counts only (lead agencies, administrators) gets no report of
 * households and, of the others, whole calendar quarters that are over, for the whole CoC, small cells hidden
 * (domain/small_table.h): so no count follows from another region or another date.
 *
 *     struct report_ask ask = {.report = REPORT_COUNTS, .from = DAY_NONE, .to = DAY_NONE};
 *     struct report_view view;
 *     TRY(app_report(c, &ask, &view));
 *     for (size_t i = 0; i < view.rows_n; i++)
 *             … view.cells[i * view.columns_n + column] …
 */
#ifndef APP_REPORT_H
#define APP_REPORT_H

#include "app/household.h"
#include "base/buf.h"
#include "papers/papers.h"

/* Word, whether it is about a stretch of days, whether its rows are households, title, what it says. */
#define REPORTS(X)                                                                                                     \
	X(REPORT_COUNTS, "counts", false, false, "Outstanding referrals",                                              \
	  "Referrals to housing without a result, by the agency that received them, and how long they have waited")    \
	X(REPORT_SIDE_DOOR, "side-door", true, true, "Side door",                                                      \
	  "Entries into rapid rehousing and supportive housing that did not come through coordinated entry")           \
	X(REPORT_SIDE_DOOR_AGENCIES, "side-door-agencies", true, false, "Side door by agency",                         \
	  "How many of each agency’s entries came by the side door, and where it happens again and again")             \
	X(REPORT_REFERRALS, "referrals", true, false, "Referral outcomes",                                             \
	  "Referrals made in the time, by agency and kind, and how they ended")                                        \
	X(REPORT_STAGES, "stages", true, false, "Time per stage",                                                      \
	  "Days from one step to the next, for the steps that ended in the time: the middle one and the 90th of 100")  \
	X(REPORT_VACANCY, "vacancy", true, false, "Vacancy days",                                                      \
	  "Days that each opening stood empty in the time, and why")                                                   \
	X(REPORT_DECLINES, "declines", true, false, "Declines", "Referrals declined in the time, by who and why")      \
	X(REPORT_CHECKINS, "check-ins", false, true, "Check-ins due",                                                  \
	  "Households that moved in 30, 90, 180 or 365 days ago, or soon, and nobody has looked in yet")               \
	X(REPORT_OUTCOMES, "outcomes", true, false, "After the move",                                                  \
	  "What the check-ins that were due in the time found")                                                        \
	X(REPORT_UNMET, "unmet", false, false, "Unmet need",                                                           \
	  "Active households, and how many of them fit an opening that there is now, or that is to come")

enum report {
#define X(name, word, period, person, title, about) name,
	REPORTS(X)
#undef X
		REPORTS_N
};

struct report_row {
	struct str word, title, about;
	bool period; /* takes the first and the last day; else it is as of a day */
	bool person; /* its rows are households: for who may see the list */
};
extern const struct report_row report_table[REPORTS_N];
bool report_parse(struct str word, enum report *out);

struct report_ask {
	enum report report;
	struct day from, to; /* DAY_NONE: REPORT_DAYS up to today; the day it is as of is `to` */
	struct str region;   /* number, name or id; empty: the whole CoC */
	bool faces;          /* for a page: households as the viewer may see them, the first REPORT_FACES */
};

enum { REPORT_DAYS = 90, REPORT_DAYS_MOST = 3660, REPORT_FACES = 200 };

/* What a column says, for who sees counts only. */
enum report_role {
	COLUMN_FACT,    /* about programs and days, not about people */
	COLUMN_COUNT,   /* people; the rows add up to the last one */
	COLUMN_TOTAL,   /* the sum of the row's counts */
	COLUMN_SUBSET,  /* people who are in another count too */
	COLUMN_DERIVED, /* follows from the row's counts */
};

struct report_column {
	const char *key; /* for scripts */
	const char *title;
	enum paper_kind kind;
	enum report_role role;
};

/* Of a report of households: what the row is about. */
struct report_about {
	int64_t household_no;              /* 0: it was never on the list, or its code stands in no report */
	const struct household_face *face; /* where faces were asked for and there is one, else NULL */
	struct str handle;                 /* of the entry, for app/side_door.h; empty: an opening */
};

struct report_region {
	struct str id, name;
};

struct report_view {
	const struct report_row *report;
	struct day from, to; /* from: DAY_NONE where it is as of a day */
	struct str region;   /* its name; empty: the whole CoC */
	const struct report_column *columns;
	size_t columns_n;
	struct paper_cell *cells; /* row by row; a text "hidden" where a number may not be told */
	size_t rows_n;
	bool totals;                   /* the last row is the sum of the others */
	bool hidden;                   /* some number is */
	bool counts_only;              /* the viewer gets quarters alone */
	struct report_about *abouts;   /* by row; NULL: not of households */
	struct report_region *regions; /* that may be asked for */
	size_t regions_n;
};

static inline const struct paper_cell *report_cells(const struct report_view *v, size_t row)
{
	return v->cells + row * v->columns_n;
}

/* ERR_DENIED for who may not see it, ERR_MISSING for a region that does not exist, ERR_INVALID for days that make no
 * stretch or are still to come. `c->app` has a list cache. Opens every enrollment once, where it is about referrals.
 */
must err_t app_report(struct call *c, const struct report_ask *ask, struct report_view *out);

/* ---- as a file ---- */

/* With a line of names of columns before the rows, and the line of sums behind them. */
void report_csv(struct arena *a, struct buf *out, const struct report_view *v);

/* An open workbook: nobody is named in it. */
must err_t report_workbook(struct arena *a, const struct report_view *v, struct str *out);

/* "1 Sep 2026 to 30 Nov 2026"; "as of 22 Nov 2026" */
struct str report_time_say(struct arena *a, const struct report_view *v);

#endif
