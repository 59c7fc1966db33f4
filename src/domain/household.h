/* Households: who is one, who heads it, and what its members take from the head.
 *
 * An HMIS HouseholdID is one stay of a household in one project and is not used again, so families
 * do not come with an id. (ours) A household stay belongs to the household of its acting head; a
 * person belongs to the household of the stay they entered last, leaving aside services, day shelter
 * and prevention where there is any other stay; and if that stay's head has since become a member
 * of another household, then to that. The household is named after the person at the end of that
 * chain: a number that stays the same from import to import while the family has the same head.
 * An adult whom the head left behind (the head is out of their last stay together and has entered
 * elsewhere without them) is a household again; children stay with their head. What a person split stays
 * apart: household_apart.h.
 *
 * Sources: DEFINITIONS "People, households, days" and "Household"; HMIS data elements 3.15, 3.20,
 * 3.917; acting head after Ohio Balance of State's list.
 */
#ifndef DOMAIN_HOUSEHOLD_H
#define DOMAIN_HOUSEHOLD_H

#include <stddef.h>

#include "domain/roster.h"

enum { HOUSEHOLD_ADULT = 18 };

/* roster_person.settled */
enum {
	HOUSEHOLD_NO_HEAD = 1,       /* nobody in the latest stay says to be the head */
	HOUSEHOLD_SEVERAL_HEADS = 2, /* more than one does */
	HOUSEHOLD_SPLIT = 4,         /* left behind by the head of the latest stay */
	HOUSEHOLD_BAD_MOVE_IN = 8,   /* a MoveInDate of theirs was disregarded */
	HOUSEHOLD_BAD_BIRTH = 16,    /* born after an entry: the birth date counts as unknown */
	HOUSEHOLD_FUTURE_ENTRY = 32, /* an entry of theirs lies after today and was disregarded */
};

/* 18 years are 6,574 or 6,575 days: few need a look at the calendar. */
static inline bool household_is_adult(struct day birth, struct day on)
{
	enum { LEAST = HOUSEHOLD_ADULT * 365 + 4 };
	int32_t days = day_diff(birth, on);
	return days > LEAST || (days == LEAST && day_age(birth, on) >= HOUSEHOLD_ADULT);
}

enum household_type { HOUSEHOLD_UNKNOWN, HOUSEHOLD_ADULTS, HOUSEHOLD_FAMILY, HOUSEHOLD_CHILDREN };
const char *household_type_say(enum household_type type); /* "adults and children" */

/* From ages in years, negative for unknown: any child and any adult is a family; an unknown age that
 * could change the answer makes it unknown. No ages: unknown. */
enum household_type household_type(const int *ages, size_t n);

struct household_stay {
	struct day entry;
	struct day exit;    /* DAY_NONE while open */
	struct day move_in; /* as recorded */
	struct day birth;
	struct day to_street; /* as recorded */
};

/* The move-in date as recorded where it is one: a permanent housing project, not before entry, after
 * exit or after `last`; else DAY_NONE. */
struct day household_move_in_valid(int project_type, const struct household_stay *s, struct day last);

/* A member's move-in: own valid date, else the head's if the member was there then, else the member's
 * entry if that was later; without a valid date of either, DAY_NONE. Both move_in already valid. */
struct day household_move_in(const struct household_stay *member, const struct household_stay *head);

/* DateToStreetESSH as it counts: not before birth; up to age 17 with the head's entry date and no
 * date of one's own, the head's. `head` may be NULL. Dates after entry do not count. */
struct day household_to_street(const struct household_stay *member, const struct household_stay *head);

/* The stay a person entered last, as above; ROSTER_NONE for somebody without stays. */
uint32_t household_latest(const struct roster *r, uint32_t person);

/* The acting head's stay in the same household stay; the stay itself where it has no HouseholdID. */
uint32_t household_head_stay(const struct roster *r, uint32_t stay);

/* The person at the end of the chain of leaders. Where the chain is a ring (each led the other's latest stay) it is the
 * ring's oldest. A chain that is too long to be a family is left at its start. */
uint32_t household_root(const struct roster *r, uint32_t person);

/* The settle steps that make households (roster.c calls them). */
void household_settle_heads(struct roster *r, unsigned part, unsigned parts);
void household_settle_people(struct roster *r, unsigned part, unsigned parts);
void household_settle_members(struct roster *r, unsigned part, unsigned parts);

#endif
