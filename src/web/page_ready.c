#include "web/page_ready.h"

#include <string.h>

#include "web/site.h"
#include "web/t_ready.h"

static const struct form_field document_fields[] = {
	{.name = "kind", .label = "Paper", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "have", .label = "Have it", .kind = FIELD_CHECK},
	{.name = "day", .label = "The paper's date", .kind = FIELD_DAY},
	{.name = "expires", .label = "The day it expires", .kind = FIELD_DAY},
	{.name = "fetcher", .label = "Who fetches it", .kind = FIELD_TEXT, .max = 40},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
};
const struct form_spec document_form = FORM(document_fields);

static const struct form_field needs_fields[] = {
	{.name = "housing", .label = "Housing need", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "service", .label = "Service need", .kind = FIELD_TEXT, .required = true, .max = 20},
};
const struct form_spec needs_form = FORM(needs_fields);

static const struct form_field preference_fields[] = {
	{.name = "wish", .label = "Wishes", .kind = FIELD_MANY, .max = 40},
	{.name = "words", .label = "In their own words", .kind = FIELD_PRIVATE, .max = 800},
};
const struct form_spec preference_form = FORM(preference_fields);

static const struct form_field value_fields[] = {
	{.name = "column", .label = "Column", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "value", .label = "Value", .kind = FIELD_PRIVATE, .max = ENTRY_MAX},
};
const struct form_spec value_form = FORM(value_fields);

static const struct form_field place_fields[] = {
	{.name = "day", .label = "On which day", .kind = FIELD_DAY, .required = true},
	{.name = "words", .label = "Where", .kind = FIELD_PRIVATE, .max = 400},
};
const struct form_spec place_form = FORM(place_fields);

/* "9 Nov 2026" */
static struct str date(struct arena *a, struct day d)
{
	char day[DAY_SAY];
	const char *text = day_say(d, day);
	return str_fmt(a, "%s", text + strcspn(text, " ") + 1);
}

static struct str document_said(struct arena *a, const struct ready_document *d)
{
	struct buf said = buf_new(a, 400);
	if (day_known(d->document.day))
		buf_fmt(&said, "of %.*s", STR_ARG(date(a, d->document.day)));
	if (day_known(d->document.expires))
		buf_fmt(&said, "%s%s %.*s", said.n > 0 ? ", " : "", d->expired ? "expired" : "until",
			STR_ARG(date(a, d->document.expires)));
	if (!d->holds && d->fetcher.n > 0) {
		buf_fmt(&said, "%s%.*s fetches it", said.n > 0 ? " · " : "", STR_ARG(d->fetcher));
		if (day_known(d->document.due))
			buf_fmt(&said, " by %.*s", STR_ARG(date(a, d->document.due)));
	}
	return buf_text(&said);
}

static const struct option_view *people_options(struct arena *a, const struct ready_view *v, struct str chosen)
{
	struct option_view *options = arena_many(a, v->people_n + 1, struct option_view);
	options[0].label = S("nobody yet");
	for (size_t i = 0; i < v->people_n; i++)
		options[i + 1] =
			(struct option_view){v->people[i].id, v->people[i].name, str_eq(v->people[i].id, chosen)};
	return options;
}

static void build_documents(struct arena *a, const struct ready_view *v, struct ready_page *page)
{
	struct document_view *views = arena_many(a, v->documents_n, struct document_view);
	for (size_t i = 0; i < v->documents_n; i++) {
		const struct ready_document *d = &v->documents[i];
		views[i] = (struct document_view){
			.document = d,
			.key = document_table[d->kind].key,
			.label = document_table[d->kind].label,
			.said = document_said(a, d),
			.chip = {S("missing"), TONE_IDLE},
			.people = people_options(a, v, d->document.fetcher),
			.people_n = v->people_n + 1,
		};
		if (d->holds)
			views[i].chip = (struct chip_view){S("there"), TONE_GOOD};
		else if (d->overdue)
			views[i].chip = (struct chip_view){S("overdue"), TONE_BAD};
		else if (d->expired)
			views[i].chip = (struct chip_view){S("expired"), TONE_WARN};
	}
	page->documents = views;
	page->documents_n = v->documents_n;
}

static const struct option_view *level_options(struct arena *a, bool known, enum need_level chosen,
					       enum need_level suggested, bool suggests)
{
	struct option_view *options = arena_many(a, NEED_LEVELS_N + 1, struct option_view);
	options[0].label = S("choose");
	for (int l = 0; l < NEED_LEVELS_N; l++)
		options[l + 1] = (struct option_view){
			.value = need_table[l].word,
			.label = str_fmt(a, "%.*s%s", STR_ARG(need_table[l].say),
					 suggests && l == (int)suggested ? " (what the facts suggest)" : ""),
			.chosen = known && l == (int)chosen,
		};
	return options;
}

static void build_needs(struct arena *a, const struct ready_view *v, struct ready_page *page)
{
	page->matrix = matrix_build(a, &v->menus, v->needs_known ? &v->needs : NULL);
	page->housing = level_options(a, v->needs_known, v->needs.housing, v->suggested, true);
	page->service = level_options(a, v->needs_known, v->needs.service, v->suggested, false);
	page->housing_n = page->service_n = NEED_LEVELS_N + 1;
	if (v->needs_known)
		page->menu = v->menus.menu[v->needs.housing][v->needs.service];
	struct option_view *wishes = arena_many(a, PREFERENCES_N, struct option_view);
	for (unsigned p = 0; p < PREFERENCES_N; p++)
		wishes[p] = (struct option_view){preference_table[p].key, preference_table[p].label,
						 (v->preference.set & 1U << p) != 0};
	page->wishes = wishes;
	page->wishes_n = PREFERENCES_N;
	page->wished = preference_set_labels(a, v->preference.set);
}

static const struct option_view *choice_options(struct arena *a, const struct ready_value *v, size_t *n)
{
	struct option_view *options = arena_many(a, COLUMN_CHOICES_MAX + 1, struct option_view);
	struct str rest = v->column.choices;
	*n = 1; /* the first one is empty */
	for (bool more = rest.n > 0; more && *n <= COLUMN_CHOICES_MAX; (*n)++) {
		struct str choice;
		more = str_cut(rest, ',', &choice, &rest);
		choice = str_trim(choice);
		options[*n] = (struct option_view){choice, choice, str_eq(choice, v->value)};
	}
	return options;
}

static void build_values(struct arena *a, const struct ready_view *v, struct ready_page *page)
{
	static const enum input_kind inputs[] = {
		[COLUMN_TEXT] = INPUT_LINE,
		[COLUMN_NUMBER] = INPUT_NUMBER,
		[COLUMN_DATE] = INPUT_DAY,
		[COLUMN_CHOICE] = INPUT_CHOICE,
	};
	struct value_view *views = arena_many(a, v->values_n, struct value_view);
	for (size_t i = 0; i < v->values_n; i++) {
		const struct ready_value *value = &v->values[i];
		struct str *history = arena_many(a, value->history_n, struct str);
		for (size_t k = 0; k < value->history_n; k++)
			history[k] = str_fmt(a, "%.*s · %.*s, %.*s",
					     STR_ARG(value->were[k].n > 0 ? value->were[k] : S("taken away")),
					     STR_ARG(value->history[k].by),
					     STR_ARG(date(a, instant_day(value->history[k].at))));
		views[i] = (struct value_view){
			.value = value,
			.input = inputs[value->column.kind],
			.history = history,
			.history_n = value->history_n,
		};
		views[i].options = choice_options(a, value, &views[i].options_n);
	}
	page->values = views;
	page->values_n = v->values_n;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct ready_view view;
	char today[DAY_TEXT];
	TRY(app_ready(site_call(rq), id, &view));
	struct ready_page page = {
		.layout = site_layout(rq, S("Papers, needs and wishes"), ""),
		.ready = &view,
		.csrf = rq->csrf,
		.error = error,
		.back = url_path(a, "/household/{}", id),
		.put_document = url_path(a, "/household/{}/document", id),
		.put_needs = url_path(a, "/household/{}/needs", id),
		.put_preference = url_path(a, "/household/{}/preference", id),
		.put_value = url_path(a, "/household/{}/column", id),
		.put_place = url_path(a, "/household/{}/place", id),
		.today = str_dup(a, str_from(day_text(rq->today, today))),
	};
	build_documents(a, &view, &page);
	build_needs(a, &view, &page);
	build_values(a, &view, &page);
	t_ready(reply_html(out, status), &page);
	return NULL;
}

err_t page_ready(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show, url_path(rq->arena, "/household/{}/ready", request_param(rq, "id")).s, out);
}

err_t page_ready_document(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	enum document_kind kind;
	struct document d = {
		.have = form_checked(f, "have"),
		.day = form_day(f, "day"),
		.expires = form_day(f, "expires"),
		.fetcher = form_text(f, "fetcher"),
		.due = form_day(f, "due"),
	};
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL && !document_kind_parse(form_text(f, "kind"), &kind))
		e = err_new(rq->arena, ERR_INVALID, "There is no such paper.");
	if (e == NULL)
		e = app_document_put(site_call(rq), request_param(rq, "id"), kind, &d);
	return written(rq, e, out);
}

err_t page_ready_needs(struct request *rq, struct reply *out)
{
	struct needs n;
	err_t e = NULL;
	if (!need_level_parse(form_text(&rq->form, "housing"), &n.housing) ||
	    !need_level_parse(form_text(&rq->form, "service"), &n.service))
		e = err_new(rq->arena, ERR_INVALID, "Choose both: the need of housing and the need of services.");
	if (e == NULL)
		e = app_needs_put(site_call(rq), request_param(rq, "id"), n);
	return written(rq, e, out);
}

err_t page_ready_preference(struct request *rq, struct reply *out)
{
	unsigned set = 0;
	size_t n;
	const struct str *wishes = form_many(&rq->form, "wish", &n);
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL && !preference_set_of(wishes, n, &set))
		e = err_new(rq->arena, ERR_INVALID, "There is no such wish to choose; write it in words.");
	if (e == NULL)
		e = app_preference_put(site_call(rq), request_param(rq, "id"), set,
				       form_pii(rq->arena, &rq->form, "words"));
	return written(rq, e, out);
}

err_t page_ready_value(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_column_put(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "column"),
				   form_pii(rq->arena, &rq->form, "value"));
	return written(rq, e, out);
}

err_t page_ready_place(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_place_put(site_call(rq), request_param(rq, "id"), form_day(&rq->form, "day"),
				  form_pii(rq->arena, &rq->form, "words"));
	return written(rq, e, out);
}
