#include "web/page_calendar.h"

#include "web/site.h"
#include "web/t_calendar.h"

static const struct form_field add_fields[] = {
	{.name = "day", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "what", .label = "Why", .kind = FIELD_TEXT, .required = true, .max = CLOSED_DAY_TEXT},
};
const struct form_spec calendar_form = FORM(add_fields);

static const struct form_field take_fields[] = {
	{.name = "take", .label = "The day", .kind = FIELD_DAY, .required = true},
};
const struct form_spec calendar_take_form = FORM(take_fields);

static err_t build(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct closed_day_row *rows;
	size_t n;
	char day[DAY_SAY], iso[DAY_TEXT];
	TRY(app_closed_days(site_call(rq), &rows, &n));
	struct calendar_line *lines = arena_many(a, n, struct calendar_line);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct calendar_line){
			.what = rows[i].what,
			.day = str_dup(a, str_from(day_say(rows[i].day, day))),
			.iso = str_dup(a, str_from(day_text(rows[i].day, iso))),
		};
	struct calendar_page page = {
		.layout = site_layout(rq, S("Calendar"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.lines = lines,
		.lines_n = n,
		.day = form_typed(&rq->form, again, "day", (struct str){0}),
		.what = form_typed(&rq->form, again, "what", (struct str){0}),
	};
	t_calendar(reply_html(out, status), &page);
	return NULL;
}

err_t page_calendar(struct request *rq, struct reply *out)
{
	return build(rq, 200, (struct str){0}, false, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, true, out);
}

err_t page_calendar_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_closed_day_add(site_call(rq), form_day(f, "day"), form_text(f, "what"));
	return site_written(rq, e, show_typed, S("/calendar"), out);
}

err_t page_calendar_take(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_closed_day_take(site_call(rq), form_day(&rq->form, "take"));
	return site_written(rq, e, show_typed, S("/calendar"), out);
}
