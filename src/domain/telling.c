#include "domain/telling.h"

#include "domain/step.h"

#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
const struct telling_row telling_way_table[TELLING_WAY_N] = {TELLING_WAYS(X)};
const struct telling_row telling_answer_table[TELLING_ANSWER_N] = {TELLING_ANSWERS(X)};
#undef X

static bool parse(const struct telling_row *rows, int n, struct str key, int *out)
{
	for (int i = 0; i < n; i++) {
		if (str_eq(rows[i].key, key)) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool telling_way_parse(struct str key, enum telling_way *out)
{
	int i;
	if (!parse(telling_way_table, TELLING_WAY_N, key, &i))
		return false;
	*out = (enum telling_way)i;
	return true;
}

bool telling_answer_parse(struct str key, enum telling_answer *out)
{
	int i;
	if (!parse(telling_answer_table, TELLING_ANSWER_N, key, &i))
		return false;
	*out = (enum telling_answer)i;
	return true;
}

err_t telling_check(struct arena *a, struct str words, enum telling_way way, struct str teller)
{
	if (way == TELLING_NOT && str_trim(words).n == 0)
		return err_new(a, ERR_INVALID, "Say in a few words why the person is not told now.");
	if (str_trim(words).n == 0)
		return err_new(a, ERR_INVALID, "Write one plain sentence for the person: what happens next.");
	if (way != TELLING_NOT && teller.n == 0)
		return err_new(a, ERR_INVALID, "Choose who tells the person.");
	return NULL;
}

/* A step as the end of a sentence: begun small unless its first word is an abbreviation, without a full stop. */
static struct str as_clause(struct arena *a, struct str step)
{
	step = str_trim(step);
	while (step.n > 0 && step.p[step.n - 1] == '.')
		step.n--;
	bool upper = step.n > 0 && step.p[0] >= 'A' && step.p[0] <= 'Z';
	bool shouts = step.n > 1 && step.p[1] >= 'A' && step.p[1] <= 'Z';
	if (!upper || shouts)
		return step;
	return str_fmt(a, "%c%.*s", step.p[0] - 'A' + 'a', STR_ARG(str_sub(step, 1, step.n)));
}

struct str telling_draft(struct arena *a, struct str step, struct str owner, struct day due, struct day today)
{
	if (str_trim(step).n == 0)
		return S("");
	struct str next = as_clause(a, step);
	if (owner.n == 0)
		return str_fmt(a, "We talked about you. Next: %.*s.", STR_ARG(next));
	if (!day_known(due))
		return str_fmt(a, "We talked about you. Next: %.*s. %.*s does it.", STR_ARG(next), STR_ARG(owner));
	struct str day = step_day_words(a, due, today);
	return str_fmt(a, "We talked about you. Next: %.*s. %.*s does it by %.*s.", STR_ARG(next), STR_ARG(owner),
		       STR_ARG(day));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool holds(struct str text, const char *phrase)
{
	for (size_t at = 0; at < text.n; at++) {
		size_t n = 0;
		while (phrase[n] != '\0' && at + n < text.n && lower(text.p[at + n]) == phrase[n])
			n++;
		if (phrase[n] == '\0')
			return true;
	}
	return false;
}

struct str telling_rewrite(struct str words)
{
	static const char *const promises[] = {
		"promise",       "guarantee", "you will move in", "you will get a home", "you’ll move in",
		"you will have", "very soon", "for sure",         "definitely",          "certainly"};
	for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
		if (holds(words, promises[i]))
			return S("This may be heard as a promise. What happens next, and who does it, can be kept.");
	return S("");
}
