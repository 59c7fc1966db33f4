#include "web/page_move.h"

#include "web/site.h"
#include "web/t_move.h"

static const struct form_field ask_fields[] = {
	{.name = "to", .label = "To which list", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = 1000},
};
const struct form_spec move_form = FORM(ask_fields);

#define X(name, word, state) word,
static const char *const answers[] = {REGION_MOVE_ANSWERS(X) NULL};
#undef X
static const struct form_field answer_fields[] = {
	{.name = "id", .label = "Move", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "act", .label = "Answer", .kind = FIELD_CHOICE, .required = true, .choices = answers},
	{.name = "reason", .label = "Why not", .kind = FIELD_PRIVATE, .max = 1000},
};
const struct form_spec move_answer_form = FORM(answer_fields);

static struct str called(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static void build_lines(struct arena *a, const struct region_move_row *rows, size_t n, struct move_page *page)
{
	static const struct {
		const char *state, *say;
		enum tone tone;
	} chips[] = {
		{"asked", "waits for an answer", TONE_WARN},
		{"accepted", "moved", TONE_GOOD},
		{"refused", "refused", TONE_IDLE},
		{"withdrawn", "withdrawn", TONE_IDLE},
	};
	struct move_line *lines = arena_many(a, n, struct move_line);
	for (size_t i = 0; i < n; i++) {
		lines[i] = (struct move_line){
			.row = &rows[i],
			.key = str_fmt(a, "%zu", i),
			.called = called(a, &rows[i].face),
			.household = url_path(a, "/household/{}", rows[i].face.id),
		};
		for (size_t k = 0; k < sizeof chips / sizeof *chips; k++)
			if (str_eq(rows[i].state, str_from(chips[k].state)))
				lines[i].chip = (struct chip_view){str_from(chips[k].say), chips[k].tone};
	}
	page->lines = lines;
	page->lines_n = n;
}

static err_t show_one(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct region_move_page view;
	TRY(app_region_move_page(site_call(rq), id, &view));
	bool again = error.n > 0;
	struct option_view *to = arena_many(a, view.to_n, struct option_view);
	for (size_t i = 0; i < view.to_n; i++)
		to[i] = (struct option_view){view.to[i].id, view.to[i].name,
					     again && str_eq(form_text(&rq->form, "to"), view.to[i].id)};
	struct move_page page = {
		.layout = site_layout(rq, S("Another region’s list"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.called = called(a, &view.face),
		.region = view.region,
		.household = url_path(a, "/household/{}", id),
		.here = url_path(a, "/household/{}/move", id),
		.to = to,
		.to_n = view.to_n,
		.alone = view.alone,
		.reason = again ? form_value(&rq->form, "reason")->text : (struct str){0},
	};
	build_lines(a, view.rows, view.rows_n, &page);
	t_move(reply_html(out, status), &page);
	return NULL;
}

err_t page_move(struct request *rq, struct reply *out)
{
	return show_one(rq, 200, (struct str){0}, out);
}

err_t page_move_ask(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = request_param(rq, "id");
	if (!form_ok(f))
		return show_one(rq, 422, S("Choose a region, and say why."), out);
	err_t e = app_region_move_ask(site_call(rq), id, form_text(f, "to"), form_pii(rq->arena, f, "reason"));
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show_one(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s/move", STR_ARG(id)));
	return NULL;
}

static err_t show_all(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct region_moves_view view;
	TRY(app_region_moves(site_call(rq), &view));
	struct move_page page = {
		.layout = site_layout(rq, S("Moves between regions"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.all = true,
		.household = URL("/list"),
		.here = URL("/moves"),
	};
	build_lines(a, view.rows, view.rows_n, &page);
	t_move(reply_html(out, status), &page);
	return NULL;
}

err_t page_moves(struct request *rq, struct reply *out)
{
	return show_all(rq, 200, (struct str){0}, out);
}

err_t page_move_answer(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str household;
	if (!form_ok(f))
		return show_all(rq, 422, S("Choose what you answer."), out);
	err_t e = app_region_move_answer(site_call(rq), form_text(f, "id"),
					 (enum region_move_answer)form_choice(f, "act"),
					 form_pii(rq->arena, f, "reason"), &household);
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show_all(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s/move", STR_ARG(household)));
	return NULL;
}
