#include "domain/referral_told.h"

static bool has_moved_in(const struct ce_referral *own, const struct told_entry *e, struct day today)
{
	return e->agency == own->agency && e->day.n >= own->made.n && ce_kind_fits(own->kind, e->type) &&
	       day_known(e->move_in) && e->move_in.n <= today.n;
}

static bool is_newer(const struct told_event *e, const struct told_event *than)
{
	if (than == NULL || e->ours != than->ours)
		return than == NULL || e->ours;
	return e->event.resulted.n > than->event.resulted.n;
}

enum referral_state referral_told(const struct ce_referral *own, enum referral_state is,
				  const struct told_event *events, size_t events_n, const struct told_entry *entries,
				  size_t entries_n, struct day today)
{
	static const enum referral_state as[CE_RESULTS_N] = {
		[CE_ACCEPTED] = REFERRAL_ACCEPTED,
		[CE_CLIENT_DECLINED] = REFERRAL_CLIENT_DECLINED,
		[CE_PROVIDER_DECLINED] = REFERRAL_PROVIDER_DECLINED,
	};
	const struct told_event *last = NULL;
	enum referral_state to = is;
	for (size_t i = 0; i < events_n; i++) {
		const struct told_event *e = &events[i];
		bool same = e->ours || ce_is_same(own, &e->event);
		if (same && ce_result_on(&e->event, today) != CE_OPEN && is_newer(e, last))
			last = e;
	}
	if (last != NULL)
		to = as[last->event.result];
	for (size_t i = 0; i < entries_n; i++)
		if (has_moved_in(own, &entries[i], today))
			to = REFERRAL_MOVED_IN;
	return referral_may_become(is, to) ? to : is;
}
