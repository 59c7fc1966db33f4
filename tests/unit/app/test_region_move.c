/* Moves between regions on both engines: what each list holder may do, and what goes along. Expectations were written
 * from app/region_move.h and domain/region_move.h. */
#include "import_fixture.h"

#include <string.h>

#include "app/cycle.h"
#include "app/household_page.h"
#include "app/list_image.h"
#include "app/region.h"
#include "app/region_move.h"
#include "app/step.h"

#define VISIBLE(table)                                                                                                 \
	" FROM " table " t WHERE t.from_import <= (SELECT import_no FROM hmis_now) AND t.to_import > "                 \
	"(SELECT import_no FROM hmis_now)"

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};

/* Ann is on the list of Region 1 by her shelter, Bea on none by hers. */
static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\nP2,O1,Fen Shelter,0,2026-08-01 "
				"09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Ann,,Abbot,,1980-01-01,0,2026-08-01 09:00:00,\n"
			      "C2,Bea,,Birch,,1985-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"
				      "E2,C2,P2,2026-07-01,H2,1,116,2026-08-01 09:00:00,\n"},
	{"regions.csv", "region,county,project_id\nRegion 1,Larkmere County,P1\nRegion 2,Dell County,\n"
			"Region 3,Osier County,\n,Fen County,P2\n"},
	{0}};

struct scene {
	struct store *s;
	struct call *c;
	struct str ann, bea;
	struct str one, two, three; /* regions */
};

static void open_scene(struct store *s, struct scene *w)
{
	struct import_view v;
	struct region_import_view r;
	struct call *c = import_operator(s);
	const char *path = export_write(s, &head, files);
	import_apply(s, path, &v);
	release_all(s);
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	for (int i = 1; i <= 2; i++)
		store_force(s,
			    str_c(s->a, str_fmt(s->a,
						"UPDATE household SET id = 'h%d' WHERE household_no = (SELECT "
						"m.household_no FROM household_member m JOIN client c ON c.client_no = "
						"m.client_no WHERE c.personal_id = 'C%d')",
						i, i)));
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) VALUES "
		       "('u1', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0), "
		       "('u2', 'max', 'Max Orr', 'list-holder', 'x', 0, 0)");
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = list_cache_new();
	c->app = app;
	*w = (struct scene){.s = s, .c = c, .ann = S("h1"), .bea = S("h2")};
	struct str *regions[] = {&w->one, &w->two, &w->three};
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_LIST_HOLDER};
	struct region_move_page page;
	assert_ok(s, app_region_move_page(c, w->bea, &page));
	assert_int_equal(page.to_n, 3);
	for (size_t i = 0; i < 3; i++)
		*regions[i] = page.to[i].id;
}

static void close_scene(struct scene *w)
{
	struct list_cache *lists = w->c->app->lists;
	list_cache_free(&lists);
}

static void holds(struct scene *w, const char *user, struct str region)
{
	w->c->actor = (struct actor){.kind = ACTOR_USER,
				     .id = str_from(user),
				     .role = ROLE_LIST_HOLDER,
				     .agency_id = S("holders"),
				     .region_id = region,
				     .cover = SIGNED_EVERYWHERE};
}

static const struct pii *why(struct store *s)
{
	return pii_new(s->a, S("Ann Abbot has family there."));
}

static int64_t on_list_of(struct scene *w, int number)
{
	return store_number(
		w->s,
		str_c(w->s->a, str_fmt(w->s->a,
				       "SELECT count(*)" VISIBLE("listing") " AND t.region_id = (SELECT id FROM region "
									    "WHERE number = %d)",
				       number)));
}

/* Asks, and gives back the move's id. */
static struct str asked(struct scene *w, struct str household, struct str to)
{
	struct region_moves_view v;
	assert_ok(w->s, app_region_move_ask(w->c, household, to, why(w->s)));
	assert_ok(w->s, app_region_moves(w->c, &v));
	assert_int_equal(v.rows_n, 1);
	return v.rows[0].id;
}

static void it_moves_when_both_agree(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id, household;
	struct region_moves_view v;
	struct region_moves_count n;
	struct household_view page;
	open_scene(s, &w);
	int64_t start = store_number(s, "SELECT start" VISIBLE("listing") " AND t.region_id IS NOT NULL");
	holds(&w, "u1", w.one);
	id = asked(&w, w.ann, w.two);
	assert_int_equal(on_list_of(&w, 1), 1); /* asking moves nothing */
	assert_err(s, ERR_CONFLICT, app_region_move_ask(w.c, w.ann, w.three, why(s)));
	assert_err(s, ERR_DENIED, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_ok(s, app_region_moves_waiting(w.c, &n));
	assert_true(n.mine == 0 && n.theirs == 1);
	assert_ok(s, app_household_page(w.c, w.ann, &page));
	assert_true(page.can_move && page.move.n > 0);

	/* The third list holder sees nothing of it. */
	holds(&w, "u2", w.three);
	assert_err(s, ERR_MISSING, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_ok(s, app_region_moves(w.c, &v));
	assert_int_equal(v.rows_n, 0);
	assert_ok(s, app_household_page(w.c, w.ann, &page));
	assert_int_equal(page.move.n, 0);

	/* The second sees a code, in the reason too, until it has moved. */
	holds(&w, "u2", w.two);
	assert_ok(s, app_region_moves_waiting(w.c, &n));
	assert_true(n.mine == 1 && n.theirs == 0);
	assert_ok(s, app_region_moves(w.c, &v));
	assert_int_equal(v.rows_n, 1);
	assert_false(v.rows[0].face.named);
	assert_true(v.rows[0].can_answer && !v.rows[0].can_withdraw);
	assert_null(strstr(str_c(s->a, v.rows[0].reason), "Abbot"));
	assert_ok(s, app_household_page(w.c, w.ann, &page));
	assert_true(page.move.n > 0);
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_true(str_eq(household, w.ann));
	assert_int_equal(on_list_of(&w, 1), 0);
	assert_int_equal(on_list_of(&w, 2), 1);
	assert_int_equal(store_number(s, "SELECT start" VISIBLE("listing") " AND t.region_id IS NOT NULL"), start);
	assert_ok(s, app_household_page(w.c, w.ann, &page));
	assert_true(page.panel->face.named);
	assert_int_equal(page.move.n, 0);
	assert_err(s, ERR_CONFLICT, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE noun = 'household' AND noun_id = 'h1' AND "
					 "act IN ('region_move.ask', 'region_move.accept')"),
			 2);

	/* The next import does not take it back. */
	struct import_view again;
	import_apply(s, export_write(s, &head, files), &again);
	assert_int_equal(on_list_of(&w, 2), 1);
	/* And back: asked for by who wants it. */
	holds(&w, "u1", w.one);
	id = asked(&w, w.ann, w.one);
	holds(&w, "u2", w.two);
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_int_equal(on_list_of(&w, 1), 1);
	assert_int_equal(
		store_number(s, "SELECT count(*) FROM household_mark WHERE kind = 'region' AND ended_at IS NULL"), 1);
	close_scene(&w);
}

static void it_is_refused_with_a_reason_or_withdrawn(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id, household;
	struct region_move_page page;
	open_scene(s, &w);
	holds(&w, "u1", w.one);
	assert_err(s, ERR_INVALID, app_region_move_ask(w.c, w.ann, w.two, NULL));
	assert_err(s, ERR_MISSING, app_region_move_ask(w.c, w.ann, S("nowhere"), why(s)));
	assert_err(s, ERR_MISSING, app_region_move_ask(w.c, S("nobody"), w.two, why(s)));
	assert_err(s, ERR_CONFLICT, app_region_move_ask(w.c, w.ann, w.one, why(s)));
	id = asked(&w, w.ann, w.two);
	holds(&w, "u2", w.two);
	assert_err(s, ERR_INVALID, app_region_move_answer(w.c, id, REGION_MOVE_REFUSE, NULL, &household));
	assert_err(s, ERR_DENIED, app_region_move_answer(w.c, id, REGION_MOVE_WITHDRAW, NULL, &household));
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_REFUSE, pii_new(s->a, S("No shelter for her here.")),
					    &household));
	holds(&w, "u1", w.one);
	assert_ok(s, app_region_move_page(w.c, w.ann, &page));
	assert_int_equal(page.rows_n, 1);
	assert_true(str_eq(page.rows[0].answer, S("No shelter for her here.")));
	id = asked(&w, w.ann, w.three);
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_WITHDRAW, NULL, &household));
	assert_int_equal(on_list_of(&w, 1), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM household_mark"), 0);
	/* Others have no part in it. */
	static const enum role no_part[] = {ROLE_SPECIALIST, ROLE_PROVIDER, ROLE_LEAD, ROLE_ADMINISTRATOR};
	for (size_t i = 0; i < sizeof no_part / sizeof *no_part; i++) {
		w.c->actor.role = no_part[i];
		assert_err(s, ERR_DENIED, app_region_move_ask(w.c, w.ann, w.two, why(s)));
		assert_err(s, ERR_DENIED, app_region_move_page(w.c, w.ann, &page));
		assert_err(s, ERR_DENIED, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	}
	/* Nobody's: a sealed reason is not in the database as it was written. */
	assert_int_equal(store_number(s, "SELECT count(*) FROM region_move WHERE state = 'asked'"), 0);
	close_scene(&w);
}

static void one_of_no_region_is_taken(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct region_move_page page;
	open_scene(s, &w);
	holds(&w, "u1", w.one);
	assert_err(s, ERR_DENIED, app_region_move_ask(w.c, w.bea, w.two, why(s)));
	assert_ok(s, app_region_move_page(w.c, w.bea, &page));
	assert_true(page.alone && page.to_n == 1);
	assert_ok(s, app_region_move_ask(w.c, w.bea, w.one, why(s)));
	assert_int_equal(on_list_of(&w, 1), 2);
	/* From then on it is of a region, as others are. */
	assert_ok(s, app_region_move_page(w.c, w.bea, &page));
	assert_true(!page.alone && page.rows_n == 1 && str_eq(page.rows[0].state, S("accepted")));
	holds(&w, "u2", (struct str){0});
	assert_err(s, ERR_DENIED, app_region_move_ask(w.c, w.bea, w.two, why(s)));
	close_scene(&w);
}

static void seat_and_steps_go_along(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id, household;
	struct cycle_view v;
	open_scene(s, &w);
	holds(&w, "u1", w.one);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = w.one}, 10, 0));
	store_force(s,
		    "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
		    "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) SELECT 'k1', "
		    "region_id, id, 'highest', 20600, 0, 60, 300, 'u1', 'u1', 'closed', 4, 0, 'u1' FROM cycle");
	store_force(s, "INSERT INTO step (id, household_no, region_id, conference_id, words, state, state_at, "
		       "created_at, created_by) SELECT 'open', household_no, (SELECT id FROM region WHERE number = 1), "
		       "'k1', words, 'open', 0, 0, 'u1' FROM (SELECT household_no, birth AS words FROM household JOIN "
		       "client ON client_no = 1 WHERE household.id = 'h1') AS one");
	store_force(s,
		    "INSERT INTO step (id, household_no, region_id, conference_id, words, state, state_at, "
		    "created_at, created_by) SELECT 'done', household_no, region_id, 'k1', words, 'done', 0, 0, 'u1' "
		    "FROM step");
	id = asked(&w, w.ann, w.two);
	holds(&w, "u2", w.two);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = w.two}, 10, 0));
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_ok(s, app_cycle(w.c, (struct worklist_ref){.region_id = w.two}, &v));
	assert_int_equal(v.seats_n, 1);
	assert_true(str_starts(v.seats[0].joined, S("came with its seat from another region")));
	assert_int_equal(store_number(s, "SELECT count(*) FROM step JOIN region r ON r.id = region_id WHERE r.number = "
					 "2 AND step.id = 'open'"),
			 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM step JOIN region r ON r.id = region_id WHERE r.number = "
					 "1 AND step.id = 'done'"),
			 1);
	holds(&w, "u1", w.one);
	assert_ok(s, app_cycle(w.c, (struct worklist_ref){.region_id = w.one}, &v));
	assert_int_equal(v.seats_n, 0);
	assert_int_equal(v.freed_n, 1);
	assert_true(str_starts(v.freed[0].ended, S("went with its seat to another region")));
	/* Back again: nobody decided that it must not come back, so it takes a seat as others do. */
	id = asked(&w, w.ann, w.one);
	holds(&w, "u2", w.two);
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	holds(&w, "u1", w.one);
	assert_ok(s, app_cycle(w.c, (struct worklist_ref){.region_id = w.one}, &v));
	assert_int_equal(v.seats_n, 1);
	close_scene(&w);
}

/* A region without a cycle: the seat is free, and the household waits for the next cycle as everybody does. */
static void where_no_cycle_is_open(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id, household;
	struct cycle_view v;
	open_scene(s, &w);
	holds(&w, "u1", w.one);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = w.one}, 10, 0));
	id = asked(&w, w.ann, w.two);
	holds(&w, "u2", w.two);
	assert_ok(s, app_region_move_answer(w.c, id, REGION_MOVE_ACCEPT, NULL, &household));
	assert_int_equal(store_number(s, "SELECT count(*) FROM cycle_household WHERE left_as IS NULL"), 0);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = w.two}, 10, 0));
	assert_ok(s, app_cycle(w.c, (struct worklist_ref){.region_id = w.two}, &v));
	assert_int_equal(v.seats_n, 1);
	close_scene(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(it_moves_when_both_agree),  BOTH(it_is_refused_with_a_reason_or_withdrawn),
		BOTH(one_of_no_region_is_taken), BOTH(seat_and_steps_go_along),
		BOTH(where_no_cycle_is_open),
	};
	return cmocka_run_group_tests_name("region_move", tests, NULL, NULL);
}
