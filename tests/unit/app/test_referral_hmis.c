/* Referrals and the HMIS, both ways, on both engines: what was issued is an event of the export, and what the next
 * import says of it brings the referral on. Expectations were written from app/hmis_export.h and
 * domain/referral_told.h. */
#include "household_scene.h"

#include <stdio.h>
#include <string.h>

#include "app/hmis_export.h"
#include "app/referral.h"
#include "app/release.h"

#define EVENT "EventID,EnrollmentID,PersonalID,EventDate,Event,ReferralResult,ResultDate,DateUpdated,DateDeleted\n"

static const struct export_head later = {"S1", "2026-11-29 12:00:00", "2024-01-01", "2026-11-29", 1, 1};

/* Ann is referred to Millpond Homes, by who holds the list. */
static struct str referred(struct scene *w)
{
	const struct referral_ask ask = {
		.region = w->region,
		.agency = S("millpond"),
		.kind = POLICY_PSH,
		.program = S("Millpond Homes"),
		.household = w->ann,
		.source = REFERRAL_ASKED,
	};
	struct str id;
	assert_ok(w->s, app_referral_refer(w->c, &ask, &id));
	return str_dup(w->s->a, id);
}

static void open_scene(struct store *s, struct scene *w)
{
	scene_open(s, w);
	store_force(s, "INSERT INTO mou (id, agency_id, from_day, until_day, signed_by, document, recorded_at) VALUES "
		       "('m1', 'millpond', 1, 99999, 'Dana Cole', 'Drawer 2', 0)");
	scene_as_holder(w);
}

/* Event.csv of an export that is made now; empty where it has no row. */
static struct str events(struct scene *w, struct hmis_export_made *made)
{
	static int folders;
	struct arena *a = w->s->a;
	struct actor was = w->c->actor;
	struct hmis_export_ask ask = {HMIS_FY2026, str_fmt(a, "%s/out%d", w->s->dir, ++folders), {0}};
	w->c->actor = (struct actor){.kind = ACTOR_OPERATOR, .id = S("tester")};
	assert_ok(w->s, app_hmis_export(w->c, &ask, made));
	w->c->actor = was;
	FILE *f = fopen(str_c(a, str_fmt(a, "%.*s/Event.csv", STR_ARG(ask.folder))), "r");
	assert_non_null(f);
	char *text = arena_many(a, 1 << 16, char);
	size_t n = fread(text, 1, (1 << 16) - 1, f);
	fclose(f);
	return (struct str){text, n};
}

static bool has(struct str text, struct str word)
{
	return memmem(text.p, text.n, word.p, word.n) != NULL;
}

static void what_is_issued_is_an_event_of_the_head(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct hmis_export_made made;
	open_scene(s, &w);
	assert_false(has(events(&w, &made), S("E5,C1")));
	struct str id = referred(&w);
	char day[DAY_TEXT];
	day_text(w.today, day);
	/* On the newest enrollment that was open, of a project that is no victim service provider's. */
	struct str row = str_fmt(s->a, "%.*s,E5,C1,%s,14,", STR_ARG(id), day);
	assert_true(has(events(&w, &made), row));
	assert_true(made.events == 1 && made.unplaced == 0);
	/* With its result, once there is one. */
	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_referral_move(w.c, &(struct referral_move){.id = id, .to = REFERRAL_ACCEPTED}));
	struct str text = events(&w, &made);
	assert_true(has(text, row));
	assert_true(has(text, str_fmt(s->a, ",1,%s,", day)));
	/* Nobody who must be in no export is in this one. */
	assert_ok(s, app_household_protect(w.c, w.ann, true, pii_new(s->a, S("in danger"))));
	text = events(&w, &made);
	assert_false(has(text, id) || has(text, S("C1")));
	assert_int_equal(made.events + made.unplaced, 0);
	scene_close(&w);
}

static void without_an_enrollment_it_is_told_and_left_out(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct hmis_export_made made;
	open_scene(s, &w);
	struct str id = referred(&w);
	store_force(s, "UPDATE enrollment SET entry = entry + 10000 WHERE to_import > 1000000");
	assert_false(has(events(&w, &made), id));
	assert_true(made.events == 0 && made.unplaced == 1);
	scene_close(&w);
}

static bool is(struct scene *w, struct str id, const char *state, const char *reason, const char *review)
{
	struct arena *a = w->s->a;
	return store_number(w->s,
			    str_c(a, str_fmt(a,
					     "SELECT count(*) FROM referral WHERE id = '%.*s' AND state = '%s' AND "
					     "coalesce(reason, '') = '%s' AND coalesce(review, '') = '%s'",
					     STR_ARG(id), state, reason, review))) == 1;
}

/* The newest word counts, so each comes a day later than the one before. */
static void told(struct scene *w, struct str event_id, int result, int ago)
{
	struct import_view v;
	char day[DAY_TEXT];
	char resulted[DAY_TEXT];
	struct str rows = str_fmt(w->s->a, EVENT "%.*s,E1,C1,%s,14,%d,%s,2026-11-01 09:00:00,\n", STR_ARG(event_id),
				  day_text(w->today, day), result, day_text(day_add(w->today, -ago), resulted));
	const struct export_file files[] = {{"Event.csv", str_c(w->s->a, rows)}, {0}};
	import_apply(w->s, export_write(w->s, &later, files), &v);
}

static void what_the_hmis_says_brings_it_on(void **state)
{
	static const struct {
		int result;
		bool ours;
		const char *state, *reason, *review;
	} cases[] = {
		{1, true, "accepted", "", ""},
		{2, true, "client_declined", "unsaid", ""},
		{2, false, "client_declined", "unsaid", ""},
		{3, false, "provider_declined", "other", "waits"},
	};
	struct store *s = *state;
	struct scene w;
	open_scene(s, &w);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		store_force(s, "DELETE FROM referral_event");
		store_force(s, "DELETE FROM referral");
		scene_as_holder(&w);
		struct str id = referred(&w);
		told(&w, cases[i].ours ? id : str_fmt(s->a, "EV%d", (int)i), cases[i].result, 10 - (int)i);
		assert_true(is(&w, id, cases[i].state, cases[i].reason, cases[i].review));
		/* What came from the HMIS, or is the same there, does not go back as a second one. */
		struct hmis_export_made made;
		(void)events(&w, &made);
		assert_int_equal(made.events, 0);
	}
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_is_issued_is_an_event_of_the_head),
		BOTH(without_an_enrollment_it_is_told_and_left_out),
		BOTH(what_the_hmis_says_brings_it_on),
	};
	return cmocka_run_group_tests_name("referrals and the HMIS", tests, NULL, NULL);
}
