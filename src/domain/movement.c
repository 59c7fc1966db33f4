#include "domain/movement.h"

#include <stdlib.h>
#include <string.h>

#include "domain/listing.h"

enum { QUIET_YEARS = 2 };

/* A span of a person's history: what keeps a spell active, or what only says that there is a record of them:
 * days under a roof, in a home of their own, between contacts. */
struct mover_span {
	int32_t from;
	int32_t until;
	bool record;
};

struct mover_member {
	struct movement move;
	uint32_t person;
	uint32_t place; /* among the person's changes */
};

const char *cause_word(enum cause c)
{
	static const char *const words[] = {
#define X(name, word, say) [name] = word,
		MOVEMENT_CAUSES(X)
#undef X
	};
	return words[c];
}

const char *cause_say(enum cause c)
{
	static const char *const says[] = {
#define X(name, word, say) [name] = say,
		MOVEMENT_CAUSES(X)
#undef X
	};
	return says[c];
}

enum cause movement_cause(enum status from, enum status to, bool quiet)
{
	switch (to) {
	case STATUS_ACTIVE:
		if (from == STATUS_NONE || quiet)
			return CAUSE_NEW;
		return from == STATUS_HOUSED ? CAUSE_FROM_HOUSING : CAUSE_FROM_INACTIVE;
	case STATUS_HOUSED:
		return CAUSE_MOVE_IN;
	case STATUS_INELIGIBLE:
		return CAUSE_INELIGIBLE;
	case STATUS_MOVED_AWAY:
		return CAUSE_MOVED_AWAY;
	case STATUS_DECEASED:
		return CAUSE_DECEASED;
	case STATUS_NONE:
	case STATUS_INACTIVE:
		break;
	}
	return CAUSE_INACTIVE;
}

const char *movement_say(enum status from, enum status to, enum cause cause)
{
	switch (to) {
	case STATUS_ACTIVE:
		if (from == STATUS_NONE)
			return "Came on the list.";
		if (cause == CAUSE_NEW)
			return "Came on the list again, after two years without a record.";
		if (from == STATUS_HOUSED)
			return "Came back from housing.";
		return from == STATUS_INACTIVE ? "Somebody saw them again: active." : "Came back on the list.";
	case STATUS_INACTIVE:
		return "No sign of them for a while: to reconnect, keeping the place.";
	case STATUS_HOUSED:
		return "Moved into housing.";
	case STATUS_INELIGIBLE:
		return "No longer eligible.";
	case STATUS_MOVED_AWAY:
		return "Moved away.";
	case STATUS_DECEASED:
		return "Died.";
	case STATUS_NONE:
		break;
	}
	return "Left the list.";
}

enum status movement_status(const struct movement *list, size_t n, struct day day)
{
	size_t i = 0;
	while (i < n && list[i].day.n <= day.n)
		i++;
	return i == 0 ? STATUS_NONE : (enum status)list[i - 1].to;
}

struct day movement_since(const struct movement *list, size_t n, enum status status, struct day listed)
{
	bool told = status == STATUS_ACTIVE && n > 0 && list[n - 1].to == status;
	return told ? list[n - 1].day : listed;
}

/* Room for one thing more, in twice the memory where it is used up. */
static void *room(struct arena *a, void *list, size_t n, size_t *has, size_t size)
{
	enum { FIRST = 16 };
	if (n < *has)
		return list;
	*has = n < FIRST ? FIRST : 2 * n;
	void *grown = arena_alloc(a, *has, size);
	if (n > 0)
		memcpy(grown, list, n * size);
	return grown;
}

static enum status status_after(const struct movements *m)
{
	return m->n == 0 ? STATUS_NONE : (enum status)m->list[m->n - 1].to;
}

static void add_move(struct mover *m, struct movements *out, int32_t day, enum status to, bool quiet)
{
	enum status from = status_after(out);
	if (from == to)
		return;
	/* Who changed status within the two years has a record in them. */
	quiet = quiet && out->n > 0 && day_add_years((struct day){day}, -QUIET_YEARS).n > out->list[out->n - 1].day.n;
	out->list = room(m->a, out->list, out->n, &out->room, sizeof *out->list);
	out->list[out->n++] = (struct movement){
		.day = {day},
		.from = (uint8_t)from,
		.to = (uint8_t)to,
		.cause = (uint8_t)movement_cause(from, to, quiet),
	};
}

static void add_span(struct mover *m, int32_t from, int32_t until, bool record)
{
	m->spans = room(m->a, m->spans, m->spans_n, &m->spans_room, sizeof *m->spans);
	m->spans[m->spans_n++] = (struct mover_span){from, until, record};
}

static int span_compare(const void *x, const void *y)
{
	const struct mover_span *a = x;
	const struct mover_span *b = y;
	if (a->record != b->record)
		return a->record ? 1 : -1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->until > b->until) - (a->until < b->until);
}

/* Joins spans of the list that overlap or touch; records stay behind them, as they are. */
static void join_spans(struct mover *m)
{
	size_t n = 0;
	if (m->spans_n > 1)
		qsort(m->spans, m->spans_n, sizeof *m->spans, span_compare);
	for (size_t i = 0; i < m->spans_n; i++) {
		struct mover_span s = m->spans[i];
		if (s.until <= s.from)
			continue;
		struct mover_span *last = n > 0 ? &m->spans[n - 1] : NULL;
		if (last == NULL || s.record || s.from > last->until)
			m->spans[n++] = s;
		else if (s.until > last->until)
			last->until = s.until;
	}
	m->spans_n = n;
}

static void gather_spans(struct mover *m, uint32_t person)
{
	const struct roster *r = m->r;
	uint32_t first;
	uint32_t end;
	m->spans_n = 0;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		uint32_t i = r->order[k];
		const struct roster_stay *s = &r->stays[i];
		struct spell_span own[STAY_SPANS];
		unsigned own_n = spell_stay_spans(r, s, own);
		for (unsigned j = 0; j < own_n; j++)
			add_span(m, own[j].from, own[j].until, false);
		size_t runs_n;
		const struct trace_run *runs = trace_runs(m->t, i, &runs_n);
		for (size_t j = 0; j < runs_n; j++) {
			add_span(m, runs[j].from, runs[j].until, false);
			add_span(m, runs[j].from, runs[j].until - spell_window(r, s) + 1, true);
		}
		int32_t last = day_known(s->exit) ? s->exit.n + 1 : INT32_MAX;
		if (type_is_roof(roster_type(r, s)))
			add_span(m, s->entry.n, last, true);
		else if (day_known(s->move_in))
			add_span(m, s->move_in.n, last, true);
	}
	uint32_t decided_n;
	const struct roster_decision *decided = spell_decisions(r, person, &decided_n);
	for (uint32_t k = 0; k < decided_n; k++) {
		if (decided[k].kind != DECISION_ADD)
			continue;
		add_span(m, decided[k].day.n, decided[k].day.n + r->rules.window_other, false);
		add_span(m, decided[k].day.n, decided[k].day.n + 1, true);
	}
	join_spans(m);
}

/* True where nothing is recorded of the person in the two years before the day. */
static bool is_quiet(const struct mover *m, int32_t day)
{
	int32_t since = day_add_years((struct day){day}, -QUIET_YEARS).n;
	for (size_t i = 0; i < m->spans_n; i++)
		if (m->spans[i].record && m->spans[i].from < day && m->spans[i].until > since)
			return false;
	return true;
}

/* The changes between active and inactive while a spell is open: it was opened on `from`; on the last day,
 * `last`, it still may have become active, for what a fact of the day of an ending opens came before the
 * ending, and it becomes inactive until `off`. */
static void add_silences(struct mover *m, struct movements *out, int32_t from, int32_t last, int32_t off)
{
	size_t i = 0;
	while (i < m->spans_n && !m->spans[i].record && m->spans[i].until <= from)
		i++;
	for (; i < m->spans_n && !m->spans[i].record && m->spans[i].from <= last; i++) {
		const struct mover_span *s = &m->spans[i];
		if (s->from > from)
			add_move(m, out, s->from, STATUS_ACTIVE, is_quiet(m, s->from));
		if (s->until <= off)
			add_move(m, out, s->until, STATUS_INACTIVE, false);
	}
}

static bool is_covered(const struct mover *m, int32_t day)
{
	for (size_t i = 0; i < m->spans_n && !m->spans[i].record && m->spans[i].from <= day; i++)
		if (day < m->spans[i].until)
			return true;
	return false;
}

void mover_person(struct mover *m, uint32_t person, struct movements *out)
{
	struct spell_walk w = SPELL_WALK_BEGIN;
	int32_t opened = 0;
	bool open = false;
	out->n = 0;
	while (spell_walk_on(m->r, person, &w)) {
		if (!w.moved)
			continue;
		int32_t day = w.spell.since.n;
		if (out->n == 0)
			gather_spans(m, person);
		if (open)
			add_silences(m, out, opened, day, day - 1);
		if (w.open) {
			opened = day;
			enum status to = is_covered(m, day) ? STATUS_ACTIVE : STATUS_INACTIVE;
			add_move(m, out, day, to, is_quiet(m, day));
		} else {
			add_move(m, out, day, (enum status)w.spell.status, false);
		}
		open = w.open;
	}
	if (open)
		add_silences(m, out, opened, m->r->as_of.n, m->r->as_of.n);
}

/* Of one day: who becomes active first, then who becomes inactive, then what ends a spell. */
static int move_rank(const struct movement *move)
{
	return move->to == STATUS_ACTIVE ? 0 : move->to == STATUS_INACTIVE ? 1 : 2;
}

static int member_compare(const void *x, const void *y)
{
	const struct mover_member *a = x;
	const struct mover_member *b = y;
	if (a->move.day.n != b->move.day.n)
		return a->move.day.n < b->move.day.n ? -1 : 1;
	int rank = move_rank(&a->move) - move_rank(&b->move);
	if (rank != 0)
		return rank;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void merge_members(struct mover *m, uint32_t household)
{
	m->merged_n = 0;
	for (uint32_t p = m->r->people[household].member; p != ROSTER_NONE; p = m->r->people[p].next) {
		mover_person(m, p, &m->one);
		m->status[p] = STATUS_NONE;
		for (size_t i = 0; i < m->one.n; i++) {
			m->merged = room(m->a, m->merged, m->merged_n, &m->merged_room, sizeof *m->merged);
			m->merged[m->merged_n++] = (struct mover_member){m->one.list[i], p, (uint32_t)i};
		}
	}
	if (m->merged_n > 1)
		qsort(m->merged, m->merged_n, sizeof *m->merged, member_compare);
}

void mover_household(struct mover *m, uint32_t household, struct movements *out)
{
	uint32_t member = m->r->people[household].member;
	if (member != ROSTER_NONE && m->r->people[member].next == ROSTER_NONE) {
		mover_person(m, member, out);
		return;
	}
	out->n = 0;
	merge_members(m, household);
	const struct statuses statuses = {m->status, 1};
	for (size_t i = 0; i < m->merged_n; i++) {
		const struct mover_member *one = &m->merged[i];
		m->status[one->person] = one->move.to;
		uint32_t speaks = listing_speaker(m->r, household, statuses);
		bool quiet = out->n > 0 && speaks == one->person && one->move.cause == CAUSE_NEW;
		add_move(m, out, one->move.day.n, (enum status)m->status[speaks], quiet);
	}
}

void mover_begin(struct mover *m, struct arena *a, const struct roster *r, const struct trace *t)
{
	*m = (struct mover){.a = a, .r = r, .t = t, .status = arena_many(a, r->people_n, uint8_t)};
}
