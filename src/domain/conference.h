/* A case conference: its states, its roles and its arithmetic of minutes.
 *
 * Everything is computed anew at every step from what is left, so a meeting that started late, a card
 * that ran over or a clock that jumped corrects itself with the next card. Times are seconds, counted
 * from the start that was pressed; a length, an agenda part and the plan per household are what
 * people agreed on, in minutes or seconds as named.
 */
#ifndef DOMAIN_CONFERENCE_H
#define DOMAIN_CONFERENCE_H

#include <stdbool.h>

#include "base/day.h"
#include "base/str.h"

/* Key as stored, words. */
#define CONFERENCE_STATES(X)                                                                                           \
	X(CONFERENCE_PLANNED, "planned", "planned")                                                                    \
	X(CONFERENCE_LIVE, "live", "running")                                                                          \
	X(CONFERENCE_CLOSED, "closed", "closed")

enum conference_state {
#define X(name, key, words) name,
	CONFERENCE_STATES(X)
#undef X
		CONFERENCE_STATE_N
};

struct conference_state_row {
	struct str key;
	struct str words;
};

extern const struct conference_state_row conference_state_table[CONFERENCE_STATE_N];

bool conference_state_parse(struct str key, enum conference_state *out);

/* What somebody is in one conference. Facilitator: "leads the case conference and manages
 * discussion"; scribe: "takes notes and documentation; plans for action steps"; provider: "bring
 * resources and ideas; commit to action" (case conferencing training, Individual Roles). */
#define CONFERENCE_PARTS(X)                                                                                            \
	X(PART_NONE, "none", "")                                                                                       \
	X(PART_PROVIDER, "provider", "provider")                                                                       \
	X(PART_SCRIBE, "scribe", "scribe")                                                                             \
	X(PART_FACILITATOR, "facilitator", "facilitator")                                                              \
	X(PART_HOLDER, "holder", "list holder")

enum conference_part {
#define X(name, key, words) name,
	CONFERENCE_PARTS(X)
#undef X
		CONFERENCE_PART_N
};

struct conference_part_row {
	struct str key;
	struct str words;
};

extern const struct conference_part_row conference_part_table[CONFERENCE_PART_N];

bool conference_part_parse(struct str key, enum conference_part *out);

/* What a meeting is about: "Choose your focus" (case conferencing training). Key as stored, words. */
#define CONFERENCE_FOCUSES(X)                                                                                          \
	X(FOCUS_HIGHEST, "highest", "Highest priority")                                                                \
	X(FOCUS_BARRIER, "barrier", "System barrier")                                                                  \
	X(FOCUS_RESOURCE, "resource", "Resource available")

enum conference_focus {
#define X(name, key, words) name,
	CONFERENCE_FOCUSES(X)
#undef X
		CONFERENCE_FOCUS_N
};

struct conference_focus_row {
	struct str key;
	struct str words;
};

extern const struct conference_focus_row conference_focus_table[CONFERENCE_FOCUS_N];

bool conference_focus_parse(struct str key, enum conference_focus *out);

/* What a conference is called, also before the door: "Region 4 case conference · Highest priority". The
 * region's name and the focus alone, so that nothing typed about anybody stands there; a key that is not
 * known adds nothing. */
struct str conference_title(struct arena *a, struct str region, struct str focus);

/* What a part may do. Everything else about a person (names) is domain/access. */
enum conference_act {
	CONFERENCE_VIEW = 1 << 0,       /* see the meeting */
	CONFERENCE_PREPARE = 1 << 1,    /* plan it, change the agenda */
	CONFERENCE_DRIVE = 1 << 2,      /* start, open a card, next, close */
	CONFERENCE_WRITE = 1 << 3,      /* every field of every card */
	CONFERENCE_SETTLE = 1 << 4,     /* choose between two texts */
	CONFERENCE_OWN_STEPS = 1 << 5,  /* answer one's own agency's steps, add steps and offers where it serves */
	CONFERENCE_ATTENDANCE = 1 << 6, /* check others in and out */
	CONFERENCE_ADDENDUM = 1 << 7,   /* add to a locked record */
};

/* The acts of a part in a conference of that state; a closed one is read and added to, no more. */
unsigned conference_acts(enum conference_part part, enum conference_state state);

/* Half-way from one meeting to the next, when people hear how far the steps are; later than the first day. */
struct day conference_midway(struct day day, struct day next);

/* Households that fit = (length − fixed items) ÷ minutes per household, rounded down; never below 0. */
int conference_fit(int length_minutes, int fixed_minutes, int household_seconds);

/* Seconds for the next card = (time left − closing) ÷ households left, the next one included; 0 when
 * nothing is left of either. */
int conference_next_seconds(int left_seconds, int closing_seconds, int households_left);

struct conference_clock {
	int length_seconds;
	int elapsed_seconds;
	int opening_seconds;   /* what is left of the parts before the list */
	int closing_seconds;   /* what stands on the agenda behind the list */
	int household_seconds; /* the plan */
	int households_waiting;
	bool card_open;
	int card_seconds;    /* used on the open card */
	int households_done; /* cards that were closed */
	int done_seconds;    /* used on those */
};

/* Seconds behind the plan (negative: ahead). Behind by what the opening and the households that are left would
 * take as planned, less the time that is left for them; an open card counts with what remains of its planned
 * time. Ahead only by what the cards that are done took less than planned: minutes that the agenda has to spare, or
 * that the opening did not use, are no progress. They go to the next cards (conference_next_seconds). */
int conference_behind(const struct conference_clock *c);

/* "on pace" within a minute, else "2 min behind", "3 min ahead". */
struct str conference_pace(struct arena *a, int behind_seconds);

/* "3:30"; an hour and more as "1:05:00"; negative as "−0:20". */
struct str conference_clock_text(struct arena *a, int seconds);

/* Goal gap = max(0, goal − moved in this month − distinct households with a target date from today to
 * month end that have not moved in). */
int conference_goal_gap(int goal, int moved_in, int dated);

/* A length of one household in the plan. */
enum { HOUSEHOLD_SECONDS = 210, HOUSEHOLD_SECONDS_LEAST = 60, HOUSEHOLD_SECONDS_MOST = 1800 };

/* The questions for the room, the one that fits first: `waiting` days on the list, `carried` steps
 * that nobody has answered, `steps` recorded today. Up to three, the number is returned. ("An
 * essential question for long-stayers: what is one thing we haven't tried yet that we can try this
 * week?", the same training, Action Items.) */
enum { CONFERENCE_QUESTIONS = 3, LONG_STAY_DAYS = 180 };
int conference_questions(int waiting, int carried, int steps, struct str out[CONFERENCE_QUESTIONS]);

/* A line that helps when a card stands still, and never blocks; empty where it goes well. Over its time without a step
 * from today: shelf, small group or one more idea (Action Items, "know when it's time to …"). A follow-up that says no
 * more than that somebody works with them is asked for what comes next ("Redirect to solutions"). */
struct str conference_nudge(bool over, int steps, struct str follow_up);

#endif
