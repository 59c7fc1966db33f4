#include "domain/priority.h"

const struct priority_policy priority_default = {
	.n = PRIORITY_KEYS_N,
	.keys = {PRIORITY_CHRONIC, PRIORITY_BAND, PRIORITY_MONTHS, PRIORITY_UNSHELTERED, PRIORITY_START, PRIORITY_TIE},
};

static const struct {
	const char *say;
	unsigned bits;
} keys[PRIORITY_KEYS_N] = {
#define X(name, text, width) [name] = {text, width},
	PRIORITY_KEYS(X)
#undef X
};

const char *priority_key_say(enum priority_key key)
{
	return keys[key].say;
}

const char *band_say(enum band b)
{
	static const char *const say[] = {[BAND_HIGH] = "high", [BAND_MIDDLE] = "middle", [BAND_LOW] = "low"};
	return say[b];
}

static bool score_counts(const struct rules *rules, int16_t score, struct day scored, struct day as_of)
{
	return score != SCORE_NONE && day_known(scored) && day_diff(scored, as_of) <= rules->score_days;
}

enum band priority_band(const struct rules *rules, enum household_type type, int16_t score, struct day scored,
			struct day as_of)
{
	if (!score_counts(rules, score, scored, as_of))
		return BAND_MIDDLE;
	int high = type == HOUSEHOLD_FAMILY ? rules->band_high_family : rules->band_high_single;
	return score >= high ? BAND_HIGH : score >= rules->band_middle ? BAND_MIDDLE : BAND_LOW;
}

/* A key's value as a number that fits its bits; smaller comes first. */
static uint64_t key_rank(const struct priority_facts *f, enum priority_key key)
{
	switch (key) {
	case PRIORITY_CHRONIC:
		return f->chronic == CHRONIC_NOT;
	case PRIORITY_BAND:
		return f->band;
	case PRIORITY_MONTHS:
		return (uint64_t)(STANDING_MONTHS - f->months);
	case PRIORITY_UNSHELTERED:
		return f->situation != SITUATION_UNSHELTERED;
	case PRIORITY_START: /* an unknown start, which no listed household has, would come last */
		return (uint64_t)((day_known(f->start) ? f->start.n : DAY_LAST.n) - DAY_FIRST.n);
	case PRIORITY_TIE:
		return f->tie;
	case PRIORITY_KEYS_N:
		break;
	}
	return 0;
}

uint64_t priority_order(const struct priority_policy *p, const struct priority_facts *f)
{
	uint64_t order = 0;
	for (size_t i = 0; i < p->n; i++) {
		enum priority_key key = p->keys[i];
		order = order << keys[key].bits | key_rank(f, key);
	}
	return order;
}

/* How many bits of an order lie behind its first `depth` keys. */
static unsigned bits_behind(const struct priority_policy *p, size_t depth)
{
	unsigned bits = 0;
	for (size_t i = depth; i < p->n; i++)
		bits += keys[p->keys[i]].bits;
	return bits;
}

void priority_span(const struct priority_policy *p, uint64_t order, size_t depth, uint64_t *first, uint64_t *last)
{
	uint64_t behind = ((uint64_t)1 << bits_behind(p, depth)) - 1;
	*first = order & ~behind;
	*last = order | behind;
}

enum priority_key priority_between(const struct priority_policy *p, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < p->n; i++)
		if ((a ^ b) >> bits_behind(p, i + 1) != 0)
			return p->keys[i];
	return PRIORITY_KEYS_N;
}

struct str priority_value(struct arena *a, const struct priority_facts *f, enum priority_key key)
{
	char day[DAY_SAY];
	switch (key) {
	case PRIORITY_CHRONIC:
		return str_fmt(a, "%s", chronic_say(f->chronic));
	case PRIORITY_BAND:
		if (f->score == SCORE_NONE)
			return str_fmt(a, "%s (no score)", band_say(f->band));
		return str_fmt(a, "%s (%d, of %s)", band_say(f->band), f->score, day_say_date(f->scored, day));
	case PRIORITY_MONTHS:
		return str_fmt(a, "%d", f->months);
	case PRIORITY_UNSHELTERED:
		return str_fmt(a, "%s", situation_say(f->situation));
	case PRIORITY_START:
		return str_fmt(a, "since %s", day_say_date(f->start, day));
	case PRIORITY_TIE:
		return S("drawn once, at random"); /* the number itself says nothing to anybody */
	case PRIORITY_KEYS_N:
		break;
	}
	return (struct str){0};
}

void priority_why(struct arena *a, const struct priority_policy *p, const struct priority_facts *f,
		  const uint32_t *level, struct priority_line *lines)
{
	bool decided = false;
	for (size_t i = 0; i < p->n; i++) {
		struct priority_line *line = &lines[i];
		line->key = p->keys[i];
		line->tied = level[i] - 1;
		line->value = priority_value(a, f, line->key);
		line->effect = decided ? PRIORITY_NOT_NEEDED : line->tied == 0 ? PRIORITY_DECIDES : PRIORITY_TIED;
		decided |= line->tied == 0;
	}
}

static const char *ordinal_end(int n)
{
	if (n % 100 / 10 == 1)
		return "th";
	return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* "Months in 36 (19, there 22)", or how to say that nothing tells the two apart. */
static struct str said_between(struct arena *a, const struct priority_policy *p, const struct priority_facts *self,
			       const struct priority_facts *other)
{
	enum priority_key key = priority_between(p, priority_order(p, self), priority_order(p, other));
	if (key == PRIORITY_KEYS_N)
		return S("nothing that is in the order (level with it)");
	if (key == PRIORITY_TIE)
		return S("a lot that was drawn once, at random");
	struct str mine = priority_value(a, self, key);
	struct str theirs = priority_value(a, other, key);
	return str_fmt(a, "\"%s\" (%.*s, there %.*s)", priority_key_say(key), STR_ARG(mine), STR_ARG(theirs));
}

struct str priority_sentence(struct arena *a, const struct priority_policy *p, int rank, int of,
			     const struct priority_facts *self, const struct priority_facts *before,
			     const struct priority_facts *after)
{
	struct str say = str_fmt(a, "%d%s of %d", rank, ordinal_end(rank), of);
	if (before != NULL)
		say = str_fmt(a, "%.*s; after the one before by %.*s", STR_ARG(say),
			      STR_ARG(said_between(a, p, self, before)));
	if (after != NULL)
		say = str_fmt(a, "%.*s; before the next by %.*s", STR_ARG(say),
			      STR_ARG(said_between(a, p, self, after)));
	return str_fmt(a, "%.*s.", STR_ARG(say));
}
