/* Single sign-on: leaving for the provider, coming back, and connecting one's account with it. */
#ifndef WEB_PAGE_SSO_H
#define WEB_PAGE_SSO_H

#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

/* A form may not lead to another site (our Content-Security-Policy), a link may. */
struct sso_go_page {
	const struct layout *layout;
	struct str button;
	struct url go;
};

extern const struct form_spec sso_form, sso_back_form, sso_connect_form;
must err_t page_sso(struct request *rq, struct reply *out);
must err_t page_sso_back(struct request *rq, struct reply *out);
must err_t page_sso_connect(struct request *rq, struct reply *out);
must err_t page_sso_part(struct request *rq, struct reply *out);

#endif
