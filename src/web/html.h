/* What compiled templates call: every value goes onto a page through here, and its type decides how.
 *
 *   between tags        html_put         text and numbers escaped, struct html_raw as it is
 *   in a quoted value   html_put_quoted  text and numbers escaped, nothing raw
 *   in an address       html_put_url     struct url and nothing else
 *
 * A type without a case does not compile: struct pii never, double and bool never (say what you
 * mean with text or an if), struct url outside of an address never.
 *
 * A url is made by the functions below only, from a literal path of this site, so no value can
 * name another host or a script:
 *
 *     struct url u = url_path(a, "/household/{}/note", S("hh_1"));
 *     u = url_query(a, u, "page", S("2"));
 *
 * Thread-safe: nothing is kept. A buf that is full stays full; the writer of the page checks once.
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/id.h"
#include "base/str.h"

struct url {
	struct str s;
};

/* Markup that is trusted. The only ones who may make it are files under src/web. */
struct html_raw {
	struct str s;
};

/* A day or an instant in the words of a page; unknown is an en dash. */
struct html_words {
	char s[DAY_SAY];
};
struct html_words say_day(struct day d);       /* Sat 21 Nov 2026 */
struct html_words say_day_short(struct day d); /* 21 Nov */
struct html_words say_clock(struct instant t); /* 14:02 */

/* A literal address; it begins with "/", "#" or "?". */
#define URL(lit) ((struct url){S(lit)})

/* `pattern` with each {} replaced by the next part, percent-encoded; the pattern begins with one
 * "/". Parts and {} must be as many. */
#define url_path(a, pattern, ...)                                                                                      \
	url_path_parts((a), "" pattern, (const struct str[]){__VA_ARGS__},                                             \
		       sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct url url_path_parts(struct arena *a, const char *pattern, const struct str *parts, size_t parts_n);

/* u with ?name=value or &name=value behind it; the name is a literal. */
struct url url_query(struct arena *a, struct url u, const char *name, struct str value);

/* The literal parts of a page. Inlined, because their length is known to the compiler. */
static inline void html_fixed(struct buf *out, const char *p, size_t n)
{
	if (!out->full && n <= out->cap - out->n) {
		memcpy(out->p + out->n, p, n);
		out->n += n;
	} else {
		buf_add(out, p, n);
	}
}
#define html_lit(out, lit) html_fixed((out), "" lit, sizeof(lit) - 1)

/* s with & < > " ' as character references. */
void html_escape(struct buf *out, struct str s);

void html_put_str(struct buf *out, struct str s);
void html_put_cstr(struct buf *out, const char *s); /* NULL is empty */
void html_put_i64(struct buf *out, int64_t v);
void html_put_u64(struct buf *out, uint64_t v);
void html_put_day(struct buf *out, struct day d);         /* 2026-11-21, or empty */
void html_put_instant(struct buf *out, struct instant t); /* 2026-11-21T14:02:31Z, or empty */
void html_put_words(struct buf *out, struct html_words w);
void html_put_id(struct buf *out, struct id id);
void html_put_raw(struct buf *out, struct html_raw raw);
void html_put_url(struct buf *out, struct url u);

/* clang-format off */
#define HTML_CASES                                                                                                     \
	struct str: html_put_str, const char *: html_put_cstr, char *: html_put_cstr,                                  \
	short: html_put_i64, int: html_put_i64, long: html_put_i64, long long: html_put_i64,                           \
	unsigned short: html_put_u64, unsigned: html_put_u64, unsigned long: html_put_u64,                             \
	unsigned long long: html_put_u64, struct day: html_put_day, struct instant: html_put_instant,                  \
	struct html_words: html_put_words, struct id: html_put_id
/* clang-format on */

#define html_put_quoted(out, v) _Generic((v), HTML_CASES)((out), (v))
#define html_put(out, v) _Generic((v), HTML_CASES, struct html_raw : html_put_raw)((out), (v))

#endif
