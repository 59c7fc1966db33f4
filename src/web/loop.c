#include "web/loop.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "web/encode.h"
#include "web/exchange.h"
#include "web/upload.h"

enum {
	POOL = 8 << 10,     /* of one connection: its request head and the head of its response */
	HEAD_SECONDS = 20,  /* for a whole request head */
	BODY_SECONDS = 60,  /* for a whole form */
	SEND_SECONDS = 120, /* for a whole response, and another second per SEND_RATE bytes */
	SEND_RATE = 4 << 10,
	DRAIN_MAX = 1 << 20, /* bytes of an unwanted body that are read, so that the answer is heard */
	FIRST_BODY = 4 << 10,
	STREAM_BACKLOG = 32 << 10,
};

static const char *const head_names[] = {
#define X(name, text) [name] = text,
	HEADS(X)
#undef X
};

/* --- an exchange --- */

static void *exchange_new(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct loop_world *world = cls;
	atomic_fetch_add_explicit(&world->open, 1, memory_order_relaxed);
	size_t n = strlen(target);
	struct exchange *ex = calloc(1, sizeof *ex);
	char *text = malloc(2 * n + 1); /* as sent, and room to decode it */
	if (ex == NULL || text == NULL) {
		free(ex);
		free(text);
		return NULL;
	}
	memcpy(text, target, n);
	ex->connection = connection;
	ex->target_text = text;
	ex->target = (struct str){text, n};
	return ex;
}

static void exchange_free(struct exchange *ex)
{
	upload_close(&ex->upload);
	if (ex->response != NULL)
		MHD_destroy_response(ex->response);
	if (ex->body != NULL)
		explicit_bzero(ex->body, ex->body_n);
	free(ex->body);
	free(ex->heads_text);
	free(ex->target_text);
	free(ex);
}

static struct peer *peer_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

static void address_read(struct exchange *ex)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(ex->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info == NULL || info->client_addr == NULL)
		return;
	const struct sockaddr *address = info->client_addr;
	if (address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, ex->address,
			  sizeof ex->address);
	else if (address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, ex->address,
			  sizeof ex->address);
}

static void refuse(struct exchange *ex, int status, const char *say)
{
	if (ex->refused != 0)
		return;
	ex->refused = status;
	ex->refused_say = say;
}

/* --- the head --- */

struct heads_reader {
	struct exchange *ex;
	char *room; /* NULL while sizes are added up */
	size_t n;
};

static enum MHD_Result head_seen(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	struct heads_reader *reader = cls;
	struct exchange *ex = reader->ex;
	struct str key = str_from(name);
	for (size_t i = 0; i < HEAD_N; i++) {
		if (!str_eq_nocase(key, str_from(head_names[i])))
			continue;
		struct str v = str_from(value);
		if (reader->room == NULL) {
			reader->n += v.n;
			break;
		}
		/* Two that disagree are how one server is made to see another request than the next. */
		if (ex->heads[i].p != NULL && i != HEAD_ACCEPT_ENCODING && i != HEAD_IF_NONE_MATCH)
			refuse(ex, 400, "This request says one thing twice, so it was not read.");
		memcpy(reader->room + reader->n, v.p, v.n);
		ex->heads[i] = (struct str){reader->room + reader->n, v.n};
		reader->n += v.n;
		break;
	}
	return MHD_YES;
}

static bool heads_read(struct exchange *ex)
{
	struct heads_reader reader = {.ex = ex};
	MHD_get_connection_values(ex->connection, MHD_HEADER_KIND, head_seen, &reader);
	ex->heads_text = malloc(reader.n + 1);
	if (ex->heads_text == NULL)
		return false;
	reader = (struct heads_reader){.ex = ex, .room = ex->heads_text};
	MHD_get_connection_values(ex->connection, MHD_HEADER_KIND, head_seen, &reader);
	return true;
}

static void route_choose(struct exchange *ex, const struct web_options *options, const char *method)
{
	struct str raw;
	struct str query;
	str_cut(ex->target, '?', &raw, &query);
	if (!path_decode(raw, ex->target_text + ex->target.n, &ex->path)) {
		ex->path = S("/");
		refuse(ex, 400, "This address cannot be read. Please check it.");
		return;
	}
	ex->head = strcmp(method, "HEAD") == 0;
	bool post = strcmp(method, "POST") == 0;
	bool known = post || ex->head || strcmp(method, "GET") == 0;
	ex->match = route_find(options->routes, options->routes_n, post ? METHOD_POST : METHOD_GET, ex->path);
	if (!known)
		ex->match.route = NULL;
	if (ex->match.route != NULL)
		return;
	if (ex->match.allow_get || ex->match.allow_post)
		refuse(ex, 405, "This page cannot be asked for in that way.");
	else
		refuse(ex, 404, "There is no page at this address. It may have moved, or the address may be mistyped.");
}

static bool body_kind_fits(const struct exchange *ex)
{
	struct str type = media_type(ex->heads[HEAD_CONTENT_TYPE]);
	if ((ex->match.route->flags & ROUTE_UPLOAD) != 0)
		return str_eq_nocase(type, S("multipart/form-data"));
	return type.n == 0 || str_eq_nocase(type, S("application/x-www-form-urlencoded"));
}

/* What the head promises about the body. */
static void body_judge(struct exchange *ex)
{
	int64_t length = 0;
	bool sized = ex->heads[HEAD_CONTENT_LENGTH].p != NULL;
	bool chunked = ex->heads[HEAD_TRANSFER_ENCODING].p != NULL;
	if (sized && (chunked || !str_to_i64(ex->heads[HEAD_CONTENT_LENGTH], &length) || length < 0)) {
		refuse(ex, 400, "This request is not clear about its length, so it was not read.");
		length = INT64_MAX;
	}
	ex->body_left = chunked ? DRAIN_MAX : length;
	if (ex->match.route == NULL || ex->match.route->method != METHOD_POST)
		return;
	bool upload = (ex->match.route->flags & ROUTE_UPLOAD) != 0;
	if (upload && length > (int64_t)LIMIT_UPLOAD_MB << 20)
		refuse(ex, 413, "This file is larger than what is taken.");
	else if (!upload && length > LIMIT_FORM_BODY)
		refuse(ex, 413, "This form is larger than what is taken. Please shorten it.");
	else if (!body_kind_fits(ex))
		refuse(ex, 415, "This was not sent as a form of this page.");
}

static enum MHD_Result to_worker(struct loop_world *world, struct exchange *ex, enum stage stage)
{
	peer_allow(peer_of(ex->connection), 0);
	ex->stage = stage;
	MHD_suspend_connection(ex->connection);
	workers_take(world->workers, ex);
	return MHD_YES;
}

/* What a listener does not read piles up in its socket before the hub can notice; the system would
 * let that grow to megabytes. */
static void backlog_bound(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const int bytes = STREAM_BACKLOG;
	setsockopt(info->connect_fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

static enum MHD_Result answer_send(void **own, struct exchange *ex)
{
	if (ex->response == NULL)
		return MHD_NO;
	peer_allow(peer_of(ex->connection), ex->streams ? 0 : SEND_SECONDS + ex->answer_n / SEND_RATE);
	if (ex->streams)
		backlog_bound(ex->connection);
	enum MHD_Result queued = MHD_queue_response(ex->connection, ex->status, ex->response);
	*own = NULL; /* a stream lasts; what it was asked with need not */
	exchange_free(ex);
	return queued;
}

/* --- assets --- */

struct asset_answers {
	size_t n;
	struct {
		struct MHD_Response *by_encoding[3];
		struct MHD_Response *same; /* 304 */
	} each[];
};

static struct MHD_Response *asset_response(const struct asset *asset, struct str bytes, const char *encoding, bool tls)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p, MHD_RESPMEM_PERSISTENT);
	if (r == NULL)
		return NULL;
	answer_guard(r, tls);
	MHD_add_response_header(r, "Content-Type", asset->type);
	MHD_add_response_header(r, "Cache-Control", "public, max-age=31536000, immutable");
	MHD_add_response_header(r, "Vary", "Accept-Encoding");
	MHD_add_response_header(r, "ETag", asset->etag);
	if (encoding != NULL)
		MHD_add_response_header(r, "Content-Encoding", encoding);
	return r;
}

struct asset_answers *asset_answers_new(const struct asset *assets, size_t n, bool tls)
{
	struct asset_answers *answers = calloc(1, sizeof *answers + n * sizeof answers->each[0]);
	if (answers == NULL)
		return NULL;
	answers->n = n;
	bool whole = true;
	for (size_t i = 0; i < n; i++) {
		const struct asset *asset = &assets[i];
		struct MHD_Response **by = answers->each[i].by_encoding;
		by[ENCODING_PLAIN] = asset_response(asset, asset->plain, NULL, tls);
		by[ENCODING_GZIP] = asset_response(asset, asset->gzip, "gzip", tls);
		by[ENCODING_BROTLI] = asset_response(asset, asset->brotli, "br", tls);
		answers->each[i].same = asset_response(asset, (struct str){0}, NULL, tls);
		whole = whole && by[0] != NULL && by[1] != NULL && by[2] != NULL && answers->each[i].same != NULL;
	}
	if (!whole)
		asset_answers_free(&answers);
	return answers;
}

void asset_answers_free(struct asset_answers **answers)
{
	struct asset_answers *gone = *answers;
	if (gone == NULL)
		return;
	for (size_t i = 0; i < gone->n; i++) {
		for (int k = 0; k < 3; k++) {
			if (gone->each[i].by_encoding[k] != NULL)
				MHD_destroy_response(gone->each[i].by_encoding[k]);
		}
		if (gone->each[i].same != NULL)
			MHD_destroy_response(gone->each[i].same);
	}
	free(gone);
	*answers = NULL;
}

static enum MHD_Result asset_send(struct loop_world *world, void **own, struct exchange *ex, const struct asset *asset)
{
	const struct str *heads = ex->heads;
	size_t i = (size_t)(asset - world->options->assets);
	bool same = etag_matches(heads[HEAD_IF_NONE_MATCH], asset->etag);
	enum encoding encoding = asset_encoding(asset, heads[HEAD_ACCEPT_ENCODING]);
	struct MHD_Response *r = same ? world->assets->each[i].same : world->assets->each[i].by_encoding[encoding];
	peer_allow(peer_of(ex->connection), SEND_SECONDS);
	enum MHD_Result queued = MHD_queue_response(ex->connection, same ? 304 : 200, r);
	*own = NULL;
	exchange_free(ex);
	return queued;
}

/* --- the library's calls --- */

static enum MHD_Result head_done(struct loop_world *world, void **own, struct exchange *ex, const char *method)
{
	if (!heads_read(ex))
		return MHD_NO;
	address_read(ex);
	route_choose(ex, world->options, method);
	const struct asset *asset = NULL;
	if (ex->refused == 404 && strcmp(method, "POST") != 0)
		asset = asset_find(world->options->assets, world->options->assets_n, ex->path);
	if (asset != NULL)
		return asset_send(world, own, ex, asset);
	body_judge(ex);
	if (ex->refused != 0 && ex->body_left > DRAIN_MAX)
		return to_worker(world, ex, STAGE_WORK); /* the body is not read; the connection ends */
	if (ex->refused == 0 && (ex->match.route->flags & ROUTE_UPLOAD) != 0)
		return to_worker(world, ex, STAGE_CHECK);
	peer_allow(peer_of(ex->connection), BODY_SECONDS);
	ex->stage = STAGE_BODY;
	return MHD_YES;
}

static bool body_add(struct exchange *ex, const char *p, size_t n)
{
	if (n > LIMIT_FORM_BODY - ex->body_n) {
		refuse(ex, 413, "This form is larger than what is taken. Please shorten it.");
		return true;
	}
	if (n > ex->body_cap - ex->body_n) {
		size_t cap = ex->body_cap == 0 ? FIRST_BODY : ex->body_cap;
		while (cap - ex->body_n < n)
			cap *= 2;
		char *body = malloc(cap); /* not realloc: what is left behind is wiped */
		if (body == NULL)
			return false;
		if (ex->body_n > 0) {
			memcpy(body, ex->body, ex->body_n);
			explicit_bzero(ex->body, ex->body_n);
		}
		free(ex->body);
		ex->body = body;
		ex->body_cap = cap;
	}
	memcpy(ex->body + ex->body_n, p, n);
	ex->body_n += n;
	return true;
}

static enum MHD_Result body_part(struct exchange *ex, const char *p, size_t n)
{
	if (ex->upload != NULL) {
		upload_feed(ex->upload, p, n);
		return MHD_YES;
	}
	bool refused = ex->refused != 0 || ex->match.route->method != METHOD_POST;
	if (!refused)
		return body_add(ex, p, n) ? MHD_YES : MHD_NO;
	ex->body_left -= (int64_t)n;
	return ex->body_left >= 0 ? MHD_YES : MHD_NO;
}

/* A worker has agreed to an upload: the call after it is the first about the body. */
static enum MHD_Result upload_begin(struct loop_world *world, struct exchange *ex)
{
	ex->upload =
		upload_open(ex->connection, ex->match.route->form, world->upload_dir, (int64_t)LIMIT_UPLOAD_MB << 20);
	return ex->upload == NULL ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
				  const char *version, const char *part, size_t *part_n, void **own)
{
	(void)connection;
	(void)url;
	(void)version;
	struct loop_world *world = cls;
	struct exchange *ex = *own;
	if (ex == NULL)
		return MHD_NO;
	switch (ex->stage) {
	case STAGE_HEAD:
		return head_done(world, own, ex, method);
	case STAGE_BODY:
		if (ex->allowed && ex->upload == NULL)
			return upload_begin(world, ex);
		if (*part_n > 0) {
			size_t n = *part_n;
			*part_n = 0;
			return body_part(ex, part, n);
		}
		if (ex->upload != NULL) {
			const char *say = NULL;
			int status = upload_end(ex->upload, &say);
			if (status != 0)
				refuse(ex, status, say);
			ex->allowed = false;
		}
		return to_worker(world, ex, STAGE_WORK);
	case STAGE_DONE:
		return answer_send(own, ex);
	case STAGE_CHECK:
	case STAGE_WORK:
		return MHD_YES;
	}
	return MHD_NO;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **own, enum MHD_RequestTerminationCode code)
{
	(void)code;
	struct loop_world *world = cls;
	atomic_fetch_sub_explicit(&world->open, 1, memory_order_relaxed);
	peer_allow(peer_of(connection), world->idle_seconds + HEAD_SECONDS);
	if (*own != NULL)
		exchange_free(*own);
	*own = NULL;
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
			  enum MHD_ConnectionNotificationCode code)
{
	const struct loop_world *world = cls;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		struct peer *peer = peer_open(world->peers, info->connect_fd);
		peer_allow(peer, HEAD_SECONDS);
		*socket_context = peer;
	} else if (*socket_context != NULL) {
		peer_close(world->peers, *socket_context);
		*socket_context = NULL;
	}
}

/* The library tells of every peer that is lost; that is for a developer, not for the operator. */
__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *fmt, va_list ap)
{
	(void)cls;
	char text[256];
	int n = vsnprintf(text, sizeof text, fmt, ap);
	if (n > 0)
		LOG(LOG_DEBUG, "http.library", log_str("text", str_trim(str_from(text))));
}

/* The target is decoded by path_decode and form_decode alone. */
static size_t on_unescape(void *cls, struct MHD_Connection *connection, char *s)
{
	(void)cls;
	(void)connection;
	return strlen(s);
}

struct MHD_Daemon *loop_start(struct loop_world *world, int fd, int connections, const char *tls_cert,
			      const char *tls_key)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)tls_cert},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)tls_key},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1"},
		{MHD_OPTION_END, 0, NULL},
	};
	if (tls_cert == NULL)
		tls[0].option = MHD_OPTION_END;
	else
		flags |= MHD_USE_TLS;
	/* clang-format off */
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, world,
		MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL, /* first, so that it hears of the others */
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)world->idle_seconds,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
		MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, exchange_new, world,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, world,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, world,
		MHD_OPTION_ARRAY, tls,
		MHD_OPTION_END);
	/* clang-format on */
}
