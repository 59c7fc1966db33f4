#include "web/page_incident.h"

#include "web/site.h"
#include "web/t_incident_tell.h"
#include "web/t_incidents.h"

static const char *const kind_words[] = {[INCIDENT_DEMAND] = "demand", [INCIDENT_BREACH] = "breach", NULL};

static const struct form_field tell_fields[] = {
	{.name = "kind", .label = "What it is", .kind = FIELD_CHOICE, .required = true, .choices = kind_words},
	{.name = "words", .label = "What happened", .kind = FIELD_PRIVATE, .required = true, .max = INCIDENT_WORDS},
};
const struct form_spec incident_tell_form = FORM(tell_fields);

static const struct form_field step_fields[] = {
	{.name = "incident", .label = "Incident", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "step", .label = "Step", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "note", .label = "Note", .kind = FIELD_PRIVATE, .max = INCIDENT_WORDS},
};
const struct form_spec incident_step_form = FORM(step_fields);

static const struct form_field close_fields[] = {
	{.name = "incident", .label = "Incident", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "outcome", .label = "What came of it", .kind = FIELD_PRIVATE, .required = true, .max = INCIDENT_WORDS},
};
const struct form_spec incident_close_form = FORM(close_fields);

/* --- telling --- */

static err_t show_tell(struct request *rq, int status, struct str error, bool told, struct reply *out)
{
	const struct form *f = &rq->form;
	struct incident_tell_page page = {
		.layout = site_layout(rq, S("Tell the privacy officer"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.told = told,
	};
	if (error.n > 0) {
		page.words = form_value(f, "words")->text;
		page.breach = form_choice(f, "kind") == INCIDENT_BREACH;
	}
	TRY(app_incident_officers(site_call(rq), &page.officers));
	t_incident_tell(reply_html(out, status), &page);
	return NULL;
}

err_t page_incident_new(struct request *rq, struct reply *out)
{
	return show_tell(rq, 200, (struct str){0}, false, out);
}

err_t page_incident_tell(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show_tell(rq, 422, S("Say what it is, and in a few words what happened."), false, out);
	err_t e = app_incident_tell(site_call(rq), (enum incident_kind)form_choice(f, "kind"),
				    form_pii(rq->arena, f, "words"));
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show_tell(rq, err_http_status(e->class), e->say, false, out);
	return show_tell(rq, 200, (struct str){0}, true, out);
}

/* --- the officer's page --- */

static void fill(struct arena *a, const struct incident_row *row, struct incident_view *v)
{
	*v = (struct incident_view){
		.row = row,
		.kind = str_from(incident_kind_say(row->kind)),
		.told = say_day(row->told),
		.due = say_day(row->due),
		.steps = arena_many(a, row->steps_n, struct incident_step_view),
		.steps_n = row->steps_n,
	};
	if (day_known(row->closed))
		v->closed = say_day(row->closed);
	for (size_t i = 0; i < row->steps_n; i++) {
		v->steps[i].row = &row->steps[i];
		if (row->steps[i].done)
			v->steps[i].on = say_day(row->steps[i].on);
	}
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct incidents_view view;
	TRY(app_incidents(site_call(rq), &view));
	struct incidents_page page = {
		.layout = site_layout(rq, S("Incidents"), ""),
		.csrf = rq->csrf,
		.error = error,
		.rows = arena_many(a, view.rows_n, struct incident_view),
		.rows_n = view.rows_n,
		.empty = {.title = S("Nothing was told"),
			  .text = S("Everybody can tell you of a subpoena, a warrant or a breach, under Account.")},
	};
	for (size_t i = 0; i < view.rows_n; i++)
		fill(a, &view.rows[i], &page.rows[i]);
	t_incidents(reply_html(out, status), &page);
	return NULL;
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show, S("/incidents"), out);
}

err_t page_incidents(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_incident_step(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("The note is too long."), out);
	const struct pii *note = form_value(f, "note")->given ? form_pii(rq->arena, f, "note") : NULL;
	return written(rq, app_incident_step(site_call(rq), form_text(f, "incident"), form_text(f, "step"), note), out);
}

err_t page_incident_close(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Say what came of it."), out);
	return written(rq,
		       app_incident_close(site_call(rq), form_text(f, "incident"), form_pii(rq->arena, f, "outcome")),
		       out);
}
