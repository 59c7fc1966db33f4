/* Where the CoC words what is its own: columns of the list, menus of the needs matrix. */
#include "web/page_ready.h"
#include "web/site.h"
#include "web/t_local.h"

#define X(name, word, say) word,
static const char *const kind_words[] = {COLUMN_KINDS(X) NULL};
#undef X
static const char *const editor_words[] = {"holder", "serving", NULL};

static const struct form_field column_fields[] = {
	{.name = "name", .label = "Name", .kind = FIELD_TEXT, .required = true, .max = COLUMN_NAME_MAX},
	{.name = "kind", .label = "Kind", .kind = FIELD_CHOICE, .required = true, .choices = kind_words},
	{.name = "choices", .label = "Choices", .kind = FIELD_TEXT, .max = 1000},
	{.name = "editors", .label = "Who writes it", .kind = FIELD_CHOICE, .required = true, .choices = editor_words},
};
const struct form_spec column_form = FORM(column_fields);

static const struct form_field end_fields[] = {
	{.name = "column", .label = "Column", .kind = FIELD_TEXT, .required = true, .max = 40},
};
const struct form_spec column_end_form = FORM(end_fields);

static const struct form_field menu_fields[] = {
	{.name = "housing", .label = "Housing need", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "service", .label = "Service need", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "menu", .label = "Menu", .kind = FIELD_LINES, .required = true, .max = 400},
};
const struct form_spec menu_form = FORM(menu_fields);

struct matrix_view matrix_build(struct arena *a, const struct needs_menus *menus, const struct needs *here)
{
	struct matrix_head *heads = arena_many(a, NEED_LEVELS_N, struct matrix_head);
	struct matrix_row *rows = arena_many(a, NEED_LEVELS_N, struct matrix_row);
	for (int s = 0; s < NEED_LEVELS_N; s++) {
		struct cell_view *cells = arena_many(a, NEED_LEVELS_N, struct cell_view);
		heads[s] = (struct matrix_head){need_table[s].say, need_table[s].housing};
		for (int h = 0; h < NEED_LEVELS_N; h++)
			cells[h] = (struct cell_view){
				.menu = menus->menu[h][s],
				.name = str_fmt(a, "f-%.*s-%.*s", STR_ARG(need_table[h].word),
						STR_ARG(need_table[s].word)),
				.label = str_fmt(a, "Housing need %.*s, service need %.*s", STR_ARG(need_table[h].word),
						 STR_ARG(need_table[s].word)),
				.housing = need_table[h].word,
				.service = need_table[s].word,
				.here = here != NULL && (int)here->housing == h && (int)here->service == s,
			};
		rows[s] = (struct matrix_row){need_table[s].say, need_table[s].service, cells, NEED_LEVELS_N};
	}
	return (struct matrix_view){heads, NEED_LEVELS_N, rows, NEED_LEVELS_N};
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct local_view view;
	TRY(app_local(site_call(rq), &view));
	struct option_view *kinds = arena_many(a, COLUMN_KINDS_N, struct option_view);
	for (int k = 0; k < COLUMN_KINDS_N; k++)
		kinds[k] = (struct option_view){str_from(column_kind_word((enum column_kind)k)),
						str_from(column_kind_say((enum column_kind)k)), false};
	struct local_page page = {
		.layout = site_layout(rq, S("Our own columns and menus"), ""),
		.local = &view,
		.csrf = rq->csrf,
		.error = error,
		.matrix = matrix_build(a, view.menus, NULL),
		.kinds = kinds,
		.kinds_n = COLUMN_KINDS_N,
	};
	t_local(reply_html(out, status), &page);
	return NULL;
}

err_t page_local(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show, S("/local"), out);
}

err_t page_local_column(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (form_choice(f, "kind") < 0 || form_choice(f, "editors") < 0)
		return show(rq, 422, S("Say what the column takes and who writes it."), out);
	struct column_new n = {
		.name = form_text(f, "name"),
		.kind = (enum column_kind)form_choice(f, "kind"),
		.choices = form_text(f, "choices"),
		.holder = form_choice(f, "editors") == 0,
	};
	return written(rq, app_column_add(site_call(rq), &n), out);
}

err_t page_local_end(struct request *rq, struct reply *out)
{
	return written(rq, app_column_end(site_call(rq), form_text(&rq->form, "column")), out);
}

err_t page_local_menu(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct needs cell;
	if (!need_level_parse(form_text(f, "housing"), &cell.housing) ||
	    !need_level_parse(form_text(f, "service"), &cell.service))
		return show(rq, 422, S("There is no such cell."), out);
	return written(rq, app_needs_menu_put(site_call(rq), cell, form_text(f, "menu")), out);
}
