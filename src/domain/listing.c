#include "domain/listing.h"

#include <assert.h>

#include "domain/omission.h"
#include "domain/order.h"
#include "domain/quality.h"
#include "domain/tag.h"

enum { LANE_SHIFT = PRIORITY_BITS }; /* above the bits of an order: the status, so that active ones come first */

int32_t listing_days(const struct roster *r, const struct listing_row *row)
{
	bool open = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	return day_diff(row->start, open ? r->as_of : row->since);
}

/* The living of a household, in one walk. */
struct company {
	uint32_t head;
	uint32_t living;
	uint32_t said; /* how many there are by a list that does not name all */
	bool age_unknown;
	enum household_type type;
};

static bool is_dead(const struct roster *r, uint32_t person)
{
	return r->spells[person].status == STATUS_DECEASED;
}

static bool is_older(const struct roster *r, uint32_t a, uint32_t b)
{
	struct day x = r->people[a].birth;
	struct day y = r->people[b].birth;
	if (day_known(x) != day_known(y))
		return day_known(x);
	return x.n != y.n ? x.n < y.n : a < b;
}

static enum status status_in(struct statuses s, uint32_t person)
{
	return (enum status)s.first[person * s.stride];
}

/* The person the household is named after or, after their death, the oldest living member. */
static uint32_t acting_head(const struct roster *r, uint32_t household, struct statuses statuses)
{
	uint32_t oldest = ROSTER_NONE;
	if (status_in(statuses, household) != STATUS_DECEASED)
		return household;
	for (uint32_t m = r->people[household].member; m != ROSTER_NONE; m = r->people[m].next)
		if (status_in(statuses, m) != STATUS_DECEASED && (oldest == ROSTER_NONE || is_older(r, m, oldest)))
			oldest = m;
	return oldest != ROSTER_NONE ? oldest : household;
}

uint32_t listing_speaker(const struct roster *r, uint32_t household, struct statuses statuses)
{
	uint32_t speaks = acting_head(r, household, statuses);
	if (status_in(statuses, speaks) != STATUS_NONE)
		return speaks;
	for (uint32_t m = r->people[household].member; m != ROSTER_NONE; m = r->people[m].next) {
		enum status s = status_in(statuses, m);
		enum status best = status_in(statuses, speaks);
		bool better = s != STATUS_NONE && (best == STATUS_NONE || s < best);
		if (better || (s == best && s != STATUS_NONE && is_older(r, m, speaks)))
			speaks = m;
	}
	return speaks;
}

static struct statuses statuses_of(const struct roster *r)
{
	return (struct statuses){&r->spells[0].status, sizeof r->spells[0]};
}

static void company_of(const struct roster *r, uint32_t household, struct company *out)
{
	bool adult = false;
	bool child = false;
	enum household_type said_type = HOUSEHOLD_UNKNOWN;
	*out = (struct company){.head = acting_head(r, household, statuses_of(r))};
	for (uint32_t m = r->people[household].member; m != ROSTER_NONE; m = r->people[m].next) {
		if (is_dead(r, m))
			continue;
		out->living++;
		struct day birth = r->people[m].birth;
		if (r->people[m].said_size > out->said)
			out->said = r->people[m].said_size;
		if (r->people[m].said_type != HOUSEHOLD_UNKNOWN)
			said_type = (enum household_type)r->people[m].said_type;
		if (!day_known(birth))
			out->age_unknown = true;
		else if (birth.n <= r->adult.n)
			adult = true;
		else
			child = true;
	}
	int ages[3]; /* one stands for all of its kind */
	size_t n = 0;
	if (adult)
		ages[n++] = HOUSEHOLD_ADULT;
	if (child)
		ages[n++] = 0;
	if (out->age_unknown)
		ages[n++] = -1;
	out->type = household_type(ages, n);
	/* A list that names the head alone knows more about the others than their absence tells. */
	if (out->said > out->living || out->age_unknown)
		out->type = said_type != HOUSEHOLD_UNKNOWN ? said_type
			    : out->said > out->living      ? HOUSEHOLD_UNKNOWN
							   : out->type;
	if (out->living < out->said)
		out->living = out->said;
}

/* Enrolled under a roof or, where `searching` counts too, in permanent housing before the move-in. */
static bool has_roof(const struct roster *r, uint32_t person, bool searching)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		int type = roster_type(r, s);
		bool search = searching && type_is_permanent(type) && !day_known(s->move_in);
		if ((type_is_roof(type) || search) && !day_known(s->exit))
			return true;
	}
	return false;
}

/* (ours) A status is updated by a change, by a contact, which confirms it, and day by day by an enrollment that
 * keeps it active. */
static bool is_stale(const struct roster *r, const struct listing_row *row)
{
	bool kept = row->status == STATUS_ACTIVE && has_roof(r, row->head, true);
	return !kept && day_diff(day_max(row->since, row->contact), r->as_of) > r->rules.status_old_days;
}

/* The head's own region, else that of the newest of their projects that has one, else a member's. */
static uint16_t region_of(const struct roster *r, uint32_t household, uint32_t head)
{
	uint16_t region = r->people[head].region;
	uint32_t first;
	uint32_t end;
	roster_stays(r, head, &first, &end);
	uint32_t latest = household_latest(r, head);
	if (region == REGION_NONE && latest != ROSTER_NONE)
		region = r->projects[r->stays[latest].project].region;
	for (uint32_t k = end; region == REGION_NONE && k > first; k--)
		region = r->projects[r->stays[r->order[k - 1]].project].region;
	if (region != REGION_NONE)
		return region;
	/* Members come in no order: the lowest number, so that the answer does not depend on it. */
	for (uint32_t m = r->people[household].member; m != ROSTER_NONE; m = r->people[m].next) {
		uint16_t theirs = r->people[m].region;
		if (theirs != REGION_NONE && (region == REGION_NONE || theirs < region))
			region = theirs;
	}
	return region;
}

/* The head's score, or, where the head has none, the newest among the members. */
static void score_of(const struct roster *r, uint32_t household, uint32_t head, struct listing_row *row)
{
	row->score = SCORE_NONE;
	row->scored = DAY_NONE;
	if (roster_score_of(&r->people[head], &row->score, &row->scored, &row->tool))
		return;
	for (uint32_t m = r->people[household].member; m != ROSTER_NONE; m = r->people[m].next) {
		int16_t score;
		struct day day;
		uint16_t tool;
		if (roster_score_of(&r->people[m], &score, &day, &tool) &&
		    (day.n > row->scored.n || (day.n == row->scored.n && score > row->score))) {
			row->score = score;
			row->scored = day;
			row->tool = tool;
		}
	}
}

static uint64_t flags_of_stays(const struct roster *r, uint32_t head)
{
	uint64_t flags = 0;
	uint32_t first;
	uint32_t end;
	roster_stays(r, head, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (s->bits & STAY_EXIT_FUTURE)
			flags |= FLAG_FUTURE_EXIT;
		if (type_is_permanent(roster_type(r, s)) && !day_known(s->exit) && !day_known(s->move_in) &&
		    day_diff(s->entry, r->as_of) > r->rules.missed_move_in_days)
			flags |= FLAG_MISSED_MOVE_IN;
	}
	return flags;
}

static uint64_t flags_of_row(const struct roster *r, const struct listing_row *row, const struct company *who,
			     const struct priority_facts *facts)
{
	static const struct {
		uint8_t settled;
		enum flag flag;
	} settled[] = {
		{HOUSEHOLD_NO_HEAD, FLAG_NO_HEAD}, {HOUSEHOLD_SEVERAL_HEADS, FLAG_SEVERAL_HEADS},
		{HOUSEHOLD_SPLIT, FLAG_SPLIT},     {HOUSEHOLD_BAD_MOVE_IN, FLAG_MOVE_IN},
		{HOUSEHOLD_BAD_BIRTH, FLAG_BIRTH}, {HOUSEHOLD_FUTURE_ENTRY, FLAG_FUTURE_ENTRY},
	};
	const struct spell *spell = &r->spells[row->head];
	uint64_t flags = flags_of_stays(r, row->head);
	for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++)
		if (r->people[row->head].settled & settled[i].settled)
			flags |= settled[i].flag;
	if (row->region == REGION_NONE)
		flags |= FLAG_NO_REGION;
	if (row->score == SCORE_NONE)
		flags |= FLAG_NO_SCORE;
	else if (!facts->counts)
		flags |= FLAG_OLD_SCORE;
	bool coded = (r->people[row->head].bits & PERSON_CODED) != 0;
	if (coded)
		flags |= FLAG_CODED;
	/* What may not be told about a coded household is missing from nobody's record. */
	if (row->chronic == CHRONIC_UNKNOWN && !coded)
		flags |= FLAG_CHRONIC_UNKNOWN;
	if (who->age_unknown && !coded)
		flags |= FLAG_AGE_UNKNOWN;
	if (spell->institution)
		flags |= FLAG_INSTITUTION;
	if (spell->reopened)
		flags |= FLAG_PLACEMENT_LOST;
	if (spell->after_death)
		flags |= FLAG_AFTER_DEATH;
	bool open = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	bool silent = !day_known(row->contact) || day_diff(row->contact, r->as_of) > r->rules.contact_overdue_days;
	if (open && silent && !has_roof(r, row->head, false))
		flags |= FLAG_CONTACT_OVERDUE;
	if (open && is_stale(r, row))
		flags |= FLAG_STALE;
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE && open; m = r->people[m].next)
		if (r->people[m].bits & PERSON_GONE)
			flags |= FLAG_GONE;
	return flags;
}

/* Status, start and contact of the household; false where it has never been on the list and nobody asks for such. */
static bool row_stand(const struct roster *r, bool omitted, struct listing_row *row)
{
	uint32_t speaks = listing_speaker(r, row->household, statuses_of(r));
	const struct spell *spell = &r->spells[speaks];
	if (spell->status == STATUS_NONE && !omitted)
		return false;
	row->status = spell->status;
	row->contact = DAY_NONE;
	row->since = spell->since;
	row->start = spell->start;
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE; m = r->people[m].next) {
		if (r->spells[m].status == spell->status)
			row->start = day_min(row->start, spell_shared_start(r, m));
		if (is_dead(r, m) && m != row->head)
			continue;
		uint32_t first;
		uint32_t end;
		roster_stays(r, m, &first, &end);
		for (uint32_t k = first; k < end; k++)
			row->contact = day_max(row->contact, (struct day){r->stays[r->order[k]].contact});
	}
	return true;
}

/* Why it is not on the list, if it was assessed; who never was on it counts from that day. */
static void row_omit(const struct roster *r, struct listing_row *row)
{
	struct omission o;
	omission_of(r, row, &o);
	row->omitted = (uint8_t)o.why;
	row->assessed = o.day;
	row->assessor = o.project;
	if (row->status == STATUS_NONE)
		row->start = row->since = o.day;
}

/* False where the household is not listed and, where that is asked for, was not assessed either. */
static bool row_make(const struct roster *r, const struct priority_policy *policy, bool omitted, uint32_t household,
		     struct listing_row *row)
{
	struct company who;
	company_of(r, household, &who);
	*row = (struct listing_row){
		.household = household, .head = who.head, .assessed = DAY_NONE, .assessor = ROSTER_NONE};
	if (!row_stand(r, omitted, row))
		return false;
	row->region = region_of(r, household, who.head);
	if (omitted)
		row_omit(r, row);
	if (row->status == STATUS_NONE && row->omitted == OMITTED_NOT)
		return false;
	uint32_t latest = household_latest(r, who.head);
	row->project = latest == ROSTER_NONE ? ROSTER_NONE : r->stays[latest].project;
	row->members = (uint16_t)(who.living < UINT16_MAX ? who.living : UINT16_MAX);
	row->type = (uint8_t)who.type;
	score_of(r, household, who.head, row);
	row->raised = (r->people[household].bits & PERSON_RAISED) != 0;
	struct standing_months months;
	standing_months(r, who.head, &months);
	row->months = (uint8_t)months.count;
	row->chronic = (uint8_t)chronic_now(r, who.head, &months);
	row->situation = (uint8_t)situation_now(r, who.head, &row->situated);
	struct priority_facts facts = listing_facts(r, row);
	priority_judge(policy, r->as_of, &facts);
	row->band = (uint8_t)facts.band;
	row->counts = facts.counts;
	row->flags = flags_of_row(r, row, &who, &facts);
	bool open = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	if (open && (row->flags & FLAG_CODED) == 0) {
		struct quality quality;
		quality_of(r, who.head, latest, &quality);
		row->flags |= quality.flags;
		row->facts = quality.facts;
	}
	row->tags = tag_of(r, row);
	row->order = priority_order(policy, &facts);
	return true;
}

struct priority_facts listing_facts(const struct roster *r, const struct listing_row *row)
{
	return (struct priority_facts){
		.chronic = row->chronic,
		.band = row->band,
		.score = row->score,
		.scored = row->scored,
		.months = row->months,
		.situation = row->situation,
		.start = row->start,
		.tie = r->people[row->household].tie,
		.type = row->type,
		.tool = row->tool,
		.raised = row->raised,
		.counts = row->counts,
	};
}

void listing_begin(struct roster *r, struct arena *a, const struct priority_policy *policy, unsigned parts,
		   struct listing_work *out)
{
	assert(parts > 0 && parts <= LISTING_PARTS);
	*out = (struct listing_work){.roster = r, .policy = policy, .parts = parts};
	size_t n = 0;
	for (unsigned part = 0; part < parts; part++) {
		struct roster_range people = roster_share(r->people_n, part, parts);
		out->first[part] = n;
		for (uint32_t i = people.from; i < people.to; i++)
			n += r->people[i].household == i;
	}
	out->first[parts] = n;
	out->rows = arena_many(a, n, struct listing_row);
	for (uint32_t i = 0; i < r->groups_n; i++)
		r->groups[i].start = INT32_MAX;
}

void listing_step(struct listing_work *w, int step, unsigned part)
{
	struct roster *r = w->roster;
	if (step == 0) {
		spell_share(r, part, w->parts);
		return;
	}
	struct roster_range people = roster_share(r->people_n, part, w->parts);
	struct listing_row *row = w->rows + w->first[part];
	for (uint32_t i = people.from; i < people.to; i++) {
		roster_ahead(r, i, people.to);
		if (r->people[i].household == i && row_make(r, w->policy, w->omitted, i, row))
			row++;
	}
	w->made[part] = (size_t)(row - (w->rows + w->first[part]));
}

/* Puts rows into the order of the keys, in place: each ring of rows that take each other's places is
 * walked once. Leaves keys[i].row == i. */
static void rows_arrange(struct listing_row *rows, struct order_key *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (keys[i].row == i)
			continue;
		struct listing_row first = rows[i];
		size_t to = i;
		for (size_t from = keys[i].row; from != i; from = keys[to].row) {
			rows[to] = rows[from];
			keys[to].row = (uint32_t)to;
			to = from;
		}
		rows[to] = first;
		keys[to].row = (uint32_t)to;
	}
}

void listing_end(struct listing_work *w, struct arena *a, uint32_t region, struct listing *out)
{
	struct listing_row *rows = w->rows;
	size_t n = 0;
	size_t active = 0;
	for (unsigned part = 0; part < w->parts; part++)
		for (size_t i = w->first[part]; i < w->first[part] + w->made[part]; i++)
			if (region == LISTING_EVERYWHERE || rows[i].region == region)
				rows[n++] = rows[i];
	struct arena_mark mark = arena_mark(a);
	struct order_key *keys = arena_many(a, n, struct order_key);
	for (size_t i = 0; i < n; i++) {
		uint64_t lane = (uint64_t)(status_lane(rows[i].status) - STATUS_ACTIVE) << LANE_SHIFT;
		keys[i] = (struct order_key){lane | rows[i].order, (uint32_t)i};
	}
	rows_arrange(rows, order_sort(keys, arena_many(a, n, struct order_key), n), n);
	arena_rewind(a, mark);
	for (; active < n && rows[active].status == STATUS_ACTIVE; active++)
		rows[active].rank = (int32_t)active + 1;
	size_t listed = n;
	while (listed > 0 && rows[listed - 1].status == STATUS_NONE)
		listed--;
	*out = (struct listing){
		.roster = w->roster, .policy = w->policy, .rows = rows, .n = n, .listed = listed, .active = active};
}

void listing_build(struct roster *r, struct arena *a, const struct priority_policy *policy, uint32_t region,
		   struct listing *out)
{
	struct listing_work w;
	listing_begin(r, a, policy, 1, &w);
	for (int step = 0; step < LISTING_STEPS; step++)
		listing_step(&w, step, 0);
	listing_end(&w, a, region, out);
}

/* How many of the active rows have an order below x. */
static size_t rows_below(const struct listing *l, uint64_t x)
{
	size_t low = 0;
	size_t high = l->active;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (l->rows[mid].order < x)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void listing_why(const struct listing *l, size_t i, struct arena *a, struct priority_line *lines, struct str *sentence)
{
	struct priority_facts self = listing_facts(l->roster, &l->rows[i]);
	uint32_t level[PRIORITY_KEYS_N] = {0};
	for (size_t d = 0; d < l->policy->n; d++) {
		uint64_t first;
		uint64_t last;
		priority_span(l->policy, l->rows[i].order, d + 1, &first, &last);
		level[d] = (uint32_t)(rows_below(l, last + 1) - rows_below(l, first));
	}
	priority_why(a, l->policy, &self, level, lines);
	struct priority_facts before = {0};
	struct priority_facts after = {0};
	if (i > 0)
		before = listing_facts(l->roster, &l->rows[i - 1]);
	if (i + 1 < l->active)
		after = listing_facts(l->roster, &l->rows[i + 1]);
	*sentence = priority_sentence(a, l->policy, (int)i + 1, (int)l->active, &self, i > 0 ? &before : NULL,
				      i + 1 < l->active ? &after : NULL);
}
