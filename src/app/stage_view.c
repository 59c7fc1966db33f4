/* What stands on the stage, and what the facilitator is told beside it. */
#include "app/conference_load.h"
#include "app/mou.h"
#include "store/journal.h"

/* The faces of a load as the room sees them: who is not to be named has the word of their card and no more. */
static err_t put_on_stage(struct conference_load *l)
{
	struct arena *a = l->m.arena;
	bool ready = stage_ready(&l->stage);
	struct household_face *faces = l->staged;
	TRY(app_household_unlisted(l->m.call, l->m.db, a, faces, l->cards_n));
	for (size_t i = 0; i < l->cards_n; i++) {
		struct household_face *face = &faces[i];
		face->names = l->faces[i].names;
		face->names_n = l->faces[i].names_n;
		if (!ready)
			face->named = face->notes = false;
		if (!face->named)
			face->name = face->called = face->hmis_id = S("");
		face->code = l->cards[i].word.n > 0 ? l->cards[i].word : str_fmt(a, "%zu", i + 1);
	}
	l->faces = faces;
	l->staged = NULL;
	l->masked = true;
	return NULL;
}

/* A step's words stand there where everybody may read what is written about the household, and speak of nothing that
 * belongs on no screen. The agency of one who was hurt would tell it. */
static struct stage_step step_on_stage(const struct conference_load *l, const struct household_face *face,
				       const struct card_step *step)
{
	bool quiet = face->coarse || step->victim_agency || !stage_plain(step->agency);
	bool words = face->notes && stage_plain(step->words);
	return (struct stage_step){
		.words = words ? app_household_mask(l->m.call, l->m.arena, l->faces, l->cards_n, step->words) : S(""),
		.agency = quiet ? S("") : step->agency,
		.due = step->due,
		.done = str_eq(step->state_key, S("done")),
	};
}

static void fill_card(const struct conference_load *l, const struct card_view *card, struct stage_view *v)
{
	v->open = true;
	v->named = card->face.named;
	v->number = card->number;
	v->called = card->called;
	v->sentence = card->read_aloud;
	v->used_seconds = card->used_seconds;
	v->allotted_seconds = card->allotted_seconds;
	v->left = conference_clock_text(l->m.arena, card->allotted_seconds - card->used_seconds);
	v->over = card->over;
	v->follow_up = card->done_follow_up;
	v->barrier = card->done_barrier;
	v->step = card->done_step;
	v->target = card->done_target;
	v->review = card->done_review;
	v->tell = card->done_tell;
	v->steps = arena_many(l->m.arena, card->steps_n + card->carried_n, struct stage_step);
	for (size_t i = 0; i < card->steps_n; i++)
		v->steps[v->steps_n++] = step_on_stage(l, &card->face, &card->steps[i]);
	for (size_t i = 0; i < card->carried_n; i++)
		v->steps[v->steps_n++] = step_on_stage(l, &card->face, &card->carried[i]);
	if (v->named)
		app_shown(l->m.call, card->face.id);
}

struct staging {
	struct call *call;
	struct str id;
	struct stage_view view;
};

static void fill_head(const struct conference_view *c, struct arena *a, struct stage_view *v)
{
	v->id = c->id;
	v->title = c->title;
	v->topic = c->topic;
	v->planned = c->planned;
	v->live = c->live;
	v->closed = c->closed;
	v->done = c->households_done;
	if (c->part != NULL) {
		v->part = c->part->title;
		v->what = c->part->what;
		v->agreements = c->part->position == AGENDA_AGREEMENTS;
	}
	if (c->live)
		v->time = str_fmt(a, "%d of %d min · %.*s", c->elapsed_minutes, c->minutes, STR_ARG(c->pace));
	if (c->goal > 0)
		v->goal = str_fmt(a, "%.*s: %d of %d dated", STR_ARG(c->month), c->goal_reached, c->goal);
	v->seats = arena_many(a, c->queue_n, struct stage_seat);
	v->seats_n = c->queue_n;
	for (size_t i = 0; i < c->queue_n; i++) {
		const struct queue_row *row = &c->queue[i];
		v->seats[i] = (struct stage_seat){row->number, row->done, row->shelved, row->now};
	}
}

static err_t fill_stage(struct db *db, struct arena *a, void *ctx)
{
	struct staging *w = ctx;
	struct conference_load l;
	struct conference_view head;
	w->view = (struct stage_view){.id = w->id};
	TRY(conference_load(w->call, db, a, w->id, &l));
	if (l.m.part < PART_SCRIBE)
		return err_new(a, ERR_DENIED, "The stage is opened by the facilitator, the scribe or the list holder.");
	w->call->shown.n = 0; /* nobody is named yet */
	if (l.m.state == CONFERENCE_CLOSED) {
		w->view.closed = true;
		w->view.title = conference_title(a, l.m.row.region_name, l.m.row.focus);
		return NULL;
	}
	w->view.ready = stage_ready(&l.stage);
	TRY(put_on_stage(&l));
	TRY(conference_view_fill(&l, S(""), &head));
	fill_head(&head, a, &w->view);
	w->call->shown.n = 0; /* of all these names one is shown */
	if (head.card != NULL)
		fill_card(&l, head.card, &w->view);
	return journal_last(db, a, &w->view.seen);
}

err_t app_stage(struct call *c, struct str conference, struct stage_view *out)
{
	struct staging w = {.call = c, .id = conference};
	TRY(db_run(c->db, c->arena, DB_READ, fill_stage, &w));
	*out = w.view;
	return NULL;
}

/* --- the panel --- */

static void checks_fill(const struct conference_load *l, struct stage_panel *p)
{
	for (int i = 0; i < STAGE_CHECK_N; i++)
		p->checks[i] = (struct check_row){.key = stage_check_table[i].key, .words = stage_check_table[i].words};
	for (size_t i = 0; i < l->stage.checked_n; i++) {
		enum stage_check check;
		if (stage_check_parse(l->stage.checked[i].key, &check))
			p->checks[check].at = text_clock(l->m.arena, l->stage.checked[i].at);
	}
}

static struct str joined(struct arena *a, struct str list, struct str one)
{
	return list.n == 0 ? one : one.n == 0 ? list : str_fmt(a, "%.*s, %.*s", STR_ARG(list), STR_ARG(one));
}

/* Somebody is in the lobby, or in the room where it is to be told that they may hear no name. */
static err_t somebody(const struct conference_load *l, const struct actor *who, struct str id, struct str called,
		      bool in, struct stage_panel *p)
{
	struct arena *a = l->m.arena;
	bool account = who->id.n > 0;
	enum covered covered = mou_covers_region(&who->cover, l->m.row.region_id);
	int lost = 0, households;
	if (in) {
		if (covered != COVERED)
			p->because = joined(a, p->because, called);
		return NULL;
	}
	if (p->ready)
		TRY(stage_names_lost(&l->m, &l->stage, who, &lost, &households));
	p->lobby[p->lobby_n++] = (struct lobby_row){
		.id = id,
		.who = called,
		.why = account ? str_from(stage_uncovered(covered)) : S("has no account, so nothing was signed"),
		.changes = stage_change(a, lost, p->of),
	};
	return NULL;
}

static err_t lobby_fill(const struct conference_load *l, struct stage_panel *p)
{
	struct arena *a = l->m.arena;
	const struct stage_people *s = &l->stage;
	p->lobby = arena_many(a, s->present_n + s->guests_n, struct lobby_row);
	for (size_t i = 0; i < s->present_n; i++) {
		const struct q_attendance_present *row = &s->present[i];
		TRY(somebody(l, &s->each[i], row->user_id, joined(a, row->name, row->agency),
			     instant_known(row->admitted_at), p));
	}
	for (size_t i = 0; i < s->guests_n; i++) {
		const struct q_guests *row = &s->guests[i];
		struct str called;
		TRY(stage_guest_called(&l->m, row->id, row->called, &called));
		TRY(somebody(l, &stage_guest, row->id, called, instant_known(row->admitted_at), p));
	}
	return NULL;
}

err_t stage_panel_fill(const struct conference_load *l, struct stage_panel *out)
{
	struct arena *a = l->m.arena;
	struct stage_panel p = {.ready = stage_ready(&l->stage), .of = (int)l->cards_n};
	checks_fill(l, &p);
	p.others = arena_many(a, l->cards_n, struct aloud_row);
	for (size_t i = 0; i < l->cards_n; i++) {
		if (p.ready && l->staged[i].named)
			p.named++;
		else
			p.others[p.others_n++] =
				(struct aloud_row){(int)i + 1, stage_word(a, &l->cards[i], (int)i + 1)};
	}
	TRY(lobby_fill(l, &p));
	p.says = !p.ready ? S("No name is said aloud or shown before these three are done.")
			  : str_fmt(a, "The name may be said aloud for %d of %d.", p.named, p.of);
	*out = p;
	return NULL;
}
