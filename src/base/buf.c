#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { FIRST_CAP = 64 };

struct buf buf_new(struct arena *a, size_t max)
{
	return (struct buf){.arena = a, .max = max};
}

char *buf_room(struct buf *b, size_t n)
{
	if (b->full || n > b->max - b->n) {
		b->full = true;
		return NULL;
	}
	if (n > b->cap - b->n) {
		size_t cap = b->cap == 0 ? FIRST_CAP : b->cap;
		while (cap - b->n < n)
			cap *= 2;
		if (cap > b->max)
			cap = b->max;
		if (b->cap == 0 || !arena_extend(b->arena, b->p, b->cap, cap)) {
			char *p = arena_many(b->arena, cap, char);
			if (b->n > 0)
				memcpy(p, b->p, b->n);
			b->p = p;
		}
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	char *room = buf_room(b, n);
	if (room == NULL)
		return;
	memcpy(room, p, n);
	b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

void buf_char(struct buf *b, char c)
{
	if (b->n == b->cap && buf_room(b, 1) == NULL)
		return;
	b->p[b->n++] = c;
}

void buf_i64(struct buf *b, long long v)
{
	char digits[24];
	char *p = digits + sizeof digits;
	/* Reports write millions of numbers: printf would be most of their time. */
	unsigned long long left = v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v;
	do
		*--p = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (v < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	va_list again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof small) {
		buf_add(b, small, (size_t)n);
	} else if (n >= 0) {
		char *large = arena_many(b->arena, (size_t)n + 1, char);
		vsnprintf(large, (size_t)n + 1, fmt, again);
		buf_add(b, large, (size_t)n);
	}
	va_end(again);
}

struct str buf_text(const struct buf *b)
{
	return (struct str){b->p, b->n};
}
