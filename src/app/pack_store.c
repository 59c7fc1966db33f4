#include <stdlib.h>

#include "app/import_number.h"
#include "app/listing_derive.h"
#include "app/pack.h"
#include "store/q_pack.h"
#include "store/seal.h"

enum {
	PACKS_BESIDE = 8, /* of one transaction while others may be waiting for theirs */
	PACKS_ALONE = 64, /* of a first import */
	PACK_MOST = 1 << 30,
};

/* Where somebody stands in the packs: households by their lowest client number, then members by theirs. */
struct place {
	uint32_t low;
	uint32_t client;
	uint32_t person;
};

struct packing {
	struct listing_derivation *d;
	struct night_book *nights;
	struct personal_ids *ids;
	struct pack_people people;
	struct place *places;
	size_t places_n;
	uint32_t low, high; /* of one transaction */
	size_t next;        /* of places, the first that it writes */
};

static uint32_t pack_low(uint32_t client)
{
	return (client - 1) / PACK_CLIENTS * PACK_CLIENTS + 1;
}

struct seal_place pack_place(struct arena *a, int64_t low_client)
{
	return (struct seal_place){"pack", "content", str_fmt(a, "%lld", (long long)low_client)};
}

/* Stays by person, in the order in which they were added. */
static void index_stays(struct packing *p, struct arena *a)
{
	const struct roster *r = p->d->f->r;
	uint32_t *first = arena_many(a, (size_t)r->people_n + 2, uint32_t);
	uint32_t *order = arena_many(a, r->stays_n, uint32_t);
	for (uint32_t i = 0; i < r->stays_n; i++)
		if (r->stays[i].person != ROSTER_NONE)
			first[r->stays[i].person + 2]++;
	for (size_t i = 2; i < (size_t)r->people_n + 2; i++)
		first[i] += first[i - 1];
	for (uint32_t i = 0; i < r->stays_n; i++)
		if (r->stays[i].person != ROSTER_NONE)
			order[first[r->stays[i].person + 1]++] = i;
	p->people.first = first;
	p->people.order = order;
}

static uint32_t root_of(uint32_t *up, uint32_t person)
{
	while (up[person] != person)
		person = up[person] = up[up[person]];
	return person;
}

/* Whoever shared a household stay, ever, stands under one of them: the one with the lowest client number. */
static void join(struct packing *p, uint32_t *up, uint32_t a, uint32_t b)
{
	const uint32_t *clients = p->d->f->clients;
	a = root_of(up, a);
	b = root_of(up, b);
	if (a == b)
		return;
	if (clients[a] < clients[b])
		up[b] = a;
	else
		up[a] = b;
}

static int place_compare(const void *x, const void *y)
{
	const struct place *a = x;
	const struct place *b = y;
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	return (a->client > b->client) - (a->client < b->client);
}

static void find_places(struct packing *p, struct arena *a)
{
	const struct roster_fill *f = p->d->f;
	const struct roster *r = f->r;
	uint32_t *up = arena_many(a, r->people_n, uint32_t);
	uint32_t *with = arena_many(a, r->groups_n, uint32_t); /* somebody of the household stay, plus one */
	p->places = arena_many(a, r->people_n, struct place);
	for (uint32_t i = 0; i < r->people_n; i++)
		up[i] = i;
	for (uint32_t i = 0; i < r->stays_n; i++) {
		const struct roster_stay *s = &r->stays[i];
		if (s->person == ROSTER_NONE || s->group == ROSTER_NONE)
			continue;
		if (with[s->group] == 0)
			with[s->group] = s->person + 1;
		else
			join(p, up, with[s->group] - 1, s->person);
	}
	for (uint32_t i = 0; i < r->people_n; i++)
		if (f->clients[i] != ROSTER_NOBODY && p->people.first[i] < p->people.first[i + 1])
			p->places[p->places_n++] = (struct place){f->clients[root_of(up, i)], f->clients[i], i};
	qsort(p->places, p->places_n, sizeof *p->places, place_compare);
}

/* The pack that begins at the place; its sealed form, or empty where it is the one that is there. */
static err_t seal_pack(const struct packing *p, struct arena *a, size_t begin, size_t end,
		       const struct q_packs_between *old, struct str *out)
{
	const struct keys *keys = p->d->c->app->keys;
	struct buf b = buf_new(a, PACK_MOST);
	uint32_t *people = arena_many(a, end - begin, uint32_t);
	struct seal_place place = pack_place(a, pack_low(p->places[begin].low));
	for (size_t i = begin; i < end; i++)
		people[i - begin] = p->places[i].person;
	pack_write(&p->people, people, end - begin, &b);
	if (b.full)
		return err_internal(a, "a pack is too large");
	if (old != NULL) {
		const struct pii *content;
		TRY(seal_open(a, keys, place, old->content, &content));
		if (str_eq(pii_reveal(content), buf_text(&b))) {
			*out = (struct str){0};
			return NULL;
		}
	}
	char *to = arena_many(a, SEAL_OVERHEAD + b.n, char);
	*out = (struct str){to, seal_into(keys, place, buf_text(&b), to)};
	return NULL;
}

static err_t write_packs(struct db *db, struct arena *a, void *ctx)
{
	const struct packing *p = ctx;
	struct listing_derivation *d = p->d;
	struct q_packs_between *old;
	size_t n;
	size_t at = p->next;
	TRY(q_packs_between(db, a, p->low, p->high, d->now, &old, &n));
	for (uint32_t low = p->low, k = 0; low <= p->high; low += PACK_CLIENTS) {
		const struct q_packs_between *before = k < n && old[k].low_client == low ? &old[k++] : NULL;
		struct str sealed = {0};
		size_t begin = at;
		while (at < p->places_n && pack_low(p->places[at].low) == low)
			at++;
		if (at > begin)
			TRY(seal_pack(p, a, begin, at, before, &sealed));
		if (before != NULL && (at == begin || sealed.n > 0))
			TRY(q_pack_close(db, a, low, d->no));
		if (sealed.n > 0)
			TRY(q_pack_add(db, a, low, d->no, LISTING_FOREVER, sealed));
	}
	return NULL;
}

static err_t count_packs(struct db *db, struct arena *a, void *ctx)
{
	const struct packing *p = ctx;
	bool found;
	struct q_pack_count count;
	TRY(q_pack_count(db, a, p->d->now, &count, &found));
	((struct packing *)ctx)->high = (uint32_t)count.last;
	return NULL;
}

static err_t write_all(struct packing *p, struct arena *a)
{
	struct listing_derivation *d = p->d;
	TRY(db_run(d->c->db, a, DB_READ, count_packs, p));
	uint32_t last = p->high;
	if (p->places_n > 0 && pack_low(p->places[p->places_n - 1].low) > last)
		last = pack_low(p->places[p->places_n - 1].low);
	uint32_t at_once = (d->now == 0 ? PACKS_ALONE : PACKS_BESIDE) * PACK_CLIENTS;
	for (p->low = 1; p->low <= last; p->low += at_once) {
		struct arena_mark mark = arena_mark(a);
		p->high = p->low + at_once - 1;
		TRY(import_number_write(d->c, a, d->no, write_packs, p));
		while (p->next < p->places_n && p->places[p->next].low <= p->high)
			p->next++;
		arena_rewind(a, mark);
	}
	return NULL;
}

static err_t pack_all(struct packing *p, struct arena *a)
{
	struct roster_fill *f = p->d->f;
	TRY(night_book_new(a, ROSTER_WORKERS, &p->nights));
	TRY(roster_fill_nights(f, a, p->nights));
	TRY(night_book_settle(p->nights, a, f->r->stays_n));
	TRY(personal_ids_load(p->d->c, p->d->no, &p->ids));
	index_stays(p, a);
	find_places(p, a);
	p->people.fill = f;
	p->people.ids = p->ids;
	p->people.nights = night_book_lists(p->nights);
	p->people.groups = arena_many(a, f->r->groups_n, uint32_t);
	p->people.projects = arena_many(a, f->r->projects_n, uint32_t);
	return write_all(p, a);
}

err_t pack_store(struct listing_derivation *d)
{
	struct packing p = {.d = d};
	struct arena_mark mark = arena_mark(d->a);
	err_t e = pack_all(&p, d->a);
	night_book_free(&p.nights);
	personal_ids_free(&p.ids);
	if (e == NULL) /* else it lives there */
		arena_rewind(d->a, mark);
	return e;
}
