#include "app/journal.h"

#include "app/journal_inside.h"
#include "app/law.h"
#include "domain/act.h"
#include "store/q_agency.h"
#include "store/q_household.h"
#include "store/q_journal.h"
#include "store/q_region.h"
#include "store/q_user.h"

err_t journal_people_read(struct db *db, struct arena *a, struct journal_people *out)
{
	struct q_users *users;
	struct q_agencies *agencies;
	TRY(q_users(db, a, &users, &out->users_n));
	TRY(q_agencies(db, a, &agencies, &out->agencies_n));
	out->users = users;
	out->agencies = agencies;
	return NULL;
}

static const struct q_users *user_of(const struct journal_people *people, struct str id)
{
	for (size_t i = 0; i < people->users_n; i++)
		if (str_eq(people->users[i].id, id))
			return &people->users[i];
	return NULL;
}

struct str journal_who(const struct journal_people *people, struct str user_id)
{
	const struct q_users *user = user_of(people, user_id);
	return user == NULL ? user_id : user->name;
}

struct str journal_login(const struct journal_people *people, struct str user_id)
{
	const struct q_users *user = user_of(people, user_id);
	return user == NULL ? (struct str){0} : user->login;
}

struct str journal_who_of(const struct call *reader, struct arena *a, const struct journal_people *people,
			  struct str user_id)
{
	const struct q_users *user = user_of(people, user_id);
	for (size_t i = 0; user != NULL && i < people->agencies_n; i++)
		if (str_eq(people->agencies[i].id, user->agency_id) &&
		    (reader == NULL || law_may_name(reader, people->agencies[i].law, user->agency_id)))
			return str_fmt(a, "%.*s, %.*s", STR_ARG(user->name), STR_ARG(people->agencies[i].name));
	return journal_who(people, user_id);
}

void journal_span(struct day from, struct day until, struct instant *begin, struct instant *end)
{
	begin->ms = day_known(from) ? day_at(from, 0, 0).ms : INT64_MIN + 1;
	end->ms = day_known(until) ? day_at(day_add(until, 1), 0, 0).ms : INT64_MAX;
}

err_t journal_threads_read(struct db *db, struct arena *a, int64_t household_no, struct journal_threads *out)
{
	struct q_household_threads *rows;
	size_t n;
	TRY(q_household_threads(db, a, household_no, &rows, &n));
	struct str *ids = arena_many(a, n, struct str);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	*out = (struct journal_threads){ids, n};
	return NULL;
}

bool journal_threads_fit(const struct journal_threads *t, struct str noun_id, struct str more)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(noun_id, t->ids[i]) || act_more_has(more, t->ids[i]))
			return true;
	return false;
}

err_t journal_may(struct call *c)
{
	bool may = c->actor.kind == ACTOR_OPERATOR ||
		   (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_JOURNAL));
	return may ? NULL : err_new(c->arena, ERR_DENIED, "The journal is for privacy officers.");
}

err_t journal_wanted(struct db *db, struct arena *a, const struct journal_people *people, const struct journal_ask *ask,
		     struct journal_wanted *out)
{
	struct q_household_by_code household;
	bool found = true;
	*out = (struct journal_wanted){.actor_id = ask->who};
	for (size_t i = 0; i < people->users_n; i++)
		if (str_eq_nocase(people->users[i].login, ask->who))
			out->actor_id = people->users[i].id;
	if (ask->household.n > 0)
		TRY(q_household_by_code(db, a, ask->household, &household, &found));
	if (!found)
		return err_new(a, ERR_INVALID,
			       "No household has the code \"%.*s\". A code is a word and a number, as Maple 4821.",
			       STR_ARG(ask->household));
	if (ask->household.n > 0) {
		out->household = household.household_no;
		out->household_id = household.id;
	}
	if (day_known(ask->from) && day_known(ask->until) && day_diff(ask->from, ask->until) < 0)
		return err_new(a, ERR_INVALID, "The first day comes after the last one.");
	journal_span(ask->from, ask->until, &out->begin, &out->end);
	return NULL;
}

struct reading {
	struct call *call;
	const struct journal_ask *ask;
	struct journal_view *view;
	struct journal_people people;
	struct journal_wanted wanted;
	struct journal_threads threads;
};

static bool fits(const struct reading *r, const struct q_journal_back *row)
{
	const struct journal_ask *ask = r->ask;
	return row->at.ms >= r->wanted.begin.ms && row->at.ms < r->wanted.end.ms &&
	       (r->wanted.actor_id.n == 0 || str_eq(row->actor_id, r->wanted.actor_id)) &&
	       (ask->act.n == 0 || str_eq(row->act, ask->act)) && (ask->kind.n == 0 || str_eq(row->noun, ask->kind)) &&
	       (r->wanted.household == 0 || journal_threads_fit(&r->threads, row->noun_id, row->more));
}

/* Rows stand in the order of commits; their clocks may differ by a little. */
enum { CLOCKS_DIFFER_MS = 60 * 60 * 1000 };

static err_t take(struct reading *r, struct db *db, struct arena *a)
{
	struct db_rows rows;
	struct q_journal_back row;
	struct journal_view *v = r->view;
	bool more = false;
	v->rows = arena_many(a, r->ask->most, struct journal_row);
	TRY(q_journal_back(db, a, r->ask->before > 0 ? r->ask->before : INT64_MAX, &rows));
	while (!more && q_journal_back_next(&rows, &row)) {
		if (row.at.ms < r->wanted.begin.ms && r->wanted.begin.ms - row.at.ms > CLOCKS_DIFFER_MS)
			break;
		if (!fits(r, &row))
			continue;
		more = v->rows_n == r->ask->most;
		if (more)
			break;
		bool user = str_eq(row.actor_kind, S("user"));
		struct str actor = str_dup(a, row.actor_id);
		v->rows[v->rows_n++] = (struct journal_row){
			.seq = row.seq,
			.at = row.at,
			.who = user                                    ? journal_who(&r->people, actor)
			       : str_eq(row.actor_kind, S("operator")) ? str_fmt(a, "operator %.*s", STR_ARG(actor))
								       : S("byname"),
			.login = user ? journal_login(&r->people, actor) : (struct str){0},
			.act = str_dup(a, row.act),
			.did = act_say(row.act),
			.noun = str_dup(a, row.noun),
			.noun_id = str_dup(a, row.noun_id),
			.more = str_dup(a, row.more),
		};
	}
	TRY(db_rows_end(&rows));
	v->next = more ? v->rows[v->rows_n - 1].seq : 0;
	return NULL;
}

/* What a row is about, where the id alone says little. */
static err_t name_things(struct reading *r, struct db *db, struct arena *a)
{
	struct q_regions *regions;
	size_t regions_n;
	TRY(q_regions(db, a, &regions, &regions_n));
	for (size_t i = 0; i < r->view->rows_n; i++) {
		struct journal_row *row = &r->view->rows[i];
		struct str called = row->noun_id;
		if (str_eq(row->noun, S("household"))) {
			struct q_household_by_id household;
			bool found;
			TRY(q_household_by_id(db, a, row->noun_id, &household, &found));
			called = found ? household.code : row->noun_id;
		} else if (str_eq(row->noun, S("user"))) {
			struct str login = journal_login(&r->people, row->noun_id);
			called = login.n > 0 ? login : row->noun_id;
		}
		for (size_t k = 0; str_eq(row->noun, S("region")) && k < regions_n; k++)
			if (str_eq(regions[k].id, row->noun_id))
				called = regions[k].name;
		row->what = str_fmt(a, "%.*s %.*s", STR_ARG(row->noun), STR_ARG(called));
		if (row->did.n == 0)
			row->did = row->act;
	}
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct reading *r = ctx;
	*r->view = (struct journal_view){0};
	TRY(journal_people_read(db, a, &r->people));
	TRY(journal_wanted(db, a, &r->people, r->ask, &r->wanted));
	if (r->wanted.household != 0)
		TRY(journal_threads_read(db, a, r->wanted.household, &r->threads));
	TRY(take(r, db, a));
	return name_things(r, db, a);
}

err_t app_journal(struct call *c, const struct journal_ask *ask, struct journal_view *out)
{
	struct journal_view view;
	struct reading r = {.call = c, .ask = ask, .view = &view};
	TRY(journal_may(c));
	TRY(db_run(c->db, c->arena, DB_READ, load, &r));
	*out = view;
	return NULL;
}
