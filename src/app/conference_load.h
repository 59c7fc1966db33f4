/* Everything a conference's views are made of, loaded in one transaction; private to src/app. */
#ifndef APP_CONFERENCE_LOAD_H
#define APP_CONFERENCE_LOAD_H

#include "app/card.h"
#include "app/conference_queue.h"
#include "app/conference_view.h"
#include "app/meeting.h"
#include "app/stage_inside.h"
#include "store/q_attendance.h"
#include "store/q_card.h"
#include "store/q_conference.h"
#include "store/q_cycle.h"
#include "store/q_scan.h"
#include "store/q_step.h"
#include "store/q_telling.h"

struct conference_load {
	struct meeting m;
	bool masked; /* texts without names even for who writes them: a record to print */
	struct q_cards *cards;
	size_t cards_n;
	struct household_face *faces; /* beside the cards */
	struct q_steps_of_conference *steps;
	size_t steps_n;
	struct q_cycle_seats_for *why; /* the households that came out of order */
	size_t why_n;
	struct q_scan_wanted *wanted; /* those that an earlier quick scan asked for */
	size_t wanted_n;
	struct q_tellings *tellings;
	size_t tellings_n;
	struct q_tellings_before *told;
	size_t told_n;
	struct q_targets *targets;
	size_t targets_n;
	struct q_conference_notes *notes;
	size_t notes_n;
	struct q_card_conflicts *conflicts;
	size_t conflicts_n;
	struct q_attendances *seats;
	size_t seats_n;
	struct q_guests_were *guests;
	size_t guests_n;
	struct q_agenda_items *agenda;
	size_t agenda_n;
	struct stage_people stage;     /* for who leads, while the meeting is to come or runs */
	struct household_face *staged; /* beside the cards: what stands on the stage; NULL: was not asked for */
	struct q_conference_people *people;
	size_t people_n;
};

must err_t conference_load(struct call *c, struct db *db, struct arena *a, struct str id, struct conference_load *out);

/* Beside the cockpit (app/stage_view.c); `staged` is there. */
must err_t stage_panel_fill(const struct conference_load *l, struct stage_panel *out);

/* What its household can be matched to, and is (app/card_match.c). */
must err_t card_homes_fill(const struct conference_load *l, struct card_view *v);

/* One card in full (app/card_view.c). */
must err_t card_view_fill(const struct conference_load *l, size_t index, struct card_view *out);

/* The whole meeting with one card (app/conference_view.c). */
must err_t conference_view_fill(const struct conference_load *l, struct str card, struct conference_view *v);

/* "Joe Smith", or "Household Maple 4821". */
struct str conference_called(struct arena *a, const struct household_face *face);

/* Notes about one card, or (empty) about the meeting; without the names of households whose notes the
 * viewer may not read. */
must err_t conference_notes_fill(const struct conference_load *l, struct str card_id, struct note_row **notes,
				 size_t *n);

/* The people to choose from, those in the room first. */
void conference_people_fill(const struct conference_load *l, struct person_row **people, size_t *n);

/* Days and clock times as text in the arena; empty where they are not known. */
struct str text_day(struct arena *a, struct day d);
struct str text_day_short(struct arena *a, struct day d);
struct str text_iso(struct arena *a, struct day d);
struct str text_clock(struct arena *a, struct instant t);

#endif
