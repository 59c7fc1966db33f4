#include "app/import_number.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/import_job.h"
#include "app/law.h"
#include "app/record.h"
#include "app/region.h"
#include "base/log.h"
#include "store/q_agency.h"

err_t import_lock(struct call *c, int *lock)
{
	struct str folder = c->app->data.n > 0 ? c->app->data : S(".");
	const char *path = str_c(c->arena, str_fmt(c->arena, "%.*s/import.lock", STR_ARG(folder)));
	/* Beside a PostgreSQL database nobody may have made the folder yet. */
	(void)mkdir(str_c(c->arena, folder), 0700);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_new(c->arena, ERR_INVALID, "%s cannot be written: %s.", path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return err_new(c->arena, ERR_RETRY, "Another import is running. Please try again when it is done.");
	}
	*lock = fd;
	return NULL;
}

void import_unlock(int *lock)
{
	if (*lock >= 0)
		close(*lock);
	*lock = -1;
}

static err_t load_now(struct db *db, struct arena *a, void *ctx)
{
	bool found;
	TRY(q_hmis_now(db, a, ctx, &found));
	return found ? NULL : err_internal(a, "hmis_now has no row");
}

err_t import_number_now(struct call *c, struct q_hmis_now *out)
{
	return db_run(c->db, c->arena, DB_READ, load_now, out);
}

struct open_imports {
	struct q_hmis_imports_open *rows;
	size_t n;
};

static err_t load_open(struct db *db, struct arena *a, void *ctx)
{
	struct open_imports *o = ctx;
	return q_hmis_imports_open(db, a, &o->rows, &o->n);
}

struct import_end {
	struct call *c;
	int64_t no;
	int64_t changed;
};

static err_t end_import(struct db *db, struct arena *a, void *ctx)
{
	struct import_end *e = ctx;
	TRY(q_hmis_import_end(db, a, e->no, S("abandoned"), e->c->now, &e->changed));
	if (e->changed == 0)
		return err_new(a, ERR_CONFLICT, "This import is over already.");
	return app_record(e->c, db, a, "import.abandon", "import", str_fmt(a, "%lld", (long long)e->no),
			  (struct str){0});
}

static err_t mark_clearing(struct db *db, struct arena *a, void *ctx)
{
	struct import_end *e = ctx;
	return q_hmis_import_clearing(db, a, e->no, &e->changed);
}

/* An import is over only when nothing of it is left: a sweep that is broken off is done again. */
static err_t clear(struct call *c, const struct open_imports *open, const struct import_progress *progress)
{
	struct q_hmis_now now;
	TRY(import_number_now(c, &now));
	for (size_t i = 0; i < open->n; i++) {
		struct import_end e = {.c = c, .no = open->rows[i].no};
		TRY(db_run(c->db, c->arena, DB_BESIDE, mark_clearing, &e));
	}
	TRY(import_sweep(c, now.import_no, true, progress));
	for (size_t i = 0; i < open->n; i++) {
		struct import_end e = {.c = c, .no = open->rows[i].no};
		TRY(db_run(c->db, c->arena, DB_WRITE, end_import, &e));
	}
	return NULL;
}

err_t import_number_clear(struct call *c, enum import_waiting waiting, const struct import_progress *progress)
{
	struct open_imports open;
	TRY(db_run(c->db, c->arena, DB_READ, load_open, &open));
	if (open.n == 0)
		return NULL;
	/* A new day that is staged waits for nobody: it was killed before it was switched on. */
	for (size_t i = 0; i < open.n; i++) {
		bool waits = str_eq(open.rows[i].state, S("staged")) && str_eq(open.rows[i].kind, S("import"));
		bool own = str_eq(open.rows[i].actor, c->actor.id);
		if (waits && waiting != WAITING_GIVES_WAY && !(own && waiting == WAITING_OWN_GIVES_WAY))
			return err_new(c->arena, ERR_CONFLICT,
				       "Import %lld is staged and waits: apply or abandon it first.",
				       (long long)open.rows[i].no);
	}
	return clear(c, &open, progress);
}

static err_t begin(struct db *db, struct arena *a, void *ctx)
{
	struct q_hmis_import_begin_in *in = ctx;
	struct q_hmis_import_last last;
	bool found;
	TRY(q_hmis_import_last(db, a, &last, &found));
	in->no = last.no + 1;
	return q_hmis_import_begin(db, a, in);
}

err_t import_number_begin(struct call *c, struct q_hmis_import_begin_in *in)
{
	static const char *const kinds[] = {[ACTOR_NOBODY] = "nobody",
					    [ACTOR_USER] = "user",
					    [ACTOR_OPERATOR] = "operator",
					    [ACTOR_SYSTEM] = "system"};
	in->actor_kind = str_from(kinds[c->actor.kind]);
	in->actor = c->actor.id;
	in->begun_at = c->now;
	return db_run(c->db, c->arena, DB_BESIDE, begin, in);
}

struct holding {
	int64_t no;
	err_t (*fn)(struct db *, struct arena *, void *);
	void *ctx;
};

static err_t hold_and_write(struct db *db, struct arena *a, void *ctx)
{
	const struct holding *h = ctx;
	struct q_hmis_import_hold row;
	bool found;
	TRY(q_hmis_import_hold(db, a, h->no, &row, &found));
	if (!found || !str_eq(row.state, S("staging")))
		return err_new(a, ERR_CONFLICT, "This import was given up while it ran.");
	return h->fn(db, a, h->ctx);
}

err_t import_number_write(struct call *c, struct arena *a, int64_t no, err_t (*fn)(struct db *, struct arena *, void *),
			  void *ctx)
{
	struct holding h = {no, fn, ctx};
	return db_run(c->db, a, DB_BESIDE, hold_and_write, &h);
}

/* An organization becomes an agency. Names of agencies are unique: a second one gets a number. */
static err_t make_agency(struct db *db, struct arena *a, const struct q_hmis_organizations_new *o)
{
	struct q_agency_by_name same;
	struct q_agency_by_hmis_id taken;
	struct str name = o->name;
	bool found;
	TRY(q_agency_by_name(db, a, name, &same, &found));
	for (int n = 2; found; n++) {
		name = str_fmt(a, "%.*s (%d)", STR_ARG(o->name), n);
		TRY(q_agency_by_name(db, a, name, &same, &found));
	}
	TRY(q_agency_by_hmis_id(db, a, o->organization_id, &taken, &found));
	return q_agency_add(db, a,
			    &(struct q_agency_add_in){
				    .id = o->agency_id,
				    .name = name,
				    .kind = S("provider"),
				    .is_victim_service_provider = o->victim,
				    .hmis_id = found ? (struct str){0} : o->organization_id,
			    });
}

struct applying {
	struct call *c;
	int64_t no;
};

static err_t apply(struct db *db, struct arena *a, void *ctx)
{
	const struct applying *w = ctx;
	struct q_hmis_now now;
	struct q_hmis_import_by_no import;
	struct q_hmis_organizations_new *fresh;
	size_t fresh_n;
	bool found;
	int64_t changed;
	struct q_hmis_now_lock lock;
	TRY(q_hmis_now_lock(db, a, &lock, &found));
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_import_by_no(db, a, w->no, &import, &found));
	if (!found || !str_eq(import.state, S("staged")) || w->no <= now.import_no)
		return err_new(a, ERR_CONFLICT, "Import %lld is not staged any more.", (long long)w->no);
	TRY(q_hmis_organizations_new(db, a, w->no, &fresh, &fresh_n));
	for (size_t i = 0; i < fresh_n; i++)
		TRY(make_agency(db, a, &fresh[i]));
	bool day = str_eq(import.kind, S("day"));
	if (!day)
		TRY(law_agencies_find(db, a, w->no));
	TRY(q_hmis_now_put(db, a, w->no, import.as_of));
	TRY(region_agencies_put(db, a, w->no, w->c->today));
	TRY(q_hmis_import_end(db, a, w->no, S("applied"), w->c->now, &changed));
	return app_record(w->c, db, a, day ? "list.refresh" : "import.apply", "import",
			  str_fmt(a, "%lld", (long long)w->no), (struct str){0});
}

err_t import_number_apply(struct call *c, int64_t no, const struct import_progress *progress)
{
	struct applying w = {c, no};
	TRY(db_run(c->db, c->arena, DB_WRITE, apply, &w));
	/* It is switched on, whatever comes now; what cannot be swept is out of sight and goes with the next one. */
	err_t e = import_sweep(c, no, false, progress);
	if (e != NULL)
		log_err("import.sweep", e);
	return NULL;
}

err_t import_number_abandon(struct call *c, int64_t no, const struct import_progress *progress)
{
	struct open_imports open;
	TRY(db_run(c->db, c->arena, DB_READ, load_open, &open));
	if (open.n == 0 || open.rows[0].no != no)
		return err_new(c->arena, ERR_CONFLICT, "Import %lld is over already.", (long long)no);
	return clear(c, &open, progress);
}
