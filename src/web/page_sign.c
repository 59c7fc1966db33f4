#include "web/page_sign.h"

#include "app/factor.h"
#include "app/mou.h"
#include "app/outbox.h"
#include "app/password.h"
#include "app/setting.h"
#include "app/sign.h"
#include "web/session_cookie.h"
#include "web/site.h"
#include "web/t_account.h"
#include "web/t_again.h"
#include "web/t_sign_code.h"
#include "web/t_sign_in.h"
#include "web/t_sign_told.h"

static const struct form_field sign_in_fields[] = {
	{.name = "login", .label = "Sign-in name", .kind = FIELD_TEXT, .max = 100},
	{.name = "password", .label = "Password", .kind = FIELD_SECRET, .max = PASSWORD_MAX},
	{.name = "next", .label = "Next page", .kind = FIELD_TEXT, .max = 2000},
};
const struct form_spec sign_in_form = FORM(sign_in_fields);

static const struct form_field code_fields[] = {
	{.name = "ticket", .label = "Page", .kind = FIELD_TEXT, .required = true, .max = 1000},
	{.name = "code", .label = "Code", .kind = FIELD_SECRET, .required = true, .max = 20},
	{.name = "next", .label = "Next page", .kind = FIELD_TEXT, .max = 2000},
};
const struct form_spec sign_code_form = FORM(code_fields);

static const struct form_field account_fields[] = {
	{.name = "old", .label = "Old password", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
	{.name = "new", .label = "New password", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
	{.name = "again", .label = "New password, again", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
};
const struct form_spec account_form = FORM(account_fields);

static const struct form_field account_mail_fields[] = {
	{.name = "mail", .label = "Where you read mail", .kind = FIELD_TEXT, .max = 254},
};
const struct form_spec account_mail_form = FORM(account_mail_fields);

static const struct hidden_view *hidden(struct arena *a, const struct form_pair *pairs, size_t n)
{
	struct hidden_view *out = arena_many(a, n, struct hidden_view);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct hidden_view){pairs[i].name, pairs[i].value};
	return out;
}

err_t sign_in_show(struct request *rq, int status, struct str login, struct str error, struct str next,
		   struct reply *out)
{
	struct sso_view sso;
	TRY(app_sso(site_call(rq), &sso));
	next = path_is_local(next) ? next : S("/");
	struct form_pair *kept;
	size_t kept_n = carry_fields(rq, &kept);
	struct str action = carry_action(rq);
	struct sign_in_page page = {
		.layout = site_layout(rq, S("Sign in"), "page--narrow"),
		.error = error,
		.login = login,
		.csrf = rq->csrf,
		.next = next,
		.sso = &sso,
		.sso_go = url_query(rq->arena, URL("/sign-in/oidc"), "next", next),
		.action = action,
		.kept = hidden(rq->arena, kept, action.n > 0 ? kept_n : 0),
		.kept_n = action.n > 0 ? kept_n : 0,
		.demo = site_call(rq)->app->demo,
	};
	t_sign_in(reply_html(out, status), &page);
	return NULL;
}

err_t page_signed_out(struct request *rq, struct reply *out)
{
	return sign_in_show(rq, 401, (struct str){0}, (struct str){0}, request_here(rq), out);
}

err_t page_sign_in(struct request *rq, struct reply *out)
{
	return sign_in_show(rq, 200, (struct str){0}, (struct str){0}, form_text(&rq->form, "next"), out);
}

/* One button that sends the words of an earlier session again. */
static void show_again(struct request *rq, struct str csrf, struct reply *out)
{
	struct form_pair *kept;
	size_t kept_n = carry_restored(rq, &kept);
	struct again_page page = {
		.layout = site_layout(rq, S("Signed in"), "page--narrow"),
		.csrf = csrf,
		.action = {carry_action(rq)},
		.kept = hidden(rq->arena, kept, kept_n),
		.kept_n = kept_n,
	};
	t_again(reply_html(out, 200), &page);
}

static void show_code(struct request *rq, int status, struct str ticket, struct str error, struct str next,
		      struct reply *out)
{
	struct form_pair *kept;
	size_t kept_n = carry_fields(rq, &kept);
	struct str action = carry_action(rq);
	struct sign_code_page page = {
		.layout = site_layout(rq, S("Second step"), "page--narrow"),
		.error = error,
		.ticket = ticket,
		.csrf = rq->csrf,
		.next = path_is_local(next) ? next : S("/"),
		.action = action,
		.kept = hidden(rq->arena, kept, action.n > 0 ? kept_n : 0),
		.kept_n = action.n > 0 ? kept_n : 0,
	};
	t_sign_code(reply_html(out, status), &page);
}

/* To where the person was going, with the words that were under way. */
void sign_in_enter(struct request *rq, const struct signed_in *in, struct str next, struct reply *out)
{
	if (in->token.n == 0) {
		show_code(rq, 200, in->ticket, (struct str){0}, next, out);
		return;
	}
	if (!path_is_local(next))
		next = S("/");
	reply_session(out, in->token);
	if (in->told) {
		struct sign_told_page page = {.layout = site_layout(rq, S("Signed in"), "page--narrow"),
					      .next = {next}};
		t_sign_told(reply_html(out, 200), &page);
	} else if (carry_action(rq).n == 0) {
		reply_redirect(out, next);
	} else {
		show_again(rq, csrf_of(rq->arena, in->token), out); /* the new session's own csrf */
	}
}

err_t page_sign_in_post(struct request *rq, struct reply *out)
{
	struct str next = form_text(&rq->form, "next");
	struct str login = form_text(&rq->form, "login");
	struct signed_in in;
	err_t e = app_sign_in(site_call(rq), login, form_secret(&rq->form, "password"), rq->address, &in);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return sign_in_show(rq, e->class == ERR_RETRY ? 429 : 422, login, e->say, next, out);
	sign_in_enter(rq, &in, next, out);
	return NULL;
}

err_t page_sign_code_post(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str ticket = form_text(f, "ticket");
	struct str next = form_text(f, "next");
	struct signed_in in;
	err_t e = app_sign_code(site_call(rq), ticket, form_secret(f, "code"), rq->address, &in);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL && e->class == ERR_INVALID) /* the ticket: from the beginning */
		return sign_in_show(rq, 422, (struct str){0}, e->say, next, out);
	if (e != NULL)
		show_code(rq, e->class == ERR_RETRY ? 429 : 422, ticket, e->say, next, out);
	else
		sign_in_enter(rq, &in, next, out);
	return NULL;
}

err_t page_form_stale(struct request *rq, struct reply *out)
{
	show_again(rq, rq->csrf, out);
	return NULL;
}

err_t page_sign_out_post(struct request *rq, struct reply *out)
{
	TRY(app_sign_out(site_call(rq), rq->session));
	reply_session_end(out);
	reply_redirect(out, S("/sign-in"));
	return NULL;
}

err_t account_show(struct request *rq, int status, struct str error, struct str done, struct reply *out)
{
	struct sso_view sso;
	struct str mail;
	TRY(app_sso(site_call(rq), &sso));
	TRY(app_mail_own(site_call(rq), &mail));
	struct account_page page = {
		.layout = site_layout(rq, S("Account"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.sso = &sso,
		.sso_since = say_day(instant_day(sso.since)),
		.must_change = rq->actor->must_change,
		.name = rq->actor->name,
		.role = str_from(role_say(rq->actor->role)),
		.mail = mail,
		.reminder = mou_reminder(rq->arena, rq->actor, rq->today, true),
	};
	t_account(reply_html(out, status), &page);
	return NULL;
}

err_t page_account(struct request *rq, struct reply *out)
{
	return account_show(rq, 200, (struct str){0}, (struct str){0}, out);
}

err_t page_account_post(struct request *rq, struct reply *out)
{
	struct str error = {0};
	struct str fresh = form_secret(&rq->form, "new");
	if (!form_ok(&rq->form))
		error = S("Please fill in all three fields.");
	else if (!str_eq(fresh, form_secret(&rq->form, "again")))
		error = S("The two new passwords are not the same.");
	if (error.n == 0) {
		err_t e = app_password_change(site_call(rq), rq->session, form_secret(&rq->form, "old"), fresh);
		if (e != NULL && e->class == ERR_INTERNAL)
			return e;
		error = e == NULL ? (struct str){0} : e->say;
	}
	if (error.n > 0)
		return account_show(rq, 422, error, (struct str){0}, out);
	if (!rq->actor->must_change)
		return account_show(rq, 200, error, S("Your password is changed. Everywhere else you are signed out."),
				    out);
	reply_redirect(out, S("/"));
	return NULL;
}

err_t page_account_mail(struct request *rq, struct reply *out)
{
	struct str address = str_trim(form_text(&rq->form, "mail"));
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_mail_address(site_call(rq), S(""), address);
	if (e != NULL && e->class != ERR_INVALID)
		return e;
	if (e != NULL)
		return account_show(rq, 422, e->say, (struct str){0}, out);
	return account_show(rq, 200, (struct str){0},
			    address.n == 0
				    ? S("You get no mail from byname any more.")
				    : S("What concerns you is written to this address: never anything about a person."),
			    out);
}
