/* Percent-encoding and the header values that are made of text from outside. */
#ifndef WEB_ENCODE_H
#define WEB_ENCODE_H

#include <stdbool.h>

#include "base/str.h"

struct buf;

/* A name or value of a form: '+' is a blank, %XX a byte. False for a broken escape or a NUL. */
bool form_decode(struct arena *a, struct str s, struct str *out);

/* A path: %XX is a byte. Written to `room`, which has at least s.n bytes. False for a broken escape,
 * control characters, bytes that are not UTF-8, an encoded '/', a backslash, and "." or ".." as a
 * segment: no route has these, and whatever asks for them means harm. */
bool path_decode(struct str s, char *room, struct str *out);

/* A Content-Disposition that offers a file under this name, in the plain and the extended
 * notation; characters that are not safe in a file name become '_'. */
struct str disposition(struct arena *a, struct str filename);

/* What stands in "a; b; c" at the start of a media type: "multipart/form-data". */
struct str media_type(struct str content_type);

#endif
