#include "app/joined.h"

#include "app/column.h"
#include "app/household_access.h"
#include "app/list_image.h"
#include "app/needs.h"
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

/* What the formers of a household say. */
struct keeping {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct q_household_formers *formers;
	size_t n;
	int64_t nos[LIMIT_LIST_PAGE];
	struct entry *entries;
	size_t entries_n;
	struct column *columns;
	size_t columns_n;
	struct joined_kept *list;
	size_t list_n;
};

enum { KEPT_WANTS, KEPT_NEEDS, KEPT_TARGET, KEPT_SEAT, KEPT_N }; /* beside own columns */

static void keep(struct keeping *k, size_t i, struct str what, struct str says)
{
	if (says.n > 0)
		k->list[k->list_n++] = (struct joined_kept){k->formers[i].code, what, says};
}

static err_t keep_written(struct keeping *k, size_t i)
{
	struct arena *a = k->arena;
	struct preference_words wants;
	struct needs needs;
	bool known;
	TRY(preference_of(k->call, a, k->entries, k->entries_n, k->nos[i], &wants));
	struct str labels = preference_set_labels(a, wants.set);
	keep(k, i, S("Wants"),
	     str_fmt(a, "%.*s%s%.*s", STR_ARG(labels), labels.n > 0 && wants.words.n > 0 ? ": " : "",
		     STR_ARG(wants.words)));
	TRY(needs_of(k->call, a, k->entries, k->entries_n, k->nos[i], &needs, &known));
	if (known)
		keep(k, i, S("Needs"),
		     str_fmt(a, "%.*s · %.*s", STR_ARG(need_table[needs.housing].say),
			     STR_ARG(need_table[needs.service].say)));
	for (size_t n = 0; n < k->columns_n; n++) {
		const struct entry *e = entry_of(k->entries, k->entries_n, k->nos[i], column_item(a, k->columns[n].id));
		struct str text = {0};
		if (e != NULL)
			TRY(entry_text(k->call, a, e, &text));
		keep(k, i, k->columns[n].name, text);
	}
	return NULL;
}

static size_t former_at(const struct keeping *k, int64_t household_no)
{
	size_t i = 0;
	while (k->nos[i] != household_no)
		i++;
	return i;
}

static err_t keep_meetings(struct keeping *k, int64_t stays)
{
	struct q_list_targets *targets;
	struct q_list_in_cycle *seats;
	size_t n, own;
	char day[DAY_SAY];
	TRY(q_list_targets(k->db, k->arena, k->nos, k->n, &targets, &n));
	for (size_t i = 0; i < n; i++)
		keep(k, former_at(k, targets[i].household_no), S("Target move-in"),
		     str_dup(k->arena, str_from(day_say(targets[i].day, day))));
	TRY(q_list_in_cycle(k->db, k->arena, &stays, 1, &seats, &own));
	TRY(q_list_in_cycle(k->db, k->arena, k->nos, k->n, &seats, &n));
	for (size_t i = 0; i < n && own == 0; i++)
		keep(k, former_at(k, seats[i].household_no), S("Cycle"),
		     S("has a seat, which this household takes when the list is looked at again"));
	return NULL;
}

static err_t joined_keep(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
			 struct joined *out)
{
	struct keeping k = {.call = c, .db = db, .arena = a};
	struct q_household_formers *formers;
	bool shown;
	TRY(joined_shown(c, db, a, face, &shown));
	if (!shown)
		return NULL;
	TRY(q_household_formers(db, a, face->no, &formers, &k.n));
	k.formers = formers;
	for (size_t i = 0; i < k.n; i++)
		k.nos[i] = formers[i].former_no;
	TRY(entries_load(db, a, k.nos, k.n, &k.entries, &k.entries_n));
	TRY(columns_load(db, a, &k.columns, &k.columns_n));
	k.list = arena_many(a, k.n * (KEPT_N + k.columns_n), struct joined_kept);
	for (size_t i = 0; i < k.n; i++)
		TRY(keep_written(&k, i));
	TRY(keep_meetings(&k, face->no));
	out->kept = k.list;
	out->kept_n = k.list_n;
	return NULL;
}

err_t joined_of(struct call *c, struct db *db, struct arena *a, const struct household_face *face, struct joined *out)
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
	if (joined.any)
		TRY(joined_keep(c, db, a, face, &joined));
	*out = joined;
	return NULL;
}
