#include "app/standing.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "domain/household.h"
#include "domain/spell.h"

enum { PEOPLE_AT_ONCE = 4096 };

struct writing {
	struct standing_book *b;
	const struct standing_ask *ask;
	unsigned threads;
	uint32_t from; /* the people of this round */
	struct writer {
		struct writing *w;
		unsigned part;
		struct arena *arena; /* of one person at a time */
		struct arena *text;
		struct buf out;
		pthread_t thread;
	} writers[STANDING_THREADS];
	void (*step)(struct writer *x);
};

struct night_stay *standing_stays(const struct standing_book *b, struct arena *a, uint32_t person, size_t *n)
{
	const struct roster *r = b->r;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	struct night_stay *stays = arena_many(a, end - first, struct night_stay);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		struct night_list seen = night_list_of(&b->nights, r->order[k]);
		struct day said = s->bits & STAY_STREET_TAKEN ? DAY_NONE : s->to_street;
		stays[k - first] = (struct night_stay){
			.type = roster_type(r, s),
			.entry = s->entry,
			.exit = s->exit,
			.move_in = s->move_in,
			.to_street = s->to_street,
			.said = s->bits & STAY_STREET_LATE ? day_add(s->entry, 1) : said,
			.living = s->living,
			.los = s->los,
			.from_street = s->from_street,
			.times = s->times,
			.months = s->months_said,
			.seen = seen.seen,
			.seen_n = seen.n,
		};
	}
	*n = end - first;
	return stays;
}

bool standing_counts(const struct roster *r, uint32_t person, struct day last)
{
	uint32_t first;
	uint32_t end;
	if (day_known(r->people[person].birth) && r->people[person].birth.n <= r->adult.n)
		return true;
	roster_stays(r, person, &first, &end);
	struct day window = nights_window(last);
	for (uint32_t k = first; k < end; k++) {
		uint32_t i = r->order[k];
		const struct roster_stay *s = &r->stays[i];
		bool in = chtime_type(roster_type(r, s)) && s->entry.n <= last.n &&
			  (!day_known(s->exit) || s->exit.n > window.n);
		if (in && household_head_stay(r, i) == i)
			return true;
	}
	return false;
}

static bool adult_at_entry(const struct roster *r, const struct roster_stay *s)
{
	enum { RELATION_CHILD = 2 };
	struct day birth = r->people[s->person].birth;
	return day_known(birth) ? household_is_adult(birth, s->entry) : s->relation != RELATION_CHILD;
}

static enum answer own_at_entry(const struct roster *r, const struct roster_stay *s)
{
	struct chronic_facts f = chronic_facts_of(r, s);
	return chronic_at_entry(&f);
}

/* The rule wants the members: the person, the head, and where anybody else who entered with the head is
 * chronic, that one. */
enum answer standing_entry(const struct standing_book *b, uint32_t i)
{
	const struct roster *r = b->r;
	const struct roster_stay *s = &r->stays[i];
	const struct roster_stay *head = &r->stays[household_head_stay(r, i)];
	struct chronic_member own = {own_at_entry(r, s), adult_at_entry(r, s), s->entry};
	struct chronic_member m[3] = {own, own, {ANSWER_YES, true, head->entry}};
	if (head != s)
		m[0] = (struct chronic_member){own_at_entry(r, head), adult_at_entry(r, head), head->entry};
	bool other = s->group != ROSTER_NONE && b->group_chronic[s->group] != 0;
	return chronic_in_household(m, other ? 3 : 2, 0, 1, true);
}

enum chronic standing_chronic(const struct roster *r, uint32_t person, const struct standing_months *own)
{
	uint32_t leader = r->people[person].leader;
	struct day birth = r->people[person].birth;
	if (leader == person || leader == ROSTER_NONE || !day_known(birth) || birth.n <= r->adult.n)
		return chronic_now(r, person, own);
	struct standing_months months;
	standing_months(r, leader, &months);
	return chronic_now(r, leader, &months);
}

static void write_person(const struct standing_book *b, struct arena *a, const struct standing_ask *ask,
			 uint32_t person, struct day window, struct buf *out)
{
	const struct roster *r = b->r;
	struct standing_row row = {.personal_id = b->personal_id(b->ctx, person)};
	size_t n;
	if (r->people[person].stays == r->people[person + 1].stays || row.personal_id.n == 0)
		return;
	struct arena_mark mark = arena_mark(a);
	struct night_stay *stays = standing_stays(b, a, person, &n);
	struct standing_months months;
	struct chtime time;
	struct day last = chtime_last_active(stays, n, r->as_of);
	uint32_t entered = chronic_entry_latest(r, person);
	standing_months(r, person, &months);
	chtime_work(a, stays, n, last, standing_counts(r, person, last), &time);
	row.months_36 = months.count;
	row.nights_3y = nights_in_window(stays, n, window, r->as_of);
	row.episodes = (int)time.episodes.n;
	row.chtime = time.time;
	row.chtime_status = time.status;
	row.chronic = standing_chronic(r, person, &months);
	row.entered = entered != ROSTER_NONE;
	row.at_entry = row.entered ? standing_entry(b, entered) : ANSWER_MISSING;
	ask->write(ask->ctx, out, &row);
	arena_rewind(a, mark);
}

void standing_rows(const struct standing_book *b, struct arena *a, const struct standing_ask *ask, uint32_t from,
		   uint32_t to, struct buf *out)
{
	struct day window = nights_window(b->r->as_of);
	for (uint32_t i = from; i < to; i++) {
		roster_ahead(b->r, i, b->r->people_n);
		write_person(b, a, ask, i, window, out);
	}
}

static void write_people(struct writer *x)
{
	struct writing *w = x->w;
	uint64_t people = w->b->r->people_n;
	uint64_t from = (uint64_t)w->from + (uint64_t)x->part * PEOPLE_AT_ONCE;
	uint64_t to = from + PEOPLE_AT_ONCE < people ? from + PEOPLE_AT_ONCE : people;
	if (from < to)
		standing_rows(w->b, x->arena, w->ask, (uint32_t)from, (uint32_t)to, &x->out);
}

static void spells_of(struct writer *x)
{
	spell_share(x->w->b->r, x->part, x->w->threads);
}

void standing_mark(struct standing_book *b, uint32_t from, uint32_t to)
{
	const struct roster *r = b->r;
	for (uint32_t i = from; i < to; i++) {
		const struct roster_stay *s = &r->stays[i];
		if (s->person == ROSTER_NONE || s->group == ROSTER_NONE || own_at_entry(r, s) != ANSWER_YES)
			continue;
		if (s->entry.n == r->stays[household_head_stay(r, i)].entry.n)
			__atomic_store_n(&b->group_chronic[s->group], 1, __ATOMIC_RELAXED);
	}
}

static void mark_groups(struct writer *x)
{
	struct roster_range share = roster_share(x->w->b->r->stays_n, x->part, x->w->threads);
	standing_mark(x->w->b, share.from, share.to);
}

static void *run_writer(void *p)
{
	struct writer *x = p;
	x->w->step(x);
	return NULL;
}

/* The step on all threads, side by side. */
static void run_step(struct writing *w, void (*step)(struct writer *x))
{
	unsigned started = 1;
	w->step = step;
	while (started < w->threads &&
	       pthread_create(&w->writers[started].thread, NULL, run_writer, &w->writers[started]) == 0)
		started++;
	step(&w->writers[0]);
	for (unsigned i = started; i < w->threads; i++)
		step(&w->writers[i]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(w->writers[i].thread, NULL);
}

static err_t write_all(struct writing *w)
{
	run_step(w, spells_of);
	run_step(w, mark_groups);
	uint64_t people = w->b->r->people_n;
	for (uint64_t from = 0; from < people; from += (uint64_t)w->threads * PEOPLE_AT_ONCE) {
		w->from = (uint32_t)from;
		run_step(w, write_people);
		for (unsigned i = 0; i < w->threads; i++) {
			TRY(w->ask->flush(w->ask->ctx, buf_text(&w->writers[i].out)));
			w->writers[i].out.n = 0;
		}
	}
	return NULL;
}

unsigned standing_threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 1 ? 1 : cores < STANDING_THREADS ? (unsigned)cores : STANDING_THREADS;
}

err_t standing_write(struct standing_book *b, struct arena *a, const struct standing_ask *ask)
{
	struct writing *w = arena_one(a, struct writing);
	*w = (struct writing){.b = b, .ask = ask, .threads = standing_threads()};
	enum { ROOM = PEOPLE_AT_ONCE * STANDING_TEXT };
	for (unsigned i = 0; i < w->threads; i++) {
		struct writer *x = &w->writers[i];
		*x = (struct writer){.w = w, .part = i};
		x->arena = arena_new("a person's nights", STANDING_MEMORY);
		x->text = arena_new("rows", 2 * (size_t)ROOM);
		x->out = buf_new(x->text, ROOM);
	}
	b->group_chronic = calloc((size_t)b->r->groups_n + 1, 1);
	err_t e = b->group_chronic == NULL ? err_internal(a, "no memory for household stays") : write_all(w);
	for (unsigned i = 0; i < w->threads; i++) {
		arena_free(&w->writers[i].arena);
		arena_free(&w->writers[i].text);
	}
	free(b->group_chronic);
	b->group_chronic = NULL;
	return e;
}
