#include "web/page_contact.h"

#include "app/say.h"
#include "web/site.h"
#include "web/t_contact.h"

static const struct form_field fields[] = {
	{.name = "way", .label = "How", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "place", .label = "Where", .kind = FIELD_TEXT, .max = 20},
	{.name = "day", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "words", .label = "A line", .kind = FIELD_PRIVATE, .max = 400},
};
const struct form_spec contact_form = FORM(fields);

static const struct form_field back_fields[] = {
	{.name = "no", .label = "Contact", .kind = FIELD_INT, .required = true},
};
const struct form_spec contact_back_form = FORM(back_fields);

struct str page_contact_how(struct arena *a, const struct contact_line *line)
{
	struct str words = contact_way_table[line->way].words;
	if (line->place.n == 0)
		return words;
	return str_fmt(a, "%.*s, %.*s", STR_ARG(words), STR_ARG(line->place));
}

/* What was typed, to be typed on. */
struct typed {
	struct str place, day, words;
};

static void fill_choices(struct arena *a, const struct typed *typed, struct contact_page *page)
{
	struct contact_button *buttons = arena_many(a, CONTACT_WAYS_N, struct contact_button);
	struct option_view *places = arena_many(a, CONTACT_PLACES_N, struct option_view);
	for (int i = 0; i < CONTACT_WAYS_N; i++)
		buttons[i] = (struct contact_button){contact_way_table[i].key, contact_way_table[i].button,
						     !contact_way_table[i].counts};
	for (int i = 0; i < CONTACT_PLACES_N; i++)
		places[i] = (struct option_view){contact_place_table[i].key, contact_place_table[i].words,
						 str_eq(contact_place_table[i].key, typed->place)};
	page->buttons = buttons;
	page->buttons_n = CONTACT_WAYS_N;
	page->places = places;
	page->places_n = CONTACT_PLACES_N;
}

static err_t show_with(struct request *rq, int status, struct str error, const struct typed *typed, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct contact_view view;
	TRY(app_contact(site_call(rq), id, &view));
	struct contact_row *rows = arena_many(a, view.lines_n, struct contact_row);
	for (size_t i = 0; i < view.lines_n; i++)
		rows[i] = (struct contact_row){&view.lines[i], page_contact_how(a, &view.lines[i])};
	struct contact_page page = {
		.layout = site_layout(rq, S("Contact"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.called = view.face.named ? view.face.name : str_fmt(a, "Household %.*s", STR_ARG(view.face.code)),
		.last = view.may ? say_days_ago(a, view.face.last_contact, rq->today) : S(""),
		.here = url_path(a, "/household/{}/contact", id),
		.back_to = url_path(a, "/household/{}", id),
		.take_back = url_path(a, "/household/{}/contact/back", id),
		.day = typed->day,
		.words = typed->words,
		.rows = rows,
		.rows_n = view.lines_n,
	};
	fill_choices(a, typed, &page);
	t_contact(reply_html(out, status), &page);
	return NULL;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	char today[DAY_TEXT];
	struct typed typed = {.day = str_dup(rq->arena, str_from(day_text(rq->today, today)))};
	return show_with(rq, status, error, &typed, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	const struct form *f = &rq->form;
	struct typed typed = {form_value(f, "place")->text, form_value(f, "day")->text, form_value(f, "words")->text};
	return show_with(rq, status, error, &typed, out);
}

err_t page_contact(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

static struct str here(struct request *rq)
{
	return url_path(rq->arena, "/household/{}/contact", request_param(rq, "id")).s;
}

err_t page_contact_log(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct contact_new n = {.day = form_day(f, "day"), .words = form_pii(rq->arena, f, "words")};
	err_t e = form_error(rq->arena, f);
	if (e == NULL &&
	    (!contact_way_parse(form_text(f, "way"), &n.way) || !contact_place_parse(form_text(f, "place"), &n.place)))
		e = err_new(rq->arena, ERR_INVALID, "Choose how you were in contact, and where from the list.");
	if (e == NULL)
		e = app_contact_log(site_call(rq), request_param(rq, "id"), &n);
	return site_written(rq, e, show_typed, here(rq), out);
}

err_t page_contact_back(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_contact_take_back(site_call(rq), request_param(rq, "id"), form_int(&rq->form, "no", 0));
	return site_written(rq, e, show, here(rq), out);
}
