/* What people asked to have put right, and what is to be offered to them, on both engines. Expectations were written
 * from app/correction.h, REQUIREMENTS P15, P17 and P20 and the HMIS privacy standards, section 4.2.5. */
#include "household_scene.h"

#include <string.h>

#include "app/consent_form.h"
#include "app/correction.h"
#include "app/release.h"
#include "app/setting.h"

static struct correction_view looked(struct scene *w)
{
	struct correction_view v;
	assert_ok(w->s, app_corrections(w->c, w->ann, &v));
	return v;
}

static void asked_given_declined_and_disagreed_with(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	struct correction_new k = {pii_new(s->a, S("Born in 1981, not 1980")), day_add(w.today, -3), S("u2")};
	struct correction_new bad = k;
	bad.asked_on = day_add(w.today, 1);
	assert_err(s, ERR_INVALID, app_correction_ask(w.c, w.ann, &bad));
	bad = k;
	bad.owner_id = S("u3"); /* of an agency that does not serve them */
	assert_err(s, ERR_INVALID, app_correction_ask(w.c, w.ann, &bad));
	bad = k;
	bad.words = pii_new(s->a, S(" "));
	assert_err(s, ERR_INVALID, app_correction_ask(w.c, w.ann, &bad));
	assert_err(s, ERR_MISSING, app_correction_ask(w.c, S("nobody"), &k));
	assert_ok(s, app_correction_ask(w.c, w.ann, &k));

	struct correction_view v = looked(&w);
	assert_true(v.rows_n == 1 && v.days == 30);
	assert_true(v.rows[0].is == CORRECTION_OPEN && !v.rows[0].late);
	assert_int_equal(v.rows[0].due.n, w.today.n - 3 + 30); /* counted from the day they asked */
	assert_true(str_eq(v.rows[0].asked, S("Born in 1981, not 1980")));
	struct str id = v.rows[0].id;

	assert_err(s, ERR_INVALID, app_correction_give(w.c, w.ann, id, S("u3")));
	assert_ok(s, app_correction_give(w.c, w.ann, id, S("u2")));
	assert_err(s, ERR_CONFLICT, app_correction_disagree(w.c, w.ann, id, k.words)); /* nothing was declined */
	assert_err(s, ERR_INVALID, app_correction_answer(w.c, w.ann, id, CORRECTION_OPEN, NULL));
	assert_err(s, ERR_INVALID, app_correction_answer(w.c, w.ann, id, CORRECTION_DECLINED, NULL));
	assert_err(s, ERR_INVALID, app_correction_answer(w.c, w.ann, id, CORRECTION_DECLINED, pii_new(s->a, S("   "))));
	assert_err(s, ERR_MISSING, app_correction_answer(w.c, w.ann, S("none"), CORRECTION_MADE, NULL));
	assert_ok(s,
		  app_correction_answer(w.c, w.ann, id, CORRECTION_DECLINED, pii_new(s->a, S("The card says 1980"))));
	assert_err(s, ERR_CONFLICT, app_correction_answer(w.c, w.ann, id, CORRECTION_MADE, NULL));
	assert_err(s, ERR_CONFLICT, app_correction_give(w.c, w.ann, id, S("u2")));
	assert_ok(s, app_correction_disagree(w.c, w.ann, id, pii_new(s->a, S("The card is wrong"))));
	v = looked(&w);
	assert_int_equal(v.rows[0].is, CORRECTION_DECLINED);
	assert_true(str_eq(v.rows[0].reason, S("The card says 1980")));
	assert_true(str_eq(v.rows[0].disagrees, S("The card is wrong")));
	assert_true(str_eq(v.rows[0].closed_by, S("Dana Cole")));
	/* No word of it stands in the journal. */
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act IN ('correction.ask', "
					 "'correction.give', 'correction.answer', 'correction.disagree') AND noun_id = "
					 "'ann'"),
			 4);
	/* A yes needs no reason. */
	assert_ok(s, app_correction_ask(w.c, w.ann, &k));
	v = looked(&w);
	id = v.rows[v.rows[0].is == CORRECTION_OPEN ? 0 : 1].id;
	assert_ok(s, app_correction_answer(w.c, w.ann, id, CORRECTION_MADE, NULL));
	scene_close(&w);
}

static void it_is_for_who_may_read_about_them(void **state)
{
	static const struct {
		const char *user;
		enum role role;
		const char *agency;
		const char *scope; /* of Ann's release */
		enum err_class class;
		bool may;
	} others[] = {
		{"u2", ROLE_PROVIDER, "millpond", NULL, ERR_DENIED, true},
		{"u4", ROLE_PROVIDER, "tern", NULL, ERR_DENIED, true},
		{"u1", ROLE_LIST_HOLDER, "lark", "coc", ERR_DENIED, true},
		{"u1", ROLE_LIST_HOLDER, "lark", NULL, ERR_DENIED, false}, /* a code: its words may name her */
		{"u3", ROLE_PROVIDER, "dell", "coc", ERR_DENIED, false},   /* does not work with them */
		{"u1", ROLE_LEAD, "lark", "coc", ERR_MISSING, false},
		{"u1", ROLE_ADMINISTRATOR, "lark", "coc", ERR_MISSING, false},
	};
	struct store *s = *state;
	struct scene w;
	struct correction_view v;
	scene_open(s, &w);
	scene_as_holder(&w);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		scene_ann_signed(&w, 0, others[i].scope, NULL, 100, NEVER, 0);
		scene_as(&w, others[i].user, others[i].role, others[i].agency);
		const struct correction_new k = {pii_new(s->a, S("An example")), w.today, str_from(others[i].user)};
		if (others[i].may) {
			assert_ok(s, app_corrections(w.c, w.ann, &v));
			assert_ok(s, app_correction_ask(w.c, w.ann, &k));
			continue;
		}
		assert_err(s, others[i].class, app_corrections(w.c, w.ann, &v));
		assert_err(s, others[i].class, app_correction_ask(w.c, w.ann, &k));
	}
	assert_int_equal(store_number(s, "SELECT count(*) FROM correction"), 3);
	scene_close(&w);
}

static struct request_view requests(struct scene *w)
{
	struct request_view v;
	assert_ok(w->s, app_requests(w->c, &v));
	return v;
}

/* A household's page tells of one; the list holder has all of the region, others what they see to. */
static void what_is_open_is_listed_by_its_day(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	const struct correction_new late = {pii_new(s->a, S("An example")), day_add(w.today, -40), S("u2")};
	const struct correction_new fresh = {pii_new(s->a, S("Another")), w.today, S("u4")};
	assert_ok(s, app_correction_ask(w.c, w.ann, &late));
	/* Another agency's own worker; that it serves them is not Dana's to know. */
	assert_err(s, ERR_INVALID, app_correction_ask(w.c, w.ann, &fresh));
	scene_as(&w, "u4", ROLE_PROVIDER, "tern");
	assert_ok(s, app_correction_ask(w.c, w.ann, &fresh));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	struct request_view v = requests(&w);
	assert_true(v.corrections_n == 1 && !v.holder);
	assert_true(v.corrections[0].late);
	scene_as_holder(&w);
	v = requests(&w);
	assert_true(v.corrections_n == 2 && v.holder);
	assert_true(v.corrections[0].late && !v.corrections[1].late);
	assert_false(v.corrections[0].face.named); /* without a release: a code, and it is not lost */
	assert_true(v.corrections[0].face.code.n > 0);
	scene_as(&w, "u3", ROLE_PROVIDER, "dell");
	v = requests(&w);
	assert_int_equal(v.corrections_n, 0);
	scene_as(&w, "u1", ROLE_LEAD, "lark");
	assert_err(s, ERR_DENIED, app_requests(w.c, &v));
	scene_close(&w);
}

static struct str add_form(struct scene *w, struct day from)
{
	struct str id;
	const struct consent_form_new f = {.name = S("Example release"),
					   .language = LANGUAGE_EN,
					   .from = from,
					   .widest = SCOPE_COC,
					   .words = S("I agree.")};
	scene_as(w, "u1", ROLE_ADMINISTRATOR, "lark");
	assert_ok(w->s, app_consent_form_add(w->c, &f, &id));
	scene_as_holder(w);
	return id;
}

static void who_signed_an_older_form_or_said_no_is_to_be_asked(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	struct release_new r = {.scope = SCOPE_COC,
				.points = POINTS_ALL,
				.language = S("en"),
				.from = w.today,
				.until = day_add(w.today, 100),
				.offer_again = DAY_NONE,
				.form_id = add_form(&w, w.today)};
	assert_ok(s, app_release_add(w.c, w.ann, 0, &r));
	assert_int_equal(requests(&w).renew_n, 0);
	add_form(&w, day_add(w.today, 5)); /* not in force yet */
	assert_int_equal(requests(&w).renew_n, 0);
	struct str newest = add_form(&w, w.today);
	struct request_view v = requests(&w);
	assert_true(v.renew_n == 1 && v.renew[0].day.n == r.until.n);
	assert_non_null(strstr(str_c(s->a, v.renew[0].say), "Example release, version 1; version 3 is in force"));

	/* It was offered and signed: nothing is left to do. */
	struct release_new again = r;
	again.form_id = newest;
	again.until = day_add(w.today, 90);
	assert_ok(s, app_release_add(w.c, w.ann, 0, &again));
	assert_int_equal(requests(&w).renew_n, 0);

	/* A no with a day on which to ask again, which has not come, and has. */
	struct release_new no = {.refused = true,
				 .language = S("en"),
				 .from = w.today,
				 .until = DAY_NONE,
				 .offer_again = day_add(w.today, 60)};
	assert_ok(s, app_release_add(w.c, w.ann, 0, &no));
	v = requests(&w);
	assert_true(v.renew_n == 0 && v.offer_n == 0);
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE release SET offer_day = %d WHERE refused = 1", w.today.n)));
	assert_int_equal(requests(&w).offer_n, 1);
	/* A later yes answers it. */
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE release SET from_day = %d WHERE refused = 1", w.today.n - 9)));
	assert_int_equal(requests(&w).offer_n, 0);
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(asked_given_declined_and_disagreed_with),
		BOTH(it_is_for_who_may_read_about_them),
		BOTH(what_is_open_is_listed_by_its_day),
		BOTH(who_signed_an_older_form_or_said_no_is_to_be_asked),
	};
	return cmocka_run_group_tests_name("correction", tests, NULL, NULL);
}
