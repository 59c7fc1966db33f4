#include "web/page_home.h"

#include "web/site.h"
#include "web/t_counts.h"

/* Whoever sees the list starts there; the others start with the counts. */
err_t page_home(struct request *rq, struct reply *out)
{
	if (rq->actor->must_change)
		reply_redirect(out, S("/account"));
	else if (rq->actor->must_enrol)
		reply_redirect(out, S("/account/second-step"));
	else
		reply_redirect(out, access_may(rq->actor->role, CAN_LIST) ? S("/list") : S("/counts"));
	return NULL;
}

err_t page_counts(struct request *rq, struct reply *out)
{
	struct counts_view view;
	TRY(app_counts(site_call(rq), &view));
	struct counts_page page = {.layout = site_layout(rq, S("Counts"), ""), .counts = &view};
	t_counts(reply_html(out, 200), &page);
	return NULL;
}
