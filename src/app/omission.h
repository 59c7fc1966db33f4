/* Assessed but not listed, as people see it: who, since when, why not, and who can mend it.
 *
 * A list holder sees those whose household belongs to the own region or to none; anybody else who sees lists, those
 * whom their own agency assessed. Whoever has a place on another region's list is a number beside them. Putting
 * somebody on the list is app_household_mark (app/listing.h) with MARK_ADD, which takes a reason and can be taken back.
 */
#ifndef APP_OMISSION_H
#define APP_OMISSION_H

#include "app/household.h"
#include "domain/omission.h"

struct omission_group {
	const struct omission_row *row;
	int64_t n;
};

struct omission_line {
	struct household_face face;
	const struct omission_row *row;
	struct day day;
	struct str agency; /* that assessed; empty: not known */
};

/* Assessed in the own region, and on the list of another one. */
struct omission_elsewhere {
	struct str region;
	int64_t n;
};

struct omissions_view {
	bool whole;                    /* a list's; otherwise those whom one agency assessed */
	struct omission_group *groups; /* in the order of omission_table, those alone that somebody is in */
	size_t groups_n;
	const struct omission_row *only; /* what the lines are limited to; NULL: nothing */
	struct omission_line *lines;     /* assessed last first */
	size_t lines_n;
	size_t total; /* more than lines_n: the others follow when these are mended */
	struct omission_elsewhere *elsewhere;
	size_t elsewhere_n;
};

/* `only`: a word of omission_table, or empty for all. ERR_DENIED for who sees no list, ERR_MISSING: no such word. */
must err_t app_omissions(struct call *c, struct str only, struct omissions_view *out);

/* Why a household is not on the list: "Assessed on 3 Nov 2026 by Alder Agency, and not on the list: …"; empty: it is.
 * For who may know where it was seen. `db` is in a transaction; private to src/app. */
struct list_image;
struct list_row;
must err_t omission_say(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
			const struct list_row *row, struct str *out);

#endif
