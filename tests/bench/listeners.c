/* Live listeners: how long from a change to the last of them, and what they cost.
 *
 *     listeners HOST:PORT CONFERENCE CSRF COOKIE N PID
 *
 * Opens N event streams of a conference, checks somebody in, and waits until every stream has told of
 * it. Prints the median milliseconds of several rounds, the server's resident KiB with all of them
 * connected, and the milliseconds of the limit: one write per listener on bare sockets. */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, EVENTS = 1024, WAIT_MS = 20000, SETTLE_MS = 500 };

struct listener {
	int fd;
	bool told;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void give_up(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int connect_to(const struct sockaddr_in *to)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)to, sizeof *to) != 0)
		give_up("connect");
	return fd;
}

static void send_all(int fd, const char *text)
{
	size_t n = strlen(text);
	if (write(fd, text, n) != (ssize_t)n)
		give_up("write");
}

static long resident_kb(const char *pid)
{
	char path[64];
	char line[256];
	long kb = 0;
	snprintf(path, sizeof path, "/proc/%s/status", pid);
	FILE *f = fopen(path, "re");
	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "VmRSS: %ld", &kb) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return kb;
}

/* Reads until every listener has seen `word`; streams that end are an error. */
static void wait_for(int epoll, size_t n, const char *word)
{
	size_t told = 0;
	while (told < n) {
		struct epoll_event events[EVENTS];
		int got = epoll_wait(epoll, events, EVENTS, WAIT_MS);
		if (got <= 0) {
			fprintf(stderr, "only %zu of %zu listeners were told\n", told, n);
			exit(1);
		}
		for (int i = 0; i < got; i++) {
			struct listener *l = events[i].data.ptr;
			char text[8192];
			ssize_t size = read(l->fd, text, sizeof text - 1);
			if (size <= 0) {
				fprintf(stderr, "a stream ended after %zu of %zu were told\n", told, n);
				exit(1);
			}
			text[size] = '\0';
			if (!l->told && strstr(text, word) != NULL) {
				l->told = true;
				told++;
			}
		}
	}
}

/* Takes what still comes for a while. */
static void drain(int epoll)
{
	struct epoll_event events[EVENTS];
	int got;
	while ((got = epoll_wait(epoll, events, EVENTS, SETTLE_MS)) > 0)
		for (int i = 0; i < got; i++) {
			char text[8192];
			const struct listener *l = events[i].data.ptr;
			if (read(l->fd, text, sizeof text) <= 0)
				give_up("a stream ended");
		}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double v[ROUNDS])
{
	qsort(v, ROUNDS, sizeof *v, by_value);
	return v[ROUNDS / 2];
}

static void forget(struct listener *listeners, size_t n)
{
	for (size_t i = 0; i < n; i++)
		listeners[i].told = false;
}

static void add(int epoll, struct listener *l)
{
	struct epoll_event e = {.events = EPOLLIN, .data.ptr = l};
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, l->fd, &e) != 0)
		give_up("epoll");
}

struct bare {
	int *fds;
	size_t n;
};

static void *write_to_all(void *ctx)
{
	static const char event[] =
		"id: 4711\ndata: {\"id\":4711,\"topic\":\"conference:00000000000000000000\",\"noun\":\"step\"}\n\n";
	const struct bare *b = ctx;
	for (size_t i = 0; i < b->n; i++)
		send_all(b->fds[i], event);
	return NULL;
}

/* The limit: connections of our own, one thread that writes, this one reads. */
static double bare_sockets(size_t n)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof at;
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (server < 0 || bind(server, (struct sockaddr *)&at, sizeof at) != 0 || listen(server, 1024) != 0 ||
	    getsockname(server, (struct sockaddr *)&at, &size) != 0)
		give_up("listen");
	struct listener *listeners = calloc(n, sizeof *listeners);
	struct bare b = {.fds = calloc(n, sizeof *b.fds), .n = n};
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < n; i++) {
		listeners[i].fd = connect_to(&at);
		b.fds[i] = accept(server, NULL, NULL);
		add(epoll, &listeners[i]);
	}
	double took[ROUNDS];
	for (int round = 0; round < ROUNDS; round++) {
		pthread_t thread;
		forget(listeners, n);
		double began = now_ms();
		if (pthread_create(&thread, NULL, write_to_all, &b) != 0)
			give_up("thread");
		wait_for(epoll, n, "data:");
		took[round] = now_ms() - began;
		pthread_join(thread, NULL);
	}
	return median(took);
}

int main(int argc, char **argv)
{
	if (argc != 7) {
		fputs("usage: listeners HOST:PORT CONFERENCE CSRF COOKIE N PID\n", stderr);
		return 2;
	}
	const char *host = argv[1];
	const char *conference = argv[2];
	size_t n = strtoul(argv[5], NULL, 10);
	const char *colon = strchr(host, ':');
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				 .sin_port = htons((unsigned short)atoi(colon == NULL ? "0" : colon + 1))};
	struct listener *listeners = calloc(n, sizeof *listeners);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	char text[4096];
	snprintf(text, sizeof text,
		 "GET %s/events HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n", conference,
		 host, argv[4]);
	for (size_t i = 0; i < n; i++) {
		listeners[i].fd = connect_to(&at);
		send_all(listeners[i].fd, text);
		add(epoll, &listeners[i]);
	}
	wait_for(epoll, n, "200 OK");
	drain(epoll);
	long kb = resident_kb(argv[6]);

	double took[ROUNDS];
	for (int round = 0; round < ROUNDS; round++) {
		char body[256];
		int length = snprintf(body, sizeof body, "csrf=%s", argv[3]);
		snprintf(text, sizeof text,
			 "POST %s/%s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\n"
			 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: "
			 "close\r\n\r\n%s",
			 conference, round % 2 == 0 ? "in" : "out", host, host, argv[4], length, body);
		forget(listeners, n);
		int fd = connect_to(&at);
		double began = now_ms();
		send_all(fd, text);
		wait_for(epoll, n, "data:");
		took[round] = now_ms() - began;
		drain(epoll);
		close(fd);
	}
	for (size_t i = 0; i < n; i++)
		close(listeners[i].fd);
	printf("%.1f %ld %.1f\n", median(took), kb, bare_sockets(n));
	return 0;
}
