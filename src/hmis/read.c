#include "hmis/read.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/limit.h"
#include "hmis/cell.h"
#include "hmis/csv.h"
#include "hmis/package_inside.h"

enum { FLAG_TEXT_MAX = 200, FLAGS_FIRST = 16 };

/* What all jobs of one hmis_read share. */
struct reading {
	const struct hmis_package *package;
	const struct hmis_read_options *options;
	struct hmis_job *jobs;
	size_t jobs_n;
	struct hmis_job **largest; /* of a zip: the jobs, the largest file first */
	pthread_mutex_t lock;      /* one flag, chunk or progress callback at a time */
	uint64_t done;
	uint64_t total;
	atomic_size_t taken;
	atomic_bool stop;
	err_t error;
};

/* One thread's work on one file. */
struct worker {
	struct arena *arena; /* the flags of the chunk at hand */
	struct hmis_flag *flags;
	size_t flags_n;
	size_t flags_cap;
	struct hmis_cell cells[HMIS_COLUMNS_MAX];
	struct hmis_counts counts; /* of the chunk at hand */
};

/* One file being read. */
struct file {
	struct reading *reading;
	struct hmis_job *job;
	unsigned first_worker; /* a zip's file is read by the thread of this number alone */
	size_t header_n;
	bool export_last; /* the last column is the ExportID, which is another one in each export */
	size_t checks_n;
	struct hmis_check
		checks[HMIS_COLUMNS_MAX + 1]; /* keys, DateDeleted, required dates, DateDeleted again, the rest */
	size_t required_n;                    /* up to the required dates; the rest may be missing */
	const struct hmis_check *deleted;     /* the first DateDeleted, or NULL */
	const struct hmis_check *updated;     /* DateUpdated, or NULL */
	size_t glance;                        /* which of the checks the glance is at */
	uint16_t few[HMIS_COLUMNS_MAX];       /* which of them are read of a row of HMIS_FEW */
	size_t few_n;
	struct worker *workers;
};

static bool job_wants(const struct hmis_job *job, uint16_t column)
{
	const struct hmis_column *c = &hmis_files[job->file].columns[column];
	if (c->load == HMIS_CHECK || job->columns == NULL)
		return c->load != HMIS_SKIP;
	for (size_t i = 0; i < job->columns_n; i++)
		if (job->columns[i] == column)
			return true;
	return false;
}

static bool is_deletion(const struct hmis_column *c)
{
	return str_eq(c->name, S("DateDeleted"));
}

/* In which pass a column is read: keys, deletion, dates, the rest. Deletion comes twice: first because it
 * decides whether a date is needed, then to be flagged if the row is kept. */
static bool in_pass(const struct hmis_column *c, int pass)
{
	switch (pass) {
	case 0:
		return c->need == HMIS_KEY;
	case 1:
		return is_deletion(c);
	case 2:
		return c->need == HMIS_DATED;
	default:
		return c->need < HMIS_KEY;
	}
}

static void file_plan(struct file *f)
{
	const struct hmis_file_spec *spec = &hmis_files[f->job->file];
	for (int pass = 0; pass < 4; pass++) {
		for (uint16_t c = 0; c < spec->n; c++) {
			if (!in_pass(&spec->columns[c], pass) || !job_wants(f->job, c))
				continue;
			struct hmis_check *check = &f->checks[f->checks_n++];
			*check = hmis_check_make(f->job->file, c);
			if (pass == 1)
				f->deleted = check;
			if (str_eq(spec->columns[c].name, S("DateUpdated")))
				f->updated = check;
		}
		if (pass == 2)
			f->required_n = f->checks_n;
	}
}

/* Where the columns of a glance and of the few are among the checks. */
static void glance_plan(struct file *f)
{
	const struct hmis_job *job = f->job;
	for (size_t i = 0; i < f->checks_n && job->glance != NULL; i++) {
		const struct hmis_check *c = &f->checks[i];
		if (c->number == job->glance_at)
			f->glance = i;
		/* DateDeleted stands there twice. */
		if (is_deletion(c->column) && c != f->deleted)
			continue;
		bool wanted = c->column->load == HMIS_CHECK;
		for (size_t k = 0; k < job->few_n; k++)
			wanted |= job->few[k] == c->number;
		if (wanted)
			f->few[f->few_n++] = (uint16_t)i;
	}
}

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct file *f = ctx;
	f->header_n = h->n;
	f->export_last = str_eq_nocase(h->names[h->n - 1], S("ExportID"));
	for (size_t i = 0; i < f->checks_n; i++) {
		struct str name = f->checks[i].column->name;
		columns[i] = csv_column(h, name);
		if (columns[i] == CSV_ABSENT && hmis_column_alias(name).n != 0)
			columns[i] = csv_column(h, hmis_column_alias(name));
	}
	return NULL;
}

static void flag_add(struct file *f, struct worker *w, const struct csv_row *row, uint16_t column,
		     enum hmis_problem problem, bool set_aside, struct str text)
{
	w->counts.flags++;
	if (f->job->flag == NULL || w->flags_n == HMIS_FLAGS_PER_CHUNK)
		return;
	if (w->arena == NULL)
		w->arena = arena_new("flags", 8 << 20);
	if (w->flags_n == w->flags_cap) {
		size_t cap = w->flags_cap == 0 ? FLAGS_FIRST : 2 * w->flags_cap;
		struct hmis_flag *flags = arena_many(w->arena, cap, struct hmis_flag);
		if (w->flags_n != 0)
			memcpy(flags, w->flags, w->flags_n * sizeof *flags);
		w->flags = flags;
		w->flags_cap = cap;
	}
	const struct hmis_cell *key = &w->cells[f->checks[0].number];
	w->flags[w->flags_n++] = (struct hmis_flag){
		.problem = problem,
		.file = f->job->file,
		.column = column,
		.set_aside = set_aside,
		.line = row->line,
		.key = f->checks[0].column->type == HMIS_ID && key->known ? str_dup(w->arena, key->text)
									  : (struct str){0},
		.text = pii_new(w->arena, str_sub(text, 0, FLAG_TEXT_MAX)),
	};
}

/* Blanks at both ends do not count; most cells have none, which two bytes tell. */
static inline struct str cell_trim(struct str s)
{
	if (s.n == 0 || ((unsigned char)s.p[0] > ' ' && (unsigned char)s.p[s.n - 1] > ' '))
		return s;
	return str_trim(s);
}

/* What sets the row aside if the cell of a key or required date came out like this. */
static enum hmis_problem required(const struct hmis_check *c, enum hmis_problem found, bool known)
{
	if (known)
		return HMIS_NO_PROBLEM;
	if (found != HMIS_NO_PROBLEM)
		return found;
	return c->column->need == HMIS_KEY ? HMIS_ID_MISSING : HMIS_DAY_MISSING;
}

/* Reads keys and required dates; false if the row was set aside. Only a DateDeleted that is a date makes
 * up for a missing date: anything else there may be a row whose cells have shifted. */
static bool row_required(struct file *f, struct worker *w, const struct csv_row *row)
{
	bool good = true;
	bool gone = false;
	for (size_t i = 0; i < f->required_n; i++) {
		const struct hmis_check *c = &f->checks[i];
		struct hmis_cell *cell = &w->cells[c->number];
		struct str text = cell_trim(row->cells[i]);
		enum hmis_problem p = hmis_cell_read(c, text, cell);
		if (c == f->deleted) {
			gone = cell->known;
			continue;
		}
		if (gone && c->column->need == HMIS_DATED)
			continue;
		p = required(c, p, cell->known);
		if (p == HMIS_NO_PROBLEM)
			continue;
		flag_add(f, w, row, c->number, p, true, text);
		good = false;
	}
	return good;
}

/* Reads what may be missing; blanks and flags what cannot be read. */
static void row_optional(struct file *f, struct worker *w, const struct csv_row *row)
{
	for (size_t i = f->required_n; i < f->checks_n; i++) {
		const struct hmis_check *c = &f->checks[i];
		struct str text = cell_trim(row->cells[i]);
		enum hmis_problem p = hmis_cell_read(c, text, &w->cells[c->number]);
		if (c->column->load == HMIS_COUNT)
			continue;
		if (p != HMIS_NO_PROBLEM)
			w->counts.blanked++;
		else if (text.n == 0 && c->column->need == HMIS_WANTED)
			p = HMIS_WANTED_MISSING;
		if (p != HMIS_NO_PROBLEM)
			flag_add(f, w, row, c->number, p, false, text);
	}
}

/* Commas, quotes and blanks behind the last column say nothing. */
static bool is_empty_tail(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ',' && s.p[i] != '"' && (unsigned char)s.p[i] > ' ')
			return false;
	return true;
}

/* Sees to a row that is not shaped like the header; false if it was set aside. */
static bool row_shape(struct file *f, struct worker *w, const struct csv_row *row)
{
	enum hmis_problem p = HMIS_NO_PROBLEM;
	bool set_aside = true;
	if (row->trouble != CSV_FINE) {
		p = row->trouble == CSV_QUOTE_OPEN ? HMIS_QUOTE_OPEN : HMIS_ROW_LONG;
	} else if (row->width > f->header_n && !is_empty_tail(row->beyond)) {
		p = HMIS_ROW_WIDE;
	} else if (row->width < f->header_n) {
		p = HMIS_ROW_SHORT;
		set_aside = false;
	}
	if (p == HMIS_NO_PROBLEM)
		return true;
	w->cells[f->checks[0].number].known = false;
	flag_add(f, w, row, HMIS_NO_COLUMN, p, set_aside, (struct str){0});
	return !set_aside;
}

static struct str row_bytes(const struct file *f, const struct csv_row *row)
{
	return f->export_last ? str_sub(row->bytes, 0, row->last) : row->bytes;
}

static err_t row_give(struct file *f, struct worker *w, const struct csv_row *row, bool flagged,
		      err_t (*fn)(void *ctx, const struct hmis_row *row))
{
	bool deleted = f->deleted != NULL && cell_trim(row->cells[f->deleted - f->checks]).n != 0;
	w->counts.kept++;
	w->counts.deleted += deleted;
	if (fn == NULL)
		return NULL;
	const struct hmis_cell *updated = f->updated == NULL ? NULL : &w->cells[f->updated->number];
	const struct hmis_row typed = {
		.cells = w->cells,
		.updated = updated != NULL && updated->known ? updated->at : INSTANT_NONE,
		.deleted = deleted,
		.file = f->job->file,
		.worker = f->first_worker + row->worker,
		.chunk = row->chunk,
		.line = row->line,
		.bytes = row_bytes(f, row),
		.flagged = flagged,
	};
	return fn(f->job->ctx, &typed);
}

/* A row that is known to be good: what is needed of it. */
static err_t row_few(struct file *f, struct worker *w, const struct csv_row *row)
{
	bool gone = false;
	if (f->updated != NULL)
		w->cells[f->updated->number].known = false;
	for (size_t i = 0; i < f->few_n; i++) {
		const struct hmis_check *c = &f->checks[f->few[i]];
		struct hmis_cell *cell = &w->cells[c->number];
		(void)hmis_cell_read(c, cell_trim(row->cells[f->few[i]]), cell);
		gone |= c == f->deleted && cell->known;
		if (!cell->known && (c->column->need == HMIS_KEY || (c->column->need == HMIS_DATED && !gone)))
			return NULL;
	}
	uint16_t column;
	(void)hmis_row_withhold(f->job->file, w->cells, &column);
	return row_give(f, w, row, false, f->job->few_row);
}

static enum hmis_glance row_glance(const struct file *f, const struct csv_row *row, bool shaped)
{
	const struct hmis_glimpse glimpse = {
		.key = cell_trim(row->cells[f->glance]),
		.bytes = shaped ? row_bytes(f, row) : (struct str){0},
		.file = f->job->file,
		.worker = f->first_worker + row->worker,
	};
	enum hmis_glance g = f->job->glance(f->job->ctx, &glimpse);
	return shaped ? g : HMIS_READ;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct file *f = ctx;
	struct worker *w = &f->workers[row->worker];
	w->counts.rows++;
	bool shaped = row->trouble == CSV_FINE && row->width == f->header_n;
	enum hmis_glance glance = f->job->glance == NULL ? HMIS_READ : row_glance(f, row, shaped);
	if (glance != HMIS_READ)
		return glance == HMIS_FEW ? row_few(f, w, row) : row_give(f, w, row, false, NULL);
	uint64_t flags = w->counts.flags;
	if ((!shaped && !row_shape(f, w, row)) || !row_required(f, w, row)) {
		w->counts.set_aside++;
		return NULL;
	}
	row_optional(f, w, row);
	uint16_t column;
	enum hmis_problem p = hmis_row_withhold(f->job->file, w->cells, &column);
	if (p != HMIS_NO_PROBLEM) {
		flag_add(f, w, row, column, p, false, (struct str){0});
		w->counts.blanked++;
	}
	return row_give(f, w, row, w->counts.flags != flags, f->job->row);
}

static void counts_add(struct hmis_counts *to, const struct hmis_counts *c)
{
	to->rows += c->rows;
	to->kept += c->kept;
	to->deleted += c->deleted;
	to->set_aside += c->set_aside;
	to->blanked += c->blanked;
	to->flags += c->flags;
}

static err_t chunk_report(struct file *f, struct worker *w, unsigned worker, uint64_t chunk, uint64_t bytes)
{
	struct reading *r = f->reading;
	for (size_t i = 0; i < w->flags_n; i++)
		TRY(f->job->flag(f->job->ctx, &w->flags[i]));
	if (f->job->chunk != NULL)
		TRY(f->job->chunk(f->job->ctx, f->first_worker + worker, chunk));
	r->done += bytes;
	if (r->options->progress != NULL)
		r->options->progress(r->options->ctx, r->done, r->total);
	return NULL;
}

static err_t on_chunk_end(void *ctx, unsigned worker, uint64_t chunk, uint64_t bytes)
{
	struct file *f = ctx;
	struct worker *w = &f->workers[worker];
	pthread_mutex_lock(&f->reading->lock);
	counts_add(&f->job->counts, &w->counts);
	err_t e = chunk_report(f, w, worker, chunk, bytes);
	pthread_mutex_unlock(&f->reading->lock);
	w->counts = (struct hmis_counts){0};
	w->flags = NULL;
	w->flags_n = w->flags_cap = 0;
	if (w->arena != NULL)
		arena_reset(w->arena);
	return e != NULL || !atomic_load(&f->reading->stop) ? e : f->reading->error;
}

static err_t scan_zip(struct arena *a, const struct hmis_package *p, enum hmis_file file, const struct csv_scan *scan)
{
	struct zip_stream *z;
	TRY(zip_stream_open(a, p, file, &z));
	err_t e = csv_scan_stream(a, zip_stream_csv(z), scan);
	zip_stream_close(&z);
	return e;
}

/* Reads one file; errors and the header live in `a`. */
static err_t file_read(struct arena *a, struct reading *r, struct hmis_job *job, unsigned first, unsigned threads)
{
	job->counts = (struct hmis_counts){0};
	const struct hmis_package *p = r->package;
	if (!hmis_package_has(p, job->file))
		return NULL;
	struct arena *own = arena_new("a file being read", 16 << 20);
	struct file *f = arena_one(own, struct file);
	*f = (struct file){.reading = r, .job = job, .first_worker = first};
	f->workers = arena_many(own, threads, struct worker);
	file_plan(f);
	glance_plan(f);
	struct csv_scan scan = {
		.columns_n = f->checks_n,
		.threads = threads,
		.ctx = f,
		.header = on_header,
		.row = on_row,
		.chunk_end = on_chunk_end,
	};
	err_t e = p->zip ? scan_zip(a, p, job->file, &scan) : csv_scan_bytes(a, p->members[job->file].map, &scan);
	for (unsigned i = 0; i < threads; i++)
		arena_free(&f->workers[i].arena);
	arena_free(&own);
	return e;
}

struct thread {
	struct reading *reading;
	struct arena *arena;
	unsigned number;
	pthread_t id;
};

/* Takes one of a zip's files after the other. */
static void *thread_run(void *arg)
{
	struct thread *t = arg;
	struct reading *r = t->reading;
	for (;;) {
		size_t i = atomic_fetch_add(&r->taken, 1);
		if (i >= r->jobs_n || atomic_load(&r->stop))
			return NULL;
		err_t e = file_read(t->arena, r, r->largest[i], t->number, 1);
		if (e == NULL)
			continue;
		pthread_mutex_lock(&r->lock);
		if (r->error == NULL)
			r->error = e;
		atomic_store(&r->stop, true);
		pthread_mutex_unlock(&r->lock);
	}
}

/* A large file that begins last is waited for by everybody. */
static void sort_jobs(struct arena *a, struct reading *r)
{
	r->largest = arena_many(a, r->jobs_n, struct hmis_job *);
	for (size_t i = 0; i < r->jobs_n; i++) {
		uint64_t size = hmis_package_size(r->package, r->jobs[i].file);
		size_t k = i;
		for (; k > 0 && hmis_package_size(r->package, r->largest[k - 1]->file) < size; k--)
			r->largest[k] = r->largest[k - 1];
		r->largest[k] = &r->jobs[i];
	}
}

static err_t read_side_by_side(struct arena *a, struct reading *r)
{
	sort_jobs(a, r);
	unsigned n = r->options->threads < r->jobs_n ? r->options->threads : (unsigned)r->jobs_n;
	struct thread *threads = arena_many(a, n, struct thread);
	for (unsigned i = 0; i < n; i++)
		threads[i] = (struct thread){.reading = r, .arena = arena_new("a zip's file", 8 << 20), .number = i};
	unsigned started = 1;
	while (started < n && pthread_create(&threads[started].id, NULL, thread_run, &threads[started]) == 0)
		started++;
	thread_run(&threads[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(threads[i].id, NULL);
	/* The error may live in a thread's arena, which goes. */
	err_t e = NULL;
	if (r->error != NULL) {
		e = err_new(a, r->error->class, "%.*s", STR_ARG(r->error->say));
		e = err_with_detail(a, e, err_describe(a, r->error));
	}
	for (unsigned i = 0; i < n; i++)
		arena_free(&threads[i].arena);
	return e;
}

err_t hmis_read(struct arena *a, const struct hmis_package *p, struct hmis_job *jobs, size_t jobs_n,
		const struct hmis_read_options *options)
{
	struct reading r = {.package = p, .options = options, .jobs = jobs, .jobs_n = jobs_n};
	for (size_t i = 0; i < jobs_n; i++)
		r.total += hmis_package_size(p, jobs[i].file);
	pthread_mutex_init(&r.lock, NULL);
	err_t e = NULL;
	if (p->zip)
		e = jobs_n == 0 ? NULL : read_side_by_side(a, &r);
	else
		for (size_t i = 0; i < jobs_n && e == NULL; i++)
			e = file_read(a, &r, &jobs[i], 0, options->threads);
	pthread_mutex_destroy(&r.lock);
	return e;
}

const struct pii *hmis_cell_pii(struct arena *a, const struct hmis_cell *c)
{
	return c->known ? pii_new(a, c->text) : NULL;
}
