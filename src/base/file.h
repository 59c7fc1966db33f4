/* A small file that somebody names, read whole. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"

struct arena;

/* The bytes of a regular file of at most `most` bytes. ERR_MISSING: there is none; ERR_INVALID: it is not
 * a file, too large, or cannot be read. */
must err_t file_read(struct arena *a, const char *path, size_t most, struct str *out);

#endif
