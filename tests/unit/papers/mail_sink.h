/* A mail server for tests, on 127.0.0.1, for one conversation; it keeps what it was told. */
#ifndef TESTS_MAIL_SINK_H
#define TESTS_MAIL_SINK_H

#include <pthread.h>

#include "base/str.h"

struct ssl_ctx_st;

enum { SINK_MOST = 1 << 20, SINK_PATH = 64 };

struct sink {
	int fd, port;
	const char *at_recipient; /* its answer to RCPT */
	bool hangs_up;            /* when it has the whole message, without a word; set before somebody calls */
	struct ssl_ctx_st *tls;
	char certificate[SINK_PATH]; /* its file, with TLS */
	pthread_t thread;
	char said[SINK_MOST]; /* every line that the client said */
	size_t n;
};

/* `address`: it offers STARTTLS with a certificate of its own for that address; NULL: no TLS. */
void sink_open(struct sink *s, const char *at_recipient, const char *address);

/* Ends it; what was said stays in it. */
struct str sink_close(struct sink *s);

#endif
