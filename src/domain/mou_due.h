/* When what was signed for a time is to be renewed: 60, 30 and 7 days before its last day, and once it has ended
 * (requirements P2: "reminders 60/30/7 days before end; access stops on lapse"; P8: the yearly agreement).
 *
 *     struct day last = mou_covered_until(spans, n, today);       (DAY_NONE: not covered today)
 *     enum mou_due due = mou_due_of(last, today);
 */
#ifndef DOMAIN_MOU_DUE_H
#define DOMAIN_MOU_DUE_H

#include <stddef.h>

#include "base/day.h"

enum mou_due { MOU_DUE_NOT, MOU_DUE_60, MOU_DUE_30, MOU_DUE_7, MOU_DUE_ENDED };

/* `last` is the last day on which it holds; DAY_NONE: there is none, which is MOU_DUE_ENDED. */
enum mou_due mou_due_of(struct day last, struct day today);

struct mou_span {
	struct day from, until; /* both days are in it */
};

/* The last day of the time without a gap in which some span holds, beginning today; DAY_NONE: none holds today. A span
 * that begins on the day behind another's last one goes on from it. */
struct day mou_covered_until(const struct mou_span *spans, size_t n, struct day today);

#endif
