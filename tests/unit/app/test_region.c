/* The page of regions on both engines: what administrators see and change, and what is refused. Expectations were
 * written from app/region_page.h and domain/region.h. */
#include "import_fixture.h"

#include <string.h>

#include "app/listing.h"
#include "app/region.h"
#include "app/region_page.h"

#define VISIBLE(table)                                                                                                 \
	" FROM " table " t WHERE t.from_import <= (SELECT import_no FROM hmis_now) AND t.to_import > "                 \
	"(SELECT import_no FROM hmis_now)"

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};

/* Larkmere has both agencies and a household, Dell nothing, Fen (in no region) one agency and a household. Larkmere and
 * Dell touch by way of Fen alone. */
static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"
					  "O2,Quiet House,1,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\nP2,O1,Fen Shelter,0,2026-08-01 "
				"09:00:00,\nP3,O2,Quiet Rooms,0,2026-08-01 09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Ann,,Abbot,,1980-01-01,0,2026-08-01 09:00:00,\n"
			      "C2,Bea,,Birch,,1985-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"
				      "E2,C2,P2,2026-07-01,H2,1,116,2026-08-01 09:00:00,\n"},
	{"regions.csv", "region,county,project_id,borders\nRegion 1,Larkmere County,P1,\n"
			"Region 1,Dell County,, Fen County ;\n,Fen County,P2,Larkmere County\n"
			"Region 1,Larkmere County,P3,\n"},
	{0}};

struct scene {
	struct store *s;
	struct call *c;
	struct str aid; /* Millpond Aid */
	struct str one; /* Region 1 */
};

static void open_scene(struct store *s, struct scene *w)
{
	struct import_view v;
	struct region_import_view r;
	struct regions_view page;
	struct call *c = import_operator(s);
	const char *path = export_write(s, &head, files);
	import_apply(s, path, &v);
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) VALUES "
		       "('u1', 'ada', 'Ada Orr', 'administrator', 'x', 0, 0)");
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_ADMINISTRATOR};
	*w = (struct scene){.s = s, .c = c};
	assert_ok(s, app_regions(c, &page));
	w->one = page.regions[0].id;
	for (size_t i = 0; i < page.agencies_n; i++)
		if (str_eq(page.agencies[i].name, S("Millpond Aid")))
			w->aid = page.agencies[i].id;
	assert_true(w->aid.n > 0);
}

static void says(struct store *s, struct str given, const char *expected)
{
	assert_string_equal(str_c(s->a, given), expected);
}

static void the_map_is_shown(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions_n, 1);
	assert_int_equal(v.counties_n, 3);
	const struct region_card *card = &v.regions[0];
	assert_int_equal(card->anchor.n, 0);
	assert_int_equal(card->counties_n, 2);
	assert_int_equal(card->say_n, 1);
	says(s, card->say[0], "Larkmere County touches no other county of Region 1.");
	const struct region_county_row *dell = &card->counties[0], *larkmere = &card->counties[1];
	says(s, dell->name, "Dell County");
	says(s, dell->borders, "Fen County (no region)");
	assert_true(dell->agencies_n == 0 && dell->households.n == 0 && !dell->households.hidden && !dell->low);
	assert_int_equal(larkmere->agencies_n, 2);
	says(s, larkmere->agencies, "Millpond Aid, a victim service provider");
	assert_true(larkmere->households.hidden && !larkmere->low); /* one household, to who sees counts only */
	assert_true(v.hidden);
	assert_int_equal(v.loose_n, 1);
	says(s, v.loose[0].borders, "Dell County (Region 1), Larkmere County (Region 1)");
	assert_true(v.loose[0].households.hidden);
}

static void a_county_is_moved(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id IS NULL"), 1);
	assert_ok(s, app_county_move(w.c, S("Fen County"), w.one));
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id IS NULL"), 0);
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions[0].say_n, 0);
	assert_int_equal(v.loose_n, 0);

	/* Refused, and nothing has changed. */
	assert_err(s, ERR_MISSING, app_county_move(w.c, S("Nowhere County"), w.one));
	assert_err(s, ERR_MISSING, app_county_move(w.c, S("Fen County"), S("r9")));
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions[0].counties_n, 3);

	assert_err(s, ERR_CONFLICT, app_county_add(w.c, S("Fen County"), w.one));
	assert_err(s, ERR_INVALID, app_county_add(w.c, S("  "), w.one));
	assert_err(s, ERR_MISSING, app_county_add(w.c, S("Reed County"), S("r9")));
	assert_ok(s, app_county_add(w.c, S(" Reed County "), w.one));
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions[0].counties_n, 4);
	says(s, v.regions[0].counties[3].name, "Reed County");

	assert_ok(s, app_county_move(w.c, S("Fen County"), (struct str){0}));
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id IS NULL"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'region.county'"), 2);
}

/* The regions in which an agency works, as "1,2"; none: "". */
static struct str works_in(struct store *s, struct str agency)
{
	struct str all = S("");
	for (int64_t n = 1; n <= 2; n++)
		if (store_number(
			    s, str_c(s->a, str_fmt(s->a,
						   "SELECT count(*) FROM agency_region w JOIN region r ON "
						   "r.id = w.region_id WHERE w.agency_id = '%.*s' AND r.number = %lld",
						   STR_ARG(agency), (long long)n))) > 0)
			all = str_fmt(s->a, "%.*s%s%lld", STR_ARG(all), all.n > 0 ? "," : "", (long long)n);
	return all;
}

static void agencies_work_where_their_projects_are(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	says(s, works_in(s, w.aid), "1"); /* Larkmere; Fen is in no region */
	struct region_put second = {.name = S("Region 2"), .anchor = w.aid};
	assert_ok(s, app_region_put(w.c, &second));
	says(s, works_in(s, w.aid), "1,2"); /* it anchors it */
	assert_ok(s, app_regions(w.c, &v));
	struct str two = v.regions[1].id;
	struct region_put given = {.id = two, .name = S("Region 2"), .anchor = v.agencies[1].id};
	assert_ok(s, app_region_put(w.c, &given));
	says(s, works_in(s, w.aid), "1");
	says(s, works_in(s, v.agencies[1].id), "1,2");
	assert_ok(s, app_county_move(w.c, S("Fen County"), two));
	says(s, works_in(s, w.aid), "1,2");

	/* A project that has ended is no place of work from the next day on. */
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE hmis_project SET operating_end = %d WHERE project_id = 'P2'",
					   w.c->today.n - 1)));
	assert_ok(s, app_listing_refresh(w.c, w.c->today));
	says(s, works_in(s, w.aid), "1");
}

static void borders_are_set(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	assert_ok(s, app_county_border(w.c, S("Larkmere County"), S("Dell County"), true));
	assert_ok(s, app_county_border(w.c, S("Dell County"), S("Larkmere County"), true)); /* is one border */
	assert_int_equal(store_number(s, "SELECT count(*) FROM county_border"), 3);
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions[0].say_n, 0);
	assert_ok(s, app_county_border(w.c, S("Larkmere County"), S("Dell County"), false));
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions[0].say_n, 1);
	assert_err(s, ERR_INVALID, app_county_border(w.c, S("Dell County"), S("Dell County"), true));
	assert_err(s, ERR_MISSING, app_county_border(w.c, S("Dell County"), S("Nowhere"), true));
	assert_int_equal(store_number(s, "SELECT count(*) FROM county_border"), 2);
}

static void every_region_has_an_anchor(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	struct region_put put = {.id = w.one, .name = S(" Lark Hills "), .anchor = w.aid};
	assert_ok(s, app_region_put(w.c, &put));
	put = (struct region_put){.name = S("Region 7"), .anchor = w.aid};
	assert_ok(s, app_region_put(w.c, &put));
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions_n, 2);
	says(s, v.regions[0].name, "Lark Hills");
	says(s, v.regions[0].anchor, "Millpond Aid");
	assert_int_equal(v.regions[1].number, 7);

	const struct {
		struct region_put put;
		enum err_class class;
	} refused[] = {
		{{.id = w.one, .name = S("Lark Hills")}, ERR_INVALID},                 /* no agency */
		{{.id = w.one, .name = S("  "), .anchor = w.aid}, ERR_INVALID},        /* no name */
		{{.id = w.one, .name = S("Region 7"), .anchor = w.aid}, ERR_CONFLICT}, /* another's */
		{{.name = S("Region 7"), .anchor = w.aid}, ERR_CONFLICT},
		{{.id = S("r9"), .name = S("Region 9"), .anchor = w.aid}, ERR_MISSING},
		{{.id = w.one, .name = S("Lark Hills"), .anchor = S("a9")}, ERR_MISSING},
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_err(s, refused[i].class, app_region_put(w.c, &refused[i].put));
	assert_ok(s, app_regions(w.c, &v));
	assert_int_equal(v.regions_n, 2);
}

static void it_is_for_administrators(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct regions_view v;
	open_scene(s, &w);
	struct region_put put = {.id = w.one, .name = S("Mine"), .anchor = w.aid};
	w.c->actor.role = ROLE_LIST_HOLDER;
	assert_err(s, ERR_DENIED, app_regions(w.c, &v));
	assert_err(s, ERR_DENIED, app_region_put(w.c, &put));
	assert_err(s, ERR_DENIED, app_county_move(w.c, S("Fen County"), w.one));
	assert_err(s, ERR_DENIED, app_county_add(w.c, S("Reed County"), w.one));
	assert_err(s, ERR_DENIED, app_county_border(w.c, S("Fen County"), S("Dell County"), false));
}

static void a_file_with_a_wrong_border_changes_nothing(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct region_import_view r;
	open_scene(s, &w);
	static const struct export_file wrong[] = {
		{"regions.csv", "region,county,project_id,borders\nRegion 2,Fen County,,Lakmere County\n"}, {0}};
	static const struct export_file itself[] = {
		{"regions.csv", "region,county,project_id,borders\nRegion 2,Fen County,,Fen County\n"}, {0}};
	const struct export_file *const sets[] = {wrong, itself};
	for (size_t i = 0; i < 2; i++) {
		const char *path = export_write(s, &head, sets[i]);
		w.c->actor.kind = ACTOR_OPERATOR;
		assert_err(s, ERR_INVALID,
			   app_region_import(w.c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	}
	assert_int_equal(store_number(s, "SELECT count(*) FROM region"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM county_border"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_map_is_shown),
		BOTH(a_county_is_moved),
		BOTH(agencies_work_where_their_projects_are),
		BOTH(borders_are_set),
		BOTH(every_region_has_an_anchor),
		BOTH(it_is_for_administrators),
		BOTH(a_file_with_a_wrong_border_changes_nothing),
	};
	return cmocka_run_group_tests_name("region", tests, NULL, NULL);
}
