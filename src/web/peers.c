#include "web/peers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct peer {
	struct peer *next;
	struct peer **link;
	int fd;
	_Atomic int64_t deadline; /* seconds of the monotonic clock; 0: none */
};

struct peers {
	pthread_mutex_t lock;
	pthread_cond_t stop;
	pthread_t thread;
	bool stopped;
	struct peer *first;
};

static int64_t clock_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

/* Shut, not closed: the descriptor is the library's. It cannot be another connection's by now,
 * because peer_close comes before the library closes it and waits for the lock. */
static void overdue_shut(struct peers *p)
{
	int64_t now = clock_seconds();
	for (struct peer *peer = p->first; peer != NULL; peer = peer->next) {
		int64_t deadline = atomic_load_explicit(&peer->deadline, memory_order_relaxed);
		if (deadline != 0 && now > deadline)
			shutdown(peer->fd, SHUT_RDWR);
	}
}

static void *peers_run(void *cls)
{
	struct peers *p = cls;
	pthread_mutex_lock(&p->lock);
	while (!p->stopped) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec++;
		if (p->first == NULL)
			pthread_cond_wait(&p->stop, &p->lock);
		else
			pthread_cond_timedwait(&p->stop, &p->lock, &until);
		overdue_shut(p);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct peer *peer_open(struct peers *p, int fd)
{
	struct peer *peer = calloc(1, sizeof *peer);
	if (peer == NULL)
		return NULL;
	peer->fd = fd;
	pthread_mutex_lock(&p->lock);
	bool first = p->first == NULL;
	peer->next = p->first;
	peer->link = &p->first;
	if (peer->next != NULL)
		peer->next->link = &peer->next;
	p->first = peer;
	if (first)
		pthread_cond_signal(&p->stop);
	pthread_mutex_unlock(&p->lock);
	return peer;
}

void peer_close(struct peers *p, struct peer *peer)
{
	pthread_mutex_lock(&p->lock);
	*peer->link = peer->next;
	if (peer->next != NULL)
		peer->next->link = peer->link;
	pthread_mutex_unlock(&p->lock);
	free(peer);
}

void peer_allow(struct peer *peer, int64_t seconds)
{
	if (peer == NULL)
		return;
	int64_t deadline = seconds == 0 ? 0 : clock_seconds() + seconds;
	atomic_store_explicit(&peer->deadline, deadline, memory_order_relaxed);
}

err_t peers_start(struct arena *a, struct peers **out)
{
	struct peers *p = calloc(1, sizeof *p);
	if (p == NULL)
		return err_internal(a, "no memory for the connections");
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&p->stop, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&p->thread, NULL, peers_run, p) != 0) {
		free(p);
		return err_internal(a, "no thread for the connections");
	}
	*out = p;
	return NULL;
}

void peers_stop(struct peers **p)
{
	struct peers *gone = *p;
	if (gone == NULL)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->stopped = true;
	pthread_cond_signal(&gone->stop);
	pthread_mutex_unlock(&gone->lock);
	pthread_join(gone->thread, NULL);
	pthread_mutex_destroy(&gone->lock);
	pthread_cond_destroy(&gone->stop);
	free(gone);
	*p = NULL;
}
