#include "web/page_people.h"

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

static const struct form_field login_fields[] = {
	{.name = "login", .label = "Sign-in name", .kind = FIELD_TEXT, .required = true, .max = 64},
};
const struct form_spec person_login_form = FORM(login_fields);

static void build_form(struct request *rq, bool again, struct people_page *page)
{
	struct arena *a = rq->arena;
	static const char *const hints[] = {
		"",
		"",
		"",
		"The agency's name, as the HMIS writes it; a provider and a lead agency's user need one.",
		"Number or name; a list holder needs one.",
	};
	enum { N = sizeof person_fields / sizeof *person_fields };
	struct field_view *fields = arena_many(a, N, struct field_view);
	for (size_t i = 0; i < N; i++) {
		const struct form_field *f = &person_fields[i];
		const struct form_value *value = again ? form_value(&rq->form, f->name) : NULL;
		fields[i] = (struct field_view){
			.kind = f->kind == FIELD_CHOICE ? INPUT_CHOICE : INPUT_LINE,
			.name = str_from(f->name),
			.label = str_from(f->label),
			.hint = str_from(hints[i]),
			.required = f->required,
			.max = f->max,
			.value = value == NULL ? (struct str){0} : value->text,
			.error = value == NULL ? (struct str){0} : value->error,
		};
	}
	struct option_view *options = arena_many(a, ROLES_N, struct option_view);
	size_t n = 0;
	for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++)
		options[n++] = (struct option_view){
			.value = str_from(role_word((enum role)r)),
			.label = str_from(role_say((enum role)r)),
			.chosen = str_eq(fields[2].value, str_from(role_word((enum role)r))),
		};
	fields[2].options = options;
	fields[2].options_n = n;
	page->fields = fields;
	page->fields_n = N;
}

static err_t show(struct request *rq, int status, bool again, struct str error, struct str done, struct reply *out)
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
	build_form(rq, again, &page);
	t_people(reply_html(out, status), &page);
	return NULL;
}

/* Shows the page after an act: with what was done, or with what was wrong and the words typed. */
static err_t show_after(struct request *rq, err_t e, bool again, struct str done, struct reply *out)
{
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), again, e->say, (struct str){0}, out);
	return show(rq, 200, false, (struct str){0}, done, out);
}

err_t page_people(struct request *rq, struct reply *out)
{
	return show(rq, 200, false, (struct str){0}, (struct str){0}, out);
}

err_t page_person_add(struct request *rq, struct reply *out)
{
	struct form *f = &rq->form;
	struct str password = {0};
	if (!form_ok(f))
		return show(rq, 422, true, S("Something is missing or cannot be read; see below."), (struct str){0},
			    out);
	struct user_new u = {
		.login = form_text(f, "login"),
		.name = form_text(f, "name"),
		.role = (enum role)(form_choice(f, "role") + 1),
		.agency = form_text(f, "agency"),
		.region = form_text(f, "region"),
	};
	err_t e = app_user_add(site_call(rq), &u, &password);
	return show_after(rq, e, true,
			  str_fmt(rq->arena, "%.*s can sign in. One-time password, shown only now: %.*s",
				  STR_ARG(u.login), STR_ARG(password)),
			  out);
}

err_t page_person_reset(struct request *rq, struct reply *out)
{
	struct str password = {0};
	struct str login = form_text(&rq->form, "login");
	err_t e = app_user_reset(site_call(rq), login, &password);
	return show_after(rq, e, false,
			  str_fmt(rq->arena, "One-time password for %.*s, shown only now: %.*s", STR_ARG(login),
				  STR_ARG(password)),
			  out);
}

err_t page_person_disable(struct request *rq, struct reply *out)
{
	struct str login = form_text(&rq->form, "login");
	err_t e = app_user_disable(site_call(rq), login);
	return show_after(rq, e, false, str_fmt(rq->arena, "%.*s is signed out and cannot sign in.", STR_ARG(login)),
			  out);
}
