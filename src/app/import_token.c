#include <stdlib.h>

#include "app/import_job.h"
#include "app/import_number.h"
#include "store/q_client.h"

enum { TOKENS_AT_ONCE = 20000 };

struct entry {
	int64_t token;
	int64_t client;
};

static unsigned token_part(int64_t token)
{
	/* Tokens are stored with their sign: the order of parts is the order of numbers. */
	return (unsigned)(((uint64_t)token ^ (uint64_t)INT64_MIN) >> (64 - TOKEN_PARTS_BITS));
}

err_t import_token_add(struct import_job *j, struct arena *a, int64_t token, int64_t client_no)
{
	struct entry e = {token, client_no};
	return spool_add(j->tokens, a, 0, token_part(token), &e, sizeof e);
}

static int entry_compare(const void *x, const void *y)
{
	const struct entry *a = x;
	const struct entry *b = y;
	if (a->token != b->token)
		return a->token < b->token ? -1 : 1;
	return (a->client > b->client) - (a->client < b->client);
}

struct token_batch {
	int64_t no;
	const struct entry *entries;
	size_t n;
};

static err_t write_batch(struct db *db, struct arena *a, void *ctx)
{
	const struct token_batch *b = ctx;
	struct db_bulk bulk;
	char *packed = arena_many(a, b->n * VARINT_MAX, char);
	TRY(q_client_token_add_open(db, a, &bulk));
	for (size_t i = 0; i < b->n;) {
		int64_t token = b->entries[i].token;
		int64_t client = 0;
		size_t n = 0;
		for (; i < b->n && b->entries[i].token == token; i++) {
			if (b->entries[i].client == client)
				continue;
			n += varint_put(packed + n, (uint64_t)(b->entries[i].client - client));
			client = b->entries[i].client;
		}
		struct q_client_token_add_in in = {token, b->no, {packed, n}};
		TRY(q_client_token_add(&bulk, &in));
	}
	return db_bulk_end(&bulk);
}

static err_t write_part(struct import_job *j, const struct entry *entries, size_t n)
{
	struct call *c = j->call;
	struct token_batch b = {.no = j->no};
	for (size_t i = 0; i < n; i += b.n) {
		struct arena_mark mark = arena_mark(c->arena);
		b.entries = entries + i;
		b.n = n - i < TOKENS_AT_ONCE ? n - i : TOKENS_AT_ONCE;
		/* All entries of a token go into one row. */
		while (i + b.n < n && entries[i + b.n].token == entries[i + b.n - 1].token)
			b.n++;
		TRY(import_number_write(c, c->arena, j->no, write_batch, &b));
		arena_rewind(c->arena, mark);
	}
	return NULL;
}

err_t import_tokens_write(struct import_job *j)
{
	err_t e = NULL;
	for (unsigned part = 0; part < 1U << TOKEN_PARTS_BITS && e == NULL; part++) {
		size_t size = spool_size(j->tokens, part);
		struct entry *entries = malloc(size + 1);
		if (entries == NULL)
			return err_internal(j->arena, "no memory for the index of names");
		e = spool_read(j->tokens, j->arena, part, (char *)entries);
		if (e == NULL) {
			qsort(entries, size / sizeof *entries, sizeof *entries, entry_compare);
			e = write_part(j, entries, size / sizeof *entries);
		}
		free(entries);
		import_tell(j, "index of names", part + 1, 1U << TOKEN_PARTS_BITS);
	}
	return e;
}
