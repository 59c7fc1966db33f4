/* One household from paper: the fields of its list as a form. */
#include "web/page_source.h"

#include "web/site.h"
#include "web/t_source_paper.h"

#define X(name_, word, cells, kinds, say) {.name = word, .label = say, .kind = FIELD_PRIVATE, .max = 100},
static const struct form_field paper_fields[] = {SOURCE_FIELDS(X)};
#undef X
const struct form_spec source_paper_form = FORM(paper_fields);

static void build_options(struct arena *a, enum source_field f, struct str value, struct field_view *field)
{
	size_t n;
	const struct source_choice *choices = source_choices(f, &n);
	struct option_view *options = arena_many(a, n + 1, struct option_view);
	options[0] = (struct option_view){(struct str){0}, S("Not told"), value.n == 0};
	for (size_t i = 0; i < n; i++)
		options[i + 1] = (struct option_view){str_from(choices[i].say), str_from(choices[i].say),
						      str_eq(value, str_from(choices[i].say))};
	field->options = options;
	field->options_n = n + 1;
}

static err_t show(struct request *rq, int status, bool again, struct str error, struct reply *out)
{
	static const enum input_kind inputs[] = {[SOURCE_TEXTS] = INPUT_LINE,
						 [SOURCE_DAYS] = INPUT_DAY,
						 [SOURCE_NUMBERS] = INPUT_NUMBER,
						 [SOURCE_WORDS] = INPUT_CHOICE};
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct source_list list;
	const struct source_line *source = NULL;
	TRY(app_sources(site_call(rq), &list));
	for (size_t i = 0; i < list.sources_n; i++)
		if (str_eq(list.sources[i].id, id))
			source = &list.sources[i];
	if (source == NULL)
		return err_new(a, ERR_MISSING, "Your region has no such list.");
	unsigned kind = source->coded ? SOURCE_CODED : SOURCE_NAMED;
	struct source_paper_page page = {
		.layout = site_layout(rq, source->name, "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.source = source->name,
		.coded = source->coded,
		.post = url_path(a, "/sources/{}/paper", id),
	};
	struct field_view *fields = arena_many(a, SOURCE_FIELDS_N, struct field_view);
	for (enum source_field f = 0; f < SOURCE_FIELDS_N; f++) {
		/* A region is for files, whole names for files that have no parts. */
		if ((source_fields[f].kinds & kind) == 0 || f == SOURCE_REGION || f == SOURCE_NAME)
			continue;
		struct str value = again ? form_value(&rq->form, source_fields[f].word.p)->text : (struct str){0};
		struct field_view *field = &fields[page.fields_n++];
		*field = (struct field_view){
			.kind = inputs[source_fields[f].cells],
			.name = source_fields[f].word,
			.label = str_from(source_fields[f].say),
			.hint = f == SOURCE_KEY && source->coded ? S("Your own code. Not an HMIS id, not initials.")
				: f == SOURCE_KEY ? S("A number of your own; without one, name and birth date find the "
						      "row again.")
						  : (struct str){0},
			.required = f == SOURCE_KEY && source->coded,
			.max = source_fields[f].cells == SOURCE_TEXTS ? 100 : 0,
			.value = value,
		};
		if (field->kind == INPUT_CHOICE)
			build_options(a, f, value, field);
	}
	page.fields = fields;
	t_source_paper(reply_html(out, status), &page);
	return NULL;
}

err_t page_source_paper(struct request *rq, struct reply *out)
{
	return show(rq, 200, false, (struct str){0}, out);
}

err_t page_source_paper_post(struct request *rq, struct reply *out)
{
	struct source_paper paper = {0};
	struct source_counts n;
	if (!form_ok(&rq->form))
		return show(rq, 422, true, S("Something cannot be read; see below."), out);
	for (enum source_field f = 0; f < SOURCE_FIELDS_N; f++)
		paper.values[f] = form_pii(rq->arena, &rq->form, source_fields[f].word.p);
	err_t e = app_source_paper(site_call(rq), request_param(rq, "id"), &paper, &n);
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING || e->class == ERR_DENIED))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), true, e->say, out);
	return page_sources_show(rq, 200, (struct str){0},
				 n.added > 0 ? S("The household is on the list.") : S("The household was changed."),
				 out);
}
