#include "domain/adjustment.h"

err_t adjustment_check(struct arena *a, const struct policy *p, struct day today, const struct adjustment_new *n)
{
	int most = p->order.raise_days;
	if (most == 0)
		return err_new(a, ERR_CONFLICT, "The policy in force has no adjustments.");
	if (str_utf8_len(str_trim(n->misses)) < ADJUSTMENT_WORDS_LEAST)
		return err_new(a, ERR_INVALID, "Say what the score misses, in at least %d characters.",
			       ADJUSTMENT_WORDS_LEAST);
	if (str_utf8_len(str_trim(n->reason)) < ADJUSTMENT_WORDS_LEAST)
		return err_new(a, ERR_INVALID, "Say why this raises the household, in at least %d characters.",
			       ADJUSTMENT_WORDS_LEAST);
	struct str blames = policy_reason_blames(a, n->reason);
	if (blames.n == 0)
		blames = policy_reason_blames(a, n->misses);
	if (blames.n > 0)
		return err_new(a, ERR_INVALID, "%.*s", STR_ARG(blames));
	if (!day_known(n->until) || n->until.n <= today.n || day_diff(today, n->until) > most)
		return err_new(a, ERR_INVALID, "An adjustment ends after today and within %d days.", most);
	return adjustment_check_review(a, today, n->until, n->review);
}

err_t adjustment_check_review(struct arena *a, struct day today, struct day until, struct day review)
{
	if (!day_known(review) || review.n <= today.n || review.n > until.n)
		return err_new(a, ERR_INVALID, "The day of review lies after today and not after the end.");
	return NULL;
}

err_t adjustment_check_second(struct arena *a, struct str proposed, struct str agreeing)
{
	if (agreeing.n == 0)
		return err_new(a, ERR_CONFLICT, "Your account belongs to no agency, so it cannot agree for one.");
	if (str_eq(proposed, agreeing))
		return err_new(
			a, ERR_CONFLICT,
			"Your agency proposed it; somebody of another agency who knows the household has to agree.");
	return NULL;
}
