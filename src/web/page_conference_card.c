/* The acts on one household of a conference. */
#include "web/page_conference.h"

#include "app/card.h"
#include "app/step.h"
#include "app/telling.h"
#include "base/json.h"
#include "web/site.h"
#include "web/t_conference.h"
#include "web/t_conference_household.h"
#include "web/t_conference_sheet.h"

enum { ID_MOST = 40, KEY_MOST = 20 };

static const struct form_field settle_fields[] = {
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "words", .label = "The text", .kind = FIELD_PRIVATE, .required = true},
	{.name = "version", .label = "Version", .kind = FIELD_INT, .required = true, .least = 0, .most = INT32_MAX},
};
const struct form_spec settle_form = FORM(settle_fields);

static const struct form_field shelve_fields[] = {
	{.name = "until", .label = "Shelved until", .kind = FIELD_DAY, .required = true},
	{.name = "reason", .label = "What you wait for", .kind = FIELD_PRIVATE, .required = true},
};
const struct form_spec shelve_form = FORM(shelve_fields);

static const struct form_field chip_fields[] = {
	{.name = "on", .label = "Barrier", .kind = FIELD_TEXT, .max = KEY_MOST},
	{.name = "off", .label = "Barrier", .kind = FIELD_TEXT, .max = KEY_MOST},
};
const struct form_spec chip_form = FORM(chip_fields);

/* One text at a time: whichever of the three is there. */
static const struct form_field text_fields[] = {
	{.name = "follow_up", .label = "Follow-up", .kind = FIELD_PRIVATE},
	{.name = "barrier", .label = "The barrier", .kind = FIELD_PRIVATE},
	{.name = "note", .label = "The note", .kind = FIELD_PRIVATE},
	{.name = "version", .label = "Version", .kind = FIELD_INT, .least = 0, .most = INT32_MAX},
	{.name = "device", .label = "Device", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "no", .label = "Number", .kind = FIELD_INT, .least = 0, .most = INT64_MAX},
	{.name = "met", .label = "Version", .kind = FIELD_INT, .least = 0, .most = INT32_MAX},
};
const struct form_spec text_form = FORM(text_fields);

static const struct form_field step_fields[] = {
	{.name = "id", .label = "Step", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "words", .label = "The action step", .kind = FIELD_PRIVATE, .required = true},
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
};
const struct form_spec step_form_spec = FORM(step_fields);

static const char *const answers[] = {"done", "not_yet", "changed", "dropped", NULL};
static const struct form_field answer_fields[] = {
	{.name = "answer", .label = "The answer", .kind = FIELD_CHOICE, .required = true, .choices = answers},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec answer_form = FORM(answer_fields);

static const struct form_field change_fields[] = {
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec change_form = FORM(change_fields);

static const struct form_field tell_fields[] = {
	{.name = "words", .label = "The sentence", .kind = FIELD_PRIVATE, .required = true},
	{.name = "way", .label = "The way", .kind = FIELD_TEXT, .max = KEY_MOST},
	{.name = "teller", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec tell_form_spec = FORM(tell_fields);

static const struct form_field match_fields[] = {
	{.name = "opening", .label = "Which home", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec match_form = FORM(match_fields);

static const char *const told_answers[] = {"told", "not_yet", "not_reached", NULL};
static const struct form_field told_fields[] = {
	{.name = "answer", .label = "The answer", .kind = FIELD_CHOICE, .required = true, .choices = told_answers},
	{.name = "said", .label = "What they said", .kind = FIELD_PRIVATE},
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec told_form = FORM(told_fields);

static struct str conference_id(const struct request *rq)
{
	return request_param(rq, "id");
}

err_t page_card_open(struct request *rq, struct reply *out)
{
	err_t e = app_card_open(site_call(rq), conference_id(rq), request_param(rq, "card"));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_card_shelve(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_card_shelve(site_call(rq), conference_id(rq), card, form_day(&rq->form, "until"),
				    form_pii(rq->arena, &rq->form, "reason"));
	return conference_go_on(rq, out, e == NULL ? S("") : card, e);
}

static bool barrier_parse(struct str key, enum barrier *out)
{
	for (unsigned b = 0; b < BARRIER_N; b++) {
		if (str_eq(barrier_table[b].key, key)) {
			*out = (enum barrier)b;
			return true;
		}
	}
	return false;
}

err_t page_card_barrier(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	bool on = form_value(&rq->form, "on")->given;
	enum barrier barrier = BARRIER_OTHER;
	err_t e = conference_form_fault(rq);
	if (e == NULL && !barrier_parse(form_text(&rq->form, on ? "on" : "off"), &barrier))
		e = err_new(rq->arena, ERR_INVALID, "Choose one of the barriers.");
	if (e == NULL)
		e = app_card_barrier(site_call(rq), conference_id(rq), card, barrier, on);
	return conference_go_on(rq, out, card, e);
}

static err_t text_saved(struct reply *out, const struct card_saved *saved)
{
	struct buf *body = reply_text(out, saved->conflict ? 409 : 200, "application/json");
	struct json json = {.out = body};
	json_open(&json, NULL, '{');
	json_int(&json, "version", saved->version);
	if (saved->conflict) {
		json_str(&json, "value", saved->stands);
		json_str(&json, "by", saved->by);
	}
	json_close(&json, '}');
	return NULL;
}

static err_t text_refused(struct reply *out, err_t e)
{
	struct buf *body = reply_text(out, 422, "application/json");
	struct json json = {.out = body};
	json_open(&json, NULL, '{');
	json_str(&json, "error", e->say);
	json_close(&json, '}');
	return NULL;
}

/* Saved while it is typed (JSON for the script), or by its button. */
err_t page_card_text(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	struct card_saved saved = {0};
	err_t e = conference_form_fault(rq);
	int field = -1;
	for (int i = 0; i < CARD_TEXTS && field < 0; i++) {
		for (size_t k = 0; k < rq->form.pairs_n; k++)
			if (str_eq(rq->form.pairs[k].name, str_from(card_text_key[i])))
				field = i;
	}
	if (e == NULL && field < 0)
		e = err_new(rq->arena, ERR_INVALID, "There is no text to save.");
	if (e == NULL)
		e = app_card_write(site_call(rq), conference_id(rq), card, (enum card_text)field,
				   &(struct card_edit){
					   .words = form_pii(rq->arena, &rq->form, card_text_key[field]),
					   .version = form_int(&rq->form, "version", 0),
					   .device = form_text(&rq->form, "device"),
					   .no = form_int(&rq->form, "no", 0),
					   .decided = form_value(&rq->form, "met")->given,
					   .met = form_int(&rq->form, "met", 0),
				   },
				   &saved);
	if (!rq->fragment)
		return conference_go_on(rq, out, card, e);
	if (e == NULL)
		return text_saved(out, &saved);
	return e->class == ERR_INVALID || e->class == ERR_CONFLICT ? text_refused(out, e) : e;
}

static struct day chosen_day(const struct request *rq)
{
	struct day chosen = form_day(&rq->form, "chosen");
	return day_known(chosen) ? chosen : form_day(&rq->form, "day");
}

err_t page_card_target(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_card_target(site_call(rq), conference_id(rq), card, chosen_day(rq));
	return conference_go_on(rq, out, card, e);
}

err_t page_card_review(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_card_review(site_call(rq), conference_id(rq), card, chosen_day(rq));
	return conference_go_on(rq, out, card, e);
}

err_t page_card_settle(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_card_settle(site_call(rq), conference_id(rq), request_param(rq, "conflict"),
				    form_pii(rq->arena, &rq->form, "words"), form_int(&rq->form, "version", 0));
	return conference_go_on(rq, out, form_text(&rq->form, "card"), e);
}

/* The form again with what was typed into it. */
static err_t step_again(struct request *rq, struct reply *out, struct str card, err_t why)
{
	struct conference_view view;
	struct conference_page page = {0};
	if (why->class != ERR_INVALID && why->class != ERR_CONFLICT)
		return why;
	TRY(app_conference(site_call(rq), conference_id(rq), card, &view));
	page.layout = site_layout(rq, view.title, "page--meeting");
	conference_page_build(rq, &view, why->say, &page);
	if (page.household == NULL)
		return why; /* who left the room has the door alone, and no form */
	struct household_part part = *page.household;
	struct option_view *owners = arena_many(rq->arena, part.owners_n, struct option_view);
	part.draft = (struct step_draft){
		.words = form_value(&rq->form, "words")->text,
		.id = form_text(&rq->form, "id"),
		.owner = form_text(&rq->form, "owner"),
		.due = form_value(&rq->form, "due")->text,
	};
	for (size_t i = 0; i < part.owners_n; i++) {
		owners[i] = part.owners[i];
		owners[i].chosen = str_eq(owners[i].value, part.draft.owner);
	}
	part.owners = owners;
	page.household = &part;
	if (rq->fragment)
		t_conference_household(reply_html(out, 422), &page);
	else
		t_conference(reply_html(out, 422), &page);
	return NULL;
}

err_t page_step_add(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	struct step_said said;
	struct step_new step = {
		.id = form_text(&rq->form, "id"),
		.words = form_pii(rq->arena, &rq->form, "words"),
		.owner_id = form_text(&rq->form, "owner"),
		.due = form_day(&rq->form, "due"),
	};
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_step_add(site_call(rq), conference_id(rq), card, &step, &said);
	if (e != NULL)
		return step_again(rq, out, card, e);
	return conference_go_on(rq, out, card, NULL);
}

err_t page_step_answer(struct request *rq, struct reply *out)
{
	enum step_state answer = STEP_DONE;
	err_t e = conference_form_fault(rq);
	if (e == NULL && !step_state_parse(str_from(answers[form_choice(&rq->form, "answer")]), &answer))
		return err_internal(rq->arena, "an answer that is no state of a step");
	if (e == NULL)
		e = app_step_answer(site_call(rq), conference_id(rq), request_param(rq, "step"), answer,
				    form_day(&rq->form, "due"));
	return conference_go_on(rq, out, form_text(&rq->form, "card"), e);
}

err_t page_step_change(struct request *rq, struct reply *out)
{
	struct step_said said;
	struct step_new to = {.owner_id = form_text(&rq->form, "owner"), .due = form_day(&rq->form, "due")};
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_step_change(site_call(rq), conference_id(rq), request_param(rq, "step"), &to, &said);
	return conference_go_on(rq, out, form_text(&rq->form, "card"), e);
}

err_t page_step_confirm(struct request *rq, struct reply *out)
{
	err_t e = app_step_confirm(site_call(rq), conference_id(rq), request_param(rq, "step"));
	return conference_go_on(rq, out, form_text(&rq->form, "card"), e);
}

err_t page_card_tell(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	struct telling_new t = {.way = TELLING_NOT, .teller_id = form_text(&rq->form, "teller")};
	err_t e = conference_form_fault(rq);
	if (e == NULL && !telling_way_parse(form_text(&rq->form, "way"), &t.way))
		e = err_new(rq->arena, ERR_INVALID, "Choose the safe way by which the person hears it.");
	t.words = form_pii(rq->arena, &rq->form, "words");
	if (e == NULL)
		e = app_telling_put(site_call(rq), conference_id(rq), card, &t);
	return conference_go_on(rq, out, card, e);
}

err_t page_card_match(struct request *rq, struct reply *out)
{
	struct str card = request_param(rq, "card");
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_card_match(site_call(rq), conference_id(rq), card, form_text(&rq->form, "opening"));
	return conference_go_on(rq, out, card, e);
}

/* The address holds the card of the earlier meeting, the form that of this one. */
err_t page_card_told(struct request *rq, struct reply *out)
{
	struct str card = form_text(&rq->form, "card");
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_telling_answer(site_call(rq), conference_id(rq), request_param(rq, "card"),
				       (enum telling_answer)form_choice(&rq->form, "answer"),
				       form_pii(rq->arena, &rq->form, "said"));
	return conference_go_on(rq, out, card, e);
}

err_t page_card_sheet(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct telling_sheet sheet;
	enum language next;
	enum language language = sheet_language(&rq->form, &next);
	struct url here = url_path(a, "/conference/{}/card/{}/sheet", conference_id(rq), request_param(rq, "card"));
	TRY(app_telling_sheet(site_call(rq), conference_id(rq), request_param(rq, "card"), &sheet));
	struct sheet_page page = {
		.layout = site_layout(rq, S("What happens next"), "page--narrow"),
		.sheet = &sheet,
		.language = str_from(language_word(language)),
		.other_language = str_from(language_say(next)),
		.back = url_query(a, url_path(a, "/conference/{}", conference_id(rq)), "card",
				  request_param(rq, "card")),
		.other = url_query(a, here, "language", str_from(language_word(next))),
	};
	sheet_next(a, language, &page.text);
	t_conference_sheet(reply_html(out, 200), &page);
	return NULL;
}
