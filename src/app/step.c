#include "app/step.h"

#include "app/conference_queue.h"
#include "store/q_attendance.h"
#include "store/q_step.h"

struct stepping {
	struct str card;
	struct str step;
	const struct step_new *in;
	enum step_state answer;
	struct day due;
	struct step_said said;
};

/* The one person of a step. */
struct owner {
	struct str id;
	struct str name;
	struct str agency_id;
};

static err_t record(struct meeting *m, const char *act, struct str step, struct str more)
{
	return meeting_record(m, act, str_fmt(m->arena, "step=%.*s%.*s", STR_ARG(step), STR_ARG(more)));
}

static err_t history_add(struct meeting *m, struct str step, enum step_state state, struct str owner_id, struct day due)
{
	struct q_step_history_last last;
	bool found;
	TRY(q_step_history_last(m->db, m->arena, step, &last, &found));
	return q_step_history_add(m->db, m->arena,
				  &(struct q_step_history_add_in){
					  .step_id = step,
					  .no = last.lines + 1,
					  .conference_id = m->id,
					  .state = step_state_table[state].key,
					  .owner_id = owner_id,
					  .due = due,
					  .at = m->call->now,
					  .by_id = m->call->actor.id,
				  });
}

static err_t find_owner(const struct meeting *m, struct str id, struct owner *out)
{
	struct q_attendance_person person;
	bool works, found;
	*out = (struct owner){0};
	if (id.n == 0)
		return NULL;
	TRY(meeting_person(m->db, m->arena, m->row.region_id, id, &works));
	TRY(q_attendance_person(m->db, m->arena, id, &person, &found));
	if (!works || !found)
		return err_new(m->arena, ERR_INVALID,
			       "A step belongs to somebody who takes part in this region’s conferences: choose another "
			       "person.");
	*out = (struct owner){id, person.name, person.agency_id};
	return NULL;
}

static err_t check_due(const struct meeting *m, struct day wanted, struct day *due, bool *moved)
{
	*due = wanted;
	*moved = false;
	if (!day_known(wanted))
		return NULL;
	if (wanted.n < m->row.day.n || wanted.n > m->row.day.n + 366)
		return err_new(m->arena, ERR_INVALID, "The step’s date lies between the meeting and a year on.");
	struct calendar calendar = meeting_calendar(m->arena, m->row.day);
	*due = calendar_open_from(&calendar, wanted);
	*moved = due->n != wanted.n;
	return NULL;
}

static struct step_said read_back(const struct meeting *m, struct str id, const struct owner *owner,
				  const struct pii *words, struct day due, bool moved)
{
	return (struct step_said){
		.id = id,
		.read_back =
			step_read_back(m->arena, step_first_name(owner->name), pii_reveal(words), due, m->call->today),
		.due = due,
		.moved = moved,
	};
}

/* Who may not write every step may add one where the own agency serves, for the own agency. */
static err_t may_add(const struct meeting *m, int64_t household, const struct owner *owner)
{
	struct household_face face;
	if (m->acts & CONFERENCE_WRITE)
		return NULL;
	TRY(app_household_faces(m->call, m->db, m->arena, &household, 1, &face));
	if (!face.serves)
		return err_new(m->arena, ERR_DENIED,
			       "Your agency does not serve this household; you can offer help instead.");
	if (owner->id.n > 0 && !str_eq(owner->agency_id, m->call->actor.agency_id))
		return err_new(m->arena, ERR_DENIED,
			       "You can take steps for your own agency; ask the scribe for others.");
	return NULL;
}

err_t step_put(struct meeting *m, int64_t household, const struct step_new *in, struct str more, struct step_said *out)
{
	struct q_step_by_id row;
	struct owner owner;
	struct day due;
	bool moved, again;
	TRY(find_owner(m, in->owner_id, &owner));
	TRY(may_add(m, household, &owner));
	TRY(check_due(m, in->due, &due, &moved));
	struct str id = in->id.n > 0 ? in->id : meeting_new_id(m->arena);
	TRY(q_step_by_id(m->db, m->arena, id, &row, &again));
	if (again && !str_eq(row.created_by, m->call->actor.id))
		return err_new(m->arena, ERR_CONFLICT, "This page is an old one: load it again.");
	*out = read_back(m, id, &owner, in->words, due, moved);
	if (again)
		return NULL;
	TRY(q_step_add(m->db, m->arena,
		       &(struct q_step_add_in){
			       .id = id,
			       .household_no = household,
			       .region_id = m->row.region_id,
			       .conference_id = m->id,
			       .words = meeting_seal(m, "step", "words", id, in->words),
			       .owner_id = owner.id,
			       .agency_id = owner.agency_id,
			       .due = due,
			       .state = step_state_table[STEP_OPEN].key,
			       .at = m->call->now,
			       .by_id = m->call->actor.id,
		       }));
	TRY(history_add(m, id, STEP_OPEN, owner.id, due));
	return record(m, "step.add", id, more);
}

static err_t add_step(struct meeting *m, void *ctx)
{
	struct stepping *w = ctx;
	struct q_card_by_id card;
	TRY(conference_card(m, w->card, &card));
	return step_put(m, card.household_no, w->in, str_fmt(m->arena, ",card=%.*s", STR_ARG(w->card)), &w->said);
}

err_t app_step_add(struct call *c, struct str conference, struct str card, const struct step_new *step,
		   struct step_said *out)
{
	struct stepping w = {.card = card, .in = step};
	TRY(meeting_check_words(c->arena, step->words));
	TRY(meeting_check_id(c->arena, step->id));
	TRY(meeting_do(c, conference, CONFERENCE_OWN_STEPS, add_step, &w));
	*out = w.said;
	return NULL;
}

/* A step of a household that this conference is about. */
static err_t find_step(const struct meeting *m, struct str id, struct q_step_by_id *out, enum step_state *state)
{
	struct q_step_by_id row;
	struct q_cards *cards;
	size_t n;
	bool found, here = false;
	TRY(q_step_by_id(m->db, m->arena, id, &row, &found));
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	for (size_t i = 0; found && i < n; i++)
		here = here || cards[i].household_no == row.household_no;
	if (!here)
		return err_new(m->arena, ERR_MISSING, "There is no such step in this conference.");
	if (!step_state_parse(row.state, state))
		return err_internal(m->arena, "step with an unknown state");
	*out = row;
	return NULL;
}

static err_t change_step(struct meeting *m, void *ctx)
{
	struct stepping *w = ctx;
	struct q_step_by_id row;
	enum step_state state = STEP_OPEN;
	struct owner owner;
	struct day due;
	bool moved;
	int64_t changed;
	TRY(find_step(m, w->step, &row, &state));
	const struct pii *words = w->in->words;
	if (words == NULL)
		TRY(meeting_unseal(m, "step", "words", w->step, row.words, &words));
	else if (!str_eq(row.conference_id, m->id))
		return err_new(m->arena, ERR_CONFLICT,
			       "This step was agreed in an earlier meeting, whose record is locked: answer “changed” "
			       "and add another.");
	TRY(find_owner(m, w->in->owner_id, &owner));
	TRY(check_due(m, w->in->due, &due, &moved));
	TRY(q_step_change(m->db, m->arena,
			  &(struct q_step_change_in){
				  .id = w->step,
				  .words = meeting_seal(m, "step", "words", w->step, words),
				  .owner_id = owner.id,
				  .agency_id = owner.agency_id,
				  .due = due,
			  },
			  &changed));
	TRY(history_add(m, w->step, state, owner.id, due));
	w->said = read_back(m, w->step, &owner, words, due, moved);
	return record(m, "step.change", w->step, S(""));
}

err_t app_step_change(struct call *c, struct str conference, struct str step, const struct step_new *to,
		      struct step_said *out)
{
	struct stepping w = {.step = step, .in = to};
	if (to->words != NULL)
		TRY(meeting_check_words(c->arena, to->words));
	TRY(meeting_do(c, conference, CONFERENCE_WRITE, change_step, &w));
	*out = w.said;
	return NULL;
}

static bool of_own_agency(const struct meeting *m, struct str agency_id)
{
	return agency_id.n > 0 && str_eq(agency_id, m->call->actor.agency_id);
}

static err_t confirm_step(struct meeting *m, void *ctx)
{
	const struct stepping *w = ctx;
	struct q_step_by_id row;
	enum step_state state;
	int64_t changed;
	TRY(find_step(m, w->step, &row, &state));
	if (!(m->acts & CONFERENCE_WRITE) && !of_own_agency(m, row.agency_id))
		return err_new(m->arena, ERR_DENIED, "You can confirm the steps of your own agency.");
	unsigned lacks = step_lacks(S("-"), row.owner_id, row.due);
	if (lacks != 0)
		return err_new(m->arena, ERR_INVALID, "The step still needs %.*s.",
			       STR_ARG(step_lacks_words(m->arena, lacks)));
	TRY(q_step_confirm(m->db, m->arena, w->step, m->call->now, m->call->actor.id, &changed));
	return record(m, "step.confirm", w->step, S(""));
}

err_t app_step_confirm(struct call *c, struct str conference, struct str step)
{
	struct stepping w = {.step = step};
	return meeting_do(c, conference, CONFERENCE_OWN_STEPS, confirm_step, &w);
}

static err_t answer_step(struct meeting *m, void *ctx)
{
	const struct stepping *w = ctx;
	struct q_step_by_id row = {0};
	enum step_state state;
	struct day due;
	bool moved;
	int64_t changed;
	TRY(find_step(m, w->step, &row, &state));
	if (!(m->acts & CONFERENCE_WRITE) && !of_own_agency(m, row.agency_id))
		return err_new(m->arena, ERR_DENIED, "You can answer the steps of your own agency.");
	if (state == w->answer && !day_known(w->due))
		return NULL; /* said twice */
	if (state != w->answer && !step_may_become(state, w->answer))
		return err_new(m->arena, ERR_CONFLICT, "This step is finished; “not yet” opens it again.");
	TRY(check_due(m, w->due, &due, &moved));
	if (!day_known(due))
		due = row.due;
	TRY(q_step_set_state(m->db, m->arena, w->step, step_state_table[w->answer].key, due, m->call->now, &changed));
	TRY(history_add(m, w->step, w->answer, row.owner_id, due));
	return record(m, "step.answer", w->step,
		      str_fmt(m->arena, ",state=%.*s", STR_ARG(step_state_table[w->answer].key)));
}

err_t app_step_answer(struct call *c, struct str conference, struct str step, enum step_state answer, struct day due)
{
	struct stepping w = {.step = step, .answer = answer, .due = due};
	if (answer == STEP_OPEN || answer == STEP_CARRIED)
		return err_new(c->arena, ERR_INVALID, "Answer with done, not yet, changed or dropped.");
	return meeting_do(c, conference, CONFERENCE_OWN_STEPS, answer_step, &w);
}

err_t step_carry_all(struct meeting *m, int64_t household, size_t *carried)
{
	struct q_steps_live_of_household *steps;
	size_t n;
	int64_t changed;
	struct str key = step_state_table[STEP_CARRIED].key;
	TRY(q_steps_live_of_household(m->db, m->arena, household, &steps, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_step_set_state(m->db, m->arena, steps[i].id, key, steps[i].due, m->call->now, &changed));
		TRY(history_add(m, steps[i].id, STEP_CARRIED, steps[i].owner_id, steps[i].due));
		*carried += 1;
	}
	return NULL;
}
