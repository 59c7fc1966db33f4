/* Between roster.c, which fills a roster from facts, and roster_settle.c, which settles it. */
#ifndef APP_ROSTER_INSIDE_H
#define APP_ROSTER_INSIDE_H

#include "app/roster.h"

enum { SEEN_PARTS = 64 }; /* sightings are told a part at a time */

/* How a sighting can be, beside enum seen; its code is then the score. */
enum { SEEN_SCORE = 100, SEEN_IMPAIRED };

must err_t roster_no_memory(struct arena *a);

#endif
