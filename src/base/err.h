/* Errors are values.
 *
 * A function that can fail returns err_t and is declared `must`: NULL is success, anything else a
 * chain in the arena that was given. Results come last among the parameters and are untouched on
 * failure.
 *
 *     must err_t region_find(struct db *db, struct arena *a, struct str id, struct region *out);
 *     ...
 *     TRY(region_find(db, a, id, &region));
 *
 * `say` is one clear sentence for the person: what is wrong and what to do. `detail` is for the
 * operator's log. Neither holds personal data. Only the outermost frame logs; only the
 * transaction runner retries.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

#define must __attribute__((warn_unused_result))

/* One list: class, exit code (byname(1)), HTTP status, name in logs. */
#define ERR_CLASSES(X)                                                                                                 \
	X(ERR_INTERNAL, 1, 500, "internal")                                                                            \
	X(ERR_INVALID, 2, 422, "invalid")                                                                              \
	X(ERR_DENIED, 3, 403, "denied")                                                                                \
	X(ERR_MISSING, 4, 404, "missing")                                                                              \
	X(ERR_CONFLICT, 5, 409, "conflict")                                                                            \
	X(ERR_RETRY, 6, 503, "retry")

enum err_class {
#define X(name, exit_code, http, text) name = exit_code,
	ERR_CLASSES(X)
#undef X
};

struct err {
	enum err_class class;
	struct str say;
	struct str detail;
	const struct err *cause;
};

typedef const struct err *err_t;

#define TRY(expr)                                                                                                      \
	do {                                                                                                           \
		err_t try_err_ = (expr);                                                                               \
		if (try_err_ != NULL)                                                                                  \
			return try_err_;                                                                               \
	} while (0)

/* A new error; the text is the sentence for the person. */
must err_t err_new(struct arena *a, enum err_class class, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* An internal error: the person gets a fixed sentence, the text goes to the log. */
must err_t err_internal(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same failure seen from further up, with a better sentence; the class of `cause` is kept. */
must err_t err_wrap(struct arena *a, err_t cause, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* e with a detail for the log, which it may not have yet. */
must err_t err_with_detail(struct arena *a, err_t e, struct str detail);

int err_exit_code(enum err_class c);
int err_http_status(enum err_class c);
const char *err_name(enum err_class c);

/* Every sentence and detail of the chain, outermost first, "; " between: for the log. */
struct str err_describe(struct arena *a, err_t e);

/* The analyzer sees one file at a time: that what is made here is never NULL, it must be told. */
#ifdef __clang_analyzer__
extern const struct err err_made;
#define err_new(...) ((void)err_new(__VA_ARGS__), &err_made)
#define err_internal(...) ((void)err_internal(__VA_ARGS__), &err_made)
#define err_wrap(...) ((void)err_wrap(__VA_ARGS__), &err_made)
#define err_with_detail(...) ((void)err_with_detail(__VA_ARGS__), &err_made)
#endif

#endif
