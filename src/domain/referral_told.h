/* What an HMIS tells of one of our referrals: agencies record how it ended there, or that the household moved in, and
 * nobody should have to say it twice.
 *
 * An event of the HMIS is about the referral where it has the id that we exported it with, or tells of the same one
 * (ce_is_same). A move-in is its end where the household entered a project of the receiving agency, of the kind that it
 * was referred to, on the day it was issued or later. A referral only goes where a person could take it
 * (referral_may_become): what HMIS says of one that is over changes nothing. (ours)
 */
#ifndef DOMAIN_REFERRAL_TOLD_H
#define DOMAIN_REFERRAL_TOLD_H

#include <stddef.h>

#include "domain/ce_referral.h"
#include "domain/referral.h"

struct told_event {
	bool ours; /* it has our id */
	struct ce_referral event;
};

struct told_entry {
	struct day day;
	struct day move_in; /* DAY_NONE: not moved in */
	int type;           /* enum project_type */
	uint32_t agency;
};

/* Of a referral `own`, issued on own->made to own->agency, that is in a state: where it goes by what was told up to
 * `today`; the same state where nothing new was. A move-in counts before an event, our own event before others, and of
 * those the newest result. */
enum referral_state referral_told(const struct ce_referral *own, enum referral_state is,
				  const struct told_event *events, size_t events_n, const struct told_entry *entries,
				  size_t entries_n, struct day today);

#endif
