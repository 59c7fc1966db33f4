/* `byname list --opening`: the list in the order of a kind of opening, as the picture in memory has it. */
#include <stdlib.h>

#include "app/list_day.h"
#include "app/list_opening.h"
#include "app/list_report_parts.h"
#include "store/q_report.h"

/* Active ones first; across regions by the policy's own order. */
static int by_order(const void *x, const void *y)
{
	const struct list_row *a = *(const struct list_row *const *)x;
	const struct list_row *b = *(const struct list_row *const *)y;
	if (a->status != b->status)
		return status_lane(a->status) < status_lane(b->status) ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return (a->no > b->no) - (a->no < b->no);
}

static err_t give_row(struct report *r, struct db *db, struct arena *a, const struct list_image *image,
		      const struct list_row *row, bool *more)
{
	struct q_report_head head;
	bool found;
	TRY(q_report_head(db, a, row->no, image->version, &head, &found));
	if (!found)
		return err_internal(a, "no head of household %lld", (long long)row->no);
	struct list_report_row out = {
		.personal_id = report_id(r, row->no, head.head_no, head.personal_id),
		.household_id = str_from(row->id),
		.code = str_from(row->code),
		.region = report_region(r, str_from(image->regions[row->region].id)),
		.status = (enum status)row->status,
		.situation = (enum situation)row->situation,
		.days_on_list = list_row_days(image, row),
		.months_36 = row->months,
		.last_contact = row->contact,
		.score = score_is_number(row->score) ? row->score : SCORE_NONE,
		.members = row->members,
	};
	return report_give(r, &out, more);
}

static err_t give_rows(struct report *r, struct db *db, struct arena *a, const struct list_image *image)
{
	const struct list_row **rows = arena_many(a, image->n, const struct list_row *);
	bool more = true;
	size_t n = 0;
	for (size_t i = 0; i < image->n; i++)
		if ((r->region_id.n == 0 || str_eq(str_from(image->regions[image->rows[i].region].id), r->region_id)) &&
		    report_asked(r, image, &image->rows[i]))
			rows[n++] = &image->rows[i];
	if (n > 0)
		qsort(rows, n, sizeof *rows, by_order);
	for (size_t i = 0; i < n && more; i++) {
		struct arena_mark mark = arena_mark(a);
		TRY(give_row(r, db, a, image, rows[i], &more));
		arena_rewind(a, mark);
	}
	return NULL;
}

static err_t give_opening(struct report *r, struct db *db, struct arena *a, const struct list_image *list,
			  struct day day)
{
	struct list_image *image;
	TRY(list_opening_of(r->c, db, a, list, day, r->ask->opening, &image));
	err_t e = give_rows(r, db, a, image);
	list_image_give(r->c->app->lists, &image);
	return e;
}

/* Inside a transaction; `past` is the list of another day, or NULL. */
static err_t give_now(struct report *r, struct db *db, struct arena *a, const struct list_image *past)
{
	struct list_image *list;
	TRY(list_image_take(r->c->app->lists, db, a, &list));
	err_t e = NULL;
	if (past == NULL)
		e = give_opening(r, db, a, list, r->ask->today);
	else if (past->version == list->version)
		e = give_opening(r, db, a, past, past->as_of);
	else
		e = err_new(a, ERR_RETRY, "The list has just changed; ask again.");
	list_image_give(r->c->app->lists, &list);
	return e;
}

err_t report_opening(struct report *r)
{
	struct call *c = r->c;
	const struct list_ask *ask = r->ask;
	struct list_image *past = NULL;
	if (ask->as_of.n < ask->today.n)
		TRY(list_day_take(c, ask->as_of, &past));
	err_t e = db_begin(c->db, c->arena, DB_READ);
	if (e == NULL) {
		e = give_now(r, c->db, c->arena, past);
		db_rollback(c->db);
	}
	if (past != NULL)
		list_image_give(c->app->lists, &past);
	return e;
}
