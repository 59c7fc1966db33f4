#include "domain/night_set.h"

void night_set_add(struct night_set *s, struct day first, struct day last)
{
	if (last.n < first.n || last.n < s->first.n || first.n > s->last.n)
		return;
	uint32_t from = first.n > s->first.n ? (uint32_t)(first.n - s->first.n) : 0;
	uint32_t to = (uint32_t)((last.n < s->last.n ? last.n : s->last.n) - s->first.n);
	uint32_t word = from / NIGHT_SET_WORD;
	uint32_t end = to / NIGHT_SET_WORD;
	uint64_t bits = UINT64_MAX << from % NIGHT_SET_WORD;
	for (; word < end; word++, bits = UINT64_MAX)
		s->bits[word] |= bits;
	s->bits[end] |= bits & UINT64_MAX >> (NIGHT_SET_WORD - 1 - to % NIGHT_SET_WORD);
}

void night_set_cut(struct night_set *s, const struct night_set *what)
{
	for (size_t i = 0; i < NIGHT_SET_WORDS; i++)
		s->bits[i] &= ~what->bits[i];
}

int night_set_count(const struct night_set *s)
{
	int nights = 0;
	for (size_t i = 0; i < NIGHT_SET_WORDS; i++)
		if (s->bits[i] != 0)
			nights += __builtin_popcountll(s->bits[i]);
	return nights;
}

/* A run that goes on in the next word is joined there. */
void night_set_runs(const struct night_set *s, int apart, struct arena *a, struct spans *out)
{
	for (int word = 0; word < NIGHT_SET_WORDS; word++) {
		uint64_t left = s->bits[word];
		while (left != 0) {
			int from = __builtin_ctzll(left);
			uint64_t gaps = ~(left | (((uint64_t)1 << from) - 1));
			int to = gaps != 0 ? __builtin_ctzll(gaps) : NIGHT_SET_WORD; /* the first that is not in it */
			struct day first = day_add(s->first, word * NIGHT_SET_WORD + from);
			struct day last = day_add(s->first, word * NIGHT_SET_WORD + to - 1);
			struct span *before = out->n > 0 ? &out->of[out->n - 1] : NULL;
			if (before != NULL && first.n - before->last.n <= apart)
				before->last = last;
			else
				spans_add(a, out, first, last);
			left = to < NIGHT_SET_WORD ? left & UINT64_MAX << to : 0;
		}
	}
}
