/* The by-name list: one row per household, made from a settled roster.
 *
 * A row speaks of its household by numbers of the roster; the caller holds the ids behind them. A
 * household is listed when its acting head, or with a head who never was on the list any member,
 * has or had a list spell. Where it is asked for, who was assessed and never listed has a row too, behind all
 * others and without a place (omission.h). Status, score, months, chronic state and situation are the head's; the start
 * is the oldest among the members who share the status; the last contact is the newest with any member.
 *
 * The acting head is the person the household is named after or, if that person has died, the oldest
 * living member. The rows live in the arena; the roster is read, and its list starts are written, so
 * one listing is built at a time.
 *
 *     struct listing list;
 *     listing_build(r, a, &priority_default, LISTING_EVERYWHERE, &list);
 *     for (size_t i = 0; i < list.n; i++) …
 */
#ifndef DOMAIN_LISTING_H
#define DOMAIN_LISTING_H

#include "base/arena.h"
#include "domain/flag.h"
#include "domain/priority.h"
#include "domain/spell.h"

struct listing_row {
	uint64_t order;     /* priority_order */
	uint32_t household; /* the person the household is named after */
	uint32_t head;      /* the acting head */
	uint32_t project;   /* of the head's latest stay, or ROSTER_NONE */
	uint64_t flags;     /* FLAG_… */
	int64_t facts;      /* quality.h: digests of what flags come from */
	int32_t rank;       /* 1 to n among the active rows; 0 for the others */
	struct day start;   /* list start: days on the list are counted from it */
	struct day since;   /* the status holds since; of an active one the day it came on the list (movement_since) */
	struct day contact; /* newest contact, or DAY_NONE */
	struct day situated;
	struct day scored;
	struct day assessed; /* DAY_NONE unless `omitted`: when they were, … */
	uint32_t assessor;   /* … and in which project */
	int16_t score;       /* SCORE_NONE */
	uint16_t tool;       /* that gave it: priority_tool_digest */
	uint16_t region;
	uint16_t members;
	uint8_t status;    /* enum status */
	uint8_t situation; /* enum situation */
	uint8_t chronic;   /* enum chronic */
	uint8_t months;    /* in 36 */
	uint8_t type;      /* enum household_type */
	uint8_t band;      /* enum band */
	bool counts;       /* the score does: it is there, and not too old */
	bool raised;       /* by two agencies */
	uint8_t omitted;   /* enum omitted, where that is asked for */
	uint32_t tags;     /* domain/tag.h */
};

/* Everybody's status, by person: every `stride` bytes from the first one. */
struct statuses {
	const uint8_t *first;
	size_t stride;
};

/* The member whose status is the household's: the acting head or, where the head never was on the list, the
 * member who stands first (active before inactive before ended), the oldest of several. */
uint32_t listing_speaker(const struct roster *r, uint32_t household, struct statuses statuses);

struct listing {
	const struct roster *roster;
	const struct priority_policy *policy;
	struct listing_row *rows; /* active ones by rank, then by status and order */
	size_t n;
	size_t listed; /* without those who never were on the list, the last ones */
	size_t active; /* rows[0 … active − 1] */
};

#define LISTING_EVERYWHERE UINT32_MAX /* all regions; REGION_NONE asks for the unassigned */

/* Days on the list on the roster's day; the start day is 0. For an ended spell, until it ended. */
int32_t listing_days(const struct roster *r, const struct listing_row *row);

void listing_build(struct roster *r, struct arena *a, const struct priority_policy *policy, uint32_t region,
		   struct listing *out);

/* The same for several threads: begin, then step 0 for every part, then step 1 for every part, then
 * end, once. Parts of one step may run side by side; `parts` is at most LISTING_PARTS. */
enum { LISTING_STEPS = 2, LISTING_PARTS = 64 };
struct listing_work {
	struct roster *roster;
	const struct priority_policy *policy;
	struct listing_row *rows;
	bool omitted; /* set it after listing_begin: who was assessed and is not listed is asked for */
	unsigned parts;
	size_t first[LISTING_PARTS + 1]; /* where each part's rows begin */
	size_t made[LISTING_PARTS];      /* how many it made */
};
void listing_begin(struct roster *r, struct arena *a, const struct priority_policy *policy, unsigned parts,
		   struct listing_work *out);
void listing_step(struct listing_work *w, int step, unsigned part);
void listing_end(struct listing_work *w, struct arena *a, uint32_t region, struct listing *out);

/* The facts behind a row's order, and "why this place?" for an active row i: lines as priority_why,
 * one sentence. */
struct priority_facts listing_facts(const struct roster *r, const struct listing_row *row);
void listing_why(const struct listing *l, size_t i, struct arena *a, struct priority_line *lines, struct str *sentence);

#endif
