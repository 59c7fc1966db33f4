#include "web/page_standing.h"

#include "web/site.h"
#include "web/t_standing.h"

err_t page_standing(struct request *rq, struct reply *out)
{
	struct str id = request_param(rq, "id");
	struct standing_view view;
	TRY(app_standing_view(site_call(rq), id, &view));
	struct standing_page page = {
		.layout = site_layout(rq, S("Months and nights"), ""),
		.standing = &view,
		.back = url_path(rq->arena, "/household/{}", id),
		.months = url_path(rq->arena, "/household/{}/months", id),
	};
	t_standing(reply_html(out, 200), &page);
	return NULL;
}
