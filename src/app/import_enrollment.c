#include "app/import_merge.h"

#include "app/import_client.h"

/* An enrollment of the database, opened. */
struct opened {
	const struct q_enrollments_of_client *row;
	struct str bytes; /* the dossier */
	struct str owner; /* key of its Enrollment fact */
	struct dossier_item *items;
	size_t n;
	struct instant exported;
};

void import_close(struct import_merging *m, enum import_closing_kind kind, int64_t a, int64_t b, struct str row_id)
{
	struct import_batch *to = m->b;
	to->closings = db_rows_room(to->arena, to->closings, to->closings_n, sizeof *to->closings);
	to->closings[to->closings_n++] = (struct import_closing){kind, a, b, str_dup(to->arena, row_id)};
}

/* DateUpdated decides, then ExportDate. */
bool import_wins(const struct import_merging *m, const struct import_record *r, struct instant updated,
		 struct instant exported)
{
	return r->updated > updated.ms || (r->updated == updated.ms && m->j->export->date.ms >= exported.ms);
}

static struct str record_id(struct arena *a, const struct import_record *r)
{
	struct dossier_fact f;
	return dossier_unpack(import_record_packed(r), &f) ? str_dup(a, f.id) : (struct str){0};
}

static const struct q_hmis_deleted_between *tombstone(const struct import_merging *m, const struct import_record *r)
{
	if (m->t->deleted_n == 0)
		return NULL;
	int64_t file = (int64_t)import_columns[r->kind].file;
	struct str id = record_id(m->a, r);
	for (size_t i = 0; i < m->t->deleted_n; i++)
		if (m->t->deleted[i].file == file && str_eq(m->t->deleted[i].row_id, id))
			return &m->t->deleted[i];
	return NULL;
}

/* Notes that the row was deleted, so that an older export does not bring it back. */
void import_bury(struct import_merging *m, const struct import_record *r)
{
	const struct q_hmis_deleted_between *old = tombstone(m, r);
	if (old != NULL && old->updated.ms >= r->updated)
		return;
	int64_t file = (int64_t)import_columns[r->kind].file;
	struct str id = record_id(m->b->arena, r);
	if (old != NULL)
		import_close(m, CLOSE_DELETED, (int64_t)m->t->key, file, id);
	struct import_batch *b = m->b;
	b->deleted = db_rows_room(b->arena, b->deleted, b->deleted_n, sizeof *b->deleted);
	b->deleted[b->deleted_n++] = (struct q_hmis_deleted_add_in){
		.source_no = m->j->source_no,
		.key = (int64_t)m->t->key,
		.file = file,
		.row_id = id,
		.from_import = m->j->no,
		.to_import = IMPORT_FOREVER,
		.updated = {r->updated},
	};
}

/* False where the row was deleted later than it was updated; else the deletion is over. */
bool import_rises(struct import_merging *m, const struct import_record *r)
{
	const struct q_hmis_deleted_between *old = tombstone(m, r);
	if (old == NULL)
		return true;
	if (r->updated <= old->updated.ms)
		return false;
	import_close(m, CLOSE_DELETED, (int64_t)m->t->key, old->file, old->row_id);
	return true;
}

void import_set_aside(struct import_merging *m, const struct import_record *r, const char *column,
		      enum import_problem problem)
{
	struct import_file_counts *counts = &m->j->files[import_columns[r->kind].file];
	counts->aside++;
	counts->kept--;
	m->settled = false;
	import_flag_note(m->j, &(struct import_flag_row){
				       .file = import_columns[r->kind].file,
				       .line = r->line,
				       .column = column,
				       .problem = (int)problem,
				       .aside = true,
				       .key = record_id(m->a, r),
			       });
}

void import_push_item(struct import_merging *m, struct import_facts *f, struct dossier_item item)
{
	f->items = db_rows_room(m->a, f->items, f->n, sizeof *f->items);
	f->items[f->n++] = item;
}

/* The day a fact is about; DAY_NONE where its kind has none. */
static struct day fact_day(const struct dossier_fact *f)
{
	static const int8_t fields[DOSSIER_KIND_END] = {
		[DOSSIER_Enrollment] = 1 + DOSSIER_Enrollment_EntryDate,
		[DOSSIER_Exit] = 1 + DOSSIER_Exit_ExitDate,
		[DOSSIER_CurrentLivingSituation] = 1 + DOSSIER_CurrentLivingSituation_InformationDate,
		[DOSSIER_Assessment] = 1 + DOSSIER_Assessment_AssessmentDate,
		[DOSSIER_Event] = 1 + DOSSIER_Event_EventDate,
		[DOSSIER_Services] = 1 + DOSSIER_Services_DateProvided,
		[DOSSIER_Disabilities] = 1 + DOSSIER_Disabilities_InformationDate,
		[DOSSIER_HealthAndDV] = 1 + DOSSIER_HealthAndDV_InformationDate,
	};
	return fields[f->kind] > 0 ? dossier_day(f, fields[f->kind] - 1) : DAY_NONE;
}

/* A fact that the enrollment had and this export does not: kept; gone where the export would have it. */
static struct dossier_item keep_absent(struct import_merging *m, struct dossier_item item, bool enrollment_there)
{
	const struct hmis_export *e = m->j->export;
	struct dossier_fact f;
	m->settled = false;
	if (!m->j->judges_absence || !enrollment_there || item.gone || !dossier_unpack(item.packed, &f))
		return item;
	struct day day = fact_day(&f);
	item.gone = !day_known(day) || (day.n >= e->start.n && day.n <= e->end.n);
	m->j->counts.facts_gone += item.gone;
	return item;
}

/* A fact that the export has; NULL in `was` where the enrollment has not. */
static void merge_fact(struct import_merging *m, const struct import_record *r, const struct dossier_item *was,
		       struct import_facts *out)
{
	struct dossier_item fresh = {.packed = import_record_packed(r), .exported = m->j->export->date};
	if (was == NULL) {
		if (r->deleted)
			import_bury(m, r);
		else if (import_rises(m, r))
			import_push_item(m, out, fresh);
		else
			m->settled = false;
		return;
	}
	bool counts = import_wins(m, r, dossier_updated(was->packed), was->exported);
	if (counts && r->deleted) {
		import_bury(m, r);
		return;
	}
	bool same = !r->deleted && str_eq(fresh.packed, was->packed);
	if (!counts && !same)
		m->settled = false;
	if (!counts || same) {
		fresh = *was;
		fresh.gone = false;
	}
	import_push_item(m, out, fresh);
}

/* Both lists are in the order of the facts' keys. */
static void merge_facts(struct import_merging *m, const struct dossier_item *old, size_t old_n, size_t first,
			size_t end, struct import_facts *out)
{
	bool there = first < end;
	for (size_t k = 0; first < end || k < old_n;) {
		const struct import_record *r = first < end ? import_record_at(m->p, (uint32_t)first) : NULL;
		int order = r == NULL ? 1 : -1;
		if (r != NULL && k < old_n)
			order = str_cmp(import_record_key(r), dossier_key(old[k].packed));
		if (order > 0) {
			import_push_item(m, out, keep_absent(m, old[k++], there));
			continue;
		}
		merge_fact(m, r, order == 0 ? &old[k++] : NULL, out);
		first++;
	}
}

/* The Enrollment fact and the exit that counts: of several the one updated last. */
bool import_look_through(const struct import_facts *f, struct dossier_fact *enrollment, struct day *exit)
{
	bool found = false;
	struct instant exit_updated = INSTANT_NONE;
	*exit = DAY_NONE;
	for (size_t i = 0; i < f->n; i++) {
		enum dossier_kind kind = (enum dossier_kind)f->items[i].packed.p[0];
		struct dossier_fact fact;
		if (kind == DOSSIER_Enrollment)
			found = dossier_unpack(f->items[i].packed, enrollment);
		if (kind != DOSSIER_Exit || !dossier_unpack(f->items[i].packed, &fact))
			continue;
		if (fact.updated.ms >= exit_updated.ms) {
			exit_updated = fact.updated;
			*exit = dossier_day(&fact, DOSSIER_Exit_ExitDate);
		}
	}
	return found;
}

err_t import_fill(struct import_merging *m, int64_t project_no, const struct import_facts *f)
{
	if (m->j->fill == NULL)
		return NULL;
	struct str *packed = arena_many(m->a, f->n, struct str);
	for (size_t i = 0; i < f->n; i++)
		packed[i] = f->items[i].packed;
	return roster_fill_enrollment(m->j->fill, m->a, m->person, m->j->source_no, project_no, packed, f->n);
}

static bool overlaps_period(const struct import_job *j, struct day entry, struct day exit)
{
	return entry.n <= j->export->end.n && (!day_known(exit) || exit.n >= j->export->start.n);
}

/* Writes the enrollment if it differs from what is there. */
static err_t settle_enrollment(struct import_merging *m, const struct opened *old, bool there,
			       const struct import_facts *f)
{
	struct import_job *j = m->j;
	struct dossier_fact enrollment;
	struct day exit;
	if (!import_look_through(f, &enrollment, &exit))
		return err_internal(m->a, "an enrollment of client %lld has no entry", (long long)m->client_no);
	struct day entry = dossier_day(&enrollment, DOSSIER_Enrollment_EntryDate);
	bool was_gone = old != NULL && old->row->gone;
	bool gone = !there && (was_gone || (j->judges_absence && overlaps_period(j, entry, exit)));
	const struct import_project *project =
		import_project_find(j, enrollment.values[DOSSIER_Enrollment_ProjectID].text);
	int64_t project_no = project != NULL ? project->no : old->row->project_no;
	struct instant exported = old != NULL ? old->exported : j->export->date;
	struct buf dossier = buf_new(m->a, 64 << 20);
	dossier_begin(&dossier, exported);
	for (size_t i = 0; i < f->n; i++)
		dossier_add(&dossier, exported, &f->items[i]);
	if (dossier.full)
		return err_new(m->a, ERR_INVALID, "An enrollment of the export has more than 64 MB of facts.");
	bool same = old != NULL && was_gone == gone && old->row->project_no == project_no &&
		    str_eq(old->bytes, buf_text(&dossier));
	int64_t since = same ? old->row->from_import : j->no;
	if (gone && since > m->gone_since)
		m->gone_since = since;
	struct import_counts *counts = &j->counts.enrollments;
	if (gone && !was_gone)
		counts->gone++;
	else if (old == NULL)
		counts->added++;
	else if (there && same)
		counts->unchanged++;
	else if (there)
		counts->changed++;
	if (!same) {
		int64_t no = old != NULL ? old->row->enrollment_no : ++m->last_enrollment;
		if (old != NULL)
			import_close(m, CLOSE_ENROLLMENT, m->client_no, no, (struct str){0});
		import_enrollment_add(j, m->b, m->client_no, no, project_no, &enrollment, exit, gone,
				      buf_text(&dossier));
	}
	return import_fill(m, project_no, f);
}

static void remove_enrollment(struct import_merging *m, const struct opened *old)
{
	if (old == NULL)
		return;
	m->j->counts.enrollments.removed++;
	import_close(m, CLOSE_ENROLLMENT, m->client_no, old->row->enrollment_no, (struct str){0});
}

/* An enrollment that the export has (items first … end − 1), the database has, or both. */
static err_t merge_enrollment(struct import_merging *m, const struct opened *old, size_t first, size_t end)
{
	bool there = first < end;
	const struct import_record *own = there ? import_record_at(m->p, (uint32_t)first) : NULL;
	if (own != NULL && own->kind != DOSSIER_Enrollment)
		own = NULL;
	if (own != NULL) {
		struct instant updated = old != NULL ? dossier_updated(old->items[0].packed) : INSTANT_NONE;
		struct instant exported = old != NULL ? old->items[0].exported : INSTANT_NONE;
		if (own->deleted && (old == NULL || import_wins(m, own, updated, exported))) {
			import_bury(m, own);
			remove_enrollment(m, old);
			return NULL;
		}
		if (!own->deleted && old == NULL && !import_rises(m, own)) {
			m->settled = false;
			return NULL;
		}
	}
	if (old == NULL && own == NULL) {
		for (; first < end; first++)
			if (!import_record_at(m->p, (uint32_t)first)->deleted)
				import_set_aside(m, import_record_at(m->p, (uint32_t)first), "EnrollmentID",
						 IMPORT_NO_ENROLLMENT);
		return NULL;
	}
	struct import_facts facts = {0};
	if (own != NULL && old == NULL) {
		/* import_rises() was asked already; the deletion must not be ended twice. */
		import_push_item(
			m, &facts,
			(struct dossier_item){.packed = import_record_packed(own), .exported = m->j->export->date});
		first++;
	}
	merge_facts(m, old != NULL ? old->items : NULL, old != NULL ? old->n : 0, first, end, &facts);
	if (!there)
		m->settled = false;
	return settle_enrollment(m, old, there, &facts);
}

static err_t open_enrollments(struct import_merging *m, struct opened **out, size_t *n)
{
	const struct import_old *old = m->t->old;
	struct opened *list = arena_many(m->a, old != NULL ? old->enrollments_n : 0, struct opened);
	*n = 0;
	for (size_t i = 0; old != NULL && i < old->enrollments_n; i++) {
		const struct q_enrollments_of_client *row = &old->enrollments[i];
		const struct pii *dossier;
		TRY(seal_open(m->a, m->j->call->app->keys, enrollment_place(m->a, m->client_no, row->enrollment_no),
			      row->dossier, &dossier));
		struct opened o = {.row = row, .bytes = pii_reveal(dossier)};
		struct dossier_reader d = dossier_open(o.bytes);
		o.exported = d.exported;
		for (struct dossier_item item; dossier_next(&d, &item);) {
			o.items = db_rows_room(m->a, o.items, o.n, sizeof *o.items);
			o.items[o.n++] = item;
		}
		if (d.bad || o.n == 0 || o.items[0].packed.p[0] != DOSSIER_Enrollment)
			return err_internal(m->a, "a dossier of client %lld does not read", (long long)m->client_no);
		o.owner = dossier_key(o.items[0].packed);
		if (row->enrollment_no > m->last_enrollment)
			m->last_enrollment = row->enrollment_no;
		/* In the order of their keys, as the export's are; people have few. */
		size_t k = (*n)++;
		for (; k > 0 && str_cmp(list[k - 1].owner, o.owner) > 0; k--)
			list[k] = list[k - 1];
		list[k] = o;
	}
	*out = list;
	return NULL;
}

/* True where the enrollment must go: its project is a victim service provider's now. */
static bool is_protected(const struct import_merging *m, const struct opened *old)
{
	struct dossier_fact f;
	if (old == NULL || !dossier_unpack(old->items[0].packed, &f))
		return false;
	const struct import_project *p = import_project_find(m->j, f.values[DOSSIER_Enrollment_ProjectID].text);
	return p != NULL && p->victim;
}

size_t import_owner_end(const struct import_merging *m, size_t i, size_t end)
{
	struct str owner = import_record_owner(import_record_at(m->p, (uint32_t)i));
	while (i < end && str_eq(import_record_owner(import_record_at(m->p, (uint32_t)i)), owner))
		i++;
	return i;
}

/* All enrollments of both sides, in the order of their keys. */
err_t import_merge_enrollments(struct import_merging *m, size_t first, size_t end)
{
	struct opened *old = NULL;
	size_t old_n = 0;
	TRY(open_enrollments(m, &old, &old_n));
	for (size_t k = 0; first < end || k < old_n;) {
		size_t owner = first < end ? import_owner_end(m, first, end) : first;
		int order = first == end ? 1 : -1;
		if (first < end && k < old_n)
			order = str_cmp(import_record_owner(import_record_at(m->p, (uint32_t)first)), old[k].owner);
		const struct opened *was = order >= 0 ? &old[k++] : NULL;
		size_t from = order <= 0 ? first : owner;
		first = order <= 0 ? owner : first;
		if (is_protected(m, was))
			remove_enrollment(m, was);
		else
			TRY(merge_enrollment(m, was, from, order <= 0 ? owner : from));
	}
	return NULL;
}
