#include "web/page_quality.h"

#include "base/buf.h"
#include "web/page_conference.h"
#include "web/site.h"
#include "web/t_quality.h"
#include "web/t_quality_flag.h"
#include "web/t_quality_ready.h"

enum { ID_MOST = 40, REASON_MOST = 1000, AGENCIES_SHOWN = 3 };

static const struct form_field confirm_fields[] = {
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "reason", .label = "Why it is right", .kind = FIELD_PRIVATE, .required = true, .max = REASON_MOST},
	{.name = "back", .label = "Take back", .kind = FIELD_CHECK},
};
const struct form_spec quality_confirm_form = FORM(confirm_fields);

static struct url list_url(struct arena *a, const struct flag_row *flag)
{
	return url_query(a, URL("/list"), "where", str_fmt(a, "flag:%s", flag->word));
}

static struct str since_say(struct arena *a, const struct quality_line *line)
{
	if (line->fresh + line->mended == 0)
		return (struct str){0};
	return str_fmt(a, "%lld new since the last import, %lld mended", (long long)line->fresh,
		       (long long)line->mended);
}

static struct str agencies_say(struct arena *a, const struct quality_line *line)
{
	struct str say = {0};
	for (size_t i = 0; i < line->agencies_n && i < AGENCIES_SHOWN; i++)
		say = str_fmt(a, "%.*s%s%.*s %lld", STR_ARG(say), i > 0 ? ", " : "", STR_ARG(line->agencies[i].name),
			      (long long)line->agencies[i].n);
	if (line->agencies_n > AGENCIES_SHOWN)
		say = str_fmt(a, "%.*s, %zu more", STR_ARG(say), line->agencies_n - AGENCIES_SHOWN);
	return say;
}

err_t page_quality(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct quality_view view;
	TRY(app_quality(site_call(rq), &view));
	struct quality_line_view *lines = arena_many(a, view.lines_n, struct quality_line_view);
	for (size_t i = 0; i < view.lines_n; i++)
		lines[i] = (struct quality_line_view){
			.line = &view.lines[i],
			.href = url_path(a, "/flags/of/{}", str_from(view.lines[i].flag->word)),
			.list = list_url(a, view.lines[i].flag),
			.since = since_say(a, &view.lines[i]),
			.agencies = agencies_say(a, &view.lines[i]),
		};
	struct quality_page page = {
		.layout = site_layout(rq, S("Flags"), ""),
		.quality = &view,
		.lines = lines,
		.lines_n = view.lines_n,
		.aside = access_may(rq->actor->role, CAN_FLAGS),
		.empty =
			{
				.title = S("Nothing to mend"),
				.text = S("No household that is yours to look after has a flag."),
			},
	};
	t_quality(reply_html(out, 200), &page);
	return NULL;
}

static struct str called(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str word = request_param(rq, "flag");
	struct quality_flag_view view;
	TRY(app_quality_flag(site_call(rq), word, &view));
	struct quality_household_view *lines = arena_many(a, view.lines_n, struct quality_household_view);
	for (size_t i = 0; i < view.lines_n; i++) {
		const struct household_face *face = &view.lines[i].face;
		lines[i] = (struct quality_household_view){
			.line = &view.lines[i],
			.called = called(a, face),
			.href = url_path(a, "/household/{}", face->id),
		};
	}
	struct quality_flag_page page = {
		.layout = site_layout(rq, S("Flags"), ""),
		.flag = &view,
		.lines = lines,
		.lines_n = view.lines_n,
		.list = list_url(a, view.flag),
		.confirm = url_path(a, "/flags/of/{}", word),
		.csrf = rq->csrf,
		.error = error,
		.has_due = day_known(view.due),
		.can = view.flag->facts != FACTS_NONE,
		.empty = {.title = S("Nobody has it"), .text = S("It was mended, or never there.")},
	};
	if (view.total > view.lines_n)
		page.more = str_fmt(a, "%zu of %zu are shown; the others follow when these are mended.", view.lines_n,
				    view.total);
	t_quality_flag(reply_html(out, status), &page);
	return NULL;
}

err_t page_quality_flag(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_quality_confirm(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str word = request_param(rq, "flag");
	if (!form_ok(f))
		return show(rq, 422, S("Say why, in a sentence: the reason stays with the decision."), out);
	err_t e = app_quality_confirm(site_call(rq), form_text(f, "household"), word, form_pii(rq->arena, f, "reason"),
				      form_checked(f, "back"));
	if (e != NULL && (e->class == ERR_CONFLICT || e->class == ERR_INVALID))
		return show(rq, err_http_status(e->class), e->say, out);
	TRY(e);
	reply_redirect(out, str_fmt(rq->arena, "/flags/of/%.*s", STR_ARG(word)));
	return NULL;
}

err_t page_quality_ready(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct quality_ready view;
	struct worklist_ref list;
	TRY(conference_list(rq, &list));
	TRY(app_quality_ready(site_call(rq), list, &view));
	struct quality_seat_view *seats = arena_many(a, view.seats_n, struct quality_seat_view);
	for (size_t i = 0; i < view.seats_n; i++)
		seats[i] = (struct quality_seat_view){
			.seat = &view.seats[i],
			.called = called(a, &view.seats[i].face),
			.href = url_path(a, "/household/{}", view.seats[i].face.id),
		};
	struct quality_ready_page page = {
		.layout = site_layout(rq, S("Ready for the conference"), ""),
		.ready = &view,
		.seats = seats,
		.seats_n = view.seats_n,
		.meets = day_known(view.meeting),
		.back = conference_list_url(a, URL("/conferences"), list),
		.empty =
			{
				.title = S("Ready"),
				.text = S("No household of this cycle has anything to mend."),
			},
	};
	t_quality_ready(reply_html(out, 200), &page);
	return NULL;
}
