/* Signing in and out, and one's own account. */
#ifndef WEB_PAGE_SIGN_H
#define WEB_PAGE_SIGN_H

#include "app/sso.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct hidden_view {
	struct str name;
	struct str value;
};

struct sign_in_page {
	const struct layout *layout;
	struct str error;
	struct str login;
	struct str csrf;
	struct str next; /* where to go afterwards */
	const struct sso_view *sso;
	struct url sso_go;
	struct str action;              /* of a form that was under way; empty: none */
	const struct hidden_view *kept; /* its words */
	size_t kept_n;
	bool demo;
};

struct sign_code_page {
	const struct layout *layout;
	struct str error;
	struct str ticket;
	struct str csrf;
	struct str next;
	struct str action;
	const struct hidden_view *kept;
	size_t kept_n;
};

struct sign_told_page {
	const struct layout *layout;
	struct url next;
};

struct again_page {
	const struct layout *layout;
	struct str csrf;
	struct url action;
	const struct hidden_view *kept;
	size_t kept_n;
};

struct account_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str done;
	bool must_change;
	const struct sso_view *sso;
	struct html_words sso_since;
	struct str name;
	struct str role;
	struct str mail;     /* where they read mail; empty: nowhere */
	struct str reminder; /* what they or their agency signed ends soon; empty: it does not */
};

extern const struct form_spec sign_in_form, sign_code_form, account_form, account_mail_form;
must err_t page_signed_out(struct request *rq, struct reply *out);
must err_t page_form_stale(struct request *rq, struct reply *out);
must err_t page_sign_in(struct request *rq, struct reply *out);
must err_t page_sign_in_post(struct request *rq, struct reply *out);
must err_t page_sign_code_post(struct request *rq, struct reply *out);
must err_t page_sign_out_post(struct request *rq, struct reply *out);
must err_t page_account(struct request *rq, struct reply *out);
must err_t page_account_post(struct request *rq, struct reply *out);
must err_t page_account_mail(struct request *rq, struct reply *out);

/* --- for its neighbours --- */

must err_t sign_in_show(struct request *rq, int status, struct str login, struct str error, struct str next,
			struct reply *out);

/* In, or on to the code. */
void sign_in_enter(struct request *rq, const struct signed_in *in, struct str next, struct reply *out);

must err_t account_show(struct request *rq, int status, struct str error, struct str done, struct reply *out);

#endif
