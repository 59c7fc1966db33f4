#include "web/page_law.h"

#include "app/meeting.h"
#include "app/release.h"
#include "web/site.h"
#include "web/t_laws.h"

enum { MEMBERS_MOST = 50, ID_MOST = 40, WORDS_MOST = 1000 };

#define X(name, word, say) word,
static const char *const law_words[] = {LAWS(X) NULL};
#undef X

static const struct form_field law_fields[] = {
	{.name = "member", .label = "Whom it is about", .kind = FIELD_INT, .required = true, .most = MEMBERS_MOST},
	{.name = "law", .label = "The law", .kind = FIELD_CHOICE, .required = true, .choices = law_words},
	{.name = "words", .label = "What it is", .kind = FIELD_PRIVATE, .required = true, .max = WORDS_MOST},
};
const struct form_spec law_form = FORM(law_fields);

static const struct form_field end_fields[] = {
	{.name = "fact", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec law_end_form = FORM(end_fields);

static void build_lines(struct arena *a, const struct law_view *v, struct law_page *page)
{
	struct law_line_view *lines = arena_many(a, v->lines_n, struct law_line_view);
	for (size_t i = 0; i < v->lines_n; i++) {
		const struct law_line *line = &v->lines[i];
		lines[i] = (struct law_line_view){
			.line = line,
			.say = str_from(law_say(line->law)),
			.notice = str_from(line->notice ? law_notice(line->law) : ""),
			.nothing = line->released && line->facts_n == 0 && line->agencies_n == 0,
		};
	}
	page->lines = lines;
	page->lines_n = v->lines_n;
}

/* The two laws that most such facts come under stand first. */
static void build_form(struct request *rq, const struct law_view *v, bool again, struct law_page *page)
{
	static const enum fact_law order[] = {LAW_PART2, LAW_27F, LAW_VAWA, LAW_HIPAA, LAW_RHY, LAW_VA};
	enum { LAWS_OFFERED = sizeof order / sizeof *order };
	_Static_assert(LAWS_OFFERED == LAWS_N - 1, "every law but the HMIS notice can be chosen");
	struct arena *a = rq->arena;
	struct option_view *members = arena_many(a, v->members_n, struct option_view);
	struct option_view *laws = arena_many(a, LAWS_OFFERED, struct option_view);
	for (size_t i = 0; i < v->members_n; i++)
		members[i] =
			(struct option_view){str_fmt(a, "%zu", v->members[i].at), v->members[i].called,
					     again && form_int(&rq->form, "member", 0) == (int64_t)v->members[i].at};
	for (size_t i = 0; i < LAWS_OFFERED; i++)
		laws[i] = (struct option_view){str_from(law_word(order[i])), str_from(law_say(order[i])),
					       again && form_choice(&rq->form, "law") == (int)order[i]};
	page->members = members;
	page->members_n = v->members_n;
	page->laws = laws;
	page->laws_n = LAWS_OFFERED;
	page->words = form_typed(&rq->form, again, "words", (struct str){0});
}

/* `again`: what was typed comes back. */
static err_t build(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct law_view view;
	TRY(app_laws(site_call(rq), id, &view));
	struct law_page page = {
		.layout = site_layout(rq, S("Facts under laws of their own"), ""),
		.view = &view,
		.csrf = rq->csrf,
		.error = error,
		.called = view.face.named ? view.face.name : str_fmt(a, "Household %.*s", STR_ARG(view.face.code)),
		.household = url_path(a, "/household/{}", id),
		.write = url_path(a, "/household/{}/laws", id),
		.take_back = url_path(a, "/household/{}/laws/back", id),
		.releases = url_path(a, "/household/{}/releases", id),
	};
	build_lines(a, &view, &page);
	build_form(rq, &view, again, &page);
	t_laws(reply_html(out, status), &page);
	return NULL;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, false, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, true, out);
}

static struct str here(struct request *rq)
{
	return str_fmt(rq->arena, "/household/%.*s/laws", STR_ARG(request_param(rq, "id")));
}

err_t page_laws(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_law_write(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_law_write(site_call(rq), request_param(rq, "id"), (size_t)form_int(f, "member", 0),
				  (enum fact_law)form_choice(f, "law"), form_pii(rq->arena, f, "words"));
	return site_written(rq, e, show_typed, here(rq), out);
}

err_t page_law_take_back(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_law_take_back(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "fact"));
	return site_written(rq, e, show, here(rq), out);
}
