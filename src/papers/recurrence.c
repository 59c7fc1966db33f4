#include "papers/recurrence.h"

#include <libical/ical.h>

#include "base/arena.h"

enum { LOOKS_MOST = 4000 };

err_t recurrence_days(struct arena *a, struct str rule, struct day first, struct day from, size_t most, struct day *out,
		      size_t *n)
{
	struct ymd ymd = day_to_ymd(first);
	struct icalrecurrencetype recurs = icalrecurrencetype_from_string(str_c(a, rule));
	struct icaltimetype start = icaltime_null_date();
	start.year = ymd.year;
	start.month = ymd.month;
	start.day = ymd.day;
	icalrecur_iterator *it = recurs.freq == ICAL_NO_RECURRENCE ? NULL : icalrecur_iterator_new(recurs, start);
	if (it == NULL)
		return err_new(a, ERR_INVALID, "How often they meet cannot be read. Choose it again.");
	*n = 0;
	for (int looks = 0; looks < LOOKS_MOST && *n < most; looks++) {
		struct icaltimetype t = icalrecur_iterator_next(it);
		struct day d;
		if (icaltime_is_null_time(t))
			break;
		if (day_from_ymd(t.year, t.month, t.day, &d) && d.n >= from.n)
			out[(*n)++] = d;
	}
	icalrecur_iterator_free(it);
	return NULL;
}
