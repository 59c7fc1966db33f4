#include "web/page_support.h"

#include "app/tenancy.h"
#include "web/site.h"
#include "web/t_support.h"

static const struct form_field tried_fields[] = {
	{.name = "kind", .label = "What", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "outcome", .label = "How it went", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "day", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "words", .label = "In words", .kind = FIELD_PRIVATE, .max = 800},
};
const struct form_spec tried_form = FORM(tried_fields);

static const struct form_field tenancy_fields[] = {
	{.name = "day", .label = "Since when", .kind = FIELD_DAY},
	{.name = "reason", .label = "What puts it at risk", .kind = FIELD_PRIVATE, .max = 800},
	{.name = "back", .label = "Take it out of the lane", .kind = FIELD_CHECK},
};
const struct form_spec tenancy_form = FORM(tenancy_fields);

static const struct form_field checkin_fields[] = {
	{.name = "which", .label = "Which check-in", .kind = FIELD_INT, .required = true, .most = CHECKINS_N - 1},
	{.name = "found", .label = "What was found", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "day", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "words", .label = "In words", .kind = FIELD_PRIVATE, .max = 800},
};
const struct form_spec checkin_form = FORM(checkin_fields);

const struct option_view *airtime_options(struct arena *a, size_t *n)
{
	struct option_view *options = arena_many(a, AIRTIMES_N, struct option_view);
	for (int i = 0; i < AIRTIMES_N; i++)
		options[i] = (struct option_view){airtime_table[i].key, airtime_table[i].label, false};
	*n = AIRTIMES_N;
	return options;
}

/* A reason that is none picks nothing, and the use case asks for one. */
unsigned airtime_picked(struct request *rq)
{
	unsigned set = 0;
	size_t n;
	const struct str *keys = form_many(&rq->form, "why", &n);
	for (size_t i = 0; i < n; i++) {
		unsigned one;
		if (!airtime_parse(keys[i], &one))
			return 0;
		set |= one;
	}
	return set;
}

static const struct option_view *word_options(struct arena *a, const struct intervention_word *words, size_t n)
{
	struct option_view *options = arena_many(a, n, struct option_view);
	for (size_t i = 0; i < n; i++)
		options[i] = (struct option_view){words[i].key, words[i].label, false};
	return options;
}

static void build_lines(struct arena *a, const struct support_view *v, struct support_page *page)
{
	struct support_line *lines = arena_many(a, v->rows_n, struct support_line);
	for (size_t i = 0; i < v->rows_n; i++)
		lines[i] = (struct support_line){
			.row = &v->rows[i],
			.kind = intervention_table[v->rows[i].tried.kind].label,
			.outcome = outcome_table[v->rows[i].tried.outcome].label,
			.step_up = v->rows[i].tried.outcome == OUTCOME_STEP_UP,
		};
	page->lines = lines;
	page->lines_n = v->rows_n;
}

static void build_checkins(struct arena *a, const struct checkin_view *v, struct support_page *page)
{
	struct support_checkin *lines = arena_many(a, CHECKINS_N, struct support_checkin);
	struct option_view *whiches = arena_many(a, CHECKINS_N, struct option_view);
	struct option_view *founds = arena_many(a, FOUND_N, struct option_view);
	for (size_t i = 0; i < CHECKINS_N; i++) {
		struct str days = str_fmt(a, "%d days", checkin_days[i]);
		lines[i] = (struct support_checkin){.days = days,
						    .said = checkin_found_say(v->rows[i].said.found),
						    .row = &v->rows[i],
						    .now = i == v->next};
		whiches[i] = (struct option_view){str_fmt(a, "%zu", i), days, i == v->next};
	}
	for (enum checkin_found f = 0; f < FOUND_N; f++)
		founds[f] = (struct option_view){checkin_found_key(f), checkin_found_say(f), false};
	page->checkins = lines;
	page->checkins_n = day_known(v->housed) ? CHECKINS_N : 0;
	page->whiches = whiches;
	page->whiches_n = CHECKINS_N;
	page->founds = founds;
	page->founds_n = FOUND_N;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct support_view view;
	char today[DAY_TEXT];
	TRY(app_support(site_call(rq), id, &view));
	struct support_page page = {
		.layout = site_layout(rq, S("What was tried"), ""),
		.support = &view,
		.csrf = rq->csrf,
		.error = error,
		.back = url_path(a, "/household/{}", id),
		.put_tried = url_path(a, "/household/{}/tried", id),
		.put_tenancy = url_path(a, "/household/{}/tenancy", id),
		.put_checkin = url_path(a, "/household/{}/checkin", id),
		.kinds = word_options(a, intervention_table, INTERVENTIONS_N),
		.kinds_n = INTERVENTIONS_N,
		.outcomes = word_options(a, outcome_table, OUTCOME_STEP_UP),
		.outcomes_n = OUTCOME_STEP_UP,
		.at_risk = day_known(view.at_risk),
		.today = str_dup(a, str_from(day_text(rq->today, today))),
	};
	page.whys = airtime_options(a, &page.whys_n);
	build_lines(a, &view, &page);
	build_checkins(a, &view.checkins, &page);
	t_support(reply_html(out, status), &page);
	return NULL;
}

err_t page_support(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show, url_path(rq->arena, "/household/{}/support", request_param(rq, "id")).s, out);
}

err_t page_support_tried(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct intervention tried = {.day = form_day(f, "day")};
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL && (!intervention_parse(form_text(f, "kind"), &tried.kind) ||
			  !outcome_parse(form_text(f, "outcome"), &tried.outcome)))
		e = err_new(rq->arena, ERR_INVALID, "Choose what was tried, and how it went.");
	if (e == NULL)
		e = app_support_record(site_call(rq), request_param(rq, "id"), &tried, form_pii(rq->arena, f, "words"));
	return written(rq, e, out);
}

err_t page_support_tenancy(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_tenancy_put(site_call(rq), request_param(rq, "id"), form_day(f, "day"),
				    form_pii(rq->arena, f, "reason"), form_checked(f, "back"));
	return written(rq, e, out);
}

err_t page_support_checkin(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct checkin said = {.day = form_day(f, "day")};
	const struct pii *words = form_pii(rq->arena, f, "words");
	err_t e = form_error(rq->arena, f);
	if (e == NULL && !checkin_found_parse(form_text(f, "found"), &said.found))
		e = err_new(rq->arena, ERR_INVALID, "Choose what was found.");
	if (e == NULL)
		e = app_checkin_put(site_call(rq), request_param(rq, "id"), (size_t)form_int(f, "which", CHECKINS_N),
				    &said, words);
	return written(rq, e, out);
}
