/* A light question for the check-in, answered aloud in a few words ("Name, Pronouns, Agency, Role at Case Conference,
 * icebreaker": case conferencing training). The questions are ours: nobody has to tell of home, family, health or
 * money to answer one.
 *
 * They rotate by the day of the meeting. Their number shares no divisor with the weeks between two meetings, so a
 * weekly, a fortnightly and a four-weekly series all come to every one before one returns.
 */
#ifndef DOMAIN_ICEBREAKER_H
#define DOMAIN_ICEBREAKER_H

#include "base/day.h"
#include "base/str.h"

enum { ICEBREAKERS_N = 13 };

/* The question of a meeting on that day. */
struct str icebreaker_of(struct day meeting);

#endif
