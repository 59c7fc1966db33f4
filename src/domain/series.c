#include "domain/series.h"

#include "base/arena.h"

enum { WEEK = 7, HOUR = 60, LAST_OF_MONTH = 5 };

const struct series_words series_rhythm_table[RHYTHMS_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	SERIES_RHYTHMS(X)
#undef X
};

const struct business_row business_table[BUSINESS_ITEMS_N] = {
#define X(name, key, title, what, minutes) {STR_INIT(key), STR_INIT(title), STR_INIT(what), (minutes)},
	BUSINESS_ITEMS(X)
#undef X
};

bool series_rhythm_parse(struct str key, enum series_rhythm *out)
{
	for (int i = 0; i < RHYTHMS_N; i++)
		if (str_eq(series_rhythm_table[i].key, key)) {
			*out = (enum series_rhythm)i;
			return true;
		}
	return false;
}

static const struct {
	const char *rule, *say;
} weekdays[WEEK] = {{"SU", "Sunday"},   {"MO", "Monday"}, {"TU", "Tuesday"}, {"WE", "Wednesday"},
		    {"TH", "Thursday"}, {"FR", "Friday"}, {"SA", "Saturday"}};

/* The first, second … of its weekday in the month. */
static int week_of_month(struct day d)
{
	return (day_to_ymd(d).day - 1) / WEEK + 1;
}

struct str series_rule(struct arena *a, enum series_rhythm rhythm, struct day first)
{
	const char *weekday = weekdays[day_weekday(first)].rule;
	int week = week_of_month(first);
	switch (rhythm) {
	case RHYTHM_WEEK:
		return str_fmt(a, "FREQ=WEEKLY;BYDAY=%s", weekday);
	case RHYTHM_FORTNIGHT:
		return str_fmt(a, "FREQ=WEEKLY;INTERVAL=2;BYDAY=%s", weekday);
	default:
		return str_fmt(a, "FREQ=MONTHLY%s;BYDAY=%d%s", rhythm == RHYTHM_QUARTER ? ";INTERVAL=3" : "",
			       week == LAST_OF_MONTH ? -1 : week, weekday);
	}
}

struct str series_clock(struct arena *a, int minute)
{
	return str_fmt(a, "%d:%02d", minute / HOUR, minute % HOUR);
}

struct str series_say(struct arena *a, enum series_rhythm rhythm, struct day first, int minute)
{
	static const char *const weeks[] = {"", "first", "second", "third", "fourth", "last"};
	struct str how = series_rhythm_table[rhythm].words, at = series_clock(a, minute);
	const char *weekday = weekdays[day_weekday(first)].say;
	if (rhythm == RHYTHM_WEEK || rhythm == RHYTHM_FORTNIGHT)
		return str_fmt(a, "%.*s on %s, at %.*s", STR_ARG(how), weekday, STR_ARG(at));
	return str_fmt(a, "%.*s on the %s %s, at %.*s", STR_ARG(how), weeks[week_of_month(first)], weekday,
		       STR_ARG(at));
}

void business_fill(int length, int minutes[BUSINESS_ITEMS_N])
{
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		minutes[i] = business_table[i].minutes * length / HOUR;
}

err_t business_check(struct arena *a, const int minutes[BUSINESS_ITEMS_N], int length)
{
	int sum = 0;
	for (int i = 0; i < BUSINESS_ITEMS_N; i++) {
		if (minutes[i] < 0)
			return err_new(a, ERR_INVALID, "“%.*s” cannot take less than no time.",
				       STR_ARG(business_table[i].title));
		sum += minutes[i];
	}
	if (sum > length)
		return err_new(a, ERR_INVALID,
			       "The agenda takes %d minutes and the business meeting has %d: shorten something by %d.",
			       sum, length, sum - length);
	return NULL;
}

int motion_needed(const struct motion_count *n)
{
	return (n->agencies * n->quorum + 99) / 100;
}

bool motion_quorum(const struct motion_count *n)
{
	return n->yes + n->no + n->abstain >= motion_needed(n);
}

enum motion_result motion_result(const struct motion_count *n)
{
	if (!motion_quorum(n))
		return MOTION_NO_QUORUM;
	return n->yes > n->no ? MOTION_CARRIED : MOTION_LOST;
}
