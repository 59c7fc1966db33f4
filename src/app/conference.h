/* Conferences: planning, starting, the agenda, closing. What people do with one household is in
 * app/card.h and app/step.h, checking in in app/attendance.h, what they see in
 * app/conference_view.h.
 *
 * Every act is one transaction and one journal row on the conference, whose topic is
 * "conference:<id>". Rights: see app/meeting.h.
 */
#ifndef APP_CONFERENCE_H
#define APP_CONFERENCE_H

#include "app/app.h"
#include "app/worklist.h"
#include "base/pii.h"
#include "domain/agenda.h"
#include "domain/conference.h"

struct conference_plan {
	enum conference_focus focus;
	struct day day;
	int hour, minute;
	int minutes; /* length */
	int household_seconds;
	struct str facilitator_id;
	struct str scribe_id;
	int agenda[AGENDA_PARTS]; /* minutes, in the order of domain/agenda.h */
	struct day next_day;      /* of the meeting after it; DAY_NONE: not known */
	struct str sitting_id;    /* a new one: of the business meeting that it follows (app/sitting.h); empty: none */
};

/* Plans a conference on the open cycle of a list (app/worklist.h), lets in who became more critical, and lays a card
 * for every household of the cycle, those of an earlier meeting with their shelf and their carried steps. ERR_INVALID
 * for an agenda that does not fit, a day in the past or more than two years ahead, or a facilitator or scribe who does
 * not work in the region or works for a lead agency; ERR_MISSING without a cycle. */
must err_t app_conference_plan(struct call *c, struct worklist_ref list, const struct conference_plan *plan,
			       struct str *id);

/* The same for one that has not started. */
must err_t app_conference_change(struct call *c, struct str id, const struct conference_plan *plan);

/* Starts it: looks at the list again, opens the first part of the agenda, checks the actor in. ERR_CONFLICT while the
 * room of the business meeting before it is open: lead agencies are in there. */
must err_t app_conference_start(struct call *c, struct str id);

/* Goes to another part of the agenda; its clock starts when it is reached first. Cards are open only while
 * the list is worked: one that lacks nothing is done, another waits. */
must err_t app_conference_part(struct call *c, struct str id, enum agenda_key part);

/* The day of the next meeting, until this one is closed. */
must err_t app_conference_next_day(struct call *c, struct str id, struct day next_day);

/* Who has read the agreements aloud: somebody in the room. The facilitator and the scribe say it of anybody, and
 * whoever read them for themselves. ERR_INVALID: not in the room. */
must err_t app_conference_read(struct call *c, struct str id, struct str user_id);

/* Writes something down beside the fields: about one household (`card`) or, with an empty card, about
 * the meeting. The facilitator and the scribe write notes and decisions; a provider offers help on
 * every card; addenda are for a closed conference. */
enum note_kind { NOTE_PLAIN, NOTE_DECISION, NOTE_OFFER, NOTE_ADDENDUM };
struct note_new {
	struct str id; /* an id (base/id.h) that the form drew: sent twice, it is written once; empty: none */
	struct str card;
	enum note_kind kind;
	const struct pii *words;
};
must err_t app_conference_note(struct call *c, struct str id, const struct note_new *note);

/* Closes it: the record is locked, the room is empty, steps that are not finished are carried to the
 * next conference, where they stand under follow-up; the cycle keeps its households. An open card that
 * lacks nothing is done, another waits. What lacks an owner or a date is shown in the record
 * (conference_view). */
must err_t app_conference_close(struct call *c, struct str id);

/* Whether somebody is in the room of a live meeting, so that the session must not go to sleep. A
 * meeting that was never closed keeps nobody awake for more than six hours. */
must err_t app_conference_live_for(struct call *c, struct str user_id, bool *live);

#endif
