#include "web/page_household.h"

#include "web/page_list.h"
#include "web/site.h"
#include "web/t_household.h"

err_t page_household(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct household_view view;
	TRY(app_household_page(site_call(rq), request_param(rq, "id"), &view));
	const struct list_panel *panel = view.panel;
	struct tile_view *tiles = arena_many(a, view.tiles_n, struct tile_view);
	for (size_t i = 0; i < view.tiles_n; i++)
		tiles[i] = (struct tile_view){.value = view.tiles[i].value, .label = view.tiles[i].say};
	struct household_page page = {
		.layout = site_layout(rq, S("Household"), ""),
		.household = &view,
		.tiles = {.tiles = tiles, .tiles_n = view.tiles_n, .joined = true},
		.why = page_why(a, panel->whys, panel->whys_n, panel->sentence),
	};
	t_household(reply_html(out, 200), &page);
	return NULL;
}
