/* What is told of a household whose facts are coarse, page by page: beside what the same viewer reads of it while
 * nobody protects it. On both engines; expectations from docs/PRIVACY.md "Survivors". */
#include "household_scene.h"

#include "app/adjustment.h"
#include "app/cycle.h"
#include "app/household_page.h"
#include "app/list.h"
#include "app/mine.h"
#include "app/nomination.h"
#include "app/quality.h"
#include "app/ready.h"
#include "app/release.h"
#include "app/standing_view.h"
#include "domain/flag.h"
#include "store/q_nomination.h"
#include "store/q_policy.h"
#include "store/q_step.h"

static struct str sealed(const struct scene *w, const char *table, const char *column, const char *words)
{
	return seal_pii(w->s->a, w->s->keys, (struct seal_place){table, column, S("one")},
			pii_new(w->s->a, str_from(words)));
}

/* Millpond has a step with Ann, proposed to raise her and named her for an opening. */
static err_t add_trail(struct db *db, struct arena *a, void *ctx)
{
	const struct scene *w = ctx;
	int64_t ann = store_number(w->s, "SELECT household_no FROM household WHERE id = 'ann'");
	TRY(q_step_add(db, a,
		       &(struct q_step_add_in){
			       .id = S("one"),
			       .household_no = ann,
			       .region_id = w->region,
			       .conference_id = S("k1"),
			       .words = sealed(w, "step", "words", "Visit the office"),
			       .owner_id = S("u2"),
			       .agency_id = S("millpond"),
			       .due = day_add(w->today, 3),
			       .state = S("open"),
			       .at = w->c->now,
			       .by_id = S("u1"),
		       }));
	TRY(q_adjustment_add(db, a,
			     &(struct q_adjustment_add_in){
				     .id = S("one"),
				     .household_no = ann,
				     .misses = sealed(w, "adjustment", "misses", "Their nights outside"),
				     .reason = sealed(w, "adjustment", "reason", "They sleep outside"),
				     .review_day = day_add(w->today, 10),
				     .until_day = day_add(w->today, 20),
				     .proposed_by = S("u2"),
				     .proposed_agency = S("millpond"),
				     .proposed_at = w->c->now,
			     }));
	return q_nomination_add(db, a,
				&(struct q_nomination_add_in){
					.id = S("one"),
					.household_no = ann,
					.kind = S("psh"),
					.reason = sealed(w, "nomination", "reason", "They wait longest"),
					.review_day = day_add(w->today, 10),
					.until_day = day_add(w->today, 20),
					.proposed_by = S("u2"),
					.proposed_agency = S("millpond"),
					.proposed_at = w->c->now,
				});
}

static void open_trail(struct store *s, struct scene *w)
{
	scene_open(s, w);
	scene_as_holder(w);
	assert_ok(s, app_cycle_start(w->c, (struct worklist_ref){.region_id = w->region}, 2, 0));
	store_force(s,
		    "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
		    "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) SELECT 'k1', "
		    "region_id, id, 'highest', 20600, 0, 60, 300, 'u1', 'u1', 'closed', 4, 0, 'u1' FROM cycle");
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, add_trail, w));
}

/* How many of the flags' pages show Ann. */
static int flags_of_ann(struct scene *w)
{
	int n = 0;
	for (int f = 0; f < FLAGS_N; f++) {
		struct quality_flag_view v;
		assert_ok(w->s, app_quality_flag(w->c, str_from(flag_table[f].word), &v));
		assert_int_equal(v.total, v.lines_n);
		for (size_t i = 0; i < v.lines_n; i++)
			n += str_eq(v.lines[i].face.id, w->ann);
	}
	return n;
}

static struct list_line line_of_ann(struct scene *w)
{
	struct list_view v;
	assert_ok(w->s, app_list(w->c, &(struct list_query){.as_of = DAY_NONE, .page = 1, .region = w->region}, &v));
	for (size_t i = 0; i < v.lines_n; i++)
		if (str_eq(v.lines[i].face.id, w->ann))
			return v.lines[i];
	fail_msg("Ann is not on the list");
	return (struct list_line){0};
}

/* All that the pages tell, as one text. */
static const char *told_of_ann(struct scene *w)
{
	struct store *s = w->s;
	struct household_view page;
	struct standing_view standing;
	struct ready_view ready;
	struct adjustment_view raised;
	struct nomination_view named;
	struct mine_view mine;
	assert_ok(s, app_household_page(w->c, w->ann, &page));
	assert_ok(s, app_standing_view(w->c, w->ann, &standing));
	assert_ok(s, app_ready(w->c, w->ann, &ready));
	assert_ok(s, app_adjustments(w->c, w->ann, &raised));
	assert_ok(s, app_nominations(w->c, w->ann, &named));
	assert_ok(s, app_mine(w->c, &mine));
	struct list_line line = line_of_ann(w);
	assert_int_equal(named.rows_n, 1);
	return str_c(s->a,
		     str_fmt(s->a,
			     "people %zu, steps %zu, months of %zu, papers %d and %d, raised %zu, named by %s, stops "
			     "%zu, flagged %s, step: %.*s, %.*s%s",
			     page.members_n, page.steps_n, standing.people_n, ready.readiness.of > 0,
			     line.readiness.of > 0, raised.rows_n,
			     named.rows[0].proposed.n + named.rows[0].reason.n > 0 ? "somebody" : "–", mine.trip_n,
			     flags_of_ann(w) > 0 ? "yes" : "no", STR_ARG(line.step), STR_ARG(line.step_who),
			     day_known(line.step_due) ? ", by a day" : ""));
}

static void protecting_leaves_bands_and_no_trail(void **state)
{
	struct store *s = *state;
	struct scene w;
	open_trail(s, &w);
	assert_string_equal(told_of_ann(&w),
			    "people 2, steps 1, months of 2, papers 1 and 1, raised 1, named by somebody, stops 1, "
			    "flagged yes, step: A step is under way, Dana Cole, Millpond Aid, by a day");
	assert_ok(s, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("Safety plan"))));
	assert_string_equal(told_of_ann(&w),
			    "people 0, steps 0, months of 0, papers 0 and 0, raised 0, named by –, stops 0, flagged "
			    "no, step: A step is under way, not shown");
	/* Whoever serves the household reads all of it. */
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_string_equal(told_of_ann(&w),
			    "people 2, steps 1, months of 2, papers 1 and 1, raised 1, named by somebody, stops 1, "
			    "flagged yes, step: Visit the office, Dana Cole, Millpond Aid, by a day");
	scene_close(&w);
}

/* Months and nights of a household that is coded: counts without the days that would find its records. */
static void a_code_has_counts_and_no_days(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct standing_view v;
	scene_open(s, &w);
	scene_as_holder(&w);
	assert_ok(s, app_standing_view(w.c, w.ann, &v));
	assert_true(!v.detailed && v.people_n == 2 && v.people[0].episodes);
	assert_false(day_known(v.people[0].episode.first) || day_known(v.people[0].episode.last));
	assert_true(str_starts(v.people[0].entry, S("At the latest entry: ")));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_standing_view(w.c, w.ann, &v));
	assert_true(v.detailed && day_known(v.people[0].episode.first));
	assert_true(str_starts(v.people[0].entry, S("At the latest entry, ")));
	scene_close(&w);
}

/* A trip sheet is of the list: nobody sees the stops of others without a memorandum and a signature. */
static void stops_need_cover(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct mine_view v;
	open_trail(s, &w);
	for (int c = 0; c < COVERED_N; c++) {
		w.c->actor.cover.today = (enum covered)c;
		assert_ok(s, app_mine(w.c, &v));
		assert_int_equal(v.trip_n, c == COVERED ? 1 : 0);
		if (c != COVERED)
			assert_err(s, ERR_MISSING, app_mine_take(w.c, S("one"), false));
	}
	scene_close(&w);
}

/* Whether Ann is among those whom a filter finds. */
static bool finds_ann(struct scene *w, const char *where)
{
	struct list_view v;
	const struct list_query q = {.as_of = DAY_NONE, .page = 1, .everywhere = true, .where = str_from(where)};
	bool found = false;
	assert_ok(w->s, app_list(w->c, &q, &v));
	assert_int_equal(v.wrong.n, 0);
	for (size_t i = 0; i < v.lines_n; i++)
		found = found || str_eq(v.lines[i].face.id, w->ann);
	return found;
}

/* A filter finds by what the rows show: by more, being found would tell what is withheld. */
static void filters_know_what_the_rows_show(void **state)
{
	static const char *const asked[] = {"county:\"Larkmere County\"", "members>1", "start<3650d", "type:family",
					    "release:none"};
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		if (!finds_ann(&w, asked[i]))
			fail_msg("%s", asked[i]);
	assert_ok(s, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("Safety plan"))));
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		if (finds_ann(&w, asked[i]))
			fail_msg("%s", asked[i]);
	assert_true(finds_ann(&w, "status:active"));
	assert_true(finds_ann(&w, "place<=3"));
	struct str days = str_fmt(s->a, "days:%d", line_of_ann(&w).face.days_on_list);
	assert_true(finds_ann(&w, str_c(s->a, days))); /* the band */
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		if (!finds_ann(&w, asked[i]))
			fail_msg("%s", asked[i]);
	scene_close(&w);
}

/* Who said no to a release is known to those alone who may record one. */
static void who_declined_is_not_found_by_others(void **state)
{
	struct store *s = *state;
	struct scene w;
	scene_open(s, &w);
	scene_as_holder(&w);
	scene_ann_signed(&w, 1, "coc", NULL, NEVER, NEVER, 0);
	assert_true(finds_ann(&w, "release:refused"));
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_true(finds_ann(&w, "release:refused"));
	scene_as(&w, "u3", ROLE_PROVIDER, "dell");
	assert_true(finds_ann(&w, "members>1"));
	assert_false(finds_ann(&w, "release:refused"));
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(protecting_leaves_bands_and_no_trail),
		BOTH(a_code_has_counts_and_no_days),
		BOTH(stops_need_cover),
		BOTH(filters_know_what_the_rows_show),
		BOTH(who_declined_is_not_found_by_others),
	};
	return cmocka_run_group_tests_name("coarse", tests, NULL, NULL);
}
