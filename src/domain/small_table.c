#include "domain/small_table.h"

#include "domain/access.h"

/* A sum: so many parts, `step` cells apart, and behind them the total. */
struct sum {
	const int64_t *cells;
	bool *hidden;
	size_t step, parts;
};

/* The part to hide next: the smallest that is something, else one that is nothing; `parts` where all are hidden. */
static size_t next_part(const struct sum *s)
{
	size_t best = s->parts;
	for (size_t i = 0; i < s->parts; i++) {
		int64_t n = s->cells[i * s->step];
		int64_t least = best < s->parts ? s->cells[best * s->step] : 0;
		if (!s->hidden[i * s->step] && (best == s->parts || (n > 0 && (least == 0 || n < least))))
			best = i;
	}
	return best;
}

/* Whether one of the hidden cells follows from what is shown, or they are known to be few together. */
static bool tells(const struct sum *s)
{
	size_t parts = 0;
	int64_t together = 0;
	bool total = s->hidden[s->parts * s->step];
	for (size_t i = 0; i < s->parts; i++) {
		parts += s->hidden[i * s->step];
		together += s->hidden[i * s->step] ? s->cells[i * s->step] : 0;
	}
	return parts + total == 1 || (!total && parts > 0 && access_small(together));
}

static bool close_sum(const struct sum *s)
{
	bool changed = false;
	for (size_t next; tells(s) && (next = next_part(s)) < s->parts; changed = true)
		s->hidden[next * s->step] = true;
	return changed;
}

void small_table_hide(const struct small_table *t, bool *hidden)
{
	bool changed = t->rows > 0 && t->columns > 0;
	for (size_t i = 0; i < t->rows * t->columns; i++)
		hidden[i] = access_small(t->cells[i]);
	while (changed) {
		changed = false;
		for (size_t c = 0; c < t->columns; c++)
			changed |= close_sum(&(struct sum){t->cells + c, hidden + c, t->columns, t->rows - 1});
		for (size_t r = 0; t->totals && r < t->rows; r++)
			changed |= close_sum(
				&(struct sum){t->cells + r * t->columns, hidden + r * t->columns, 1, t->columns - 1});
	}
}
