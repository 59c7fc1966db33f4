#include "hmis/demo_history.h"

#include "hmis/demo_dice.h"

enum { YOUNGEST_START = 5, NEW_SPELLS_MAX = 5, PROJECT_NONE = -1 };

/* Columns of the tables below: how likely each kind of household is to … */
enum column { SOLO, FAMILY, YOUTH, VETERAN, COLUMNS };

struct kind_of_night {
	int situation;
	int type; /* of the project that records it, or PROJECT_NONE */
	int weights[COLUMNS];
	int shortest, longest; /* days */
};

static const struct kind_of_night nights[] = {
	{116, TYPE_OUTREACH, {34, 9, 28, 26}, 35, 200},     {101, TYPE_NIGHTS, {16, 4, 11, 15}, 8, 72},
	{101, TYPE_SHELTER, {21, 43, 21, 20}, 20, 150},     {118, TYPE_SAFE_HAVEN, {3, 0, 0, 5}, 30, 150},
	{302, TYPE_TRANSITIONAL, {5, 13, 16, 13}, 60, 300}, {206, PROJECT_NONE, {4, 1, 2, 4}, 4, 40},
	{207, PROJECT_NONE, {5, 1, 3, 3}, 5, 110},          {205, PROJECT_NONE, {3, 1, 1, 4}, 14, 60},
	{204, PROJECT_NONE, {2, 0, 1, 2}, 7, 40},           {314, PROJECT_NONE, {3, 12, 4, 4}, 5, 45},
	{335, PROJECT_NONE, {2, 9, 7, 2}, 12, 110},         {336, PROJECT_NONE, {2, 9, 6, 2}, 12, 100},
};
enum { NIGHTS = sizeof(nights) / sizeof(nights[0]) };

enum ending {
	END_RRH,
	END_PSH,
	END_OTHER_PH,
	END_RENT,
	END_KIN,
	END_UNKNOWN,
	END_AWAY,
	END_INSTITUTION,
	END_DEATH,
	ENDINGS
};
static const int ending_weights[COLUMNS][ENDINGS] = {
	[SOLO] = {16, 10, 4, 10, 9, 32, 8, 8, 3},
	[FAMILY] = {34, 8, 6, 14, 12, 14, 11, 1, 0},
	[YOUTH] = {21, 3, 5, 8, 19, 32, 10, 2, 0},
	[VETERAN] = {27, 18, 4, 11, 8, 19, 7, 4, 2},
};

/* Days from the first to the last night of a spell without a home, in eleven equal steps of chance. */
static const int spell_days[COLUMNS][12] = {
	[SOLO] = {8, 20, 36, 62, 100, 150, 225, 330, 470, 680, 1000, 1500},
	[FAMILY] = {7, 14, 26, 44, 66, 95, 135, 190, 270, 390, 560, 820},
	[YOUTH] = {6, 14, 26, 44, 70, 105, 150, 210, 290, 400, 540, 700},
	[VETERAN] = {8, 18, 32, 55, 85, 125, 185, 270, 390, 560, 800, 1200},
};

struct maker {
	const struct demo_world *world;
	struct dice dice;
	struct demo_history *h;
	struct demo_start start;
	enum column column;
	int open; /* the stay that the running segment is recorded in, or −1 */
	struct day spell_end;
	int after; /* where the household lives when the spell is over */
	bool lost; /* … and loses it again */
};

static enum column column_of(const struct demo_family *f)
{
	switch (demo_family_audience(f)) {
	case AUDIENCE_FAMILIES:
		return FAMILY;
	case AUDIENCE_YOUTH:
		return YOUTH;
	case AUDIENCE_VETERANS:
		return VETERAN;
	case AUDIENCE_ANY:
	case AUDIENCE_ADULTS:
		break;
	}
	return SOLO;
}

static int throw_steps(struct dice *d, const int steps[12])
{
	int at = dice_below(d, 11);
	return dice_between(d, steps[at], steps[at + 1]);
}

/* A stay of the region's, or where it has no such project none; returns its index or −1. */
static int add_stay(struct maker *m, enum project_type type, struct day entry, struct day exit, int destination)
{
	struct demo_history *h = m->h;
	int project = demo_project_find(m->world, h->family.region, type, demo_family_audience(&h->family),
					dice_u32(&m->dice));
	if (project < 0 || h->stays_n == STAYS_MAX)
		return -1;
	struct day recorded = day_add(entry, dice_below(&m->dice, 3));
	h->stays[h->stays_n] = (struct demo_stay){
		.project = project,
		.entry = entry,
		.recorded = recorded,
		.exit = exit,
		.exit_recorded = day_max(recorded, day_add(exit, dice_below(&m->dice, 4))),
		.move_in = DAY_NONE,
		.destination = destination,
	};
	return h->stays_n++;
}

static void add_segment(struct maker *m, struct day from, struct day to, int situation)
{
	struct demo_history *h = m->h;
	if (h->segments_n < SEGMENTS_MAX)
		h->segments[h->segments_n++] = (struct demo_segment){from, to, situation};
}

/* Where somebody goes is named a little differently from where somebody is. */
static int as_destination(struct dice *d, int situation)
{
	if (dice_chance(d, 170))
		return 30;
	return situation == 335 ? 312 : situation == 336 ? 313 : situation;
}

static void walk_nights(struct maker *m, struct day from, struct day end)
{
	struct dice *d = &m->dice;
	int weights[NIGHTS];
	for (int i = 0; i < NIGHTS; i++)
		weights[i] = nights[i].weights[m->column];
	for (struct day t = from; t.n < end.n;) {
		const struct kind_of_night *k = &nights[dice_pick(d, weights, NIGHTS)];
		int left = day_diff(t, end);
		int days = dice_between(d, k->shortest, k->longest);
		if (k->type >= 0 && k->type != TYPE_NIGHTS && days < left / 3)
			days = left / 3; /* who is long without a home changes less often */
		if (days > left - 10)
			days = left;
		struct day to = day_add(t, days);
		add_segment(m, t, to, k->situation);
		if (m->open >= 0)
			m->h->stays[m->open].destination = as_destination(d, k->situation);
		m->open = -1;
		bool seen = k->type != PROJECT_NONE && (k->type != TYPE_OUTREACH || dice_chance(d, 560));
		if (seen)
			m->open = add_stay(m, (enum project_type)k->type, t, to, 30);
		t = to;
	}
}

static int ending_destination(struct dice *d, enum ending ending)
{
	static const int unknown[] = {30, 30, 99, 8, 9};
	static const int away[] = {312, 313, 329, 314};
	static const int institution[] = {207, 225, 206, 205};
	switch (ending) {
	case END_RRH:
	case END_PSH:
	case END_OTHER_PH:
		return 435;
	case END_RENT:
		return dice_chance(d, 720) ? 410 : dice_chance(d, 700) ? 435 : dice_chance(d, 500) ? 411 : 421;
	case END_KIN:
		return dice_chance(d, 650) ? 422 : 423;
	case END_AWAY:
		return away[dice_below(d, 4)];
	case END_INSTITUTION:
		return institution[dice_below(d, 4)];
	case END_DEATH:
		return 24;
	case END_UNKNOWN:
	case ENDINGS:
		break;
	}
	return unknown[dice_below(d, 5)];
}

/* Where a household lives after a spell, in the words of the next entry's question. */
static int ending_after(struct dice *d, enum ending ending, int destination)
{
	if (ending == END_KIN || ending == END_AWAY)
		return dice_chance(d, 550) ? 335 : 336;
	if (ending == END_UNKNOWN)
		return dice_chance(d, 300) ? 116 : dice_chance(d, 500) ? 336 : 314;
	return destination;
}

static int ending_subsidy(struct dice *d, enum ending ending, bool veteran)
{
	if (ending == END_RRH)
		return 431;
	if (ending == END_PSH)
		return veteran ? 419 : 439;
	return ending == END_OTHER_PH ? 440 : dice_chance(d, 500) ? 433 : 434;
}

/* Rapid rehousing and other permanent housing around the day on which the household moves in; returns
 * the day on which it ends. */
static struct day add_housing(struct maker *m, enum ending ending, struct day move_in, struct day earliest)
{
	struct dice *d = &m->dice;
	enum project_type type = ending == END_RRH     ? TYPE_RRH
				 : ending == END_PSH   ? TYPE_PSH
				 : dice_chance(d, 500) ? TYPE_PH_ONLY
						       : TYPE_PH_SERVICES;
	struct day entry = day_max(earliest, day_add(move_in, -dice_between(d, 4, 85)));
	int days = type == TYPE_RRH ? dice_between(d, 90, 520) : dice_between(d, 240, 2600);
	struct day end = day_add(move_in, days);
	m->lost = dice_chance(d, type == TYPE_RRH ? 180 : 110);
	int destination = m->lost               ? (dice_chance(d, 500) ? 116 : 101)
			  : dice_chance(d, 150) ? 30
			  : type == TYPE_RRH    ? 410
						: 435;
	int stay = add_stay(m, type, entry, end, destination);
	if (stay < 0)
		return end;
	m->h->stays[stay].move_in = move_in;
	m->h->stays[stay].subsidy = destination == 435 ? 433 : 0;
	return end;
}

/* Coordinated entry beside the nights; whoever is never seen elsewhere is seen there. */
static void add_entry(struct maker *m, bool seen, struct day from, struct day end, enum ending ending,
		      const struct demo_stay *last)
{
	struct dice *d = &m->dice;
	int delay = seen ? dice_below(d, 28) : 0;
	if (seen && (dice_chance(d, 120) || delay >= day_diff(from, end)))
		return;
	int stay = add_stay(m, TYPE_ENTRY, day_add(from, delay), end, last->destination);
	if (stay < 0)
		return;
	struct demo_stay *s = &m->h->stays[stay];
	s->subsidy = last->subsidy;
	if (ending == END_UNKNOWN) /* nobody notices at once; now and then nobody ever does */
		s->exit_recorded = dice_chance(d, 160) ? DAY_NONE : day_add(end, dice_between(d, 45, 100));
}

static void add_sideline(struct maker *m, enum project_type type, struct day from, struct day end)
{
	struct dice *d = &m->dice;
	struct day entry = day_add(from, dice_below(d, 20));
	struct day exit = day_min(end, day_add(entry, dice_between(d, 20, 200)));
	if (entry.n < exit.n)
		(void)add_stay(m, type, entry, exit, dice_chance(d, 700) ? 30 : 99);
}

/* One spell without a home; returns the earliest day on which another may begin. */
static struct day add_spell(struct maker *m, struct day from)
{
	struct dice *d = &m->dice;
	struct day end = day_add(from, throw_steps(d, spell_days[m->column]));
	enum ending ending = (enum ending)dice_pick(d, ending_weights[m->column], ENDINGS);
	struct demo_stay last = {.destination = ending_destination(d, ending)};
	if (last.destination == 435)
		last.subsidy = ending_subsidy(d, ending, m->h->family.members[0].veteran);
	m->open = -1;
	m->lost = false;
	m->spell_end = end;
	m->after = ending_after(d, ending, last.destination);
	int before = m->h->stays_n;
	walk_nights(m, from, end);
	if (m->open >= 0) {
		m->h->stays[m->open].destination = last.destination;
		m->h->stays[m->open].subsidy = last.subsidy;
	}
	bool seen = m->h->stays_n > before && m->h->stays[before].entry.n == from.n;
	add_entry(m, seen, from, end, ending, &last);
	if (dice_chance(d, 60))
		add_sideline(m, TYPE_DAY_SHELTER, from, end);
	if (dice_chance(d, 70))
		add_sideline(m, TYPE_SERVICES, from, end);
	if (ending == END_DEATH)
		return DAY_LAST;
	if (ending <= END_OTHER_PH)
		return add_housing(m, ending, end, day_add(from, 1));
	return end;
}

/* The situation before the first spell, which may have been homeless already without any project
 * knowing of it. */
static void add_origin(struct maker *m, struct day from)
{
	static const int situations[] = {116, 335, 336, 410, 314, 207, 206, 435, 411};
	static const int weights[] = {30, 19, 17, 14, 8, 5, 3, 3, 1};
	struct dice *d = &m->dice;
	int situation = situations[dice_pick(d, weights, 9)];
	int days = situation == 116  ? throw_steps(d, spell_days[m->column]) / 2 + 1
		   : situation > 400 ? dice_between(d, 100, 2000)
				     : dice_between(d, 2, 160);
	int past = situation == 116 ? 0 : dice_below(d, 1000);
	if (past > 700) /* on the street before that, by their own word */
		add_segment(m, day_add(from, -days - past / 4), day_add(from, -days), 116);
	add_segment(m, day_add(from, -days), from, situation);
}

static struct day throw_first(struct maker *m)
{
	struct dice *d = &m->dice;
	if (day_known(m->start.newcomer))
		return m->start.newcomer;
	bool lately = dice_chance(d, 65);
	int reach = lately ? 150 : m->h->family.kind == KIND_MINOR ? 240 : m->column == YOUTH ? 700 : 1450;
	return day_add(m->start.today, -YOUNGEST_START - dice_below(d, reach));
}

/* The fixed history of a household with a planted error. */
static void add_script(struct maker *m)
{
	struct demo_history *h = m->h;
	struct day today = m->start.today;
	struct day from = day_add(today, -200 - (int32_t)(h->family.number % 90));
	enum demo_plant plant = h->family.plant;
	add_segment(m, day_add(from, -30), from, 116);
	add_segment(m, from, day_add(from, 70), 101);
	add_segment(m, day_add(from, 70), day_add(from, 100), 116);
	(void)add_stay(m, TYPE_ENTRY, from, day_add(from, 100), 435);
	int shelter = add_stay(m, TYPE_SHELTER, from, day_add(from, 70), 116);
	if (plant == PLANT_FUTURE_EXIT) {
		h->stays[shelter].exit = day_add(today, 40);
		h->stays[shelter].exit_recorded = day_add(today, -1);
	}
	if (plant == PLANT_OVERLAP)
		(void)add_stay(m, TYPE_SHELTER, day_add(from, 20), day_add(from, 50), 116);
	int rrh = add_stay(m, TYPE_RRH, day_add(from, 80), day_add(from, 180), 410);
	h->stays[0].subsidy = 431;
	h->stays[rrh].move_in = day_add(from, plant == PLANT_EARLY_MOVE_IN  ? 60
					      : plant == PLANT_LATE_MOVE_IN ? 195
									    : 100);
}

static void add_prevention(struct maker *m, struct day from)
{
	struct dice *d = &m->dice;
	enum project_type type = dice_chance(d, 700) ? TYPE_PREVENTION : TYPE_SERVICES;
	add_segment(m, day_add(from, -900), day_add(from, 400), dice_chance(d, 800) ? 410 : 335);
	(void)add_stay(m, type, from, day_add(from, dice_between(d, 20, 150)), dice_chance(d, 800) ? 410 : 30);
}

/* Ages are counted from today; whoever would be too young at the first entry becomes a little older. */
static void mend_births(struct demo_family *f, struct day first)
{
	for (int i = 0; i < f->members_n; i++) {
		struct demo_member *m = &f->members[i];
		bool child = m->relation == 2;
		bool minor = f->kind == KIND_MINOR;
		struct day latest = child ? day_add(first, -20) : day_add_years(first, minor ? -14 : -18);
		if (m->birth.n > latest.n)
			m->birth = day_add(latest, -(m->birth.n & 255));
	}
}

void demo_history_make(const struct demo_world *w, uint64_t seed, int64_t number, struct demo_start start,
		       struct demo_history *out)
{
	struct maker m = {
		.world = w, .dice = dice_new(seed, DICE_HISTORY, (uint64_t)number, 0), .h = out, .start = start};
	out->segments_n = out->stays_n = 0;
	struct day today = day_known(start.newcomer) ? start.newcomer : start.today;
	demo_family_make(seed, number, start.alone, today, &out->family);
	if (day_known(start.newcomer))
		out->family.plant = PLANT_NONE; /* planted in the first export, or a test could not count */
	m.column = column_of(&out->family);
	out->need = dice_below(&m.dice, 11);
	out->told_times = dice_chance(&m.dice, 160) ? dice_between(&m.dice, 1, 3) : 0;
	struct day horizon = day_add(start.today, HISTORY_AHEAD);
	if (out->family.plant != PLANT_NONE) {
		add_script(&m);
		mend_births(&out->family, out->stays[0].entry);
		return;
	}
	struct day t = throw_first(&m);
	if (dice_chance(&m.dice, 60)) {
		add_prevention(&m, t);
		mend_births(&out->family, t);
		return;
	}
	add_origin(&m, t);
	mend_births(&out->family, t);
	for (int i = 0; i < NEW_SPELLS_MAX && t.n < horizon.n; i++) {
		struct day end = add_spell(&m, t);
		bool returns = m.lost || dice_chance(&m.dice, 250);
		t = m.lost ? end : day_add(end, dice_between(&m.dice, 12, 500));
		bool known = end.n < DAY_LAST.n;
		if (known)
			add_segment(&m, m.spell_end, returns ? t : horizon, m.after);
		if (!known || !returns)
			break;
	}
}

int demo_situation(const struct demo_history *h, struct day on)
{
	for (int i = h->segments_n - 1; i >= 0; i--) {
		if (h->segments[i].from.n <= on.n && on.n < h->segments[i].to.n)
			return h->segments[i].situation;
	}
	return 99;
}

bool demo_member_in(const struct demo_member *m, const struct demo_stay *s)
{
	return m->birth.n <= s->entry.n;
}
