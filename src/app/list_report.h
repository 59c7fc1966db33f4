/* The list as `byname list` prints it: codes, ids and facts, never a name.
 *
 * Rows are handed over one at a time, the active ones by rank, then the others, so that a list of any
 * length can be written without being held as text. A row and its texts hold until the callback
 * returns; an error of the callback ends the report and is returned.
 *
 * The HMIS id of a protected household, or of who declined, withdrew or whose release has run out, is withheld.
 *
 * From the database, for an operator: the list's own day straight from the rows that are kept; any
 * other day, or a list that was last turned before that day, is derived anew from the facts as they
 * are known now. Straight from an HMIS export (app_list_export) nothing but the export is needed: no
 * database and no key. Both say the same about the same facts, but for what only a database knows:
 * what people decided, regions (unless a file of regions is given), ids and codes. An export's ids,
 * codes and last tie-break are derived from the export's source and the head's HMIS id, so they are
 * the same each time.
 *
 *     struct list_ask ask = {.as_of = today, .today = today, .ctx = out, .row = print};
 *     TRY(app_list_report(c, &ask));
 */
#ifndef APP_LIST_REPORT_H
#define APP_LIST_REPORT_H

#include "app/app.h"
#include "domain/listing.h"
#include "domain/policy.h"

struct list_report_row {
	struct str personal_id; /* the head's, in the HMIS it comes from; empty: withheld, or there is none */
	struct str household_id;
	struct str code;
	struct str region; /* its name; empty: unassigned */
	enum status status;
	enum situation situation;
	int days_on_list;
	int months_36;
	struct day last_contact; /* DAY_NONE: never */
	int score;               /* SCORE_NONE */
	int rank;                /* 1 to n among the active ones of what was asked for, else 0 */
	int members;
};

struct list_ask {
	struct day as_of;
	struct day today;
	struct str region;           /* number, name or id; empty: all */
	enum policy_kind opening;    /* of app_list_report: in the order of that kind; POLICY_LIST: the list's own */
	struct str where;            /* of app_list_report: a filter without words (domain/filter.h); empty: all */
	int64_t top;                 /* the first so many active ones; 0: all, and the others behind them */
	const struct policy *policy; /* of app_list_export; NULL: the default */
	void *ctx;
	err_t (*row)(void *ctx, const struct list_report_row *row);
};

/* ERR_DENIED for whoever is not the operator, ERR_MISSING for a region that does not exist, ERR_INVALID for a filter
 * that cannot be read, that looks somebody up or asks by an own column, which are for who may read them, and for one of
 * a day to come. `c->app` has a list cache where there is a filter. */
must err_t app_list_report(struct call *c, const struct list_ask *ask);

/* The same straight from the export at `path`. `regions` is a file of regions, or empty: then every
 * household is unassigned. */
must err_t app_list_export(struct arena *a, struct str path, struct str regions, const struct list_ask *ask);

/* Who has been homeless longest: people by distinct nights in the last three years. */
struct list_nights_row {
	struct str personal_id;
	int nights_3y;
	struct str project; /* ProjectID of the latest enrollment */
};

struct list_nights_ask {
	struct day as_of;
	struct str coc; /* only people whose latest enrollment is there; empty: all */
	int64_t top;    /* 0: all with at least one night */
	void *ctx;
	err_t (*row)(void *ctx, const struct list_nights_row *row);
};

/* Nights from three years before as_of (that day excluded) to as_of (included): the union of
 * entry-exit shelter and safe haven stays, the exit night not counted, and of bed nights recorded in
 * night-by-night shelter. The latest enrollment is the one with the latest entry up to as_of, of equal
 * ones the greatest EnrollmentID; it is in the CoC that EnrollmentCoC names or, where that is empty, in
 * those of its project. Most nights first, then the smaller PersonalID. Deleted rows and people who are
 * not in Client.csv do not count. */
must err_t app_list_nights(struct arena *a, struct str path, const struct list_nights_ask *ask);

#endif
