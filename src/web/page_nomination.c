#include "web/page_nomination.h"

#include "web/site.h"
#include "web/t_nomination.h"

enum { ID_MOST = 40 };

static const struct form_field add_fields[] = {
	{.name = "kind", .label = "Kind of opening", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = NOMINATION_WORDS_MOST},
	{.name = "review", .label = "Look at it again on", .kind = FIELD_DAY, .required = true},
	{.name = "until", .label = "It ends after", .kind = FIELD_DAY, .required = true},
};
const struct form_spec nomination_form = FORM(add_fields);

#define X(name, word, say) word,
static const char *const stances[] = {NOMINATION_STANCES(X) NULL};
#undef X
static const struct form_field state_fields[] = {
	{.name = "id", .label = "Nomination", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "stance", .label = "What it says", .kind = FIELD_CHOICE, .required = true, .choices = stances},
};
const struct form_spec nomination_state_form = FORM(state_fields);

enum { ACT_DECIDE, ACT_REVIEW, ACT_END };
static const char *const acts[] = {"decide", "review", "end", NULL};
static const struct form_field decide_fields[] = {
	{.name = "id", .label = "Nomination", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "act", .label = "Act", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "why", .label = "The group’s reason", .kind = FIELD_PRIVATE, .max = NOMINATION_WORDS_MOST},
	{.name = "review", .label = "Look at it again on", .kind = FIELD_DAY},
};
const struct form_spec nomination_decide_form = FORM(decide_fields);

static const struct nomination_said_line *said_of(struct arena *a, const struct nomination_row *row)
{
	struct nomination_said_line *lines = arena_many(a, row->said_n, struct nomination_said_line);
	for (size_t i = 0; i < row->said_n; i++)
		lines[i] =
			(struct nomination_said_line){&row->said[i], nomination_stance_table[row->said[i].stance].say};
	return lines;
}

static const struct nomination_line *lines_of(struct arena *a, const struct nomination_view *v)
{
	static const struct {
		const char *say;
		enum tone tone;
	} chips[] = {
		[NOMINATION_WAITS] = {"waits for the group", TONE_WARN},
		[NOMINATION_HOLDS] = {"holds", TONE_GOOD},
		[NOMINATION_REFUSED] = {"not agreed", TONE_IDLE},
		[NOMINATION_OVER] = {"over", TONE_IDLE},
		[NOMINATION_ENDED] = {"ended", TONE_IDLE},
	};
	struct nomination_line *lines = arena_many(a, v->rows_n, struct nomination_line);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct nomination_row *row = &v->rows[i];
		lines[i] = (struct nomination_line){
			.row = row,
			.kind = str_from(policy_kind_table[row->kind].say),
			.chip = {str_from(chips[row->state].say), chips[row->state].tone},
			.said = said_of(a, row),
			.said_n = row->said_n,
			.holds = row->state == NOMINATION_HOLDS,
		};
		if (row->level > 1)
			lines[i].level = str_fmt(a,
						 "%d households were level with one another but for this decision and "
						 "the lot.",
						 row->level);
	}
	return lines;
}

static void add_options(struct arena *a, const struct nomination_view *v, struct nomination_page *page)
{
	struct option_view *kinds = arena_many(a, v->kinds_n, struct option_view);
	for (size_t i = 0; i < v->kinds_n; i++) {
		const struct policy_kind_row *row = &policy_kind_table[v->kinds[i].kind];
		kinds[i] = (struct option_view){
			row->word, str_fmt(a, "%s (at most %d days)", row->say, v->kinds[i].most_days), false};
	}
	struct option_view *said = arena_many(a, NOMINATION_STANCES_N, struct option_view);
	for (int s = 0; s < NOMINATION_STANCES_N; s++)
		said[s] = (struct option_view){nomination_stance_table[s].word, nomination_stance_table[s].say, false};
	struct option_view *agencies = arena_many(a, v->agencies_n, struct option_view);
	for (size_t i = 0; i < v->agencies_n; i++)
		agencies[i] = (struct option_view){v->agencies[i].id, v->agencies[i].name, false};
	page->kinds = kinds;
	page->kinds_n = v->kinds_n;
	page->stances = said;
	page->stances_n = NOMINATION_STANCES_N;
	page->agencies = agencies;
	page->agencies_n = v->agencies_n;
}

static err_t show(struct request *rq, int status, struct str error, bool typed, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct nomination_view view;
	char day[DAY_TEXT];
	TRY(app_nominations(site_call(rq), id, &view));
	struct nomination_page page = {
		.layout = site_layout(rq, S("Nominations"), "page--narrow"),
		.view = &view,
		.called = view.face.named ? view.face.name : str_fmt(a, "Household %.*s", STR_ARG(view.face.code)),
		.household = url_path(a, "/household/{}", id),
		.here = url_path(a, "/household/{}/nomination", id),
		.state = url_path(a, "/household/{}/nomination/state", id),
		.decide = url_path(a, "/household/{}/nomination/decide", id),
		.csrf = rq->csrf,
		.error = error,
		.lines = lines_of(a, &view),
		.lines_n = view.rows_n,
		.soonest = str_dup(a, str_from(day_text(day_add(rq->today, 1), day))),
	};
	add_options(a, &view, &page);
	if (typed) {
		page.reason = form_value(&rq->form, "reason")->text;
		page.review = form_value(&rq->form, "review")->text;
		page.until = form_value(&rq->form, "until")->text;
	}
	t_nomination(reply_html(out, status), &page);
	return NULL;
}

err_t page_nomination(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

static err_t answer(struct request *rq, err_t e, bool typed, struct reply *out)
{
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, typed, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s/nomination", STR_ARG(request_param(rq, "id"))));
	return NULL;
}

err_t page_nomination_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct nomination_words words = {.review = form_day(f, "review"), .until = form_day(f, "until")};
	if (!form_ok(f) || !policy_kind_parse(form_text(f, "kind"), &words.kind))
		return show(rq, 422, S("Say for which kind of opening, why, and both days."), true, out);
	words.reason = form_pii(rq->arena, f, "reason");
	return answer(rq, app_nomination_add(site_call(rq), request_param(rq, "id"), &words), true, out);
}

err_t page_nomination_state(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose what the agency says."), false, out);
	return answer(rq,
		      app_nomination_state(site_call(rq), request_param(rq, "id"), form_text(f, "id"),
					   form_text(f, "agency"), (enum nomination_stance)form_choice(f, "stance")),
		      false, out);
}

err_t page_nomination_decide(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct call *c = site_call(rq);
	struct str household = request_param(rq, "id");
	struct str id = form_text(f, "id");
	int act = form_choice(f, "act");
	if (!form_ok(f) || (act == ACT_DECIDE && form_pii(rq->arena, f, "why") == NULL) ||
	    (act == ACT_REVIEW && !day_known(form_day(f, "review"))))
		return show(rq, 422, S("Say what was decided and why, or on which day it is looked at again."), false,
			    out);
	if (act == ACT_DECIDE)
		return answer(rq, app_nomination_decide(c, household, id, form_pii(rq->arena, f, "why")), false, out);
	if (act == ACT_REVIEW)
		return answer(rq, app_nomination_review(c, household, id, form_day(f, "review")), false, out);
	return answer(rq, app_nomination_end(c, household, id), false, out);
}
