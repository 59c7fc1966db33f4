#include "store/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/db_impl.h"

struct db_pool {
	pthread_mutex_t lock;
	pthread_cond_t given; /* a place became free */
	char *where;
	struct gate *gate;
	struct db **idle; /* the one given back last is taken first: its caches are warm */
	int idle_n;
	int out; /* taken */
	int most;
};

err_t db_pool_open(struct arena *a, struct str where, int most, struct db_pool **out)
{
	struct db *first;
	TRY(db_open(a, where, DB_EXISTING, &first));
	struct db_pool *p = calloc(1, sizeof *p);
	if (p == NULL)
		abort();
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, &monotonic);
	pthread_condattr_destroy(&monotonic);
	p->where = strndup(where.p, where.n);
	p->idle = calloc((size_t)most, sizeof(struct db *));
	if (p->where == NULL || p->idle == NULL)
		abort();
	p->most = most;
	/* PostgreSQL queues its writers itself, over all nodes. */
	p->gate = db_engine(first) == DB_SQLITE ? gate_new() : NULL;
	first->gate = p->gate;
	p->idle[p->idle_n++] = first;
	*out = p;
	return NULL;
}

void db_pool_close(struct db_pool **pool)
{
	struct db_pool *p = *pool;
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	while (p->out > 0)
		pthread_cond_wait(&p->given, &p->lock);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->idle_n; i++)
		db_close(&p->idle[i]);
	gate_free(&p->gate);
	pthread_cond_destroy(&p->given);
	pthread_mutex_destroy(&p->lock);
	free(p->idle);
	free(p->where);
	free(p);
	*pool = NULL;
}

/* Reserves a place; *db is the idle connection that came with it, or NULL. */
static bool reserve(struct db_pool *p, struct db **db)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += DB_WAIT_MS / 1000;
	int rc = 0;
	pthread_mutex_lock(&p->lock);
	while (p->out == p->most && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&p->given, &p->lock, &until);
	bool got = p->out < p->most;
	if (got) {
		p->out++;
		*db = p->idle_n > 0 ? p->idle[--p->idle_n] : NULL;
	}
	pthread_mutex_unlock(&p->lock);
	return got;
}

/* Gives a place back, with its connection or without. */
static void put_back(struct db_pool *p, struct db *db)
{
	pthread_mutex_lock(&p->lock);
	p->out--;
	if (db != NULL)
		p->idle[p->idle_n++] = db;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

err_t db_pool_take(struct db_pool *pool, struct arena *a, struct db **out)
{
	struct db *db = NULL;
	if (!reserve(pool, &db))
		return err_new(a, ERR_RETRY, "Many people are at work just now. Please try again in a moment.");
	if (db == NULL) {
		err_t e = db_open(a, str_from(pool->where), DB_EXISTING, &db);
		if (e != NULL) {
			put_back(pool, NULL);
			return e;
		}
		db->gate = pool->gate;
	}
	*out = db;
	return NULL;
}

void db_pool_give(struct db_pool *pool, struct db **db)
{
	db_rollback(*db);
	db_serve(*db, DB_FOR_PROGRAM);
	put_back(pool, *db);
	*db = NULL;
}

err_t db_pool_run(struct db_pool *pool, struct arena *a, enum db_mode mode,
		  err_t (*fn)(struct db *, struct arena *, void *), void *ctx)
{
	struct db *db = NULL;
	TRY(db_pool_take(pool, a, &db));
	err_t e = db_run(db, a, mode, fn, ctx);
	db_pool_give(pool, &db);
	return e;
}
