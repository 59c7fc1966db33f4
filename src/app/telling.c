#include "app/telling.h"

#include "app/conference_load.h"
#include "app/step.h"

struct telling {
	struct str card;
	const struct telling_new *told;
	enum telling_answer answer;
	const struct pii *said;
};

static err_t put(struct meeting *m, void *ctx)
{
	const struct telling *w = ctx;
	const struct telling_new *t = w->told;
	struct q_card_by_id card;
	bool works = true;
	bool nobody = t->way == TELLING_NOT;
	TRY(conference_card(m, w->card, &card));
	TRY(telling_check(m->arena, pii_reveal(t->words), t->way, t->teller_id));
	if (!nobody)
		TRY(meeting_person(m->db, m->arena, m->row.region_id, t->teller_id, &works));
	if (!works)
		return err_new(m->arena, ERR_INVALID, "Choose somebody who works in this region to tell the person.");
	TRY(q_telling_put(m->db, m->arena,
			  &(struct q_telling_put_in){
				  .card_id = w->card,
				  .words = meeting_seal(m, "telling", "words", w->card, t->words),
				  .way = telling_way_table[t->way].key,
				  .teller_id = nobody ? S("") : t->teller_id,
				  .by_id = m->call->actor.id,
				  .at = m->call->now,
			  }));
	return meeting_record(m, "card.tell", str_fmt(m->arena, "card=%.*s", STR_ARG(w->card)));
}

err_t app_telling_put(struct call *c, struct str conference, struct str card, const struct telling_new *t)
{
	struct telling w = {.card = card, .told = t};
	TRY(meeting_check_words(c->arena, t->words));
	return meeting_do(c, conference, CONFERENCE_WRITE, put, &w);
}

/* One of this meeting's households is the one that was to be told, whatever became of its number meanwhile. */
static err_t is_of_meeting(const struct meeting *m, struct str earlier, bool *out)
{
	struct q_tellings_before *rows;
	size_t n;
	TRY(q_tellings_before(m->db, m->arena, m->id, &rows, &n));
	*out = false;
	for (size_t i = 0; i < n; i++)
		*out = *out || str_eq(rows[i].card_id, earlier);
	return NULL;
}

static err_t answer(struct meeting *m, void *ctx)
{
	const struct telling *w = ctx;
	struct q_telling_of_card row;
	bool found, ours;
	int64_t changed;
	TRY(q_telling_of_card(m->db, m->arena, w->card, &row, &found));
	TRY(is_of_meeting(m, w->card, &ours));
	if (!found || !ours)
		return err_new(m->arena, ERR_MISSING, "Nobody of this conference was to be told that.");
	bool own = row.agency_id.n > 0 && str_eq(row.agency_id, m->call->actor.agency_id);
	if (!own && !(m->acts & CONFERENCE_WRITE))
		return err_new(m->arena, ERR_DENIED, "This is for the agency of who was to tell.");
	TRY(q_telling_answer(m->db, m->arena,
			     &(struct q_telling_answer_in){
				     .card_id = w->card,
				     .answer = telling_answer_table[w->answer].key,
				     .said = meeting_seal(m, "telling", "said", w->card, w->said),
				     .answered_in = m->id,
				     .answered_by = m->call->actor.id,
				     .answered_at = m->call->now,
			     },
			     &changed));
	return meeting_record(m, "card.told", str_fmt(m->arena, "card=%.*s", STR_ARG(w->card)));
}

err_t app_telling_answer(struct call *c, struct str conference, struct str earlier_card, enum telling_answer to,
			 const struct pii *said)
{
	struct telling w = {.card = earlier_card, .answer = to, .said = said};
	if (said != NULL)
		TRY(meeting_check_words(c->arena, said));
	return meeting_do(c, conference, CONFERENCE_OWN_STEPS, answer, &w);
}

struct sheeting {
	struct call *call;
	struct str conference, card;
	struct telling_sheet sheet;
};

static err_t fill_sheet(struct db *db, struct arena *a, void *ctx)
{
	struct sheeting *w = ctx;
	struct conference_load l;
	struct card_view card;
	TRY(conference_load(w->call, db, a, w->conference, &l));
	TRY(meeting_may(&l.m, CONFERENCE_VIEW));
	w->call->shown.n = 0; /* the sheet names nobody but who tells */
	for (size_t i = 0; i < l.cards_n; i++) {
		if (!str_eq(l.cards[i].id, w->card) || !l.faces[i].visible)
			continue;
		TRY(card_view_fill(&l, i, &card));
		if (card.tell.words.n == 0 || card.tell.nobody)
			break;
		w->sheet = (struct telling_sheet){
			.day = text_day(a, l.m.row.day),
			.words = card.tell.words,
			.teller = card.tell.teller,
			.agency = card.tell.victim || card.face.coarse ? S("") : card.tell.agency,
		};
		return NULL;
	}
	return err_new(a, ERR_MISSING, "There is no sentence for this person yet: write it on the card first.");
}

err_t app_telling_sheet(struct call *c, struct str conference, struct str card, struct telling_sheet *out)
{
	struct sheeting w = {.call = c, .conference = conference, .card = card};
	TRY(db_run(c->db, c->arena, DB_READ, fill_sheet, &w));
	*out = w.sheet;
	return NULL;
}
