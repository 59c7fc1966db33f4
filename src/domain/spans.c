#include "domain/spans.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void spans_add(struct arena *a, struct spans *s, struct day first, struct day last)
{
	enum { FIRST_ROOM = 8 };
	if (last.n < first.n)
		return;
	/* Most come in order, and nights in a row one by one. */
	struct span *before = s->n > 0 ? &s->of[s->n - 1] : NULL;
	if (before != NULL && first.n >= before->first.n && first.n - before->last.n <= 1) {
		before->last = day_max(before->last, last);
		return;
	}
	if (s->n == s->room) {
		size_t room = s->room == 0 ? FIRST_ROOM : 2 * s->room;
		struct span *grown = arena_many(a, room, struct span);
		if (s->n > 0)
			memcpy(grown, s->of, s->n * sizeof *grown);
		s->of = grown;
		s->room = room;
	}
	s->of[s->n++] = (struct span){first, last};
}

static int compare(const void *x, const void *y)
{
	const struct span *a = x;
	const struct span *b = y;
	return (a->first.n > b->first.n) - (a->first.n < b->first.n);
}

/* Most people have a handful of spans, and most of those come in order. */
static void sort(struct spans *s)
{
	enum { FEW = 24 };
	size_t in_order = 1;
	while (in_order < s->n && s->of[in_order - 1].first.n <= s->of[in_order].first.n)
		in_order++;
	if (in_order >= s->n)
		return;
	if (s->n > FEW) {
		qsort(s->of, s->n, sizeof *s->of, compare);
		return;
	}
	for (size_t i = 1; i < s->n; i++) {
		struct span x = s->of[i];
		size_t k = i;
		for (; k > 0 && s->of[k - 1].first.n > x.first.n; k--)
			s->of[k] = s->of[k - 1];
		s->of[k] = x;
	}
}

void spans_settle(struct spans *s)
{
	sort(s);
	spans_bridge(s, 1);
}

void spans_bridge(struct spans *s, int apart)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct span *before = n > 0 ? &s->of[n - 1] : NULL;
		if (before == NULL || s->of[i].first.n - before->last.n > apart)
			s->of[n++] = s->of[i];
		else
			before->last = day_max(before->last, s->of[i].last);
	}
	s->n = n;
}

void spans_cut(struct arena *a, const struct spans *from, const struct spans *what, struct spans *out)
{
	size_t k = 0;
	for (size_t i = 0; i < from->n; i++) {
		struct day first = from->of[i].first;
		struct day last = from->of[i].last;
		while (k < what->n && what->of[k].last.n < first.n)
			k++;
		/* The one that reaches over the end may reach into the next span, so k stays on it. */
		for (; k < what->n && what->of[k].first.n <= last.n; k++) {
			spans_add(a, out, first, day_add(what->of[k].first, -1));
			first = day_add(what->of[k].last, 1);
			if (first.n > last.n)
				break;
		}
		spans_add(a, out, first, last);
	}
}

int spans_nights(const struct spans *s, struct day first, struct day last)
{
	int nights = 0;
	for (size_t i = 0; i < s->n; i++) {
		int32_t from = s->of[i].first.n > first.n ? s->of[i].first.n : first.n;
		int32_t to = s->of[i].last.n < last.n ? s->of[i].last.n : last.n;
		nights += to >= from ? to - from + 1 : 0;
	}
	return nights;
}
