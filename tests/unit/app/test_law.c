/* Facts under a law of their own on both engines: who reads them, what stands beside them, and what a page says where
 * they may not be shown. Expectations were written from DEFINITIONS "Who may be named", REQUIREMENTS X23, 42
 * CFR 2.13(c), 2.24 and 2.32, and New York Public Health Law 2782. */
#include "household_scene.h"

#include <string.h>

#include "app/household_page.h"
#include "app/journal.h"
#include "app/law.h"
#include "app/release.h"
#include "store/disclosure.h"

static const struct law_line *line_of(const struct law_view *v, enum fact_law law)
{
	for (size_t i = 0; i < v->lines_n; i++)
		if (v->lines[i].law == law)
			return &v->lines[i];
	fail_msg("the page has no line for law %d", law);
	return NULL;
}

static struct law_view looked(struct scene *w)
{
	struct law_view v;
	assert_ok(w->s, app_laws(w->c, w->ann, &v));
	assert_int_equal(v.lines_n, LAWS_N - 1);
	return v;
}

static bool names(struct str all, const char *one)
{
	for (size_t i = 0; i + strlen(one) <= all.n; i++)
		if (memcmp(all.p + i, one, strlen(one)) == 0)
			return true;
	return false;
}

static struct str served_by(struct scene *w)
{
	struct household_view page;
	assert_ok(w->s, app_household_page(w->c, w->ann, &page));
	return page.panel->face.served_by;
}

static void a_fact_is_its_agencys_until_released_under_that_law(void **state)
{
	static const struct {
		const char *what;
		const char *scope, *agency;
		int until;
		unsigned laws;
		bool part2, hiv;
		bool general;
	} releases[] = {
		{"none", NULL, NULL, 0, 0, false, false, false},
		{"a general one", "coc", NULL, 100, 0, false, false, false},
		{"substance use, to a class", "coc", NULL, 100, LAW_BIT(LAW_PART2), true, false, true},
		{"substance use, by name", "named", "lark", 100, LAW_BIT(LAW_PART2), true, false, false},
		{"substance use, to somebody else", "named", "dell", 100, LAW_BIT(LAW_PART2), false, false, false},
		{"substance use, without an end", "named", "lark", NEVER, LAW_BIT(LAW_PART2), false, false, false},
		{"HIV, by name", "named", "lark", 100, LAW_BIT(LAW_27F), false, true, false},
		{"HIV, to a class, which will not do", "coc", NULL, 100, LAW_BIT(LAW_27F), false, false, false},
		{"both, by name", "named", "lark", 100, LAW_BIT(LAW_PART2) | LAW_BIT(LAW_27F), true, true, false},
		{"both, lapsed", "named", "lark", -1, LAW_BIT(LAW_PART2) | LAW_BIT(LAW_27F), false, false, false},
	};
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_law_write(w.c, w.ann, 0, LAW_PART2, pii_new(s->a, S("Goes to the example clinic"))));
	for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
		scene_ann_signed(&w, 0, releases[i].scope, releases[i].agency, releases[i].until, NEVER,
				 releases[i].laws);
		/* Whose fact it is reads it whatever was signed, and needs no notice. */
		scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
		struct law_view own = looked(&w);
		assert_int_equal(line_of(&own, LAW_PART2)->facts_n, 1);
		assert_true(str_eq(line_of(&own, LAW_PART2)->facts[0].words, S("Goes to the example clinic")));
		assert_false(line_of(&own, LAW_PART2)->notice);
		assert_int_equal(w.c->shown.laws, 0);

		scene_as_holder(&w);
		struct law_view v = looked(&w);
		const struct law_line *part2 = line_of(&v, LAW_PART2), *hiv = line_of(&v, LAW_27F);
		if (part2->facts_n != releases[i].part2 || hiv->agencies_n != releases[i].hiv)
			fail_msg("%s: %zu facts, %zu agencies", releases[i].what, part2->facts_n, hiv->agencies_n);
		/* What another recorded stands with its notice, and the answer says under which law, and how. */
		assert_int_equal(part2->notice, releases[i].part2);
		assert_int_equal(hiv->notice, releases[i].hiv);
		assert_int_equal((w.c->shown.laws & LAW_BIT(LAW_PART2)) != 0, releases[i].part2);
		assert_int_equal((w.c->shown.laws & LAW_BIT(LAW_27F)) != 0, releases[i].hiv);
		assert_int_equal((w.c->shown.general & LAW_BIT(LAW_PART2)) != 0, releases[i].general);
		if (releases[i].hiv)
			assert_true(str_eq(hiv->agencies[0], S("Tern Program")));
		assert_int_equal(v.members_n, 0); /* a list holder who does not serve them writes none */
	}
	scene_close(&w);
}

/* What is not shown leaves no trace: the page is the same whether there is a fact or none. */
static void a_silent_line_tells_nothing(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	scene_as_holder(&w);
	struct law_view before = looked(&w);
	int64_t rows = store_number(s, "SELECT count(*) FROM journal WHERE act <> 'household.write'");
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	for (enum fact_law law = LAW_HMIS + 1; law < LAWS_N; law++)
		assert_ok(s, app_law_write(w.c, w.ann, law == LAW_27F, law, pii_new(s->a, S("An example"))));
	scene_as_holder(&w);
	struct law_view after = looked(&w);
	for (size_t i = 0; i < before.lines_n; i++) {
		const struct law_line *line = &after.lines[i];
		assert_memory_equal(line, &before.lines[i], sizeof *line);
		assert_true(line->facts_n == 0 && line->agencies_n == 0 && !line->released && !line->notice);
	}
	/* The journal says of it what it says of anything that is written about a household. */
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act <> 'household.write'"), rows);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'household.write'"), LAWS_N - 1);
	struct own_view own;
	assert_ok(s, app_household_shown(w.c, w.ann, DAY_NONE, &own));
	for (size_t i = 0; i < own.changes_n; i++)
		assert_false(names(own.changes[i].did, "law"));
	scene_close(&w);
}

/* That an HIV program serves somebody is a fact of that law: named to its own people, and nowhere else without it. */
static void an_hiv_program_is_no_agency_like_others(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	/* By the HMIS: all of Tern is paid by HOPWA, and one house of Millpond. */
	assert_int_equal(store_number(s, "SELECT count(*) FROM agency WHERE law_hmis = 1 AND id = 'tern'"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM agency WHERE law_hmis = 1"), 1);
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	scene_as_holder(&w);
	assert_true(str_eq(served_by(&w), S("Millpond Aid")));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_true(str_eq(served_by(&w), S("Millpond Aid")));
	scene_as(&w, "u4", ROLE_PROVIDER, "tern");
	struct law_view v = looked(&w);
	assert_int_equal(line_of(&v, LAW_27F)->agencies_n, 1);
	assert_false(line_of(&v, LAW_27F)->notice);
	/* Whoever of it looked stands in the person's copy without the agency, but for its own people. */
	store_force(s, "INSERT INTO disclosure (id, at, user_id, route, households) VALUES ('d1', 1780000000000, 'u4', "
		       "'/household/:id', 'ann')");
	struct own_view own;
	assert_ok(s, app_household_shown(w.c, w.ann, (struct day){20000}, &own));
	assert_true(str_eq(own.shown[0].who, S("Sol Ode, Tern Program")));
	scene_as_holder(&w);
	assert_ok(s, app_household_shown(w.c, w.ann, (struct day){20000}, &own));
	assert_true(str_eq(own.shown[0].who, S("Sol Ode")));

	/* People know better than funders, and what they say counts at once. */
	assert_err(s, ERR_DENIED, app_law_of_agency(w.c, S("tern"), true, LAW_HMIS));
	scene_as(&w, "u1", ROLE_ADMINISTRATOR, "lark");
	assert_err(s, ERR_MISSING, app_law_of_agency(w.c, S("nobody"), true, LAW_27F));
	assert_ok(s, app_law_of_agency(w.c, S("tern"), true, LAW_HMIS));
	assert_ok(s, app_law_of_agency(w.c, S("millpond"), true, LAW_PART2));
	scene_as_holder(&w);
	assert_true(str_eq(served_by(&w), S("Tern Program")));
	scene_as(&w, "u1", ROLE_ADMINISTRATOR, "lark");
	assert_ok(s, app_law_of_agency(w.c, S("tern"), false, LAW_HMIS));
	scene_as_holder(&w);
	assert_int_equal(served_by(&w).n, 0);
	scene_close(&w);
}

static err_t disclose(struct db *db, struct arena *a, void *ctx)
{
	const struct scene *w = ctx;
	const struct call *c = w->c;
	return disclosure_write(db, a,
				&(struct disclosure){.at = c->now,
						     .user_id = c->actor.id,
						     .route = "/household/:id/laws",
						     .households = c->shown.ids,
						     .households_n = c->shown.n,
						     .laws = c->shown.laws,
						     .general = c->shown.general});
}

/* Whom it went to under a class of agencies, for three years, for whoever may read it and so can tell the person. */
static void what_a_class_was_shown_is_listed(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_law_write(w.c, w.ann, 0, LAW_PART2, pii_new(s->a, S("An example"))));
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, LAW_BIT(LAW_PART2));
	scene_as_holder(&w);
	w.c->shown.arena = s->a;
	looked(&w);
	assert_int_equal(w.c->shown.n, 1);
	assert_ok(s, db_run(s->db, s->a, DB_BESIDE, disclose, &w));
	store_force(s, "INSERT INTO disclosure (id, at, user_id, route, households, laws, general) VALUES "
		       "('old', 1500000000000, 'u3', '/household/:id/laws', 'ann', 4, 4), " /* 2017 */
		       "('named', 1780000000000, 'u3', '/household/:id/laws', 'ann', 4, 0)");
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	struct law_view v = looked(&w);
	const struct law_line *line = line_of(&v, LAW_PART2);
	assert_true(line->lists_told);
	assert_int_equal(line->told_n, 1);
	assert_true(str_eq(line->told[0].who, S("Lee Tran, Larkmere Center")));
	assert_false(line_of(&v, LAW_27F)->lists_told);
	/* Who may not read the facts may not read that either: it says that there were some. */
	scene_ann_signed(&w, 0, "coc", NULL, 100, NEVER, 0);
	scene_as_holder(&w);
	v = looked(&w);
	assert_false(line_of(&v, LAW_PART2)->lists_told);
	assert_int_equal(line_of(&v, LAW_PART2)->told_n, 0);
	scene_close(&w);
}

static void only_who_serves_writes_and_only_the_writer_takes_back(void **state)
{
	struct store *s = *state;
	struct scene w;
	const struct pii *words = pii_new(s->a, S("An example"));
	scene_open(s, &w);
	scene_ann_signed(&w, 0, "named", "lark", 100, NEVER, LAW_BIT(LAW_PART2));
	scene_as_holder(&w);
	assert_err(s, ERR_DENIED, app_law_write(w.c, w.ann, 0, LAW_PART2, words));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_err(s, ERR_INVALID, app_law_write(w.c, w.ann, 0, LAW_HMIS, words));
	assert_err(s, ERR_INVALID, app_law_write(w.c, w.ann, 0, LAW_PART2, pii_new(s->a, S("  "))));
	assert_err(s, ERR_MISSING, app_law_write(w.c, w.ann, 7, LAW_PART2, words));
	assert_err(s, ERR_MISSING, app_law_write(w.c, S("nobody"), 0, LAW_PART2, words));
	w.c->actor.cover.today = COVERED_NOT_SIGNED;
	assert_err(s, ERR_DENIED, app_law_write(w.c, w.ann, 0, LAW_PART2, words));
	w.c->actor.cover.today = COVERED;
	assert_int_equal(store_number(s, "SELECT count(*) FROM law_fact"), 0);
	assert_ok(s, app_law_write(w.c, w.ann, 1, LAW_PART2, words));
	struct law_view v = looked(&w);
	assert_int_equal(v.members_n, 2);
	assert_true(str_eq(line_of(&v, LAW_PART2)->facts[0].about, S("Ada Abbot")));
	struct str id = line_of(&v, LAW_PART2)->facts[0].id;
	scene_as(&w, "u4", ROLE_PROVIDER, "tern");
	assert_err(s, ERR_MISSING, app_law_take_back(w.c, w.ann, id));
	scene_as_holder(&w); /* reads it by the release of the child's head, and takes nothing back */
	v = looked(&w);
	assert_int_equal(line_of(&v, LAW_PART2)->facts_n, 1);
	assert_err(s, ERR_MISSING, app_law_take_back(w.c, w.ann, id));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_law_take_back(w.c, w.ann, id));
	assert_err(s, ERR_MISSING, app_law_take_back(w.c, w.ann, id));
	v = looked(&w);
	assert_int_equal(line_of(&v, LAW_PART2)->facts_n, 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM law_fact WHERE ended_at IS NOT NULL"), 1);
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_fact_is_its_agencys_until_released_under_that_law),
		BOTH(a_silent_line_tells_nothing),
		BOTH(an_hiv_program_is_no_agency_like_others),
		BOTH(what_a_class_was_shown_is_listed),
		BOTH(only_who_serves_writes_and_only_the_writer_takes_back),
	};
	return cmocka_run_group_tests_name("law", tests, NULL, NULL);
}
