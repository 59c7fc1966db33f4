#include "domain/priority.h"

#include <string.h>

enum { LOT_BITS = 32, MONTHS_BITS = 6, SCORE_BITS = 7, START_BITS = 17, SCORE_MISSING = PRIORITY_SCORE_MOST + 1 };

const struct priority_policy priority_default = PRIORITY_DEFAULT;

const struct priority_key_row priority_key_table[PRIORITY_KEYS_N] = {
#define X(name, word, text, from) [name] = {STR_INIT(word), text, from},
	PRIORITY_KEYS(X)
#undef X
};

const char *priority_key_say(enum priority_key key)
{
	return priority_key_table[key].say;
}

const char *band_say(enum band b)
{
	static const char *const say[] = {[BAND_HIGH] = "high", [BAND_MIDDLE] = "middle", [BAND_LOW] = "low"};
	return say[b];
}

static uint8_t bits_for(unsigned groups)
{
	uint8_t bits = 0;
	while (1U << bits < groups)
		bits++;
	return bits;
}

void priority_settle(struct priority_policy *p)
{
	static const uint8_t fixed[PRIORITY_KEYS_N] = {
		[PRIORITY_RAISED] = 1,         [PRIORITY_NOMINATED] = 1,      [PRIORITY_MONTHS] = MONTHS_BITS,
		[PRIORITY_SCORE] = SCORE_BITS, [PRIORITY_START] = START_BITS,
	};
	unsigned used = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct priority_use *use = &p->uses[i];
		if (use->key == PRIORITY_LOT)
			continue;
		use->bits = use->groups > 0 ? bits_for(use->groups) : fixed[use->key];
		used += use->bits;
	}
	unsigned left = PRIORITY_BITS - used;
	for (size_t i = 0; i < p->n; i++)
		if (p->uses[i].key == PRIORITY_LOT)
			p->uses[i].bits = (uint8_t)(left < LOT_BITS ? left : LOT_BITS);
}

const struct priority_use *priority_use_of(const struct priority_policy *p, enum priority_key key)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->uses[i].key == key)
			return &p->uses[i];
	return NULL;
}

uint16_t priority_tool_digest(struct str name)
{
	uint32_t hash = 0x811c9dc5U;
	name = str_trim(name);
	if (name.n == 0)
		return 0;
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		c = c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
		hash = (hash ^ c) * 0x01000193U;
	}
	uint16_t folded = (uint16_t)(hash ^ hash >> 16);
	return folded != 0 ? folded : 1;
}

/* The tool's own bands, else those of any tool; NULL where its scores do not count. */
static const struct priority_tool *tool_of(const struct priority_policy *p, uint16_t digest)
{
	const struct priority_tool *any = NULL;
	for (size_t i = 0; i < p->tools_n; i++) {
		if (p->tools[i].digest == digest)
			return &p->tools[i];
		if (p->tools[i].digest == 0)
			any = &p->tools[i];
	}
	return any;
}

bool priority_tool_counts(const struct priority_policy *p, struct str name)
{
	return tool_of(p, priority_tool_digest(name)) != NULL;
}

void priority_judge(const struct priority_policy *p, struct day as_of, struct priority_facts *f)
{
	const struct priority_tool *tool = tool_of(p, f->tool);
	bool attested = f->score != SCORE_NONE && !score_is_number(f->score);
	f->counts = (tool != NULL || attested) && f->score != SCORE_NONE && day_known(f->scored) &&
		    (p->score_days == 0 || day_diff(f->scored, as_of) <= p->score_days);
	f->band = p->missing;
	if (!f->counts)
		return;
	if (attested) {
		f->band = (enum band)(f->score - SCORE_ATTESTED);
		return;
	}
	int type = f->type == HOUSEHOLD_FAMILY ? BANDS_FAMILY : BANDS_SINGLE;
	f->band = f->score >= tool->of[type].high     ? BAND_HIGH
		  : f->score >= tool->of[type].middle ? BAND_MIDDLE
						      : BAND_LOW;
}

/* High scores first; one that does not count behind or, by `missing_first`, before them all. */
static uint64_t score_rank(const struct priority_facts *f, bool missing_first)
{
	if (!f->counts || !score_is_number(f->score))
		return missing_first ? 0 : SCORE_MISSING;
	int score = f->score < 0 ? 0 : f->score > PRIORITY_SCORE_MOST ? PRIORITY_SCORE_MOST : f->score;
	return (uint64_t)(PRIORITY_SCORE_MOST - score + (missing_first ? 1 : 0));
}

/* A key's value as a number that fits its bits; smaller comes first. */
static uint64_t key_rank(const struct priority_use *use, const struct priority_facts *f)
{
	switch (use->key) {
	case PRIORITY_CHRONIC:
		return use->group[f->chronic];
	case PRIORITY_BAND:
		return use->group[f->band];
	case PRIORITY_RAISED:
		return !f->raised;
	case PRIORITY_NOMINATED:
		return !f->nominated;
	case PRIORITY_MONTHS:
		return (uint64_t)(use->reverse ? f->months : STANDING_MONTHS - f->months);
	case PRIORITY_SCORE:
		return score_rank(f, use->reverse);
	case PRIORITY_STAYING:
		return use->group[f->situation];
	case PRIORITY_START: { /* an unknown start, which no listed household has, would come last */
		int32_t start = day_known(f->start) ? f->start.n : use->reverse ? DAY_FIRST.n : DAY_LAST.n;
		return (uint64_t)(use->reverse ? DAY_LAST.n - start : start - DAY_FIRST.n);
	}
	case PRIORITY_LOT:
		return f->tie >> (LOT_BITS - use->bits);
	case PRIORITY_KEYS_N:
		break;
	}
	return 0;
}

uint64_t priority_order(const struct priority_policy *p, const struct priority_facts *f)
{
	uint64_t order = 0;
	for (size_t i = 0; i < p->n; i++)
		order = order << p->uses[i].bits | key_rank(&p->uses[i], f);
	return order;
}

/* How many bits of an order lie behind its first `depth` keys. */
static unsigned bits_behind(const struct priority_policy *p, size_t depth)
{
	unsigned bits = 0;
	for (size_t i = depth; i < p->n; i++)
		bits += p->uses[i].bits;
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
			return p->uses[i].key;
	return PRIORITY_KEYS_N;
}

static struct str band_value(struct arena *a, const struct priority_facts *f)
{
	char day[DAY_SAY];
	const char *band = band_say(f->band);
	if (f->score == SCORE_NONE)
		return str_fmt(a, "%s (no score)", band);
	if (!score_is_number(f->score))
		return str_fmt(a, "%s (%sattested, of %s)", band,
			       f->counts ? "" : "does not count: ", day_say_date(f->scored, day));
	return str_fmt(a, "%s (%s%d, of %s)", band, f->counts ? "" : "does not count: ", f->score,
		       day_say_date(f->scored, day));
}

struct str priority_value(struct arena *a, const struct priority_facts *f, enum priority_key key)
{
	char day[DAY_SAY];
	switch (key) {
	case PRIORITY_CHRONIC:
		return str_fmt(a, "%s", chronic_say(f->chronic));
	case PRIORITY_BAND:
		return band_value(a, f);
	case PRIORITY_RAISED:
		return f->raised ? S("yes") : S("no");
	case PRIORITY_NOMINATED:
		return f->nominated ? S("yes") : S("no");
	case PRIORITY_MONTHS:
		return str_fmt(a, "%d", f->months);
	case PRIORITY_SCORE:
		return f->counts && score_is_number(f->score) ? str_fmt(a, "%d", f->score) : S("none that counts");
	case PRIORITY_STAYING:
		return str_fmt(a, "%s", situation_say(f->situation));
	case PRIORITY_START:
		return str_fmt(a, "since %s", day_say_date(f->start, day));
	case PRIORITY_LOT:
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
		line->key = p->uses[i].key;
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
	if (key == PRIORITY_LOT)
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
