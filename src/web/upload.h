/* Reads a multipart/form-data body while it arrives: files go to unlinked temporary files in the
 * data folder, so that an upload that is cut off leaves nothing; other fields stay in memory under
 * the limits of a form. Used by the event loop; read by the worker afterwards. */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include <microhttpd.h>

#include "web/form.h"

struct upload_reader;

/* NULL where the request is not multipart/form-data or memory is short. `folder` outlives it. */
struct upload_reader *upload_open(struct MHD_Connection *connection, const struct form_spec *form, const char *folder,
				  int64_t max_bytes);

/* The next bytes of the body. Once something is wrong the rest is dropped. */
void upload_feed(struct upload_reader *u, const char *p, size_t n);

/* Ends the reading. 0, or the status and the sentence of what is wrong. */
int upload_end(struct upload_reader *u, const char **say);

/* What was sent: pairs in the arena, files where the reader keeps them. */
size_t upload_pairs(const struct upload_reader *u, struct arena *a, struct form_pair **pairs);
size_t upload_files(struct upload_reader *u, struct upload **files);

/* Closes every file that was not taken. */
void upload_close(struct upload_reader **u);

#endif
