#include "base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/day.h"

static _Atomic int lowest = LOG_INFO;

enum { LINE_MAX_BYTES = 4096 };

struct line {
	char p[LINE_MAX_BYTES];
	size_t n;
};

static void put(struct line *l, char c)
{
	if (l->n < LINE_MAX_BYTES - 1) /* one byte stays for the line break */
		l->p[l->n++] = c;
}

static void put_cstr(struct line *l, const char *s)
{
	while (*s != '\0')
		put(l, *s++);
}

static void put_quoted(struct line *l, struct str s)
{
	static const char hex[] = "0123456789abcdef";
	put(l, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			put(l, '\\');
			put(l, (char)c);
		} else if (c >= 0x20 && c < 0x7F) {
			put(l, (char)c);
		} else {
			put(l, '\\');
			put(l, 'x');
			put(l, hex[c >> 4]);
			put(l, hex[c & 15]);
		}
	}
	put(l, '"');
}

void log_level_set(enum log_level level)
{
	atomic_store(&lowest, (int)level);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
	static const char names[][6] = {"debug", "info", "warn", "error"};
	if ((int)level < atomic_load(&lowest))
		return;
	struct line l = {.n = 0};
	char when[INSTANT_TEXT];
	put_cstr(&l, instant_text(clock_now(), when));
	put(&l, ' ');
	put_cstr(&l, names[level]);
	put(&l, ' ');
	put_cstr(&l, event);
	for (; fields->kind != LOG_FIELD_END; fields++) {
		put(&l, ' ');
		put_cstr(&l, fields->key);
		put(&l, '=');
		if (fields->kind == LOG_FIELD_INT) {
			char number[24];
			snprintf(number, sizeof number, "%lld", (long long)fields->i);
			put_cstr(&l, number);
		} else {
			put_quoted(&l, fields->s);
		}
	}
	l.p[l.n++] = '\n';
	/* A log that cannot be written has nowhere to complain to. */
	ssize_t written = write(STDERR_FILENO, l.p, l.n);
	(void)written;
}

void log_err(const char *event, err_t e)
{
	struct arena *a = arena_new("log", 64 << 10);
	struct str text = err_describe(a, e);
	log_write(e->class == ERR_INTERNAL ? LOG_ERROR : LOG_INFO, event,
		  (const struct log_field[]){log_str("class", str_from(err_name(e->class))),
					     log_str("text", text),
					     {.kind = LOG_FIELD_END}});
	arena_free(&a);
}
