/* What people see of moves between regions: on the household, and what waits for a region. */
#include "app/region_move.h"
#include "app/step.h"
#include "domain/region_move.h"
#include "store/q_household.h"
#include "store/q_list.h"
#include "store/q_listing.h"
#include "store/q_region.h"
#include "store/q_region_move.h"
#include "store/seal.h"

static const struct str no_list = STR_INIT("no region’s list");

static bool holds_lists(const struct call *c)
{
	return c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_MOVE);
}

/* The list holder of one of the two regions, who alone reads about a move. */
static bool is_party(const struct call *c, struct str from, struct str to)
{
	struct str own = c->actor.region_id;
	return own.n > 0 ? str_eq(own, from) || str_eq(own, to) : from.n == 0;
}

static err_t open_words(struct call *c, struct arena *a, const struct household_face *face, const char *column,
			struct str id, struct str sealed, struct str *out)
{
	const struct pii *words;
	*out = (struct str){0};
	if (sealed.n == 0)
		return NULL;
	TRY(seal_open(a, c->app->keys, (struct seal_place){"region_move", column, id}, sealed, &words));
	*out = step_words_for(c, a, face, false, words);
	return NULL;
}

static err_t fill_row(struct call *c, struct arena *a, const struct household_face *face,
		      const struct q_region_moves_of *m, struct region_move_row *out)
{
	struct str own = c->actor.region_id;
	bool waits = str_eq(m->state, S("asked"));
	*out = (struct region_move_row){
		.id = m->id,
		.face = *face,
		.from = m->from_name.n > 0 ? m->from_name : no_list,
		.to = m->to_name,
		.asked_by = m->asked_by,
		.asked = instant_day(m->asked_at),
		.state = m->state,
		.ended_by = m->ended_by,
		.ended = instant_known(m->ended_at) ? instant_day(m->ended_at) : DAY_NONE,
		.can_answer = waits && region_move_answers(own, m->from_region, m->to_region, m->asked_region),
		.can_withdraw = waits && region_move_withdraws(own, m->asked_region),
	};
	TRY(open_words(c, a, face, "reason", m->id, m->reason, &out->reason));
	return open_words(c, a, face, "answer", m->id, m->answer, &out->answer);
}

/* The faces with the names of all members, which are taken out of reasons for who may not read them. */
static err_t find_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			struct household_face *faces)
{
	TRY(app_household_faces(c, db, a, nos, n, faces));
	TRY(app_household_unlisted(c, db, a, faces, n));
	return app_household_names(c, db, a, faces, n);
}

struct asking {
	struct call *call;
	struct region_moves_view *moves;
	struct region_move_page *page;
	struct str household_id;
	struct region_moves_count waiting;
};

static err_t load_moves(struct db *db, struct arena *a, void *ctx)
{
	struct asking *w = ctx;
	struct call *c = w->call;
	struct q_region_moves_waiting *rows;
	size_t n;
	c->shown.n = 0;
	TRY(q_region_moves_waiting(db, a, c->actor.region_id, &rows, &n));
	struct region_moves_view v = {.rows = arena_many(a, n, struct region_move_row)};
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(find_faces(c, db, a, nos, n, faces));
	for (size_t i = 0; i < n; i++) {
		struct q_region_moves_of *of;
		size_t of_n;
		TRY(q_region_moves_of(db, a, nos[i], &of, &of_n));
		for (size_t k = 0; k < of_n; k++)
			if (str_eq(of[k].state, S("asked")))
				TRY(fill_row(c, a, &faces[i], &of[k], &v.rows[v.rows_n++]));
	}
	*w->moves = v;
	return NULL;
}

err_t app_region_moves(struct call *c, struct region_moves_view *out)
{
	struct region_moves_view v;
	struct asking w = {.call = c, .moves = &v};
	if (!holds_lists(c))
		return err_new(c->arena, ERR_DENIED, "Moves between regions are for list holders.");
	TRY(db_run(c->db, c->arena, DB_READ, load_moves, &w));
	*out = v;
	return NULL;
}

static err_t count_waiting(struct db *db, struct arena *a, void *ctx)
{
	struct asking *w = ctx;
	struct str own = w->call->actor.region_id;
	struct q_region_moves_waiting *rows;
	size_t n;
	TRY(q_region_moves_waiting(db, a, own, &rows, &n));
	w->waiting = (struct region_moves_count){0};
	for (size_t i = 0; i < n; i++)
		*(str_eq(rows[i].asked_region, own) ? &w->waiting.theirs : &w->waiting.mine) += 1;
	return NULL;
}

err_t app_region_moves_waiting(struct call *c, struct region_moves_count *out)
{
	struct asking w = {.call = c};
	if (holds_lists(c) && c->actor.region_id.n > 0)
		TRY(db_run(c->db, c->arena, DB_READ, count_waiting, &w));
	*out = w.waiting;
	return NULL;
}

static err_t fill_choices(struct call *c, struct db *db, struct arena *a, struct str from,
			  struct region_move_page *page)
{
	struct q_regions *regions;
	size_t n;
	TRY(q_regions(db, a, &regions, &n));
	page->to = arena_many(a, n, struct region_move_choice);
	page->region = no_list;
	for (size_t i = 0; i < n; i++) {
		enum region_move_way way = region_move_way(c->actor.region_id, from, regions[i].id);
		if (str_eq(regions[i].id, from))
			page->region = regions[i].name;
		if (way == REGION_MOVE_NOT)
			continue;
		page->alone = way == REGION_MOVE_ALONE;
		page->to[page->to_n++] = (struct region_move_choice){regions[i].id, regions[i].name};
	}
	return NULL;
}

static err_t load_page(struct db *db, struct arena *a, void *ctx)
{
	const struct asking *w = ctx;
	struct call *c = w->call;
	struct q_household_by_id household;
	struct q_list_now now;
	struct q_listing_region region;
	struct q_region_moves_of *rows;
	struct region_move_page page = {0};
	size_t n;
	bool found, listed;
	c->shown.n = 0;
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (found)
		TRY(find_faces(c, db, a, &household.household_no, 1, &page.face));
	if (!found || !page.face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_listing_region(db, a, household.household_no, now.import_no, &region, &listed));
	TRY(q_region_moves_of(db, a, household.household_no, &rows, &n));
	page.rows = arena_many(a, n, struct region_move_row);
	bool waits = false;
	for (size_t i = 0; i < n; i++) {
		waits |= str_eq(rows[i].state, S("asked"));
		if (is_party(c, rows[i].from_region, rows[i].to_region))
			TRY(fill_row(c, a, &page.face, &rows[i], &page.rows[page.rows_n++]));
	}
	TRY(fill_choices(c, db, a, listed ? region.region_id : (struct str){0}, &page));
	if (waits || !listed)
		page.to_n = 0;
	*w->page = page;
	return NULL;
}

err_t app_region_move_page(struct call *c, struct str household_id, struct region_move_page *out)
{
	struct region_move_page page;
	struct asking w = {.call = c, .page = &page, .household_id = household_id};
	if (!holds_lists(c))
		return err_new(c->arena, ERR_DENIED, "Moves between regions are for list holders.");
	TRY(db_run(c->db, c->arena, DB_READ, load_page, &w));
	*out = page;
	return NULL;
}

err_t region_move_say(struct call *c, struct db *db, struct arena *a, int64_t household, struct str region,
		      struct str *say, bool *can_move)
{
	struct q_region_move_waiting waiting;
	struct q_region_by_id from, to;
	bool found;
	struct str own = c->actor.region_id;
	*say = (struct str){0};
	*can_move = holds_lists(c) && (own.n > 0 || region.n == 0);
	if (!*can_move)
		return NULL;
	TRY(q_region_move_waiting(db, a, household, &waiting, &found));
	if (!found || !is_party(c, waiting.from_region, waiting.to_region))
		return NULL;
	TRY(q_region_by_id(db, a, waiting.from_region, &from, &found));
	TRY(q_region_by_id(db, a, waiting.to_region, &to, &found));
	*say = str_fmt(a, "A move from the list of %.*s to that of %.*s waits for an answer.", STR_ARG(from.name),
		       STR_ARG(to.name));
	return NULL;
}
