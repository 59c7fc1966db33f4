#include "web/worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "web/exchange.h"
#include "web/serve.h"

enum { GROUP = 16 };

struct worker {
	struct workers *all;
	pthread_t thread;
	struct arena *arena;
	void *own; /* what worker_open made */
};

struct workers {
	struct world world;
	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_cond_t idle;
	struct exchange *first;
	struct exchange **last;
	size_t queued;
	size_t running; /* exchanges in groups */
	bool stopped;
	size_t n;
	struct worker workers[];
};

/* Takes up to a group off the queue, fewer where other workers can share. The lock is held. */
static size_t group_take(struct workers *w, struct exchange *group[GROUP])
{
	size_t share = (w->queued + w->n - 1) / w->n;
	size_t n = 0;
	while (n < share && n < GROUP && w->first != NULL) {
		group[n] = w->first;
		w->first = group[n++]->next;
	}
	if (w->first == NULL)
		w->last = &w->first;
	w->queued -= n;
	w->running += n;
	return n;
}

static void settle(struct worker *self, struct exchange **group, size_t n)
{
	const struct world *world = &self->all->world;
	if (world->options->hooks.settle == NULL)
		return;
	err_t e;
	if (ARENA_GUARD(self->arena)) {
		arena_reset(self->arena);
		e = err_internal(self->arena, "no memory to settle a group");
	} else {
		e = world->options->hooks.settle(self->own, self->arena);
	}
	arena_unguard(self->arena);
	if (e == NULL)
		return;
	log_err("request.settle", e);
	for (size_t i = 0; i < n; i++)
		serve_refusal(world, group[i], err_http_status(e->class), e->say);
}

static void group_run(struct worker *self, struct exchange **group, size_t n)
{
	const struct world *world = &self->all->world;
	bool changed = false;
	for (size_t i = 0; i < n; i++) {
		serve(world, self->arena, self->own, group[i]);
		arena_reset(self->arena);
		changed = changed || (group[i]->match.route != NULL && group[i]->match.route->method == METHOD_POST);
	}
	settle(self, group, n);
	arena_reset(self->arena);
	if (changed && world->hub != NULL)
		hub_poke(world->hub);
	for (size_t i = 0; i < n; i++) {
		/* From here on the loop owns it. */
		struct MHD_Connection *connection = group[i]->connection;
		group[i]->stage = group[i]->allowed ? STAGE_BODY : STAGE_DONE;
		MHD_resume_connection(connection);
	}
}

static void *worker_run(void *cls)
{
	struct worker *self = cls;
	struct workers *w = self->all;
	struct exchange *group[GROUP];
	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->first == NULL && !w->stopped)
			pthread_cond_wait(&w->work, &w->lock);
		if (w->first == NULL)
			break;
		size_t n = group_take(w, group);
		pthread_mutex_unlock(&w->lock);
		group_run(self, group, n);
		pthread_mutex_lock(&w->lock);
		w->running -= n;
		if (w->running == 0 && w->first == NULL)
			pthread_cond_signal(&w->idle);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void refuse(struct workers *w, struct exchange *ex)
{
	serve_refusal(&w->world, ex, 503, S("The server is being stopped. Please try again in a moment."));
	ex->stage = STAGE_DONE;
	MHD_resume_connection(ex->connection);
}

void workers_take(struct workers *w, struct exchange *ex)
{
	ex->next = NULL;
	pthread_mutex_lock(&w->lock);
	bool stopped = w->stopped;
	if (!stopped) {
		*w->last = ex;
		w->last = &ex->next;
		w->queued++;
		pthread_cond_signal(&w->work);
	}
	pthread_mutex_unlock(&w->lock);
	if (stopped)
		refuse(w, ex);
}

static void threads_end(struct workers *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopped = true;
	pthread_cond_broadcast(&w->work);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->n; i++)
		pthread_join(w->workers[i].thread, NULL);
}

static void worker_end(struct worker *self, const struct web_hooks *hooks)
{
	hooks->worker_close(self->own);
	arena_free(&self->arena);
}

err_t workers_start(struct arena *a, const struct world *world, int n, struct workers **out)
{
	struct workers *w = calloc(1, sizeof *w + (size_t)n * sizeof w->workers[0]);
	if (w == NULL)
		return err_internal(a, "no memory for the workers");
	w->world = *world;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w->work, NULL);
	pthread_cond_init(&w->idle, &monotonic);
	pthread_condattr_destroy(&monotonic);
	err_t e = NULL;
	while (e == NULL && w->n < (size_t)n) {
		struct worker *self = &w->workers[w->n];
		self->all = w;
		e = world->options->hooks.worker_open(world->options->app, a, &self->own);
		if (e != NULL)
			break;
		self->arena = arena_new("request", LIMIT_REQUEST_MEMORY);
		if (pthread_create(&self->thread, NULL, worker_run, self) == 0) {
			w->n++;
			continue;
		}
		worker_end(self, &world->options->hooks);
		e = err_internal(a, "no thread for a worker");
	}
	if (e != NULL) {
		threads_end(w);
		workers_free(&w);
		return e;
	}
	*out = w;
	return NULL;
}

bool workers_finish(struct workers *w, int64_t ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	int timed_out = 0;
	pthread_mutex_lock(&w->lock);
	w->stopped = true;
	struct exchange *queued = w->first;
	w->first = NULL;
	w->last = &w->first;
	w->queued = 0;
	pthread_mutex_unlock(&w->lock);
	for (struct exchange *next; queued != NULL; queued = next) {
		next = queued->next; /* once it is refused the loop owns it */
		refuse(w, queued);
	}
	pthread_mutex_lock(&w->lock);
	while (w->running > 0 && timed_out == 0)
		timed_out = pthread_cond_timedwait(&w->idle, &w->lock, &until);
	bool idle = w->running == 0;
	pthread_mutex_unlock(&w->lock);
	if (idle)
		threads_end(w);
	return idle;
}

void workers_free(struct workers **w)
{
	struct workers *gone = *w;
	if (gone == NULL)
		return;
	for (size_t i = 0; i < gone->n; i++)
		worker_end(&gone->workers[i], &gone->world.options->hooks);
	pthread_mutex_destroy(&gone->lock);
	pthread_cond_destroy(&gone->work);
	pthread_cond_destroy(&gone->idle);
	free(gone);
	*w = NULL;
}
