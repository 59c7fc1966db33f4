/* `byname standing` from the packed copies (app/pack.h): each core takes the next pack, settles it by itself and
 * writes its rows, which leave in the order of packs; those that are done before their turn wait, and the core goes
 * on. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/listing_derive.h"
#include "app/pack.h"
#include "app/roster_inside.h"
#include "app/roster_paper.h"
#include "app/roster_split.h"
#include "app/standing.h"
#include "domain/spell.h"
#include "store/q_pack.h"
#include "store/seal.h"

enum { READER_MEMORY = 2047 << 20, PACKS_AHEAD = 16 };

/* The rows of a pack until its turn. */
struct rows {
	char *text;
	size_t n, room;
	bool there;
};

struct reading {
	struct call *c;
	const struct standing_ask *ask;
	const struct roster_fill *fill; /* projects and rules; nobody is in it */
	int64_t now;
	struct q_pack_decisions *decided;
	size_t decided_n;
	struct roster_papers papers;
	struct roster_splits splits;
	pthread_mutex_t taking; /* the connection and the next two */
	int64_t after;
	int64_t taken;
	pthread_mutex_t giving; /* the rest */
	pthread_cond_t turned;
	int64_t turn;
	struct rows rows[PACKS_AHEAD]; /* of pack k at k modulo their number */
	err_t error;                   /* the first one; in the call's arena */
};

struct reader {
	struct reading *reading;
	struct pack pack;
	struct arena *arena; /* of a pack */
	struct arena *work;  /* of a person */
	struct q_pack_next row;
	bool found;
	int64_t number; /* the pack's turn */
	struct buf out;
	pthread_t thread;
};

static err_t load_next(struct db *db, struct arena *a, void *ctx)
{
	struct reader *x = ctx;
	return q_pack_next(db, a, x->reading->after, x->reading->now, &x->row, &x->found);
}

/* x->found tells whether there was one. */
static err_t take_pack(struct reader *x)
{
	struct reading *g = x->reading;
	arena_reset(x->arena);
	pthread_mutex_lock(&g->taking);
	err_t e = db_run(g->c->db, x->arena, DB_READ, load_next, x);
	x->number = g->taken;
	if (e == NULL && x->found) {
		g->after = x->row.low_client;
		g->taken++;
	}
	pthread_mutex_unlock(&g->taking);
	return e;
}

/* What people decided and recorded, which comes by client. */
static void decide(struct reader *x)
{
	const struct reading *g = x->reading;
	struct roster *r = x->pack.r;
	roster_papers_tell(&g->papers, x->arena, r, x->pack.clients);
	roster_splits_tell(&g->splits, r, x->pack.clients);
	for (uint32_t i = 0; i < r->people_n && g->decided_n > 0; i++) {
		size_t low = 0;
		size_t high = g->decided_n;
		while (low < high) {
			size_t mid = low + (high - low) / 2;
			if (g->decided[mid].client_no < x->pack.clients[i])
				low = mid + 1;
			else
				high = mid;
		}
		for (; low < g->decided_n && g->decided[low].client_no == x->pack.clients[i]; low++)
			listing_mark_apply(g->fill, r, i, g->decided[low].kind, g->decided[low].day, (struct str){0});
	}
}

static struct str id_of(const void *ctx, uint32_t person)
{
	const struct pack *p = ctx;
	return p->ids[person];
}

static err_t write_pack(struct reader *x)
{
	struct reading *g = x->reading;
	struct arena *a = x->arena;
	struct roster *r = x->pack.r;
	const struct pii *content;
	TRY(seal_open(a, g->c->app->keys, pack_place(a, x->row.low_client), x->row.content, &content));
	TRY(pack_read(&x->pack, a, pii_reveal(content), g->fill));
	decide(x);
	roster_settle(r);
	if (r->full)
		return err_internal(a, "no memory for the people of a pack");
	pack_see(&x->pack);
	for (uint32_t i = 0; i < r->people_n; i++)
		spell_of(r, i, &r->spells[i]);
	struct standing_book book = {
		.r = r,
		.nights = pack_nights(&x->pack),
		.group_chronic = arena_many(a, (size_t)r->groups_n + 1, uint8_t),
		.ctx = &x->pack,
		.personal_id = id_of,
	};
	standing_mark(&book, 0, r->stays_n);
	x->out = buf_new(a, (size_t)r->people_n * STANDING_TEXT);
	buf_room(&x->out, (size_t)r->people_n * STANDING_USUAL);
	standing_rows(&book, x->work, g->ask, 0, r->people_n, &x->out);
	return NULL;
}

static err_t keep_rows(struct reader *x)
{
	struct rows *to = &x->reading->rows[x->number % PACKS_AHEAD];
	struct str text = buf_text(&x->out);
	if (text.n > to->room) {
		char *grown = realloc(to->text, text.n);
		if (grown == NULL)
			return roster_no_memory(x->arena);
		to->text = grown;
		to->room = text.n;
	}
	if (text.n > 0)
		memcpy(to->text, text.p, text.n);
	to->n = text.n;
	to->there = true;
	return NULL;
}

/* The rows of all packs whose turn it is. */
static err_t flush_rows(struct reading *g)
{
	for (struct rows *next; (next = &g->rows[g->turn % PACKS_AHEAD])->there; g->turn++) {
		next->there = false;
		TRY(g->ask->flush(g->ask->ctx, (struct str){next->text, next->n}));
	}
	return NULL;
}

/* Hands the pack's rows over; an error is everybody's. */
static bool give_pack(struct reader *x, err_t e)
{
	struct reading *g = x->reading;
	struct arena *a = g->c->arena;
	pthread_mutex_lock(&g->giving);
	while (e == NULL && g->error == NULL && x->found && x->number >= g->turn + PACKS_AHEAD)
		pthread_cond_wait(&g->turned, &g->giving);
	if (e == NULL && g->error == NULL && x->found)
		e = keep_rows(x);
	if (e == NULL && g->error == NULL)
		e = flush_rows(g);
	if (e != NULL && g->error == NULL)
		g->error = err_with_detail(a, err_new(a, e->class, "%.*s", STR_ARG(e->say)), err_describe(a, e));
	bool on = g->error == NULL && x->found;
	pthread_cond_broadcast(&g->turned);
	pthread_mutex_unlock(&g->giving);
	return on;
}

static void *read_packs(void *ctx)
{
	struct reader *x = ctx;
	bool on = true;
	while (on) {
		err_t e = take_pack(x);
		if (e == NULL && x->found)
			e = write_pack(x);
		on = give_pack(x, e);
	}
	return NULL;
}

static err_t new_reader(struct reading *g, struct reader *x)
{
	const struct roster *like = g->fill->r;
	*x = (struct reader){.reading = g};
	x->arena = arena_new("a pack", READER_MEMORY);
	x->work = arena_new("a person's nights", STANDING_MEMORY);
	x->pack.r = roster_new(like->as_of, like->today, &like->rules);
	if (x->pack.r == NULL)
		return roster_no_memory(g->c->arena);
	for (uint32_t i = 0; i < like->projects_n; i++) {
		uint32_t p = roster_add_project(x->pack.r, (enum project_type)like->projects[i].type);
		if (p == ROSTER_NONE)
			return roster_no_memory(g->c->arena);
		x->pack.r->projects[p] = like->projects[i];
	}
	return NULL;
}

static void free_reader(struct reader *x)
{
	pack_free(&x->pack);
	roster_free(&x->pack.r);
	arena_free(&x->arena);
	arena_free(&x->work);
}

/* On all cores; the first reader works here. */
static void read_all(struct reader *readers, unsigned n)
{
	unsigned started = 1;
	while (started < n && pthread_create(&readers[started].thread, NULL, read_packs, &readers[started]) == 0)
		started++;
	read_packs(&readers[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(readers[i].thread, NULL);
}

static err_t load_decided(struct db *db, struct arena *a, void *ctx)
{
	struct reading *g = ctx;
	TRY(roster_papers_load(db, a, g->fill->r->as_of, &g->papers));
	TRY(roster_splits_load(db, a, &g->splits));
	return q_pack_decisions(db, a, g->now, &g->decided, &g->decided_n);
}

err_t standing_packs(struct call *c, const struct standing_ask *ask, const struct roster_fill *fill, int64_t now,
		     int64_t packs)
{
	struct reading g = {.c = c, .ask = ask, .fill = fill, .now = now};
	struct reader readers[STANDING_THREADS];
	unsigned n = 0;
	unsigned threads = standing_threads();
	err_t e = db_run(c->db, c->arena, DB_READ, load_decided, &g);
	pthread_mutex_init(&g.taking, NULL);
	pthread_mutex_init(&g.giving, NULL);
	pthread_cond_init(&g.turned, NULL);
	while (e == NULL && n < threads)
		e = new_reader(&g, &readers[n++]);
	if (e == NULL)
		read_all(readers, n);
	while (n > 0)
		free_reader(&readers[--n]);
	for (size_t i = 0; i < PACKS_AHEAD; i++)
		free(g.rows[i].text);
	pthread_cond_destroy(&g.turned);
	pthread_mutex_destroy(&g.giving);
	pthread_mutex_destroy(&g.taking);
	if (e == NULL)
		e = g.error;
	if (e == NULL && g.taken != packs)
		e = err_new(c->arena, ERR_RETRY, "The list has just changed; ask again.");
	return e;
}
