#include "app/omission.h"

#include <stdlib.h>

#include "app/quality_inside.h"
#include "base/limit.h"
#include "store/q_hmis.h"
#include "store/q_region.h"

struct work {
	struct quality_work base;
	struct str only;
	const struct q_hmis_projects_all *projects; /* by number */
	size_t projects_n;
	const struct list_row **rows; /* of the lines */
	struct omissions_view *view;
};

static struct str region_of_project(const struct work *w, int64_t no)
{
	size_t low = 0;
	size_t high = w->projects_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (w->projects[mid].project_no == no)
			return w->projects[mid].region_id;
		if (w->projects[mid].project_no < no)
			low = mid + 1;
		else
			high = mid;
	}
	return (struct str){0};
}

/* Whether the row is one of those that the actor sees: by the household's region, by the agency that assessed, or, of
 * who is on another region's list, by the region where that was. */
static bool is_ours(const struct work *w, const struct list_row *row)
{
	const struct actor *actor = &w->base.call->actor;
	const struct list_image *image = w->base.image;
	if (w->view->whole && row->omitted == OMITTED_ELSEWHERE)
		return str_eq(region_of_project(w, row->assessor), actor->region_id);
	if (w->view->whole)
		return row->region == image->regions_n ||
		       str_eq(str_from(image->regions[row->region].id), actor->region_id);
	const struct q_flag_agencies *agency = quality_agency_of(&w->base, row->assessor);
	return agency != NULL && actor->agency_id.n > 0 && str_eq(agency->agency_id, actor->agency_id);
}

static int last_first(const void *x, const void *y)
{
	const struct list_row *a = *(const struct list_row *const *)x;
	const struct list_row *b = *(const struct list_row *const *)y;
	if (a->assessed.n != b->assessed.n)
		return a->assessed.n > b->assessed.n ? -1 : 1;
	return (a->no > b->no) - (a->no < b->no);
}

/* Counts everybody, and keeps the rows that are asked for. */
static void collect(struct work *w, int64_t groups[OMISSIONS_N], int64_t *elsewhere)
{
	const struct list_image *image = w->base.image;
	struct omissions_view *v = w->view;
	for (size_t i = 0; i < image->n; i++) {
		const struct list_row *row = &image->rows[i];
		if (row->omitted == OMITTED_NOT || !is_ours(w, row))
			continue;
		if (row->omitted == OMITTED_ELSEWHERE) {
			elsewhere[row->region]++;
			continue;
		}
		groups[row->omitted]++;
		if (v->only != NULL && v->only != &omission_table[row->omitted])
			continue;
		w->rows = db_rows_room(w->base.arena, w->rows, v->total, sizeof *w->rows);
		w->rows[v->total++] = row;
	}
	if (v->total > 1)
		qsort(w->rows, v->total, sizeof *w->rows, last_first);
}

static err_t fill_lines(struct work *w)
{
	struct omissions_view *v = w->view;
	size_t n = v->total < LIMIT_LIST_PAGE ? v->total : LIMIT_LIST_PAGE;
	int64_t nos[LIMIT_LIST_PAGE] = {0};
	struct household_face faces[LIMIT_LIST_PAGE];
	for (size_t i = 0; i < n; i++)
		nos[i] = w->rows[i]->no;
	TRY(app_household_faces(w->base.call, w->base.db, w->base.arena, nos, n, faces));
	v->lines = arena_many(w->base.arena, n, struct omission_line);
	for (size_t i = 0; i < n; i++) {
		const struct q_flag_agencies *agency = quality_agency_of(&w->base, w->rows[i]->assessor);
		if (!faces[i].visible || faces[i].coarse)
			continue;
		v->lines[v->lines_n++] = (struct omission_line){
			.face = faces[i],
			.row = &omission_table[w->rows[i]->omitted],
			.day = w->rows[i]->assessed,
			.agency = agency != NULL ? agency->name : (struct str){0},
		};
	}
	return NULL;
}

static err_t fill_elsewhere(struct work *w, const int64_t *counts)
{
	struct omissions_view *v = w->view;
	struct q_regions *regions;
	size_t n;
	TRY(q_regions(w->base.db, w->base.arena, &regions, &n));
	v->elsewhere = arena_many(w->base.arena, n, struct omission_elsewhere);
	for (size_t i = 0; i < n; i++) {
		int64_t count = counts[list_image_region_index(w->base.image, regions[i].id)];
		if (count > 0)
			v->elsewhere[v->elsewhere_n++] = (struct omission_elsewhere){regions[i].name, count};
	}
	return NULL;
}

static err_t fill(void *ctx)
{
	struct work *w = ctx;
	struct arena *a = w->base.arena;
	struct q_hmis_projects_all *projects;
	int64_t groups[OMISSIONS_N] = {0};
	*w->view = (struct omissions_view){.whole = w->base.call->actor.role == ROLE_LIST_HOLDER};
	for (int i = OMITTED_NOT + 1; i < OMISSIONS_N; i++)
		if (str_eq(w->only, str_from(omission_table[i].word)))
			w->view->only = &omission_table[i];
	if (w->only.n > 0 && w->view->only == NULL)
		return err_new(a, ERR_MISSING, "There is no such reason.");
	TRY(q_hmis_projects_all(w->base.db, a, w->base.image->version, &projects, &w->projects_n));
	w->projects = projects;
	w->rows = NULL; /* of a try that was repeated */
	int64_t *elsewhere = arena_many(a, w->base.image->regions_n + 1, int64_t);
	collect(w, groups, elsewhere);
	w->view->groups = arena_many(a, OMISSIONS_N, struct omission_group);
	for (int i = 0; i < OMISSIONS_N; i++)
		if (groups[i] > 0)
			w->view->groups[w->view->groups_n++] = (struct omission_group){&omission_table[i], groups[i]};
	TRY(fill_lines(w));
	return fill_elsewhere(w, elsewhere);
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	return quality_with_image(&w->base, db, a, fill, w);
}

err_t app_omissions(struct call *c, struct str only, struct omissions_view *out)
{
	struct omissions_view view;
	struct work w = {.base.call = c, .only = only, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_MEND))
		return err_new(c->arena, ERR_DENIED, "Only who works with a list sees who is missing from it.");
	TRY(db_run(c->db, c->arena, DB_READ, run, &w));
	*out = view;
	return NULL;
}

err_t omission_say(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		   const struct list_row *row, struct str *out)
{
	struct quality_work w = {.call = c, .db = db, .arena = a, .image = image};
	char day[DAY_SAY];
	*out = (struct str){0};
	if (row->omitted == OMITTED_NOT || row->omitted == OMITTED_ELSEWHERE)
		return NULL;
	TRY(quality_load(&w));
	const struct q_flag_agencies *agency = quality_agency_of(&w, row->assessor);
	const struct omission_row *why = &omission_table[row->omitted];
	*out = str_fmt(a, "Assessed on %s%s%.*s, and not on the list. %s", day_say_date(row->assessed, day),
		       agency != NULL ? " by " : "", STR_ARG(agency != NULL ? agency->name : S("")), why->say);
	return NULL;
}
