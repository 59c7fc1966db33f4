/* Nights without a home, for reporting: which ones, from what record, and in which stretch of time.
 *
 * This is one of the two measures of how long somebody has been homeless; months in 36 (standing.h) is the
 * other, for ranking and for people. They are never mixed. Source: DEFINITIONS "Length of time homeless".
 *
 * A night counts as recorded where it lies in a stay in entry-exit shelter or safe haven (entry to the day
 * before exit), is a bed night of night-by-night shelter, is the day of a living situation of 101, 116
 * or 118 in whichever project (outreach notes its contacts so), or lies in permanent housing that was
 * entered from homelessness and not moved into yet. It counts as self-reported where it lies from
 * DateToStreetESSH to the day before entry and is not recorded. A night in transitional housing, or
 * after a move-in and before exit, is neither, whatever else is known of it. Nights housed are held to what
 * HUD's reference code computes for the Longitudinal Systems Analysis (tests/conformance/housed.c).
 *
 * (ours) Entered from homelessness: from 101, 116 or 118; or under 7 days elsewhere, or under 90 days in an
 * institution, with PreviousStreetESSH yes: the answers that the reporting rules accept (chtime.h).
 */
#ifndef DOMAIN_NIGHTS_H
#define DOMAIN_NIGHTS_H

#include "domain/code.h"
#include "domain/spans.h"

/* When somebody was seen, and how. In four bytes, as there are many: four times the day, and the kind. */
enum night_kind {
	NIGHT_KIND_BED,     /* a bed night */
	NIGHT_KIND_STREET,  /* a living situation of 101, 116 or 118 */
	NIGHT_KIND_NO_NIGHT /* something else, which nights do not look at */
};

struct night_seen {
	int32_t mark;
};

static inline struct night_seen night_seen(struct day day, enum night_kind kind)
{
	return (struct night_seen){day.n * 4 + (int32_t)kind};
}

static inline enum night_kind night_kind(struct night_seen s)
{
	return (enum night_kind)(s.mark & 3);
}

static inline struct day night_day(struct night_seen s)
{
	return (struct day){(s.mark - (s.mark & 3)) / 4};
}

/* One enrollment, as far as nights know of it. Dates after the day that is described count as unknown. */
struct night_stay {
	int type; /* enum project_type */
	struct day entry;
	struct day exit;      /* DAY_NONE while open */
	struct day move_in;   /* as it counts (household_move_in) */
	struct day to_street; /* as it counts (household_to_street) */
	struct day said;      /* DateToStreetESSH as recorded, which the reporting rules look at */
	int living, los, from_street, times, months;
	const struct night_seen *seen; /* by day */
	size_t seen_n;
};

/* True where the answers at entry say: under 7 days in that place, or under 90 in an institution. */
bool night_brief(const struct night_stay *s);

/* True where they say that the person came from homelessness. */
bool night_from_homeless(const struct night_stay *s);

/* The last night of a stay, on `last` at the latest; before entry for a stay without a night. */
struct day night_last(const struct night_stay *s, struct day last);

enum night_source {
	NIGHT_SHELTER,      /* in entry-exit shelter or safe haven */
	NIGHT_BED,          /* bed nights */
	NIGHT_SEEN,         /* living situations: street, shelter or safe haven */
	NIGHT_WAITING,      /* in permanent housing, not moved in */
	NIGHT_SAID,         /* self-reported */
	NIGHT_TRANSITIONAL, /* takes nights away, as the next does */
	NIGHT_HOUSED,
	NIGHT_SOURCES,
};
const char *night_source_say(enum night_source s); /* "shelter stay" */

/* One line of the working: what a record says by itself, before others take from it or overlap it.
 * Nights in a row of one kind in one stay are one line. */
struct night_span {
	struct span span;
	enum night_source source;
	uint32_t stay; /* index */
};

struct night_count {
	struct day first, last;
	int recorded;
	int said;
	int housed; /* after a move-in */
};

struct nights {
	struct night_span *working; /* by stay, then as above */
	size_t working_n;
	struct spans recorded;      /* what counts */
	struct spans said;          /* what counts and is not recorded */
	struct spans housed;        /* after a move-in */
	struct night_count years3;  /* the last three years, the day included */
	struct night_count episode; /* from the first to the last night of the latest run; first unknown: no night */
	bool current;               /* the run may still go on: its last night is at most 7 days ago */
};

enum { NIGHTS_YEARS = 3, NIGHTS_APART = 7 }; /* nights so many days apart are of one run */

/* Works them out as of a day. Arrays live in the arena. */
void nights_work(struct arena *a, const struct night_stay *stays, size_t n, struct day as_of, struct nights *out);

/* How many nights the three years from `first` (nights_window) to as_of have: the recorded and the self-reported of
 * `years3`, without their working, which takes a fraction of the time. */
int nights_in_window(const struct night_stay *stays, size_t n, struct day first, struct day as_of);

/* The first day of the three years that end on `last`: 29 February gives way to the 28th. */
struct day nights_window(struct day last);

#endif
