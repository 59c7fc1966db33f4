#include "domain/tag.h"

enum { YOUTH_BELOW = 25, OLDER_FROM = 55 };

static uint32_t bit(enum tag t)
{
	return UINT32_C(1) << t;
}

static enum tag tag_of_type(int type)
{
	switch (type) {
	case PROJECT_OUTREACH:
		return TAG_IN_OUTREACH;
	case PROJECT_SHELTER:
	case PROJECT_NIGHT_SHELTER:
		return TAG_IN_SHELTER;
	case PROJECT_SAFE_HAVEN:
		return TAG_IN_SAFE_HAVEN;
	case PROJECT_TRANSITIONAL:
		return TAG_IN_TRANSITIONAL;
	case PROJECT_RAPID:
		return TAG_IN_RAPID;
	case PROJECT_SUPPORTIVE:
		return TAG_IN_SUPPORTIVE;
	case PROJECT_HOUSING:
	case PROJECT_HOUSING_SERVICES:
		return TAG_IN_HOUSING;
	case PROJECT_COORDINATED:
		return TAG_IN_COORDINATED;
	default:
		return TAG_IN_SERVICES;
	}
}

static uint32_t enrolled(const struct roster *r, uint32_t person)
{
	uint32_t tags = 0;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (!day_known(s->exit))
			tags |= bit(tag_of_type(roster_type(r, s)));
	}
	return tags;
}

static bool is_disabled(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (s->disabling == CODE_YES || (s->bits & STAY_IMPAIRED) != 0)
			return true;
	}
	return false;
}

static uint32_t chances(const struct roster *r, const struct listing_row *row)
{
	enum situation at = (enum situation)row->situation;
	bool open = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	bool homeless = at == SITUATION_UNSHELTERED || at == SITUATION_SHELTER || at == SITUATION_SAFE_HAVEN ||
			r->spells[row->head].institution;
	bool chronic = row->chronic == CHRONIC_VERIFIED || row->chronic == CHRONIC_LIKELY;
	uint32_t tags = 0;
	if (!open)
		return 0;
	if (homeless)
		tags |= bit(TAG_FOR_RAPID) | bit(TAG_FOR_TRANSITIONAL);
	if ((homeless || at == SITUATION_TRANSITIONAL) && (chronic || is_disabled(r, row->head)))
		tags |= bit(TAG_FOR_SUPPORTIVE);
	if (homeless && chronic)
		tags |= bit(TAG_FOR_DEDICATED);
	return tags;
}

uint32_t tag_of(const struct roster *r, const struct listing_row *row)
{
	uint32_t tags = chances(r, row);
	unsigned people = 0;
	bool young = true;
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE; m = r->people[m].next) {
		if (r->spells[m].status == STATUS_DECEASED)
			continue;
		struct day birth = r->people[m].birth;
		int age = day_known(birth) ? day_age(birth, r->as_of) : -1;
		people++;
		young = young && age >= 0 && age < YOUTH_BELOW;
		if (age >= OLDER_FROM)
			tags |= bit(TAG_OLDER);
		tags |= enrolled(r, m);
	}
	/* Of a list that does not name everybody, the others may be older. */
	if (young && people > 0 && people == row->members)
		tags |= bit(TAG_YOUTH);
	if (row->type == HOUSEHOLD_FAMILY)
		tags |= bit(TAG_FAMILY);
	if (row->type == HOUSEHOLD_ADULTS || row->members == 1)
		tags |= bit(TAG_INDIVIDUAL);
	return tags;
}
