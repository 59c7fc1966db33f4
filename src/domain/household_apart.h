/* Households that a person split: who left, and from which day.
 *
 * DEFINITIONS "A household that splits": both halves keep the older start; neither half's workers see the other's later
 * rows; nothing links them again by itself. So from that day on the people of the two halves are never of one
 * household, whatever an export says: not by an old HouseholdID that is still open, not by a new one, and not by way
 * of somebody else who is with both. What a member takes from the head (a move-in) ends with that day between halves.
 *
 * Each half is a party, numbered from 1; 0 is who was never in a split. A half is led by its oldest where a stay's head
 * is of another. A stay begun after the day that holds several parties counts as several: the one whose member heads
 * it keeps it, with who is of no party; where somebody of no party heads it, each party is alone. Two parties that
 * would come to the same household by way of somebody else stay by themselves, both of them. (ours)
 *
 *     roster_part(r, mother, 1, day, start);
 *     roster_part(r, father, 2, day, start);
 *     roster_settle(r);
 */
#ifndef DOMAIN_HOUSEHOLD_APART_H
#define DOMAIN_HOUSEHOLD_APART_H

#include "base/str.h"
#include "domain/roster.h"

/* Why somebody leaves: word, for people. */
#define APART_REASONS(X)                                                                                               \
	X(APART_SAFETY, "safety", "for somebody’s safety")                                                             \
	X(APART_SEPARATED, "separated", "a couple separated")                                                          \
	X(APART_GROWN, "grown", "a grown child goes their own way")                                                    \
	X(APART_MOVED, "moved", "somebody moved out")                                                                  \
	X(APART_MISTAKE, "mistake", "they never were one household; it was recorded so by mistake")
enum apart_reason {
#define X(name, word, say) name,
	APART_REASONS(X)
#undef X
		APART_REASONS_N
};
struct str apart_reason_word(enum apart_reason reason);
const char *apart_reason_say(enum apart_reason reason);

/* Days within which the agency that split a household may take it back, as long as nothing new is recorded. */
enum { APART_UNDO_DAYS = 7 };

/* For the filler, before the roster is settled, one thread: the person is of the party from the day on, with the list
 * start that the household had then. A later party of the same person takes the place of the earlier. A day after the
 * roster's does not exist yet. r->full where there is no room. */
void roster_part(struct roster *r, uint32_t person, uint32_t party, struct day day, struct day start);

/* True where the two are of different halves. */
static inline bool roster_apart(const struct roster *r, uint32_t a, uint32_t b)
{
	unsigned x = r->people[a].party;
	unsigned y = r->people[b].party;
	return x != 0 && y != 0 && x != y;
}

/* Settle steps, in one thread (roster.c calls them): stays of several parties are taken apart; people of different
 * parties who would be of one household are. */
void household_settle_stays_apart(struct roster *r);
void household_settle_apart(struct roster *r);

/* Who leads the person, whose stay is headed by `head`: the head or, of another half, the person's own. */
uint32_t household_leader(const struct roster *r, uint32_t person, uint32_t head);

/* The move-in of a head as it counts for a person: none after the day they went apart. */
struct day household_move_in_shared(const struct roster *r, uint32_t person, uint32_t head, struct day move_in);

#endif
