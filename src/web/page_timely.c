#include "web/page_timely.h"

#include "web/site.h"
#include "web/t_timely.h"

static void fill_line(struct arena *a, const struct timely_line *line, struct timely_line_view *out, bool *hidden)
{
	*out = (struct timely_line_view){.line = line, .total = line->project.n == 0, .cells_n = TIMELY_KINDS_N};
	for (int k = 0; k < TIMELY_KINDS_N; k++) {
		const struct timely_cell *cell = &line->cells[k];
		out->cells[k].cell = cell;
		*hidden = *hidden || cell->hidden;
		if (cell->n > 0 && !cell->hidden)
			out->cells[k].share = str_fmt(a, "%d %% of %lld", cell->share, (long long)cell->n);
	}
}

err_t page_timely(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct timely_view view;
	TRY(app_timely(site_call(rq), &view));
	struct timely_line_view *lines = arena_many(a, view.lines_n, struct timely_line_view);
	struct timely_page page = {
		.layout = site_layout(rq, S("How soon facts are entered"), ""),
		.timely = &view,
		.kinds_n = TIMELY_KINDS_N,
		.lines = lines,
		.lines_n = view.lines_n,
		.within = view.days == 0   ? S("by the day itself")
			  : view.days == 1 ? S("within 1 day")
					   : str_fmt(a, "within %d days", view.days),
		.dated = day_known(view.exported),
		.empty =
			{
				.title = S("Nothing is counted yet"),
				.text = S(
					"The next whole export that says when its records were made fills this page."),
			},
	};
	for (int k = 0; k < TIMELY_KINDS_N; k++)
		page.kinds[k].say = str_from(timely_kind_say((enum timely_kind)k));
	for (size_t i = 0; i < view.lines_n; i++)
		fill_line(a, &view.lines[i], &lines[i], &page.hidden);
	t_timely(reply_html(out, 200), &page);
	return NULL;
}
