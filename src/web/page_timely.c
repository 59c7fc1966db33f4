#include "web/page_timely.h"

#include "web/site.h"
#include "web/t_timely.h"

static void fill_line(struct arena *a, const struct timely_line *line, struct timely_table *to, bool *hidden)
{
	struct timely_line_view *out = &to->lines[to->lines_n++];
	*out = (struct timely_line_view){.line = line, .cells_n = TIMELY_KINDS_N};
	for (int k = 0; k < TIMELY_KINDS_N; k++) {
		const struct timely_cell *cell = &line->cells[k];
		out->cells[k].cell = cell;
		*hidden = *hidden || cell->hidden;
		if (cell->n > 0 && !cell->hidden)
			out->cells[k].share = str_fmt(a, "%d %% of %lld", cell->share, (long long)cell->n);
	}
}

static struct timely_table new_table(struct arena *a, struct str label, struct str first, size_t room)
{
	struct timely_table t = {.label = label,
				 .first = first,
				 .kinds_n = TIMELY_KINDS_N,
				 .lines = arena_many(a, room, struct timely_line_view)};
	for (int k = 0; k < TIMELY_KINDS_N; k++)
		t.kinds[k].say = str_from(timely_kind_say((enum timely_kind)k));
	return t;
}

/* How many projects come behind the agency of line i. */
static size_t projects_behind(const struct timely_view *view, size_t i)
{
	size_t end = i + 1;
	while (end < view->lines_n && view->lines[end].project.n > 0)
		end++;
	return end - i - 1;
}

/* Agencies in the one table, the projects of each in one of its own. */
static void fill_tables(struct arena *a, const struct timely_view *view, struct timely_page *page)
{
	page->all = new_table(a, S("How soon facts are entered, by agency"), S("Agency"), view->lines_n);
	page->agencies = arena_many(a, view->lines_n, struct timely_agency);
	for (size_t i = 0; i < view->lines_n; i++) {
		const struct timely_line *line = &view->lines[i];
		if (line->project.n == 0) {
			fill_line(a, line, &page->all, &page->hidden);
			size_t n = projects_behind(view, i);
			page->agencies[page->agencies_n++] = (struct timely_agency){
				.line = line,
				.projects = new_table(a, str_fmt(a, "Projects of %.*s", STR_ARG(line->agency)),
						      S("Project"), n),
			};
			continue;
		}
		fill_line(a, line, &page->agencies[page->agencies_n - 1].projects, &page->hidden);
	}
}

err_t page_timely(struct request *rq, struct reply *out)
{
	struct timely_view view;
	TRY(app_timely(site_call(rq), &view));
	struct timely_page page = {
		.layout = site_layout(rq, S("How soon facts are entered"), ""),
		.timely = &view,
		.within = view.days == 0   ? S("by the day itself")
			  : view.days == 1 ? S("within 1 day")
					   : str_fmt(rq->arena, "within %d days", view.days),
		.dated = day_known(view.exported),
		.empty =
			{
				.title = S("Nothing is counted yet"),
				.text = S(
					"The next whole export that says when its records were made fills this page."),
			},
	};
	fill_tables(rq->arena, &view, &page);
	t_timely(reply_html(out, 200), &page);
	return NULL;
}
