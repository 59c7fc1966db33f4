#include "web/page_own_copy.h"

#include "web/site.h"
#include "web/t_own_copy.h"

#define X(name, word, say) word,
static const char *const languages[] = {LANGUAGES(X) NULL};
#undef X
static const struct form_field own_copy_fields[] = {
	{.name = "from", .label = "From", .kind = FIELD_DAY},
	{.name = "language", .label = "The language", .kind = FIELD_CHOICE, .choices = languages},
};
const struct form_spec own_copy_form = FORM(own_copy_fields);

static struct str said(struct arena *a, struct day d)
{
	char text[DAY_SAY];
	return day_known(d) ? str_dup(a, str_from(day_say_date(d, text))) : S("");
}

static void add(struct own_copy_page *page, struct own_section *all, struct str heading, const struct own_line *lines,
		size_t n)
{
	if (n > 0)
		all[page->sections_n++] = (struct own_section){heading, lines, n};
}

static void fill_held(struct arena *a, const struct own_copy *v, struct own_copy_page *page, struct own_section *all)
{
	for (int p = 0; p < OWN_PARTS_N; p++) {
		struct own_line *lines = arena_many(a, v->parts[p].n, struct own_line);
		for (size_t i = 0; i < v->parts[p].n; i++) {
			const struct own_held *h = &v->parts[p].lines[i];
			lines[i] = (struct own_line){said(a, h->day), h->what, h->by};
		}
		add(page, all, page->sheet->parts[p].heading, lines, v->parts[p].n);
	}
}

static void fill_shown(struct arena *a, const struct own_view *v, struct own_copy_page *page, struct own_section *all)
{
	struct own_line *lines = arena_many(a, v->shown_n + v->changes_n, struct own_line);
	struct own_line *changes = lines + v->shown_n;
	for (size_t i = 0; i < v->shown_n; i++) {
		const struct own_shown *s = &v->shown[i];
		lines[i] = (struct own_line){
			said(a, s->day),
			s->times == 1 ? s->where : str_fmt(a, "%.*s, %d times", STR_ARG(s->where), s->times), s->who};
	}
	for (size_t i = 0; i < v->changes_n; i++) {
		char clock[CLOCK_TEXT];
		struct str day = said(a, instant_day(v->changes[i].at));
		struct str when = str_fmt(a, "%.*s, %s", STR_ARG(day), instant_clock(v->changes[i].at, clock));
		changes[i] = (struct own_line){when, v->changes[i].did, v->changes[i].who};
	}
	add(page, all, page->sheet->parts[OWN_PARTS_N].heading, lines, v->shown_n);
	add(page, all, page->sheet->parts[OWN_PARTS_N + 1].heading, changes, v->changes_n);
}

err_t page_own_copy(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct own_copy view;
	struct sheet sheet;
	char day[DAY_TEXT];
	bool bad = !form_ok(&rq->form);
	enum language next;
	enum language language = sheet_language(&rq->form, &next);
	TRY(app_own_copy(site_call(rq), id, bad ? DAY_NONE : form_day(&rq->form, "from"), &view));
	sheet_own(a, language, &sheet);
	struct str from = str_dup(a, str_from(day_text(view.shown.from, day)));
	struct url here = url_path(a, "/household/{}/copy", id);
	struct own_section *sections = arena_many(a, sheet.parts_n, struct own_section);
	struct own_copy_page page = {
		.layout = site_layout(rq, sheet.title, "page--narrow"),
		.sheet = &sheet,
		.language = str_from(language_word(language)),
		.other_language = str_from(language_say(next)),
		.other = url_query(a, url_query(a, here, "from", from), "language", str_from(language_word(next))),
		.called = view.shown.face.named ? view.shown.face.name
						: str_fmt(a, "Household %.*s", STR_ARG(view.shown.face.code)),
		.error = bad ? S("A day is written as 2026-11-21.") : (struct str){0},
		.household = url_path(a, "/household/{}", id),
		.here = here,
		.laws = url_path(a, "/household/{}/laws", id),
		.corrections = url_path(a, "/household/{}/corrections", id),
		.from = from,
		.days = str_fmt(a, "%.*s – %.*s", STR_ARG(said(a, view.shown.from)), STR_ARG(said(a, rq->today))),
		.today = said(a, rq->today),
		.sections = sections,
	};
	fill_held(a, &view, &page, sections);
	fill_shown(a, &view.shown, &page, sections);
	t_own_copy(reply_html(out, bad ? 422 : 200), &page);
	return NULL;
}
