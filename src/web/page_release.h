/* Releases of the people of a household: what they agreed to or declined, and protecting the household. */
#ifndef WEB_PAGE_RELEASE_H
#define WEB_PAGE_RELEASE_H

#include "app/release.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

/* One release or refusal, in words. */
struct release_line {
	const struct release_row *row;
	struct str headline; /* "Named to all agencies with a memorandum in the CoC" */
	struct str days;     /* "from 1 Nov 2026 to 31 Oct 2027" */
	struct str purposes, laws;
	struct str how; /* "signed on paper, in English, Release 2026, version 2; recorded by Dana Cole" */
	struct chip_view chip;
};

struct release_person {
	const struct release_member *member;
	struct str here; /* what it says for the viewer's agency */
	bool ask_again;
	const struct release_line *lines;
	size_t lines_n;
};

/* One of the five points of the conversation. */
struct point_line {
	struct str value, title, say;
	bool chosen;
};

struct release_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	const struct release_view *view;
	struct str called; /* name or code of the household */
	struct url household, here, refuse, withdraw, protect, sheet, sheet_es, guide, guide_es;
	const struct release_person *people;
	size_t people_n;
	/* The form, as it was filled in. */
	bool again; /* it was refused and stands open */
	const struct point_line *points;
	size_t points_n;
	const struct option_view *members;
	size_t members_n;
	const struct option_view *forms;
	size_t forms_n;
	const struct option_view *scopes;
	size_t scopes_n;
	const struct option_view *agencies;
	size_t agencies_n;
	const struct option_view *purposes;
	size_t purposes_n;
	const struct option_view *laws;
	size_t laws_n;
	const struct option_view *languages;
	size_t languages_n;
	const struct option_view *givens;
	size_t givens_n;
	struct str today, until, ask_on; /* 2026-11-21 */
	struct str note;
};

extern const struct form_spec release_form, release_refuse_form, release_withdraw_form, protect_form;
must err_t page_releases(struct request *rq, struct reply *out);
must err_t page_release_add(struct request *rq, struct reply *out);
must err_t page_release_refuse(struct request *rq, struct reply *out);
must err_t page_release_withdraw(struct request *rq, struct reply *out);
must err_t page_protect(struct request *rq, struct reply *out);

#define RELEASE_ROUTES                                                                                                   \
	{METHOD_GET, "/household/:id/releases", CAN_LIST, 0, NULL, page_releases},                                       \
		{METHOD_POST, "/household/:id/releases", CAN_LIST, 0, &release_form, page_release_add},                  \
		{METHOD_POST, "/household/:id/releases/refuse", CAN_LIST, 0, &release_refuse_form, page_release_refuse}, \
		{METHOD_POST,          "/household/:id/releases/withdraw", CAN_LIST, 0, &release_withdraw_form,          \
		 page_release_withdraw},                                                                                 \
	{                                                                                                                \
		METHOD_POST, "/household/:id/protect", CAN_LIST, 0, &protect_form, page_protect                          \
	}

#endif
