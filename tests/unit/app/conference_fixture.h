/* A region with people and households, on either engine, for the tests of conferences.
 *
 * The list itself is not under test here: app_household_* are played by the fixture, which says in
 * which order the region's households stand and whom a viewer may see by name. */
#ifndef TESTS_APP_CONFERENCE_FIXTURE_H
#define TESTS_APP_CONFERENCE_FIXTURE_H

#include "store_fixture.h"

#include "app/app.h"
#include "app/conference.h"

enum { HOUSEHOLDS = 14 };

struct world {
	struct store *store;
	struct app app;
	struct arena *a;
	struct instant now;
	int64_t coarse; /* the household whose facts are coarse to everybody; 0: none */
};

extern struct world world;

int world_up(void **state);
int world_down(void **state);

#define WORLD(test)                                                                                                    \
	{#test " (SQLite)", test, world_up, world_down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                 \
	{                                                                                                              \
#test " (PostgreSQL)", test, world_up, world_down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]      \
	}

/* People of the world, by login. holder: list holder of region one; fay: facilitator, of Alder
 * Agency; sid: scribe, of Birch Agency; pat: provider of Birch; kim: provider of Alder; far: provider of an
 * agency of region two; other: list holder of region two; spec: specialist; lea: of a lead agency;
 * root: administrator. pru: privacy officer. una: provider of Birch who signed nothing. */
struct call *as(const char *login);

/* Somebody at the command line. */
struct call *as_operator(void);

struct str text(const char *s);
const struct pii *words(const char *s);
struct day day_of(const char *iso);

/* The order of region one, by household number; ended by 0. */
void list_is(const int64_t *order);

/* What the list says of a household: enum status. */
void status_is(int64_t household, int status);

/* An import removes it, or its row ends: it is on no list. */
void leaves_list(int64_t household);

/* The minute hand moves. */
void minutes_pass(int minutes);

/* All of a region's list. */
struct worklist_ref whole(const char *region);

/* A plan that fits; the conference of region one. */
struct conference_plan a_plan(void);
struct str planned_conference(void);
struct str running_conference(void);

/* Sid writes what the person hears from Pat. */
void tell(struct str conference, struct str card);

#define assert_fails(class, expr) assert_err(world.store, (class), (expr))
#define assert_fine(expr) assert_ok(world.store, (expr))
#define assert_text(got, want) assert_string_equal(str_c(world.a, (got)), (want))

#endif
