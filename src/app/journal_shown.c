/* Disclosures: for who guards them, and as a person's own copy. */
#include <stdlib.h>

#include "app/journal_inside.h"
#include "domain/act.h"
#include "store/q_disclosure.h"
#include "store/q_household.h"
#include "store/q_journal.h"

/* True where the ids, separated by blanks, have this one. */
static bool has_id(struct str ids, struct str id)
{
	while (ids.n > 0) {
		struct str one;
		str_cut(ids, ' ', &one, &ids);
		if (str_eq(one, id))
			return true;
	}
	return false;
}

struct reading {
	struct call *call;
	const struct journal_ask *ask;
	struct str below;
	struct shown_view *view;
	struct journal_people people;
	struct journal_wanted wanted;
};

/* "1790000000000.9p3k…": behind this row the next page begins. */
static err_t parse_below(struct reading *r, struct instant *at, struct str *id)
{
	struct str number;
	char digits[32];
	*at = r->wanted.end;
	*id = S("");
	if (r->below.n == 0)
		return NULL;
	if (!str_cut(r->below, '.', &number, id) || number.n == 0 || number.n >= sizeof digits)
		return err_new(r->call->arena, ERR_INVALID, "There is no such page of the record.");
	for (size_t i = 0; i < number.n; i++)
		digits[i] = number.p[i];
	digits[number.n] = '\0';
	at->ms = strtoll(digits, NULL, 10);
	return NULL;
}

static err_t codes_of(struct db *db, struct arena *a, struct str ids, struct str only, struct shown_row *row)
{
	size_t n = 1;
	for (size_t i = 0; i < ids.n; i++)
		n += ids.p[i] == ' ';
	row->codes = arena_many(a, n, struct str);
	while (ids.n > 0) {
		struct q_household_by_id household;
		struct str one;
		bool found;
		str_cut(ids, ' ', &one, &ids);
		if (only.n > 0 && !str_eq(one, only))
			continue;
		TRY(q_household_by_id(db, a, one, &household, &found));
		row->codes[row->codes_n++] = found ? household.code : one;
	}
	return NULL;
}

static err_t take(struct reading *r, struct db *db, struct arena *a)
{
	struct db_rows rows;
	struct q_disclosures_back row;
	struct shown_view *v = r->view;
	struct instant at;
	struct str id;
	bool more = false;
	struct str *ids = arena_many(a, r->ask->most, struct str);
	v->rows = arena_many(a, r->ask->most, struct shown_row);
	TRY(parse_below(r, &at, &id));
	TRY(q_disclosures_back(db, a, r->wanted.begin, at, id, &rows));
	struct str last = {0};
	while (q_disclosures_back_next(&rows, &row)) {
		if (r->wanted.actor_id.n > 0 && !str_eq(row.user_id, r->wanted.actor_id))
			continue;
		if (r->wanted.household != 0 && !has_id(row.households, r->wanted.household_id))
			continue;
		more = v->rows_n == r->ask->most;
		if (more)
			break;
		struct str user = str_dup(a, row.user_id);
		ids[v->rows_n] = str_dup(a, row.households);
		last = str_fmt(a, "%lld.%.*s", (long long)row.at.ms, STR_ARG(row.id));
		v->rows[v->rows_n++] = (struct shown_row){
			.at = row.at,
			.who = journal_who(&r->people, user),
			.login = journal_login(&r->people, user),
			.page = str_dup(a, row.route),
			.where = act_page_say(row.route),
		};
	}
	TRY(db_rows_end(&rows));
	for (size_t i = 0; i < v->rows_n; i++) {
		if (v->rows[i].where.n == 0)
			v->rows[i].where = v->rows[i].page;
		TRY(codes_of(db, a, ids[i], r->wanted.household_id, &v->rows[i]));
	}
	v->next = more ? last : (struct str){0};
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct reading *r = ctx;
	*r->view = (struct shown_view){0};
	TRY(journal_people_read(db, a, &r->people));
	TRY(journal_wanted(db, a, &r->people, r->ask, &r->wanted));
	return take(r, db, a);
}

err_t app_journal_shown(struct call *c, const struct journal_ask *ask, struct str below, struct shown_view *out)
{
	struct shown_view view;
	struct reading r = {.call = c, .ask = ask, .below = below, .view = &view};
	TRY(journal_may(c));
	TRY(db_run(c->db, c->arena, DB_READ, load, &r));
	*out = view;
	return NULL;
}

struct own {
	struct call *call;
	struct str id;
	struct day from;
	struct own_view *view;
	struct journal_people people;
};

/* Rows of one day stand together: the same person on the same page is one line. */
static void note(struct own *o, struct arena *a, struct day day, struct str who, struct str where)
{
	struct own_view *v = o->view;
	for (size_t i = v->shown_n; i > 0 && v->shown[i - 1].day.n == day.n; i--)
		if (str_eq(v->shown[i - 1].who, who) && str_eq(v->shown[i - 1].where, where)) {
			v->shown[i - 1].times++;
			return;
		}
	v->shown = db_rows_room(a, v->shown, v->shown_n, sizeof *v->shown);
	v->shown[v->shown_n++] = (struct own_shown){day, who, where, 1};
}

static err_t take_shown(struct own *o, struct db *db, struct arena *a, struct instant begin)
{
	struct db_rows rows;
	struct q_disclosures_back row;
	TRY(q_disclosures_back(db, a, begin, (struct instant){INT64_MAX}, S(""), &rows));
	while (q_disclosures_back_next(&rows, &row)) {
		if (!has_id(row.households, o->id))
			continue;
		struct str where = act_page_say(row.route);
		note(o, a, instant_day(row.at), journal_who_of(o->call, a, &o->people, str_dup(a, row.user_id)),
		     where.n > 0 ? where : str_dup(a, row.route));
	}
	return db_rows_end(&rows);
}

static err_t take_changes(struct own *o, struct db *db, struct arena *a, struct instant begin)
{
	struct db_rows rows;
	struct q_journal_back row;
	struct journal_threads threads;
	struct own_view *v = o->view;
	TRY(journal_threads_read(db, a, v->face.no, &threads));
	TRY(q_journal_back(db, a, INT64_MAX, &rows));
	while (q_journal_back_next(&rows, &row)) {
		if (row.at.ms < begin.ms)
			break;
		if (!journal_threads_fit(&threads, row.noun_id, row.more))
			continue;
		struct str did = act_say(row.act);
		v->changes = db_rows_room(a, v->changes, v->changes_n, sizeof *v->changes);
		v->changes[v->changes_n++] = (struct own_change){
			.at = row.at,
			.who = str_eq(row.actor_kind, S("user"))
				       ? journal_who_of(o->call, a, &o->people, str_dup(a, row.actor_id))
				       : S("byname"),
			.did = did.n > 0 ? did : str_dup(a, row.act),
		};
	}
	return db_rows_end(&rows);
}

static err_t load_own(struct db *db, struct arena *a, void *ctx)
{
	struct own *o = ctx;
	struct q_household_by_id household;
	struct instant begin, end;
	bool found;
	o->call->shown.n = 0;
	*o->view = (struct own_view){.from = o->from};
	TRY(q_household_by_id(db, a, o->id, &household, &found));
	if (found)
		TRY(app_household_faces(o->call, db, a, &household.household_no, 1, &o->view->face));
	if (!found || !o->view->face.notes)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	journal_span(o->from, DAY_NONE, &begin, &end);
	TRY(journal_people_read(db, a, &o->people));
	TRY(take_shown(o, db, a, begin));
	return take_changes(o, db, a, begin);
}

err_t app_household_shown(struct call *c, struct str household_id, struct day from, struct own_view *out)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not households.");
	struct own_view view;
	struct own o = {.call = c, .id = household_id, .view = &view};
	o.from = day_known(from) ? from : day_add_years(c->today, -1);
	TRY(db_run(c->db, c->arena, DB_READ, load_own, &o));
	*out = view;
	return NULL;
}
