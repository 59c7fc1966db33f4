#include "web/page_factor.h"

#include "app/password.h"
#include "web/site.h"
#include "web/t_factor.h"
#include "web/t_factor_codes.h"

static const struct form_field set_fields[] = {
	{.name = "ticket", .label = "Page", .kind = FIELD_TEXT, .required = true, .max = 1000},
	{.name = "code", .label = "Code", .kind = FIELD_SECRET, .required = true, .max = 20},
	{.name = "password", .label = "Password", .kind = FIELD_SECRET, .max = PASSWORD_MAX},
};
const struct form_spec factor_form = FORM(set_fields);

static const struct form_field codes_fields[] = {
	{.name = "password", .label = "Password", .kind = FIELD_SECRET, .required = true, .max = PASSWORD_MAX},
};
const struct form_spec factor_codes_form = FORM(codes_fields);

/* `ticket`: the secret that was shown before; empty or too old: a new one. */
static err_t show(struct request *rq, int status, struct str ticket, struct str error, struct reply *out)
{
	struct call *c = site_call(rq);
	struct factor_view factor;
	struct factor_offer offer;
	TRY(app_factor(c, &factor));
	if (ticket.n == 0 || app_factor_again(c, ticket, &offer) != NULL)
		TRY(app_factor_offer(c, &offer));
	struct factor_page page = {
		.layout = site_layout(rq, S("Second step"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.factor = &factor,
		.offer = &offer,
		.since = say_day(instant_day(factor.since)),
		.closed = rq->actor->must_enrol,
	};
	TRY(qr_draw(rq->arena, offer.uri, &page.qr));
	t_factor(reply_html(out, status), &page);
	return NULL;
}

err_t page_factor(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, (struct str){0}, out);
}

static err_t show_codes(struct request *rq, const struct str *codes, struct reply *out)
{
	struct factor_codes_page page = {
		.layout = site_layout(rq, S("Recovery codes"), "page--narrow"),
		.codes = codes,
		.codes_n = RECOVERY_CODES,
	};
	t_factor_codes(reply_html(out, 200), &page);
	return NULL;
}

static err_t show_after(struct request *rq, err_t e, struct str ticket, const struct str *codes, struct reply *out)
{
	if (e == NULL)
		return show_codes(rq, codes, out);
	if (e->class == ERR_INTERNAL)
		return e;
	return show(rq, e->class == ERR_RETRY ? 429 : 422, ticket, e->say, out);
}

err_t page_factor_set(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str ticket = form_text(f, "ticket");
	struct str *codes = NULL;
	if (!form_ok(f))
		return show(rq, 422, ticket, S("Please type the six digits that the program shows."), out);
	err_t e = app_factor_set(site_call(rq), ticket, form_secret(f, "code"), form_secret(f, "password"), &codes);
	return show_after(rq, e, ticket, codes, out);
}

err_t page_factor_codes(struct request *rq, struct reply *out)
{
	struct str *codes = NULL;
	err_t e = app_factor_codes(site_call(rq), form_secret(&rq->form, "password"), &codes);
	return show_after(rq, e, (struct str){0}, codes, out);
}
