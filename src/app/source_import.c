/* A file of a list without a browser: what its columns and words mean was said there once, and is remembered. */
#include "app/source_work.h"
#include "store/q_hmis.h"
#include "store/q_list_source.h"

struct importing {
	struct call *call;
	struct arena *arena; /* of the rows */
	struct str name;
	struct source source;
	struct source_mapping mapping;
	struct source_file file;
	struct source_batch batch;
};

/* The list by its name or id. Several regions may have one of a name. */
static err_t find_source(struct db *db, struct arena *a, void *ctx)
{
	struct importing *w = ctx;
	struct q_hmis_now now;
	struct q_list_sources *rows;
	const struct q_list_sources *found = NULL;
	size_t n;
	bool known;
	TRY(q_hmis_now(db, a, &now, &known));
	TRY(q_list_sources(db, a, S(""), now.import_no, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(rows[i].id, w->name) && !str_eq_nocase(rows[i].name, w->name))
			continue;
		if (found != NULL)
			return err_new(a, ERR_INVALID,
				       "Two regions have a list \"%.*s\": give the id, %.*s (%.*s) or %.*s (%.*s).",
				       STR_ARG(w->name), STR_ARG(found->id), STR_ARG(found->region),
				       STR_ARG(rows[i].id), STR_ARG(rows[i].region));
		found = &rows[i];
	}
	if (found == NULL)
		return err_new(a, ERR_MISSING,
			       "There is no list \"%.*s\": a list holder adds it under Other lists, with what its "
			       "columns are.",
			       STR_ARG(w->name));
	return source_get(w->call, db, a, found->id, &w->source);
}

static err_t get_mapping(struct db *db, struct arena *a, void *ctx)
{
	struct importing *w = ctx;
	bool *remembered;
	TRY(source_mapping_get(w->call, db, a, &w->file, &w->mapping, &remembered));
	for (size_t i = 0; i < w->file.names_n; i++)
		if (!remembered[i])
			return err_new(
				a, ERR_INVALID,
				"Nobody has said what the column \"%.*s\" of \"%.*s\" is: a list holder loads one "
				"such file under Other lists, and says it there.",
				STR_ARG(w->file.names[i]), STR_ARG(w->source.name));
	struct str missing = source_mapping_missing(&w->mapping);
	return missing.n > 0 ? err_new(a, ERR_INVALID, "%.*s", STR_ARG(missing)) : NULL;
}

static err_t begin(void *ctx, const struct sheet_head *head)
{
	struct importing *w = ctx;
	w->file = (struct source_file){.source = w->source, .names = head->names, .names_n = head->n};
	TRY(db_run(w->call->db, w->arena, DB_READ, get_mapping, w));
	source_batch_begin(w->arena, &w->source, &w->batch);
	return NULL;
}

static err_t take(void *ctx, const struct sheet_row *row)
{
	struct importing *w = ctx;
	source_batch_take(w->arena, &w->mapping, row, &w->batch);
	return NULL;
}

static err_t settle(struct db *db, struct arena *a, void *ctx)
{
	struct importing *w = ctx;
	return source_batch_settle(w->call, db, a, &w->batch);
}

static err_t read_file(struct importing *w, const char *path, struct str tab)
{
	struct source_table *t = arena_one(w->arena, struct source_table);
	*t = (struct source_table){.call = w->call, .source = &w->source, .ctx = w, .begin = begin, .row = take};
	TRY(db_run(w->call->db, w->arena, DB_READ, find_source, w));
	TRY(source_table_read(w->arena, t, path, tab));
	if (w->batch.n == 0)
		return err_new(w->arena, ERR_INVALID, "Not one row of the file could be loaded: %s",
			       w->batch.asides_n > 0 ? source_problem_say(w->batch.asides[0].problem) : "it has none.");
	return NULL;
}

err_t app_source_import(struct call *c, const struct source_import *ask, struct source_imported *out)
{
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED,
			       "Only the operator of this machine loads lists without a browser.");
	struct importing w = {.call = c, .arena = arena_new("list file", SOURCE_MEMORY), .name = ask->source};
	err_t e = read_file(&w, ask->path, ask->tab);
	if (e == NULL)
		e = ask->look ? db_run(c->db, w.arena, DB_READ, settle, &w) : source_batch_load(c, &w.batch);
	if (e != NULL) {
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	} else {
		*out = (struct source_imported){.source = str_dup(c->arena, w.source.name), .counts = w.batch.counts};
		out->asides = arena_many(c->arena, w.batch.asides_n, struct source_aside_view);
		for (; out->asides_n < w.batch.asides_n; out->asides_n++)
			out->asides[out->asides_n] = w.batch.asides[out->asides_n];
	}
	arena_free(&w.arena);
	return e;
}
