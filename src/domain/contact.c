#include "domain/contact.h"

#include "domain/flag.h"

const struct contact_way_row contact_way_table[CONTACT_WAYS_N] = {
#define X(name, key, button, words, counts) {STR_INIT(key), STR_INIT(button), STR_INIT(words), counts},
	CONTACT_WAYS(X)
#undef X
};
const struct contact_place_row contact_place_table[CONTACT_PLACES_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CONTACT_PLACES(X)
#undef X
};

bool contact_way_parse(struct str key, enum contact_way *out)
{
	for (int i = 0; i < CONTACT_WAYS_N; i++) {
		if (str_eq(contact_way_table[i].key, key)) {
			*out = (enum contact_way)i;
			return true;
		}
	}
	return false;
}

bool contact_place_parse(struct str key, enum contact_place *out)
{
	for (int i = 0; i < CONTACT_PLACES_N; i++) {
		if (str_eq(contact_place_table[i].key, key)) {
			*out = (enum contact_place)i;
			return true;
		}
	}
	*out = CONTACT_PLACES_N;
	return key.n == 0;
}

err_t contact_check(struct arena *a, struct day day, struct day today)
{
	if (!day_known(day) || day.n > today.n)
		return err_new(a, ERR_INVALID, "On which day was it? Choose today or a day before.");
	if (day_diff(day, today) > CONTACT_BACK_DAYS)
		return err_new(a, ERR_INVALID, "That is more than %d days ago: enter it into the HMIS.",
			       CONTACT_BACK_DAYS);
	return NULL;
}

uint64_t contact_flags(const struct rules *rules, struct day as_of, struct day contact, uint64_t flags)
{
	int32_t silent = day_diff(contact, as_of);
	if (silent <= rules->contact_overdue_days)
		flags &= ~(uint64_t)FLAG_CONTACT_OVERDUE;
	if (silent <= rules->status_old_days)
		flags &= ~(uint64_t)FLAG_STALE;
	return flags;
}
