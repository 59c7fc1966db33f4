#include "app/import_known.h"

#include <stdlib.h>
#include <string.h>

#include "app/import_record.h"
#include "base/id.h"
#include "store/q_hmis.h"

enum {
	SLICES = 64,        /* of keys, which are spread evenly: people are read from the database so many at a time */
	BATCH = 64,         /* rows that are added up together: their sums are on the way to the processor */
	BITS_A_PERSON = 16, /* of the marks below: few people share a bit */
	/* What becomes of a row is the program's too. Counts up when rows are read or kept in another way than
	 * before; which columns are read is asked of their table. */
	READING = 1,
};

/* What the rows of a person add up to. */
struct sum {
	uint64_t key;
	_Atomic uint64_t bytes;
};

/* A row that was looked at. */
struct looked {
	uint64_t key;
	uint64_t bytes;
};

struct import_known {
	struct import_known_person *people; /* by key */
	struct sum *sums;                   /* beside them */
	size_t n, room, same;
	uint32_t *starts; /* by the highest bits of a key: the first person with these or higher ones */
	unsigned shift;
	_Atomic uint64_t *marks; /* bits by the lowest bits of a key: somebody with these takes the long way */
	uint64_t mask;
	uint64_t seeds[HMIS_FILE_COUNT];
	uint64_t spoiler; /* added where the same bytes would not be the same after all */
};

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory for the people of a source");
}

void import_known_free(struct import_known **k)
{
	if (*k == NULL)
		return;
	free((*k)->people);
	free((*k)->sums);
	free((*k)->starts);
	free((void *)(uintptr_t)(*k)->marks);
	free(*k);
	*k = NULL;
}

uint64_t import_known_bytes(const struct import_known *k, enum hmis_file file, struct str bytes)
{
	return import_hash(bytes, k->seeds[file]);
}

/* What the program makes of the columns of a file. */
static uint64_t columns_hash(enum hmis_file f)
{
	uint64_t hash = import_hash(S(BYNAME_VERSION), READING);
	for (size_t i = 0; i < hmis_files[f].n; i++) {
		const struct hmis_column *c = &hmis_files[f].columns[i];
		const uint64_t how[] = {(uint64_t)c->type, (uint64_t)c->list, (uint64_t)c->need, (uint64_t)c->load};
		hash = import_hash((struct str){(const char *)how, sizeof how}, import_hash(c->name, hash));
	}
	return hash;
}

static void make_seeds(const struct import_job *j, struct import_known *k)
{
	for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++) {
		const uint64_t from[] = {(uint64_t)f, hmis_package_shape(j->package, f), (uint64_t)j->export->year,
					 j->export->hashed};
		k->seeds[f] = import_hash((struct str){(const char *)from, sizeof from}, columns_hash(f));
	}
}

struct slice {
	const struct import_job *j;
	int64_t low, high;
	struct q_hmis_people_between *rows;
	size_t n;
};

static err_t read_slice(struct db *db, struct arena *a, void *ctx)
{
	struct slice *s = ctx;
	return q_hmis_people_between(db, a, s->j->source_no, s->low, s->high, s->j->now, &s->rows, &s->n);
}

static bool add_people(struct import_known *k, const struct slice *s)
{
	if (k->n + s->n > k->room) {
		size_t room = (k->n + s->n) + (k->n + s->n) / SLICES + 1024;
		struct import_known_person *grown = realloc(k->people, room * sizeof *grown);
		if (grown == NULL)
			return false;
		k->people = grown;
		k->room = room;
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct q_hmis_people_between *row = &s->rows[i];
		k->people[k->n] = (struct import_known_person){
			.key = (uint64_t)row->key,
			.client_no = row->client_no,
			.digest = row->digest,
			.bytes = row->bytes,
			.place = (uint32_t)k->n,
			.settled = row->settled,
			.bytes_known = row->bytes_known,
		};
		k->n++;
	}
	return true;
}

static err_t read_people(struct import_job *j, struct import_known *k)
{
	int64_t step = INT64_MAX / SLICES + 1;
	for (int64_t i = 0; i < SLICES && !j->first; i++) {
		struct slice s = {.j = j, .low = i * step, .high = i * step + (step - 1)};
		struct arena_mark mark = arena_mark(j->arena);
		TRY(db_run(j->call->db, j->arena, DB_READ, read_slice, &s));
		if (!add_people(k, &s))
			return no_memory(j->arena);
		arena_rewind(j->arena, mark);
	}
	return NULL;
}

/* So that a person is found with one step to where their key begins and one to them. */
static err_t make_index(struct import_job *j, struct import_known *k)
{
	unsigned bits = 1;
	while ((size_t)1 << bits < k->n)
		bits++;
	k->shift = IMPORT_KEY_BITS - bits;
	k->starts = calloc(((size_t)1 << bits) + 1, sizeof *k->starts);
	k->sums = calloc(k->n + 1, sizeof *k->sums);
	size_t marks = 1024;
	while (marks < k->n * BITS_A_PERSON)
		marks *= 2;
	k->marks = calloc(marks / 64, sizeof *k->marks);
	k->mask = marks - 1;
	if (k->starts == NULL || k->sums == NULL || k->marks == NULL)
		return no_memory(j->arena);
	for (size_t i = 0, next = 0; next <= (size_t)1 << bits; next++) {
		while (i < k->n && k->people[i].key >> k->shift < next)
			i++;
		k->starts[next] = (uint32_t)i;
	}
	for (size_t i = 0; i < k->n; i++)
		k->sums[i].key = k->people[i].key;
	return NULL;
}

err_t import_known_load(struct import_job *j)
{
	struct import_known *k = calloc(1, sizeof *k);
	if (k == NULL)
		return no_memory(j->arena);
	j->known = k;
	random_bytes(&k->spoiler, sizeof k->spoiler);
	make_seeds(j, k);
	TRY(read_people(j, k));
	TRY(make_index(j, k));
	for (size_t i = 0; i < k->n && j->fill != NULL; i++) {
		uint32_t person;
		TRY(roster_fill_person(j->fill, j->arena, ROSTER_NOBODY, DAY_NONE, false, &person));
		if (person != i)
			return err_internal(j->arena, "the roster was not empty");
	}
	return NULL;
}

/* The first with the key; k->n where there is none. */
static size_t place_of(const struct import_known *k, uint64_t key)
{
	size_t i = k->starts[key >> k->shift];
	size_t end = k->starts[(key >> k->shift) + 1];
	while (i < end && k->sums[i].key != key)
		i++;
	return i < end ? i : k->n;
}

const struct import_known_person *import_known_find(const struct import_known *k, uint64_t key)
{
	size_t i = place_of(k, key);
	return i < k->n ? &k->people[i] : NULL;
}

size_t import_known_between(const struct import_known *k, uint64_t low, uint64_t high,
			    const struct import_known_person **first)
{
	size_t from = k->starts[low >> k->shift];
	while (from < k->n && k->people[from].key < low)
		from++;
	size_t to = k->starts[high >> k->shift];
	while (to < k->n && k->people[to].key <= high)
		to++;
	*first = k->people + from;
	return to - from;
}

size_t import_known_count(const struct import_known *k)
{
	return k->n;
}

size_t import_known_same_count(const struct import_known *k)
{
	return k->same;
}

bool import_known_same(const struct import_known *k, uint64_t key)
{
	uint64_t bit = key & k->mask;
	return k->n > 0 && (atomic_load_explicit(&k->marks[bit / 64], memory_order_relaxed) >> bit % 64 & 1) == 0;
}

static void mark(struct import_known *k, uint64_t key)
{
	uint64_t bit = key & k->mask;
	if (import_known_same(k, key))
		atomic_fetch_or_explicit(&k->marks[bit / 64], (uint64_t)1 << bit % 64, memory_order_relaxed);
}

struct looking {
	struct import_job *j;
	struct import_known *k;
	struct arena *arenas[IMPORT_WORKERS]; /* for errors */
	struct looked rows[IMPORT_WORKERS][BATCH];
	size_t n[IMPORT_WORKERS];
};

static void add_up(struct looking *l, unsigned worker)
{
	struct import_known *k = l->k;
	const struct looked *rows = l->rows[worker];
	size_t n = l->n[worker];
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&k->sums[k->starts[rows[i].key >> k->shift]], 1);
	for (size_t i = 0; i < n; i++) {
		size_t place = place_of(k, rows[i].key);
		if (place < k->n)
			atomic_fetch_add_explicit(&k->sums[place].bytes, rows[i].bytes, memory_order_relaxed);
		else
			mark(k, rows[i].key);
	}
	l->n[worker] = 0;
}

static void look_at(struct looking *l, unsigned worker, uint64_t key, uint64_t bytes)
{
	l->rows[worker][l->n[worker]++] = (struct looked){key, bytes};
	__builtin_prefetch(&l->k->starts[key >> l->k->shift]);
	if (l->n[worker] == BATCH)
		add_up(l, worker);
}

static enum hmis_glance on_glance(void *ctx, const struct hmis_glimpse *row)
{
	struct looking *l = ctx;
	if (row->key.n == 0)
		return HMIS_PASS;
	uint64_t bytes = row->bytes.n > 0 ? import_known_bytes(l->k, row->file, row->bytes) : l->k->spoiler;
	look_at(l, row->worker, import_key(row->key), bytes);
	return row->file == HMIS_Enrollment ? HMIS_FEW : HMIS_PASS;
}

static err_t on_enrollment(void *ctx, const struct hmis_row *row)
{
	struct looking *l = ctx;
	if (row->deleted)
		return NULL;
	struct str person = import_id(row, HMIS_Enrollment_PersonalID);
	struct import_record r = {
		.key = import_key(person),
		.check = (uint32_t)import_hash(person, 2),
		.line = row->line < UINT32_MAX ? (uint32_t)row->line : UINT32_MAX,
		.updated = row->updated.ms,
	};
	const struct import_project *project = import_project_find(l->j, import_id(row, HMIS_Enrollment_ProjectID));
	if (project == NULL || project->victim)
		look_at(l, row->worker, r.key, l->k->spoiler);
	return import_twice_note(l->j, l->arenas[row->worker], row->worker,
				 import_id(row, HMIS_Enrollment_EnrollmentID), &r);
}

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
	const struct looking *l = ctx;
	import_tell(l->j, "looking for changes", (int64_t)done, (int64_t)total);
}

static err_t look_through(struct looking *l)
{
	static const uint16_t enrollment[] = {HMIS_Enrollment_EnrollmentID, HMIS_Enrollment_PersonalID,
					      HMIS_Enrollment_ProjectID,    HMIS_Enrollment_EntryDate,
					      HMIS_Enrollment_DateUpdated,  HMIS_Enrollment_DateDeleted};
	struct import_job *j = l->j;
	struct hmis_job jobs[DOSSIER_KIND_END];
	size_t n = 0;
	for (enum dossier_kind kind = DOSSIER_Enrollment; kind <= DOSSIER_Client; kind++) {
		const struct import_columns *c = &import_columns[kind];
		struct hmis_job *job = &jobs[n++];
		*job = (struct hmis_job){
			.file = c->file,
			.columns = &c->person,
			.columns_n = 1,
			.ctx = l,
			.glance = on_glance,
			.glance_at = c->person,
		};
		if (c->file != HMIS_Enrollment)
			continue;
		job->columns = job->few = enrollment;
		job->columns_n = job->few_n = sizeof enrollment / sizeof enrollment[0];
		job->few_row = on_enrollment;
	}
	TRY(hmis_read(j->arena, j->package, jobs, n,
		      &(struct hmis_read_options){.threads = IMPORT_WORKERS, .ctx = l, .progress = on_progress}));
	for (unsigned w = 0; w < IMPORT_WORKERS; w++)
		add_up(l, w);
	return import_twice_find(j);
}

/* Whose sums are what they were; everybody else is marked. */
static void settle(struct import_job *j, struct import_known *k)
{
	for (size_t i = 0; i < j->losers_n; i++)
		mark(k, j->losers[i].key);
	for (size_t i = 0; i < k->n; i++) {
		const struct import_known_person *p = &k->people[i];
		bool alone = (i == 0 || p[-1].key != p->key) && (i + 1 == k->n || p[1].key != p->key);
		if (!alone || !p->settled || !p->bytes_known || k->sums[i].bytes != (uint64_t)p->bytes)
			mark(k, p->key);
	}
	for (size_t i = 0; i < k->n; i++)
		k->same += import_known_same(k, k->people[i].key);
}

err_t import_known_look(struct import_job *j)
{
	struct looking *l = arena_one(j->arena, struct looking);
	*l = (struct looking){.j = j, .k = j->known};
	for (unsigned w = 0; w < IMPORT_WORKERS; w++)
		l->arenas[w] = arena_new("looking for changes", 1 << 20);
	err_t e = look_through(l);
	if (e != NULL) /* it may live in a worker's arena */
		e = err_with_detail(j->arena, err_new(j->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(j->arena, e));
	else
		settle(j, j->known);
	for (unsigned w = 0; w < IMPORT_WORKERS; w++)
		arena_free(&l->arenas[w]);
	return e;
}
