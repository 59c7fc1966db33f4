/* Packed copies of what standing looks at: they say the same as the facts, after imports and decisions, and
 * follow versions as everything does. On both engines. */
#include "import_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "app/import_job.h"
#include "app/listing.h"
#include "app/pack.h"
#include "app/standing.h"
#include "base/buf.h"

#define VISIBLE " from_import <= (SELECT import_no FROM hmis_now) AND to_import > (SELECT import_no FROM hmis_now) "

enum { FAMILIES = 40, SINGLES = 60 };

/* Families of three, strangers, one who was with two families, and people who came back. */
static void add_people(struct buf *clients, struct buf *stays, struct buf *exits, struct buf *nights)
{
	for (int i = 0; i < 3 * FAMILIES + SINGLES; i++) {
		bool family = i < 3 * FAMILIES;
		int household = family ? i % FAMILIES : i;
		bool child = family && i >= FAMILIES && i % 2 == 0;
		int year = child ? 2015 : 1950 + i % 50;
		buf_fmt(clients, "C%d,Fen%d,,Quandt,,%d-04-01,0,2026-06-02 09:00:00,\n", i, i, year);
		for (int k = 0; k <= i % 3; k++) {
			int month = 1 + (i + 3 * k) % 9;
			buf_fmt(stays, "E%d-%d,C%d,P%d,%d-%02d-11,H%d-%d,%d,%d,2026-06-02 09:00:00,,%s,%d,%d,%d\n", i,
				k, i, 1 + (i + k) % 5, 2024 + k, month, household, k,
				i < FAMILIES || !family ? 1 : 2 + i % 2, i % 4 == 0 ? 116 : 101,
				i % 5 == 0 ? "2023-11-02" : "", i % 4, 101 + i % 13, i % 3 == 0 ? 1 : 0);
			if (k < 2 && i % 7 > 2)
				buf_fmt(exits, "X%d-%d,E%d-%d,C%d,%d-%02d-20,%d,2026-06-02 09:00:00,\n", i, k, i, k, i,
					2024 + k, month + 1, i % 2 == 0 ? 410 : 116);
			for (int n = 0; n < i % 6; n++)
				buf_fmt(nights, "S%d-%d-%d,E%d-%d,C%d,%d-%02d-%02d,200,2026-06-02 09:00:00,\n", i, k, n,
					i, k, i, 2024 + k, month, 12 + n + (n > 2 ? 4 : 0));
		}
	}
	buf_lit(stays, "Eboth,C0,P1,2026-02-01,H1-0,3,116,2026-06-02 09:00:00,,,4,113,1\n");
}

#define STAYS                                                                                                          \
	"EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,LivingSituation,DateUpdated,"       \
	"DateDeleted,DateToStreetESSH,TimesHomelessPastThreeYears,MonthsHomelessPastThreeYears,DisablingCondition\n"
#define NIGHTS "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType,DateUpdated,DateDeleted\n"

static void import_people(struct store *s, const char *day, const char *more_stays)
{
	struct buf clients = buf_new(s->a, 1 << 20);
	struct buf stays = buf_new(s->a, 1 << 20);
	struct buf exits = buf_new(s->a, 1 << 20);
	struct buf nights = buf_new(s->a, 1 << 20);
	buf_lit(&clients, CLIENT);
	buf_lit(&stays, STAYS);
	buf_lit(&exits, EXIT);
	buf_lit(&nights, NIGHTS);
	add_people(&clients, &stays, &exits, &nights);
	buf_str(&stays, str_from(more_stays));
	struct export_head head = {
		.source = "S1",
		.date = str_c(s->a, str_fmt(s->a, "2026-%s 12:00:00", day)),
		.start = "2023-01-01",
		.end = "2026-12-31",
		.directive = 2,
		.hash = 1,
	};
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv",
		 PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\nP2,O1,Millpond Nights,1,2026-01-01 00:00:00,\n"
			 "P3,O1,Millpond Bridge,2,2026-01-01 00:00:00,\nP4,O1,Millpond Street,4,2026-01-01 00:00:00,\n"
			 "P5,O1,Millpond Homes,13,2026-01-01 00:00:00,\n"},
		{"Client.csv", str_c(s->a, buf_text(&clients))},
		{"Enrollment.csv", str_c(s->a, buf_text(&stays))},
		{"Exit.csv", str_c(s->a, buf_text(&exits))},
		{"Services.csv", str_c(s->a, buf_text(&nights))},
		{0},
	};
	struct import_view v;
	import_apply(s, export_write(s, &head, files), &v);
}

/* ---- what is printed ---- */

static void write_row(void *ctx, struct buf *out, const struct standing_row *row)
{
	(void)ctx;
	buf_fmt(out, "%.*s %d %d %d %d %d %s %d %s\n", STR_ARG(row->personal_id), row->months_36, row->nights_3y,
		row->episodes, row->chtime, row->chtime_status, chronic_say(row->chronic), row->entered,
		answer_say(row->at_entry));
}

static err_t keep(void *ctx, struct str text)
{
	buf_str(ctx, text);
	return NULL;
}

static int line_compare(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static struct str sorted(struct store *s, struct str text, size_t *n)
{
	struct str *lines = arena_many(s->a, text.n + 1, struct str);
	struct buf out = buf_new(s->a, 1 << 20);
	struct str line;
	*n = 0;
	while (text.n > 0 && str_cut(text, '\n', &line, &text))
		lines[(*n)++] = line;
	qsort(lines, *n, sizeof *lines, line_compare);
	for (size_t i = 0; i < *n; i++) {
		buf_str(&out, lines[i]);
		buf_char(&out, '\n');
	}
	return buf_text(&out);
}

static struct str standing_on(struct store *s, int days_ago, err_t (*how)(struct call *, const struct standing_ask *),
			      size_t *n)
{
	struct call *c = import_operator(s);
	struct buf out = buf_new(s->a, 1 << 20);
	struct standing_ask ask = {.as_of = day_add(c->today, -days_ago),
				   .today = c->today,
				   .ctx = &out,
				   .write = write_row,
				   .flush = keep};
	assert_ok(s, how(c, &ask));
	return sorted(s, buf_text(&out), n);
}

/* Packs and facts say the same of today and of other days; the text of today. */
static struct str agree(struct store *s)
{
	static const int days_ago[] = {500, 200, 20, -3, 0};
	struct str last = {0};
	for (size_t i = 0; i < sizeof days_ago / sizeof *days_ago; i++) {
		size_t packed_n;
		size_t n;
		struct str packed = standing_on(s, days_ago[i], app_standing, &packed_n);
		last = standing_on(s, days_ago[i], app_standing_facts, &n);
		assert_true(n > 0);
		assert_int_equal(packed_n, n);
		assert_string_equal(str_c(s->a, packed), str_c(s->a, last));
	}
	return last;
}

static int64_t packs(struct store *s)
{
	return store_number(s, "SELECT count(*) FROM pack WHERE" VISIBLE);
}

static int64_t newest(struct store *s)
{
	return store_number(s, "SELECT coalesce(max(from_import), 0) FROM pack");
}

static void test_as_the_facts(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	assert_true(packs(s) > 0);
	struct str first = agree(s);
	assert_true(strstr(str_c(s->a, first), " likely ") != NULL);
	/* A new day changes no fact, so it writes no pack. */
	int64_t written = newest(s);
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	assert_int_equal(newest(s), written);
	agree(s);
	/* One more stay of somebody: their pack is replaced, and the one before swept away. */
	import_people(s, "08-12", "Enew,C7,P1,2026-07-01,Hnew,1,116,2026-08-11 09:00:00,,,4,113,1\n");
	assert_true(newest(s) > written);
	assert_int_equal(store_number(s, "SELECT count(*) FROM pack"), packs(s));
	assert_false(str_eq(agree(s), first));
	import_people(s, "08-13", ""); /* it was taken back by the source: gone is not deleted */
	agree(s);
}

static void decide(struct store *s, const char *kind, int64_t household_no)
{
	store_force(s,
		    str_c(s->a,
			  str_fmt(s->a,
				  "INSERT INTO household_mark (household_no, no, kind, day, reason, user_id, at, "
				  "import_no) VALUES (%lld, 1, '%s', 20300, %s, 'u1', 0, 1)",
				  (long long)household_no, kind, db_engine(s->db) == DB_SQLITE ? "x'00'" : "'\\x00'")));
}

/* What people decided is not in a pack, and counts at once. */
static void test_decisions_count(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	struct str before = agree(s);
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'administrator', 'x', 0, 0)");
	static const char *const kinds[] = {"verified", "add", "moved_away", "ineligible"};
	for (int64_t no = 1; no <= 8; no++)
		decide(s, kinds[no % 4], no);
	struct str after = agree(s);
	assert_false(str_eq(before, after));
	assert_true(strstr(str_c(s->a, after), " verified ") != NULL);
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	agree(s);
}

/* Papers on file are not in a pack either: months of a letter, a disability evidenced. */
static void test_papers_count(void **state)
{
	struct store *s = *state;
	const char *sealed = db_engine(s->db) == DB_SQLITE ? "x'00'" : "'\\x00'";
	import_people(s, "08-10", "");
	struct str before = agree(s);
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'administrator', 'x', 0, 0)");
	int64_t month = day_month(import_operator(s)->today);
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO evidence (id, household_no, client_no, kind, first_month, "
					   "last_month, by_whom, dated, kept, recorded_by, recorded_at) SELECT 'e' || "
					   "client_no, household_no, client_no, CASE WHEN client_no %% 3 = 0 THEN "
					   "'self' ELSE 'third' END, %lld, %lld, %s, 1, %s, 'u1', 0 FROM "
					   "household_member WHERE client_no %% 2 = 0",
					   (long long)month - 14, (long long)month - 2, sealed, sealed)));
	struct str months = agree(s);
	assert_false(str_eq(before, months));
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO disability_paper (id, household_no, client_no, what, by_whom, "
					   "dated, kept, recorded_by, recorded_at) SELECT 'd' || client_no, "
					   "household_no, client_no, %s, %s, 1, %s, 'u1', 0 FROM household_member",
					   sealed, sealed, sealed)));
	assert_false(str_eq(agree(s), months));
}

static int64_t client_of(struct store *s, const char *id)
{
	return store_number(
		s, str_c(s->a, str_fmt(s->a, "SELECT client_no FROM client WHERE personal_id = '%s' AND" VISIBLE, id)));
}

static int64_t household_of(struct store *s, int64_t client)
{
	return store_number(
		s, str_c(s->a,
			 str_fmt(s->a, "SELECT household_no FROM household_member WHERE client_no = %lld AND" VISIBLE,
				 (long long)client)));
}

static size_t lines_of(struct store *s, struct str text)
{
	size_t n;
	sorted(s, text, &n);
	return n;
}

static bool says(struct store *s, struct str text, const char *id, const char *what)
{
	struct str line;
	while (text.n > 0 && str_cut(text, '\n', &line, &text))
		if (strncmp(str_c(s->a, line), id, strlen(id)) == 0 && line.p[strlen(id)] == ' ')
			return strstr(str_c(s->a, line), what) != NULL;
	return false;
}

/* Records of one person are one in a pack too, and what was decided about the household that gave way counts. */
static void test_joined(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'administrator', 'x', 0, 0)");
	bool ascending = client_of(s, "C130") < client_of(s, "C151");
	const char *kept = ascending ? "C130" : "C151"; /* the record with the lower number */
	const char *other = ascending ? "C151" : "C130";
	long long low = client_of(s, kept);
	long long high = client_of(s, other);
	long long low_household = household_of(s, low);
	long long high_household = household_of(s, high);
	decide(s, "verified", high_household);
	decide(s, "add", low_household);
	struct str apart = agree(s);
	assert_false(says(s, apart, kept, " verified "));
	assert_true(says(s, apart, other, " verified "));
	store_force(s,
		    str_c(s->a,
			  str_fmt(s->a, "INSERT INTO client_link (client_no, one_no) VALUES (%lld, %lld), (%lld, %lld)",
				  low, low, high, low)));
	store_force(s, str_c(s->a,
			     str_fmt(s->a,
				     "INSERT INTO duplicate_decision (no, low_no, high_no, kind, low_household, "
				     "high_household, reason, user_id, at) VALUES (1, %lld, %lld, 'same', %lld, %lld, "
				     "%s, 'u1', 0)",
				     low, high, low_household, high_household,
				     db_engine(s->db) == DB_SQLITE ? "x'00'" : "'\\x00'")));
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	struct str joined = agree(s);
	assert_int_equal(lines_of(s, joined), lines_of(s, apart) - 1);
	assert_true(says(s, joined, kept, " verified "));
	/* Taken back, each is as before. */
	store_force(s, "DELETE FROM client_link");
	store_force(s, "UPDATE duplicate_decision SET ended_at = 1, ended_by = 'u1'");
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 2)));
	assert_true(str_eq(agree(s), apart));
}

/* Whoever a person parted from their household is parted in packs, too: a child takes nothing more from the head. */
static void test_split(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	struct str before = agree(s);
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'administrator', 'x', 0, 0)");
	store_force(s,
		    "INSERT INTO household (household_no, id, code, tie, since_import) SELECT DISTINCT household_no + "
		    "100000, 'new' || household_no, 'Fen ' || household_no, household_no, 1 FROM household_member "
		    "WHERE head = 0");
	store_force(s, "INSERT INTO household_split (id, household_no, new_no, reason, day, start, import_no, user_id, "
		       "at) SELECT 's' || household_no, household_no - 100000, household_no, 'moved', 20000, 19900, 1, "
		       "'u1', household_no FROM household WHERE household_no > 100000");
	store_force(s, "INSERT INTO household_split_person (split_id, client_no, leaves) SELECT DISTINCT p.id, "
		       "m.client_no, 1 - m.head FROM household_split p JOIN household_member m ON m.household_no = "
		       "p.household_no");
	struct str after = agree(s);
	assert_false(str_eq(before, after));
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	assert_true(str_eq(agree(s), after));
}

/* An import that is given up leaves the packs as they were. */
static void test_given_up(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	int64_t visible = packs(s);
	struct str before = agree(s);
	int64_t at = store_number(s, "SELECT import_no FROM hmis_now");
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE pack SET to_import = %lld", (long long)at + 7)));
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO pack (low_client, from_import, to_import, content) "
					   "SELECT low_client, %lld, 2147483647, content FROM pack",
					   (long long)at + 7)));
	assert_ok(s, import_sweep(import_operator(s), at, true, NULL));
	assert_int_equal(store_number(s, "SELECT count(*) FROM pack WHERE to_import = 2147483647"), visible);
	assert_int_equal(store_number(s, "SELECT count(*) FROM pack"), visible);
	assert_true(str_eq(agree(s), before));
}

/* Without packs, as in a database of before, the facts answer; a pack that is missing is not passed over. */
static void test_missing(void **state)
{
	struct store *s = *state;
	import_people(s, "08-10", "");
	size_t n;
	struct str before = standing_on(s, 0, app_standing, &n);
	store_force(s, "DELETE FROM pack");
	assert_true(str_eq(standing_on(s, 0, app_standing, &n), before));
}

/* ---- bytes ---- */

static struct roster_fill *one_project(struct arena *a, struct roster *r)
{
	struct roster_fill *f = arena_one(a, struct roster_fill);
	f->r = r;
	f->projects = arena_one(a, struct roster_project_row);
	f->projects[0].project_no = 300;
	f->projects_n = 1;
	return f;
}

/* Version, one project 300, one person (client 9, "P9", born on day 1 of all days), one stay with a run of nights. */
static const unsigned char one[] = {1, 1, 0xAC, 2, 1, 9, 2, 'P', '9', 1, 1, 0, 1, 0x21, 0x81, 0x80, 1, 1, 1, 5, 3};

static void test_bytes(void **state)
{
	(void)state;
	struct arena *a = arena_new("pack", 4 << 20);
	struct day day = day_add(DAY_FIRST, 20000);
	struct roster *r = roster_new(day, day, &rules_default);
	struct pack p = {.r = r};
	roster_add_project(r, PROJECT_NIGHT_SHELTER);
	struct roster_fill *f = one_project(a, r);
	assert_null(pack_read(&p, a, (struct str){(const char *)one, sizeof one}, f));
	assert_int_equal(r->people_n, 1);
	assert_int_equal(p.clients[0], 9);
	assert_true(str_eq(p.ids[0], S("P9")));
	assert_int_equal(r->people[0].birth.n, DAY_FIRST.n);
	assert_int_equal(r->stays_n, 1);
	assert_int_equal(r->stays[0].relation, RELATION_HEAD);
	assert_int_equal(r->stays[0].entry.n, DAY_FIRST.n + 8192);
	struct night_lists lists = pack_nights(&p);
	assert_int_equal(night_list_of(&lists, 0).n, 4);
	for (size_t n = 0; n < sizeof one; n++) { /* cut short anywhere, it is none */
		char *cut = malloc(n + 1);
		memcpy(cut, one, n);
		assert_non_null(pack_read(&p, a, (struct str){cut, n}, f));
		free(cut);
	}
	unsigned seed = 7;
	for (int round = 0; round < 20000; round++) { /* and any other bytes are borne */
		char bytes[sizeof one];
		memcpy(bytes, one, sizeof one);
		for (int k = 0; k < 3; k++) {
			seed = seed * 1103515245U + 12345U;
			bytes[(seed >> 16) % sizeof one] = (char)(seed >> 8);
		}
		struct arena_mark mark = arena_mark(a);
		err_t e = pack_read(&p, a, (struct str){bytes, sizeof bytes}, f);
		assert_true(e == NULL || e->class == ERR_INTERNAL);
		arena_rewind(a, mark);
	}
	pack_free(&p);
	roster_free(&r);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_as_the_facts), BOTH(test_decisions_count),
		BOTH(test_papers_count), BOTH(test_joined),
		BOTH(test_split),        BOTH(test_given_up),
		BOTH(test_missing),      cmocka_unit_test(test_bytes),
	};
	return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
