#include "app/import_run.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/pool.h"

enum { MEMORY = 2047 << 20, TEXT_MAX = 400 };

enum job { JOB_STAGE, JOB_APPLY, JOB_ABANDON };

struct import_run {
	const struct app *app;
	pthread_mutex_t lock;
	pthread_t thread;
	bool started; /* thread is to be joined */
	bool running;
	/* The job; read by its thread alone while it runs. */
	enum job job;
	char path[TEXT_MAX];
	int fd;
	int64_t no;
	char actor[TEXT_MAX];
	enum role role;
	/* How far it is; under the lock. */
	char phase[TEXT_MAX];
	int64_t done, total;
	char error[TEXT_MAX];
};

struct import_run *import_run_new(const struct app *app)
{
	struct import_run *run = calloc(1, sizeof *run);
	if (run == NULL)
		abort();
	run->app = app;
	run->fd = -1;
	pthread_mutex_init(&run->lock, NULL);
	return run;
}

void import_run_free(struct import_run **run)
{
	if (*run == NULL)
		return;
	if ((*run)->started)
		pthread_join((*run)->thread, NULL);
	pthread_mutex_destroy(&(*run)->lock);
	free(*run);
	*run = NULL;
}

static void keep(char to[TEXT_MAX], struct str from)
{
	size_t n = from.n < TEXT_MAX ? from.n : TEXT_MAX - 1;
	if (n > 0)
		memcpy(to, from.p, n);
	to[n] = '\0';
}

static void tell(void *ctx, const char *phase, int64_t done, int64_t total)
{
	struct import_run *run = ctx;
	pthread_mutex_lock(&run->lock);
	keep(run->phase, str_from(phase));
	run->done = done;
	run->total = total;
	pthread_mutex_unlock(&run->lock);
}

static err_t do_job(struct import_run *run, struct arena *a, struct db *db)
{
	struct instant now = clock_now();
	struct call call = {
		.app = run->app,
		.db = db,
		.arena = a,
		.actor = {.kind = ACTOR_USER, .id = str_from(run->actor), .role = run->role},
		.now = now,
		.today = instant_day(now),
		.route = S("/import"),
	};
	struct import_progress progress = {tell, run};
	struct import_view view;
	switch (run->job) {
	case JOB_STAGE:
		return app_import_stage(&call, run->path, IMPORT_STAGE, &progress, &view);
	case JOB_APPLY:
		return app_import_apply(&call, run->no, &progress);
	case JOB_ABANDON:
		return app_import_abandon(&call, run->no, &progress);
	}
	return NULL;
}

static void *run_job(void *ctx)
{
	struct import_run *run = ctx;
	struct arena *a = arena_new("import", MEMORY);
	struct db *volatile held = NULL; /* read behind the guard */
	err_t e;
	if (ARENA_GUARD(a)) {
		arena_reset(a);
		e = err_internal(a, "no memory for the import");
	} else {
		struct db *db = NULL;
		e = db_pool_take(run->app->pool, a, &db);
		held = db;
		if (e == NULL)
			e = do_job(run, a, db);
	}
	arena_unguard(a);
	struct db *db = held;
	if (db != NULL)
		db_pool_give(run->app->pool, &db);
	if (run->fd >= 0)
		close(run->fd);
	if (e != NULL)
		log_err("import.failed", e);
	pthread_mutex_lock(&run->lock);
	keep(run->error, e == NULL ? (struct str){0} : e->say);
	run->fd = -1;
	run->running = false;
	pthread_mutex_unlock(&run->lock);
	arena_free(&a);
	return NULL;
}

static err_t begin(struct call *c, struct import_run *run, enum job job, struct str path, int fd, int64_t no)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_IMPORT))
		return err_new(c->arena, ERR_DENIED, "Only an administrator can import.");
	if (path.n >= TEXT_MAX)
		return err_new(c->arena, ERR_INVALID, "The path is too long.");
	err_t e = NULL;
	pthread_mutex_lock(&run->lock);
	if (run->running) {
		e = err_new(c->arena, ERR_CONFLICT, "An import is at work. Please wait until it is done.");
	} else {
		if (run->started)
			pthread_join(run->thread, NULL);
		run->started = false;
		run->job = job;
		run->fd = fd;
		run->no = no;
		run->role = c->actor.role;
		run->done = run->total = 0;
		keep(run->path, path);
		keep(run->actor, c->actor.id);
		keep(run->phase, (struct str){0});
		keep(run->error, (struct str){0});
		run->running = pthread_create(&run->thread, NULL, run_job, run) == 0;
		run->started = run->running;
		if (!run->running)
			e = err_internal(c->arena, "import: no thread");
	}
	pthread_mutex_unlock(&run->lock);
	return e;
}

err_t app_import_run_stage(struct call *c, struct import_run *run, struct str path, int fd)
{
	err_t e = begin(c, run, JOB_STAGE, path, fd, 0);
	if (e != NULL && fd >= 0)
		close(fd);
	return e;
}

err_t app_import_run_apply(struct call *c, struct import_run *run, int64_t no)
{
	return begin(c, run, JOB_APPLY, (struct str){0}, -1, no);
}

err_t app_import_run_abandon(struct call *c, struct import_run *run, int64_t no)
{
	return begin(c, run, JOB_ABANDON, (struct str){0}, -1, no);
}

struct import_run_state app_import_run_state(struct arena *a, struct import_run *run)
{
	pthread_mutex_lock(&run->lock);
	struct import_run_state state = {
		.running = run->running,
		.phase = str_dup(a, str_from(run->phase)),
		.done = run->done,
		.total = run->total,
		.error = str_dup(a, str_from(run->error)),
	};
	pthread_mutex_unlock(&run->lock);
	return state;
}
