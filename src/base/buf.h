/* A growing run of bytes in an arena, with a maximum.
 *
 * The maximum is a property of the buffer: past it, adding does nothing and `full` is set, so a
 * writer checks once at its end. The bytes may move whenever something is added.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n;
	size_t cap;
	size_t max;
	bool full;
};

struct buf buf_new(struct arena *a, size_t max);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, long long v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
#define buf_lit(b, lit) buf_add((b), "" lit, sizeof(lit) - 1)

/* Room for n more bytes at the returned address, or NULL when the maximum would be passed; the
 * caller writes there and then adds what it used to b->n. */
char *buf_room(struct buf *b, size_t n);

/* What has been added so far; valid until the next addition. */
struct str buf_text(const struct buf *b);

#endif
