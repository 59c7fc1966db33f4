/* The frame that every use case of a conference shares: which conference, who the actor is in it, and
 * what that part may do now. Private to src/app.
 *
 * A struct meeting lives in one transaction. Domain's conference_acts says what a part may; this file
 * says which part somebody has:
 *
 * - the list holder of the region, and a specialist of the region (or of none), lead it;
 * - its facilitator and its scribe;
 * - a provider who is checked in and admitted or, once it is closed, was;
 * - nobody else: a lead agency, an administrator and an operator reach nothing of it.
 */
#ifndef APP_MEETING_H
#define APP_MEETING_H

#include "app/app.h"
#include "app/worklist.h"
#include "base/pii.h"
#include "domain/calendar.h"
#include "domain/conference.h"
#include "store/q_conference.h"

struct meeting {
	struct call *call;
	struct db *db;
	struct arena *arena; /* of the transaction */
	struct str id;
	struct q_conference_by_id row;
	enum conference_state state;
	enum conference_part part; /* whose rights the actor has */
	bool here;                 /* the actor is checked in */
	bool waits;                /* the actor is in the lobby */
	bool door;                 /* the actor may check in */
	unsigned acts;             /* enum conference_act */
};

/* Loads the conference and the actor's part. ERR_MISSING where there is none, and for an actor who may
 * neither see it nor check in: the two look alike. */
must err_t meeting_open(struct call *c, struct db *db, struct arena *a, struct str id, struct meeting *out);

/* ERR_CONFLICT where the state of the conference forbids it, ERR_DENIED where the part does. */
must err_t meeting_may(const struct meeting *m, unsigned act);

/* One use case: a DB_WRITE transaction, the conference, the right to `act`, then fn. */
must err_t meeting_do(struct call *c, struct str id, unsigned act, err_t (*fn)(struct meeting *m, void *ctx),
		      void *ctx);

/* A journal row about the conference: the event of its topic. */
must err_t meeting_record(struct meeting *m, const char *act, struct str more);

/* Free text on its way in and out of a sealed column. */
struct str meeting_seal(const struct meeting *m, const char *table, const char *column, struct str row,
			const struct pii *words);
must err_t meeting_unseal(const struct meeting *m, const char *table, const char *column, struct str row,
			  struct str sealed, const struct pii **words);

/* ERR_INVALID for text that is empty, too long or not clean. */
must err_t meeting_check_words(struct arena *a, const struct pii *words);

/* ERR_INVALID for an id drawn by a page (empty: none was) that is none. */
must err_t meeting_check_id(struct arena *a, struct str id);

/* A new id as text in the arena. */
struct str meeting_new_id(struct arena *a);

/* Days on which offices are closed, for this year and the two that follow. */
struct calendar meeting_calendar(struct arena *a, struct day today);

/* The list whose cycle the conference works through. */
struct worklist_ref meeting_list(const struct meeting *m);

/* Seconds since the start; 0 before it, and never backwards past it when a clock jumps. */
int meeting_elapsed(const struct meeting *m);

/* Whether the actor may plan conferences of the region. */
bool meeting_may_plan(const struct actor *actor, struct str region_id);

/* Whether somebody is one of the people of the region's conferences: who can facilitate, write, be checked
 * in and own a step. */
must err_t meeting_person(struct db *db, struct arena *a, struct str region_id, struct str user_id, bool *out);

/* Whether the actor has to do with the region's conferences at all: plans them, works in it, or for an
 * agency of the region; the second answers ERR_DENIED where not. `db` is in a transaction. */
must err_t meeting_region_works(struct call *c, struct db *db, struct arena *a, struct str region_id, bool *out);
must err_t meeting_region_may(struct call *c, struct db *db, struct arena *a, struct str region_id);

#endif
