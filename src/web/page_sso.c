#include "web/page_sso.h"

#include "app/password.h"
#include "app/sso.h"
#include "base/log.h"
#include "web/page_sign.h"
#include "web/site.h"
#include "web/t_sso_go.h"

static const struct form_field leave_fields[] = {
	{.name = "next", .label = "Next page", .kind = FIELD_TEXT, .max = 2000},
};
const struct form_spec sso_form = FORM(leave_fields);

static const struct form_field back_fields[] = {
	{.name = "state", .label = "State", .kind = FIELD_TEXT, .max = 2000},
	{.name = "code", .label = "Code", .kind = FIELD_TEXT, .max = 4000},
	{.name = "iss", .label = "Issuer", .kind = FIELD_TEXT, .max = 2000},
	{.name = "error", .label = "Error", .kind = FIELD_TEXT, .max = 200},
};
const struct form_spec sso_back_form = FORM(back_fields);

static const struct form_field connect_fields[] = {
	{.name = "password", .label = "Password", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
};
const struct form_spec sso_connect_form = FORM(connect_fields);

/* Back on the sign-in page with a sentence; what the provider did wrong is for the operator. */
static err_t show_refused(struct request *rq, err_t e, struct str next, struct reply *out)
{
	if (e->class == ERR_INTERNAL || e->class == ERR_MISSING)
		return e;
	if (e->detail.n > 0)
		log_err("sso.provider", e);
	return sign_in_show(rq, err_http_status(e->class), (struct str){0}, e->say, next, out);
}

err_t page_sso(struct request *rq, struct reply *out)
{
	struct str next = form_text(&rq->form, "next");
	struct sso_away away;
	err_t e = app_sso_begin(site_call(rq), path_is_local(next) ? next : S("/"), &away);
	if (e != NULL)
		return show_refused(rq, e, next, out);
	reply_away(out, away.token);
	reply_leave(out, away.url);
	return NULL;
}

err_t page_sso_back(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct sso_in in;
	struct sso_back back = {
		.token = rq->away,
		.state = form_text(f, "state"),
		.code = form_text(f, "code"),
		.issuer = form_text(f, "iss"),
		.error = form_text(f, "error"),
		.address = rq->address,
	};
	err_t e = app_sso_back(site_call(rq), &back, &in);
	reply_away(out, (struct str){0});
	if (e != NULL)
		return show_refused(rq, e, S("/"), out);
	if (in.signed_in.token.n > 0 || in.signed_in.ticket.n > 0)
		sign_in_enter(rq, &in.signed_in, in.next, out);
	else
		reply_redirect(out, in.next);
	return NULL;
}

err_t page_sso_connect(struct request *rq, struct reply *out)
{
	struct call *c = site_call(rq);
	struct sso_view view;
	struct sso_away away;
	TRY(app_sso(c, &view));
	err_t e = app_sso_connect(c, form_secret(&rq->form, "password"), &away);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return account_show(rq, err_http_status(e->class), e->say, (struct str){0}, out);
	struct sso_go_page page = {
		.layout = site_layout(rq, S("Connect"), "page--narrow"),
		.button = view.button,
		.go = {away.url},
	};
	reply_away(out, away.token);
	t_sso_go(reply_html(out, 200), &page);
	return NULL;
}

err_t page_sso_part(struct request *rq, struct reply *out)
{
	err_t e = app_sso_part(site_call(rq));
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return account_show(rq, err_http_status(e->class), e->say, (struct str){0}, out);
	return account_show(rq, 200, (struct str){0}, S("Disconnected. Your password signs you in."), out);
}
