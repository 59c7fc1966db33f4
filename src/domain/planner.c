#include "domain/planner.h"

#include "base/buf.h"
#include "domain/conference.h"
#include "domain/cycle.h"

enum { MONTH_DAYS = 30, COVERED_MONTHS = 2, TIMES_A_MONTH = 2, MEETINGS_MOST = 4, HALF_MINUTE = 30, WORDS_MOST = 800 };
enum { LEAST_SECONDS = 180 }; /* below three minutes a household is only read out */

static int lesser(int x, int y)
{
	return x < y ? x : y;
}

static int greater(int x, int y)
{
	return x > y ? x : y;
}

static int divide_up(int x, int by)
{
	return (x + by - 1) / by;
}

static int a_month(int of_days)
{
	return divide_up(of_days * MONTH_DAYS, PLANNER_DAYS);
}

/* How many households a meeting takes at the least. */
static int fits(const struct planner_facts *f)
{
	return greater(f->work_minutes * 60 / LEAST_SECONDS, 1);
}

/* What a month brings: households, or homes for them. */
static int monthly(const struct planner_facts *f)
{
	return greater(a_month(f->came), f->openings >= 0 ? f->openings : a_month(f->moved_in));
}

struct planner_plan planner_suggest(const struct planner_facts *f)
{
	struct planner_plan p = {0};
	if (f->active == 0)
		return p;
	int most = lesser(greater(MEETINGS_MOST * fits(f) / TIMES_A_MONTH, 1), CYCLE_SIZE_MOST);
	p.size = lesser(lesser(greater(COVERED_MONTHS * monthly(f), CYCLE_SIZE), most), f->active);
	p.meetings = divide_up(TIMES_A_MONTH * p.size, fits(f));
	int seconds = p.meetings * f->work_minutes * 60 / (TIMES_A_MONTH * p.size) / HALF_MINUTE * HALF_MINUTE;
	p.seconds = lesser(greater(seconds, HOUSEHOLD_SECONDS_LEAST), HOUSEHOLD_SECONDS_MOST);
	return p;
}

static const char *plural(int n)
{
	return n == 1 ? "" : "s";
}

struct str planner_say(struct arena *a, const struct planner_plan *p)
{
	return str_fmt(a, "%d household%s, %d meeting%s a month, %d%s minutes for each.", p->size, plural(p->size),
		       p->meetings, plural(p->meetings), p->seconds / 60, p->seconds % 60 >= HALF_MINUTE ? ".5" : "");
}

struct str planner_why(struct arena *a, const struct planner_facts *f, const struct planner_plan *p)
{
	struct buf out = buf_new(a, WORDS_MOST);
	int months = COVERED_MONTHS * monthly(f);
	buf_fmt(&out,
		"%d %s on the list. In the last %d days %d came or came back, %d a month, and %d moved in, %d a month.",
		f->active, f->active == 1 ? "is" : "are", PLANNER_DAYS, f->came, a_month(f->came), f->moved_in,
		a_month(f->moved_in));
	if (f->openings >= 0)
		buf_fmt(&out, " %d opening%s expected in a month.", f->openings, f->openings == 1 ? " is" : "s are");
	buf_fmt(&out, " Two months of whichever is more make %d;", months);
	if (p->size > months)
		buf_fmt(&out, " a cycle takes ten, or all there are.");
	else if (p->size < months)
		buf_fmt(&out, " there are no more, or no time for more in four meetings a month.");
	else
		buf_fmt(&out, " that is the cycle.");
	buf_fmt(&out, " Each is spoken of twice a month, in meetings with %d minutes for the list.", f->work_minutes);
	return buf_text(&out);
}
