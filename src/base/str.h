/* Text as a pointer and a length; not terminated, not owned. UTF-8 unless a comment says otherwise.
 *
 * A str is passed by value. {0} is the empty string. What points into an arena lives as long as
 * the arena. Functions that make new text take the arena that will hold it.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
	const char *p;
	size_t n;
};

/* A literal as str, in expressions and (STR_INIT) in static tables. */
#define STR_INIT(lit)                                                                                                  \
	{                                                                                                              \
		("" lit), sizeof(lit) - 1                                                                              \
	}
#define S(lit) ((struct str)STR_INIT(lit))

/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) ((int)(s).n), ((s).p)

struct str str_from(const char *cstr); /* NULL gives empty */
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b);        /* bytewise, shorter first on a tie */
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s);                       /* ASCII white space at both ends */
struct str str_sub(struct str s, size_t from, size_t n); /* clipped to s */

/* Splits s at the first `sep`: what stands before goes to *head, what follows to *rest, and true
 * is returned; without a `sep` *head is s, *rest is empty and false is returned. */
bool str_cut(struct str s, char sep, struct str *head, struct str *rest);

/* Whole decimal number with an optional minus; false (and *out untouched) for anything else or
 * what does not fit. */
bool str_to_i64(struct str s, int64_t *out);

struct str str_dup(struct arena *a, struct str s);
const char *str_c(struct arena *a, struct str s); /* a terminated copy */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* True where s is well-formed UTF-8 without control characters other than tab and line break. */
bool str_is_clean_text(struct str s);

/* How many code points s has; a malformed byte counts as one. */
size_t str_utf8_len(struct str s);

#endif
