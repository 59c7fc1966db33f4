#include "client.h"

#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int client_connect(const char *url)
{
	char host[64];
	char port[8];
	if (sscanf(url, "http://[%63[^]]]:%7[0-9]", host, port) != 2 &&
	    sscanf(url, "http://%63[^:]:%7[0-9]", host, port) != 2)
		return -1;
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *to = NULL;
	if (getaddrinfo(host, port, &hints, &to) != 0)
		return -1;
	int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, to->ai_addr, to->ai_addrlen) != 0) {
		close(fd);
		fd = -1;
	}
	freeaddrinfo(to);
	return fd;
}

bool client_send(int fd, const void *p, size_t n)
{
	const char *bytes = p;
	while (n > 0) {
		ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);
		if (done <= 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

static long long now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One read with a deadline: bytes, 0 at the end of the connection, -1 where time is over. */
static ssize_t read_until(int fd, char *p, size_t n, long long deadline)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	long long left = deadline - now_ms();
	if (left < 0 || poll(&wait, 1, (int)left) <= 0)
		return -1;
	ssize_t got = recv(fd, p, n, 0);
	return got < 0 ? 0 : got;
}

size_t client_read(int fd, char *p, size_t n, int ms)
{
	long long deadline = now_ms() + ms;
	size_t have = 0;
	while (have < n) {
		ssize_t got = read_until(fd, p + have, n - have, deadline);
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	return have;
}

size_t client_some(int fd, char *p, size_t n, int ms)
{
	ssize_t got = read_until(fd, p, n, now_ms() + ms);
	return got < 0 ? 0 : (size_t)got;
}

bool client_closed(int fd, int ms)
{
	char drop[4096];
	long long deadline = now_ms() + ms;
	ssize_t got;
	do {
		got = read_until(fd, drop, sizeof drop, deadline);
	} while (got > 0);
	return got == 0;
}

bool response_header(const struct response *r, const char *name, char *out, size_t n)
{
	size_t len = strlen(name);
	for (const char *line = r->head; line != NULL; line = strstr(line, "\r\n")) {
		line += line == r->head ? 0 : 2;
		if (strncasecmp(line, name, len) != 0 || line[len] != ':')
			continue;
		const char *value = line + len + 1;
		value += strspn(value, " ");
		snprintf(out, n, "%.*s", (int)strcspn(value, "\r\n"), value);
		return true;
	}
	return false;
}

struct response client_response(int fd, bool head)
{
	struct response r = {0};
	long long deadline = now_ms() + CLIENT_SECONDS * 1000;
	char *text = calloc(1, CLIENT_TEXT + 1);
	size_t n = 0;
	char *end = NULL;
	while (end == NULL && n < CLIENT_TEXT) {
		/* One byte at a time, so that nothing of a following response is taken. */
		if (read_until(fd, text + n, 1, deadline) != 1)
			break;
		n++;
		if (n >= 4 && memcmp(text + n - 4, "\r\n\r\n", 4) == 0)
			end = text + n;
	}
	r.head = text;
	r.body = calloc(1, CLIENT_TEXT + 1);
	if (end == NULL || sscanf(text, "HTTP/1.%*d %d", &r.status) != 1)
		return r;
	if (r.status == 100) {
		response_free(&r);
		return client_response(fd, head);
	}
	char length[32] = "0";
	response_header(&r, "Content-Length", length, sizeof length);
	size_t want = head || r.status == 304 ? 0 : strtoul(length, NULL, 10);
	if (want > CLIENT_TEXT)
		want = CLIENT_TEXT;
	while (r.body_n < want) {
		ssize_t got = read_until(fd, r.body + r.body_n, want - r.body_n, deadline);
		if (got <= 0) {
			r.status = 0;
			break;
		}
		r.body_n += (size_t)got;
	}
	return r;
}

struct response client_ask(const char *url, const char *request)
{
	int fd = client_connect(url);
	if (fd < 0)
		return (struct response){.head = calloc(1, 1), .body = calloc(1, 1)};
	client_send(fd, request, strlen(request));
	struct response r = client_response(fd, strncmp(request, "HEAD ", 5) == 0);
	close(fd);
	return r;
}

void response_free(struct response *r)
{
	free(r->head);
	free(r->body);
	*r = (struct response){0};
}
