/* What the files quality*.c share: the picture with who runs each project and when each region meets, who mends
 * what, and where reasons are sealed. Private to src/app. */
#ifndef APP_QUALITY_INSIDE_H
#define APP_QUALITY_INSIDE_H

#include "app/list_image.h"
#include "app/quality.h"
#include "store/q_flag.h"
#include "store/seal.h"

struct quality_work {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	struct q_flag_agencies *agencies; /* by project */
	size_t agencies_n;
	struct q_flag_meetings *meetings;
	size_t meetings_n;
	struct day *dues; /* by region of the picture, the unassigned last: what is flagged is to be mended */
};

/* Fills in what is not given: the first four are. */
must err_t quality_load(struct quality_work *w);

/* Takes the picture, loads, calls fn with ctx, gives the picture back. */
must err_t quality_with_image(struct quality_work *w, struct db *db, struct arena *a, err_t (*fn)(void *ctx),
			      void *ctx);

/* Who runs a project, and the one of the head's latest stay; NULL: nobody is known. */
const struct q_flag_agencies *quality_agency_of(const struct quality_work *w, int64_t project_no);
const struct q_flag_agencies *quality_agency(const struct quality_work *w, const struct list_row *row);

/* Who mends what, of at most LIMIT_LIST_PAGE households. What was taken on MENDING_DAYS ago and is flagged still, or
 * again, is nobody's any more. */
enum { MENDING_DAYS = 30 };
must err_t quality_mendings(struct quality_work *w, const int64_t *nos, size_t n, struct q_flag_mendings **out,
			    size_t *out_n);

/* "Dana Reyes, Alder Agency"; empty: nobody. */
struct str quality_mender(struct arena *a, const struct q_flag_mendings *rows, size_t n, int64_t household_no,
			  const struct flag_row *flag);

/* Why something was confirmed, for who may read notes about the household; else empty. */
must err_t quality_reason(struct quality_work *w, const struct household_face *face, int64_t no, struct str sealed,
			  struct str *out);

/* Where the reason of a confirmation is sealed. */
struct seal_place quality_place(struct arena *a, int64_t no);

bool quality_may_confirm(const struct call *c, const struct list_image *image, const struct list_row *row, bool serves);

#endif
