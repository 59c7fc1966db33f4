/* The agenda of a case conference: five parts whose minutes must fit the meeting.
 *
 * Welcome and check-in, group agreements and roles, available resources and unmet need, work the
 * list, action items: in that order (case conferencing training, "We Do"). A part may be shortened
 * but not lost. Working the list takes whatever the fixed parts leave.
 *
 *     struct agenda_part parts[AGENDA_PARTS];
 *     agenda_fill(60, parts);
 *     int fits = conference_fit(60, agenda_fixed_minutes(parts), 210);
 */
#ifndef DOMAIN_AGENDA_H
#define DOMAIN_AGENDA_H

#include "base/err.h"
#include "base/str.h"

/* Key as stored, title, what is done in it, minutes in a meeting of an hour (0: the rest). */
#define AGENDA(X)                                                                                                      \
	X(AGENDA_WELCOME, "welcome", "Welcome and check-in",                                                           \
	  "Name, pronouns, agency and role; one light question. Checking in is the attendance.", 5)                    \
	X(AGENDA_AGREEMENTS, "agreements", "Agreements and roles",                                                     \
	  "A volunteer reads the group agreements; who leads, who writes, who brings resources.", 3)                   \
	X(AGENDA_RESOURCES, "resources", "Available resources and unmet need",                                         \
	  "Openings now and expected, movement on the list, what helps those not discussed today.", 5)                 \
	X(AGENDA_WORK, "work", "Work the list",                                                                        \
	  "Each household: follow-up, system barrier, action step, target move-in, next review.", 0)                   \
	X(AGENDA_CLOSING, "closing", "Action items and closing",                                                       \
	  "Everybody hears their own steps and dates; who was missing in the room today?", 5)

enum agenda_key {
#define X(name, key, title, what, minutes) name,
	AGENDA(X)
#undef X
		AGENDA_PARTS
};

struct agenda_row {
	struct str key;
	struct str title;
	struct str what;
	int minutes;
};

extern const struct agenda_row agenda_table[AGENDA_PARTS];

/* The three sentences that a volunteer reads (the same training, "Group Agreements"), in our words. */
enum { AGENDA_AGREEMENT_N = 3 };
extern const struct str agenda_agreement_table[AGENDA_AGREEMENT_N];

/* The length of a meeting, in minutes. */
enum { AGENDA_LENGTH_LEAST = 15, AGENDA_LENGTH_MOST = 240 };

/* Minutes per part, in the order of the table, for a meeting of `length` minutes: the fixed parts as
 * in the table, in proportion below an hour but at least one minute; the rest works the list. */
void agenda_fill(int length, int minutes[AGENDA_PARTS]);

/* Everything but working the list. */
int agenda_fixed_minutes(const int minutes[AGENDA_PARTS]);

/* ERR_INVALID with a sentence where the length is out of bounds, a part has less than a minute
 * ("may be shortened, not lost"), or the parts do not add up to at most the length. */
must err_t agenda_check(struct arena *a, const int minutes[AGENDA_PARTS], int length);

#endif
