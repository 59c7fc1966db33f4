#include "app/household_opening.h"

#include <stdlib.h>

#include "app/meeting.h"
#include "app/needs.h"
#include "app/opening_match.h"
#include "store/q_household.h"
#include "store/q_opening_decision.h"

struct meeting_homes {
	struct call *call;
	struct str id;
	struct household_openings_view *view;
	struct match_set set;
	struct entry *entries;
	size_t entries_n;
	struct preference_words wishes;
	struct document_person *people;
	size_t people_n;
	struct q_opening_decisions_of_region *said;
	size_t said_n;
};

static size_t count_before(const struct match_set *set, size_t o, const struct list_row *row)
{
	const struct list_image *image = set->image[set->openings[o].kind];
	const struct list_row *first = &image->rows[image->regions[row->region].first];
	size_t n = 0;
	for (const struct list_row *other = first; other < row; other++)
		n += match_failing(set, o, other) == 0;
	return n;
}

static err_t judge(struct meeting_homes *w, struct arena *a, size_t o, struct household_opening *out)
{
	const struct list_row *row = match_row(&w->set, o, w->view->face.no);
	const struct match_rule *rule = &w->set.rules[o];
	out->fit = HOME_NOT;
	if (row == NULL) {
		out->kind = true;
		out->but = policy_opening_say(a, &w->set.image[out->opening.kind]->policy);
		return NULL;
	}
	if (row->rank == 0) {
		out->but = S("active on the list");
		return NULL;
	}
	uint64_t failing = match_failing(&w->set, o, row);
	unsigned papers = match_rule_papers(rule, failing);
	out->but = match_rule_say(a, rule, failing);
	out->wants = preference_set_labels(a, w->wishes.set & out->opening.features);
	out->met = __builtin_popcount(w->wishes.set & out->opening.features);
	if (failing == 0) {
		out->fit = HOME_FITS;
		out->before = count_before(&w->set, o, row);
	} else if (papers != 0) {
		out->fit = HOME_PAPER;
	} else if ((failing & (failing - 1)) == 0) {
		out->fit = HOME_NEAR;
	}
	if (papers == 0 || !w->view->face.notes)
		return NULL;
	return papers_missing(
		w->call, a,
		&(struct paper_asked){w->people, w->people_n, w->entries, w->entries_n, row->no, row->veteran, papers},
		&out->papers, &out->papers_n);
}

/* Those that fit and meet most wishes first; level ones as the register has them. */
static int nearer_first(const void *x, const void *y)
{
	const struct household_opening *a = x;
	const struct household_opening *b = y;
	if (a->fit != b->fit)
		return a->fit < b->fit ? -1 : 1;
	if (a->met != b->met)
		return a->met > b->met ? -1 : 1;
	return (a->opening.times.from.n > b->opening.times.from.n) -
	       (a->opening.times.from.n < b->opening.times.from.n);
}

/* A home that is another household's is nobody else's to look at. */
static bool is_anothers(const struct meeting_homes *w, struct household_opening *row)
{
	for (size_t i = 0; i < w->said_n; i++) {
		if (!str_eq(w->said[i].opening_id, row->opening.id) || str_eq(w->said[i].what, S("rejected")))
			continue;
		bool own = w->said[i].household_no == w->view->face.no;
		row->accepted = own && str_eq(w->said[i].what, S("accepted"));
		row->waits = own && !row->accepted;
		return !own;
	}
	return row->opening.held;
}

static err_t fill(struct meeting_homes *w, struct arena *a)
{
	struct household_openings_view *v = w->view;
	v->rows = arena_many(a, w->set.n, struct household_opening);
	for (size_t o = 0; o < w->set.n; o++) {
		struct household_opening *row = &v->rows[v->rows_n];
		*row = (struct household_opening){.opening = w->set.openings[o]};
		if (!opening_offered(row->opening.state) || is_anothers(w, row))
			continue;
		TRY(judge(w, a, o, row));
		v->rows_n++;
	}
	if (v->rows_n > 1)
		qsort(v->rows, v->rows_n, sizeof *v->rows, nearer_first);
	return NULL;
}

static err_t load(struct meeting_homes *w, struct db *db, struct arena *a, const struct list_image *list)
{
	struct call *c = w->call;
	struct household_openings_view *v = w->view;
	const struct list_row *row = list_image_row(list, v->face.no);
	if (row == NULL)
		return err_new(a, ERR_MISSING, "This household is on no list, so no opening is matched to it.");
	struct str region_id = str_dup(a, str_from(list->regions[row->region].id));
	v->plans = region_id.n > 0 && meeting_may_plan(&c->actor, region_id);
	if (!v->plans && !v->face.notes)
		return err_new(a, ERR_DENIED, "The openings of a household are for who works with it.");
	if (v->face.notes) {
		TRY(entries_load(db, a, &v->face.no, 1, &w->entries, &w->entries_n));
		TRY(preference_of(c, a, w->entries, w->entries_n, v->face.no, &w->wishes));
	}
	TRY(document_people(db, a, region_id, &w->people, &w->people_n));
	TRY(q_opening_decisions_of_region(db, a, region_id, c->today, &w->said, &w->said_n));
	TRY(match_set_take(c, db, a, list, region_id, &w->set));
	return fill(w, a);
}

static err_t read_openings(struct db *db, struct arena *a, void *ctx)
{
	struct meeting_homes *w = ctx;
	struct list_cache *cache = w->call->app->lists;
	struct q_household_by_id household;
	struct list_image *list;
	bool found;
	*w->view = (struct household_openings_view){0};
	TRY(q_household_by_id(db, a, w->id, &household, &found));
	if (found)
		TRY(app_household_faces(w->call, db, a, &household.household_no, 1, &w->view->face));
	if (!found || !w->view->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	TRY(list_image_take(cache, db, a, &list));
	err_t e = load(w, db, a, list);
	match_set_give(w->call, &w->set);
	list_image_give(cache, &list);
	return e;
}

err_t app_household_openings(struct call *c, struct str household_id, struct household_openings_view *out)
{
	struct meeting_homes w = {.call = c, .id = household_id, .view = out};
	return db_run(c->db, c->arena, DB_READ, read_openings, &w);
}
