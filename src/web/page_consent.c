#include "web/page_consent.h"

#include "web/site.h"
#include "web/t_consent_form.h"
#include "web/t_consent_forms.h"
#include "web/t_consent_sheet.h"

enum { ID_MOST = 40 };

#define X(name, word, say) word,
static const char *const language_words[] = {LANGUAGES(X) NULL};
static const char *const kind_words[] = {FORM_KINDS(X) NULL};
static const char *const scope_words[] = {RELEASE_SCOPES(X) NULL};
#undef X

static const struct form_field form_fields[] = {
	{.name = "kind", .label = "What it is", .kind = FIELD_CHOICE, .choices = kind_words},
	{.name = "name", .label = "The name", .kind = FIELD_TEXT, .required = true, .max = FORM_NAME_MAX},
	{.name = "language",
	 .label = "The language",
	 .kind = FIELD_CHOICE,
	 .required = true,
	 .choices = language_words},
	{.name = "agency", .label = "Whose it is", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "from", .label = "The first day", .kind = FIELD_DAY, .required = true},
	{.name = "most_days", .label = "The longest time", .kind = FIELD_INT, .most = FORM_DAYS_MOST},
	{.name = "widest", .label = "How wide it goes", .kind = FIELD_CHOICE, .required = true, .choices = scope_words},
	{.name = "words", .label = "What people sign", .kind = FIELD_LINES, .required = true, .max = FORM_WORDS_MAX},
};
const struct form_spec consent_form_spec = FORM(form_fields);

static void build_lines(struct request *rq, const struct consent_form_view *v, struct consent_page *page)
{
	struct arena *a = rq->arena;
	struct consent_line *lines = arena_many(a, v->forms_n, struct consent_line);
	for (size_t i = 0; i < v->forms_n; i++) {
		const struct consent_form *f = &v->forms[i];
		const char *widest = release_scope_say(f->widest);
		bool coming = f->from.n > rq->today.n;
		lines[i] = (struct consent_line){
			.form = f,
			.language = language_name(f->language),
			.limits = f->kind == FORM_AGREEMENT ? S("signed each year by who sees names")
				  : f->most_days > 0 ? str_fmt(a, "%d days at most; for %s", f->most_days, widest)
						     : str_fmt(a, "for %s", widest),
			.chip = {f->holds ? S("in force")
				 : coming ? S("to come")
					  : S("replaced"),
				 f->holds ? TONE_GOOD
				 : coming ? TONE_INFO
					  : TONE_IDLE},
			.href = url_path(a, "/consent/form/{}", f->id),
		};
	}
	page->lines = lines;
	page->lines_n = v->forms_n;
}

static bool was_sent(const struct request *rq, bool again, const char *field, struct str word)
{
	return again && str_eq(form_value(&rq->form, field)->text, word);
}

static void build_editor(struct request *rq, const struct consent_form_view *v, bool again, struct consent_page *page)
{
	struct arena *a = rq->arena;
	struct option_view *languages = arena_many(a, LANGUAGES_N, struct option_view);
	struct option_view *scopes = arena_many(a, RELEASE_SCOPES_N, struct option_view);
	struct option_view *agencies = arena_many(a, v->agencies_n, struct option_view);
	struct option_view *kinds = arena_many(a, FORM_KINDS_N, struct option_view);
	char today[DAY_TEXT];
	for (int i = 0; i < FORM_KINDS_N; i++) {
		struct str word = str_from(kind_words[i]);
		kinds[i] = (struct option_view){word, str_from(form_kind_say((enum form_kind)i)),
						was_sent(rq, again, "kind", word)};
	}
	for (int i = 0; i < LANGUAGES_N; i++) {
		struct str word = str_from(language_words[i]);
		languages[i] = (struct option_view){word, language_name(word), was_sent(rq, again, "language", word)};
	}
	for (int i = 0; i < RELEASE_SCOPES_N; i++) { /* the widest first: what a continuum's own form mostly is */
		enum release_scope s = (enum release_scope)(RELEASE_SCOPES_N - 1 - i);
		struct str word = str_from(scope_words[s]);
		scopes[i] =
			(struct option_view){word, str_from(release_scope_say(s)), was_sent(rq, again, "widest", word)};
	}
	for (size_t i = 0; i < v->agencies_n; i++)
		agencies[i] = (struct option_view){v->agencies[i].id, v->agencies[i].name,
						   was_sent(rq, again, "agency", v->agencies[i].id)};
	page->kinds = kinds;
	page->kinds_n = FORM_KINDS_N;
	page->languages = languages;
	page->languages_n = LANGUAGES_N;
	page->scopes = scopes;
	page->scopes_n = RELEASE_SCOPES_N;
	page->agencies = agencies;
	page->agencies_n = v->agencies_n;
	page->from = again ? form_value(&rq->form, "from")->text : str_dup(a, str_from(day_text(rq->today, today)));
	if (!again)
		return;
	page->name = form_value(&rq->form, "name")->text;
	page->most_days = form_value(&rq->form, "most_days")->text;
	page->words = form_value(&rq->form, "words")->text;
}

static err_t show(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct consent_form_view view;
	TRY(app_consent_forms(site_call(rq), &view));
	struct consent_page page = {
		.layout = site_layout(rq, S("Consent forms"), ""),
		.csrf = rq->csrf,
		.error = error,
		.may_write = view.may_write,
	};
	build_lines(rq, &view, &page);
	build_editor(rq, &view, again, &page);
	t_consent_forms(reply_html(out, status), &page);
	return NULL;
}

err_t page_consent_forms(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

err_t page_consent_form_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	int kind = form_choice(f, "kind");
	const struct consent_form_new add = {
		.kind = kind < 0 ? FORM_RELEASE : (enum form_kind)kind,
		.name = form_text(f, "name"),
		.language = (enum language)form_choice(f, "language"),
		.agency_id = form_text(f, "agency"),
		.from = form_day(f, "from"),
		.most_days = (int)form_int(f, "most_days", 0),
		.widest = (enum release_scope)form_choice(f, "widest"),
		.words = form_text(f, "words"),
	};
	struct str id;
	for (size_t i = 0; i < f->n; i++)
		if (f->values[i].error.n > 0)
			return show(rq, 422, f->values[i].error, true, out);
	err_t e = app_consent_form_add(site_call(rq), &add, &id);
	if (e != NULL && e->class != ERR_INVALID && e->class != ERR_MISSING)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, true, out);
	reply_redirect(out, url_path(rq->arena, "/consent/form/{}", id).s);
	return NULL;
}

err_t page_consent_form(struct request *rq, struct reply *out)
{
	struct consent_form form;
	TRY(app_consent_form(site_call(rq), request_param(rq, "id"), &form));
	struct consent_form_page page = {
		.layout = site_layout(rq, form.name, "page--narrow"),
		.form = &form,
		.language = language_name(form.language),
	};
	enum language language = LANGUAGE_EN;
	(void)language_parse(form.language, &language);
	sheet_signed(rq->arena, language, &form, &page.sheet);
	t_consent_form(reply_html(out, 200), &page);
	return NULL;
}

err_t page_consent_sheet(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct release_view view;
	TRY(app_release_list(site_call(rq), id, &view));
	enum language next;
	enum language language = sheet_language(&rq->form, &next);
	bool guide = form_checked(&rq->form, "guide");
	struct url here = url_path(a, "/household/{}/releases/sheet", id);
	struct consent_sheet_page page = {
		.layout = site_layout(rq, guide ? S("To talk about first") : S("To take with you"), "page--narrow"),
		.guide = guide,
		.view = &view,
		.back = url_path(a, "/household/{}/releases", id),
		.other = url_query(a, guide ? url_query(a, here, "guide", S("on")) : here, "language",
				   str_from(language_word(next))),
		.other_language = str_from(language_say(next)),
		.language = str_from(language_word(language)),
	};
	if (guide)
		sheet_guide(a, language, &page.sheet);
	else
		sheet_plain(a, language, view.region, &page.sheet);
	t_consent_sheet(reply_html(out, 200), &page);
	return NULL;
}
