#include "domain/conference.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { MINUTE = 60 };

const struct conference_state_row conference_state_table[CONFERENCE_STATE_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CONFERENCE_STATES(X)
#undef X
};

const struct conference_part_row conference_part_table[CONFERENCE_PART_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CONFERENCE_PARTS(X)
#undef X
};

bool conference_state_parse(struct str key, enum conference_state *out)
{
	for (unsigned i = 0; i < CONFERENCE_STATE_N; i++) {
		if (str_eq(conference_state_table[i].key, key)) {
			*out = (enum conference_state)i;
			return true;
		}
	}
	return false;
}

bool conference_part_parse(struct str key, enum conference_part *out)
{
	for (unsigned i = 0; i < CONFERENCE_PART_N; i++) {
		if (str_eq(conference_part_table[i].key, key)) {
			*out = (enum conference_part)i;
			return true;
		}
	}
	return false;
}

const struct conference_focus_row conference_focus_table[CONFERENCE_FOCUS_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CONFERENCE_FOCUSES(X)
#undef X
};

bool conference_focus_parse(struct str key, enum conference_focus *out)
{
	for (unsigned i = 0; i < CONFERENCE_FOCUS_N; i++) {
		if (str_eq(conference_focus_table[i].key, key)) {
			*out = (enum conference_focus)i;
			return true;
		}
	}
	return false;
}

struct str conference_title(struct arena *a, struct str region, struct str focus)
{
	enum conference_focus known;
	if (!conference_focus_parse(focus, &known))
		return str_fmt(a, "%.*s case conference", STR_ARG(region));
	return str_fmt(a, "%.*s case conference · %.*s", STR_ARG(region), STR_ARG(conference_focus_table[known].words));
}

unsigned conference_acts(enum conference_part part, enum conference_state state)
{
	enum {
		PLAN = CONFERENCE_VIEW | CONFERENCE_PREPARE,
		LEAD = CONFERENCE_DRIVE | CONFERENCE_WRITE | CONFERENCE_SETTLE | CONFERENCE_ATTENDANCE,
		RECORD = CONFERENCE_VIEW | CONFERENCE_ADDENDUM,
	};
	static const unsigned acts[CONFERENCE_PART_N][CONFERENCE_STATE_N] = {
		[PART_PROVIDER] = {CONFERENCE_VIEW, CONFERENCE_VIEW | CONFERENCE_OWN_STEPS, CONFERENCE_VIEW},
		[PART_SCRIBE] = {PLAN | CONFERENCE_DRIVE, CONFERENCE_VIEW | LEAD | CONFERENCE_OWN_STEPS, RECORD},
		[PART_FACILITATOR] = {PLAN | CONFERENCE_DRIVE, PLAN | LEAD | CONFERENCE_OWN_STEPS, RECORD},
		[PART_HOLDER] = {PLAN | CONFERENCE_DRIVE, PLAN | LEAD | CONFERENCE_OWN_STEPS, RECORD},
	};
	return acts[part][state];
}

struct day conference_midway(struct day day, struct day next)
{
	return day_add(day, (day_diff(day, next) + 1) / 2);
}

int conference_fit(int length_minutes, int fixed_minutes, int household_seconds)
{
	int left = (length_minutes - fixed_minutes) * MINUTE;
	return left <= 0 || household_seconds <= 0 ? 0 : left / household_seconds;
}

int conference_next_seconds(int left_seconds, int closing_seconds, int households_left)
{
	int left = left_seconds - closing_seconds;
	return left <= 0 || households_left <= 0 ? 0 : left / households_left;
}

int conference_behind(const struct conference_clock *c)
{
	int needed = c->opening_seconds + c->households_waiting * c->household_seconds;
	if (c->card_open && c->card_seconds < c->household_seconds)
		needed += c->household_seconds - c->card_seconds;
	int behind = needed - (c->length_seconds - c->elapsed_seconds - c->closing_seconds);
	if (behind >= 0)
		return behind;
	int saved = c->households_done * c->household_seconds - c->done_seconds;
	return saved <= 0 ? 0 : -saved > behind ? -saved : behind;
}

struct str conference_pace(struct arena *a, int behind_seconds)
{
	int minutes = abs(behind_seconds) / MINUTE;
	if (minutes == 0)
		return S("on pace");
	return str_fmt(a, "%d min %s", minutes, behind_seconds > 0 ? "behind" : "ahead");
}

struct str conference_clock_text(struct arena *a, int seconds)
{
	const char *sign = seconds < 0 ? "−" : "";
	int s = abs(seconds);
	if (s >= MINUTE * MINUTE)
		return str_fmt(a, "%s%d:%02d:%02d", sign, s / (MINUTE * MINUTE), s / MINUTE % MINUTE, s % MINUTE);
	return str_fmt(a, "%s%d:%02d", sign, s / MINUTE, s % MINUTE);
}

int conference_goal_gap(int goal, int moved_in, int dated)
{
	int gap = goal - moved_in - dated;
	return gap > 0 ? gap : 0;
}

int conference_questions(int waiting, int carried, int steps, struct str out[CONFERENCE_QUESTIONS])
{
	int n = 0;
	if (waiting >= LONG_STAY_DAYS)
		out[n++] = S("What is one thing we haven’t tried yet that we can try this week?");
	if (carried > 0)
		out[n++] = S("What was in the way, and who can help with it?");
	if (steps == 0 && n < CONFERENCE_QUESTIONS)
		out[n++] = S("What is our next step in housing them?");
	if (n < CONFERENCE_QUESTIONS)
		out[n++] = S("Who can we pull in to help?");
	if (n < CONFERENCE_QUESTIONS)
		out[n++] = S("How can we speed up this step?");
	return n;
}

static bool holds(struct str text, const char *phrase)
{
	size_t n = strlen(phrase);
	for (size_t at = 0; at + n <= text.n; at++)
		if (str_eq_nocase(str_sub(text, at, n), str_from(phrase)))
			return true;
	return false;
}

struct str conference_nudge(bool over, int steps, struct str follow_up)
{
	static const char *const standing[] = {"working with", "work with them", "keep trying", "still trying",
					       "monitoring",   "checking in",    "no change",   "no update"};
	if (steps > 0)
		return S("");
	if (over)
		return S("The time for this household is over. Shelve it, give it to a small group, or one more idea?");
	for (size_t i = 0; i < sizeof standing / sizeof *standing; i++)
		if (holds(follow_up, standing[i]))
			return S("And what is the next thing that somebody can do, and by when?");
	return S("");
}
