/* Between roster.c, which fills a roster from facts, and roster_settle.c, which settles it. */
#ifndef APP_ROSTER_INSIDE_H
#define APP_ROSTER_INSIDE_H

#include "app/roster.h"

/* Sightings are told a part at a time; so many neighbouring stays share a part, then come those of the next. */
enum { SEEN_PARTS_BITS = 6, SEEN_PARTS = 1 << SEEN_PARTS_BITS, SEEN_STAYS_SHIFT = 14 };

must err_t roster_no_memory(struct arena *a);

/* Which records are of one person, as people decided. Inside a transaction. */
must err_t roster_load_links(struct roster_fill *f, struct arena *a, struct db *db);

#endif
