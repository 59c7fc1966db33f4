#include "conference_fixture.h"

#include <stdio.h>
#include <string.h>

#include "app/attendance.h"
#include "app/cycle.h"
#include "app/household.h"
#include "app/telling.h"
#include "domain/spell.h"

struct world world;

static int64_t order[HOUSEHOLDS + 1];
static int statuses[HOUSEHOLDS + 1];

static const struct person {
	const char *login, *name, *agency, *region, *role;
} people[] = {
	{"holder", "Hana Example", NULL, "r1", "list-holder"}, {"fay", "Fay Sample", "alder", NULL, "provider"},
	{"sid", "Sid Sample", "birch", NULL, "provider"},      {"pat", "Pat Sample", "birch", NULL, "provider"},
	{"kim", "Kim Sample", "alder", NULL, "provider"},      {"far", "Far Sample", "cedar", NULL, "provider"},
	{"other", "Otto Example", NULL, "r2", "list-holder"},  {"spec", "Spec Example", NULL, NULL, "specialist"},
	{"lea", "Lea Example", "leaf", NULL, "lead"},          {"root", "Root Example", NULL, NULL, "administrator"},
	{"pru", "Pru Example", NULL, NULL, "privacy-officer"}, {"una", "Una Sample", "birch", NULL, "provider"},
};

enum { UNLISTED = -1 };
enum { PEOPLE = sizeof(people) / sizeof(people[0]) };

static void run(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void run(const char *fmt, ...)
{
	char sql[1000];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sql, sizeof sql, fmt, args);
	va_end(args);
	store_force(world.store, sql);
}

static const char *quoted(const char *s)
{
	return s == NULL ? "NULL" : str_c(world.a, str_fmt(world.a, "'%s'", s));
}

static void add_people(void)
{
	static const struct {
		const char *id, *name, *region;
		int lead;
	} agencies[] = {
		{"alder", "Alder Agency", "r1", 0},
		{"birch", "Birch Agency", "r1", 0},
		{"cedar", "Cedar Agency", "r2", 0},
		{"leaf", "Leaf Lead Agency", "r1", 1},
	};
	run("INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1'), ('r2', 2, 'Region 2')");
	for (size_t i = 0; i < sizeof(agencies) / sizeof(agencies[0]); i++) {
		run("INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) "
		    "VALUES ('%s', '%s', 'other', %d, 0)",
		    agencies[i].id, agencies[i].name, agencies[i].lead);
		run("INSERT INTO agency_region (agency_id, region_id) VALUES ('%s', '%s')", agencies[i].id,
		    agencies[i].region);
	}
	for (size_t i = 0; i < PEOPLE; i++)
		run("INSERT INTO app_user (id, login, name, agency_id, region_id, role, password, must_change, "
		    "created_at) "
		    "VALUES ('%s', '%s', '%s', %s, %s, '%s', '-', 0, 0)",
		    people[i].login, people[i].login, people[i].name, quoted(people[i].agency),
		    quoted(people[i].region), people[i].role);
}

/* Alder and Birch have a memorandum, and their people signed; but for una. */
static void add_signatures(void)
{
	run("INSERT INTO mou (id, agency_id, from_day, until_day, signed_by, document, recorded_at) VALUES "
	    "('m1', 'alder', 0, 40000, '', '', 0), ('m2', 'birch', 0, 40000, '', '', 0)");
	for (size_t i = 0; i < PEOPLE; i++)
		if (strcmp(people[i].login, "una") != 0)
			run("INSERT INTO agreement (user_id, signed_day, until_day, recorded_at) "
			    "VALUES ('%s', 0, 40000, 0)",
			    people[i].login);
}

static void add_households(void)
{
	for (int i = 1; i <= HOUSEHOLDS; i++) {
		run("INSERT INTO household (household_no, id, code, tie, since_import) VALUES (%d, 'h%d', 'Maple %d', "
		    "%d, 1)",
		    i, i, 1000 + i, i);
		order[i - 1] = i;
		status_is(i, STATUS_ACTIVE);
	}
	order[HOUSEHOLDS] = 0;
}

int world_up(void **state)
{
	int failed = store_up(state);
	world.coarse = 0;
	world.store = *state;
	world.a = world.store->a;
	world.app = (struct app){.keys = world.store->keys};
	world.now = day_at(day_of("2026-11-17"), 10, 0);
	add_people();
	add_signatures();
	add_households();
	return failed;
}

int world_down(void **state)
{
	return store_down(state);
}

struct call *as(const char *login)
{
	struct call *c = arena_one(world.a, struct call);
	world.now.ms++; /* no two people act in the same millisecond */
	*c = (struct call){
		.app = &world.app,
		.db = world.store->db,
		.arena = world.a,
		.now = world.now,
		.today = instant_day(world.now),
	};
	for (size_t i = 0; i < PEOPLE; i++) {
		const struct person *p = &people[i];
		if (strcmp(p->login, login) != 0)
			continue;
		c->actor = (struct actor){
			.kind = ACTOR_USER,
			.id = str_from(p->login),
			.name = str_from(p->name),
			.agency_id = str_from(p->agency),
			.region_id = str_from(p->region),
		};
		assert_true(role_from_word(p->role, &c->actor.role));
		db_serve(c->db, ROLE_BIT(c->actor.role)); /* as the web does */
		return c;
	}
	fail_msg("nobody is called %s", login);
	return NULL;
}

struct call *as_operator(void)
{
	struct call *c = as("root");
	c->actor = (struct actor){.kind = ACTOR_OPERATOR, .id = S("operator")};
	db_serve(c->db, DB_FOR_PROGRAM);
	return c;
}

struct str text(const char *s)
{
	return str_from(s);
}

const struct pii *words(const char *s)
{
	return pii_new(world.a, str_from(s));
}

struct day day_of(const char *iso)
{
	struct day d = DAY_NONE;
	assert_true(day_parse(str_from(iso), &d));
	return d;
}

void list_is(const int64_t *to)
{
	size_t i = 0;
	for (; to[i] != 0; i++)
		order[i] = to[i];
	order[i] = 0;
}

void status_is(int64_t household, int status)
{
	statuses[household] = status;
	run("DELETE FROM listing WHERE household_no = %d", (int)household);
	run("INSERT INTO listing (household_no, from_import, to_import, head_client_no, status, place, start, since, "
	    "situation, months_36, band, chronic, household_type, members, veteran, flags) "
	    "VALUES (%d, 0, 100, 1, %d, 1, 19000, 20000, 0, 3, 0, 0, 0, 1, 0, 0)",
	    (int)household, status);
}

void leaves_list(int64_t household)
{
	statuses[household] = UNLISTED;
	run("DELETE FROM listing WHERE household_no = %d", (int)household);
}

void minutes_pass(int minutes)
{
	world.now.ms += (int64_t)minutes * 60 * 1000;
}

struct conference_plan a_plan(void)
{
	struct conference_plan p = {
		.day = instant_day(world.now),
		.hour = 10,
		.minutes = 60,
		.household_seconds = 210,
		.facilitator_id = S("fay"),
		.scribe_id = S("sid"),
		.next_day = day_add(instant_day(world.now), 28),
	};
	agenda_fill(p.minutes, p.agenda);
	return p;
}

struct worklist_ref whole(const char *region)
{
	return (struct worklist_ref){.region_id = str_from(region)};
}

struct str planned_conference(void)
{
	struct conference_plan p = a_plan();
	struct str id;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 6));
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &p, &id));
	return id;
}

struct str running_conference(void)
{
	struct str id = planned_conference();
	assert_fine(app_attendance_in(as("fay"), id));
	assert_fine(app_attendance_in(as("sid"), id));
	assert_fine(app_attendance_in(as("pat"), id));
	assert_fine(app_conference_start(as("fay"), id));
	return id;
}

void tell(struct str conference, struct str card)
{
	struct telling_new t = {words("Pat meets Joe on Monday."), TELLING_IN_PERSON, S("pat")};
	assert_fine(app_telling_put(as("sid"), conference, card, &t));
}

/* The list, played. The holder of region one sees names; Birch Agency serves household 1 and sees
 * its name too; household 13 is served by Alder and Birch. */
err_t app_household_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			  struct household_face *out)
{
	(void)db;
	for (size_t i = 0; i < n; i++) {
		int64_t no = nos[i];
		bool birch = str_eq(c->actor.agency_id, S("birch"));
		bool serves = (no == 1 && birch) || (no == 13 && (birch || str_eq(c->actor.agency_id, S("alder"))));
		bool named = serves || (c->actor.role == ROLE_LIST_HOLDER && str_eq(c->actor.region_id, S("r1")));
		out[i] = (struct household_face){
			.no = no,
			.visible = statuses[no] != UNLISTED,
		};
		if (!out[i].visible)
			continue;
		out[i] = (struct household_face){
			.no = no,
			.id = str_fmt(a, "h%d", (int)no),
			.visible = true,
			.named = named,
			.notes = named,
			.name = named ? str_fmt(a, "Joe Madeup%d", (int)no) : S(""),
			.called = named ? S("Joe") : S(""),
			.code = str_fmt(a, "Maple %d", 1000 + (int)no),
			.hmis_id = named ? str_fmt(a, "P%d", (int)no) : S(""),
			.serves = serves,
			.active = true,
			.status = statuses[no],
			.members = 1,
			.days_on_list = 267,
			.months_36 = 19,
			.last_contact = DAY_NONE,
			.rank = (int)no,
			.rank_of = HOUSEHOLDS,
			.coarse = no == world.coarse,
		};
	}
	return NULL;
}

/* On a stage the holder of region one and who is covered hear every name, but Birch not that of household 3. */
static bool hears(const struct actor *who, int64_t no)
{
	if (who->role == ROLE_LIST_HOLDER)
		return str_eq(who->region_id, S("r1"));
	return who->cover.today == COVERED && !(no == 3 && str_eq(who->agency_id, S("birch")));
}

err_t app_household_stage(struct call *c, struct db *db, struct arena *a, const struct actor *present, size_t present_n,
			  const int64_t *nos, size_t n, struct household_face *out)
{
	struct call holder = *c;
	holder.actor = (struct actor){.role = ROLE_LIST_HOLDER, .region_id = S("r1")};
	TRY(app_household_faces(&holder, db, a, nos, n, out));
	for (size_t i = 0; i < n; i++) {
		bool named = out[i].visible && hears(&c->actor, nos[i]);
		for (size_t p = 0; p < present_n; p++)
			named = named && hears(&present[p], nos[i]);
		out[i].named = out[i].notes = named;
		if (!named)
			out[i].name = out[i].called = S("");
	}
	return NULL;
}

err_t app_household_names(struct call *c, struct db *db, struct arena *a, struct household_face *faces, size_t n)
{
	(void)c;
	(void)db;
	for (size_t i = 0; i < n; i++) {
		faces[i].names = arena_many(a, 2, const struct pii *);
		faces[i].names[0] = pii_new(a, S("Joe"));
		faces[i].names[1] = pii_new(a, str_fmt(a, "Madeup%d", (int)faces[i].no));
		faces[i].names_n = 2;
	}
	return NULL;
}

err_t app_household_order(struct call *c, struct db *db, struct arena *a, struct str region_id, size_t most,
			  int64_t **nos, size_t *n)
{
	(void)c;
	(void)db;
	*nos = arena_many(a, HOUSEHOLDS, int64_t);
	*n = 0;
	for (size_t i = 0; order[i] != 0 && str_eq(region_id, S("r1")); i++) {
		bool active = statuses[order[i]] == STATUS_ACTIVE;
		if (active && (most == 0 || *n < most))
			(*nos)[(*n)++] = order[i];
	}
	return NULL;
}

err_t app_household_housed(struct call *c, struct db *db, struct arena *a, struct str region_id, struct day from,
			   struct day to, int64_t **nos, size_t *n)
{
	(void)c;
	(void)db;
	(void)region_id;
	(void)from;
	(void)to;
	*nos = arena_many(a, HOUSEHOLDS, int64_t);
	*n = 0;
	for (int i = 1; i <= HOUSEHOLDS; i++)
		if (statuses[i] == STATUS_HOUSED)
			(*nos)[(*n)++] = i;
	return NULL;
}

err_t app_household_readable(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n, bool *out)
{
	struct household_face *faces = arena_many(a, n, struct household_face);
	TRY(app_household_faces(c, db, a, nos, n, faces));
	for (size_t i = 0; i < n; i++)
		out[i] = faces[i].notes;
	return NULL;
}
