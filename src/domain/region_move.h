/* Who may move a household from one region's list to another's.
 *
 * The boundary of a region is a wall: its list holder sees its households by name and nobody else's. So a
 * move is an act of both list holders: one asks, either to give the household or to get it, and the other
 * accepts or refuses. A household that is on no region's list may be taken by a list holder alone; a list
 * holder of no region (of a whole state) may put such a one on any list. Everything that belongs to the
 * household goes with it: its start, its place by the order, a seat in a cycle, open steps. (ours, after the
 * redesign's ten regions with one list each)
 */
#ifndef DOMAIN_REGION_MOVE_H
#define DOMAIN_REGION_MOVE_H

#include "base/str.h"

enum region_move_way {
	REGION_MOVE_NOT,   /* it is no business of theirs, or there is nothing to move */
	REGION_MOVE_ALONE, /* nobody else is to be asked */
	REGION_MOVE_ASK,   /* the other list holder decides */
};

/* `own`: the region whose list the person holds, empty for none; `from`: whose list the household is on, empty for
 * none; `to`: where it shall go. */
enum region_move_way region_move_way(struct str own, struct str from, struct str to);

/* What the holder of `own` may do with a move that waits: it was asked for by the holder of `asked`, which is
 * `from` or `to`. */
bool region_move_answers(struct str own, struct str from, struct str to, struct str asked);
bool region_move_withdraws(struct str own, struct str asked);

#endif
