/* Between the files of a conference: who is present, and what all of them may see. Private to src/app. */
#ifndef APP_STAGE_INSIDE_H
#define APP_STAGE_INSIDE_H

#include "app/household.h"
#include "app/meeting.h"
#include "app/stage.h"
#include "store/q_attendance.h"
#include "store/q_card.h"
#include "store/q_stage.h"

/* Who is in the room of a meeting and its lobby, as askers of domain/access. Of several who may see the same there is
 * one among `actors`. */
struct stage_people {
	struct actor *actors; /* who are in; room for one more */
	size_t actors_n;
	struct q_attendance_present *present; /* lobby too */
	struct actor *each;                   /* beside `present` */
	size_t present_n;
	struct q_guests *guests; /* lobby too */
	size_t guests_n;
	unsigned checks; /* bits of enum stage_check */
	struct q_stage_checks *checked;
	size_t checked_n;
};
must err_t stage_people(const struct meeting *m, struct stage_people *out);

/* Somebody without an account: nobody signed anything for them. */
extern const struct actor stage_guest;

/* Somebody as an asker: with what they and their agency signed. */
must err_t stage_actor(const struct meeting *m, struct str user_id, struct str agency_id, struct str region_id,
		       enum role role, struct actor *out);

/* Of each household what the call's actor, whose screen it is, and everybody in the room may see. */
must err_t stage_faces(const struct meeting *m, const struct stage_people *p, const struct q_cards *cards, size_t n,
		       struct household_face *out);

/* How many names the stage would lose with somebody, of how many households. */
must err_t stage_names_lost(const struct meeting *m, const struct stage_people *p, const struct actor *who, int *lost,
			    int *households);

/* How many of them are named. */
int stage_named(const struct household_face *faces, size_t n);

/* Everything is checked, so that names may appear. */
bool stage_ready(const struct stage_people *p);

/* "Household Juniper": by the word of the card, or else its number in the queue. */
struct str stage_word(struct arena *a, const struct q_cards *card, int number);

/* Who a guest is, as somebody wrote it. */
must err_t stage_guest_called(const struct meeting *m, struct str id, struct str sealed, struct str *out);

/* Whether somebody who comes in now waits in the lobby. */
must err_t stage_keeps_waiting(const struct meeting *m, const struct actor *who, bool *out);

/* Gives every card without one the word by which it is called in this meeting. */
must err_t stage_words(struct meeting *m);

#endif
