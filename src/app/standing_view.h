/* How long the people of a household have been homeless, with the working: for the page that shows and
 * prints it.
 *
 * Whoever may see the household sees the counts; the dates of stays and entries are shown to those alone who may
 * see its name. Of a household whose facts are coarse nothing is worked out. No project is named: some projects say
 * what is nobody else's business. */
#ifndef APP_STANDING_VIEW_H
#define APP_STANDING_VIEW_H

#include "app/household_page.h"
#include "domain/chtime.h"
#include "domain/standing.h"

/* What one record says, before others take from it or overlap it. */
struct standing_line {
	struct str what; /* "in shelter or safe haven" */
	struct day first;
	struct day last;
	int nights;
	bool takes; /* these nights count as housed, or not at all */
};

struct standing_person {
	const struct member_row *who;
	struct standing_months months; /* `documented` and `reported` are months of the 36 */
	int documented;
	int reported;
	int on_paper; /* of these: papers on file make them count, or make them documented */
	struct night_count years3;
	struct night_count episode; /* its days are not known where the viewer may not see dates */
	bool episodes;              /* there is one: a night is on record */
	bool current;
	struct str chronic;          /* a sentence: as the list counts it */
	struct str entry;            /* a sentence: at the latest entry; empty: there was none */
	struct str report;           /* a sentence: as the reporting rules count it */
	struct standing_line *lines; /* newest first; empty where they are not for the viewer */
	size_t lines_n;
};

struct standing_view {
	struct household_view *household;
	struct day as_of;               /* DAY_NONE where facts are coarse */
	bool detailed;                  /* dates are for the viewer */
	struct standing_person *people; /* none where facts are coarse */
	size_t people_n;
};

/* ERR_MISSING as app_household_page. */
must err_t app_standing_view(struct call *c, struct str household_id, struct standing_view *out);

#endif
