#include "web/page_agency.h"

#include "app/law.h"
#include "web/site.h"
#include "web/t_agencies.h"
#include "web/t_agreement.h"

enum { REGIONS_MOST = 100, YEAR = 365 };

static const struct form_field mou_fields[] = {
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "from", .label = "First day", .kind = FIELD_DAY, .required = true},
	{.name = "until", .label = "Last day", .kind = FIELD_DAY, .required = true},
	{.name = "regions", .label = "Regions", .kind = FIELD_TEXT, .max = 1000},
	{.name = "signed_by", .label = "Signed by", .kind = FIELD_TEXT, .max = MOU_TEXT_MAX},
	{.name = "document", .label = "Where the paper is kept", .kind = FIELD_TEXT, .max = MOU_TEXT_MAX},
};
const struct form_spec mou_form = FORM(mou_fields);

static const struct form_field mou_end_fields[] = {
	{.name = "memorandum", .label = "Memorandum", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "last", .label = "Last day", .kind = FIELD_DAY, .required = true},
};
const struct form_spec mou_end_form = FORM(mou_end_fields);

enum { SIGNED, TRAINED, ENDED };
static const char *const what_words[] = {[SIGNED] = "agreement", [TRAINED] = "training", [ENDED] = "ended", NULL};
static const struct form_field signature_fields[] = {
	{.name = "login", .label = "Who", .kind = FIELD_TEXT, .required = true, .max = 64},
	{.name = "what", .label = "What", .kind = FIELD_CHOICE, .required = true, .choices = what_words},
	{.name = "on", .label = "Day", .kind = FIELD_DAY, .required = true},
};
const struct form_spec signature_form = FORM(signature_fields);

/* The laws, and behind them what the HMIS says. */
#define X(name, word, say) word,
static const char *const law_words[] = {LAWS(X) "auto", NULL};
#undef X
static const struct form_field agency_law_fields[] = {
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "law", .label = "The law", .kind = FIELD_CHOICE, .required = true, .choices = law_words},
};
const struct form_spec agency_law_form = FORM(agency_law_fields);

static const struct form_field agreement_fields[] = {
	{.name = "read", .label = "I have read it", .kind = FIELD_CHECK},
	{.name = "form", .label = "Which words", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec agreement_form = FORM(agreement_fields);

static enum tone due_tone(enum mou_due due)
{
	static const enum tone tones[] = {
		[MOU_DUE_NOT] = TONE_GOOD, [MOU_DUE_60] = TONE_INFO,   [MOU_DUE_30] = TONE_WARN,
		[MOU_DUE_7] = TONE_WARN,   [MOU_DUE_ENDED] = TONE_BAD,
	};
	return tones[due];
}

static void fill_agencies(struct request *rq, const struct register_view *view, struct str chosen,
			  struct agencies_page *page)
{
	struct arena *a = rq->arena;
	struct agency_view *agencies = arena_many(a, view->agencies_n, struct agency_view);
	struct option_view *options = arena_many(a, view->agencies_n, struct option_view);
	for (size_t i = 0; i < view->agencies_n; i++) {
		const struct register_agency *agency = &view->agencies[i];
		struct mou_line *lines = arena_many(a, agency->memoranda_n, struct mou_line);
		for (size_t k = 0; k < agency->memoranda_n; k++)
			lines[k] = (struct mou_line){&agency->memoranda[k], say_day(agency->memoranda[k].from),
						     say_day(agency->memoranda[k].until)};
		agencies[i] = (struct agency_view){
			.agency = agency,
			.tone = agency->lead ? TONE_INFO : due_tone(agency->due),
			.law = agency->law == LAW_HMIS ? S("") : str_from(law_say(agency->law)),
			.memoranda = lines,
			.memoranda_n = agency->memoranda_n,
		};
		if (!agency->lead)
			options[page->of_agency_n++] =
				(struct option_view){agency->id, agency->name, str_eq(agency->id, chosen)};
	}
	page->agencies = agencies;
	page->agencies_n = view->agencies_n;
	page->of_agency = options;
}

static void fill_people(struct arena *a, const struct register_view *view, struct str chosen,
			struct agencies_page *page)
{
	struct signer_view *people = arena_many(a, view->people_n, struct signer_view);
	struct option_view *options = arena_many(a, view->people_n, struct option_view);
	for (size_t i = 0; i < view->people_n; i++) {
		const struct register_person *p = &view->people[i];
		people[i] = (struct signer_view){p, due_tone(p->due)};
		options[i] =
			(struct option_view){p->login, str_fmt(a, "%.*s (%.*s)", STR_ARG(p->name), STR_ARG(p->login)),
					     str_eq(p->login, chosen)};
	}
	page->people = people;
	page->of_person = options;
	page->people_n = page->of_person_n = view->people_n;
}

static void fill_laws(struct arena *a, struct agencies_page *page)
{
	struct option_view *laws = arena_many(a, LAWS_N + 1, struct option_view);
	laws[0] = (struct option_view){S("auto"), S("as the HMIS says: an HIV program if HOPWA pays for all of it"),
				       true};
	for (int l = 0; l < LAWS_N; l++)
		laws[l + 1] = (struct option_view){str_from(law_words[l]), str_from(law_say((enum fact_law)l)), false};
	page->laws = laws;
	page->laws_n = LAWS_N + 1;
}

static err_t show(struct request *rq, int status, struct str error, struct str done, struct reply *out)
{
	struct arena *a = rq->arena;
	struct register_view view;
	char day[DAY_TEXT];
	TRY(app_mou_register(site_call(rq), &view));
	bool again = error.n > 0;
	struct str today = str_dup(a, str_from(day_text(rq->today, day)));
	struct str year = str_dup(a, str_from(day_text(day_add(rq->today, YEAR - 1), day)));
	struct agencies_page page = {
		.layout = site_layout(rq, S("Agencies"), ""),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.renew = view.renew,
		.renew_n = view.renew_n,
		.from = form_typed(&rq->form, again, "from", today),
		.until = form_typed(&rq->form, again, "until", year),
		.regions = form_typed(&rq->form, again, "regions", (struct str){0}),
		.signed_by = form_typed(&rq->form, again, "signed_by", (struct str){0}),
		.document = form_typed(&rq->form, again, "document", (struct str){0}),
		.signed_on = form_typed(&rq->form, again, "on", today),
	};
	fill_agencies(rq, &view, form_typed(&rq->form, again, "agency", (struct str){0}), &page);
	fill_laws(a, &page);
	fill_people(a, &view, form_typed(&rq->form, again, "login", (struct str){0}), &page);
	t_agencies(reply_html(out, status), &page);
	return NULL;
}

static err_t written(struct request *rq, err_t e, struct str done, struct reply *out)
{
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, (struct str){0}, out);
	return show(rq, 200, (struct str){0}, done, out);
}

err_t page_agencies(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, (struct str){0}, out);
}

err_t page_mou_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str regions[REGIONS_MOST];
	struct str rest = form_text(f, "regions");
	struct str id;
	if (!form_ok(f))
		return show(rq, 422, S("Choose an agency, and give the memorandum a first and a last day."),
			    (struct str){0}, out);
	struct mou_new m = {
		.agency = form_text(f, "agency"),
		.from = form_day(f, "from"),
		.until = form_day(f, "until"),
		.regions = regions,
		.signed_by = form_text(f, "signed_by"),
		.document = form_text(f, "document"),
	};
	while (rest.n > 0 && m.regions_n < REGIONS_MOST) {
		struct str one;
		str_cut(rest, ',', &one, &rest);
		regions[m.regions_n++] = str_trim(one);
	}
	return written(rq, app_mou_add(site_call(rq), &m, &id), S("The memorandum is recorded."), out);
}

err_t page_mou_end(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Give the memorandum its last day."), (struct str){0}, out);
	return written(rq, app_mou_end(site_call(rq), form_text(f, "memorandum"), form_day(f, "last")),
		       S("The memorandum ends earlier; access ends with it."), out);
}

err_t page_signature(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose who it was, what was done and on which day."), (struct str){0}, out);
	struct call *c = site_call(rq);
	struct str login = form_text(f, "login");
	struct day on = form_day(f, "on");
	switch (form_choice(f, "what")) {
	case SIGNED:
		return written(rq, app_agreement_sign(c, login, on), S("The signature is recorded."), out);
	case TRAINED:
		return written(rq, app_training_done(c, login, on, day_add(on, YEAR - 1)),
			       S("The training is recorded, for a year."), out);
	default:
		return written(rq, app_agreement_end(c, login), S("The agreement holds no longer."), out);
	}
}

err_t page_agency_law(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose an agency and a law."), (struct str){0}, out);
	int law = form_choice(f, "law");
	return written(rq,
		       app_law_of_agency(site_call(rq), form_text(f, "agency"), law < LAWS_N,
					 law < LAWS_N ? (enum fact_law)law : LAW_HMIS),
		       S("It is recorded, and counts at once."), out);
}

/* --- one's own agreement --- */

static err_t show_agreement(struct request *rq, int status, struct str error, struct reply *out)
{
	struct agreement_own own;
	TRY(app_agreement_own(site_call(rq), &own));
	struct option_view *texts = arena_many(rq->arena, own.texts_n, struct option_view);
	for (size_t i = 0; i < own.texts_n; i++)
		texts[i] = (struct option_view){own.texts[i].id,
						str_fmt(rq->arena, "%.*s, in %.*s", STR_ARG(own.texts[i].name),
							STR_ARG(language_name(own.texts[i].language))),
						false};
	struct agreement_page page = {
		.layout = site_layout(rq, S("Confidentiality agreement"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.own = &own,
		.texts = texts,
		.texts_n = own.texts_n,
		.holds = day_known(own.until),
	};
	if (page.holds)
		page.until = say_day(own.until);
	t_agreement(reply_html(out, status), &page);
	return NULL;
}

err_t page_agreement(struct request *rq, struct reply *out)
{
	return show_agreement(rq, 200, (struct str){0}, out);
}

err_t page_agreement_sign(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f) || !form_checked(f, "read"))
		return show_agreement(rq, 422, S("Read it, and say so with the check mark."), out);
	return site_written(rq, app_agreement_accept(site_call(rq), form_text(f, "form")), show_agreement,
			    S("/account/agreement"), out);
}
