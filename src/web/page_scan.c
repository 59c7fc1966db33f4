#include "web/page_scan.h"

#include "web/page_conference.h"
#include "web/site.h"
#include "web/t_conference_scan.h"
#include "web/t_conference_scan_part.h"

enum { ID_MOST = 40, PAGES_MOST = 10000, MINUTE = 60 };

static const struct form_field scan_fields[] = {
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = PAGES_MOST},
};
const struct form_spec scan_form = FORM(scan_fields);

static const char *const marks[] = {"fine", "next", NULL};
static const struct form_field mark_fields[] = {
	{.name = "mark", .label = "The answer", .kind = FIELD_CHOICE, .required = true, .choices = marks},
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = PAGES_MOST},
};
const struct form_spec scan_mark_form = FORM(mark_fields);

static const struct form_field step_fields[] = {
	{.name = "words", .label = "The action step", .kind = FIELD_PRIVATE, .required = true},
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = PAGES_MOST},
};
const struct form_spec scan_step_form = FORM(step_fields);

static struct url with_page(struct arena *a, struct url path, int page)
{
	return url_query(a, path, "page", str_fmt(a, "%d", page));
}

static const struct scan_row *rows_of(struct arena *a, const struct scan_view *v)
{
	struct scan_row *rows = arena_many(a, v->lines_n, struct scan_row);
	for (size_t i = 0; i < v->lines_n; i++) {
		const struct scan_line *line = &v->lines[i];
		struct str mark = str_from(line->mark);
		rows[i] = (struct scan_row){
			.line = line,
			.href = url_path(a, "/household/{}", line->face.id),
			.mark = url_path(a, "/conference/{}/scan/{}", v->id, line->face.id),
			.step = url_path(a, "/conference/{}/scan/{}/step", v->id, line->face.id),
			.fine = str_eq(mark, scan_mark_table[SCAN_FINE].key),
			.next = str_eq(mark, scan_mark_table[SCAN_NEXT].key),
			.stepped = str_eq(mark, scan_mark_table[SCAN_STEP].key),
		};
		rows[i].chip = (struct chip_view){line->mark_said, rows[i].fine ? TONE_GOOD : TONE_INFO};
	}
	return rows;
}

static struct str pace_said(struct arena *a, const struct scan_view *v)
{
	int left = v->all - v->looked;
	if (v->seconds == 0 || left == 0)
		return S("");
	int minutes = (left * v->seconds + MINUTE - 1) / MINUTE;
	return str_fmt(a, "About %d seconds each: %d %s for the %d left.", v->seconds, minutes,
		       minutes == 1 ? "minute" : "minutes", left);
}

static err_t load(struct request *rq, int page, struct str error, struct str told, struct scan_view *v,
		  struct scan_page *out)
{
	struct arena *a = rq->arena;
	TRY(app_scan(site_call(rq), request_param(rq, "id"), page, v));
	struct layout *layout = arena_one(a, struct layout);
	struct url here = url_path(a, "/conference/{}/scan", v->id);
	*layout = *site_layout(rq, str_fmt(a, "Quick scan, %.*s", STR_ARG(v->title)), "");
	layout->stream = url_path(a, "/conference/{}/events", v->id);
	layout->stream_after = v->seen;
	*out = (struct scan_page){
		.layout = layout,
		.view = v,
		.csrf = rq->csrf,
		.error = error,
		.told = told,
		.self = with_page(a, url_path(a, "/conference/{}/scan/lines", v->id), v->page),
		.live = str_fmt(a, "%.*s/scan.mark %.*s/step.add %.*s/card.next list", STR_ARG(v->topic),
				STR_ARG(v->topic), STR_ARG(v->topic)),
		.back = url_path(a, "/conference/{}", v->id),
		.rows = rows_of(a, v),
		.rows_n = v->lines_n,
		.pace = pace_said(a, v),
		.pager = {.said = str_fmt(a, "%d to %d of %d", v->first, v->last, v->all),
			  .has_previous = v->page > 1,
			  .has_next = v->page < v->pages},
	};
	out->owners = conference_owners(a, v->people, v->people_n, S(""), &out->owners_n);
	if (out->pager.has_previous)
		out->pager.previous = with_page(a, here, v->page - 1);
	if (out->pager.has_next)
		out->pager.next = with_page(a, here, v->page + 1);
	return NULL;
}

static err_t show(struct request *rq, struct reply *out, int page, int status, struct str error, struct str told)
{
	struct scan_view view;
	struct scan_page parts;
	TRY(load(rq, page, error, told, &view, &parts));
	if (rq->fragment)
		t_conference_scan_part(reply_html(out, status), &parts);
	else
		t_conference_scan(reply_html(out, status), &parts);
	return NULL;
}

static int page_asked(const struct request *rq)
{
	return (int)form_int(&rq->form, "page", 0);
}

err_t page_scan(struct request *rq, struct reply *out)
{
	return show(rq, out, page_asked(rq), 200, S(""), S(""));
}

err_t page_scan_lines(struct request *rq, struct reply *out)
{
	return show(rq, out, page_asked(rq), 200, S(""), S(""));
}

/* After an answer: the lines again for a script; else the page, at the line. */
static err_t go_on(struct request *rq, struct reply *out, err_t e, struct str told)
{
	struct arena *a = rq->arena;
	if (e != NULL && (e->class == ERR_INVALID || e->class == ERR_CONFLICT))
		return show(rq, out, page_asked(rq), err_http_status(e->class), e->say, S(""));
	if (e != NULL)
		return e;
	if (rq->fragment || told.n > 0)
		return show(rq, out, page_asked(rq), 200, S(""), told);
	struct url here = url_path(a, "/conference/{}/scan", request_param(rq, "id"));
	if (page_asked(rq) > 0)
		here = with_page(a, here, page_asked(rq));
	reply_redirect(out, str_fmt(a, "%.*s#next", STR_ARG(here.s)));
	return NULL;
}

err_t page_scan_mark(struct request *rq, struct reply *out)
{
	static const enum scan_mark of[] = {SCAN_FINE, SCAN_NEXT};
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_scan_mark(site_call(rq), request_param(rq, "id"), request_param(rq, "household"),
				  of[form_choice(&rq->form, "mark")]);
	return go_on(rq, out, e, S(""));
}

err_t page_scan_step(struct request *rq, struct reply *out)
{
	struct step_said said = {0};
	err_t e = conference_form_fault(rq);
	if (e == NULL) {
		struct step_new step = {
			.words = form_pii(rq->arena, &rq->form, "words"),
			.owner_id = form_text(&rq->form, "owner"),
			.due = form_day(&rq->form, "due"),
		};
		e = app_scan_step(site_call(rq), request_param(rq, "id"), request_param(rq, "household"), &step, &said);
	}
	return go_on(rq, out, e, said.read_back);
}
