/* The days of something that recurs, by its rule in RFC 5545's words. */
#ifndef PAPERS_RECURRENCE_H
#define PAPERS_RECURRENCE_H

#include "base/day.h"
#include "base/err.h"

/* The first `most` days of the rule that are `from` or later, counted from its first day on; fewer where the rule ends.
 * Looks no further than a few thousand recurrences ahead, so it ends for any rule. ERR_INVALID: no rule. */
must err_t recurrence_days(struct arena *a, struct str rule, struct day first, struct day from, size_t most,
			   struct day *out, size_t *n);

#endif
