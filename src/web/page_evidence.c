#include "web/page_evidence.h"

#include "web/site.h"
#include "web/t_evidence.h"
#include "web/t_evidence_letter.h"

enum { ID_MOST = 40, MONTH_LENGTH = 7, WORDS_MOST = 200, DUE_DAYS = 14 };

static const char *const paper_kinds[] = {"third", "observed", "self", NULL};
static const struct form_field record_fields[] = {
	{.name = "kind", .label = "What it is", .kind = FIELD_CHOICE, .required = true, .choices = paper_kinds},
	{.name = "first", .label = "The month", .kind = FIELD_TEXT, .required = true, .max = MONTH_LENGTH},
	{.name = "last", .label = "The last month", .kind = FIELD_TEXT, .max = MONTH_LENGTH},
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "by_whom", .label = "Who signed", .kind = FIELD_PRIVATE, .max = WORDS_MOST},
	{.name = "dated", .label = "The day of the paper", .kind = FIELD_DAY, .required = true},
	{.name = "kept", .label = "Where it is kept", .kind = FIELD_PRIVATE, .required = true, .max = WORDS_MOST},
};
const struct form_spec evidence_form = FORM(record_fields);

static const struct form_field id_fields[] = {
	{.name = "id", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec evidence_withdraw_form = FORM(id_fields);

static const struct form_field task_fields[] = {
	{.name = "month", .label = "The month", .kind = FIELD_TEXT, .required = true, .max = MONTH_LENGTH},
	{.name = "owner", .label = "Who", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "due", .label = "By when", .kind = FIELD_DAY, .required = true},
};
const struct form_spec evidence_task_form = FORM(task_fields);

static const struct form_field letter_fields[] = {
	{.name = "month", .label = "The month", .kind = FIELD_TEXT, .required = true, .max = MONTH_LENGTH},
};
const struct form_spec evidence_letter_form = FORM(letter_fields);

#define X(name, word, say) word,
static const char *const disability_whats[] = {DISABILITY_PAPERS(X) NULL};
#undef X
static const struct form_field disability_fields[] = {
	{.name = "what", .label = "What it is", .kind = FIELD_CHOICE, .required = true, .choices = disability_whats},
	{.name = "given_by", .label = "Who gave it", .kind = FIELD_PRIVATE, .required = true, .max = WORDS_MOST},
	{.name = "dated", .label = "The day of the paper", .kind = FIELD_DAY, .required = true},
	{.name = "kept", .label = "Where it is kept", .kind = FIELD_PRIVATE, .required = true, .max = WORDS_MOST},
};
const struct form_spec disability_form = FORM(disability_fields);

/* Which of the forms was sent and did not succeed. */
enum sent { SENT_NONE, SENT_PAPER, SENT_TASK, SENT_DISABILITY };

static struct str called(const struct household_face *face, struct arena *a)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static const struct evidence_row *rows_of(struct arena *a, const struct evidence_view *v)
{
	static const char *const marks[] = {
		[EVIDENCE_BLANK] = "·", [EVIDENCE_SELF] = "S",   [EVIDENCE_OBSERVED] = "O",
		[EVIDENCE_THIRD] = "T", [EVIDENCE_BROKEN] = "×",
	};
	struct evidence_row *rows = arena_many(a, v->years_n, struct evidence_row);
	for (size_t i = 0; i < v->years_n; i++) {
		const struct evidence_year *y = &v->years[i];
		struct evidence_box *boxes = arena_many(a, y->months_n, struct evidence_box);
		for (size_t k = 0; k < y->months_n; k++) {
			const struct evidence_month *m = y->months[k];
			if (m == NULL)
				continue;
			boxes[k] = (struct evidence_box){
				.inside = true,
				.wanted = m->wanted,
				.kind = evidence_word(m->is),
				.mark = marks[m->is],
				.words = str_fmt(a, "%.*s: %s%s%.*s", STR_ARG(m->say), evidence_say(m->is),
						 m->who.n > 0 ? ". " : "", STR_ARG(m->who)),
			};
		}
		rows[i] = (struct evidence_row){y->year, boxes, y->months_n};
	}
	return rows;
}

/* The months to be documented, the earliest first, those on the shortest way apart from the others. */
static void fill_gaps(struct arena *a, struct str id, const struct evidence_view *v, struct evidence_page *page)
{
	struct evidence_gap *gaps[2] = {arena_many(a, EVIDENCE_MONTHS, struct evidence_gap),
					arena_many(a, EVIDENCE_MONTHS, struct evidence_gap)};
	size_t n[2] = {0, 0};
	for (int k = EVIDENCE_MONTHS - 1; k >= 0; k--) {
		const struct evidence_month *m = &v->months[k];
		if (m->is > EVIDENCE_SELF)
			continue;
		struct url letter = url_path(a, "/household/{}/months/letter", id);
		gaps[m->wanted][n[m->wanted]++] = (struct evidence_gap){m, url_query(a, letter, "month", m->value)};
	}
	page->wanted = gaps[true];
	page->wanted_n = n[true];
	page->others = gaps[false];
	page->others_n = n[false];
}

static void fill_typed(const struct form *f, enum sent sent, struct evidence_page *page)
{
	if (sent == SENT_PAPER) {
		page->kind = form_value(f, "kind")->text;
		page->first = form_value(f, "first")->text;
		page->last = form_value(f, "last")->text;
		page->agency = form_value(f, "agency")->text;
		page->by_whom = form_value(f, "by_whom")->text;
		page->dated = form_value(f, "dated")->text;
		page->kept = form_value(f, "kept")->text;
	} else if (sent == SENT_TASK) {
		page->month = form_value(f, "month")->text;
		page->owner = form_value(f, "owner")->text;
		page->due = form_value(f, "due")->text;
	} else if (sent == SENT_DISABILITY) {
		page->disability_again = true;
		page->given_by = form_value(f, "given_by")->text;
		page->proof_dated = form_value(f, "dated")->text;
		page->proof_kept = form_value(f, "kept")->text;
	}
}

static const struct option_view *what_options(struct arena *a, int chosen)
{
	struct option_view *options = arena_many(a, DISABILITY_PAPERS_N, struct option_view);
	for (int p = 0; p < DISABILITY_PAPERS_N; p++)
		options[p] = (struct option_view){str_from(disability_word((enum disability_paper)p)),
						  str_from(disability_say((enum disability_paper)p)), p == chosen};
	return options;
}

static struct str day_value(struct arena *a, struct day d)
{
	char text[DAY_TEXT];
	return str_dup(a, str_from(day_text(d, text)));
}

static err_t show(struct request *rq, int status, struct str error, enum sent sent, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct evidence_view *view = arena_one(a, struct evidence_view);
	TRY(app_evidence(site_call(rq), id, view));
	struct evidence_page page = {
		.layout = site_layout(rq, S("The twelve boxes"), ""),
		.view = view,
		.called = called(&view->face, a),
		.household = url_path(a, "/household/{}", id),
		.standing = url_path(a, "/household/{}/standing", id),
		.here = url_path(a, "/household/{}/months", id),
		.withdraw = url_path(a, "/household/{}/months/withdraw", id),
		.task = url_path(a, "/household/{}/months/task", id),
		.task_end = url_path(a, "/household/{}/months/task/end", id),
		.csrf = rq->csrf,
		.error = error,
		.today = day_value(a, rq->today),
		.dated = day_value(a, rq->today),
		.due = day_value(a, day_add(rq->today, DUE_DAYS)),
		.disability = url_path(a, "/household/{}/months/disability", id),
		.disability_withdraw = url_path(a, "/household/{}/months/disability/withdraw", id),
		.whats = what_options(a, sent == SENT_DISABILITY ? form_choice(&rq->form, "what") : 0),
		.whats_n = DISABILITY_PAPERS_N,
		.proof_dated = day_value(a, rq->today),
	};
	if (view->for_viewer) {
		page.rows = rows_of(a, view);
		page.rows_n = view->years_n;
		fill_gaps(a, id, view, &page);
		fill_typed(&rq->form, sent, &page);
	}
	t_evidence(reply_html(out, status), &page);
	return NULL;
}

err_t page_evidence(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, SENT_NONE, out);
}

static err_t answer(struct request *rq, err_t e, enum sent sent, struct reply *out)
{
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, sent, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s/months", STR_ARG(request_param(rq, "id"))));
	return NULL;
}

err_t page_evidence_record(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct evidence_words words = {
		.agency_id = form_text(f, "agency"),
		.by_whom = form_pii(rq->arena, f, "by_whom"),
		.dated = form_day(f, "dated"),
		.kept = form_pii(rq->arena, f, "kept"),
	};
	struct str last = form_text(f, "last");
	if (!form_ok(f) || !evidence_month_parse(form_text(f, "first"), &words.first) ||
	    !evidence_month_parse(last.n > 0 ? last : form_text(f, "first"), &words.last) ||
	    !evidence_parse(str_from(paper_kinds[form_choice(f, "kind")]), &words.kind))
		return show(rq, 422, S("Say what the paper is, for which months, of which day, and where it is kept."),
			    SENT_PAPER, out);
	return answer(rq, app_evidence_record(site_call(rq), request_param(rq, "id"), &words), SENT_PAPER, out);
}

err_t page_evidence_withdraw(struct request *rq, struct reply *out)
{
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Choose the paper to withdraw."), SENT_NONE, out);
	return answer(rq, app_evidence_withdraw(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "id")),
		      SENT_NONE, out);
}

err_t page_disability_record(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct disability_words words = {
		.by_whom = form_pii(rq->arena, f, "given_by"),
		.dated = form_day(f, "dated"),
		.kept = form_pii(rq->arena, f, "kept"),
	};
	if (!form_ok(f) || !disability_parse(str_from(disability_whats[form_choice(f, "what")]), &words.what))
		return show(rq, 422, S("Say what the paper is, who gave it, of which day it is and where it is kept."),
			    SENT_DISABILITY, out);
	return answer(rq, app_disability_record(site_call(rq), request_param(rq, "id"), &words), SENT_DISABILITY, out);
}

err_t page_disability_withdraw(struct request *rq, struct reply *out)
{
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Choose the paper to withdraw."), SENT_NONE, out);
	return answer(rq, app_disability_withdraw(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "id")),
		      SENT_NONE, out);
}

err_t page_evidence_task(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	int32_t month;
	if (!form_ok(f) || !evidence_month_parse(form_text(f, "month"), &month))
		return show(rq, 422, S("Choose a month, who gets it documented, and by when."), SENT_TASK, out);
	return answer(rq,
		      app_evidence_task(site_call(rq), request_param(rq, "id"), month, form_text(f, "owner"),
					form_day(f, "due")),
		      SENT_TASK, out);
}

err_t page_evidence_task_end(struct request *rq, struct reply *out)
{
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Choose the task that is over."), SENT_NONE, out);
	return answer(rq, app_evidence_task_end(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "id")),
		      SENT_NONE, out);
}

err_t page_evidence_letter(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	int32_t month;
	struct evidence_view *view = arena_one(a, struct evidence_view);
	TRY(app_evidence(site_call(rq), id, view));
	if (!view->for_viewer)
		return err_new(a, ERR_DENIED,
			       "Letters are for the list holder and the agencies that serve the household.");
	if (!form_ok(&rq->form) || !evidence_month_parse(form_text(&rq->form, "month"), &month))
		return err_new(a, ERR_INVALID, "Choose the month of the letter on the page of the twelve boxes.");
	struct evidence_letter_page page = {
		.layout = site_layout(rq, S("Letter of observation"), "page--narrow"),
		.called = called(&view->face, a),
		.hmis_id = view->face.hmis_id,
		.month = evidence_month_say(a, month),
		.back = url_path(a, "/household/{}/months", id),
	};
	t_evidence_letter(reply_html(out, 200), &page);
	return NULL;
}
