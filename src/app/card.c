#include "app/card.h"

#include "app/conference_queue.h"
#include "app/meeting.h"
#include "store/q_telling.h"

const char *const card_text_key[CARD_TEXTS] = {"follow_up", "barrier", "note"};

bool card_text_parse(struct str key, enum card_text *out)
{
	for (int i = 0; i < CARD_TEXTS; i++) {
		if (str_eq(key, str_from(card_text_key[i]))) {
			*out = (enum card_text)i;
			return true;
		}
	}
	return false;
}

/* One act on one card; each use case fills what it needs. */
struct carding {
	struct str card;
	struct str conflict;
	enum card_text field;
	const struct pii *words;
	int64_t version;
	struct str device;
	int64_t no;
	bool decided;
	int64_t met;
	const struct pii *stands; /* the field's text */
	struct str author;        /* id of who wrote it; empty: nobody did */
	struct card_saved saved;
	enum barrier barrier;
	bool on;
	struct day day;
};

static err_t record(struct meeting *m, const char *act, struct str card)
{
	return meeting_record(m, act, str_fmt(m->arena, "card=%.*s", STR_ARG(card)));
}

/* Which text of a card, as its journal rows say it. */
static struct str text_place(const struct meeting *m, const struct carding *w)
{
	return str_fmt(m->arena, "card=%.*s,field=%s", STR_ARG(w->card), card_text_key[w->field]);
}

static err_t open_card(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	if (m->state != CONFERENCE_LIVE)
		return err_new(m->arena, ERR_CONFLICT, "The conference has not started yet.");
	TRY(conference_card_open(m, w->card));
	return record(m, "card.open", w->card);
}

err_t app_card_open(struct call *c, struct str conference, struct str card)
{
	struct carding w = {.card = card};
	return meeting_do(c, conference, CONFERENCE_DRIVE, open_card, &w);
}

static err_t next_card(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	struct q_cards *cards;
	struct str left;
	size_t n;
	if (m->state != CONFERENCE_LIVE)
		return err_new(m->arena, ERR_CONFLICT, "The conference has not started yet.");
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	const struct q_cards *now = conference_now(cards, n);
	if (!str_eq(now != NULL ? now->id : S(""), w->card))
		return NULL;
	TRY(conference_card_leave(m, CARD_DONE, &left));
	TRY(conference_card_next(m));
	return record(m, "card.next", left);
}

err_t app_card_next(struct call *c, struct str conference, struct str from)
{
	struct carding w = {.card = from};
	return meeting_do(c, conference, CONFERENCE_DRIVE, next_card, &w);
}

static err_t shelve(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	struct q_card_by_id card;
	struct q_telling_of_card telling;
	struct str left;
	bool tells;
	int64_t changed;
	TRY(conference_card(m, w->card, &card));
	TRY(q_telling_of_card(m->db, m->arena, w->card, &telling, &tells));
	if (!tells)
		return err_new(m->arena, ERR_INVALID,
			       "Write first what the person hears about this, and from whom, or why they are not told "
			       "now.");
	TRY(card_check_shelve(m->arena, w->day, pii_reveal(w->words), m->row.day));
	TRY(q_card_shelve_set(m->db, m->arena, w->card, w->day,
			      meeting_seal(m, "card", "shelved_reason", w->card, w->words), &changed));
	if (str_eq(card.state, card_state_table[CARD_NOW].key)) {
		TRY(conference_card_leave(m, CARD_SHELVED, &left));
		TRY(conference_card_next(m));
	} else {
		TRY(q_card_leave(m->db, m->arena,
				 &(struct q_card_leave_in){
					 .id = w->card,
					 .state = card_state_table[CARD_SHELVED].key,
					 .at = m->call->now,
					 .used_seconds = card.used_seconds,
					 .review_day = day_known(card.review_day) ? card.review_day : w->day,
				 },
				 &changed));
	}
	return record(m, "card.shelve", w->card);
}

err_t app_card_shelve(struct call *c, struct str conference, struct str card, struct day until,
		      const struct pii *reason)
{
	struct carding w = {.card = card, .day = until, .words = reason};
	TRY(meeting_check_words(c->arena, reason));
	return meeting_do(c, conference, CONFERENCE_WRITE, shelve, &w);
}

static err_t text_set(const struct meeting *m, const struct carding *w, int64_t version, int64_t *changed)
{
	const char *column = card_text_key[w->field];
	struct str sealed = meeting_seal(m, "card", column, w->card, w->words);
	struct str by = m->call->actor.id;
	switch (w->field) {
	case CARD_FOLLOW_UP:
		return q_card_follow_up_set(m->db, m->arena, w->card, sealed, by, version, changed);
	case CARD_BARRIER:
		return q_card_barrier_set(m->db, m->arena, w->card, sealed, by, version, changed);
	default:
		return q_card_note_set(m->db, m->arena, w->card, sealed, by, version, changed);
	}
}

static err_t text_of(const struct meeting *m, const struct q_card_by_id *card, struct carding *w)
{
	const struct str sealed[CARD_TEXTS] = {card->follow_up, card->barrier, card->note};
	const int64_t versions[CARD_TEXTS] = {card->follow_up_version, card->barrier_version, card->note_version};
	struct q_card_text_by by;
	bool found;
	w->saved.version = versions[w->field];
	TRY(q_card_text_by(m->db, m->arena, w->card, str_from(card_text_key[w->field]), &by, &found));
	w->author = found ? by.user_id : S("");
	w->saved.by = found ? by.name : S("");
	return meeting_unseal(m, "card", card_text_key[w->field], w->card, sealed[w->field], &w->stands);
}

/* Whether the device has saved this here before; then w->saved is what it was told. */
static err_t saved_before(const struct meeting *m, struct carding *w, bool *before)
{
	struct q_card_edit_last last;
	bool found;
	*before = false;
	if (w->device.n == 0)
		return NULL;
	TRY(q_card_edit_last(m->db, m->arena, w->card, str_from(card_text_key[w->field]), m->call->actor.id, w->device,
			     &last, &found));
	*before = found && last.no >= w->no;
	if (found && !*before && last.version == w->saved.version && w->version < last.version)
		w->version = last.version; /* it has not heard that its own words stand there, and typed on */
	if (!*before)
		return NULL;
	w->saved.conflict = last.version == 0;
	if (!w->saved.conflict)
		w->saved.version = last.version;
	return NULL;
}

static err_t saved_now(const struct meeting *m, const struct carding *w)
{
	if (w->device.n == 0)
		return NULL;
	return q_card_edit_put(m->db, m->arena,
			       &(struct q_card_edit_put_in){
				       .card_id = w->card,
				       .field = str_from(card_text_key[w->field]),
				       .by_id = m->call->actor.id,
				       .device = w->device,
				       .no = w->no,
				       .version = w->saved.conflict ? 0 : w->saved.version,
			       });
}

/* The own words that wait in the field and are typed on, or decided about. */
static err_t words_waiting(const struct meeting *m, const struct carding *w, struct q_card_conflict_mine *out,
			   bool *found)
{
	return q_card_conflict_mine(m->db, m->arena,
				    &(struct q_card_conflict_mine_in){
					    .card_id = w->card,
					    .field = str_from(card_text_key[w->field]),
					    .by_id = m->call->actor.id,
					    .device = w->device,
					    .over = w->decided ? w->met : w->version,
				    },
				    out, found);
}

/* Keeps the later words beside what stands; one pair per writer, device and field. */
static err_t keep_beside(const struct meeting *m, const struct carding *w)
{
	struct q_card_conflict_mine mine;
	bool found;
	int64_t changed;
	TRY(words_waiting(m, w, &mine, &found));
	struct str id = meeting_new_id(m->arena);
	if (found)
		return q_card_conflict_change(m->db, m->arena,
					      &(struct q_card_conflict_change_in){
						      .id = mine.id,
						      .new_id = id,
						      .words = meeting_seal(m, "card_conflict", "words", id, w->words),
						      .at = m->call->now,
						      .over = w->version,
					      },
					      &changed);
	return q_card_conflict_put(m->db, m->arena,
				   &(struct q_card_conflict_put_in){
					   .id = id,
					   .card_id = w->card,
					   .field = str_from(card_text_key[w->field]),
					   .words = meeting_seal(m, "card_conflict", "words", id, w->words),
					   .by_id = m->call->actor.id,
					   .at = m->call->now,
					   .device = w->device,
					   .over = w->version,
				   });
}

/* What stood in the field, where other words take its place: kept, under the name of who wrote it. */
static err_t keep_stood(const struct meeting *m, const struct carding *w)
{
	struct str id = meeting_new_id(m->arena);
	if (w->stands == NULL || str_eq(pii_reveal(w->stands), pii_reveal(w->words)))
		return NULL;
	return q_card_conflict_keep(m->db, m->arena,
				    &(struct q_card_conflict_keep_in){
					    .id = id,
					    .card_id = w->card,
					    .field = str_from(card_text_key[w->field]),
					    .words = meeting_seal(m, "card_conflict", "words", id, w->stands),
					    .by_id = w->author.n > 0 ? w->author : m->call->actor.id,
					    .at = m->call->now,
					    .settled_by = m->call->actor.id,
				    });
}

/* Somebody whose words waited beside the field has looked at both texts and written over what stood: that is
 * settled, and both stay on record. */
static err_t settle_own(const struct meeting *m, const struct carding *w)
{
	struct q_card_conflict_mine mine;
	bool found;
	int64_t changed;
	if (!w->decided)
		return NULL;
	TRY(words_waiting(m, w, &mine, &found));
	if (!found)
		return NULL;
	TRY(keep_stood(m, w));
	return q_card_conflict_settle(m->db, m->arena, mine.id, m->call->now, m->call->actor.id, &changed);
}

static err_t put_text(struct meeting *m, struct carding *w)
{
	int64_t changed;
	if (str_eq(w->saved.stands, pii_reveal(w->words)))
		return NULL; /* both wrote the same */
	TRY(text_set(m, w, w->version, &changed));
	if (changed > 0) {
		TRY(settle_own(m, w));
		w->saved.version = w->version + 1;
		w->saved.stands = pii_reveal(w->words);
		return meeting_record(m, "card.write", text_place(m, w));
	}
	if (w->words == NULL)
		return err_new(m->arena, ERR_CONFLICT, "Others have written there meanwhile; their words stay.");
	w->saved.conflict = true;
	TRY(keep_beside(m, w));
	return record(m, "card.conflict", w->card);
}

static err_t write_text(struct meeting *m, void *ctx)
{
	struct carding *w = ctx;
	struct q_card_by_id card;
	bool before;
	w->saved = (struct card_saved){0};
	TRY(conference_card(m, w->card, &card));
	TRY(text_of(m, &card, w));
	w->saved.stands = pii_reveal(w->stands);
	TRY(saved_before(m, w, &before));
	if (before)
		return NULL;
	TRY(meeting_may(m, CONFERENCE_WRITE));
	TRY(put_text(m, w));
	return saved_now(m, w);
}

err_t app_card_write(struct call *c, struct str conference, struct str card, enum card_text field,
		     const struct card_edit *edit, struct card_saved *out)
{
	struct carding w = {
		.card = card,
		.field = field,
		.words = edit->words,
		.version = edit->version,
		.device = edit->device,
		.no = edit->no,
		.decided = edit->decided,
		.met = edit->met,
	};
	if (edit->words != NULL)
		TRY(meeting_check_words(c->arena, edit->words));
	TRY(meeting_check_id(c->arena, edit->device));
	TRY(meeting_do(c, conference, CONFERENCE_VIEW, write_text, &w));
	*out = w.saved;
	return NULL;
}

static err_t settle(struct meeting *m, void *ctx)
{
	struct carding *w = ctx;
	struct q_card_conflict_by_id row;
	struct q_card_by_id card;
	bool found;
	int64_t changed;
	TRY(q_card_conflict_by_id(m->db, m->arena, w->conflict, &row, &found));
	if (!found || !card_text_parse(row.field, &w->field))
		return err_new(m->arena, ERR_MISSING,
			       "These two texts are settled already, or somebody typed on: look at the card again.");
	w->card = row.card_id;
	TRY(conference_card(m, w->card, &card));
	TRY(text_of(m, &card, w));
	TRY(text_set(m, w, w->version, &changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT,
			       "Somebody has written there meanwhile: look at both texts again.");
	TRY(keep_stood(m, w));
	TRY(q_card_conflict_settle(m->db, m->arena, w->conflict, m->call->now, m->call->actor.id, &changed));
	return meeting_record(m, "card.settle", text_place(m, w));
}

err_t app_card_settle(struct call *c, struct str conference, struct str conflict, const struct pii *words,
		      int64_t version)
{
	struct carding w = {.conflict = conflict, .words = words, .version = version};
	TRY(meeting_check_words(c->arena, words));
	return meeting_do(c, conference, CONFERENCE_SETTLE, settle, &w);
}

static err_t turn_chip(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	struct q_card_by_id card;
	barrier_set set;
	int64_t changed;
	TRY(conference_card(m, w->card, &card));
	if (!barrier_set_parse(card.barriers, &set))
		return err_internal(m->arena, "card with an unknown barrier");
	set = w->on ? set | 1u << w->barrier : set & ~(1u << w->barrier);
	TRY(q_card_barriers_set(m->db, m->arena, w->card, barrier_set_keys(m->arena, set), &changed));
	return record(m, "card.barrier", w->card);
}

err_t app_card_barrier(struct call *c, struct str conference, struct str card, enum barrier barrier, bool on)
{
	struct carding w = {.card = card, .barrier = barrier, .on = on};
	return meeting_do(c, conference, CONFERENCE_WRITE, turn_chip, &w);
}

static err_t set_target(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	struct q_card_by_id card;
	struct q_target_now before;
	bool found;
	int64_t changed;
	TRY(conference_card(m, w->card, &card));
	TRY(card_check_target(m->arena, w->day, m->row.day));
	TRY(q_target_now(m->db, m->arena, card.household_no, &before, &found));
	if (found && before.day.n == w->day.n)
		return NULL;
	TRY(q_target_replace(m->db, m->arena, card.household_no, m->call->now, &changed));
	TRY(q_target_add(m->db, m->arena,
			 &(struct q_target_add_in){
				 .id = meeting_new_id(m->arena),
				 .household_no = card.household_no,
				 .region_id = m->row.region_id,
				 .conference_id = m->id,
				 .day = w->day,
				 .set_at = m->call->now,
				 .set_by = m->call->actor.id,
			 }));
	return record(m, "card.target", w->card);
}

err_t app_card_target(struct call *c, struct str conference, struct str card, struct day target)
{
	struct carding w = {.card = card, .day = target};
	return meeting_do(c, conference, CONFERENCE_WRITE, set_target, &w);
}

static err_t set_review(struct meeting *m, void *ctx)
{
	const struct carding *w = ctx;
	struct q_card_by_id card;
	int64_t changed;
	TRY(conference_card(m, w->card, &card));
	TRY(card_check_review(m->arena, w->day, m->row.day));
	TRY(q_card_review_set(m->db, m->arena, w->card, w->day, &changed));
	return record(m, "card.review", w->card);
}

err_t app_card_review(struct call *c, struct str conference, struct str card, struct day review)
{
	struct carding w = {.card = card, .day = review};
	return meeting_do(c, conference, CONFERENCE_WRITE, set_review, &w);
}
