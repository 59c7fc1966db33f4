/* Shared by the files of app/report_*.c alone: a report on its way. */
#ifndef APP_REPORT_INSIDE_H
#define APP_REPORT_INSIDE_H

#include "app/ce_book.h"
#include "app/list_image.h"
#include "app/report.h"

struct report_work {
	struct call *c;
	struct db *db;
	struct arena *a; /* of the answer */
	const struct report_ask *ask;
	struct report_view *view;
	struct str region_id;     /* empty: everywhere */
	struct list_image *image; /* the list of the report's day, or today's */
	struct ce_book *book;     /* NULL for reports that ask for none */
	size_t room;              /* rows that view->cells has room for */
};

#define REPORT_COLUMNS(w, table) report_columns((w), (table), sizeof(table) / sizeof *(table))
void report_columns(struct report_work *w, const struct report_column *columns, size_t n);

/* The next row, empty. Holds until the next one is asked for. */
struct paper_cell *report_next(struct report_work *w);

/* A last row with the sums of the columns of counts, and "All" in the first. */
void report_total(struct report_work *w);

static inline bool report_within(const struct report_work *w, struct day day)
{
	return day_known(day) && day.n >= w->view->from.n && day.n <= w->view->to.n;
}

/* The region of a person's household, else the one given; and whether the report is about it. */
struct str report_region_of(const struct report_work *w, int64_t person, struct str otherwise);
bool report_about_region(const struct report_work *w, struct str region_id);
struct str report_region_name(const struct report_work *w, struct str region_id);

/* An entry without saying whose: the same for every reader, and nothing without the key. */
struct str report_handle(struct arena *a, const struct keys *keys, const struct ce_entry *e);

/* The faces of the first rows that are of a household, for a page. */
must err_t report_faces(struct report_work *w);

/* The region that a referral counts for. */
struct str report_event_region(const struct report_work *w, const struct ce_event *e);

must err_t report_counts(struct report_work *w);
must err_t report_referrals(struct report_work *w);
must err_t report_stages(struct report_work *w);
must err_t report_declines(struct report_work *w);
must err_t report_side_door(struct report_work *w);
must err_t report_side_door_agencies(struct report_work *w);
must err_t report_vacancy(struct report_work *w);
must err_t report_checkins(struct report_work *w);
must err_t report_outcomes(struct report_work *w);
must err_t report_unmet(struct report_work *w);

#endif
