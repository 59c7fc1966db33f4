/* One referral. */
#include "web/page_referral.h"

#include <ctype.h>

#include "domain/document.h"
#include "web/site.h"
#include "web/t_referral.h"

enum { ID_MOST = 40, KEY_MOST = 40 };

static const struct form_field issue_fields[] = {
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec referral_issue_form = FORM(issue_fields);

static const struct form_field move_fields[] = {
	{.name = "to", .label = "The step", .kind = FIELD_TEXT, .required = true, .max = KEY_MOST},
	{.name = "seen", .label = "What the page showed", .kind = FIELD_TEXT, .max = KEY_MOST},
	{.name = "reason", .label = "The reason", .kind = FIELD_TEXT, .max = KEY_MOST},
	{.name = "words", .label = "In a few words", .kind = FIELD_PRIVATE},
};
const struct form_spec referral_move_form = FORM(move_fields);

static const char *const word_keys[] = {
	[REFERRAL_NOTE] = "note",
	[REFERRAL_ATTEMPT] = "attempt",
	[REFERRAL_PLAN] = "plan",
	[REFERRAL_WORDS_N] = NULL,
};
static const struct form_field note_fields[] = {
	{.name = "as", .label = "What it is", .kind = FIELD_CHOICE, .required = true, .choices = word_keys},
	{.name = "words", .label = "In a few words", .kind = FIELD_PRIVATE},
};
const struct form_spec referral_note_form = FORM(note_fields);

enum { REVIEW_REOPEN, REVIEW_AGREE };
static const char *const reviews[] = {[REVIEW_REOPEN] = "reopen", [REVIEW_AGREE] = "agree", NULL};
static const struct form_field review_fields[] = {
	{.name = "act", .label = "What follows", .kind = FIELD_CHOICE, .required = true, .choices = reviews},
	{.name = "words", .label = "In a few words", .kind = FIELD_PRIVATE},
};
const struct form_spec referral_review_form = FORM(review_fields);

static const struct form_field task_fields[] = {
	{.name = "task", .label = "What", .kind = FIELD_TEXT, .required = true, .max = KEY_MOST},
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY},
	{.name = "done", .label = "Done", .kind = FIELD_CHECK},
};
const struct form_spec referral_task_form = FORM(task_fields);

static const struct option_view *reasons_of(struct arena *a, const struct referral_reason *rows, size_t n,
					    struct str chosen)
{
	struct option_view *options = arena_many(a, n, struct option_view);
	for (size_t i = 0; i < n; i++)
		options[i] = (struct option_view){rows[i].key, rows[i].words, str_eq(rows[i].key, chosen)};
	return options;
}

/* "household reached" as a button says it. */
static struct str button_of(struct arena *a, struct str words)
{
	return str_fmt(a, "%c%.*s", toupper((unsigned char)words.p[0]), (int)words.n - 1, words.p + 1);
}

static struct str questions_of(struct arena *a)
{
	struct buf b = buf_new(a, 2000);
	for (size_t i = 0; i < referral_provider_reasons_n; i++)
		if (referral_provider_reasons[i].question) {
			if (b.n > 0)
				buf_lit(&b, "; ");
			buf_str(&b, referral_provider_reasons[i].words);
		}
	return buf_text(&b);
}

/* Which steps may be taken from here, and by the viewer. */
static void build_steps(struct arena *a, struct referral_page *page)
{
	const struct referral_row *row = &page->view->row;
	struct option_view *steps = arena_many(a, REFERRAL_STATES_N, struct option_view);
	for (int to = REFERRAL_ACKNOWLEDGED; to <= REFERRAL_MOVED_IN; to++)
		if (to != REFERRAL_ACCEPTED && referral_may_become(row->state, (enum referral_state)to))
			steps[page->steps_n++] = (struct option_view){
				referral_state_table[to].key, button_of(a, referral_state_table[to].words), false};
	page->steps = steps;
	bool open = referral_is_open(row->state);
	bool issued = open && row->state != REFERRAL_REQUESTED;
	page->may_issue = row->plans && row->state == REFERRAL_REQUESTED;
	page->may_move = page->view->may_write && issued;
	page->may_accept = page->may_move && row->state < REFERRAL_ACCEPTED;
	page->may_withdraw = row->plans ? open : row->receives && row->state == REFERRAL_REQUESTED;
}

static struct str facts_of(struct arena *a, const struct household_face *face)
{
	struct buf b = buf_new(a, 400);
	buf_str(&b, face->type);
	if (face->members > 1 && !face->coarse)
		buf_fmt(&b, " · %d people", face->members);
	if (face->days_on_list >= 0)
		buf_fmt(&b, " · %d days on the list", face->days_on_list);
	if (face->months_36 >= 0)
		buf_fmt(&b, " · homeless %d of the last 36 months", face->months_36);
	return buf_text(&b);
}

/* What the household's own page says of its papers: to whom it says that, as there. */
static err_t build_packet(struct request *rq, struct referral_page *page)
{
	const struct household_face *face = &page->view->row.face;
	struct ready_view *ready = arena_one(rq->arena, struct ready_view);
	page->packet = page->view->row.chosen && face->visible;
	if (!page->packet)
		return NULL;
	page->facts = facts_of(rq->arena, face);
	page->household = url_path(rq->arena, "/household/{}", face->id);
	if (face->unlisted || !face->notes)
		return NULL;
	TRY(app_ready(site_call(rq), face->id, ready));
	page->ready = ready;
	struct referral_paper *papers = arena_many(rq->arena, ready->documents_n, struct referral_paper);
	for (size_t i = 0; i < ready->documents_n; i++)
		papers[i] = (struct referral_paper){document_table[ready->documents[i].kind].label,
						    ready->documents[i].holds};
	page->papers = papers;
	page->papers_n = ready->documents_n;
	return NULL;
}

static struct referral_task_line task_line(struct request *rq, const struct referral_view *v, int t)
{
	struct arena *a = rq->arena;
	const struct referral_task_row *row = &v->tasks[t];
	const struct referral_task_kind *kind = &referral_task_table[t];
	struct option_view *people = arena_many(a, v->people_n, struct option_view);
	char day[DAY_SAY], iso[DAY_TEXT];
	for (size_t i = 0; i < v->people_n; i++)
		people[i] = (struct option_view){v->people[i].id, v->people[i].name,
						 str_eq(v->people[i].id, row->owner_id)};
	struct referral_task_line line = {
		.row = row,
		.what = kind->words,
		.key = kind->key,
		.side = kind->receiver ? v->row.agency : S("who refers"),
		.say = row->owner,
		.due = str_dup(a, str_from(day_text(row->due, iso))),
		.is_done = day_known(row->done),
		.people = people,
		.people_n = v->people_n,
	};
	if (line.is_done) {
		line.say = str_fmt(a, "%.*s, %s", STR_ARG(row->done_by), day_say_date(row->done, day));
		line.chip = (struct chip_view){S("done"), TONE_GOOD};
		return line;
	}
	if (day_known(row->due))
		line.say = str_fmt(a, "%.*s%sby %s", STR_ARG(row->owner), row->owner.n > 0 ? ", " : "",
				   day_say(row->due, day));
	if (line.say.n == 0)
		line.say = S("nobody has taken it on yet");
	line.chip = row->late ? (struct chip_view){S("overdue"), TONE_BAD} : (struct chip_view){S("open"), TONE_IDLE};
	return line;
}

static void build_tasks(struct request *rq, struct referral_page *page)
{
	struct referral_task_line *tasks = arena_many(rq->arena, REFERRAL_TASKS_N, struct referral_task_line);
	struct referral_task_line *records = arena_many(rq->arena, REFERRAL_TASKS_N, struct referral_task_line);
	for (int t = 0; t < REFERRAL_TASKS_N; t++)
		if (referral_task_table[t].hmis)
			records[page->records_n++] = task_line(rq, page->view, t);
		else
			tasks[page->tasks_n++] = task_line(rq, page->view, t);
	page->tasks = tasks;
	page->records = records;
}

static err_t build(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct referral_view view;
	TRY(app_referral(site_call(rq), id, &view));
	struct str reason = form_typed(&rq->form, again, "reason", (struct str){0});
	struct referral_page page = {
		.layout = site_layout(rq, S("Referral"), ""),
		.view = &view,
		.csrf = rq->csrf,
		.error = error,
		.card = referral_card_of(rq, &view.row),
		.seen = referral_state_table[view.row.state].key,
		.kind = str_from(policy_kind_table[view.row.kind].say),
		.source = referral_source_table[view.row.source].words,
		.has_home = view.row.opening_id.n > 0,
		.home = url_path(a, "/openings/{}", view.row.opening_id),
		.issue = url_path(a, "/referrals/{}/issue", id),
		.move = url_path(a, "/referrals/{}/move", id),
		.note = url_path(a, "/referrals/{}/note", id),
		.review = url_path(a, "/referrals/{}/review", id),
		.task = url_path(a, "/referrals/{}/task", id),
		.client_reasons = reasons_of(a, referral_client_reasons, referral_client_reasons_n, reason),
		.client_reasons_n = referral_client_reasons_n,
		.provider_reasons = reasons_of(a, referral_provider_reasons, referral_provider_reasons_n, reason),
		.provider_reasons_n = referral_provider_reasons_n,
		.questions = questions_of(a),
		.reason = reason,
		.words = form_typed(&rq->form, again, "words", (struct str){0}),
	};
	build_steps(a, &page);
	TRY(build_packet(rq, &page));
	build_tasks(rq, &page);
	t_referral(reply_html(out, status), &page);
	return NULL;
}

err_t page_referral(struct request *rq, struct reply *out)
{
	return build(rq, 200, (struct str){0}, false, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, true, out);
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show_typed, str_fmt(rq->arena, "/referrals/%.*s", STR_ARG(request_param(rq, "id"))),
			    out);
}

err_t page_referral_issue(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_referral_issue(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "household"));
	return written(rq, e, out);
}

err_t page_referral_move(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct referral_move move = {
		.id = request_param(rq, "id"),
		.seen = form_text(f, "seen"),
		.reason = form_text(f, "reason"),
		.note = form_pii(rq->arena, f, "words"),
	};
	err_t e = form_error(rq->arena, f);
	if (e == NULL && !referral_state_parse(form_text(f, "to"), &move.to))
		e = err_new(rq->arena, ERR_INVALID, "Choose the step that was taken.");
	if (e == NULL)
		e = app_referral_move(site_call(rq), &move);
	return written(rq, e, out);
}

err_t page_referral_note(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_referral_note(site_call(rq), request_param(rq, "id"), (enum referral_word)form_choice(f, "as"),
				      form_pii(rq->arena, f, "words"));
	return written(rq, e, out);
}

err_t page_referral_review(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_referral_review(site_call(rq), request_param(rq, "id"), form_choice(f, "act") == REVIEW_REOPEN,
					form_pii(rq->arena, f, "words"));
	return written(rq, e, out);
}

err_t page_referral_task(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct referral_task_said said = {
		.id = request_param(rq, "id"),
		.owner = form_text(f, "owner"),
		.due = form_day(f, "due"),
		.done = form_checked(f, "done"),
	};
	err_t e = form_error(rq->arena, f);
	if (e == NULL && !referral_task_parse(form_text(f, "task"), &said.task))
		e = err_new(rq->arena, ERR_INVALID, "Choose what has to be arranged.");
	if (e == NULL)
		e = app_referral_task(site_call(rq), &said);
	return written(rq, e, out);
}
