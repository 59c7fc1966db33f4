#include "app/quality_inside.h"

#include "app/law.h"
#include "base/limit.h"

enum { DAYS_WITHOUT_MEETING = 14, DAY_MS = 86400000 };

const struct q_flag_agencies *quality_agency_of(const struct quality_work *w, int64_t project_no)
{
	size_t low = 0;
	size_t high = w->agencies_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (w->agencies[mid].project_no == project_no)
			return &w->agencies[mid];
		if (w->agencies[mid].project_no < project_no)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const struct q_flag_agencies *quality_agency(const struct quality_work *w, const struct list_row *row)
{
	return quality_agency_of(w, row->project);
}

/* A flag is to be mended on the day before the region meets. */
static struct day due_of(const struct quality_work *w, struct str region_id)
{
	struct day today = w->call->today;
	for (size_t i = 0; i < w->meetings_n; i++)
		if (str_eq(w->meetings[i].region_id, region_id))
			return day_max(day_add(w->meetings[i].day, -1), today);
	return day_add(today, DAYS_WITHOUT_MEETING);
}

err_t quality_load(struct quality_work *w)
{
	size_t kept = 0;
	TRY(q_flag_agencies(w->db, w->arena, w->image->version, &w->agencies, &w->agencies_n));
	for (size_t i = 0; i < w->agencies_n; i++)
		if (law_may_name(w->call, w->agencies[i].law, w->agencies[i].agency_id))
			w->agencies[kept++] = w->agencies[i];
	w->agencies_n = kept;
	TRY(q_flag_meetings(w->db, w->arena, w->call->today, &w->meetings, &w->meetings_n));
	w->dues = arena_many(w->arena, w->image->regions_n + 1, struct day);
	for (size_t i = 0; i < w->image->regions_n; i++)
		w->dues[i] = due_of(w, str_from(w->image->regions[i].id));
	w->dues[w->image->regions_n] = due_of(w, (struct str){0});
	return NULL;
}

err_t quality_with_image(struct quality_work *w, struct db *db, struct arena *a, err_t (*fn)(void *ctx), void *ctx)
{
	struct list_image *image;
	struct list_cache *lists = w->call->app->lists;
	w->db = db;
	w->arena = a;
	w->call->shown.n = 0; /* a retry shows anew */
	TRY(list_image_take(lists, db, a, &image));
	w->image = image;
	err_t e = quality_load(w);
	if (e == NULL)
		e = fn(ctx);
	list_image_give(lists, &image);
	return e;
}

err_t quality_mendings(struct quality_work *w, const int64_t *nos, size_t n, struct q_flag_mendings **out,
		       size_t *out_n)
{
	struct instant since = {w->call->now.ms - (int64_t)MENDING_DAYS * DAY_MS};
	return q_flag_mendings(w->db, w->arena, nos, n, since, out, out_n);
}

struct str quality_mender(struct arena *a, const struct q_flag_mendings *rows, size_t n, int64_t household_no,
			  const struct flag_row *flag)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].household_no == household_no && str_eq(rows[i].flag, str_from(flag->word)))
			return rows[i].agency.n > 0
				       ? str_fmt(a, "%.*s, %.*s", STR_ARG(rows[i].user_name), STR_ARG(rows[i].agency))
				       : rows[i].user_name;
	return (struct str){0};
}

err_t quality_reason(struct quality_work *w, const struct household_face *face, int64_t no, struct str sealed,
		     struct str *out)
{
	const struct pii *reason;
	*out = (struct str){0};
	if (!face->notes)
		return NULL;
	TRY(seal_open(w->arena, w->call->app->keys, quality_place(w->arena, no), sealed, &reason));
	*out = pii_reveal(reason);
	return NULL;
}
