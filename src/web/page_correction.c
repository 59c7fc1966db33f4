#include "web/page_correction.h"

#include "base/limit.h"
#include "web/site.h"
#include "web/t_corrections.h"
#include "web/t_requests.h"

enum { ID_MOST = 40 };

static const struct form_field ask_fields[] = {
	{.name = "words", .label = "What is wrong", .kind = FIELD_PRIVATE, .required = true, .max = LIMIT_NOTE},
	{.name = "on", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "owner", .label = "Who sees to it", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec correction_form = FORM(ask_fields);

static const struct form_field give_fields[] = {
	{.name = "request", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "owner", .label = "Who sees to it", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec correction_give_form = FORM(give_fields);

static const char *const answer_words[] = {"corrected", "declined", NULL};
static const enum correction answers[] = {CORRECTION_MADE, CORRECTION_DECLINED};
static const struct form_field answer_fields[] = {
	{.name = "request", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "answer", .label = "The answer", .kind = FIELD_CHOICE, .required = true, .choices = answer_words},
	{.name = "reason", .label = "What was told to the person", .kind = FIELD_PRIVATE, .max = LIMIT_NOTE},
};
const struct form_spec correction_answer_form = FORM(answer_fields);

static const struct form_field disagree_fields[] = {
	{.name = "request", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "words", .label = "Their own words", .kind = FIELD_PRIVATE, .required = true, .max = LIMIT_NOTE},
};
const struct form_spec correction_disagree_form = FORM(disagree_fields);

static struct str called_of(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static enum tone tone_of(const struct correction_row *row)
{
	if (row->is == CORRECTION_OPEN)
		return row->late ? TONE_BAD : TONE_WARN;
	return row->is == CORRECTION_MADE ? TONE_GOOD : TONE_IDLE;
}

static void build_lines(struct arena *a, const struct correction_view *v, struct correction_page *page)
{
	struct correction_line *lines = arena_many(a, v->rows_n, struct correction_line);
	char day[DAY_SAY];
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct correction_row *row = &v->rows[i];
		bool open = row->is == CORRECTION_OPEN;
		struct str say = open ? str_fmt(a, "%s %s", row->late ? "was due" : "due", day_say_date(row->due, day))
				      : str_from(correction_word(row->is));
		lines[i] = (struct correction_line){
			.row = row,
			.chip = {say, tone_of(row)},
			.open = open,
			.declined = row->is == CORRECTION_DECLINED,
		};
	}
	page->lines = lines;
	page->lines_n = v->rows_n;
}

static err_t build(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct correction_view view;
	char today[DAY_TEXT];
	TRY(app_corrections(site_call(rq), id, &view));
	struct option_view *owners = arena_many(a, view.owners_n, struct option_view);
	struct str owner = form_typed(&rq->form, again, "owner", rq->actor->id);
	for (size_t i = 0; i < view.owners_n; i++)
		owners[i] = (struct option_view){view.owners[i].value, view.owners[i].say,
						 str_eq(view.owners[i].value, owner)};
	struct correction_page page = {
		.layout = site_layout(rq, S("What they asked to have put right"), ""),
		.view = &view,
		.csrf = rq->csrf,
		.error = error,
		.called = called_of(a, &view.face),
		.household = url_path(a, "/household/{}", id),
		.shown = url_path(a, "/household/{}/copy", id),
		.here = url_path(a, "/household/{}/corrections", id),
		.give = url_path(a, "/household/{}/corrections/give", id),
		.answer = url_path(a, "/household/{}/corrections/answer", id),
		.disagree = url_path(a, "/household/{}/corrections/disagree", id),
		.owners = owners,
		.owners_n = view.owners_n,
		.asked_on = form_typed(&rq->form, again, "on", str_dup(a, str_from(day_text(rq->today, today)))),
		.words = form_typed(&rq->form, again, "words", (struct str){0}),
		.again = again,
	};
	build_lines(a, &view, &page);
	t_corrections(reply_html(out, status), &page);
	return NULL;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, false, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, true, out);
}

static struct str here(struct request *rq)
{
	return str_fmt(rq->arena, "/household/%.*s/corrections", STR_ARG(request_param(rq, "id")));
}

err_t page_corrections(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_correction_ask(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	const struct correction_new k = {
		.words = form_pii(rq->arena, f, "words"),
		.asked_on = form_day(f, "on"),
		.owner_id = form_text(f, "owner"),
	};
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_correction_ask(site_call(rq), request_param(rq, "id"), &k);
	return site_written(rq, e, show_typed, here(rq), out);
}

err_t page_correction_give(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_correction_give(site_call(rq), request_param(rq, "id"), form_text(f, "request"),
					form_text(f, "owner"));
	return site_written(rq, e, show, here(rq), out);
}

err_t page_correction_answer(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_correction_answer(site_call(rq), request_param(rq, "id"), form_text(f, "request"),
					  answers[form_choice(f, "answer")], form_pii(rq->arena, f, "reason"));
	return site_written(rq, e, show, here(rq), out);
}

err_t page_correction_disagree(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_correction_disagree(site_call(rq), request_param(rq, "id"), form_text(f, "request"),
					    form_pii(rq->arena, f, "words"));
	return site_written(rq, e, show, here(rq), out);
}

/* --- what is to be seen to --- */

static const struct request_line *lines_of(struct arena *a, const struct request_row *rows, size_t n, const char *page)
{
	struct request_line *lines = arena_many(a, n, struct request_line);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct request_line){
			.row = &rows[i],
			.href = url_path_parts(a, page, &rows[i].face.id, 1),
			.called = called_of(a, &rows[i].face),
			.dated = day_known(rows[i].day),
		};
	return lines;
}

err_t page_requests(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct request_view view;
	TRY(app_requests(site_call(rq), &view));
	const struct request_page page = {
		.layout = site_layout(rq, S("Requests"), ""),
		.view = &view,
		.corrections = lines_of(a, view.corrections, view.corrections_n, "/household/{}/corrections"),
		.corrections_n = view.corrections_n,
		.renew = lines_of(a, view.renew, view.renew_n, "/household/{}/releases"),
		.renew_n = view.renew_n,
		.offer = lines_of(a, view.offer, view.offer_n, "/household/{}/releases"),
		.offer_n = view.offer_n,
		.empty = {.title = S("Nobody waits for an answer"),
			  .text = S("What somebody asks to have put right is written down on their household’s page.")},
	};
	t_requests(reply_html(out, 200), &page);
	return NULL;
}
