#include "app/opening_board.h"

#include <stdlib.h>
#include <string.h>

#include "app/meeting.h"
#include "app/needs.h"
#include "app/opening_match.h"
#include "base/limit.h"
#include "domain/assign.h"
#include "store/q_opening_decision.h"
#include "store/q_region.h"
#include "store/seal.h"

struct boarding {
	struct call *call;
	struct str region_id, opening_id;
	struct opening_board_view *view;
	struct board_proposal *proposal;
	struct list_image *list;
	struct match_set set;
	struct q_opening_decisions_of_region *said;
	size_t said_n;
	struct q_opening_referred *referred; /* by number */
	size_t referred_n;
	struct board_said **shown;    /* by decision */
	bool *takes_part;             /* by opening */
	const struct list_row **rows; /* households of the board, in its order */
	uint32_t rows_n;
	bool by_list;
	enum policy_kind kind;  /* else */
	uint32_t *first, *fits; /* domain/assign.h */
	uint32_t *of;           /* by household: its opening */
	uint32_t *to;           /* by opening: its household */
};

/* --- who is on it --- */

static bool is_taken(const struct q_opening_decisions_of_region *d)
{
	return !str_eq(d->what, S("rejected"));
}

static void find_openings(struct boarding *w, struct arena *a)
{
	bool any = false;
	w->takes_part = arena_many(a, w->set.n, bool);
	for (size_t o = 0; o < w->set.n; o++) {
		const struct opening_row *opening = &w->set.openings[o];
		w->takes_part[o] = opening_offered(opening->state) && !opening->held;
		for (size_t i = 0; i < w->said_n; i++)
			if (is_taken(&w->said[i]) && str_eq(w->said[i].opening_id, opening->id))
				w->takes_part[o] = false;
		if (!w->takes_part[o])
			continue;
		w->by_list = w->by_list || (any && opening->kind != w->kind);
		w->kind = opening->kind;
		any = true;
	}
	w->by_list = w->by_list || !any;
}

static int by_number(const void *x, const void *y)
{
	int64_t a = ((const struct q_opening_referred *)x)->household_no;
	int64_t b = ((const struct q_opening_referred *)y)->household_no;
	return (a > b) - (a < b);
}

static bool is_referred(const struct boarding *w, int64_t household_no)
{
	struct q_opening_referred asked = {household_no};
	return w->referred_n > 0 && bsearch(&asked, w->referred, w->referred_n, sizeof asked, by_number) != NULL;
}

static void find_households(struct boarding *w, struct arena *a)
{
	const struct list_image *image = w->by_list ? w->list : w->set.image[w->kind];
	const struct list_region *region = list_image_region(image, w->region_id);
	size_t active = region == NULL ? 0 : region->active;
	w->rows = arena_many(a, active, const struct list_row *);
	for (size_t i = 0; i < active; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		if (!is_referred(w, row->no))
			w->rows[w->rows_n++] = row;
	}
}

/* --- who fits what: a bit for each pair, since homes of one program have one rule --- */

struct pairs {
	uint64_t *bits;
	size_t words; /* per household */
	size_t *like; /* by opening: the first that takes part and has the same kind and rule */
};

static void pair_set(struct pairs *p, size_t household, size_t opening, bool fits)
{
	uint64_t *word = &p->bits[household * p->words + opening / 64];
	uint64_t bit = UINT64_C(1) << opening % 64;
	*word = fits ? *word | bit : *word & ~bit;
}

static bool pair_fits(const struct pairs *p, size_t household, size_t opening)
{
	return (p->bits[household * p->words + opening / 64] >> opening % 64 & 1) != 0;
}

static size_t first_like(const struct boarding *w, size_t o)
{
	const struct opening_row *opening = &w->set.openings[o];
	for (size_t i = 0; i < o; i++)
		if (w->takes_part[i] && w->set.openings[i].kind == opening->kind &&
		    str_eq(w->set.openings[i].rule, opening->rule))
			return i;
	return o;
}

static void judge_household(const struct boarding *w, struct pairs *p, size_t i)
{
	for (size_t o = 0; o < w->set.n; o++) {
		if (!w->takes_part[o])
			continue;
		bool fits;
		if (p->like[o] < o) {
			fits = pair_fits(p, i, p->like[o]);
		} else {
			const struct list_row *row = match_row(&w->set, o, w->rows[i]->no);
			fits = row != NULL && match_failing(&w->set, o, row) == 0;
		}
		pair_set(p, i, o, fits);
	}
}

static void pass_over(const struct boarding *w, struct pairs *p)
{
	for (size_t d = 0; d < w->said_n; d++) {
		if (is_taken(&w->said[d]))
			continue;
		for (size_t o = 0; o < w->set.n; o++)
			for (size_t i = 0; str_eq(w->set.openings[o].id, w->said[d].opening_id) && i < w->rows_n; i++)
				if (w->rows[i]->no == w->said[d].household_no)
					pair_set(p, i, o, false);
	}
}

static void find_fits(struct boarding *w, struct arena *a)
{
	struct pairs p = {.words = w->set.n / 64 + 1, .like = arena_many(a, w->set.n, size_t)};
	uint32_t n = 0;
	p.bits = arena_many(a, p.words * w->rows_n, uint64_t);
	for (size_t o = 0; o < w->set.n; o++)
		p.like[o] = first_like(w, o);
	for (size_t i = 0; i < w->rows_n; i++)
		judge_household(w, &p, i);
	pass_over(w, &p);
	for (size_t i = 0; i < p.words * w->rows_n; i++)
		n += (uint32_t)__builtin_popcountll(p.bits[i]);
	w->first = arena_many(a, w->rows_n + 1, uint32_t);
	w->fits = arena_many(a, n, uint32_t);
	n = 0;
	for (uint32_t i = 0; i < w->rows_n; i++) {
		w->first[i] = n;
		for (uint32_t o = 0; o < w->set.n; o++)
			if (pair_fits(&p, i, o))
				w->fits[n++] = o;
	}
	w->first[w->rows_n] = n;
}

/* --- who gets what --- */

/* The households that have a home on the board, in its order, and their wishes. */
struct housed {
	uint32_t *household;
	unsigned *wishes;
	uint32_t n;
};

static err_t load_wishes(const struct boarding *w, struct db *db, struct arena *a, struct housed *h)
{
	for (uint32_t from = 0; from < h->n; from += LIMIT_LIST_PAGE) {
		int64_t nos[LIMIT_LIST_PAGE];
		struct entry *entries;
		size_t entries_n;
		size_t n = 0;
		for (uint32_t i = from; i < h->n && n < LIMIT_LIST_PAGE; i++)
			nos[n++] = w->rows[h->household[i]]->no;
		TRY(entries_load(db, a, nos, n, &entries, &entries_n));
		for (size_t i = 0; i < n; i++) {
			struct preference_words words = {0};
			TRY(preference_of(w->call, a, entries, entries_n, nos[i], &words));
			h->wishes[from + i] = words.set;
		}
	}
	return NULL;
}

/* A household's openings, those first that meet most of its wishes; level ones stay as they are. */
static uint32_t best_liked_first(const struct boarding *w, uint32_t household, unsigned wishes, uint32_t *out)
{
	uint32_t n = 0;
	for (int met = __builtin_popcount(wishes); met >= 0; met--)
		for (uint32_t f = w->first[household]; f < w->first[household + 1]; f++)
			if (__builtin_popcount(wishes & w->set.openings[w->fits[f]].features) == met)
				out[n++] = w->fits[f];
	return n;
}

/* Who is housed does not depend on what anybody likes (domain/assign.h), so it is found first, and wishes are opened of
 * those alone. */
static err_t assign(struct boarding *w, struct db *db, struct arena *a)
{
	struct assign_board board = {w->rows_n, (uint32_t)w->set.n, w->first, w->fits};
	struct housed h = {arena_many(a, w->set.n, uint32_t), arena_many(a, w->set.n, unsigned), 0};
	w->of = arena_many(a, w->rows_n, uint32_t);
	w->to = arena_many(a, w->set.n, uint32_t);
	assign_board(a, &board, w->of);
	for (uint32_t i = 0; i < w->rows_n; i++)
		if (w->of[i] != ASSIGN_NONE)
			h.household[h.n++] = i;
	TRY(load_wishes(w, db, a, &h));
	uint32_t *first = arena_many(a, h.n + 1, uint32_t);
	uint32_t *fits = arena_many(a, w->first[w->rows_n], uint32_t);
	uint32_t *of = arena_many(a, h.n, uint32_t);
	for (uint32_t i = 0; i < h.n; i++)
		first[i + 1] = first[i] + best_liked_first(w, h.household[i], h.wishes[i], fits + first[i]);
	assign_board(a, &(struct assign_board){h.n, (uint32_t)w->set.n, first, fits}, of);
	for (size_t o = 0; o < w->set.n; o++)
		w->to[o] = ASSIGN_NONE;
	for (uint32_t i = 0; i < h.n; i++) {
		w->of[h.household[i]] = of[i];
		w->to[of[i]] = h.household[i];
	}
	return NULL;
}

static err_t compute(struct boarding *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	if (!meeting_may_plan(&c->actor, w->region_id))
		return err_new(a, ERR_DENIED, "Openings are matched by who plans the conferences of their region.");
	TRY(match_set_take(c, db, a, w->list, w->region_id, &w->set));
	TRY(q_opening_decisions_of_region(db, a, w->region_id, c->today, &w->said, &w->said_n));
	TRY(q_opening_referred(db, a, w->region_id, &w->referred, &w->referred_n));
	find_openings(w, a);
	find_households(w, a);
	find_fits(w, a);
	return assign(w, db, a);
}

/* --- what is shown --- */

/* Faces that lines wait for. */
struct wanted {
	int64_t *nos;
	struct household_face **to;
	size_t n;
};

static void want(struct wanted *w, int64_t no, struct household_face *to)
{
	w->nos[w->n] = no;
	w->to[w->n++] = to;
}

static err_t load_faces(struct call *c, struct db *db, struct arena *a, const struct wanted *w)
{
	for (size_t from = 0; from < w->n; from += LIMIT_LIST_PAGE) {
		struct household_face faces[LIMIT_LIST_PAGE];
		size_t n = w->n - from < LIMIT_LIST_PAGE ? w->n - from : LIMIT_LIST_PAGE;
		TRY(app_household_faces(c, db, a, w->nos + from, n, faces));
		TRY(app_household_unlisted(c, db, a, faces, n));
		for (size_t i = 0; i < n; i++)
			*w->to[from + i] = faces[i];
	}
	return NULL;
}

struct next {
	int64_t no;
	int rank;
};

/* Keeps the first BOARD_OTHERS of an order. */
static void keep_next(struct next *others, size_t *n, struct next one)
{
	size_t at = *n;
	while (at > 0 && others[at - 1].rank > one.rank)
		at--;
	if (at == BOARD_OTHERS)
		return;
	size_t moved = *n < BOARD_OTHERS ? *n - at : BOARD_OTHERS - 1 - at;
	memmove(&others[at + 1], &others[at], moved * sizeof *others);
	others[at] = one;
	if (*n < BOARD_OTHERS)
		(*n)++;
}

static void count_fits(const struct boarding *w, struct board_line *lines, struct next (*others)[BOARD_OTHERS])
{
	for (uint32_t i = 0; i < w->rows_n; i++)
		for (uint32_t f = w->first[i]; f < w->first[i + 1]; f++) {
			uint32_t o = w->fits[f];
			uint32_t proposed = w->to[o];
			struct board_line *line = &lines[o];
			int rank = match_row(&w->set, o, w->rows[i]->no)->rank;
			line->fits_n++;
			if (i == proposed)
				continue;
			keep_next(others[o], &line->others_n, (struct next){w->rows[i]->no, rank});
			if (proposed == ASSIGN_NONE)
				continue;
			line->elsewhere += i < proposed && w->of[i] != ASSIGN_NONE;
			line->skipped +=
				w->of[i] == ASSIGN_NONE && rank < match_row(&w->set, o, w->rows[proposed]->no)->rank;
		}
}

static void fill_said(struct boarding *w, struct arena *a, size_t o, struct wanted *faces)
{
	struct board_line *line = &w->view->lines[o];
	size_t passed = 0;
	for (size_t i = 0; i < w->said_n; i++)
		passed += !is_taken(&w->said[i]) && str_eq(w->said[i].opening_id, line->opening.id);
	line->passed = arena_many(a, passed, struct board_said);
	for (size_t i = 0; i < w->said_n; i++) {
		const struct q_opening_decisions_of_region *d = &w->said[i];
		if (!str_eq(d->opening_id, line->opening.id))
			continue;
		struct board_said *said =
			is_taken(d) ? arena_one(a, struct board_said) : &line->passed[line->passed_n++];
		*said = (struct board_said){
			.id = d->id,
			.proposed = d->proposed,
			.by = d->made_by,
			.day = instant_day(d->made_at),
			.until = d->until_day,
			.fetcher = d->fetcher,
		};
		w->shown[i] = said;
		want(faces, d->household_no, &said->face);
		if (!is_taken(d))
			continue;
		line->taken = said;
		line->state = str_eq(d->what, S("held")) ? BOARD_HELD : BOARD_ACCEPTED;
		const struct list_row *row = match_row(&w->set, o, d->household_no);
		said->ready = row != NULL && match_failing(&w->set, o, row) == 0;
	}
}

/* Reasons, for who may read what is written about the household. */
static err_t open_reasons(const struct boarding *w, struct arena *a)
{
	for (size_t i = 0; i < w->said_n; i++) {
		const struct q_opening_decisions_of_region *d = &w->said[i];
		struct board_said *said = w->shown[i];
		const struct pii *why;
		if (!said->face.notes)
			continue;
		TRY(seal_open(a, w->call->app->keys, (struct seal_place){"opening_decision", "reason", d->id},
			      d->reason, &why));
		said->reason = pii_reveal(why);
	}
	return NULL;
}

static err_t open_wants(const struct boarding *w, struct db *db, struct arena *a)
{
	for (size_t o = 0; o < w->set.n; o++) {
		struct board_line *line = &w->view->lines[o];
		struct preference_words wishes = {0};
		struct entry *entries;
		size_t n;
		if (line->state != BOARD_PROPOSED || !line->face.notes)
			continue;
		TRY(entries_load(db, a, &line->face.no, 1, &entries, &n));
		TRY(preference_of(w->call, a, entries, n, line->face.no, &wishes));
		line->wants = preference_set_labels(a, wishes.set & line->opening.features);
	}
	return NULL;
}

static err_t fill_lines(struct boarding *w, struct db *db, struct arena *a)
{
	struct opening_board_view *v = w->view;
	size_t most = w->set.n * (1 + BOARD_OTHERS) + w->said_n;
	struct wanted faces = {arena_many(a, most, int64_t), arena_many(a, most, struct household_face *), 0};
	struct next(*others)[BOARD_OTHERS] = arena_alloc(a, w->set.n, sizeof *others);
	v->lines_n = w->set.n;
	v->lines = arena_many(a, v->lines_n, struct board_line);
	w->shown = arena_many(a, w->said_n, struct board_said *);
	count_fits(w, v->lines, others);
	for (size_t o = 0; o < v->lines_n; o++) {
		struct board_line *line = &v->lines[o];
		line->opening = w->set.openings[o];
		line->state = line->opening.held                     ? BOARD_REFERRED
			      : opening_offered(line->opening.state) ? BOARD_NOBODY
								     : BOARD_STALE;
		for (size_t i = 0; i < line->others_n; i++)
			want(&faces, others[o][i].no, &line->others[i]);
		if (w->to[o] != ASSIGN_NONE) {
			line->state = BOARD_PROPOSED;
			line->place = w->rows[w->to[o]]->rank;
			want(&faces, w->rows[w->to[o]]->no, &line->face);
			v->proposed_n++;
		}
		fill_said(w, a, o, &faces);
	}
	TRY(load_faces(w->call, db, a, &faces));
	TRY(open_reasons(w, a));
	return open_wants(w, db, a);
}

static err_t fill_regions(struct boarding *w, struct db *db, struct arena *a)
{
	const struct actor *actor = &w->call->actor;
	struct opening_board_view *v = w->view;
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	v->regions = arena_many(a, n, struct opening_choice_row);
	for (size_t i = 0; i < n; i++)
		if (meeting_may_plan(actor, rows[i].id))
			v->regions[v->regions_n++] = (struct opening_choice_row){rows[i].id, rows[i].name};
	if (w->region_id.n == 0)
		w->region_id = actor->region_id.n > 0 || v->regions_n == 0 ? actor->region_id : v->regions[0].id;
	for (size_t i = 0; i < v->regions_n; i++)
		if (str_eq(v->regions[i].id, w->region_id))
			v->region = v->regions[i].name;
	v->region_id = w->region_id;
	return NULL;
}

static err_t show(struct boarding *w, struct db *db, struct arena *a)
{
	TRY(fill_regions(w, db, a));
	TRY(compute(w, db, a));
	w->view->by_list = w->by_list;
	w->view->order = policy_kind_table[w->by_list ? POLICY_LIST : w->kind].say;
	w->view->active = w->rows_n;
	return fill_lines(w, db, a);
}

static err_t propose(struct boarding *w, struct db *db, struct arena *a)
{
	TRY(compute(w, db, a));
	struct board_line *lines = arena_many(a, w->set.n, struct board_line);
	count_fits(w, lines, arena_alloc(a, w->set.n, sizeof(struct next[BOARD_OTHERS])));
	for (size_t o = 0; o < w->set.n; o++)
		if (str_eq(w->set.openings[o].id, w->opening_id) && w->to[o] != ASSIGN_NONE)
			*w->proposal = (struct board_proposal){w->rows[w->to[o]]->no, lines[o].skipped};
	return NULL;
}

/* With the picture of the list in hand. */
static err_t with_list(struct boarding *w, struct db *db, struct arena *a,
		       err_t (*work)(struct boarding *w, struct db *db, struct arena *a))
{
	struct list_cache *cache = w->call->app->lists;
	TRY(list_image_take(cache, db, a, &w->list));
	err_t e = work(w, db, a);
	match_set_give(w->call, &w->set);
	list_image_give(cache, &w->list);
	return e;
}

err_t board_propose(struct call *c, struct db *db, struct arena *a, const struct opening_row *opening,
		    struct board_proposal *out)
{
	struct boarding w = {.call = c, .region_id = opening->region_id, .opening_id = opening->id, .proposal = out};
	*out = (struct board_proposal){0};
	return with_list(&w, db, a, propose);
}

struct asked {
	struct call *call;
	struct str region_id;
	struct opening_board_view *view;
};

static err_t read_board(struct db *db, struct arena *a, void *ctx)
{
	struct asked *asked = ctx;
	struct boarding w = {.call = asked->call, .region_id = asked->region_id, .view = asked->view};
	*asked->view = (struct opening_board_view){0};
	return with_list(&w, db, a, show);
}

err_t app_opening_board(struct call *c, struct str region_id, struct opening_board_view *out)
{
	struct asked asked = {c, region_id, out};
	return db_run(c->db, c->arena, DB_READ, read_board, &asked);
}
