/* From shared keys to pairs, and from pairs to suspects. */
#include "app/duplicate_compare.h"

#include <stdlib.h>

#include "base/limit.h"
#include "store/q_duplicate.h"

enum { CLIENTS_AT_ONCE = 1000, COMPARE_MEMORY = 1 << 30 };

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory to compare records");
}

/* --- pairs --- */

struct pairing {
	const unsigned char *fresh;
	int64_t last;
	uint64_t *pairs;
	size_t n, room;
	int64_t left_out;
	int64_t block[LIMIT_MATCH_BLOCK]; /* who shares the key at hand */
	size_t block_n;
	bool over; /* there are more */
};

static bool is_fresh(const struct pairing *p, int64_t client)
{
	return client <= p->last && (p->fresh[client / 8] >> client % 8 & 1) != 0;
}

static err_t block_end(struct pairing *p, struct arena *a)
{
	bool fresh = false;
	for (size_t i = 0; i < p->block_n; i++)
		fresh |= is_fresh(p, p->block[i]);
	if (p->over)
		p->left_out++;
	for (size_t i = 0; i < p->block_n && fresh && !p->over; i++) {
		for (size_t k = i + 1; k < p->block_n; k++) {
			if (!is_fresh(p, p->block[i]) && !is_fresh(p, p->block[k]))
				continue;
			if (p->n == p->room) {
				size_t room = p->room == 0 ? 4096 : 2 * p->room;
				uint64_t *grown = realloc(p->pairs, room * sizeof *grown);
				if (grown == NULL)
					return no_memory(a);
				p->pairs = grown;
				p->room = room;
			}
			p->pairs[p->n++] = duplicate_pair(p->block[i], p->block[k]);
		}
	}
	p->block_n = 0;
	p->over = false;
	return NULL;
}

static err_t walk_blocks(struct db *db, struct arena *a, void *ctx)
{
	struct pairing *p = ctx;
	struct db_rows rows;
	struct q_client_blocks row;
	int64_t key = 0;
	p->n = p->block_n = 0; /* of a first try */
	p->left_out = 0;
	p->over = false;
	TRY(q_client_blocks(db, a, &rows));
	while (q_client_blocks_next(&rows, &row)) {
		if (row.key != key)
			TRY(block_end(p, a));
		key = row.key;
		if (p->block_n < LIMIT_MATCH_BLOCK)
			p->block[p->block_n++] = row.client_no;
		else
			p->over = true;
	}
	TRY(db_rows_end(&rows));
	return block_end(p, a);
}

static int pair_compare(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x;
	uint64_t b = *(const uint64_t *)y;
	return (a > b) - (a < b);
}

err_t duplicate_pairs(struct call *c, struct arena *a, const unsigned char *fresh, int64_t last, uint64_t **pairs,
		      size_t *n, int64_t *left_out)
{
	struct pairing *p = arena_one(a, struct pairing);
	p->fresh = fresh;
	p->last = last;
	err_t e = db_run(c->db, a, DB_READ, walk_blocks, p);
	if (e != NULL) {
		free(p->pairs);
		return e;
	}
	if (p->n > 0)
		qsort(p->pairs, p->n, sizeof *p->pairs, pair_compare);
	size_t kept = 0;
	for (size_t i = 0; i < p->n; i++)
		if (kept == 0 || p->pairs[kept - 1] != p->pairs[i])
			p->pairs[kept++] = p->pairs[i];
	*pairs = p->pairs;
	*n = kept;
	*left_out = p->left_out;
	return NULL;
}

/* --- suspects --- */

struct comparing {
	struct call *call;
	struct arena *arena; /* of the records that are open */
	int64_t now, low, high;
	uint32_t *clients; /* who is in a pair, ascending */
	size_t clients_n;
	struct match_person *people; /* beside them; sex −1 and nothing known for who is not to be compared */
	size_t at;                   /* the first of `clients` not below `low` */
};

static int client_compare(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x;
	uint32_t b = *(const uint32_t *)y;
	return (a > b) - (a < b);
}

static err_t open_some(struct db *db, struct arena *a, void *ctx)
{
	struct comparing *w = ctx;
	struct q_duplicate_people *rows;
	size_t n;
	TRY(q_duplicate_people(db, a, w->low, w->high, w->now, &rows, &n));
	for (size_t i = 0, k = w->at; i < n && k < w->clients_n; i++) {
		while (k < w->clients_n && w->clients[k] < rows[i].client_no)
			k++;
		if (k < w->clients_n && w->clients[k] == rows[i].client_no)
			TRY(duplicate_open(w->call, w->arena, &rows[i], &w->people[k]));
	}
	return NULL;
}

static err_t open_all(struct comparing *w, struct arena *a)
{
	for (w->at = 0; w->at < w->clients_n;) {
		w->low = w->clients[w->at];
		w->high = w->low + CLIENTS_AT_ONCE - 1;
		struct arena_mark mark = arena_mark(a);
		TRY(db_run(w->call->db, a, DB_READ, open_some, w));
		arena_rewind(a, mark);
		while (w->at < w->clients_n && w->clients[w->at] <= w->high)
			w->at++;
	}
	return NULL;
}

static const struct match_person *person_of(const struct comparing *w, uint32_t client)
{
	const uint32_t *at = bsearch(&client, w->clients, w->clients_n, sizeof client, client_compare);
	return &w->people[at - w->clients];
}

static err_t compare_all(struct comparing *w, struct arena *a, const uint64_t *pairs, size_t n,
			 struct duplicate_found **found, size_t *found_n)
{
	struct duplicate_found *out = NULL;
	size_t room = 0;
	size_t out_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct match_result r;
		match_compare(person_of(w, (uint32_t)(pairs[i] >> 32)), person_of(w, (uint32_t)pairs[i]), &r);
		if (r.verdict == MATCH_NO)
			continue;
		if (out_n == room) {
			room = room == 0 ? 256 : 2 * room;
			struct duplicate_found *grown = realloc(out, room * sizeof *grown);
			if (grown == NULL) {
				free(out);
				return no_memory(a);
			}
			out = grown;
		}
		out[out_n++] = (struct duplicate_found){pairs[i], r.bits};
	}
	*found = out;
	*found_n = out_n;
	return NULL;
}

err_t duplicate_compare(struct call *c, int64_t now, const uint64_t *pairs, size_t n, struct duplicate_found **found,
			size_t *found_n)
{
	struct arena *open = arena_new("records that are compared", COMPARE_MEMORY);
	struct comparing w = {.call = c, .arena = open, .now = now};
	w.clients = arena_many(open, 2 * n, uint32_t);
	for (size_t i = 0; i < n; i++) {
		w.clients[w.clients_n++] = (uint32_t)(pairs[i] >> 32);
		w.clients[w.clients_n++] = (uint32_t)pairs[i];
	}
	if (w.clients_n > 0)
		qsort(w.clients, w.clients_n, sizeof *w.clients, client_compare);
	size_t kept = 0;
	for (size_t i = 0; i < w.clients_n; i++)
		if (kept == 0 || w.clients[kept - 1] != w.clients[i])
			w.clients[kept++] = w.clients[i];
	w.clients_n = kept;
	w.people = arena_many(open, kept, struct match_person);
	for (size_t i = 0; i < kept; i++)
		w.people[i] = (struct match_person){.birth = DAY_NONE, .sex = MATCH_SEX_UNKNOWN};
	err_t e = open_all(&w, c->arena);
	if (e == NULL)
		e = compare_all(&w, c->arena, pairs, n, found, found_n);
	arena_free(&open);
	return e;
}
