#include "domain/nights.h"

#include <string.h>

#include "base/arena.h"
#include "domain/night_set.h"

/* LengthOfStay, list 3.917.2. */
enum {
	LENGTH_WEEK = 2,       /* one week or more, under a month */
	LENGTH_MONTH = 3,      /* one month or more, under 90 days */
	LENGTH_NIGHT = 10,     /* one night or less */
	LENGTH_UNDER_WEEK = 11 /* two to six nights */
};

const char *night_source_say(enum night_source s)
{
	static const char *const say[] = {
		[NIGHT_SHELTER] = "in shelter or safe haven",
		[NIGHT_BED] = "bed nights",
		[NIGHT_SEEN] = "seen on the street or in shelter",
		[NIGHT_WAITING] = "enrolled in housing, not moved in yet",
		[NIGHT_SAID] = "self-reported, before entry",
		[NIGHT_TRANSITIONAL] = "in transitional housing",
		[NIGHT_HOUSED] = "housed",
	};
	return say[s];
}

bool night_brief(const struct night_stay *s)
{
	return s->los == LENGTH_NIGHT || s->los == LENGTH_UNDER_WEEK ||
	       (situation_is_institution(s->living) && (s->los == LENGTH_WEEK || s->los == LENGTH_MONTH));
}

bool night_from_homeless(const struct night_stay *s)
{
	return situation_is_homeless(s->living) || (s->from_street == CODE_YES && night_brief(s));
}

struct day night_last(const struct night_stay *s, struct day last)
{
	return day_known(s->exit) && s->exit.n <= last.n ? day_add(s->exit, -1) : last;
}

struct day nights_window(struct day last)
{
	return day_add(day_add_years(last, -NIGHTS_YEARS), 1);
}

struct work {
	struct arena *a;
	struct nights *out; /* or NULL: no working is wanted, but the sets */
	size_t room;        /* of out->working */
	struct day as_of;
	struct spans away; /* transitional housing, and housed */
	struct night_set counted, taken;
};

/* A line of the working, and the set it belongs to. */
static void note(struct work *w, uint32_t stay, enum night_source source, struct day first, struct day last)
{
	enum { FIRST_ROOM = 8 };
	struct nights *out = w->out;
	if (last.n > w->as_of.n)
		last = w->as_of;
	if (last.n < first.n)
		return;
	bool takes = source == NIGHT_TRANSITIONAL || source == NIGHT_HOUSED;
	if (out == NULL) {
		night_set_add(takes ? &w->taken : &w->counted, first, last);
		return;
	}
	struct spans *set = takes ? &w->away : source == NIGHT_SAID ? &out->said : &out->recorded;
	spans_add(w->a, set, first, last);
	if (source == NIGHT_HOUSED)
		spans_add(w->a, &out->housed, first, last);
	struct night_span *before = out->working_n > 0 ? &out->working[out->working_n - 1] : NULL;
	if (before != NULL && before->stay == stay && before->source == source && first.n - before->span.last.n <= 1) {
		before->span.last = day_max(before->span.last, last);
		return;
	}
	if (out->working_n == w->room) {
		size_t room = w->room == 0 ? FIRST_ROOM : 2 * w->room;
		struct night_span *grown = arena_many(w->a, room, struct night_span);
		if (out->working_n > 0)
			memcpy(grown, out->working, out->working_n * sizeof *grown);
		out->working = grown;
		w->room = room;
	}
	out->working[out->working_n++] = (struct night_span){{first, last}, source, stay};
}

/* A bed night counts within its stay, the day of a living situation wherever it was noted. */
static void note_seen(struct work *w, const struct night_stay *s, uint32_t i, enum night_kind kind)
{
	struct day last = night_last(s, w->as_of);
	for (size_t k = 0; k < s->seen_n; k++) {
		struct day day = night_day(s->seen[k]);
		bool counts = kind != NIGHT_KIND_BED ||
			      (s->type == PROJECT_NIGHT_SHELTER && day.n >= s->entry.n && day.n <= last.n);
		if (night_kind(s->seen[k]) == kind && counts)
			note(w, i, kind == NIGHT_KIND_BED ? NIGHT_BED : NIGHT_SEEN, day, day);
	}
}

static void note_stay(struct work *w, const struct night_stay *s, uint32_t i)
{
	struct day last = night_last(s, w->as_of);
	bool moved = day_known(s->move_in) && s->move_in.n <= w->as_of.n;
	if (s->type == PROJECT_SHELTER || s->type == PROJECT_SAFE_HAVEN)
		note(w, i, NIGHT_SHELTER, s->entry, last);
	if (s->type == PROJECT_NIGHT_SHELTER)
		note_seen(w, s, i, NIGHT_KIND_BED);
	note_seen(w, s, i, NIGHT_KIND_STREET);
	if (type_is_permanent(s->type) && night_from_homeless(s))
		note(w, i, NIGHT_WAITING, s->entry, moved ? day_add(s->move_in, -1) : last);
	if (day_known(s->to_street))
		note(w, i, NIGHT_SAID, s->to_street, day_add(s->entry, -1));
	if (s->type == PROJECT_TRANSITIONAL)
		note(w, i, NIGHT_TRANSITIONAL, s->entry, last);
	if (type_is_permanent(s->type) && moved)
		note(w, i, NIGHT_HOUSED, s->move_in, last);
}

static void count(const struct nights *n, struct night_count *c)
{
	c->recorded = spans_nights(&n->recorded, c->first, c->last);
	c->said = spans_nights(&n->said, c->first, c->last);
	c->housed = spans_nights(&n->housed, c->first, c->last);
}

/* The latest run of nights. */
static struct span latest_run(struct arena *a, const struct nights *n)
{
	struct spans all = {0};
	for (size_t i = 0; i < n->recorded.n; i++)
		spans_add(a, &all, n->recorded.of[i].first, n->recorded.of[i].last);
	for (size_t i = 0; i < n->said.n; i++)
		spans_add(a, &all, n->said.of[i].first, n->said.of[i].last);
	spans_settle(&all);
	spans_bridge(&all, NIGHTS_APART);
	return all.n > 0 ? all.of[all.n - 1] : (struct span){DAY_NONE, DAY_NONE};
}

void nights_work(struct arena *a, const struct night_stay *stays, size_t n, struct day as_of, struct nights *out)
{
	*out = (struct nights){.years3 = {.first = nights_window(as_of), .last = as_of}};
	struct work w = {.a = a, .out = out, .as_of = as_of};
	for (size_t i = 0; i < n; i++)
		if (stays[i].entry.n <= as_of.n)
			note_stay(&w, &stays[i], (uint32_t)i);
	spans_settle(&w.away);
	spans_settle(&out->housed);
	spans_settle(&out->recorded);
	spans_settle(&out->said);
	struct spans recorded = out->recorded;
	struct spans said = out->said;
	struct spans unrecorded = {0};
	out->recorded = out->said = (struct spans){0};
	spans_cut(a, &recorded, &w.away, &out->recorded);
	spans_cut(a, &said, &recorded, &unrecorded);
	spans_cut(a, &unrecorded, &w.away, &out->said);

	count(out, &out->years3);
	struct span run = latest_run(a, out);
	out->episode.first = run.first;
	out->episode.last = run.last;
	if (day_known(run.first)) {
		count(out, &out->episode);
		out->current = day_diff(run.last, as_of) <= NIGHTS_APART;
	}
}

int nights_in_window(const struct night_stay *stays, size_t n, struct day first, struct day as_of)
{
	struct work w = {
		.as_of = as_of, .counted = {.first = first, .last = as_of}, .taken = {.first = first, .last = as_of}};
	for (size_t i = 0; i < n; i++)
		if (stays[i].entry.n <= as_of.n)
			note_stay(&w, &stays[i], (uint32_t)i);
	night_set_cut(&w.counted, &w.taken);
	return night_set_count(&w.counted);
}
