/* What a session is used from, in words for its owner: "Firefox on Windows". Only what stays the same from one
 * version of a browser to the next is read, so a session that comes from another device than it began on has been
 * carried there. Pure; our own reading of what browsers say about themselves. */
#ifndef APP_DEVICE_H
#define APP_DEVICE_H

#include "base/str.h"

/* `agent`: the User-Agent header. The text lives in the arena. */
struct str device_say(struct arena *a, struct str agent);

#endif
