#include "app/ready.h"

#include "app/list_image.h"
#include "base/limit.h"
#include "store/q_household.h"

struct work {
	struct call *call;
	struct str id;
	struct db *db;
	struct arena *arena;
	struct entry *entries;
	size_t entries_n;
	struct ready_view *view;
};

static struct str name_of(const struct ready_view *v, struct str user_id)
{
	for (size_t i = 0; i < v->people_n; i++)
		if (str_eq(v->people[i].id, user_id))
			return v->people[i].name;
	return user_id.n > 0 ? S("somebody who works elsewhere now") : S("");
}

static err_t fill_documents(struct work *w, bool veteran)
{
	struct ready_view *v = w->view;
	struct document docs[DOCUMENTS_N];
	struct day today = w->call->today;
	TRY(documents_of(w->call, w->arena, w->entries, w->entries_n, v->face.no, docs));
	v->readiness = document_readiness(docs, veteran, today);
	v->documents = arena_many(w->arena, DOCUMENTS_N, struct ready_document);
	for (int k = 0; k < DOCUMENTS_N; k++) {
		const struct document *d = &docs[k];
		if (document_table[k].veterans && !veteran)
			continue;
		bool holds = document_holds(d, today);
		v->documents[v->documents_n++] = (struct ready_document){
			.kind = (enum document_kind)k,
			.document = *d,
			.fetcher = name_of(v, d->fetcher),
			.holds = holds,
			.expired = d->have && !holds,
			.overdue = !holds && day_known(d->due) && d->due.n < today.n,
		};
	}
	return NULL;
}

static err_t fill_values(struct work *w, bool holder)
{
	struct ready_view *v = w->view;
	struct column *columns;
	TRY(columns_load(w->db, w->arena, &columns, &v->values_n));
	v->values = arena_many(w->arena, v->values_n, struct ready_value);
	for (size_t i = 0; i < v->values_n; i++) {
		struct ready_value *value = &v->values[i];
		*value = (struct ready_value){.column = columns[i], .may_edit = holder || !columns[i].holder};
		TRY(entry_history(w->db, w->arena, v->face.no, column_item(w->arena, columns[i].id), &value->history,
				  &value->history_n));
		value->were = arena_many(w->arena, value->history_n, struct str);
		for (size_t k = 0; k < value->history_n; k++)
			if (value->history[k].sealed.n > 0)
				TRY(entry_text(w->call, w->arena, &value->history[k], &value->were[k]));
		if (value->history_n > 0)
			value->value = value->were[0];
	}
	return NULL;
}

static err_t fill_place(struct work *w)
{
	struct ready_view *v = w->view;
	struct str text;
	struct str day;
	v->place_day = DAY_NONE;
	if (w->call->actor.agency_id.n == 0)
		return NULL;
	const struct entry *e =
		entry_of(w->entries, w->entries_n, v->face.no, place_item(w->arena, w->call->actor.agency_id));
	if (e == NULL)
		return NULL;
	TRY(entry_text(w->call, w->arena, e, &text));
	str_cut(text, ' ', &day, &v->place);
	if (!day_parse(day, &v->place_day))
		return err_internal(w->arena, "entry %.*s/%lld is no place", STR_ARG(e->item), (long long)e->no);
	return NULL;
}

/* Words and dates, for who sees the household by name. */
static err_t fill_named(struct work *w, bool holder)
{
	struct ready_view *v = w->view;
	TRY(preference_of(w->call, w->arena, w->entries, w->entries_n, v->face.no, &v->preference));
	TRY(fill_values(w, holder));
	return fill_place(w);
}

/* What others may know: whether a paper is there, and no more. */
static void hide_dates(struct ready_view *v)
{
	for (size_t i = 0; i < v->documents_n; i++) {
		v->documents[i].document = document_none();
		v->documents[i].fetcher = (struct str){0};
		v->documents[i].overdue = false;
	}
}

static err_t fill(struct work *w, const struct list_image *image, const struct list_row *row)
{
	struct ready_view *v = w->view;
	if (v->face.coarse) /* papers and needs of a family say who they are */
		return NULL;
	struct str region = str_dup(w->arena, str_from(image->regions[row->region].id));
	v->may_write = v->face.notes;
	v->suggested = needs_suggest((enum chronic)row->chronic, (enum situation)row->situation);
	TRY(entries_load(w->db, w->arena, &v->face.no, 1, &w->entries, &w->entries_n));
	if (v->may_write)
		TRY(document_people(w->db, w->arena, region, &v->people, &v->people_n));
	TRY(fill_documents(w, row->veteran));
	TRY(needs_of(w->call, w->arena, w->entries, w->entries_n, v->face.no, &v->needs, &v->needs_known));
	TRY(needs_menus_load(w->db, w->arena, &v->menus));
	if (v->may_write)
		return fill_named(w, v->face.holds);
	hide_dates(v);
	return NULL;
}

static err_t run_ready(struct db *db, struct arena *a, void *ctx)
{
	struct work w = *(struct work *)ctx;
	struct q_household_by_id found;
	struct list_image *image;
	bool known;
	w.db = db;
	w.arena = a;
	*w.view = (struct ready_view){.place_day = DAY_NONE};
	w.call->shown.n = 0;
	TRY(q_household_by_id(db, a, w.id, &found, &known));
	if (known)
		TRY(app_household_faces(w.call, db, a, &found.household_no, 1, &w.view->face));
	if (!w.view->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	TRY(list_image_take(w.call->app->lists, db, a, &image));
	const struct list_row *row = list_image_row(image, found.household_no);
	err_t e =
		row != NULL ? fill(&w, image, row) : err_new(a, ERR_MISSING, "This household is on no list any more.");
	list_image_give(w.call->app->lists, &image);
	return e;
}

err_t app_ready(struct call *c, struct str household_id, struct ready_view *out)
{
	struct ready_view view;
	struct work w = {.call = c, .id = household_id, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not households.");
	TRY(db_run(c->db, c->arena, DB_READ, run_ready, &w));
	*out = view;
	return NULL;
}

static err_t own_values(struct call *c, struct arena *a, const struct entry *entries, size_t entries_n,
			int64_t household_no, const struct list_own *own, size_t own_n, struct str *out)
{
	for (size_t i = 0; i < own_n; i++) {
		const struct entry *e =
			own[i].shows ? entry_of(entries, entries_n, household_no, column_item(a, own[i].column.id))
				     : NULL;
		if (e != NULL)
			TRY(entry_text(c, a, e, &out[i]));
	}
	return NULL;
}

err_t ready_rows(struct call *c, struct db *db, struct arena *a, const struct household_face *faces,
		 const bool *veterans, size_t n, const struct list_own *own, size_t own_n, struct ready_row *out)
{
	int64_t nos[LIMIT_LIST_PAGE] = {0};
	struct entry *entries;
	size_t entries_n;
	for (size_t i = 0; i < n; i++)
		nos[i] = faces[i].no;
	TRY(entries_load(db, a, nos, n, &entries, &entries_n));
	for (size_t i = 0; i < n; i++) {
		struct document docs[DOCUMENTS_N];
		struct needs needs;
		bool known;
		out[i] = (struct ready_row){.own = arena_many(a, own_n, struct str)};
		if (faces[i].coarse)
			continue;
		if (faces[i].notes)
			TRY(own_values(c, a, entries, entries_n, nos[i], own, own_n, out[i].own));
		TRY(documents_of(c, a, entries, entries_n, nos[i], docs));
		out[i].readiness = document_readiness(docs, veterans[i], c->today);
		TRY(needs_of(c, a, entries, entries_n, nos[i], &needs, &known));
		if (known)
			out[i].needs = str_fmt(a, "%.*s · %.*s", STR_ARG(need_table[needs.housing].say),
					       STR_ARG(need_table[needs.service].say));
	}
	return NULL;
}
