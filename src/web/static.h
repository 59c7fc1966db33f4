/* Assets: style sheets, scripts, fonts and pictures that are packed into the binary.
 *
 * Their path holds a hash of their bytes, so they may be kept for a year. They are answered in the
 * event loop, compressed as the browser accepts it, without a worker or a session.
 */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include "base/str.h"

struct asset {
	const char *path; /* "/assets/byname.3f9a12.css" */
	const char *type; /* "text/css; charset=utf-8" */
	const char *etag; /* "\"3f9a12\"" with its quotes */
	struct str plain;
	struct str gzip;   /* empty: not worth it */
	struct str brotli; /* empty: not worth it */
};

enum encoding { ENCODING_PLAIN, ENCODING_GZIP, ENCODING_BROTLI };

/* The asset of a path, or NULL. The table is sorted by path. */
const struct asset *asset_find(const struct asset *assets, size_t n, struct str path);

/* The best encoding that this asset has and an Accept-Encoding header takes; q=0 refuses. */
enum encoding asset_encoding(const struct asset *asset, struct str accept);

/* True where an If-None-Match header names this etag, or is "*". */
bool etag_matches(struct str if_none_match, const char *etag);

#endif
