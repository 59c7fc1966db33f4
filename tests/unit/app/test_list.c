/* The list page from an import to its next one: who sees which name, however often it was shown before. */
#include "import_fixture.h"

#include <string.h>

#include "app/assessed.h"
#include "app/list.h"
#include "app/policy.h"
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

/* Somebody who works for an agency. */
static struct call call_of(struct viewer *v, const char *agency)
{
	struct store *s = v->s;
	struct str id = str_from(agency);
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_agency, &id));
	return (struct call){
		.app = &v->app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_USER,
			  .id = S("u1"),
			  .role = ROLE_PROVIDER,
			  .agency_id = id,
			  .cover = SIGNED_EVERYWHERE},
		.now = NOW,
		.today = instant_day(NOW),
		.shown = {.arena = s->a},
	};
}

/* The names on their page: "Flint Marrow, –, –". */
static const char *names_seen(struct viewer *v, const char *agency, int shown)
{
	struct store *s = v->s;
	struct call c = call_of(v, agency);
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

/* The list of a kind of opening as Millpond Aid sees it: "2 Wren first, 1 Flint alternate 1" by places. */
static const char *opening_seen(struct viewer *v, enum policy_kind kind, struct list_view *view)
{
	struct store *s = v->s;
	struct call c = call_of(v, "Millpond Aid");
	const struct list_query q = {.as_of = DAY_NONE, .page = 1, .opening = kind};
	const char *seen = "";
	assert_ok(s, app_list(&c, &q, view));
	for (size_t i = 0; i < view->lines_n; i++) {
		const struct list_line *line = &view->lines[i];
		seen = str_c(s->a, str_fmt(s->a, "%s%s%d %.*s%s%.*s", seen, i == 0 ? "" : ", ", line->face.rank,
					   STR_ARG(line->face.named ? line->face.called : S("–")),
					   line->turn.n > 0 ? " " : "", STR_ARG(line->turn)));
	}
	return seen;
}

static void set_policy(struct store *s, const char *text)
{
	struct policy_faults faults;
	struct policy_set set;
	assert_ok(s, app_policy_set(import_operator(s), str_from(text), DAY_NONE, &faults, &set));
}

/* The group agreed to somebody for housing vouchers. */
static void nominate(struct store *s, const char *client)
{
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'u1', 'Una Example', 'provider', '-', 0, 0)");
	store_force(
		s, str_c(s->a, str_fmt(s->a,
				       "INSERT INTO nomination (id, household_no, kind, reason, review_day, until_day, "
				       "proposed_by, proposed_agency, proposed_at, agreed, decided_day) "
				       "SELECT 'n1', l.household_no, 'voucher', CAST('x' AS %s), 30000, 30000, 'u1', "
				       "(SELECT min(id) FROM agency), 0, 1, 20000 FROM listing l JOIN client c "
				       "ON c.client_no = l.head_client_no WHERE c.personal_id = '%s' "
				       "AND l.to_import = 2147483647",
				       s->engine == DB_SQLITE ? "BLOB" : "bytea", client)));
}

static void openings_have_their_own_order(void **state)
{
	struct store *s = *state;
	struct import_view preview;
	struct viewer v;
	struct list_view view;
	server_up(&v, s);
	import_apply(s, export_write(s, &first, FILES(FLINT("Flint", "2026-06-02 09:00:00") WREN HAZEL, STAYS("P1"))),
		     &preview);
	/* Without a policy of their own they follow the list, and say so. */
	assert_string_equal(opening_seen(&v, POLICY_VOUCHER, &view), "1 Flint first, 2 Wren, 3 –");
	assert_true(str_starts(view.opening, S("The order of housing vouchers: the list’s own order")));
	set_policy(s, "policy \"Newest\"\nfor opening voucher\norder\nlist start newest first\n"
		      "lot\nhold 5 days\nalternates 1\n");
	assert_string_equal(opening_seen(&v, POLICY_VOUCHER, &view), "1 – first, 2 Wren alternate 1, 3 Flint");
	assert_true(
		str_starts(view.opening, S("The order of housing vouchers: “Newest”, version 1. An opening is "
					   "offered to the first household that it fits and that wants it, and held 5 "
					   "days for its papers; the next one stands by.")));
	/* Whoever it is not for has no place in it. */
	set_policy(s, "policy \"Veterans\"\nfor opening th\nonly veterans\norder\nlist start newest first\nlot\n");
	assert_string_equal(opening_seen(&v, POLICY_TH, &view), "");
	/* A nomination does what its line says, and for its kind of opening alone. */
	set_policy(s, "policy \"Nominated\"\nfor opening voucher\norder\nnominated first; at most 60 days\n"
		      "list start newest first\nlot\nnominations by group decision\n");
	assert_string_equal(opening_seen(&v, POLICY_VOUCHER, &view), "1 – first, 2 Wren, 3 Flint");
	nominate(s, "C1");
	assert_string_equal(opening_seen(&v, POLICY_VOUCHER, &view), "1 Flint first, 2 –, 3 Wren");
	assert_string_equal(opening_seen(&v, POLICY_PSH, &view), "1 Flint first, 2 Wren, 3 –");
	store_force(s, "UPDATE nomination SET until_day = 20001");
	assert_string_equal(opening_seen(&v, POLICY_VOUCHER, &view), "1 – first, 2 Wren, 3 Flint");
	/* The list itself is as it was. */
	assert_string_equal(opening_seen(&v, POLICY_LIST, &view), "1 Flint, 2 Wren, 3 –");
	assert_int_equal(view.opening.n, 0);
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
		BOTH(openings_have_their_own_order),
		BOTH(results_have_tool_day_and_agency),
	};
	return cmocka_run_group_tests_name("app list", tests, NULL, NULL);
}
