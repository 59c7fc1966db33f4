/* Writes JSON into a buf, one value after the other; commas and quotes are its business.
 *
 * Keys are literals in the order given, so the output of a command never changes by accident.
 * An unknown day, an absent number or an empty optional text is null.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/day.h"

struct json {
	struct buf *out;
	bool comma; /* the next value wants a comma before it */
};

void json_open(struct json *j, const char *key, char bracket); /* '{' or '['; key NULL inside arrays */
void json_close(struct json *j, char bracket);                 /* '}' or ']' */
void json_str(struct json *j, const char *key, struct str s);
void json_str_or_null(struct json *j, const char *key, struct str s); /* empty is null */
void json_int(struct json *j, const char *key, int64_t v);
void json_bool(struct json *j, const char *key, bool v);
void json_null(struct json *j, const char *key);
void json_day(struct json *j, const char *key, struct day d);

#endif
