#include "app/joined.h"

#include "app/household_access.h"
#include "app/list_image.h"
#include "base/limit.h"
#include "store/q_duplicate.h"
#include "store/q_list.h"

/* For a list holder who was not told the notes of one of the records before, joining changes nothing. */
static err_t ask_each(struct call *c, struct db *db, struct arena *a, const struct list_image *image, int64_t no,
		      bool *shown)
{
	struct q_household_records *records;
	struct household_asked asked[LIMIT_LIST_PAGE];
	struct access_decision may[LIMIT_LIST_PAGE];
	size_t n;
	const struct list_row *row = list_image_row(image, no);
	TRY(q_household_records(db, a, no, image->version, &records, &n));
	*shown = row != NULL && n <= LIMIT_LIST_PAGE;
	if (!*shown || n == 0)
		return NULL;
	for (size_t i = 0; i < n; i++)
		asked[i] = (struct household_asked){row, records[i].client_no, false};
	TRY(app_household_decide(c, db, a, image, USE_DEVICE, asked, n, may));
	for (size_t i = 0; i < n; i++)
		*shown = *shown && may[i].field[FIELD_NOTES] == ACCESS_FULL;
	return NULL;
}

err_t joined_shown(struct call *c, struct db *db, struct arena *a, const struct household_face *face, bool *shown)
{
	struct list_image *image;
	bool all = false;
	*shown = false;
	if (!face->holds || !face->notes)
		return NULL;
	TRY(list_image_take(c->app->lists, db, a, &image));
	err_t e = ask_each(c, db, a, image, face->no, &all);
	list_image_give(c->app->lists, &image);
	TRY(e);
	*shown = all;
	return NULL;
}

err_t joined_rows(struct db *db, struct arena *a, const struct household_face *face, struct joined *out)
{
	struct q_list_now now;
	struct q_household_joined *rows;
	size_t n;
	bool found;
	struct joined joined = {0};
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_household_joined(db, a, face->no, now.import_no, &rows, &n));
	joined.any = n > 0 && !face->coarse;
	if (face->holds) {
		joined.rows = arena_many(a, n, struct joined_row);
		joined.rows_n = n;
	}
	for (size_t i = 0; i < joined.rows_n; i++)
		joined.rows[i] = (struct joined_row){
			.pair = str_fmt(a, "%lld-%lld", (long long)rows[i].low_no, (long long)rows[i].high_no),
			.code = rows[i].code,
			.by = rows[i].by,
			.day = instant_day(rows[i].at),
		};
	*out = joined;
	return NULL;
}
