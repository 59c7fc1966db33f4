#include "domain/household.h"

#include "domain/household_apart.h"
#include "domain/spell.h"

const char *household_type_say(enum household_type type)
{
	static const char *const say[] = {
		[HOUSEHOLD_UNKNOWN] = "unknown",
		[HOUSEHOLD_ADULTS] = "only adults",
		[HOUSEHOLD_FAMILY] = "adults and children",
		[HOUSEHOLD_CHILDREN] = "only children",
	};
	return say[type];
}

enum household_type household_type(const int *ages, size_t n)
{
	bool adult = false;
	bool child = false;
	bool unknown = n == 0;
	for (size_t i = 0; i < n; i++) {
		adult |= ages[i] >= HOUSEHOLD_ADULT;
		child |= ages[i] >= 0 && ages[i] < HOUSEHOLD_ADULT;
		unknown |= ages[i] < 0;
	}
	if (adult && child)
		return HOUSEHOLD_FAMILY;
	if (unknown)
		return HOUSEHOLD_UNKNOWN;
	return adult ? HOUSEHOLD_ADULTS : HOUSEHOLD_CHILDREN;
}

struct day household_move_in_valid(int project_type, const struct household_stay *s, struct day last)
{
	struct day d = s->move_in;
	bool valid = day_known(d) && type_is_permanent(project_type) && d.n >= s->entry.n && d.n <= last.n &&
		     (!day_known(s->exit) || d.n <= s->exit.n);
	return valid ? d : DAY_NONE;
}

struct day household_move_in(const struct household_stay *member, const struct household_stay *head)
{
	if (day_known(member->move_in) || !day_known(head->move_in))
		return member->move_in;
	if (member->entry.n > head->move_in.n)
		return member->entry;
	if (day_known(member->exit) && member->exit.n < head->move_in.n)
		return DAY_NONE;
	return head->move_in;
}

struct day household_to_street(const struct household_stay *member, const struct household_stay *head)
{
	struct day d = member->to_street;
	if (!day_known(d) && head != NULL && day_known(member->birth) && member->entry.n == head->entry.n &&
	    !household_is_adult(member->birth, member->entry))
		d = head->to_street;
	if (!day_known(d) || d.n > member->entry.n)
		return DAY_NONE;
	return day_known(member->birth) && member->birth.n <= member->entry.n ? day_max(d, member->birth) : d;
}

/* The older of two stays' people; unknown birth dates count as young; then the lower number. */
static bool stay_is_older(const struct roster *r, uint32_t a, uint32_t b)
{
	uint32_t pa = r->stays[a].person;
	uint32_t pb = r->stays[b].person;
	struct day x = r->people[pa].birth;
	struct day y = r->people[pb].birth;
	if (day_known(x) != day_known(y))
		return day_known(x);
	if (x.n != y.n)
		return x.n < y.n;
	return pa != pb ? pa < pb : a < b;
}

/* Settle step 4: every stay gets its place in the index; the oldest member heads a household stay in
 * which not exactly one says to be the head; birth caps the stay's own DateToStreetESSH, here and not
 * later, because children will read it from the head's stay. As in step 2, every part reads all stays. */
void household_settle_heads(struct roster *r, unsigned part, unsigned parts)
{
	enum { AHEAD = 24 };
	struct roster_range people = roster_share(r->people_n, part, parts);
	struct roster_range groups = roster_share(r->groups_n, part, parts);
	for (uint32_t i = 0, n = r->stays_n; i < n; i++) {
		if (n - i > AHEAD) {
			const struct roster_stay *soon = &r->stays[i + AHEAD];
			if (roster_in(people, soon->person))
				__builtin_prefetch(&r->people[soon->person], 1);
			if (roster_in(groups, soon->group))
				__builtin_prefetch(&r->groups[soon->group], 1);
		}
		struct roster_stay *s = &r->stays[i];
		if (roster_in(people, s->person)) {
			struct roster_person *p = &r->people[s->person];
			r->order[--p->stays] = i;
			if (day_known(s->to_street)) {
				if (s->to_street.n > s->entry.n)
					atomic_fetch_or_explicit(&s->bits, STAY_STREET_LATE, memory_order_relaxed);
				struct household_stay own = {
					.entry = s->entry, .birth = p->birth, .to_street = s->to_street};
				s->to_street = household_to_street(&own, NULL);
			}
		}
		if (s->person == ROSTER_NONE || !roster_in(groups, s->group))
			continue;
		struct roster_group *g = &r->groups[s->group];
		if (g->heads != 1 && (g->head == ROSTER_NONE || stay_is_older(r, i, g->head)))
			g->head = i;
	}
}

uint32_t household_head_stay(const struct roster *r, uint32_t stay)
{
	uint32_t g = r->stays[stay].group;
	return g == ROSTER_NONE ? stay : r->groups[g].head;
}

/* Stays by entry; of one day in the order they were added. */
static void sort_stays(const struct roster *r, uint32_t *order, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		uint32_t x = order[i];
		int32_t entry = r->stays[x].entry.n;
		uint32_t k = i;
		for (; k > 0; k--) {
			int32_t before = r->stays[order[k - 1]].entry.n;
			if (before < entry || (before == entry && order[k - 1] < x))
				break;
			order[k] = order[k - 1];
		}
		order[k] = x;
	}
}

/* What a member takes from the head of the household stay. */
static void stay_inherit(struct roster *r, uint32_t i, struct day birth)
{
	struct roster_stay *s = &r->stays[i];
	if (s->group == ROSTER_NONE || r->groups[s->group].people < 2)
		return;
	atomic_fetch_or_explicit(&s->bits, STAY_SHARED, memory_order_relaxed);
	uint32_t head = household_head_stay(r, i);
	if (head == i)
		return;
	const struct roster_stay *h = &r->stays[head];
	struct household_stay own = {s->entry, s->exit, s->move_in, birth, s->to_street};
	struct day move_in = household_move_in_shared(r, s->person, h->person, h->move_in);
	struct household_stay theirs = {h->entry, h->exit, move_in, DAY_NONE, h->to_street};
	if (type_is_permanent(roster_type(r, s)))
		s->move_in = household_move_in(&own, &theirs);
	s->to_street = household_to_street(&own, &theirs);
	if (!day_known(own.to_street) && day_known(s->to_street))
		atomic_fetch_or_explicit(&s->bits, STAY_STREET_TAKEN, memory_order_relaxed);
}

uint32_t household_latest(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	uint32_t best = ROSTER_NONE;
	for (uint32_t k = first; k < end; k++) {
		uint32_t i = r->order[k];
		if (best == ROSTER_NONE) {
			best = i;
			continue;
		}
		const struct roster_stay *s = &r->stays[i];
		const struct roster_stay *b = &r->stays[best];
		bool aside = type_is_aside(roster_type(r, s));
		if (aside != type_is_aside(roster_type(r, b))) {
			if (!aside)
				best = i;
			continue;
		}
		/* Of one day: the one that still lasts, then the one that lasted longer. */
		if (s->entry.n > b->entry.n || (day_known(b->exit) && (!day_known(s->exit) || s->exit.n > b->exit.n)))
			best = i;
	}
	return best;
}

/* Settle step 5: what each person's own stays say. Writes own stays that are not a head's, reads the
 * heads' stays; so people may be settled side by side. */
void household_settle_people(struct roster *r, unsigned part, unsigned parts)
{
	struct roster_range people = roster_share(r->people_n, part, parts);
	for (uint32_t i = people.from; i < people.to; i++) {
		uint32_t first;
		uint32_t end;
		roster_ahead(r, i, people.to);
		struct roster_person *p = &r->people[i];
		roster_stays(r, i, &first, &end);
		sort_stays(r, r->order + first, end - first);
		for (uint32_t k = first; k < end; k++) {
			const struct roster_stay *s = &r->stays[r->order[k]];
			if (day_known(p->birth) && p->birth.n > s->entry.n) {
				p->settled |= HOUSEHOLD_BAD_BIRTH;
				p->birth = DAY_NONE;
			}
			if (s->bits & STAY_MOVE_IN_BAD)
				p->settled |= HOUSEHOLD_BAD_MOVE_IN;
		}
		for (uint32_t k = first; k < end; k++)
			stay_inherit(r, r->order[k], p->birth);
		uint32_t latest = household_latest(r, i);
		if (latest != ROSTER_NONE) {
			const struct roster_stay *s = &r->stays[latest];
			p->leader = household_leader(r, i, r->stays[household_head_stay(r, latest)].person);
			unsigned heads = s->group == ROSTER_NONE ? 1 : r->groups[s->group].heads;
			if (heads != 1)
				p->settled |= heads == 0 ? HOUSEHOLD_NO_HEAD : HOUSEHOLD_SEVERAL_HEADS;
		}
		spell_settle(r, i);
	}
}

/* True where the leader went on without the person. */
static bool is_left_behind(const struct roster *r, uint32_t person)
{
	uint32_t last = household_latest(r, person);
	const struct roster_stay *together = &r->stays[household_head_stay(r, last)];
	if (!day_known(together->exit) || together->person != r->people[person].leader)
		return false;
	uint32_t theirs = household_latest(r, together->person);
	if (r->stays[theirs].group == r->stays[last].group)
		return false;
	struct day birth = r->people[person].birth;
	enum { CHILD = 2 };
	return day_known(birth) ? birth.n <= r->adult.n : r->stays[last].relation != CHILD;
}

/* The next person on the way to the one a household is named after. */
static uint32_t household_step(const struct roster *r, uint32_t person)
{
	uint32_t leader = r->people[person].leader;
	return leader == person || is_left_behind(r, person) ? person : leader;
}

uint32_t household_root(const struct roster *r, uint32_t person)
{
	enum { CHAIN = 64 };
	uint32_t at = person;
	for (int hop = 0; hop < CHAIN; hop++) {
		uint32_t next = household_step(r, at);
		if (next == at)
			return at;
		at = next;
	}
	uint32_t best = at;
	uint32_t walk = household_step(r, at);
	for (int hop = 0; hop < CHAIN; hop++) {
		if (walk == at)
			return best;
		struct day x = r->people[walk].birth;
		struct day y = r->people[best].birth;
		if (day_known(x) != day_known(y) ? day_known(x) : x.n != y.n ? x.n < y.n : walk < best)
			best = walk;
		walk = household_step(r, walk);
	}
	return person;
}

/* Settle step 7: households and their members. */
void household_settle_members(struct roster *r, unsigned part, unsigned parts)
{
	struct roster_range people = roster_share(r->people_n, part, parts);
	for (uint32_t i = people.from; i < people.to; i++) {
		struct roster_person *p = &r->people[i];
		uint32_t root = i;
		if (p->leader != i) {
			root = household_root(r, i);
			if (household_step(r, i) == i)
				p->settled |= HOUSEHOLD_SPLIT;
		}
		p->household = root;
		p->next = atomic_exchange_explicit(&r->people[root].member, i, memory_order_relaxed);
	}
}
