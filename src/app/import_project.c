#include <stdlib.h>

#include "app/import_job.h"
#include "app/import_number.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_hmis.h"

/* A row of one of the small files; of those with the same id the best one is kept. */
struct entity {
	enum dossier_kind kind;
	struct str id;
	struct str packed;
	struct instant updated;
	bool deleted;
	int64_t line;
};

struct entities {
	struct import_job *j;
	pthread_mutex_t lock;
	struct entity *rows;
	size_t n, room;
	bool many; /* more than memory is meant for */
};

/* What the database has beside a file's row. */
struct known {
	struct str id;
	struct str body;
	struct instant updated;
	bool gone;
};

enum fate { FATE_KEEP, FATE_WRITE, FATE_REMOVE };

enum { ENTITIES_MAX = 1 << 20 };

static const enum hmis_file small_files[] = {
	HMIS_Organization,    HMIS_Project,   HMIS_ProjectCoC, HMIS_HMISParticipation,
	HMIS_CEParticipation, HMIS_Inventory, HMIS_Funder,
};
enum { SMALL_FILES = sizeof small_files / sizeof small_files[0] };

static err_t on_row(void *ctx, const struct hmis_row *row)
{
	struct entities *e = ctx;
	struct arena *a = e->j->flags.arena;
	struct dossier_fact fact;
	char packed[DOSSIER_PACKED_MAX];
	enum dossier_kind kind = import_kind(row->file);
	import_fact(row, kind, &fact);
	size_t n = dossier_pack(&fact, packed);
	/* The files are small: a lock per row costs nothing that anyone would notice. */
	pthread_mutex_lock(&e->j->flags.lock);
	e->many |= e->n >= ENTITIES_MAX;
	if (!e->many) {
		e->rows = db_rows_room(a, e->rows, e->n, sizeof *e->rows);
		e->rows[e->n++] = (struct entity){
			.kind = kind,
			.id = str_dup(a, fact.id),
			.packed = str_dup(a, (struct str){packed, n}),
			.updated = row->updated,
			.deleted = row->deleted,
			.line = (int64_t)row->line,
		};
	}
	pthread_mutex_unlock(&e->j->flags.lock);
	return NULL;
}

static err_t on_flag(void *ctx, const struct hmis_flag *flag)
{
	const struct entities *e = ctx;
	import_hmis_flag(e->j, flag);
	return NULL;
}

/* By kind and id; of one id the best row first. */
static int entity_compare(const void *x, const void *y)
{
	const struct entity *a = x;
	const struct entity *b = y;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int ids = str_cmp(a->id, b->id);
	if (ids != 0)
		return ids;
	if (a->updated.ms != b->updated.ms)
		return a->updated.ms > b->updated.ms ? -1 : 1;
	return (a->line < b->line) - (a->line > b->line);
}

static err_t read_entities(struct import_job *j, struct entities *e)
{
	struct hmis_job jobs[SMALL_FILES];
	for (size_t i = 0; i < SMALL_FILES; i++)
		jobs[i] = (struct hmis_job){.file = small_files[i], .ctx = e, .row = on_row, .flag = on_flag};
	TRY(hmis_read(j->arena, j->package, jobs, SMALL_FILES, &(struct hmis_read_options){.threads = 1}));
	if (e->many)
		return err_new(j->arena, ERR_INVALID, "The export has more than %d rows about projects.", ENTITIES_MAX);
	for (size_t i = 0; i < SMALL_FILES; i++)
		import_file_counted(j, &jobs[i]);
	if (e->n > 0)
		qsort(e->rows, e->n, sizeof *e->rows, entity_compare);
	size_t kept = 0;
	for (size_t i = 0; i < e->n; i++)
		if (kept == 0 || e->rows[kept - 1].kind != e->rows[i].kind ||
		    !str_eq(e->rows[kept - 1].id, e->rows[i].id))
			e->rows[kept++] = e->rows[i];
	e->n = kept;
	return NULL;
}

/* The rows of a kind: *first to before the returned end. */
static size_t kind_rows(const struct entities *e, enum dossier_kind kind, size_t *first)
{
	size_t i = 0;
	while (i < e->n && e->rows[i].kind < kind)
		i++;
	*first = i;
	while (i < e->n && e->rows[i].kind == kind)
		i++;
	return i;
}

/* What becomes of a row that the file has (`in`), the database has (`old`), or both. */
static enum fate fate_of(const struct import_job *j, const struct entity *in, const struct known *old)
{
	if (old == NULL)
		return in == NULL || in->deleted ? FATE_KEEP : FATE_WRITE;
	if (in == NULL)
		return j->judges_absence && !old->gone ? FATE_WRITE : FATE_KEEP;
	bool wins = in->updated.ms > old->updated.ms || (in->updated.ms == old->updated.ms && j->ties_win);
	if (!wins)
		return FATE_KEEP;
	if (in->deleted)
		return FATE_REMOVE;
	return old->gone || !str_eq(in->packed, old->body) ? FATE_WRITE : FATE_KEEP;
}

/* Steps through two lists in the order of their ids; which of them has the next id. */
static void step_both(const struct entity *in, bool has_in, const struct str *old, bool *take_in, bool *take_old)
{
	int order = !has_in ? 1 : old == NULL ? -1 : str_cmp(in->id, *old);
	*take_in = order <= 0;
	*take_old = order >= 0;
}

/* An organization as it will be. */
struct organization {
	struct str id;
	bool victim;
};

struct writing {
	struct import_job *j;
	const struct entities *e;
	struct organization *organizations;
	size_t organizations_n;
	struct known *places; /* ProjectCoC rows as they will be, by project */
	size_t places_n;
	int64_t last_project;
};

static err_t organization_write(struct writing *w, struct db *db, struct arena *a, const struct dossier_fact *fact,
				struct str body, struct str agency_id, bool gone)
{
	struct import_job *j = w->j;
	struct str name = fact->values[DOSSIER_Organization_OrganizationName].text;
	struct id fresh = id_new();
	struct q_agency_by_name same;
	bool found = false;
	/* An agency of that name is there already, made by a person or from another HMIS. */
	if (agency_id.n == 0)
		TRY(q_agency_by_name(db, a, name, &same, &found));
	if (found)
		agency_id = same.id;
	struct q_hmis_organization_add_in in = {
		.source_no = j->source_no,
		.organization_id = fact->id,
		.from_import = j->no,
		.to_import = IMPORT_FOREVER,
		.name = name.n > 0 ? name : fact->id,
		.victim = dossier_int(fact, DOSSIER_Organization_VictimServiceProvider, 0) == CODE_YES,
		.agency_id = agency_id.n > 0 ? agency_id : id_str(&fresh),
		.updated = fact->updated,
		.body = body,
		.gone = gone,
	};
	if (j->look)
		return NULL;
	TRY(q_hmis_organization_close(db, a, j->source_no, fact->id, j->no));
	return q_hmis_organization_add(db, a, &in);
}

static err_t write_organizations(struct db *db, struct arena *a, void *ctx)
{
	struct writing *w = ctx;
	struct import_job *j = w->j;
	struct q_hmis_organizations *old;
	size_t old_n;
	TRY(q_hmis_organizations(db, a, j->source_no, j->now, &old, &old_n));
	size_t i;
	size_t end = kind_rows(w->e, DOSSIER_Organization, &i);
	w->organizations = arena_many(j->arena, end - i + old_n, struct organization);
	w->organizations_n = 0;
	for (size_t k = 0; i < end || k < old_n;) {
		bool take_in;
		bool take_old;
		step_both(&w->e->rows[i], i < end, k < old_n ? &old[k].organization_id : NULL, &take_in, &take_old);
		const struct entity *in = take_in ? &w->e->rows[i++] : NULL;
		const struct q_hmis_organizations *was = take_old ? &old[k++] : NULL;
		struct known known = {0};
		if (was != NULL)
			known = (struct known){was->organization_id, was->body, was->updated, was->gone};
		enum fate fate = fate_of(j, in, was != NULL ? &known : NULL);
		if (fate == FATE_KEEP && was == NULL)
			continue;
		if (fate == FATE_REMOVE) {
			if (!j->look)
				TRY(q_hmis_organization_close(db, a, j->source_no, was->organization_id, j->no));
			continue;
		}
		struct str body = fate == FATE_WRITE && in != NULL ? in->packed : was->body;
		struct dossier_fact fact;
		if (!dossier_unpack(body, &fact))
			return err_internal(a, "organization of source %lld does not unpack", (long long)j->source_no);
		if (fate == FATE_WRITE)
			TRY(organization_write(w, db, a, &fact, body, was != NULL ? was->agency_id : (struct str){0},
					       in == NULL));
		w->organizations[w->organizations_n++] = (struct organization){
			.id = str_dup(j->arena, fact.id),
			.victim = dossier_int(&fact, DOSSIER_Organization_VictimServiceProvider, 0) == CODE_YES,
		};
	}
	return NULL;
}

/* The ProjectID of a row that hangs on a project: their first field all. */
static struct str row_project(const struct dossier_fact *fact)
{
	return fact->values[0].text;
}

static err_t project_row_write(struct writing *w, struct db *db, struct arena *a, int64_t file,
			       const struct dossier_fact *fact, struct str body, bool gone)
{
	struct import_job *j = w->j;
	struct q_hmis_project_row_add_in in = {
		.source_no = j->source_no,
		.file = file,
		.row_id = fact->id,
		.from_import = j->no,
		.to_import = IMPORT_FOREVER,
		.project_id = row_project(fact),
		.updated = fact->updated,
		.body = body,
		.gone = gone,
	};
	if (j->look)
		return NULL;
	TRY(q_hmis_project_row_close(db, a, j->source_no, file, fact->id, j->no));
	return q_hmis_project_row_add(db, a, &in);
}

static void note_place(struct writing *w, enum dossier_kind kind, struct str body)
{
	struct dossier_fact fact;
	if (kind != DOSSIER_ProjectCoC || !dossier_unpack(body, &fact))
		return;
	w->places = db_rows_room(w->j->arena, w->places, w->places_n, sizeof *w->places);
	w->places[w->places_n++] = (struct known){
		.id = str_dup(w->j->arena, row_project(&fact)),
		.body = str_dup(w->j->arena, fact.values[DOSSIER_ProjectCoC_CoCCode].text),
	};
}

static err_t write_project_rows(struct db *db, struct arena *a, void *ctx)
{
	static const enum dossier_kind kinds[] = {DOSSIER_ProjectCoC, DOSSIER_HMISParticipation,
						  DOSSIER_CEParticipation, DOSSIER_Inventory, DOSSIER_Funder};
	struct writing *w = ctx;
	struct import_job *j = w->j;
	struct q_hmis_project_rows *old;
	size_t old_n;
	TRY(q_hmis_project_rows(db, a, j->source_no, j->now, &old, &old_n));
	w->places = NULL;
	w->places_n = 0;
	/* Kinds and files stand in the same order, so `old` is walked once. */
	size_t k = 0;
	for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
		int64_t file = (int64_t)import_columns[kinds[kind]].file;
		size_t i;
		size_t end = kind_rows(w->e, kinds[kind], &i);
		while (i < end || (k < old_n && old[k].file == file)) {
			bool take_in;
			bool take_old;
			step_both(&w->e->rows[i], i < end, k < old_n && old[k].file == file ? &old[k].row_id : NULL,
				  &take_in, &take_old);
			const struct entity *in = take_in ? &w->e->rows[i++] : NULL;
			const struct q_hmis_project_rows *was = take_old ? &old[k++] : NULL;
			struct known known = {0};
			if (was != NULL)
				known = (struct known){was->row_id, was->body, was->updated, was->gone};
			enum fate fate = fate_of(j, in, was != NULL ? &known : NULL);
			if (fate == FATE_KEEP && was == NULL)
				continue;
			if (fate == FATE_REMOVE) {
				if (!j->look)
					TRY(q_hmis_project_row_close(db, a, j->source_no, file, was->row_id, j->no));
				continue;
			}
			struct str body = fate == FATE_WRITE && in != NULL ? in->packed : was->body;
			struct dossier_fact fact;
			if (!dossier_unpack(body, &fact))
				return err_internal(a, "project row of source %lld does not unpack",
						    (long long)j->source_no);
			if (fate == FATE_WRITE)
				TRY(project_row_write(w, db, a, file, &fact, body, in == NULL));
			note_place(w, kinds[kind], body);
		}
	}
	return NULL;
}

static bool is_victim(const struct writing *w, struct str organization_id, bool *there)
{
	for (size_t i = 0; i < w->organizations_n; i++)
		if (str_eq(w->organizations[i].id, organization_id)) {
			*there = true;
			return w->organizations[i].victim;
		}
	*there = false;
	return false;
}

static struct str coc_of(const struct writing *w, struct str project_id)
{
	for (size_t i = 0; i < w->places_n; i++)
		if (str_eq(w->places[i].id, project_id))
			return w->places[i].body;
	return (struct str){0};
}

static err_t project_write(struct writing *w, struct db *db, struct arena *a, const struct dossier_fact *fact,
			   struct str body, const struct import_project *p, bool gone)
{
	struct import_job *j = w->j;
	struct str name = fact->values[DOSSIER_Project_ProjectName].text;
	struct q_hmis_project_add_in in = {
		.project_no = p->no,
		.source_no = j->source_no,
		.project_id = fact->id,
		.from_import = j->no,
		.to_import = IMPORT_FOREVER,
		.organization_id = fact->values[DOSSIER_Project_OrganizationID].text,
		.name = name.n > 0 ? name : fact->id,
		.type = fact->values[DOSSIER_Project_ProjectType].n,
		.type_known = fact->values[DOSSIER_Project_ProjectType].known,
		.coc_code = coc_of(w, fact->id),
		.victim = p->victim,
		.operating_start = dossier_day(fact, DOSSIER_Project_OperatingStartDate),
		.operating_end = dossier_day(fact, DOSSIER_Project_OperatingEndDate),
		.updated = fact->updated,
		.body = body,
		.gone = gone,
	};
	if (j->look)
		return NULL;
	TRY(q_hmis_project_close(db, a, p->no, j->no));
	return q_hmis_project_add(db, a, &in);
}

static err_t write_project(struct writing *w, struct db *db, struct arena *a, const struct entity *in,
			   const struct q_hmis_projects *was)
{
	struct import_job *j = w->j;
	struct known known = {0};
	if (was != NULL)
		known = (struct known){was->project_id, was->body, was->updated, was->gone};
	enum fate fate = fate_of(j, in, was != NULL ? &known : NULL);
	if (fate == FATE_KEEP && was == NULL)
		return NULL;
	if (fate == FATE_REMOVE)
		return j->look ? NULL : q_hmis_project_close(db, a, was->project_no, j->no);
	struct str body = fate == FATE_WRITE && in != NULL ? in->packed : was->body;
	struct dossier_fact fact;
	if (!dossier_unpack(body, &fact))
		return err_internal(a, "project of source %lld does not unpack", (long long)j->source_no);
	bool there;
	struct import_project *p = &j->projects[j->projects_n++];
	*p = (struct import_project){
		.id = str_dup(j->arena, fact.id),
		.no = was != NULL ? was->project_no : ++w->last_project,
		.victim = is_victim(w, fact.values[DOSSIER_Project_OrganizationID].text, &there),
	};
	if (!there && in != NULL)
		import_flag_note(j, &(struct import_flag_row){.file = HMIS_Project,
							      .line = in->line,
							      .column = "OrganizationID",
							      .problem = IMPORT_NO_ORGANIZATION,
							      .key = fact.id});
	/* Its organization or its place may have changed while its own row has not. */
	bool moved = was != NULL && (was->victim != p->victim || !str_eq(was->coc_code, coc_of(w, fact.id)));
	bool gone = fate == FATE_WRITE ? in == NULL : was->gone;
	return fate == FATE_WRITE || moved ? project_write(w, db, a, &fact, body, p, gone) : NULL;
}

static err_t write_projects(struct db *db, struct arena *a, void *ctx)
{
	struct writing *w = ctx;
	struct import_job *j = w->j;
	struct q_hmis_projects *old;
	struct q_hmis_project_last last;
	size_t old_n;
	bool found;
	TRY(q_hmis_project_last(db, a, &last, &found));
	TRY(q_hmis_projects(db, a, j->source_no, j->now, &old, &old_n));
	w->last_project = last.no;
	size_t i;
	size_t end = kind_rows(w->e, DOSSIER_Project, &i);
	j->projects = arena_many(j->arena, end - i + old_n, struct import_project);
	j->projects_n = 0;
	for (size_t k = 0; i < end || k < old_n;) {
		bool take_in;
		bool take_old;
		step_both(&w->e->rows[i], i < end, k < old_n ? &old[k].project_id : NULL, &take_in, &take_old);
		const struct entity *in = take_in ? &w->e->rows[i++] : NULL;
		const struct q_hmis_projects *was = take_old ? &old[k++] : NULL;
		TRY(write_project(w, db, a, in, was));
	}
	return NULL;
}

const struct import_project *import_project_find(const struct import_job *j, struct str id)
{
	size_t low = 0;
	size_t high = j->projects_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (str_cmp(j->projects[mid].id, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < j->projects_n && str_eq(j->projects[low].id, id) ? &j->projects[low] : NULL;
}

err_t import_projects(struct import_job *j)
{
	struct entities e = {.j = j};
	TRY(read_entities(j, &e));
	struct writing w = {.j = j, .e = &e};
	static err_t (*const steps[])(struct db *, struct arena *, void *) = {write_organizations, write_project_rows,
									      write_projects};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (j->look)
			TRY(db_run(j->call->db, j->arena, DB_READ, steps[i], &w));
		else
			TRY(import_number_write(j->call, j->arena, j->no, steps[i], &w));
	}
	return NULL;
}
