/* What people see of steps: texts as they may read them, and the register of a region. */
#include "app/step.h"
#include "base/buf.h"
#include "store/q_region.h"
#include "store/q_step.h"
#include "store/seal.h"

enum { REGISTER_MOST = 200, LATE_MOST = 16384 };

bool step_reads_typed(const struct call *c)
{
	return c->actor.kind == ACTOR_USER && c->actor.cover.today == COVERED && access_may(c->actor.role, CAN_RECORD);
}

struct str step_words_for(struct call *c, struct arena *a, const struct household_face *face, bool writes,
			  const struct pii *words)
{
	struct str text = pii_reveal(words);
	writes = writes && step_reads_typed(c);
	if (face->notes)
		return text;
	/* Where the names are not known they cannot be taken out. */
	if (words != NULL && face->names_n == 0 && !writes)
		return S("(for those who work with the household)");
	struct str masked = app_household_mask(c, a, face, 1, text);
	if (writes && !str_eq(masked, text))
		app_shown(c, face->id);
	return writes ? text : masked;
}

err_t step_carried_over(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct str *out)
{
	struct q_steps_owed *rows;
	size_t n;
	int64_t steps = 0, overdue = 0;
	struct buf late = buf_new(a, LATE_MOST);
	TRY(q_steps_owed(db, a, list.region_id, list.id, c->today, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct str who = rows[i].agency.n > 0 ? rows[i].agency : S("no agency");
		steps += rows[i].steps;
		if (rows[i].overdue > 0)
			buf_fmt(&late, "%s%.*s %lld", overdue > 0 ? ", " : "", STR_ARG(who),
				(long long)rows[i].overdue);
		overdue += rows[i].overdue;
	}
	if (steps == 0)
		*out = S("No step is carried over.");
	else if (overdue == 0)
		*out = str_fmt(a, "%lld %s carried over, none overdue.", (long long)steps,
			       steps == 1 ? "step is" : "steps are");
	else
		*out = str_fmt(a, "%lld %s carried over. Overdue: %.*s.", (long long)steps,
			       steps == 1 ? "step is" : "steps are", STR_ARG(buf_text(&late)));
	return NULL;
}

struct registering {
	struct call *call;
	struct step_register_view view;
};

static err_t fill_line(struct call *c, struct arena *a, const struct q_steps_live_of_region *row, struct step_line *out)
{
	char say[DAY_SAY];
	const struct pii *words;
	enum step_state state;
	if (!step_state_parse(row->state, &state))
		return err_internal(a, "step with an unknown state");
	TRY(seal_open(a, c->app->keys, (struct seal_place){"step", "words", row->id}, row->words, &words));
	out->id = row->id;
	out->words = step_words_for(c, a, &out->face, false, words);
	out->owner = row->owner;
	out->agency = out->face.coarse ? S("") : row->agency;
	out->due = day_known(row->due) ? str_dup(a, str_from(day_say(row->due, say))) : S("");
	out->overdue_days = step_overdue_days(state, row->due, c->today);
	out->state = step_state_table[state].words;
	out->agreed = str_dup(a, str_from(day_say(row->agreed_day, say)));
	out->lacks = step_lacks_words(a, step_lacks(S("-"), row->owner_id, row->due));
	out->mine = row->owner_id.n > 0 && str_eq(row->owner_id, c->actor.id);
	out->ours = row->agency_id.n > 0 && str_eq(row->agency_id, c->actor.agency_id);
	return NULL;
}

static err_t fill_register(struct db *db, struct arena *a, void *ctx)
{
	struct registering *w = ctx;
	struct step_register_view *v = &w->view;
	struct q_region_by_id region;
	struct q_steps_live_of_region *rows;
	size_t n;
	bool found;
	*v = (struct step_register_view){.region_id = v->region_id};
	TRY(q_region_by_id(db, a, v->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	TRY(meeting_region_may(w->call, db, a, v->region_id));
	v->region = region.name;
	TRY(q_steps_live_of_region(db, a, v->region_id, w->call->today, REGISTER_MOST + 1, &rows, &n));
	TRY(questions_open(w->call, db, a, v->region_id, &v->questions, &v->questions_n));
	v->more = n > REGISTER_MOST;
	n = v->more ? REGISTER_MOST : n;
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	TRY(app_household_unlisted(w->call, db, a, faces, n));
	TRY(app_household_names(w->call, db, a, faces, n));
	v->steps = arena_many(a, n, struct step_line);
	for (size_t i = 0; i < n; i++) {
		if (!faces[i].visible)
			continue;
		struct step_line *line = &v->steps[v->steps_n++];
		line->face = faces[i];
		TRY(fill_line(w->call, a, &rows[i], line));
		v->overdue += line->overdue_days > 0 ? 1 : 0;
		v->lacking += line->lacks.n > 0 ? 1 : 0;
	}
	return NULL;
}

err_t app_step_register(struct call *c, struct str region_id, struct step_register_view *out)
{
	struct registering w = {.call = c, .view = {.region_id = region_id}};
	TRY(db_run(c->db, c->arena, DB_READ, fill_register, &w));
	*out = w.view;
	return NULL;
}
