/* Word from who cannot come to a conference: written in a minute, read when the household's turn comes. */
#include "app/household.h"
#include "app/meeting.h"
#include "app/prepare.h"
#include "base/buf.h"
#include "base/limit.h"
#include "store/q_card.h"
#include "store/q_conference.h"
#include "store/q_prepare.h"

struct wording {
	struct call *call;
	struct str conference, card;
	const struct word_sent *word;
	struct word_view view;
};

static err_t may_send(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_CONFERENCE) || c->actor.agency_id.n == 0)
		return err_new(c->arena, ERR_DENIED, "Word is sent by agencies that serve a household.");
	return NULL;
}

static err_t load_rows(struct db *db, struct arena *a, void *ctx)
{
	struct wording *w = ctx;
	struct word_view *v = &w->view;
	struct q_word_cards *rows;
	size_t n;
	*v = (struct word_view){0};
	TRY(q_word_cards(db, a, w->call->actor.agency_id, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	v->rows = arena_many(a, n, struct word_row);
	for (size_t i = 0; i < n; i++) {
		char day[DAY_SAY];
		if (!faces[i].visible || !faces[i].serves)
			continue;
		v->rows[v->rows_n++] = (struct word_row){
			.conference_id = rows[i].conference_id,
			.card_id = rows[i].card_id,
			.called = faces[i].named ? faces[i].name : str_fmt(a, "Household %.*s", STR_ARG(faces[i].code)),
			.region = rows[i].region,
			.day = str_dup(a, str_from(day_say(rows[i].day, day))),
			.sent = (int)rows[i].sent,
		};
	}
	return NULL;
}

err_t app_word_rows(struct call *c, struct word_view *out)
{
	struct wording w = {.call = c};
	TRY(may_send(c));
	TRY(db_run(c->db, c->arena, DB_READ, load_rows, &w));
	*out = w.view;
	return NULL;
}

/* One note of what was said, with the day: it is read days later. */
static err_t join_words(struct arena *a, const struct word_sent *word, struct day today, const struct pii **out)
{
	static const char *const heads[] = {"Changed", "In the way", "Next"};
	const struct pii *const parts[] = {word->changed, word->blocked, word->next};
	char day[DAY_SAY];
	struct buf text = buf_new(a, LIMIT_NOTE);
	bool any = false;
	buf_fmt(&text, "Sent ahead on %s.", day_say_short(today, day));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct str part = parts[i] == NULL ? (struct str){0} : str_trim(pii_reveal(parts[i]));
		if (part.n == 0)
			continue;
		buf_fmt(&text, " %s: %.*s", heads[i], STR_ARG(part));
		any = true;
	}
	if (!any)
		return err_new(a, ERR_INVALID, "Write a few words first.");
	if (text.full)
		return err_new(a, ERR_INVALID, "That is too long: a few words for each are enough.");
	*out = pii_new(a, buf_text(&text));
	return meeting_check_words(a, *out);
}

static err_t send_word(struct db *db, struct arena *a, void *ctx)
{
	struct wording *w = ctx;
	struct call *c = w->call;
	struct meeting m = {.call = c, .db = db, .arena = a, .id = w->conference};
	struct q_card_by_id card = {0};
	struct household_face face;
	const struct pii *words = NULL;
	bool found;
	TRY(join_words(a, w->word, c->today, &words));
	TRY(q_conference_by_id(db, a, w->conference, &m.row, &found));
	if (found)
		TRY(q_card_by_id(db, a, w->card, &card, &found));
	if (!found || !str_eq(card.conference_id, w->conference))
		return err_new(a, ERR_MISSING, "There is no such household in a conference to come.");
	TRY(app_household_faces(c, db, a, &card.household_no, 1, &face));
	if (!face.visible || !face.serves)
		return err_new(a, ERR_MISSING, "There is no such household in a conference to come.");
	if (!str_eq(m.row.state, conference_state_table[CONFERENCE_PLANNED].key))
		return err_new(a, ERR_CONFLICT, "The conference has begun; say it there.");
	struct str id = meeting_new_id(a);
	TRY(q_conference_note_add(db, a,
				  &(struct q_conference_note_add_in){
					  .id = id,
					  .conference_id = w->conference,
					  .card_id = w->card,
					  .kind = S("note"),
					  .words = meeting_seal(&m, "conference_note", "words", id, words),
					  .by_id = c->actor.id,
					  .at = c->now,
				  }));
	return meeting_record(&m, "note.add", str_fmt(a, "note=%.*s,kind=word", STR_ARG(id)));
}

err_t app_word_send(struct call *c, struct str conference, struct str card, const struct word_sent *word)
{
	struct wording w = {.call = c, .conference = conference, .card = card, .word = word};
	TRY(may_send(c));
	return db_run(c->db, c->arena, DB_WRITE, send_word, &w);
}
