#include "domain/household_apart.h"

#include <stdlib.h>

#include "domain/household.h"

struct str apart_reason_word(enum apart_reason reason)
{
	static const struct str words[] = {
#define X(name, word, say) [name] = STR_INIT(word),
		APART_REASONS(X)
#undef X
	};
	return words[reason];
}

const char *apart_reason_say(enum apart_reason reason)
{
	static const char *const says[] = {
#define X(name, word, say) [name] = say,
		APART_REASONS(X)
#undef X
	};
	return says[reason];
}

void roster_part(struct roster *r, uint32_t person, uint32_t party, struct day day, struct day start)
{
	if (day.n > r->as_of.n)
		return;
	if (party >= r->parties_n) {
		struct roster_party *grown = NULL;
		if (party <= UINT16_MAX)
			grown = realloc(r->parties, ((size_t)party + 1) * sizeof *grown);
		if (grown == NULL) {
			r->full = true;
			return;
		}
		for (uint32_t i = r->parties_n; i <= party; i++)
			grown[i] = (struct roster_party){ROSTER_NONE, DAY_NONE, DAY_NONE};
		r->parties = grown;
		r->parties_n = party + 1;
	}
	r->people[person].party = (uint16_t)party;
	r->parties[party].day = day;
	r->parties[party].start = start;
}

/* A stay of somebody who is of a party, begun after the day. */
struct parted {
	uint32_t group, party, stay;
};

static int parted_compare(const void *x, const void *y)
{
	const struct parted *a = x;
	const struct parted *b = y;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->party != b->party)
		return a->party < b->party ? -1 : 1;
	return (a->stay > b->stay) - (a->stay < b->stay);
}

static bool is_older(const struct roster *r, uint32_t a, uint32_t b)
{
	struct day x = r->people[a].birth;
	struct day y = r->people[b].birth;
	if (day_known(x) != day_known(y))
		return day_known(x);
	return x.n != y.n ? x.n < y.n : a < b;
}

static void find_heads(struct roster *r)
{
	for (uint32_t i = 0; i < r->people_n; i++) {
		struct roster_party *party = &r->parties[r->people[i].party];
		if (r->people[i].party != 0 && (party->head == ROSTER_NONE || is_older(r, i, party->head)))
			party->head = i;
	}
}

static bool begun_apart(const struct roster *r, const struct roster_stay *s)
{
	if (s->person == ROSTER_NONE || s->group == ROSTER_NONE || r->people[s->person].party == 0)
		return false;
	return s->entry.n >= r->parties[r->people[s->person].party].day.n;
}

/* The stays of one household stay: each party but the one that keeps it gets one of its own. */
static void divide(struct roster *r, const struct parted *list, size_t n)
{
	if (list[0].party == list[n - 1].party)
		return;
	uint32_t keeps = 0;
	for (size_t i = 0; i < n && keeps == 0; i++)
		if (r->stays[list[i].stay].relation == RELATION_HEAD)
			keeps = list[i].party;
	uint32_t fresh = ROSTER_NONE;
	for (size_t i = 0; i < n; i++) {
		if (list[i].party == keeps)
			continue;
		if (i == 0 || list[i].party != list[i - 1].party)
			fresh = roster_add_group(r);
		if (fresh == ROSTER_NONE)
			return;
		r->stays[list[i].stay].group = fresh;
	}
}

void household_settle_stays_apart(struct roster *r)
{
	if (r->parties_n == 0)
		return;
	find_heads(r);
	size_t n = 0;
	for (uint32_t i = 0; i < r->stays_n; i++)
		n += begun_apart(r, &r->stays[i]);
	struct parted *list = malloc((n + 1) * sizeof *list);
	if (list == NULL) {
		r->full = true;
		return;
	}
	n = 0;
	for (uint32_t i = 0; i < r->stays_n; i++)
		if (begun_apart(r, &r->stays[i]))
			list[n++] = (struct parted){r->stays[i].group, r->people[r->stays[i].person].party, i};
	qsort(list, n, sizeof *list, parted_compare);
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end < n && list[end].group == list[i].group)
			end++;
		divide(r, list + i, end - i);
		i = end;
	}
	free(list);
}

uint32_t household_leader(const struct roster *r, uint32_t person, uint32_t head)
{
	return roster_apart(r, person, head) ? r->parties[r->people[person].party].head : head;
}

struct day household_move_in_shared(const struct roster *r, uint32_t person, uint32_t head, struct day move_in)
{
	if (!roster_apart(r, person, head))
		return move_in;
	int32_t mine = r->parties[r->people[person].party].day.n;
	int32_t theirs = r->parties[r->people[head].party].day.n;
	return move_in.n < (mine < theirs ? mine : theirs) ? move_in : DAY_NONE;
}

/* Somebody of a party, and after whom their household would be named. */
struct bound {
	uint32_t root, party, person;
};

static int bound_compare(const void *x, const void *y)
{
	const struct bound *a = x;
	const struct bound *b = y;
	if (a->root != b->root)
		return a->root < b->root ? -1 : 1;
	if (a->party != b->party)
		return a->party < b->party ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

void household_settle_apart(struct roster *r)
{
	if (r->parties_n == 0)
		return;
	size_t n = 0;
	for (uint32_t i = 0; i < r->people_n; i++)
		n += r->people[i].party != 0;
	struct bound *list = malloc((n + 1) * sizeof *list);
	if (list == NULL) {
		r->full = true;
		return;
	}
	n = 0;
	for (uint32_t i = 0; i < r->people_n; i++)
		if (r->people[i].party != 0)
			list[n++] = (struct bound){household_root(r, i), r->people[i].party, i};
	qsort(list, n, sizeof *list, bound_compare);
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end < n && list[end].root == list[i].root)
			end++;
		for (size_t k = i; list[i].party != list[end - 1].party && k < end; k++)
			r->people[list[k].person].leader = r->parties[list[k].party].head;
		i = end;
	}
	free(list);
}
