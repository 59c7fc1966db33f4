/* How soon facts are entered: counted by an import, the same whether its rows take the long way or pass, replaced by
 * the next whole export, and shown by agency without small counts. On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/timely.h"
#include "base/buf.h"

#define STAYS                                                                                                          \
	"EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,LivingSituation,DateCreated,"       \
	"DateUpdated,DateDeleted\n"
#define EXITS "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,DateCreated,DateUpdated,DateDeleted\n"
#define SITUATIONS                                                                                                     \
	"CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation,DateCreated,DateUpdated,"   \
	"DateDeleted\n"

enum { PEOPLE = 24 };

/* Of every person an entry on the 1st of July entered i % 4 days later, of every other one an exit on the 10th that was
 * entered that day, and where they stayed on the 5th, entered 40 days later. */
static void import_people(struct store *s, int day, int directive, const char *more_stays)
{
	struct buf clients = buf_new(s->a, 1 << 16);
	struct buf stays = buf_new(s->a, 1 << 16);
	struct buf exits = buf_new(s->a, 1 << 16);
	struct buf situations = buf_new(s->a, 1 << 16);
	buf_lit(&clients, CLIENT);
	buf_lit(&stays, STAYS);
	buf_lit(&exits, EXITS);
	buf_lit(&situations, SITUATIONS);
	for (int i = 0; i < PEOPLE; i++) {
		buf_fmt(&clients, "C%d,Fen%d,,Quandt,,1980-04-01,0,2026-06-02 09:00:00,\n", i, i);
		buf_fmt(&stays, "E%d,C%d,P%d,2026-07-01,H%d,1,116,2026-07-%02d 23:00:00,2026-07-12 09:00:00,\n", i, i,
			i < 20 ? 1 : 2, i, 1 + i % 4);
		if (i % 2 == 0)
			buf_fmt(&exits, "X%d,E%d,C%d,2026-07-10,30,2026-07-10 08:00:00,2026-07-12 09:00:00,\n", i, i,
				i);
		buf_fmt(&situations, "S%d,E%d,C%d,2026-07-05,116,2026-08-14 08:00:00,2026-08-14 09:00:00,\n", i, i, i);
	}
	/* What does not count: deleted, of years ago, without a day of making, of nobody's enrollment. */
	buf_lit(&exits, "Xd,E1,C1,2026-07-10,30,2026-07-30 08:00:00,2026-07-12 09:00:00,2026-07-31 08:00:00\n");
	buf_lit(&situations, "So,E1,C1,2024-07-05,116,2026-08-14 08:00:00,2026-08-14 09:00:00,\n"
			     "Su,E1,C1,2026-07-05,116,,2026-08-14 09:00:00,\n"
			     "Sn,E99,C1,2026-07-05,116,2026-08-14 08:00:00,2026-08-14 09:00:00,\n");
	buf_str(&stays, str_from(more_stays));
	struct export_head head = {
		.source = "S1",
		.date = str_c(s->a, str_fmt(s->a, "2026-08-%d 12:00:00", day)),
		.start = "2023-01-01",
		.end = "2026-12-31",
		.directive = directive,
		.hash = 1,
	};
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"
					"P2,O1,Millpond Street,4,2026-01-01 00:00:00,\n"},
		{"Client.csv", str_c(s->a, buf_text(&clients))},
		{"Enrollment.csv", str_c(s->a, buf_text(&stays))},
		{"Exit.csv", str_c(s->a, buf_text(&exits))},
		{"CurrentLivingSituation.csv", str_c(s->a, buf_text(&situations))},
		{0},
	};
	struct import_view v;
	import_apply(s, export_write(s, &head, files), &v);
}

static struct timely_view look(struct store *s, enum role role)
{
	struct call *c = import_operator(s);
	struct timely_view v;
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = role};
	assert_ok(s, app_timely(c, &v));
	return v;
}

/* The agency's line: facts, share in time, half by. */
static void check(struct store *s, enum timely_kind kind, int64_t n, int share, const char *median)
{
	struct timely_view v = look(s, ROLE_LEAD);
	assert_int_equal(v.lines_n, 3);
	const struct timely_cell *cell = &v.lines[0].cells[kind];
	assert_int_equal(v.lines[0].project.n, 0);
	assert_int_equal(cell->n, n);
	assert_int_equal(cell->share, share);
	assert_true(str_eq(cell->median, str_from(median)));
}

static void test_counts(void **state)
{
	struct store *s = *state;
	import_people(s, 20, 2, "");
	for (int round = 0; round < 2; round++) {
		check(s, TIMELY_ENTRY, PEOPLE, 100, "1 day");
		check(s, TIMELY_EXIT, PEOPLE / 2, 100, "the same day");
		check(s, TIMELY_SITUATION, PEOPLE, 0, "31 to 60 days");
		/* The same again: now the rows pass, and the counts of before are swept away. */
		if (round == 0)
			import_people(s, 21, 2, "");
		assert_int_equal(store_number(s, "SELECT count(DISTINCT import_no) FROM timely"), 1);
	}
	/* One more stay of somebody: theirs take the long way, the others pass. */
	import_people(s, 22, 2, "Enew,C3,P1,2026-08-01,Hnew,1,116,2026-08-19 09:00:00,2026-08-19 09:00:00,\n");
	check(s, TIMELY_ENTRY, PEOPLE + 1, 96, "2 days");
	check(s, TIMELY_EXIT, PEOPLE / 2, 100, "the same day");
	check(s, TIMELY_SITUATION, PEOPLE, 0, "31 to 60 days");
	/* An export of changes alone counts nothing and replaces nothing. */
	import_people(s, 23, 1, "");
	check(s, TIMELY_ENTRY, PEOPLE + 1, 96, "2 days");
	store_force(s, "INSERT INTO setting (key, value, changed_at) VALUES ('timely_days', '0', 0)");
	check(s, TIMELY_ENTRY, PEOPLE + 1, 24, "2 days");
}

static void test_small(void **state)
{
	struct store *s = *state;
	import_people(s, 20, 2, "");
	struct timely_view v = look(s, ROLE_PROVIDER);
	/* Four people of the second project, and with the first one's they would follow from the agency's. */
	assert_false(v.lines[0].cells[TIMELY_ENTRY].hidden);
	assert_true(v.lines[1].cells[TIMELY_ENTRY].hidden);
	assert_true(v.lines[2].cells[TIMELY_ENTRY].hidden);
	struct day exported;
	assert_true(day_parse(S("2026-08-20"), &exported));
	assert_int_equal(v.exported.n, exported.n);
	struct call *c = import_operator(s);
	assert_err(s, ERR_DENIED, app_timely(c, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_counts),
		BOTH(test_small),
	};
	return cmocka_run_group_tests_name("timely", tests, NULL, NULL);
}
