/* The question about one entry: the letter, the answer, the end. */
#include "web/page_report.h"
#include "web/site.h"
#include "web/t_side_door.h"

static const struct form_field answer_fields[] = {
	{.name = "answer", .label = "What happened", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "words", .label = "In your own words", .kind = FIELD_PRIVATE, .max = SIDE_DOOR_WORDS_MOST},
};
const struct form_spec side_door_answer_form = FORM(answer_fields);

static struct str say(struct arena *a, struct day d)
{
	char day[DAY_SAY];
	return day_known(d) ? str_dup(a, str_from(day_say_date(d, day))) : (struct str){0};
}

static struct url under(struct request *rq, const char *what)
{
	struct arena *a = rq->arena;
	return url_path(a, "/reports/side-door/{}/{}", request_param(rq, "id"), str_from(what));
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct side_door_view view;
	struct arena *a = rq->arena;
	TRY(app_side_door(site_call(rq), request_param(rq, "id"), &view));
	struct option_view *answers = arena_many(a, SIDE_DOOR_ANSWERS_N, struct option_view);
	struct str typed = form_typed(&rq->form, status != 200, "answer", (struct str){0});
	for (enum side_door_answer k = 0; k < SIDE_DOOR_ANSWERS_N; k++) {
		struct str word = str_from(side_door_answer_word(k));
		answers[k] = (struct option_view){word, str_from(side_door_answer_say(k)), str_eq(word, typed)};
	}
	struct day due = day_known(view.due) ? view.due : day_add(rq->today, SIDE_DOOR_ANSWER_DAYS);
	struct side_door_page page = {
		.layout = site_layout(rq, S("Side door"), "page--narrow"),
		.view = &view,
		.error = error,
		.csrf = rq->csrf,
		.entry = say(a, view.entry),
		.asked = say(a, view.asked),
		.due = say(a, due),
		.answered = say(a, view.answered),
		.closed = say(a, view.closed),
		.ask = under(rq, "ask"),
		.answer = under(rq, "answer"),
		.close = under(rq, "close"),
		.back = url_query(a, URL("/reports"), "report", S("side-door")),
		.answers = answers,
		.answers_n = SIDE_DOOR_ANSWERS_N,
	};
	if (view.entries > 0)
		page.share = str_fmt(a, "%lld of %lld", (long long)view.doors, (long long)view.entries);
	t_side_door(reply_html(out, status), &page);
	return NULL;
}

err_t page_side_door(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

static struct str here(struct request *rq)
{
	return str_fmt(rq->arena, "/reports/side-door/%.*s", STR_ARG(request_param(rq, "id")));
}

err_t page_side_door_ask(struct request *rq, struct reply *out)
{
	return site_written(rq, app_side_door_ask(site_call(rq), request_param(rq, "id")), show, here(rq), out);
}

/* An answer may take the entry out of the report, and then there is nothing to come back to. */
err_t page_side_door_answer(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_side_door_answer(site_call(rq), request_param(rq, "id"), form_text(f, "answer"),
					 form_pii(rq->arena, f, "words"));
	return site_written(rq, e, show, S("/reports?report=side-door"), out);
}

err_t page_side_door_close(struct request *rq, struct reply *out)
{
	return site_written(rq, app_side_door_close(site_call(rq), request_param(rq, "id")), show, here(rq), out);
}
