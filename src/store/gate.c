#include "store/gate.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Who waits stands on its own stack frame in the queue; the one at the head is let in by the one
 * that leaves, so nobody overtakes. */
struct waiter {
	pthread_cond_t called;
	bool in;
	struct waiter *next;
};

struct gate {
	pthread_mutex_t lock;
	bool taken;
	struct waiter *head;
	struct waiter **tail;
};

struct gate *gate_new(void)
{
	struct gate *g = calloc(1, sizeof *g);
	if (g == NULL)
		abort();
	pthread_mutex_init(&g->lock, NULL);
	g->tail = &g->head;
	return g;
}

void gate_free(struct gate **gate)
{
	if (*gate == NULL)
		return;
	pthread_mutex_destroy(&(*gate)->lock);
	free(*gate);
	*gate = NULL;
}

static void step_out_of_line(struct gate *g, const struct waiter *w)
{
	struct waiter **p = &g->head;
	while (*p != w)
		p = &(*p)->next;
	*p = w->next;
	if (*p == NULL)
		g->tail = p;
}

static bool wait_in_line(struct gate *g, int wait_ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	struct waiter w = {.in = false};
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w.called, &monotonic);
	pthread_condattr_destroy(&monotonic);
	*g->tail = &w;
	g->tail = &w.next;
	int rc = 0;
	while (!w.in && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&w.called, &g->lock, &until);
	if (!w.in)
		step_out_of_line(g, &w);
	pthread_cond_destroy(&w.called);
	return w.in;
}

bool gate_enter(struct gate *g, int wait_ms)
{
	pthread_mutex_lock(&g->lock);
	bool in = !g->taken;
	if (in)
		g->taken = true;
	else
		in = wait_in_line(g, wait_ms);
	pthread_mutex_unlock(&g->lock);
	return in;
}

void gate_leave(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	struct waiter *w = g->head;
	if (w == NULL) {
		g->taken = false;
	} else {
		g->head = w->next;
		if (g->head == NULL)
			g->tail = &g->head;
		w->in = true;
		pthread_cond_signal(&w->called);
	}
	pthread_mutex_unlock(&g->lock);
}
