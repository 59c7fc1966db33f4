/* Where a request says it comes from and goes to.
 *
 * These checks stand beside the CSRF token, not instead of it: each browser sends some of these
 * headers and no browser sends all of them always.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include <stdbool.h>

#include "base/str.h"

/* True where `hosts` (comma-separated, with or without a port) names the Host header, or is empty. */
bool host_allowed(struct str hosts, struct str host);

/* False for an unsafe request that another site made. Sec-Fetch-Site decides where the browser
 * sends it; else Origin is compared with Host. "null" as Origin is what our own forms send, since
 * our pages ask browsers not to send a referrer: it decides nothing. */
bool origin_allowed(struct str fetch_site, struct str origin, struct str host);

/* A link in a mail or calendar: the browser follows it without our Strict cookie. */
bool came_from_elsewhere(struct str fetch_site, struct str fetch_mode);

#endif
