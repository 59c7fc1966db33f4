/* List spells: when a person came on the list, and where they stand on it.
 *
 * Source: the table in DEFINITIONS "Status and movement" (after Built for Zero and public practice).
 * No timer ends a spell; it ends by a recorded fact (housed, deceased) or by a person with a reason.
 *
 * Opens a spell, or makes it active again: entry to shelter, safe haven or (setting) transitional
 * housing; a night in night-by-night shelter; a contact in street outreach; a living situation of
 * 101, 116 or 118 anywhere; a coordinated-entry enrollment whose prior situation is one of these; an
 * assessment that places on the prioritization list; a person's decision; (ours) an exit to 101, 116
 * or 118 from permanent housing after the move-in, which is a placement lost.
 *
 * Ends it: a valid move-in; an exit to 400–499 while no other shelter, safe haven, transitional or
 * outreach enrollment is open; an exit to 24; a decision. An ending that finds no spell open changes
 * nothing, but death. A fact that opens on the very day of an ending came before it. A fact after a
 * recorded death continues the old spell and is flagged: the dead are not seen again, the living are
 * sometimes written off. After a housed ending within rules.placement_days the old spell goes on
 * with its start; later, and after the other endings, a new one begins.
 *
 * Active while any of these holds, else inactive since the last of them ended, keeping the place:
 * enrolled under a roof (shelter, safe haven, transitional) or in permanent housing before move-in;
 * the window after leaving that; the window after the newest contact in any other enrollment, by its
 * project type; rules.institution_days after an exit to an institution or (ours) after the newest
 * record of staying in one, as HMIS does not hold the day somebody went in.
 *
 * (ours) An active spell's `since` is the day it was opened or reopened, whatever inactive time lay in its
 * middle; the day of its return from inactive is the history's (movement_since), and the list's.
 */
#ifndef DOMAIN_SPELL_H
#define DOMAIN_SPELL_H

#include "domain/roster.h"

#define STATUSES(X)                                                                                                    \
	X(STATUS_NONE, "none", "never on the list")                                                                    \
	X(STATUS_ACTIVE, "active", "active")                                                                           \
	X(STATUS_INACTIVE, "inactive", "to reconnect")                                                                 \
	X(STATUS_HOUSED, "housed", "housed")                                                                           \
	X(STATUS_INELIGIBLE, "ineligible", "no longer eligible")                                                       \
	X(STATUS_MOVED_AWAY, "moved_away", "moved away")                                                               \
	X(STATUS_DECEASED, "deceased", "deceased")

enum status {
#define X(name, word, say) name,
	STATUSES(X)
#undef X
};
#define X(name, word, say) +1
enum { STATUSES_N = STATUSES(X) };
#undef X
const char *status_word(enum status s); /* for files and scripts: "moved_away" */
const char *status_say(enum status s);  /* for people: "to reconnect" */

/* Where a status stands among the lanes of a list: active first, who never was on it last. */
static inline int status_lane(int status)
{
	return status == STATUS_NONE ? STATUSES_N : status;
}

/* The person's spell on the roster's day, without a look at other members of the household. Gathers what
 * sightings left in the stays first, on which standing.h relies too. */
void spell_of(struct roster *r, uint32_t person, struct spell *out);

/* For a share of the people: r->spells, and the oldest start of each household stay, from which a
 * household that split takes the older one. */
void spell_share(struct roster *r, unsigned part, unsigned parts);

/* The person's start, or, if older, that of anybody they shared a household stay with in this spell.
 * After spell_share of all parts. */
struct day spell_shared_start(const struct roster *r, uint32_t person);

/* A settle step (roster.c calls it): the person's ending events and what their entries opened. */
void spell_settle(struct roster *r, uint32_t person);

/* Where an opening fact of the day is kept: the person's stretch between two endings. */
void spell_open(struct roster *r, uint32_t person, struct roster_stay *s, struct day day);

#endif
