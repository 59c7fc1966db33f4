/* The log: one line of key=value words per event, on standard error.
 *
 * It is not printf-like on purpose: an event has a literal name and typed fields, and there is no
 * field for personal data (struct pii does not convert to any), so logging a name does not compile.
 * Text is written with everything but plain printable ASCII escaped, so a hostile value cannot
 * forge a line. Thread-safe: one write per line.
 *
 *     LOG(LOG_INFO, "server.listening", log_str("address", addr), log_int("port", port));
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
	const char *key;
	enum { LOG_FIELD_END, LOG_FIELD_STR, LOG_FIELD_INT } kind;
	struct str s;
	int64_t i;
};

static inline struct log_field log_str(const char *key, struct str s)
{
	return (struct log_field){.key = key, .kind = LOG_FIELD_STR, .s = s};
}

static inline struct log_field log_int(const char *key, int64_t i)
{
	return (struct log_field){.key = key, .kind = LOG_FIELD_INT, .i = i};
}

#define LOG(level, event, ...)                                                                                         \
	log_write((level), "" event, (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){.kind = LOG_FIELD_END}})

/* Events below the level are dropped; LOG_INFO at the start. */
void log_level_set(enum log_level level);
void log_write(enum log_level level, const char *event, const struct log_field *fields);

/* The error with its whole chain, at LOG_ERROR for an internal one and LOG_INFO otherwise. */
void log_err(const char *event, err_t e);

#endif
