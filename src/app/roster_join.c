/* Several records of one person become one person, before a roster is settled. */
#include "app/roster_inside.h"

#include <limits.h>
#include <stdlib.h>

#include "store/q_duplicate.h"

err_t roster_load_links(struct roster_fill *f, struct arena *a, struct db *db)
{
	struct q_client_links *rows;
	TRY(q_client_links(db, a, &rows, &f->links_n));
	f->links = arena_many(a, f->links_n, struct roster_link);
	for (size_t i = 0; i < f->links_n; i++)
		f->links[i] = (struct roster_link){(uint32_t)rows[i].client_no, (uint32_t)rows[i].one_no, ROSTER_NONE};
	return NULL;
}

static int link_compare(const void *x, const void *y)
{
	const struct roster_link *a = x;
	const struct roster_link *b = y;
	return (a->client > b->client) - (a->client < b->client);
}

static struct roster_link *link_of(const struct roster_fill *f, uint32_t client)
{
	struct roster_link wanted = {.client = client};
	return f->links_n == 0 ? NULL : bsearch(&wanted, f->links, f->links_n, sizeof wanted, link_compare);
}

uint32_t roster_fill_joined(const struct roster_fill *f, int64_t client_no)
{
	const struct roster_link *link = link_of(f, (uint32_t)client_no);
	const struct roster_link *one = link != NULL ? link_of(f, link->one) : NULL;
	return one != NULL ? one->person : ROSTER_NONE;
}

int64_t roster_fill_record(const struct roster_fill *f, uint32_t stay)
{
	size_t low = 0;
	size_t high = f->joined_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (f->joined[mid].stay < stay)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->joined_n && f->joined[low].stay == stay ? f->joined[low].client : 0;
}

/* The person of a group is its first record that is there: it keeps its client number. */
static void choose(struct roster_fill *f, uint32_t *into)
{
	const struct roster *r = f->r;
	for (uint32_t p = 0; p < r->people_n; p++) {
		struct roster_link *link = link_of(f, f->clients[p]);
		into[p] = p;
		if (link == NULL)
			continue;
		struct roster_link *one = link_of(f, link->one);
		if (one != NULL && (one->person == ROSTER_NONE || f->clients[one->person] > link->client))
			one->person = p;
	}
	for (uint32_t p = 0; p < r->people_n; p++) {
		uint32_t joined = roster_fill_joined(f, f->clients[p]);
		if (joined != ROSTER_NONE)
			into[p] = joined;
	}
}

/* What one record does not know another may. */
static void join_person(struct roster *r, uint32_t from, uint32_t into)
{
	const struct roster_person *p = &r->people[from];
	struct roster_person *q = &r->people[into];
	if (!day_known(q->birth))
		q->birth = p->birth;
	q->bits |= p->bits & (PERSON_VETERAN | PERSON_VERIFIED);
	if (p->said_size > q->said_size) {
		q->said_size = p->said_size;
		q->said_type = p->said_type;
	}
}

static err_t note(struct roster_fill *f, struct arena *a, uint32_t stay, uint32_t client)
{
	if (f->joined_n == f->joined_room) {
		size_t room = f->joined_room == 0 ? 64 : 2 * f->joined_room;
		struct roster_joined *grown = realloc(f->joined, room * sizeof *grown);
		if (grown == NULL)
			return roster_no_memory(a);
		f->joined = grown;
		f->joined_room = room;
	}
	f->joined[f->joined_n++] = (struct roster_joined){stay, client};
	return NULL;
}

static err_t join_stays(struct roster_fill *f, struct arena *a, const uint32_t *into)
{
	struct roster *r = f->r;
	for (uint32_t i = 0; i < r->stays_n; i++) {
		uint32_t person = r->stays[i].person;
		if (person == ROSTER_NONE || into[person] == person)
			continue;
		TRY(note(f, a, i, f->clients[person]));
		r->stays[i].person = into[person];
	}
	for (uint32_t i = 0; i < r->decisions_n; i++)
		r->decisions[i].person = into[r->decisions[i].person];
	return NULL;
}

/* Somebody is absent from the exports where every one of the records is: that one of two is gone is what becomes of
 * two that were merged in the HMIS. */
static void join_gone(struct roster_fill *f, const uint32_t *into, unsigned char *records)
{
	size_t kept = 0;
	for (uint32_t p = 0; p < f->r->people_n; p++)
		if (f->clients[p] != ROSTER_NOBODY && records[into[p]] < UCHAR_MAX)
			records[into[p]]++;
	for (size_t i = 0; i < f->gone_n; i++)
		records[into[f->gone[i].person]]--;
	for (size_t i = 0; i < f->gone_n; i++) {
		struct roster_gone gone = f->gone[i];
		gone.person = into[gone.person];
		if (records[gone.person] == 0)
			f->gone[kept++] = gone;
	}
	f->gone_n = kept;
}

static err_t join(struct roster_fill *f, struct arena *a, uint32_t *into, unsigned char *records)
{
	struct roster *r = f->r;
	choose(f, into);
	TRY(join_stays(f, a, into));
	join_gone(f, into, records);
	for (uint32_t p = 0; p < r->people_n; p++) {
		if (into[p] == p)
			continue;
		join_person(r, p, into[p]);
		f->clients[p] = ROSTER_NOBODY;
	}
	return NULL;
}

err_t roster_fill_join(struct roster_fill *f, struct arena *a)
{
	if (f->links_n == 0 || f->links_done || f->r->full)
		return NULL;
	f->links_done = true;
	uint32_t *into = malloc(((size_t)f->r->people_n + 1) * sizeof *into);
	unsigned char *records = calloc((size_t)f->r->people_n + 1, 1);
	err_t e = into == NULL || records == NULL ? roster_no_memory(a) : join(f, a, into, records);
	free(into);
	free(records);
	return e;
}
