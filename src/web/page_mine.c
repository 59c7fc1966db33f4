#include "web/page_mine.h"

#include "app/say.h"
#include "web/site.h"
#include "web/t_mine.h"

enum act { ACT_DONE, ACT_NOT_YET, ACT_TAKE, ACT_GIVE };
static const char *const acts[] = {"done", "not_yet", "take", "give", NULL};
static const struct form_field fields[] = {
	{.name = "act", .label = "What", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "step", .label = "Step", .kind = FIELD_TEXT, .required = true, .max = 40},
};
const struct form_spec mine_form = FORM(fields);

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct mine_view view;
	TRY(app_mine(site_call(rq), &view));
	struct mine_line *lines = arena_many(a, view.steps_n, struct mine_line);
	for (size_t i = 0; i < view.steps_n; i++) {
		const struct own_step *step = &view.steps[i];
		lines[i].step = step;
		lines[i].chip = step->overdue_days > 0
					? (struct chip_view){str_fmt(a, "%d days over", step->overdue_days), TONE_WARN}
					: (struct chip_view){step->state, TONE_IDLE};
	}
	struct mine_household *households = arena_many(a, view.households_n, struct mine_household);
	for (size_t i = 0; i < view.households_n; i++)
		households[i] = (struct mine_household){
			&view.households[i],
			say_days_ago(a, view.households[i].contact, rq->today),
			url_path(a, "/household/{}/contact", view.households[i].id),
		};
	struct mine_page page = {
		.layout = site_layout(rq, S("My steps"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.lines = lines,
		.lines_n = view.steps_n,
		.questions = page_question_rows(a, view.questions, view.questions_n),
		.questions_n = view.questions_n,
		.households = households,
		.households_n = view.households_n,
		.said = view.steps_n == 0 ? S("Nothing is owed.")
					  : str_fmt(a, "%zu to do, %d of them overdue.", view.steps_n, view.overdue),
	};
	t_mine(reply_html(out, status), &page);
	return NULL;
}

err_t page_mine(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

err_t page_mine_act(struct request *rq, struct reply *out)
{
	struct call *c = site_call(rq);
	struct str step = form_text(&rq->form, "step");
	err_t e = form_error(rq->arena, &rq->form);
	if (e != NULL)
		return site_written(rq, e, show, S("/mine"), out);
	switch ((enum act)form_choice(&rq->form, "act")) {
	case ACT_DONE:
		e = app_mine_answer(c, step, STEP_DONE);
		break;
	case ACT_NOT_YET:
		e = app_mine_answer(c, step, STEP_NOT_YET);
		break;
	case ACT_TAKE:
		e = app_mine_take(c, step, false);
		break;
	case ACT_GIVE:
		e = app_mine_take(c, step, true);
		break;
	}
	return site_written(rq, e, show, S("/mine"), out);
}
