/* The list page from an import to its next one: who sees which name, however often it was shown before. */
#include "import_fixture.h"

#include <string.h>

#include "app/assessed.h"
#include "app/list.h"
#include "store/q_agency.h"
#include "store/q_list.h"

enum { PEOPLE = 3 };

static const struct export_head first = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-12-31", 2, 1};
static const struct export_head second = {"S1", "2026-08-11 12:00:00", "2024-01-01", "2026-12-31", 2, 1};

#define FILES(clients, enrollments)                                                                                    \
	((const struct export_file[]){{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"     \
									"O2,Larkfield Aid,0,2026-01-01 00:00:00,\n"},  \
				      {"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"        \
							      "P2,O2,Larkfield Shelter,0,2026-01-01 00:00:00,\n"},     \
				      {"Client.csv", CLIENT clients},                                                  \
				      {"Enrollment.csv", ENROLLMENT enrollments},                                      \
				      {0}})

#define FLINT(name, updated) "C1," name ",,Marrow,900777777,1971-07-07,0," updated ",\n"
#define WREN "C2,Wren,,Tallow,900888888,1988-08-08,0,2026-06-02 09:00:00,\n"
#define HAZEL "C3,Hazel,,Quillon,,,0,2026-06-02 09:00:00,\n"
#define STAYS(project)                                                                                                 \
	"E1,C1," project ",2026-05-01,H1,1,116,2026-06-02 09:00:00,\n"                                                 \
	"E2,C2,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"                                                          \
	"E3,C3,P2,2026-07-01,H3,1,116,2026-07-02 09:00:00,\n"

struct viewer {
	struct store *s;
	struct app app;
};

static void server_up(struct viewer *v, struct store *s)
{
	*v = (struct viewer){s, {.where = str_from(s->where), .keys = s->keys, .lists = list_cache_new()}};
}

static err_t find_agency(struct db *db, struct arena *a, void *ctx)
{
	struct str *word = ctx;
	struct q_agency_by_name row;
	bool found;
	TRY(q_agency_by_name(db, a, *word, &row, &found));
	assert_true(found);
	*word = row.id;
	return NULL;
}

/* The names on the page of somebody who works for an agency: "Flint Marrow, –, –". */
static const char *names_seen(struct viewer *v, const char *agency, int shown)
{
	struct store *s = v->s;
	struct str id = str_from(agency);
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_agency, &id));
	struct call c = {
		.app = &v->app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_PROVIDER, .agency_id = id},
		.now = NOW,
		.today = instant_day(NOW),
		.shown = {.arena = s->a},
	};
	const struct list_query q = {.as_of = DAY_NONE, .page = 1};
	struct list_view view;
	assert_ok(s, app_list(&c, &q, &view));
	assert_int_equal(view.lines_n, PEOPLE);
	assert_int_equal(view.lanes[LIST_ACTIVE], PEOPLE);
	assert_int_equal(c.shown.n, shown);
	const char *names = "";
	for (size_t i = 0; i < view.lines_n; i++) {
		const struct household_face *face = &view.lines[i].face;
		const char *name = face->named ? str_c(s->a, face->name) : "–";
		names = str_c(s->a, str_fmt(s->a, "%s%s%s", names, i == 0 ? "" : ", ", name));
		if (!face->named) {
			assert_int_equal(face->hmis_id.n, 0);
			assert_int_equal(face->age, -1);
			assert_int_equal(face->ssn4.n, 0);
		} else {
			/* The digits are on the household's own page. */
			const char *dots = strncmp(name, "Hazel", 5) == 0 ? "" : "••••";
			assert_string_equal(str_c(s->a, face->ssn4), dots);
		}
	}
	return names;
}

static void list_shows_what_the_newest_import_says(void **state)
{
	struct store *s = *state;
	struct import_view preview;
	struct viewer v;
	server_up(&v, s);
	import_apply(s, export_write(s, &first, FILES(FLINT("Flint", "2026-06-02 09:00:00") WREN HAZEL, STAYS("P1"))),
		     &preview);
	/* Longest on the list first; what one viewer was shown is not another's. */
	for (int round = 0; round < 2; round++) {
		assert_string_equal(names_seen(&v, "Millpond Aid", 2), "Flint Marrow, Wren Tallow, –");
		assert_string_equal(names_seen(&v, "Larkfield Aid", 1), "–, –, Hazel Quillon");
	}
	/* A new name, and another agency that serves. */
	import_apply(s,
		     export_write(s, &second, FILES(FLINT("Flintan", "2026-08-11 09:00:00") WREN HAZEL, STAYS("P2"))),
		     &preview);
	for (int round = 0; round < 2; round++) {
		assert_string_equal(names_seen(&v, "Millpond Aid", 1), "–, Wren Tallow, –");
		assert_string_equal(names_seen(&v, "Larkfield Aid", 2), "Flintan Marrow, –, Hazel Quillon");
	}
	list_cache_free(&v.app.lists);
}

struct asking {
	struct call call;
	struct assessed_row *rows;
	size_t n;
};

/* Of the first client. */
static err_t ask_assessed(struct db *db, struct arena *a, void *ctx)
{
	struct asking *ask = ctx;
	struct q_list_now now;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	return app_assessed(&ask->call, db, a, 1, now.import_no, &ask->rows, &ask->n);
}

static void results_have_tool_day_and_agency(void **state)
{
	struct store *s = *state;
	struct import_view preview;
	struct viewer v;
	server_up(&v, s);
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"
						  "O2,Larkfield Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"
					"P2,O2,Larkfield Entry,14,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT FLINT("Flint", "2026-06-02 09:00:00")},
		{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-05-01,H1,1,116,2026-06-02 09:00:00,\n"
					      "E2,C1,P2,2026-05-02,H2,1,116,2026-06-02 09:00:00,\n"},
		{"Assessment.csv", "AssessmentID,EnrollmentID,PersonalID,AssessmentDate,AssessmentType,AssessmentLevel,"
				   "PrioritizationStatus,DateUpdated,DateDeleted\n"
				   "A1,E1,C1,2026-05-03,3,2,2,2026-06-02 09:00:00,\n"
				   "A2,E2,C1,2026-06-01,3,2,2,2026-06-02 09:00:00,\n"},
		{"AssessmentResults.csv",
		 "AssessmentResultID,AssessmentID,EnrollmentID,PersonalID,AssessmentResultType,AssessmentResult,"
		 "DateUpdated,DateDeleted\n"
		 "R1,A1,E1,C1,Old Tool,4,2026-06-02 09:00:00,\n"
		 "R2,A2,E2,C1,New Tool,high,2026-06-02 09:00:00,\n"
		 "R3,A9,E2,C1,No Such,1,2026-06-02 09:00:00,\n"},
		{0}};
	import_apply(s, export_write(s, &first, files), &preview);
	struct asking ask = {.call = {.app = &v.app, .db = s->db, .arena = s->a}};
	assert_ok(s, db_run(s->db, s->a, DB_READ, ask_assessed, &ask));
	assert_int_equal(ask.n, 2);
	assert_string_equal(str_c(s->a, ask.rows[0].tool), "New Tool");
	assert_string_equal(str_c(s->a, ask.rows[0].result), "high");
	assert_string_equal(str_c(s->a, ask.rows[0].agency), "Larkfield Aid");
	struct day june;
	assert_true(day_from_ymd(2026, 6, 1, &june) && ask.rows[0].day.n == june.n);
	assert_string_equal(str_c(s->a, ask.rows[1].agency), "Millpond Aid");
	list_cache_free(&v.app.lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(list_shows_what_the_newest_import_says),
		BOTH(results_have_tool_day_and_agency),
	};
	return cmocka_run_group_tests_name("app list", tests, NULL, NULL);
}
