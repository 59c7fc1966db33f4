#include "app/roster_split.h"

#include <stdlib.h>

#include "domain/household_apart.h"

static int place_compare(const void *x, const void *y)
{
	const struct split_place *a = x;
	const struct split_place *b = y;
	if (a->client != b->client)
		return a->client < b->client ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

err_t roster_splits_load(struct db *db, struct arena *a, struct roster_splits *out)
{
	struct roster_splits s = {0};
	uint32_t party = 0;
	TRY(q_household_split_people(db, a, &s.rows, &s.n));
	s.places = arena_many(a, s.n, struct split_place);
	for (uint32_t i = 0; i < s.n; i++) {
		const struct q_household_split_people *row = &s.rows[i];
		if (i == 0 || row->new_no != s.rows[i - 1].new_no)
			party += 2;
		if (row->holds)
			s.places[s.places_n++] =
				(struct split_place){row->client_no, i, row->leaves ? party - 1 : party};
	}
	if (s.places_n > 0)
		qsort(s.places, s.places_n, sizeof *s.places, place_compare);
	*out = s;
	return NULL;
}

static size_t first_place(const struct roster_splits *s, int64_t client)
{
	size_t low = 0;
	size_t high = s->places_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (s->places[mid].client < client)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void roster_splits_tell(const struct roster_splits *s, struct roster *r, const uint32_t *clients)
{
	for (uint32_t i = 0; i < r->people_n && s->places_n > 0; i++) {
		for (size_t k = first_place(s, clients[i]); k < s->places_n && s->places[k].client == clients[i]; k++) {
			const struct q_household_split_people *row = &s->rows[s->places[k].row];
			if (row->leaves || r->people[i].party == 0)
				roster_part(r, i, s->places[k].party, row->day, row->start);
		}
	}
}
