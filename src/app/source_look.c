/* The page between a file and the list: what its columns are taken for, and what that makes of its rows. */
#include <string.h>

#include "app/record.h"
#include "app/source_work.h"
#include "store/q_list_source.h"

struct looking {
	struct call *call;
	struct arena *work; /* for what is not shown */
	struct str draft_id;
	struct source_look *out;
	const struct source_file *file;
	const struct source_mapping *m;
};

static struct str keep(const struct looking *l, struct str text)
{
	return str_dup(l->call->arena, text);
}

static void note_sample(const struct looking *l, struct source_column_view *column, const struct sheet_cell *cell)
{
	enum { SAMPLE_MOST = 60 };
	if (cell->kind != SHEET_EMPTY && cell->text.n > 0 && column->samples_n < SOURCE_SAMPLES)
		column->samples[column->samples_n++] = keep(l, str_sub(cell->text, 0, SAMPLE_MOST));
}

static void note_word(const struct looking *l, enum source_field field, struct str word)
{
	struct source_look *out = l->out;
	int code = SOURCE_UNKNOWN;
	int by_itself;
	bool known = source_meaning_of(l->m, field, word, &code);
	/* What explains itself needs no line, unless somebody has said otherwise. */
	if (known && source_word(field, word, &by_itself) && by_itself == code)
		return;
	for (size_t i = 0; i < out->words_n; i++)
		if (out->words[i].field == field && source_hash(out->words[i].word) == source_hash(word)) {
			out->words[i].rows++;
			return;
		}
	if (out->words_n < SOURCE_WORDS_MOST)
		out->words[out->words_n++] = (struct source_word_view){
			.field = field, .word = keep(l, word), .code = code, .known = known, .rows = 1};
}

static err_t look_at_row(void *ctx, const struct sheet_row *row)
{
	const struct looking *l = ctx;
	for (size_t i = 0; i < row->n && i < l->m->fields_n; i++) {
		const struct sheet_cell *cell = &row->cells[i];
		enum source_field field = l->m->fields[i];
		note_sample(l, &l->out->columns[i], cell);
		if (field != SOURCE_FIELDS_N && source_fields[field].cells == SOURCE_WORDS && cell->text.n > 0 &&
		    !(l->m->coded && source_text_identifies(cell->text) != NULL))
			note_word(l, field, cell->text);
	}
	return NULL;
}

static void show_rows(const struct looking *l, const struct source_batch *b)
{
	struct arena *a = l->call->arena;
	struct source_look *out = l->out;
	out->rows = arena_many(a, SOURCE_ROWS_SHOWN, struct source_row_view);
	for (size_t i = 0; i < b->n && out->rows_n < SOURCE_ROWS_SHOWN; i++) {
		const struct source_person *p = &b->people[i];
		struct str who = str_fmt(l->work, "%.*s %.*s", STR_ARG(p->first), STR_ARG(p->last));
		out->rows[out->rows_n++] = (struct source_row_view){
			.line = p->line,
			.who = keep(l, str_trim(b->source.coded ? p->key : who)),
			.what = source_person_say(a, p),
		};
	}
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *l = ctx;
	struct arena *shown = l->call->arena;
	struct source_look *out = l->out;
	struct source_file file;
	struct source_mapping m;
	struct source_batch b;
	bool *remembered;
	*out = (struct source_look){0};
	TRY(source_file_get(l->call, db, a, l->draft_id, &file));
	TRY(source_mapping_get(l->call, db, a, &file, &m, &remembered));
	l->file = &file;
	l->m = &m;
	out->source_id = str_dup(shown, file.source.id);
	out->source = str_dup(shown, file.source.name);
	out->coded = file.source.coded;
	out->order = file.source.order;
	out->columns = arena_many(shown, file.names_n, struct source_column_view);
	out->columns_n = file.names_n;
	for (size_t i = 0; i < file.names_n; i++)
		out->columns[i] = (struct source_column_view){
			.at = i,
			.header = str_dup(shown, file.names[i]),
			.samples = arena_many(shown, SOURCE_SAMPLES, struct str),
			.field = m.fields[i],
			.remembered = remembered[i],
		};
	out->words = arena_many(shown, SOURCE_WORDS_MOST, struct source_word_view);
	TRY(source_file_each(l->call, db, a, l->draft_id, &file, l, look_at_row));
	out->missing = source_mapping_missing(&m);
	TRY(source_batch_read(l->call, db, a, l->draft_id, &file, &m, &b));
	TRY(source_batch_settle(l->call, db, a, &b));
	out->counts = b.counts;
	out->asides = arena_many(shown, b.asides_n, struct source_aside_view);
	out->asides_n = b.asides_n;
	memcpy(out->asides, b.asides, b.asides_n * sizeof *b.asides);
	show_rows(l, &b);
	return NULL;
}

err_t app_source_look(struct call *c, struct str draft_id, struct source_look *out)
{
	TRY(source_may(c));
	struct source_look view;
	struct looking l = {.call = c, .draft_id = draft_id, .out = &view};
	l.work = arena_new("list look", SOURCE_MEMORY);
	err_t e = db_run(c->db, l.work, DB_READ, look, &l);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	else
		*out = view;
	arena_free(&l.work);
	return e;
}

struct saying {
	struct call *call;
	struct str draft_id;
	const struct source_mapping_new *m;
};

static err_t say_columns(const struct saying *s, struct db *db, struct arena *a, const struct source_file *file)
{
	unsigned kind = file->source.coded ? SOURCE_CODED : SOURCE_NAMED;
	for (size_t i = 0; i < s->m->columns_n; i++) {
		struct str at;
		struct str word;
		int64_t column;
		str_cut(s->m->columns[i], '=', &at, &word);
		enum source_field field = source_field_of(word);
		bool fits = word.n == 0 || (field != SOURCE_FIELDS_N && (source_fields[field].kinds & kind) != 0);
		if (!str_to_i64(at, &column) || column < 0 || column >= (int64_t)file->names_n || !fits)
			return err_new(a, ERR_INVALID, "Choose what each column is from its list.");
		TRY(q_list_column_put(db, a, file->source.no, source_hash(file->names[column]), word));
	}
	return NULL;
}

static err_t say_words(const struct saying *s, struct db *db, struct arena *a, const struct source_file *file)
{
	for (size_t i = 0; i < s->m->words_n; i++) {
		struct str field;
		struct str code;
		struct str word;
		int64_t number = SOURCE_UNKNOWN;
		str_cut(s->m->words[i], '=', &field, &code);
		str_cut(code, '=', &code, &word);
		if (source_field_of(field) == SOURCE_FIELDS_N || word.n == 0 ||
		    (code.n > 0 && !str_to_i64(code, &number)))
			return err_new(a, ERR_INVALID, "Choose what each word means from its list.");
		TRY(q_list_word_put(db, a, file->source.no, field, source_hash(word), number));
	}
	return NULL;
}

static err_t say(struct db *db, struct arena *a, void *ctx)
{
	static const struct str orders[] = {
#define X(name, word, say) [name] = STR_INIT(word),
		SHEET_ORDERS(X)
#undef X
	};
	const struct saying *s = ctx;
	struct source_file file;
	TRY(source_file_get(s->call, db, a, s->draft_id, &file));
	TRY(say_columns(s, db, a, &file));
	TRY(say_words(s, db, a, &file));
	TRY(q_list_source_days(db, a, file.source.no, orders[s->m->order]));
	return app_record(s->call, db, a, "list_source.map", "list_source", file.source.id, (struct str){0});
}

err_t app_source_map(struct call *c, struct str draft_id, const struct source_mapping_new *m)
{
	TRY(source_may(c));
	struct saying s = {c, draft_id, m};
	return db_run(c->db, c->arena, DB_WRITE, say, &s);
}
