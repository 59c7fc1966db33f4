#include "domain/filter.h"

#include "base/buf.h"
#include "domain/filter_inside.h"
#include "domain/flag.h"
#include "domain/priority.h"
#include "domain/spell.h"

#define X(name, word, say) word,
static const char *const statuses[] = {STATUSES(X) NULL};
#undef X
#define X(name, say) say,
static const char *const situations[] = {SITUATIONS(X) NULL};
#undef X
#define X(name, word, say, who, facts) word,
static const char *const flags[] = {FLAGS(X) NULL};
#undef X
static const char *const types[] = {
	[HOUSEHOLD_UNKNOWN] = "unknown",
	[HOUSEHOLD_ADULTS] = "adults",
	[HOUSEHOLD_FAMILY] = "family",
	[HOUSEHOLD_CHILDREN] = "children",
	NULL,
};
static const char *const chronics[] = {
	[CHRONIC_VERIFIED] = "verified",
	[CHRONIC_LIKELY] = "likely",
	[CHRONIC_UNKNOWN] = "unknown",
	[CHRONIC_NOT] = "not",
	NULL,
};
static const char *const bands[] = {[BAND_HIGH] = "high", [BAND_MIDDLE] = "middle", [BAND_LOW] = "low", NULL};
static const char *const answers[] = {"no", "yes", NULL};

const struct filter_row filter_table[FILTER_KEYS_N] = {
#define X(name, word, say, kind, values, example) {word, say, kind, values, example},
	FILTER_KEYS(X)
#undef X
};

uint64_t filter_keys(const struct filter *f)
{
	uint64_t keys = 0;
	for (size_t i = 0; i < f->terms_n; i++)
		keys |= UINT64_C(1) << f->terms[i].key;
	return keys;
}

static bool ranges_hold(const struct filter_term *t, int32_t value, struct day as_of)
{
	for (size_t i = 0; i < t->ranges_n; i++) {
		const struct filter_range *r = &t->ranges[i];
		int32_t v = r->ago ? day_diff((struct day){value}, as_of) : value;
		if (v >= r->low && v <= r->high)
			return true;
	}
	return false;
}

static bool term_holds(const struct filter_term *t, const struct filter_facts *facts)
{
	int32_t value = facts->value[t->key];
	switch (filter_table[t->key].kind) {
	case FILTER_IS_CHOICE:
		return value >= 0 && value < 64 && (t->set >> value & 1) != 0;
	case FILTER_IS_FLAGS:
		return value == 0 ? t->unknown : (t->set & (uint32_t)value) != 0;
	case FILTER_IS_NAME:
	case FILTER_IS_NUMBER:
	case FILTER_IS_DAY:
		break;
	}
	return value == FILTER_UNKNOWN ? t->unknown : ranges_hold(t, value, facts->as_of);
}

bool filter_matches(const struct filter *f, const struct filter_facts *facts)
{
	for (size_t i = 0; i < f->terms_n; i++)
		if (term_holds(&f->terms[i], facts) == f->terms[i].turned)
			return false;
	return true;
}

static char folded(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == ' ' || c == '-' ? '_' : c;
}

bool filter_same(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (folded(a.p[i]) != folded(b.p[i]))
			return false;
	return true;
}

/* Optimal string alignment, over words that are short enough to be meant. */
enum { NEAR_MAX = 32 };
static size_t distance(struct str a, struct str b)
{
	size_t before[NEAR_MAX + 1] = {0};
	size_t last[NEAR_MAX + 1];
	size_t now[NEAR_MAX + 1];
	for (size_t k = 0; k <= b.n; k++)
		last[k] = k;
	for (size_t i = 1; i <= a.n; i++) {
		now[0] = i;
		for (size_t k = 1; k <= b.n; k++) {
			char x = folded(a.p[i - 1]);
			char y = folded(b.p[k - 1]);
			size_t best = last[k - 1] + (x != y);
			best = last[k] + 1 < best ? last[k] + 1 : best;
			best = now[k - 1] + 1 < best ? now[k - 1] + 1 : best;
			if (i > 1 && k > 1 && x == folded(b.p[k - 2]) && folded(a.p[i - 2]) == y &&
			    before[k - 2] + 1 < best)
				best = before[k - 2] + 1;
			now[k] = best;
		}
		for (size_t k = 0; k <= b.n; k++) {
			before[k] = last[k];
			last[k] = now[k];
		}
	}
	return last[b.n];
}

void filter_near(struct filter_guess *g, struct str word)
{
	if (g->typed.n > NEAR_MAX || word.n > NEAR_MAX)
		return;
	size_t d = distance(g->typed, word);
	bool begins = g->typed.n >= 3 && word.n > g->typed.n && filter_same(str_sub(word, 0, g->typed.n), g->typed);
	if (begins)
		d = 1;
	if (d <= 1 + g->typed.n / 4 && (g->word.n == 0 || d < g->distance)) {
		g->word = word;
		g->distance = d;
	}
}
