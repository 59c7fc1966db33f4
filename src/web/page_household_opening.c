#include "web/page_household_opening.h"

#include "web/site.h"
#include "web/t_household_openings.h"

static struct str say_of(struct arena *a, const struct household_opening *row)
{
	if (row->accepted)
		return S("It is this household’s.");
	if (row->waits)
		return S("It is held for this household while the paper is fetched.");
	if (row->fit != HOME_FITS)
		return (struct str){0};
	if (row->before == 0)
		return S("Nobody who fits it stands before this household.");
	return str_fmt(a, "%zu who fit%s it too stand%s before it.", row->before, row->before == 1 ? "s" : "",
		       row->before == 1 ? "s" : "");
}

static struct household_opening_line line_of(struct arena *a, const struct household_opening *row)
{
	static const struct {
		const char *say;
		enum tone tone;
	} chips[] = {
		[HOME_FITS] = {"fits", TONE_GOOD},
		[HOME_PAPER] = {"a paper away", TONE_WARN},
		[HOME_NEAR] = {"one condition away", TONE_IDLE},
		[HOME_NOT] = {"does not fit", TONE_IDLE},
	};
	struct household_opening_line line = {
		.row = row,
		.home = opening_line_of(a, &row->opening),
		.chip = {str_from(chips[row->fit].say), chips[row->fit].tone},
		.say = say_of(a, row),
	};
	line.papers = opening_papers(a, row->papers, row->papers_n, &line.papers_n);
	return line;
}

err_t page_household_openings(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct household_openings_view view;
	TRY(app_household_openings(site_call(rq), id, &view));
	struct household_opening_line *lines = arena_many(a, view.rows_n, struct household_opening_line);
	struct household_opening_line *others = arena_many(a, view.rows_n, struct household_opening_line);
	struct household_openings_page page = {
		.layout = site_layout(rq, S("Openings for a household"), "page--narrow"),
		.view = &view,
		.called = opening_called(a, &view.face),
		.household = url_path(a, "/household/{}", id),
		.ready = url_path(a, "/household/{}/ready", id),
		.lines = lines,
		.others = others,
	};
	for (size_t i = 0; i < view.rows_n; i++) {
		if (view.rows[i].fit == HOME_NOT)
			others[page.others_n++] = line_of(a, &view.rows[i]);
		else
			lines[page.lines_n++] = line_of(a, &view.rows[i]);
	}
	t_household_openings(reply_html(out, 200), &page);
	return NULL;
}
