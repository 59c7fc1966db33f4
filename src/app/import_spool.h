/* A place for more than fits into memory: records dealt into parts, each part read back once.
 *
 * The first blocks stay in memory; the others go to a file without a name in the data folder, which is
 * gone when the process is, however it ends. Several workers may add at once, each under its own
 * number; the records of one worker come back in the order in which they were added.
 */
#ifndef APP_IMPORT_SPOOL_H
#define APP_IMPORT_SPOOL_H

#include "base/err.h"

struct arena;
struct spool;

enum { SPOOL_PARTS_MAX = 128, SPOOL_MEMORY = 32 << 20 };

/* `folder` takes the file, should one be needed. */
must err_t spool_new(struct arena *a, struct str folder, unsigned parts, unsigned workers, struct spool **out);
void spool_free(struct spool **s);

/* Adds n bytes to a part. */
must err_t spool_add(struct spool *s, struct arena *a, unsigned worker, unsigned part, const void *p, size_t n);

/* How many bytes a part has. Not while others add. */
size_t spool_size(const struct spool *s, unsigned part);

/* The bytes of a part, one worker's behind the other's, into `to`, which has room for spool_size. */
must err_t spool_read(struct spool *s, struct arena *a, unsigned part, char *to);

#endif
