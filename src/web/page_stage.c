#include "web/page_stage.h"

#include "domain/agenda.h"
#include "web/page_conference.h"
#include "web/site.h"
#include "web/t_stage.h"
#include "web/t_stage_now.h"

enum { ID_MOST = 40, MARKS = 6 };

static const struct form_field check_fields[] = {
	{.name = "on", .label = "Check", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "off", .label = "Check", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec stage_check_form = FORM(check_fields);

static const char *const lobby_acts[] = {"admit", "away", NULL};
static const struct form_field lobby_fields[] = {
	{.name = "who", .label = "Person", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "do", .label = "What to do", .kind = FIELD_CHOICE, .required = true, .choices = lobby_acts},
};
const struct form_spec lobby_form = FORM(lobby_fields);

static const struct form_field guest_fields[] = {
	{.name = "called", .label = "Who it is", .kind = FIELD_PRIVATE, .required = true},
};
const struct form_spec guest_form = FORM(guest_fields);

static struct str conference_id(const struct request *rq)
{
	return request_param(rq, "id");
}

static const struct stage_mark *marks(struct arena *a, const struct stage_view *v)
{
	struct stage_mark *rows = arena_many(a, MARKS, struct stage_mark);
	rows[0] = (struct stage_mark){S("Follow-up"), v->follow_up};
	rows[1] = (struct stage_mark){S("System barrier"), v->barrier};
	rows[2] = (struct stage_mark){S("Action step"), v->step};
	rows[3] = (struct stage_mark){S("Target move-in"), v->target};
	rows[4] = (struct stage_mark){S("Next review"), v->review};
	rows[5] = (struct stage_mark){S("Tell the person"), v->tell};
	return rows;
}

static err_t load(struct request *rq, struct stage_view *view, struct stage_page *page)
{
	struct arena *a = rq->arena;
	TRY(app_stage(site_call(rq), conference_id(rq), view));
	struct layout *layout = arena_one(a, struct layout);
	*layout = *site_layout(rq, S("Stage"), "");
	*page = (struct stage_page){
		.layout = layout,
		.view = view,
		.now = url_path(a, "/conference/{}/stage/now", view->id),
		.live = str_fmt(a, "%.*s list", STR_ARG(view->topic)),
		.marks = marks(a, view),
		.marks_n = MARKS,
		.agreements = agenda_agreement_table,
		.agreements_n = AGENDA_AGREEMENT_N,
	};
	if (!view->closed) {
		layout->stream = url_path(a, "/conference/{}/events", view->id);
		layout->stream_after = view->seen;
	}
	return NULL;
}

err_t page_stage(struct request *rq, struct reply *out)
{
	struct stage_view view;
	struct stage_page page;
	TRY(load(rq, &view, &page));
	t_stage(reply_html(out, 200), &page);
	return NULL;
}

err_t page_stage_now(struct request *rq, struct reply *out)
{
	struct stage_view view;
	struct stage_page page;
	TRY(load(rq, &view, &page));
	t_stage_now(reply_html(out, 200), &page);
	return NULL;
}

err_t page_stage_check(struct request *rq, struct reply *out)
{
	struct str on = form_text(&rq->form, "on");
	enum stage_check check;
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL && !stage_check_parse(on.n > 0 ? on : form_text(&rq->form, "off"), &check))
		e = err_new(rq->arena, ERR_INVALID, "Choose what was checked.");
	if (e == NULL)
		e = app_stage_check(site_call(rq), conference_id(rq), check, on.n > 0);
	return conference_go_on(rq, out, S(""), e);
}

err_t page_lobby(struct request *rq, struct reply *out)
{
	struct str who = form_text(&rq->form, "who");
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL && form_choice(&rq->form, "do") == 0)
		e = app_stage_admit(site_call(rq), conference_id(rq), who);
	else if (e == NULL)
		e = app_stage_turn_away(site_call(rq), conference_id(rq), who);
	return conference_go_on(rq, out, S(""), e);
}

err_t page_guest(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_stage_guest(site_call(rq), conference_id(rq), form_pii(rq->arena, &rq->form, "called"));
	return conference_go_on(rq, out, S(""), e);
}

const struct stage_box *stage_box(const struct request *rq, struct str conference, const struct stage_panel *panel)
{
	struct arena *a = rq->arena;
	if (panel == NULL)
		return NULL;
	struct stage_box *box = arena_one(a, struct stage_box);
	*box = (struct stage_box){
		.panel = panel,
		.checks = panel->checks,
		.checks_n = STAGE_CHECK_N,
		.statement = stage_statement,
		.check = url_path(a, "/conference/{}/stage/check", conference),
		.lobby = url_path(a, "/conference/{}/lobby", conference),
		.guest = url_path(a, "/conference/{}/guest", conference),
		.csrf = rq->csrf,
	};
	return box;
}
