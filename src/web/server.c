#include "web/server.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "web/listen.h"
#include "web/loop.h"

enum {
	LOOPS_MAX = 64,
	WORKERS_PER_CORE = 4,
	CONNECTIONS_MAX = 20000,
	FILES_FOR_OTHERS = 256, /* descriptors that are not connections */
	IDLE_SECONDS = 30,
	STOP_MS = 1500,
	DRAIN_MS = 300,
	PEM_MAX = 1 << 20,
	OWN_MEMORY = 4 << 20,
	HEAP_BLOCK = 4 << 20,
	HEAP_KEPT = 32 << 20,
};

struct server {
	struct arena *own;
	struct web_options options;
	struct world world;
	struct loop_world loop_world;
	struct hub *hub;
	struct workers *workers;
	struct peers *peers;
	struct asset_answers *assets;
	struct MHD_Daemon *loops[LOOPS_MAX];
	int loops_n;
	struct listen listen;
	const char *url;
	int signals; /* signalfd */
	int finish;  /* eventfd */
	sigset_t mask_before;
};

/* --- starting, piece by piece --- */

static int cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : (int)n;
}

static void options_complete(struct web_options *o)
{
	if (o->loops <= 0)
		o->loops = cores();
	if (o->loops > LOOPS_MAX)
		o->loops = LOOPS_MAX;
	if (o->workers <= 0)
		o->workers = WORKERS_PER_CORE * cores();
	if (o->idle_seconds <= 0)
		o->idle_seconds = IDLE_SECONDS;
}

/* Raises the limit on open files as far as it goes and keeps the connections below it. */
static err_t connections_fit(struct arena *a, struct web_options *o)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return err_internal(a, "getrlimit: %s", strerror(errno));
	int wanted = o->connections > 0 ? o->connections : CONNECTIONS_MAX;
	rlim_t need = (rlim_t)wanted + FILES_FOR_OTHERS;
	if (files.rlim_cur < need) {
		files.rlim_cur = need < files.rlim_max ? need : files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
		getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur < need)
		wanted = files.rlim_cur > 2 * FILES_FOR_OTHERS ? (int)files.rlim_cur - FILES_FOR_OTHERS
							       : FILES_FOR_OTHERS;
	o->connections = wanted;
	return NULL;
}

static err_t pem_read(struct arena *a, struct arena *own, struct str path, const char *what, const char **out)
{
	int fd = open(str_c(a, path), O_RDONLY | O_CLOEXEC);
	struct stat st = {0};
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > PEM_MAX) {
		int why = fd < 0 ? errno : EINVAL;
		if (fd >= 0)
			close(fd);
		return err_new(a, ERR_INVALID, "The %s %.*s cannot be read: %s.", what, STR_ARG(path), strerror(why));
	}
	char *text = arena_many(own, (size_t)st.st_size + 1, char);
	ssize_t n = read(fd, text, (size_t)st.st_size);
	close(fd);
	if (n != st.st_size)
		return err_new(a, ERR_INVALID, "The %s %.*s cannot be read whole.", what, STR_ARG(path));
	*out = text;
	return NULL;
}

static err_t pems_read(struct arena *a, struct server *s, const char **cert, const char **key)
{
	const struct web_options *o = &s->options;
	if (o->tls_cert.n == 0 && o->tls_key.n == 0)
		return NULL;
	if (o->tls_cert.n == 0 || o->tls_key.n == 0)
		return err_new(a, ERR_INVALID, "A certificate needs its key and a key its certificate: give both.");
	TRY(pem_read(a, s->own, o->tls_cert, "certificate", cert));
	return pem_read(a, s->own, o->tls_key, "key", key);
}

/* A page of 100 KB passes through blocks that malloc would by default map and unmap each time, which
 * halves the rate; and a heap per thread would keep every thread's peak. */
static void heap_tune(void)
{
	mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK);
	mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
	mallopt(M_ARENA_MAX, cores());
}

/* SIGTERM and SIGINT become readable in server_wait, and no thread is interrupted by them. */
static err_t signals_take(struct arena *a, struct server *s)
{
	sigset_t ours;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ours, &s->mask_before);
	signal(SIGPIPE, SIG_IGN); /* a browser that goes away is not the end of the server */
	s->signals = signalfd(-1, &ours, SFD_CLOEXEC);
	s->finish = eventfd(0, EFD_CLOEXEC);
	if (s->signals < 0 || s->finish < 0)
		return err_internal(a, "signalfd: %s", strerror(errno));
	return NULL;
}

static err_t hub_begin(struct arena *a, struct server *s)
{
	const struct web_hooks *hooks = &s->options.hooks;
	if (hooks->events_last == NULL || hooks->events_after == NULL)
		return NULL;
	struct hub_source source = {
		.open = hooks->worker_open,
		.close = hooks->worker_close,
		.last = hooks->events_last,
		.after = hooks->events_after,
	};
	return hub_start(a, s->options.app, &source, &s->hub);
}

static err_t loops_begin(struct arena *a, struct server *s, const char *cert, const char *key)
{
	const struct web_options *o = &s->options;
	int fds[LOOPS_MAX];
	TRY(listen_open(a, &s->listen, fds, o->loops));
	for (int i = 0; i < o->loops; i++) {
		struct MHD_Daemon *loop = loop_start(&s->loop_world, fds[i], o->connections / o->loops, cert, key);
		if (loop != NULL) {
			s->loops[s->loops_n++] = loop;
			continue;
		}
		for (int k = i; k < o->loops; k++)
			close(fds[k]);
		if (cert != NULL)
			return err_new(a, ERR_INVALID, "The certificate %.*s and the key %.*s cannot be used together.",
				       STR_ARG(o->tls_cert), STR_ARG(o->tls_key));
		return err_internal(a, "the HTTP library does not start");
	}
	return NULL;
}

static err_t server_begin(struct arena *a, struct server *s)
{
	struct web_options *o = &s->options;
	const char *cert = NULL;
	const char *key = NULL;
	const char *fault = route_table_fault(a, o->routes, o->routes_n);
	if (fault != NULL)
		return err_internal(a, "%s", fault);
	if (sodium_init() < 0)
		return err_internal(a, "libsodium does not start");
	options_complete(o);
	heap_tune();
	TRY(listen_parse(a, o->listen, &s->listen));
	TRY(pems_read(a, s, &cert, &key));
	TRY(connections_fit(a, o));
	TRY(signals_take(a, s));
	TRY(peers_start(a, &s->peers));
	TRY(hub_begin(a, s));
	s->world = (struct world){.options = o, .hub = s->hub, .tls = cert != NULL};
	TRY(workers_start(a, &s->world, o->workers, &s->workers));
	s->assets = asset_answers_new(o->assets, o->assets_n, cert != NULL);
	if (s->assets == NULL)
		return err_internal(a, "no memory for the assets");
	s->loop_world.options = o;
	s->loop_world.upload_dir = str_c(s->own, o->upload_dir.n > 0 ? o->upload_dir : S("."));
	s->loop_world.workers = s->workers;
	s->loop_world.peers = s->peers;
	s->loop_world.assets = s->assets;
	s->loop_world.idle_seconds = o->idle_seconds;
	TRY(loops_begin(a, s, cert, key));
	s->url = str_c(s->own, listen_url(a, &s->listen, cert != NULL));
	LOG(LOG_INFO, "server.listening", log_str("url", str_from(s->url)), log_int("loops", s->loops_n),
	    log_int("workers", o->workers), log_int("connections", o->connections));
	return NULL;
}

err_t server_start(struct arena *a, const struct web_options *options, struct server **out)
{
	struct server *s = calloc(1, sizeof *s);
	if (s == NULL)
		return err_internal(a, "no memory for the server");
	s->own = arena_new("server", OWN_MEMORY);
	s->options = *options;
	s->signals = s->finish = -1;
	pthread_sigmask(SIG_SETMASK, NULL, &s->mask_before);
	err_t e = server_begin(a, s);
	if (e != NULL) {
		server_stop(&s);
		return e;
	}
	*out = s;
	return NULL;
}

/* --- running --- */

const char *server_url(const struct server *s)
{
	return s->url;
}

void server_poke(struct server *s)
{
	if (s->hub != NULL)
		hub_poke(s->hub);
}

size_t server_listeners(const struct server *s)
{
	return s->hub == NULL ? 0 : hub_listeners(s->hub);
}

void server_wait(struct server *s)
{
	struct pollfd fds[] = {{.fd = s->signals, .events = POLLIN}, {.fd = s->finish, .events = POLLIN}};
	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	struct signalfd_siginfo taken;
	if ((fds[0].revents & POLLIN) != 0 && read(s->signals, &taken, sizeof taken) < 0)
		LOG(LOG_WARN, "server.signal");
}

void server_finish(struct server *s)
{
	eventfd_write(s->finish, 1);
}

/* --- stopping --- */

/* Gives the loops a moment to send what is ready. */
static void loops_drain(struct server *s)
{
	const struct timespec moment = {.tv_nsec = 5 * 1000 * 1000};
	for (int i = 0; i < DRAIN_MS / 5 && atomic_load(&s->loop_world.open) > 0; i++)
		nanosleep(&moment, NULL);
}

bool server_stop(struct server **s)
{
	struct server *gone = *s;
	if (gone == NULL)
		return true;
	*s = NULL;
	for (int i = 0; i < gone->loops_n; i++) {
		int fd = MHD_quiesce_daemon(gone->loops[i]);
		if (fd >= 0)
			close(fd);
	}
	if (gone->hub != NULL)
		hub_finish(gone->hub);
	if (gone->workers != NULL && !workers_finish(gone->workers, STOP_MS)) {
		LOG(LOG_WARN, "server.handler_hangs");
		pthread_sigmask(SIG_SETMASK, &gone->mask_before, NULL);
		return false;
	}
	loops_drain(gone);
	/* The library must find no suspended connection, or it stops the process. */
	for (int i = 0; i < gone->loops_n; i++)
		MHD_stop_daemon(gone->loops[i]);
	workers_free(&gone->workers);
	hub_stop(&gone->hub);
	peers_stop(&gone->peers);
	asset_answers_free(&gone->assets);
	if (gone->signals >= 0)
		close(gone->signals);
	if (gone->finish >= 0)
		close(gone->finish);
	pthread_sigmask(SIG_SETMASK, &gone->mask_before, NULL);
	arena_free(&gone->own);
	free(gone);
	return true;
}
