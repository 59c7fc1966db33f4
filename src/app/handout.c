#include "app/handout.h"

#include <sodium.h>

#include "app/conference_load.h"
#include "app/list_redact.h"
#include "app/outbox.h"
#include "app/question.h"
#include "app/share_inside.h"
#include "base/buf.h"
#include "store/q_handout.h"
#include "store/q_list.h"

enum { TEXT_MOST = 256 << 10, DIGEST_BYTES = 16 };

struct handing {
	struct call *call;
	struct str id, digest;
	struct arena *arena;
	struct redactor *redactor;
	struct handout_view view;
	struct buf text;
	struct str silent; /* codes of households that nothing was said about */
	struct str name;
};

static void begin_part(struct handing *w, struct str title)
{
	w->view.parts = db_rows_room(w->arena, w->view.parts, w->view.parts_n, sizeof *w->view.parts);
	w->view.parts[w->view.parts_n++] = (struct handout_part){.title = title};
	buf_fmt(&w->text, "\n%.*s\n", STR_ARG(title));
}

/* One line, without anybody's name; nothing for no words. */
static void add_line(struct handing *w, struct str lead, struct str words, struct str tail)
{
	struct arena *a = w->arena;
	struct handout_part *part = &w->view.parts[w->view.parts_n - 1];
	struct redact_find *finds;
	words = str_trim(words);
	if (words.n == 0)
		return;
	size_t n = redact_find(a, w->redactor, words, &finds);
	part->lines = db_rows_room(a, part->lines, part->lines_n, sizeof *part->lines);
	struct handout_line *line = &part->lines[part->lines_n++];
	*line = (struct handout_line){.lead = lead, .tail = tail};
	share_pieces(a, words, finds, n, &line->pieces, &line->pieces_n);
	w->view.found += (int)n;
	struct str goes = redact_apply(a, words, finds, n);
	buf_fmt(&w->text, "  %.*s%s%.*s%s%.*s%s\n", STR_ARG(lead), lead.n > 0 ? ": " : "", STR_ARG(goes),
		tail.n > 0 ? " (" : "", STR_ARG(tail), tail.n > 0 ? ")" : "");
}

static struct str step_tail(struct arena *a, bool reads, const struct card_step *step)
{
	bool owned = reads && step->owner.n > 0 && !step->victim_agency;
	struct buf b = buf_new(a, 1000);
	buf_fmt(&b, "%.*s", STR_ARG(step->state));
	if (owned)
		buf_fmt(&b, ", %.*s%s%.*s", STR_ARG(step->owner), step->agency.n > 0 ? ", " : "",
			STR_ARG(step->agency));
	if (step->due.n > 0)
		buf_fmt(&b, ", by %.*s", STR_ARG(step->due));
	return buf_text(&b);
}

static struct str unless_hidden(bool reads, struct str words)
{
	return reads || words.n == 0 ? words : S("for those who work with the household");
}

static void add_card(struct handing *w, const struct card_view *card, bool reads)
{
	size_t mark = w->text.n;
	begin_part(w, card->face.code);
	add_line(w, S("In the way"), card->barriers, S(""));
	add_line(w, S("In words"), unless_hidden(reads, card->barrier), S(""));
	add_line(w, S("Since last time"), unless_hidden(reads, card->follow_up), S(""));
	for (size_t i = 0; i < card->carried_n; i++)
		add_line(w, S("From before"), unless_hidden(reads, card->carried[i].words),
			 step_tail(w->arena, reads, &card->carried[i]));
	for (size_t i = 0; i < card->steps_n; i++)
		add_line(w, S("Next"), unless_hidden(reads, card->steps[i].words),
			 step_tail(w->arena, reads, &card->steps[i]));
	add_line(w, S("Note"), unless_hidden(reads, card->note), S(""));
	add_line(w, S("Target move-in"), card->target, S(""));
	add_line(w, S("Looked at again"), card->review, S(""));
	if (card->shelved)
		add_line(w, S("Shelved until"), card->shelved_until, S(""));
	if (w->view.parts[w->view.parts_n - 1].lines_n > 0)
		return;
	w->text.n = mark;
	w->view.parts_n--;
	w->silent = str_fmt(w->arena, "%.*s%s%.*s", STR_ARG(w->silent), w->silent.n > 0 ? ", " : "",
			    STR_ARG(card->face.code));
}

/* Codes alone: a name among them is none. */
static void add_silent(struct handing *w)
{
	if (w->silent.n == 0)
		return;
	begin_part(w, S("Not talked about"));
	struct handout_part *part = &w->view.parts[w->view.parts_n - 1];
	part->lines = arena_one(w->arena, struct handout_line);
	part->lines_n = 1;
	part->lines->pieces = arena_one(w->arena, struct share_piece);
	part->lines->pieces->text = w->silent;
	part->lines->pieces_n = 1;
	buf_fmt(&w->text, "  %.*s\n", STR_ARG(w->silent));
}

/* The households as codes; of which of them words may go out: those that the reader may read notes about, and that are
 * neither protected nor served by a victim service provider, whoever reads. */
static err_t take_names_off(struct conference_load *l, bool *reads)
{
	struct q_list_now now;
	bool found;
	TRY(q_list_now(l->m.db, l->m.arena, &now, &found));
	for (size_t i = 0; i < l->cards_n; i++) {
		struct household_face *face = &l->faces[i];
		struct q_handout_head head;
		TRY(q_handout_head(l->m.db, l->m.arena, face->no, now.import_no, &head, &found));
		reads[i] = face->notes && !(found && (head.protected == 1 || head.victim == 1));
		/* What is typed about these stays as it is until it is searched, so that the reader sees what was
		 * found. */
		face->notes = reads[i];
		face->named = false;
		face->name = face->called = face->hmis_id = S("");
	}
	return NULL;
}

static err_t add_meeting(struct handing *w, struct db *db, const struct conference_view *v)
{
	struct question_line *questions;
	size_t n;
	TRY(questions_of(w->call, db, w->arena, w->id, &questions, &n));
	if (n > 0)
		begin_part(w, S("Questions"));
	for (size_t i = 0; i < n; i++) {
		char day[DAY_SAY];
		const struct question_line *q = &questions[i];
		add_line(w, S(""), q->words, str_fmt(w->arena, "%.*s, by %s", STR_ARG(q->owner), day_say(q->due, day)));
		add_line(w, S("Answer"), q->answer, q->by);
	}
	if (v->notes_n > 0)
		begin_part(w, S("Notes and decisions"));
	for (size_t i = 0; i < v->notes_n; i++)
		add_line(w, v->notes[i].kind, v->notes[i].words, S(""));
	return NULL;
}

static void digest_it(struct handing *w)
{
	unsigned char digest[DIGEST_BYTES];
	char hex[2 * DIGEST_BYTES + 1];
	struct str text = buf_text(&w->text);
	crypto_generichash(digest, sizeof digest, (const unsigned char *)text.p, text.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
	w->view.digest = str_dup(w->arena, str_from(hex));
}

static err_t fill_tasks(struct handing *w, struct db *db)
{
	struct handout_view *v = &w->view;
	struct q_handout_tasks *rows;
	TRY(q_handout_tasks(db, w->arena, w->id, &rows, &v->tasks_n));
	v->tasks = arena_many(w->arena, v->tasks_n, struct handout_task);
	for (size_t i = 0; i < v->tasks_n; i++)
		v->tasks[i] = (struct handout_task){.name = rows[i].name,
						    .agency = rows[i].agency,
						    .tasks = (int)rows[i].tasks,
						    .first = text_day(w->arena, rows[i].first_day),
						    .mail = rows[i].mail == 1};
	return NULL;
}

err_t handout_made(struct db *db, struct arena *a, struct str conference, struct str *made)
{
	struct q_handout_of row;
	bool found;
	char day[DAY_SAY];
	TRY(q_handout_of(db, a, conference, &row, &found));
	*made = found ? str_fmt(a, "%.*s on %s", STR_ARG(row.made_by), day_say(instant_day(row.made_at), day)) : S("");
	return NULL;
}

/* The text as it would go out now, and its digest. */
static err_t write_text(struct handing *w, struct db *db, struct arena *a)
{
	struct conference_load load;
	struct conference_view v;
	TRY(conference_load(w->call, db, a, w->id, &load));
	if (load.m.state != CONFERENCE_CLOSED)
		return err_new(a, ERR_CONFLICT, "The conference is not over yet.");
	TRY(meeting_may(&load.m, CONFERENCE_ADDENDUM));
	load.masked = true;
	bool *reads = arena_many(a, load.cards_n, bool);
	TRY(take_names_off(&load, reads));
	w->call->shown.n = 0; /* nobody is named */
	TRY(list_redactor(w->call, db, a, &w->redactor));
	TRY(conference_view_fill(&load, S(""), &v));
	w->arena = a;
	w->text = buf_new(a, TEXT_MOST);
	w->silent = S("");
	w->view = (struct handout_view){.id = w->id, .title = v.title, .day = v.day};
	buf_fmt(&w->text, "%.*s\n%.*s. Households are codes; nobody is named.\n", STR_ARG(v.title), STR_ARG(v.day));
	for (size_t i = 0; i < load.cards_n; i++) {
		struct card_view card;
		if (!load.faces[i].visible)
			continue;
		TRY(card_view_fill(&load, i, &card));
		add_card(w, &card, reads[i]);
	}
	add_silent(w);
	TRY(add_meeting(w, db, &v));
	if (w->text.full)
		return err_new(a, ERR_INVALID, "These notes are too long for one file.");
	digest_it(w);
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct handing *w = ctx;
	TRY(write_text(w, db, a));
	TRY(fill_tasks(w, db));
	return handout_made(db, a, w->id, &w->view.made);
}

err_t app_handout(struct call *c, struct str conference, struct handout_view *out)
{
	struct handing w = {.call = c, .id = conference};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}

static err_t make(struct db *db, struct arena *a, void *ctx)
{
	struct handing *w = ctx;
	struct call *c = w->call;
	struct meeting m;
	TRY(write_text(w, db, a));
	if (!str_eq(w->digest, w->view.digest))
		return err_new(a, ERR_CONFLICT, "The notes have changed since you read them. Read them again.");
	TRY(meeting_open(c, db, a, w->id, &m));
	TRY(q_handout_put(db, a, w->id, meeting_seal(&m, "handout", "content", w->id, pii_new(a, buf_text(&w->text))),
			  c->actor.id, c->now));
	TRY(outbox_tasks(c, db, a, w->id));
	return meeting_record(&m, "conference.hand_out", S(""));
}

err_t app_handout_make(struct call *c, struct str conference, struct str digest)
{
	struct handing w = {.call = c, .id = conference, .digest = digest};
	return db_run(c->db, c->arena, DB_WRITE, make, &w);
}

static err_t fetch(struct db *db, struct arena *a, void *ctx)
{
	struct handing *w = ctx;
	struct meeting m;
	struct q_handout_of row;
	const struct pii *words;
	bool found;
	char day[DAY_TEXT];
	TRY(meeting_open(w->call, db, a, w->id, &m));
	TRY(meeting_may(&m, CONFERENCE_VIEW));
	TRY(q_handout_of(db, a, w->id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "The notes of this conference are not handed out yet.");
	TRY(meeting_unseal(&m, "handout", "content", w->id, row.content, &words));
	w->text = buf_new(a, TEXT_MOST);
	buf_str(&w->text, pii_reveal(words));
	w->name = str_fmt(a, "conference-%s.txt", day_text(m.row.day, day));
	return NULL;
}

err_t app_handout_text(struct call *c, struct str conference, struct str *name, struct str *text)
{
	struct handing w = {.call = c, .id = conference};
	TRY(db_run(c->db, c->arena, DB_READ, fetch, &w));
	*name = w.name;
	*text = buf_text(&w.text);
	return NULL;
}
