#include "web/page_release.h"

#include "web/site.h"
#include "web/t_releases.h"

enum { ID_MOST = 40, MEMBERS_MOST = 50, YEAR = 365, ASK_AGAIN_DAYS = 60, WORDS_MOST = 2000 };

#define X(name, word, say) word,
static const char *const scope_words[] = {RELEASE_SCOPES(X) NULL};
static const char *const given_words[] = {RELEASE_GIVENS(X) NULL};
#undef X

static const struct form_field release_fields[] = {
	{.name = "member", .label = "Who signs", .kind = FIELD_INT, .required = true, .most = MEMBERS_MOST},
	{.name = "point", .label = "What was talked about", .kind = FIELD_MANY, .max = 20},
	{.name = "form", .label = "The form", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "scope",
	 .label = "Who may read the name",
	 .kind = FIELD_CHOICE,
	 .required = true,
	 .choices = scope_words},
	{.name = "agency", .label = "Agencies", .kind = FIELD_MANY, .max = ID_MOST},
	{.name = "purpose", .label = "What for", .kind = FIELD_MANY, .max = 20},
	{.name = "law", .label = "Stricter laws", .kind = FIELD_MANY, .max = 20},
	{.name = "language", .label = "Language", .kind = FIELD_TEXT, .required = true, .max = 8},
	{.name = "given", .label = "How it was given", .kind = FIELD_CHOICE, .required = true, .choices = given_words},
	{.name = "from", .label = "The day it was signed", .kind = FIELD_DAY, .required = true},
	{.name = "until", .label = "The last day", .kind = FIELD_DAY},
	{.name = "note", .label = "Who witnessed or interpreted", .kind = FIELD_PRIVATE, .max = RELEASE_NOTE_MAX},
	{.name = "drawn", .label = "The signature", .kind = FIELD_PRIVATE, .max = RELEASE_DRAWN_MAX},
	{.name = "replaces", .label = "In place of what was signed before", .kind = FIELD_CHECK},
};
const struct form_spec release_form = FORM(release_fields);

static const struct form_field refuse_fields[] = {
	{.name = "member", .label = "Who says no", .kind = FIELD_INT, .required = true, .most = MEMBERS_MOST},
	{.name = "day", .label = "The day", .kind = FIELD_DAY, .required = true},
	{.name = "again", .label = "When to ask again", .kind = FIELD_DAY},
	{.name = "note", .label = "In their words", .kind = FIELD_PRIVATE, .max = RELEASE_NOTE_MAX},
};
const struct form_spec release_refuse_form = FORM(refuse_fields);

static const struct form_field withdraw_fields[] = {
	{.name = "release", .label = "Which one", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec release_withdraw_form = FORM(withdraw_fields);

static const struct form_field protect_fields[] = {
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .max = 1000},
	{.name = "back", .label = "Take it back", .kind = FIELD_CHECK},
};
const struct form_spec protect_form = FORM(protect_fields);

/* --- in words --- */

static struct str say(struct arena *a, struct day d)
{
	char text[DAY_SAY];
	return str_dup(a, str_from(day_say_date(d, text)));
}

/* What the bits of a set are called, "; " between. */
static struct str set_say(struct arena *a, uint32_t set, int n, const char *(*say_of)(int))
{
	struct buf out = buf_new(a, WORDS_MOST);
	for (int i = 0; i < n; i++)
		if ((set & (1U << i)) != 0)
			buf_fmt(&out, "%s%s", out.n > 0 ? "; " : "", say_of(i));
	return buf_text(&out);
}

static const char *say_purpose(int i)
{
	return purpose_say((enum purpose)i);
}

static const char *say_law(int i)
{
	return law_say((enum fact_law)i);
}

static struct str how_of(struct arena *a, const struct release_row *r)
{
	struct buf out = buf_new(a, WORDS_MOST);
	if (!r->says.refused)
		buf_fmt(&out, "%s, ", release_given_say(r->given));
	buf_fmt(&out, "in %.*s", STR_ARG(language_name(r->language)));
	if (r->form.n > 0)
		buf_fmt(&out, ", %.*s", STR_ARG(r->form));
	if (r->recorded_by.n > 0)
		buf_fmt(&out, "; recorded by %.*s", STR_ARG(r->recorded_by));
	else
		buf_lit(&out, "; from a file");
	return buf_text(&out);
}

static struct chip_view chip_of(struct arena *a, const struct release_row *r)
{
	if (r->says.refused)
		return (struct chip_view){S("declined"), TONE_IDLE};
	if (r->holds)
		return (struct chip_view){S("in force"), TONE_GOOD};
	if (r->declined)
		return (struct chip_view){S("ended: they said no since"), TONE_IDLE};
	if (day_known(r->says.ended))
		return (struct chip_view){str_fmt(a, "withdrawn %.*s", STR_ARG(say(a, r->says.ended))), TONE_IDLE};
	return (struct chip_view){S("has ended"), TONE_WARN};
}

static void build_line(struct arena *a, const struct release_row *r, struct release_line *out)
{
	const struct release *says = &r->says;
	struct str whom = says->scope == SCOPE_NAMED ? r->agencies : str_from(release_scope_say(says->scope));
	*out = (struct release_line){
		.row = r,
		.headline = says->refused ? S("Said no") : str_fmt(a, "Named to %.*s", STR_ARG(whom)),
		.days = says->refused ? say(a, says->from)
			: day_known(says->until)
				? str_fmt(a, "from %.*s to %.*s", STR_ARG(say(a, says->from)),
					  STR_ARG(say(a, says->until)))
				: str_fmt(a, "from %.*s until it is withdrawn", STR_ARG(say(a, says->from))),
		.purposes = says->refused ? S("") : set_say(a, says->purposes, PURPOSES_N, say_purpose),
		.laws = set_say(a, says->laws, LAWS_N, say_law),
		.how = how_of(a, r),
		.chip = chip_of(a, r),
	};
}

static void build_people(struct request *rq, const struct release_view *v, struct release_page *page)
{
#define X(name, word, say) [name] = (say),
	static const char *const heres[CONSENTS_N] = {CONSENTS(X)};
#undef X
	struct arena *a = rq->arena;
	struct release_person *people = arena_many(a, v->members_n, struct release_person);
	for (size_t i = 0; i < v->members_n; i++) {
		const struct release_member *m = &v->members[i];
		struct release_line *lines = arena_many(a, m->rows_n, struct release_line);
		for (size_t k = 0; k < m->rows_n; k++)
			build_line(a, &m->rows[k], &lines[k]);
		people[i] = (struct release_person){
			.member = m,
			.here = str_from(heres[m->here]),
			.ask_again = day_known(m->offer_again),
			.lines = lines,
			.lines_n = m->rows_n,
		};
	}
	page->people = people;
	page->people_n = v->members_n;
}

/* --- the form --- */

/* Whether a checkbox, or what a list or radio buttons say, came with the form. */
static bool was_sent(const struct request *rq, const char *field, struct str word)
{
	const struct form_value *v = form_value(&rq->form, field);
	for (size_t i = 0; i < v->many_n; i++)
		if (str_eq(v->many[i], word))
			return true;
	return str_eq(v->text, word);
}

/* Words of one kind that `say_of` has something to say of; on a fresh form the first `fresh` are chosen. */
static const struct option_view *options(const struct request *rq, bool again, const char *field, int n, int fresh,
					 const char *(*word_of)(int), const char *(*say_of)(int), size_t *kept)
{
	struct option_view *out = arena_many(rq->arena, (size_t)n, struct option_view);
	*kept = 0;
	for (int i = 0; i < n; i++) {
		struct str word = str_from(word_of(i));
		if (say_of(i) != NULL)
			out[(*kept)++] = (struct option_view){word, str_from(say_of(i)),
							      again ? was_sent(rq, field, word) : i < fresh};
	}
	return out;
}

static const char *word_purpose(int i)
{
	return purpose_word((enum purpose)i);
}

static const char *word_law(int i)
{
	return law_word((enum fact_law)i);
}

static const char *say_stricter(int i)
{
	return i == LAW_HMIS ? NULL : law_say((enum fact_law)i);
}

static const char *word_scope(int i)
{
	return scope_words[i];
}

static const char *say_scope(int i)
{
	return release_scope_say((enum release_scope)i);
}

static const char *word_given(int i)
{
	return given_words[i];
}

static const char *say_given(int i)
{
	return release_given_say((enum release_given)i);
}

static const char *word_language(int i)
{
	return language_word((enum language)i);
}

static const char *said_language(int i)
{
	return language_say((enum language)i);
}

static void build_words(const struct request *rq, bool again, struct release_page *page)
{
	struct point_line *points = arena_many(rq->arena, CONSENT_POINTS_N, struct point_line);
	for (int i = 0; i < CONSENT_POINTS_N; i++) {
		enum consent_point p = (enum consent_point)i;
		struct str word = str_from(consent_point_word(p));
		points[i] = (struct point_line){word, str_from(consent_point_title(p)), str_from(consent_point_say(p)),
						again && was_sent(rq, "point", word)};
	}
	page->points = points;
	page->points_n = CONSENT_POINTS_N;
	page->scopes = options(rq, again, "scope", RELEASE_SCOPES_N, 0, word_scope, say_scope, &page->scopes_n);
	page->givens = options(rq, again, "given", RELEASE_GIVENS_N, GIVEN_WRITTEN + 1, word_given, say_given,
			       &page->givens_n);
	page->languages =
		options(rq, again, "language", LANGUAGES_N, 0, word_language, said_language, &page->languages_n);
	page->purposes = options(rq, again, "purpose", PURPOSES_N, PURPOSE_REFERRAL + 1, word_purpose, say_purpose,
				 &page->purposes_n);
	page->laws = options(rq, again, "law", LAWS_N, 0, word_law, say_stricter, &page->laws_n);
}

static void build_lists(const struct request *rq, const struct release_view *v, bool again, struct release_page *page)
{
	struct arena *a = rq->arena;
	struct option_view *members = arena_many(a, v->members_n, struct option_view);
	struct option_view *forms = arena_many(a, v->forms_n, struct option_view);
	struct option_view *agencies = arena_many(a, v->agencies_n, struct option_view);
	for (size_t i = 0; i < v->members_n; i++) {
		struct str at = str_fmt(a, "%zu", v->members[i].at);
		members[i] = (struct option_view){at, v->members[i].called, again && was_sent(rq, "member", at)};
	}
	for (size_t i = 0; i < v->forms_n; i++) {
		const struct consent_form *form = &v->forms[i];
		struct str label = str_fmt(a, "%.*s, version %d, %.*s", STR_ARG(form->name), form->version,
					   STR_ARG(language_name(form->language)));
		forms[i] = (struct option_view){form->id, label, again && was_sent(rq, "form", form->id)};
	}
	for (size_t i = 0; i < v->agencies_n; i++)
		agencies[i] = (struct option_view){v->agencies[i].id, v->agencies[i].name,
						   again && was_sent(rq, "agency", v->agencies[i].id)};
	page->members = members;
	page->members_n = v->members_n;
	page->forms = forms;
	page->forms_n = v->forms_n;
	page->agencies = agencies;
	page->agencies_n = v->agencies_n;
}

static struct str iso(struct arena *a, struct day d)
{
	char text[DAY_TEXT];
	return str_dup(a, str_from(day_text(d, text)));
}

/* `again`: the form of a release was sent and is shown as it was filled in. */
static err_t show(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct release_view view;
	TRY(app_release_list(site_call(rq), id, &view));
	struct url sheet = url_path(a, "/household/{}/releases/sheet", id);
	struct url guide = url_query(a, sheet, "guide", S("on"));
	struct str spanish = str_from(language_word(LANGUAGE_ES));
	struct release_page page = {
		.layout = site_layout(rq, S("Releases"), ""),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.called = view.face.named ? view.face.name : str_fmt(a, "Household %.*s", STR_ARG(view.face.code)),
		.household = url_path(a, "/household/{}", id),
		.here = url_path(a, "/household/{}/releases", id),
		.refuse = url_path(a, "/household/{}/releases/refuse", id),
		.withdraw = url_path(a, "/household/{}/releases/withdraw", id),
		.protect = url_path(a, "/household/{}/protect", id),
		.sheet = sheet,
		.sheet_es = url_query(a, sheet, "language", spanish),
		.guide = guide,
		.guide_es = url_query(a, guide, "language", spanish),
		.again = again,
		.today = again ? form_value(&rq->form, "from")->text : iso(a, rq->today),
		.until = again ? form_value(&rq->form, "until")->text : iso(a, day_add(rq->today, YEAR - 1)),
		.ask_on = iso(a, day_add(rq->today, ASK_AGAIN_DAYS)),
		.note = again ? form_value(&rq->form, "note")->text : S(""),
	};
	build_people(rq, &view, &page);
	build_words(rq, again, &page);
	build_lists(rq, &view, again, &page);
	t_releases(reply_html(out, status), &page);
	return NULL;
}

err_t page_releases(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

/* After something was written: the page again, with the sentence where it was refused. */
static err_t written(struct request *rq, err_t e, bool again, struct reply *out)
{
	if (e != NULL && (e->class == ERR_INVALID || e->class == ERR_CONFLICT))
		return show(rq, err_http_status(e->class), e->say, again, out);
	TRY(e);
	reply_redirect(out, url_path(rq->arena, "/household/{}/releases", request_param(rq, "id")).s);
	return NULL;
}

static void read_sets(const struct form *f, struct release_new *r)
{
	size_t n;
	const struct str *words = form_many(f, "point", &n);
	for (size_t i = 0; i < n; i++) {
		enum consent_point p;
		r->points |= consent_point_parse(words[i], &p) ? POINT_BIT(p) : 0;
	}
	words = form_many(f, "purpose", &n);
	for (size_t i = 0; i < n; i++) {
		enum purpose p;
		r->purposes |= purpose_parse(words[i], &p) ? PURPOSE_BIT(p) : 0;
	}
	words = form_many(f, "law", &n);
	for (size_t i = 0; i < n; i++) {
		enum fact_law l;
		r->laws |= law_parse(words[i], &l) && l != LAW_HMIS ? LAW_BIT(l) : 0;
	}
	r->agencies = form_many(f, "agency", &r->agencies_n);
}

err_t page_release_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct release_new r = {
		.scope = (enum release_scope)form_choice(f, "scope"),
		.given = (enum release_given)form_choice(f, "given"),
		.language = form_text(f, "language"),
		.form_id = form_text(f, "form"),
		.from = form_day(f, "from"),
		.until = form_day(f, "until"),
		.offer_again = DAY_NONE,
		.note = form_pii(rq->arena, f, "note"),
		.drawn = form_choice(f, "given") == GIVEN_SCREEN ? form_pii(rq->arena, f, "drawn") : NULL,
		.replaces = form_checked(f, "replaces"),
	};
	enum language language;
	err_t e = form_error(rq->arena, &rq->form);
	read_sets(f, &r);
	if (e == NULL && !language_parse(r.language, &language))
		e = err_new(rq->arena, ERR_INVALID, "Choose the language in which it was explained.");
	if (e == NULL && r.purposes == 0)
		e = err_new(rq->arena, ERR_INVALID, "Choose what it is for.");
	if (e == NULL)
		e = app_release_add(site_call(rq), request_param(rq, "id"), (size_t)form_int(f, "member", 0), &r);
	return written(rq, e, true, out);
}

err_t page_release_refuse(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	const struct release_new r = {
		.refused = true,
		.language = S("en"),
		.from = form_day(f, "day"),
		.until = DAY_NONE,
		.offer_again = form_day(f, "again"),
		.note = form_pii(rq->arena, f, "note"),
	};
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_release_add(site_call(rq), request_param(rq, "id"), (size_t)form_int(f, "member", 0), &r);
	return written(rq, e, false, out);
}

err_t page_release_withdraw(struct request *rq, struct reply *out)
{
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_release_end(site_call(rq), request_param(rq, "id"), form_text(&rq->form, "release"));
	return written(rq, e, false, out);
}

/* Who protected it as its list holder may look at its releases no more: so the household's page follows. */
err_t page_protect(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = request_param(rq, "id");
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_household_protect(site_call(rq), id, !form_checked(f, "back"),
					  form_pii(rq->arena, f, "reason"));
	if (e != NULL)
		return written(rq, e, false, out);
	reply_redirect(out, url_path(rq->arena, "/household/{}", id).s);
	return NULL;
}
