#include "app/policy_try.h"

#include "app/list_rank.h"
#include "app/policy_traits.h"
#include "store/q_region.h"

/* What a sort of 70 bytes a household and a little more may take, for the largest region. */
enum { BYTES_EACH = 96, TABLES_MOST = 9 };

struct trying {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	const struct q_regions *regions;
	size_t regions_n;
	struct policy_try_view *view;
};

/* A way to part households into groups. */
struct parting {
	const char *title;
	const char *const *says;
	size_t n;
	size_t (*of)(const struct list_row *row);
};

static size_t type_of(const struct list_row *row)
{
	return row->type;
}

static size_t veteran_of(const struct list_row *row)
{
	return row->veteran ? 0 : 1;
}

static size_t chronic_of(const struct list_row *row)
{
	return row->chronic;
}

static size_t staying_of(const struct list_row *row)
{
	return row->situation == SITUATION_UNSHELTERED                                         ? 0
	       : row->situation == SITUATION_SHELTER || row->situation == SITUATION_SAFE_HAVEN ? 1
	       : row->situation == SITUATION_UNKNOWN                                           ? 3
											       : 2;
}

static const char *const type_says[] = {"Not known", "Adults only", "Adults and children", "Children only"};
static const char *const veteran_says[] = {"With a veteran", "Without"};
static const char *const chronic_says[] = {"Verified", "Likely", "Not known", "Not chronic"};
static const char *const staying_says[] = {"Unsheltered", "Shelter or safe haven", "Elsewhere", "Not known"};

static const struct parting partings[] = {
	{"Household", type_says, sizeof type_says / sizeof *type_says, type_of},
	{"Veterans", veteran_says, sizeof veteran_says / sizeof *veteran_says, veteran_of},
	{"Chronic homelessness", chronic_says, sizeof chronic_says / sizeof *chronic_says, chronic_of},
	{"Where they stay", staying_says, sizeof staying_says / sizeof *staying_says, staying_of},
};
enum { PARTINGS_N = sizeof partings / sizeof *partings };

static struct try_table *table_add(struct trying *t, const char *title, size_t groups)
{
	struct try_table *table = &t->view->tables[t->view->tables_n++];
	table->title = str_from(title);
	table->groups_n = groups;
	table->groups = arena_many(t->arena, groups, struct try_group);
	return table;
}

static void count(struct try_group *group, const struct list_ranked *r)
{
	group->cells[TRY_HOUSEHOLDS].n++;
	group->cells[TRY_UP].n += r->place < r->was;
	group->cells[TRY_DOWN].n += r->place > r->was;
	group->cells[TRY_FIRST_NOW].n += r->was <= TRY_FIRST;
	group->cells[TRY_FIRST_THEN].n += r->place <= TRY_FIRST;
}

/* Each column has one total, so it is hidden as one. */
static void hide(struct trying *t, struct try_table *table)
{
	int64_t *counts = arena_many(t->arena, table->groups_n, int64_t);
	bool *hidden = arena_many(t->arena, table->groups_n, bool);
	for (int c = 0; c < TRY_COUNTS_N; c++) {
		for (size_t g = 0; g < table->groups_n; g++)
			counts[g] = table->groups[g].cells[c].n;
		access_hide_small(counts, (int)table->groups_n, hidden);
		for (size_t g = 0; g < table->groups_n; g++)
			table->groups[g].cells[c].hidden = hidden[g];
	}
}

static void begin_tables(struct trying *t)
{
	struct policy_try_view *v = t->view;
	v->tables = arena_many(t->arena, TABLES_MOST, struct try_table);
	for (size_t p = 0; p < PARTINGS_N; p++) {
		struct try_table *table = table_add(t, partings[p].title, partings[p].n);
		for (size_t g = 0; g < partings[p].n; g++)
			table->groups[g].say = str_from(partings[p].says[g]);
	}
	struct try_table *regions = table_add(t, "Region", t->regions_n + 1);
	for (size_t i = 0; i < t->regions_n; i++)
		regions->groups[i].say = t->regions[i].name;
	regions->groups[t->regions_n].say = S("Unassigned");
	if (!v->traits)
		return;
	for (int k = 0; k < TRAITS_N; k++) {
		struct try_table *table = table_add(t, trait_table[k].title, trait_table[k].n);
		for (size_t g = 0; g < trait_table[k].n; g++)
			table->groups[g].say = str_from(trait_table[k].says[g]);
	}
}

/* The table's row of a region; they are shown by their number, the picture has its own order. */
static size_t region_group(const struct trying *t, const struct list_region *region)
{
	for (size_t i = 0; i < t->regions_n; i++)
		if (str_eq(t->regions[i].id, str_from(region->id)))
			return i;
	return t->regions_n;
}

static void count_region(struct trying *t, const struct traits *traits, size_t region, const struct list_ranked *ranked,
			 size_t n)
{
	struct try_table *tables = t->view->tables;
	for (size_t i = 0; i < n; i++) {
		for (size_t p = 0; p < PARTINGS_N; p++)
			count(&tables[p].groups[partings[p].of(ranked[i].row)], &ranked[i]);
		count(&tables[PARTINGS_N].groups[region], &ranked[i]);
		if (traits == NULL)
			continue;
		const struct trait_values *values = &traits->of[ranked[i].row - t->image->rows];
		for (int k = 0; k < TRAITS_N; k++)
			count(&tables[PARTINGS_N + 1 + k].groups[values->group[k]], &ranked[i]);
	}
}

/* What is shown of the region that was chosen. */
static err_t fill_region(struct trying *t, const struct list_ranked *ranked, size_t n)
{
	struct policy_try_view *v = t->view;
	struct arena *a = t->arena;
	v->households = (int)n;
	for (size_t i = 0; i < n; i++) {
		v->up += ranked[i].place < ranked[i].was;
		v->down += ranked[i].place > ranked[i].was;
		v->new_first += ranked[i].place <= TRY_FIRST && ranked[i].was > TRY_FIRST;
	}
	if (!access_may(t->call->actor.role, CAN_LIST))
		return NULL;
	size_t shown = n < TRY_SHOWN ? n : TRY_SHOWN;
	int64_t nos[TRY_SHOWN];
	struct household_face faces[TRY_SHOWN];
	for (size_t i = 0; i < shown; i++)
		nos[i] = ranked[i].row->no;
	TRY(app_household_faces(t->call, t->db, a, nos, shown, faces));
	v->rows = arena_many(a, shown, struct try_row);
	for (size_t i = 0; i < shown; i++) {
		if (!faces[i].visible)
			continue;
		struct try_row *row = &v->rows[v->rows_n++];
		*row = (struct try_row){.face = faces[i], .place = ranked[i].place, .was = ranked[i].was};
		if (i == 0)
			continue;
		enum priority_key key = priority_between(&v->policy.order, ranked[i - 1].order, ranked[i].order);
		row->decides = key == PRIORITY_KEYS_N ? S("Nothing in the order") : str_from(priority_key_say(key));
	}
	return NULL;
}

static err_t rank_all(struct trying *t, struct arena *room, const struct traits *traits,
		      const struct list_region *chosen)
{
	for (size_t i = 0; i <= t->image->regions_n; i++) {
		const struct list_region *region = &t->image->regions[i];
		struct arena_mark mark = arena_mark(room);
		struct list_ranked *ranked;
		size_t n;
		list_rank(t->image, region, &t->view->policy, room, &ranked, &n);
		count_region(t, traits, region_group(t, region), ranked, n);
		if (region == chosen)
			TRY(fill_region(t, ranked, n));
		arena_rewind(room, mark);
	}
	return NULL;
}

static err_t choose_region(struct trying *t, const struct list_region **chosen)
{
	struct policy_try_view *v = t->view;
	if (v->region_id.n == 0)
		v->region_id = t->call->actor.region_id;
	if (v->region_id.n == 0 && t->regions_n > 0)
		v->region_id = t->regions[0].id;
	*chosen = list_image_region(t->image, v->region_id);
	if (*chosen == NULL)
		return err_new(t->arena, ERR_MISSING, "There is no such region.");
	v->region = S("Unassigned");
	v->regions = arena_many(t->arena, t->regions_n, struct list_choice);
	v->regions_n = t->regions_n;
	for (size_t i = 0; i < t->regions_n; i++) {
		bool this = str_eq(t->regions[i].id, v->region_id);
		v->regions[i] = (struct list_choice){t->regions[i].id, t->regions[i].name, this};
		if (this)
			v->region = t->regions[i].name;
	}
	return NULL;
}

static err_t try_image(struct trying *t)
{
	const struct list_region *chosen;
	struct traits traits = {0};
	TRY(choose_region(t, &chosen));
	begin_tables(t);
	struct arena *room = arena_new("policy try", (t->image->n + 4096) * BYTES_EACH);
	err_t e = t->view->traits ? policy_traits(t->call, t->db, t->arena, room, t->image, &traits) : NULL;
	if (e == NULL)
		e = rank_all(t, room, t->view->traits ? &traits : NULL, chosen);
	arena_free(&room);
	if (e != NULL)
		return e;
	for (size_t i = 0; i < t->view->tables_n; i++)
		hide(t, &t->view->tables[i]);
	return NULL;
}

struct asking {
	struct call *call;
	struct str region_id;
	struct policy policy;
	struct policy_try_view *view;
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct asking *ask = ctx;
	struct list_image *image;
	struct q_regions *regions;
	size_t n;
	bool sees = access_may(ask->call->actor.role, CAN_LIST);
	*ask->view = (struct policy_try_view){
		.read = true, .policy = ask->policy, .region_id = ask->region_id, .traits = !sees};
	ask->call->shown.n = 0;
	TRY(q_regions(db, a, &regions, &n));
	TRY(list_image_take(ask->call->app->lists, db, a, &image));
	struct trying t = {ask->call, db, a, image, regions, n, ask->view};
	err_t e = try_image(&t);
	list_image_give(ask->call->app->lists, &image);
	return e;
}

err_t app_policy_try(struct call *c, struct str text, struct str region_id, struct policy_try_view *out)
{
	struct policy_try_view view = {0};
	struct asking ask = {.call = c, .region_id = region_id, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_POLICY))
		return err_new(c->arena, ERR_DENIED, "Please sign in to try a policy.");
	if (policy_read(c->arena, text, &ask.policy, &view.faults))
		TRY(db_run(c->db, c->arena, DB_READ, load, &ask));
	*out = view;
	return NULL;
}
