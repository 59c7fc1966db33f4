/* What people add to the list: columns of their own, papers and needs that it is asked by, views that are saved and
 * shared, and who may read, ask by, share and delete what. */
#include "import_fixture.h"

#include <string.h>

#include "app/document.h"
#include "app/household_page.h"
#include "app/list.h"
#include "app/ready.h"
#include "app/user.h"
#include "store/q_agency.h"

enum { PEOPLE = 3 };

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-12-31", 2, 1};

static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"
					  "O2,Larkfield Aid,0,2026-01-01 00:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"
				"P2,O2,Larkfield Shelter,0,2026-01-01 00:00:00,\n"},
	{"Client.csv", CLIENT "C1,Flint,,Marrow,900777777,1971-07-07,0,2026-06-02 09:00:00,\n"
			      "C2,Wren,,Tallow,900888888,2004-08-08,0,2026-06-02 09:00:00,\n"
			      "C3,Hazel,,Quillon,,1960-01-01,1,2026-06-02 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-05-01,H1,1,116,2026-06-02 09:00:00,\n"
				      "E2,C2,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"
				      "E3,C3,P2,2026-07-01,H3,1,116,2026-07-02 09:00:00,\n"},
	{0}};

/* Flint and Wren are served by Millpond, Hazel by Larkfield; all in region one. */
enum { FLINT, WREN, HAZEL };

static struct town {
	struct store *s;
	struct app app;
	struct str ids[PEOPLE]; /* of their households */
	struct str millpond, larkfield;
} town;

static int64_t moments;

static struct call *as(const char *login)
{
	struct call *c = arena_one(town.s->a, struct call);
	struct instant now = {NOW.ms + ++moments};
	*c = (struct call){
		.app = &town.app,
		.db = town.s->db,
		.arena = town.s->a,
		.now = now,
		.today = instant_day(now),
		.shown = {.arena = town.s->a},
		.actor = {.kind = ACTOR_USER,
			  .id = str_from(login),
			  .name = str_from(login),
			  .role = ROLE_PROVIDER,
			  .cover = SIGNED_EVERYWHERE},
	};
	if (strncmp(login, "holder", 6) == 0) {
		c->actor.role = ROLE_LIST_HOLDER;
		c->actor.region_id = S("r1");
		c->actor.agency_id = S("holders");
	} else {
		c->actor.agency_id = strcmp(login, "millpond") == 0 ? town.millpond : town.larkfield;
	}
	return c;
}

static struct list_view asked(const char *login, struct list_query q)
{
	struct list_view view;
	q.as_of = DAY_NONE;
	q.page = 1;
	q.everywhere = q.region.n == 0;
	assert_ok(town.s, app_list(as(login), &q, &view));
	return view;
}

/* Which of the three a viewer finds by a filter: "Flint Wren", in the order asked for. */
static const char *found(const char *login, const char *where, const char *sort)
{
	static const char *const names[PEOPLE] = {"Flint", "Wren", "Hazel"};
	struct list_view view = asked(login, (struct list_query){.where = str_from(where), .sort = str_from(sort)});
	struct str all = S("");
	assert_int_equal(view.wrong.n, 0);
	for (size_t i = 0; i < view.lines_n; i++)
		for (size_t k = 0; k < PEOPLE; k++)
			if (str_eq(view.lines[i].face.id, town.ids[k]))
				all = str_fmt(town.s->a, "%.*s%s%s", STR_ARG(all), all.n > 0 ? " " : "", names[k]);
	return str_c(town.s->a, all);
}

static err_t find_agencies(struct db *db, struct arena *a, void *ctx)
{
	struct q_agency_by_name row;
	bool known;
	(void)ctx;
	TRY(q_agency_by_name(db, a, S("Millpond Aid"), &row, &known));
	town.millpond = row.id;
	TRY(q_agency_by_name(db, a, S("Larkfield Aid"), &row, &known));
	town.larkfield = row.id;
	return NULL;
}

static int town_up(void **state)
{
	int failed = store_up(state);
	struct import_view preview;
	town = (struct town){.s = *state};
	struct store *s = town.s;
	town.app = (struct app){.where = str_from(s->where), .keys = s->keys, .lists = list_cache_new()};
	import_apply(s, export_write(s, &head, files), &preview);
	release_all(s);
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('holders', 'Holders Aid', 'provider', 0, 0)");
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_agencies, NULL));
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "UPDATE listing SET region_id = 'r1'");
	store_force(s, "INSERT INTO app_user (id, login, name, agency_id, region_id, role, password, must_change, "
		       "created_at) VALUES ('holder', 'holder', 'Hana Example', NULL, 'r1', 'list-holder', '-', 0, 0), "
		       "('holder2', 'holder2', 'Hugo Example', NULL, 'r1', 'list-holder', '-', 0, 0), "
		       "('millpond', 'millpond', 'Mia Sample', NULL, NULL, 'provider', '-', 0, 0), "
		       "('larkfield', 'larkfield', 'Lou Sample', NULL, NULL, 'provider', '-', 0, 0)");
	struct list_view view = asked("holder", (struct list_query){0});
	assert_int_equal(view.lines_n, PEOPLE);
	for (size_t i = 0; i < view.lines_n; i++) {
		const struct household_face *face = &view.lines[i].face;
		town.ids[str_starts(face->name, S("Flint"))  ? FLINT
			 : str_starts(face->name, S("Wren")) ? WREN
							     : HAZEL] = face->id;
	}
	return failed;
}

static int town_down(void **state)
{
	list_cache_free(&town.app.lists);
	return store_down(state);
}

static struct str column(const char *name)
{
	struct local_view local;
	assert_ok(town.s, app_local(as("holder"), &local));
	for (size_t i = 0; i < local.columns_n; i++)
		if (str_eq(local.columns[i].name, str_from(name)))
			return local.columns[i].id;
	fail_msg("there is no column %s", name);
	return S("");
}

static void define(const char *name, enum column_kind kind, const char *choices, bool holder)
{
	const struct column_new n = {str_from(name), kind, str_from(choices), holder};
	assert_ok(town.s, app_column_add(as("holder"), &n));
}

static err_t put(const char *login, int who, const char *name, const char *value)
{
	struct call *c = as(login);
	return app_column_put(c, town.ids[who], column(name), pii_new(c->arena, str_from(value)));
}

/* ---- columns of the CoC's own ---- */

static void own_columns_sort_and_filter_for_who_may_read_them(void **state)
{
	struct store *s = *state;
	define("Street team", COLUMN_CHOICE, "North, South side", false);
	define("Rent", COLUMN_NUMBER, "", false);
	define("Last visit", COLUMN_DATE, "", false);
	define("Words", COLUMN_TEXT, "", false);
	assert_string_equal(found("holder", "our.street_team:north", ""), "");
	assert_ok(s, put("holder", FLINT, "Street team", "north"));
	assert_ok(s, put("holder", WREN, "Street team", "South side"));
	assert_ok(s, put("holder", HAZEL, "Street team", "North"));
	assert_ok(s, put("holder", FLINT, "Rent", "500"));
	assert_ok(s, put("holder", HAZEL, "Rent", "60"));
	assert_ok(s, put("holder", WREN, "Last visit", "2026-09-01"));
	assert_ok(s, put("holder", WREN, "Words", "a quiet place"));
	assert_string_equal(found("holder", "our.street_team:north", ""), "Flint Hazel");
	assert_string_equal(found("holder", "-our.street_team:north", ""), "Wren");
	assert_string_equal(found("holder", "our.rent>=100", ""), "Flint");
	assert_string_equal(found("holder", "our.last_visit>=2026-09-01", ""), "Wren");
	assert_string_equal(found("holder", "", "our.rent"), "Hazel Flint Wren");
	assert_string_equal(found("holder", "", "-our.rent"), "Flint Hazel Wren");
	assert_string_equal(found("holder", "", "-our.street_team,-our.rent"), "Wren Flint Hazel");
	/* Millpond does not serve Hazel: by what it may not read it neither finds nor sorts nobody. */
	assert_string_equal(found("millpond", "our.street_team:north", ""), "Flint");
	assert_string_equal(found("millpond", "our.street_team:unknown", ""), "Hazel");
	assert_string_equal(found("millpond", "", "our.rent"), "Flint Wren Hazel");
	assert_string_equal(found("larkfield", "our.rent<=1000", ""), "Hazel");
	/* What is written meanwhile is known to the next who asks. */
	assert_ok(s, put("millpond", WREN, "Street team", "North"));
	assert_ok(s, put("millpond", FLINT, "Street team", ""));
	assert_string_equal(found("holder", "our.street_team:north", ""), "Wren Hazel");
	assert_string_equal(found("holder", "our.street_team:unknown", ""), "Flint");
}

static void own_columns_are_shown_when_chosen(void **state)
{
	struct store *s = *state;
	define("Street team", COLUMN_CHOICE, "North, South side", false);
	define("Words", COLUMN_TEXT, "", true);
	assert_ok(s, put("holder", FLINT, "Words", "a quiet place"));
	assert_ok(s, put("holder", HAZEL, "Words", "with the dog"));
	assert_err(s, ERR_DENIED, put("millpond", FLINT, "Words", "something else"));
	assert_err(s, ERR_INVALID, put("holder", FLINT, "Street team", "East"));
	struct list_query q = {.columns = S("place,our.words")};
	struct list_view view = asked("millpond", q);
	assert_false(view.own[0].shows);
	assert_true(view.own[1].shows);
	for (size_t i = 0; i < view.lines_n; i++) {
		const struct list_line *line = &view.lines[i];
		const char *want = str_eq(line->face.id, town.ids[FLINT]) ? "a quiet place" : "";
		assert_string_equal(str_c(s->a, line->own[1]), want);
	}
	/* Text neither filters nor sorts; nor does a column that was ended. */
	assert_true(asked("holder", (struct list_query){.where = S("our.words:quiet")}).wrong.n > 0);
	assert_int_equal(asked("holder", (struct list_query){.sort = S("our.words")}).sorted[0], COL_PLACE);
	assert_int_equal(asked("holder", (struct list_query){.where = S("our.street_team:north")}).wrong.n, 0);
	assert_ok(s, app_column_end(as("holder"), column("Street team")));
	assert_true(asked("holder", (struct list_query){.where = S("our.street_team:north")}).wrong.n > 0);
	assert_err(s, ERR_INVALID,
		   app_column_add(as("holder"), &(struct column_new){S("HIV program"), COLUMN_TEXT, S(""), false}));
	assert_err(s, ERR_INVALID,
		   app_column_add(as("holder"), &(struct column_new){S("Seen at"), COLUMN_CHOICE,
								     S("shelter, methadone clinic"), false}));
	assert_err(s, ERR_CONFLICT,
		   app_column_add(as("holder"), &(struct column_new){S("WORDS"), COLUMN_TEXT, S(""), false}));
	assert_err(s, ERR_DENIED,
		   app_column_add(as("millpond"), &(struct column_new){S("Ours"), COLUMN_TEXT, S(""), false}));
}

static void what_a_column_said_is_kept(void **state)
{
	struct store *s = *state;
	struct ready_view view;
	define("Street team", COLUMN_CHOICE, "North, South side", false);
	assert_ok(s, put("holder", FLINT, "Street team", "North"));
	assert_ok(s, put("millpond", FLINT, "Street team", "South side"));
	assert_ok(s, put("millpond", FLINT, "Street team", "South side")); /* no second row */
	assert_ok(s, app_ready(as("holder"), town.ids[FLINT], &view));
	assert_int_equal(view.values_n, 1);
	assert_int_equal(view.values[0].history_n, 2);
	assert_string_equal(str_c(s->a, view.values[0].value), "South side");
	assert_string_equal(str_c(s->a, view.values[0].were[1]), "North");
	assert_string_equal(str_c(s->a, view.values[0].history[0].by), "Mia Sample");
	/* Whoever sees a code reads none of it. */
	assert_ok(s, app_ready(as("larkfield"), town.ids[FLINT], &view));
	assert_int_equal(view.values_n, 0);
}

/* ---- papers, needs, groups ---- */

static void paper(int who, enum document_kind kind, int expires_in)
{
	struct call *c = as("holder");
	struct document d = document_none();
	d.have = true;
	d.day = day_add(c->today, -30);
	d.expires = expires_in == 0 ? DAY_NONE : day_add(c->today, expires_in);
	assert_ok(town.s, app_document_put(c, town.ids[who], kind, &d));
}

static void the_list_is_asked_by_papers_needs_and_groups(void **state)
{
	struct store *s = *state;
	for (int k = 0; k < DOCUMENTS_N; k++)
		if (k != DOCUMENT_VA) {
			paper(FLINT, (enum document_kind)k, 0);
			paper(HAZEL, (enum document_kind)k, 90);
		}
	paper(WREN, DOCUMENT_PHOTO_ID, -1);
	paper(WREN, DOCUMENT_SSN, 1);
	assert_ok(s, app_needs_put(as("holder"), town.ids[WREN], (struct needs){NEED_HIGH, NEED_LOW}));
	static const struct {
		const char *where, *sort, *found;
	} rows[] = {
		{"ready:100", "", "Flint"}, /* Hazel is a veteran and has no VA form */
		{"ready<100", "", "Wren Hazel"},
		{"missing:va", "", "Hazel"},
		{"missing:photo_id", "", "Wren"}, /* expired yesterday */
		{"missing:none", "", "Flint"},
		{"", "-ready", "Flint Hazel Wren"},
		{"", "ready", "Wren Hazel Flint"},
		{"housing_need:high", "", "Wren"},
		{"housing_need:unknown", "", "Flint Hazel"},
		{"service_need:low,moderate", "", "Wren"},
		{"", "-needs", "Wren Flint Hazel"},
		{"group:youth", "", "Wren"},
		{"group:older", "", "Flint Hazel"},
		{"group:individual enrolled:shelter", "", "Flint Wren Hazel"},
		{"-eligible:rapid", "", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *who = found("holder", rows[i].where, rows[i].sort);
		if (strcmp(who, rows[i].found) != 0)
			fail_msg("%s by %s: %s and not %s", rows[i].where, rows[i].sort, who, rows[i].found);
	}
	/* A paper that is found missing at the next look. */
	paper(FLINT, DOCUMENT_BIRTH, -2);
	assert_string_equal(found("holder", "missing:birth", ""), "Flint Wren");
}

/* ---- releases, and what conferences spoke of ---- */

static void released(int who, const char *set)
{
	struct store *s = town.s;
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "UPDATE release SET %s WHERE client_no = (SELECT l.head_client_no FROM "
					   "listing l JOIN household h ON h.household_no = l.household_no "
					   "WHERE h.id = '%.*s')",
					   set, STR_ARG(town.ids[who]))));
}

/* A conference of its own, so many days ago, that opened the card of a household. */
static void spoken_of(int who, int days_ago)
{
	struct store *s = town.s;
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, "
					   "minutes, household_seconds, facilitator_id, scribe_id, state, part, "
					   "planned_at, planned_by) VALUES ('k%d', 'r1', 'c1', 'highest', %d, 0, 60, "
					   "210, 'holder', 'holder', 'closed', 0, 0, 'holder')",
					   days_ago, as("holder")->today.n - days_ago)));
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO card (id, conference_id, household_no, position, state, "
					   "opened_at, used_seconds, allotted_seconds, follow_up_version, barriers, "
					   "barrier_version, note_version) SELECT 'd%d', 'k%d', household_no, 1, "
					   "'done', 1, 0, 0, 0, '', 0, 0 FROM household WHERE id = '%.*s'",
					   days_ago, days_ago, STR_ARG(town.ids[who]))));
}

static void the_list_is_asked_by_releases_and_reviews(void **state)
{
	struct store *s = *state;
	assert_string_equal(found("holder", "release:in_force", ""), "Flint Wren Hazel");
	assert_string_equal(found("holder", "-release:in_force", ""), "");
	released(FLINT, "ended_day = 5");
	released(WREN, "until_day = 5");
	store_force(s, "INSERT INTO cycle (id, region_id, number, started_at, size, goal, started_by) "
		       "VALUES ('c1', 'r1', 1, 0, 10, 0, 'holder')");
	spoken_of(HAZEL, 40);
	spoken_of(HAZEL, 10); /* the last one counts */
	spoken_of(WREN, 20);
	static const struct {
		const char *where, *sort, *found;
	} rows[] = {
		{"release:withdrawn", "", "Flint"},    {"release:lapsed", "", "Wren"},
		{"release:none,refused", "", ""},      {"release:in_force", "", "Hazel"},
		{"reviewed<15d", "", "Hazel"},         {"reviewed>15d", "", "Wren"},
		{"reviewed:unknown", "", "Flint"},     {"", "reviewed", "Wren Hazel Flint"},
		{"", "-reviewed", "Hazel Wren Flint"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *who = found("holder", rows[i].where, rows[i].sort);
		if (strcmp(who, rows[i].found) != 0)
			fail_msg("%s by %s: %s and not %s", rows[i].where, rows[i].sort, who, rows[i].found);
	}
	released(HAZEL, "refused = 1");
	assert_string_equal(found("holder", "release:refused", ""), "Hazel");
	store_force(s, "DELETE FROM release");
	assert_string_equal(found("holder", "release:none", ""), "Flint Wren Hazel");
}

/* ---- where an agency met them ---- */

static void a_place_is_the_agencys_own(void **state)
{
	struct store *s = *state;
	struct ready_view view;
	struct call *mia = as("millpond");
	const struct pii *words = pii_new(mia->arena, S("behind the old mill"));
	assert_ok(s, app_place_put(mia, town.ids[FLINT], day_add(mia->today, -2), words));
	assert_ok(s, app_ready(as("millpond"), town.ids[FLINT], &view));
	assert_string_equal(str_c(s->a, view.place), "behind the old mill");
	assert_int_equal(view.place_day.n, mia->today.n - 2);
	assert_ok(s, app_ready(as("holder"), town.ids[FLINT], &view));
	assert_int_equal(view.place.n, 0);
	assert_ok(s, app_ready(as("larkfield"), town.ids[FLINT], &view));
	assert_int_equal(view.place.n, 0);
	struct call *lou = as("larkfield");
	assert_err(s, ERR_DENIED, app_place_put(lou, town.ids[FLINT], lou->today, words));
	assert_err(s, ERR_DENIED, app_place_put(as("holder"), town.ids[FLINT], lou->today, words));
	assert_err(s, ERR_INVALID, app_place_put(as("millpond"), town.ids[FLINT], day_add(lou->today, 1), words));
	assert_ok(s, app_place_put(as("millpond"), town.ids[FLINT], lou->today, pii_new(s->a, S(""))));
	assert_ok(s, app_ready(as("millpond"), town.ids[FLINT], &view));
	assert_int_equal(view.place.n, 0);
}

/* ---- what they want ---- */

static void own_words_come_first_for_who_may_read_them(void **state)
{
	struct store *s = *state;
	struct household_view view;
	struct call *mia = as("millpond");
	assert_ok(s, app_preference_put(mia, town.ids[FLINT], 1U << PREFERENCE_PETS | 1U << PREFERENCE_QUIET,
					pii_new(mia->arena, S("A door that locks."))));
	assert_ok(s, app_household_page(as("millpond"), town.ids[FLINT], &view));
	assert_string_equal(str_c(s->a, view.wishes.words), "A door that locks.");
	assert_int_equal(view.wishes.set, 1U << PREFERENCE_PETS | 1U << PREFERENCE_QUIET);
	assert_ok(s, app_household_page(as("larkfield"), town.ids[FLINT], &view));
	assert_int_equal(view.wishes.words.n, 0);
	assert_int_equal(view.wishes.set, 0);
}

/* ---- saved views ---- */

static err_t save(const char *login, const char *name, const char *where, const char *region, bool begins,
		  struct str *id)
{
	struct call *c = as(login);
	const struct list_saved_new v = {
		.name = pii_new(c->arena, str_from(name)),
		.where = str_from(where),
		.sort = S("-months"),
		.columns = S("place,first,months"),
		.region_id = str_from(region),
		.begins = begins,
	};
	return app_list_save(c, &v, id);
}

/* The views that a viewer of the region is offered, sorted by name: "Mine, Ours". */
static const char *views(const char *login)
{
	struct list_view view = asked(login, (struct list_query){.region = S("r1")});
	struct str all = S("");
	for (size_t i = 0; i < view.saved_n; i++)
		all = str_fmt(town.s->a, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
			      STR_ARG(view.saved[i].name));
	return str_c(town.s->a, all);
}

static void views_are_private_or_shared(void **state)
{
	struct store *s = *state;
	struct str mine;
	struct str ours;
	struct str again;
	assert_ok(s, save("millpond", "Mine", "months>=1 group:youth", "", true, &mine));
	assert_err(s, ERR_DENIED, save("millpond", "Ours", "", "r1", false, &ours));
	assert_ok(s, save("holder", "Ours", "status:active", "r1", false, &ours));
	assert_err(s, ERR_INVALID, save("holder", "Named", "smith", "", false, &again));
	assert_err(s, ERR_INVALID, save("holder", "Wrong", "monts>1", "", false, &again));
	assert_err(s, ERR_INVALID, save("holder", " ", "", "", false, &again));
	assert_string_equal(views("millpond"), "Mine, Ours");
	struct list_saved *saved;
	size_t saved_n;
	assert_ok(s, app_list_saved(as("millpond"), S("r1"), &saved, &saved_n));
	assert_int_equal(saved_n, 2);
	assert_ok(s, app_list_saved(as("millpond"), S(""), &saved, &saved_n));
	assert_int_equal(saved_n, 1);
	assert_err(s, ERR_DENIED, app_list_saved(import_operator(s), S("r1"), &saved, &saved_n));
	assert_string_equal(views("larkfield"), "Ours");
	/* Mia begins with hers, until she says otherwise. */
	struct list_view view = asked("millpond", (struct list_query){.region = S("r1")});
	assert_string_equal(str_c(s->a, view.query.where), "months>=1 group:youth");
	assert_int_equal(view.keys[0].key, FILTER_MONTHS);
	assert_true(view.shows[COL_MONTHS] && !view.shows[COL_SCORE]);
	assert_ok(s, app_list_begin_with(as("millpond"), ours));
	view = asked("millpond", (struct list_query){.region = S("r1")});
	assert_string_equal(str_c(s->a, view.query.where), "status:active");
	assert_ok(s, app_list_begin_with(as("millpond"), S("")));
	assert_int_equal(asked("millpond", (struct list_query){.region = S("r1")}).query.where.n, 0);
	assert_err(s, ERR_MISSING, app_list_begin_with(as("larkfield"), mine));
	/* The same name again takes the place of the first. */
	assert_ok(s, save("millpond", "Mine", "months>=2", "", false, &again));
	assert_string_equal(views("millpond"), "Mine, Ours");
	assert_err(s, ERR_MISSING, app_list_forget(as("millpond"), mine));
	assert_err(s, ERR_MISSING, app_list_forget(as("larkfield"), again));
	assert_ok(s, app_list_forget(as("millpond"), again));
	assert_string_equal(views("millpond"), "Ours");
}

static void a_shared_view_outlives_who_made_it(void **state)
{
	struct store *s = *state;
	struct str ours;
	assert_ok(s, save("holder", "Ours", "status:active", "r1", false, &ours));
	assert_ok(s, app_list_begin_with(as("millpond"), ours));
	struct call *operator= import_operator(s);
	assert_ok(s, app_user_disable(operator, S("holder")));
	assert_string_equal(views("millpond"), "Ours");
	/* Who serves the region's households looks through it; who plans its conferences may take it away. */
	assert_err(s, ERR_MISSING, app_list_forget(as("millpond"), ours));
	assert_ok(s, app_list_forget(as("holder2"), ours));
	assert_string_equal(views("millpond"), "");
	assert_int_equal(asked("millpond", (struct list_query){.region = S("r1")}).query.where.n, 0);
}

#define TOWN(test)                                                                                                     \
	{#test " (SQLite)", test, town_up, town_down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                   \
	{                                                                                                              \
#test " (PostgreSQL)", test, town_up, town_down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]        \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN(own_columns_sort_and_filter_for_who_may_read_them),
		TOWN(own_columns_are_shown_when_chosen),
		TOWN(what_a_column_said_is_kept),
		TOWN(the_list_is_asked_by_papers_needs_and_groups),
		TOWN(the_list_is_asked_by_releases_and_reviews),
		TOWN(a_place_is_the_agencys_own),
		TOWN(own_words_come_first_for_who_may_read_them),
		TOWN(views_are_private_or_shared),
		TOWN(a_shared_view_outlives_who_made_it),
	};
	return cmocka_run_group_tests_name("app list views", tests, NULL, NULL);
}
