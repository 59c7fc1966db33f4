#include "domain/chtime.h"

#include "domain/night_set.h"

/* TimesHomelessPastThreeYears and MonthsHomelessPastThreeYears, lists 3.917.4 and 3.917.5. */
enum { TIMES_FOUR = 4, MONTHS_ONE = 101, MONTHS_TWELVE = 112, MONTHS_MORE = 113, EPISODES = 4 };

const char *chtime_gap_say(enum chtime_gap gap)
{
	static const char *const say[] = {
#define X(name, text) [name] = text,
		CHTIME_GAPS(X)
#undef X
	};
	return say[gap];
}

const char *chtime_say(int time, int status)
{
	switch (time) {
	case CHTIME_NOT_ASKED:
		return "not asked about a child who does not head a household";
	case CHTIME_SAID:
		return "four times and twelve months or more by their own answers at an entry within the last year";
	case CHTIME_YEAR:
		if (status == 1)
			return "one episode of a year or more that ended within the last year";
		return status == 2 ? "a year or more in four or more episodes"
				   : "a year or more, in fewer than four episodes";
	case CHTIME_NEAR:
		return "270 to 364 days";
	default:
		return "under 270 days";
	}
}

static bool is_shelter(int type)
{
	return type == PROJECT_SHELTER || type == PROJECT_NIGHT_SHELTER || type == PROJECT_SAFE_HAVEN;
}

static bool is_housing(int type)
{
	return type == PROJECT_RAPID || type == PROJECT_SUPPORTIVE;
}

bool chtime_type(int type)
{
	return is_shelter(type) || is_housing(type) || type == PROJECT_TRANSITIONAL;
}

/* A bed night of the stay, or DAY_NONE: not before entry, not on the day of exit or later. */
static struct day bed_night(const struct night_stay *s, struct night_seen seen)
{
	struct day day = night_day(seen);
	bool within = day.n >= s->entry.n && (!day_known(s->exit) || day.n < s->exit.n);
	return night_kind(seen) == NIGHT_KIND_BED && within ? day : DAY_NONE;
}

struct day chtime_last_active(const struct night_stay *stays, size_t n, struct day as_of)
{
	struct day last = DAY_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct night_stay *s = &stays[i];
		if (!chtime_type(s->type) || s->entry.n > as_of.n)
			continue;
		struct day day = day_known(s->exit) && s->exit.n <= as_of.n ? s->exit : as_of;
		struct day night = DAY_NONE;
		for (size_t k = 0; k < s->seen_n && s->type == PROJECT_NIGHT_SHELTER; k++) {
			struct day seen = bed_night(s, s->seen[k]);
			if (seen.n <= as_of.n)
				night = day_max(night, seen);
		}
		if (day_known(night))
			day = night.n < as_of.n ? day_add(night, 1) : as_of;
		last = day_max(last, day);
	}
	return day_known(last) ? last : as_of;
}

static bool in_window(const struct night_stay *s, const struct chtime *c)
{
	return chtime_type(s->type) && s->entry.n <= c->last.n && (!day_known(s->exit) || s->exit.n > c->first.n);
}

struct work {
	struct night_set counted;  /* before anything is taken away */
	struct night_set excluded; /* in transitional housing, or housed */
};

/* Self-reported nights: before entry, and in housing until the move-in. */
static void add_said(struct work *w, const struct night_stay *s, const struct chtime *c)
{
	bool asked = is_shelter(s->type) ? situation_is_homeless(s->living) : night_from_homeless(s);
	if (!day_known(s->said) || s->entry.n <= c->first.n || !asked)
		return;
	if (!is_housing(s->type))
		night_set_add(&w->counted, s->said, day_add(s->entry, -1));
	else if (day_known(s->move_in))
		night_set_add(&w->counted, s->said, day_add(s->move_in, -1));
	else
		night_set_add(&w->counted, s->said, night_last(s, c->last));
}

static void add_stay(struct work *w, const struct night_stay *s, const struct chtime *c)
{
	struct day last = night_last(s, c->last);
	switch (s->type) {
	case PROJECT_SHELTER:
	case PROJECT_SAFE_HAVEN:
		night_set_add(&w->counted, s->entry, last);
		break;
	case PROJECT_NIGHT_SHELTER:
		for (size_t k = 0; k < s->seen_n; k++) {
			struct day night = bed_night(s, s->seen[k]);
			if (day_known(night))
				night_set_add(&w->counted, night, night);
		}
		break;
	case PROJECT_TRANSITIONAL:
		night_set_add(&w->excluded, s->entry, last);
		break;
	default:
		if (day_known(s->move_in))
			night_set_add(&w->excluded, s->move_in, last);
		break;
	}
	add_said(w, s, c);
}

/* The first answer at entry that is missing where it could have changed the outcome. */
static enum chtime_gap gap_of(const struct night_stay *s)
{
	bool shelter = is_shelter(s->type);
	bool brief = !shelter && night_brief(s);
	if (day_known(s->said) && s->said.n > s->entry.n)
		return CHTIME_STREET_LATE;
	if (s->living < 100)
		return CHTIME_NO_SITUATION;
	if (s->los == 8 || s->los == 9 || s->los == CODE_MISSING)
		return CHTIME_NO_LENGTH;
	if (brief && s->from_street != CODE_NO && s->from_street != CODE_YES)
		return CHTIME_NO_BEFORE;
	if (!shelter && !situation_is_homeless(s->living) && !(brief && s->from_street == CODE_YES))
		return CHTIME_COMPLETE;
	if (!day_known(s->said))
		return CHTIME_NO_STREET;
	if (s->times < 1 || s->times > TIMES_FOUR)
		return CHTIME_NO_TIMES;
	return s->months < MONTHS_ONE || s->months > MONTHS_MORE ? CHTIME_NO_MONTHS : CHTIME_COMPLETE;
}

static bool in_last_year(const struct chtime *c, struct day day)
{
	return day.n > day_add_years(c->last, -1).n;
}

static bool said_enough(const struct chtime *c, const struct night_stay *s)
{
	return s->times == TIMES_FOUR && (s->months == MONTHS_TWELVE || s->months == MONTHS_MORE) &&
	       in_last_year(c, s->entry);
}

static void decide(const struct night_stay *stays, size_t n, struct chtime *c)
{
	bool unbroken = false;
	bool said = false;
	for (size_t i = 0; i < c->episodes.n; i++) {
		int32_t days = day_diff(c->episodes.of[i].first, c->episodes.of[i].last) + 1;
		unbroken |= days >= CHTIME_YEAR && in_last_year(c, c->episodes.of[i].last);
		c->days += days;
	}
	for (size_t i = 0; i < n; i++)
		said |= in_window(&stays[i], c) && said_enough(c, &stays[i]);
	c->time = c->days >= CHTIME_YEAR ? CHTIME_YEAR : c->days >= CHTIME_NEAR ? CHTIME_NEAR : 0;
	if (unbroken) {
		c->status = 1;
	} else if (c->days >= CHTIME_YEAR && c->episodes.n >= EPISODES) {
		c->status = 2;
	} else if (said) {
		c->time = CHTIME_SAID;
		c->status = 2;
	} else {
		c->status = c->time == CHTIME_YEAR ? 3 : CHTIME_STATUS_NONE;
		for (size_t i = 0; i < n && c->gap == CHTIME_COMPLETE; i++) {
			c->gap = in_window(&stays[i], c) ? gap_of(&stays[i]) : CHTIME_COMPLETE;
			c->gap_stay = (uint32_t)i;
		}
		if (c->gap != CHTIME_COMPLETE)
			c->status = CHTIME_STATUS_MISSING;
	}
}

void chtime_work(struct arena *a, const struct night_stay *stays, size_t n, struct day last, bool counts,
		 struct chtime *out)
{
	*out = (struct chtime){
		.first = nights_window(last), .last = last, .time = CHTIME_NOT_ASKED, .status = CHTIME_STATUS_NONE};
	if (!counts)
		return;
	struct work w = {.counted = {.first = out->first, .last = last},
			 .excluded = {.first = out->first, .last = last}};
	for (size_t i = 0; i < n; i++)
		if (in_window(&stays[i], out))
			add_stay(&w, &stays[i], out);
	night_set_cut(&w.counted, &w.excluded);
	night_set_runs(&w.counted, NIGHTS_APART, a, &out->episodes);
	decide(stays, n, out);
}
