/* The queue of a conference: its cards, which one is open, how much time each gets. Inside a
 * transaction; private to src/app. */
#ifndef APP_CONFERENCE_QUEUE_H
#define APP_CONFERENCE_QUEUE_H

#include "app/meeting.h"
#include "domain/agenda.h"
#include "domain/card.h"
#include "store/q_card.h"

/* Brings the queue in line with the cycle: a card for everybody who has a seat, in the order of the
 * list, those who are shelved beyond the day of the meeting behind, and behind all of them whom the quick scan
 * of the last meeting asked for (app/scan.h); cards of households that lost their seat or left the list go,
 * unless something was said about them. */
must err_t conference_queue(struct meeting *m);

/* A card of this conference; ERR_MISSING otherwise. */
must err_t conference_card(const struct meeting *m, struct str id, struct q_card_by_id *out);

/* Opens a card with its share of the time; another one that was open waits again. */
must err_t conference_card_open(struct meeting *m, struct str id);

/* Leaves the open card, if there is one: done or shelved (which must pass card_check_close), or
 * waiting. One that moved in or died lacks nothing; one that left the list meanwhile does not either, and waits. *left
 * is the card's id, empty where none was open. */
must err_t conference_card_leave(struct meeting *m, enum card_state to, struct str *left);

/* Opens the next card that waits, of a household that is on the list; where nobody waits, the closing part of the
 * agenda begins. */
must err_t conference_card_next(struct meeting *m);

/* At the end of the meeting: an open card that lacks nothing is done, another waits. */
must err_t conference_queue_end(struct meeting *m);

/* The open card of a queue, or NULL. */
const struct q_cards *conference_now(const struct q_cards *cards, size_t n);

/* Seconds spent on an open card, what was spent before included. */
int conference_card_seconds(const struct meeting *m, struct instant opened_at, int64_t used_seconds);

/* Goes to a part of the agenda (app/conference.c). */
must err_t conference_part_reach(struct meeting *m, enum agenda_key part);

#endif
