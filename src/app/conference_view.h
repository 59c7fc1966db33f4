/* What somebody sees of a conference: plain structs in which the viewer's rights are already applied.
 *
 * Names stand only where domain/access decided so; everybody else reads the household's code, and free
 * text with the names taken out. The facilitator and the scribe read free text as it was written,
 * because they write it.
 */
#ifndef APP_CONFERENCE_VIEW_H
#define APP_CONFERENCE_VIEW_H

#include "app/card_match.h"
#include "app/conference.h"
#include "app/figures.h"
#include "app/household.h"
#include "app/pulse.h"
#include "app/question.h"
#include "app/scan.h"
#include "app/stage.h"
#include "domain/barrier.h"
#include "domain/card.h"
#include "domain/step.h"

/* One line of the queue. */
struct queue_row {
	struct str card_id;
	int number;        /* 1, 2, 3 … */
	struct str called; /* "Joe Smith" or "Household Maple 4821" */
	int others;        /* further members */
	struct str days;   /* "267 days" */
	struct str tag;    /* "now", "action set", "to 1 Dec", "to reconnect"; may be empty */
	bool done;         /* done or shelved */
	bool shelved;
	bool now;      /* the card that is open for all */
	bool selected; /* the card this view shows */
};

struct card_step {
	struct str id;
	struct str words;
	struct str owner; /* name; empty: none */
	struct str owner_id;
	struct str agency;
	bool victim_agency;   /* it is a victim service provider */
	struct str due;       /* "Mon 23 Nov 2026"; empty: none */
	struct str due_iso;   /* for a date input */
	struct str state;     /* "done", "not yet" */
	struct str state_key; /* "done", "not_yet" */
	struct str lacks;     /* "an owner and a date"; empty: nothing */
	struct str read_back; /* the sentence; to who may confirm */
	int overdue_days;
	bool here;      /* agreed in this conference */
	bool answered;  /* somebody said in this conference what became of it */
	bool confirmed; /* was read back */
	bool can_answer;
	bool can_confirm;
	bool can_change;
};

struct chip_row {
	struct str key;
	struct str label;
	bool on;
};

struct card_target {
	struct str day; /* "Fri 4 Dec 2026" */
	struct str by;
	struct str at; /* day it was set */
	bool holds;
};

/* A date to choose with one press. */
struct day_choice {
	struct str label; /* "+1 week" */
	struct str say;   /* "Fri 4 Dec 2026" */
	struct str iso;
};

struct note_row {
	struct str kind; /* "note", "decision", "offer", "addendum" */
	struct str words;
	struct str by;
	struct str agency;
	struct str at;     /* "14:02", an addendum with its day */
	struct str called; /* the household it is about; empty: the meeting */
};

struct conflict_row {
	struct str id;
	struct str field;     /* "follow_up" */
	struct str stands;    /* what the field says */
	struct str words;     /* what the other typed */
	struct str both;      /* one under the other, to be settled from */
	int64_t version;      /* of the field, to settle over */
	struct str by;        /* who typed the words that wait */
	struct str stands_by; /* who wrote what stands; empty: nobody did */
	bool mine;
};

/* What the person is to hear. */
struct card_tell {
	struct str words; /* empty: nothing yet */
	struct str way, way_key;
	struct str teller, teller_id; /* empty: nobody tells now */
	struct str agency;
	bool victim;        /* that agency is a victim service provider */
	bool nobody;        /* `words` say why they are not told */
	struct str rewrite; /* a gentle suggestion; to who writes */
};

/* What they were to hear after an earlier conference. */
struct card_told {
	struct str card; /* of that conference; empty: there was nothing, or it is answered */
	struct str day;
	struct str words;
	struct str way, way_key;
	struct str teller;
	bool nobody;
	struct str answer; /* key; empty: nobody has said */
	struct str answer_words;
	struct str said; /* what they said */
	bool can_answer;
};

enum { DAY_CHOICES = 3 };

struct card_view {
	struct str id;
	struct household_face face;
	struct str called;     /* heading: name or "Household Maple 4821" */
	struct str short_name; /* "Joe" or "the household", for the questions of the steps */
	struct str read_aloud;
	struct str aloud;     /* "Household Juniper": how it is called in this meeting where its name may not be said */
	bool name_aloud;      /* to who leads: everybody in the room may hear the name */
	struct str own_words; /* what the person wishes for, as they said it; to who may read notes; empty: nothing */
	struct str contact;   /* "4 days ago" */
	struct str place;     /* "5th of 214" */
	struct str since;     /* "20 October": day of the last meeting; empty: none */
	int number;
	bool now; /* open for all */
	bool done;
	bool shelved;
	bool done_follow_up, done_barrier, done_step, done_target, done_review, done_tell;
	int current;           /* the first of the six steps that is not done: 1 to 6; 7: all are */
	struct card_tell tell; /* with a draft where nothing is written yet, to who writes */
	struct card_told told;

	struct card_step *carried; /* follow-up: of earlier meetings */
	size_t carried_n;
	int unanswered;
	struct str follow_up;
	struct str nudge; /* a line that helps on; to who writes; empty: none */
	int64_t follow_up_version;

	struct chip_row *chips;
	size_t chips_n;
	struct str barriers; /* labels of those that are on */
	struct str barrier;
	int64_t barrier_version;
	struct str barrier_ask;     /* the question of the first chip that is on */
	struct str barrier_rewrite; /* a gentle suggestion; to who writes */
	struct str why_here;        /* "Several needs that meet": it came out of order; empty: by the list */
	struct str barrier_before;  /* labels of the last meeting */

	struct card_step *steps; /* agreed here */
	size_t steps_n;

	struct str target; /* "Fri 4 Dec 2026"; empty: none */
	struct str target_iso;
	struct card_target *targets; /* every change, oldest first */
	size_t targets_n;
	struct day_choice target_choices[DAY_CHOICES];
	size_t target_choices_n;

	struct str review;
	struct str review_iso;
	struct str review_default; /* "Tue 15 Dec 2026" */
	struct str review_default_iso;

	struct str shelved_until;
	struct str shelved_reason;
	struct str note;
	int64_t note_version;
	struct note_row *notes;
	size_t notes_n;
	struct conflict_row *conflicts;
	size_t conflicts_n;

	struct card_home *homes; /* it can be matched to; to who writes */
	size_t homes_n;
	struct str matched; /* "Example Street Homes, to be issued"; to who writes; empty: to nothing */

	int used_seconds;
	int allotted_seconds;
	struct str used;     /* "2:10" */
	struct str allotted; /* "3:30" */
	bool over;
	bool can_write;
	bool can_add_step; /* also a provider whose agency serves the household */
	bool can_offer;
	struct str due_default_iso; /* a week on, an open day */
	struct str *questions;      /* to ask the room */
	size_t questions_n;
};

struct agenda_row_view {
	int position;
	struct str key;
	struct str title;
	struct str what;
	int minutes;
	int spent_minutes; /* since it was reached first, until the next was */
	bool now;
	bool reached;
};

struct seat_row {
	struct str user_id;
	struct str name;
	struct str agency;
	struct str called;   /* as they wish; empty: by their name */
	struct str pronouns; /* empty: not said */
	struct str role;     /* "facilitator" */
	struct str in, out;  /* "14:02" */
	bool here;
	bool guest; /* without an account: user_id is the guest's */
};

struct person_row {
	struct str id;
	struct str name;
	struct str agency;
	bool here;
};

/* What the record lacks when it is closed. */
struct lack_row {
	struct str called;
	struct str what; /* "Tour Cedar Court: lacks an owner"; "was not talked about" */
};

struct conference_view {
	struct str id;
	struct str title;
	struct str region_id;
	struct str region;
	struct str list_id; /* of the working list; empty: the region's whole list */
	struct str list;    /* its name */
	struct str day;     /* "Tue 17 Nov 2026" */
	struct str time;    /* "9:30" */
	struct str facilitator, scribe;
	struct str topic; /* "conference:<id>", for live events */
	int64_t seen;     /* number of the last event that this view shows */
	bool planned, live, closed;
	struct str my_role; /* "scribe"; empty: none */
	bool here;          /* the viewer is checked in */
	bool waits;         /* the viewer is in the lobby */
	bool inside;        /* the viewer sees the meeting; otherwise only the door is filled */
	bool can_enter;
	bool can_drive, can_write, can_settle, can_prepare, can_attend, can_addendum, can_offer;

	struct str carried_over; /* until the list is worked: "4 steps are carried over. Overdue: …" */
	int minutes, elapsed_minutes;
	int households, households_done, households_fit;
	struct str pace; /* "on pace", "2 min behind" */
	bool behind;
	int per_household_seconds;
	struct str per_household;         /* "3:30" */
	struct str month;                 /* "November" */
	int goal, goal_reached, goal_gap; /* goal 0: none was set */

	struct queue_row *queue;
	size_t queue_n;
	struct card_view *card; /* NULL: none is open and none was asked for */
	bool shows_now;         /* the card shown is the one that is open for all */
	struct str now_card;    /* id of the open card; empty: none */

	struct agenda_row_view *agenda;
	size_t agenda_n;
	struct agenda_row_view *part; /* the one that runs */
	const struct str *agreements; /* to be read by a volunteer */
	size_t agreements_n;
	struct str reader;                 /* who read them; empty: nobody yet */
	struct str readers;                /* "Dana Sample, Sam Sample": who did the last times */
	struct str icebreaker;             /* the question of the day; empty: left out */
	struct str my_called, my_pronouns; /* to who stands at the door: as they wished last time */
	const struct figures *figures;     /* until the list is worked; NULL: after */
	const struct figures_homes *homes; /* while resources are looked at */
	struct pulse_view pulse;
	bool headings; /* the card stands under five headings */

	struct seat_row *seats;
	size_t seats_n;
	int here_n;
	struct stage_panel *stage; /* to who leads, until it is closed; NULL: to nobody else */
	struct person_row *people; /* who can own a step or be checked in; those here first */
	size_t people_n;

	struct note_row *notes; /* about the meeting, addenda too */
	size_t notes_n;
	struct str next_day;
	struct str next_day_iso;
	struct lack_row *lacks; /* once it is closed, or is about to be */
	size_t lacks_n;
};

/* The meeting as the actor may see it, with the card asked for, or (empty) the one that is open. Who may
 * come in but has not checked in gets the door: title, day, can_enter. ERR_MISSING for everybody else: they are
 * not told that there is one. */
must err_t app_conference(struct call *c, struct str id, struct str card, struct conference_view *out);

struct record_card {
	struct card_view card;
	struct str printed; /* code, or the name where it was asked for and is allowed */
};

/* The record to read and print. Coded: no name stands on it, unless `names` is asked for, and then only
 * those the actor may see. */
struct conference_record {
	struct conference_view conference;
	struct record_card *cards;
	size_t cards_n;
	struct scan_record scan;
	struct question_line *questions; /* asked in it, with their answers */
	size_t questions_n;
	struct str handed_out; /* "Lee Tran on Tue 17 Nov 2026"; empty: it is not */
	bool names;            /* it shows names */
	bool can_name;
};
must err_t app_conference_record(struct call *c, struct str id, bool names, struct conference_record *out);

/* The form to plan the next conference of a list, filled with what fits, or with a plan that exists. */
struct plan_view {
	struct str region_id;
	struct str region;
	struct worklist list;  /* empty: the region's whole list */
	struct str id;         /* of the plan that is changed; empty: a new one */
	struct str sitting_id; /* of a new one: the business meeting that it follows; empty: none */
	struct str focus;      /* key */
	struct str day_iso, time, next_day_iso;
	int minutes;
	struct str per_household; /* minutes, "3.5" */
	struct str facilitator_id, scribe_id;
	struct agenda_row_view *agenda;
	size_t agenda_n;
	int fixed_minutes;
	int fits; /* households */
	int cycle_households;
	struct str carried_over; /* "4 steps are carried over. Overdue: Alder Agency 2." */
	struct person_row *people;
	size_t people_n;
};
/* `sitting` (may be empty): day, time and length are what that business meeting leaves (app/sitting.h). */
must err_t app_conference_plan_new(struct call *c, struct worklist_ref list, struct str sitting, struct plan_view *out);
must err_t app_conference_plan_of(struct call *c, struct str id, struct plan_view *out);

/* The conferences of a list, newest first. */
struct conference_line {
	struct str id;
	struct str title;
	struct str day;
	struct str state;
	bool live, planned;
};
struct conference_list_view {
	struct str region_id;
	struct str region;
	struct conference_line *lines;
	size_t lines_n;
	bool can_plan;
};
must err_t app_conference_list(struct call *c, struct worklist_ref list, struct conference_list_view *out);

/* The regions whose conferences the actor has to do with. */
struct region_choice {
	struct str id;
	struct str name;
};
must err_t app_conference_regions(struct call *c, struct region_choice **out, size_t *n);

#endif
