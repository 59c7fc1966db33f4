/* A household's own copy, on both engines. Expectations were written from app/own_copy.h and REQUIREMENTS P15. */
#include "household_scene.h"

#include <string.h>

#include "app/needs.h"
#include "app/own_copy.h"
#include "app/support.h"
#include "domain/preference.h"
#include "store/q_card.h"
#include "store/seal.h"

static bool says(const struct own_copy *v, enum own_part part, const char *words)
{
	for (size_t i = 0; i < v->parts[part].n; i++)
		if (memmem(v->parts[part].lines[i].what.p, v->parts[part].lines[i].what.n, words, strlen(words)) !=
		    NULL)
			return true;
	return false;
}

struct note {
	struct call *call;
	const char *words;
};

static err_t write_note(struct db *db, struct arena *a, void *ctx)
{
	const struct note *n = ctx;
	int64_t changed;
	struct str sealed = seal_pii(a, n->call->app->keys, (struct seal_place){"card", "note", S("k1")},
				     pii_new(a, str_from(n->words)));
	return q_card_note_set(db, a, S("k1"), sealed, S("u1"), 0, &changed);
}

static void what_is_held_stands_in_it(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct own_copy v;
	scene_open(s, &w);
	scene_as_holder(&w);
	store_force(s,
		    str_c(s->a, str_fmt(s->a,
					"INSERT INTO cycle (id, region_id, number, size, goal, started_at, started_by) "
					"VALUES ('y1', '%.*s', 1, 5, 0, 0, 'u1')",
					STR_ARG(w.region))));
	store_force(s,
		    str_c(s->a,
			  str_fmt(s->a,
				  "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
				  "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) "
				  "VALUES ('m1', '%.*s', 'y1', 'highest', %d, 0, 60, 300, 'u1', 'u1', 'closed', 0, 0, "
				  "'u1')",
				  STR_ARG(w.region), w.today.n - 20)));
	store_force(s,
		    "INSERT INTO card (id, conference_id, household_no, position, state, used_seconds, "
		    "allotted_seconds, follow_up_version, barriers, barrier_version, note_version) SELECT 'k1', 'm1', "
		    "household_no, 1, 'done', 0, 0, 0, '', 0, 0 FROM household WHERE id = 'ann'");
	struct note note = {w.c, "Her sister offered a room in May"};
	assert_ok(s, db_run(w.c->db, w.c->arena, DB_WRITE, write_note, &note));
	scene_ann_signed(&w, 0, "coc", NULL, NEVER, NEVER, 0);

	scene_as(&w, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, app_preference_put(w.c, w.ann, 1U << 0, pii_new(s->a, S("Near my daughter’s school"))));
	struct intervention tried = {TRIED_MEDIATION, OUTCOME_PART, day_add(w.today, -9), {0}};
	assert_ok(s, app_support_record(w.c, w.ann, &tried, pii_new(s->a, S("We rang her landlord"))));

	assert_ok(s, app_own_copy(w.c, w.ann, DAY_NONE, &v));
	assert_true(v.shown.face.named);
	assert_true(v.parts[OWN_PEOPLE].n >= 2); /* Ann and her child */
	assert_true(says(&v, OWN_WISHES, "Near my daughter’s school"));
	assert_true(says(&v, OWN_WISHES, str_c(s->a, preference_set_labels(s->a, 1U << 0))));
	assert_true(says(&v, OWN_PLACE, " of "));
	assert_true(says(&v, OWN_TIME, "Months homeless in the last 36"));
	assert_true(says(&v, OWN_WRITTEN, "We rang her landlord"));
	assert_true(says(&v, OWN_MEETINGS, "Her sister offered a room in May"));
	assert_int_equal(v.parts[OWN_MEETINGS].lines[0].day.n, w.today.n - 20);
	assert_int_equal(v.parts[OWN_RELEASES].n, 1);
	/* Whoever may not read notes about them has none of it. */
	scene_as(&w, "u3", ROLE_PROVIDER, "dell");
	assert_err(s, ERR_MISSING, app_own_copy(w.c, w.ann, DAY_NONE, &v));
	scene_as(&w, "u1", ROLE_LEAD, "lark");
	assert_err(s, ERR_DENIED, app_own_copy(w.c, w.ann, DAY_NONE, &v));
	scene_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {BOTH(what_is_held_stands_in_it)};
	return cmocka_run_group_tests_name("own copy", tests, NULL, NULL);
}
