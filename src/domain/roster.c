#include "domain/roster.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "domain/household.h"
#include "domain/household_apart.h"
#include "domain/spell.h"

const struct rules rules_default = {
	.window_coordinated = 90,
	.window_other = 60,
	.window_night = 15,
	.institution_days = 90,
	.placement_days = 90,
	.transitional_opens = true,
	.contact_overdue_days = 90,
	.missed_move_in_days = 180,
	.situation_old_days = 90,
	.night_old_days = 30,
	.long_stay_days = 365,
	.status_old_days = 90,
};

/* Each array has address space for the most there can be and gets memory in steps as it grows. So
 * nothing ever moves, and several threads can add without a lock. */
enum array { PROJECTS, PEOPLE, STAYS, GROUPS, ENDS, DECISIONS, ORDER, SPELLS, ARRAYS };

enum {
	PROJECTS_MOST = 1 << 20,
	PEOPLE_MOST = 1 << 25,
	STAYS_MOST = 1 << 26,
	ENDS_MOST = 2 * STAYS_MOST + PEOPLE_MOST,
	DECISIONS_MOST = PEOPLE_MOST,
	STEP = 2 << 20, /* bytes by which an array grows: a huge page */
	STEP_FIRST = 64 << 10,
};

static const struct {
	size_t size;
	size_t most;
} arrays[ARRAYS] = {
	[PROJECTS] = {sizeof(struct roster_project), PROJECTS_MOST},
	[PEOPLE] = {sizeof(struct roster_person), PEOPLE_MOST + 1},
	[STAYS] = {sizeof(struct roster_stay), STAYS_MOST},
	[GROUPS] = {sizeof(struct roster_group), STAYS_MOST},
	[ENDS] = {sizeof(struct roster_end), ENDS_MOST},
	[DECISIONS] = {sizeof(struct roster_decision), DECISIONS_MOST},
	[ORDER] = {sizeof(uint32_t), STAYS_MOST},
	[SPELLS] = {sizeof(struct spell), PEOPLE_MOST},
};

static size_t array_bytes(enum array which)
{
	return (arrays[which].size * arrays[which].most + STEP - 1) / STEP * STEP;
}

static void *array_at(const struct roster *r, enum array which)
{
	switch (which) {
	case PROJECTS:
		return r->projects;
	case PEOPLE:
		return r->people;
	case STAYS:
		return r->stays;
	case GROUPS:
		return r->groups;
	case ENDS:
		return r->ends;
	case DECISIONS:
		return r->decisions;
	case ORDER:
		return r->order;
	case SPELLS:
		return r->spells;
	case ARRAYS:
		break;
	}
	return NULL;
}

/* Makes the first n things of the array usable. Two threads may do the same at once: granting twice
 * is harmless. */
static bool array_room(struct roster *r, enum array which, size_t n)
{
	size_t need = n * arrays[which].size;
	size_t ready = atomic_load_explicit(&r->ready[which], memory_order_acquire);
	if (need <= ready)
		return true;
	size_t step = need > STEP / 2 ? STEP : STEP_FIRST;
	need = (need + step - 1) / step * step;
	if (n > arrays[which].most || mprotect(array_at(r, which), need, PROT_READ | PROT_WRITE) != 0) {
		atomic_store(&r->full, true);
		return false;
	}
	while (ready < need && !atomic_compare_exchange_weak(&r->ready[which], &ready, need))
		;
	return true;
}

/* The number of a new thing, or ROSTER_NONE. */
static uint32_t array_add(struct roster *r, enum array which, _Atomic uint32_t *n, uint32_t many)
{
	uint32_t i = atomic_fetch_add_explicit(n, many, memory_order_relaxed);
	if (array_room(r, which, (size_t)i + many))
		return i;
	atomic_fetch_sub_explicit(n, many, memory_order_relaxed);
	return ROSTER_NONE;
}

static void *array_reserve(enum array which)
{
	size_t n = array_bytes(which);
	char *p = mmap(NULL, n + STEP, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		return NULL;
	/* Huge pages begin at multiples of their size: give back what lies before and behind. */
	size_t before = (STEP - (uintptr_t)p % STEP) % STEP;
	if (before > 0)
		munmap(p, before);
	if (before < STEP)
		munmap(p + before + n, STEP - before);
	madvise(p + before, n, MADV_HUGEPAGE); /* stays are met in random order */
	return p + before;
}

struct roster *roster_new(struct day as_of, struct day today, const struct rules *rules)
{
	struct roster *r = calloc(1, sizeof *r);
	if (r == NULL)
		return NULL;
	r->as_of = as_of;
	r->today = today;
	r->adult = day_add_years(as_of, -HOUSEHOLD_ADULT);
	r->month = day_month(as_of);
	for (int k = 0; k <= 64; k++)
		r->month_first[k] = month_first(r->month - k);
	for (int32_t i = 0, k = 0; i < (int32_t)sizeof r->back; i++) {
		while (k < 64 && as_of.n - i < r->month_first[k].n)
			k++;
		r->back[i] = (uint8_t)k;
	}
	r->rules = *rules;
	r->projects = array_reserve(PROJECTS);
	r->people = array_reserve(PEOPLE);
	r->stays = array_reserve(STAYS);
	r->groups = array_reserve(GROUPS);
	r->ends = array_reserve(ENDS);
	r->decisions = array_reserve(DECISIONS);
	r->order = array_reserve(ORDER);
	r->spells = array_reserve(SPELLS);
	for (enum array w = PROJECTS; w < ARRAYS; w++)
		if (array_at(r, w) == NULL) {
			roster_free(&r);
			return NULL;
		}
	return r;
}

void roster_free(struct roster **r)
{
	if (*r == NULL)
		return;
	for (enum array w = PROJECTS; w < ARRAYS; w++)
		if (array_at(*r, w) != NULL)
			munmap(array_at(*r, w), array_bytes(w));
	free((*r)->parties);
	free(*r);
	*r = NULL;
}

void roster_clear(struct roster *r)
{
	/* People alone are expected to be zero where they are added, and the place behind the last of them. */
	if (array_room(r, PEOPLE, (size_t)r->people_n + 1))
		memset(r->people, 0, ((size_t)r->people_n + 1) * sizeof r->people[0]);
	r->people_n = r->stays_n = r->groups_n = r->ends_n = r->decisions_n = r->parties_n = 0;
}

uint32_t roster_add_project(struct roster *r, enum project_type type)
{
	uint32_t i = array_add(r, PROJECTS, &r->projects_n, 1);
	if (i != ROSTER_NONE)
		r->projects[i] =
			(struct roster_project){.type = (uint8_t)type, .region = REGION_NONE, .agency = ROSTER_NONE};
	return i;
}

uint32_t roster_add_person(struct roster *r)
{
	uint32_t i = array_add(r, PEOPLE, &r->people_n, 1);
	if (i != ROSTER_NONE) {
		struct roster_person *p = &r->people[i];
		p->birth = DAY_NONE;
		p->leader = i;
		p->household = i;
		p->member = ROSTER_NONE;
		p->next = ROSTER_NONE;
		p->opened = INT32_MAX;
	}
	return i;
}

uint32_t roster_add_stay(struct roster *r, uint32_t person, uint32_t group, uint32_t project, struct day entry)
{
	if (group != ROSTER_NONE) {
		if (!array_room(r, GROUPS, (size_t)group + 1))
			return ROSTER_NONE;
		uint32_t n = atomic_load_explicit(&r->groups_n, memory_order_relaxed);
		while (n <= group && !atomic_compare_exchange_weak(&r->groups_n, &n, group + 1))
			;
	}
	uint32_t i = array_add(r, STAYS, &r->stays_n, 1);
	if (i != ROSTER_NONE)
		r->stays[i] = (struct roster_stay){
			.contact = INT32_MIN,
			.opened = INT32_MAX,
			.fence = INT32_MAX,
			.entry = entry,
			.exit = DAY_NONE,
			.move_in = DAY_NONE,
			.to_street = DAY_NONE,
			.person = person,
			.group = group,
			.project = project,
			.living = CODE_MISSING,
			.destination = CODE_MISSING,
			.relation = RELATION_MISSING,
			.disabling = CODE_MISSING,
			.los = CODE_MISSING,
			.under_limit = CODE_MISSING,
			.from_street = CODE_MISSING,
			.times = CODE_MISSING,
			.months_said = CODE_MISSING,
		};
	return i;
}

void roster_drop(struct roster *r, uint32_t stay)
{
	r->stays[stay].person = ROSTER_NONE;
}

void roster_decide(struct roster *r, uint32_t person, struct day day, enum decision kind)
{
	if (!roster_day_can_be(r, day))
		return;
	uint32_t i = array_add(r, DECISIONS, &r->decisions_n, 1);
	if (i != ROSTER_NONE)
		r->decisions[i] = (struct roster_decision){.person = person, .day = day, .kind = kind};
}

uint32_t roster_add_group(struct roster *r)
{
	return array_add(r, GROUPS, &r->groups_n, 1);
}

uint32_t roster_add_ends(struct roster *r, uint32_t many)
{
	return array_add(r, ENDS, &r->ends_n, many);
}

/* An entry that today has not come to: somebody mistyped it, or means to come. People are of other parts too. */
static void note_future(struct roster *r, const struct roster_stay *s)
{
	bool counts = s->person < r->people_n && s->project < r->projects_n && !r->projects[s->project].victim;
	if (counts && day_known(s->entry) && s->entry.n > r->today.n && s->entry.n > r->as_of.n)
		atomic_fetch_or_explicit(&r->people[s->person].settled, HOUSEHOLD_FUTURE_ENTRY, memory_order_relaxed);
}

/* Step 1: what is dated after the day does not exist; what cannot be is disregarded. */
static void settle_cut(struct roster *r, unsigned part, unsigned parts)
{
	struct roster_range stays = roster_share(r->stays_n, part, parts);
	for (uint32_t i = stays.from; i < stays.to; i++) {
		struct roster_stay *s = &r->stays[i];
		if (s->person >= r->people_n || s->project >= r->projects_n || !day_known(s->entry) ||
		    s->entry.n > r->as_of.n || r->projects[s->project].victim) {
			note_future(r, s);
			s->person = ROSTER_NONE;
			continue;
		}
		unsigned bits = s->bits;
		if (day_known(s->exit) && s->exit.n > r->today.n && s->exit.n > r->as_of.n)
			bits |= STAY_EXIT_FUTURE;
		if (day_known(s->exit) && s->exit.n > r->as_of.n)
			s->exit = DAY_NONE;
		if (day_known(s->exit) && s->exit.n < s->entry.n)
			s->exit = s->entry;
		if (day_known(s->move_in)) {
			struct household_stay h = {.entry = s->entry, .exit = s->exit, .move_in = s->move_in};
			s->move_in = household_move_in_valid(roster_type(r, s), &h, r->as_of);
			/* A date between the day that is described and today is not wrong, only later. */
			if (!day_known(s->move_in) && (h.move_in.n <= r->as_of.n || h.move_in.n > r->today.n))
				bits |= STAY_MOVE_IN_BAD;
		}
		s->bits = (uint8_t)bits;
	}
	struct roster_range groups = roster_share(r->groups_n, part, parts);
	for (uint32_t i = groups.from; i < groups.to; i++)
		r->groups[i] = (struct roster_group){.head = ROSTER_NONE, .start = INT32_MAX};
}

/* Step 2: how many stays each person has, how many people and heads each household stay. Every part reads
 * all stays and counts for its own people and household stays: that is quicker than counting with
 * locked additions, each of which waits for the memory that the one before it missed. */
static void settle_count(struct roster *r, unsigned part, unsigned parts)
{
	enum { AHEAD = 24 };
	struct roster_range people = roster_share(r->people_n, part, parts);
	struct roster_range groups = roster_share(r->groups_n, part, parts);
	for (uint32_t i = 0, n = r->stays_n; i < n; i++) {
		if (n - i > AHEAD) {
			const struct roster_stay *soon = &r->stays[i + AHEAD];
			if (roster_in(people, soon->person))
				__builtin_prefetch(&r->people[soon->person], 1);
			if (roster_in(groups, soon->group))
				__builtin_prefetch(&r->groups[soon->group], 1);
		}
		const struct roster_stay *s = &r->stays[i];
		if (roster_in(people, s->person))
			r->people[s->person].stays++;
		if (s->person == ROSTER_NONE || !roster_in(groups, s->group))
			continue;
		struct roster_group *g = &r->groups[s->group];
		if (g->people < UINT16_MAX)
			g->people++;
		if (s->relation == RELATION_HEAD) {
			if (g->heads < UINT16_MAX)
				g->heads++;
			g->head = i;
		}
	}
}

static int decision_cmp(const void *a, const void *b)
{
	const struct roster_decision *x = a;
	const struct roster_decision *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return x->day.n < y->day.n ? -1 : x->day.n > y->day.n;
}

/* Step 3, in one thread: where each person's stays end in the index. */
static void settle_places(struct roster *r, unsigned part)
{
	if (part != 0 || !array_room(r, PEOPLE, (size_t)r->people_n + 1) || !array_room(r, ORDER, r->stays_n) ||
	    !array_room(r, SPELLS, r->people_n))
		return;
	uint32_t end = 0;
	for (uint32_t i = 0; i < r->people_n; i++) {
		end += r->people[i].stays;
		r->people[i].stays = end;
	}
	r->people[r->people_n].stays = end;
	if (r->decisions_n > 0)
		qsort(r->decisions, r->decisions_n, sizeof r->decisions[0], decision_cmp);
}

void roster_settle_step(struct roster *r, int step, unsigned part, unsigned parts)
{
	if (r->full)
		return;
	switch (step) {
	case 0:
		if (part == 0)
			household_settle_stays_apart(r);
		break;
	case 1:
		settle_cut(r, part, parts);
		break;
	case 2:
		settle_count(r, part, parts);
		break;
	case 3:
		settle_places(r, part);
		break;
	case 4:
		household_settle_heads(r, part, parts);
		break;
	case 5:
		household_settle_people(r, part, parts);
		break;
	case 6:
		if (part == 0)
			household_settle_apart(r);
		break;
	default:
		household_settle_members(r, part, parts);
		break;
	}
}

void roster_settle(struct roster *r)
{
	for (int step = 0; step < ROSTER_STEPS; step++)
		roster_settle_step(r, step, 0, 1);
}

/* A day as a number that is small enough for the upper bits of another; 0 is left for "none". */
static uint32_t day_rank(struct day d)
{
	return (uint32_t)(d.n - DAY_FIRST.n + 1);
}

static struct day day_of_rank(uint64_t rank)
{
	return day_add(DAY_FIRST, (int32_t)rank - 1);
}

/* A situation as a number: day, then homeless before anything else seen on that day, then the code. */
enum { CODE_BITS = 10, CODE_MASK = (1 << CODE_BITS) - 1 };

static void fold_situation(_Atomic uint32_t *to, struct day d, int code)
{
	uint32_t v =
		day_rank(d) << (CODE_BITS + 1) | (uint32_t)situation_is_homeless(code) << CODE_BITS | (uint32_t)code;
	uint32_t old = atomic_load_explicit(to, memory_order_relaxed);
	while (old < v &&
	       !atomic_compare_exchange_weak_explicit(to, &old, v, memory_order_relaxed, memory_order_relaxed))
		;
}

bool roster_situation_of(const struct roster_stay *s, int *code, struct day *day)
{
	uint32_t v = atomic_load_explicit(&s->situation, memory_order_relaxed);
	if (v == 0)
		return false;
	*code = (int)(v & CODE_MASK);
	*day = day_of_rank(v >> (CODE_BITS + 1));
	return true;
}

/* As a number: the day, then the project; of one day the lower project, so it is kept turned round. */
static void fold_assessed(_Atomic uint64_t *to, struct day day, uint32_t project)
{
	uint64_t v = (uint64_t)day_rank(day) << 32 | (uint32_t)~project;
	uint64_t old = atomic_load_explicit(to, memory_order_relaxed);
	while (old < v &&
	       !atomic_compare_exchange_weak_explicit(to, &old, v, memory_order_relaxed, memory_order_relaxed))
		;
}

bool roster_assessed_of(const struct roster_person *p, struct day *day, uint32_t *project)
{
	uint64_t v = atomic_load_explicit(&p->assessed, memory_order_relaxed);
	if (v == 0)
		return false;
	*day = day_of_rank(v >> 32);
	*project = ~(uint32_t)v;
	return true;
}

void roster_see(struct roster *r, uint32_t stay, enum seen how, struct day day, int code)
{
	if (stay >= r->stays_n || !roster_day_can_be(r, day))
		return;
	struct roster_stay *s = &r->stays[stay];
	if (s->person == ROSTER_NONE)
		return;
	int32_t old = atomic_load_explicit(&s->contact, memory_order_relaxed);
	while (old < day.n && !atomic_compare_exchange_weak_explicit(&s->contact, &old, day.n, memory_order_relaxed,
								     memory_order_relaxed))
		;
	if (how == SEEN_ASSESSMENT || how == SEEN_PRIORITIZED)
		fold_assessed(&r->people[s->person].assessed, day, s->project);
	int type = roster_type(r, s);
	int where = seen_where(how, code);
	if (where != CODE_MISSING)
		fold_situation(&s->situation, day, where);

	bool homeless = situation_is_homeless(where) || (how == SEEN_OUTREACH && type == PROJECT_OUTREACH);
	if (homeless) {
		int back = roster_back(r, day);
		uint64_t bit = back < 64 ? (uint64_t)1 << back : 0;
		if ((atomic_load_explicit(&s->months, memory_order_relaxed) & bit) != bit)
			atomic_fetch_or_explicit(&s->months, bit, memory_order_relaxed);
	}
	if (homeless || how == SEEN_PRIORITIZED || (type == PROJECT_OUTREACH && how != SEEN_FOLLOWED_UP))
		spell_open(r, s->person, s, day);
}

void roster_score(struct roster *r, uint32_t person, struct day day, int16_t value, uint16_t tool)
{
	if (person >= r->people_n || !roster_day_can_be(r, day))
		return;
	uint64_t v = (uint64_t)day_rank(day) << 32 | (uint64_t)((uint16_t)value ^ 0x8000U) << 16 | tool;
	_Atomic uint64_t *to = &r->people[person].score;
	uint64_t old = atomic_load_explicit(to, memory_order_relaxed);
	while (old < v &&
	       !atomic_compare_exchange_weak_explicit(to, &old, v, memory_order_relaxed, memory_order_relaxed))
		;
}

bool roster_score_of(const struct roster_person *p, int16_t *value, struct day *day, uint16_t *tool)
{
	uint64_t v = atomic_load_explicit(&p->score, memory_order_relaxed);
	if (v == 0)
		return false;
	*value = (int16_t)((uint16_t)(v >> 16) ^ 0x8000U);
	*day = day_of_rank(v >> 32);
	*tool = (uint16_t)v;
	return true;
}

void roster_impaired(struct roster *r, uint32_t stay)
{
	if (stay < r->stays_n)
		atomic_fetch_or_explicit(&r->stays[stay].bits, STAY_IMPAIRED, memory_order_relaxed);
}
