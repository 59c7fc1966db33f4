/* What is no longer kept goes by rule, and nothing else does, on both engines. */
#include "conference_fixture.h"

#include <string.h>

#include "app/dispose.h"
#include "app/journal.h"
#include "store/seal.h"

static void run(const char *sql)
{
	store_force(world.store, sql);
}

static int64_t number(const char *sql)
{
	return store_number(world.store, sql);
}

static const struct dispose_row *row_of(const struct dispose_view *v, const char *word)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->rows[i].word, str_from(word)))
			return &v->rows[i];
	fail_msg("there is no rule %s", word);
	return NULL;
}

static int64_t due(const char *word)
{
	struct dispose_view v;
	assert_fine(app_dispose_due(as("pru"), &v));
	return row_of(&v, word)->due;
}

/* An instant so many days before today of the fixture, 2026-11-17. */
static long long days_ago(int days)
{
	return (long long)day_at(day_add(day_of("2026-11-17"), -days), 12, 0).ms;
}

enum { SEVEN_YEARS = 2557 }; /* 2019-11-17 is that many days before */

/* Somebody with a name, last changed and exited so many days ago; exit < 0: still enrolled. */
static void person(int client, int changed, int exited)
{
	run(str_c(world.a, str_fmt(world.a,
				   "INSERT INTO client (client_no, from_import, to_import, source_no, personal_id, "
				   "updated, hashed, "
				   "gone, name) VALUES (%d, 1, 2147483647, 1, 'P%d', %lld, 0, 0, %s)",
				   client, client, days_ago(changed),
				   world.store->engine == DB_SQLITE ? "X'0101'" : "'\\x0101'")));
	run(str_c(world.a,
		  str_fmt(world.a,
			  "INSERT INTO enrollment (client_no, enrollment_no, from_import, to_import, project_no, "
			  "entry, exit, "
			  "gone, dossier) VALUES (%d, 1, 1, 2147483647, 1, 15000, %s, 0, %s)",
			  client,
			  exited < 0 ? "NULL"
				     : str_c(world.a, str_fmt(world.a, "%d", day_add(day_of("2026-11-17"), -exited).n)),
			  world.store->engine == DB_SQLITE ? "X'0101'" : "'\\x0101'")));
}

static void people_go_after_seven_years_and_not_before(void **state)
{
	(void)state;
	run("INSERT INTO client_block (client_no, key) VALUES (9001, 1), (9002, 1)");
	int64_t before = due("people");
	int64_t named = number("SELECT count(*) FROM client WHERE name IS NOT NULL");
	person(9001, SEVEN_YEARS + 1, SEVEN_YEARS + 1);
	person(9002, SEVEN_YEARS - 1, SEVEN_YEARS + 1); /* changed since */
	person(9003, SEVEN_YEARS + 1, SEVEN_YEARS - 1); /* was here since */
	person(9004, SEVEN_YEARS + 1, -1);              /* still is */
	assert_int_equal(due("people"), before + 1);
	struct dispose_view v;
	assert_fine(app_dispose_run(as_operator(), &v));
	assert_int_equal(row_of(&v, "people")->due, before + 1);
	assert_int_equal(number("SELECT count(*) FROM client WHERE client_no = 9001 AND name IS NULL"), 1);
	assert_int_equal(number("SELECT count(*) FROM client_block WHERE client_no = 9001"), 0);
	assert_int_equal(number("SELECT count(*) FROM client_block WHERE client_no = 9002"), 1);
	assert_int_equal(number("SELECT count(*) FROM client WHERE name IS NOT NULL"), named - before + 3);
	assert_int_equal(number("SELECT count(*) FROM enrollment WHERE client_no = 9001"), 1);
	assert_int_equal(due("people"), 0);
	/* What went stands in the journal and on the page, once. */
	struct journal_ask ask = {.act = S("dispose.run"), .from = DAY_NONE, .until = DAY_NONE, .most = 50};
	struct journal_view j;
	assert_fine(app_journal(as("pru"), &ask, &j));
	assert_int_equal(j.rows_n, 1);
	assert_fine(app_dispose_run(as_operator(), &v));
	assert_fine(app_journal(as("pru"), &ask, &j));
	assert_int_equal(j.rows_n, 1);
	assert_fine(app_dispose_due(as("pru"), &v));
	assert_true(instant_known(row_of(&v, "people")->last));
	assert_false(instant_known(row_of(&v, "words")->last));
}

static void disclosures_go_in_pieces(void **state)
{
	enum { OLD = 5003 }; /* more than a piece */
	(void)state;
	run(str_c(world.a, str_fmt(world.a,
				   "INSERT INTO disclosure (id, at, user_id, route, households) WITH RECURSIVE n(i) AS "
				   "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
				   "SELECT 'd' || CAST(i AS text), %lld, 'pat', '/list', 'h1' FROM n",
				   OLD, days_ago(SEVEN_YEARS + 1))));
	run(str_c(world.a, str_fmt(world.a,
				   "INSERT INTO disclosure (id, at, user_id, route, households) VALUES ('e', %lld, "
				   "'pat', '/list', 'h1')",
				   days_ago(SEVEN_YEARS - 1))));
	assert_int_equal(due("shown"), OLD);
	struct dispose_view v;
	assert_fine(app_dispose_run(as_operator(), &v));
	assert_int_equal(row_of(&v, "shown")->due, OLD);
	assert_int_equal(number("SELECT count(*) FROM disclosure"), 1);
}

static void a_setting_says_how_long(void **state)
{
	(void)state;
	person(9001, 800, 800);
	assert_int_equal(number("SELECT count(*) FROM client WHERE client_no = 9001 AND name IS NOT NULL"), 1);
	int64_t before = due("people");
	run("INSERT INTO setting (key, value, changed_at) VALUES ('keep_years', '2', 0)");
	assert_true(due("people") > before);
}

static void it_is_for_operators_and_who_guards(void **state)
{
	static const char *const others[] = {"holder", "fay", "pat", "spec", "lea", "root"};
	struct dispose_view v;
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_fails(ERR_DENIED, app_dispose_due(as(others[i]), &v));
		assert_fails(ERR_DENIED, app_dispose_run(as(others[i]), &v));
	}
	assert_fails(ERR_DENIED, app_dispose_run(as("pru"), &v));
	assert_fine(app_dispose_due(as_operator(), &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(people_go_after_seven_years_and_not_before),
		WORLD(disclosures_go_in_pieces),
		WORLD(a_setting_says_how_long),
		WORLD(it_is_for_operators_and_who_guards),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
