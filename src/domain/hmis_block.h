/* What a conference leaves for a household's record in the HMIS, as text to copy there.
 *
 * The conference is worked in byname and the HMIS stays the system of record for services, so what was agreed is typed
 * there by a worker who may: one note for the head of the household. A conference is no coordinated-entry event of its
 * own (4.20 knows referrals and what was offered), so none is made up: the block says when to record one. Contact that
 * was written down here is a current living situation (4.12) there only where somebody asked where the person stays.
 *
 * Nothing is written for a household that is protected, that a victim service provider serves or listed, of which
 * somebody declined to share or withdrew, or that is in no HMIS: "Households that are protected or refuse HMIS are in
 * no HMIS export" (DEFINITIONS, "Who may be named").
 */
#ifndef DOMAIN_HMIS_BLOCK_H
#define DOMAIN_HMIS_BLOCK_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

/* Why there is no block; each alone is enough. */
enum { BLOCK_PROTECTED = 1, BLOCK_VICTIM = 2, BLOCK_REFUSES = 4, BLOCK_NOT_HMIS = 8, BLOCK_WHYS = 16 };

struct hmis_block_step {
	struct str words, owner, state;
	struct str due; /* "Mon 23 Nov 2026"; empty: none */
};

struct hmis_block {
	unsigned whys;      /* BLOCK_…: 0 where there may be one */
	struct str hmis_id; /* of the head */
	struct str region;
	struct str day;      /* of the conference */
	struct str barriers; /* "Documents, Landlord"; empty: none was named */
	struct str barrier;  /* in words; empty: none */
	const struct hmis_block_step *steps;
	size_t steps_n;
	struct str target, review;  /* days; empty: none */
	const struct str *contacts; /* "Mon 16 Nov 2026, met in person" */
	size_t contacts_n;
};

/* The text; empty where there must be none, or nothing was done. As personal as the words. */
struct str hmis_block_text(struct arena *a, const struct hmis_block *b);

#endif
