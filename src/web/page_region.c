#include "web/page_region.h"

#include "web/site.h"
#include "web/t_regions.h"

static const struct form_field region_fields[] = {
	{.name = "id", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "name", .label = "Name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "anchor", .label = "Anchor agency", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec region_form = FORM(region_fields);

static const struct form_field county_fields[] = {
	{.name = "county", .label = "County", .kind = FIELD_TEXT, .required = true, .max = 200},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec county_form = FORM(county_fields);

static const char *const border_acts[] = {"add", "remove", NULL};
static const struct form_field border_fields[] = {
	{.name = "county", .label = "County", .kind = FIELD_TEXT, .required = true, .max = 200},
	{.name = "neighbour", .label = "Its neighbor", .kind = FIELD_TEXT, .required = true, .max = 200},
	{.name = "act", .label = "What", .kind = FIELD_CHOICE, .required = true, .choices = border_acts},
};
const struct form_spec border_form = FORM(border_fields);

/* What was typed in a field of whichever of this page's forms was sent. */
static struct str sent(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->form.pairs_n; i++)
		if (str_eq(rq->form.pairs[i].name, str_from(name)))
			return rq->form.pairs[i].value;
	return (struct str){0};
}

static const struct option_view *agency_options(struct arena *a, const struct regions_view *view, struct str chosen)
{
	struct option_view *options = arena_many(a, view->agencies_n, struct option_view);
	for (size_t i = 0; i < view->agencies_n; i++)
		options[i] = (struct option_view){view->agencies[i].id, view->agencies[i].name,
						  str_eq(view->agencies[i].id, chosen)};
	return options;
}

static const struct option_view *county_options(struct arena *a, const struct regions_view *view, struct str chosen)
{
	struct option_view *options = arena_many(a, view->counties_n, struct option_view);
	for (size_t i = 0; i < view->counties_n; i++)
		options[i] =
			(struct option_view){view->counties[i], view->counties[i], str_eq(view->counties[i], chosen)};
	return options;
}

static void build_sections(struct arena *a, const struct regions_view *view, struct str chosen,
			   struct region_page *page)
{
	struct region_section *sections = arena_many(a, view->regions_n, struct region_section);
	struct option_view *regions = arena_many(a, view->regions_n, struct option_view);
	struct str *unanchored = arena_many(a, view->regions_n, struct str);
	for (size_t i = 0; i < view->regions_n; i++) {
		const struct region_card *card = &view->regions[i];
		sections[i] = (struct region_section){
			.card = card,
			.key = str_fmt(a, "region-%lld", (long long)card->number),
			.table = {str_fmt(a, "Counties of %.*s", STR_ARG(card->name)), card->counties,
				  card->counties_n},
			.counties =
				card->counties_n == 1 ? S("1 county") : str_fmt(a, "%zu counties", card->counties_n),
			.open = card->say_n > 0,
			.agencies = agency_options(a, view, card->anchor_id),
			.agencies_n = view->agencies_n,
		};
		regions[i] = (struct option_view){card->id, card->name, str_eq(card->id, chosen)};
		if (card->anchor.n == 0)
			unanchored[page->unanchored_n++] = card->name;
	}
	page->sections = sections;
	page->sections_n = view->regions_n;
	page->regions = regions;
	page->regions_n = view->regions_n;
	page->unanchored = unanchored;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct regions_view view;
	TRY(app_regions(site_call(rq), &view));
	bool again = error.n > 0;
	bool adding = again && sent(rq, "id").n == 0;
	struct region_page page = {
		.layout = site_layout(rq, S("Regions"), ""),
		.csrf = rq->csrf,
		.error = error,
		.per_agency = view.per_agency,
		.hidden = view.hidden,
		.loose = {S("Counties without a region"), view.loose, view.loose_n},
		.counties = county_options(a, &view, again ? sent(rq, "county") : (struct str){0}),
		.counties_n = view.counties_n,
		.neighbours = county_options(a, &view, again ? sent(rq, "neighbour") : (struct str){0}),
		.neighbours_n = view.counties_n,
		.agencies = agency_options(a, &view, adding ? sent(rq, "anchor") : (struct str){0}),
		.agencies_n = view.agencies_n,
		.name = adding ? sent(rq, "name") : (struct str){0},
	};
	build_sections(a, &view, again ? sent(rq, "region") : (struct str){0}, &page);
	t_regions(reply_html(out, status), &page);
	return NULL;
}

static err_t written(struct request *rq, err_t e, struct reply *out)
{
	return site_written(rq, e, show, S("/regions"), out);
}

err_t page_regions(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_region_put(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Give the region a name and an anchor agency."), out);
	struct region_put r = {
		.id = form_text(f, "id"),
		.name = form_text(f, "name"),
		.anchor = form_text(f, "anchor"),
	};
	return written(rq, app_region_put(site_call(rq), &r), out);
}

err_t page_county_move(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose a county and where it belongs."), out);
	return written(rq, app_county_move(site_call(rq), form_text(f, "county"), form_text(f, "region")), out);
}

err_t page_county_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Give the county a name."), out);
	return written(rq, app_county_add(site_call(rq), form_text(f, "county"), form_text(f, "region")), out);
}

err_t page_county_border(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Choose two counties."), out);
	return written(rq,
		       app_county_border(site_call(rq), form_text(f, "county"), form_text(f, "neighbour"),
					 form_choice(f, "act") == 0),
		       out);
}
