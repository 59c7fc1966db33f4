#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { BACKLOG = 1024 };

static err_t unreadable(struct arena *a, struct str text)
{
	return err_new(a, ERR_INVALID,
		       "\"%.*s\" is not an address to listen on; write it like 127.0.0.1:8080, [::1]:8080 or :8080.",
		       STR_ARG(text));
}

/* "host:port", with brackets around a host that holds colons itself. */
static bool host_and_port(struct str text, struct str *host, struct str *port)
{
	size_t colon = text.n;
	while (colon > 0 && text.p[colon - 1] != ':')
		colon--;
	if (colon == 0)
		return false;
	*host = str_sub(text, 0, colon - 1);
	*port = str_sub(text, colon, text.n);
	if (str_starts(*host, S("["))) {
		if (!str_ends(*host, S("]")))
			return false;
		*host = str_sub(*host, 1, host->n - 2);
		return host->n > 0;
	}
	return memchr(host->p, ':', host->n) == NULL;
}

err_t listen_parse(struct arena *a, struct str text, struct listen *out)
{
	struct str host;
	struct str port;
	int64_t number;
	if (!host_and_port(text, &host, &port) || !str_to_i64(port, &number) || number < 0 || number > 65535)
		return unreadable(a, text);
	if (host.n == 0)
		host = S("::");
	if (str_eq(host, S("localhost")))
		host = S("127.0.0.1");
	struct addrinfo hints = {
		.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	if (getaddrinfo(str_c(a, host), str_c(a, port), &hints, &found) != 0)
		return unreadable(a, text);
	out->n = found->ai_addrlen;
	memcpy(&out->address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return NULL;
}

/* A bound socket, or -1 and errno. */
static int socket_bound(const struct listen *l, bool shared)
{
	int fd = socket(l->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	const int yes = 1;
	const int no = 0;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (shared)
		setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
	if (l->address.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (bind(fd, (const struct sockaddr *)&l->address, l->n) == 0)
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

static err_t cannot(struct arena *a, const struct listen *l, int why)
{
	struct str url = listen_url(a, l, false);
	struct str where = str_sub(url, strlen("http://"), url.n);
	if (why == EADDRINUSE)
		return err_new(a, ERR_INVALID,
			       "%.*s is already in use; stop what listens there or choose another port with --listen.",
			       STR_ARG(where));
	if (why == EACCES)
		return err_new(a, ERR_INVALID, "Listening on %.*s is not allowed; choose a port of 1024 or above.",
			       STR_ARG(where));
	return err_new(a, ERR_INVALID, "Cannot listen on %.*s: %s.", STR_ARG(where), strerror(why));
}

/* Sockets that share a port would also share it, in silence, with another server of the same user.
 * So one that does not share is bound first: it fails where somebody listens, and finds the port. */
static err_t port_claim(struct arena *a, struct listen *l)
{
	int fd = socket_bound(l, false);
	if (fd < 0)
		return cannot(a, l, errno);
	getsockname(fd, (struct sockaddr *)&l->address, &l->n);
	close(fd);
	return NULL;
}

err_t listen_open(struct arena *a, struct listen *l, int *fds, int n)
{
	TRY(port_claim(a, l));
	for (int i = 0; i < n; i++) {
		fds[i] = socket_bound(l, true);
		if (fds[i] >= 0 && listen(fds[i], BACKLOG) == 0)
			continue;
		int why = errno;
		for (int k = 0; k <= i; k++) {
			if (fds[k] >= 0)
				close(fds[k]);
		}
		return cannot(a, l, why);
	}
	return NULL;
}

struct str listen_url(struct arena *a, const struct listen *l, bool tls)
{
	char host[INET6_ADDRSTRLEN] = "";
	const char *scheme = tls ? "https" : "http";
	if (l->address.ss_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&l->address;
		inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof host);
		return str_fmt(a, "%s://[%s]:%d", scheme, host, ntohs(six->sin6_port));
	}
	const struct sockaddr_in *four = (const struct sockaddr_in *)&l->address;
	inet_ntop(AF_INET, &four->sin_addr, host, sizeof host);
	return str_fmt(a, "%s://%s:%d", scheme, host, ntohs(four->sin_port));
}
