/* How soon the facts of an export were entered: counted while they pass, by project (domain/timely.h). When a fact was
 * entered is not kept. An export of changes alone would tell of those alone, so it is not counted. */
#include <stdatomic.h>

#include "app/import_record.h"
#include "domain/timely.h"
#include "store/q_timely.h"

/* Counts of all projects, by number. Several threads add. */
struct import_delays {
	int64_t most;
	struct project_delays {
		_Atomic uint32_t n[TIMELY_KINDS_N][TIMELY_BUCKETS];
	} * of;
};

static const struct {
	enum hmis_file file;
	uint16_t event, created;
} kinds[TIMELY_KINDS_N] = {
	[TIMELY_ENTRY] = {HMIS_Enrollment, HMIS_Enrollment_EntryDate, HMIS_Enrollment_DateCreated},
	[TIMELY_EXIT] = {HMIS_Exit, HMIS_Exit_ExitDate, HMIS_Exit_DateCreated},
	[TIMELY_SITUATION] = {HMIS_CurrentLivingSituation, HMIS_CurrentLivingSituation_InformationDate,
			      HMIS_CurrentLivingSituation_DateCreated},
};

void import_delays_new(struct import_job *j)
{
	struct import_delays *d = arena_one(j->arena, struct import_delays);
	for (size_t i = 0; i < j->projects_n; i++)
		if (j->projects[i].no > d->most)
			d->most = j->projects[i].no;
	d->of = arena_many(j->arena, (size_t)d->most + 1, struct project_delays);
	j->delays = d;
}

unsigned import_delay_of(const struct import_job *j, const struct hmis_row *row)
{
	for (size_t k = 0; k < TIMELY_KINDS_N && !row->deleted; k++) {
		if (kinds[k].file != row->file)
			continue;
		const struct hmis_cell *event = &row->cells[kinds[k].event];
		const struct hmis_cell *created = &row->cells[kinds[k].created];
		struct instant date = j->export->date;
		if (event->known && created->known)
			return timely_bucket(event->day, instant_day(created->at),
					     instant_known(date) ? instant_day(date) : j->call->today);
	}
	return TIMELY_NONE;
}

void import_delay_note(struct import_job *j, int64_t project_no, enum hmis_file file, unsigned bucket)
{
	if (bucket == TIMELY_NONE || project_no > j->delays->most)
		return;
	for (size_t k = 0; k < TIMELY_KINDS_N; k++)
		if (kinds[k].file == file)
			atomic_fetch_add_explicit(&j->delays->of[project_no].n[k][bucket], 1, memory_order_relaxed);
}

void import_delay_enrollment(struct import_job *j, const struct import_part *p, size_t first, size_t end)
{
	const struct import_project *project = NULL;
	struct dossier_fact f;
	if (first < end && import_record_at(p, (uint32_t)first)->kind == DOSSIER_Enrollment &&
	    !import_record_at(p, (uint32_t)first)->deleted &&
	    dossier_unpack(import_record_packed(import_record_at(p, (uint32_t)first)), &f))
		project = import_project_find(j, f.values[DOSSIER_Enrollment_ProjectID].text);
	for (size_t i = first; i < end && project != NULL; i++) {
		const struct import_record *r = import_record_at(p, (uint32_t)i);
		import_delay_note(j, project->no, import_columns[r->kind].file, r->delay);
	}
}

err_t import_delays_write(const struct import_job *j, struct db *db, struct arena *a)
{
	enum { ROOM = TIMELY_KINDS_N * TIMELY_BUCKETS * VARINT_MAX };
	for (int64_t no = 0; no <= j->delays->most && j->export->directive != HMIS_DELTA_REFRESH; no++) {
		char *bytes = arena_many(a, ROOM, char);
		size_t n = 0;
		uint64_t all = 0;
		for (size_t k = 0; k < TIMELY_KINDS_N; k++)
			for (size_t b = TIMELY_BEFORE; b < TIMELY_BUCKETS; b++) {
				all += j->delays->of[no].n[k][b];
				n += varint_put(bytes + n, j->delays->of[no].n[k][b]);
			}
		if (all > 0)
			TRY(q_timely_add(db, a, j->no, no, (struct str){bytes, n}));
	}
	return NULL;
}
