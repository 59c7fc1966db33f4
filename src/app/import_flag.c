#include <stdlib.h>

#include "app/import_job.h"
#include "app/import_number.h"
#include "store/q_import_flag.h"

enum { FLAGS_AT_ONCE = 2000 };

void import_flag_note(struct import_job *j, const struct import_flag_row *row)
{
	struct import_flags *f = &j->flags;
	pthread_mutex_lock(&f->lock);
	if (f->rows[row->file] == NULL)
		f->rows[row->file] = arena_many(f->arena, IMPORT_FLAGS_PER_FILE, struct import_flag_row);
	if (f->n[row->file] < IMPORT_FLAGS_PER_FILE) {
		struct import_flag_row *to = &f->rows[row->file][f->n[row->file]++];
		*to = *row;
		to->key = str_dup(f->arena, row->key);
		to->text = str_dup(f->arena, row->text);
	}
	pthread_mutex_unlock(&f->lock);
}

void import_hmis_flag(struct import_job *j, const struct hmis_flag *flag)
{
	bool column = flag->file < HMIS_FILE_COUNT && flag->column != HMIS_NO_COLUMN;
	import_flag_note(j, &(struct import_flag_row){
				    .file = flag->file,
				    .line = (int64_t)flag->line,
				    .column = column ? hmis_files[flag->file].columns[flag->column].name.p : NULL,
				    .problem = (int)flag->problem,
				    .aside = flag->set_aside,
				    .key = flag->key,
				    .text = pii_reveal(flag->text),
			    });
}

void import_file_counted(struct import_job *j, const struct hmis_job *read)
{
	struct import_file_counts *f = &j->files[read->file];
	f->rows += (int64_t)read->counts.rows;
	f->kept += (int64_t)read->counts.kept;
	f->deleted += (int64_t)read->counts.deleted;
	f->aside += (int64_t)read->counts.set_aside;
	f->blanked += (int64_t)read->counts.blanked;
}

/* Chunks of a file come in order, but what is found while people are put together does not. */
static int line_compare(const void *x, const void *y)
{
	const struct import_flag_row *a = x;
	const struct import_flag_row *b = y;
	return (a->line > b->line) - (a->line < b->line);
}

struct flag_batch {
	struct import_job *j;
	const struct import_flag_row *rows;
	size_t n;
	int64_t no; /* of the first */
};

static err_t write_batch(struct db *db, struct arena *a, void *ctx)
{
	const struct flag_batch *b = ctx;
	struct db_bulk bulk;
	TRY(q_import_flag_add_open(db, a, &bulk));
	for (size_t i = 0; i < b->n; i++) {
		const struct import_flag_row *row = &b->rows[i];
		struct seal_place place = {
			"import_flag", "text",
			str_fmt(a, "%lld.%lld", (long long)b->j->no, (long long)b->no + (long long)i)};
		struct q_import_flag_add_in in = {
			.import_no = b->j->no,
			.no = b->no + (int64_t)i,
			.file = (int64_t)row->file,
			.line = row->line,
			.column_name = str_from(row->column),
			.problem = row->problem,
			.aside = row->aside,
			.row_key = row->key,
			.text = seal_pii(a, b->j->call->app->keys, place, pii_new(a, row->text)),
		};
		TRY(q_import_flag_add(&bulk, &in));
	}
	return db_bulk_end(&bulk);
}

err_t import_flags_write(struct import_job *j)
{
	struct call *c = j->call;
	struct flag_batch b = {.j = j, .no = 1};
	for (size_t file = 0; file <= HMIS_FILE_COUNT; file++) {
		size_t n = j->flags.n[file];
		if (n > 0)
			qsort(j->flags.rows[file], n, sizeof(struct import_flag_row), line_compare);
		for (size_t i = 0; i < n; i += b.n) {
			struct arena_mark mark = arena_mark(c->arena);
			b.rows = j->flags.rows[file] + i;
			b.n = n - i < FLAGS_AT_ONCE ? n - i : FLAGS_AT_ONCE;
			TRY(import_number_write(c, c->arena, j->no, write_batch, &b));
			b.no += (int64_t)b.n;
			arena_rewind(c->arena, mark);
		}
	}
	return NULL;
}

static const char *problem_constant(int problem)
{
	switch (problem) {
#define X(name, number, wrong, todo)                                                                                   \
	case number:                                                                                                   \
		return #name;
		IMPORT_PROBLEMS(X)
#undef X
	default:
		return hmis_problem_name((enum hmis_problem)problem);
	}
}

struct str import_problem_name(struct arena *a, int problem)
{
	struct str family;
	struct str name;
	str_cut(str_from(problem_constant(problem)), '_', &family, &name);
	char *p = arena_many(a, name.n, char);
	for (size_t i = 0; i < name.n; i++)
		p[i] = (char)(name.p[i] | (name.p[i] >= 'A' && name.p[i] <= 'Z' ? 0x20 : 0));
	return (struct str){p, name.n};
}

static uint16_t column_number(enum hmis_file file, struct str name)
{
	for (size_t i = 0; file < HMIS_FILE_COUNT && i < hmis_files[file].n; i++)
		if (str_eq(hmis_files[file].columns[i].name, name))
			return (uint16_t)i;
	return HMIS_NO_COLUMN;
}

struct str import_flag_say(struct arena *a, enum hmis_file file, int64_t line, struct str column, int problem,
			   bool aside)
{
	const char *wrong = NULL;
	const char *todo = NULL;
	switch (problem) {
#define X(name, number, w, t)                                                                                          \
	case number:                                                                                                   \
		wrong = (w);                                                                                           \
		todo = (t);                                                                                            \
		break;
		IMPORT_PROBLEMS(X)
#undef X
	default:
		break;
	}
	if (wrong != NULL)
		return str_fmt(a, "%.*s line %lld: %s; %s %s", STR_ARG(hmis_files[file].name), (long long)line, wrong,
			       aside ? "the row was set aside." : "the row was kept.", todo);
	struct hmis_flag flag = {
		.problem = (enum hmis_problem)problem,
		.file = file,
		.column = column_number(file, column),
		.set_aside = aside,
		.line = (uint64_t)line,
	};
	return hmis_flag_say(a, &flag, (struct str){0});
}
