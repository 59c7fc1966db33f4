/* How long everybody has been homeless, as `byname standing` prints it: ids and facts, never a name.
 *
 * A book is a settled roster (with the spells of domain/spell.h) and its nights; a row is worked out from it
 * for one person at a time, on all cores. Rows are written by the caller's `write` on whichever core made
 * them, into text that `flush` gets in the order of people, so that a million rows are never held.
 *
 *     struct standing_ask ask = {.as_of = day, .today = today, .ctx = me, .write = to_csv, .flush = out};
 *     TRY(app_standing(c, &ask));                 every client of the database that has an enrollment
 *     TRY(app_standing_export(a, path, &ask));    the same from an HMIS export, without a database
 */
#ifndef APP_STANDING_H
#define APP_STANDING_H

#include "app/app.h"
#include "app/night_book.h"
#include "base/buf.h"
#include "domain/chtime.h"
#include "domain/standing.h"

struct standing_row {
	bool first; /* of all rows */
	struct str personal_id;
	int months_36;
	int nights_3y; /* distinct nights of the last three years, recorded or said, not bridged */
	int episodes;  /* CHTime's, bridged */
	int chtime;
	int chtime_status;
	enum chronic chronic;
	bool entered;         /* in a homeless or permanent-housing project, ever */
	enum answer at_entry; /* of the latest of these */
};

enum {
	STANDING_TEXT = 512,        /* bytes that `write` may write for one row */
	STANDING_USUAL = 64,        /* and usually writes */
	STANDING_MEMORY = 64 << 20, /* one person's nights */
	STANDING_THREADS = 16,      /* at most */
};

struct standing_ask {
	struct day as_of;
	struct day today;
	void *ctx;
	void (*write)(void *ctx, struct buf *out, const struct standing_row *row); /* on any thread */
	err_t (*flush)(void *ctx, struct str text);
};

/* From packed copies of the facts (app/pack.h); from the facts where there are none yet. ERR_DENIED for whoever
 * is not the operator. */
must err_t app_standing(struct call *c, const struct standing_ask *ask);

/* The same from the facts themselves, which takes longer. */
must err_t app_standing_facts(struct call *c, const struct standing_ask *ask);
must err_t app_standing_export(struct arena *a, struct str path, const struct standing_ask *ask);

/* ---- for those two ---- */

struct standing_book {
	struct roster *r; /* settled and told what was seen */
	struct night_lists nights;
	uint8_t *group_chronic; /* by household stay, zeroed: standing_mark */
	void *ctx;
	struct str (*personal_id)(const void *ctx, uint32_t person); /* empty: leave them out */
};

/* Writes the rows of everybody in the book who has an enrollment. */
must err_t standing_write(struct standing_book *b, struct arena *a, const struct standing_ask *ask);

/* … of the people from `from` to before `to`, in one thread. Their spells are gathered and their household stays
 * marked. The arena is for one person at a time. */
void standing_rows(const struct standing_book *b, struct arena *a, const struct standing_ask *ask, uint32_t from,
		   uint32_t to, struct buf *out);

/* As many as there are cores. */
unsigned standing_threads(void);

struct roster_fill;

/* Writes the rows of everybody in so many packs. `fill` has projects and rules and nobody in it. ERR_RETRY where
 * another version was switched on meanwhile. */
must err_t standing_packs(struct call *c, const struct standing_ask *ask, const struct roster_fill *fill, int64_t now,
			  int64_t packs);

/* The person's stays in the roster, by entry, as domain/nights.h wants them; *n of them in the arena. */
struct night_stay *standing_stays(const struct standing_book *b, struct arena *a, uint32_t person, size_t *n);

/* Notes in group_chronic, for stays from `from` to before `to`, which household stays have somebody who entered
 * with the head and is chronic at entry. Shares may run side by side. */
void standing_mark(struct standing_book *b, uint32_t from, uint32_t to);

/* Chronic at the entry of the stay, by the rule of the household (chronic_in_household). After standing_mark of
 * all stays. */
enum answer standing_entry(const struct standing_book *b, uint32_t stay);

/* As the list counts it (chronic_now): a child's household is chronic through its head. `own` are the person's
 * months; wants spell_of of both to be done before. */
enum chronic standing_chronic(const struct roster *r, uint32_t person, const struct standing_months *own);

/* True where the reporting rules ask about the person: head of a household stay that they look at, or an
 * adult as of the day. */
bool standing_counts(const struct roster *r, uint32_t person, struct day last);

#endif
