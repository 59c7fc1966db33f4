/* What a row of the list says of open work is what the database says, however often it was read before. */
#include "conference_fixture.h"

#include "app/card.h"
#include "app/conference_view.h"
#include "app/next_step.h"
#include "app/record.h"
#include "app/step.h"
#include "store/q_card.h"

static int up(void **state)
{
	int failed = world_up(state);
	world.app.steps = step_cache_new();
	return failed;
}

static int down(void **state)
{
	step_cache_free(&world.app.steps);
	return world_down(state);
}

#define REMEMBERED(test)                                                                                               \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

enum { ROWS = 3 };

struct page {
	bool names; /* the viewer reads words as they were written */
	struct next_step rows[ROWS];
};

static err_t read_page(struct db *db, struct arena *a, void *ctx)
{
	struct page *page = ctx;
	struct household_face faces[ROWS] = {0};
	for (int i = 0; i < ROWS; i++)
		faces[i] = (struct household_face){.no = i + 1, .visible = true, .notes = page->names};
	return app_next_steps(as("fay"), db, a, faces, ROWS, page->rows);
}

static struct page page_seen(bool names)
{
	struct page page = {.names = names};
	assert_fine(db_run(world.store->db, world.a, DB_READ, read_page, &page));
	return page;
}

static void assert_same(const struct page *got, const struct page *want)
{
	for (int i = 0; i < ROWS; i++) {
		const struct next_step *g = &got->rows[i];
		const struct next_step *w = &want->rows[i];
		assert_text(g->text, str_c(world.a, w->text));
		assert_text(g->barrier, str_c(world.a, w->barrier));
		assert_text(g->who, str_c(world.a, w->who));
		assert_int_equal(g->due.n, w->due.n);
		assert_int_equal(g->target.n, w->target.n);
		assert_int_equal(g->reviewed.n, w->reviewed.n);
		assert_int_equal(g->overdue, w->overdue);
		assert_int_equal(g->in_cycle, w->in_cycle);
	}
}

/* The page as the database has it, seen twice with what is remembered and once without. */
static struct page page_now(void)
{
	struct step_cache *cache = world.app.steps;
	for (int names = 0; names < 2; names++) {
		struct page first = page_seen(names == 1);
		struct page second = page_seen(names == 1);
		world.app.steps = NULL;
		struct page fresh = page_seen(names == 1);
		world.app.steps = cache;
		assert_same(&first, &fresh);
		assert_same(&second, &fresh);
	}
	return page_seen(true);
}

static void every_change_is_seen_at_once(void **state)
{
	(void)state;
	assert_false(page_now().rows[0].in_cycle);
	struct str id = running_conference();
	assert_true(page_now().rows[0].in_cycle);

	struct conference_view v;
	assert_fine(app_conference(as("fay"), id, S(""), &v));
	struct str card = v.queue[0].card_id;
	assert_fine(app_card_open(as("fay"), id, card));
	assert_fine(app_card_barrier(as("sid"), id, card, BARRIER_DOCUMENTS, true));
	assert_true(page_now().rows[0].barrier.n > 0);

	struct step_said said;
	struct step_new step = {words("Tour Cedar Court with Joe"), S("pat"), day_of("2026-11-24"), S("")};
	assert_fine(app_step_add(as("sid"), id, card, &step, &said));
	assert_text(page_now().rows[0].text, "Tour Cedar Court with Joe");
	assert_text(page_now().rows[0].who, "Pat Sample, Birch Agency");
	assert_int_equal(page_now().rows[1].text.n, 0);

	step = (struct step_new){words("Call the landlord"), S("kim"), day_of("2026-11-25"), S("")};
	assert_fine(app_step_change(as("sid"), id, said.id, &step, &said));
	assert_text(page_now().rows[0].text, "Call the landlord");
	assert_text(page_now().rows[0].who, "Kim Sample, Alder Agency");

	assert_fine(app_card_target(as("sid"), id, card, day_of("2026-12-04")));
	assert_int_equal(page_now().rows[0].target.n, day_of("2026-12-04").n);

	assert_fine(app_step_answer(as("sid"), id, said.id, STEP_DONE, DAY_NONE));
	assert_int_equal(page_now().rows[0].text.n, 0);
}

/* A writer that changes something, looks at the page and then gives up: the number that it gave to its
 * change in the journal will be another's. */
static err_t write_and_fail(struct db *db, struct arena *a, void *ctx)
{
	struct page *seen = ctx;
	int64_t changed;
	TRY(q_target_replace(db, a, 1, world.now, &changed));
	TRY(app_record(as("fay"), db, a, "card.target", "conference", S("none"), S("")));
	TRY(read_page(db, a, seen));
	return err_new(a, ERR_CONFLICT, "No.");
}

static void writers_leave_nothing_behind(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct conference_view v;
	struct page inside = {.names = true};
	assert_fine(app_conference(as("fay"), id, S(""), &v));
	assert_fine(app_card_open(as("fay"), id, v.queue[0].card_id));
	assert_fine(app_card_target(as("sid"), id, v.queue[0].card_id, day_of("2026-12-04")));
	struct page before = page_now();
	assert_fails(ERR_CONFLICT, db_run(world.store->db, world.a, DB_WRITE, write_and_fail, &inside));
	assert_false(day_known(inside.rows[0].target));
	assert_fine(app_card_barrier(as("sid"), id, v.queue[0].card_id, BARRIER_UNIT, true)); /* takes the number */
	assert_int_equal(page_now().rows[0].target.n, before.rows[0].target.n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REMEMBERED(every_change_is_seen_at_once),
		REMEMBERED(writers_leave_nothing_behind),
	};
	return cmocka_run_group_tests_name("app next_step", tests, NULL, NULL);
}
