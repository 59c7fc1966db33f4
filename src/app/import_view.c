#include "app/import.h"
#include "app/import_job.h"
#include "store/q_hmis.h"
#include "store/q_import_flag.h"

static err_t may_see(const struct call *c)
{
	bool may = c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM ||
		   (c->actor.kind == ACTOR_USER &&
		    (access_may(c->actor.role, CAN_IMPORT) || access_may(c->actor.role, CAN_FLAGS)));
	return may ? NULL : err_new(c->arena, ERR_DENIED, "Imports are for administrators and list holders.");
}

/* Flags name rows by their HMIS ids, so they are not for who sees no person. */
static err_t may_see_flags(const struct call *c)
{
	bool may = c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM ||
		   (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_FLAGS));
	return may ? NULL : err_new(c->arena, ERR_DENIED, "What an import set aside is for list holders.");
}

struct getting {
	int64_t no;
	struct import_view *out;
};

static err_t get(struct db *db, struct arena *a, void *ctx)
{
	const struct getting *g = ctx;
	struct import_view *v = g->out;
	struct q_hmis_import_by_no row;
	struct q_hmis_import_files *files;
	size_t n;
	bool found;
	TRY(q_hmis_import_by_no(db, a, g->no, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no import %lld.", (long long)g->no);
	TRY(q_hmis_import_files(db, a, g->no, &files, &n));
	*v = (struct import_view){
		.no = g->no,
		.state = row.state,
		.source = row.source,
		.exported = row.export_date,
		.period_start = row.period_start,
		.period_end = row.period_end,
		.csv_year = (int)row.csv_year,
		.full = row.directive_known && row.directive == HMIS_FULL_REFRESH,
		.hashed = row.hashed,
		.actor = row.actor,
		.begun_at = row.begun_at,
		.ended_at = row.ended_at,
		.clients = {row.clients_added, row.clients_changed, row.clients_unchanged, row.clients_removed,
			    row.clients_gone, row.clients_refused},
		.enrollments = {row.enrollments_added, row.enrollments_changed, row.enrollments_unchanged,
				row.enrollments_removed, row.enrollments_gone, row.enrollments_refused},
		.facts_gone = row.facts_gone,
		.households_before = row.households_before,
		.households_after = row.households_after,
		.rows_aside = row.rows_aside,
		.values_blanked = row.values_blanked,
		.files = arena_many(a, n, struct import_file),
	};
	for (size_t i = 0; i < n; i++) {
		if (files[i].file < 0 || files[i].file >= HMIS_FILE_COUNT)
			continue;
		v->files[v->files_n++] = (struct import_file){
			.name = hmis_files[files[i].file].name,
			.counts = {files[i].all_rows, files[i].kept, files[i].deleted, files[i].aside, files[i].blanked,
				   files[i].refused},
		};
	}
	return NULL;
}

err_t app_import_get(struct call *c, int64_t no, struct import_view *out)
{
	TRY(may_see(c));
	struct getting g = {no, out};
	return db_run(c->db, c->arena, DB_READ, get, &g);
}

struct listing_imports {
	int64_t most;
	struct import_view *views;
	size_t n;
	int64_t waits;
};

static err_t list(struct db *db, struct arena *a, void *ctx)
{
	struct listing_imports *l = ctx;
	struct q_hmis_imports *rows;
	struct q_hmis_imports_open *open;
	size_t open_n;
	TRY(q_hmis_imports(db, a, l->most, &rows, &l->n));
	TRY(q_hmis_imports_open(db, a, &open, &open_n));
	l->waits = 0;
	for (size_t i = 0; i < open_n; i++)
		if (str_eq(open[i].state, S("staged")) && str_eq(open[i].kind, S("import")))
			l->waits = open[i].no;
	l->views = arena_many(a, l->n, struct import_view);
	for (size_t i = 0; i < l->n; i++) {
		struct getting g = {rows[i].no, &l->views[i]};
		TRY(get(db, a, &g));
		l->views[i].files_n = 0;
	}
	return NULL;
}

err_t app_imports(struct call *c, int64_t most, struct import_view **out, size_t *n, int64_t *waits)
{
	TRY(may_see(c));
	struct listing_imports l = {.most = most};
	TRY(db_run(c->db, c->arena, DB_READ, list, &l));
	*out = l.views;
	*n = l.n;
	*waits = l.waits;
	return NULL;
}

struct flags {
	int64_t no, after, most;
	struct import_flag *rows;
	size_t n;
};

static err_t list_flags(struct db *db, struct arena *a, void *ctx)
{
	struct flags *f = ctx;
	struct q_import_flags *rows;
	if (f->no == 0) {
		struct q_hmis_import_last_applied last;
		bool found;
		TRY(q_hmis_import_last_applied(db, a, &last, &found));
		f->no = last.no;
	}
	TRY(q_import_flags(db, a, f->no, f->after, f->most, &rows, &f->n));
	f->rows = arena_many(a, f->n, struct import_flag);
	for (size_t i = 0; i < f->n; i++) {
		bool file = rows[i].file >= 0 && rows[i].file < HMIS_FILE_COUNT;
		enum hmis_file number = file ? (enum hmis_file)rows[i].file : HMIS_FILE_COUNT;
		f->rows[i] = (struct import_flag){
			.no = rows[i].no,
			.file = file ? hmis_files[number].name : S("the export"),
			.line = rows[i].line,
			.key = rows[i].row_key,
			.aside = rows[i].aside,
			.problem = import_problem_name(a, (int)rows[i].problem),
			.sentence = import_flag_say(a, number, rows[i].line, rows[i].column_name, (int)rows[i].problem,
						    rows[i].aside),
		};
	}
	return NULL;
}

err_t app_import_flags(struct call *c, int64_t no, int64_t after, int64_t most, struct import_flag **out, size_t *n)
{
	TRY(may_see_flags(c));
	struct flags f = {.no = no, .after = after, .most = most};
	TRY(db_run(c->db, c->arena, DB_READ, list_flags, &f));
	*out = f.rows;
	*n = f.n;
	return NULL;
}
