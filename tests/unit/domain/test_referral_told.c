/* What an HMIS tells of a referral that was issued on day 0 for supportive housing, as domain/referral_told.h says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/code.h"
#include "domain/referral_told.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NEVER = 9999, OURS = 1, THEIRS = 2, MOST = 3, TODAY = 60 };

static struct day day_in(int days)
{
	return days == NEVER ? DAY_NONE : day_add((struct day){20600}, days);
}

struct event {
	bool ours;
	int day;
	enum ce_kind kind;
	enum ce_result result;
	int resulted;
	uint32_t agency;
};

struct entry {
	int day, move_in, type;
	uint32_t agency;
};

static const struct told_case {
	const char *what;
	enum referral_state is;
	struct event events[MOST];
	size_t events_n;
	struct entry entries[MOST];
	size_t entries_n;
	enum referral_state want;
} cases[] = {
	{"nothing", REFERRAL_ISSUED, {{0}}, 0, {{0}}, 0, REFERRAL_ISSUED},
	{"an event without a result",
	 REFERRAL_ISSUED,
	 {{true, 0, CE_SUPPORTIVE, CE_OPEN, NEVER, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_ISSUED},
	{"our own event is accepted",
	 REFERRAL_ISSUED,
	 {{true, 0, CE_SUPPORTIVE, CE_ACCEPTED, 5, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_ACCEPTED},
	{"a result of a day to come",
	 REFERRAL_ISSUED,
	 {{true, 0, CE_SUPPORTIVE, CE_ACCEPTED, TODAY + 1, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_ISSUED},
	{"the same typed by hand three days later",
	 REFERRAL_CONTACT,
	 {{false, 3, CE_SUPPORTIVE, CE_CLIENT_DECLINED, 5, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_CLIENT_DECLINED},
	{"typed by hand, of another kind",
	 REFERRAL_CONTACT,
	 {{false, 3, CE_RAPID, CE_CLIENT_DECLINED, 5, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_CONTACT},
	{"typed by hand, of months before",
	 REFERRAL_CONTACT,
	 {{false, -90, CE_SUPPORTIVE, CE_CLIENT_DECLINED, -80, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_CONTACT},
	{"typed by hand, to another agency",
	 REFERRAL_CONTACT,
	 {{false, 0, CE_SUPPORTIVE, CE_PROVIDER_DECLINED, 5, THEIRS}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_CONTACT},
	{"the provider declined",
	 REFERRAL_INTAKE,
	 {{false, 0, CE_SUPPORTIVE, CE_PROVIDER_DECLINED, 5, OURS}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_PROVIDER_DECLINED},
	{"our own event counts before a newer one",
	 REFERRAL_ISSUED,
	 {{true, 0, CE_SUPPORTIVE, CE_ACCEPTED, 5, CE_ANY}, {false, 1, CE_SUPPORTIVE, CE_CLIENT_DECLINED, 9, CE_ANY}},
	 2,
	 {{0}},
	 0,
	 REFERRAL_ACCEPTED},
	{"of two others the newest result",
	 REFERRAL_ISSUED,
	 {{false, 0, CE_SUPPORTIVE, CE_CLIENT_DECLINED, 9, CE_ANY}, {false, 1, CE_SUPPORTIVE, CE_ACCEPTED, 5, CE_ANY}},
	 2,
	 {{0}},
	 0,
	 REFERRAL_CLIENT_DECLINED},
	{"moved in there", REFERRAL_ACCEPTED, {{0}}, 0, {{10, 12, PROJECT_SUPPORTIVE, OURS}}, 1, REFERRAL_MOVED_IN},
	{"entered on the day it was issued",
	 REFERRAL_ISSUED,
	 {{0}},
	 0,
	 {{0, 0, PROJECT_SUPPORTIVE, OURS}},
	 1,
	 REFERRAL_MOVED_IN},
	{"entered and not moved in",
	 REFERRAL_ISSUED,
	 {{0}},
	 0,
	 {{10, NEVER, PROJECT_SUPPORTIVE, OURS}},
	 1,
	 REFERRAL_ISSUED},
	{"moves in tomorrow",
	 REFERRAL_ISSUED,
	 {{0}},
	 0,
	 {{10, TODAY + 1, PROJECT_SUPPORTIVE, OURS}},
	 1,
	 REFERRAL_ISSUED},
	{"had lived there before", REFERRAL_ISSUED, {{0}}, 0, {{-1, 3, PROJECT_SUPPORTIVE, OURS}}, 1, REFERRAL_ISSUED},
	{"moved in with another agency",
	 REFERRAL_ISSUED,
	 {{0}},
	 0,
	 {{10, 12, PROJECT_SUPPORTIVE, THEIRS}},
	 1,
	 REFERRAL_ISSUED},
	{"moved in, rapidly rehoused", REFERRAL_ISSUED, {{0}}, 0, {{10, 12, PROJECT_RAPID, OURS}}, 1, REFERRAL_ISSUED},
	{"moved in counts before a result",
	 REFERRAL_ISSUED,
	 {{true, 0, CE_SUPPORTIVE, CE_CLIENT_DECLINED, 20, CE_ANY}},
	 1,
	 {{10, 12, PROJECT_SUPPORTIVE, OURS}},
	 1,
	 REFERRAL_MOVED_IN},
	{"accepted is told once more",
	 REFERRAL_ACCEPTED,
	 {{true, 0, CE_SUPPORTIVE, CE_ACCEPTED, 5, CE_ANY}},
	 1,
	 {{0}},
	 0,
	 REFERRAL_ACCEPTED},
	{"withdrawn stays so",
	 REFERRAL_WITHDRAWN,
	 {{true, 0, CE_SUPPORTIVE, CE_ACCEPTED, 5, CE_ANY}},
	 1,
	 {{10, 12, PROJECT_SUPPORTIVE, OURS}},
	 1,
	 REFERRAL_WITHDRAWN},
};

static void each_case(void **state)
{
	(void)state;
	const struct ce_referral own = {
		.made = day_in(0), .resulted = DAY_NONE, .kind = CE_SUPPORTIVE, .project = CE_ANY, .agency = OURS};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct told_case *k = &cases[i];
		struct told_event events[MOST];
		struct told_entry entries[MOST];
		for (size_t n = 0; n < k->events_n; n++)
			events[n] = (struct told_event){.ours = k->events[n].ours,
							.event = {.made = day_in(k->events[n].day),
								  .resulted = day_in(k->events[n].resulted),
								  .kind = k->events[n].kind,
								  .result = k->events[n].result,
								  .project = CE_ANY,
								  .agency = k->events[n].agency}};
		for (size_t n = 0; n < k->entries_n; n++)
			entries[n] = (struct told_entry){day_in(k->entries[n].day), day_in(k->entries[n].move_in),
							 k->entries[n].type, k->entries[n].agency};
		enum referral_state is =
			referral_told(&own, k->is, events, k->events_n, entries, k->entries_n, day_in(TODAY));
		if (is != k->want)
			fail_msg("%s: %s", k->what, referral_state_table[is].words.p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_case)};
	return cmocka_run_group_tests_name("referral told", tests, NULL, NULL);
}
