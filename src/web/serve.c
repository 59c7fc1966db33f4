#include "web/serve.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/id.h"
#include "base/log.h"
#include "web/encode.h"
#include "web/exchange.h"
#include "web/guard.h"
#include "web/session_cookie.h"
#include "web/upload.h"

enum { USER_AGENT_MAX = 200 };

/* The request and reply of one run. On the heap of the arena, not in a frame: control may come back
 * to serve() by a jump, after which locals that changed are not to be trusted. */
struct run {
	const struct world *world;
	struct exchange *ex;
	struct request rq;
	struct reply reply;
	const char *fault; /* why the fields could not be read; NULL: they were */
	int fault_status;
};

static const struct web_hooks *hooks_of(const struct run *r)
{
	return &r->world->options->hooks;
}

static const char *title_of(int status)
{
	static const struct {
		int status;
		const char *title;
	} titles[] = {
		{400, "That address or form cannot be read"},
		{403, "This is not open to you"},
		{404, "Not found"},
		{405, "That does not work here"},
		{409, "Somebody else was faster"},
		{413, "That is too much"},
		{421, "Wrong address"},
		{422, "Something is missing"},
		{503, "Please try again in a moment"},
	};
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
		if (titles[i].status == status)
			return titles[i].title;
	}
	return "Something went wrong";
}

static struct str printable(struct arena *a, struct str s)
{
	struct str head = str_sub(s, 0, USER_AGENT_MAX);
	char *p = arena_many(a, head.n, char);
	for (size_t i = 0; i < head.n; i++)
		p[i] = head.p[i] >= 0x20 && head.p[i] < 0x7f ? head.p[i] : '?';
	return (struct str){p, head.n};
}

static struct run *run_new(const struct world *world, struct arena *a, void *worker, struct exchange *ex)
{
	struct run *r = arena_one(a, struct run);
	r->world = world;
	r->ex = ex;
	r->reply = reply_new(a);
	ex->reply = &r->reply;
	struct request *rq = &r->rq;
	rq->route = ex->match.route;
	rq->path = ex->path;
	rq->params = ex->match.params;
	str_cut(ex->target, '?', &rq->raw_path, &rq->query);
	rq->head = ex->head;
	rq->fragment = ex->heads[HEAD_HX_REQUEST].n > 0;
	rq->tls = world->tls;
	rq->address = str_from(ex->address);
	rq->user_agent = printable(a, ex->heads[HEAD_USER_AGENT]);
	rq->now = clock_now();
	rq->today = instant_day(rq->now);
	rq->arena = a;
	rq->worker = worker;
	rq->form = form_parse(a, NULL, NULL, 0, NULL, 0);
	return r;
}

/* --- the steps --- */

static err_t session_find(struct run *r)
{
	struct request *rq = &r->rq;
	rq->session = cookie_token(r->ex->heads[HEAD_COOKIE], COOKIE_SESSION, rq->tls);
	rq->away = cookie_token(r->ex->heads[HEAD_COOKIE], COOKIE_AWAY, rq->tls);
	TRY(hooks_of(r)->session_load(rq));
	struct str token = rq->session;
	if (rq->actor == NULL)
		token = cookie_token(r->ex->heads[HEAD_COOKIE], COOKIE_GUEST, rq->tls);
	if (token.n == 0)
		token = r->reply.guest = random_token(rq->arena, COOKIE_TOKEN_BYTES);
	rq->csrf = csrf_of(rq->arena, token);
	return NULL;
}

static bool too_long(const struct form_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].name.n > LIMIT_FORM_FIELD || pairs[i].value.n > LIMIT_FORM_FIELD)
			return true;
	}
	return false;
}

static bool fault(struct run *r, int status, const char *say)
{
	r->fault = say;
	r->fault_status = status;
	return false;
}

/* The fields of the request, decoded; false and a fault where they cannot be read. */
static bool fields_read(struct run *r, struct form_pair **pairs, size_t *n)
{
	struct exchange *ex = r->ex;
	struct arena *a = r->rq.arena;
	bool too_many = false;
	bool post = r->rq.route->method == METHOD_POST;
	struct str text = post ? (struct str){ex->body, ex->body_n} : r->rq.query;
	if (ex->upload != NULL)
		*n = upload_pairs(ex->upload, a, pairs);
	else if (!form_split(a, text, LIMIT_FORM_FIELDS, pairs, n, &too_many))
		return fault(r, 400, "What was sent cannot be read as a form. Please go back and send it again.");
	if (too_many)
		return fault(
			r, 413,
			str_fmt(a, "This form has more than %d fields, which is more than is taken.", LIMIT_FORM_FIELDS)
				.p);
	if (too_long(*pairs, *n))
		return fault(r, 413,
			     str_fmt(a, "A field of this form is longer than %d bytes. Please go back and shorten it.",
				     LIMIT_FORM_FIELD)
				     .p);
	return true;
}

static void form_read(struct run *r)
{
	struct form_pair *pairs = NULL;
	size_t n = 0;
	if (!fields_read(r, &pairs, &n))
		return;
	struct upload *files = NULL;
	size_t files_n = r->ex->upload == NULL ? 0 : upload_files(r->ex->upload, &files);
	r->rq.form = form_parse(r->rq.arena, r->rq.route->form, pairs, n, files, files_n);
}

static struct str csrf_given(const struct run *r)
{
	if (r->ex->heads[HEAD_CSRF].n > 0)
		return r->ex->heads[HEAD_CSRF];
	for (size_t i = 0; i < r->rq.form.pairs_n; i++) {
		if (str_eq(r->rq.form.pairs[i].name, S("csrf")))
			return r->rq.form.pairs[i].value;
	}
	return (struct str){0};
}

/* A public page may have been shown before somebody signed in, perhaps in another tab: there the
 * guest's token is as good. */
static bool csrf_fits(const struct run *r)
{
	struct str given = csrf_given(r);
	if (csrf_equal(r->rq.csrf, given))
		return true;
	struct str guest = cookie_token(r->ex->heads[HEAD_COOKIE], COOKIE_GUEST, r->rq.tls);
	return (r->rq.route->flags & ROUTE_PUBLIC) != 0 && guest.n > 0 &&
	       csrf_equal(csrf_of(r->rq.arena, guest), given);
}

/* A link in a mail is followed without our Strict cookie. A page that asks once more from here is
 * one of our own, so the second request brings the cookie. */
static void ask_again(struct run *r)
{
	struct buf *b = reply_html(&r->reply, 200);
	buf_lit(b, "<!doctype html><html lang=\"en\"><meta http-equiv=\"refresh\" content=\"0\"><title>byname</title>"
		   "<p>One moment.</p></html>");
	r->reply.guest = (struct str){0};
	r->reply.asked = random_token(r->rq.arena, COOKIE_TOKEN_BYTES);
}

static bool should_ask_again(const struct run *r)
{
	const struct str *heads = r->ex->heads;
	return r->rq.route->method == METHOD_GET &&
	       came_from_elsewhere(heads[HEAD_FETCH_SITE], heads[HEAD_FETCH_MODE]) &&
	       cookie_token(heads[HEAD_COOKIE], COOKIE_ASKED, r->rq.tls).n == 0;
}

static err_t refuse(struct run *r, int status, enum err_class class, const char *say)
{
	r->reply.status = status; /* more exact than the class */
	return err_new(r->rq.arena, class, "%s", say);
}

static err_t stale(struct run *r)
{
	const struct web_hooks *hooks = hooks_of(r);
	bool ours = str_eq(r->ex->heads[HEAD_FETCH_SITE], S("same-origin")) ||
		    r->ex->heads[HEAD_ORIGIN].n > strlen("null"); /* it has been compared with Host */
	if (ours && r->rq.actor != NULL && hooks->form_stale != NULL)
		return hooks->form_stale(&r->rq, &r->reply);
	return refuse(r, 403, ERR_DENIED,
		      "This page is from an earlier sign-in. Please go back, load it again and send it once more.");
}

static err_t run_handler(struct run *r)
{
	struct request *rq = &r->rq;
	struct reply *out = &r->reply;
	const struct route *route = rq->route;
	const struct web_hooks *hooks = hooks_of(r);
	bool public = (route->flags & ROUTE_PUBLIC) != 0;

	if (rq->actor == NULL && !public) {
		if (should_ask_again(r)) {
			ask_again(r);
			return NULL;
		}
		return hooks->signed_out(rq, out);
	}
	if (!public && (route->capability == CAN_NOTHING || !hooks->may(rq->actor, route->capability)))
		return refuse(r, 403, ERR_DENIED, "Your role does not open this page.");
	const char *closed = public || hooks->closed == NULL ? NULL : hooks->closed(rq->actor, route->capability);
	if (closed != NULL)
		return refuse(r, 403, ERR_DENIED, closed);
	if (r->ex->stage == STAGE_CHECK)
		return NULL;
	if (route->method == METHOD_POST && !csrf_fits(r))
		return stale(r);
	return route->handler(rq, out);
}

static err_t run_all(struct run *r)
{
	struct exchange *ex = r->ex;
	const struct str *heads = ex->heads;
	TRY(session_find(r));
	if (ex->refused != 0)
		return refuse(r, ex->refused, ERR_INVALID, ex->refused_say);
	if (!host_allowed(r->world->options->hosts, heads[HEAD_HOST]))
		return refuse(r, 421, ERR_INVALID, "This server is not known by the name that was asked for.");
	if (r->rq.route->method == METHOD_POST &&
	    !origin_allowed(heads[HEAD_FETCH_SITE], heads[HEAD_ORIGIN], heads[HEAD_HOST]))
		return refuse(r, 403, ERR_DENIED, "This was sent from another site, so it was not accepted.");
	if (ex->stage != STAGE_CHECK)
		form_read(r);
	if (r->fault != NULL)
		return refuse(r, r->fault_status, ERR_INVALID, r->fault);
	return run_handler(r);
}

/* --- the answer --- */

static void error_page(struct run *r, int status, struct str say)
{
	struct str guest = r->reply.guest;
	reply_drop(&r->reply);
	r->reply.guest = guest;
	struct str title = str_from(title_of(status));
	hooks_of(r)->render_error(&r->rq, status, title, say, &r->reply);
	if (r->reply.kind != REPLY_BODY)
		reply_status(&r->reply, status, say);
	r->reply.status = status;
}

static void error_answer(struct run *r, err_t e)
{
	int exact = r->reply.kind == REPLY_NONE ? r->reply.status : 0;
	int status = exact != 0 ? exact : err_http_status(e->class);
	if (e->class == ERR_INTERNAL)
		log_err("request.failed", e);
	error_page(r, status, e->say);
}

static err_t stream_answer(struct run *r)
{
	struct exchange *ex = r->ex;
	struct reply *out = &r->reply;
	int64_t after = out->after;
	int64_t seen;
	if (r->world->hub == NULL)
		return refuse(r, 404, ERR_MISSING, "There are no live events here.");
	if (str_to_i64(ex->heads[HEAD_LAST_EVENT_ID], &seen) && seen >= 0)
		after = seen;
	TRY(hub_listen(r->world->hub, r->rq.arena, r->rq.worker, ex->connection, out->topics, out->topics_n, after,
		       r->rq.owner, &ex->response));
	answer_guard_stream(ex->response, r->rq.tls);
	ex->status = 200;
	ex->streams = true;
	return NULL;
}

static err_t reply_fault(struct run *r)
{
	struct reply *out = &r->reply;
	if (out->kind == REPLY_NONE)
		return err_internal(r->rq.arena, "the handler of %s gave no answer", r->rq.route->pattern);
	if (out->bad)
		return err_internal(r->rq.arena, "the handler of %s leads to another site", r->rq.route->pattern);
	if (out->body.full)
		return err_internal(r->rq.arena, "the answer of %s is too large", r->rq.route->pattern);
	return NULL;
}

static void answer(struct run *r)
{
	struct exchange *ex = r->ex;
	/* A redirect for htmx is a header of an answer that is fine. */
	bool htmx_redirect = r->reply.kind == REPLY_REDIRECT && r->rq.fragment;
	ex->response = answer_make(ex, &r->rq, &r->reply);
	ex->status = (unsigned)(htmx_redirect ? 200 : r->reply.status);
	ex->answer_n = r->reply.kind == REPLY_FD ? r->reply.size : (int64_t)r->reply.body.n;
}

static void run_to_answer(struct run *r)
{
	struct exchange *ex = r->ex;
	err_t e = run_all(r);
	if (e == NULL && ex->stage == STAGE_CHECK && r->reply.kind == REPLY_NONE) {
		ex->allowed = true;
		return;
	}
	if (e == NULL)
		e = reply_fault(r);
	if (e == NULL && r->reply.kind == REPLY_EVENTS && !r->rq.head)
		e = stream_answer(r);
	if (e != NULL)
		error_answer(r, e);
	if (ex->response == NULL)
		answer(r);
	reply_drop(&r->reply);
	ex->reply = NULL;
}

void serve_refusal(const struct world *world, struct exchange *ex, int status, struct str say)
{
	if (ex->response != NULL)
		MHD_destroy_response(ex->response);
	ex->allowed = false;
	ex->status = (unsigned)status;
	ex->response = MHD_create_response_from_buffer(say.n, (void *)(uintptr_t)say.p, MHD_RESPMEM_MUST_COPY);
	if (ex->response == NULL)
		return;
	answer_guard(ex->response, world->tls);
	MHD_add_response_header(ex->response, "Content-Type", "text/plain; charset=utf-8");
	MHD_add_response_header(ex->response, "Cache-Control", "no-store");
}

void serve(const struct world *world, struct arena *a, void *worker, struct exchange *ex)
{
	if (ARENA_GUARD(a)) {
		LOG(LOG_ERROR, "request.memory",
		    log_str("route", str_from(ex->match.route == NULL ? "" : ex->match.route->pattern)));
		world->options->hooks.worker_abandon(worker);
		if (ex->reply != NULL && ex->reply->fd >= 0)
			close(ex->reply->fd);
		serve_refusal(world, ex, 500,
			      S("This page needs more memory than is set aside for one. Nothing was changed."));
		return;
	}
	run_to_answer(run_new(world, a, worker, ex));
	arena_unguard(a);
}
