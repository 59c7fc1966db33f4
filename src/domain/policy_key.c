/* The lines of the order: a key, its groups or its direction, and what happens to the unknown. */
#include "domain/policy_reader.h"

static bool value_find(struct policy_values values, struct str word, size_t *out)
{
	for (*out = 0; *out < values.n; ++*out) {
		struct str rest = word;
		if (reader_phrase(&rest, values.words[*out].p) && rest.n == 0)
			return true;
	}
	return false;
}

/* "first verified, likely, unknown": the values of one more group. */
static void group_read(struct policy_reader *r, struct priority_use *use, bool *named, struct str list)
{
	struct policy_values values = policy_values_of(use->key);
	struct str key = priority_key_table[use->key].word;
	size_t left = 0;
	for (size_t v = 0; v < values.n; v++)
		left += !named[v];
	if (use->groups == PRIORITY_GROUPS) {
		reader_fault(r, r->line, "\"%.*s\" has more than %d groups.", STR_ARG(key), PRIORITY_GROUPS);
		return;
	}
	if (str_eq_nocase(str_trim(list), S("others"))) {
		if (left == 0)
			reader_fault(r, r->line, "\"others\" is nobody here: every value of \"%.*s\" is named already.",
				     STR_ARG(key));
		for (size_t v = 0; v < values.n; v++)
			if (!named[v]) {
				named[v] = true;
				use->group[v] = use->groups;
			}
		use->groups++;
		return;
	}
	for (bool more = true; more;) {
		struct str word;
		size_t v;
		more = str_cut(list, ',', &word, &list);
		word = str_trim(word);
		if (!value_find(values, word, &v)) {
			reader_fault(r, r->line, "\"%.*s\" is not a value of \"%.*s\"; write %s.",
				     STR_ARG(str_sub(word, 0, 40)), STR_ARG(key),
				     use->key == PRIORITY_CHRONIC ? "verified, likely, unknown or not"
				     : use->key == PRIORITY_BAND
					     ? "high, middle or low"
					     : "unsheltered, shelter, safe haven, transitional, motel, "
					       "doubled up, institution, other, housed, unknown, or others");
			return;
		}
		if (named[v]) {
			reader_fault(r, r->line, "\"%.*s\" is named twice.", STR_ARG(word));
			return;
		}
		named[v] = true;
		use->group[v] = use->groups;
	}
	use->groups++;
}

/* "older than 365 days is missing" */
static bool age_read(struct policy_reader *r, struct str clause)
{
	int days;
	if (!reader_phrase(&clause, "older than"))
		return false;
	if (!reader_number(&clause, 1, POLICY_DAYS_MOST, &days) || !reader_phrase(&clause, "days is missing") ||
	    clause.n > 0) {
		reader_fault(r, r->line, "Write \"older than 365 days is missing\", with 1 to %d days.",
			     POLICY_DAYS_MOST);
		return true;
	}
	int *to = &r->p->order.score_days;
	if (*to != 0 && *to != days)
		reader_fault(r, r->line, "A score cannot be too old after %d days and after %d.", *to, days);
	*to = days;
	return true;
}

static bool missing_read(struct policy_reader *r, struct priority_use *use, struct str clause)
{
	size_t band;
	if (!reader_phrase(&clause, "missing"))
		return false;
	if (use->key == PRIORITY_BAND && reader_phrase(&clause, "is") &&
	    value_find(policy_values_of(PRIORITY_BAND), clause, &band))
		r->p->order.missing = (enum band)band;
	else if (use->key == PRIORITY_SCORE && str_eq_nocase(clause, S("first")))
		use->reverse = true;
	else if (use->key != PRIORITY_SCORE || !str_eq_nocase(clause, S("last")))
		reader_fault(r, r->line, "%s",
			     use->key == PRIORITY_BAND ? "Write \"missing is middle\", or high, or low."
						       : "Write \"missing last\" or \"missing first\".");
	return true;
}

/* One clause of a key with groups; the first of them must say who is first. */
static void clause_of_groups(struct policy_reader *r, struct priority_use *use, bool *named, struct str clause)
{
	bool first = reader_phrase(&clause, "first");
	if (first || reader_phrase(&clause, "then")) {
		if (first != (use->groups == 0))
			reader_fault(r, r->line,
				     "The first group begins with \"first\", each further one with \"then\".");
		else
			group_read(r, use, named, clause);
		return;
	}
	if (use->key == PRIORITY_BAND && (missing_read(r, use, clause) || age_read(r, clause)))
		return;
	reader_fault(r, r->line, "\"%.*s\" is not understood; write \"first …; then …\".",
		     STR_ARG(str_sub(clause, 0, 60)));
}

static void groups_check(struct policy_reader *r, const struct priority_use *use, const bool *named)
{
	struct policy_values values = policy_values_of(use->key);
	for (size_t v = 0; v < values.n; v++)
		if (!named[v]) {
			reader_fault(r, r->line, "Say where \"%.*s\" comes: it is in no group.",
				     STR_ARG(values.words[v]));
			return;
		}
	if (use->groups < 2)
		reader_fault(r, r->line, "With one group \"%.*s\" decides nothing; leave the line out.",
			     STR_ARG(priority_key_table[use->key].word));
}

static void clause_of_number(struct policy_reader *r, struct priority_use *use, struct str clause, bool *said)
{
	static const struct {
		enum priority_key key;
		const char *forwards, *backwards;
	} words[] = {
		{PRIORITY_MONTHS, "most first", "fewest first"},
		{PRIORITY_START, "oldest first", "newest first"},
		{PRIORITY_SCORE, "highest first", NULL},
		{PRIORITY_RAISED, "first", NULL},
		{PRIORITY_NOMINATED, "first", NULL},
	};
	struct str rest = clause;
	if (use->key == PRIORITY_SCORE && *said && (missing_read(r, use, clause) || age_read(r, clause)))
		return;
	int *most = use->key == PRIORITY_RAISED      ? &r->p->order.raise_days
		    : use->key == PRIORITY_NOMINATED ? &r->p->order.nominate_days
						     : NULL;
	if (most != NULL && *said && reader_phrase(&rest, "at most")) {
		if (!reader_number(&rest, 1, POLICY_DAYS_MOST, most) || !str_eq_nocase(rest, S("days")))
			reader_fault(r, r->line, "Write \"at most 180 days\", with 1 to %d days.", POLICY_DAYS_MOST);
		return;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].key != use->key)
			continue;
		bool forwards = reader_phrase(&rest, words[i].forwards) && rest.n == 0;
		bool backwards = !forwards && words[i].backwards != NULL && (rest = clause, true) &&
				 reader_phrase(&rest, words[i].backwards) && rest.n == 0;
		if (*said || (!forwards && !backwards))
			reader_fault(r, r->line, "\"%.*s\" is not understood; write \"%s\"%s%s%s.",
				     STR_ARG(str_sub(clause, 0, 60)), words[i].forwards,
				     words[i].backwards != NULL ? " or \"" : "",
				     words[i].backwards != NULL ? words[i].backwards : "",
				     words[i].backwards != NULL ? "\"" : "");
		use->reverse = use->reverse || backwards;
		*said = true;
		return;
	}
	reader_fault(r, r->line, "The lot is drawn; it takes no further words.");
}

static void clauses_read(struct policy_reader *r, struct priority_use *use, struct str rest)
{
	bool named[PRIORITY_VALUES] = {false};
	bool said = false;
	bool groups = policy_values_of(use->key).n > 0;
	size_t faults = r->faults->n;
	if (use->key == PRIORITY_LOT && rest.n == 0)
		return;
	for (bool more = true; more;) {
		struct str clause;
		more = str_cut(rest, ';', &clause, &rest);
		clause = str_trim(clause);
		if (groups)
			clause_of_groups(r, use, named, clause);
		else
			clause_of_number(r, use, clause, &said);
	}
	if (groups && r->faults->n == faults)
		groups_check(r, use, named);
}

void reader_key(struct policy_reader *r, struct str line)
{
	struct priority_policy *o = &r->p->order;
	for (int k = 0; k < PRIORITY_KEYS_N; k++) {
		struct str rest = line;
		if (!reader_phrase(&rest, priority_key_table[k].word.p))
			continue;
		if (r->line_of[k] > 0) {
			reader_fault(r, r->line, "\"%.*s\" stands in line %d already.",
				     STR_ARG(priority_key_table[k].word), r->line_of[k]);
			return;
		}
		r->line_of[k] = r->line;
		struct priority_use *use = &o->uses[o->n++];
		use->key = (enum priority_key)k;
		clauses_read(r, use, rest);
		return;
	}
	struct str word, rest;
	const char *why = policy_key_refused(line);
	str_cut(str_sub(line, 0, 40), ' ', &word, &rest);
	if (why != NULL)
		reader_fault(r, r->line, "\"%.*s\" %s", STR_ARG(word), why);
	else
		reader_fault(r, r->line,
			     "\"%.*s\" is no key; the keys are chronic, severity, raised, nominated, months in 36, "
			     "score, staying, list start and lot.",
			     STR_ARG(word));
}
