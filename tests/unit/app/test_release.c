/* Releases of a household on both engines: who records them, what they change, and what they never change.
 * Expectations were written from app/release.h, REQUIREMENTS P11 to P17 and DEFINITIONS "Who may be named". */
#include "household_scene.h"

#include <stdio.h>
#include <string.h>

#include "app/consent_form.h"
#include "app/cycle.h"
#include "app/household_page.h"
#include "app/release.h"
#include "store/q_household.h"
#include "store/q_step.h"

static bool ann_is_named(struct scene *w)
{
	struct household_view page;
	assert_ok(w->s, app_household_page(w->c, w->ann, &page));
	return page.panel->face.named;
}

/* All that a refusal must not touch, as one text. */
static struct str services(struct scene *w)
{
	struct arena *a = w->s->a;
	struct household_view page;
	struct cycle_view cycle;
	struct str out;
	assert_ok(w->s, app_cycle_refresh(w->c, (struct worklist_ref){.region_id = w->region}));
	assert_ok(w->s, app_household_page(w->c, w->ann, &page));
	assert_ok(w->s, app_cycle(w->c, (struct worklist_ref){.region_id = w->region}, &cycle));
	out = str_fmt(a, "%.*s|%d of %d|%.*s|steps %zu|seats %zu", STR_ARG(page.panel->rank), page.panel->face.rank,
		      page.panel->face.rank_of, STR_ARG(page.panel->face.served_by), page.steps_n, cycle.seats_n);
	for (size_t i = 0; i < page.tiles_n; i++)
		out = str_fmt(a, "%.*s|%.*s", STR_ARG(out), STR_ARG(page.tiles[i].value));
	for (size_t i = 0; i < page.steps_n; i++)
		out = str_fmt(a, "%.*s|%.*s %.*s", STR_ARG(out), STR_ARG(page.steps[i].owner),
			      STR_ARG(page.steps[i].state));
	for (size_t i = 0; i < cycle.seats_n; i++)
		out = str_fmt(a, "%.*s|%.*s %.*s%.*s", STR_ARG(out), STR_ARG(cycle.seats[i].face.code),
			      STR_ARG(cycle.seats[i].joined), STR_ARG(cycle.seats[i].ended));
	return out;
}

static err_t add_step(struct db *db, struct arena *a, void *ctx)
{
	const struct scene *w = ctx;
	struct q_household_by_id ann;
	bool found;
	TRY(q_household_by_id(db, a, w->ann, &ann, &found));
	return q_step_add(db, a,
			  &(struct q_step_add_in){
				  .id = S("open"),
				  .household_no = ann.household_no,
				  .region_id = w->region,
				  .conference_id = S("k1"),
				  .words = seal_pii(a, w->s->keys, (struct seal_place){"step", "words", S("open")},
						    pii_new(a, S("Visit the office"))),
				  .owner_id = S("u2"),
				  .due = DAY_NONE,
				  .state = S("open"),
				  .at = w->c->now,
				  .by_id = S("u1"),
			  });
}

static void a_no_costs_the_name_and_nothing_else(void **state)
{
	static const struct {
		const char *what;
		int refused;
		const char *scope; /* NULL: nothing is on record */
		const char *agency;
		int until, ended;
		bool named;
	} states[] = {
		{"in force, to all", 0, "coc", NULL, 100, NEVER, true},
		{"in force without an end", 0, "coc", NULL, NEVER, NEVER, true},
		{"in force, of the region", 0, "region", NULL, 100, NEVER, true},
		{"in force, by name", 0, "named", "lark", 100, NEVER, true},
		{"for another agency", 0, "named", "dell", 100, NEVER, false},
		{"for nobody", 0, "named", NULL, 100, NEVER, false},
		{"lapsed", 0, "coc", NULL, -1, NEVER, false},
		{"withdrawn today", 0, "coc", NULL, 100, 0, false},
		{"refused", 1, "named", NULL, NEVER, NEVER, false},
		{"never asked", 0, NULL, NULL, 0, 0, false},
	};
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = w.region}, 2, 0));
	store_force(s,
		    "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
		    "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) SELECT 'k1', "
		    "region_id, id, 'highest', 20600, 0, 60, 300, 'u1', 'u1', 'closed', 4, 0, 'u1' FROM cycle");
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, add_step, &w));
	struct str before = {0};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		scene_ann_signed(&w, states[i].refused, states[i].scope, states[i].agency, states[i].until,
				 states[i].ended, 0);
		struct str now = services(&w);
		if (i == 0)
			before = now;
		if (!str_eq(before, now) || ann_is_named(&w) != states[i].named)
			fail_msg("%s: %.*s, was %.*s", states[i].what, STR_ARG(now), STR_ARG(before));
	}
	assert_non_null(strstr(str_c(s->a, before), "steps 1"));
	scene_close(&w);
}

/* Whose referral an agency has, from its issuing to its end: as far as it was agreed to. */
static void a_referral_is_work_with_them(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w); /* gives the list a region */
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	scene_as(&w, "u3", ROLE_PROVIDER, "dell");
	assert_false(ann_is_named(&w));
	store_force(s,
		    "INSERT INTO referral (id, household_no, region_id, agency_id, kind, program, source, "
		    "requested_at, requested_by, state, state_day) SELECT 'f1', l.household_no, g.id, 'dell', 'psh', "
		    "'Dell Homes', 'asked', 0, 'u1', 'requested', 20600 FROM household l, region g WHERE "
		    "l.household_no > 0 "
		    "ORDER BY g.number LIMIT 1");
	char sql[200];
	snprintf(sql, sizeof sql,
		 "UPDATE referral SET household_no = (SELECT household_no FROM household WHERE id = '%s')",
		 str_c(s->a, w.ann));
	store_force(s, sql);
	assert_false(ann_is_named(&w));
	store_force(s, "UPDATE referral SET state = 'issued'");
	assert_true(ann_is_named(&w));
	scene_ann_signed(&w, 0, "coc", NULL, 100, 0, 0); /* withdrawn today */
	assert_false(ann_is_named(&w));
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	store_force(s, "UPDATE referral SET state = 'withdrawn', ended_day = 20600");
	assert_false(ann_is_named(&w));
	scene_close(&w);
}

static struct release_new a_release(const struct scene *w)
{
	return (struct release_new){
		.scope = SCOPE_COC,
		.purposes = PURPOSE_BIT(PURPOSE_HOUSING),
		.points = POINTS_ALL,
		.language = S("en"),
		.from = w->today,
		.until = day_add(w->today, 100),
		.offer_again = DAY_NONE,
	};
}

static void only_what_was_agreed_to_is_recorded(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	const struct str dell = S("Dell House"), nowhere = S("Agency of Nowhere");
	const struct release_new fine = a_release(&w);
	struct release_new bad[9];
	for (size_t i = 0; i < 9; i++)
		bad[i] = fine;
	bad[0].points = POINTS_ALL & ~POINT_BIT(POINT_NO_LOSS);
	bad[1].from = day_add(w.today, 1);
	bad[2].until = day_add(w.today, -1);
	bad[3].scope = SCOPE_NAMED; /* and names none */
	bad[4].agencies = &dell;    /* beside all of them */
	bad[4].agencies_n = 1;
	bad[5].laws = LAW_BIT(LAW_27F); /* wants agencies by name */
	bad[6].laws = LAW_BIT(LAW_PART2);
	bad[6].until = DAY_NONE;     /* wants an end */
	bad[7].given = GIVEN_SCREEN; /* and nothing was drawn */
	bad[8].drawn = pii_new(s->a, S("M1 2\" onload=\"x"));
	for (size_t i = 0; i < 9; i++)
		assert_err(s, ERR_INVALID, app_release_add(w.c, w.ann, 0, &bad[i]));
	struct release_new missing = fine;
	missing.scope = SCOPE_NAMED;
	missing.agencies = &nowhere;
	missing.agencies_n = 1;
	assert_err(s, ERR_MISSING, app_release_add(w.c, w.ann, 0, &missing));
	assert_err(s, ERR_MISSING, app_release_add(w.c, w.ann, 7, &fine));
	assert_err(s, ERR_MISSING, app_release_add(w.c, S("nobody"), 0, &fine));
	assert_int_equal(store_number(s, "SELECT count(*) FROM release"), 0);
	assert_false(ann_is_named(&w));

	struct release_new drawn = fine;
	drawn.given = GIVEN_SCREEN;
	drawn.drawn = pii_new(s->a, S("M12 30L14 31"));
	drawn.note = pii_new(s->a, S("Example Witness"));
	assert_ok(s, app_release_add(w.c, w.ann, 0, &drawn));
	assert_true(ann_is_named(&w));
	assert_err(s, ERR_CONFLICT, app_release_add(w.c, w.ann, 0, &drawn));
	struct release_view v;
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_int_equal(v.members_n, 1);
	assert_int_equal(v.children_n, 1);
	assert_int_equal(v.members[0].rows_n, 1);
	assert_true(v.members[0].rows[0].holds && str_eq(v.members[0].rows[0].drawn, S("M12 30L14 31")));
	assert_true(str_eq(v.members[0].rows[0].note, S("Example Witness")));
	assert_int_equal(v.members[0].here, CONSENT_HERE);

	/* A narrower one in its place; then all of it is withdrawn, and counts at once. */
	struct release_new narrow = fine;
	narrow.scope = SCOPE_NAMED;
	narrow.agencies = &dell;
	narrow.agencies_n = 1;
	narrow.replaces = true;
	assert_ok(s, app_release_add(w.c, w.ann, 0, &narrow));
	assert_false(ann_is_named(&w));
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_int_equal(v.members[0].rows_n, 2);
	assert_true(str_eq(v.members[0].rows[0].agencies, dell) || str_eq(v.members[0].rows[1].agencies, dell));
	scene_as(&w, "u3", ROLE_PROVIDER, "dell");
	assert_err(s, ERR_DENIED,
		   app_release_list(w.c, w.ann, &v)); /* it may be named to them; the rest is not theirs */
	assert_err(s, ERR_DENIED, app_release_add(w.c, w.ann, 0, &fine));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	struct str id = v.members[0].rows[v.members[0].rows[0].holds ? 0 : 1].id;
	assert_ok(s, app_release_end(w.c, w.ann, id));
	assert_err(s, ERR_CONFLICT, app_release_end(w.c, w.ann, id));
	assert_err(s, ERR_MISSING, app_release_end(w.c, w.ann, S("nothing")));

	/* A no can say when to ask again, and a later yes answers it. */
	struct release_new no = {
		.refused = true, .language = S("en"), .from = w.today, .until = DAY_NONE, .offer_again = w.today};
	assert_err(s, ERR_INVALID, app_release_add(w.c, w.ann, 0, &no));
	no.offer_again = day_add(w.today, 60);
	assert_ok(s, app_release_add(w.c, w.ann, 0, &no));
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_int_equal(v.members[0].here, CONSENT_REFUSED);
	assert_int_equal(v.members[0].offer_again.n, no.offer_again.n);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act IN ('release.add', 'release.refused', "
					 "'release.withdrawn') AND noun = 'household' AND noun_id = 'ann'"),
			 4);
	scene_close(&w);
}

static void who_does_not_work_with_them_records_nothing(void **state)
{
	static const struct {
		const char *user;
		enum role role;
		const char *agency;
		enum covered covered;
		enum err_class class;
	} others[] = {
		{"u3", ROLE_PROVIDER, "dell", COVERED, ERR_DENIED},
		{"u3", ROLE_SPECIALIST, "dell", COVERED, ERR_DENIED},
		{"u2", ROLE_PROVIDER, "millpond", COVERED_NOT_AGENCY, ERR_DENIED},
		{"u2", ROLE_PROVIDER, "millpond", COVERED_NOT_SIGNED, ERR_DENIED},
		{"u1", ROLE_LIST_HOLDER, "lark", COVERED_NOT_TRAINED, ERR_DENIED},
		{"u1", ROLE_LEAD, "lark", COVERED, ERR_MISSING},
		{"u1", ROLE_ADMINISTRATOR, "lark", COVERED, ERR_MISSING},
	};
	struct store *s = *state;
	struct scene w;
	struct release_view v;
	scene_open(s, &w);
	const struct release_new fine = a_release(&w);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		scene_as(&w, others[i].user, others[i].role, others[i].agency);
		w.c->actor.cover.today = others[i].covered;
		assert_err(s, others[i].class, app_release_list(w.c, w.ann, &v));
		assert_err(s, others[i].class, app_release_add(w.c, w.ann, 0, &fine));
		assert_err(s, others[i].class, app_release_end(w.c, w.ann, S("r")));
		assert_err(s, ERR_DENIED, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("Safety plan"))));
	}
	assert_int_equal(store_number(s, "SELECT count(*) FROM release"), 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM protection"), 0);
	scene_close(&w);
}

/* The list holder protects; from then on only those who serve the household see who it is, and why. */
static void protecting_takes_it_from_all_but_who_serve(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct release_view v;
	scene_open(s, &w);
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	scene_as_holder(&w);
	assert_true(ann_is_named(&w));
	assert_err(s, ERR_INVALID, app_household_protect(w.c, w.ann, true, NULL));
	assert_ok(s, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("Safety plan"))));
	assert_false(ann_is_named(&w));
	assert_err(s, ERR_DENIED, app_release_list(w.c, w.ann, &v));
	assert_err(s, ERR_DENIED, app_household_protect(w.c, w.ann, false, NULL));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_true(ann_is_named(&w));
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_true(v.protected && str_eq(v.protected_why, S("Safety plan")) && str_eq(v.protected_by, S("Lee Tran")));
	assert_err(s, ERR_CONFLICT, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("Again"))));
	assert_ok(s, app_household_protect(w.c, w.ann, false, NULL));
	scene_as_holder(&w);
	assert_true(ann_is_named(&w));
	assert_int_equal(store_number(s, "SELECT count(*) FROM protection WHERE ended_at IS NOT NULL"), 1);
	scene_close(&w);
}

/* An agency's own form is stricter than the continuum's, and its people record with it. */
static void forms_bind_what_is_recorded_with_them(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id;
	struct release_view v;
	struct consent_form form;
	scene_open(s, &w);
	scene_as(&w, "u1", ROLE_ADMINISTRATOR, "lark");
	struct consent_form_new f = {.name = S("Example release"),
				     .language = LANGUAGE_EN,
				     .from = w.today,
				     .most_days = 365,
				     .widest = SCOPE_COC,
				     .words = S("I agree.")};
	struct consent_form_new own = f;
	own.name = S("Larkmere release");
	own.agency_id = S("lark");
	own.most_days = 90;
	own.widest = SCOPE_REGION;
	assert_ok(s, app_consent_form_add(w.c, &f, &id));
	own.most_days = 400;
	assert_err(s, ERR_INVALID, app_consent_form_add(w.c, &own, &id));
	own.most_days = 90;
	assert_ok(s, app_consent_form_add(w.c, &own, &id));
	f.from = day_add(w.today, -1);
	assert_err(s, ERR_INVALID, app_consent_form_add(w.c, &f, &id));
	scene_as_holder(&w);
	assert_err(s, ERR_DENIED, app_consent_form_add(w.c, &own, &id));
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_int_equal(v.forms_n, 1);
	assert_true(str_eq(v.forms[0].name, own.name));
	struct release_new r = a_release(&w);
	r.form_id = v.forms[0].id;
	assert_err(s, ERR_INVALID, app_release_add(w.c, w.ann, 0, &r)); /* wider than the form */
	r.scope = SCOPE_REGION;
	assert_err(s, ERR_INVALID, app_release_add(w.c, w.ann, 0, &r)); /* longer */
	r.until = day_add(w.today, 90);
	assert_ok(s, app_release_add(w.c, w.ann, 0, &r));

	/* A newer version: who signed the older one is to be asked, and the old one is offered no more. */
	scene_as(&w, "u1", ROLE_ADMINISTRATOR, "lark");
	assert_ok(s, app_consent_form_add(w.c, &own, &id));
	assert_ok(s, app_consent_form(w.c, id, &form));
	assert_true(form.version == 2 && form.holds);
	scene_as_holder(&w);
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_true(v.members[0].rows[0].holds && v.members[0].rows[0].old_form);
	assert_true(v.forms_n == 1 && v.forms[0].version == 2);
	r.replaces = true;
	r.until = day_add(w.today, 80);
	assert_err(s, ERR_INVALID, app_release_add(w.c, w.ann, 0, &r)); /* the form of version 1 */
	/* Who is of another agency records with the continuum's. */
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_release_list(w.c, w.ann, &v));
	assert_true(v.forms_n == 1 && str_eq(v.forms[0].name, f.name));
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_no_costs_the_name_and_nothing_else),        BOTH(only_what_was_agreed_to_is_recorded),
		BOTH(who_does_not_work_with_them_records_nothing), BOTH(protecting_takes_it_from_all_but_who_serve),
		BOTH(forms_bind_what_is_recorded_with_them),       BOTH(a_referral_is_work_with_them),
	};
	return cmocka_run_group_tests_name("release", tests, NULL, NULL);
}
