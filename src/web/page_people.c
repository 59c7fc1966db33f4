#include "web/page_people.h"

#include "app/factor.h"
#include "app/session.h"
#include "app/sso.h"
#include "web/site.h"
#include "web/t_people.h"

static const char *const role_words[] = {
#define X(name, word, say) word,
	ROLES(X)
#undef X
		NULL,
};

static const struct form_field person_fields[] = {
	{.name = "login", .label = "Sign-in name", .kind = FIELD_TEXT, .required = true, .max = 64},
	{.name = "name", .label = "Name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "role", .label = "Role", .kind = FIELD_CHOICE, .required = true, .choices = role_words},
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .max = 200},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 100},
};
const struct form_spec person_form = FORM(person_fields);

static const struct form_field move_fields[] = {
	{.name = "account", .label = "Account", .kind = FIELD_TEXT, .required = true, .max = 64},
	{.name = "new_role", .label = "New role", .kind = FIELD_CHOICE, .required = true, .choices = role_words},
	{.name = "new_agency", .label = "New agency", .kind = FIELD_TEXT, .max = 200},
	{.name = "new_region", .label = "New region", .kind = FIELD_TEXT, .max = 100},
};
const struct form_spec person_move_form = FORM(move_fields);

static const struct form_field login_fields[] = {
	{.name = "login", .label = "Sign-in name", .kind = FIELD_TEXT, .required = true, .max = 64},
};
const struct form_spec person_login_form = FORM(login_fields);

static struct option_view *role_options(struct arena *a, struct str chosen, size_t *n)
{
	struct option_view *options = arena_many(a, ROLES_N, struct option_view);
	*n = 0;
	for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++)
		options[(*n)++] = (struct option_view){
			.value = str_from(role_word((enum role)r)),
			.label = str_from(role_say((enum role)r)),
			.chosen = str_eq(chosen, str_from(role_word((enum role)r))),
		};
	return options;
}

/* The fields of a form, with what was typed where it is shown again. */
static struct field_view *build_fields(struct request *rq, const struct form_field *of, size_t n, bool again)
{
	struct arena *a = rq->arena;
	struct field_view *fields = arena_many(a, n, struct field_view);
	for (size_t i = 0; i < n; i++) {
		const struct form_field *f = &of[i];
		const struct form_value *value = again ? form_value(&rq->form, f->name) : NULL;
		struct str name = str_from(f->name);
		fields[i] = (struct field_view){
			.kind = f->kind == FIELD_CHOICE ? INPUT_CHOICE : INPUT_LINE,
			.name = name,
			.label = str_from(f->label),
			.required = f->required,
			.max = f->max,
			.value = value == NULL ? (struct str){0} : value->text,
			.error = value == NULL ? (struct str){0} : value->error,
		};
		if (str_ends(name, S("agency")))
			fields[i].hint = S("The agency's name, as the HMIS writes it; a provider and a lead agency's "
					   "user need one.");
		if (str_ends(name, S("region")))
			fields[i].hint = S("Number or name; a list holder needs one.");
		if (f->kind == FIELD_CHOICE)
			fields[i].options = role_options(a, fields[i].value, &fields[i].options_n);
	}
	return fields;
}

enum { PERSON_N = sizeof person_fields / sizeof *person_fields, MOVE_N = sizeof move_fields / sizeof *move_fields };

/* Which form the words that were typed belong to. */
enum again { AGAIN_NONE, AGAIN_PERSON, AGAIN_MOVE };

static err_t load_invited(struct request *rq, struct people_page *page)
{
	struct invitation *invitations;
	TRY(app_invitations(site_call(rq), &invitations, &page->invited_n));
	struct invited_view *views = arena_many(rq->arena, page->invited_n, struct invited_view);
	for (size_t i = 0; i < page->invited_n; i++)
		views[i] = (struct invited_view){&invitations[i], say_day(instant_day(invitations[i].until))};
	page->invited = views;
	return NULL;
}

static err_t show(struct request *rq, int status, enum again again, struct str error, struct str done,
		  struct reply *out)
{
	struct user_list_view users;
	TRY(app_user_list(site_call(rq), &users));
	struct people_page page = {
		.layout = site_layout(rq, S("People"), ""),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.users = users.users,
		.users_n = users.users_n,
	};
	page.fields = build_fields(rq, person_fields, PERSON_N, again == AGAIN_PERSON);
	page.fields_n = PERSON_N;
	page.move = build_fields(rq, move_fields, MOVE_N, again == AGAIN_MOVE);
	page.move_n = MOVE_N;
	TRY(load_invited(rq, &page));
	t_people(reply_html(out, status), &page);
	return NULL;
}

/* Shows the page after an act: with what was done, or with what was wrong and the words typed. */
static err_t show_after(struct request *rq, err_t e, enum again again, struct str done, struct reply *out)
{
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), again, e->say, (struct str){0}, out);
	return show(rq, 200, AGAIN_NONE, (struct str){0}, done, out);
}

err_t page_people(struct request *rq, struct reply *out)
{
	return show(rq, 200, AGAIN_NONE, (struct str){0}, (struct str){0}, out);
}

#define MISSING "Something is missing or cannot be read; see below."

static struct user_new person_of(const struct form *f)
{
	return (struct user_new){
		.login = form_text(f, "login"),
		.name = form_text(f, "name"),
		.role = (enum role)(form_choice(f, "role") + 1),
		.agency = form_text(f, "agency"),
		.region = form_text(f, "region"),
	};
}

err_t page_person_add(struct request *rq, struct reply *out)
{
	struct str password = {0};
	if (!form_ok(&rq->form))
		return show(rq, 422, AGAIN_PERSON, S(MISSING), (struct str){0}, out);
	struct user_new u = person_of(&rq->form);
	err_t e = app_user_add(site_call(rq), &u, &password);
	return show_after(rq, e, AGAIN_PERSON,
			  str_fmt(rq->arena, "%.*s can sign in. One-time password, shown only now: %.*s",
				  STR_ARG(u.login), STR_ARG(password)),
			  out);
}

err_t page_person_invite(struct request *rq, struct reply *out)
{
	struct str code = {0};
	if (!form_ok(&rq->form))
		return show(rq, 422, AGAIN_PERSON, S(MISSING), (struct str){0}, out);
	struct user_new u = person_of(&rq->form);
	err_t e = app_invite(site_call(rq), &u, &code);
	return show_after(
		rq, e, AGAIN_PERSON,
		str_fmt(rq->arena,
			"%.*s is invited. Hand this over, it is shown only now and good for %d days: the page "
			"/invitation of this site with the code %.*s",
			STR_ARG(u.login), INVITATION_DAYS, STR_ARG(code)),
		out);
}

err_t page_person_uninvite(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_invite_withdraw(site_call(rq), login);
	return show_after(rq, e, AGAIN_NONE,
			  str_fmt(rq->arena, "The invitation of %.*s is taken back.", STR_ARG(login)), out);
}

err_t page_person_move(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, AGAIN_MOVE, S(MISSING), (struct str){0}, out);
	struct str login = form_text(f, "account");
	err_t e = app_user_move(site_call(rq), login, (enum role)(form_choice(f, "new_role") + 1),
				form_text(f, "new_agency"), form_text(f, "new_region"));
	return show_after(rq, e, AGAIN_MOVE,
			  str_fmt(rq->arena, "%.*s is moved, and signed out everywhere.", STR_ARG(login)), out);
}

err_t page_person_sign_out(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_session_end_user(site_call(rq), login);
	return show_after(rq, e, AGAIN_NONE, str_fmt(rq->arena, "%.*s is signed out everywhere.", STR_ARG(login)), out);
}

err_t page_person_factor_reset(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_factor_reset(site_call(rq), login);
	return show_after(
		rq, e, AGAIN_NONE,
		str_fmt(rq->arena,
			"The second step of %.*s is taken away, and the account is signed out everywhere. The "
			"person is told at the next sign-in.",
			STR_ARG(login)),
		out);
}

err_t page_person_part(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_sso_part_user(site_call(rq), login);
	return show_after(rq, e, AGAIN_NONE,
			  str_fmt(rq->arena,
				  "%.*s is disconnected from the work account and signed out everywhere. A work "
				  "account with a verified address like the sign-in name connects again; close the "
				  "account if nobody is to come in.",
				  STR_ARG(login)),
			  out);
}

err_t page_person_reset(struct request *rq, struct reply *out)
{
	struct str password = {0};
	struct str login = form_text(&rq->form, "login");
	err_t e = app_user_reset(site_call(rq), login, &password);
	return show_after(rq, e, AGAIN_NONE,
			  str_fmt(rq->arena, "One-time password for %.*s, shown only now: %.*s", STR_ARG(login),
				  STR_ARG(password)),
			  out);
}

err_t page_person_disable(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_user_disable(site_call(rq), login);
	return show_after(rq, e, AGAIN_NONE,
			  str_fmt(rq->arena, "%.*s is signed out and cannot sign in.", STR_ARG(login)), out);
}
