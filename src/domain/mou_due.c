#include "domain/mou_due.h"

enum mou_due mou_due_of(struct day last, struct day today)
{
	if (!day_known(last) || last.n < today.n)
		return MOU_DUE_ENDED;
	int64_t left = (int64_t)last.n - today.n;
	return left <= 7 ? MOU_DUE_7 : left <= 30 ? MOU_DUE_30 : left <= 60 ? MOU_DUE_60 : MOU_DUE_NOT;
}

struct day mou_covered_until(const struct mou_span *spans, size_t n, struct day today)
{
	struct day last = day_add(today, -1);
	for (size_t i = 0; i < n;) {
		bool goes_on = spans[i].from.n <= day_add(last, 1).n && spans[i].until.n > last.n;
		if (goes_on)
			last = spans[i].until;
		i = goes_on ? 0 : i + 1; /* whom it reaches may stand before it */
	}
	return last.n < today.n ? DAY_NONE : last;
}
