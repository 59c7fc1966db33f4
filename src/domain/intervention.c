#include "domain/intervention.h"

#include "base/buf.h"

const struct intervention_word intervention_table[INTERVENTIONS_N] = {
#define X(name, key, label) {STR_INIT(key), STR_INIT(label)},
	INTERVENTIONS(X)
#undef X
};
const struct intervention_word outcome_table[OUTCOMES_N] = {
#define X(name, key, label) {STR_INIT(key), STR_INIT(label)},
	INTERVENTION_OUTCOMES(X)
#undef X
};

static bool parse(const struct intervention_word *table, int n, struct str key, int *out)
{
	for (int i = 0; i < n; i++) {
		if (str_eq(table[i].key, key)) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool intervention_parse(struct str key, enum intervention_kind *out)
{
	int i;
	bool known = parse(intervention_table, INTERVENTIONS_N, key, &i);
	if (known)
		*out = (enum intervention_kind)i;
	return known;
}

bool outcome_parse(struct str key, enum intervention_outcome *out)
{
	int i;
	bool known = parse(outcome_table, OUTCOMES_N, key, &i);
	if (known)
		*out = (enum intervention_outcome)i;
	return known;
}

struct str intervention_text(struct arena *a, const struct intervention *i)
{
	char day[DAY_TEXT];
	struct str kind = intervention_table[i->kind].key;
	struct str outcome = outcome_table[i->outcome].key;
	return str_fmt(a, "%.*s %.*s %s\n%.*s", STR_ARG(kind), STR_ARG(outcome), day_text(i->day, day),
		       STR_ARG(i->words));
}

bool intervention_read(struct str text, struct intervention *out)
{
	struct intervention i;
	struct str head;
	struct str kind;
	struct str outcome;
	str_cut(text, '\n', &head, &i.words);
	if (!str_cut(head, ' ', &kind, &head) || !str_cut(head, ' ', &outcome, &head))
		return false;
	if (!intervention_parse(kind, &i.kind) || !outcome_parse(outcome, &i.outcome) || !day_parse(head, &i.day))
		return false;
	*out = i;
	return true;
}

/* The newest entry of a kind that says how it went; an earlier wish for it says nothing. */
static const struct intervention *newest_of(const struct intervention *all, size_t n, enum intervention_kind kind)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].kind == kind && all[i].outcome != OUTCOME_STEP_UP)
			return &all[i];
	return NULL;
}

struct str intervention_tried(struct arena *a, const struct intervention *before, size_t n)
{
	struct buf out = buf_new(a, 1024);
	for (int k = 0; k < INTERVENTIONS_N; k++) {
		const struct intervention *i = newest_of(before, n, (enum intervention_kind)k);
		if (i == NULL)
			continue;
		struct str label = intervention_table[k].label;
		struct str outcome = outcome_table[i->outcome].label;
		buf_fmt(&out, "%s%.*s (%.*s)", out.n > 0 ? "; " : "Tried before: ", STR_ARG(label), STR_ARG(outcome));
	}
	if (out.n == 0)
		return S("Nothing is on file that was tried before.");
	buf_str(&out, S("."));
	return buf_text(&out);
}

bool intervention_solved(const struct intervention *all, size_t n)
{
	return newest_of(all, n, TRIED_PROBLEM_SOLVING) != NULL;
}
