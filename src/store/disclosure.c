#include "store/disclosure.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/id.h"
#include "base/log.h"
#include "store/q_disclosure.h"

enum { WAITING_MAX = 1024, THREAD_MEMORY = 1 << 20, HOUSEHOLDS_MAX = 64 << 10, HOUSEHOLDS_A_ROW = 2000 };

/* What a worker hands in. It lies on the worker's stack until it is settled. */
struct ticket {
	const struct q_disclosure_add_in *rows;
	size_t rows_n;
	bool settled;
	bool written;
	struct ticket *next;
};

struct disclosure_log {
	pthread_mutex_t lock;
	pthread_cond_t came;    /* a ticket, or the end */
	pthread_cond_t settled; /* a group */
	struct ticket *head;
	struct ticket **tail;
	int waiting;
	bool stopping;
	struct db_pool *pool;
	pthread_t thread;
};

static err_t write_group(struct db *db, struct arena *a, void *ctx)
{
	for (const struct ticket *t = ctx; t != NULL; t = t->next)
		for (size_t i = 0; i < t->rows_n; i++)
			TRY(q_disclosure_add(db, a, &t->rows[i]));
	return NULL;
}

/* Everything that waits, as one group; NULL when the thread is to end. */
static struct ticket *next_group(struct disclosure_log *log)
{
	pthread_mutex_lock(&log->lock);
	while (log->head == NULL && !log->stopping)
		pthread_cond_wait(&log->came, &log->lock);
	struct ticket *group = log->head;
	log->head = NULL;
	log->tail = &log->head;
	log->waiting = 0;
	pthread_mutex_unlock(&log->lock);
	return group;
}

static void settle(struct disclosure_log *log, struct ticket *group, bool written)
{
	pthread_mutex_lock(&log->lock);
	for (struct ticket *t = group; t != NULL; t = t->next) {
		t->written = written;
		t->settled = true;
	}
	pthread_cond_broadcast(&log->settled);
	pthread_mutex_unlock(&log->lock);
}

static void *run(void *ctx)
{
	struct disclosure_log *log = ctx;
	struct arena *a = arena_new("disclosure", THREAD_MEMORY);
	for (struct ticket *group = next_group(log); group != NULL; group = next_group(log)) {
		err_t e = db_pool_run(log->pool, a, DB_BESIDE, write_group, group);
		if (e != NULL)
			log_err("disclosure.failed", e);
		settle(log, group, e == NULL);
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

err_t disclosure_start(struct arena *a, struct db_pool *pool, struct disclosure_log **out)
{
	struct disclosure_log *log = calloc(1, sizeof *log);
	if (log == NULL)
		abort();
	log->pool = pool;
	log->tail = &log->head;
	pthread_mutex_init(&log->lock, NULL);
	pthread_cond_init(&log->came, NULL);
	pthread_cond_init(&log->settled, NULL);
	if (pthread_create(&log->thread, NULL, run, log) != 0) {
		free(log);
		return err_internal(a, "disclosure: no thread");
	}
	*out = log;
	return NULL;
}

void disclosure_stop(struct disclosure_log **plog)
{
	struct disclosure_log *log = *plog;
	if (log == NULL)
		return;
	pthread_mutex_lock(&log->lock);
	log->stopping = true;
	pthread_cond_signal(&log->came);
	pthread_mutex_unlock(&log->lock);
	pthread_join(log->thread, NULL);
	pthread_cond_destroy(&log->settled);
	pthread_cond_destroy(&log->came);
	pthread_mutex_destroy(&log->lock);
	free(log);
	*plog = NULL;
}

static struct str join(struct arena *a, const struct str *ids, size_t n)
{
	struct buf b = buf_new(a, HOUSEHOLDS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_str(&b, ids[i]);
	}
	return b.full ? (struct str){0} : buf_text(&b);
}

/* Stands in line and waits for the group. False when the line is full. */
static bool hand_in(struct disclosure_log *log, struct ticket *t)
{
	pthread_mutex_lock(&log->lock);
	bool room = log->waiting < WAITING_MAX && !log->stopping;
	if (room) {
		*log->tail = t;
		log->tail = &t->next;
		log->waiting++;
		pthread_cond_signal(&log->came);
		while (!t->settled)
			pthread_cond_wait(&log->settled, &log->lock);
	}
	pthread_mutex_unlock(&log->lock);
	return room;
}

err_t disclosure_record(struct disclosure_log *log, struct arena *a, const struct disclosure *d, size_t n)
{
	struct q_disclosure_add_in *rows = arena_many(a, n, struct q_disclosure_add_in);
	struct ticket t = {.rows = rows};
	for (size_t i = 0; i < n; i++) {
		if (d[i].households_n == 0)
			continue;
		struct id id = id_new();
		rows[t.rows_n++] = (struct q_disclosure_add_in){
			.id = str_dup(a, id_str(&id)),
			.at = d[i].at,
			.user_id = d[i].user_id,
			.route = str_from(d[i].route),
			.households = join(a, d[i].households, d[i].households_n),
			.laws = d[i].laws,
			.general = d[i].general,
		};
		if (rows[t.rows_n - 1].households.n == 0)
			return err_internal(a, "disclosure: %zu households are more than one record holds",
					    d[i].households_n);
	}
	if (t.rows_n == 0)
		return NULL;
	if (!hand_in(log, &t) || !t.written)
		return err_new(a, ERR_RETRY,
			       "It could not be recorded that this shows people, so it is not shown. Please try again "
			       "in a moment.");
	return NULL;
}

err_t disclosure_write(struct db *db, struct arena *a, const struct disclosure *d)
{
	for (size_t done = 0; done < d->households_n; done += HOUSEHOLDS_A_ROW) {
		size_t n = d->households_n - done < HOUSEHOLDS_A_ROW ? d->households_n - done : HOUSEHOLDS_A_ROW;
		struct id id = id_new();
		TRY(q_disclosure_add(db, a,
				     &(struct q_disclosure_add_in){
					     .id = id_str(&id),
					     .at = d->at,
					     .user_id = d->user_id,
					     .route = str_from(d->route),
					     .households = join(a, d->households + done, n),
					     .laws = d->laws,
					     .general = d->general,
				     }));
	}
	return NULL;
}
