/* An invitation as the invited sees it: without an account yet. */
#ifndef WEB_PAGE_INVITATION_H
#define WEB_PAGE_INVITATION_H

#include "app/invite.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct invitation_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str code;
	bool known; /* the code is good; else it is asked for */
	const struct invitation *invitation;
	struct html_words until;
};

extern const struct form_spec invitation_form, invitation_take_form;
must err_t page_invitation(struct request *rq, struct reply *out);
must err_t page_invitation_take(struct request *rq, struct reply *out);

#endif
