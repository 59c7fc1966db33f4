#include "app/list_select.h"

#include <stdlib.h>

#include "domain/access.h"
#include "domain/tag.h"

/* What was written under an item. */
static inline int32_t written_of(const struct list_written *w, const struct list_row *row, int item)
{
	return w != NULL && (size_t)row->no < w->room ? list_written_item(w, item)[row->no] : FILTER_UNKNOWN;
}

/* Of households that are housed; who has no home has no tenancy. */
static int32_t tenancy_of_row(const struct list_facts *facts, const struct list_row *row)
{
	size_t low = 0;
	size_t high = facts->at_risk_n;
	if (row->status != STATUS_HOUSED || facts->at_risk == NULL)
		return FILTER_UNKNOWN;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (facts->at_risk[middle] < row->no)
			low = middle + 1;
		else
			high = middle;
	}
	return low < facts->at_risk_n && facts->at_risk[low] == row->no;
}

/* Of the arrays by household number. */
static inline int32_t numbered(const struct list_facts *facts, const int32_t *of, const struct list_row *row)
{
	return of != NULL && (size_t)row->no < facts->room ? of[row->no] : FILTER_UNKNOWN;
}

static inline int32_t own_of(const struct list_facts *facts, const struct list_row *row, enum filter_key key)
{
	const int32_t *own = facts->own[key - FILTER_OWN];
	return own != NULL && (size_t)row->no < facts->written->room ? own[row->no] : FILTER_UNKNOWN;
}

static inline __attribute__((always_inline)) int32_t value_of(const struct list_facts *facts,
							      const struct list_row *row, enum filter_key key)
{
	const struct list_image *image = facts->image;
	const struct list_written *w = facts->written;
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
		return score_is_number(row->score) ? row->score : FILTER_UNKNOWN;
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
		return __builtin_popcountll(row->flags); /* what it is ordered by; a filter asks for the bits */
	case FILTER_READY:
		return w != NULL ? list_written_ready(w, row->no, row->veteran, facts->today) : FILTER_UNKNOWN;
	case FILTER_HOUSING:
		return written_of(w, row, WRITTEN_HOUSING);
	case FILTER_SERVICE:
		return written_of(w, row, WRITTEN_SERVICE);
	case FILTER_TENANCY:
		return tenancy_of_row(facts, row);
	case FILTER_RELEASE:
		return numbered(facts, facts->release, row);
	case FILTER_REVIEWED:
		return numbered(facts, facts->reviewed, row);
	case FILTER_GROUP: /* bits_of */
	case FILTER_ENROLLED:
	case FILTER_ELIGIBLE:
	case FILTER_MISSING:
	case FILTER_KEYS_N:
	case FILTER_OWN:
		break;
	}
	return FILTER_UNKNOWN;
}

static inline bool is_coarse(const struct list_facts *facts, const struct list_row *row)
{
	return facts->coarse != NULL && (size_t)row->no < facts->room && facts->coarse[row->no];
}

/* Of a row that is shown as bands no more can be asked than stands there: by being found it would tell the rest. */
static int32_t coarse_value(enum filter_key key, int32_t value)
{
	switch (key) {
	case FILTER_REGION:
	case FILTER_STATUS:
	case FILTER_PLACE:
		return value;
	case FILTER_DAYS:
		return access_coarse(value, COARSE_DAYS);
	case FILTER_MONTHS:
		return access_coarse(value, COARSE_MONTHS);
	default:
		return FILTER_UNKNOWN;
	}
}

int32_t list_value(const struct list_facts *facts, const struct list_row *row, enum filter_key key)
{
	int32_t value = key >= FILTER_OWN ? own_of(facts, row, key) : value_of(facts, row, key);
	return is_coarse(facts, row) ? coarse_value(key, value) : value;
}

uint64_t list_bits(const struct list_facts *facts, const struct list_row *row, enum filter_key key)
{
	const struct list_written *w = facts->written;
	if (is_coarse(facts, row))
		return 0;
	switch (key) {
	case FILTER_FLAG:
		return row->flags;
	case FILTER_GROUP:
		return tag_part(row->tags, TAG_YOUTH, TAG_GROUPS_N);
	case FILTER_ENROLLED:
		return tag_part(row->tags, TAG_IN_OUTREACH, TAG_ENROLLMENTS_N);
	case FILTER_ELIGIBLE:
		return tag_part(row->tags, TAG_FOR_RAPID, TAG_CHANCES_N);
	case FILTER_MISSING:
		return w != NULL ? list_written_missing(w, row->no, row->veteran, facts->today) : 0;
	default:
		return 0;
	}
}

bool list_row_passes(const struct list_facts *facts, const struct filter *f, const struct list_row *row)
{
	struct filter_facts asked = {.as_of = facts->image->as_of};
	for (uint64_t keys = filter_keys(f); keys != 0; keys &= keys - 1) {
		enum filter_key key = (enum filter_key)__builtin_ctzll(keys);
		if (key < FILTER_KEYS_N && filter_table[key].kind == FILTER_IS_FLAGS)
			asked.bits[key] = list_bits(facts, row, key);
		else
			asked.value[key] = list_value(facts, row, key);
	}
	return filter_matches(f, &asked);
}

/* One fact of many rows: a loop per fact, which the compiler makes short. */
static void column_whole(const struct list_facts *facts, const struct list_row *rows, size_t n, enum filter_key key,
			 int32_t *out)
{
	switch (key) {
#define X(name, word, say, kind, values, example)                                                                      \
	case name:                                                                                                     \
		for (size_t i = 0; i < n; i++)                                                                         \
			out[i] = value_of(facts, &rows[i], name);                                                      \
		return;
		FILTER_KEYS(X)
#undef X
	default:
		for (size_t i = 0; i < n; i++)
			out[i] = own_of(facts, &rows[i], key);
	}
}

static void column(const struct list_facts *facts, const struct list_row *rows, size_t n, enum filter_key key,
		   int32_t *out)
{
	column_whole(facts, rows, n, key, out);
	for (size_t i = 0; i < n && facts->coarse != NULL; i++)
		if (is_coarse(facts, &rows[i]))
			out[i] = coarse_value(key, out[i]);
}

/* A row with the numbers that order it: smaller comes first, whatever the direction. */
struct pick {
	int64_t v[LIST_KEYS_MOST];
	const struct list_row *row;
};

static int64_t order_value(const struct list_key *key, int32_t value)
{
	bool unknown = value == FILTER_UNKNOWN || (key->key == FILTER_SITUATION && value == SITUATION_UNKNOWN);
	if (unknown)
		return INT64_MAX;
	return key->down ? -(int64_t)value : value;
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

static void offer(struct heap *h, const struct list_select *s, const struct list_row *row, int64_t first)
{
	struct pick p = {.v = {first}, .row = row};
	for (size_t k = 1; k < s->keys_n; k++)
		p.v[k] = order_value(&s->keys[k], list_value(&s->facts, row, s->keys[k].key));
	if (h->n < h->room) {
		h->picks[h->n++] = p;
		if (h->n == h->room)
			for (size_t i = h->n / 2; i > 0; i--)
				sink(h, i - 1);
	} else if (pick_compare(&p, &h->picks[0]) < 0) {
		h->picks[0] = p;
		sink(h, 0);
	}
}

/* Some rows at a time, a fact at a time: so many numbers stay close by. */
enum { BLOCK = 512 };

static void narrow(const struct list_select *s, const struct filter_term *term, const struct list_row *rows, size_t n,
		   bool *passes)
{
	int32_t value[BLOCK];
	uint64_t bits[BLOCK];
	if (term->row->kind == FILTER_IS_FLAGS) {
		for (size_t i = 0; i < n; i++)
			bits[i] = list_bits(&s->facts, &rows[i], term->key);
		filter_narrow_flags(term, bits, n, passes);
		return;
	}
	column(&s->facts, rows, n, term->key, value);
	filter_narrow(term, value, n, s->facts.image->as_of, passes);
}

static size_t take_block(const struct list_select *s, const struct list_row *rows, size_t n, struct heap *h)
{
	int32_t value[BLOCK];
	bool passes[BLOCK];
	size_t total = 0;
	for (size_t i = 0; i < n; i++)
		passes[i] = true;
	for (size_t t = 0; t < s->filter->terms_n; t++)
		narrow(s, &s->filter->terms[t], rows, n, passes);
	column(&s->facts, rows, n, s->keys[0].key, value);
	for (size_t i = 0; i < n; i++) {
		if (!passes[i])
			continue;
		total++;
		int64_t first = order_value(&s->keys[0], value[i]);
		if (h->n < h->room || first <= h->picks[0].v[0])
			offer(h, s, &rows[i], first);
	}
	return total;
}

/* Rows that were found lie here and there: a copy lies together. */
static const struct list_row *together(const struct list_select *s, struct arena *a)
{
	struct list_row *rows = arena_many(a, s->n, struct list_row);
	for (size_t i = 0; i < s->n; i++)
		rows[i] = *s->found[i];
	return rows;
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
	const struct list_row *rows = s->found != NULL ? together(s, a) : s->rows;
	size_t room = s->first < s->n ? s->first + s->most : s->n;
	struct heap h = {.room = room < s->n ? room : s->n};
	h.picks = arena_many(a, h.room, struct pick);
	size_t total = 0;
	for (size_t i = 0; i < s->n; i += BLOCK)
		total += take_block(s, &rows[i], s->n - i < BLOCK ? s->n - i : BLOCK, &h);
	qsort(h.picks, h.n, sizeof *h.picks, pick_compare);
	page_room(s, a, total, out);
	for (size_t i = 0; i < out->n; i++) {
		const struct list_row *row = h.picks[out->first + i].row;
		out->rows[i] = s->found != NULL ? s->found[row - rows] : row;
	}
}
