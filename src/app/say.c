#include "app/say.h"

struct str say_days_ago(struct arena *a, struct day d, struct day today)
{
	if (!day_known(d))
		return S("never");
	int32_t days = day_diff(d, today);
	if (days <= 0)
		return S("today");
	if (days == 1)
		return S("yesterday");
	return str_fmt(a, "%d days ago", days);
}

struct str say_household(struct arena *a, enum household_type type, int members)
{
	switch (type) {
	case HOUSEHOLD_ADULTS:
		return members <= 1 ? S("single adult") : str_fmt(a, "%d adults", members);
	case HOUSEHOLD_FAMILY:
		return str_fmt(a, "family of %d", members);
	case HOUSEHOLD_CHILDREN:
		return members <= 1 ? S("child or youth alone") : str_fmt(a, "%d children or youth", members);
	case HOUSEHOLD_UNKNOWN:
		break;
	}
	return members <= 1 ? S("single, age not known") : str_fmt(a, "%d people, ages not known", members);
}

struct str say_rank(struct arena *a, int rank, int of)
{
	if (rank <= 0)
		return S("no place: not active");
	int tens = rank % 100;
	const char *ending = "th";
	if (tens < 11 || tens > 13)
		ending = rank % 10 == 1 ? "st" : rank % 10 == 2 ? "nd" : rank % 10 == 3 ? "rd" : "th";
	return str_fmt(a, "%d%s of %d", rank, ending, of);
}
