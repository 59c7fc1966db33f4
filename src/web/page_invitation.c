#include "web/page_invitation.h"

#include "app/password.h"
#include "web/site.h"
#include "web/t_invitation.h"

static const struct form_field look_fields[] = {
	{.name = "code", .label = "Code", .kind = FIELD_TEXT, .max = 60},
};
const struct form_spec invitation_form = FORM(look_fields);

static const struct form_field take_fields[] = {
	{.name = "code", .label = "Code", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "new", .label = "Password", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
	{.name = "again", .label = "Password, again", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
};
const struct form_spec invitation_take_form = FORM(take_fields);

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct invitation invitation = {0};
	struct str code = form_text(&rq->form, "code");
	err_t e = code.n > 0 ? app_invitation(site_call(rq), code, &invitation) : NULL;
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	struct invitation_page page = {
		.layout = site_layout(rq, S("Invitation"), "page--narrow"),
		.csrf = rq->csrf,
		.error = e != NULL ? e->say : error,
		.code = code,
		.known = code.n > 0 && e == NULL,
		.invitation = &invitation,
		.until = say_day(instant_day(invitation.until)),
	};
	t_invitation(reply_html(out, e != NULL ? err_http_status(e->class) : status), &page);
	return NULL;
}

err_t page_invitation(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_invitation_take(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str fresh = form_secret(f, "new");
	if (!form_ok(f))
		return show(rq, 422, S("Please fill in all fields; a password has at most 128 characters."), out);
	if (!str_eq(fresh, form_secret(f, "again")))
		return show(rq, 422, S("The two passwords are not the same."), out);
	err_t e = app_invitation_take(site_call(rq), form_text(f, "code"), fresh);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, S("/sign-in"));
	return NULL;
}
