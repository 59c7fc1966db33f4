#include "web/page_adjustment.h"

#include "web/site.h"
#include "web/t_adjustment.h"

enum { ID_MOST = 40 };

static const struct form_field propose_fields[] = {
	{.name = "misses",
	 .label = "What the score misses",
	 .kind = FIELD_PRIVATE,
	 .required = true,
	 .max = ADJUSTMENT_WORDS_MOST},
	{.name = "reason",
	 .label = "The reason",
	 .kind = FIELD_PRIVATE,
	 .required = true,
	 .max = ADJUSTMENT_WORDS_MOST},
	{.name = "with_person", .label = "Written with the person", .kind = FIELD_CHECK},
	{.name = "review", .label = "Look at it again on", .kind = FIELD_DAY, .required = true},
	{.name = "until", .label = "It ends on", .kind = FIELD_DAY, .required = true},
};
const struct form_spec adjustment_form = FORM(propose_fields);

enum { ACT_AGREE, ACT_END, ACT_REVIEW };
static const char *const decisions[] = {"agree", "end", "review", NULL};
static const struct form_field decide_fields[] = {
	{.name = "id", .label = "Adjustment", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "act", .label = "Act", .kind = FIELD_CHOICE, .required = true, .choices = decisions},
	{.name = "review", .label = "Look at it again on", .kind = FIELD_DAY},
};
const struct form_spec adjustment_decide_form = FORM(decide_fields);

static const struct adjustment_line *lines_of(struct arena *a, const struct adjustment_view *v)
{
	static const struct {
		const char *say;
		enum tone tone;
	} chips[] = {
		[ADJUSTMENT_WAITS] = {"waits for another agency", TONE_WARN},
		[ADJUSTMENT_HOLDS] = {"holds", TONE_GOOD},
		[ADJUSTMENT_OVER] = {"over", TONE_IDLE},
		[ADJUSTMENT_TAKEN_BACK] = {"taken back", TONE_IDLE},
	};
	struct adjustment_line *lines = arena_many(a, v->rows_n, struct adjustment_line);
	for (size_t i = 0; i < v->rows_n; i++)
		lines[i] =
			(struct adjustment_line){&v->rows[i],
						 v->rows[i].can_end && v->rows[i].state == ADJUSTMENT_HOLDS,
						 {str_from(chips[v->rows[i].state].say), chips[v->rows[i].state].tone}};
	return lines;
}

static err_t show(struct request *rq, int status, struct str error, bool typed, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct adjustment_view view;
	TRY(app_adjustments(site_call(rq), id, &view));
	char day[DAY_TEXT];
	struct adjustment_page page = {
		.layout = site_layout(rq, S("What the score misses"), "page--narrow"),
		.view = &view,
		.called = view.face.named ? view.face.name : str_fmt(a, "Household %.*s", STR_ARG(view.face.code)),
		.household = url_path(a, "/household/{}", id),
		.here = url_path(a, "/household/{}/adjustment", id),
		.decide = url_path(a, "/household/{}/adjustment/decide", id),
		.csrf = rq->csrf,
		.error = error,
		.lines = lines_of(a, &view),
		.lines_n = view.rows_n,
		.most = str_dup(a, str_from(day_text(day_add(rq->today, view.most_days), day))),
	};
	if (typed) {
		page.misses = form_value(&rq->form, "misses")->text;
		page.reason = form_value(&rq->form, "reason")->text;
		page.review = form_value(&rq->form, "review")->text;
		page.until = form_value(&rq->form, "until")->text;
		page.with_person = form_checked(&rq->form, "with_person");
	}
	t_adjustment(reply_html(out, status), &page);
	return NULL;
}

err_t page_adjustment(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

static err_t answer(struct request *rq, err_t e, bool typed, struct reply *out)
{
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, typed, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s/adjustment", STR_ARG(request_param(rq, "id"))));
	return NULL;
}

err_t page_adjustment_propose(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Say what the score misses, why it raises the household, and both days."), true,
			    out);
	struct adjustment_words words = {
		.misses = form_pii(rq->arena, f, "misses"),
		.reason = form_pii(rq->arena, f, "reason"),
		.with_person = form_checked(f, "with_person"),
		.review = form_day(f, "review"),
		.until = form_day(f, "until"),
	};
	return answer(rq, app_adjustment_propose(site_call(rq), request_param(rq, "id"), &words), true, out);
}

err_t page_adjustment_decide(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose what is decided about which adjustment."), false, out);
	struct str id = request_param(rq, "id");
	struct str adjustment = form_text(f, "id");
	int act = form_choice(f, "act");
	if (act == ACT_AGREE)
		return answer(rq, app_adjustment_agree(site_call(rq), id, adjustment), false, out);
	if (act == ACT_END)
		return answer(rq, app_adjustment_end(site_call(rq), id, adjustment), false, out);
	return answer(rq, app_adjustment_review(site_call(rq), id, adjustment, form_day(f, "review")), false, out);
}
