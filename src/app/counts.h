/* Counts for everybody, also for those who see no person: households per region and lane. */
#ifndef APP_COUNTS_H
#define APP_COUNTS_H

#include "app/list.h"

/* One count as it may be shown: a small one, and one that would give a small one away, is hidden. */
struct count {
	int64_t n;
	bool hidden;
};

struct count_row {
	struct str region;
	struct count lanes[LIST_LANES_N];
};

struct counts_view {
	struct day as_of;
	struct count_row *rows; /* regions in their order, then the unassigned, then all */
	size_t rows_n;
	bool hidden;  /* some count is hidden */
	bool rounded; /* to whole tens */
};

/* Roles that may see the list get every count; others (lead agencies, administrators) get none
 * under eleven, nor one from which such a one would follow (domain/access.h), and the others in whole tens, as the
 * page is made anew each day and the difference of two days is a small count. */
must err_t app_counts(struct call *c, struct counts_view *out);

#endif
