#include "app/opening_fit.h"

#include <stdlib.h>
#include <string.h>

#include "app/entry.h"
#include "app/list_names.h"
#include "app/list_opening.h"
#include "app/meeting.h"
#include "app/needs.h"
#include "app/opening_match.h"
#include "domain/preference.h"
#include "store/q_opening.h"

struct fitting {
	struct call *call;
	struct str id;
	struct opening_fit_view *view;
	struct list_image *image; /* in the order of the opening's kind */
	struct list_facts facts;
	struct match_rule rule;
	int64_t *seats; /* ascending */
	size_t seats_n;
};

static int by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x;
	int64_t b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static err_t load_seats(struct db *db, struct arena *a, struct str region_id, int64_t **out, size_t *n)
{
	struct q_opening_seats *rows;
	TRY(q_opening_seats(db, a, region_id, &rows, n));
	*out = arena_many(a, *n, int64_t);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = rows[i].household_no;
	return NULL;
}

static bool is_seated(const int64_t *seats, size_t n, int64_t no)
{
	return n > 0 && bsearch(&no, seats, n, sizeof no, by_number) != NULL;
}

/* --- one opening --- */

struct chosen {
	const struct list_row *row;
	uint64_t failing;
};

/* What is shown of those that were chosen: their faces, and what they wish for themselves. */
static err_t show(struct fitting *w, struct db *db, struct arena *a, const struct chosen *chosen, size_t n,
		  struct fit_row **out)
{
	struct fit_row *rows = arena_many(a, n, struct fit_row);
	struct household_face *faces = arena_many(a, n, struct household_face);
	int64_t *nos = arena_many(a, n, int64_t);
	struct entry *entries;
	size_t entries_n;
	for (size_t i = 0; i < n; i++)
		nos[i] = chosen[i].row->no;
	*out = rows;
	if (n == 0)
		return NULL;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	TRY(entries_load(db, a, nos, n, &entries, &entries_n));
	for (size_t i = 0; i < n; i++) {
		struct fit_row *row = &rows[i];
		row->face = faces[i];
		row->face.rank = chosen[i].row->rank;
		row->seated = is_seated(w->seats, w->seats_n, nos[i]);
		if (chosen[i].failing != 0 && !faces[i].coarse) { /* what fails is one of the facts */
			row->but = match_rule_say(a, &w->rule, chosen[i].failing);
			unsigned papers = match_rule_papers(&w->rule, chosen[i].failing);
			row->paper = papers != 0;
			if (row->paper && row->face.notes)
				TRY(papers_missing(w->call, a,
						   &(struct paper_asked){w->view->people, w->view->people_n, entries,
									 entries_n, nos[i], chosen[i].row->veteran,
									 papers},
						   &row->papers, &row->papers_n));
		}
		struct preference_words wishes = {0};
		if (row->face.notes)
			TRY(preference_of(w->call, a, entries, entries_n, nos[i], &wishes));
		row->wants = preference_set_labels(a, wishes.set & w->view->opening.features);
	}
	return NULL;
}

static err_t choose(struct fitting *w, struct db *db, struct arena *a)
{
	const struct list_region *region = list_image_region(w->image, w->view->opening.region_id);
	struct opening_fit_view *v = w->view;
	struct chosen fits[FIT_SHOWN];
	struct chosen near[FIT_NEAR];
	struct chosen passed[FIT_NOT];
	v->active = region == NULL ? 0 : region->active;
	for (size_t i = 0; i < v->active; i++) {
		struct chosen one = {&w->image->rows[region->first + i], 0};
		one.failing = match_rule_failing(&w->rule, &w->facts, one.row);
		bool alone = one.failing != 0 && (one.failing & (one.failing - 1)) == 0;
		for (size_t t = 0; t < w->rule.n; t++) {
			v->terms[t].fails += one.failing >> t & 1;
			v->terms[t].alone += alone && one.failing >> t & 1;
		}
		if (one.failing == 0 && v->fits_n++ < FIT_SHOWN)
			fits[v->shown_n++] = one;
		else if (alone && v->near_n < FIT_NEAR)
			near[v->near_n++] = one;
		else if (one.failing != 0 && v->shown_n < FIT_SHOWN && v->passed_n < FIT_NOT)
			passed[v->passed_n++] = one;
	}
	TRY(show(w, db, a, fits, v->shown_n, &v->fits));
	TRY(show(w, db, a, near, v->near_n, &v->near));
	return show(w, db, a, passed, v->passed_n, &v->passed);
}

static err_t fit(struct fitting *w, struct db *db, struct arena *a, const struct list_image *list)
{
	struct call *c = w->call;
	struct opening_fit_view *v = w->view;
	struct filter_names names;
	TRY(opening_load(c, db, a, w->id, &v->opening));
	if (!meeting_may_plan(&c->actor, v->opening.region_id))
		return err_new(a, ERR_DENIED, "Openings are matched by who plans the conferences of their region.");
	TRY(list_opening_of(c, db, a, list, c->today, v->opening.kind, &w->image));
	TRY(list_names(db, a, w->image, &names));
	TRY(match_rule_read(a, &names, v->opening.rule, &w->rule));
	v->order = policy_kind_table[v->opening.kind].say;
	v->terms_n = w->rule.n;
	v->terms = arena_many(a, v->terms_n, struct fit_term);
	for (size_t i = 0; i < v->terms_n; i++)
		v->terms[i].say = filter_say(a, &w->rule.terms[i]);
	TRY(load_seats(db, a, v->opening.region_id, &w->seats, &w->seats_n));
	TRY(document_people(db, a, v->opening.region_id, &v->people, &v->people_n));
	v->hold_most = match_hold_most(w->image, c->today);
	w->facts = (struct list_facts){.image = w->image, .today = c->today};
	err_t e = list_facts_load(c, db, a, filter_keys(w->rule.whole), &w->facts);
	if (e == NULL)
		e = choose(w, db, a);
	list_facts_give(c, &w->facts);
	return e;
}

static err_t read_fit(struct db *db, struct arena *a, void *ctx)
{
	struct fitting *w = ctx;
	struct list_cache *cache = w->call->app->lists;
	struct list_image *list;
	*w->view = (struct opening_fit_view){0};
	w->image = NULL;
	TRY(list_image_take(cache, db, a, &list));
	err_t e = fit(w, db, a, list);
	if (w->image != NULL)
		list_image_give(cache, &w->image);
	list_image_give(cache, &list);
	return e;
}

err_t app_opening_fit(struct call *c, struct str id, struct opening_fit_view *out)
{
	struct fitting w = {.call = c, .id = id, .view = out};
	return db_run(c->db, c->arena, DB_READ, read_fit, &w);
}

/* --- one change, most doors --- */

/* A condition that some openings have. */
struct door {
	struct str text; /* as a filter writes it: equal conditions are one */
	struct str say, program;
	size_t openings, doors, seated;
};

struct changing {
	struct call *call;
	struct str region_id;
	struct opening_change *out;
	struct list_image *image;
	struct list_facts facts;
	struct match_rule *rules; /* by opening */
	size_t *door_of;          /* of their conditions, one behind the other */
	size_t *first;            /* by opening: where its conditions begin */
	size_t rules_n;
	struct door *doors;
	size_t doors_n;
	int64_t *seats;
	size_t seats_n;
};

static size_t door_find(struct changing *w, struct arena *a, struct filter *term, struct str program)
{
	struct str text = filter_text(a, term);
	for (size_t i = 0; i < w->doors_n; i++)
		if (str_eq(w->doors[i].text, text))
			return i;
	w->doors[w->doors_n] = (struct door){.text = text, .say = filter_say(a, term), .program = program};
	return w->doors_n++;
}

/* The doors that one household finds shut by one condition alone, each counted once; none where it fits an opening. */
static void count_doors(struct changing *w, const struct list_row *row, bool *shut)
{
	memset(shut, 0, w->doors_n * sizeof *shut);
	for (size_t o = 0; o < w->rules_n; o++) {
		size_t fails = 0;
		size_t last = 0;
		for (size_t t = 0; t < w->rules[o].n && fails < 2; t++)
			if (!list_row_passes(&w->facts, &w->rules[o].terms[t], row)) {
				fails++;
				last = t;
			}
		if (fails == 0)
			return;
		if (fails == 1)
			shut[w->door_of[w->first[o] + last]] = true;
	}
	for (size_t d = 0; d < w->doors_n; d++)
		if (shut[d]) {
			w->doors[d].doors++;
			w->doors[d].seated += is_seated(w->seats, w->seats_n, row->no);
		}
}

static err_t read_rules(struct changing *w, struct db *db, struct arena *a, uint64_t *keys)
{
	struct opening_row *openings;
	struct filter_names names;
	size_t all = 0;
	TRY(openings_offered(w->call, db, a, w->region_id, &openings, &w->rules_n));
	TRY(list_names(db, a, w->image, &names));
	w->rules = arena_many(a, w->rules_n, struct match_rule);
	w->first = arena_many(a, w->rules_n, size_t);
	for (size_t o = 0; o < w->rules_n; o++) {
		TRY(match_rule_read(a, &names, openings[o].rule, &w->rules[o]));
		*keys |= filter_keys(w->rules[o].whole);
		w->first[o] = all;
		all += w->rules[o].n;
	}
	w->door_of = arena_many(a, all, size_t);
	w->doors = arena_many(a, all, struct door);
	for (size_t o = 0; o < w->rules_n; o++)
		for (size_t t = 0; t < w->rules[o].n; t++) {
			size_t d = door_find(w, a, &w->rules[o].terms[t], openings[o].program);
			w->door_of[w->first[o] + t] = d;
			w->doors[d].openings++;
		}
	return NULL;
}

static err_t change(struct changing *w, struct db *db, struct arena *a)
{
	uint64_t keys = 0;
	const struct list_region *region = list_image_region(w->image, w->region_id);
	TRY(read_rules(w, db, a, &keys));
	TRY(load_seats(db, a, w->region_id, &w->seats, &w->seats_n));
	w->facts = (struct list_facts){.image = w->image, .today = w->call->today};
	bool *shut = arena_many(a, w->doors_n, bool);
	err_t e = list_facts_load(w->call, db, a, keys, &w->facts);
	for (size_t i = 0; e == NULL && region != NULL && i < region->active; i++)
		count_doors(w, &w->image->rows[region->first + i], shut);
	list_facts_give(w->call, &w->facts);
	TRY(e);
	const struct door *best = NULL;
	for (size_t d = 0; d < w->doors_n; d++)
		if (w->doors[d].doors > 0 && (best == NULL || w->doors[d].doors > best->doors))
			best = &w->doors[d];
	if (best != NULL)
		*w->out = (struct opening_change){best->say, best->program, best->openings, best->doors, best->seated};
	return NULL;
}

static err_t read_change(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	*w->out = (struct opening_change){0};
	w->doors_n = 0;
	if (!meeting_may_plan(&w->call->actor, w->region_id))
		return err_new(a, ERR_DENIED, "Openings are matched by who plans the conferences of their region.");
	TRY(list_image_take(w->call->app->lists, db, a, &w->image));
	err_t e = change(w, db, a);
	list_image_give(w->call->app->lists, &w->image);
	return e;
}

err_t app_opening_change(struct call *c, struct str region_id, struct opening_change *out)
{
	struct changing w = {.call = c, .region_id = region_id, .out = out};
	return db_run(c->db, c->arena, DB_READ, read_change, &w);
}
