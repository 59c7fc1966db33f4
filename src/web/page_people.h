/* The administrator's page of accounts. */
#ifndef WEB_PAGE_PEOPLE_H
#define WEB_PAGE_PEOPLE_H

#include "app/invite.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct invited_view {
	const struct invitation *who;
	struct html_words until;
};

struct people_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str done; /* what has just been done, with a one-time password in it */
	const struct user_row *users;
	size_t users_n;
	const struct field_view *fields; /* of the form that adds somebody */
	size_t fields_n;
	const struct field_view *move; /* of the form that moves somebody */
	size_t move_n;
	const struct invited_view *invited;
	size_t invited_n;
};

extern const struct form_spec person_form, person_move_form, person_login_form;
must err_t page_people(struct request *rq, struct reply *out);
must err_t page_person_add(struct request *rq, struct reply *out);
must err_t page_person_invite(struct request *rq, struct reply *out);
must err_t page_person_uninvite(struct request *rq, struct reply *out);
must err_t page_person_move(struct request *rq, struct reply *out);
must err_t page_person_sign_out(struct request *rq, struct reply *out);
must err_t page_person_factor_reset(struct request *rq, struct reply *out);
must err_t page_person_part(struct request *rq, struct reply *out);
must err_t page_person_reset(struct request *rq, struct reply *out);
must err_t page_person_disable(struct request *rq, struct reply *out);

#endif
