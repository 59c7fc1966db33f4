/* Rows of people about whom the export says nothing new, on their way past everything else. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/import_known.h"
#include "app/import_record.h"
#include "app/list_export_seen.h"
#include "domain/timely.h"

enum { FIELDS_MOST = DOSSIER_FIELDS_MAX + 3 };

struct import_pass {
	struct import_job *j;
	struct seen_to to;
	struct seen_rows *seen;
	struct ids stays; /* EnrollmentIDs; number: the roster's stay */
	uint32_t *last;   /* by place of a person: their last stay, plus 1 */
	uint32_t *before; /* by stay: the person's stay before it, plus 1 */
	size_t before_room;
	pthread_mutex_t lock;
	struct arena *arena;                  /* under the lock */
	struct arena *arenas[IMPORT_WORKERS]; /* for what a worker says */
};

static err_t on_seen(void *ctx, unsigned worker, uint32_t stay, int how, struct day day, int code, uint16_t tool)
{
	struct import_pass *p = ctx;
	uint8_t number = 0;
	if (how == SEEN_SCORE) {
		pthread_mutex_lock(&p->lock);
		number = roster_fill_tool(p->j->fill, tool);
		pthread_mutex_unlock(&p->lock);
	}
	return roster_fill_seen(p->j->fill, p->arenas[worker], worker, stay, how, day, code, number);
}

err_t import_pass_new(struct import_job *j, struct import_pass **out)
{
	struct import_pass *p = arena_one(j->arena, struct import_pass);
	*p = (struct import_pass){.j = j, .arena = arena_new("rows that are the same", 1 << 20)};
	pthread_mutex_init(&p->lock, NULL);
	for (unsigned w = 0; w < IMPORT_WORKERS; w++)
		p->arenas[w] = arena_new("rows that are the same", 1 << 20);
	p->last = calloc(import_known_count(j->known), sizeof *p->last);
	if (j->fill != NULL)
		j->fill->scattered = true;
	err_t e = p->last != NULL ? ids_new(j->arena, &p->stays) : err_internal(j->arena, "no memory for stays");
	if (e == NULL && j->fill != NULL) {
		p->to = (struct seen_to){
			.policy = &j->fill->policy.order,
			.roster = j->fill->r,
			.stays = &p->stays,
			.workers = IMPORT_WORKERS,
			.ctx = p,
			.seen = on_seen,
		};
		e = seen_rows_new(j->arena, &p->to, &p->seen);
	}
	if (e != NULL)
		import_pass_free(&p);
	else
		*out = p;
	return e;
}

void import_pass_free(struct import_pass **p)
{
	if (*p == NULL)
		return;
	seen_rows_free(&(*p)->seen);
	ids_free(&(*p)->stays);
	free((*p)->last);
	free((*p)->before);
	arena_free(&(*p)->arena);
	for (unsigned w = 0; w < IMPORT_WORKERS; w++)
		arena_free(&(*p)->arenas[w]);
	pthread_mutex_destroy(&(*p)->lock);
	*p = NULL;
}

static const uint16_t columns_Client[] = {HMIS_Client_PersonalID, HMIS_Client_DOB, HMIS_Client_VeteranStatus,
					  HMIS_Client_DateDeleted};
static const uint16_t columns_Exit[] = {HMIS_Exit_EnrollmentID, HMIS_Exit_ExitDate, HMIS_Exit_Destination,
					HMIS_Exit_DateCreated, HMIS_Exit_DateDeleted};
static const uint16_t columns_CurrentLivingSituation[] = {
	HMIS_CurrentLivingSituation_EnrollmentID,    HMIS_CurrentLivingSituation_PersonalID,
	HMIS_CurrentLivingSituation_InformationDate, HMIS_CurrentLivingSituation_CurrentLivingSituation,
	HMIS_CurrentLivingSituation_DateCreated,     HMIS_CurrentLivingSituation_DateDeleted,
};
/* All that a fact is made from, so that the fact is whole. */
#define X_FIELD(kind, name, type) HMIS_##kind##_##name,
static const uint16_t columns_Enrollment[] = {HMIS_Enrollment_EnrollmentID, HMIS_Enrollment_PersonalID,
					      HMIS_Enrollment_DateCreated, HMIS_Enrollment_DateDeleted,
					      DOSSIER_FIELDS_Enrollment(X_FIELD)};
#undef X_FIELD

const uint16_t *import_pass_columns(enum hmis_file file, size_t *n)
{
	switch (file) {
#define X(name)                                                                                                        \
	case HMIS_##name:                                                                                              \
		*n = sizeof columns_##name / sizeof columns_##name[0];                                                 \
		return columns_##name;
		X(Client)
		X(Enrollment)
		X(Exit)
		X(CurrentLivingSituation)
#undef X
	default:
		return seen_columns(file, n);
	}
}

enum hmis_glance import_pass_glance(const struct import_pass *p, const struct hmis_glimpse *row)
{
	size_t columns;
	if (row->key.n == 0 || !import_known_same(p->j->known, import_key(row->key)))
		return HMIS_READ;
	/* Enrollments are counted also where only a preview is made. */
	if (p->j->fill == NULL && row->file != HMIS_Enrollment)
		return HMIS_PASS;
	(void)import_pass_columns(row->file, &columns);
	return columns > 0 ? HMIS_FEW : HMIS_PASS;
}

static void pass_client(const struct import_pass *p, const struct hmis_row *row)
{
	const struct hmis_cell *birth = &row->cells[HMIS_Client_DOB];
	const struct hmis_cell *veteran = &row->cells[HMIS_Client_VeteranStatus];
	const struct import_known_person *who =
		import_known_find(p->j->known, import_key(import_id(row, HMIS_Client_PersonalID)));
	if (!row->deleted && who != NULL)
		roster_fill_place(p->j->fill, who->place, who->client_no, birth->known ? birth->day : DAY_NONE,
				  veteran->known && veteran->n == CODE_YES);
}

static struct str key_of(const struct import_pass *p, uint32_t stay, char out[DOSSIER_KEY_MAX])
{
	return (struct str){out, dossier_key_put(DOSSIER_Enrollment, ids_str(&p->stays.texts[stay]), out)};
}

static void swap_stays(struct import_pass *p, uint32_t a, uint32_t b)
{
	struct roster_stay *stays = p->j->fill->r->stays;
	struct roster_stay stay;
	memcpy((void *)&stay, (void *)&stays[a], sizeof stay);
	memcpy((void *)&stays[a], (void *)&stays[b], sizeof stay);
	memcpy((void *)&stays[b], (void *)&stay, sizeof stay);
	struct ids_text text = p->stays.texts[a];
	p->stays.texts[a] = p->stays.texts[b];
	p->stays.texts[b] = text;
	uint64_t hash = p->stays.hashes[a];
	p->stays.hashes[a] = p->stays.hashes[b];
	p->stays.hashes[b] = hash;
}

/* Where two stays of a person begin on the same day, their order decides: it is that of their keys, as
 * on the long way, and not that of the file. */
static err_t put_in_order(struct import_pass *p, uint32_t place, uint32_t stay)
{
	if (stay >= p->before_room) {
		size_t room = p->before_room + p->before_room / 2 + 4096;
		uint32_t *grown = realloc(p->before, room * sizeof *grown);
		if (grown == NULL)
			return err_internal(p->arena, "no memory for stays");
		p->before = grown;
		p->before_room = room;
	}
	p->before[stay] = p->last[place];
	p->last[place] = stay + 1;
	char own_bytes[DOSSIER_KEY_MAX];
	char other_bytes[DOSSIER_KEY_MAX];
	struct str own = {0};
	while (p->before[stay] != 0) {
		uint32_t other = p->before[stay] - 1;
		if (own.n == 0)
			own = key_of(p, stay, own_bytes);
		if (str_cmp(key_of(p, other, other_bytes), own) <= 0)
			break;
		swap_stays(p, stay, other);
		stay = other;
	}
	return NULL;
}

static err_t add_stay(struct import_pass *p, const struct import_known_person *who, int64_t project_no,
		      const struct dossier_fact *fact, const struct ids_text *id)
{
	uint32_t stay;
	uint32_t number;
	p->j->counts.enrollments.unchanged++;
	if (p->j->fill == NULL)
		return NULL;
	TRY(roster_fill_stay(p->j->fill, p->arena, who->place, p->j->source_no, project_no, fact, &stay));
	if (stay == ROSTER_NONE)
		return NULL;
	/* Nobody else adds stays yet: both count alike. */
	TRY(ids_add(&p->stays, p->arena, id, ids_hash(&p->stays, id), 0, &number));
	if (number != stay)
		return err_internal(p->arena, "stays and their ids went apart");
	return put_in_order(p, who->place, stay);
}

static err_t pass_enrollment(struct import_pass *p, const struct hmis_row *row)
{
	struct dossier_fact fact;
	const struct import_known_person *who =
		import_known_find(p->j->known, import_key(import_id(row, HMIS_Enrollment_PersonalID)));
	const struct import_project *project = import_project_find(p->j, import_id(row, HMIS_Enrollment_ProjectID));
	if (row->deleted || who == NULL || project == NULL)
		return NULL;
	struct ids_text id = ids_text(import_id(row, HMIS_Enrollment_EnrollmentID));
	import_fact(row, DOSSIER_Enrollment, &fact);
	if (!project->victim)
		import_delay_note(p->j, project->no, row->file, import_delay_of(p->j, row));
	pthread_mutex_lock(&p->lock);
	err_t e = add_stay(p, who, project->no, &fact, &id);
	pthread_mutex_unlock(&p->lock);
	return e;
}

static uint32_t stay_of(const struct import_pass *p, const struct hmis_row *row, uint16_t column)
{
	struct ids_text id = ids_text(import_id(row, column));
	return ids_find(&p->stays, ids_hash(&p->stays, &id), &id);
}

/* How late the row was entered, for the project of its stay. */
static void note_delay(const struct import_pass *p, const struct hmis_row *row, uint32_t stay)
{
	const struct roster_fill *f = p->j->fill;
	import_delay_note(p->j, f->projects[f->r->stays[stay].project].project_no, row->file,
			  import_delay_of(p->j, row));
}

static void pass_exit(const struct import_pass *p, const struct hmis_row *row)
{
	uint32_t number = stay_of(p, row, HMIS_Exit_EnrollmentID);
	if (row->deleted || number == IDS_NONE)
		return;
	note_delay(p, row, number);
	const struct hmis_cell *day = &row->cells[HMIS_Exit_ExitDate];
	const struct hmis_cell *code = &row->cells[HMIS_Exit_Destination];
	struct roster_stay *stay = &p->j->fill->r->stays[number];
	stay->exit = day->known ? day->day : DAY_NONE;
	stay->destination = code->known && code->n >= 0 && code->n <= UINT16_MAX ? (uint16_t)code->n : CODE_MISSING;
}

/* Most are of other years and want no look at their stay. */
static err_t pass_situation(const struct import_pass *p, const struct hmis_row *row)
{
	if (import_delay_of(p->j, row) != TIMELY_NONE) {
		uint32_t stay = stay_of(p, row, HMIS_CurrentLivingSituation_EnrollmentID);
		if (stay != IDS_NONE)
			note_delay(p, row, stay);
	}
	return seen_row(p->seen, row);
}

err_t import_pass_row(struct import_pass *p, const struct hmis_row *row)
{
	switch (row->file) {
	case HMIS_Client:
		pass_client(p, row);
		return NULL;
	case HMIS_Enrollment:
		return pass_enrollment(p, row);
	case HMIS_Exit:
		pass_exit(p, row);
		return NULL;
	case HMIS_CurrentLivingSituation:
		return pass_situation(p, row);
	default:
		return seen_row(p->seen, row);
	}
}

/* Of a person who is the same no enrollment is there twice. */
static void nothing_lost(void *ctx, uint32_t number)
{
	(void)ctx;
	(void)number;
}

static void build_stays(void *ctx, unsigned part, unsigned parts)
{
	struct import_pass *p = ctx;
	(void)parts;
	ids_build(&p->stays, part, nothing_lost, p);
}

err_t import_pass_stays(struct import_pass *p)
{
	TRY(ids_room(&p->stays, p->j->arena));
	run_both(build_stays, p);
	ids_built(&p->stays);
	return NULL;
}

err_t import_pass_seen(struct import_pass *p)
{
	return p->seen != NULL ? seen_rows_assessed(p->seen) : NULL;
}

err_t import_pass_end(struct import_pass *p)
{
	return p->seen != NULL ? seen_rows_end(p->seen) : NULL;
}
