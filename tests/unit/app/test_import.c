/* What an import makes of exports, on both engines: counts, what is kept, what is said, who is found.
 * Expectations were written from the exports below and the rules in app/import.h. */
#include "import_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/import_client.h"
#include "app/import_fact.h"
#include "app/region.h"
#include "domain/spell.h"
#include "store/q_client.h"
#include "store/q_hmis.h"

#define HEAD(day, directive_)                                                                                          \
	(&(const struct export_head){                                                                                  \
		.source = "S1",                                                                                        \
		.date = "2026-" day " 12:00:00",                                                                       \
		.start = "2024-01-01",                                                                                 \
		.end = "2026-12-31",                                                                                   \
		.directive = directive_,                                                                               \
		.hash = 1,                                                                                             \
	})

#define ORGANIZATIONS                                                                                                  \
	{                                                                                                              \
		"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"                            \
						 "O2,Quiet Harbor,1,2026-01-01 00:00:00,\n"                            \
	}
#define PROJECTS                                                                                                       \
	{                                                                                                              \
		"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"                               \
				       "P2,O1,Millpond Homes,3,2026-01-01 00:00:00,\n"                                 \
				       "P3,O2,Quiet Rooms,0,2026-01-01 00:00:00,\n"                                    \
	}

/* C1 and C2 are a family in a shelter. C3 is known to a victim service provider alone, C4 to both. */
#define CLIENTS                                                                                                        \
	CLIENT "C1,Zo\xc3\xab,Wren,O'Malley-Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"                      \
	       "C2,Tiny,,O'Malley-Quandt,,2015-05-05,0,2026-06-02 09:00:00,\n"                                         \
	       "C3,Secret,,Personage,900999999,1990-09-09,0,2026-06-02 09:00:00,\n"                                    \
	       "C4,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"
#define ENROLLMENTS                                                                                                    \
	ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"                                               \
		   "E2,C2,P1,2026-06-01,H1,2,116,2026-06-02 09:00:00,\n"                                               \
		   "E3,C3,P3,2026-06-01,H3,1,116,2026-06-02 09:00:00,\n"                                               \
		   "E4,C4,P3,2026-05-01,H4,1,116,2026-06-02 09:00:00,\n"                                               \
		   "E5,C4,P1,2026-07-01,H5,1,116,2026-07-02 09:00:00,\n"
#define SITUATIONS                                                                                                     \
	SITUATION "L1,E1,C1,2026-08-01,101,2026-08-01 09:00:00,\n"                                                     \
		  "L2,E5,C4,2026-08-02,101,2026-08-02 09:00:00,\n"

static const struct export_file everybody[] = {ORGANIZATIONS,
					       PROJECTS,
					       {"Client.csv", CLIENTS},
					       {"Enrollment.csv", ENROLLMENTS},
					       {"CurrentLivingSituation.csv", SITUATIONS},
					       {0}};

static void assert_counts(const struct import_counts *n, int64_t added, int64_t changed, int64_t unchanged,
			  int64_t removed, int64_t gone, int64_t refused)
{
	assert_int_equal(n->added, added);
	assert_int_equal(n->changed, changed);
	assert_int_equal(n->unchanged, unchanged);
	assert_int_equal(n->removed, removed);
	assert_int_equal(n->gone, gone);
	assert_int_equal(n->refused, refused);
}

static void start(struct store *s, struct import_view *v)
{
	import_apply(s, export_write(s, HEAD("08-10", 2), everybody), v);
}

/* The same export, but for one file. */
static const char *with(struct store *s, const struct export_head *head, const char *name, const char *text)
{
	struct export_file files[8];
	memcpy(files, everybody, sizeof everybody);
	for (size_t i = 0; files[i].name != NULL; i++)
		if (strcmp(files[i].name, name) == 0)
			files[i].text = text;
	return export_write(s, head, files);
}

#define VISIBLE " from_import <= (SELECT import_no FROM hmis_now) AND to_import > (SELECT import_no FROM hmis_now) "

static int64_t visible(struct store *s, const char *table, const char *where)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM %s WHERE" VISIBLE "%s", table, where)));
}

struct lookup {
	struct store *s;
	const char *personal_id;
	struct str name, ssn;
	bool found, gone;
	int64_t client_no;
};

static err_t look_up(struct db *db, struct arena *a, void *ctx)
{
	struct lookup *l = ctx;
	struct q_hmis_now now;
	struct q_client_by_personal_id *rows;
	size_t n;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	struct str id = str_from(l->personal_id);
	TRY(q_client_by_personal_id(db, a, 1, (int64_t)import_key(id), id, now.import_no, &rows, &n));
	l->found = n == 1;
	if (!l->found)
		return NULL;
	struct q_client_by_no client;
	const struct pii *name;
	const struct pii *ssn;
	l->client_no = rows[0].client_no;
	TRY(q_client_by_no(db, a, l->client_no, now.import_no, &client, &found));
	TRY(seal_open(a, l->s->keys, client_place(a, "name", l->client_no), client.name, &name));
	TRY(seal_open(a, l->s->keys, client_place(a, "ssn", l->client_no), client.ssn, &ssn));
	l->name = str_dup(l->s->a, client_name_of(pii_reveal(name)).last);
	l->ssn = str_dup(l->s->a, client_first_part(pii_reveal(ssn)));
	l->gone = client.gone;
	return NULL;
}

static struct lookup client(struct store *s, const char *personal_id)
{
	struct lookup l = {.s = s, .personal_id = personal_id};
	assert_ok(s, db_run(s->db, s->a, DB_READ, look_up, &l));
	return l;
}

static void test_first(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	assert_counts(&v.clients, 3, 0, 0, 0, 0, 1);
	assert_counts(&v.enrollments, 3, 0, 0, 0, 0, 2);
	assert_int_equal(v.households_before, 0);
	assert_int_equal(v.households_after, 2);
	assert_true(v.full);
	assert_int_equal(v.csv_year, 2026);
	assert_int_equal(visible(s, "client", ""), 3);
	assert_int_equal(visible(s, "client", "AND personal_id = 'C3'"), 0);
	assert_int_equal(visible(s, "enrollment", ""), 3);
	assert_int_equal(visible(s, "household_member", ""), 3);
	assert_int_equal(visible(s, "household_member", "AND head = 1"), 2);
	assert_int_equal(visible(s, "listing", "AND members = 2 AND veteran = 1"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM agency WHERE hmis_id IN ('O1', 'O2')"), 2);
	assert_int_equal(visible(s, "household_agency", ""), 2);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'import.apply'"), 1);
	struct lookup c1 = client(s, "C1");
	assert_true(c1.found);
	assert_true(str_eq(c1.name, S("O'Malley-Quandt")));
	assert_true(str_eq(c1.ssn, S("900123456")));
	assert_false(client(s, "C3").found);
}

static void test_again(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	start(s, &v);
	assert_counts(&v.clients, 0, 0, 3, 0, 0, 1);
	assert_counts(&v.enrollments, 0, 0, 3, 0, 0, 2);
	static const char *const tables[] = {"client",           "enrollment",       "hmis_person",
					     "listing",          "household_member", "client_token",
					     "household_agency", "hmis_project",     "hmis_organization"};
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		assert_int_equal(
			store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM %s WHERE from_import > 1",
							    tables[i]))),
			0);
	assert_int_equal(store_number(s, "SELECT import_no FROM hmis_now"), 2);
}

/* DateUpdated decides, ExportDate breaks ties, whichever comes first. */
static void test_newer(void **state)
{
	static const struct {
		const char *first_updated, *second_updated;
		bool second_export_newer;
		bool second_wins;
	} cases[] = {
		{"2026-06-02 09:00:00", "2026-06-03 09:00:00", true, true},
		{"2026-06-02 09:00:00", "2026-06-03 09:00:00", false, true}, /* an older export with a newer row */
		{"2026-06-02 09:00:00", "2026-06-01 09:00:00", true, false},
		{"2026-06-02 09:00:00", "2026-06-01 09:00:00", false, false},
		{"2026-06-02 09:00:00", "2026-06-02 09:00:00", true, true},
		{"2026-06-02 09:00:00", "2026-06-02 09:00:00", false, false},
		{"2026-06-02 09:00:00", "", true, false}, /* unknown is older than any other */
		{"", "2026-06-02 09:00:00", false, true},
	};
	struct store *s = *state;
	const char *clients = CLIENT "%s,Flint,,%s,,1971-07-07,0,%s,\n";
	const char *enrollments = ENROLLMENT "E%s,%s,P1,2026-06-01,H%s,1,116,2026-06-02 09:00:00,\n";
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct import_view v;
		const char *id = str_c(s->a, str_fmt(s->a, "N%zu", i));
		struct export_file files[] = {
			ORGANIZATIONS, PROJECTS, {"Client.csv", NULL}, {"Enrollment.csv", NULL}, {0}};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		files[3].text = str_c(s->a, str_fmt(s->a, enrollments, id, id, id));
		files[2].text = str_c(s->a, str_fmt(s->a, clients, id, "First", cases[i].first_updated));
		import_apply(s, export_write(s, HEAD("08-10", 1), files), &v);
		files[2].text = str_c(s->a, str_fmt(s->a, clients, id, "Second", cases[i].second_updated));
#pragma GCC diagnostic pop
		const struct export_head *head = cases[i].second_export_newer ? HEAD("08-11", 1) : HEAD("08-09", 1);
		import_apply(s, export_write(s, head, files), &v);
		assert_int_equal(v.clients.changed, cases[i].second_wins);
		assert_int_equal(v.clients.unchanged, !cases[i].second_wins);
		assert_true(str_eq(client(s, id).name, cases[i].second_wins ? S("Second") : S("First")));
	}
}

/* Two rows of one id in a file: the later DateUpdated, then the later line. */
static void test_twice(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct export_file files[] = {ORGANIZATIONS,
				      PROJECTS,
				      {"Client.csv", CLIENT "C1,A,,Early,,,0,2026-06-02 09:00:00,\n"
							    "C2,A,,Late,,,0,2026-06-03 09:00:00,\n"
							    "C1,A,,Last,,,0,2026-06-02 09:00:00,\n"
							    "C2,A,,Older,,,0,2026-06-01 09:00:00,\n"},
				      {"Enrollment.csv",
				       ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"
						  "E2,C2,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"
						  "E2,C2,P2,2026-06-01,H2,1,116,2026-06-02 10:00:00,\n"},
				      {0}};
	import_apply(s, export_write(s, HEAD("08-10", 1), files), &v);
	assert_counts(&v.clients, 2, 0, 0, 0, 0, 0);
	assert_counts(&v.enrollments, 2, 0, 0, 0, 0, 0);
	assert_true(str_eq(client(s, "C1").name, S("Last")));
	assert_true(str_eq(client(s, "C2").name, S("Late")));
	assert_int_equal(store_number(s, "SELECT count(*) FROM enrollment e JOIN hmis_project p ON p.project_no = "
					 "e.project_no WHERE p.project_id = 'P2'"),
			 1);
}

#define C4_DELETED                                                                                                     \
	CLIENT "C1,Zo\xc3\xab,Wren,O'Malley-Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"                      \
	       "C2,Tiny,,O'Malley-Quandt,,2015-05-05,0,2026-06-02 09:00:00,\n"                                         \
	       "C4,Flint,,Marrow,900777777,1971-07-07,0,2026-08-01 09:00:00,2026-08-01 09:00:00\n"

static void test_deleted(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	const char *deleted = with(s, HEAD("08-12", 1), "Client.csv", C4_DELETED);
	import_apply(s, deleted, &v);
	assert_int_equal(v.clients.removed, 1);
	assert_int_equal(v.enrollments.removed, 1);
	assert_int_equal(v.households_after, 1);
	assert_false(client(s, "C4").found);
	/* Again: nothing is left to delete. */
	import_apply(s, deleted, &v);
	assert_int_equal(v.clients.removed, 0);
	/* What is older does not bring it back, what is newer does. */
	start(s, &v);
	assert_false(client(s, "C4").found);
	import_apply(s,
		     with(s, HEAD("08-09", 1), "Client.csv",
			  CLIENT "C4,Flint,,Returned,900777777,1971-07-07,0,2026-08-02 09:00:00,\n"),
		     &v);
	assert_true(client(s, "C4").found);
	assert_true(str_eq(client(s, "C4").name, S("Returned")));
}

static void test_deleted_enrollment(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	import_apply(s,
		     with(s, HEAD("08-12", 1), "Enrollment.csv",
			  ENROLLMENT "E5,C4,P1,2026-07-01,H5,1,116,2026-08-01 09:00:00,2026-08-01 09:00:00\n"),
		     &v);
	assert_int_equal(v.enrollments.removed, 1);
	assert_true(client(s, "C4").found);
	assert_int_equal(visible(s, "enrollment", ""), 2);
	assert_int_equal(v.households_after, 1); /* nothing puts C4 on the list now */
	start(s, &v);
	assert_int_equal(visible(s, "enrollment", ""), 2);
}

#define WITHOUT_C4                                                                                                     \
	{                                                                                                              \
		ORGANIZATIONS, PROJECTS,                                                                               \
			{"Client.csv",                                                                                 \
			 CLIENT "C1,Zo\xc3\xab,Wren,O'Malley-Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"     \
				"C2,Tiny,,O'Malley-Quandt,,2015-05-05,0,2026-06-02 09:00:00,\n"},                      \
			{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"            \
						      "E2,C2,P1,2026-06-01,H1,2,116,2026-06-02 09:00:00,\n"},          \
		{                                                                                                      \
			0                                                                                              \
		}                                                                                                      \
	}

static void test_gone(void **state)
{
	const struct export_file files[] = WITHOUT_C4;
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	/* Not from a delta, not from an export that is no newer, not from another source. */
	import_apply(s, export_write(s, HEAD("08-12", 1), files), &v);
	assert_int_equal(v.clients.gone + v.enrollments.gone + v.facts_gone, 0);
	import_apply(s, export_write(s, HEAD("08-11", 2), files), &v);
	assert_int_equal(v.clients.gone + v.enrollments.gone + v.facts_gone, 0);
	import_apply(s, export_write(s, HEAD("08-20", 2), files), &v);
	assert_int_equal(v.clients.gone, 1);
	assert_int_equal(v.enrollments.gone, 1);
	assert_int_equal(v.facts_gone, 1); /* the living situation of C1 */
	struct lookup c4 = client(s, "C4");
	assert_true(c4.found && c4.gone);
	assert_int_equal(visible(s, "enrollment", "AND gone = 1"), 1);
	assert_int_equal(v.households_after, 2); /* it stays on the list until a person decides */
	/* Gone once, not twice. */
	import_apply(s, export_write(s, HEAD("08-21", 2), files), &v);
	assert_int_equal(v.clients.gone + v.enrollments.gone + v.facts_gone, 0);
	/* And back. */
	import_apply(s, export_write(s, HEAD("08-22", 2), everybody), &v);
	assert_false(client(s, "C4").gone);
	assert_int_equal(visible(s, "enrollment", "AND gone = 1"), 0);
	import_apply(s, export_write(s, HEAD("08-22", 2), everybody), &v);
	assert_counts(&v.clients, 0, 0, 3, 0, 0, 1);
}

static void test_period(void **state)
{
	const struct export_file files[] = WITHOUT_C4;
	struct store *s = *state;
	struct import_view v;
	/* C4 left long before the period of the second export begins. */
	struct export_file first[8];
	memcpy(first, everybody, sizeof everybody);
	first[sizeof everybody / sizeof everybody[0] - 1] =
		(struct export_file){"Exit.csv", EXIT "X5,E5,C4,2026-07-10,410,2026-07-10 09:00:00,\n"};
	first[sizeof everybody / sizeof everybody[0]] = (struct export_file){0};
	import_apply(s, export_write(s, HEAD("08-10", 2), first), &v);
	assert_int_equal(visible(s, "enrollment", "AND exit IS NOT NULL"), 1);
	struct export_head head = *HEAD("09-01", 2);
	head.start = "2026-07-20";
	import_apply(s, export_write(s, &head, files), &v);
	assert_int_equal(v.clients.gone + v.enrollments.gone, 0);
	assert_false(client(s, "C4").gone);
}

/* Rows that lead nowhere are set aside, each with its sentence. */
static void test_orphans(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct export_file files[] = {ORGANIZATIONS,
				      PROJECTS,
				      {"Client.csv", CLIENT "C1,A,,One,,,0,2026-06-02 09:00:00,\n"},
				      {"Enrollment.csv",
				       ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"
						  "E8,C8,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"
						  "E9,C1,P9,2026-06-01,H3,1,116,2026-06-02 09:00:00,\n"},
				      {"Exit.csv", EXIT "X1,E1,C1,2026-07-01,410,2026-07-01 09:00:00,\n"
							"X7,E7,C1,2026-07-01,410,2026-07-01 09:00:00,\n"},
				      {0}};
	import_apply(s, export_write(s, HEAD("08-10", 1), files), &v);
	assert_counts(&v.clients, 1, 0, 0, 0, 0, 0);
	assert_counts(&v.enrollments, 1, 0, 0, 0, 0, 0);
	assert_int_equal(v.rows_aside, 3);
	static const struct {
		const char *file, *key, *problem;
		int64_t line;
	} wanted[] = {
		{"Enrollment.csv", "E8", "no_person", 3},
		{"Enrollment.csv", "E9", "no_project", 4},
		{"Exit.csv", "X7", "no_enrollment", 3},
	};
	struct import_flag *flags;
	size_t n;
	assert_ok(s, app_import_flags(import_operator(s), 0, 0, 1000, &flags, &n));
	size_t met = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 3; k++)
			if (flags[i].aside && str_eq(flags[i].file, str_from(wanted[k].file)) &&
			    str_eq(flags[i].key, str_from(wanted[k].key))) {
				met++;
				assert_int_equal(flags[i].line, wanted[k].line);
				assert_true(str_eq(flags[i].problem, str_from(wanted[k].problem)));
				assert_true(flags[i].sentence.n > 40);
			}
	assert_int_equal(met, 3);
}

/* An organization that turns out to be a victim service provider: what was kept of its people goes. */
static void test_becomes_protected(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	import_apply(s,
		     with(s, HEAD("08-12", 1), "Organization.csv",
			  ORGANIZATION
			  "O1,Millpond Aid,1,2026-02-01 00:00:00,\nO2,Quiet Harbor,1,2026-01-01 00:00:00,\n"),
		     &v);
	assert_int_equal(v.clients.refused, 4);
	assert_int_equal(visible(s, "client", ""), 0);
	assert_int_equal(visible(s, "enrollment", ""), 0);
	assert_int_equal(v.households_after, 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client"), 0); /* not even out of sight */
}

struct candidates {
	struct store *s;
	const char *typed;
	size_t n;
	int64_t *clients;
};

static err_t find(struct db *db, struct arena *a, void *ctx)
{
	struct candidates *c = ctx;
	struct q_hmis_now now;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	return client_candidates(db, a, c->s->keys, now.import_no, str_from(c->typed), &c->clients, &c->n);
}

static void assert_found(struct store *s, const char *typed, const char *personal_id)
{
	struct candidates c = {.s = s, .typed = typed};
	assert_ok(s, db_run(s->db, s->a, DB_READ, find, &c));
	int64_t wanted = personal_id != NULL ? client(s, personal_id).client_no : 0;
	bool met = personal_id == NULL && c.n == 0;
	for (size_t i = 0; i < c.n; i++)
		met |= c.clients[i] == wanted;
	if (!met)
		fail_msg("'%s' finds %zu clients, not %s", typed, c.n, personal_id != NULL ? personal_id : "nobody");
}

static void test_search(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	static const char *const finds_c1[] = {"zoe",         "ZOE",        "Zo\xc3\xab",     "omalley", "O'Malley",
					       "quandt",      "quandt zoe", "OMalley-Quandt", "wren",    "3456",
					       "900-12-3456", "900123456",  "1980-02-03"};
	for (size_t i = 0; i < sizeof finds_c1 / sizeof finds_c1[0]; i++)
		assert_found(s, finds_c1[i], "C1");
	static const char *const finds_nobody[] = {"personage",  "secret", "zz", "quandt flint",
						   "1990-09-09", "9999",   ""};
	for (size_t i = 0; i < sizeof finds_nobody / sizeof finds_nobody[0]; i++)
		assert_found(s, finds_nobody[i], NULL);
	/* A new name is found at once. */
	import_apply(s,
		     with(s, HEAD("08-12", 1), "Client.csv",
			  CLIENT "C4,Flint,,Newname,900777777,1971-07-07,0,2026-08-02 09:00:00,\n"),
		     &v);
	assert_found(s, "newname", "C4");
}

static void test_hashed(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct export_head head = *HEAD("08-10", 2);
	head.hash = 4;
	import_apply(s, export_write(s, &head, everybody), &v);
	assert_true(v.hashed);
	assert_int_equal(v.clients.added, 3);
	assert_int_equal(visible(s, "client", "AND hashed = 1"), 3);
	assert_found(s, "quandt", NULL);
	assert_found(s, "3456", NULL);
}

static bool folder_holds(struct store *s, const char *text)
{
	bool met = false;
	DIR *dir = opendir(s->dir);
	assert_non_null(dir);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
		if (strncmp(e->d_name, "byname.db", 9) != 0)
			continue;
		FILE *f = fopen(str_c(s->a, str_fmt(s->a, "%s/%s", s->dir, e->d_name)), "r");
		assert_non_null(f);
		fseek(f, 0, SEEK_END);
		size_t n = (size_t)ftell(f);
		rewind(f);
		char *p = arena_many(s->a, n, char);
		assert_int_equal(fread(p, 1, n, f), n);
		fclose(f);
		met |= memmem(p, n, text, strlen(text)) != NULL;
	}
	closedir(dir);
	return met;
}

/* Nothing about a person is readable in the database's files. */
static void test_sealed(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	static const char *const planted[] = {"Malley",    "Quandt",    "Flint",      "Marrow",    "Secret",
					      "900123456", "900777777", "1980-02-03", "1971-07-07"};
	for (size_t i = 0; i < sizeof planted / sizeof planted[0]; i++)
		assert_false(folder_holds(s, planted[i]));
	assert_true(s->engine == DB_POSTGRES || folder_holds(s, "Millpond")); /* the test can find things */
}

static void test_staged(void **state)
{
	struct store *s = *state;
	struct call *c = import_operator(s);
	struct import_view v;
	struct import_view again;
	start(s, &v);
	const char *next = with(s, HEAD("08-12", 1), "Client.csv", C4_DELETED);
	/* Looking changes nothing. */
	assert_ok(s, app_import_stage(c, next, IMPORT_LOOK, NULL, &v));
	assert_int_equal(v.no, 0);
	assert_int_equal(v.clients.removed, 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM hmis_import"), 1);
	/* Staged is out of sight. */
	assert_ok(s, app_import_stage(c, next, IMPORT_STAGE, NULL, &v));
	assert_true(client(s, "C4").found);
	assert_int_equal(visible(s, "listing", ""), 2);
	assert_ok(s, app_import_get(c, v.no, &again));
	assert_true(str_eq(again.state, S("staged")));
	assert_int_equal(again.clients.removed, 1);
	struct call *other = import_operator(s);
	other->actor.id = S("another");
	assert_err(s, ERR_CONFLICT, app_import_stage(other, next, IMPORT_STAGE, NULL, &again));
	assert_err(s, ERR_CONFLICT, app_listing_refresh(c, c->today));
	/* One's own gives way. */
	int64_t first = v.no;
	assert_ok(s, app_import_stage(c, next, IMPORT_STAGE, NULL, &v));
	assert_int_equal(v.clients.removed, 1);
	assert_err(s, ERR_CONFLICT, app_import_apply(c, first, NULL));
	/* Given up, it leaves nothing. */
	assert_ok(s, app_import_abandon(c, v.no, NULL));
	assert_err(s, ERR_CONFLICT, app_import_apply(c, v.no, NULL));
	assert_err(s, ERR_CONFLICT, app_import_abandon(c, v.no, NULL));
	assert_true(client(s, "C4").found);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client WHERE from_import > 1 OR to_import < 2147483647"),
			 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM hmis_deleted"), 0);
	import_apply(s, next, &v);
	assert_false(client(s, "C4").found);
	struct import_view *views;
	size_t n;
	int64_t waits;
	assert_ok(s, app_imports(c, 10, &views, &n, &waits));
	assert_int_equal(n, 4);
	assert_int_equal(waits, 0);
	assert_true(str_eq(views[0].state, S("applied")));
	assert_true(str_eq(views[1].state, S("abandoned")));
}

static void test_two_sources(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct export_head other = *HEAD("08-10", 2);
	other.source = "S2";
	start(s, &v);
	import_apply(s, export_write(s, &other, everybody), &v);
	/* The same ids in another HMIS are other people. */
	assert_counts(&v.clients, 3, 0, 0, 0, 0, 1);
	assert_int_equal(v.households_before, 2);
	assert_int_equal(v.households_after, 4);
	assert_int_equal(visible(s, "client", ""), 6);
	start(s, &v);
	assert_int_equal(v.households_after, 4);
}

/* A household keeps its number and code while its people change. */
static void test_household_stays(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	const char *of_c2 = "SELECT m.household_no FROM household_member m JOIN client c ON c.client_no = m.client_no "
			    "WHERE c.personal_id = 'C2' AND m.to_import = 2147483647 AND c.to_import = 2147483647";
	int64_t before = store_number(s, of_c2);
	/* C9 becomes head; the family is the same. */
	import_apply(
		s,
		export_write(
			s, HEAD("08-12", 1),
			(const struct export_file[]){
				ORGANIZATIONS,
				PROJECTS,
				{"Client.csv", CLIENT "C9,Alder,,Newhead,,1979-01-01,0,2026-08-11 09:00:00,\n"},
				{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,3,116,2026-08-11 09:00:00,\n"
							      "E9,C9,P1,2026-06-01,H1,1,116,2026-08-11 09:00:00,\n"},
				{0}}),
		&v);
	assert_int_equal(v.households_after, 2);
	assert_int_equal(store_number(s, of_c2), before);
	assert_int_equal(visible(s, "household_member", ""), 4);
	assert_int_equal(store_number(s, "SELECT count(*) FROM household"), 2);
}

static void add_people(struct store *s)
{
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1')");
}

static struct str household_of(struct store *s, const char *personal_id)
{
	struct str id = {0};
	int64_t no = store_number(
		s, str_c(s->a, str_fmt(s->a,
				       "SELECT m.household_no FROM household_member m JOIN client c ON c.client_no = "
				       "m.client_no WHERE c.personal_id = '%s' AND m.to_import = 2147483647",
				       personal_id)));
	/* Ids are text: they are found by trying which one has the number. */
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE household SET id = 'house%lld' WHERE household_no = %lld",
					   (long long)no, (long long)no)));
	id = str_fmt(s->a, "house%lld", (long long)no);
	return id;
}

static void test_marks(void **state)
{
	struct store *s = *state;
	struct import_view v;
	start(s, &v);
	add_people(s);
	struct call *c = import_operator(s);
	struct household_mark_new m = {
		.household_id = household_of(s, "C4"),
		.kind = MARK_MOVED_AWAY,
		.day = {day_add(instant_day(NOW), -10).n},
		.reason = pii_new(s->a, S("Told the outreach team so.")),
	};
	assert_err(s, ERR_DENIED, app_household_mark(c, &m));
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_LIST_HOLDER, .region_id = S("r1")};
	assert_ok(s, app_household_mark(c, &m));
	const char *moved = str_c(s->a, str_fmt(s->a, "AND status = %d", STATUS_MOVED_AWAY));
	assert_int_equal(visible(s, "listing", moved), 1);
	/* It outlives the next import. */
	start(s, &v);
	assert_int_equal(visible(s, "listing", moved), 1);
	m.take_back = true;
	assert_ok(s, app_household_mark(c, &m));
	assert_int_equal(visible(s, "listing", moved), 0);
	m.household_id = S("nobody");
	assert_err(s, ERR_MISSING, app_household_mark(c, &m));
}

static void test_regions(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct region_import_view r;
	struct call *c = import_operator(s);
	start(s, &v);
	assert_int_equal(visible(s, "listing", "AND region_id IS NULL"), 2);
	const char *folder =
		export_write(s, HEAD("08-10", 2),
			     (const struct export_file[]){
				     {"regions.csv", "county,project_id,region\n"
						     "Larkmere County,,Region 7\n"
						     "Larkmere County,P1,\n"
						     "Tansydell County,,\n"},
				     {"two.csv", "region,county,project_id\nA,Larkmere County,\nB,Larkmere County,\n"},
				     {"none.csv", "a,b\n1,2\n"},
				     {0}});
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", folder)), &r));
	assert_int_equal(r.regions, 1);
	assert_int_equal(r.counties, 2);
	assert_int_equal(r.unassigned, 1);
	assert_int_equal(r.projects, 1);
	assert_int_equal(store_number(s, "SELECT number FROM region"), 7);
	assert_int_equal(visible(s, "listing", "AND region_id IS NOT NULL AND county = 'Larkmere County'"), 2);
	assert_err(s, ERR_INVALID, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/two.csv", folder)), &r));
	assert_err(s, ERR_INVALID, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/none.csv", folder)), &r));
	assert_err(s, ERR_MISSING, app_region_import(c, "/nowhere/regions.csv", &r));
	assert_int_equal(store_number(s, "SELECT count(*) FROM region"), 1);
}

/* A new day by itself: shelter guests stay active, those who left fall silent. */
static void test_day(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct call *c = import_operator(s);
	struct export_file files[8];
	memcpy(files, everybody, sizeof everybody);
	files[sizeof everybody / sizeof everybody[0] - 1] =
		(struct export_file){"Exit.csv", EXIT "X5,E5,C4,2026-09-10,30,2026-09-10 09:00:00,\n"};
	files[sizeof everybody / sizeof everybody[0]] = (struct export_file){0};
	import_apply(s, export_write(s, HEAD("09-15", 2), files), &v);
	const char *active = str_c(s->a, str_fmt(s->a, "AND status = %d", STATUS_ACTIVE));
	assert_int_equal(visible(s, "listing", active), 2);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 200)));
	assert_int_equal(visible(s, "listing", active), 1);
	assert_int_equal(visible(s, "listing", ""), 2);
	assert_int_equal(store_number(s, "SELECT as_of FROM hmis_now"), day_add(c->today, 200).n);
	assert_ok(s, app_listing_refresh(c, c->today));
	assert_int_equal(visible(s, "listing", active), 2);
}

static void test_who_may(void **state)
{
	struct store *s = *state;
	struct call *c = import_operator(s);
	struct import_view v;
	struct import_view *views;
	size_t n;
	int64_t waits;
	const char *path = export_write(s, HEAD("08-10", 2), everybody);
	static const enum role may_not[] = {ROLE_NOBODY, ROLE_LIST_HOLDER, ROLE_SPECIALIST, ROLE_PROVIDER, ROLE_LEAD};
	for (size_t i = 0; i < sizeof may_not / sizeof may_not[0]; i++) {
		c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = may_not[i]};
		assert_err(s, ERR_DENIED, app_import_stage(c, path, IMPORT_STAGE, NULL, &v));
		assert_err(s, ERR_DENIED, app_import_apply(c, 1, NULL));
		assert_err(s, ERR_DENIED, app_import_abandon(c, 1, NULL));
	}
	c->actor.role = ROLE_PROVIDER;
	assert_err(s, ERR_DENIED, app_imports(c, 1, &views, &n, &waits));
	c->actor = (struct actor){.kind = ACTOR_NOBODY};
	assert_err(s, ERR_DENIED, app_import_stage(c, path, IMPORT_LOOK, NULL, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_first),       BOTH(test_again),
		BOTH(test_newer),       BOTH(test_twice),
		BOTH(test_deleted),     BOTH(test_deleted_enrollment),
		BOTH(test_gone),        BOTH(test_period),
		BOTH(test_orphans),     BOTH(test_becomes_protected),
		BOTH(test_search),      BOTH(test_hashed),
		BOTH(test_sealed),      BOTH(test_staged),
		BOTH(test_two_sources), BOTH(test_household_stays),
		BOTH(test_marks),       BOTH(test_regions),
		BOTH(test_day),         BOTH(test_who_may),
	};
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
