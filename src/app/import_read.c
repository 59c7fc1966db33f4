#include <stdlib.h>
#include <string.h>

#include "app/import_record.h"

static const enum hmis_file person_files[] = {
	HMIS_Client,       HMIS_Enrollment,        HMIS_Exit,  HMIS_CurrentLivingSituation,
	HMIS_Assessment,   HMIS_AssessmentResults, HMIS_Event, HMIS_Services,
	HMIS_Disabilities, HMIS_HealthAndDV,
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
};

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
		.kind = (uint8_t)kind,
		.deleted = row->deleted,
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
	if (kind == DOSSIER_Enrollment && !row->deleted)
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
	import_tell(r->j, "reading", (int64_t)done, (int64_t)total);
}

static err_t read_files(struct reading *r)
{
	struct import_job *j = r->j;
	struct hmis_job jobs[PERSON_FILES];
	for (size_t i = 0; i < PERSON_FILES; i++)
		jobs[i] = (struct hmis_job){.file = person_files[i], .ctx = r, .row = on_row, .flag = on_flag};
	TRY(hmis_read(j->arena, j->package, jobs, PERSON_FILES,
		      &(struct hmis_read_options){.threads = IMPORT_WORKERS, .ctx = r, .progress = on_progress}));
	for (size_t i = 0; i < PERSON_FILES; i++)
		import_file_counted(j, &jobs[i]);
	return import_twice_find(j);
}

err_t import_read(struct import_job *j)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < PERSON_FILES; i++)
		bytes += hmis_package_size(j->package, person_files[i]);
	while (j->parts_bits < PARTS_BITS_MAX && bytes >> j->parts_bits > PART_BYTES)
		j->parts_bits++;
	TRY(spool_new(j->arena, j->call->app->data, 1U << j->parts_bits, IMPORT_WORKERS, &j->rows));
	TRY(spool_new(j->arena, j->call->app->data, 1U << TWICE_PARTS_BITS, IMPORT_WORKERS, &j->enrollment_ids));
	struct reading r = {.j = j};
	for (size_t w = 0; w < IMPORT_WORKERS; w++) {
		r.arenas[w] = arena_new("import worker", 1 << 20);
		r.records[w] = arena_many(j->arena, RECORD_MAX, char);
	}
	err_t e = read_files(&r);
	if (e != NULL) /* it may live in a worker's arena */
		e = err_with_detail(j->arena, err_new(j->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(j->arena, e));
	for (size_t w = 0; w < IMPORT_WORKERS; w++)
		arena_free(&r.arenas[w]);
	return e;
}
