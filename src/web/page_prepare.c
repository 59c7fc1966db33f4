#include "web/page_prepare.h"

#include "web/site.h"
#include "web/t_prepare.h"
#include "web/t_word.h"

enum { ROW_MOST = 90, WORDS = 400 };

static const struct form_field row_fields[] = {
	{.name = "row", .label = "Household", .kind = FIELD_TEXT, .max = ROW_MOST},
	{.name = "sent", .label = "Sent", .kind = FIELD_INT, .least = 0, .most = 1},
};
const struct form_spec word_row_form = FORM(row_fields);

static const struct form_field word_fields[] = {
	{.name = "row", .label = "Household", .kind = FIELD_TEXT, .required = true, .max = ROW_MOST},
	{.name = "changed", .label = "What changed", .kind = FIELD_PRIVATE, .max = WORDS},
	{.name = "blocked", .label = "What is in the way", .kind = FIELD_PRIVATE, .max = WORDS},
	{.name = "next", .label = "What is next", .kind = FIELD_PRIVATE, .max = WORDS},
};
const struct form_spec word_form = FORM(word_fields);

err_t page_prepare(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct prepare_view view;
	struct str id = request_param(rq, "id");
	TRY(app_prepare(site_call(rq), id, &view));
	struct prepare_line *lines = arena_many(a, view.checks_n, struct prepare_line);
	for (size_t i = 0; i < view.checks_n; i++) {
		const struct prepare_check *check = &view.checks[i];
		bool late = !check->done && day_known(check->due) && check->due.n < rq->today.n;
		lines[i] = (struct prepare_line){
			.check = check,
			.chip = check->done ? (struct chip_view){S("ready"), TONE_GOOD}
					    : (struct chip_view){late ? S("was due") : S("to do"),
								 late ? TONE_BAD : TONE_WARN},
			.dated = !check->done && day_known(check->due),
			.due = say_day(check->due),
		};
	}
	const struct coverage *c = &view.coverage;
	struct prepare_page page = {
		.layout = site_layout(rq, S("Get ready"), "page--aside"),
		.view = &view,
		.lines = lines,
		.lines_n = view.checks_n,
		.meter = {.label = str_fmt(a, "%d of %d households: %d %%", c->covered, c->households, c->percent),
			  .value = c->percent,
			  .max = 100,
			  .tone = c->percent >= COVERAGE_WANTED ? TONE_GOOD : TONE_WARN},
		.back = url_path(a, "/conference/{}", id),
		.plan = url_path(a, "/conference/{}/plan", id),
		.mend = url_query(a, URL("/conferences/ready"), "region", view.region_id),
	};
	if (view.sitting_id.n > 0)
		page.sitting = url_path(a, "/sitting/{}", view.sitting_id);
	t_prepare(reply_html(out, 200), &page);
	return NULL;
}

/* A row of the select: the conference and the card. */
static const struct option_view *row_options(struct arena *a, const struct word_view *v, struct str chosen)
{
	struct option_view *rows = arena_many(a, v->rows_n, struct option_view);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct word_row *row = &v->rows[i];
		struct str value = str_fmt(a, "%.*s.%.*s", STR_ARG(row->conference_id), STR_ARG(row->card_id));
		rows[i] = (struct option_view){value,
					       str_fmt(a, "%.*s, %.*s%s", STR_ARG(row->called), STR_ARG(row->day),
						       row->sent > 0 ? " (word was sent)" : ""),
					       str_eq(value, chosen)};
	}
	return rows;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	const struct form *f = &rq->form;
	struct word_view view;
	TRY(app_word_rows(site_call(rq), &view));
	struct word_page page = {
		.layout = site_layout(rq, S("Word for a conference"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.rows = row_options(a, &view, form_text(f, "row")),
		.rows_n = view.rows_n,
		.empty = {.title = S("Nothing is to be said"),
			  .text = S("No household that your agency serves is in a conference to come.")},
	};
	if (error.n > 0) {
		page.changed = form_value(f, "changed")->text;
		page.blocked = form_value(f, "blocked")->text;
		page.next = form_value(f, "next")->text;
	} else if (form_int(f, "sent", 0) == 1) {
		page.told = S("Thank you. It stands on the card when the household’s turn comes.");
	}
	t_word(reply_html(out, status), &page);
	return NULL;
}

err_t page_word(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

err_t page_word_send(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str conference, card;
	struct word_sent word = {
		.changed = form_pii(rq->arena, f, "changed"),
		.blocked = form_pii(rq->arena, f, "blocked"),
		.next = form_pii(rq->arena, f, "next"),
	};
	err_t e = form_error(rq->arena, f);
	str_cut(form_text(f, "row"), '.', &conference, &card);
	if (e == NULL)
		e = app_word_send(site_call(rq), conference, card, &word);
	return site_written(rq, e, show, S("/conferences/word?sent=1"), out);
}
