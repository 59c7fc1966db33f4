#include "app/quality_inside.h"

#include <stdlib.h>

#include "base/limit.h"

struct work {
	struct quality_work base;
	const struct flag_row *flag;
	struct quality_view *view;
	struct quality_flag_view *one;
};

static bool is_holder(const struct call *c)
{
	return c->actor.role == ROLE_LIST_HOLDER;
}

static err_t may_see(struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_MEND))
		return err_new(c->arena, ERR_DENIED, "Only who works with a list sees its flags.");
	return NULL;
}

/* Whether the row is one of those whose flags the actor sees. */
static bool is_ours(const struct work *w, const struct list_row *row)
{
	const struct actor *actor = &w->base.call->actor;
	if (row->status != STATUS_ACTIVE && row->status != STATUS_INACTIVE)
		return false;
	if (is_holder(w->base.call))
		return row->region == w->base.image->regions_n ||
		       str_eq(str_from(w->base.image->regions[row->region].id), actor->region_id);
	const struct q_flag_agencies *agency = quality_agency(&w->base, row);
	return agency != NULL && actor->agency_id.n > 0 && str_eq(agency->agency_id, actor->agency_id);
}

static void count_agency(struct work *w, struct quality_line *line, const struct list_row *row)
{
	const struct q_flag_agencies *agency = quality_agency(&w->base, row);
	struct str name = agency != NULL ? agency->name : S("No agency");
	size_t i = 0;
	while (i < line->agencies_n && !str_eq(line->agencies[i].name, name))
		i++;
	if (i == line->agencies_n) {
		line->agencies = db_rows_room(w->base.arena, line->agencies, line->agencies_n, sizeof *line->agencies);
		line->agencies[line->agencies_n++] = (struct quality_agency){.name = name};
	}
	line->agencies[i].n++;
}

static void count_row(struct work *w, const struct list_row *row)
{
	for (int f = 0; f < FLAGS_N; f++) {
		struct quality_line *line = &w->view->lines[f];
		uint64_t bit = (uint64_t)flag_table[f].flag;
		line->confirmed += (row->confirmed & bit) != 0;
		if ((row->flags & bit) == 0)
			continue;
		line->n++;
		line->due = day_known(line->due) ? day_min(line->due, w->base.dues[row->region])
						 : w->base.dues[row->region];
		if (w->view->whole)
			count_agency(w, line, row);
	}
	w->view->households += row->flags != 0;
}

static err_t count_changes(struct work *w)
{
	struct q_flag_changes *rows;
	size_t n;
	TRY(q_flag_changes(w->base.db, w->base.arena, w->base.image->version, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct flag_row *flag = flag_by_word(str_c(w->base.arena, rows[i].flag));
		if (flag == NULL || !str_eq(rows[i].region_id, w->base.call->actor.region_id))
			continue;
		struct quality_line *line = &w->view->lines[flag - flag_table];
		line->fresh += rows[i].fresh;
		line->mended += rows[i].mended;
	}
	return NULL;
}

static int line_compare(const void *x, const void *y)
{
	const struct quality_line *a = x;
	const struct quality_line *b = y;
	if (a->n != b->n)
		return a->n < b->n ? 1 : -1;
	return (a->flag > b->flag) - (a->flag < b->flag);
}

static int agency_compare(const void *x, const void *y)
{
	const struct quality_agency *a = x;
	const struct quality_agency *b = y;
	return a->n != b->n ? (a->n < b->n ? 1 : -1) : str_cmp(a->name, b->name);
}

static err_t count(void *ctx)
{
	struct work *w = ctx;
	struct quality_view *v = w->view;
	*v = (struct quality_view){.whole = is_holder(w->base.call)};
	v->lines = arena_many(w->base.arena, FLAGS_N, struct quality_line);
	for (int f = 0; f < FLAGS_N; f++)
		v->lines[f] = (struct quality_line){.flag = &flag_table[f], .due = DAY_NONE};
	for (size_t i = 0; i < w->base.image->n; i++)
		if (is_ours(w, &w->base.image->rows[i]))
			count_row(w, &w->base.image->rows[i]);
	if (v->whole)
		TRY(count_changes(w));
	for (int f = 0; f < FLAGS_N; f++) {
		struct quality_line line = v->lines[f];
		if (line.agencies_n > 0)
			qsort(line.agencies, line.agencies_n, sizeof *line.agencies, agency_compare);
		if (line.n + line.confirmed + line.mended > 0)
			v->lines[v->lines_n++] = line;
	}
	qsort(v->lines, v->lines_n, sizeof *v->lines, line_compare);
	return NULL;
}

static err_t run_count(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	return quality_with_image(&w->base, db, a, count, w);
}

err_t app_quality(struct call *c, struct quality_view *out)
{
	struct quality_view view;
	struct work w = {.base.call = c, .view = &view};
	TRY(may_see(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_count, &w));
	*out = view;
	return NULL;
}

static err_t fill_confirmed(struct work *w, const int64_t *nos, size_t n)
{
	struct q_flags_confirmed_of *said;
	size_t said_n;
	TRY(q_flags_confirmed_of(w->base.db, w->base.arena, str_from(w->flag->word), nos, n, &said, &said_n));
	for (size_t i = 0; i < w->one->lines_n; i++) {
		struct quality_household *line = &w->one->lines[i];
		for (size_t k = 0; k < said_n && line->silent; k++) {
			if (said[k].household_no != line->face.no)
				continue;
			line->by = said[k].user_name;
			line->day = instant_day(said[k].at);
			TRY(quality_reason(&w->base, &line->face, said[k].no, said[k].reason, &line->reason));
		}
	}
	return NULL;
}

/* Numbers of those that have the flag, then of those whose facts were confirmed; at most a page of them. */
static size_t collect(struct work *w, int64_t nos[LIMIT_LIST_PAGE])
{
	uint64_t bit = (uint64_t)w->flag->flag;
	for (int silent = 0; silent <= 1; silent++)
		for (size_t i = 0; i < w->base.image->n; i++) {
			const struct list_row *row = &w->base.image->rows[i];
			if (((silent ? row->confirmed : row->flags) & bit) == 0 || !is_ours(w, row))
				continue;
			if (!silent)
				w->one->due = day_known(w->one->due) ? day_min(w->one->due, w->base.dues[row->region])
								     : w->base.dues[row->region];
			if (w->one->total < LIMIT_LIST_PAGE)
				nos[w->one->total] = row->no;
			w->one->total++;
		}
	return w->one->total < LIMIT_LIST_PAGE ? w->one->total : LIMIT_LIST_PAGE;
}

static err_t list_one(void *ctx)
{
	struct work *w = ctx;
	int64_t nos[LIMIT_LIST_PAGE];
	struct household_face faces[LIMIT_LIST_PAGE];
	struct q_flag_mendings *mending;
	size_t mending_n;
	struct quality_flag_view *v = w->one;
	*v = (struct quality_flag_view){.flag = w->flag, .due = DAY_NONE};
	size_t n = collect(w, nos);
	TRY(app_household_faces(w->base.call, w->base.db, w->base.arena, nos, n, faces));
	TRY(quality_mendings(&w->base, nos, n, &mending, &mending_n));
	v->lines = arena_many(w->base.arena, n, struct quality_household);
	for (size_t i = 0; i < n; i++) {
		const struct list_row *row = list_image_row(w->base.image, nos[i]);
		const struct q_flag_agencies *agency = row != NULL ? quality_agency(&w->base, row) : NULL;
		if (row == NULL || !faces[i].visible)
			continue;
		if (faces[i].coarse) { /* not even counted: of one household that would tell */
			v->total--;
			continue;
		}
		v->lines[v->lines_n++] = (struct quality_household){
			.face = faces[i],
			.agency = agency != NULL ? agency->name : (struct str){0},
			.may = w->flag->facts != FACTS_NONE &&
			       quality_may_confirm(w->base.call, w->base.image, row, faces[i].serves),
			.silent = (row->confirmed & (uint64_t)w->flag->flag) != 0,
			.day = DAY_NONE,
			.mender = quality_mender(w->base.arena, mending, mending_n, row->no, w->flag),
		};
	}
	return fill_confirmed(w, nos, n);
}

static err_t run_one(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	return quality_with_image(&w->base, db, a, list_one, w);
}

err_t app_quality_flag(struct call *c, struct str word, struct quality_flag_view *out)
{
	struct quality_flag_view view;
	struct work w = {.base.call = c, .one = &view, .flag = flag_by_word(str_c(c->arena, word))};
	TRY(may_see(c));
	if (w.flag == NULL)
		return err_new(c->arena, ERR_MISSING, "There is no such flag.");
	TRY(db_run(c->db, c->arena, DB_READ, run_one, &w));
	*out = view;
	return NULL;
}
