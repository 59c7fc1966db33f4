/* A small HTTP client for tests, on bare sockets: it sends exactly the bytes it is told to, also
 * wrong ones. Every wait ends after CLIENT_SECONDS. */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

enum { CLIENT_SECONDS = 10, CLIENT_TEXT = 1 << 20 };

struct response {
	int status; /* 0: the connection ended before a response was whole */
	char *head; /* status line and headers, terminated */
	char *body; /* terminated; body_n bytes */
	size_t body_n;
};

/* Connects to "http://127.0.0.1:8080" or "http://[::1]:8080"; -1 where nobody listens. */
int client_connect(const char *url);

/* Sends all of it; false where the peer closed. */
bool client_send(int fd, const void *p, size_t n);

/* Reads what comes, until `n` bytes, the end, or `ms` have passed. Returns how many were read. */
size_t client_read(int fd, char *p, size_t n, int ms);

/* Reads what is there, waiting at most `ms` for the first of it. */
size_t client_some(int fd, char *p, size_t n, int ms);

/* True once the peer has closed, waiting for that at most `ms`; drops what still comes. */
bool client_closed(int fd, int ms);

/* Reads one response with its Content-Length; `head`: a response without a body. */
struct response client_response(int fd, bool head);

/* All at once: connect, send, read one response, close. */
struct response client_ask(const char *url, const char *request);

void response_free(struct response *r);

/* The value of a header, copied to `out`; false where there is none. */
bool response_header(const struct response *r, const char *name, char *out, size_t n);

#endif
