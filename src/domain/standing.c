#include "domain/standing.h"

#include <string.h>

enum { BREAK_NIGHTS = 7 };
static const uint64_t ALL_MONTHS = ((uint64_t)1 << STANDING_MONTHS) - 1;

/* The months from a to b, as bits; nothing where b < a. */
static uint64_t months_span(const struct roster *r, struct day a, struct day b)
{
	int old = roster_back(r, a);
	int new = roster_back(r, b);
	if (a.n > b.n || new >= STANDING_REACH)
		return 0;
	uint64_t mask = old >= STANDING_REACH - 1 ? UINT64_MAX : ((uint64_t)1 << (old + 1)) - 1;
	return mask >> new << new;
}

/* The last night of a stay, on the roster's day at the latest; a stay without a night counts the day it
 * was entered. */
static struct day last_night(const struct roster *r, const struct roster_stay *s)
{
	if (!day_known(s->exit))
		return r->as_of;
	return day_max(s->entry, day_add(s->exit, -1));
}

/* An institutional stay that began from homelessness and ends in it (or has not ended) within the limit:
 * the months up to the return. The return is known by its month alone. */
static uint64_t months_inside(const struct roster *r, const struct roster_stay *s, uint64_t homeless)
{
	int type = roster_type(r, s);
	if (!day_known(s->exit) || !situation_is_institution(s->destination) || !type_is_homeless(type) ||
	    type == PROJECT_TRANSITIONAL)
		return 0;
	struct day limit = day_add(s->exit, r->rules.institution_days - 1);
	uint64_t back = homeless & months_span(r, s->exit, limit) & ~months_span(r, s->exit, s->exit);
	if (back != 0) {
		int earliest = 63 - __builtin_clzll(back);
		return months_span(r, s->exit, r->month_first[earliest]);
	}
	return r->as_of.n <= limit.n ? months_span(r, s->exit, r->as_of) : 0;
}

/* Nights known to have been elsewhere, a bit per night of each month. Most people have none: the bits are zeroed
 * for the first. */
struct elsewhere {
	uint32_t night[STANDING_REACH];
	bool any;
};

static void elsewhere_add(struct elsewhere *e, const struct roster *r, struct day from, struct day last)
{
	if (from.n > last.n)
		return;
	int old = roster_back(r, from);
	if (old >= STANDING_REACH)
		old = STANDING_REACH - 1;
	if (!e->any)
		memset(e->night, 0, sizeof e->night);
	e->any = true;
	for (int k = roster_back(r, last); k <= old; k++) {
		int32_t month = r->month_first[k].n;
		int32_t end = k > 0 && last.n >= r->month_first[k - 1].n ? r->month_first[k - 1].n - 1 : last.n;
		int32_t first = from.n > month ? from.n - month : 0;
		int32_t stop = end - month; /* 0 to 30 */
		e->night[k] |= (uint32_t)(((uint64_t)2 << stop) - ((uint64_t)1 << first));
	}
}

static uint64_t elsewhere_months(const struct elsewhere *e)
{
	uint64_t broken = 0;
	for (int k = 0; e->any && k < STANDING_REACH; k++) {
		uint32_t run = e->night[k];
		run &= run >> 1;
		run &= run >> 2;
		run &= run >> (BREAK_NIGHTS - 4);
		if (run != 0)
			broken |= (uint64_t)1 << k;
	}
	return broken;
}

/* Months with a known break, up to `last`: transitional housing, and what follows a housed ending until
 * the next fact that opens a spell. */
static uint64_t months_broken(const struct roster *r, uint32_t person, struct day last)
{
	const struct roster_person *p = &r->people[person];
	struct elsewhere e;
	e.any = false;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (roster_type(r, s) != PROJECT_TRANSITIONAL)
			continue;
		struct day out = day_known(s->exit) ? day_add(s->exit, -1) : r->as_of;
		elsewhere_add(&e, r, s->entry, out.n < last.n ? out : last);
	}
	for (uint32_t k = 0; k < p->ends_n; k++) {
		const struct roster_end *x = &r->ends[p->ends + k];
		if (x->kind != ENDING_HOUSED)
			continue;
		struct day out = r->as_of;
		if (x->opened != INT32_MAX)
			out.n = x->opened - 1;
		else if (k + 1 < p->ends_n)
			out = day_add(r->ends[p->ends + k + 1].day, -1);
		elsewhere_add(&e, r, x->day, out.n < last.n ? out : last);
	}
	return elsewhere_months(&e);
}

/* The entry of the stay whose resident keeps the months had at entry; DAY_NONE for everybody else. */
static struct day kept_at(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		int type = roster_type(r, s);
		if (!day_known(s->exit) &&
		    (type == PROJECT_TRANSITIONAL || (type == PROJECT_RAPID && day_known(s->move_in))))
			return s->entry;
	}
	return DAY_NONE;
}

/* The n latest months of mask: its lowest bits. */
static uint64_t latest_months(uint64_t mask, int n)
{
	uint64_t out = 0;
	for (; n > 0 && mask != 0; n--) {
		out |= mask & -mask;
		mask &= mask - 1;
	}
	return out;
}

/* The months that papers on file speak of. */
static uint64_t months_on_paper(const struct roster *r, uint32_t person, bool own_word)
{
	uint64_t mask = 0;
	size_t low = 0;
	size_t high = r->papers_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (r->papers[mid].person < person)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < r->papers_n && r->papers[low].person == person; low++)
		for (int32_t m = r->papers[low].first; m <= r->papers[low].last; m++) {
			int32_t back = r->month - m;
			if (r->papers[low].own_word == own_word && back >= 0 && back < STANDING_REACH)
				mask |= (uint64_t)1 << back;
		}
	return mask;
}

/* What was said at the entries with its months. */
static uint64_t months_said(const struct roster *r, uint32_t person)
{
	uint64_t said = 0;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (day_known(s->to_street) && s->to_street.n < s->entry.n)
			said |= months_span(r, s->to_street, day_add(s->entry, -1));
		if (situation_is_homeless(s->living))
			said |= months_span(r, s->entry, s->entry);
	}
	return said;
}

/* What was said, and the months without a date that were, on the latest free ones. */
static uint64_t months_reported(const struct roster *r, uint32_t person, uint64_t documented, uint64_t said,
				uint64_t broken)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		int total = s->months_said - 100;
		if (total < 1 || total > 13)
			continue;
		int back = roster_back(r, s->entry);
		uint64_t window = back < STANDING_REACH ? ALL_MONTHS << back : 0;
		int known = __builtin_popcountll((documented | said) & window);
		said |= latest_months(window & ~(documented | said | broken), total - known);
	}
	return said & ~documented;
}

uint64_t standing_stay_months(const struct roster *r, const struct roster_stay *s)
{
	int type = roster_type(r, s);
	uint64_t roof =
		type == PROJECT_SHELTER || type == PROJECT_SAFE_HAVEN ? months_span(r, s->entry, last_night(r, s)) : 0;
	return s->months | roof;
}

void standing_months(const struct roster *r, uint32_t person, struct standing_months *out)
{
	struct day kept = kept_at(r, person);
	struct day last = day_known(kept) ? day_add(kept, -1) : r->as_of;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	uint64_t recorded = 0;
	for (uint32_t k = first; k < end; k++)
		recorded |= standing_stay_months(r, &r->stays[r->order[k]]);
	uint64_t letters = months_on_paper(r, person, false);
	uint64_t documented = recorded | letters;
	uint64_t inside = 0;
	for (uint32_t k = first; k < end; k++)
		inside |= months_inside(r, &r->stays[r->order[k]], documented);
	uint64_t broken = months_broken(r, person, last);
	documented = (documented | inside) & ~broken;
	uint64_t said = months_said(r, person) & ~broken;
	uint64_t own = months_on_paper(r, person, true) & ~broken;
	uint64_t reported = months_reported(r, person, documented, said | own, broken);
	uint64_t on_paper = (letters & documented & ~(recorded | inside)) | (own & reported & ~said);

	out->kept = day_known(kept);
	out->month = out->kept ? day_month(kept) : r->month;
	int32_t later = r->month - out->month; /* months after the 36 */
	out->documented = later < STANDING_REACH ? documented >> later & ALL_MONTHS : 0;
	out->reported = later < STANDING_REACH ? reported >> later & ALL_MONTHS : 0;
	out->broken = later < STANDING_REACH ? broken >> later & ALL_MONTHS : 0;
	out->on_paper = later < STANDING_REACH ? on_paper >> later & ALL_MONTHS : 0;
	uint64_t months = out->documented | out->reported;
	out->count = __builtin_popcountll(months);
	out->occasions = __builtin_popcountll(months & ~(months << 1));
	out->longest = 0;
	for (; months != 0; months &= months << 1)
		out->longest++;
}

int standing_roof_nights(const struct roster *r, uint32_t person, struct day first, struct day last)
{
	uint32_t from;
	uint32_t end;
	roster_stays(r, person, &from, &end);
	int nights = 0;
	struct day next = first; /* the first night that is not counted yet; stays come by entry */
	for (uint32_t k = from; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		int type = roster_type(r, s);
		if (type != PROJECT_SHELTER && type != PROJECT_SAFE_HAVEN)
			continue;
		struct day a = day_max(s->entry, next);
		struct day b = day_known(s->exit) ? day_add(s->exit, -1) : r->as_of;
		if (b.n > last.n)
			b = last;
		if (a.n > b.n)
			continue;
		nights += day_diff(a, b) + 1;
		next = day_add(b, 1);
	}
	return nights;
}
