#include "app/list_select.h"

#include <stdlib.h>

int32_t list_value(const struct list_image *image, const struct list_row *row, enum filter_key key)
{
	switch (key) {
	case FILTER_REGION:
		return row->region == image->regions_n ? FILTER_UNKNOWN : row->region;
	case FILTER_COUNTY:
		return row->county == LIST_COUNTY_NONE ? FILTER_UNKNOWN : row->county;
	case FILTER_STATUS:
		return row->status;
	case FILTER_TYPE:
		return row->type;
	case FILTER_MEMBERS:
		return row->members;
	case FILTER_VETERAN:
		return row->veteran;
	case FILTER_SITUATION:
		return row->situation;
	case FILTER_CHRONIC:
		return row->chronic;
	case FILTER_BAND:
		return row->band;
	case FILTER_SCORE:
		return row->score == SCORE_NONE ? FILTER_UNKNOWN : row->score;
	case FILTER_MONTHS:
		return row->months;
	case FILTER_DAYS:
		return list_row_days(image, row);
	case FILTER_PLACE:
		return row->rank == 0 ? FILTER_UNKNOWN : row->rank;
	case FILTER_CONTACT:
		return row->contact.n;
	case FILTER_START:
		return row->start.n;
	case FILTER_UPDATED:
		return row->since.n;
	case FILTER_SCORED:
		return row->scored.n;
	case FILTER_FLAG:
		return (int32_t)row->flags;
	case FILTER_KEYS_N:
		break;
	}
	return FILTER_UNKNOWN;
}

/* A row with the numbers that order it: smaller comes first, whatever the direction. */
struct pick {
	int64_t v[LIST_KEYS_MOST];
	const struct list_row *row;
};

static int64_t order_value(const struct list_select *s, const struct list_row *row, size_t k)
{
	int32_t value = list_value(s->image, row, s->keys[k].key);
	bool unknown = value == FILTER_UNKNOWN || (s->keys[k].key == FILTER_SITUATION && value == SITUATION_UNKNOWN);
	if (unknown)
		return INT64_MAX;
	return s->keys[k].down ? -(int64_t)value : value;
}

static int pick_compare(const void *x, const void *y)
{
	const struct pick *a = x;
	const struct pick *b = y;
	for (size_t k = 0; k < LIST_KEYS_MOST; k++)
		if (a->v[k] != b->v[k])
			return a->v[k] < b->v[k] ? -1 : 1;
	if (a->row->order != b->row->order)
		return a->row->order < b->row->order ? -1 : 1;
	return (a->row->no > b->row->no) - (a->row->no < b->row->no);
}

/* The best `room` so far, the worst of them on top. */
struct heap {
	struct pick *picks;
	size_t n;
	size_t room;
};

static void sink(struct heap *h, size_t i)
{
	for (;;) {
		size_t worst = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < h->n; child++)
			if (pick_compare(&h->picks[child], &h->picks[worst]) > 0)
				worst = child;
		if (worst == i)
			return;
		struct pick swap = h->picks[i];
		h->picks[i] = h->picks[worst];
		h->picks[worst] = swap;
		i = worst;
	}
}

static void offer(struct heap *h, const struct list_select *s, const struct list_row *row)
{
	struct pick p = {.row = row};
	bool full = h->n == h->room;
	for (size_t k = 0; k < s->keys_n; k++) {
		p.v[k] = order_value(s, row, k);
		if (full && k == 0 && p.v[0] > h->picks[0].v[0])
			return;
	}
	if (!full) {
		h->picks[h->n++] = p;
		if (h->n == h->room)
			for (size_t i = h->n / 2; i > 0; i--)
				sink(h, i - 1);
		return;
	}
	if (pick_compare(&p, &h->picks[0]) < 0) {
		h->picks[0] = p;
		sink(h, 0);
	}
}

static bool passes(const struct list_select *s, const struct list_row *row, uint64_t asked, struct filter_facts *facts)
{
	for (uint64_t keys = asked; keys != 0; keys &= keys - 1) {
		int key = __builtin_ctzll(keys);
		facts->value[key] = list_value(s->image, row, (enum filter_key)key);
	}
	return filter_matches(s->filter, facts);
}

/* Where the page begins, of `total` rows that there are. */
static size_t page_first(const struct list_select *s, size_t total)
{
	if (s->first < total)
		return s->first;
	return total == 0 ? 0 : (total - 1) / s->most * s->most;
}

static void page_room(const struct list_select *s, struct arena *a, size_t total, struct list_selected *out)
{
	size_t first = page_first(s, total);
	size_t n = total - first < s->most ? total - first : s->most;
	*out = (struct list_selected){
		.rows = arena_many(a, n, const struct list_row *), .n = n, .first = first, .total = total};
}

void list_select(const struct list_select *s, struct arena *a, struct list_selected *out)
{
	if (s->whole) {
		page_room(s, a, s->n, out);
		for (size_t i = 0; i < out->n; i++)
			out->rows[i] = &s->rows[out->first + i];
		return;
	}
	struct filter_facts facts = {.as_of = s->image->as_of};
	uint64_t asked = filter_keys(s->filter);
	size_t room = s->first < s->n ? s->first + s->most : s->n;
	struct heap h = {.room = room < s->n ? room : s->n};
	h.picks = arena_many(a, h.room, struct pick);
	size_t total = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct list_row *row = s->found != NULL ? s->found[i] : &s->rows[i];
		if (!passes(s, row, asked, &facts))
			continue;
		total++;
		offer(&h, s, row);
	}
	qsort(h.picks, h.n, sizeof *h.picks, pick_compare);
	page_room(s, a, total, out);
	for (size_t i = 0; i < out->n; i++)
		out->rows[i] = h.picks[out->first + i].row;
}
