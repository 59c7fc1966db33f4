/* The journal and the record of disclosures as they are read, on both engines. */
#include "conference_fixture.h"

#include <string.h>

#include "app/journal.h"
#include "app/record.h"
#include "app/refusal.h"
#include "base/buf.h"

struct act {
	struct call *call;
	const char *act, *noun, *id, *more;
};

static err_t write_act(struct db *db, struct arena *a, void *ctx)
{
	const struct act *w = ctx;
	return app_record(w->call, db, a, w->act, w->noun, str_from(w->id), str_from(w->more));
}

static void did(const char *login, const char *act, const char *noun, const char *id, const char *more)
{
	struct act w = {as(login), act, noun, id, more};
	assert_fine(db_run(world.store->db, world.a, DB_WRITE, write_act, &w));
	minutes_pass(1);
}

/* Somebody is shown households, separated by blanks. */
static void saw(const char *id, const char *login, const char *route, const char *households)
{
	store_force(world.store, str_c(world.a, str_fmt(world.a,
							"INSERT INTO disclosure (id, at, user_id, route, households) "
							"VALUES ('%s', %lld, '%s', '%s', '%s')",
							id, (long long)world.now.ms, login, route, households)));
	minutes_pass(1);
}

static struct journal_ask all(void)
{
	return (struct journal_ask){.from = DAY_NONE, .until = DAY_NONE, .most = 50};
}

static void some_acts(void)
{
	did("holder", "household.mark", "household", "h1", "kind=moved");
	did("pat", "nomination.add", "household", "h2", "nomination=n1");
	did("fay", "step.add", "conference", "c1", "step=s1,household=h1");
	did("root", "user.add", "user", "pat", "role=provider");
}

static void acts_are_told_newest_first_in_words(void **state)
{
	(void)state;
	struct journal_ask ask = all();
	struct journal_view v;
	some_acts();
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, 4);
	assert_int_equal(v.next, 0);
	assert_text(v.rows[0].did, "added an account");
	assert_text(v.rows[0].what, "user pat");
	assert_text(v.rows[1].did, "added a step");
	assert_text(v.rows[3].what, "household Maple 1001");
	assert_text(v.rows[3].login, "holder");
	assert_true(v.rows[0].seq > v.rows[1].seq);
	for (size_t i = 0; i < v.rows_n; i++)
		assert_true(memmem(v.rows[i].what.p, v.rows[i].what.n, "Madeup", 6) == NULL);
}

static void filters_let_through_what_fits(void **state)
{
	static const struct {
		const char *who, *act, *kind, *household;
		size_t n;
	} cases[] = {
		{"", "", "", "", 4},
		{"PAT", "", "", "", 1},
		{"nobody", "", "", "", 0},
		{"", "step.add", "", "", 1},
		{"", "", "household", "", 2},
		{"", "", "", "Maple 1001", 2},
		{"fay", "", "", "Maple 1001", 1},
		{"", "", "", "Maple 1002", 1},
		{"", "", "", "Maple 1003", 0},
	};
	(void)state;
	some_acts();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct journal_ask ask = all();
		struct journal_view v;
		ask.who = str_from(cases[i].who);
		ask.act = str_from(cases[i].act);
		ask.kind = str_from(cases[i].kind);
		ask.household = str_from(cases[i].household);
		assert_fine(app_journal(as("pru"), &ask, &v));
		assert_int_equal(v.rows_n, cases[i].n);
	}
	struct journal_ask ask = all();
	struct journal_view v;
	ask.from = ask.until = day_of("2026-11-17");
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, 4);
	ask.from = ask.until = day_of("2026-11-18");
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, 0);
	ask.from = ask.until = day_of("2026-11-16");
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, 0);
	ask.from = day_of("2026-11-17");
	assert_fails(ERR_INVALID, app_journal(as("pru"), &ask, &v));
	ask = all();
	ask.household = S("Maple 9999");
	assert_fails(ERR_INVALID, app_journal(as("pru"), &ask, &v));
}

static void pages_join_without_a_gap(void **state)
{
	(void)state;
	struct journal_ask ask = all();
	struct journal_view v;
	int64_t last = INT64_MAX;
	size_t n = 0;
	some_acts();
	ask.most = 3;
	for (bool more = true; more; more = v.next > 0) {
		assert_fine(app_journal(as("pru"), &ask, &v));
		for (size_t i = 0; i < v.rows_n; i++, n++) {
			assert_true(v.rows[i].seq < last);
			last = v.rows[i].seq;
		}
		ask.before = v.next;
	}
	assert_int_equal(n, 4);
	struct shown_view s;
	struct str below = {0};
	for (int i = 0; i < 5; i++)
		store_force(world.store,
			    str_c(world.a, str_fmt(world.a,
						   "INSERT INTO disclosure (id, at, user_id, route, households) VALUES "
						   "('d%d', 1000, 'pat', '/list', 'h1')",
						   i)));
	n = 0;
	ask = all();
	ask.most = 2;
	for (bool more = true; more; more = s.next.n > 0) {
		assert_fine(app_journal_shown(as("pru"), &ask, below, &s));
		n += s.rows_n;
		below = s.next;
	}
	assert_int_equal(n, 5);
	assert_fails(ERR_INVALID, app_journal_shown(as("pru"), &ask, S("nonsense"), &s));
}

static void disclosures_name_page_and_codes(void **state)
{
	(void)state;
	struct journal_ask ask = all();
	struct shown_view v;
	saw("d1", "pat", "/list", "h1 h2 h3");
	saw("d2", "fay", "/household/:id", "h13");
	assert_fine(app_journal_shown(as("pru"), &ask, S(""), &v));
	assert_int_equal(v.rows_n, 2);
	assert_text(v.rows[0].where, "the household’s page");
	assert_text(v.rows[1].where, "the list");
	assert_int_equal(v.rows[1].codes_n, 3);
	assert_text(v.rows[1].codes[2], "Maple 1003");
	ask.household = S("Maple 1001");
	assert_fine(app_journal_shown(as("pru"), &ask, S(""), &v));
	assert_int_equal(v.rows_n, 1); /* h13 is not h1 */
	assert_int_equal(v.rows[0].codes_n, 1);
	assert_text(v.rows[0].codes[0], "Maple 1001");
	struct buf csv = buf_new(world.a, 10000);
	shown_csv(&csv, &v, true);
	assert_non_null(memmem(csv.p, csv.n, "\"Maple 1001\"\n", 13));
}

static void what_is_refused_is_told_and_fills_nothing(void **state)
{
	(void)state;
	struct journal_ask ask = all();
	struct journal_view v;
	for (int i = 0; i < REFUSALS_HOURLY + 3; i++) {
		struct call *c = as("lea");
		c->route = S("/household/:id");
		assert_fine(app_refused(c, 403));
	}
	assert_fine(app_refused(as_operator(), 403)); /* whose commands say what is wrong */
	ask.act = S("user.refused");
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, REFUSALS_HOURLY);
	assert_text(v.rows[0].did, "were refused a page or what they sent");
	assert_text(v.rows[0].login, "lea");
	assert_text(v.rows[0].more, "status=403,route=/household/:id");
	/* Somebody else is not hidden by it, and an hour later it is told again. */
	assert_fine(app_refused(as("pat"), 404));
	minutes_pass(61);
	assert_fine(app_refused(as("lea"), 403));
	assert_fine(app_journal(as("pru"), &ask, &v));
	assert_int_equal(v.rows_n, REFUSALS_HOURLY + 2);
}

static void they_are_for_those_who_guard_them(void **state)
{
	static const char *const others[] = {"holder", "fay", "pat", "spec", "lea", "root"};
	(void)state;
	struct journal_ask ask = all();
	struct journal_view v;
	struct shown_view s;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_fails(ERR_DENIED, app_journal(as(others[i]), &ask, &v));
		assert_fails(ERR_DENIED, app_journal_shown(as(others[i]), &ask, S(""), &s));
	}
	assert_fine(app_journal(as_operator(), &ask, &v));
}

static void the_persons_copy_tells_who_saw_and_what_changed(void **state)
{
	(void)state;
	struct own_view v;
	saw("d1", "pat", "/list", "h1 h2");
	saw("d2", "pat", "/list", "h1");
	saw("d3", "fay", "/household/:id", "h13");
	some_acts();
	assert_fine(app_household_shown(as("pat"), S("h1"), DAY_NONE, &v));
	assert_int_equal(v.shown_n, 1);
	assert_int_equal(v.shown[0].times, 2);
	assert_text(v.shown[0].where, "the list");
	assert_int_equal(v.changes_n, 2);
	assert_text(v.changes[0].did, "added a step");
	assert_text(v.changes[1].did, "decided about a household");
	assert_fine(app_household_shown(as("holder"), S("h1"), day_of("2026-11-18"), &v));
	assert_int_equal(v.shown_n + v.changes_n, 0);
	/* For those who may read what is written about it, and nobody else. */
	assert_fails(ERR_MISSING, app_household_shown(as("kim"), S("h1"), DAY_NONE, &v));
	assert_fails(ERR_MISSING, app_household_shown(as("spec"), S("h1"), DAY_NONE, &v));
	assert_fails(ERR_DENIED, app_household_shown(as("root"), S("h1"), DAY_NONE, &v));
	assert_fails(ERR_DENIED, app_household_shown(as("pru"), S("h1"), DAY_NONE, &v));
	assert_fails(ERR_DENIED, app_household_shown(as("lea"), S("h1"), DAY_NONE, &v));
	assert_fails(ERR_MISSING, app_household_shown(as("pat"), S("h99"), DAY_NONE, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(acts_are_told_newest_first_in_words),
		WORLD(filters_let_through_what_fits),
		WORLD(pages_join_without_a_gap),
		WORLD(disclosures_name_page_and_codes),
		WORLD(what_is_refused_is_told_and_fills_nothing),
		WORLD(they_are_for_those_who_guard_them),
		WORLD(the_persons_copy_tells_who_saw_and_what_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
