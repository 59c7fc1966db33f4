/* The file as it waits: read once, its rows sealed in pieces, until somebody has said what they are.
 *
 * A piece holds rows one behind the other: line, number of cells, and per cell its kind, day and text. */
#include "app/import_number.h"
#include "app/record.h"
#include "app/source_work.h"
#include "base/id.h"
#include "base/limit.h"
#include "store/dossier.h"
#include "store/q_list_source.h"
#include "store/seal.h"

enum { CHUNK_BYTES = 128 << 10, CHUNK_MOST = CHUNK_BYTES + LIMIT_CSV_ROW + (64 << 10) };

struct drafting {
	struct call *c;
	struct arena *a;
	struct str id;
	struct source source;
	struct source_table table;
	struct buf chunk;
	int64_t chunks;
};

static struct seal_place chunk_place(struct arena *a, struct str draft_id, int64_t no)
{
	return (struct seal_place){"list_draft_chunk", "body",
				   str_fmt(a, "%.*s.%lld", STR_ARG(draft_id), (long long)no)};
}

static err_t write_chunk(struct db *db, struct arena *a, void *ctx)
{
	struct drafting *d = ctx;
	struct seal_place place = chunk_place(a, d->id, d->chunks);
	const struct pii *body = pii_new(a, buf_text(&d->chunk));
	return q_list_draft_chunk_add(db, a, d->id, d->chunks, seal_pii(a, d->c->app->keys, place, body));
}

static err_t flush(struct drafting *d)
{
	if (d->chunk.n == 0)
		return NULL;
	d->chunks++;
	struct arena_mark mark = arena_mark(d->a);
	TRY(db_run(d->c->db, d->a, DB_BESIDE, write_chunk, d));
	arena_rewind(d->a, mark);
	d->chunk.n = 0;
	return NULL;
}

static void put_number(struct buf *b, uint64_t v)
{
	char bytes[VARINT_MAX];
	buf_add(b, bytes, varint_put(bytes, v));
}

static err_t take_row(void *ctx, const struct sheet_row *row)
{
	struct drafting *d = ctx;
	struct buf *b = &d->chunk;
	put_number(b, (uint64_t)row->line);
	put_number(b, row->n);
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *cell = &row->cells[i];
		buf_char(b, (char)cell->kind);
		put_number(b, day_known(cell->day) ? (uint64_t)(cell->day.n - DAY_FIRST.n + 1) : 0);
		put_number(b, cell->text.n);
		buf_str(b, cell->text);
	}
	return b->n >= CHUNK_BYTES ? flush(d) : NULL;
}

static err_t load_source(struct db *db, struct arena *a, void *ctx)
{
	struct drafting *d = ctx;
	return source_get(d->c, db, a, d->source.id, &d->source);
}

/* Only now does the file wait; before, its pieces belong to nothing. */
static err_t write_draft(struct db *db, struct arena *a, void *ctx)
{
	struct drafting *d = ctx;
	struct buf head = buf_new(a, 1 << 20);
	for (size_t i = 0; i < d->table.head.n; i++)
		buf_fmt(&head, "%.*s%c", STR_ARG(d->table.head.names[i]), CLIENT_SEPARATOR);
	struct q_list_draft_add_in in = {
		.id = d->id,
		.source_no = d->source.no,
		.made_by = d->c->actor.id,
		.made_at = d->c->now,
		.head = seal_pii(a, d->c->app->keys, (struct seal_place){"list_draft", "head", d->id},
				 pii_new(a, buf_text(&head))),
		.chunks = d->chunks,
	};
	TRY(q_list_draft_add(db, a, &in));
	return app_record(d->c, db, a, "list_source.read", "list_source", d->source.id, (struct str){0});
}

static err_t drop_chunks(struct db *db, struct arena *a, void *ctx)
{
	return q_list_draft_chunks_end(db, a, ((struct drafting *)ctx)->id);
}

static err_t draft(struct drafting *d, const char *path, struct str tab)
{
	TRY(db_run(d->c->db, d->a, DB_READ, load_source, d));
	d->chunk = buf_new(d->a, CHUNK_MOST);
	(void)buf_room(&d->chunk, CHUNK_MOST); /* grown while a mark is set, it would be taken back */
	d->table.call = d->c;
	d->table.source = &d->source;
	d->table.ctx = d;
	d->table.row = take_row;
	err_t e = source_table_read(d->a, &d->table, path, tab);
	if (e == NULL)
		e = flush(d);
	if (e == NULL)
		e = db_run(d->c->db, d->a, DB_WRITE, write_draft, d);
	if (e != NULL && d->chunks > 0) {
		err_t left = db_run(d->c->db, d->a, DB_BESIDE, drop_chunks, d);
		e = left != NULL && e->class != ERR_INVALID ? left : e;
	}
	return e;
}

err_t app_source_draft(struct call *c, struct str source_id, const char *path, struct str tab, struct str *draft_id)
{
	TRY(source_may(c));
	struct id id = id_new();
	struct arena *a = arena_new("list file", SOURCE_MEMORY);
	struct drafting *d = arena_one(a, struct drafting);
	d->c = c;
	d->a = a;
	d->id = id_str(&id);
	d->source.id = source_id;
	err_t e = draft(d, path, tab);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	else
		*draft_id = str_dup(c->arena, d->id);
	arena_free(&a);
	return e;
}

err_t source_file_get(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
		      struct source_file *out)
{
	struct q_list_draft_by_id row;
	bool found;
	TRY(q_list_draft_by_id(db, a, draft_id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This file waits no more: it was loaded, or discarded.");
	TRY(source_get(c, db, a, row.source_id, &out->source));
	out->chunks = row.chunks;
	const struct pii *head;
	TRY(seal_open(a, c->app->keys, (struct seal_place){"list_draft", "head", draft_id}, row.head, &head));
	out->names = arena_many(a, LIMIT_SHEET_COLUMNS, struct str);
	out->names_n = 0;
	struct str rest = pii_reveal(head);
	struct str name;
	while (out->names_n < LIMIT_SHEET_COLUMNS && str_cut(rest, CLIENT_SEPARATOR, &name, &rest))
		out->names[out->names_n++] = name;
	return NULL;
}

static bool take_cell(struct str *rest, struct sheet_cell *out)
{
	uint64_t day;
	uint64_t n;
	if (rest->n == 0)
		return false;
	out->kind = (enum sheet_kind)rest->p[0];
	*rest = str_sub(*rest, 1, rest->n);
	if (!varint_get(rest, &day) || !varint_get(rest, &n) || n > rest->n)
		return false;
	out->day = day == 0 ? DAY_NONE : (struct day){(int32_t)day - 1 + DAY_FIRST.n};
	out->text = str_sub(*rest, 0, (size_t)n);
	*rest = str_sub(*rest, (size_t)n, rest->n);
	return true;
}

static err_t each_in(struct arena *a, struct str rest, void *ctx, err_t (*row)(void *ctx, const struct sheet_row *row))
{
	struct sheet_cell *cells = arena_many(a, LIMIT_SHEET_COLUMNS, struct sheet_cell);
	while (rest.n > 0) {
		uint64_t line;
		uint64_t n;
		if (!varint_get(&rest, &line) || !varint_get(&rest, &n) || n > LIMIT_SHEET_COLUMNS)
			return err_internal(a, "a piece of a list file cannot be read");
		for (size_t i = 0; i < n; i++)
			if (!take_cell(&rest, &cells[i]))
				return err_internal(a, "a piece of a list file is cut off");
		TRY(row(ctx, &(struct sheet_row){.line = (int64_t)line, .cells = cells, .n = (size_t)n}));
	}
	return NULL;
}

err_t source_file_each(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
		       const struct source_file *file, void *ctx, err_t (*row)(void *ctx, const struct sheet_row *row))
{
	for (int64_t no = 1; no <= file->chunks; no++) {
		struct q_list_draft_chunk chunk;
		const struct pii *body;
		bool found;
		TRY(q_list_draft_chunk(db, a, draft_id, no, &chunk, &found));
		if (!found)
			return err_internal(a, "a piece of a list file is missing");
		TRY(seal_open(a, c->app->keys, chunk_place(a, draft_id, no), chunk.body, &body));
		TRY(each_in(a, pii_reveal(body), ctx, row));
	}
	return NULL;
}

struct discarding {
	struct call *c;
	struct str draft_id;
};

static err_t discard(struct db *db, struct arena *a, void *ctx)
{
	const struct discarding *d = ctx;
	struct source_file file;
	int64_t n;
	TRY(source_file_get(d->c, db, a, d->draft_id, &file));
	TRY(q_list_draft_end(db, a, d->draft_id, &n));
	TRY(q_list_draft_chunks_end(db, a, d->draft_id));
	return app_record(d->c, db, a, "list_source.discard", "list_source", file.source.id, (struct str){0});
}

err_t app_source_discard(struct call *c, struct str draft_id)
{
	TRY(source_may(c));
	struct discarding d = {c, draft_id};
	return db_run(c->db, c->arena, DB_WRITE, discard, &d);
}
