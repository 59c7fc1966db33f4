#include "domain/ledger.h"

#include <assert.h>
#include <stdio.h>

struct ledger_when ledger_when(struct day last, struct day as_of)
{
	int32_t month = day_month(as_of);
	if (!day_known(last))
		return (struct ledger_when){.open = LEDGER_NO_MONTH, .month = month};
	int32_t open = day_month(last);
	return (struct ledger_when){.open = open, .month = month > open ? month : open};
}

bool ledger_same(const struct ledger_entry *a, const struct ledger_entry *b)
{
	return a->day.n == b->day.n && a->month == b->month && a->from == b->from && a->to == b->to &&
	       a->cause == b->cause && a->adjustment == b->adjustment && a->holds == b->holds;
}

static bool is_active(unsigned status)
{
	return status == STATUS_ACTIVE;
}

static int entry_step(const struct ledger_entry *e)
{
	return movement_step((enum status)e->from, (enum status)e->to);
}

/* What a household's book says while it is written. */
struct booking {
	struct ledger_entry *list;
	size_t n;
	int active; /* as booked so far: 1 or 0 */
	struct ledger_entry last;
};

static void book(struct booking *b, struct ledger_entry e)
{
	b->list[b->n++] = e;
	if (e.month == LEDGER_NO_MONTH)
		return;
	b->active += entry_step(&e);
	if (e.month > b->last.month || (e.month == b->last.month && e.day.n >= b->last.day.n))
		b->last = e;
}

static struct ledger_entry entry_of(const struct movement *m, int32_t month)
{
	return (struct ledger_entry){
		.day = m->day, .month = month, .from = m->from, .to = m->to, .cause = m->cause, .holds = true};
}

/* The change that a booked entry tells of, as far as it is still true; or n. */
static size_t find_move(const struct ledger_entry *e, const struct movement *moves, const bool *told, size_t n)
{
	size_t i = 0;
	while (i < n && (told[i] || moves[i].day.n != e->day.n || moves[i].from != e->from || moves[i].to != e->to ||
			 moves[i].cause != e->cause))
		i++;
	return i;
}

/* What is booked in closed months stays; whether it holds is seen anew. What was learnt in an open month that is
 * over was learnt then: its adjustment stays as well. */
static void keep_closed(struct booking *b, const struct ledger_entry *before, size_t n, const struct ledger_when *when,
			const struct movement *moves, bool *told, size_t moves_n)
{
	for (size_t i = 0; i < n; i++) {
		struct ledger_entry e = before[i];
		if (e.month == LEDGER_NO_MONTH || e.month >= (e.adjustment ? when->month : when->open))
			continue;
		size_t k = e.adjustment ? moves_n : find_move(&e, moves, told, moves_n);
		e.holds = k < moves_n;
		if (e.holds)
			told[k] = true;
		book(b, e);
	}
}

/* Brings the booked state to that of the history at the beginning of the current month. */
static void adjust(struct booking *b, enum status truth, int32_t month)
{
	if (b->active == is_active(truth))
		return;
	/* Entries that have no part in the balance do not stand in the books: active or not is what counts. */
	enum status from = (enum status)b->last.to;
	enum cause cause = movement_cause(from, truth, false);
	if (truth == STATUS_NONE)
		cause = CAUSE_INELIGIBLE;
	book(b, (struct ledger_entry){
			.day = month_first(month),
			.month = month,
			.from = (uint8_t)from,
			.to = (uint8_t)truth,
			.cause = (uint8_t)cause,
			.adjustment = true,
		});
}

struct ledger_entry *ledger_book(struct arena *a, const struct ledger_entry *before, size_t before_n,
				 const struct movement *moves, size_t moves_n, const struct ledger_when *when,
				 size_t *n)
{
	struct booking b = {
		.list = arena_many(a, before_n + moves_n + 1, struct ledger_entry),
		.last = {.month = LEDGER_NO_MONTH, .to = STATUS_NONE},
	};
	bool *told = arena_many(a, moves_n, bool);
	int32_t open = when->open;
	struct day current = month_first(when->month);
	bool adjusted = false;
	if (open != LEDGER_NO_MONTH)
		keep_closed(&b, before, before_n, when, moves, told, moves_n);
	for (size_t i = 0; i < moves_n; i++) {
		const struct movement *m = &moves[i];
		int step = movement_step((enum status)m->from, (enum status)m->to);
		int32_t month = day_month(m->day);
		if (told[i])
			continue;
		if (m->day.n >= current.n && !adjusted) {
			adjust(&b, (enum status)m->from, when->month);
			adjusted = true;
		}
		bool closed = open != LEDGER_NO_MONTH && month < open;
		bool fits = step != 0 && b.active == is_active(m->from);
		book(&b, entry_of(m, closed || !fits ? LEDGER_NO_MONTH : month));
	}
	if (!adjusted)
		adjust(&b, moves_n > 0 ? (enum status)moves[moves_n - 1].to : STATUS_NONE, when->month);
	*n = b.n;
	return b.list;
}

const char *ledger_flow_word(enum ledger_flow f)
{
	static const char *const words[] = {
#define X(name, word, heading, sign) [name] = word,
		LEDGER_FLOWS(X)
#undef X
	};
	return words[f];
}

const char *ledger_flow_heading(enum ledger_flow f)
{
	static const char *const headings[] = {
#define X(name, word, heading, sign) [name] = heading,
		LEDGER_FLOWS(X)
#undef X
	};
	return headings[f];
}

int ledger_flow_sign(enum ledger_flow f)
{
	static const int signs[] = {
#define X(name, word, heading, sign) [name] = sign,
		LEDGER_FLOWS(X)
#undef X
	};
	return signs[f];
}

const char *ledger_late_say(enum ledger_late l)
{
	static const char *const says[] = {
#define X(name, say) [name] = say,
		LEDGER_LATES(X)
#undef X
	};
	return says[l];
}

struct ledger ledger_new(struct arena *a, int32_t from, int32_t to)
{
	assert(from <= to);
	struct ledger l = {.n = (size_t)(to - from) + 1, .first = from};
	l.months = arena_many(a, l.n, struct ledger_month);
	for (size_t i = 0; i < l.n; i++)
		l.months[i].month = from + (int32_t)i;
	return l;
}

static enum ledger_flow flow_of(const struct ledger_entry *e)
{
	if (e->adjustment)
		return LEDGER_ADJUSTMENTS;
	switch ((enum cause)e->cause) {
	case CAUSE_NEW:
		return LEDGER_NEW;
	case CAUSE_FROM_HOUSING:
		return LEDGER_FROM_HOUSING;
	case CAUSE_FROM_INACTIVE:
		return LEDGER_FROM_INACTIVE;
	case CAUSE_MOVE_IN:
		return LEDGER_MOVE_INS;
	case CAUSE_INACTIVE:
		return LEDGER_TO_INACTIVE;
	case CAUSE_INELIGIBLE:
	case CAUSE_MOVED_AWAY:
	case CAUSE_DECEASED:
	case CAUSES_N:
		break;
	}
	return LEDGER_INELIGIBLE;
}

static enum ledger_late late_of(const struct ledger_entry *e)
{
	switch ((enum status)e->to) {
	case STATUS_ACTIVE:
		return e->from == STATUS_NONE ? LATE_LISTED : LATE_ACTIVE;
	case STATUS_HOUSED:
		return LATE_HOUSED;
	case STATUS_INACTIVE:
		return LATE_INACTIVE;
	case STATUS_NONE:
		return LATE_GONE;
	case STATUS_INELIGIBLE:
	case STATUS_MOVED_AWAY:
	case STATUS_DECEASED:
		break;
	}
	return LATE_ENDED;
}

void ledger_count(struct ledger *l, const struct ledger_entry *e)
{
	int step = entry_step(e);
	if (e->month == LEDGER_NO_MONTH || step == 0)
		return;
	if (e->month < l->first) {
		l->before += step;
		return;
	}
	size_t i = (size_t)(e->month - l->first);
	if (i >= l->n)
		return;
	enum ledger_flow flow = flow_of(e);
	l->months[i].flows[flow] += flow == LEDGER_ADJUSTMENTS ? step : 1;
	if (flow == LEDGER_ADJUSTMENTS)
		l->months[i].late[late_of(e)]++;
}

void ledger_close(struct ledger *l)
{
	int64_t active = l->before;
	for (size_t i = 0; i < l->n; i++) {
		struct ledger_month *m = &l->months[i];
		m->active_start = active;
		for (enum ledger_flow f = 0; f < LEDGER_FLOWS_N; f++)
			active += ledger_flow_sign(f) * m->flows[f];
		m->active_end = active;
	}
}

bool month_parse(struct str s, int32_t *out)
{
	char text[DAY_TEXT];
	struct day day;
	if (s.n != MONTH_TEXT - 1)
		return false;
	snprintf(text, sizeof text, "%.*s-01", STR_ARG(s));
	if (!day_parse(str_from(text), &day))
		return false;
	*out = day_month(day);
	return true;
}

const char *month_text(int32_t month, char out[MONTH_TEXT])
{
	struct ymd d = day_to_ymd(month_first(month));
	snprintf(out, MONTH_TEXT, "%04u-%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100);
	return out;
}
