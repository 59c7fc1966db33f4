/* Lists beside the HMIS on both engines: what a file becomes, what stays when the next one comes, and what a victim
 * service provider's list may not hold. Expectations were written from app/source.h and DEFINITIONS. */
#include "import_fixture.h"

#include <stdio.h>
#include <string.h>

#include "app/household.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/source.h"
#include "domain/flag.h"

static struct call *holder(struct store *s)
{
	struct app *app = arena_one(s->a, struct app);
	struct call *c = arena_one(s->a, struct call);
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1'), ('r2', 2, 'Region 2')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Larkmere County', 'r1'), ('Dell County', 'r2')");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('millpond', 'Millpond Aid', 'provider', 0, 0), ('harbor', 'Quiet Harbor', 'provider', 0, 1)");
	store_force(s,
		    "INSERT INTO app_user (id, login, name, region_id, role, password, must_change, created_at) VALUES "
		    "('u1', 'lee', 'Lee Tran', 'r1', 'list-holder', 'x', 0, 0)");
	*app = (struct app){
		.where = str_from(s->where), .data = str_from(s->dir), .keys = s->keys, .lists = list_cache_new()};
	*c = (struct call){
		.app = app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_USER,
			  .id = S("u1"),
			  .role = ROLE_LIST_HOLDER,
			  .region_id = S("r1"),
			  .cover = SIGNED_EVERYWHERE},
		.now = NOW,
		.today = instant_day(NOW),
		.route = S("test"),
	};
	return c;
}

static void leave(struct call *c)
{
	struct list_cache *lists = c->app->lists;
	list_cache_free(&lists);
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

static struct str named_list(struct store *s, struct call *c)
{
	struct str id;
	assert_ok(s, app_source_add(c, &(struct source_new){.name = S("Winter shelter"), .stated = true}, &id));
	return id;
}

static struct str coded_list(struct store *s, struct call *c)
{
	struct str id;
	assert_ok(s,
		  app_source_add(c,
				 &(struct source_new){
					 .name = S("Harbor"), .coded = true, .agency_id = S("harbor"), .stated = true},
				 &id));
	return id;
}

static struct source_counts load(struct store *s, struct call *c, struct str source, const char *text)
{
	struct str draft;
	struct source_counts n;
	assert_ok(s, app_source_draft(c, source, file(s, text), (struct str){0}, &draft));
	assert_ok(s, app_source_load(c, draft, &n));
	assert_int_equal(store_number(s, "SELECT count(*) FROM list_draft"), 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM list_draft_chunk"), 0);
	return n;
}

#define assert_counts(n, a, c, u, ab, as)                                                                              \
	do {                                                                                                           \
		assert_int_equal((n).added, a);                                                                        \
		assert_int_equal((n).changed, c);                                                                      \
		assert_int_equal((n).unchanged, u);                                                                    \
		assert_int_equal((n).absent, ab);                                                                      \
		assert_int_equal((n).aside, as);                                                                       \
	} while (0)

#define VISIBLE(table)                                                                                                 \
	" FROM " table " t WHERE t.from_import <= (SELECT import_no FROM hmis_now) AND t.to_import > "                 \
	"(SELECT import_no FROM hmis_now)"

#define HEADER "No,Last name,First name,Date of birth,Staying,Last contact,On list since,Months homeless,Score,County\n"
#define ANN "1,Abbot,Ann,2/3/1980,Tent by the river,9/1/2026,3/1/2026,14,11,Larkmere\n"
#define BOB "2,Birch,Bob,,Shelter,8/20/2026,4/1/2026,,,\n"
#define CAL "3,Cole,Cal,1/1/1990,Shelter,,,,,Dell County\n"

static void a_list_is_mapped_loaded_and_loaded_again(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = named_list(s, c);
	struct str draft;
	struct source_look look;
	struct source_counts n;
	assert_ok(s, app_source_draft(c, source, file(s, HEADER ANN BOB CAL ",Nobody,Ned,,,,,,,\n1,Again,Al,,,,,,,\n"),
				      (struct str){0}, &draft));
	assert_ok(s, app_source_look(c, draft, &look));
	assert_int_equal(look.columns_n, 10);
	assert_int_equal(look.columns[0].field, SOURCE_KEY);
	assert_int_equal(look.columns[4].field, SOURCE_SITUATION);
	assert_int_equal(look.columns[6].field, SOURCE_LISTED);
	assert_int_equal(look.missing.n, 0);
	assert_int_equal(look.words_n, 1);
	assert_true(str_eq(look.words[0].word, S("Tent by the river")) && !look.words[0].known);
	/* Nothing is loaded by looking. */
	assert_int_equal(store_number(s, "SELECT count(*) FROM client"), 0);
	struct str words[] = {S("situation=116=Tent by the river")};
	struct str columns[] = {S("0=key"), S("9=region")};
	assert_ok(s, app_source_map(c, draft,
				    &(struct source_mapping_new){
					    .columns = columns, .columns_n = 2, .words = words, .words_n = 1}));
	assert_ok(s, app_source_look(c, draft, &look));
	assert_true(look.words[0].known && look.words[0].code == 116);
	assert_counts(look.counts, 2, 0, 0, 0, 3);
	assert_int_equal(look.asides_n, 3);
	assert_int_equal(look.asides[0].problem, SOURCE_OTHER_REGION);
	assert_int_equal(look.asides[1].problem, SOURCE_NO_KEY);
	assert_int_equal(look.asides[2].problem, SOURCE_KEY_TWICE);
	assert_ok(s, app_source_load(c, draft, &n));
	assert_counts(n, 2, 0, 0, 0, 3);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id = 'r1' AND status = 1"),
			 2);
	assert_int_equal(store_number(s, "SELECT max(months_36)" VISIBLE("listing")), 15); /* 14 said, and September */
	assert_int_equal(store_number(s, "SELECT max(score)" VISIBLE("listing")), 11);
	assert_int_equal(store_number(s, "SELECT min(start)" VISIBLE("listing")), 20513); /* 2026-03-01 */
	assert_int_equal(store_number(s, "SELECT count(*) FROM client WHERE personal_id <> ''"), 0);

	/* The same file changes nothing; what was said about columns and words is remembered. */
	n = load(s, c, source, HEADER ANN BOB);
	assert_counts(n, 0, 0, 2, 0, 0);
	/* Bob is seen again; Ann is absent: flagged and still there. Earlier contact stays. */
	n = load(s, c, source,
		 HEADER "2,Birch,Bob,,Shelter,9/10/2026,4/1/2026,,,\n4,Dunn,Dee,5/5/1955,Shelter,,,,,1\n");
	assert_counts(n, 1, 1, 0, 1, 0);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND status = 1"), 3);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("client") " AND gone = 1"), 1);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND (flags / 65536) % 2 = 1"), 1);
	/* Months with evidence: August and September. */
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND months_36 = 2"), 1);
	n = load(s, c, source,
		 HEADER ANN "2,Birch,Bob,,Shelter,9/10/2026,4/1/2026,,,\n4,Dunn,Dee,5/5/1955,Shelter,,,,,1\n");
	assert_counts(n, 0, 1, 2, 0, 0);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("client") " AND gone = 1"), 0);
	leave(c);
}

static void a_coded_list_names_nobody(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = coded_list(s, c);
	struct str draft;
	assert_err(s, ERR_INVALID,
		   app_source_draft(c, source, file(s, "Code,Last name\nQ1,Abbot\n"), (struct str){0}, &draft));
	assert_err(
		s, ERR_INVALID,
		app_source_draft(c, source, file(s, "Code,Day\nQ1,2/3/1980\nQ2,5/6/1975\n"), (struct str){0}, &draft));
	assert_int_equal(store_number(s, "SELECT count(*) FROM list_draft_chunk"), 0);
	struct source_counts n =
		load(s, c, source,
		     "Code,Size,Children,Months homeless,Need,Last contact,County\n"
		     "Q1,3,2,14,high,10,Larkmere\nQ2,1,0,2,low,45,Larkmere County\nQ3,1,,,,,900-12-3456\n");
	assert_counts(n, 2, 0, 0, 0, 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client_token"), 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client WHERE name IS NOT NULL OR birth IS NOT NULL"), 0);
	/* Q1: high need by attestation, the middle of its band of months, three people with children. */
	assert_int_equal(
		store_number(s, "SELECT count(*)" VISIBLE("listing") " AND band = 0 AND score IS NULL AND months_36 "
								     "BETWEEN 16 AND 18 AND members = 3 "
								     "AND household_type = 2"),
		1);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND band = 2 AND members = 1"), 1);
	/* Contact as the latest day of its band. */
	assert_int_equal(store_number(s, "SELECT max(last_contact)" VISIBLE("listing")), instant_day(NOW).n);
	assert_int_equal(store_number(s, "SELECT min(last_contact)" VISIBLE("listing")), instant_day(NOW).n - 31);
	/* The list holder of the region sees a code and no more. */
	struct household_face face;
	int64_t no = store_number(s, "SELECT min(household_no)" VISIBLE("listing"));
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, app_household_faces(c, s->db, s->a, &no, 1, &face));
	db_rollback(s->db);
	assert_true(face.visible && !face.named && face.served_by.n == 0 && face.hmis_id.n == 0);
	leave(c);
}

static void lists_are_the_list_holders(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = named_list(s, c);
	struct str id;
	struct str draft;
	struct source_list list;
	assert_err(s, ERR_CONFLICT,
		   app_source_add(c, &(struct source_new){.name = S("Winter shelter"), .stated = true}, &id));
	assert_err(s, ERR_INVALID, app_source_add(c, &(struct source_new){.name = S("Other")}, &id));
	assert_err(
		s, ERR_INVALID,
		app_source_add(c,
			       &(struct source_new){
				       .name = S("Other"), .coded = true, .agency_id = S("millpond"), .stated = true},
			       &id));
	assert_err(s, ERR_INVALID,
		   app_source_add(c, &(struct source_new){.name = S("Other"), .agency_id = S("harbor"), .stated = true},
				  &id));
	assert_ok(s,
		  app_source_draft(c, source, file(s, "Name,DOB\n\"Abbot, Ann\",1/2/1980\n"), (struct str){0}, &draft));
	assert_ok(s, app_sources(c, &list));
	assert_int_equal(list.sources_n, 1);
	assert_int_equal(list.drafts_n, 1);
	struct call other = *c;
	struct source_look look;
	other.actor.region_id = S("r2");
	assert_err(s, ERR_MISSING, app_source_look(&other, draft, &look));
	assert_err(s, ERR_MISSING, app_source_discard(&other, draft));
	other.actor.role = ROLE_PROVIDER;
	assert_err(s, ERR_DENIED, app_sources(&other, &list));
	assert_ok(s, app_source_discard(c, draft));
	assert_err(s, ERR_MISSING, app_source_look(c, draft, &look));
	leave(c);
}

/* Who holds the list of no region brings lists to any, and says to which. */
static void a_list_holder_of_no_region(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct source_list list;
	struct str of_two, draft;
	struct source_look look;
	struct str of_one = named_list(s, c);
	c->actor.region_id = (struct str){0};
	assert_ok(s, app_sources(c, &list));
	assert_int_equal(list.regions_n, 2);
	assert_int_equal(list.sources_n, 1);
	assert_true(str_eq(list.sources[0].region, S("Region 1")));
	struct source_new n = {.name = S("Winter shelter"), .stated = true};
	assert_err(s, ERR_INVALID, app_source_add(c, &n, &of_two));
	n.region_id = S("r3");
	assert_err(s, ERR_INVALID, app_source_add(c, &n, &of_two));
	n.region_id = S("r2");
	assert_ok(s, app_source_add(c, &n, &of_two));
	assert_err(s, ERR_CONFLICT, app_source_add(c, &n, &of_two));
	struct source_counts loaded = load(s, c, of_two, HEADER BOB);
	assert_counts(loaded, 1, 0, 0, 0, 0);
	loaded = load(s, c, of_one, HEADER ANN);
	assert_counts(loaded, 1, 0, 0, 0, 0);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id = 'r2'"), 1);
	/* The list holder of a region reaches no other's. */
	assert_ok(s, app_source_draft(c, of_two, file(s, HEADER BOB), (struct str){0}, &draft));
	c->actor.region_id = S("r1");
	assert_err(s, ERR_MISSING, app_source_look(c, draft, &look));
	assert_ok(s, app_sources(c, &list));
	assert_int_equal(list.sources_n, 1);
	assert_int_equal(list.drafts_n, 0);
	/* Of a region that is not theirs a list holder cannot say that it is. */
	n = (struct source_new){.name = S("Other"), .region_id = S("r2"), .stated = true};
	assert_ok(s, app_source_add(c, &n, &of_two));
	assert_int_equal(store_number(s, "SELECT count(*) FROM list_source WHERE name = 'Other' AND region_id = 'r1'"),
			 1);
	leave(c);
}

static void a_household_from_paper(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = named_list(s, c);
	struct source_counts n;
	struct source_paper paper = {0};
	paper.values[SOURCE_LAST] = pii_new(s->a, S("Abbot"));
	assert_err(s, ERR_INVALID, app_source_paper(c, source, &paper, &n)); /* neither number nor birth date */
	paper.values[SOURCE_KEY] = pii_new(s->a, S("7"));
	paper.values[SOURCE_CONTACT] = pii_new(s->a, S("2026-09-20"));
	paper.values[SOURCE_SITUATION] = pii_new(s->a, S("Unsheltered"));
	assert_ok(s, app_source_paper(c, source, &paper, &n));
	assert_counts(n, 1, 0, 0, 0, 0);
	/* Another one does not make the first absent. */
	paper.values[SOURCE_KEY] = pii_new(s->a, S("8"));
	assert_ok(s, app_source_paper(c, source, &paper, &n));
	assert_counts(n, 1, 0, 0, 0, 0);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND status = 1 AND situation = 1"), 2);
	/* A new day keeps them. */
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing")), 2);
	leave(c);
}

/* Flags of the household that is on the list since a day of May 2026. */
static uint64_t flags_of(struct store *s, int day)
{
	enum { APRIL_30 = 20573 };
	return (uint64_t)store_number(
		s, str_c(s->a, str_fmt(s->a, "SELECT flags" VISIBLE("listing") " AND t.start = %d", APRIL_30 + day)));
}

/* A list is asked what its columns can hold, and for a head of each household. */
static void a_list_is_asked_what_it_can_answer(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = named_list(s, c);
	const uint64_t hmis = FLAG_PRIOR | FLAG_LENGTH | FLAG_TIMES | FLAG_TWICE;
	struct source_counts n = load(s, c, source,
				      "No,Last name,First name,Date of birth,On list since,Household,Relationship,"
				      "Months homeless,Disabling condition,Staying\n"
				      "1,Abbot,Ann,2/3/1980,5/1/2026,A,,5,yes,Shelter\n"
				      "2,Abbot,Al,2/3/1982,5/1/2026,A,,5,yes,Shelter\n"
				      "3,Birch,Bea,2/3/1980,5/2/2026,B,Self,,no,Shelter\n"
				      "4,Birch,Bob,2/3/1982,5/2/2026,B,Spouse,5,no,Shelter\n"
				      "5,Cole,Cal,2/3/1980,5/3/2026,,,,,\n");
	assert_counts(n, 5, 0, 0, 0, 0);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing")), 3);
	assert_int_equal(flags_of(s, 1) & (FLAG_NO_HEAD | FLAG_STREET_DATE | FLAG_DISABILITY | hmis), FLAG_NO_HEAD);
	assert_int_equal(flags_of(s, 2) & (FLAG_NO_HEAD | FLAG_SEVERAL_HEADS | FLAG_SPLIT), 0);
	assert_int_equal(flags_of(s, 2) & (FLAG_STREET_DATE | FLAG_DISABILITY | hmis), FLAG_STREET_DATE);
	assert_int_equal(flags_of(s, 3) & (FLAG_NO_HEAD | FLAG_STREET_DATE | FLAG_DISABILITY | hmis),
			 FLAG_STREET_DATE | FLAG_DISABILITY);
	/* They were asked: the flags are gone. */
	n = load(s, c, source,
		 "No,Last name,First name,Date of birth,On list since,Household,Relationship,"
		 "Months homeless,Disabling condition,Staying\n"
		 "1,Abbot,Ann,2/3/1980,5/1/2026,A,Self,5,yes,Shelter\n"
		 "2,Abbot,Al,2/3/1982,5/1/2026,A,Spouse,5,yes,Shelter\n"
		 "3,Birch,Bea,2/3/1980,5/2/2026,B,Self,4,no,Shelter\n"
		 "4,Birch,Bob,2/3/1982,5/2/2026,B,Spouse,5,no,Shelter\n"
		 "5,Cole,Cal,2/3/1980,5/3/2026,,,20,yes,\n");
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing")), 3);
	for (int day = 1; day <= 3; day++)
		assert_int_equal(flags_of(s, day) & (FLAG_NO_HEAD | FLAG_SEVERAL_HEADS | FLAG_SPLIT | FLAG_STREET_DATE |
						     FLAG_DISABILITY | hmis),
				 0);
	leave(c);
}

static err_t import(struct store *s, struct call *c, const char *name, const char *text, bool look,
		    struct source_imported *out)
{
	struct call op = *c;
	op.actor = (struct actor){.kind = ACTOR_OPERATOR, .id = S("op")};
	return app_source_import(
		&op, &(struct source_import){.source = str_from(name), .path = file(s, text), .look = look}, out);
}

/* Without a browser: what was said there is remembered, and what was not is refused. */
static void a_file_by_the_operator(void **state)
{
	struct store *s = *state;
	struct call *c = holder(s);
	struct str source = named_list(s, c);
	struct source_imported v;
	struct str draft, of_two;
	const char *text = HEADER ANN BOB CAL;
	assert_err(s, ERR_MISSING, import(s, c, "Summer shelter", text, false, &v));
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", text, false, &v)); /* nobody has said anything yet */
	assert_ok(s, app_source_draft(c, source, file(s, text), (struct str){0}, &draft));
	struct str columns[] = {S("0=key"),     S("1=last"),   S("2=first"),  S("3=birth"), S("4=situation"),
				S("5=contact"), S("6=listed"), S("7=months"), S("8=score"), S("9=region")};
	struct str words[] = {S("situation=116=Tent by the river")};
	assert_ok(s, app_source_map(c, draft,
				    &(struct source_mapping_new){
					    .columns = columns, .columns_n = 10, .words = words, .words_n = 1}));
	assert_ok(s, app_source_discard(c, draft));

	assert_ok(s, import(s, c, "winter SHELTER", text, true, &v));
	assert_counts(v.counts, 2, 0, 0, 0, 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM client"), 0); /* it was a look */
	assert_ok(s, import(s, c, "Winter shelter", text, false, &v));
	assert_counts(v.counts, 2, 0, 0, 0, 1);
	assert_int_equal(v.asides_n, 1);
	assert_int_equal(v.asides[0].line, 4);
	assert_int_equal(v.asides[0].problem, SOURCE_OTHER_REGION);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND status = 1 AND situation = 1"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM list_draft"), 0);
	assert_ok(s, import(s, c, str_c(s->a, source), HEADER BOB, false, &v));
	assert_counts(v.counts, 0, 0, 1, 1, 0);

	/* A column that is new, one that is needed and gone, no rows, a list holder at the command line. */
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", "No,Last name,Shoe size\n1,Abbot,41\n", false, &v));
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", "No,County\n1,Larkmere\n", false, &v));
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", "No,Last name\n", false, &v));
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", "No,Last name\n,Abbot\n", false, &v));
	assert_err(s, ERR_DENIED, app_source_import(c, &(struct source_import){.source = source, .path = ""}, &v));
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND status = 1"), 2);
	/* Two of a name. */
	c->actor.region_id = (struct str){0};
	assert_ok(s, app_source_add(
			     c, &(struct source_new){.name = S("Winter shelter"), .region_id = S("r2"), .stated = true},
			     &of_two));
	assert_err(s, ERR_INVALID, import(s, c, "Winter shelter", text, false, &v));
	assert_ok(s, import(s, c, str_c(s->a, source), HEADER BOB, false, &v));
	leave(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_list_is_mapped_loaded_and_loaded_again),
		BOTH(a_coded_list_names_nobody),
		BOTH(lists_are_the_list_holders),
		BOTH(a_list_holder_of_no_region),
		BOTH(a_household_from_paper),
		BOTH(a_list_is_asked_what_it_can_answer),
		BOTH(a_file_by_the_operator),
	};
	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
