#include "domain/timely.h"

#include "base/arena.h"

enum { YEAR = 365, TWO_MONTHS = 60, THREE_MONTHS = 90 };

const char *timely_kind_say(enum timely_kind k)
{
	static const char *const say[] = {
#define X(name, say) say,
		TIMELY_KINDS(X)
#undef X
	};
	return say[k];
}

unsigned timely_bucket(struct day event, struct day created, struct day exported)
{
	if (!day_known(event) || !day_known(created) || !day_known(exported) || event.n > exported.n ||
	    event.n <= exported.n - YEAR)
		return TIMELY_NONE;
	int32_t days = created.n - event.n;
	if (days < 0)
		return TIMELY_BEFORE;
	if (days <= TIMELY_EXACT)
		return TIMELY_SAME + (unsigned)days;
	return days <= TWO_MONTHS ? TIMELY_60 : days <= THREE_MONTHS ? TIMELY_90 : TIMELY_OVER;
}

void timely_sum(const int64_t counts[TIMELY_BUCKETS], int days, struct timely *out)
{
	struct timely t = {.median = TIMELY_NONE};
	for (int b = TIMELY_BEFORE; b < TIMELY_BUCKETS; b++) {
		t.n += counts[b];
		if (b <= TIMELY_SAME + (days < TIMELY_EXACT ? days : TIMELY_EXACT))
			t.within += counts[b];
	}
	int64_t sum = 0;
	for (int b = TIMELY_BEFORE; b < TIMELY_BUCKETS && t.median == TIMELY_NONE && t.n > 0; b++) {
		sum += counts[b];
		if (2 * sum >= t.n)
			t.median = b;
	}
	t.share = t.n > 0 ? (int)(t.within * 100 / t.n) : 0;
	*out = t;
}

struct str timely_say(struct arena *a, int bucket)
{
	switch (bucket) {
	case TIMELY_NONE:
		return (struct str){0};
	case TIMELY_BEFORE:
		return S("before the day");
	case TIMELY_SAME:
		return S("the same day");
	case TIMELY_SAME + 1:
		return S("1 day");
	case TIMELY_60:
		return S("31 to 60 days");
	case TIMELY_90:
		return S("61 to 90 days");
	case TIMELY_OVER:
		return S("over 90 days");
	default:
		return str_fmt(a, "%d days", bucket - TIMELY_SAME);
	}
}
