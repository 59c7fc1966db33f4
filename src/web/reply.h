/* What a handler answers.
 *
 * A handler calls exactly one of the reply_* functions that decide the kind of answer and, for
 * text, renders into the buffer it gets. The server adds the headers of safety, the length and the
 * cookies. Answers to somebody who is signed in are never stored by caches.
 *
 *     struct list_view view;
 *     TRY(list_show(..., &view));
 *     list_html(reply_html(out, 200), &view);
 *     return NULL;
 */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct reply;

/* An HTML page or fragment. 200, or 422 for a form that is shown again with its errors. */
struct buf *reply_html(struct reply *out, int status);

/* Plain text, JSON or another text type ("text/plain; charset=utf-8"). */
struct buf *reply_text(struct reply *out, int status, const char *type);

/* "Look there instead" (303, or HX-Redirect where htmx asked). A path that is not local becomes
 * an internal error. */
void reply_redirect(struct reply *out, struct str path);

/* The one way to another site: to the provider of single sign-on that the settings name, over https or on
 * 127.0.0.1. */
void reply_leave(struct reply *out, struct str url);

/* The cookie by which who comes back from there is known again; an empty token ends it. */
void reply_away(struct reply *out, struct str token);

/* A file to keep, written into the buffer: `name` is what the browser calls it. */
struct buf *reply_file(struct reply *out, const char *type, struct str name);

/* The same from a descriptor, which the server closes; for what does not fit into memory. */
void reply_file_fd(struct reply *out, const char *type, struct str name, int fd, int64_t size);

/* A stream of events for the topics (copied; at most EVENT_TOPICS), see web/events.h. `after` is the
 * last event the page already shows, or -1; a browser that reconnects says it itself. */
void reply_events(struct reply *out, const struct str *topics, size_t n, int64_t after);

/* Only a status and a sentence. */
void reply_status(struct reply *out, int status, struct str sentence);

/* Signing in and out: sets or ends the session cookie. The token is hexadecimal. */
void reply_session(struct reply *out, struct str token);
void reply_session_end(struct reply *out);

#endif
