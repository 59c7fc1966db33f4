#include "domain/filter.h"

#include "base/buf.h"
#include "domain/access.h"
#include "domain/document.h"
#include "domain/filter_inside.h"
#include "domain/flag.h"
#include "domain/needs.h"
#include "domain/priority.h"
#include "domain/spell.h"
#include "domain/tag.h"

#define X(name, word, say) word,
static const char *const statuses[] = {STATUSES(X) NULL};
#undef X
#define X(name, say) say,
static const char *const situations[] = {SITUATIONS(X) NULL};
#undef X
#define X(name, word, say, who, facts) word,
static const char *const flags[] = {FLAGS(X) NULL};
#undef X
#define X(name, word) word,
static const char *const groups[] = {TAG_GROUPS(X) NULL};
static const char *const enrollments[] = {TAG_ENROLLMENTS(X) NULL};
static const char *const chances[] = {TAG_CHANCES(X) NULL};
#undef X
#define X(name, key, label, veterans) key,
static const char *const papers[] = {DOCUMENTS(X) NULL};
#undef X
#define X(name, word, say, housing, service) word,
static const char *const needs[] = {NEED_LEVELS(X) NULL};
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
static const char *const tenancies[] = {"not_at_risk", "at_risk", NULL};
static const char *const answers[] = {"no", "yes", NULL};
/* Whomever it names: a release that covers another agency is in force all the same. */
static const char *const releases[] = {
	[CONSENT_NONE] = "none",     [CONSENT_REFUSED] = "refused",    [CONSENT_WITHDRAWN] = "withdrawn",
	[CONSENT_LAPSED] = "lapsed", [CONSENT_ELSEWHERE] = "in_force", NULL,
};

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

/* A range as days or numbers: an age counts back from the day. */
static void bounds(const struct filter_range *r, struct day as_of, int64_t *low, int64_t *high)
{
	*low = r->ago ? (int64_t)as_of.n - r->high : r->low;
	*high = r->ago ? (int64_t)as_of.n - r->low : r->high;
	if (*low <= FILTER_UNKNOWN)
		*low = FILTER_UNKNOWN + 1;
}

static bool ranges_hold(const struct filter_term *t, int32_t value, struct day as_of)
{
	int64_t low;
	int64_t high;
	for (size_t i = 0; i < t->ranges_n; i++) {
		bounds(&t->ranges[i], as_of, &low, &high);
		if (value >= low && value <= high)
			return true;
	}
	return false;
}

/* Each loop asks one thing, so that the compiler can ask it of several values at once. */
void filter_narrow(const struct filter_term *t, const int32_t *value, size_t n, struct day as_of, bool *passes)
{
	int64_t low;
	int64_t high;
	switch (t->row->kind) {
	case FILTER_IS_CHOICE:
		for (size_t i = 0; i < n; i++)
			passes[i] &= (((uint32_t)value[i] < 64 && (t->set >> (value[i] & 63) & 1) != 0) ||
				      (t->unknown && value[i] == FILTER_UNKNOWN)) != t->turned;
		return;
	case FILTER_IS_FLAGS: /* filter_narrow_flags */
	case FILTER_IS_NAME:
	case FILTER_IS_NUMBER:
	case FILTER_IS_DAY:
		break;
	}
	if (t->ranges_n == 1) {
		bounds(&t->ranges[0], as_of, &low, &high);
		int32_t least = low > INT32_MAX ? INT32_MAX : (int32_t)low;
		int32_t most = high > INT32_MAX ? INT32_MAX : high < FILTER_UNKNOWN ? FILTER_UNKNOWN : (int32_t)high;
		for (size_t i = 0; i < n; i++)
			passes[i] &= ((value[i] >= least && value[i] <= most) ||
				      (t->unknown && value[i] == FILTER_UNKNOWN)) != t->turned;
		return;
	}
	for (size_t i = 0; i < n; i++)
		passes[i] &= (value[i] == FILTER_UNKNOWN ? t->unknown : ranges_hold(t, value[i], as_of)) != t->turned;
}

void filter_narrow_flags(const struct filter_term *t, const uint64_t *bits, size_t n, bool *passes)
{
	for (size_t i = 0; i < n; i++)
		passes[i] &= (bits[i] == 0 ? t->unknown : (t->set & bits[i]) != 0) != t->turned;
}

bool filter_matches(const struct filter *f, const struct filter_facts *facts)
{
	bool passes = true;
	for (size_t i = 0; i < f->terms_n && passes; i++) {
		const struct filter_term *t = &f->terms[i];
		if (t->row->kind == FILTER_IS_FLAGS)
			filter_narrow_flags(t, &facts->bits[t->key], 1, &passes);
		else
			filter_narrow(t, &facts->value[t->key], 1, facts->as_of, &passes);
	}
	return passes;
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
