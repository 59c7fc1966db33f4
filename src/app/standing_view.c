#include "app/standing_view.h"

#include <stdlib.h>

#include "app/household_roster.h"
#include "app/standing.h"

enum { WORKERS = 2 };

struct work {
	struct call *call;
	struct standing_view *view;
	struct roster_fill *fill;
	struct night_book *nights;
	struct standing_book book;
};

/* The members with everything that is known of them, settled, and when they were seen. */
static err_t fill_members(struct work *w, struct db *db, struct arena *a)
{
	TRY(night_book_new(a, WORKERS, &w->nights));
	TRY(household_roster(w->call, db, a, w->view->household->panel->face.no, w->nights, &w->fill));
	struct roster *r = w->fill->r;
	TRY(night_book_settle(w->nights, a, r->stays_n));
	w->view->as_of = r->as_of;
	w->book = (struct standing_book){.r = r,
					 .nights = night_book_lists(w->nights),
					 .group_chronic = arena_many(a, (size_t)r->groups_n + 1, uint8_t)};
	standing_mark(&w->book, 0, r->stays_n);
	return NULL;
}

static struct str chronic_sentence(enum chronic c)
{
	static const struct str says[] = {
		[CHRONIC_VERIFIED] = STR_INIT("Verified: people have looked at the papers."),
		[CHRONIC_LIKELY] =
			STR_INIT("Likely: a disability is recorded, and the time homeless is long enough. The "
				 "papers are still to be checked."),
		[CHRONIC_UNKNOWN] = STR_INIT("Unknown: answers on a disability or on the time homeless are missing."),
		[CHRONIC_NOT] = STR_INIT("Not, by the answers given so far."),
	};
	return says[c];
}

static struct str entry_sentence(struct arena *a, const struct standing_book *b, uint32_t person, bool dated)
{
	char day[DAY_SAY];
	uint32_t i = chronic_entry_latest(b->r, person);
	if (i == ROSTER_NONE)
		return (struct str){0};
	if (!dated)
		return str_fmt(a, "At the latest entry: %s.", answer_say(standing_entry(b, i)));
	return str_fmt(a, "At the latest entry, %s: %s.", day_say(b->r->stays[i].entry, day),
		       answer_say(standing_entry(b, i)));
}

static struct str report_sentence(struct arena *a, const struct chtime *t)
{
	if (t->time == CHTIME_NOT_ASKED)
		return str_fmt(a, "CHTime −1: %s.", chtime_say(t->time, t->status));
	const char *gap = t->gap == CHTIME_COMPLETE ? "" : chtime_gap_say(t->gap);
	return str_fmt(a, "CHTime %d, CHTimeStatus %d: %s; %d days in %zu %s%s%s.", t->time, t->status,
		       chtime_say(t->time, t->status), t->days, t->episodes.n,
		       t->episodes.n == 1 ? "episode" : "episodes", gap[0] != '\0' ? "; incomplete, because " : "",
		       gap);
}

static int newest_first(const void *x, const void *y)
{
	const struct standing_line *a = x;
	const struct standing_line *b = y;
	return (b->first.n > a->first.n) - (b->first.n < a->first.n);
}

static void fill_lines(struct arena *a, const struct nights *n, struct standing_person *p)
{
	p->lines = arena_many(a, n->working_n, struct standing_line);
	p->lines_n = n->working_n;
	for (size_t i = 0; i < n->working_n; i++) {
		const struct night_span *s = &n->working[i];
		p->lines[i] = (struct standing_line){
			.what = str_from(night_source_say(s->source)),
			.first = s->span.first,
			.last = s->span.last,
			.nights = day_diff(s->span.first, s->span.last) + 1,
			.takes = s->source == NIGHT_HOUSED || s->source == NIGHT_TRANSITIONAL,
		};
	}
	if (p->lines_n > 1)
		qsort(p->lines, p->lines_n, sizeof *p->lines, newest_first);
}

static void fill_person(struct work *w, struct arena *a, uint32_t person, struct standing_person *p)
{
	const struct roster *r = w->fill->r;
	struct nights nights;
	struct chtime time;
	size_t n;
	struct night_stay *stays = standing_stays(&w->book, a, person, &n);
	struct day last = chtime_last_active(stays, n, r->as_of);
	standing_months(r, person, &p->months);
	nights_work(a, stays, n, r->as_of, &nights);
	chtime_work(a, stays, n, last, standing_counts(r, person, last), &time);
	p->documented = __builtin_popcountll(p->months.documented);
	p->reported = __builtin_popcountll(p->months.reported);
	p->on_paper = __builtin_popcountll(p->months.on_paper);
	p->years3 = nights.years3;
	p->episode = nights.episode;
	p->current = nights.current;
	p->chronic = chronic_sentence(standing_chronic(r, person, &p->months));
	p->entry = entry_sentence(a, &w->book, person, w->view->detailed);
	p->report = report_sentence(a, &time);
	p->episodes = day_known(nights.episode.first);
	if (w->view->detailed)
		fill_lines(a, &nights, p);
	else
		p->episode.first = p->episode.last = DAY_NONE;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct standing_view *v = w->view;
	roster_fill_free(&w->fill); /* of a try before */
	night_book_free(&w->nights);
	TRY(fill_members(w, db, a));
	/* Both come head first; a member whom an import took away in between is left out. */
	v->people_n = w->fill->r->people_n < v->household->members_n ? w->fill->r->people_n : v->household->members_n;
	v->people = arena_many(a, v->people_n, struct standing_person);
	for (size_t i = 0; i < v->people_n; i++) {
		v->people[i].who = &v->household->members[i];
		fill_person(w, a, (uint32_t)i, &v->people[i]);
	}
	return NULL;
}

err_t app_standing_view(struct call *c, struct str household_id, struct standing_view *out)
{
	struct standing_view view = {.household = arena_one(c->arena, struct household_view), .as_of = DAY_NONE};
	struct work w = {.call = c, .view = &view};
	TRY(app_household_page(c, household_id, view.household));
	view.detailed = view.household->panel->face.named;
	if (view.household->panel->face.coarse) {
		*out = view;
		return NULL;
	}
	err_t e = db_run(c->db, c->arena, DB_READ, load, &w);
	roster_fill_free(&w.fill);
	night_book_free(&w.nights);
	if (e == NULL)
		*out = view;
	return e;
}
