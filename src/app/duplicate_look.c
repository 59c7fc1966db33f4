/* Comparing records that are new or changed with all others. */
#include <stdlib.h>

#include "app/duplicate.h"
#include "app/duplicate_compare.h"
#include "base/log.h"
#include "store/q_client.h"
#include "store/q_duplicate.h"
#include "store/q_hmis.h"

enum { CLIENTS_AT_ONCE = 1000, LOOK_MEMORY = 1 << 30, CLAIM_MS = 10 * 60 * 1000 };

struct looking {
	struct call *call;
	struct arena *arena;
	bool claimed;
	int64_t since, now, last;
	unsigned char *fresh; /* by client number: new or changed */
	int64_t low;
	struct q_client_block_add_in *keys; /* of the clients at hand */
	size_t keys_n;
	int64_t *clients;
	size_t clients_n;
	const struct duplicate_found *found;
	size_t found_n;
	int64_t left_out;
};

static err_t claim(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_duplicate_look look;
	struct q_hmis_now now;
	struct q_client_last last;
	bool found;
	int64_t claimed;
	struct instant before = {w->call->now.ms - CLAIM_MS};
	TRY(q_duplicate_look(db, a, &look, &found));
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_client_last(db, a, &last, &found));
	w->claimed = false;
	if (look.import_no >= now.import_no)
		return NULL;
	TRY(q_duplicate_look_claim(db, a, w->call->now, before, &claimed));
	w->claimed = claimed == 1;
	w->since = look.import_no;
	w->now = now.import_no;
	w->last = last.no;
	return NULL;
}

/* The keys of those who are new or changed among some clients. */
static err_t make_keys(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_duplicate_people *rows;
	size_t n;
	TRY(q_duplicate_people(db, a, w->low, w->low + CLIENTS_AT_ONCE - 1, w->now, &rows, &n));
	w->keys_n = w->clients_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct match_person p;
		int64_t keys[MATCH_KEYS];
		int64_t client = rows[i].client_no;
		if (rows[i].from_import <= w->since)
			continue;
		struct arena_mark mark = arena_mark(a);
		TRY(duplicate_open(w->call, a, &rows[i], &p));
		size_t keys_n = duplicate_keys(w->call, a, &p, keys);
		arena_rewind(a, mark);
		for (size_t k = 0; k < keys_n; k++)
			w->keys[w->keys_n++] = (struct q_client_block_add_in){client, keys[k]};
		w->clients[w->clients_n++] = client;
		w->fresh[client / 8] = (unsigned char)(w->fresh[client / 8] | 1 << client % 8);
	}
	return NULL;
}

static err_t write_keys(struct db *db, struct arena *a, void *ctx)
{
	const struct looking *w = ctx;
	struct db_bulk bulk;
	for (size_t i = 0; i < w->clients_n; i++) {
		TRY(q_client_block_clear(db, a, w->clients[i]));
		TRY(q_duplicate_clear_low(db, a, w->clients[i]));
		TRY(q_duplicate_clear_high(db, a, w->clients[i]));
	}
	TRY(q_client_block_add_open(db, a, &bulk));
	for (size_t i = 0; i < w->keys_n; i++)
		TRY(q_client_block_add(&bulk, &w->keys[i]));
	return db_bulk_end(&bulk);
}

static err_t write_found(struct db *db, struct arena *a, void *ctx)
{
	const struct looking *w = ctx;
	struct db_bulk bulk;
	TRY(q_duplicate_add_open(db, a, &bulk));
	for (size_t i = 0; i < w->found_n; i++) {
		const struct duplicate_found *f = &w->found[i];
		TRY(q_duplicate_add(&bulk, &(struct q_duplicate_add_in){(int64_t)(f->pair >> 32),
									(int64_t)(f->pair & UINT32_MAX), f->bits}));
	}
	TRY(db_bulk_end(&bulk));
	return q_duplicate_look_done(db, a, w->now, w->call->now, w->left_out);
}

static err_t free_claim(struct db *db, struct arena *a, void *ctx)
{
	(void)ctx;
	return q_duplicate_look_free(db, a);
}

static err_t index_all(struct looking *w)
{
	struct call *c = w->call;
	w->fresh = arena_many(w->arena, (size_t)w->last / 8 + 1, unsigned char);
	w->keys = arena_many(w->arena, CLIENTS_AT_ONCE * MATCH_KEYS, struct q_client_block_add_in);
	w->clients = arena_many(w->arena, CLIENTS_AT_ONCE, int64_t);
	for (w->low = 1; w->low <= w->last; w->low += CLIENTS_AT_ONCE) {
		struct arena_mark mark = arena_mark(w->arena);
		TRY(db_run(c->db, w->arena, DB_READ, make_keys, w));
		if (w->clients_n > 0)
			TRY(db_run(c->db, w->arena, DB_BESIDE, write_keys, w));
		arena_rewind(w->arena, mark);
	}
	return NULL;
}

static err_t look(struct looking *w)
{
	uint64_t *pairs = NULL;
	size_t pairs_n = 0;
	struct duplicate_found *found = NULL;
	TRY(index_all(w));
	TRY(duplicate_pairs(w->call, w->arena, w->fresh, w->last, &pairs, &pairs_n, &w->left_out));
	err_t e = duplicate_compare(w->call, w->now, pairs, pairs_n, &found, &w->found_n);
	free(pairs);
	w->found = found;
	if (e == NULL)
		e = db_run(w->call->db, w->arena, DB_WRITE, write_found, w);
	free(found);
	if (e == NULL)
		LOG(LOG_INFO, "duplicates.looked", log_int("pairs", (int64_t)pairs_n),
		    log_int("found", (int64_t)w->found_n), log_int("left_out", w->left_out));
	return e;
}

err_t app_duplicate_look(struct call *c)
{
	struct call inner = *c;
	struct looking w = {.call = &inner};
	inner.arena = w.arena = arena_new("looking for duplicates", LOOK_MEMORY);
	err_t e = db_run(c->db, w.arena, DB_WRITE, claim, &w);
	if (e == NULL && w.claimed) {
		e = look(&w);
		err_t left = e != NULL ? db_run(c->db, w.arena, DB_WRITE, free_claim, NULL) : NULL;
		if (left != NULL)
			log_err("duplicates.claim", left);
	}
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	arena_free(&w.arena);
	return e;
}
