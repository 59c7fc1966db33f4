#include "toy.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/pii.h"

struct actor {
	const char *name;
	bool may;
};

static const struct actor lee = {"lee", true};
static const struct actor ann = {"ann", false};

#define EIGHT(x) x x x x x x x x
const char toy_lee[] = EIGHT("1eeeeeee");
const char toy_ann[] = EIGHT("aaaaaaaa");

static atomic_int abandoned;
static atomic_bool settle_fails;

/* --- journal --- */

enum { ROWS = 20000 };

static struct {
	int64_t id;
	char topic[EVENT_TOPIC_MAX];
	char noun[EVENT_NOUN_MAX];
} journal[ROWS];
static size_t journal_n;
static int64_t journal_last;
static pthread_mutex_t journal_lock = PTHREAD_MUTEX_INITIALIZER;

static void row_add(const char *topic, const char *noun)
{
	if (journal_n == ROWS)
		abort();
	journal[journal_n].id = journal_last;
	snprintf(journal[journal_n].topic, EVENT_TOPIC_MAX, "%s", topic);
	snprintf(journal[journal_n++].noun, EVENT_NOUN_MAX, "%s", noun);
}

int64_t toy_journal(const char *topic, const char *noun)
{
	return toy_journal_pair(topic, NULL, noun);
}

int64_t toy_journal_pair(const char *topic, const char *other, const char *noun)
{
	pthread_mutex_lock(&journal_lock);
	int64_t id = ++journal_last;
	row_add(topic, noun);
	if (other != NULL)
		row_add(other, noun);
	pthread_mutex_unlock(&journal_lock);
	return id;
}

void toy_journal_empty(void)
{
	pthread_mutex_lock(&journal_lock);
	journal_n = 0;
	journal_last = 0;
	pthread_mutex_unlock(&journal_lock);
}

static err_t events_last(void *worker, struct arena *a, int64_t *id)
{
	(void)worker;
	(void)a;
	pthread_mutex_lock(&journal_lock);
	*id = journal_last;
	pthread_mutex_unlock(&journal_lock);
	return NULL;
}

static err_t events_after(void *worker, struct arena *a, int64_t id, size_t max, struct event *out, size_t *n)
{
	(void)worker;
	size_t found = 0;
	size_t i = 0;
	pthread_mutex_lock(&journal_lock);
	while (i < journal_n && journal[i].id <= id)
		i++;
	for (; i < journal_n && found < max; i++) {
		bool pair = i + 1 < journal_n && journal[i + 1].id == journal[i].id;
		if (pair && found + 2 > max)
			break;
		out[found].id = journal[i].id;
		out[found].topic = str_dup(a, str_from(journal[i].topic));
		out[found++].noun = str_dup(a, str_from(journal[i].noun));
	}
	pthread_mutex_unlock(&journal_lock);
	*n = found;
	return NULL;
}

/* --- hooks --- */

static err_t worker_open(void *app, struct arena *a, void **worker)
{
	(void)app;
	(void)a;
	*worker = NULL;
	return NULL;
}

static void worker_close(void *worker)
{
	(void)worker;
}

static void worker_abandon(void *worker)
{
	(void)worker;
	atomic_fetch_add(&abandoned, 1);
}

int toy_abandoned(void)
{
	return atomic_load(&abandoned);
}

static err_t session_load(struct request *rq)
{
	if (str_eq(rq->session, str_from(toy_lee)))
		rq->actor = &lee;
	if (str_eq(rq->session, str_from(toy_ann)))
		rq->actor = &ann;
	return NULL;
}

static bool may(const struct actor *actor, enum capability capability)
{
	return actor->may && capability == CAN_LIST;
}

static void hidden(struct buf *b, struct str name, struct str value)
{
	buf_fmt(b, "<input type=hidden name=\"%.*s\" value=\"%.*s\">", STR_ARG(name), STR_ARG(value));
}

static void sign_in_form(const struct request *rq, struct buf *b)
{
	struct form_pair *pairs;
	size_t n = carry_fields(rq, &pairs);
	buf_lit(b, "<form action=/sign-in method=post>");
	hidden(b, S("csrf"), rq->csrf);
	hidden(b, S("next"), request_here(rq));
	if (carry_action(rq).n > 0)
		hidden(b, S("keep_action"), carry_action(rq));
	for (size_t i = 0; i < n; i++)
		hidden(b, pairs[i].name, pairs[i].value);
	buf_lit(b, "</form>");
}

static err_t signed_out(struct request *rq, struct reply *out)
{
	if (rq->route->method == METHOD_GET) {
		reply_redirect(out, str_fmt(rq->arena, "/sign-in?next=%.*s", STR_ARG(rq->raw_path)));
		return NULL;
	}
	sign_in_form(rq, reply_html(out, 403));
	return NULL;
}

static err_t form_stale(struct request *rq, struct reply *out)
{
	struct form_pair *pairs;
	size_t n = carry_fields(rq, &pairs);
	struct buf *b = reply_html(out, 403);
	buf_fmt(b, "stale: %.*s with %zu", STR_ARG(carry_action(rq)), n);
	return NULL;
}

static void render_error(struct request *rq, int status, struct str title, struct str say, struct reply *out)
{
	buf_fmt(reply_html(out, status), "<h1>%.*s</h1><p>%.*s</p><p>%s</p>\n", STR_ARG(title), STR_ARG(say),
		rq->actor == NULL ? "" : rq->actor->name);
}

static err_t settle(void *worker, struct arena *a)
{
	(void)worker;
	if (atomic_load(&settle_fails))
		return err_new(a, ERR_RETRY, "The record of disclosures cannot be written.");
	return NULL;
}

void toy_settle_fails(bool fails)
{
	atomic_store(&settle_fails, fails);
}

/* --- pages --- */

static err_t page_hello(struct request *rq, struct reply *out)
{
	(void)rq;
	buf_lit(reply_html(out, 200), "<p>hello</p>\n");
	return NULL;
}

static err_t page_sign_in(struct request *rq, struct reply *out)
{
	sign_in_form(rq, reply_html(out, 200));
	return NULL;
}

static err_t page_sign_in_done(struct request *rq, struct reply *out)
{
	if (!str_eq(form_secret(&rq->form, "password"), S("open sesame"))) {
		form_fail(&rq->form, "user", S("Wrong."));
		sign_in_form(rq, reply_html(out, 422));
		return NULL;
	}
	bool is_lee = str_eq(form_text(&rq->form, "user"), S("lee"));
	struct str token = str_from(is_lee ? toy_lee : toy_ann);
	reply_session(out, token);
	struct form_pair *pairs;
	size_t n = carry_restored(rq, &pairs);
	if (n == 0) {
		reply_redirect(out,
			       path_is_local(form_text(&rq->form, "next")) ? form_text(&rq->form, "next") : S("/"));
		return NULL;
	}
	struct buf *b = reply_html(out, 200);
	buf_fmt(b, "<form action=\"%.*s\">", STR_ARG(carry_action(rq)));
	for (size_t i = 0; i < n; i++)
		hidden(b, pairs[i].name, pairs[i].value);
	return NULL;
}

static err_t page_sign_out(struct request *rq, struct reply *out)
{
	(void)rq;
	reply_session_end(out);
	reply_redirect(out, S("/"));
	return NULL;
}

static err_t page_list(struct request *rq, struct reply *out)
{
	struct str region = request_param(rq, "region");
	struct str search = form_text(&rq->form, "q");
	buf_fmt(reply_html(out, 200), "csrf=%.*s; region=%.*s q=%.*s page=%lld%s%s", STR_ARG(rq->csrf), STR_ARG(region),
		STR_ARG(search), (long long)form_int(&rq->form, "page", 1), rq->fragment ? " fragment" : "",
		form_ok(&rq->form) ? "" : " wrong");
	return NULL;
}

static err_t page_new(struct request *rq, struct reply *out)
{
	(void)rq;
	buf_lit(reply_html(out, 200), "a new one");
	return NULL;
}

static err_t page_step(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct buf *b = reply_html(out, form_ok(f) ? 200 : 422);
	for (size_t i = 0; i < f->n; i++) {
		if (f->values[i].error.n > 0)
			buf_fmt(b, "%s [%.*s]\n", f->values[i].field->name, STR_ARG(f->values[i].error));
	}
	size_t who;
	form_many(f, "who", &who);
	char day[DAY_TEXT];
	struct str what = pii_reveal(form_pii(rq->arena, f, "what"));
	buf_fmt(b, "what=%.*s by=%s minutes=%lld kind=%d urgent=%d who=%zu\n", STR_ARG(what),
		day_text(form_day(f, "by"), day), (long long)form_int(f, "minutes", -1), form_choice(f, "kind"),
		form_checked(f, "urgent"), who);
	return NULL;
}

static err_t page_hungry(struct request *rq, struct reply *out)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	reply_file_fd(out, "text/plain", S("never"), fd, 1);
	for (int i = 0; i < 1000; i++)
		memset(arena_many(rq->arena, 1 << 20, char), 'x', 1);
	return NULL;
}

static err_t page_silent(struct request *rq, struct reply *out)
{
	(void)rq;
	(void)out;
	return NULL;
}

static err_t page_astray(struct request *rq, struct reply *out)
{
	(void)rq;
	reply_redirect(out, S("//elsewhere.example/"));
	return NULL;
}

static err_t page_back(struct request *rq, struct reply *out)
{
	(void)rq;
	reply_redirect(out, S("/list/north"));
	return NULL;
}

static err_t page_file(struct request *rq, struct reply *out)
{
	(void)rq;
	buf_lit(reply_file(out, "text/csv; charset=utf-8", S("l\xc3\xafst \"1\"\r\nX: y/..csv")), "a,b\r\n");
	return NULL;
}

static err_t page_file_fd(struct request *rq, struct reply *out)
{
	int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, "from a file", 11) != 11)
		return err_internal(rq->arena, "no file to send");
	reply_file_fd(out, "application/octet-stream", S("a.bin"), fd, 11);
	return NULL;
}

static err_t page_fail(struct request *rq, struct reply *out)
{
	(void)out;
	int64_t class = 0;
	str_to_i64(request_param(rq, "class"), &class);
	if (class == ERR_INTERNAL)
		return err_internal(rq->arena, "the detail is for the log");
	return err_new(rq->arena, (enum err_class) class, "This is a sentence.");
}

static err_t page_slow(struct request *rq, struct reply *out)
{
	int64_t ms = 0;
	str_to_i64(request_param(rq, "ms"), &ms);
	const struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&wait, NULL);
	reply_status(out, 200, S("slow"));
	return NULL;
}

static err_t page_big(struct request *rq, struct reply *out)
{
	(void)rq;
	struct buf *b = reply_html(out, 200);
	for (int i = 0; i < 1024; i++)
		buf_fmt(b, "%099d\n", i);
	return NULL;
}

static err_t page_upload(struct request *rq, struct reply *out)
{
	struct upload *u = form_upload(&rq->form, "export");
	if (!form_ok(&rq->form)) {
		reply_status(out, 422, form_value(&rq->form, "export")->error);
		return NULL;
	}
	unsigned sum = 0;
	unsigned char bytes[4096];
	lseek(u->fd, 0, SEEK_SET);
	for (ssize_t n; (n = read(u->fd, bytes, sizeof bytes)) > 0;) {
		for (ssize_t i = 0; i < n; i++)
			sum = sum * 31 + bytes[i];
	}
	int again = open(str_c(rq->arena, u->path), O_RDONLY | O_CLOEXEC);
	buf_fmt(reply_html(out, 200), "file=%.*s size=%lld sum=%u again=%d note=%.*s", STR_ARG(u->name),
		(long long)u->size, sum, again >= 0, STR_ARG(form_text(&rq->form, "note")));
	if (again >= 0)
		close(again);
	close(upload_take(u));
	return NULL;
}

static err_t page_events(struct request *rq, struct reply *out)
{
	size_t n;
	const struct str *topics = form_many(&rq->form, "topic", &n);
	reply_events(out, topics, n, form_int(&rq->form, "after", -1));
	return NULL;
}

/* Journals a row; the server tells of it by itself, because this is a POST. */
static err_t page_note(struct request *rq, struct reply *out)
{
	toy_journal(str_c(rq->arena, form_text(&rq->form, "topic")), "note");
	reply_status(out, 200, S("noted"));
	return NULL;
}

static const struct form_field sign_in_fields[] = {
	{.name = "user", .label = "User", .kind = FIELD_TEXT, .required = true},
	{.name = "password", .label = "Password", .kind = FIELD_SECRET, .required = true},
	{.name = "next", .label = "Next", .kind = FIELD_TEXT},
};
static const struct form_spec sign_in_spec = FORM(sign_in_fields);

static const struct form_field list_fields[] = {
	{.name = "q", .label = "Search", .kind = FIELD_TEXT},
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = 99},
};
static const struct form_spec list_spec = FORM(list_fields);

static const char *const kinds[] = {"call", "visit", NULL};
static const struct form_field step_fields[] = {
	{.name = "what", .label = "Step", .kind = FIELD_PRIVATE, .required = true, .max = 20},
	{.name = "by", .label = "By when", .kind = FIELD_DAY, .required = true},
	{.name = "minutes", .label = "Minutes", .kind = FIELD_INT, .least = 1, .most = 60},
	{.name = "kind", .label = "Kind", .kind = FIELD_CHOICE, .choices = kinds},
	{.name = "urgent", .label = "Urgent", .kind = FIELD_CHECK},
	{.name = "who", .label = "Who", .kind = FIELD_MANY, .max = 10},
};
static const struct form_spec step_spec = FORM(step_fields);

static const struct form_field upload_fields[] = {
	{.name = "export", .label = "Export", .kind = FIELD_FILE, .required = true},
	{.name = "note", .label = "Note", .kind = FIELD_TEXT},
};
static const struct form_spec upload_spec = FORM(upload_fields);

static const struct form_field events_fields[] = {
	{.name = "topic", .label = "Topic", .kind = FIELD_MANY},
	{.name = "after", .label = "After", .kind = FIELD_INT},
};
static const struct form_spec events_spec = FORM(events_fields);

static const struct form_field note_fields[] = {{.name = "topic", .label = "Topic", .kind = FIELD_TEXT}};
static const struct form_spec note_spec = FORM(note_fields);

static const struct route routes[] = {
	{METHOD_GET, "/", CAN_NOTHING, ROUTE_PUBLIC, NULL, page_hello},
	{METHOD_GET, "/sign-in", CAN_NOTHING, ROUTE_PUBLIC, NULL, page_sign_in},
	{METHOD_POST, "/sign-in", CAN_NOTHING, ROUTE_PUBLIC, &sign_in_spec, page_sign_in_done},
	{METHOD_POST, "/sign-out", CAN_NOTHING, ROUTE_PUBLIC, NULL, page_sign_out},
	{METHOD_GET, "/list/:region", CAN_LIST, 0, &list_spec, page_list},
	{METHOD_GET, "/list/new", CAN_LIST, 0, NULL, page_new},
	{METHOD_POST, "/step", CAN_LIST, 0, &step_spec, page_step},
	{METHOD_GET, "/locked", CAN_NOTHING, 0, NULL, page_hello},
	{METHOD_GET, "/people", CAN_USERS, 0, NULL, page_hello},
	{METHOD_GET, "/hungry", CAN_LIST, 0, NULL, page_hungry},
	{METHOD_GET, "/silent", CAN_LIST, 0, NULL, page_silent},
	{METHOD_GET, "/astray", CAN_LIST, 0, NULL, page_astray},
	{METHOD_GET, "/back", CAN_LIST, 0, NULL, page_back},
	{METHOD_GET, "/file", CAN_LIST, 0, NULL, page_file},
	{METHOD_GET, "/file-fd", CAN_LIST, 0, NULL, page_file_fd},
	{METHOD_GET, "/fail/:class", CAN_LIST, 0, NULL, page_fail},
	{METHOD_GET, "/slow/:ms", CAN_NOTHING, ROUTE_PUBLIC, NULL, page_slow},
	{METHOD_GET, "/big", CAN_NOTHING, ROUTE_PUBLIC, NULL, page_big},
	{METHOD_POST, "/upload", CAN_LIST, ROUTE_UPLOAD, &upload_spec, page_upload},
	{METHOD_GET, "/events", CAN_LIST, ROUTE_LIVE, &events_spec, page_events},
	{METHOD_POST, "/note", CAN_LIST, ROUTE_LIVE, &note_spec, page_note},
};

static const struct asset assets[] = {
	{"/assets/a.1.css", "text/css; charset=utf-8", "\"1\"", STR_INIT("plain {}"), STR_INIT("gzipped"),
	 STR_INIT("br")},
	{"/assets/b.2.png", "image/png", "\"2\"", STR_INIT("picture"), {0}, {0}},
};

struct web_options toy_options(void)
{
	return (struct web_options){
		.listen = S("127.0.0.1:0"),
		.upload_dir = S("/tmp"),
		.routes = routes,
		.routes_n = sizeof routes / sizeof routes[0],
		.assets = assets,
		.assets_n = sizeof assets / sizeof assets[0],
		.hooks =
			{
				.worker_open = worker_open,
				.worker_close = worker_close,
				.worker_abandon = worker_abandon,
				.session_load = session_load,
				.may = may,
				.signed_out = signed_out,
				.form_stale = form_stale,
				.render_error = render_error,
				.settle = settle,
				.events_last = events_last,
				.events_after = events_after,
			},
	};
}
