/* Demands by law and breaches: told by anybody, read and worked through by privacy officers alone; on both engines. */
#include "store_fixture.h"

#include <string.h>

#include "app/incident.h"

static struct app app;

static struct call as(struct store *s, const char *user, enum role role)
{
	app.keys = s->keys;
	return (struct call){
		.app = &app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_USER, .id = str_from(user), .role = role},
		.now = NOW,
		.today = instant_day(NOW),
	};
}

static void open_scene(struct store *s)
{
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) VALUES "
		       "('u1', 'dana', 'Dana Fen', 'provider', 'x', 0, 0), "
		       "('u2', 'quinn', 'Quinn Moss', 'privacy-officer', 'x', 0, 0)");
}

static void what_is_told_reaches_the_officer_alone(void **state)
{
	struct store *s = *state;
	struct incidents_view v;
	struct str officers;
	open_scene(s);
	struct call dana = as(s, "u1", ROLE_PROVIDER);
	struct call quinn = as(s, "u2", ROLE_PRIVACY);
	assert_ok(s, app_incident_officers(&dana, &officers));
	assert_true(str_eq(officers, S("Quinn Moss")));
	assert_err(s, ERR_INVALID, app_incident_tell(&dana, INCIDENT_DEMAND, pii_new(s->a, S("  "))));
	assert_ok(s,
		  app_incident_tell(&dana, INCIDENT_DEMAND, pii_new(s->a, S("A deputy left a paper for Wren Alder."))));
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'incident.tell'"), 1);

	assert_ok(s, app_incidents(&quinn, &v));
	assert_int_equal(v.open_n, 1);
	assert_true(str_eq(v.rows[0].about, S("A deputy left a paper for Wren Alder.")));
	assert_true(str_eq(v.rows[0].told_by, S("Dana Fen")));
	assert_int_equal(v.rows[0].due.n, quinn.today.n + incident_days(INCIDENT_DEMAND));
	assert_false(v.rows[0].late);
	quinn.today = day_add(quinn.today, incident_days(INCIDENT_DEMAND) + 1);
	assert_ok(s, app_incidents(&quinn, &v));
	assert_true(v.rows[0].late);

	static const enum role others[] = {ROLE_PROVIDER, ROLE_LIST_HOLDER, ROLE_SPECIALIST, ROLE_LEAD,
					   ROLE_ADMINISTRATOR};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct call c = as(s, "u1", others[i]);
		assert_err(s, ERR_DENIED, app_incidents(&c, &v));
		assert_err(s, ERR_DENIED, app_incident_step(&c, v.rows[0].id, S("hold"), NULL));
		assert_err(s, ERR_DENIED, app_incident_close(&c, v.rows[0].id, pii_new(s->a, S("nothing"))));
	}
}

static void steps_are_done_once_and_it_is_closed_with_a_word(void **state)
{
	struct store *s = *state;
	struct incidents_view v;
	size_t steps_n;
	open_scene(s);
	struct call quinn = as(s, "u2", ROLE_PRIVACY);
	assert_ok(s, app_incident_tell(&quinn, INCIDENT_BREACH, pii_new(s->a, S("A phone was lost."))));
	assert_ok(s, app_incidents(&quinn, &v));
	struct str id = v.rows[0].id;
	incident_steps(INCIDENT_BREACH, &steps_n);
	assert_int_equal(v.rows[0].steps_n, steps_n);

	assert_ok(s, app_incident_step(&quinn, id, S("stop"), pii_new(s->a, S("Sessions ended."))));
	assert_ok(s, app_incident_step(&quinn, id, S("keep"), NULL));
	assert_err(s, ERR_CONFLICT, app_incident_step(&quinn, id, S("stop"), NULL));
	assert_err(s, ERR_MISSING, app_incident_step(&quinn, id, S("counsel"), NULL)); /* of a demand */
	assert_err(s, ERR_MISSING, app_incident_step(&quinn, S("none"), S("stop"), NULL));
	assert_ok(s, app_incidents(&quinn, &v));
	assert_int_equal(v.rows[0].done_n, 2);
	assert_true(str_eq(v.rows[0].steps[0].note, S("Sessions ended.")));

	assert_err(s, ERR_INVALID, app_incident_close(&quinn, id, pii_new(s->a, S(" "))));
	assert_ok(s, app_incident_close(&quinn, id, pii_new(s->a, S("It was found, locked."))));
	assert_err(s, ERR_CONFLICT, app_incident_close(&quinn, id, pii_new(s->a, S("Again."))));
	assert_err(s, ERR_CONFLICT, app_incident_step(&quinn, id, S("mend"), NULL));
	assert_ok(s, app_incidents(&quinn, &v));
	assert_int_equal(v.open_n, 0);
	assert_true(str_eq(v.rows[0].outcome, S("It was found, locked.")));
}

/* Nothing of what was told is in the database or the journal as it was typed. */
static void what_is_told_is_sealed(void **state)
{
	struct store *s = *state;
	open_scene(s);
	struct call dana = as(s, "u1", ROLE_PROVIDER);
	assert_ok(s, app_incident_tell(&dana, INCIDENT_DEMAND, pii_new(s->a, S("Wren Alder"))));
	assert_int_equal(store_number(s, "SELECT count(*) FROM incident WHERE length(about) > 42"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE more LIKE '%Wren%'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_is_told_reaches_the_officer_alone),
		BOTH(steps_are_done_once_and_it_is_closed_with_a_word),
		BOTH(what_is_told_is_sealed),
	};
	return cmocka_run_group_tests_name("incidents", tests, NULL, NULL);
}
