#include "app/hmis_block.h"

#include <stdlib.h>

#include "app/conference_load.h"
#include "app/contact.h"
#include "domain/hmis_block.h"
#include "store/q_handout.h"
#include "store/q_hmis_export.h"
#include "store/q_list.h"

enum { CONTACTS_MOST = 5, CONTACT_DAYS = 35 };

struct blocking {
	struct call *call;
	struct str id;
	struct db *db;
	struct arena *arena;
	int64_t now;
	struct conference_load load;
	struct q_hmis_export_withheld *withheld; /* by number */
	size_t withheld_n;
	struct hmis_blocks view;
};

static int compare_number(const void *x, const void *y)
{
	int64_t a = ((const struct q_hmis_export_withheld *)x)->client_no;
	int64_t b = ((const struct q_hmis_export_withheld *)y)->client_no;
	return (a > b) - (a < b);
}

/* Why the household's record in the HMIS gets nothing. */
static err_t ask_whys(const struct blocking *w, int64_t household_no, unsigned *whys)
{
	struct q_handout_head head;
	bool found;
	*whys = BLOCK_NOT_HMIS;
	TRY(q_handout_head(w->db, w->arena, household_no, w->now, &head, &found));
	if (!found)
		return NULL;
	struct q_hmis_export_withheld client = {head.client_no};
	bool refuses = w->withheld_n > 0 &&
		       bsearch(&client, w->withheld, w->withheld_n, sizeof *w->withheld, compare_number) != NULL;
	*whys = (head.hmis == 1 ? 0U : BLOCK_NOT_HMIS) | (head.victim == 1 ? BLOCK_VICTIM : 0U) |
		(head.protected == 1 ? BLOCK_PROTECTED : 0U) | (refuses ? BLOCK_REFUSES : 0U);
	return NULL;
}

static struct hmis_block_step block_step(const struct card_step *step)
{
	return (struct hmis_block_step){step->words, step->owner, step->state, step->due};
}

/* Contact since about the conference before. */
static err_t fill_contacts(const struct blocking *w, const struct household_face *face, struct hmis_block *b)
{
	struct contact_line *lines;
	size_t n;
	struct str *said = arena_many(w->arena, CONTACTS_MOST, struct str);
	TRY(contact_lines(w->call, w->db, w->arena, face, CONTACTS_MOST, &lines, &n));
	for (size_t i = 0; i < n; i++) {
		char day[DAY_SAY];
		const struct contact_way_row *way = &contact_way_table[lines[i].way];
		if (way->counts && day_diff(lines[i].day, w->call->today) <= CONTACT_DAYS)
			said[b->contacts_n++] =
				str_fmt(w->arena, "%s, %.*s", day_say(lines[i].day, day), STR_ARG(way->words));
	}
	b->contacts = said;
	return NULL;
}

static err_t fill_block(struct blocking *w, size_t i)
{
	const struct household_face *face = &w->load.faces[i];
	struct card_view card;
	struct hmis_block b = {.hmis_id = face->hmis_id, .region = w->load.m.row.region_name, .day = w->view.day};
	TRY(ask_whys(w, face->no, &b.whys));
	if (b.whys != 0)
		return NULL;
	TRY(card_view_fill(&w->load, i, &card));
	struct hmis_block_step *steps = arena_many(w->arena, card.carried_n + card.steps_n, struct hmis_block_step);
	for (size_t k = 0; k < card.carried_n; k++)
		steps[b.steps_n++] = block_step(&card.carried[k]);
	for (size_t k = 0; k < card.steps_n; k++)
		steps[b.steps_n++] = block_step(&card.steps[k]);
	b.steps = steps;
	b.barriers = card.barriers;
	b.barrier = card.barrier;
	b.target = card.target;
	b.review = card.review;
	TRY(fill_contacts(w, face, &b));
	struct str text = hmis_block_text(w->arena, &b);
	if (text.n > 0)
		w->view.rows[w->view.rows_n++] = (struct hmis_block_row){conference_called(w->arena, face), text};
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct blocking *w = ctx;
	struct conference_load *l = &w->load;
	struct conference_view v;
	struct q_list_now now;
	bool found;
	w->db = db;
	w->arena = a;
	w->call->shown.n = 0;
	TRY(conference_load(w->call, db, a, w->id, l));
	TRY(meeting_may(&l->m, CONFERENCE_VIEW));
	if (l->m.state != CONFERENCE_CLOSED)
		return err_new(a, ERR_CONFLICT, "The conference is not over yet.");
	TRY(q_list_now(db, a, &now, &found));
	w->now = now.import_no;
	TRY(q_hmis_export_withheld(db, a, w->now, &w->withheld, &w->withheld_n));
	TRY(conference_view_fill(l, S(""), &v));
	w->view = (struct hmis_blocks){
		.id = w->id, .title = v.title, .day = v.day, .rows = arena_many(a, l->cards_n, struct hmis_block_row)};
	for (size_t i = 0; i < l->cards_n; i++)
		if (l->faces[i].visible && l->faces[i].named && l->faces[i].notes)
			TRY(fill_block(w, i));
	w->view.others = (int)(l->cards_n - w->view.rows_n);
	return NULL;
}

err_t app_hmis_blocks(struct call *c, struct str conference, struct hmis_blocks *out)
{
	struct blocking w = {.call = c, .id = conference};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}
