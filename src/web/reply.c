#include "web/reply.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limit.h"
#include "web/encode.h"
#include "web/events.h"
#include "web/exchange.h"

_Static_assert(sizeof((struct reply){0}.topics) / sizeof(struct str) == EVENT_TOPICS, "room for every topic");

struct reply reply_new(struct arena *a)
{
	return (struct reply){.arena = a, .fd = -1, .after = -1};
}

void reply_drop(struct reply *out)
{
	if (out->fd >= 0)
		close(out->fd);
	*out = reply_new(out->arena);
}

static struct buf *body(struct reply *out, int status, const char *type)
{
	out->kind = REPLY_BODY;
	out->status = status;
	out->type = type;
	out->body = buf_new(out->arena, LIMIT_REQUEST_MEMORY);
	return &out->body;
}

struct buf *reply_html(struct reply *out, int status)
{
	return body(out, status, "text/html; charset=utf-8");
}

struct buf *reply_text(struct reply *out, int status, const char *type)
{
	return body(out, status, type);
}

void reply_status(struct reply *out, int status, struct str sentence)
{
	buf_str(body(out, status, "text/plain; charset=utf-8"), sentence);
}

void reply_redirect(struct reply *out, struct str path)
{
	out->kind = REPLY_REDIRECT;
	out->status = 303;
	out->location = path;
	out->bad = !path_is_local(path);
}

void reply_leave(struct reply *out, struct str url)
{
	out->kind = REPLY_REDIRECT;
	out->status = 303;
	out->location = url;
	out->bad = !str_starts(url, S("https://")) && !str_starts(url, S("http://127.0.0.1"));
}

void reply_away(struct reply *out, struct str token)
{
	out->away_set = true;
	out->away = str_dup(out->arena, token);
}

struct buf *reply_file(struct reply *out, const char *type, struct str name)
{
	out->name = name;
	return body(out, 200, type);
}

void reply_file_fd(struct reply *out, const char *type, struct str name, int fd, int64_t size)
{
	out->kind = REPLY_FD;
	out->status = 200;
	out->type = type;
	out->name = name;
	out->fd = fd;
	out->size = size;
}

void reply_events(struct reply *out, const struct str *topics, size_t n, int64_t after)
{
	out->kind = REPLY_EVENTS;
	out->status = 200;
	out->after = after;
	out->topics_n = n < EVENT_TOPICS ? n : EVENT_TOPICS;
	for (size_t i = 0; i < out->topics_n; i++)
		out->topics[i] = str_dup(out->arena, topics[i]);
}

void reply_session(struct reply *out, struct str token)
{
	out->session_set = true;
	out->session = str_dup(out->arena, token);
}

void reply_session_end(struct reply *out)
{
	out->session_set = true;
	out->session = (struct str){0};
}
