/* From a reply to the HTTP library's response. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "web/encode.h"
#include "web/exchange.h"
#include "web/session_cookie.h"

/* A body of its own, because the worker's arena is wiped while a slow browser still reads. */
struct sent {
	size_t n;
	char bytes[];
};

static void sent_free(void *cls)
{
	struct sent *s = cls;
	explicit_bzero(s->bytes, s->n);
	free(s);
}

static struct MHD_Response *from_bytes(struct str bytes)
{
	struct sent *s = malloc(sizeof *s + bytes.n + 1);
	if (s == NULL)
		return NULL;
	s->n = bytes.n;
	if (bytes.n > 0)
		memcpy(s->bytes, bytes.p, bytes.n);
	struct MHD_Response *r =
		MHD_create_response_from_buffer_with_free_callback_cls(bytes.n, s->bytes, sent_free, s);
	if (r == NULL)
		sent_free(s);
	return r;
}

static const struct {
	const char *name;
	const char *value;
	bool page; /* means nothing on what is no page */
} safety[] = {
	{"Content-Security-Policy",
	 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src "
	 "'self'; connect-src 'self'; "
	 "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	 false},
	{"X-Frame-Options", "DENY", true}, /* frame-ancestors, for browsers that do not know it */
	{"X-Content-Type-Options", "nosniff", false},
	{"Referrer-Policy", "no-referrer", true},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()", true},
	{"Cross-Origin-Opener-Policy", "same-origin", true},
	{"Cross-Origin-Resource-Policy", "same-origin", false},
};

static void guard(struct MHD_Response *r, bool tls, bool page)
{
	for (size_t i = 0; i < sizeof safety / sizeof safety[0]; i++)
		if (page || !safety[i].page)
			MHD_add_response_header(r, safety[i].name, safety[i].value);
	if (tls)
		MHD_add_response_header(r, "Strict-Transport-Security", "max-age=31536000");
}

void answer_guard(struct MHD_Response *r, bool tls)
{
	guard(r, tls, true);
}

void answer_guard_stream(struct MHD_Response *r, bool tls)
{
	guard(r, tls, false);
}

static struct MHD_Response *from_redirect(const struct exchange *ex, const struct request *rq, const struct reply *out)
{
	struct MHD_Response *r = from_bytes((struct str){0});
	if (r == NULL)
		return NULL;
	/* htmx follows a 303 out of sight and would put a whole page into a part of one. */
	bool htmx = ex->heads[HEAD_HX_REQUEST].n > 0;
	MHD_add_response_header(r, htmx ? "HX-Redirect" : "Location", str_c(rq->arena, out->location));
	return r;
}

static struct MHD_Response *from_fd(const struct reply *out)
{
	/* The library closes the descriptor with the response, the reply with the request. */
	int fd = dup(out->fd);
	if (fd < 0)
		return NULL;
	struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t)out->size, fd);
	if (r == NULL)
		close(fd);
	return r;
}

static void add_cookie(struct MHD_Response *r, const struct request *rq, enum cookie which, struct str token)
{
	MHD_add_response_header(r, "Set-Cookie", str_c(rq->arena, cookie_set(rq->arena, which, token, rq->tls)));
}

static void add_allow(struct MHD_Response *r, const struct route_match *m)
{
	const char *allow = m->allow_get ? "GET, HEAD" : "POST";
	if (m->allow_get && m->allow_post)
		allow = "GET, HEAD, POST";
	MHD_add_response_header(r, "Allow", allow);
}

struct MHD_Response *answer_make(const struct exchange *ex, const struct request *rq, const struct reply *out)
{
	struct MHD_Response *r;
	switch (out->kind) {
	case REPLY_REDIRECT:
		r = from_redirect(ex, rq, out);
		break;
	case REPLY_FD:
		r = from_fd(out);
		break;
	default:
		r = from_bytes(buf_text(&out->body));
		break;
	}
	if (r == NULL)
		return NULL;
	answer_guard(r, rq->tls);
	/* Nearly everything shows a person or a right to see one; nothing of it may stay in a cache. */
	MHD_add_response_header(r, "Cache-Control", "no-store");
	if (out->type != NULL)
		MHD_add_response_header(r, "Content-Type", out->type);
	if (out->name.n > 0)
		MHD_add_response_header(r, "Content-Disposition", str_c(rq->arena, disposition(rq->arena, out->name)));
	if (out->session_set)
		add_cookie(r, rq, COOKIE_SESSION, out->session);
	if (out->away_set)
		add_cookie(r, rq, COOKIE_AWAY, out->away);
	if (out->guest.n > 0)
		add_cookie(r, rq, COOKIE_GUEST, out->guest);
	if (out->asked.n > 0)
		add_cookie(r, rq, COOKIE_ASKED, out->asked);
	if (out->status == 405)
		add_allow(r, &ex->match);
	return r;
}
