#include <stdlib.h>
#include <string.h>

#include "app/import_known.h"
#include "app/import_record.h"
#include "domain/timely.h"

/* Results come last: they are of assessments that were read. */
static const enum hmis_file person_files[] = {
	HMIS_Client,   HMIS_Enrollment,   HMIS_Exit,        HMIS_CurrentLivingSituation, HMIS_Assessment, HMIS_Event,
	HMIS_Services, HMIS_Disabilities, HMIS_HealthAndDV, HMIS_AssessmentResults,
};
enum { PERSON_FILES = sizeof person_files / sizeof person_files[0] };

/* A part should fit well into memory, twice. Records take about a quarter of their rows. */
enum { PART_BYTES = 24 << 20, PARTS_BITS_MAX = 7 };
_Static_assert(1 << PARTS_BITS_MAX <= SPOOL_PARTS_MAX, "the spool has room for all parts");

enum { RECORD_MAX = sizeof(struct import_record) + 64 + DOSSIER_PACKED_MAX };

struct reading {
	struct import_job *j;
	struct arena *arenas[IMPORT_WORKERS]; /* for errors of each worker */
	char *records[IMPORT_WORKERS];        /* where each worker packs */
	struct import_pass *pass;             /* NULL where everybody takes the long way */
	bool looked;                          /* at all rows before: enrollments that two people have are found */
	uint64_t before;                      /* bytes of files that were read before those at hand */
};

static uint64_t person_bytes(const struct import_job *j)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < PERSON_FILES; i++)
		bytes += hmis_package_size(j->package, person_files[i]);
	return bytes;
}

/* The packed kind and id of the enrollment that the row hangs on. */
static size_t owner_put(const struct hmis_row *row, uint16_t column, char *out)
{
	if (column == HMIS_NO_COLUMN)
		return 0;
	return dossier_key_put(DOSSIER_Enrollment, import_id(row, column), out);
}

static err_t on_row(void *ctx, const struct hmis_row *row)
{
	const struct reading *r = ctx;
	enum dossier_kind kind = import_kind(row->file);
	const struct import_columns *columns = &import_columns[kind];
	struct str person = import_id(row, columns->person);
	struct import_record head = {
		.key = import_key(person),
		.check = (uint32_t)import_hash(person, 2),
		.line = row->line < UINT32_MAX ? (uint32_t)row->line : UINT32_MAX,
		.updated = row->updated.ms,
		.bytes = import_known_bytes(r->j->known, row->file, row->bytes),
		.kind = (uint8_t)kind,
		.deleted = row->deleted,
		.flagged = row->flagged,
		.delay = import_delay_of(r->j, row) & ((1 << TIMELY_BITS) - 1),
	};
	struct dossier_fact fact;
	import_fact(row, kind, &fact);
	char *to = r->records[row->worker];
	size_t owner_n = owner_put(row, columns->enrollment, to + sizeof head);
	size_t size = dossier_pack(&fact, to + sizeof head + owner_n);
	head.owner_n = (uint16_t)owner_n;
	head.size = (uint16_t)size;
	head.key_n = (uint16_t)dossier_key((struct str){to + sizeof head + owner_n, size}).n;
	memcpy(to, &head, sizeof head);
	/* Records begin at multiples of 8, as a struct must. */
	size_t n = sizeof head + owner_n + size;
	while (n % 8 != 0)
		to[n++] = 0;
	/* Where there was a first look, it has noted them all. */
	if (kind == DOSSIER_Enrollment && !row->deleted && !r->looked)
		TRY(import_twice_note(r->j, r->arenas[row->worker], row->worker, fact.id, &head));
	unsigned part = (unsigned)(head.key >> (IMPORT_KEY_BITS - r->j->parts_bits));
	return spool_add(r->j->rows, r->arenas[row->worker], row->worker, part, to, n);
}

static err_t on_flag(void *ctx, const struct hmis_flag *flag)
{
	const struct reading *r = ctx;
	import_hmis_flag(r->j, flag);
	return NULL;
}

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
	const struct reading *r = ctx;
	(void)total;
	import_tell(r->j, "reading", (int64_t)(r->before + done), (int64_t)person_bytes(r->j));
}

static enum hmis_glance on_glance(void *ctx, const struct hmis_glimpse *row)
{
	const struct reading *r = ctx;
	return import_pass_glance(r->pass, row);
}

static err_t on_few(void *ctx, const struct hmis_row *row)
{
	const struct reading *r = ctx;
	return import_pass_row(r->pass, row);
}

/* Reads some of the files, side by side as far as the package lets. */
static err_t read_some(struct reading *r, const enum hmis_file *files, size_t n)
{
	struct import_job *j = r->j;
	struct hmis_job jobs[PERSON_FILES];
	for (size_t i = 0; i < n; i++) {
		jobs[i] = (struct hmis_job){.file = files[i], .ctx = r, .row = on_row, .flag = on_flag};
		if (r->pass == NULL)
			continue;
		jobs[i].glance = on_glance;
		jobs[i].glance_at = import_columns[import_kind(files[i])].person;
		jobs[i].few = import_pass_columns(files[i], &jobs[i].few_n);
		jobs[i].few_row = on_few;
	}
	TRY(hmis_read(j->arena, j->package, jobs, n,
		      &(struct hmis_read_options){.threads = IMPORT_WORKERS, .ctx = r, .progress = on_progress}));
	for (size_t i = 0; i < n; i++) {
		import_file_counted(j, &jobs[i]);
		r->before += hmis_package_size(j->package, files[i]);
	}
	return NULL;
}

static err_t read_files(struct reading *r)
{
	TRY(read_some(r, person_files, PERSON_FILES));
	return r->looked ? NULL : import_twice_find(r->j);
}

/* The same where some people are passed over: these files' rows find those of the files before. */
static err_t read_in_turn(struct reading *r)
{
	r->j->counts.clients.unchanged += (int64_t)import_known_same_count(r->j->known);
	TRY(read_some(r, person_files, 1));
	TRY(read_some(r, person_files + 1, 1));
	TRY(import_pass_stays(r->pass));
	TRY(read_some(r, person_files + 2, PERSON_FILES - 3));
	TRY(import_pass_seen(r->pass));
	TRY(read_some(r, person_files + PERSON_FILES - 1, 1));
	return import_pass_end(r->pass);
}

err_t import_read(struct import_job *j)
{
	uint64_t bytes = person_bytes(j);
	while (j->parts_bits < PARTS_BITS_MAX && bytes >> j->parts_bits > PART_BYTES)
		j->parts_bits++;
	TRY(spool_new(j->arena, j->call->app->data, 1U << j->parts_bits, IMPORT_WORKERS, &j->rows));
	TRY(spool_new(j->arena, j->call->app->data, 1U << TWICE_PARTS_BITS, IMPORT_WORKERS, &j->enrollment_ids));
	struct reading r = {.j = j};
	r.looked = import_known_count(j->known) > 0;
	if (r.looked)
		TRY(import_known_look(j));
	if (import_known_same_count(j->known) > 0)
		TRY(import_pass_new(j, &r.pass));
	for (size_t w = 0; w < IMPORT_WORKERS; w++) {
		r.arenas[w] = arena_new("import worker", 1 << 20);
		r.records[w] = arena_many(j->arena, RECORD_MAX, char);
	}
	err_t e = r.pass != NULL ? read_in_turn(&r) : read_files(&r);
	if (e != NULL) /* it may live in a worker's arena */
		e = err_with_detail(j->arena, err_new(j->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(j->arena, e));
	import_pass_free(&r.pass);
	for (size_t w = 0; w < IMPORT_WORKERS; w++)
		arena_free(&r.arenas[w]);
	return e;
}
