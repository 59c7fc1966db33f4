#include "app/import_merge.h"

#include "domain/code.h"

static void remove_person(struct import_merging *m)
{
	const struct import_old *old = m->t->old;
	for (size_t i = 0; i < old->enrollments_n; i++)
		import_close(m, CLOSE_ENROLLMENT, old->client_no, old->enrollments[i].enrollment_no, (struct str){0});
	import_close(m, CLOSE_CLIENT, old->client_no, 0, (struct str){0});
	import_close(m, CLOSE_PERSON, (int64_t)m->t->key, old->client_no, (struct str){0});
	m->j->counts.enrollments.removed += (int64_t)old->enrollments_n;
}

/* `known` where the person has a place in the roster. */
static err_t add_person(struct import_merging *m, const struct import_known_person *known, struct str packed)
{
	struct dossier_fact f;
	if (m->j->fill == NULL)
		return NULL;
	if (!dossier_unpack(packed, &f))
		return err_internal(m->a, "client %lld does not unpack", (long long)m->client_no);
	struct day birth = dossier_day(&f, DOSSIER_Client_DOB);
	bool veteran = dossier_int(&f, DOSSIER_Client_VeteranStatus, CODE_MISSING) == CODE_YES;
	if (known == NULL)
		return roster_fill_person(m->j->fill, m->a, m->client_no, birth, veteran, &m->person);
	m->person = known->place;
	roster_fill_place(m->j->fill, m->person, m->client_no, birth, veteran);
	return NULL;
}

/* Tells the roster, where one is filled, that something of theirs is absent. */
static err_t fill_gone(struct import_merging *m)
{
	if (m->j->fill == NULL || m->gone_since == 0)
		return NULL;
	return roster_fill_gone(m->j->fill, m->a, m->person, m->gone_since);
}

/* The person's digest and the sum of their rows, so that the next import can pass over them. */
static void note_digest(struct import_merging *m, const struct import_known_person *known, uint64_t digest)
{
	struct import_batch *b = m->b;
	const struct import_person *in = m->t->in;
	bool plain = m->settled && in != NULL && in->plain && in->bytes != 0;
	int64_t bytes = plain ? (int64_t)in->bytes : 0;
	if (known != NULL && known->digest == (int64_t)digest && known->settled == m->settled &&
	    known->bytes_known == plain && (!plain || known->bytes == bytes))
		return;
	if (known != NULL)
		import_close(m, CLOSE_PERSON, (int64_t)m->t->key, m->client_no, (struct str){0});
	b->people = db_rows_room(b->arena, b->people, b->people_n, sizeof *b->people);
	b->people[b->people_n++] = (struct q_hmis_person_add_in){
		.source_no = m->j->source_no,
		.key = (int64_t)m->t->key,
		.client_no = m->client_no,
		.from_import = m->j->no,
		.to_import = IMPORT_FOREVER,
		.digest = (int64_t)digest,
		.settled = m->settled,
		.bytes = bytes,
		.bytes_known = plain,
	};
}

/* Puts the client's row in place; *changed where it differs from what is there. */
static err_t settle_client(struct import_merging *m, const struct import_record *r, struct str was, struct str *packed,
			   bool *changed)
{
	const struct import_old *old = m->t->old;
	bool counts = r != NULL && (old == NULL || import_wins(m, r, old->client.updated, old->client.exported));
	*packed = counts ? import_record_packed(r) : was;
	bool same = old != NULL && str_eq(*packed, was);
	*changed = !same || (old->client.gone && r != NULL);
	if (r == NULL || (!counts && !str_eq(import_record_packed(r), was)))
		m->settled = false;
	if (!*changed)
		return NULL;
	if (old != NULL)
		import_close(m, CLOSE_CLIENT, m->client_no, 0, (struct str){0});
	return import_client_add(m->j, m->b, m->client_no, *packed, counts ? m->j->export->date : old->client.exported);
}

/* Without a row in Client.csv or the database, nothing of a person can be used. */
static void drop_orphans(struct import_merging *m, size_t first, size_t end)
{
	for (; first < end; first++)
		if (!import_record_at(m->p, (uint32_t)first)->deleted)
			import_set_aside(m, import_record_at(m->p, (uint32_t)first), "PersonalID", IMPORT_NO_PERSON);
}

/* True where all that is known of the person comes from victim service providers. */
static bool all_refused(const struct import_merging *m, size_t first, size_t end)
{
	if (!m->t->in->refused)
		return false;
	for (; first < end; first++) {
		const struct import_record *r = import_record_at(m->p, (uint32_t)first);
		if (r->kind == DOSSIER_Enrollment && !r->deleted)
			return false;
	}
	for (size_t i = 0; m->t->old != NULL && i < m->t->old->enrollments_n; i++)
		for (size_t k = 0; k < m->j->projects_n; k++)
			if (m->j->projects[k].no == m->t->old->enrollments[i].project_no && !m->j->projects[k].victim)
				return false;
	return true;
}

static err_t merge_known(struct import_merging *m, const struct import_record *client, size_t first, size_t end)
{
	const struct import_old *old = m->t->old;
	struct str was = {0};
	struct str packed;
	bool changed;
	if (old != NULL)
		TRY(import_client_packed(m->j, m->a, old, &was));
	m->client_no = old != NULL ? old->client_no : ++m->j->last_client;
	TRY(settle_client(m, client, was, &packed, &changed));
	const struct import_known_person *known = old != NULL ? old->known : NULL;
	TRY(add_person(m, known, packed));
	TRY(import_merge_enrollments(m, first, end));
	TRY(fill_gone(m));
	struct import_counts *counts = &m->j->counts.clients;
	if (old == NULL)
		counts->added++;
	else if (changed)
		counts->changed++;
	else
		counts->unchanged++;
	note_digest(m, known, m->t->in->digest);
	return NULL;
}

static err_t merge_person(struct import_merging *m)
{
	size_t first = m->t->in->first;
	size_t end = first + m->t->in->n;
	const struct import_old *old = m->t->old;
	const struct import_record *client = first < end ? import_record_at(m->p, (uint32_t)first) : NULL;
	if (client != NULL && client->kind != DOSSIER_Client)
		client = NULL;
	else
		first += client != NULL;
	if (all_refused(m, first, end)) {
		m->j->counts.clients.refused++;
		if (old != NULL)
			remove_person(m);
		return NULL;
	}
	if (client != NULL && client->deleted) {
		if (old == NULL || import_wins(m, client, old->client.updated, old->client.exported)) {
			import_bury(m, client);
			m->j->counts.clients.removed += old != NULL;
			if (old != NULL)
				remove_person(m);
			return NULL;
		}
		client = NULL;
	} else if (client != NULL && old == NULL && !import_rises(m, client)) {
		return NULL;
	}
	if (client == NULL && old == NULL) {
		drop_orphans(m, first, end);
		return NULL;
	}
	return merge_known(m, client, first, end);
}

/* The person of an unchanged row: straight from the export, which says what is kept. */
static err_t pass_person(struct import_merging *m)
{
	size_t first = m->t->in->first;
	size_t end = first + m->t->in->n;
	m->client_no = m->t->same->client_no;
	m->j->counts.clients.unchanged++;
	note_digest(m, m->t->same, m->t->in->digest);
	TRY(add_person(m, m->t->same, import_record_packed(import_record_at(m->p, (uint32_t)first))));
	for (size_t i = first + 1; i < end;) {
		size_t owner = import_owner_end(m, i, end);
		struct import_facts facts = {0};
		struct dossier_fact enrollment;
		struct day exit;
		for (; i < owner; i++) {
			const struct import_record *r = import_record_at(m->p, (uint32_t)i);
			if (!r->deleted)
				import_push_item(m, &facts, (struct dossier_item){.packed = import_record_packed(r)});
		}
		if (!import_look_through(&facts, &enrollment, &exit))
			continue;
		const struct import_project *p =
			import_project_find(m->j, enrollment.values[DOSSIER_Enrollment_ProjectID].text);
		m->j->counts.enrollments.unchanged++;
		TRY(import_fill(m, p != NULL ? p->no : 0, &facts));
	}
	return NULL;
}

/* A person the export does not have: kept; gone where it would have them. */
static err_t keep_person(struct import_merging *m)
{
	const struct import_old *old = m->t->old;
	struct str packed;
	m->client_no = old->client_no;
	TRY(import_client_packed(m->j, m->a, old, &packed));
	TRY(add_person(m, old->known, packed));
	TRY(import_merge_enrollments(m, 0, 0));
	TRY(fill_gone(m));
	if (m->gone_since > 0 && !old->client.gone) {
		struct import_batch *b = m->b;
		const struct q_client_by_no *c = &old->client;
		m->j->counts.clients.gone++;
		import_close(m, CLOSE_CLIENT, m->client_no, 0, (struct str){0});
		b->clients = db_rows_room(b->arena, b->clients, b->clients_n, sizeof *b->clients);
		b->clients[b->clients_n++] = (struct q_client_add_in){
			.client_no = m->client_no,
			.from_import = m->j->no,
			.to_import = IMPORT_FOREVER,
			.source_no = c->source_no,
			.personal_id = c->personal_id,
			.updated = c->updated,
			.exported = c->exported,
			.hashed = c->hashed,
			.gone = true,
			.name = c->name,
			.ssn = c->ssn,
			.birth = c->birth,
			.traits = c->traits,
			.veteran = c->veteran,
			.veteran_known = c->veteran_known,
		};
	}
	if (old->known->settled && m->gone_since > 0) {
		/* The same rows coming back must not be passed over. */
		m->settled = false;
		note_digest(m, old->known, 0);
	}
	return NULL;
}

err_t import_merge(struct import_job *j, const struct import_part *p, const struct import_task *t,
		   struct import_batch *b)
{
	struct import_merging m = {.j = j, .p = p, .t = t, .b = b, .a = b->scratch, .settled = true};
	struct arena_mark mark = arena_mark(b->scratch);
	err_t e = t->kind == TASK_SAME ? pass_person(&m) : t->kind == TASK_MERGE ? merge_person(&m) : keep_person(&m);
	if (e == NULL)
		arena_rewind(b->scratch, mark);
	return e;
}
