#include "app/duplicate.h"

#include <stdlib.h>

#include "app/duplicate_inside.h"
#include "app/import_number.h"
#include "app/listing.h"
#include "app/record.h"
#include "store/q_duplicate.h"
#include "store/q_listing.h"
#include "store/seal.h"

static const struct str words[] = {
#define X(name, word, say) [name] = STR_INIT(word),
	DUPLICATE_WORDS(X)
#undef X
};

err_t duplicate_may(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_SOURCES))
		return err_new(c->arena, ERR_DENIED, "Duplicates are for list holders.");
	return NULL;
}

struct seal_place duplicate_place(struct arena *a, int64_t no)
{
	return (struct seal_place){"duplicate_decision", "reason", str_fmt(a, "%lld", (long long)no)};
}

struct deciding {
	struct call *call;
	struct str pair;
	enum duplicate_word word;
	const struct pii *reason;
	int64_t low, high;
	bool derives; /* the list changes by it */
	struct day as_of;
};

static err_t parse(struct arena *a, struct deciding *w)
{
	struct str low;
	struct str high;
	if (!str_cut(w->pair, '-', &low, &high) || !str_to_i64(low, &w->low) || !str_to_i64(high, &w->high) ||
	    w->low >= w->high)
		return err_new(a, ERR_MISSING, "There is no such pair.");
	return NULL;
}

/* An import that waits would be switched on without knowing of it. */
static err_t no_import(struct db *db, struct arena *a)
{
	struct q_hmis_imports_open *open;
	size_t n;
	TRY(q_hmis_imports_open(db, a, &open, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(open[i].kind, S("import")))
			return err_new(a, ERR_CONFLICT,
				       "An import is under way or waits. Decide when it was applied or abandoned.");
	return NULL;
}

static int link_compare(const void *x, const void *y)
{
	const struct q_client_links *a = x;
	const struct q_client_links *b = y;
	return (a->client_no > b->client_no) - (a->client_no < b->client_no);
}

/* Who is one person follows from all decisions together: A is B and B is C. */
static err_t write_links(struct db *db, struct arena *a)
{
	struct q_duplicate_decisions *rows;
	struct q_client_links *links;
	size_t n;
	size_t links_n = 0;
	TRY(q_duplicate_decisions(db, a, &rows, &n));
	links = arena_many(a, 2 * n, struct q_client_links);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(rows[i].kind, words[DUPLICATE_SAME]))
			continue;
		links[links_n++] = (struct q_client_links){rows[i].low_no, rows[i].low_no};
		links[links_n++] = (struct q_client_links){rows[i].high_no, rows[i].low_no};
	}
	/* There are few: numbers fall until nothing moves. */
	for (bool moved = true; moved;) {
		moved = false;
		for (size_t i = 0; i < links_n; i++)
			for (size_t k = 0; k < links_n; k++)
				if ((links[k].client_no == links[i].client_no ||
				     links[k].client_no == links[i].one_no) &&
				    links[k].one_no < links[i].one_no) {
					links[i].one_no = links[k].one_no;
					moved = true;
				}
	}
	if (links_n > 0)
		qsort(links, links_n, sizeof *links, link_compare);
	TRY(q_client_links_clear(db, a));
	for (size_t i = 0; i < links_n; i++)
		if (i == 0 || links[i].client_no != links[i - 1].client_no)
			TRY(q_client_link_add(db, a, links[i].client_no, links[i].one_no));
	return NULL;
}

/* The regions of both households, and whether one of them is the list holder's. */
static err_t regions_of(const struct deciding *w, struct db *db, struct arena *a, int64_t now, int64_t low,
			int64_t high, bool *two)
{
	struct q_listing_region one = {{0}};
	struct q_listing_region other = {{0}};
	struct str own = w->call->actor.region_id;
	bool found;
	TRY(q_listing_region(db, a, low, now, &one, &found));
	TRY(q_listing_region(db, a, high, now, &other, &found));
	if (own.n == 0 || !(str_eq(one.region_id, own) || str_eq(other.region_id, own)))
		return err_new(a, ERR_DENIED, "Only the list holder of one of the two households decides this.");
	*two = !str_eq(one.region_id, other.region_id);
	return NULL;
}

static err_t write(struct deciding *w, struct db *db, struct arena *a, const char *kind, int64_t low_household,
		   int64_t high_household)
{
	struct q_duplicate_decision_last last;
	bool found;
	int64_t ended;
	TRY(q_duplicate_decision_end(db, a, w->low, w->high, w->call->now, w->call->actor.id, &ended));
	TRY(q_duplicate_decision_last(db, a, &last, &found));
	TRY(q_duplicate_decision_add(
		db, a,
		&(struct q_duplicate_decision_add_in){
			.no = last.no + 1,
			.low_no = w->low,
			.high_no = w->high,
			.kind = str_from(kind),
			.low_household = low_household,
			.high_household = high_household,
			.region_id = w->call->actor.region_id,
			.reason = seal_pii(a, w->call->app->keys, duplicate_place(a, last.no + 1), w->reason),
			.user_id = w->call->actor.id,
			.at = w->call->now,
		}));
	return app_record(w->call, db, a, "duplicate.decide", "duplicate", w->pair, str_fmt(a, "kind=%s", kind));
}

static err_t decide(struct db *db, struct arena *a, void *ctx)
{
	struct deciding *w = ctx;
	struct q_hmis_now now;
	struct q_duplicate_pair pair;
	struct q_duplicate_decision_of *old;
	size_t old_n;
	bool found;
	bool two;
	TRY(parse(a, w));
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_duplicate_pair(db, a, w->low, w->high, now.import_no, &pair, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such pair any more; look at the page again.");
	TRY(regions_of(w, db, a, now.import_no, pair.low_household, pair.high_household, &two));
	TRY(q_duplicate_decision_of(db, a, w->low, w->high, &old, &old_n));
	if (old_n > 0 &&
	    (str_eq(old[0].kind, words[DUPLICATE_SAME]) || str_eq(old[0].kind, words[DUPLICATE_DIFFERENT])))
		return err_new(a, ERR_CONFLICT, "Somebody has just decided this; look at the page again.");
	bool half = old_n > 0 && str_eq(old[0].kind, S("half"));
	bool own_half = half && str_eq(old[0].region_id, w->call->actor.region_id);
	const char *kind = words[w->word].p;
	if (w->word == DUPLICATE_SAME && two && (!half || own_half))
		kind = "half";
	w->derives = str_eq(str_from(kind), words[DUPLICATE_SAME]);
	w->as_of = now.as_of;
	if (w->derives)
		TRY(no_import(db, a));
	TRY(write(w, db, a, kind, pair.low_household, pair.high_household));
	return w->derives ? write_links(db, a) : NULL;
}

static err_t undo(struct db *db, struct arena *a, void *ctx)
{
	struct deciding *w = ctx;
	struct q_duplicate_decision_of *old;
	struct q_hmis_now now;
	size_t old_n;
	bool found;
	bool two;
	int64_t ended;
	TRY(parse(a, w));
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_duplicate_decision_of(db, a, w->low, w->high, &old, &old_n));
	if (old_n == 0)
		return err_new(a, ERR_CONFLICT, "This was taken back already; look at the page again.");
	bool own = w->call->actor.region_id.n > 0 && str_eq(old[0].region_id, w->call->actor.region_id);
	if (!own)
		TRY(regions_of(w, db, a, now.import_no, old[0].low_household, old[0].high_household, &two));
	w->derives = str_eq(old[0].kind, words[DUPLICATE_SAME]);
	w->as_of = now.as_of;
	if (w->derives)
		TRY(no_import(db, a));
	TRY(q_duplicate_decision_end(db, a, w->low, w->high, w->call->now, w->call->actor.id, &ended));
	TRY(app_record(w->call, db, a, "duplicate.undo", "duplicate", w->pair,
		       str_fmt(a, "kind=%.*s", STR_ARG(old[0].kind))));
	return w->derives ? write_links(db, a) : NULL;
}

static err_t run(struct deciding *w, err_t (*fn)(struct db *, struct arena *, void *))
{
	struct call *c = w->call;
	TRY(duplicate_may(c));
	TRY(db_run(c->db, c->arena, DB_WRITE, fn, w));
	return w->derives ? app_listing_refresh(c, w->as_of) : NULL;
}

err_t app_duplicate_decide(struct call *c, struct str pair, enum duplicate_word word, const struct pii *reason)
{
	if (reason == NULL)
		return err_new(c->arena, ERR_INVALID, "Say why: the reason stays with the decision.");
	struct deciding w = {.call = c, .pair = pair, .word = word, .reason = reason};
	return run(&w, decide);
}

err_t app_duplicate_undo(struct call *c, struct str pair)
{
	struct deciding w = {.call = c, .pair = pair};
	return run(&w, undo);
}
