/* Everybody and every stay in memory, as known on one day: what the list is made from.
 *
 * A roster is filled once, from an HMIS export or from the database, settled, told what was seen
 * of people, and read by domain/listing. Facts dated after `as_of` do not exist in it: an exit
 * after that day leaves the stay open, a stay that begins later is not there.
 *
 * Memory does not grow with what was seen. A sighting is folded into its stay as it comes: the
 * newest contact, the newest living situation, a bit per month, and, which is why stays are settled
 * first, the first fact that opened a list spell after each event that ended one. All folds are
 * minimum, maximum or "or", so the order in which sightings come does not matter. 76 bytes a person,
 * 80 a stay (one cache line of facts, its place in the index, its household stay), 12 an ending.
 *
 * There is no sex, race, ethnicity or disability kind in here: protected traits never enter the
 * order, and what is not here cannot.
 *
 * Calling order
 *  1. roster_new; roster_add_project for every project.
 *  2. roster_add_person, roster_add_stay, roster_decide; set the plain fields of what was added
 *     directly (r->people[i].birth = …, r->stays[i].exit = …). Exits may come before or after their
 *     stays; fields may be overwritten and stays dropped (roster_drop) until the next step.
 *  3. roster_settle, or its steps 0 to ROSTER_STEPS − 1, each for every part.
 *  4. roster_see, roster_score, roster_impaired.
 *  5. listing_build and whatever else reads. To look at another day, fill another roster.
 *
 * Threads: additions (2) and sightings (4) may be called from any number of threads at once, but
 * two threads must not write the plain fields of the same person or stay. The parts of one settle
 * step may run side by side; a step begins when the one before is done for all parts. Reading (5)
 * may run side by side. Steps 2 to 5 do not overlap each other.
 *
 *     struct roster *r = roster_new(as_of, today, &rules_default);
 *     uint32_t shelter = roster_add_project(r, PROJECT_SHELTER);
 *     uint32_t joe = roster_add_person(r);
 *     r->people[joe].birth = birth;
 *     uint32_t stay = roster_add_stay(r, joe, group, shelter, entry);
 *     r->stays[stay].relation = RELATION_HEAD;
 *     roster_settle(r);
 *     roster_see(r, stay, SEEN_NIGHT, night, 0);
 *     …
 *     roster_free(&r);
 */
#ifndef DOMAIN_ROSTER_H
#define DOMAIN_ROSTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "domain/code.h"

enum { REGION_NONE = 0 };      /* no region assigned: visible as such, never lost */
#define ROSTER_NONE UINT32_MAX /* no person, stay, project or group */

/* Settings of the rules. Sources: DEFINITIONS "Status and movement", "People, households, days"
 * and "Priority", where these are the defaults. */
struct rules {
	int window_coordinated;   /* days a contact in coordinated entry keeps a household active: 90 */
	int window_other;         /* … in anything else, or the end of a stay under a roof: 60 */
	int window_night;         /* … a night in night-by-night shelter: 15 */
	int institution_days;     /* days in an institution that change nothing: 90 */
	int placement_days;       /* a placement lost within so many days reopens the old spell: 90 */
	bool transitional_opens;  /* an entry to transitional housing puts a household on the list */
	int contact_overdue_days; /* no contact for so long is flagged: 90 */
	int missed_move_in_days;  /* in permanent housing so long without a move-in is flagged: 180 */
	int situation_old_days;   /* in outreach or coordinated entry, not asked where they stay for so long: 90 */
	int night_old_days;       /* in night-by-night shelter without a night for so long: 30 */
	int long_stay_days;       /* in one shelter for so long: 365 */
	int status_old_days;      /* no change of status and no contact for so long: 90 */
};
extern const struct rules rules_default;

struct roster_project {
	uint8_t type;    /* enum project_type */
	bool victim;     /* of a victim service provider: its people are in no HMIS list */
	bool listed;     /* stands for a list that is not of an HMIS */
	uint16_t region; /* REGION_NONE, or the caller's number of a region */
	uint32_t agency; /* the caller's number, or ROSTER_NONE */
};

/* What people decided, beside the facts of an HMIS (from our own database). */
enum decision { DECISION_ADD, DECISION_MOVED_AWAY, DECISION_INELIGIBLE };

enum {
	PERSON_VERIFIED = 1, /* chronic homelessness, with evidence on file */
	PERSON_VETERAN = 2,
	PERSON_GONE = 4,      /* absent from a newer export, nobody decided */
	PERSON_RAISED = 8,    /* two agencies agreed to raise the household, and it holds on the day */
	PERSON_DISABLED = 32, /* a paper on file evidences a disability */
	PERSON_CODED = 16,    /* a victim service provider's row, of which bands alone are known */
};

struct roster_person {
	_Atomic uint64_t score;    /* newest: see roster_score_of */
	_Atomic uint64_t assessed; /* newest: see roster_assessed_of */
	struct day birth;
	uint32_t tie;            /* filler: recorded random number that breaks ties (DEFINITIONS "Priority") */
	uint16_t region;         /* filler: the person's own region (from a county), or REGION_NONE */
	uint8_t bits;            /* filler: PERSON_… */
	_Atomic uint8_t settled; /* household.h: HOUSEHOLD_… facts about how the household was made */
	uint8_t said_size;       /* filler: people in the household, as a list says that does not name all; 0: none */
	uint8_t said_type;       /* filler: enum household_type, of such a list */
	uint16_t party;          /* filler: which half of a split household, or 0: household_apart.h */
	/* What follows is made by roster_settle. */
	uint32_t leader;         /* acting head of the latest stay */
	uint32_t household;      /* the person whom the household is named after; never ROSTER_NONE */
	_Atomic uint32_t member; /* first of the household's members, on the person it is named after */
	uint32_t next;           /* the next member of the same household */
	uint32_t stays;          /* first place in r->order; the next person's is the end */
	_Atomic int32_t opened;  /* the first fact that opens a spell, up to the first ending */
	uint32_t ends;           /* first place in r->ends, in order of days */
	uint32_t ends_n;
};

enum {
	STAY_MOVE_IN_BAD = 1,   /* MoveInDate outside the stay or in a project that has none */
	STAY_EXIT_FUTURE = 2,   /* ExitDate after today */
	STAY_IMPAIRED = 4,      /* a disability at entry, indefinite and impairing */
	STAY_ENDS = 8,          /* the person has ending events */
	STAY_SHARED = 16,       /* others are in the same household stay */
	STAY_STREET_LATE = 32,  /* DateToStreetESSH after entry: disregarded */
	STAY_STREET_TAKEN = 64, /* to_street is the head's, not the person's own */
	STAY_LISTED = 128,      /* filler: stands for being on a list that is not of an HMIS */
};

/* An HMIS enrollment. One cache line. */
struct roster_stay {
	_Atomic uint64_t months;    /* seen homeless: bit k is the k-th month before that of as_of */
	_Atomic int32_t contact;    /* day of the newest contact */
	_Atomic uint32_t situation; /* newest living situation: see roster_situation_of */
	_Atomic int32_t opened;     /* first opening fact from entry to fence (spell.c) */
	int32_t fence;              /* the person's first ending on or after entry */
	struct day entry;
	struct day exit;      /* filler: DAY_NONE while open */
	struct day move_in;   /* filler: as recorded; settled: as it counts (household_move_in) */
	struct day to_street; /* filler: DateToStreetESSH; settled: as it counts (household_to_street) */
	uint32_t person;      /* ROSTER_NONE: dropped, or not there as of the day */
	uint32_t group;       /* HMIS HouseholdID as the filler's running number, or ROSTER_NONE */
	uint32_t project;
	uint16_t living;      /* filler: LivingSituation at entry */
	uint16_t destination; /* filler: with exit */
	uint8_t relation;     /* filler: RelationshipToHoH */
	uint8_t disabling;    /* filler: DisablingCondition */
	uint8_t los;          /* filler: LengthOfStay */
	uint8_t under_limit;  /* filler: LOSUnderThreshold */
	uint8_t from_street;  /* filler: PreviousStreetESSH */
	uint8_t times;        /* filler: TimesHomelessPastThreeYears */
	uint8_t months_said;  /* filler: MonthsHomelessPastThreeYears, 101 to 113 */
	_Atomic uint8_t bits; /* STAY_… */
};
_Static_assert(sizeof(struct roster_stay) == 64, "a stay is one cache line");
_Static_assert(sizeof(struct roster_person) == 64, "a person is one cache line");

/* An HMIS household stay. */
struct roster_group {
	uint32_t head;         /* the acting head's stay */
	uint16_t heads;        /* how many say they are the head */
	uint16_t people;       /* how many there are; both stop counting at 65,535 */
	_Atomic int32_t start; /* the oldest list start among its people (spell.h) */
};

/* An event that ends a list spell, if one is open then (spell.h). */
enum ending { ENDING_HOUSED, ENDING_MOVED_AWAY, ENDING_INELIGIBLE, ENDING_DECEASED };
struct roster_end {
	struct day day;
	_Atomic int32_t opened; /* the first fact after it that opens a spell */
	enum ending kind;
};

/* One half of a household that was split (household_apart.h). */
struct roster_party {
	uint32_t head;    /* its oldest; ROSTER_NONE: nobody of it is here */
	struct day day;   /* from which it goes its own way */
	struct day start; /* of its time on the list, as it was then */
};

struct roster_decision {
	uint32_t person;
	struct day day;
	enum decision kind;
};

/* Months that a paper on file documents, beside the facts of an HMIS (from our own database). */
struct roster_paper {
	uint32_t person;
	int32_t first; /* months as day_month */
	int32_t last;
	bool own_word; /* the person's own statement */
};

/* Where a person stands on the list (spell.h). */
struct spell {
	struct day start;     /* of the current spell, or of the last one where it has ended */
	struct day since;     /* "date status updated": since when the status holds */
	uint8_t status;       /* enum status */
	bool reopened : 1;    /* a placement was lost and the old spell goes on */
	bool institution : 1; /* active because of a stay in an institution */
	bool after_death : 1; /* seen after a recorded death */
};

struct roster {
	struct day as_of;
	struct day today;
	struct day adult;           /* born on this day or before: an adult as of the day */
	int32_t month;              /* of as_of */
	struct day month_first[65]; /* the first day of the k-th month before it */
	uint8_t back[2048];         /* by days before as_of: how many months back; 64 for more than 63 */
	struct rules rules;
	struct roster_project *projects;
	struct roster_person *people;
	struct roster_stay *stays;
	struct roster_group *groups;
	struct roster_end *ends;
	struct roster_decision *decisions;
	uint32_t *order;                   /* stays by person, each person's by entry */
	struct spell *spells;              /* by person; made by listing.h */
	struct roster_party *parties;      /* from 1; NULL: nobody split */
	uint32_t parties_n;                /* 1 + the highest */
	const struct roster_paper *papers; /* the filler's, by person; given before anything reads */
	size_t papers_n;
	_Atomic uint32_t projects_n, people_n, stays_n, groups_n, ends_n, decisions_n;
	_Atomic bool full;       /* something did not fit: the roster is incomplete and must not be used */
	_Atomic size_t ready[8]; /* bytes of each array that may be touched */
};

/* An empty roster; NULL when the machine has no address space for one. `today` is when the facts
 * were known (the export's day), as_of the day that is described; as_of <= today in common use. */
struct roster *roster_new(struct day as_of, struct day today, const struct rules *rules);
void roster_free(struct roster **r);

/* Forgets people, stays and decisions and can be filled again: projects, days and memory stay. For who looks at
 * many small rosters one after the other. */
void roster_clear(struct roster *r);

/* The new thing's number, or ROSTER_NONE with r->full set when there is no more room: a filler
 * checks r->full once, before it settles. Days and codes of the new thing are unknown. */
uint32_t roster_add_project(struct roster *r, enum project_type type);
uint32_t roster_add_person(struct roster *r);
uint32_t roster_add_stay(struct roster *r, uint32_t person, uint32_t group, uint32_t project, struct day entry);
void roster_decide(struct roster *r, uint32_t person, struct day day, enum decision kind);

/* Takes a stay back that was added before; its number stays used. */
void roster_drop(struct roster *r, uint32_t stay);

/* For household_apart.c: a household stay that no HouseholdID stands for. */
uint32_t roster_add_group(struct roster *r);

/* For spell.c: room for a person's ending events; the first of them, or ROSTER_NONE. */
uint32_t roster_add_ends(struct roster *r, uint32_t many);

/* Links stays to people and households and finds each person's ending events. */
enum { ROSTER_STEPS = 8 };
void roster_settle(struct roster *r);
void roster_settle_step(struct roster *r, int step, unsigned part, unsigned parts);

/* How a person was seen. Source of what counts as contact: DEFINITIONS "Last contact". A
 * coordinated-entry event is an appointment or a referral, not a contact, and is not told here. */
enum seen {
	SEEN_SITUATION,   /* current living situation (4.12), with its code */
	SEEN_NIGHT,       /* bed night */
	SEEN_OUTREACH,    /* outreach contact */
	SEEN_ASSESSMENT,  /* coordinated-entry assessment (4.19) */
	SEEN_PRIORITIZED, /* the same with PrioritizationStatus 1, which opens a spell */
	SEEN_FOLLOWED_UP, /* a contact that somebody wrote down (contact.h): it opens nothing */
	SEEN_CONTACT,     /* any other two-way contact with the person */
};

/* Where a sighting says that the person was: a living situation's code, or CODE_MISSING. */
static inline int seen_where(enum seen how, int code)
{
	enum { CODES = 1024 };
	int where = how == SEEN_NIGHT ? SITUATION_CODE_SHELTER : how == SEEN_SITUATION ? code : CODE_MISSING;
	return (where >= 100 && where < CODES) || where == SITUATION_CODE_OTHER ? where : CODE_MISSING;
}

/* True where there can be a fact of the day: not before DAY_FIRST, not after the roster's day. */
static inline bool roster_day_can_be(const struct roster *r, struct day d)
{
	return d.n >= DAY_FIRST.n && d.n <= r->as_of.n;
}

/* Folds one sighting into its stay; nothing for ROSTER_NONE, a dropped stay or a later day. */
void roster_see(struct roster *r, uint32_t stay, enum seen how, struct day day, int code);

/* Begins to load the stay: call it some rows ahead of roster_see where many come in random order. */
static inline void roster_soon(const struct roster *r, uint32_t stay)
{
	if (stay != ROSTER_NONE)
		__builtin_prefetch(&r->stays[stay], 1);
}

/* The newest score wins; of one day the higher. `tool` is a number for what gave it (priority.h). */
void roster_score(struct roster *r, uint32_t person, struct day day, int16_t value, uint16_t tool);
bool roster_score_of(const struct roster_person *p, int16_t *value, struct day *day, uint16_t *tool);

/* The newest coordinated-entry assessment that was told: its day and project; false if there was none. */
bool roster_assessed_of(const struct roster_person *p, struct day *day, uint32_t *project);

/* A disability record at entry that is indefinite and impairing (4.05 to 4.10). */
void roster_impaired(struct roster *r, uint32_t stay);

/* The newest living situation that was told: its code and day; false if there was none. */
bool roster_situation_of(const struct roster_stay *s, int *code, struct day *day);

/* A person's stays, by entry: r->stays[r->order[i]] for i from *first to before *end. */
static inline void roster_stays(const struct roster *r, uint32_t person, uint32_t *first, uint32_t *end)
{
	*first = r->people[person].stays;
	*end = r->people[person + 1].stays;
}

/* Begins to load what a walk through people meets next: the stays of the person after the next few, and
 * the endings and household stays of one who comes sooner. */
static inline void roster_ahead(const struct roster *r, uint32_t person, uint32_t end)
{
	enum { STAYS_AHEAD = 12, REST_AHEAD = 6 };
	if (end - person <= STAYS_AHEAD)
		return;
	uint32_t first;
	uint32_t last;
	roster_stays(r, person + STAYS_AHEAD, &first, &last);
	for (uint32_t k = first; k < last; k++)
		__builtin_prefetch(&r->stays[r->order[k]], 1);
	__builtin_prefetch(&r->ends[r->people[person + REST_AHEAD].ends]);
	roster_stays(r, person + REST_AHEAD, &first, &last);
	for (uint32_t k = first; k < last; k++)
		if (r->stays[r->order[k]].group != ROSTER_NONE)
			__builtin_prefetch(&r->groups[r->stays[r->order[k]].group]);
}

static inline int roster_type(const struct roster *r, const struct roster_stay *s)
{
	return r->projects[s->project].type;
}

/* True where the stay covers the night of day d. */
static inline bool stay_covers(const struct roster_stay *s, struct day d)
{
	return s->entry.n <= d.n && (!day_known(s->exit) || d.n < s->exit.n);
}

/* How many months before that of as_of a day lies, 0 to 63; 64 for more. Later days are of 0. */
static inline int roster_back(const struct roster *r, struct day d)
{
	int32_t days = r->as_of.n - d.n;
	return days < 0 ? 0 : days < (int32_t)sizeof r->back ? r->back[days] : 64;
}

/* The share of 0 … n − 1 that one part of several has, and whether a number is in it. */
struct roster_range {
	uint32_t from;
	uint32_t to; /* not in it */
};

static inline struct roster_range roster_share(uint32_t n, unsigned part, unsigned parts)
{
	return (struct roster_range){(uint32_t)((uint64_t)n * part / parts),
				     (uint32_t)((uint64_t)n * (part + 1) / parts)};
}

static inline bool roster_in(struct roster_range range, uint32_t i)
{
	return i >= range.from && i < range.to;
}

#endif
