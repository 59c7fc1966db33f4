#include "web/page_after.h"

#include "web/page_conference.h"
#include "web/site.h"
#include "web/t_after.h"
#include "web/t_hmis_block.h"
#include "web/t_question.h"

enum { ID_MOST = 40 };

static const struct form_field after_fields[] = {
	{.name = "read", .label = "What was read", .kind = FIELD_TEXT, .required = true, .max = 64},
};
const struct form_spec after_form = FORM(after_fields);

static const struct form_field ask_fields[] = {
	{.name = "words", .label = "The question", .kind = FIELD_PRIVATE, .required = true, .max = QUESTION_MOST},
	{.name = "owner", .label = "Who finds it out", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY, .required = true},
	{.name = "sure", .label = "Nobody is named in it", .kind = FIELD_CHECK},
};
const struct form_spec question_ask_form = FORM(ask_fields);

static const struct form_field answer_fields[] = {
	{.name = "words", .label = "The answer", .kind = FIELD_PRIVATE, .required = true, .max = QUESTION_MOST},
	{.name = "sure", .label = "Nobody is named in it", .kind = FIELD_CHECK},
};
const struct form_spec question_answer_form = FORM(answer_fields);

static const struct form_field give_fields[] = {
	{.name = "owner", .label = "Who finds it out", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY, .required = true},
};
const struct form_spec question_give_form = FORM(give_fields);

const struct question_row *page_question_rows(struct arena *a, const struct question_line *lines, size_t n)
{
	struct question_row *rows = arena_many(a, n, struct question_row);
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct question_row){
			.line = &lines[i],
			.href = url_path(a, "/question/{}", lines[i].id),
			.chip = lines[i].overdue ? (struct chip_view){S("overdue"), TONE_WARN}
						 : (struct chip_view){S("open"), TONE_IDLE},
		};
	return rows;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct handout_view view;
	TRY(app_handout(site_call(rq), id, &view));
	struct after_page page = {
		.layout = site_layout(rq, S("Hand out"), ""),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.here = url_path(a, "/conference/{}/after", id),
		.notes = url_path(a, "/conference/{}/notes", id),
		.file = url_path(a, "/conference/{}/handout", id),
	};
	t_after(reply_html(out, status), &page);
	return NULL;
}

err_t page_after(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

err_t page_after_make(struct request *rq, struct reply *out)
{
	struct str id = request_param(rq, "id");
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_handout_make(site_call(rq), id, form_text(&rq->form, "read"));
	return site_written(rq, e, show, url_path(rq->arena, "/conference/{}/after", id).s, out);
}

err_t page_handout(struct request *rq, struct reply *out)
{
	struct str name, text;
	TRY(app_handout_text(site_call(rq), request_param(rq, "id"), &name, &text));
	buf_str(reply_file(out, "text/plain; charset=utf-8", name), text);
	return NULL;
}

err_t page_hmis_block(struct request *rq, struct reply *out)
{
	struct str id = request_param(rq, "id");
	struct hmis_blocks view;
	TRY(app_hmis_blocks(site_call(rq), id, &view));
	struct hmis_block_page page = {
		.layout = site_layout(rq, S("For the HMIS"), ""),
		.view = &view,
		.notes = url_path(rq->arena, "/conference/{}/notes", id),
	};
	t_hmis_block(reply_html(out, 200), &page);
	return NULL;
}

err_t page_question_ask(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct question_new q = {
		.words = form_pii(rq->arena, f, "words"),
		.owner_id = form_text(f, "owner"),
		.due = form_day(f, "due"),
		.sure = form_checked(f, "sure"),
	};
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_question_ask(site_call(rq), request_param(rq, "id"), &q);
	return conference_go_on(rq, out, S(""), e);
}

static err_t show_question_with(struct request *rq, int status, struct str error, struct str typed, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct question_view view;
	char day[DAY_TEXT];
	TRY(app_question(site_call(rq), id, &view));
	struct option_view *people = arena_many(a, view.people_n, struct option_view);
	for (size_t i = 0; i < view.people_n; i++)
		people[i] = (struct option_view){view.people[i].id, view.people[i].name, view.people[i].chosen};
	struct question_page page = {
		.layout = site_layout(rq, S("Question"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.answer = url_path(a, "/question/{}/answer", id),
		.give = url_path(a, "/question/{}/give", id),
		.steps = url_query(a, URL("/conferences/steps"), "region", view.region_id),
		.answered = typed,
		.ask_sure = typed.n > 0,
		.people = people,
		.people_n = view.people_n,
		.due = str_dup(a, str_from(day_text(view.line.due, day))),
	};
	t_question(reply_html(out, status), &page);
	return NULL;
}

static err_t show_question(struct request *rq, int status, struct str error, struct reply *out)
{
	return show_question_with(rq, status, error, S(""), out);
}

static err_t show_answer(struct request *rq, int status, struct str error, struct reply *out)
{
	return show_question_with(rq, status, error, form_value(&rq->form, "words")->text, out);
}

err_t page_question(struct request *rq, struct reply *out)
{
	return show_question(rq, 200, S(""), out);
}

err_t page_question_answer(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_question_answer(site_call(rq), request_param(rq, "id"), form_pii(rq->arena, f, "words"),
					form_checked(f, "sure"));
	return site_written(rq, e, show_answer, S("/mine"), out);
}

err_t page_question_give(struct request *rq, struct reply *out)
{
	struct str id = request_param(rq, "id");
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_question_give(site_call(rq), id, form_text(&rq->form, "owner"), form_day(&rq->form, "due"));
	return site_written(rq, e, show_question, url_path(rq->arena, "/question/{}", id).s, out);
}
