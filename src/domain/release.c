#include "domain/release.h"

/* The words of a table: how each is stored, and how it is said. */
struct word {
	const char *word;
	const char *say;
};

#define X(name, word, say) [name] = {word, say},
static const struct word scopes[RELEASE_SCOPES_N] = {RELEASE_SCOPES(X)};
static const struct word purposes[PURPOSES_N] = {PURPOSES(X)};
static const struct word givens[RELEASE_GIVENS_N] = {RELEASE_GIVENS(X)};
static const struct word laws[LAWS_N] = {LAWS(X)};
#undef X
#define X(name, word, title, say) [name] = {word, say},
static const struct word points[CONSENT_POINTS_N] = {CONSENT_POINTS(X)};
#undef X
#define X(name, word, title, say) [name] = (title),
static const char *const point_titles[CONSENT_POINTS_N] = {CONSENT_POINTS(X)};
#undef X

const char *release_scope_word(enum release_scope s)
{
	return scopes[s].word;
}

const char *release_scope_say(enum release_scope s)
{
	return scopes[s].say;
}

const char *purpose_word(enum purpose p)
{
	return purposes[p].word;
}

const char *purpose_say(enum purpose p)
{
	return purposes[p].say;
}

const char *release_given_word(enum release_given g)
{
	return givens[g].word;
}

const char *release_given_say(enum release_given g)
{
	return givens[g].say;
}

const char *consent_point_word(enum consent_point p)
{
	return points[p].word;
}

const char *consent_point_title(enum consent_point p)
{
	return point_titles[p];
}

const char *consent_point_say(enum consent_point p)
{
	return points[p].say;
}

static bool find(const struct word *words, int n, struct str word, int *out)
{
	for (int i = 0; i < n; i++)
		if (str_eq(word, str_from(words[i].word))) {
			*out = i;
			return true;
		}
	return false;
}

bool release_scope_parse(struct str word, enum release_scope *out)
{
	int i = 0;
	bool found = find(scopes, RELEASE_SCOPES_N, word, &i);
	if (found)
		*out = (enum release_scope)i;
	return found;
}

bool purpose_parse(struct str word, enum purpose *out)
{
	int i = 0;
	bool found = find(purposes, PURPOSES_N, word, &i);
	if (found)
		*out = (enum purpose)i;
	return found;
}

bool release_given_parse(struct str word, enum release_given *out)
{
	int i = 0;
	bool found = find(givens, RELEASE_GIVENS_N, word, &i);
	if (found)
		*out = (enum release_given)i;
	return found;
}

const char *law_word(enum fact_law l)
{
	return laws[l].word;
}

bool law_parse(struct str word, enum fact_law *out)
{
	int i = 0;
	bool found = find(laws, LAWS_N, word, &i);
	if (found)
		*out = (enum fact_law)i;
	return found;
}

bool consent_point_parse(struct str word, enum consent_point *out)
{
	int i = 0;
	bool found = find(points, CONSENT_POINTS_N, word, &i);
	if (found)
		*out = (enum consent_point)i;
	return found;
}

/* What a law asks of a release beside naming the law. */
static const struct {
	bool specific; /* names its agencies */
	bool ends;     /* has a last day */
} law_asks[LAWS_N] = {
	[LAW_VAWA] = {true, true},   [LAW_PART2] = {false, true}, [LAW_27F] = {true, true},
	[LAW_HIPAA] = {false, true}, [LAW_VA] = {true, true},
};

static bool extends_to(const struct release *r, enum fact_law law)
{
	if (law == LAW_HMIS)
		return true;
	return (r->laws & LAW_BIT(law)) != 0 && (!law_asks[law].specific || r->scope == SCOPE_NAMED) &&
	       (!law_asks[law].ends || day_known(r->until));
}

bool release_falls_short(const struct release *r, enum fact_law *law)
{
	for (int l = 0; l < LAWS_N; l++)
		if ((r->laws & LAW_BIT(l)) != 0 && !extends_to(r, (enum fact_law)l)) {
			*law = (enum fact_law)l;
			return true;
		}
	return false;
}

static bool names(const struct release *r, const struct release_asker *who)
{
	if (who->agency.n == 0)
		return false;
	if (r->scope == SCOPE_COC)
		return true;
	if (r->scope == SCOPE_REGION)
		return who->in_region;
	for (size_t i = 0; i < r->agencies_n; i++)
		if (str_eq(r->agencies[i], who->agency))
			return true;
	return false;
}

static enum consent of_release(const struct release *r, const struct release_asker *who, enum purpose purpose,
			       enum fact_law law, struct day today)
{
	if (day_known(r->ended) && r->ended.n <= today.n)
		return CONSENT_WITHDRAWN;
	if (day_known(r->until) && r->until.n < today.n)
		return CONSENT_LAPSED;
	if (names(r, who) && extends_to(r, law) && (r->purposes & PURPOSE_BIT(purpose)) != 0)
		return CONSENT_HERE;
	return CONSENT_ELSEWHERE;
}

/* The last refusal before or on a day, or n. */
static size_t last_refusal(const struct release *rows, size_t n, struct day today)
{
	for (size_t i = n; i > 0; i--)
		if (rows[i - 1].refused && rows[i - 1].from.n <= today.n)
			return i - 1;
	return n;
}

/* Somebody who withdrew what was signed for another of their records withdrew this too, if it was signed before. */
static bool withdrawn_elsewhere(const struct release *rows, size_t n, const struct release *r, struct day today)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].other && day_known(rows[i].ended) && rows[i].ended.n <= today.n &&
		    rows[i].ended.n >= r->from.n)
			return true;
	return false;
}

/* What the releases say that count, beginning at `first`: all of them, or only those that name agencies. */
static enum consent best_of(const struct release *rows, size_t n, size_t first, bool named_only,
			    const struct release_asker *who, enum purpose purpose, enum fact_law law, struct day today)
{
	enum consent best = CONSENT_NONE;
	for (size_t i = first; i < n; i++) {
		if (rows[i].from.n > today.n || rows[i].other || (named_only && rows[i].scope != SCOPE_NAMED))
			continue;
		enum consent says = of_release(&rows[i], who, purpose, law, today);
		if (says > CONSENT_WITHDRAWN && withdrawn_elsewhere(rows, n, &rows[i], today))
			says = CONSENT_WITHDRAWN;
		best = says > best ? says : best;
	}
	return best;
}

enum consent release_covers(const struct release *rows, size_t n, const struct release_asker *who, enum purpose purpose,
			    enum fact_law law, struct day today)
{
	size_t refusal = last_refusal(rows, n, today);
	enum consent without = refusal < n ? CONSENT_REFUSED : CONSENT_NONE;
	enum consent best = best_of(rows, n, refusal < n ? refusal + 1 : 0, false, who, purpose, law, today);
	return best > without ? best : without;
}

bool release_is_general(const struct release *rows, size_t n, const struct release_asker *who, enum purpose purpose,
			enum fact_law law, struct day today)
{
	size_t refusal = last_refusal(rows, n, today);
	size_t first = refusal < n ? refusal + 1 : 0;
	return best_of(rows, n, first, false, who, purpose, law, today) == CONSENT_HERE &&
	       best_of(rows, n, first, true, who, purpose, law, today) != CONSENT_HERE;
}

struct day release_offer_again(const struct release *rows, size_t n, struct day today)
{
	size_t refusal = last_refusal(rows, n, today);
	for (size_t i = refusal + 1; refusal < n && i < n; i++)
		if (rows[i].from.n <= today.n)
			return DAY_NONE;
	return refusal < n ? rows[refusal].offer_again : DAY_NONE;
}
