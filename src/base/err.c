#include "base/err.h"

#include <stdarg.h>

#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>

enum { SAY_MAX = 1024, DESCRIBE_MAX = 8192 };

static struct str vsay(struct arena *a, const char *fmt, va_list ap)
{
	char *p = arena_many(a, SAY_MAX, char);
	int n = vsnprintf(p, SAY_MAX, fmt, ap);
	if (n < 0)
		n = 0;
	return (struct str){p, n < SAY_MAX ? (size_t)n : SAY_MAX - 1};
}

err_t err_new(struct arena *a, enum err_class class, const char *fmt, ...)
{
	struct err *e = arena_one(a, struct err);
	va_list ap;
	va_start(ap, fmt);
	*e = (struct err){.class = class, .say = vsay(a, fmt, ap)};
	va_end(ap);
	return e;
}

err_t err_internal(struct arena *a, const char *fmt, ...)
{
	struct err *e = arena_one(a, struct err);
	va_list ap;
	va_start(ap, fmt);
	*e = (struct err){
		.class = ERR_INTERNAL,
		.say = S("Something went wrong on our side. Nothing was changed; please try again."),
		.detail = vsay(a, fmt, ap),
	};
	va_end(ap);
	return e;
}

err_t err_wrap(struct arena *a, err_t cause, const char *fmt, ...)
{
	struct err *e = arena_one(a, struct err);
	va_list ap;
	va_start(ap, fmt);
	*e = (struct err){.class = cause->class, .say = vsay(a, fmt, ap), .cause = cause};
	va_end(ap);
	return e;
}

err_t err_with_detail(struct arena *a, err_t e, struct str detail)
{
	struct err *copy = arena_one(a, struct err);
	*copy = *e;
	copy->detail = str_dup(a, detail);
	return copy;
}

int err_exit_code(enum err_class c)
{
	return (int)c;
}

int err_http_status(enum err_class c)
{
	switch (c) {
#define X(name, exit_code, http, text)                                                                                 \
	case name:                                                                                                     \
		return http;
		ERR_CLASSES(X)
#undef X
	}
	return 500;
}

const char *err_name(enum err_class c)
{
	switch (c) {
#define X(name, exit_code, http, text)                                                                                 \
	case name:                                                                                                     \
		return text;
		ERR_CLASSES(X)
#undef X
	}
	return "internal";
}

struct str err_describe(struct arena *a, err_t e)
{
	struct buf b = buf_new(a, DESCRIBE_MAX);
	for (; e != NULL; e = e->cause) {
		if (b.n > 0)
			buf_lit(&b, "; ");
		buf_str(&b, e->say);
		if (e->detail.n > 0) {
			buf_lit(&b, " [");
			buf_str(&b, e->detail);
			buf_char(&b, ']');
		}
	}
	return buf_text(&b);
}
