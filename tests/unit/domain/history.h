/* Made-up histories for the tests of the rules: facts of one person as a flat array, told to a roster.
 * Days are counted from HISTORY_DAY, so that tables stay readable. */
#ifndef TESTS_HISTORY_H
#define TESTS_HISTORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/listing.h"
#include "domain/movement.h"

#define HISTORY_DAY 18993 /* 2022-01-01 */

enum { HISTORY_STAYS = 8, HISTORY_FACTS = 48 };

enum fact_kind {
	FACT_NONE, /* the end of the array */
	FACT_STAY, /* what: project type */
	FACT_EXIT, /* what: destination */
	FACT_MOVE_IN,
	FACT_PRIOR, /* what: living situation at entry */
	FACT_SEEN,  /* how, what: living situation */
	FACT_DECIDED,
};

struct fact {
	enum fact_kind kind;
	int stay;
	int day;
	int what;
	enum seen how;
};

static inline struct day on(int day)
{
	return (struct day){HISTORY_DAY + day};
}

static inline int ymd(int year, int month, int day)
{
	struct day d;
	assert_true(day_from_ymd(year, month, day, &d));
	return d.n - HISTORY_DAY;
}

static inline bool is_sighting(const struct fact *f)
{
	return f->kind == FACT_SEEN;
}

/* Stays and decisions of one more person. stays[] gets the roster's numbers. */
static inline uint32_t history_add(struct roster *r, const struct fact *facts, uint32_t stays[HISTORY_STAYS])
{
	uint32_t person = roster_add_person(r);
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		if (f->kind == FACT_STAY)
			stays[f->stay] = roster_add_stay(r, person, ROSTER_NONE,
							 roster_add_project(r, (enum project_type)f->what), on(f->day));
		if (f->kind == FACT_DECIDED)
			roster_decide(r, person, on(f->day), (enum decision)f->what);
	}
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		struct roster_stay *s = &r->stays[stays[f->stay]];
		if (f->kind == FACT_EXIT) {
			s->exit = on(f->day);
			s->destination = (uint16_t)f->what;
		}
		if (f->kind == FACT_MOVE_IN)
			s->move_in = on(f->day);
		if (f->kind == FACT_PRIOR)
			s->living = (uint16_t)f->what;
	}
	return person;
}

static inline void history_see(struct roster *r, const struct fact *f, const uint32_t stays[HISTORY_STAYS])
{
	if (is_sighting(f))
		roster_see(r, stays[f->stay], f->how, on(f->day), f->what);
}

/* A settled roster with this one person, who is number 0. */
static inline struct roster *history_roster(const struct fact *facts, int as_of)
{
	struct roster *r = roster_new(on(as_of), on(as_of), &rules_default);
	assert_non_null(r);
	uint32_t stays[HISTORY_STAYS] = {0};
	history_add(r, facts, stays);
	roster_settle(r);
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++)
		history_see(r, f, stays);
	assert_false(r->full);
	return r;
}

/* A small generator of numbers: the same on every machine. */
static inline uint32_t dice(uint64_t *state, uint32_t sides)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(*state >> 33) % sides;
}

/* A random history of up to some 650 days, as odd as can be. */
static inline void history_random(uint64_t *seed, struct fact *facts)
{
	static const int types[] = {0, 1, 2, 3, 4, 6, 8, 12, 13, 14};
	static const int situations[] = {101, 116, 118, 206, 335, 410, 99, 302};
	static const int exits[] = {30, 116, 410, 24, 206, 435, 302, 101, 423};
	size_t n = 0;
	int stays = 1 + (int)dice(seed, HISTORY_STAYS - 2);
	for (int i = 0; i < stays; i++) {
		int entry = (int)dice(seed, 500);
		facts[n++] = (struct fact){FACT_STAY, i, entry, types[dice(seed, sizeof types / sizeof types[0])], 0};
		if (dice(seed, 2) == 0)
			facts[n++] = (struct fact){FACT_PRIOR, i, 0,
						   situations[dice(seed, sizeof situations / sizeof situations[0])], 0};
		int exit = entry + (int)dice(seed, 200);
		if (dice(seed, 3) != 0)
			facts[n++] =
				(struct fact){FACT_EXIT, i, exit, exits[dice(seed, sizeof exits / sizeof exits[0])], 0};
		if (dice(seed, 3) == 0)
			facts[n++] = (struct fact){FACT_MOVE_IN, i, entry + (int)dice(seed, 100), 0, 0};
	}
	if (dice(seed, 4) == 0)
		facts[n++] = (struct fact){FACT_DECIDED, 0, (int)dice(seed, 600), (int)dice(seed, 3), 0};
	for (int i = (int)dice(seed, 12); i > 0; i--) {
		int stay = (int)dice(seed, (uint32_t)stays);
		facts[n++] = (struct fact){FACT_SEEN, stay, (int)dice(seed, 650),
					   situations[dice(seed, sizeof situations / sizeof situations[0])],
					   (enum seen)dice(seed, SEEN_CONTACT + 1)};
	}
	facts[n] = (struct fact){.kind = FACT_NONE};
}

/* Tells the roster what was seen of somebody, and the trace, stay by stay. */
static inline void history_tell(struct roster *r, struct trace *t, const struct fact *facts,
				const uint32_t stays[HISTORY_STAYS])
{
	struct sighting list[HISTORY_FACTS];
	for (int stay = 0; stay < HISTORY_STAYS; stay++) {
		size_t n = 0;
		for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
			if (!is_sighting(f) || f->stay != stay)
				continue;
			history_see(r, f, stays);
			list[n++] = (struct sighting){.stay = stays[stay],
						      .day = on(f->day),
						      .code = (int16_t)f->what,
						      .how = (uint8_t)f->how};
		}
		trace_stay(t, 0, list, n);
	}
}

#endif
