/* People of a list on their way to the list of the region: written out of sight as an import, derived, switched on. */
#include <stdlib.h>
#include <string.h>

#include "app/import_fact.h"
#include "app/import_job.h"
#include "app/import_number.h"
#include "app/listing.h"
#include "app/record.h"
#include "app/source_work.h"
#include "base/log.h"
#include "domain/code.h"
#include "store/q_client.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"
#include "store/q_list_source.h"
#include "store/seal.h"

enum { ENROLLMENT_LISTED = 1, ENROLLMENT_TOLD = 2 };
#define PROJECT_ID "list"

struct token_entry {
	int64_t token, client;
};

struct loading {
	struct call *c;
	struct arena *a; /* lives as long as the loading */
	struct source_batch *b;
	int64_t now, no;
	int64_t project_no;
	int64_t last_client;
	struct token_entry *tokens;
	size_t tokens_n;
	struct q_client_add_in *clients;
	struct q_enrollment_add_in *enrollments;
	struct q_hmis_person_add_in *people;
	size_t clients_n, enrollments_n, people_n;
	struct roster_fill *fill;
	int64_t before, after;
};

/* --- one person --- */

static struct str seal_text(const struct loading *w, struct arena *a, const char *column, int64_t client_no,
			    struct str text)
{
	return seal_pii(a, w->c->app->keys, client_place(a, column, client_no), pii_new(a, text));
}

static void add_client(struct loading *w, struct arena *a, int64_t client_no, const struct source_person *p)
{
	struct client_name name = {.first = p->first, .middle = p->middle, .last = p->last};
	char day[DAY_TEXT];
	const char sep = CLIENT_SEPARATOR;
	struct q_client_add_in in = {
		.client_no = client_no,
		.from_import = w->no,
		.to_import = IMPORT_FOREVER,
		.source_no = w->b->source.no,
		.personal_id = S(""),
		.updated = INSTANT_NONE,
		.exported = INSTANT_NONE,
		.veteran = p->veteran,
		.veteran_known = p->veteran != SOURCE_UNKNOWN,
	};
	if (!w->b->source.coded) {
		in.name = seal_text(w, a, "name", client_no,
				    str_fmt(a, "%.*s%c%.*s%c%.*s%c%c", STR_ARG(p->first), sep, STR_ARG(p->middle), sep,
					    STR_ARG(p->last), sep, sep));
		if (p->ssn.n > 0)
			in.ssn = seal_text(w, a, "ssn", client_no, str_fmt(a, "%.*s%c", STR_ARG(p->ssn), sep));
		if (day_known(p->birth))
			in.birth =
				seal_text(w, a, "birth", client_no, str_fmt(a, "%s%c", day_text(p->birth, day), sep));
		int64_t tokens[CLIENT_TOKENS];
		size_t n = client_tokens(w->c->app->keys, NULL, &name, p->ssn, p->birth, tokens);
		for (size_t i = 0; i < n; i++) {
			w->tokens = db_rows_room(a, w->tokens, w->tokens_n, sizeof *w->tokens);
			w->tokens[w->tokens_n++] = (struct token_entry){tokens[i], client_no};
		}
	}
	w->clients = db_rows_room(a, w->clients, w->clients_n, sizeof in);
	w->clients[w->clients_n++] = in;
}

static void add_enrollment(struct loading *w, struct arena *a, int64_t client_no, int64_t enrollment_no,
			   struct day entry, struct str dossier)
{
	struct seal_place place = enrollment_place(a, client_no, enrollment_no);
	w->enrollments = db_rows_room(a, w->enrollments, w->enrollments_n, sizeof *w->enrollments);
	w->enrollments[w->enrollments_n++] = (struct q_enrollment_add_in){
		.client_no = client_no,
		.enrollment_no = enrollment_no,
		.from_import = w->no,
		.to_import = IMPORT_FOREVER,
		.project_no = w->project_no,
		.entry = entry,
		.exit = DAY_NONE,
		.dossier = seal_pii(a, w->c->app->keys, place, pii_new(a, dossier)),
	};
}

/* The dossier that the person has, opened, and its day of entry; both end with this import. */
static err_t take_old(struct loading *w, struct db *db, struct arena *a, int64_t client_no, struct str *was,
		      struct day *entry)
{
	struct q_enrollments_of_client *rows;
	size_t n;
	TRY(q_enrollments_of_client(db, a, client_no, w->now, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].enrollment_no == ENROLLMENT_LISTED) {
			const struct pii *opened;
			struct seal_place place = enrollment_place(a, client_no, ENROLLMENT_LISTED);
			TRY(seal_open(a, w->c->app->keys, place, rows[i].dossier, &opened));
			*was = pii_reveal(opened);
			*entry = rows[i].entry;
		}
	}
	TRY(q_list_enrollments_close(db, a, client_no, w->no));
	return q_client_close(db, a, client_no, w->no);
}

static err_t write_person(struct loading *w, struct db *db, struct arena *a, const struct source_keyed *keyed,
			  const struct q_hmis_people_between *old)
{
	const struct source_person *p = &w->b->people[keyed->person];
	int64_t client_no = old != NULL ? old->client_no : ++w->last_client;
	struct str was = {0};
	struct day entry = DAY_NONE;
	struct source_facts facts;
	if (old != NULL) {
		TRY(take_old(w, db, a, client_no, &was, &entry));
		TRY(q_hmis_person_close(db, a, w->b->source.no, keyed->key, client_no, w->no));
	}
	source_facts(a, p, w->c->today, was, entry, &facts);
	add_client(w, a, client_no, p);
	add_enrollment(w, a, client_no, ENROLLMENT_LISTED, facts.entry, facts.listed);
	if (facts.told.n > 0)
		add_enrollment(w, a, client_no, ENROLLMENT_TOLD, facts.told_day, facts.told);
	w->people = db_rows_room(a, w->people, w->people_n, sizeof *w->people);
	w->people[w->people_n++] = (struct q_hmis_person_add_in){
		.source_no = w->b->source.no,
		.key = keyed->key,
		.client_no = client_no,
		.from_import = w->no,
		.to_import = IMPORT_FOREVER,
		.digest = keyed->digest,
		.settled = true,
	};
	return NULL;
}

/* The newest file has them no more: they stay, and are flagged. */
static err_t write_absent(struct loading *w, struct db *db, struct arena *a, const struct q_hmis_people_between *old)
{
	if (!old->settled)
		return NULL; /* flagged already */
	TRY(q_list_enrollments_absent(db, a, old->client_no, w->no));
	TRY(q_list_enrollments_close(db, a, old->client_no, w->no));
	TRY(q_list_client_absent(db, a, old->client_no, w->no));
	TRY(q_client_close(db, a, old->client_no, w->no));
	TRY(q_hmis_person_close(db, a, w->b->source.no, old->key, old->client_no, w->no));
	w->people = db_rows_room(a, w->people, w->people_n, sizeof *w->people);
	w->people[w->people_n++] = (struct q_hmis_person_add_in){
		.source_no = w->b->source.no,
		.key = old->key,
		.client_no = old->client_no,
		.from_import = w->no,
		.to_import = IMPORT_FOREVER,
		.digest = old->digest,
	};
	return NULL;
}

/* --- all of them --- */

static struct str body_of(struct arena *a, enum dossier_kind kind, int field, struct str name)
{
	struct dossier_fact f = {.kind = kind, .id = S(PROJECT_ID), .updated = INSTANT_NONE};
	char *out = arena_many(a, DOSSIER_PACKED_MAX, char);
	f.values[field] = (struct dossier_value){.known = true, .text = name};
	return (struct str){out, dossier_pack(&f, out)};
}

/* The project that stands for the list, and who runs it; made with the first file. */
static err_t write_project(struct loading *w, struct db *db, struct arena *a)
{
	const struct source *s = &w->b->source;
	struct q_hmis_projects *projects;
	struct q_hmis_project_last last;
	size_t n;
	bool found;
	TRY(q_hmis_projects(db, a, s->no, w->now, &projects, &n));
	if (n > 0) {
		w->project_no = projects[0].project_no;
		return NULL;
	}
	TRY(q_hmis_project_last(db, a, &last, &found));
	w->project_no = last.no + 1;
	if (s->agency_id.n > 0)
		TRY(q_hmis_organization_add(db, a,
					    &(struct q_hmis_organization_add_in){
						    .source_no = s->no,
						    .organization_id = S(PROJECT_ID),
						    .from_import = w->no,
						    .to_import = IMPORT_FOREVER,
						    .name = s->name,
						    .agency_id = s->agency_id,
						    .updated = INSTANT_NONE,
						    .body = body_of(a, DOSSIER_Organization,
								    DOSSIER_Organization_OrganizationName, s->name),
					    }));
	return q_hmis_project_add(db, a,
				  &(struct q_hmis_project_add_in){
					  .project_no = w->project_no,
					  .source_no = s->no,
					  .project_id = str_fmt(a, PROJECT_ID "-%.*s", STR_ARG(s->id)),
					  .from_import = w->no,
					  .to_import = IMPORT_FOREVER,
					  .organization_id = S(PROJECT_ID),
					  .name = s->name,
					  .type = PROJECT_COORDINATED,
					  .type_known = true,
					  .operating_start = DAY_NONE,
					  .operating_end = DAY_NONE,
					  .updated = INSTANT_NONE,
					  .body = body_of(a, DOSSIER_Project, DOSSIER_Project_ProjectName, s->name),
				  });
}

static int token_compare(const void *x, const void *y)
{
	const struct token_entry *a = x;
	const struct token_entry *b = y;
	if (a->token != b->token)
		return a->token < b->token ? -1 : 1;
	return (a->client > b->client) - (a->client < b->client);
}

static err_t write_tokens(struct loading *w, struct db *db, struct arena *a)
{
	struct db_bulk bulk;
	char *packed = arena_many(a, w->tokens_n * VARINT_MAX, char);
	if (w->tokens_n > 0)
		qsort(w->tokens, w->tokens_n, sizeof *w->tokens, token_compare);
	TRY(q_client_token_add_open(db, a, &bulk));
	for (size_t i = 0; i < w->tokens_n;) {
		int64_t token = w->tokens[i].token;
		int64_t client = 0;
		size_t n = 0;
		for (; i < w->tokens_n && w->tokens[i].token == token; i++) {
			if (w->tokens[i].client == client)
				continue;
			n += varint_put(packed + n, (uint64_t)(w->tokens[i].client - client));
			client = w->tokens[i].client;
		}
		TRY(q_client_token_add(&bulk, &(struct q_client_token_add_in){token, w->no, {packed, n}}));
	}
	return db_bulk_end(&bulk);
}

#define ADD_ALL(query, rows)                                                                                           \
	do {                                                                                                           \
		struct db_bulk bulk_;                                                                                  \
		TRY(query##_open(db, a, &bulk_));                                                                      \
		for (size_t i_ = 0; i_ < w->rows##_n; i_++)                                                            \
			TRY(query(&bulk_, &w->rows[i_]));                                                              \
		TRY(db_bulk_end(&bulk_));                                                                              \
	} while (0)

static err_t write_all(struct db *db, struct arena *a, void *ctx)
{
	struct loading *w = ctx;
	struct source_batch *b = w->b;
	struct q_hmis_people_between *old;
	struct q_client_last last;
	size_t old_n;
	bool found;
	w->clients_n = w->enrollments_n = w->people_n = w->tokens_n = 0;
	TRY(write_project(w, db, a));
	TRY(q_client_last(db, a, &last, &found));
	TRY(q_hmis_people_between(db, a, b->source.no, INT64_MIN, INT64_MAX, w->now, &old, &old_n));
	w->last_client = last.no;
	size_t k = 0;
	for (size_t i = 0; i < b->keyed_n; i++) {
		for (; k < old_n && old[k].key < b->keyed[i].key; k++)
			if (b->complete)
				TRY(write_absent(w, db, a, &old[k]));
		bool known = k < old_n && old[k].key == b->keyed[i].key;
		if (!known || old[k].digest != b->keyed[i].digest || !old[k].settled)
			TRY(write_person(w, db, a, &b->keyed[i], known ? &old[k] : NULL));
		k += known;
	}
	for (; k < old_n && b->complete; k++)
		TRY(write_absent(w, db, a, &old[k]));
	ADD_ALL(q_client_add, clients);
	ADD_ALL(q_enrollment_add, enrollments);
	ADD_ALL(q_hmis_person_add, people);
	return write_tokens(w, db, a);
}

static err_t begin_roster(struct db *db, struct arena *a, void *ctx)
{
	struct loading *w = ctx;
	(void)a;
	roster_fill_free(&w->fill); /* of a first try */
	return roster_fill_new(w->a, db, w->no, w->c->today, w->c->today, w->c->app->data, &w->fill);
}

static err_t write_staged(struct db *db, struct arena *a, void *ctx)
{
	const struct loading *w = ctx;
	const struct source_counts *n = &w->b->counts;
	return q_hmis_import_staged(db, a,
				    &(struct q_hmis_import_staged_in){
					    .no = w->no,
					    .staged_at = w->c->now,
					    .clients_added = n->added,
					    .clients_changed = n->changed,
					    .clients_unchanged = n->unchanged,
					    .clients_gone = n->absent,
					    .households_before = w->before,
					    .households_after = w->after,
					    .rows_aside = n->aside,
					    .values_blanked = n->blanked,
				    });
}

static err_t record_load(struct db *db, struct arena *a, void *ctx)
{
	const struct loading *w = ctx;
	return app_record(w->c, db, a, "list_source.load", "list_source", w->b->source.id,
			  str_fmt(a, "import=%lld", (long long)w->no));
}

static err_t settle(struct db *db, struct arena *a, void *ctx)
{
	const struct loading *w = ctx;
	struct source_counts *n = &w->b->counts;
	*n = (struct source_counts){.rows = n->rows, .aside = n->aside, .blanked = n->blanked};
	return source_batch_settle(w->c, db, a, w->b);
}

static err_t stage(struct loading *w)
{
	struct call *c = w->c;
	TRY(import_number_write(c, w->a, w->no, write_all, w));
	TRY(db_run(c->db, w->a, DB_READ, begin_roster, w));
	TRY(roster_fill_all(w->fill, c, c->db, w->no, 0));
	TRY(listing_derive(c, w->fill, w->now, w->no, NULL, &w->before, &w->after));
	TRY(import_number_write(c, w->a, w->no, write_staged, w));
	TRY(db_run(c->db, w->a, DB_WRITE, record_load, w));
	return import_number_apply(c, w->no, NULL);
}

static err_t load(struct loading *w)
{
	struct q_hmis_now now;
	TRY(import_number_clear(w->c, WAITING_STAYS, NULL));
	TRY(import_number_now(w->c, &now));
	TRY(db_run(w->c->db, w->a, DB_READ, settle, w));
	struct q_hmis_import_begin_in in = {
		.kind = S("import"),
		.source_no = w->b->source.no,
		.source_no_known = true,
		.export_date = INSTANT_NONE,
		.period_start = DAY_NONE,
		.period_end = DAY_NONE,
		.as_of = w->c->today,
	};
	TRY(import_number_begin(w->c, &in));
	w->now = now.import_no;
	w->no = in.no;
	err_t e = stage(w);
	if (e == NULL)
		return NULL;
	/* Nobody waits for what failed; what cannot be swept now goes with the next import. */
	err_t left = import_number_abandon(w->c, w->no, NULL);
	if (left != NULL)
		log_err("list.abandon", left);
	return e;
}

err_t source_batch_load(struct call *c, struct source_batch *b)
{
	int lock;
	TRY(import_lock(c, &lock));
	struct arena *a = arena_new("list load", SOURCE_MEMORY);
	struct call inner = *c;
	struct loading w = {.c = &inner, .a = a, .b = b};
	inner.arena = a;
	err_t e = load(&w);
	roster_fill_free(&w.fill);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	arena_free(&a);
	import_unlock(&lock);
	return e;
}

/* --- from a file, from paper --- */

struct from_file {
	struct call *c;
	struct str draft_id;
	struct source_batch batch;
};

static err_t read_file(struct db *db, struct arena *a, void *ctx)
{
	struct from_file *f = ctx;
	struct source_file file;
	struct source_mapping m;
	bool *remembered;
	TRY(source_file_get(f->c, db, a, f->draft_id, &file));
	TRY(source_mapping_get(f->c, db, a, &file, &m, &remembered));
	return source_batch_read(f->c, db, a, f->draft_id, &file, &m, &f->batch);
}

err_t app_source_load(struct call *c, struct str draft_id, struct source_counts *out)
{
	TRY(source_may(c));
	struct arena *a = arena_new("list rows", SOURCE_MEMORY);
	struct from_file f = {.c = c, .draft_id = draft_id};
	err_t e = db_run(c->db, a, DB_READ, read_file, &f);
	if (e == NULL && f.batch.n == 0)
		e = err_new(a, ERR_INVALID,
			    "Not one row could be loaded. See below why, and say what the columns are.");
	if (e == NULL)
		e = source_batch_load(c, &f.batch);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	else
		*out = f.batch.counts;
	arena_free(&a);
	return e != NULL ? e : app_source_discard(c, draft_id);
}

struct from_paper {
	struct call *c;
	struct str source_id;
	const struct source_paper *paper;
	struct source_batch batch;
};

static err_t read_paper(struct db *db, struct arena *a, void *ctx)
{
	struct from_paper *f = ctx;
	struct source_file file = {.names_n = SOURCE_FIELDS_N};
	struct source_mapping m;
	bool *remembered;
	TRY(source_get(f->c, db, a, f->source_id, &file.source));
	file.names = arena_many(a, SOURCE_FIELDS_N, struct str);
	TRY(source_mapping_get(f->c, db, a, &file, &m, &remembered));
	struct sheet_cell *cells = arena_many(a, SOURCE_FIELDS_N, struct sheet_cell);
	enum source_field *fields = arena_many(a, SOURCE_FIELDS_N, enum source_field);
	unsigned kind = file.source.coded ? SOURCE_CODED : SOURCE_NAMED;
	for (size_t i = 0; i < SOURCE_FIELDS_N; i++) {
		bool fits = (source_fields[i].kinds & kind) != 0;
		fields[i] = (enum source_field)i;
		cells[i] = (struct sheet_cell){SHEET_EMPTY, {0}, DAY_NONE};
		if (fits && f->paper->values[i] != NULL)
			cells[i] = (struct sheet_cell){SHEET_TEXT, pii_reveal(f->paper->values[i]), DAY_NONE};
	}
	m.fields = fields;
	m.fields_n = SOURCE_FIELDS_N;
	struct source_person *p = arena_one(a, struct source_person);
	int64_t blanked;
	enum source_problem why;
	enum source_problem aside =
		source_row_read(a, &m, &(struct sheet_row){1, cells, SOURCE_FIELDS_N}, p, &blanked, &why);
	if (aside != SOURCE_FINE || blanked > 0)
		return err_new(a, ERR_INVALID, "%s", source_problem_say(aside != SOURCE_FINE ? aside : why));
	f->batch = (struct source_batch){.source = file.source, .people = p, .n = 1};
	f->batch.asides = arena_many(a, SOURCE_ASIDE_SHOWN, struct source_aside_view);
	f->batch.counts.rows = 1;
	return NULL;
}

err_t app_source_paper(struct call *c, struct str source_id, const struct source_paper *p, struct source_counts *out)
{
	TRY(source_may(c));
	struct from_paper f = {.c = c, .source_id = source_id, .paper = p};
	TRY(db_run(c->db, c->arena, DB_READ, read_paper, &f));
	TRY(source_batch_load(c, &f.batch));
	*out = f.batch.counts;
	return NULL;
}
