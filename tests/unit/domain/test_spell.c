/* List spells: the table of DEFINITIONS case by case, then random histories against a day-by-day
 * simulation that knows nothing of folds. */
#include "history.h"

#include <limits.h>

#define UNKNOWN INT_MIN

struct spell_case {
	const char *what;
	int as_of;
	enum status status;
	int start;
	int since;
	struct fact facts[10];
};

#define STAY(n, day, type)                                                                                             \
	{                                                                                                              \
		FACT_STAY, n, day, type, 0                                                                             \
	}
#define EXIT(n, day, to)                                                                                               \
	{                                                                                                              \
		FACT_EXIT, n, day, to, 0                                                                               \
	}
#define MOVE_IN(n, day)                                                                                                \
	{                                                                                                              \
		FACT_MOVE_IN, n, day, 0, 0                                                                             \
	}
#define PRIOR(n, code)                                                                                                 \
	{                                                                                                              \
		FACT_PRIOR, n, 0, code, 0                                                                              \
	}
#define SEEN(n, day, how, code)                                                                                        \
	{                                                                                                              \
		FACT_SEEN, n, day, code, how                                                                           \
	}
#define DECIDED(day, what)                                                                                             \
	{                                                                                                              \
		FACT_DECIDED, 0, day, what, 0                                                                          \
	}

static const struct spell_case cases[] = {
	{"shelter opens", 100, STATUS_ACTIVE, 10, 10, {STAY(0, 10, PROJECT_SHELTER)}},
	{"safe haven opens", 100, STATUS_ACTIVE, 10, 10, {STAY(0, 10, PROJECT_SAFE_HAVEN)}},
	{"transitional opens", 100, STATUS_ACTIVE, 10, 10, {STAY(0, 10, PROJECT_TRANSITIONAL)}},
	{"night shelter without a night", 100, STATUS_NONE, UNKNOWN, UNKNOWN, {STAY(0, 10, PROJECT_NIGHT_SHELTER)}},
	{"first night opens",
	 100,
	 STATUS_ACTIVE,
	 90,
	 90,
	 {STAY(0, 10, PROJECT_NIGHT_SHELTER), SEEN(0, 95, SEEN_NIGHT, 0), SEEN(0, 90, SEEN_NIGHT, 0)}},
	{"last day of the night window",
	 104,
	 STATUS_ACTIVE,
	 90,
	 90,
	 {STAY(0, 10, PROJECT_NIGHT_SHELTER), SEEN(0, 90, SEEN_NIGHT, 0)}},
	{"the night window is over",
	 105,
	 STATUS_INACTIVE,
	 90,
	 105,
	 {STAY(0, 10, PROJECT_NIGHT_SHELTER), SEEN(0, 90, SEEN_NIGHT, 0)}},
	{"outreach without contact", 100, STATUS_NONE, UNKNOWN, UNKNOWN, {STAY(0, 10, PROJECT_OUTREACH)}},
	{"first outreach contact opens",
	 79,
	 STATUS_ACTIVE,
	 20,
	 20,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0)}},
	{"a contact that was written down opens nothing",
	 50,
	 STATUS_NONE,
	 UNKNOWN,
	 UNKNOWN,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_FOLLOWED_UP, 0)}},
	{"and keeps active for the window",
	 119,
	 STATUS_ACTIVE,
	 20,
	 20,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0), SEEN(0, 60, SEEN_FOLLOWED_UP, 0)}},
	{"and no longer",
	 120,
	 STATUS_INACTIVE,
	 20,
	 120,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0), SEEN(0, 60, SEEN_FOLLOWED_UP, 0)}},
	{"outreach window is over",
	 80,
	 STATUS_INACTIVE,
	 20,
	 80,
	 {STAY(0, 10, PROJECT_OUTREACH), SEEN(0, 20, SEEN_OUTREACH, 0)}},
	{"a street situation opens, in services too",
	 50,
	 STATUS_ACTIVE,
	 20,
	 20,
	 {STAY(0, 10, PROJECT_SERVICES), SEEN(0, 20, SEEN_SITUATION, 116)}},
	{"a doubled-up situation does not",
	 50,
	 STATUS_NONE,
	 UNKNOWN,
	 UNKNOWN,
	 {STAY(0, 10, PROJECT_SERVICES), SEEN(0, 20, SEEN_SITUATION, 335)}},
	{"coordinated entry from the street opens",
	 99,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_COORDINATED), PRIOR(0, 116)}},
	{"and goes silent after 90 days",
	 100,
	 STATUS_INACTIVE,
	 10,
	 100,
	 {STAY(0, 10, PROJECT_COORDINATED), PRIOR(0, 116)}},
	{"coordinated entry from a friend's room does not",
	 50,
	 STATUS_NONE,
	 UNKNOWN,
	 UNKNOWN,
	 {STAY(0, 10, PROJECT_COORDINATED), PRIOR(0, 336)}},
	{"placed on the prioritization list",
	 50,
	 STATUS_ACTIVE,
	 30,
	 30,
	 {STAY(0, 10, PROJECT_COORDINATED), PRIOR(0, 336), SEEN(0, 30, SEEN_PRIORITIZED, 0)}},
	{"an assessment alone does not open",
	 50,
	 STATUS_NONE,
	 UNKNOWN,
	 UNKNOWN,
	 {STAY(0, 10, PROJECT_COORDINATED), SEEN(0, 30, SEEN_ASSESSMENT, 0)}},
	{"a person adds them", 50, STATUS_ACTIVE, 5, 5, {STAY(0, 10, PROJECT_SERVICES), DECIDED(5, DECISION_ADD)}},
	{"prevention and services alone",
	 50,
	 STATUS_NONE,
	 UNKNOWN,
	 UNKNOWN,
	 {STAY(0, 10, PROJECT_PREVENTION), STAY(1, 20, PROJECT_SERVICES), SEEN(1, 21, SEEN_CONTACT, 0)}},
	{"housing search stays active",
	 400,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 20, 116), STAY(1, 15, PROJECT_RAPID)}},
	{"housing search alone opens nothing", 400, STATUS_NONE, UNKNOWN, UNKNOWN, {STAY(1, 15, PROJECT_RAPID)}},
	{"moved in",
	 400,
	 STATUS_HOUSED,
	 10,
	 50,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 50, 435), STAY(1, 15, PROJECT_RAPID), MOVE_IN(1, 50)}},
	{"move-in after the exit is disregarded",
	 400,
	 STATUS_INACTIVE,
	 10,
	 100,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 20, 116), STAY(1, 15, PROJECT_RAPID), EXIT(1, 40, 116),
	  MOVE_IN(1, 50)}},
	{"left to a home", 400, STATUS_HOUSED, 10, 40, {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410)}},
	{"left to a home, but still in another shelter",
	 400,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410), STAY(1, 30, PROJECT_SHELTER)}},
	{"left for the unknown: active for the window",
	 99,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30)}},
	{"then to reconnect", 100, STATUS_INACTIVE, 10, 100, {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30)}},
	{"and active again by a contact",
	 250,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30), STAY(1, 200, PROJECT_OUTREACH),
	  SEEN(1, 220, SEEN_SITUATION, 116)}},
	{"an institution keeps 90 days", 129, STATUS_ACTIVE, 10, 10, {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 207)}},
	{"and no longer", 130, STATUS_INACTIVE, 10, 130, {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 207)}},
	{"died", 130, STATUS_DECEASED, 10, 40, {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 24)}},
	{"died after being housed",
	 130,
	 STATUS_DECEASED,
	 10,
	 60,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410), STAY(1, 50, PROJECT_SERVICES), EXIT(1, 60, 24)}},
	{"seen after death: the old spell goes on",
	 130,
	 STATUS_ACTIVE,
	 10,
	 100,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 24), STAY(1, 100, PROJECT_SHELTER)}},
	{"a placement lost within 90 days",
	 200,
	 STATUS_ACTIVE,
	 10,
	 130,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410), STAY(1, 130, PROJECT_SHELTER)}},
	{"a placement lost later",
	 200,
	 STATUS_ACTIVE,
	 131,
	 131,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410), STAY(1, 131, PROJECT_SHELTER)}},
	{"evicted to the street",
	 100,
	 STATUS_ACTIVE,
	 10,
	 80,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 50, 435), STAY(1, 15, PROJECT_RAPID), MOVE_IN(1, 50),
	  EXIT(1, 80, 116)}},
	{"housed twice: the first ending counts for the 90 days",
	 200,
	 STATUS_ACTIVE,
	 150,
	 150,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 50, 435), STAY(1, 15, PROJECT_RAPID), MOVE_IN(1, 50), EXIT(1, 100, 410),
	  STAY(2, 150, PROJECT_SHELTER)}},
	{"decided: moved away",
	 300,
	 STATUS_MOVED_AWAY,
	 10,
	 120,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30), DECIDED(120, DECISION_MOVED_AWAY)}},
	{"came back from away: a new spell",
	 130,
	 STATUS_ACTIVE,
	 125,
	 125,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30), DECIDED(120, DECISION_MOVED_AWAY),
	  STAY(1, 125, PROJECT_SHELTER)}},
	{"decided: no longer eligible",
	 300,
	 STATUS_INELIGIBLE,
	 10,
	 120,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 30), DECIDED(120, DECISION_INELIGIBLE)}},
	{"an exit after the day is not there yet",
	 30,
	 STATUS_ACTIVE,
	 10,
	 10,
	 {STAY(0, 10, PROJECT_SHELTER), EXIT(0, 40, 410), SEEN(0, 45, SEEN_SITUATION, 116)}},
	{"nor is a stay", 5, STATUS_NONE, UNKNOWN, UNKNOWN, {STAY(0, 10, PROJECT_SHELTER)}},
};

static void the_table_of_spells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct spell_case *c = &cases[i];
		struct roster *r = history_roster(c->facts, c->as_of);
		struct spell s;
		spell_of(r, 0, &s);
		int start = day_known(s.start) ? s.start.n - HISTORY_DAY : UNKNOWN;
		int since = day_known(s.since) ? s.since.n - HISTORY_DAY : UNKNOWN;
		if (s.status != c->status || start != c->start || since != c->since)
			fail_msg("%s: %s from %d since %d", c->what, status_word((enum status)s.status), start, since);
		roster_free(&r);
	}
}

/* ---- random histories ---- */

struct stay_of_history {
	bool there;
	int type, entry, exit, destination, move_in, prior;
};

enum { NEVER = 1 << 20 };

static bool street(int code)
{
	return code == 101 || code == 116 || code == 118;
}

static bool inside(int code)
{
	return code == 204 || code == 205 || code == 206 || code == 207 || code == 215 || code == 225;
}

static void read_stays(const struct fact *facts, int as_of, struct stay_of_history *s)
{
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++)
		if (f->kind == FACT_STAY && f->day <= as_of)
			s[f->stay] = (struct stay_of_history){true, f->what, f->day, NEVER, 0, NEVER, 99};
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		struct stay_of_history *x = &s[f->stay];
		if (f->kind == FACT_EXIT && f->day <= as_of) {
			x->exit = f->day;
			x->destination = f->what;
		}
		if (f->kind == FACT_PRIOR)
			x->prior = f->what;
	}
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		struct stay_of_history *x = &s[f->stay];
		bool housing = x->type == 3 || x->type == 9 || x->type == 10 || x->type == 13;
		if (f->kind == FACT_MOVE_IN && housing && f->day >= x->entry && f->day <= x->exit && f->day <= as_of)
			x->move_in = f->day;
	}
}

static bool opens_on(const struct fact *facts, const struct stay_of_history *s, int day)
{
	for (int i = 0; i < HISTORY_STAYS; i++) {
		if (!s[i].there)
			continue;
		bool enters =
			s[i].type == 0 || s[i].type == 8 || s[i].type == 2 || (s[i].type == 14 && street(s[i].prior));
		if (enters && s[i].entry == day)
			return true;
		if (s[i].move_in < s[i].exit && s[i].exit == day && street(s[i].destination))
			return true;
	}
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		if (f->day != day)
			continue;
		if (f->kind == FACT_DECIDED && f->what == DECISION_ADD)
			return true;
		if (f->kind != FACT_SEEN || !s[f->stay].there)
			continue;
		if ((s[f->stay].type == 4 && f->how != SEEN_FOLLOWED_UP) || f->how == SEEN_PRIORITIZED ||
		    f->how == SEEN_NIGHT || (f->how == SEEN_SITUATION && street(f->what)))
			return true;
	}
	return false;
}

/* Does a fact of the day end a spell in this way? */
static bool ends_on(const struct fact *facts, const struct stay_of_history *s, int day, enum status kind)
{
	for (int i = 0; i < HISTORY_STAYS; i++) {
		if (!s[i].there)
			continue;
		if (kind == STATUS_HOUSED && s[i].move_in == day)
			return true;
		if (s[i].exit != day)
			continue;
		if (kind == STATUS_DECEASED && s[i].destination == 24)
			return true;
		if (kind != STATUS_HOUSED || s[i].destination < 400 || s[i].destination > 499)
			continue;
		bool beside = false;
		for (int k = 0; k < HISTORY_STAYS; k++) {
			bool homeless = s[k].type <= 2 || s[k].type == 4 || s[k].type == 8;
			beside |= k != i && s[k].there && homeless && s[k].entry <= day && s[k].exit > day;
		}
		if (!beside)
			return true;
	}
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++)
		if (f->kind == FACT_DECIDED && f->day == day &&
		    ((kind == STATUS_MOVED_AWAY && f->what == DECISION_MOVED_AWAY) ||
		     (kind == STATUS_INELIGIBLE && f->what == DECISION_INELIGIBLE)))
			return true;
	return false;
}

static bool active_on(const struct fact *facts, const struct stay_of_history *s, int day)
{
	for (int i = 0; i < HISTORY_STAYS; i++) {
		if (!s[i].there)
			continue;
		bool housing = s[i].type == 3 || s[i].type == 13;
		bool roof = s[i].type == 0 || s[i].type == 2 || s[i].type == 8 || (housing && s[i].move_in == NEVER);
		bool lost = s[i].move_in < s[i].exit && street(s[i].destination);
		if (roof && day < s[i].exit)
			return true;
		if ((roof || lost) && s[i].exit <= day && day < s[i].exit + 60)
			return true;
		if (s[i].exit <= day && inside(s[i].destination) && day < s[i].exit + 90)
			return true;
		if (s[i].type == 14 && street(s[i].prior) && day < s[i].entry + 90)
			return true;
	}
	for (const struct fact *f = facts; f->kind != FACT_NONE; f++) {
		if (f->kind == FACT_DECIDED && f->what == DECISION_ADD && f->day <= day && day < f->day + 60)
			return true;
		if (f->kind != FACT_SEEN || f->day > day || !s[f->stay].there)
			continue;
		int window = s[f->stay].type == 14 ? 90 : s[f->stay].type == 1 ? 15 : 60;
		if (day < f->day + window)
			return true;
		/* The newest known situation of the stay says whether they are in an institution. */
		if (f->how != SEEN_SITUATION || !inside(f->what) || day >= f->day + 90)
			continue;
		bool newest = true;
		for (const struct fact *g = facts; g->kind != FACT_NONE; g++) {
			bool same = g->kind == FACT_SEEN && g->stay == f->stay && g->day <= day;
			int code = g->how == SEEN_NIGHT ? 101 : g->how == SEEN_SITUATION ? g->what : 99;
			bool after = g->day > f->day || (g->day == f->day && (street(code) || code > f->what));
			newest &= !(same && code != 99 && after);
		}
		if (newest)
			return true;
	}
	return false;
}

/* One day after the other, as somebody with a wall calendar would. */
static struct spell simulate(const struct fact *facts, int as_of)
{
	struct stay_of_history s[HISTORY_STAYS] = {0};
	read_stays(facts, as_of, s);
	static const enum status endings[] = {STATUS_HOUSED, STATUS_MOVED_AWAY, STATUS_INELIGIBLE, STATUS_DECEASED};
	bool open = false;
	struct spell spell = {.status = STATUS_NONE, .start = DAY_NONE, .since = DAY_NONE};
	for (int day = 0; day <= as_of; day++) {
		if (!open && opens_on(facts, s, day)) {
			bool lost = spell.status == STATUS_HOUSED && on(day).n - spell.since.n <= 90;
			if (!lost && spell.status != STATUS_DECEASED)
				spell.start = on(day);
			spell.since = on(day);
			open = true;
		}
		for (size_t k = 0; k < 4; k++) {
			bool matters = open || (spell.status != STATUS_NONE && endings[k] == STATUS_DECEASED);
			if (!matters || !ends_on(facts, s, day, endings[k]))
				continue;
			open = false;
			spell.status = (uint8_t)endings[k];
			spell.since = on(day);
		}
	}
	if (!open)
		return spell;
	spell.status = active_on(facts, s, as_of) ? STATUS_ACTIVE : STATUS_INACTIVE;
	return spell;
}

static void random_histories_agree_with_the_calendar(void **state)
{
	(void)state;
	uint64_t seed = 1;
	int seen[STATUS_DECEASED + 1] = {0};
	for (int round = 0; round < 20000; round++) {
		struct fact facts[HISTORY_FACTS];
		history_random(&seed, facts);
		int as_of = 300 + (int)dice(&seed, 400);
		struct spell want = simulate(facts, as_of);
		struct roster *r = history_roster(facts, as_of);
		struct spell got;
		spell_of(r, 0, &got);
		bool same = got.status == want.status && got.start.n == want.start.n &&
			    (got.status == STATUS_INACTIVE || got.since.n == want.since.n);
		if (!same)
			fail_msg("round %d on day %d: %s from %d since %d, not %s from %d since %d", round, as_of,
				 status_word((enum status)got.status), got.start.n - HISTORY_DAY,
				 got.since.n - HISTORY_DAY, status_word((enum status)want.status),
				 want.start.n - HISTORY_DAY, want.since.n - HISTORY_DAY);
		if (got.status == STATUS_INACTIVE) /* the first day on which nothing keeps them active */
			assert_in_range(got.since.n, got.start.n + 1, on(as_of).n);
		seen[got.status]++;
		roster_free(&r);
	}
	for (int s = STATUS_NONE; s <= STATUS_DECEASED; s++)
		assert_true(seen[s] > 20); /* the histories reach every state */
}

static void the_order_of_sightings_does_not_matter(void **state)
{
	(void)state;
	uint64_t seed = 7;
	for (int round = 0; round < 2000; round++) {
		struct fact facts[HISTORY_FACTS];
		history_random(&seed, facts);
		struct roster *r = history_roster(facts, 650);
		size_t n = 0;
		while (facts[n].kind != FACT_NONE)
			n++;
		/* Sightings stand last: shuffle those. */
		for (size_t i = n; i > 1; i--) {
			size_t k = dice(&seed, (uint32_t)i);
			if (!is_sighting(&facts[i - 1]) || !is_sighting(&facts[k]))
				continue;
			struct fact swap = facts[i - 1];
			facts[i - 1] = facts[k];
			facts[k] = swap;
		}
		struct roster *other = history_roster(facts, 650);
		struct spell a;
		struct spell b;
		spell_of(r, 0, &a);
		spell_of(other, 0, &b);
		assert_int_equal(a.status, b.status);
		assert_int_equal(a.start.n, b.start.n);
		assert_int_equal(a.since.n, b.since.n);
		for (uint32_t i = 0; i < r->stays_n; i++) {
			assert_int_equal(r->stays[i].months, other->stays[i].months);
			assert_int_equal(r->stays[i].situation, other->stays[i].situation);
			assert_int_equal(r->stays[i].contact, other->stays[i].contact);
		}
		roster_free(&r);
		roster_free(&other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_spells),
		cmocka_unit_test(random_histories_agree_with_the_calendar),
		cmocka_unit_test(the_order_of_sightings_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
