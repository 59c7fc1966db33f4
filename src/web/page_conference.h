/* The pages of the case conference: what their templates take, and their routes.
 *
 * The cockpit is one page of three parts (queue, household, room) under a bar; each part is a fragment
 * of its own that a live event fetches again. Every act is a plain form: without a script the page
 * comes back whole, with one the household's part alone.
 */
#ifndef WEB_PAGE_CONFERENCE_H
#define WEB_PAGE_CONFERENCE_H

#include "app/conference_view.h"
#include "app/cycle.h"
#include "app/evidence.h"
#include "app/habit.h"
#include "app/planner.h"
#include "app/step.h"
#include "app/telling.h"
#include "web/layout.h"
#include "web/page_after.h"
#include "web/page_stage.h"
#include "web/route.h"
#include "web/sheet.h"

struct queue_line {
	const struct queue_row *row;
	struct url href;
	struct chip_view chip;
};

struct step_form {
	const struct card_step *step;
	bool done, not_yet, changed, dropped; /* what was answered */
	struct url answer, change, confirm;
	struct chip_view chip;
	const struct option_view *owners;
	size_t owners_n;
	struct str card; /* id */
	struct str csrf;
};

struct conflict_form {
	const struct conflict_row *row;
	struct url settle;
	struct str csrf;
	struct str card;  /* id */
	struct str field; /* "Follow-up" */
};

/* What was typed into the step's form and could not be kept yet. */
struct step_draft {
	struct str id;
	struct str words;
	struct str owner;
	struct str due;
};

/* Choices of a sentence for the person. */
struct tell_form {
	const struct card_tell *tell;
	const struct card_told *told;
	struct url put, answer, sheet;
	const struct option_view *ways;
	size_t ways_n;
	const struct option_view *tellers;
	size_t tellers_n;
	bool done, current, can_write;
	bool was_told, was_not_yet, was_not_reached; /* what was answered */
	struct str card;                             /* id */
	struct str csrf;
};

struct household_part {
	const struct card_view *card;
	struct url self; /* the fragment */
	struct str live; /* the events that concern it */
	struct str csrf;
	struct str error; /* why the last act was not done; empty: it was */
	struct url open, next, shelve, barrier, text, target, review, step, note, match;
	struct tiles_view tiles;
	struct str left;   /* of the household's time: "2:10" */
	struct str others; /* "4 to go" */
	const struct step_form *carried;
	size_t carried_n;
	const struct step_form *steps;
	size_t steps_n;
	const struct conflict_form *conflicts;
	size_t conflicts_n;
	const struct tell_form *tell;
	const struct option_view *owners;
	size_t owners_n;
	struct step_draft draft;
	struct str note_id; /* of the note that the form writes */
	struct str shelve_draft;
	bool can_drive;
	bool headings; /* the five of the Missouri outline */
	bool live_meeting;
	bool elsewhere;           /* another card is open for all */
	struct url follow;        /* the page that follows it */
	struct str until_default; /* "2026-12-15": a shelf's end */
};

struct seat_line {
	const struct seat_row *seat;
	struct chip_view chip;
	bool can_leave; /* the viewer may check this person out */
	bool guest;     /* by the lobby's form */
};

struct agenda_line {
	const struct agenda_row_view *part;
	struct chip_view chip;
};

struct conference_page {
	struct meeting_layout meeting;
	const struct layout *layout;
	const struct conference_view *view;
	struct str csrf;
	struct str error;
	struct url queue_url, household_url, room_url;
	struct str queue_live, room_live;
	const struct queue_line *queue;
	size_t queue_n;
	const struct household_part *household; /* NULL: none is shown */
	const struct agenda_line *agenda;
	size_t agenda_n;
	const struct seat_line *seats;
	size_t seats_n;
	const struct stage_box *stage;    /* NULL: not for this viewer */
	bool facilitates;                 /* the viewer does, and the meeting runs */
	const struct option_view *absent; /* who can be checked in */
	size_t absent_n;
	struct str me;           /* id */
	struct tiles_view moved; /* since last time */
	struct str homes;        /* "3 homes now, 2 within 30 days" */
	struct url here, door;   /* the page itself; what stands at its door */
	struct url question;
	const struct option_view *askers; /* who can find it out */
	size_t askers_n;
	struct str ask_due;
	struct url in, wish, read, pulse, out, in_for, out_for, start, part, next, next_day, close, note, change, notes,
		scan, back;
	struct str note_id; /* of the note that the form writes */
};

struct notes_page {
	const struct layout *layout;
	const struct conference_record *record;
	const struct conference_view *view;
	struct str csrf;
	struct str error;
	struct url names; /* the same with or without names */
	struct url back;
	struct url after, file; /* handing out, and what was */
	struct url hmis;        /* what to copy there */
	struct url note;        /* addenda */
	struct str note_id;
};

struct sheet_page {
	const struct layout *layout;
	const struct telling_sheet *sheet;
	struct sheet text; /* around its words */
	struct str language, other_language;
	struct url back, other; /* other: in the next language */
};

struct plan_page {
	const struct layout *layout;
	const struct plan_view *plan;
	struct str csrf;
	struct str error;
	struct url action;
	struct url back;
	struct field_view focus, day, time, minutes, per_household, next_day, facilitator, scribe;
	const struct field_view *agenda;
	size_t agenda_n;
	struct str arithmetic; /* "18 fixed minutes leave 42: 12 households at 3.5 minutes." */
};

struct cycle_line {
	const struct cycle_seat *seat;
	struct str called;
	struct chip_view chip;
};

struct conference_link {
	const struct conference_line *line;
	struct url href;
	struct url notes;
	struct chip_view chip;
};

struct cycle_page {
	const struct layout *layout;
	const struct cycle_view *cycle;
	struct str csrf;
	struct str error;
	const struct option_view *regions;
	size_t regions_n;
	const struct pill_view *lists; /* the whole list, and the working lists */
	size_t lists_n;
	const struct cycle_line *seats;
	size_t seats_n;
	const struct cycle_line *freed;
	size_t freed_n;
	const struct cycle_line *next;
	size_t next_n;
	const struct conference_link *conferences;
	size_t conferences_n;
	const struct option_view *endings;
	size_t endings_n;
	const struct option_view *whys;
	size_t whys_n;
	struct url plan;
	struct url steps;
	struct url ready; /* what to mend before the next one */
	struct url decisions;
	struct url prepare;                 /* of the conference to come */
	struct url worklist;                /* to make one */
	const struct planner_view *planner; /* NULL: the viewer plans nothing here */
	struct str openings;                /* as asked; empty: nobody said */
	const struct habits *habits;        /* NULL: the viewer plans nothing here */
	const struct option_view *habit_options;
	size_t habit_options_n;
	struct url conference;
	struct empty_view empty;
};

struct decision_line {
	const struct cycle_decision *decision;
	struct str called;
};

/* A working list to be made. */
struct worklist_page {
	const struct layout *layout;
	const struct worklist_look *look;
	const struct pill_view *saved; /* views of the list whose filter may be taken */
	size_t saved_n;
	struct str region_id;
	struct str name;
	int size, goal;
	struct str csrf;
	struct str error;
	struct url back;
};

/* What was decided against the order of the list. */
struct decisions_page {
	const struct layout *layout;
	const struct cycle_decisions_view *view;
	struct url back;
	const struct decision_line *lines;
	size_t lines_n;
};

struct register_line {
	const struct step_line *step;
	struct str called;
	struct chip_view chip;
};

/* A month that the viewer is getting documented. */
struct register_month {
	const struct evidence_mine *mine;
	struct str called;
	struct url href;
};

struct register_page {
	const struct layout *layout;
	const struct step_register_view *view;
	const struct register_line *lines;
	size_t lines_n;
	const struct question_row *questions;
	size_t questions_n;
	const struct register_month *months;
	size_t months_n;
	struct tiles_view tiles;
	struct empty_view empty;
	struct url back;
};

/* An id for what a form will write: sent twice, it is written once. */
struct str conference_new_id(const struct request *rq);

/* page_conference_build.c: the cockpit from its view. */
void conference_page_build(const struct request *rq, const struct conference_view *view, struct str error,
			   struct conference_page *out);

/* The people to choose an owner or a teller from. */
const struct option_view *conference_owners(struct arena *a, const struct person_row *people, size_t people_n,
					    struct str chosen, size_t *n);

/* One list for the site's table; the forms are in page_conference.c and page_cycle.c. */
#define CONFERENCE_ROUTES                                                                                                \
	{METHOD_GET, "/conferences", CAN_CONFERENCE, 0, &cycle_form, page_cycle},                                        \
		{METHOD_POST, "/conferences/start", CAN_CONFERENCE_PLAN, 0, &cycle_start_form, page_cycle_start},        \
		{METHOD_POST, "/conferences/refresh", CAN_CONFERENCE_PLAN, 0, &cycle_form, page_cycle_refresh},          \
		{METHOD_POST, "/conferences/habits", CAN_CONFERENCE_PLAN, 0, &habits_form, page_habits},                 \
		{METHOD_POST, "/conferences/seat", CAN_CONFERENCE_PLAN, 0, &cycle_seat_form, page_cycle_seat},           \
		{METHOD_GET, "/conferences/lists", CAN_CONFERENCE_PLAN, 0, &worklist_form, page_worklist},               \
		{METHOD_POST, "/conferences/lists", CAN_CONFERENCE_PLAN, 0, &worklist_new_form, page_worklist_post},     \
		{METHOD_POST, "/conferences/lists/end", CAN_CONFERENCE_PLAN, 0, &cycle_form, page_worklist_end},         \
		{METHOD_GET, "/conferences/decisions", CAN_CONFERENCE, 0, &cycle_form, page_decisions},                  \
		{METHOD_GET, "/conferences/steps", CAN_CONFERENCE, 0, &cycle_form, page_register},                       \
		{METHOD_GET, "/conferences/plan", CAN_CONFERENCE_PLAN, 0, &cycle_form, page_plan},                       \
		{METHOD_POST, "/conferences/plan", CAN_CONFERENCE_PLAN, 0, &plan_form, page_plan_post},                  \
		{METHOD_GET, "/conference/:id", CAN_CONFERENCE, ROUTE_LIVE, &card_form, page_conference},                \
		{METHOD_GET, "/conference/:id/plan", CAN_CONFERENCE, 0, NULL, page_plan_change},                         \
		{METHOD_POST, "/conference/:id/plan", CAN_CONFERENCE, 0, &plan_form, page_plan_change_post},             \
		{METHOD_GET, "/conference/:id/door", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT,                        \
		 NULL,       page_conference_door},                                                                      \
		{METHOD_GET, "/conference/:id/bar", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT,                         \
		 &card_form, page_conference_bar},                                                                       \
		{METHOD_GET, "/conference/:id/queue", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT,                       \
		 &card_form, page_conference_queue},                                                                     \
		{METHOD_GET, "/conference/:id/household", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT,                   \
		 &card_form, page_conference_household},                                                                 \
		{METHOD_GET, "/conference/:id/room", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT,                        \
		 &card_form, page_conference_room},                                                                      \
		{METHOD_GET,   "/conference/:id/events", CAN_CONFERENCE, ROUTE_LIVE,                                     \
		 &events_form, page_conference_events},                                                                  \
		{METHOD_GET, "/conference/:id/notes", CAN_CONFERENCE, 0, &notes_form, page_notes},                       \
		{METHOD_POST, "/conference/:id/in", CAN_CONFERENCE, 0, &in_form, page_conference_in},                    \
		{METHOD_POST, "/conference/:id/wish", CAN_CONFERENCE, 0, &in_form, page_conference_wish},                \
		{METHOD_POST, "/conference/:id/read", CAN_CONFERENCE, 0, &person_choice_form, page_conference_read},     \
		{METHOD_POST, "/conference/:id/pulse", CAN_CONFERENCE, 0, &pulse_form, page_conference_pulse},           \
		{METHOD_POST, "/conference/:id/out", CAN_CONFERENCE, 0, NULL, page_conference_out},                      \
		{METHOD_POST, "/conference/:id/in-for", CAN_CONFERENCE, 0, &person_choice_form, page_conference_in_for}, \
		{METHOD_POST, "/conference/:id/out-for", CAN_CONFERENCE,                                                 \
		 0,           &person_choice_form,       page_conference_out_for},                                       \
		{METHOD_POST, "/conference/:id/start", CAN_CONFERENCE, 0, NULL, page_conference_start},                  \
		{METHOD_POST, "/conference/:id/part", CAN_CONFERENCE, 0, &part_form, page_conference_part},              \
		{METHOD_POST, "/conference/:id/next", CAN_CONFERENCE, 0, &next_form, page_conference_next},              \
		{METHOD_POST, "/conference/:id/next-day", CAN_CONFERENCE, 0, &day_form, page_conference_next_day},       \
		{METHOD_POST, "/conference/:id/close", CAN_CONFERENCE, 0, NULL, page_conference_close},                  \
		{METHOD_POST, "/conference/:id/note", CAN_CONFERENCE, 0, &note_form, page_conference_note},              \
		{METHOD_POST, "/conference/:id/settle/:conflict", CAN_CONFERENCE, 0, &settle_form, page_card_settle},    \
		{METHOD_POST, "/conference/:id/card/:card/open", CAN_CONFERENCE, 0, NULL, page_card_open},               \
		{METHOD_POST, "/conference/:id/card/:card/shelve", CAN_CONFERENCE, 0, &shelve_form, page_card_shelve},   \
		{METHOD_POST, "/conference/:id/card/:card/barrier", CAN_CONFERENCE, 0, &chip_form, page_card_barrier},   \
		{METHOD_POST, "/conference/:id/card/:card/text", CAN_CONFERENCE, 0, &text_form, page_card_text},         \
		{METHOD_POST, "/conference/:id/card/:card/target", CAN_CONFERENCE, 0, &day_form, page_card_target},      \
		{METHOD_POST, "/conference/:id/card/:card/review", CAN_CONFERENCE, 0, &day_form, page_card_review},      \
		{METHOD_POST, "/conference/:id/card/:card/step", CAN_CONFERENCE, 0, &step_form_spec, page_step_add},     \
		{METHOD_POST, "/conference/:id/card/:card/tell", CAN_CONFERENCE, 0, &tell_form_spec, page_card_tell},    \
		{METHOD_POST, "/conference/:id/card/:card/match", CAN_CONFERENCE, 0, &match_form, page_card_match},      \
		{METHOD_POST, "/conference/:id/card/:card/told", CAN_CONFERENCE, 0, &told_form, page_card_told},         \
		{METHOD_GET, "/conference/:id/card/:card/sheet", CAN_CONFERENCE, 0, &sheet_form, page_card_sheet},       \
		{METHOD_POST, "/conference/:id/step/:step/answer", CAN_CONFERENCE, 0, &answer_form, page_step_answer},   \
		{METHOD_POST, "/conference/:id/step/:step/change", CAN_CONFERENCE, 0, &change_form, page_step_change},   \
		{METHOD_POST, "/conference/:id/step/:step/confirm", CAN_CONFERENCE, 0, &card_form, page_step_confirm},

extern const struct form_spec habits_form, in_form, pulse_form;
extern const struct form_spec worklist_form, worklist_new_form, cycle_form, cycle_start_form, cycle_seat_form,
	plan_form, card_form, notes_form, person_choice_form, events_form, part_form, day_form, note_form, settle_form,
	shelve_form, chip_form, text_form, next_form, step_form_spec, answer_form, change_form, tell_form_spec,
	told_form, match_form;

/* page_cycle.c */
must err_t page_cycle(struct request *rq, struct reply *out);
must err_t page_cycle_start(struct request *rq, struct reply *out);
must err_t page_cycle_refresh(struct request *rq, struct reply *out);
must err_t page_habits(struct request *rq, struct reply *out);
must err_t page_cycle_seat(struct request *rq, struct reply *out);
must err_t page_worklist_end(struct request *rq, struct reply *out);
must err_t page_register(struct request *rq, struct reply *out);
must err_t page_decisions(struct request *rq, struct reply *out);

/* The region asked for; else the actor's own, else the first the actor has to do with. */
must err_t conference_region(struct request *rq, struct str wanted, struct str *out);

/* The list that a form names by "region" and "list", the region as above; and the address of one of its pages. */
must err_t conference_list(struct request *rq, struct worklist_ref *out);
struct url conference_list_url(struct arena *a, struct url page, struct worklist_ref list);

/* page_worklist.c */
must err_t page_worklist(struct request *rq, struct reply *out);
must err_t page_worklist_post(struct request *rq, struct reply *out);

/* page_conference_plan.c */
must err_t page_plan(struct request *rq, struct reply *out);
must err_t page_plan_post(struct request *rq, struct reply *out);
must err_t page_plan_change(struct request *rq, struct reply *out);
must err_t page_plan_change_post(struct request *rq, struct reply *out);
must err_t page_notes(struct request *rq, struct reply *out);

/* page_conference.c */
must err_t page_conference(struct request *rq, struct reply *out);
must err_t page_conference_door(struct request *rq, struct reply *out);
must err_t page_conference_bar(struct request *rq, struct reply *out);
must err_t page_conference_queue(struct request *rq, struct reply *out);
must err_t page_conference_household(struct request *rq, struct reply *out);
must err_t page_conference_room(struct request *rq, struct reply *out);
must err_t page_conference_events(struct request *rq, struct reply *out);
must err_t page_conference_in(struct request *rq, struct reply *out);
must err_t page_conference_wish(struct request *rq, struct reply *out);
must err_t page_conference_read(struct request *rq, struct reply *out);
must err_t page_conference_pulse(struct request *rq, struct reply *out);
must err_t page_conference_out(struct request *rq, struct reply *out);
must err_t page_conference_in_for(struct request *rq, struct reply *out);
must err_t page_conference_out_for(struct request *rq, struct reply *out);
must err_t page_conference_start(struct request *rq, struct reply *out);
must err_t page_conference_part(struct request *rq, struct reply *out);
must err_t page_conference_next(struct request *rq, struct reply *out);
must err_t page_conference_next_day(struct request *rq, struct reply *out);
must err_t page_conference_close(struct request *rq, struct reply *out);
must err_t page_conference_note(struct request *rq, struct reply *out);

/* ERR_INVALID with the first sentence about what is wrong with the form, or NULL. */
must err_t conference_form_fault(const struct request *rq);

/* The page again, after an act that was not done. */
must err_t conference_again(struct request *rq, struct reply *out, struct str card, err_t why);
/* Where an act leads: the household's part for a script, the page for a plain form. */
must err_t conference_go_on(struct request *rq, struct reply *out, struct str card, err_t e);

/* page_conference_card.c */
must err_t page_card_settle(struct request *rq, struct reply *out);
must err_t page_card_open(struct request *rq, struct reply *out);
must err_t page_card_shelve(struct request *rq, struct reply *out);
must err_t page_card_barrier(struct request *rq, struct reply *out);
must err_t page_card_text(struct request *rq, struct reply *out);
must err_t page_card_target(struct request *rq, struct reply *out);
must err_t page_card_review(struct request *rq, struct reply *out);
must err_t page_card_tell(struct request *rq, struct reply *out);
must err_t page_card_match(struct request *rq, struct reply *out);
must err_t page_card_told(struct request *rq, struct reply *out);
must err_t page_card_sheet(struct request *rq, struct reply *out);
must err_t page_step_add(struct request *rq, struct reply *out);
must err_t page_step_answer(struct request *rq, struct reply *out);
must err_t page_step_change(struct request *rq, struct reply *out);
must err_t page_step_confirm(struct request *rq, struct reply *out);

#endif
