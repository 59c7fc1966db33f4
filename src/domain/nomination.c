#include "domain/nomination.h"

#include "domain/adjustment.h"

const struct nomination_stance_row nomination_stance_table[NOMINATION_STANCES_N] = {
#define X(name, word, say) [name] = {STR_INIT(word), STR_INIT(say)},
	NOMINATION_STANCES(X)
#undef X
};

bool nomination_stance_parse(struct str word, enum nomination_stance *out)
{
	for (int s = 0; s < NOMINATION_STANCES_N; s++)
		if (str_eq(word, nomination_stance_table[s].word)) {
			*out = (enum nomination_stance)s;
			return true;
		}
	return false;
}

err_t nomination_check(struct arena *a, const struct policy *p, struct day today, const struct nomination_new *n)
{
	int most = p->order.nominate_days;
	if (!p->nominations)
		return err_new(a, ERR_CONFLICT, "The policy for %s has no nominations.",
			       policy_kind_table[p->kind].say);
	if (str_utf8_len(str_trim(n->reason)) < NOMINATION_WORDS_LEAST)
		return err_new(a, ERR_INVALID, "Say why you nominate the household, in at least %d characters.",
			       NOMINATION_WORDS_LEAST);
	struct str blames = policy_reason_blames(a, n->reason);
	if (blames.n > 0)
		return err_new(a, ERR_INVALID, "%.*s", STR_ARG(blames));
	if (!day_known(n->until) || n->until.n <= today.n || day_diff(today, n->until) > most)
		return err_new(a, ERR_INVALID, "A nomination ends after today and within %d days.", most);
	return adjustment_check_review(a, today, n->until, n->review);
}

err_t nomination_check_part(struct arena *a, struct str proposed, struct str agency)
{
	if (agency.n == 0)
		return err_new(a, ERR_CONFLICT, "Choose the agency that says this.");
	if (str_eq(proposed, agency))
		return err_new(a, ERR_CONFLICT,
			       "The agency that nominated the household does not decide; the others of the group do.");
	return NULL;
}

void nomination_add(struct nomination_count *count, enum nomination_stance stance)
{
	count->agree += stance == STANCE_AGREES;
	count->against += stance == STANCE_AGAINST;
	count->out += stance == STANCE_OUT;
}

err_t nomination_close(struct arena *a, const struct nomination_count *count, bool *agreed)
{
	if (count->agree + count->against < NOMINATION_DECIDE_LEAST)
		return err_new(
			a, ERR_CONFLICT,
			"At least %d agencies without an interest have to say what they think before the group has "
			"decided.",
			NOMINATION_DECIDE_LEAST);
	*agreed = count->agree > count->against;
	return NULL;
}

struct str nomination_count_say(struct arena *a, const struct nomination_count *count)
{
	return str_fmt(a, "%d %s agreed, %d did not, %d stepped out", count->agree,
		       count->agree == 1 ? "agency" : "agencies", count->against, count->out);
}
