#include "app/column.h"

#include "app/meeting.h"
#include "app/needs.h"
#include "app/record.h"
#include "domain/law.h"
#include "store/q_entry.h"

struct str column_item(struct arena *a, struct str column_id)
{
	return str_fmt(a, "column.%.*s", STR_ARG(column_id));
}

struct str place_item(struct arena *a, struct str agency_id)
{
	return str_fmt(a, "place.%.*s", STR_ARG(agency_id));
}

err_t columns_load(struct db *db, struct arena *a, struct column **out, size_t *n)
{
	struct q_local_columns *rows;
	TRY(q_local_columns(db, a, &rows, n));
	*out = arena_many(a, *n, struct column);
	for (size_t i = 0; i < *n; i++) {
		struct column *c = &(*out)[i];
		*c = (struct column){
			.id = rows[i].id,
			.name = rows[i].name,
			.choices = rows[i].choices,
			.holder = str_eq(rows[i].editors, S("holder")),
		};
		if (!column_kind_parse(rows[i].kind, &c->kind))
			return err_internal(a, "column %.*s has no kind", STR_ARG(c->id));
	}
	return NULL;
}

struct defining {
	struct call *call;
	struct column_new new;
	struct str id;
};

static err_t may_define(struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_COLUMNS))
		return err_new(c->arena, ERR_DENIED, "List holders and administrators define the columns.");
	return NULL;
}

static err_t run_add(struct db *db, struct arena *a, void *ctx)
{
	const struct defining *d = ctx;
	struct column *columns;
	size_t n;
	struct q_local_column_last last;
	bool found;
	TRY(columns_load(db, a, &columns, &n));
	if (n >= COLUMNS_MOST)
		return err_new(a, ERR_CONFLICT, "There are %d columns already; end one first.", COLUMNS_MOST);
	for (size_t i = 0; i < n; i++)
		if (str_eq(column_word(a, columns[i].name), column_word(a, d->new.name)))
			return err_new(a, ERR_CONFLICT, "There is a column of that name; choose another one.");
	TRY(q_local_column_last(db, a, &last, &found));
	struct str id = meeting_new_id(a);
	TRY(q_local_column_add(db, a,
			       &(struct q_local_column_add_in){
				       .id = id,
				       .name = d->new.name,
				       .kind = str_from(column_kind_word(d->new.kind)),
				       .choices = d->new.choices,
				       .editors = d->new.holder ? S("holder") : S("serving"),
				       .position = last.columns + 1,
			       }));
	return app_record(d->call, db, a, "column.add", "column", id, S(""));
}

err_t app_column_add(struct call *c, const struct column_new *n)
{
	struct defining d = {.call = c, .new = *n};
	TRY(may_define(c));
	d.new.name = str_trim(n->name);
	if (d.new.name.n == 0 || str_utf8_len(d.new.name) > COLUMN_NAME_MAX || !str_is_clean_text(d.new.name))
		return err_new(c->arena, ERR_INVALID, "Give the column a name of at most %d characters.",
			       COLUMN_NAME_MAX);
	if (n->kind == COLUMN_CHOICE)
		TRY(column_choices(c->arena, n->choices, &d.new.choices));
	else
		d.new.choices = S("");
	if (law_of_words(d.new.name) != LAW_HMIS || law_of_words(d.new.choices) != LAW_HMIS)
		return err_new(
			c->arena, ERR_INVALID,
			"This sounds like facts under a law of their own. Each household has a page for them, where "
			"that law is kept; a column is read by everybody who reads notes.");
	return db_run(c->db, c->arena, DB_WRITE, run_add, &d);
}

static err_t run_end(struct db *db, struct arena *a, void *ctx)
{
	const struct defining *d = ctx;
	int64_t changed;
	TRY(q_local_column_end(db, a, d->id, d->call->now, &changed));
	if (changed == 0)
		return err_new(a, ERR_MISSING, "There is no such column.");
	return app_record(d->call, db, a, "column.end", "column", d->id, S(""));
}

err_t app_column_end(struct call *c, struct str id)
{
	struct defining d = {.call = c, .id = id};
	TRY(may_define(c));
	return db_run(c->db, c->arena, DB_WRITE, run_end, &d);
}

static err_t run_local(struct db *db, struct arena *a, void *ctx)
{
	struct local_view *view = ctx;
	view->menus = arena_one(a, struct needs_menus);
	TRY(needs_menus_load(db, a, view->menus));
	return columns_load(db, a, &view->columns, &view->columns_n);
}

err_t app_local(struct call *c, struct local_view *out)
{
	struct local_view view = {.may_edit = c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_COLUMNS)};
	if (c->actor.kind != ACTOR_USER)
		return err_new(c->arena, ERR_DENIED, "Sign in first.");
	TRY(db_run(c->db, c->arena, DB_READ, run_local, &view));
	*out = view;
	return NULL;
}

struct valuing {
	struct call *call;
	struct str household_id;
	struct str column_id;
	struct day day;
	const struct pii *typed;
};

static err_t run_value(struct db *db, struct arena *a, void *ctx)
{
	const struct valuing *v = ctx;
	struct household_face face;
	struct column *columns;
	size_t n;
	size_t i = 0;
	struct str value;
	TRY(entry_household(v->call, db, a, v->household_id, &face));
	TRY(columns_load(db, a, &columns, &n));
	while (i < n && !str_eq(columns[i].id, v->column_id))
		i++;
	if (i == n)
		return err_new(a, ERR_MISSING, "There is no such column.");
	if (columns[i].holder && !face.holds)
		return err_new(a, ERR_DENIED, "This column is written by the list holder of the region.");
	TRY(column_value(a, columns[i].kind, columns[i].choices, pii_reveal(v->typed), &value));
	return entry_put(v->call, db, a, &face, column_item(a, v->column_id), pii_new(a, value));
}

err_t app_column_put(struct call *c, struct str household_id, struct str column_id, const struct pii *typed)
{
	struct valuing v = {.call = c, .household_id = household_id, .column_id = column_id, .typed = typed};
	return db_run(c->db, c->arena, DB_WRITE, run_value, &v);
}

static err_t run_place(struct db *db, struct arena *a, void *ctx)
{
	const struct valuing *v = ctx;
	struct household_face face;
	struct str words = str_trim(pii_reveal(v->typed));
	char day[DAY_TEXT];
	TRY(entry_household(v->call, db, a, v->household_id, &face));
	if (!face.serves)
		return err_new(a, ERR_DENIED, "A location is kept by the agencies that serve the household.");
	struct str value = str_fmt(a, "%s %.*s", day_text(v->day, day), STR_ARG(words));
	return entry_put(v->call, db, a, &face, place_item(a, v->call->actor.agency_id),
			 words.n > 0 ? pii_new(a, value) : NULL);
}

err_t app_place_put(struct call *c, struct str household_id, struct day day, const struct pii *words)
{
	struct valuing v = {.call = c, .household_id = household_id, .day = day, .typed = words};
	if (!day_known(day) || day.n > c->today.n)
		return err_new(c->arena, ERR_INVALID, "Say on which day they were there; it cannot be still to come.");
	return db_run(c->db, c->arena, DB_WRITE, run_place, &v);
}
