#include "app/household_split.h"

#include "app/cycle.h"
#include "app/import_number.h"
#include "app/listing.h"
#include "app/listing_code.h"
#include "app/meeting.h"
#include "app/person.h"
#include "app/record.h"
#include "base/id.h"
#include "domain/spell.h"
#include "store/q_household.h"
#include "store/q_household_split.h"
#include "store/q_list.h"
#include "store/q_listing.h"
#include "store/seal.h"

struct splitting {
	struct call *call;
	const struct split_new *s;
	struct split_page *page;
	struct split_done *done;
	struct str id, household_id;
	struct household_face face;
	struct q_hmis_now now;
	struct q_list_members *members;
	size_t members_n;
	int64_t new_no;
};

/* The household and its people, for whoever may split it. Inside a transaction. */
static err_t find(struct splitting *w, struct db *db, struct arena *a, struct str household_id)
{
	struct q_household_by_id household;
	bool found;
	w->call->shown.n = 0;
	TRY(q_hmis_now(db, a, &w->now, &found));
	TRY(q_household_by_id(db, a, household_id, &household, &found));
	if (found)
		TRY(app_household_faces(w->call, db, a, &household.household_no, 1, &w->face));
	if (!found || !w->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	if (w->call->actor.kind != ACTOR_USER || !w->face.notes)
		return err_new(a, ERR_DENIED, "A household is split by its list holder or an agency that serves it.");
	TRY(q_list_members(db, a, household.household_no, w->now.import_no, &w->members, &w->members_n));
	if (!w->face.active)
		return err_new(a, ERR_CONFLICT, "The household is not on the list any more.");
	return w->members_n > 1 ? NULL : err_new(a, ERR_CONFLICT, "This household is one person.");
}

static err_t load_page(struct db *db, struct arena *a, void *ctx)
{
	struct splitting *w = ctx;
	TRY(find(w, db, a, w->household_id));
	struct split_page page = {.face = w->face, .members = arena_many(a, w->members_n, struct split_member)};
	for (size_t i = 0; i < w->members_n; i++) {
		const struct q_list_members *m = &w->members[i];
		struct person_name name = {0};
		if (w->face.named)
			TRY(app_person_name(w->call, a, m->client_no, m->name, m->hashed, &name));
		page.members[page.members_n++] = (struct split_member){
			.client_no = m->client_no,
			.called = name.full.n > 0 ? name.full : str_fmt(a, "Member %zu", i + 1),
			.head = m->head,
		};
	}
	*w->page = page;
	return NULL;
}

err_t app_household_split_page(struct call *c, struct str household_id, struct split_page *out)
{
	struct split_page page;
	struct splitting w = {.call = c, .page = &page, .household_id = household_id};
	TRY(db_run(c->db, c->arena, DB_READ, load_page, &w));
	*out = page;
	return NULL;
}

static bool leaves(const struct splitting *w, int64_t client)
{
	for (size_t i = 0; i < w->s->leaving_n; i++)
		if (w->s->leaving[i] == client)
			return true;
	return false;
}

static err_t check(const struct splitting *w, struct arena *a, bool *head_leaves)
{
	size_t leaving = 0;
	*head_leaves = false;
	for (size_t i = 0; i < w->members_n; i++) {
		bool goes = leaves(w, w->members[i].client_no);
		leaving += goes;
		*head_leaves |= goes && w->members[i].head;
	}
	if (leaving != w->s->leaving_n)
		return err_new(a, ERR_INVALID, "Somebody you chose is not of this household any more: look again.");
	if (leaving == 0)
		return err_new(a, ERR_INVALID, "Choose who leaves.");
	if (leaving == w->members_n)
		return err_new(a, ERR_INVALID, "Somebody has to stay: choose only those who leave.");
	return NULL;
}

/* A household for who leaves. Nobody else numbers households meanwhile: imports and new days wait. */
static err_t add_household(struct splitting *w, struct db *db, struct arena *a)
{
	enum { FEW = LISTING_WORDS * 4500, FOUR = 4, FIVE = 5 };
	struct q_household_last last;
	struct q_household_code_taken taken;
	struct db_bulk bulk;
	struct str code;
	uint32_t random[3];
	bool found;
	TRY(q_household_last(db, a, &last, &found));
	w->new_no = last.no + 1;
	do {
		random_bytes(random, sizeof random);
		code = listing_code_of(a, random[0], random[1], w->new_no < FEW ? FOUR : FIVE);
		TRY(q_household_code_taken(db, a, code, &taken, &found));
	} while (found);
	struct q_household_add_in in = {
		.household_no = w->new_no,
		.id = meeting_new_id(a),
		.code = code,
		.tie = random[2],
		.since_import = w->now.import_no,
	};
	TRY(q_household_add_open(db, a, &bulk));
	TRY(q_household_add(&bulk, &in));
	return db_bulk_end(&bulk);
}

static struct seal_place mark_place(struct arena *a, int64_t household, int64_t no)
{
	return (struct seal_place){"household_mark", "reason",
				   str_fmt(a, "%lld.%lld", (long long)household, (long long)no)};
}

/* What people decided about the household holds for both halves; but who is verified is the head. */
static err_t copy_marks(const struct splitting *w, struct db *db, struct arena *a, bool head_leaves)
{
	struct call *c = w->call;
	struct q_household_marks_of *marks;
	size_t n;
	int64_t no = 0;
	int64_t changed;
	TRY(q_household_marks_of(db, a, w->face.no, &marks, &n));
	while (n > 0) {
		const struct q_household_marks_of *m = &marks[--n];
		const struct pii *reason;
		if (instant_known(m->ended_at) || str_eq(m->kind, S("verified")))
			continue;
		TRY(seal_open(a, c->app->keys, mark_place(a, w->face.no, m->no), m->reason, &reason));
		no++;
		TRY(q_household_mark_add(
			db, a,
			&(struct q_household_mark_add_in){
				.household_no = w->new_no,
				.no = no,
				.kind = m->kind,
				.day = m->day,
				.region_id = m->region_id,
				.reason = seal_pii(a, c->app->keys, mark_place(a, w->new_no, no), reason),
				.user_id = m->user_id,
				.at = m->at,
				.import_no = w->now.import_no,
			}));
	}
	return head_leaves ? q_household_mark_end(db, a, w->face.no, S("verified"), c->now, c->actor.id, &changed)
			   : NULL;
}

static err_t write_split(struct splitting *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	struct q_listing_between *row;
	size_t n;
	TRY(q_listing_between(db, a, w->face.no, w->face.no, w->now.import_no, &row, &n));
	if (n == 0)
		return err_internal(a, "a household on the list without a row");
	TRY(q_household_split_add(db, a,
				  &(struct q_household_split_add_in){
					  .id = w->id,
					  .household_no = w->face.no,
					  .new_no = w->new_no,
					  .reason = apart_reason_word(w->s->reason),
					  .day = w->now.as_of,
					  .start = row->start,
					  .import_no = w->now.import_no,
					  .user_id = c->actor.id,
					  .agency_id = c->actor.agency_id,
					  .at = c->now,
				  }));
	for (size_t i = 0; i < w->members_n; i++)
		TRY(q_household_split_person_add(db, a, w->id, w->members[i].client_no,
						 leaves(w, w->members[i].client_no)));
	return row->region_id.n > 0 ? cycle_share(c, db, a, row->region_id, w->face.no, w->new_no) : NULL;
}

static err_t split(struct db *db, struct arena *a, void *ctx)
{
	struct splitting *w = ctx;
	bool head_leaves;
	TRY(find(w, db, a, w->s->household_id));
	TRY(check(w, a, &head_leaves));
	w->id = meeting_new_id(w->call->arena);
	TRY(add_household(w, db, a));
	TRY(write_split(w, db, a));
	TRY(copy_marks(w, db, a, head_leaves));
	return app_record(
		w->call, db, a, "household.split", "household", w->s->household_id,
		str_fmt(a, "split=%.*s,reason=%.*s", STR_ARG(w->id), STR_ARG(apart_reason_word(w->s->reason))));
}

static err_t decide(struct splitting *w, err_t (*fn)(struct db *, struct arena *, void *))
{
	struct q_hmis_now now;
	TRY(import_number_now(w->call, &now));
	return app_listing_refresh_with(w->call, now.as_of, fn, w);
}

err_t app_household_split(struct call *c, const struct split_new *s, struct str *id)
{
	struct splitting w = {.call = c, .s = s};
	TRY(decide(&w, split));
	*id = w.id;
	return NULL;
}

static err_t find_split(struct splitting *w, struct db *db, struct arena *a, struct q_household_split_by_id *row)
{
	const struct actor *actor = &w->call->actor;
	bool found;
	TRY(q_household_split_by_id(db, a, w->id, row, &found));
	bool theirs =
		found && actor->kind == ACTOR_USER && access_may(actor->role, CAN_LIST) &&
		(row->agency_id.n > 0 ? str_eq(row->agency_id, actor->agency_id) : str_eq(row->user_id, actor->id));
	return theirs ? NULL : err_new(a, ERR_MISSING, "There is no such split, or another agency did it.");
}

static struct day last_day(const struct q_household_split_by_id *row)
{
	return day_add(instant_day(row->at), APART_UNDO_DAYS);
}

/* *why: a sentence that stands in the way of taking it back, or NULL. */
static err_t undo_hindered(const struct splitting *w, struct db *db, struct arena *a,
			   const struct q_household_split_by_id *row, const char **why)
{
	struct q_household_split_news news;
	struct q_household_split_facts facts;
	bool found;
	TRY(q_household_split_news(db, a, row->household_no, row->new_no, row->at, &news, &found));
	TRY(q_household_split_facts(db, a, w->id, row->import_no, &facts, &found));
	*why = instant_known(row->ended_at)         ? "It was taken back already."
	       : w->call->today.n > last_day(row).n ? "It is too late to take it back."
	       : news.found_n > 0 || facts.found_n > 0
		       ? "Something new was recorded about them, so it cannot be taken back."
		       : NULL;
	return NULL;
}

static err_t load_done(struct db *db, struct arena *a, void *ctx)
{
	struct splitting *w = ctx;
	struct q_household_split_by_id row;
	const char *why;
	TRY(find_split(w, db, a, &row));
	TRY(undo_hindered(w, db, a, &row, &why));
	*w->done = (struct split_done){
		.household_id = row.household_id,
		.new_id = row.new_id,
		.done = instant_day(row.at),
		.until = last_day(&row),
		.safety = str_eq(row.reason, apart_reason_word(APART_SAFETY)),
		.ended = instant_known(row.ended_at),
		.can_undo = why == NULL,
	};
	for (int i = 0; i < APART_REASONS_N; i++)
		if (str_eq(row.reason, apart_reason_word((enum apart_reason)i)))
			w->done->reason = str_from(apart_reason_say((enum apart_reason)i));
	return NULL;
}

err_t app_household_split_done(struct call *c, struct str id, struct split_done *out)
{
	struct split_done done;
	struct splitting w = {.call = c, .id = id, .done = &done};
	TRY(db_run(c->db, c->arena, DB_READ, load_done, &w));
	*out = done;
	return NULL;
}

static err_t undo(struct db *db, struct arena *a, void *ctx)
{
	struct splitting *w = ctx;
	struct call *c = w->call;
	struct q_household_split_by_id row;
	const char *why;
	int64_t changed;
	TRY(find_split(w, db, a, &row));
	TRY(undo_hindered(w, db, a, &row, &why));
	if (why != NULL)
		return err_new(a, ERR_CONFLICT, "%s", why);
	TRY(q_household_split_end(db, a, w->id, c->now, c->actor.id, &changed));
	TRY(cycle_unshare(c, db, a, row.new_no));
	return app_record(c, db, a, "household.unsplit", "household", row.household_id,
			  str_fmt(a, "split=%.*s", STR_ARG(w->id)));
}

err_t app_household_split_undo(struct call *c, struct str id)
{
	struct splitting w = {.call = c, .id = id};
	return decide(&w, undo);
}
