#include "app/entry.h"

#include "app/record.h"
#include "store/q_entry.h"
#include "store/q_household.h"
#include "store/seal.h"

static struct seal_place place_of(struct arena *a, int64_t household_no, struct str item, int64_t no)
{
	struct str row = str_fmt(a, "%lld/%.*s/%lld", (long long)household_no, STR_ARG(item), (long long)no);
	return (struct seal_place){"household_entry", "value", row};
}

err_t entries_load(struct db *db, struct arena *a, const int64_t *nos, size_t n, struct entry **out, size_t *out_n)
{
	struct q_entries *rows;
	size_t rows_n;
	TRY(q_entries(db, a, nos, n, &rows, &rows_n));
	*out = arena_many(a, rows_n, struct entry);
	for (size_t i = 0; i < rows_n; i++)
		(*out)[i] = (struct entry){
			.household_no = rows[i].household_no,
			.item = rows[i].item,
			.no = rows[i].no,
			.sealed = rows[i].value,
			.at = rows[i].at,
			.by = rows[i].by,
		};
	*out_n = rows_n;
	return NULL;
}

const struct entry *entry_of(const struct entry *entries, size_t n, int64_t household_no, struct str item)
{
	for (size_t i = 0; i < n; i++)
		if (entries[i].household_no == household_no && str_eq(entries[i].item, item))
			return entries[i].sealed.n > 0 ? &entries[i] : NULL;
	return NULL;
}

err_t entry_history(struct db *db, struct arena *a, int64_t household_no, struct str item, struct entry **out,
		    size_t *n)
{
	struct q_entry_history *rows;
	size_t rows_n;
	TRY(q_entry_history(db, a, household_no, item, &rows, &rows_n));
	*out = arena_many(a, rows_n, struct entry);
	for (size_t i = 0; i < rows_n; i++)
		(*out)[i] = (struct entry){
			.household_no = household_no,
			.item = item,
			.no = rows[i].no,
			.sealed = rows[i].value,
			.at = rows[i].at,
			.by = rows[i].by,
		};
	*n = rows_n;
	return NULL;
}

err_t entry_text(struct call *c, struct arena *a, const struct entry *e, struct str *out)
{
	const struct pii *text;
	TRY(seal_open(a, c->app->keys, place_of(a, e->household_no, e->item, e->no), e->sealed, &text));
	*out = pii_reveal(text);
	return NULL;
}

err_t entry_put(struct call *c, struct db *db, struct arena *a, const struct household_face *face, struct str item,
		const struct pii *value)
{
	struct q_entry_newest newest;
	struct str text = pii_reveal(value);
	struct str stands = S("");
	bool found;
	if (str_utf8_len(text) > ENTRY_MAX || !str_is_clean_text(text))
		return err_new(a, ERR_INVALID, "Write at most %d characters of plain text.", ENTRY_MAX);
	TRY(q_entry_newest(db, a, face->no, item, &newest, &found));
	int64_t no = found ? newest.no + 1 : 1;
	if (found) {
		const struct entry last = {
			.household_no = face->no, .item = item, .no = newest.no, .sealed = newest.value};
		TRY(entry_text(c, a, &last, &stands));
	}
	if (str_eq(text, stands))
		return NULL;
	TRY(q_entry_replaced(db, a, face->no, item));
	TRY(q_entry_add(db, a,
			&(struct q_entry_add_in){
				.household_no = face->no,
				.item = item,
				.no = no,
				.value = seal_pii(a, c->app->keys, place_of(a, face->no, item, no), value),
				.at = c->now,
				.by_id = c->actor.id,
			}));
	return app_record(c, db, a, "household.write", "household", face->id, str_fmt(a, "item=%.*s", STR_ARG(item)));
}

err_t entry_household(struct call *c, struct db *db, struct arena *a, struct str household_id,
		      struct household_face *out)
{
	struct q_household_by_id row;
	bool found;
	TRY(q_household_by_id(db, a, household_id, &row, &found));
	*out = (struct household_face){0};
	if (found)
		TRY(app_household_faces(c, db, a, &row.household_no, 1, out));
	if (!out->visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	if (!out->notes)
		return err_new(a, ERR_DENIED,
			       "The list holder of the region and the agencies that serve the household write here.");
	return NULL;
}

err_t entry_write(struct db *db, struct arena *a, void *writing)
{
	const struct entry_writing *w = writing;
	struct household_face face;
	TRY(entry_household(w->call, db, a, w->household_id, &face));
	return entry_put(w->call, db, a, &face, w->item, w->value);
}
