#include "app/import_job.h"
#include "store/q_client.h"
#include "store/q_hmis.h"
#include "store/q_household.h"
#include "store/q_import_flag.h"
#include "store/q_sweep.h"
#include "store/q_timely.h"

enum {
	ROWS_AT_ONCE = 2000,    /* of rows that are found by what they are */
	NUMBERS_AT_ONCE = 1000, /* of clients or households that are looked through */
	SLICES = 256,           /* of keys and tokens, which are spread evenly */
};
#define KEY_STEP (INT64_MAX / SLICES + 1)

/* What a step of the sweep may use. */
struct sweep {
	int64_t now;
	int64_t low, high;
	int64_t source_no;
	int64_t changed;
	err_t (*few)(struct db *, struct arena *, int64_t, int64_t, int64_t *);
	err_t (*range)(struct db *, struct arena *, int64_t, int64_t, int64_t);
	err_t (*keys)(struct db *, struct arena *, int64_t, int64_t, int64_t, int64_t);
};

static err_t sweep_few(struct db *db, struct arena *a, void *ctx)
{
	struct sweep *s = ctx;
	return s->few(db, a, s->now, ROWS_AT_ONCE, &s->changed);
}

static err_t sweep_range(struct db *db, struct arena *a, void *ctx)
{
	struct sweep *s = ctx;
	return s->range(db, a, s->low, s->high, s->now);
}

static err_t sweep_keys(struct db *db, struct arena *a, void *ctx)
{
	struct sweep *s = ctx;
	return s->keys(db, a, s->source_no, s->low, s->high, s->now);
}

static err_t sweep_projects(struct db *db, struct arena *a, void *ctx)
{
	const struct sweep *s = ctx;
	TRY(q_timely_sweep(db, a, s->now));
	TRY(q_sweep_hmis_organization_old(db, a, s->now));
	TRY(q_sweep_hmis_organization_back(db, a, s->now));
	TRY(q_sweep_hmis_project_old(db, a, s->now));
	TRY(q_sweep_hmis_project_back(db, a, s->now));
	TRY(q_sweep_hmis_project_row_old(db, a, s->now));
	return q_sweep_hmis_project_row_back(db, a, s->now);
}

struct numbers {
	int64_t clients, households, sources;
};

static err_t last_numbers(struct db *db, struct arena *a, void *ctx)
{
	struct numbers *n = ctx;
	struct q_client_last client;
	struct q_household_last household;
	struct q_hmis_source_last source;
	bool found;
	TRY(q_client_last(db, a, &client, &found));
	TRY(q_household_last(db, a, &household, &found));
	TRY(q_hmis_source_last(db, a, &source, &found));
	*n = (struct numbers){client.no, household.no, source.no};
	return NULL;
}

static err_t run(struct call *c, struct sweep *s, err_t (*fn)(struct db *, struct arena *, void *))
{
	struct arena_mark mark = arena_mark(c->arena);
	TRY(db_run(c->db, c->arena, DB_BESIDE, fn, s));
	arena_rewind(c->arena, mark);
	return NULL;
}

/* Rows that an index finds, as long as there are any. */
static err_t sweep_marked(struct call *c, int64_t now, bool leftovers)
{
	static const struct {
		err_t (*few)(struct db *, struct arena *, int64_t, int64_t, int64_t *);
		bool leftover;
	} steps[] = {
		{q_sweep_hmis_person_back, true},
		{q_sweep_hmis_deleted_back, true},
		{q_sweep_client_back, true},
		{q_sweep_enrollment_back, true},
		{q_sweep_household_member_back, true},
		{q_sweep_household_agency_back, true},
		{q_sweep_listing_back, true},
		{q_sweep_movement_back, true},
		{q_sweep_pack_back, true},
		{q_sweep_hmis_person_old, false},
		{q_sweep_hmis_deleted_old, false},
		{q_sweep_client_old, false},
		{q_sweep_enrollment_old, false},
		{q_sweep_household_member_old, false},
		{q_sweep_household_agency_old, false},
		{q_sweep_listing_old, false},
		{q_sweep_movement_old, false},
		{q_sweep_pack_old, false},
	};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct sweep s = {.now = now, .few = steps[i].few, .changed = 1};
		while ((leftovers || !steps[i].leftover) && s.changed > 0)
			TRY(run(c, &s, sweep_few));
	}
	return NULL;
}

/* What was written by an import that was not applied has to be looked for: it is the exception, and
 * an index for it would be paid by every row of every import. */
static err_t sweep_written(struct call *c, int64_t now, const struct import_progress *progress)
{
	static const struct {
		err_t (*range)(struct db *, struct arena *, int64_t, int64_t, int64_t);
		bool households;
	} steps[] = {
		{q_sweep_enrollment_new, false},
		{q_sweep_client_new, false},
		{q_sweep_pack_new, false},
		{q_sweep_listing_new, true},
		{q_sweep_movement_new, true},
		{q_sweep_household_agency_new, true},
		{q_sweep_household_member_new, true},
		{q_sweep_household_new, true},
	};
	struct numbers numbers;
	struct sweep s = {.now = now};
	TRY(db_run(c->db, c->arena, DB_READ, last_numbers, &numbers));
	const struct import_job tell = {.progress = progress};
	int64_t total = 3 * numbers.clients + 5 * numbers.households;
	int64_t done = 0;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		int64_t last = steps[i].households ? numbers.households : numbers.clients;
		s.range = steps[i].range;
		for (s.low = 1; s.low <= last; s.low += NUMBERS_AT_ONCE, done += NUMBERS_AT_ONCE) {
			s.high = s.low + NUMBERS_AT_ONCE - 1;
			TRY(run(c, &s, sweep_range));
			import_tell(&tell, "clearing", done < total ? done : total, total);
		}
	}
	for (int64_t i = 0; i < SLICES; i++) {
		/* Keys have no sign, tokens do. */
		s.low = i * KEY_STEP;
		s.high = i == SLICES - 1 ? INT64_MAX : s.low + KEY_STEP - 1;
		for (s.source_no = 1; s.source_no <= numbers.sources; s.source_no++) {
			s.keys = q_sweep_hmis_person_new;
			TRY(run(c, &s, sweep_keys));
			s.keys = q_sweep_hmis_deleted_new;
			TRY(run(c, &s, sweep_keys));
		}
		s.low = 2 * (s.low - KEY_STEP * (SLICES / 2));
		s.high = i == SLICES - 1 ? INT64_MAX : s.low + 2 * KEY_STEP - 1;
		s.range = q_sweep_client_token_new;
		TRY(run(c, &s, sweep_range));
	}
	return NULL;
}

err_t import_sweep(struct call *c, int64_t now, bool leftovers, const struct import_progress *progress)
{
	struct sweep s = {.now = now};
	TRY(sweep_marked(c, now, leftovers));
	TRY(run(c, &s, sweep_projects));
	return leftovers ? sweep_written(c, now, progress) : NULL;
}
