#include "app/consent_form.h"

#include "app/record.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_consent_form.h"

static const struct {
	const char *word;
	const char *say;
} languages[LANGUAGES_N] = {
#define X(name, word, say) [name] = {word, say},
	LANGUAGES(X)
#undef X
};

const char *language_word(enum language l)
{
	return languages[l].word;
}

const char *language_say(enum language l)
{
	return languages[l].say;
}

bool language_parse(struct str word, enum language *out)
{
	for (int i = 0; i < LANGUAGES_N; i++)
		if (str_eq(word, str_from(languages[i].word))) {
			*out = (enum language)i;
			return true;
		}
	return false;
}

struct str language_name(struct str word)
{
	enum language l;
	return language_parse(word, &l) ? str_from(language_say(l)) : word;
}

static const struct {
	const char *word;
	const char *say;
} kinds[FORM_KINDS_N] = {
#define X(name, word, say) [name] = {word, say},
	FORM_KINDS(X)
#undef X
};

const char *form_kind_word(enum form_kind k)
{
	return kinds[k].word;
}

const char *form_kind_say(enum form_kind k)
{
	return kinds[k].say;
}

static err_t load(struct db *db, struct arena *a, struct day today, struct consent_form **out, size_t *n)
{
	struct q_consent_forms *rows;
	TRY(q_consent_forms(db, a, &rows, n));
	struct consent_form *forms = arena_many(a, *n, struct consent_form);
	const struct consent_form *last = NULL; /* newest version that has begun, of the form before */
	for (size_t i = 0; i < *n; i++) {
		struct consent_form *f = &forms[i];
		*f = (struct consent_form){
			.kind = str_eq(rows[i].kind, str_from(form_kind_word(FORM_AGREEMENT))) ? FORM_AGREEMENT
											       : FORM_RELEASE,
			.id = rows[i].id,
			.name = rows[i].name,
			.language = rows[i].language,
			.agency_id = rows[i].agency_id,
			.agency = rows[i].agency,
			.version = (int)rows[i].version,
			.from = rows[i].from_day,
			.most_days = rows[i].most_days_known ? (int)rows[i].most_days : 0,
			.words = rows[i].words,
		};
		if (!release_scope_parse(rows[i].widest, &f->widest))
			return err_internal(a, "form with a scope that is not known");
		bool same = last != NULL && last->kind == f->kind && str_eq(last->name, f->name) &&
			    str_eq(last->language, f->language) && str_eq(last->agency_id, f->agency_id);
		f->holds = !same && f->from.n <= today.n;
		last = f->holds ? f : last;
	}
	*out = forms;
	return NULL;
}

err_t consent_agreements(struct db *db, struct arena *a, struct day on, struct consent_form **out, size_t *n)
{
	struct consent_form *forms;
	size_t forms_n, kept = 0;
	TRY(load(db, a, on, &forms, &forms_n));
	for (size_t i = 0; i < forms_n; i++)
		if (forms[i].holds && forms[i].kind == FORM_AGREEMENT)
			forms[kept++] = forms[i];
	*out = forms;
	*n = kept;
	return NULL;
}

/* Whether a release is recorded with it today, by who is of that agency; empty: the continuum's. */
static bool is_offered(const struct consent_form *f, struct str agency_id)
{
	return f->holds && f->kind == FORM_RELEASE && str_eq(f->agency_id, agency_id);
}

err_t consent_forms_offered(struct db *db, struct arena *a, struct day today, struct str agency_id,
			    struct consent_form **out, size_t *n)
{
	struct consent_form *forms;
	size_t forms_n, own = 0, kept = 0;
	TRY(load(db, a, today, &forms, &forms_n));
	for (size_t i = 0; i < forms_n; i++)
		own += agency_id.n > 0 && is_offered(&forms[i], agency_id);
	for (size_t i = 0; i < forms_n; i++)
		if (is_offered(&forms[i], own > 0 ? agency_id : S("")))
			forms[kept++] = forms[i];
	*out = forms;
	*n = kept;
	return NULL;
}

struct work {
	struct call *call;
	struct str id;
	struct consent_form_view *view;
	struct consent_form *form;
	const struct consent_form_new *add;
};

static bool may_write(const struct call *c)
{
	return c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_CONSENT_FORMS);
}

static err_t may_read(const struct call *c)
{
	if (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_POLICY))
		return NULL;
	return err_new(c->arena, ERR_DENIED, "Sign in to read the forms.");
}

static err_t run_all(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct q_agencies *rows;
	size_t n;
	TRY(load(db, a, w->call->today, &w->view->forms, &w->view->forms_n));
	TRY(q_agencies(db, a, &rows, &n));
	w->view->agencies = arena_many(a, n, struct consent_agency);
	w->view->agencies_n = 0;
	for (size_t i = 0; i < n; i++)
		if (!rows[i].is_lead)
			w->view->agencies[w->view->agencies_n++] = (struct consent_agency){rows[i].id, rows[i].name};
	w->view->may_write = may_write(w->call);
	return NULL;
}

err_t app_consent_forms(struct call *c, struct consent_form_view *out)
{
	struct consent_form_view view;
	struct work w = {.call = c, .view = &view};
	TRY(may_read(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_all, &w));
	*out = view;
	return NULL;
}

static err_t run_one(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct consent_form *forms;
	size_t n;
	TRY(load(db, a, w->call->today, &forms, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(forms[i].id, w->id)) {
			*w->form = forms[i];
			return NULL;
		}
	return err_new(a, ERR_MISSING, "There is no such form.");
}

err_t app_consent_form(struct call *c, struct str id, struct consent_form *out)
{
	struct consent_form form;
	struct work w = {.call = c, .id = id, .form = &form};
	TRY(may_read(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_one, &w));
	*out = form;
	return NULL;
}

/* --- writing --- */

/* An agency may ask for more than the continuum does, never for less. */
static err_t is_stricter(const struct consent_form_new *f, struct arena *a, const struct consent_form *forms, size_t n)
{
	int most = -1; /* days of the laxest form of the continuum; 0: no limit */
	enum release_scope widest = SCOPE_NAMED;
	for (size_t i = 0; i < n; i++) {
		if (!is_offered(&forms[i], S("")))
			continue;
		widest = forms[i].widest > widest ? forms[i].widest : widest;
		most = forms[i].most_days == 0 || most == 0 ? 0 : forms[i].most_days > most ? forms[i].most_days : most;
	}
	if (most > 0 && (f->most_days == 0 || f->most_days > most))
		return err_new(a, ERR_INVALID,
			       "The continuum’s releases hold %d days at most; an agency’s own no longer.", most);
	if (most >= 0 && f->widest > widest)
		return err_new(a, ERR_INVALID, "An agency’s own form is no wider than the continuum’s.");
	return NULL;
}

static err_t run_add(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	const struct consent_form_new *f = w->add;
	struct str language = str_from(language_word(f->language));
	struct q_consent_form_last last;
	struct q_agency_by_id agency;
	struct consent_form *forms;
	size_t n;
	bool found;
	if (f->agency_id.n > 0) {
		TRY(q_agency_by_id(db, a, f->agency_id, &agency, &found));
		if (!found || agency.is_lead)
			return err_new(a, ERR_MISSING, "There is no such agency.");
		TRY(load(db, a, w->call->today, &forms, &n));
		TRY(is_stricter(f, a, forms, n));
	}
	struct str kind = str_from(form_kind_word(f->kind));
	TRY(q_consent_form_last(db, a, kind, f->name, language, f->agency_id, &last, &found));
	struct id made = id_new();
	w->id = str_dup(w->call->arena, id_str(&made));
	TRY(q_consent_form_add(db, a,
			       &(struct q_consent_form_add_in){
				       .id = w->id,
				       .kind = kind,
				       .name = f->name,
				       .version = last.version + 1,
				       .language = language,
				       .agency_id = f->agency_id,
				       .from_day = f->from,
				       .most_days = f->most_days,
				       .most_days_known = f->most_days > 0,
				       .widest = str_from(release_scope_word(f->widest)),
				       .words = f->words,
			       }));
	return app_record(w->call, db, a, "consent.form", "consent", w->id,
			  str_fmt(a, "version=%lld", (long long)last.version + 1));
}

err_t app_consent_form_add(struct call *c, const struct consent_form_new *f, struct str *id)
{
	struct arena *a = c->arena;
	struct consent_form_new add = *f;
	struct work w = {.call = c, .add = &add};
	add.name = str_trim(f->name);
	if (!may_write(c))
		return err_new(a, ERR_DENIED, "Forms are written by administrators and lead agencies.");
	if (add.name.n == 0 || add.name.n > FORM_NAME_MAX || !str_is_clean_text(add.name))
		return err_new(a, ERR_INVALID, "Give the form a name of at most %d letters.", FORM_NAME_MAX);
	if (str_trim(f->words).n == 0 || f->words.n > FORM_WORDS_MAX || !str_is_clean_text(f->words))
		return err_new(a, ERR_INVALID, "Write what people sign, at most %d letters.", FORM_WORDS_MAX);
	if (!day_known(f->from) || f->from.n < c->today.n)
		return err_new(a, ERR_INVALID,
			       "A version begins today or later: what was signed before was signed in its words.");
	if (f->kind == FORM_AGREEMENT && f->agency_id.n > 0)
		return err_new(a, ERR_INVALID,
			       "The agreement is the continuum’s, for everybody: choose no agency for it.");
	if (f->most_days < 0 || f->most_days > FORM_DAYS_MOST)
		return err_new(a, ERR_INVALID, "A release holds for 1 to %d days, or has no limit.", FORM_DAYS_MOST);
	TRY(db_run(c->db, a, DB_WRITE, run_add, &w));
	*id = w.id;
	return NULL;
}
