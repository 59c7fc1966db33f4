/* Suspected duplicates on both engines: who is compared and who never, what joining does to the list, who sees which
 * name, and that taking it back leaves nothing behind. */
#include "import_fixture.h"

#include <stdio.h>
#include <string.h>

#include "app/column.h"
#include "app/cycle.h"
#include "app/duplicate.h"
#include "app/evidence.h"
#include "app/find.h"
#include "app/household_page.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/needs.h"
#include "app/release.h"
#include "app/source.h"
#include "domain/flag.h"
#include "store/q_step.h"
#include "store/seal.h"

#define VISIBLE " from_import <= (SELECT import_no FROM hmis_now) AND to_import > (SELECT import_no FROM hmis_now) "
#define ROWS                                                                                                           \
	"SELECT household_no, head_client_no, project_no, region_id, status, place, start, since, situation, "         \
	"last_contact, months_36, chronic, members, veteran, flags FROM listing WHERE" VISIBLE
#define MEMBERS "SELECT household_no, client_no, head FROM household_member WHERE" VISIBLE
#define AGENCIES "SELECT household_no, agency_id, last_day, record_no FROM household_agency WHERE" VISIBLE
#define MOVES "SELECT household_no, was, became, day FROM movement WHERE" VISIBLE

/* Wren is twice on record: since January at Millpond, since June at Hearth under another letter. Flint is somebody
 * else; of Robin nothing but the name is known, twice. */
#define ORGANIZATIONS                                                                                                  \
	{                                                                                                              \
		"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"                            \
						 "O2,Hearth House,0,2026-01-01 00:00:00,\n"                            \
	}
#define PROJECTS                                                                                                       \
	{                                                                                                              \
		"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"                               \
				       "P2,O2,Hearth Shelter,0,2026-01-01 00:00:00,\n"                                 \
	}
#define WREN_1 "C1,Wren,,Quandt,,1980-02-03,0,2026-06-02 09:00:00,\n"
#define WREN_2 "C2,Wren,,Quand,,1980-02-03,1,2026-06-02 09:00:00,\n"
#define OTHERS                                                                                                         \
	"C3,Flint,,Marrow,,1971-07-07,0,2026-07-02 09:00:00,\n"                                                        \
	"C4,Robin,,Ferncase,,,0,2026-07-02 09:00:00,\n"                                                                \
	"C5,Robin,,Ferncase,,,0,2026-07-02 09:00:00,\n"
#define STAYS                                                                                                          \
	"E1,C1,P1,2026-01-10,H1,1,116,2026-06-02 09:00:00,\n"                                                          \
	"E2,C2,P2,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"                                                          \
	"E3,C3,P1,2026-07-01,H3,1,116,2026-07-02 09:00:00,\n"                                                          \
	"E4,C4,P1,2026-07-01,H4,1,116,2026-07-02 09:00:00,\n"                                                          \
	"E5,C5,P2,2026-07-01,H5,1,116,2026-07-02 09:00:00,\n"
#define EXITS "X1,E1,C1,2026-04-20,116,2026-04-20 09:00:00,\n"

static const struct export_file everybody[] = {ORGANIZATIONS,
					       PROJECTS,
					       {"Client.csv", CLIENT WREN_1 WREN_2 OTHERS},
					       {"Enrollment.csv", ENROLLMENT STAYS},
					       {"Exit.csv", EXIT EXITS},
					       {0}};

static struct list_cache *lists;

static void import(struct store *s, const char *day, const struct export_file *files)
{
	struct import_view v;
	const struct export_head head = {
		.source = "S1",
		.date = str_c(s->a, str_fmt(s->a, "2026-%s 12:00:00", day)),
		.start = "2024-01-01",
		.end = "2026-12-31",
		.directive = 2,
		.hash = 1,
	};
	import_apply(s, export_write(s, &head, files), &v);
}

static struct call *as_user(struct store *s, enum role role, const char *region, const char *agency)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	if (lists == NULL)
		lists = list_cache_new();
	app->lists = lists;
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = S("u1"),
				  .role = role,
				  .region_id = str_from(region),
				  .agency_id = str_from(agency),
				  .cover = SIGNED_EVERYWHERE};
	c->shown.arena = s->a;
	return c;
}

static struct call *holder(struct store *s)
{
	return as_user(s, ROLE_LIST_HOLDER, "r1", "lead");
}

static void world_new(struct store *s)
{
	lists = NULL;
	import(s, "08-10", everybody);
	release_all(s);
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1'), ('r2', 2, 'Region 2')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Larkmere', 'r1'), ('Dell', 'r2')");
	store_force(s, "INSERT INTO project_county (project_id, county) VALUES ('P1', 'Larkmere'), ('P2', 'Larkmere')");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES ('lead', "
		       "'Larkmere Center', 'provider', 0, 0)");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id, "
		       "agency_id) VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1', 'lead')");
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, c->today));
}

static void world_end(void)
{
	list_cache_free(&lists);
}

static struct duplicates_view look(struct store *s)
{
	struct duplicates_view v;
	struct call *c = holder(s);
	assert_ok(s, app_duplicate_look(c));
	assert_ok(s, app_duplicates(c, &v));
	return v;
}

static void decide(struct store *s, struct str pair, enum duplicate_word word)
{
	assert_ok(s, app_duplicate_decide(holder(s), pair, word, pii_new(s->a, S("The same scar, says the shelter."))));
}

static void keep(struct store *s, const char *name, const char *rows)
{
	store_force(s, str_c(s->a, str_fmt(s->a, "CREATE TABLE %s AS %s", name, rows)));
}

static int64_t differ(struct store *s, const char *name, const char *rows)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM (%s EXCEPT SELECT * FROM %s) x", rows,
						   name))) +
	       store_number(s, str_c(s->a,
				     str_fmt(s->a, "SELECT count(*) FROM (SELECT * FROM %s EXCEPT %s) x", name, rows)));
}

#define COUNT(s, table, where) store_number((s), "SELECT count(*) FROM " table " WHERE" VISIBLE where)

static struct household_face face_of(struct store *s, struct call *c, int64_t no)
{
	struct household_face face;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, app_household_faces(c, s->db, s->a, &no, 1, &face));
	db_rollback(s->db);
	return face;
}

static size_t found(struct store *s, struct call *c, struct str text)
{
	struct list_image *image;
	int64_t *nos;
	size_t n;
	bool more;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, list_image_take(c->app->lists, s->db, s->a, &image));
	assert_ok(s, app_find(c, s->db, s->a, image, text, &nos, &n, &more));
	list_image_give(c->app->lists, &image);
	db_rollback(s->db);
	return n;
}

/* The household of a record of the HMIS. */
static int64_t home(struct store *s, const char *personal_id)
{
	return store_number(
		s,
		str_c(s->a, str_fmt(s->a,
				    "SELECT max(m.household_no) FROM household_member m JOIN client c ON c.client_no = "
				    "m.client_no WHERE c.personal_id = '%s' AND m.to_import > (SELECT import_no FROM "
				    "hmis_now)",
				    personal_id)));
}

static void test_suggested(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct duplicates_view v = look(s);
	assert_int_equal(v.open_n, 1); /* not the two Robins: of them a name alone is known */
	assert_true(instant_known(v.looked));
	assert_true(v.open[0].likely && v.open[0].both);
	assert_string_equal(str_c(s->a, v.open[0].working),
			    "Same birth date; same first name; last name differs by one letter");
	assert_true(str_eq(v.open[0].one.name, S("Wren Quandt")));
	assert_true(str_eq(v.open[0].other.name, S("Wren Quand")));
	/* Looking again finds nothing else, and nothing twice. */
	assert_int_equal(look(s).open_n, 1);
	/* A change that makes it another person takes the suspicion away; one that makes it likely brings it back. */
	import(s, "08-20",
	       (const struct export_file[]){
		       ORGANIZATIONS,
		       PROJECTS,
		       {"Client.csv", CLIENT WREN_1 "C2,Wren,,Quand,,1951-12-31,1,2026-08-19 09:00:00,\n" OTHERS},
		       {"Enrollment.csv", ENROLLMENT STAYS},
		       {"Exit.csv", EXIT EXITS},
		       { 0 }});
	assert_int_equal(look(s).open_n, 0);
	import(s, "08-21",
	       (const struct export_file[]){
		       ORGANIZATIONS,
		       PROJECTS,
		       {"Client.csv", CLIENT WREN_1 "C2,Wren,,Quandt,,1980-02-03,1,2026-08-20 09:00:00,\n" OTHERS},
		       {"Enrollment.csv", ENROLLMENT STAYS},
		       {"Exit.csv", EXIT EXITS},
		       { 0 }});
	assert_int_equal(look(s).open_n, 1);
	world_end();
}

static void test_joined_and_apart_again(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct str pair = look(s).open[0].pair;
	keep(s, "was_rows", ROWS);
	keep(s, "was_members", MEMBERS);
	keep(s, "was_agencies", AGENCIES);
	keep(s, "was_moves", MOVES);
	assert_int_equal(COUNT(s, "listing", ""), 5);
	assert_err(s, ERR_INVALID, app_duplicate_decide(holder(s), pair, DUPLICATE_SAME, NULL));
	decide(s, pair, DUPLICATE_SAME);
	/* One row, since January, with the months of both; a veteran by one of the two records. */
	assert_int_equal(COUNT(s, "listing", ""), 4);
	assert_int_equal(COUNT(s, "household_member", ""), 4);
	assert_int_equal(store_number(s, "SELECT start FROM listing WHERE household_no = 1 AND" VISIBLE), 20463);
	assert_true(store_number(s, "SELECT months_36 FROM listing WHERE household_no = 1 AND" VISIBLE) >
		    store_number(s, "SELECT max(months_36) FROM was_rows WHERE household_no IN (1, 2)"));
	assert_int_equal(COUNT(s, "listing", "AND household_no = 1 AND veteran = 1"), 1);
	assert_int_equal(look(s).open_n, 0);
	struct duplicates_view v = look(s);
	assert_int_equal(v.decided_n, 1);
	assert_true(str_eq(v.decided[0].reason, S("The same scar, says the shelter.")));
	/* The household's own page counts both stays. */
	struct household_view page;
	struct call *c = holder(s);
	assert_ok(s, app_household_page(c, face_of(s, c, 1).id, &page));
	assert_int_equal(page.members_n, 1);
	/* It outlives an import, and a new day. */
	import(s, "08-20", everybody);
	assert_int_equal(COUNT(s, "listing", ""), 4);
	assert_int_equal(look(s).open_n, 0);
	/* Taken back, everything is as it was, and it is asked again. */
	assert_ok(s, app_duplicate_undo(holder(s), pair));
	assert_int_equal(differ(s, "was_rows", ROWS), 0);
	assert_int_equal(differ(s, "was_members", MEMBERS), 0);
	assert_int_equal(differ(s, "was_agencies", AGENCIES), 0);
	assert_int_equal(differ(s, "was_moves", MOVES), 0);
	assert_int_equal(look(s).open_n, 1);
	assert_err(s, ERR_CONFLICT, app_duplicate_undo(holder(s), pair));
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act LIKE 'duplicate.%'"), 2);
	world_end();
}

/* Of two that were merged in the HMIS one is gone: the person is not. */
static void test_one_record_goes(void **state)
{
	struct store *s = *state;
	world_new(s);
	decide(s, look(s).open[0].pair, DUPLICATE_SAME);
	import(s, "08-20",
	       (const struct export_file[]){ORGANIZATIONS,
					    PROJECTS,
					    {"Client.csv", CLIENT WREN_2 OTHERS},
					    {"Enrollment.csv",
					     ENROLLMENT "E2,C2,P2,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"
							"E3,C3,P1,2026-07-01,H3,1,116,2026-07-02 09:00:00,\n"
							"E4,C4,P1,2026-07-01,H4,1,116,2026-07-02 09:00:00,\n"
							"E5,C5,P2,2026-07-01,H5,1,116,2026-07-02 09:00:00,\n"},
					    { 0 }});
	assert_int_equal(COUNT(s, "listing", ""), 4);
	assert_int_equal(store_number(s, "SELECT flags FROM listing WHERE household_no = 1 AND" VISIBLE) & FLAG_GONE,
			 0);
	world_end();
}

/* Of the person's records the first leaves the HMIS altogether: the other carries on, is suspected of being others, is
 * found by both ids, and can still be taken apart. */
static void test_first_record_leaves(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct str pair = look(s).open[0].pair;
	decide(s, pair, DUPLICATE_SAME);
	struct export_file files[] = {
		ORGANIZATIONS,
		PROJECTS,
		{"Client.csv", CLIENT "C1,Wren,,Quandt,,1980-02-03,0,2026-08-19 09:00:00,2026-08-19 09:00:00\n" WREN_2
				      "C6,Wren,,Quand,,1980-02-03,0,2026-08-19 09:00:00,\n" OTHERS},
		{"Enrollment.csv", ENROLLMENT STAYS "E6,C6,P1,2026-08-01,H6,1,116,2026-08-19 09:00:00,\n"},
		{"Exit.csv", EXIT EXITS},
		{0},
	};
	import(s, "08-20", files);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client WHERE personal_id = 'C1' AND" VISIBLE), 0);
	store_force(s, "DELETE FROM release");
	release_all(s);
	struct duplicates_view v = look(s);
	assert_int_equal(v.open_n, 1); /* with the new one, by the record that is left */
	assert_true(v.open[0].both);
	assert_int_equal(v.decided_n, 1);
	assert_true(str_eq(v.decided[0].pair, pair));
	assert_int_equal(found(s, holder(s), S("C2")), 1);
	assert_int_equal(COUNT(s, "listing", ""), 5);
	assert_ok(s, app_duplicate_undo(holder(s), pair));
	assert_int_equal(COUNT(s, "listing", ""), 5); /* the first has no record to be listed by */
	world_end();
}

/* What was said about one record closes the other; what was signed for one opens none but that. */
static void test_releases(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct str pair = look(s).open[0].pair;
	int64_t other = home(s, "C2"); /* gives way */
	struct str low;
	struct str high;
	assert_true(str_cut(pair, '-', &low, &high));
	store_force(s, str_c(s->a, str_fmt(s->a, "DELETE FROM release WHERE client_no <> %.*s", STR_ARG(low))));
	assert_true(face_of(s, holder(s), 1).named);
	decide(s, pair, DUPLICATE_SAME);
	assert_true(face_of(s, holder(s), 1).named);
	assert_false(look(s).decided[0].both);
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, "
					   "language, from_day, recorded_at) VALUES ('no', %.*s, 1, 'named', 0, 0, "
					   "'written', 'en', 2, 0)",
					   STR_ARG(high))));
	assert_false(face_of(s, holder(s), 1).named);
	/* The page of releases says so too, to who may record them. */
	struct call *records = holder(s);
	struct release_view said;
	struct str id = face_of(s, records, 1).id;
	assert_ok(s, app_release_list(records, id, &said));
	assert_int_equal(said.members[0].here, CONSENT_REFUSED);
	assert_true(said.members[0].other_record);
	assert_true(said.members[0].rows[0].holds); /* what was signed about this record stands as it was signed */
	store_force(s, "DELETE FROM release WHERE id = 'no'");
	assert_ok(s, app_release_list(records, id, &said));
	assert_int_equal(said.members[0].here, CONSENT_HERE);
	assert_false(said.members[0].other_record);
	assert_true(face_of(s, holder(s), 1).named);
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE release SET client_no = %.*s", STR_ARG(high))));
	assert_false(face_of(s, holder(s), 1).named);
	/* The household that gave way is protected: so is the one that the person is in. */
	store_force(s, "DELETE FROM release");
	release_all(s);
	assert_true(face_of(s, holder(s), 1).named);
	const char *sealed = db_engine(s->db) == DB_SQLITE ? "x'00'" : "'\\x00'";
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO protection (household_no, no, day, reason, user_id, at) "
					   "VALUES (%lld, 1, 2, %s, 'u1', 0)",
					   (long long)other, sealed)));
	assert_false(face_of(s, holder(s), 1).named);
	world_end();
}

/* Papers of the record that gave way count, and their words are for who may read both. */
static void test_papers_and_steps(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct call *c = holder(s);
	int64_t other_no = home(s, "C2"); /* gives way */
	struct str other = face_of(s, c, other_no).id;
	struct evidence_words paper = {
		.kind = EVIDENCE_THIRD,
		.first = day_month(c->today) - 14,
		.last = day_month(c->today) - 13,
		.by_whom = pii_new(s->a, S("Sister Agnes, Fen Parish")),
		.dated = c->today,
		.kept = pii_new(s->a, S("Blue folder")),
	};
	assert_ok(s, app_evidence_record(c, other, &paper));
	assert_ok(s, app_evidence_task(c, other, day_month(c->today) - 3, S("u1"), c->today));
	store_force(s, "INSERT INTO cycle (id, region_id, number, size, goal, started_at, started_by) VALUES ('y1', "
		       "'r1', 1, 5, 0, 0, 'u1')");
	store_force(s, "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
		       "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) VALUES "
		       "('m1', 'r1', 'y1', 'highest', 20000, 0, 60, 300, 'u1', 'u1', 'closed', 0, 0, 'u1')");
	const struct pii *words = pii_new(s->a, S("Call the landlord"));
	struct str sealed = seal_pii(s->a, c->app->keys, (struct seal_place){"step", "words", S("s1")}, words);
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_ok(s, q_step_add(s->db, s->a,
				&(struct q_step_add_in){.id = S("s1"),
							.household_no = other_no,
							.region_id = S("r1"),
							.conference_id = S("m1"),
							.words = sealed,
							.owner_id = S("u1"),
							.due = c->today,
							.state = S("open"),
							.at = c->now,
							.by_id = S("u1")}));
	assert_ok(s, db_commit(s->db, s->a));
	struct str pair = look(s).open[0].pair;
	struct str low;
	struct str high;
	assert_true(str_cut(pair, '-', &low, &high));
	decide(s, pair, DUPLICATE_SAME);
	struct household_view page;
	struct evidence_view boxes;
	struct str id = face_of(s, c, 1).id;
	assert_ok(s, app_household_page(c, id, &page));
	assert_true(page.joined.any);
	assert_int_equal(page.joined.rows_n, 1);
	assert_int_equal(page.steps_n, 1);
	assert_true(str_eq(page.steps[0].text, S("Call the landlord")));
	assert_int_equal(page.tasks_n, 1);
	assert_ok(s, app_evidence(c, id, &boxes));
	assert_int_equal(boxes.papers_n, 1);
	assert_true(str_eq(boxes.papers[0].kept, S("Blue folder")));
	struct str on_file = boxes.papers[0].id;
	/* Without a release for the other record its words are not for the list holder. */
	store_force(s, str_c(s->a, str_fmt(s->a, "DELETE FROM release WHERE client_no = %.*s", STR_ARG(high))));
	assert_ok(s, app_household_page(c, id, &page));
	assert_true(page.panel->face.notes);
	assert_int_equal(page.steps[0].text.n, 0);
	assert_ok(s, app_evidence(c, id, &boxes));
	assert_int_equal(boxes.papers_n, 0);
	assert_err(s, ERR_MISSING, app_evidence_withdraw(c, id, on_file));
	store_force(s, "DELETE FROM release");
	release_all(s);
	assert_ok(s, app_evidence_task_end(c, id, page.tasks[0].id));
	/* Taken back, everything is where it was. */
	assert_ok(s, app_duplicate_undo(c, page.joined.rows[0].pair));
	assert_ok(s, app_household_page(c, id, &page));
	assert_int_equal(page.steps_n, 0);
	assert_false(page.joined.any);
	assert_ok(s, app_household_page(c, face_of(s, c, other_no).id, &page));
	assert_int_equal(page.steps_n, 1);
	world_end();
}

static const struct joined_kept *kept_as(const struct household_view *page, const char *what)
{
	for (size_t i = 0; i < page->joined.kept_n; i++)
		if (str_eq(page->joined.kept[i].what, str_from(what)))
			return &page->joined.kept[i];
	return NULL;
}

static bool has_seat(struct store *s, int64_t household)
{
	struct cycle_view v;
	bool has = false;
	assert_ok(s, app_cycle(holder(s), (struct worklist_ref){.region_id = S("r1")}, &v));
	for (size_t i = 0; i < v.seats_n; i++)
		has = has || v.seats[i].face.no == household;
	return has;
}

/* What was written about the household that gave way is told on the other's page, and its seat is the other's. */
static void test_what_was_written_is_found(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct call *c = holder(s);
	struct worklist_ref list = {.region_id = S("r1")};
	const struct pii *reason = pii_new(s->a, S("No longer here, says the shelter"));
	int64_t other_no = home(s, "C2"); /* gives way */
	struct str other = face_of(s, c, other_no).id;
	assert_ok(s, app_needs_put(c, other, (struct needs){NEED_HIGH, NEED_LOW}));
	assert_ok(s, app_preference_put(c, other, 1U << PREFERENCE_PETS, pii_new(s->a, S("Near my sister"))));
	assert_ok(s, app_column_add(c, &(struct column_new){S("Street team"), COLUMN_TEXT, S(""), false}));
	store_force(s, "UPDATE local_column SET id = 'team'");
	assert_ok(s, app_column_put(c, other, S("team"), pii_new(s->a, S("North"))));
	assert_ok(s, app_cycle_start(c, list, 10, 0));
	assert_true(has_seat(s, other_no));
	assert_false(has_seat(s, 1));
	store_force(s,
		    "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, "
		    "household_seconds, facilitator_id, scribe_id, state, part, planned_at, planned_by) SELECT 'm1', "
		    "'r1', id, 'highest', 20000, 0, 60, 300, 'u1', 'u1', 'closed', 0, 0, 'u1' FROM cycle");
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO target_date (id, household_no, region_id, conference_id, day, "
					   "set_at, set_by) VALUES ('t1', %lld, 'r1', 'm1', 20790, 0, 'u1')",
					   (long long)other_no)));

	struct str pair = look(s).open[0].pair;
	decide(s, pair, DUPLICATE_SAME);
	struct household_view page;
	struct str id = face_of(s, c, 1).id;
	assert_ok(s, app_household_page(c, id, &page));
	static const char *const said[][2] = {{"Wants", "With a pet: Near my sister"},
					      {"Needs", "High · Low"},
					      {"Street team", "North"},
					      {"Target move-in", "Thu 3 Dec 2026"}};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const struct joined_kept *kept = kept_as(&page, said[i][0]);
		assert_non_null(kept);
		assert_string_equal(str_c(s->a, kept->says), said[i][1]);
	}
	assert_non_null(kept_as(&page, "Cycle"));
	assert_int_equal(page.wishes.set, 0); /* it is not this household's own */

	/* What a person decided about the one that stays holds; where nobody did, it has the seat of the other. */
	assert_ok(s, app_cycle_skip(c, list, id, reason));
	assert_ok(s, app_cycle_refresh(c, list));
	assert_false(has_seat(s, 1));
	store_force(s, "DELETE FROM cycle_household WHERE household_no = 1");
	store_force(s, "UPDATE cycle SET size = 1");
	assert_ok(s, app_cycle_refresh(c, list));
	assert_true(has_seat(s, 1));
	assert_false(has_seat(s, other_no)); /* one person is one row */
	assert_ok(s, app_household_page(c, id, &page));
	assert_null(kept_as(&page, "Cycle")); /* there is nothing left to be taken */

	/* Without a release for the other record nothing that was written about it is told. */
	struct str low, high;
	assert_true(str_cut(pair, '-', &low, &high));
	store_force(s, str_c(s->a, str_fmt(s->a, "DELETE FROM release WHERE client_no = %.*s", STR_ARG(high))));
	assert_ok(s, app_household_page(c, id, &page));
	assert_true(page.joined.any);
	assert_int_equal(page.joined.kept_n, 0);
	store_force(s, "DELETE FROM release");
	release_all(s);

	/* Taken back, each has its own again, and nobody loses a seat. */
	assert_ok(s, app_duplicate_undo(c, pair));
	assert_ok(s, app_household_page(c, other, &page));
	assert_int_equal(page.wishes.set, 1U << PREFERENCE_PETS);
	assert_ok(s, app_cycle_refresh(c, list));
	assert_true(has_seat(s, other_no));
	world_end();
}

static void test_not_the_same_is_remembered(void **state)
{
	struct store *s = *state;
	world_new(s);
	struct str pair = look(s).open[0].pair;
	decide(s, pair, DUPLICATE_LATER);
	struct duplicates_view v = look(s);
	assert_int_equal(v.open_n, 1);
	assert_true(str_eq(v.open[0].later, S("The same scar, says the shelter.")));
	decide(s, pair, DUPLICATE_DIFFERENT);
	assert_int_equal(look(s).open_n, 0);
	assert_err(s, ERR_CONFLICT,
		   app_duplicate_decide(holder(s), pair, DUPLICATE_SAME, pii_new(s->a, S("After all."))));
	import(s, "08-20",
	       (const struct export_file[]){
		       ORGANIZATIONS,
		       PROJECTS,
		       {"Client.csv", CLIENT WREN_1 "C2,Wren,,Quandt,,1980-02-03,1,2026-08-20 09:00:00,\n" OTHERS},
		       {"Enrollment.csv", ENROLLMENT STAYS},
		       {"Exit.csv", EXIT EXITS},
		       { 0 }});
	assert_int_equal(look(s).open_n, 0);
	assert_int_equal(COUNT(s, "listing", ""), 5);
	assert_ok(s, app_duplicate_undo(holder(s), pair));
	assert_int_equal(look(s).open_n, 1);
	world_end();
}

/* Joining shows nobody another name than before. */
static void test_names_stay_where_they_were(void **state)
{
	struct store *s = *state;
	world_new(s);
	const char *hearth = "SELECT count(*) FROM agency WHERE name = 'Hearth House'";
	assert_int_equal(store_number(s, hearth), 1);
	store_force(s, "UPDATE hmis_organization SET agency_id = 'hearth' WHERE organization_id = 'O2'");
	store_force(s, "UPDATE hmis_organization SET agency_id = 'millpond' WHERE organization_id = 'O1'");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('hearth', 'Hearth', 'provider', 0, 0), ('millpond', 'Millpond', 'provider', 0, 0)");
	struct call *op = import_operator(s);
	assert_ok(s, app_listing_refresh(op, op->today));
	struct call *c = as_user(s, ROLE_PROVIDER, "", "hearth");
	assert_false(face_of(s, c, home(s, "C1")).named);
	assert_true(str_eq(face_of(s, c, home(s, "C2")).name, S("Wren Quand")));
	struct str pair = look(s).open[0].pair;
	decide(s, pair, DUPLICATE_SAME);
	/* Hearth House knows her by its own record, and by no other. */
	struct household_face face = face_of(s, c, 1);
	assert_true(face.named && !face.notes);
	assert_true(str_eq(face.name, S("Wren Quand")));
	assert_true(str_eq(face.hmis_id, S("C2")));
	struct household_view page;
	assert_ok(s, app_household_page(c, face.id, &page));
	assert_true(str_eq(page.members[0].called, S("Member 1")));
	assert_int_equal(page.members[0].hmis_id.n, 0);
	assert_int_equal(found(s, c, S("quandt")), 0);
	assert_int_equal(found(s, c, S("quand")), 1);
	assert_int_equal(found(s, c, S("C1")), 0);
	/* Millpond's enrollment is over since April: it sees a code. The list holder finds her by both. */
	struct call *other = as_user(s, ROLE_PROVIDER, "", "millpond");
	assert_false(face_of(s, other, 1).named);
	assert_true(str_eq(face_of(s, holder(s), 1).name, S("Wren Quandt")));
	assert_int_equal(found(s, holder(s), S("quandt")), 1);
	assert_int_equal(found(s, holder(s), S("C2")), 1);
	/* The page of pairs is the list holders'. */
	struct duplicates_view v;
	assert_err(s, ERR_DENIED, app_duplicates(c, &v));
	assert_err(s, ERR_DENIED, app_duplicate_undo(c, pair));
	world_end();
}

/* Between two regions each sees one side, and both have to say so. */
static void test_two_regions(void **state)
{
	struct store *s = *state;
	world_new(s);
	store_force(s, "UPDATE project_county SET county = 'Dell' WHERE project_id = 'P2'");
	struct call *op = import_operator(s);
	assert_ok(s, app_listing_refresh(op, op->today));
	struct duplicates_view v = look(s);
	assert_int_equal(v.open_n, 1);
	const struct duplicate_pair_view *p = &v.open[0];
	assert_true(p->two_regions && !p->both && p->fields_n == 0 && p->working.n == 0);
	assert_true(p->one.named && !p->other.named && p->other.name.n == 0 && p->other.birth.n == 0);
	decide(s, p->pair, DUPLICATE_SAME);
	assert_int_equal(COUNT(s, "listing", ""), 5);
	decide(s, p->pair, DUPLICATE_SAME); /* saying it twice is not two */
	assert_int_equal(COUNT(s, "listing", ""), 5);
	struct call *dell = as_user(s, ROLE_LIST_HOLDER, "r2", "");
	assert_ok(s, app_duplicate_decide(dell, p->pair, DUPLICATE_SAME, pii_new(s->a, S("We spoke."))));
	assert_int_equal(COUNT(s, "listing", ""), 4);
	struct call *third = as_user(s, ROLE_LIST_HOLDER, "r3", "");
	assert_err(s, ERR_DENIED, app_duplicate_undo(third, p->pair));
	world_end();
}

static const char *file(struct store *s, const char *text)
{
	const char *path = str_c(s->a, str_fmt(s->a, "%s/list.csv", s->dir));
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

static void load(struct store *s, const char *name, bool coded, const char *text)
{
	struct str id;
	struct str draft;
	struct source_counts n;
	struct call *c = holder(s);
	struct source_new list = {
		.name = str_from(name), .coded = coded, .stated = true, .agency_id = coded ? S("harbor") : S("")};
	assert_ok(s, app_source_add(c, &list, &id));
	assert_ok(s, app_source_draft(c, id, file(s, text), (struct str){0}, &draft));
	assert_ok(s, app_source_load(c, draft, &n));
	assert_true(n.added > 0);
}

/* Another list's people are compared with those of the HMIS; a victim service provider's never. */
static void test_other_lists(void **state)
{
	struct store *s = *state;
	world_new(s);
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('harbor', 'Quiet Harbor', 'provider', 0, 1)");
	load(s, "Winter shelter", false,
	     "No,Last name,First name,Date of birth,On list since\n1,Marrow,Flint,7/7/1971,3/1/2026\n");
	load(s, "Harbor", true, "Code,Size,On list since\nQ1,1,3/1/2026\nQ2,1,3/1/2026\n");
	store_force(s, "DELETE FROM release");
	release_all(s);
	struct duplicates_view v = look(s);
	assert_int_equal(v.open_n, 2);
	int64_t coded = store_number(s, "SELECT count(*) FROM client c JOIN list_source l ON l.source_no = c.source_no "
					"WHERE l.kind = 'coded'");
	assert_int_equal(coded, 2);
	assert_int_equal(store_number(s,
				      "SELECT count(*) FROM client_block b JOIN client c ON c.client_no = b.client_no "
				      "JOIN list_source l ON l.source_no = c.source_no WHERE l.kind = 'coded'"),
			 0);
	/* Nor where somebody put rows there that look alike. */
	store_force(
		s, "INSERT INTO duplicate (low_no, high_no, bits) SELECT min(c.client_no), max(c.client_no), 9900 FROM "
		   "client c JOIN list_source l ON l.source_no = c.source_no WHERE l.kind = 'coded'");
	assert_int_equal(look(s).open_n, 2);
	size_t flint = str_eq(v.open[0].one.name, S("Flint Marrow")) ? 0 : 1;
	decide(s, v.open[flint].pair, DUPLICATE_SAME);
	assert_int_equal(store_number(s, "SELECT start FROM listing WHERE household_no = 3 AND" VISIBLE), 20513);
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_suggested),
		BOTH(test_joined_and_apart_again),
		BOTH(test_one_record_goes),
		BOTH(test_first_record_leaves),
		BOTH(test_releases),
		BOTH(test_papers_and_steps),
		BOTH(test_what_was_written_is_found),
		BOTH(test_not_the_same_is_remembered),
		BOTH(test_names_stay_where_they_were),
		BOTH(test_two_regions),
		BOTH(test_other_lists),
	};
	return cmocka_run_group_tests_name("duplicate", tests, NULL, NULL);
}
