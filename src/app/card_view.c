/* One household of a conference as its viewer sees it. */
#include "app/conference_load.h"
#include "app/say.h"
#include "app/step.h"
#include "domain/airtime.h"
#include "domain/law.h"
#include "domain/spell.h"
#include "domain/telling.h"

static bool writes(const struct conference_load *l)
{
	return (l->m.acts & CONFERENCE_WRITE) && !l->masked;
}

struct str conference_called(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static err_t text_of(const struct conference_load *l, const struct household_face *face, const char *column,
		     struct str card_id, struct str sealed, struct str *out)
{
	const struct pii *words;
	TRY(meeting_unseal(&l->m, "card", column, card_id, sealed, &words));
	*out = step_words_for(l->m.call, l->m.arena, face, writes(l), words);
	return NULL;
}

static err_t step_fill(const struct conference_load *l, const struct household_face *face,
		       const struct q_steps_of_conference *row, struct card_step *out)
{
	struct arena *a = l->m.arena;
	const struct pii *words;
	enum step_state state;
	if (!step_state_parse(row->state, &state))
		return err_internal(a, "step with an unknown state");
	TRY(meeting_unseal(&l->m, "step", "words", row->id, row->words, &words));
	bool own = row->agency_id.n > 0 && str_eq(row->agency_id, l->m.call->actor.agency_id);
	bool live = l->m.state == CONFERENCE_LIVE;
	bool mine = (l->m.acts & CONFERENCE_WRITE) || ((l->m.acts & CONFERENCE_OWN_STEPS) && own);
	bool here = str_eq(row->agreed_in, l->m.id);
	*out = (struct card_step){
		.id = row->id,
		.words = step_words_for(l->m.call, a, face, writes(l), words),
		.owner = row->owner,
		.owner_id = row->owner_id,
		.agency = face->coarse ? S("") : row->agency,
		.victim_agency = row->victim != 0,
		.due = text_day(a, row->due),
		.due_iso = text_iso(a, row->due),
		.state = step_state_table[state].words,
		.state_key = step_state_table[state].key,
		.lacks = step_state_table[state].live ? step_lacks_words(a, step_lacks(S("-"), row->owner_id, row->due))
						      : S(""),
		.overdue_days = step_overdue_days(state, row->due, l->m.row.day),
		.here = here,
		.answered = row->said.n > 0 && !here,
		.confirmed = instant_known(row->confirmed_at),
		.can_answer = live && mine,
		.can_change = live && (l->m.acts & CONFERENCE_WRITE),
	};
	out->can_confirm = live && mine && here && !out->confirmed && step_state_table[state].live;
	if (here && !out->confirmed)
		out->read_back = step_read_back(a, step_first_name(row->owner), out->words, row->due, l->m.call->today);
	return NULL;
}

/* Agreed here, or (the others) brought along from earlier meetings. */
static err_t steps_fill(const struct conference_load *l, const struct household_face *face, struct card_view *v)
{
	v->steps = arena_many(l->m.arena, l->steps_n, struct card_step);
	v->carried = arena_many(l->m.arena, l->steps_n, struct card_step);
	for (size_t i = 0; i < l->steps_n; i++) {
		if (l->steps[i].household_no != face->no)
			continue;
		bool here = str_eq(l->steps[i].agreed_in, l->m.id);
		struct card_step *row = here ? &v->steps[v->steps_n++] : &v->carried[v->carried_n++];
		TRY(step_fill(l, face, &l->steps[i], row));
		v->unanswered += !here && !row->answered ? 1 : 0;
	}
	return NULL;
}

static err_t barrier_fill(const struct conference_load *l, const struct q_cards *card, struct card_view *v)
{
	struct arena *a = l->m.arena;
	struct q_card_before before;
	barrier_set set;
	bool found;
	if (!barrier_set_parse(card->barriers, &set))
		return err_internal(a, "card with an unknown barrier");
	v->chips = arena_many(a, BARRIER_N, struct chip_row);
	v->chips_n = BARRIER_N;
	for (unsigned b = 0; b < BARRIER_N; b++) {
		bool on = set & 1u << b;
		v->chips[b] = (struct chip_row){barrier_table[b].key, barrier_table[b].label, on};
		if (on && v->barrier_ask.n == 0)
			v->barrier_ask = barrier_table[b].ask;
	}
	v->barriers = barrier_set_labels(a, set);
	TRY(text_of(l, &v->face, "barrier", card->id, card->barrier, &v->barrier));
	v->barrier_version = card->barrier_version;
	if (v->can_write)
		v->barrier_rewrite = barrier_rewrite(a, v->barrier);
	TRY(q_card_before(l->m.db, a, card->household_no, l->m.id, &before, &found));
	if (found && barrier_set_parse(before.barriers, &set))
		v->barrier_before = barrier_set_labels(a, set);
	if (found)
		v->since = text_day_short(a, before.day);
	return NULL;
}

static void choose_day(struct arena *a, const struct calendar *calendar, const char *label, struct day d,
		       struct card_view *v)
{
	struct day open = calendar_open_from(calendar, d);
	v->target_choices[v->target_choices_n++] =
		(struct day_choice){str_from(label), text_day(a, open), text_iso(a, open)};
}

/* Every change counts up to the moment the record was locked. */
static void targets_fill(const struct conference_load *l, struct card_view *v)
{
	struct arena *a = l->m.arena;
	struct day target = DAY_NONE;
	v->targets = arena_many(a, l->targets_n, struct card_target);
	for (size_t i = 0; i < l->targets_n; i++) {
		const struct q_targets *row = &l->targets[i];
		bool later = instant_known(l->m.row.closed_at) && row->set_at.ms > l->m.row.closed_at.ms;
		if (row->household_no != v->face.no || later)
			continue;
		v->done_target = v->done_target || str_eq(row->set_in, l->m.id);
		target = row->day;
		v->targets[v->targets_n++] = (struct card_target){.day = text_day(a, row->day),
								  .by = row->set_by,
								  .at = text_day_short(a, instant_day(row->set_at))};
	}
	if (v->targets_n > 0)
		v->targets[v->targets_n - 1].holds = true;
	v->target = text_day(a, target);
	v->target_iso = text_iso(a, target);
	struct day meeting = l->m.row.day;
	struct day from = day_known(target) && target.n > meeting.n ? target : meeting;
	struct calendar calendar = meeting_calendar(a, meeting);
	choose_day(a, &calendar, "+1 week", day_add(from, 7), v);
	choose_day(a, &calendar, "+2 weeks", day_add(from, 14), v);
	choose_day(a, &calendar, "End of month", month_last(day_month(from)), v);
	v->due_default_iso = text_iso(a, calendar_open_from(&calendar, day_add(meeting, 7)));
}

static void review_fill(const struct conference_load *l, const struct q_cards *card, struct card_view *v)
{
	struct arena *a = l->m.arena;
	struct day fallback = card_review_default(l->m.row.next_day, l->m.row.day);
	v->review = text_day(a, card->review_day);
	v->review_iso = text_iso(a, card->review_day);
	v->review_default = text_day(a, fallback);
	v->review_default_iso = text_iso(a, fallback);
	v->done_review = day_known(card->review_day);
}

static err_t conflicts_fill(const struct conference_load *l, struct card_view *v)
{
	struct arena *a = l->m.arena;
	v->conflicts = arena_many(a, l->conflicts_n, struct conflict_row);
	for (size_t i = 0; i < l->conflicts_n; i++) {
		const struct q_card_conflicts *row = &l->conflicts[i];
		const struct pii *words;
		enum card_text field;
		if (!str_eq(row->card_id, v->id) || !card_text_parse(row->field, &field) || !v->can_write)
			continue;
		TRY(meeting_unseal(&l->m, "card_conflict", "words", row->id, row->words, &words));
		const struct str stands[CARD_TEXTS] = {v->follow_up, v->barrier, v->note};
		const int64_t versions[CARD_TEXTS] = {v->follow_up_version, v->barrier_version, v->note_version};
		struct str later = pii_reveal(words);
		v->conflicts[v->conflicts_n++] = (struct conflict_row){
			.id = row->id,
			.field = row->field,
			.stands = stands[field],
			.words = later,
			.both = str_fmt(a, "%.*s\n%.*s", STR_ARG(stands[field]), STR_ARG(later)),
			.version = versions[field],
			.by = row->by_name,
			.stands_by = row->stands_by,
			.mine = str_eq(row->by_id, l->m.call->actor.id),
		};
	}
	return NULL;
}

static err_t why_fill(const struct conference_load *l, struct card_view *v)
{
	for (size_t i = 0; i < l->wanted_n; i++)
		if (l->wanted[i].household_no == v->face.no)
			v->why_here = str_fmt(l->m.arena, "the quick scan of %.*s asked for it",
					      STR_ARG(text_day_short(l->m.arena, l->wanted[i].day)));
	for (size_t i = 0; i < l->why_n; i++) {
		unsigned set;
		if (l->why[i].household_no != v->face.no)
			continue;
		if (!airtime_parse(l->why[i].joined_for, &set))
			return err_internal(l->m.arena, "seat with an unknown reason");
		v->why_here = airtime_labels(l->m.arena, set);
	}
	return NULL;
}

static void head_fill(const struct conference_load *l, const struct q_cards *card, struct card_view *v)
{
	bool leads = l->staged != NULL;
	struct arena *a = l->m.arena;
	const struct household_face *face = &v->face;
	v->called = conference_called(a, face);
	v->short_name = face->named ? face->called : S("this household");
	v->aloud = stage_word(a, card, v->number);
	v->name_aloud = leads && face->named && stage_ready(&l->stage) && l->staged[v->number - 1].named;
	bool says_name = leads ? v->name_aloud : face->named;
	v->read_aloud = card_read_aloud(a, &(struct card_waiting){
						   .name = says_name ? face->called : S(""),
						   .code = leads && card->word.n > 0 ? card->word : face->code,
						   .days_on_list = face->days_on_list,
						   .months_36 = face->months_36,
						   .several = face->members > 1,
					   });
	/* What was true when the list was made is not read aloud after it. */
	if (face->status == STATUS_HOUSED || face->status == STATUS_DECEASED)
		v->read_aloud = str_fmt(a, "%s%.*s %s", says_name ? "" : "Household ",
					STR_ARG(says_name                   ? face->called
						: leads && card->word.n > 0 ? card->word
									    : face->code),
					face->status == STATUS_HOUSED ? "moved in." : "has died.");
	if (face->unlisted)
		v->read_aloud = str_fmt(a, "Household %.*s is no longer on the list.", STR_ARG(face->code));
	v->contact = say_days_ago(a, face->last_contact, l->m.call->today);
	v->place = face->rank > 0 ? say_rank(a, face->rank, face->rank_of) : S("");
	v->now = str_eq(card->state, card_state_table[CARD_NOW].key);
	v->done = str_eq(card->state, card_state_table[CARD_DONE].key);
	v->shelved = str_eq(card->state, card_state_table[CARD_SHELVED].key);
	v->used_seconds =
		v->now ? conference_card_seconds(&l->m, card->opened_at, card->used_seconds) : (int)card->used_seconds;
	v->allotted_seconds = (int)card->allotted_seconds;
	v->used = conference_clock_text(a, v->used_seconds);
	v->allotted = conference_clock_text(a, v->allotted_seconds);
	v->over = v->allotted_seconds > 0 && v->used_seconds > v->allotted_seconds;
	bool live = l->m.state == CONFERENCE_LIVE;
	v->can_write = live && writes(l);
	v->can_offer = live && (l->m.acts & CONFERENCE_OWN_STEPS);
	v->can_add_step = v->can_write || (v->can_offer && face->serves);
}

/* What is written, or to begin with what the first step says, told by who does it in the way that was right before. */
static err_t tell_fill(const struct conference_load *l, struct card_view *v)
{
	struct arena *a = l->m.arena;
	enum telling_way way;
	const struct pii *words;
	struct card_tell *t = &v->tell;
	for (size_t i = 0; i < l->tellings_n; i++) {
		const struct q_tellings *row = &l->tellings[i];
		if (!str_eq(row->card_id, v->id) || !telling_way_parse(row->way, &way))
			continue;
		TRY(meeting_unseal(&l->m, "telling", "words", v->id, row->words, &words));
		*t = (struct card_tell){
			.words = step_words_for(l->m.call, a, &v->face, writes(l), words),
			.way = telling_way_table[way].words,
			.way_key = row->way,
			.teller = row->teller,
			.teller_id = row->teller_id,
			.agency = v->face.coarse ? S("") : row->agency,
			.victim = row->victim != 0,
			.nobody = way == TELLING_NOT,
		};
		if (v->can_write)
			t->rewrite = telling_rewrite(t->words);
		v->done_tell = true;
		return NULL;
	}
	const struct card_step *step = v->steps_n > 0 ? &v->steps[0] : v->carried_n > 0 ? &v->carried[0] : NULL;
	if (!v->can_write || step == NULL)
		return NULL;
	struct day due = DAY_NONE;
	(void)day_parse(step->due_iso, &due);
	t->words = telling_draft(a, step->words, step_first_name(step->owner), due, l->m.call->today);
	t->teller_id = step->owner_id;
	if (str_eq(v->told.answer, telling_answer_table[TELLING_TOLD].key))
		t->way_key = v->told.way_key;
	return NULL;
}

/* The newest of earlier conferences; what was answered in one of those is not asked again. */
static err_t told_fill(const struct conference_load *l, struct card_view *v)
{
	const struct q_tellings_before *row = NULL;
	enum telling_answer answer;
	enum telling_way way;
	const struct pii *words, *said;
	for (size_t i = 0; i < l->told_n; i++)
		if (l->told[i].household_no == v->face.no)
			row = &l->told[i];
	if (row == NULL || !telling_way_parse(row->way, &way))
		return NULL;
	bool answered = telling_answer_parse(row->answer, &answer);
	if (answered && answer == TELLING_TOLD && !str_eq(row->answered_in, l->m.id))
		return NULL;
	TRY(meeting_unseal(&l->m, "telling", "words", row->card_id, row->words, &words));
	TRY(meeting_unseal(&l->m, "telling", "said", row->card_id, row->said, &said));
	bool own = row->agency_id.n > 0 && str_eq(row->agency_id, l->m.call->actor.agency_id);
	v->told = (struct card_told){
		.card = row->card_id,
		.day = text_day_short(l->m.arena, row->day),
		.words = step_words_for(l->m.call, l->m.arena, &v->face, writes(l), words),
		.way = telling_way_table[way].words,
		.way_key = row->way,
		.teller = row->teller,
		.nobody = way == TELLING_NOT,
		.answer = row->answer,
		.answer_words = answered ? telling_answer_table[answer].words : S(""),
		.said = said != NULL ? step_words_for(l->m.call, l->m.arena, &v->face, writes(l), said) : S(""),
		.can_answer = l->m.state == CONFERENCE_LIVE && (v->can_write || (v->can_offer && own)),
	};
	return NULL;
}

/* Which of the six steps are done, and where the room is. */
static void flow_fill(struct card_view *v)
{
	const struct str dropped = step_state_table[STEP_DROPPED].key;
	v->done_follow_up = v->unanswered == 0 && (v->carried_n > 0 || v->follow_up.n > 0 || v->steps_n > 0);
	v->done_barrier = v->barriers.n > 0 || v->barrier.n > 0;
	for (size_t i = 0; i < v->steps_n; i++)
		v->done_step = v->done_step || (v->steps[i].lacks.n == 0 && !str_eq(v->steps[i].state_key, dropped));
	const bool done[] = {v->done_follow_up, v->done_barrier, v->done_step,
			     v->done_target,    v->done_review,  v->done_tell};
	v->current = 1;
	while (v->current <= 6 && done[v->current - 1])
		v->current++;
}

/* What is written on a card stands under no law of its own: such a fact has its page. */
static struct str nudge(const struct card_view *v)
{
	const struct str words[] = {v->follow_up, v->barrier, v->note};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (law_of_words(words[i]) != LAW_HMIS)
			return S("This sounds like a fact under a law of its own. It belongs on the household’s page "
				 "of such "
				 "facts; here “health” or “safety” is enough.");
	return conference_nudge(v->over, (int)v->steps_n, v->follow_up);
}

err_t card_view_fill(const struct conference_load *l, size_t index, struct card_view *out)
{
	struct arena *a = l->m.arena;
	const struct q_cards *card = &l->cards[index];
	struct card_view v = {.id = card->id, .face = l->faces[index], .number = (int)index + 1};
	head_fill(l, card, &v);
	TRY(why_fill(l, &v));
	TRY(steps_fill(l, &v.face, &v));
	TRY(text_of(l, &v.face, "follow_up", card->id, card->follow_up, &v.follow_up));
	TRY(text_of(l, &v.face, "note", card->id, card->note, &v.note));
	TRY(text_of(l, &v.face, "shelved_reason", card->id, card->shelved_reason, &v.shelved_reason));
	v.follow_up_version = card->follow_up_version;
	v.note_version = card->note_version;
	v.shelved_until = text_day(a, card->shelved_until);
	TRY(barrier_fill(l, card, &v));
	targets_fill(l, &v);
	review_fill(l, card, &v);
	TRY(conflicts_fill(l, &v));
	TRY(conference_notes_fill(l, card->id, &v.notes, &v.notes_n));
	if (v.can_write) {
		v.nudge = nudge(&v);
		TRY(card_homes_fill(l, &v));
	}
	TRY(told_fill(l, &v));
	TRY(tell_fill(l, &v));
	flow_fill(&v);
	v.questions = arena_many(a, CONFERENCE_QUESTIONS, struct str);
	v.questions_n = (size_t)conference_questions(v.face.days_on_list, v.unanswered, (int)v.steps_n, v.questions);
	*out = v;
	return NULL;
}
