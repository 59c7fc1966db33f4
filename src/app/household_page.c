#include "app/household_page.h"

#include "app/household_access.h"
#include "app/list_head.h"
#include "app/omission.h"
#include "app/person.h"
#include "app/region_move.h"
#include "app/say.h"
#include "app/stored.h"
#include "app/support.h"
#include "app/tenancy.h"
#include "domain/movement.h"
#include "domain/step.h"
#include "store/q_list.h"
#include "store/q_movement.h"
#include "store/q_region.h"
#include "store/seal.h"

enum { CONTACTS_NEWEST = 3 };

struct work {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	const struct list_row *row;
	int64_t head; /* number of the head; 0: not in the facts */
	struct access_decision may;
	struct household_view *view;
};

/* HMIS list 3.15.1. */
static const char *relation_say(bool head, int64_t relationship)
{
	static const char *const says[] = {
		[1] = "head of household", [2] = "child",          [3] = "spouse or partner",
		[4] = "other relative",    [5] = "not a relative",
	};
	if (head)
		return says[1];
	return relationship >= 1 && relationship <= 5 ? says[relationship] : "member";
}

static err_t fill_members(struct work *w)
{
	struct arena *a = w->arena;
	struct q_list_members *rows;
	size_t n;
	if (w->view->panel->face.coarse)
		return NULL;
	TRY(q_list_members(w->db, a, w->row->no, w->image->version, &rows, &n));
	const struct household_asked head = {w->row, w->head, w->view->panel->face.serves};
	w->view->members = arena_many(a, n, struct member_row);
	w->view->members_n = n;
	if (n > 0 && rows[0].head && w->may.field[FIELD_FACTS] == ACCESS_FULL &&
	    w->may.field[FIELD_PLACE] == ACCESS_FULL)
		TRY(app_assessed(w->call, w->db, a, rows[0].client_no, w->image->version, &w->view->scores,
				 &w->view->scores_n));
	for (size_t i = 0; i < n; i++) {
		struct member_row *m = &w->view->members[i];
		int64_t relationship = rows[i].relationship_known ? rows[i].relationship : 0;
		struct access_decision may;
		TRY(app_household_decide_member(w->call, w->db, a, w->image, &head, &w->may, rows[i].client_no,
						rows[i].birth, &may));
		*m = (struct member_row){
			.called = str_fmt(a, "Member %zu", i + 1),
			.what = str_from(relation_say(rows[i].head, relationship)),
			.age = -1,
		};
		if (may.field[FIELD_NAME] == ACCESS_FULL) {
			struct person_name name;
			TRY(app_person_name(w->call, a, rows[i].client_no, rows[i].name, rows[i].hashed, &name));
			if (name.full.n > 0)
				m->called = name.full;
		}
		if (may.field[FIELD_HMIS_ID] == ACCESS_FULL)
			m->hmis_id = rows[i].personal_id;
		if (may.field[FIELD_AGE] == ACCESS_FULL) {
			struct day birth;
			TRY(app_person_birth(w->call, a, rows[i].client_no, rows[i].birth, &birth));
			if (day_known(birth) && birth.n <= w->image->as_of.n)
				m->age = day_age(birth, w->image->as_of);
		}
	}
	return NULL;
}

static err_t fill_steps(struct work *w)
{
	struct arena *a = w->arena;
	struct q_list_steps_of *rows;
	size_t n;
	bool others;
	if (w->view->panel->face.coarse)
		return NULL;
	TRY(joined_shown(w->call, w->db, a, &w->view->panel->face, &others));
	TRY(q_list_steps_of(w->db, a, w->row->no, &rows, &n));
	w->view->steps = arena_many(a, n, struct step_row);
	w->view->steps_n = n;
	for (size_t i = 0; i < n; i++) {
		struct step_row *s = &w->view->steps[i];
		enum step_state state;
		bool known = step_state_parse(rows[i].state, &state);
		*s = (struct step_row){
			.owner = rows[i].owner,
			.agency = rows[i].agency,
			.due = rows[i].due,
			.state = known ? step_state_table[state].words : rows[i].state,
			.live = known && step_state_table[state].live,
		};
		s->overdue = s->live && day_known(s->due) && s->due.n < w->call->today.n;
		if (w->may.field[FIELD_NOTES] == ACCESS_FULL && (others || !rows[i].former)) {
			const struct pii *words;
			TRY(seal_open(a, w->call->app->keys, (struct seal_place){"step", "words", rows[i].id},
				      rows[i].words, &words));
			s->text = pii_reveal(words);
		}
	}
	struct q_list_targets_of *targets;
	TRY(q_list_targets_of(w->db, a, w->row->no, &targets, &n));
	w->view->targets = arena_many(a, n, struct target_row);
	w->view->targets_n = n;
	for (size_t i = 0; i < n; i++)
		w->view->targets[i] = (struct target_row){
			.day = targets[i].day,
			.set = instant_day(targets[i].set_at),
			.holds = !instant_known(targets[i].replaced_at),
		};
	return NULL;
}

/* The days of changes say more than a coarse face may. */
static err_t fill_changes(struct work *w)
{
	struct q_movements_of *rows;
	size_t n;
	if (w->view->panel->face.coarse)
		return NULL;
	TRY(q_movements_of(w->db, w->arena, w->row->no, w->image->version, &rows, &n));
	w->view->changes = arena_many(w->arena, n, struct change_row);
	w->view->changes_n = n;
	for (size_t i = 0; i < n; i++) {
		const struct q_movements_of *row = &rows[n - 1 - i];
		TRY(stored_within(w->arena, row->was, STATUSES_N, "movement.was"));
		TRY(stored_within(w->arena, row->became, STATUSES_N, "movement.became"));
		TRY(stored_within(w->arena, row->cause, CAUSES_N, "movement.cause"));
		w->view->changes[i] = (struct change_row){
			.day = row->day,
			.say = str_from(
				movement_say((enum status)row->was, (enum status)row->became, (enum cause)row->cause)),
			.learnt = instant_day(row->learnt),
		};
	}
	return NULL;
}

static void fill_tiles(struct work *w)
{
	struct arena *a = w->arena;
	const struct household_face *face = &w->view->panel->face;
	char day[DAY_SAY];
	const struct list_tile coarse[] = {
		{str_fmt(a, "%d days or more", face->days_on_list), S("On the list")},
		{str_fmt(a, "%d or more", face->months_36), S("Months in 36")},
		{w->view->panel->rank, S("Place")},
	};
	const struct list_tile tiles[] = {
		{day_span_say(a, face->days_on_list), S("On the list")},
		{str_fmt(a, "%d", face->months_36), S("Months in 36")},
		{day_known(w->row->situation_day)
			 ? str_fmt(a, "%.*s, %s", STR_ARG(face->situation), day_say_short(w->row->situation_day, day))
			 : face->situation,
		 S("Staying")},
		{w->view->panel->rank, S("Place")},
		{say_days_ago(a, face->last_contact, w->image->as_of), S("Last contact")},
		{str_dup(a, str_from(day_say(w->row->since, day))), S("Status updated")},
	};
	const struct list_tile *shown = face->coarse ? coarse : tiles;
	w->view->tiles_n = face->coarse ? sizeof coarse / sizeof *coarse : sizeof tiles / sizeof *tiles;
	w->view->tiles = arena_many(a, w->view->tiles_n, struct list_tile);
	for (size_t i = 0; i < w->view->tiles_n; i++)
		w->view->tiles[i] = shown[i];
}

static err_t decide_household(struct work *w)
{
	const struct list_head *head;
	TRY(list_heads(w->call, w->db, w->arena, w->image, &w->row, 1, &head));
	w->head = head->client_no;
	int64_t record = w->view->panel->face.record;
	const struct household_asked asked = {w->row, record != 0 ? record : w->head, w->view->panel->face.serves};
	return app_household_decide(w->call, w->db, w->arena, w->image, USE_DEVICE, &asked, 1, &w->may);
}

/* What they said they want, the first thing a new worker reads, and whether their tenancy is at risk. */
static err_t fill_written(struct work *w)
{
	const struct household_face *face = &w->view->panel->face;
	struct entry *entries;
	struct str reason;
	size_t n;
	w->view->at_risk = DAY_NONE;
	if (!face->notes)
		return NULL;
	TRY(entries_load(w->db, w->arena, &face->no, 1, &entries, &n));
	TRY(tenancy_of(w->call, w->arena, entries, n, face->no, &w->view->at_risk, &reason));
	return preference_of(w->call, w->arena, entries, n, face->no, &w->view->wishes);
}

static err_t fill(struct work *w)
{
	const char *region = w->image->regions[w->row->region].id;
	struct q_region_by_id named;
	bool found = false;
	w->view->region = S("Unassigned");
	if (region[0] != '\0')
		TRY(q_region_by_id(w->db, w->arena, str_from(region), &named, &found));
	if (found)
		w->view->region = named.name;
	w->view->can_mark =
		w->view->panel->face.holds || (w->call->actor.role == ROLE_LIST_HOLDER && region[0] == '\0');
	TRY(decide_household(w));
	if (w->view->panel->face.record != 0) { /* the panel has what stands in the viewer's own record */
		static const enum access_field others[] = {FIELD_NAME, FIELD_HMIS_ID, FIELD_AGE, FIELD_NOTES};
		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			w->may.field[others[i]] = ACCESS_NOTHING;
		w->may.named = false;
	}
	w->view->absent = (w->row->flags & FLAG_GONE) != 0;
	TRY(region_move_say(w->call, w->db, w->arena, w->row->no, str_from(region), &w->view->move,
			    &w->view->can_move));
	TRY(support_here(w->db, w->arena, str_from(region), w->row->no, &w->view->here));
	fill_tiles(w);
	TRY(fill_written(w));
	TRY(quality_items_of(w->call, w->db, w->arena, w->image, w->row, &w->view->panel->face, &w->view->flags));
	if (w->may.field[FIELD_PLACE] == ACCESS_FULL)
		TRY(omission_say(w->call, w->db, w->arena, w->image, w->row, &w->view->omitted));
	if (!w->view->panel->face.coarse)
		TRY(app_reviews_of(w->call, w->db, w->arena, w->row->no, &w->view->reviews, &w->view->reviews_n));
	TRY(referrals_had(w->db, w->arena, &w->view->panel->face, &w->view->referrals, &w->view->referrals_n));
	TRY(fill_members(w));
	TRY(fill_changes(w));
	TRY(joined_of(w->call, w->db, w->arena, &w->view->panel->face, &w->view->joined));
	TRY(evidence_tasks(w->call, w->db, w->arena, &w->view->panel->face, &w->view->tasks, &w->view->tasks_n));
	TRY(contact_lines(w->call, w->db, w->arena, &w->view->panel->face, CONTACTS_NEWEST, &w->view->contacts,
			  &w->view->contacts_n));
	return fill_steps(w);
}

struct asking {
	struct call *call;
	struct str id;
	struct household_view *view;
};

static err_t load_with(struct work *w, struct str id)
{
	struct q_list_household_by_id found;
	bool known;
	*w->view = (struct household_view){0};
	w->call->shown.n = 0;
	TRY(q_list_household_by_id(w->db, w->arena, id, &found, &known));
	w->row = known ? list_image_row(w->image, found.household_no) : NULL;
	if (w->row != NULL)
		TRY(app_list_panel(w->call, w->db, w->arena, w->image, id, &w->view->panel));
	if (w->row == NULL || w->view->panel == NULL)
		return err_new(w->arena, ERR_MISSING, "There is no such household, or it is not for you to see.");
	return fill(w);
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct asking *ask = ctx;
	struct list_image *image;
	TRY(list_image_take(ask->call->app->lists, db, a, &image));
	struct work w = {.call = ask->call, .db = db, .arena = a, .image = image, .view = ask->view};
	err_t e = load_with(&w, ask->id);
	list_image_give(ask->call->app->lists, &image);
	return e;
}

err_t app_household_page(struct call *c, struct str id, struct household_view *out)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not households.");
	struct household_view view;
	struct asking ask = {.call = c, .id = id, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, load, &ask));
	*out = view;
	return NULL;
}
