#include "hmis/demo_history.h"

enum { THREE_YEARS = 1096, INSTITUTION_BREAK = 90, OTHER_BREAK = 7, MONTHS_MORE = 113, TOLD_MONTHS = 4 };

static bool is_homeless(int situation)
{
	return situation >= 100 && situation < 200;
}

/* Nights elsewhere that do not end a time without a home (24 CFR 578.3). */
static bool is_no_break(const struct demo_segment *s)
{
	bool institution = s->situation >= 200 && s->situation < 300;
	return day_diff(s->from, s->to) < (institution ? INSTITUTION_BREAK : OTHER_BREAK);
}

static int covering(const struct demo_history *h, struct day night)
{
	for (int i = h->segments_n - 1; i >= 0; i--) {
		if (h->segments[i].from.n <= night.n && night.n < h->segments[i].to.n)
			return i;
	}
	return -1;
}

/* The first night of the unbroken time without a home that segment i is the end of. */
static struct day run_start(const struct demo_history *h, int i)
{
	struct day start = h->segments[i].from;
	for (int j = i - 1; j >= 0 && h->segments[j].to.n >= h->segments[j + 1].from.n; j--) {
		if (is_homeless(h->segments[j].situation))
			start = h->segments[j].from;
		else if (!is_no_break(&h->segments[j]))
			break;
	}
	return start;
}

/* How often and how many days in the three years before `entry`. */
static int count_runs(const struct demo_history *h, struct day entry, int *days)
{
	struct day window = day_add(entry, -THREE_YEARS);
	int runs = 0;
	bool running = false;
	*days = 0;
	for (int i = 0; i < h->segments_n && h->segments[i].from.n < entry.n; i++) {
		const struct demo_segment *s = &h->segments[i];
		struct day from = day_max(s->from, window);
		struct day to = day_min(s->to, entry);
		bool gap = i > 0 && h->segments[i - 1].to.n < s->from.n;
		if (!is_homeless(s->situation) && !is_no_break(s))
			running = false;
		if (to.n <= from.n || !is_homeless(s->situation))
			continue;
		runs += !running || gap;
		running = true;
		*days += day_diff(from, to);
	}
	return runs;
}

static int length_code(int nights)
{
	return nights < 2 ? 10 : nights < 7 ? 11 : nights < 30 ? 2 : nights < 90 ? 3 : nights < 365 ? 4 : 5;
}

static bool is_street_type(enum project_type type)
{
	return type == TYPE_SHELTER || type == TYPE_NIGHTS || type == TYPE_OUTREACH || type == TYPE_SAFE_HAVEN;
}

struct demo_prior demo_prior_of(const struct demo_history *h, const struct demo_stay *s, enum project_type type)
{
	struct demo_prior p = {99, 99, -1, -1, DAY_NONE, 99, 99};
	int i = covering(h, day_add(s->entry, -1));
	if (i < 0)
		return p;
	const struct demo_segment *before = &h->segments[i];
	int nights = day_diff(before->from, s->entry);
	p.situation = before->situation;
	p.length_of_stay = length_code(nights);
	bool homeless = is_homeless(before->situation);
	bool came_from_street =
		i > 0 && is_homeless(h->segments[i - 1].situation) && h->segments[i - 1].to.n == before->from.n;
	if (homeless) {
		p.to_street = run_start(h, i);
	} else if (is_street_type(type)) {
		p.to_street = s->entry;
	} else {
		bool institution = before->situation >= 200 && before->situation < 300;
		p.under_threshold = nights < (institution ? INSTITUTION_BREAK : OTHER_BREAK);
		if (p.under_threshold)
			p.previous_street = came_from_street;
		if (p.previous_street == 1)
			p.to_street = run_start(h, i - 1);
	}
	if (!day_known(p.to_street))
		return p;
	int days;
	int times = count_runs(h, s->entry, &days) + (p.to_street.n == s->entry.n) + h->told_times;
	int months = times <= 1 ? day_month(s->entry) - day_month(p.to_street) + 1 : days / 30 + 1;
	months += h->told_times * TOLD_MONTHS;
	p.times = times < 1 ? 1 : times > 4 ? 4 : times;
	p.months = months > MONTHS_MORE - 100 ? MONTHS_MORE : 100 + months;
	return p;
}
