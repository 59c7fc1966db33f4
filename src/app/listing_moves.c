#include "app/listing_moves.h"

#include "app/stored.h"

enum { ROOM = 64 << 20 };

void listing_moving_new(struct listing_derivation *d, struct listing_moving *out)
{
	*out = (struct listing_moving){.d = d};
	out->a = arena_new("movement", (size_t)d->f->r->people_n + ROOM);
	out->scratch = arena_new("books of a household", ROOM);
	mover_begin(&out->mover, out->a, d->f->r, d->f->trace);
}

void listing_moving_free(struct listing_moving *w)
{
	arena_free(&w->a);
	arena_free(&w->scratch);
}

static err_t read_entry(struct arena *a, const struct q_movements_between *row, struct ledger_entry *out)
{
	TRY(stored_within(a, row->was, STATUSES_N, "movement.was"));
	TRY(stored_within(a, row->became, STATUSES_N, "movement.became"));
	TRY(stored_within(a, row->cause, CAUSES_N, "movement.cause"));
	*out = (struct ledger_entry){
		.day = row->day,
		.month = row->month_known ? (int32_t)row->month : LEDGER_NO_MONTH,
		.from = (uint8_t)row->was,
		.to = (uint8_t)row->became,
		.cause = (uint8_t)row->cause,
		.adjustment = row->adjustment,
		.holds = row->holds,
	};
	return NULL;
}

static struct q_movement_add_in row_of(const struct ledger_entry *e, int64_t number, int64_t no, int64_t import_no)
{
	return (struct q_movement_add_in){
		.household_no = number,
		.no = no,
		.from_import = import_no,
		.to_import = LISTING_FOREVER,
		.day = e->day,
		.month = e->month,
		.month_known = e->month != LEDGER_NO_MONTH,
		.was = e->from,
		.became = e->to,
		.cause = e->cause,
		.adjustment = e->adjustment,
		.holds = e->holds,
	};
}

/* The old entry that is the same and not taken yet, or n. */
static size_t find_same(const struct ledger_entry *old, const bool *kept, size_t n, const struct ledger_entry *e)
{
	size_t i = 0;
	while (i < n && (kept[i] || !ledger_same(&old[i], e)))
		i++;
	return i;
}

static err_t write_differences(struct listing_moving *w, struct stretch_moves *s, struct db *db, struct arena *a,
			       int64_t number, const struct q_movements_between *rows, size_t rows_n)
{
	struct arena *scratch = w->scratch;
	struct ledger_entry *old = arena_many(scratch, rows_n, struct ledger_entry);
	bool *kept = arena_many(scratch, rows_n, bool);
	int64_t last = 0;
	size_t n;
	for (size_t i = 0; i < rows_n; i++) {
		TRY(read_entry(a, &rows[i], &old[i]));
		last = rows[i].no;
	}
	struct ledger_entry *entries = ledger_book(scratch, old, rows_n, w->moves.list, w->moves.n, &w->d->when, &n);
	for (size_t i = 0; i < n; i++) {
		size_t same = find_same(old, kept, rows_n, &entries[i]);
		if (same < rows_n) {
			kept[same] = true;
			continue;
		}
		s->fresh = db_rows_room(a, s->fresh, s->fresh_n, sizeof *s->fresh);
		s->fresh[s->fresh_n++] = row_of(&entries[i], number, ++last, w->d->no);
	}
	for (size_t i = 0; i < rows_n; i++)
		if (!kept[i])
			TRY(q_movement_close(db, a, number, rows[i].no, w->d->no));
	return NULL;
}

err_t listing_moves_compare(struct listing_moving *w, struct stretch_moves *s, struct db *db, struct arena *a,
			    int64_t number, const struct listing_home *h)
{
	size_t first = s->at;
	while (s->at < s->old_n && s->old[s->at].household_no == number)
		s->at++;
	w->moves.n = 0;
	if (h != NULL)
		mover_household(&w->mover, w->d->list.rows[h->row].household, &w->moves);
	if (w->moves.n == 0 && s->at == first)
		return NULL;
	struct arena_mark mark = arena_mark(w->scratch);
	err_t e = write_differences(w, s, db, a, number, s->old + first, s->at - first);
	arena_rewind(w->scratch, mark);
	return e;
}

struct day listing_moves_since(struct listing_moving *w, const struct listing_row *row)
{
	if (row->status != STATUS_ACTIVE)
		return row->since;
	mover_household(&w->mover, row->household, &w->moves);
	return movement_since(w->moves.list, w->moves.n, (enum status)row->status, row->since);
}
