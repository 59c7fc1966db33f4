#include "web/page_session.h"

#include "app/session.h"
#include "web/site.h"
#include "web/t_sessions.h"

static const struct form_field session_fields[] = {
	{.name = "session", .label = "Session", .kind = FIELD_TEXT, .required = true, .max = 40},
};
const struct form_spec session_form = FORM(session_fields);

static err_t show(struct request *rq, int status, struct str error, struct str done, struct reply *out)
{
	struct session_row *rows;
	size_t n;
	TRY(app_session_list(site_call(rq), rq->session, &rows, &n));
	struct session_view *views = arena_many(rq->arena, n, struct session_view);
	for (size_t i = 0; i < n; i++)
		views[i] = (struct session_view){
			.id = rows[i].id,
			.device = rows[i].device,
			.since_day = say_day_short(instant_day(rows[i].since)),
			.since_clock = say_clock(rows[i].since),
			.seen_day = say_day_short(instant_day(rows[i].seen)),
			.seen_clock = say_clock(rows[i].seen),
			.here = rows[i].here,
		};
	struct sessions_page page = {
		.layout = site_layout(rq, S("Where you are signed in"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.sessions = views,
		.sessions_n = n,
	};
	t_sessions(reply_html(out, status), &page);
	return NULL;
}

static err_t show_after(struct request *rq, err_t e, struct str done, struct reply *out)
{
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, (struct str){0}, out);
	return show(rq, 200, (struct str){0}, done, out);
}

err_t page_sessions(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, (struct str){0}, out);
}

err_t page_session_end(struct request *rq, struct reply *out)
{
	err_t e = app_session_end(site_call(rq), form_text(&rq->form, "session"));
	return show_after(rq, e, S("That device is signed out."), out);
}

err_t page_session_end_others(struct request *rq, struct reply *out)
{
	int64_t ended = 0;
	err_t e = app_session_end_others(site_call(rq), rq->session, &ended);
	return show_after(rq, e, S("Everywhere else you are signed out."), out);
}
