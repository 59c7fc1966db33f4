#include "web/page_sitting.h"

#include "web/page_series.h"
#include "web/site.h"
#include "web/t_sitting.h"
#include "web/t_sitting_plan.h"

enum { ID_MOST = 40, LENGTH_MOST = 240 };

/* Every act on a meeting is one form of the same address. */
#define ACTS(X)                                                                                                        \
	X(OPEN, "open")                                                                                                \
	X(CLOSE, "close")                                                                                              \
	X(CANCEL, "cancel")                                                                                            \
	X(HAND, "hand")                                                                                                \
	X(IN, "in")                                                                                                    \
	X(OUT, "out")                                                                                                  \
	X(NOTE, "note")                                                                                                \
	X(DECISION, "decision")                                                                                        \
	X(NOTICE, "notice")                                                                                            \
	X(NOTICE_END, "notice-end")                                                                                    \
	X(ISSUE, "issue")                                                                                              \
	X(ISSUE_OWN, "issue-own")                                                                                      \
	X(ISSUE_CLOSE, "issue-close")                                                                                  \
	X(MOTION, "motion")                                                                                            \
	X(YES, "yes")                                                                                                  \
	X(NO, "no")                                                                                                    \
	X(ABSTAIN, "abstain")                                                                                          \
	X(MOTION_CLOSE, "motion-close")                                                                                \
	X(WORKSHOP, "workshop")                                                                                        \
	X(WORKSHOP_THERE, "workshop-there")

enum act {
#define X(name, word) ACT_##name,
	ACTS(X)
#undef X
};
#define X(name, word) word,
static const char *const acts[] = {ACTS(X) NULL};
#undef X
#define X(name, key, words) key,
static const char *const kinds[] = {NOTICE_KINDS(X) NULL};
static const char *const levels[] = {ISSUE_LEVELS(X) NULL};
#undef X

static const struct form_field act_fields[] = {
	{.name = "act", .label = "What", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "thing", .label = "Which", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "words", .label = "The text", .kind = FIELD_PRIVATE, .max = SITTING_NOTE},
	{.name = "sure", .label = "Nobody is named", .kind = FIELD_CHECK},
	{.name = "kind", .label = "Kind", .kind = FIELD_CHOICE, .choices = kinds},
	{.name = "level", .label = "Where it sits", .kind = FIELD_CHOICE, .choices = levels},
	{.name = "day", .label = "Day", .kind = FIELD_DAY},
	{.name = "minutes", .label = "Minutes", .kind = FIELD_INT, .least = 0, .most = 600},
	{.name = "room", .label = "Everybody here", .kind = FIELD_CHECK},
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec sitting_act_form = FORM(act_fields);

static const char *const item_names[] = {"item0", "item1", "item2", "item3", "item4", "item5", "item6", "item7"};
_Static_assert(sizeof item_names / sizeof *item_names == BUSINESS_ITEMS_N, "a field for each item");
#define ITEM(n, say)                                                                                                   \
	{                                                                                                              \
		.name = "item" #n, .label = (say), .kind = FIELD_INT, .least = 0, .most = LENGTH_MOST                  \
	}
static const struct form_field plan_fields[] = {
	{.name = "day", .label = "Day", .kind = FIELD_DAY, .required = true},
	{.name = "time", .label = "Time", .kind = FIELD_TEXT, .required = true, .max = 5},
	{.name = "minutes", .label = "Length", .kind = FIELD_INT, .required = true, .least = 0, .most = LENGTH_MOST},
	{.name = "place", .label = "Place", .kind = FIELD_TEXT, .max = SERIES_PLACE},
	{.name = "link", .label = "Video link", .kind = FIELD_TEXT, .max = SERIES_PLACE},
	{.name = "chair", .label = "Leads", .kind = FIELD_TEXT, .max = ID_MOST},
	ITEM(0, "Welcome"),
	ITEM(1, "Updates"),
	ITEM(2, "Funding"),
	ITEM(3, "Events"),
	ITEM(4, "Resources"),
	ITEM(5, "Issues"),
	ITEM(6, "Motions"),
	ITEM(7, "Closing"),
};
const struct form_spec sitting_form = FORM(plan_fields);

static void build_groups(struct arena *a, const struct board_view *board, struct sitting_page *page)
{
	struct board_group *groups = arena_many(a, NOTICE_KINDS_N, struct board_group);
	size_t at = 0;
	for (int kind = 0; kind < NOTICE_KINDS_N; kind++) {
		size_t first = at;
		while (at < board->notices_n && board->notices[at].kind == (enum notice_kind)kind)
			at++;
		if (at > first)
			groups[page->groups_n++] =
				(struct board_group){notice_table[kind].words, &board->notices[first], at - first};
	}
	page->groups = groups;
}

static void build_motions(struct arena *a, const struct board_view *board, struct sitting_page *page)
{
	struct motion_row *rows = arena_many(a, board->motions_n, struct motion_row);
	for (size_t i = 0; i < board->motions_n; i++) {
		const struct board_motion *m = &board->motions[i];
		const struct motion_count *n = &m->count;
		bool carried = !m->open && motion_result(n) == MOTION_CARRIED;
		rows[i] = (struct motion_row){
			.motion = m,
			.count = str_fmt(a, "%d yes, %d no, %d abstain; %d of %d agencies make a quorum", n->yes, n->no,
					 n->abstain, motion_needed(n), n->agencies),
			.chip = m->open ? (struct chip_view){S("votes are taken"), TONE_INFO}
					: (struct chip_view){m->result, carried ? TONE_GOOD : TONE_IDLE},
		};
	}
	page->motions = rows;
	page->motions_n = board->motions_n;
}

static void build_after(struct arena *a, const struct sitting_view *v, struct sitting_page *page)
{
	struct conference_after *after = arena_many(a, v->conferences_n, struct conference_after);
	for (size_t i = 0; i < v->conferences_n; i++)
		after[i] = (struct conference_after){
			&v->conferences[i],
			url_path(a, "/conference/{}", v->conferences[i].id),
			{v->conferences[i].state, v->conferences[i].live ? TONE_GOOD : TONE_INFO},
		};
	page->after = after;
	page->after_n = v->conferences_n;
	page->open_for_all = v->region_id.n == 0;
	page->conference_plan = url_query(a, URL("/conferences/plan"), "sitting", v->id);
	if (v->region_id.n > 0)
		page->conference_plan = url_query(a, page->conference_plan, "region", v->region_id);
	if (v->series_row.worklist_id.n > 0)
		page->conference_plan = url_query(a, page->conference_plan, "list", v->series_row.worklist_id);
}

static const struct option_view *word_options(struct arena *a, const struct board_words *table, int n, bool leads)
{
	struct option_view *options = arena_many(a, (size_t)n, struct option_view);
	for (int i = 0; i < n; i++)
		options[i] = (struct option_view){table[i].key, table[i].words, leads ? i == 0 : i == n - 1};
	return options;
}

/* The words come back where they were typed. */
static void keep_typed(const struct request *rq, const struct board_view *board, struct issue_row *issues,
		       struct sitting_page *page)
{
	const struct form *f = &rq->form;
	struct str words = form_value(f, "words")->text;
	page->unsure = words.n > 0;
	switch (form_choice(f, "act")) {
	case ACT_NOTE:
	case ACT_DECISION:
		page->note = words;
		break;
	case ACT_NOTICE:
		page->notice = words;
		break;
	case ACT_ISSUE:
		page->raised = words;
		break;
	case ACT_ISSUE_CLOSE:
		for (size_t i = 0; i < board->issues_n; i++)
			if (str_eq(board->issues[i].id, form_text(f, "thing")))
				issues[i].answer = words;
		break;
	case ACT_MOTION:
		page->moved = words;
		break;
	case ACT_WORKSHOP:
		page->held = words;
		break;
	default:
		page->unsure = false;
	}
}

static struct chip_view state_chip(const struct sitting_view *v)
{
	if (v->live)
		return (struct chip_view){S("running now"), TONE_GOOD};
	return (struct chip_view){v->row.state, v->planned ? TONE_INFO : TONE_IDLE};
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct sitting_view view;
	struct board_view board;
	char today[DAY_TEXT];
	TRY(app_sitting(site_call(rq), id, &view));
	TRY(app_board(site_call(rq), id, &board));
	struct issue_row *issues = arena_many(a, board.issues_n, struct issue_row);
	for (size_t i = 0; i < board.issues_n; i++)
		issues[i].issue = &board.issues[i];
	struct sitting_page page = {
		.layout = site_layout(rq, view.title, "page--aside"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.board = &board,
		.self = url_path(a, "/sitting/{}", id),
		.plan = url_path(a, "/sitting/{}/plan", id),
		.series = url_path(a, "/series/{}", view.series_id),
		.issues = issues,
		.issues_n = board.issues_n,
		.kinds = word_options(a, notice_table, NOTICE_KINDS_N, rq->actor->role == ROLE_LEAD),
		.kinds_n = NOTICE_KINDS_N,
		.levels = word_options(a, issue_table, ISSUE_LEVELS_N, false),
		.levels_n = ISSUE_LEVELS_N,
		.state = state_chip(&view),
		.today = str_dup(a, str_from(day_text(rq->today, today))),
	};
	if (!board.can_tell) { /* the first kind is theirs */
		page.kinds++;
		page.kinds_n--;
	}
	page.people = series_people_options(a, view.people, view.people_n, S(""), &page.people_n);
	build_groups(a, &board, &page);
	build_motions(a, &board, &page);
	build_after(a, &view, &page);
	if (error.n > 0)
		keep_typed(rq, &board, issues, &page);
	t_sitting(reply_html(out, status), &page);
	return NULL;
}

err_t page_sitting(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

static err_t act_on_board(struct request *rq, struct call *c, struct str id, enum act act)
{
	const struct form *f = &rq->form;
	const struct pii *words = form_pii(rq->arena, f, "words");
	struct str thing = form_text(f, "thing");
	bool sure = form_checked(f, "sure");
	int kind = form_choice(f, "kind"), level = form_choice(f, "level");
	switch (act) {
	case ACT_NOTICE:
		return app_notice_add(c, id, kind < 0 ? NOTICE_RESOURCE : (enum notice_kind)kind, words,
				      form_day(f, "day"), sure);
	case ACT_NOTICE_END:
		return app_notice_end(c, id, thing);
	case ACT_ISSUE:
		return app_issue_add(c, id, level < 0 ? ISSUE_SYSTEM : (enum issue_level)level, words, sure);
	case ACT_ISSUE_OWN: {
		struct str owner = form_text(f, "owner");
		return app_issue_own(c, id, thing, owner.n > 0 ? owner : c->actor.id);
	}
	case ACT_ISSUE_CLOSE:
		return app_issue_close(c, id, thing, words, sure);
	case ACT_MOTION:
		return app_motion_add(c, id, words, sure);
	case ACT_YES:
	case ACT_NO:
	case ACT_ABSTAIN:
		return app_motion_vote(c, id, thing,
				       act == ACT_YES  ? VOTE_YES
				       : act == ACT_NO ? VOTE_NO
						       : VOTE_ABSTAIN);
	case ACT_MOTION_CLOSE:
		return app_motion_close(c, id, thing);
	case ACT_WORKSHOP:
		return app_workshop_add(c, id, words, form_day(f, "day"), (int)form_int(f, "minutes", 0),
					form_checked(f, "room"), sure);
	default:
		return app_workshop_there(c, id, thing);
	}
}

err_t page_sitting_act(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct call *c = site_call(rq);
	struct str id = request_param(rq, "id");
	struct str self = url_path(rq->arena, "/sitting/{}", id).s;
	err_t e = form_error(rq->arena, f);
	if (e != NULL)
		return site_written(rq, e, show, self, out);
	enum act act = (enum act)form_choice(f, "act");
	switch (act) {
	case ACT_OPEN:
		e = app_sitting_open(c, id);
		break;
	case ACT_CLOSE:
		e = app_sitting_close(c, id);
		break;
	case ACT_CANCEL:
		e = app_sitting_cancel(c, id);
		break;
	case ACT_HAND:
		e = app_sitting_hand_over(c, id);
		break;
	case ACT_IN:
		e = app_sitting_in(c, id);
		break;
	case ACT_OUT:
		e = app_sitting_out(c, id);
		break;
	case ACT_NOTE:
	case ACT_DECISION:
		e = app_sitting_note(c, id, act == ACT_DECISION, form_pii(rq->arena, f, "words"),
				     form_checked(f, "sure"));
		break;
	default:
		e = act_on_board(rq, c, id, act);
	}
	return site_written(rq, e, show, self, out);
}

/* --- its plan --- */

static struct field_view field(const struct request *rq, enum input_kind kind, const char *name, struct str label,
			       struct str value, struct str hint)
{
	bool sent = rq->route->method == METHOD_POST;
	return (struct field_view){
		.kind = kind,
		.name = str_from(name),
		.label = label,
		.hint = hint,
		.error = sent ? form_value(&rq->form, name)->error : S(""),
		.value = sent ? form_value(&rq->form, name)->text : value,
		.required = true,
	};
}

static err_t show_plan(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct sitting_view view;
	char day[DAY_TEXT];
	TRY(app_sitting(site_call(rq), id, &view));
	if (!view.leads)
		return err_new(a, ERR_DENIED, "This is for who leads the meeting, and for the secretary.");
	struct field_view *items = arena_many(a, BUSINESS_ITEMS_N, struct field_view);
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		items[i] = field(rq, INPUT_NUMBER, item_names[i], business_table[i].title,
				 str_fmt(a, "%d", view.items[i].minutes), business_table[i].what);
	struct sitting_plan_page page = {
		.layout = site_layout(rq, view.title, "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.action = url_path(a, "/sitting/{}/plan", id),
		.back = url_path(a, "/sitting/{}", id),
		.day = field(rq, INPUT_DAY, "day", S("Day"), str_dup(a, str_from(day_text(view.row.day, day))), S("")),
		.time = field(rq, INPUT_LINE, "time", S("Time"), view.clock, S("Like 9:30 or 14:00.")),
		.minutes = field(rq, INPUT_NUMBER, "minutes", S("Business meeting, minutes"),
				 str_fmt(a, "%lld", (long long)view.row.minutes), S("")),
		.place = field(rq, INPUT_LINE, "place", S("Place"), view.row.place, S("")),
		.link = field(rq, INPUT_LINE, "link", S("Video link"), view.row.link, S("")),
		.chair = field(rq, INPUT_CHOICE, "chair", S("Leads the business meeting"), view.row.chair_id, S("")),
		.items = items,
		.items_n = BUSINESS_ITEMS_N,
		.arithmetic = str_fmt(a, "%d of %lld minutes are planned. An item of 0 is left out this time.",
				      view.items_minutes, (long long)view.row.minutes),
	};
	page.place.required = page.link.required = page.chair.required = false;
	page.chair.options =
		series_people_options(a, view.people, view.people_n, page.chair.value, &page.chair.options_n);
	t_sitting_plan(reply_html(out, status), &page);
	return NULL;
}

err_t page_sitting_plan(struct request *rq, struct reply *out)
{
	return show_plan(rq, 200, S(""), out);
}

err_t page_sitting_plan_post(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = request_param(rq, "id");
	struct sitting_put put = {
		.day = form_day(f, "day"),
		.minute = series_minute(form_text(f, "time")),
		.place = form_text(f, "place"),
		.link = form_text(f, "link"),
		.chair_id = form_text(f, "chair"),
		.minutes = (int)form_int(f, "minutes", 0),
	};
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		put.agenda[i] = (int)form_int(f, item_names[i], 0);
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_sitting_change(site_call(rq), id, &put);
	return site_written(rq, e, show_plan, url_path(rq->arena, "/sitting/{}", id).s, out);
}
