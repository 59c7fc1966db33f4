/* Chunks, windows and threads around the CSV kernels. */
#include "hmis/csv.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "hmis/csv_kernel.h"

size_t csv_kernels(const struct csv_kernel *out[3])
{
	size_t n = 0;
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt"))
		out[n++] = &csv_kernel_avx2;
	out[n++] = &csv_kernel_sse2;
#endif
	out[n++] = &csv_kernel_plain;
	return n;
}

static void index_begin(struct csv_index *ix, const char *base, size_t end, bool last)
{
	ix->base = base;
	ix->end = end;
	ix->last = last;
	ix->done = 0;
	ix->multi_line = ix->hurt_any = false;
	ix->state = (struct csv_state){.at_start = true};
}

/* The first row end at or behind `from`; SIZE_MAX if none is indexed. */
static size_t line_at(const struct csv_index *ix, size_t from)
{
	size_t b = from / CSV_BLOCK;
	if (b * CSV_BLOCK >= ix->done)
		return SIZE_MAX;
	uint64_t m = ix->line[b] & ~0ULL << from % CSV_BLOCK;
	while (m == 0) {
		if (++b * CSV_BLOCK >= ix->done)
			return SIZE_MAX;
		m = ix->line[b];
	}
	return b * CSV_BLOCK + (unsigned)__builtin_ctzll(m);
}

/* The beginning of the last row that begins before `own`. */
static size_t last_row(const struct csv_index *ix, size_t own)
{
	size_t b = (own - 1) / CSV_BLOCK;
	/* A line end at own − 1 would begin a row at `own`, so only what is before it counts. */
	uint64_t m = ix->line[b] & ((1ULL << (own - 1) % CSV_BLOCK) - 1);
	while (m == 0) {
		if (b == 0)
			return 0;
		m = ix->line[--b];
	}
	return b * CSV_BLOCK + 64 - (unsigned)__builtin_clzll(m);
}

/* What indexing a chunk found out. */
struct chunk {
	size_t walk; /* rows in [0, walk) can be walked */
	size_t next; /* where the first row of the next chunk begins */
	bool long_row;
	size_t feeds; /* lines in [0, next) */
};

static size_t count_feeds(const char *p, size_t n)
{
	size_t feeds = 0;
	for (const char *end = p + n; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		feeds++;
	return feeds;
}

/* Indexes the rows that begin in the first `own` bytes of the window. */
static struct chunk chunk_index(const struct csv_kernel *k, struct csv_index *ix, size_t own)
{
	for (size_t to = own;; to = ix->done + (4 << 10)) {
		k->index(ix, to);
		size_t end = line_at(ix, own - 1);
		size_t begin = last_row(ix, own);
		size_t enough = begin + LIMIT_CSV_ROW + LIMIT_CSV_FIELD + CSV_BLOCK;
		if (end == SIZE_MAX && ix->done < enough)
			continue;
		if (end != SIZE_MAX && end - begin <= LIMIT_CSV_ROW) {
			size_t next = end < ix->end ? end + 1 : ix->end;
			return (struct chunk){.walk = own, .next = next, .feeds = k->feeds(ix, next)};
		}
		size_t from = begin + LIMIT_CSV_ROW;
		const char *feed = memchr(ix->base + from, '\n', ix->end - from);
		size_t next = feed == NULL ? ix->end : (size_t)(feed - ix->base) + 1;
		return (struct chunk){
			.walk = begin, .next = next, .long_row = true, .feeds = count_feeds(ix->base, next)};
	}
}

struct worker {
	const struct csv_kernel *kernel;
	struct csv_walk walk;
	struct csv_index *index;
};

static int pick_order(const void *a, const void *b)
{
	const struct csv_pick *x = a;
	const struct csv_pick *y = b;
	return (x->column > y->column) - (x->column < y->column);
}

/* The first row as the header; *body is where the next begins, *lines how many it took. */
static err_t header_parse(struct arena *a, const struct csv_kernel *k, struct csv_index *ix, struct str text, bool last,
			  struct csv_header *h, size_t *body, size_t *lines)
{
	size_t mark = str_starts(text, S("\xEF\xBB\xBF")) ? 3 : 0;
	*h = (struct csv_header){0};
	*lines = 0;
	*body = text.n;
	if (text.n == mark)
		return NULL;
	index_begin(ix, text.p + mark, text.n - mark, last);
	struct chunk c = chunk_index(k, ix, 1);
	size_t end = line_at(ix, 0);
	if (c.long_row || end == SIZE_MAX || (ix->hurt[end / CSV_BLOCK] >> end % CSV_BLOCK & 1) != 0)
		return err_new(a, ERR_INVALID,
			       "The header line of a CSV file cannot be read: it is too long or a quotation mark is "
			       "not closed. Export the file again.");
	size_t text_end = end - (end > 0 && ix->base[end - 1] == '\r');
	size_t n = 1;
	for (size_t i = 0; i < end; i++)
		n += ix->cell[i / CSV_BLOCK] >> i % CSV_BLOCK & 1;
	struct str *names = arena_many(a, n, struct str);
	size_t from = 0;
	size_t column = 0;
	for (size_t i = 0; i <= end; i++) {
		if ((ix->cell[i / CSV_BLOCK] >> i % CSV_BLOCK & 1) == 0)
			continue;
		struct str cell = {ix->base + from, (i == end ? text_end : i) - from};
		size_t used;
		if (cell.n != 0 && cell.p[0] == '"')
			cell = csv_unquote(cell, arena_many(a, cell.n, char), &used);
		names[column++] = str_dup(a, str_trim(cell));
		from = i + 1;
	}
	*h = (struct csv_header){.names = names, .n = n};
	*body = mark + c.next;
	*lines = c.feeds;
	return NULL;
}

/* Lets the caller say which columns it wants; the same picks serve all workers. */
static err_t picks_ask(struct arena *own, const struct csv_scan *scan, const struct csv_header *h,
		       struct csv_pick **picks, size_t *picks_n)
{
	uint32_t *columns = arena_many(own, scan->columns_n, uint32_t);
	for (size_t i = 0; i < scan->columns_n; i++)
		columns[i] = CSV_ABSENT;
	TRY(scan->header(scan->ctx, h, columns));
	*picks = arena_many(own, scan->columns_n, struct csv_pick);
	*picks_n = 0;
	for (uint32_t i = 0; i < scan->columns_n; i++)
		if (columns[i] != CSV_ABSENT)
			(*picks)[(*picks_n)++] = (struct csv_pick){.column = columns[i], .slot = i};
	qsort(*picks, *picks_n, sizeof **picks, pick_order);
	return NULL;
}

static void worker_begin(struct worker *w, const struct csv_scan *scan, const struct csv_kernel *k, unsigned number)
{
	struct arena *own = arena_new("a CSV worker", 8 << 20);
	w->kernel = k;
	w->index = arena_one(own, struct csv_index);
	w->walk = (struct csv_walk){
		.scan = scan,
		.cells = arena_many(own, scan->columns_n, struct str),
		.arena = own,
		.index = w->index,
	};
	w->walk.row.cells = w->walk.cells;
	w->walk.row.worker = number;
}

static void worker_end(struct worker *w)
{
	arena_free(&w->walk.arena);
}

/* Hands over the rows of an indexed chunk whose first line is `line`. */
static err_t chunk_walk(struct worker *w, const struct chunk *c, uint64_t number, uint64_t line)
{
	struct csv_walk *walk = &w->walk;
	walk->row.chunk = number;
	walk->row.line = line;
	TRY(w->kernel->walk(walk, 0, c->walk));
	if (!c->long_row)
		return NULL;
	memset(walk->cells, 0, walk->scan->columns_n * sizeof *walk->cells);
	walk->row.trouble = CSV_ROW_LONG;
	walk->row.width = 0;
	walk->row.last = 0;
	walk->row.bytes = walk->row.beyond = (struct str){0};
	return walk->scan->row(walk->scan->ctx, &walk->row);
}

/* A mapped file and what its threads share. */
struct job {
	const struct csv_scan *scan;
	const struct csv_kernel *kernel;
	struct str file;
	size_t chunk;
	size_t body;
	atomic_size_t taken; /* chunks that were given to a worker */
	atomic_bool stop;

	pthread_mutex_t lock;
	pthread_cond_t moved;
	size_t ready;  /* this chunk's first row is known: */
	size_t start;  /* its position */
	uint64_t line; /* and line */
	size_t ended;  /* chunks whose chunk_end was called */
	err_t error;
};

struct thread {
	struct job *job;
	struct worker worker;
	pthread_t id;
};

static void job_fail(struct job *j, err_t e)
{
	pthread_mutex_lock(&j->lock);
	if (j->error == NULL)
		j->error = e;
	atomic_store(&j->stop, true);
	pthread_cond_broadcast(&j->moved);
	pthread_mutex_unlock(&j->lock);
}

/* Waits until *count reaches `want`; false if the scan was stopped. */
static bool job_wait(struct job *j, const size_t *count, size_t want)
{
	while (*count != want && !atomic_load(&j->stop))
		pthread_cond_wait(&j->moved, &j->lock);
	return !atomic_load(&j->stop);
}

/* Where a row may begin in the chunk: behind its first line feed. Wrong only if that is in quotes. */
static size_t chunk_guess(const struct job *j, size_t from, size_t to)
{
	if (from <= j->body)
		return j->body;
	const char *feed = memchr(j->file.p + from - 1, '\n', to - from + 1);
	return feed == NULL ? to : (size_t)(feed - j->file.p) + 1;
}

static err_t job_chunk(struct job *j, struct worker *w, size_t number)
{
	size_t from = number * j->chunk;
	size_t to = j->file.n - from < j->chunk ? j->file.n : from + j->chunk;
	size_t guess = chunk_guess(j, from, to);
	struct chunk c = {0};
	if (guess < to) {
		index_begin(w->index, j->file.p + guess, j->file.n - guess, true);
		c = chunk_index(j->kernel, w->index, to - guess);
	}

	pthread_mutex_lock(&j->lock);
	bool go = job_wait(j, &j->ready, number);
	size_t start = j->start;
	uint64_t line = j->line;
	pthread_mutex_unlock(&j->lock);
	if (!go)
		return NULL;
	if (start >= to) {
		c = (struct chunk){0};
	} else if (start != guess) {
		index_begin(w->index, j->file.p + start, j->file.n - start, true);
		c = chunk_index(j->kernel, w->index, to - start);
	}

	pthread_mutex_lock(&j->lock);
	j->ready = number + 1;
	j->start = start + c.next;
	j->line = line + c.feeds;
	pthread_cond_broadcast(&j->moved);
	pthread_mutex_unlock(&j->lock);
	TRY(chunk_walk(w, &c, number, line));

	if (j->scan->chunk_end == NULL)
		return NULL;
	pthread_mutex_lock(&j->lock);
	go = job_wait(j, &j->ended, number);
	pthread_mutex_unlock(&j->lock);
	if (!go)
		return NULL;
	TRY(j->scan->chunk_end(j->scan->ctx, w->walk.row.worker, number, to - from));
	pthread_mutex_lock(&j->lock);
	j->ended = number + 1;
	pthread_cond_broadcast(&j->moved);
	pthread_mutex_unlock(&j->lock);
	return NULL;
}

static void *thread_run(void *arg)
{
	struct thread *t = arg;
	struct job *j = t->job;
	while (!atomic_load(&j->stop)) {
		size_t number = atomic_fetch_add(&j->taken, 1);
		if (number >= (j->file.n + j->chunk - 1) / j->chunk)
			break;
		err_t e = job_chunk(j, &t->worker, number);
		if (e != NULL)
			job_fail(j, e);
	}
	return NULL;
}

static err_t job_run(struct job *j, struct arena *own, const struct csv_pick *picks, size_t picks_n, size_t header_n)
{
	size_t chunks = (j->file.n + j->chunk - 1) / j->chunk;
	unsigned n = j->scan->threads < chunks ? j->scan->threads : (unsigned)chunks;
	struct thread *threads = arena_many(own, n, struct thread);
	for (unsigned i = 0; i < n; i++) {
		threads[i].job = j;
		worker_begin(&threads[i].worker, j->scan, j->kernel, i);
		threads[i].worker.walk.picks = picks;
		threads[i].worker.walk.picks_n = picks_n;
		threads[i].worker.walk.header_n = header_n;
	}
	unsigned started = 1;
	while (started < n && pthread_create(&threads[started].id, NULL, thread_run, &threads[started]) == 0)
		started++;
	/* The caller's thread works too, so a machine that gives no more threads still gets there. */
	thread_run(&threads[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(threads[i].id, NULL);
	for (unsigned i = 0; i < n; i++)
		worker_end(&threads[i].worker);
	return j->error;
}

static struct arena *scan_arena(void)
{
	return arena_new("reading CSV", 8 << 20);
}

err_t csv_scan_bytes_with(struct arena *a, struct str file, const struct csv_scan *scan,
			  const struct csv_kernel *kernel, size_t chunk)
{
	struct arena *own = scan_arena();
	struct job j = {.scan = scan, .kernel = kernel, .file = file, .chunk = chunk};
	struct csv_header h;
	struct csv_pick *picks;
	size_t picks_n;
	size_t lines;
	err_t e = header_parse(a, kernel, arena_one(own, struct csv_index), file, true, &h, &j.body, &lines);
	if (e == NULL && h.n != 0)
		e = picks_ask(own, scan, &h, &picks, &picks_n);
	if (e == NULL && h.n != 0) {
		j.start = j.body;
		j.line = 1 + lines;
		pthread_mutex_init(&j.lock, NULL);
		pthread_cond_init(&j.moved, NULL);
		e = job_run(&j, own, picks, picks_n, h.n);
		pthread_cond_destroy(&j.moved);
		pthread_mutex_destroy(&j.lock);
	}
	arena_free(&own);
	return e;
}

err_t csv_scan_bytes(struct arena *a, struct str file, const struct csv_scan *scan)
{
	const struct csv_kernel *kernels[3];
	csv_kernels(kernels);
	return csv_scan_bytes_with(a, file, scan, kernels[0], CSV_CHUNK);
}

/* The bytes of a stream that are in memory. */
struct window {
	struct csv_stream *in;
	char *bytes;
	size_t cap;
	size_t from;
	size_t n;
	bool last;
};

/* Has at least a chunk and all that may matter behind it, or the rest of the stream. */
static err_t window_fill(struct window *w)
{
	if (w->last || w->n - w->from >= CSV_CHUNK + CSV_AHEAD)
		return NULL;
	memmove(w->bytes, w->bytes + w->from, w->n - w->from);
	w->n -= w->from;
	w->from = 0;
	while (w->n < w->cap && !w->last) {
		size_t got = 0;
		TRY(w->in->read(w->in->ctx, w->bytes + w->n, w->cap - w->n, &got));
		w->n += got;
		w->last = got == 0;
	}
	return NULL;
}

/* Drops what is left of a row that is too long, up to its line feed; *lines counts that. */
static err_t window_drop_line(struct window *w, uint64_t *line, uint64_t *bytes)
{
	while (!w->last) {
		w->from = w->n = 0;
		size_t got = 0;
		TRY(w->in->read(w->in->ctx, w->bytes, w->cap, &got));
		w->last = got == 0;
		w->n = got;
		const char *feed = memchr(w->bytes, '\n', got);
		w->from = feed == NULL ? got : (size_t)(feed - w->bytes) + 1;
		*bytes += w->from;
		*line += feed != NULL;
		if (feed != NULL)
			break;
	}
	return NULL;
}

static err_t stream_rows(struct window *in, struct worker *w, size_t chunk, uint64_t line, uint64_t bytes)
{
	const struct csv_scan *scan = w->walk.scan;
	for (uint64_t number = 0;; number++) {
		TRY(window_fill(in));
		size_t left = in->n - in->from;
		if (left == 0 && in->last)
			return bytes == 0 || scan->chunk_end == NULL ? NULL
								     : scan->chunk_end(scan->ctx, 0, number, bytes);
		index_begin(w->index, in->bytes + in->from, left, in->last);
		struct chunk c = chunk_index(w->kernel, w->index, left < chunk ? left : chunk);
		TRY(chunk_walk(w, &c, number, line));
		line += c.feeds;
		in->from += c.next;
		bytes += c.next;
		if (c.long_row && in->from == in->n && in->bytes[in->n - 1] != '\n')
			TRY(window_drop_line(in, &line, &bytes));
		if (scan->chunk_end != NULL)
			TRY(scan->chunk_end(scan->ctx, 0, number, bytes));
		bytes = 0;
	}
}

static err_t stream_all(struct arena *a, struct arena *own, struct window *in, struct worker *w, size_t chunk)
{
	TRY(window_fill(in));
	struct csv_header h;
	size_t body;
	size_t lines;
	TRY(header_parse(a, w->kernel, w->index, (struct str){in->bytes, in->n}, in->last, &h, &body, &lines));
	if (h.n == 0)
		return NULL;
	struct csv_pick *picks;
	TRY(picks_ask(own, w->walk.scan, &h, &picks, &w->walk.picks_n));
	w->walk.picks = picks;
	w->walk.header_n = h.n;
	in->from = body;
	return stream_rows(in, w, chunk, 1 + lines, body);
}

err_t csv_scan_stream_with(struct arena *a, struct csv_stream *stream, const struct csv_scan *scan,
			   const struct csv_kernel *kernel, size_t chunk)
{
	struct arena *own = scan_arena();
	struct window in = {.in = stream, .cap = 3 * CSV_CHUNK + CSV_AHEAD};
	in.bytes = arena_many(own, in.cap, char);
	struct worker w;
	worker_begin(&w, scan, kernel, 0);
	err_t e = stream_all(a, own, &in, &w, chunk);
	worker_end(&w);
	arena_free(&own);
	return e;
}

err_t csv_scan_stream(struct arena *a, struct csv_stream *in, const struct csv_scan *scan)
{
	const struct csv_kernel *kernels[3];
	csv_kernels(kernels);
	return csv_scan_stream_with(a, in, scan, kernels[0], CSV_CHUNK);
}

err_t csv_header_read(struct arena *a, struct str file, struct csv_header *h)
{
	const struct csv_kernel *kernels[3];
	csv_kernels(kernels);
	struct arena *own = scan_arena();
	size_t body;
	size_t lines;
	err_t e = header_parse(a, kernels[0], arena_one(own, struct csv_index), file, true, h, &body, &lines);
	arena_free(&own);
	return e;
}

uint32_t csv_column(const struct csv_header *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq_nocase(h->names[i], name))
			return (uint32_t)i;
	return CSV_ABSENT;
}
