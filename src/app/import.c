#include "app/import.h"

#include "app/import_client.h"
#include "app/import_job.h"
#include "app/import_known.h"
#include "app/import_number.h"
#include "app/listing.h"
#include "app/referral_told.h"
#include "base/log.h"
#include "store/q_client.h"

enum {
	JOB_MEMORY = 2047 << 20,
	FLAGS_MEMORY = 256 << 20,
};

static err_t may_import(const struct call *c)
{
	bool may = c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM ||
		   (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_IMPORT));
	return may ? NULL : err_new(c->arena, ERR_DENIED, "Only administrators may import.");
}

struct source {
	struct import_job *j;
	struct str key;
};

/* Exports of the same SourceID are of the same HMIS; many have none, then the name tells. */
static err_t load_state(struct db *db, struct arena *a, void *ctx)
{
	struct source *s = ctx;
	struct import_job *j = s->j;
	struct q_hmis_now now;
	struct q_hmis_source_by_key source;
	struct q_hmis_import_newest newest;
	struct q_hmis_import_last last;
	struct q_client_last client;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_import_last(db, a, &last, &found));
	TRY(q_client_last(db, a, &client, &found));
	j->now = now.import_no;
	j->no = last.no + 1;
	j->first = now.import_no == 0;
	j->last_client = client.no;
	TRY(q_hmis_source_by_key(db, a, s->key, &source, &found));
	j->source_no = found ? source.no : 0;
	newest.export_date = INSTANT_NONE;
	if (found)
		TRY(q_hmis_import_newest(db, a, source.no, &newest, &found));
	j->ties_win = j->export->date.ms >= newest.export_date.ms;
	j->judges_absence = j->source_no != 0 && j->export->directive == HMIS_FULL_REFRESH &&
			    instant_known(j->export->date) && j->export->date.ms > newest.export_date.ms &&
			    day_known(j->export->start) && day_known(j->export->end);
	return NULL;
}

static err_t put_source(struct db *db, struct arena *a, void *ctx)
{
	struct source *s = ctx;
	struct import_job *j = s->j;
	struct str name = j->export->source_name.n > 0 ? j->export->source_name : s->key;
	if (j->source_no == 0) {
		struct q_hmis_source_last last;
		bool found;
		TRY(q_hmis_source_last(db, a, &last, &found));
		j->source_no = last.no + 1;
	}
	return q_hmis_source_put(db, a, j->source_no, s->key, name);
}

static err_t begin_import(struct import_job *j, struct str key)
{
	const struct hmis_export *e = j->export;
	struct source s = {j, key};
	TRY(db_run(j->call->db, j->arena, DB_READ, load_state, &s));
	if (j->look)
		return NULL;
	TRY(db_run(j->call->db, j->arena, DB_BESIDE, put_source, &s));
	struct q_hmis_import_begin_in in = {
		.kind = S("import"),
		.source_no = j->source_no,
		.source_no_known = true,
		.export_id = e->id,
		.export_date = e->date,
		.period_start = e->start,
		.period_end = e->end,
		.csv_year = e->year == HMIS_FY2024 ? 2024 : 2026,
		.csv_year_known = true,
		.directive = (int64_t)e->directive,
		.directive_known = true,
		.hashed = e->hashed,
		.software = e->software,
		.as_of = j->call->today,
	};
	TRY(import_number_begin(j->call, &in));
	j->no = in.no;
	return NULL;
}

/* What the list is made from: everybody, those of other sources as they are. */
static err_t begin_roster(struct db *db, struct arena *a, void *ctx)
{
	struct import_job *j = ctx;
	(void)a;
	return roster_fill_new(j->arena, db, j->no, j->call->today, j->call->today, j->call->app->data, &j->fill);
}

static void note_package_flags(struct import_job *j)
{
	size_t n;
	const struct hmis_flag *flags = hmis_package_flags(j->package, &n);
	for (size_t i = 0; i < n; i++)
		import_hmis_flag(j, &flags[i]);
}

static err_t stage_people(struct import_job *j)
{
	TRY(import_known_load(j));
	TRY(import_read(j));
	TRY(spool_new(j->arena, j->call->app->data, 1U << TOKEN_PARTS_BITS, 1, &j->tokens));
	j->token_cache = arena_one(j->arena, struct token_cache);
	TRY(import_parts(j));
	spool_free(&j->rows);
	import_known_free(&j->known);
	return NULL;
}

struct staged {
	struct import_job *j;
};

static err_t write_staged(struct db *db, struct arena *a, void *ctx)
{
	const struct staged *s = ctx;
	const struct import_job *j = s->j;
	const struct import_view *v = &j->counts;
	for (size_t f = 0; f < HMIS_FILE_COUNT; f++) {
		const struct import_file_counts *n = &j->files[f];
		if (!hmis_package_has(j->package, (enum hmis_file)f) || f == HMIS_Export)
			continue;
		TRY(q_hmis_import_file_add(db, a,
					   &(struct q_hmis_import_file_add_in){
						   .import_no = j->no,
						   .file = (int64_t)f,
						   .all_rows = n->rows,
						   .kept = n->kept,
						   .deleted = n->deleted,
						   .aside = n->aside,
						   .blanked = n->blanked,
						   .refused = n->refused,
					   }));
	}
	TRY(import_delays_write(j, db, a));
	return q_hmis_import_staged(db, a,
				    &(struct q_hmis_import_staged_in){
					    .no = j->no,
					    .staged_at = clock_now(),
					    .clients_added = v->clients.added,
					    .clients_changed = v->clients.changed,
					    .clients_unchanged = v->clients.unchanged,
					    .clients_removed = v->clients.removed,
					    .clients_gone = v->clients.gone,
					    .clients_refused = v->clients.refused,
					    .enrollments_added = v->enrollments.added,
					    .enrollments_changed = v->enrollments.changed,
					    .enrollments_unchanged = v->enrollments.unchanged,
					    .enrollments_removed = v->enrollments.removed,
					    .enrollments_gone = v->enrollments.gone,
					    .enrollments_refused = v->enrollments.refused,
					    .facts_gone = v->facts_gone,
					    .households_before = v->households_before,
					    .households_after = v->households_after,
					    .rows_aside = v->rows_aside,
					    .values_blanked = v->values_blanked,
				    });
}

static void count_files(struct import_job *j)
{
	for (size_t f = 0; f < HMIS_FILE_COUNT; f++) {
		j->counts.rows_aside += j->files[f].aside;
		j->counts.values_blanked += j->files[f].blanked;
	}
}

/* Everything behind the opened package, out of sight. */
static err_t stage(struct import_job *j)
{
	const struct hmis_export *e = j->export;
	TRY(begin_import(j, e->source_id.n > 0 ? e->source_id : e->source_name));
	note_package_flags(j);
	TRY(import_projects(j));
	import_delays_new(j);
	if (!j->look)
		TRY(db_run(j->call->db, j->arena, DB_READ, begin_roster, j));
	TRY(stage_people(j));
	count_files(j);
	if (j->look)
		return NULL;
	TRY(import_tokens_write(j));
	TRY(import_flags_write(j));
	if (!j->first)
		TRY(roster_fill_all(j->fill, j->call, j->call->db, j->now, j->source_no));
	TRY(listing_derive(j->call, j->fill, j->now, j->no, j->progress, &j->counts.households_before,
			   &j->counts.households_after));
	struct staged s = {j};
	return import_number_write(j->call, j->arena, j->no, write_staged, &s);
}

/* The preview, in the caller's arena. */
static void show(struct arena *a, const struct import_job *j, struct import_view *out)
{
	const struct hmis_export *e = j->export;
	*out = j->counts;
	out->no = j->look ? 0 : j->no;
	out->state = j->look ? (struct str){0} : S("staged");
	out->source = str_dup(a, e->source_name.n > 0 ? e->source_name : e->source_id);
	out->exported = e->date;
	out->period_start = e->start;
	out->period_end = e->end;
	out->csv_year = e->year == HMIS_FY2024 ? 2024 : 2026;
	out->full = e->directive == HMIS_FULL_REFRESH;
	out->hashed = e->hashed;
	out->actor = str_dup(a, j->call->actor.id);
	out->begun_at = j->call->now;
	out->ended_at = INSTANT_NONE;
	out->files = arena_many(a, HMIS_FILE_COUNT, struct import_file);
	out->files_n = 0;
	for (size_t f = 0; f < HMIS_FILE_COUNT; f++)
		if (hmis_package_has(j->package, (enum hmis_file)f) && f != HMIS_Export)
			out->files[out->files_n++] = (struct import_file){hmis_files[f].name, j->files[f]};
}

static err_t run(struct call *c, const char *path, enum import_mode mode, const struct import_progress *progress,
		 struct import_job *j, struct import_view *out)
{
	struct arena *outer = c->arena;
	struct call inner = *c;
	inner.arena = j->arena;
	*j = (struct import_job){
		.call = &inner,
		.arena = j->arena,
		.progress = progress,
		.look = mode == IMPORT_LOOK,
		.flags = {.lock = PTHREAD_MUTEX_INITIALIZER, .arena = j->flags.arena},
	};
	err_t e = hmis_package_open(j->arena, path, &j->package);
	if (e == NULL) {
		j->export = hmis_package_export(j->package);
		e = j->look ? NULL : import_number_clear(&inner, WAITING_OWN_GIVES_WAY, progress);
	}
	if (e == NULL)
		e = stage(j);
	if (e == NULL)
		show(outer, j, out);
	else
		e = err_with_detail(outer, err_new(outer, e->class, "%.*s", STR_ARG(e->say)), err_describe(outer, e));
	roster_fill_free(&j->fill);
	import_known_free(&j->known);
	spool_free(&j->rows);
	spool_free(&j->enrollment_ids);
	spool_free(&j->tokens);
	if (j->package != NULL)
		hmis_package_close(&j->package);
	pthread_mutex_destroy(&j->flags.lock);
	return e;
}

err_t app_import_stage(struct call *c, const char *path, enum import_mode mode, const struct import_progress *progress,
		       struct import_view *out)
{
	TRY(may_import(c));
	int lock = -1;
	if (mode == IMPORT_STAGE)
		TRY(import_lock(c, &lock));
	struct import_job j = {.arena = arena_new("import", JOB_MEMORY)};
	j.flags.arena = arena_new("import flags", FLAGS_MEMORY);
	err_t e = run(c, path, mode, progress, &j, out);
	arena_free(&j.flags.arena);
	arena_free(&j.arena);
	import_unlock(&lock);
	if (e == NULL && mode == IMPORT_STAGE)
		LOG(LOG_INFO, "import.staged", log_int("import", out->no), log_int("clients", out->clients.added),
		    log_int("enrollments", out->enrollments.added), log_int("aside", out->rows_aside));
	return e;
}

err_t app_import_apply(struct call *c, int64_t no, const struct import_progress *progress)
{
	TRY(may_import(c));
	int lock;
	struct q_hmis_now now;
	TRY(import_lock(c, &lock));
	err_t e = import_number_apply(c, no, progress);
	import_unlock(&lock);
	if (e != NULL)
		return e;
	LOG(LOG_INFO, "import.applied", log_int("import", no));
	TRY(import_number_now(c, &now));
	if (now.as_of.n != c->today.n)
		TRY(app_listing_refresh(c, c->today));
	struct call facts = *c; /* nobody of ours says it */
	size_t told;
	facts.actor = (struct actor){.kind = ACTOR_SYSTEM};
	TRY(app_referral_told(&facts, &told));
	if (told > 0)
		LOG(LOG_INFO, "referral.told", log_int("referrals", (int64_t)told));
	return NULL;
}

err_t app_import_abandon(struct call *c, int64_t no, const struct import_progress *progress)
{
	TRY(may_import(c));
	int lock;
	TRY(import_lock(c, &lock));
	err_t e = import_number_abandon(c, no, progress);
	import_unlock(&lock);
	if (e == NULL)
		LOG(LOG_INFO, "import.abandoned", log_int("import", no));
	return e;
}
