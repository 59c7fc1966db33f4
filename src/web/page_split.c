#include "web/page_split.h"

#include "web/site.h"
#include "web/t_split.h"
#include "web/t_split_done.h"

#define X(name, word, say) word,
static const char *const reasons[] = {APART_REASONS(X) NULL};
#undef X
static const struct form_field split_fields[] = {
	{.name = "leaves", .label = "Who leaves", .kind = FIELD_MANY, .max = 20},
	{.name = "reason", .label = "Why", .kind = FIELD_CHOICE, .required = true, .choices = reasons},
	{.name = "sure", .label = "That it is right", .kind = FIELD_CHECK},
};
const struct form_spec split_form = FORM(split_fields);

static bool was_chosen(const struct request *rq, struct str value)
{
	size_t n;
	const struct str *many = form_many(&rq->form, "leaves", &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(many[i], value))
			return true;
	return false;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct split_page page;
	TRY(app_household_split_page(site_call(rq), id, &page));
	bool again = error.n > 0;
	struct split_line *members = arena_many(a, page.members_n, struct split_line);
	for (size_t i = 0; i < page.members_n; i++) {
		const struct split_member *m = &page.members[i];
		struct str value = str_fmt(a, "%lld", (long long)m->client_no);
		members[i] = (struct split_line){
			value,
			m->head ? str_fmt(a, "%.*s, head of household", STR_ARG(m->called)) : m->called,
			again && was_chosen(rq, value),
		};
	}
	struct option_view *whys = arena_many(a, APART_REASONS_N, struct option_view);
	for (int i = 0; i < APART_REASONS_N; i++)
		whys[i] = (struct option_view){apart_reason_word((enum apart_reason)i),
					       str_from(apart_reason_say((enum apart_reason)i)),
					       again && form_choice(&rq->form, "reason") == i};
	struct split_view view = {
		.layout = site_layout(rq, S("Somebody leaves"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.called = page.face.named ? page.face.name : str_fmt(a, "Household %.*s", STR_ARG(page.face.code)),
		.household = url_path(a, "/household/{}", id),
		.here = url_path(a, "/household/{}/split", id),
		.members = members,
		.members_n = page.members_n,
		.reasons = whys,
		.reasons_n = APART_REASONS_N,
	};
	t_split(reply_html(out, status), &view);
	return NULL;
}

err_t page_split(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_split_post(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	size_t n;
	const struct str *many = form_many(f, "leaves", &n);
	struct str id;
	if (!form_ok(f))
		return show(rq, 422, S("Choose who leaves, and why."), out);
	if (!form_checked(f, "sure"))
		return show(rq, 422, S("Confirm that it is right: their pages part from now on."), out);
	int64_t *leaving = arena_many(rq->arena, n, int64_t);
	for (size_t i = 0; i < n; i++)
		if (!str_to_i64(many[i], &leaving[i]))
			return show(rq, 422, S("Choose who leaves."), out);
	struct split_new s = {
		.household_id = request_param(rq, "id"),
		.leaving = leaving,
		.leaving_n = n,
		.reason = (enum apart_reason)form_choice(f, "reason"),
	};
	err_t e = app_household_split(site_call(rq), &s, &id);
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING || e->class == ERR_DENIED))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, str_fmt(rq->arena, "/split/%.*s", STR_ARG(id)));
	return NULL;
}

static err_t show_done(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct split_done done;
	TRY(app_household_split_done(site_call(rq), id, &done));
	struct split_done_view view = {
		.layout = site_layout(rq, S("Somebody left"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.done = &done,
		.stays = url_path(a, "/household/{}", done.household_id),
		.left = url_path(a, "/household/{}", done.new_id),
		.undo = url_path(a, "/split/{}/undo", id),
	};
	t_split_done(reply_html(out, status), &view);
	return NULL;
}

err_t page_split_done(struct request *rq, struct reply *out)
{
	return show_done(rq, 200, (struct str){0}, out);
}

err_t page_split_undo(struct request *rq, struct reply *out)
{
	struct str id = request_param(rq, "id");
	err_t e = app_household_split_undo(site_call(rq), id);
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show_done(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, str_fmt(rq->arena, "/split/%.*s", STR_ARG(id)));
	return NULL;
}
