/* The forms that people sign, and the sheet in plain words that they take with them. */
#ifndef WEB_PAGE_CONSENT_H
#define WEB_PAGE_CONSENT_H

#include "app/release.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/sheet.h"

/* A version of a form, as the list of them says it. */
struct consent_line {
	const struct consent_form *form;
	struct str language;
	struct str limits; /* "90 days at most; agencies with a memorandum that work in the household's region" */
	struct chip_view chip;
	struct url href;
};

struct consent_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	const struct consent_line *lines;
	size_t lines_n;
	bool may_write;
	/* The editor, as it was filled in. */
	struct str name, from, most_days, words;
	const struct option_view *kinds;
	size_t kinds_n;
	const struct option_view *languages;
	size_t languages_n;
	const struct option_view *scopes;
	size_t scopes_n;
	const struct option_view *agencies;
	size_t agencies_n;
};

struct consent_form_page {
	const struct layout *layout;
	const struct consent_form *form;
	struct str language;
	struct sheet sheet; /* what stands around its words, in its language */
};

struct consent_sheet_page {
	const struct layout *layout;
	const struct release_view *view;
	struct url back, other; /* other: the same sheet in the next language */
	struct str other_language;
	bool guide;          /* for who explains it, and not to give away */
	struct str language; /* "es" */
	struct sheet sheet;
};

extern const struct form_spec consent_form_spec;
must err_t page_consent_forms(struct request *rq, struct reply *out);
must err_t page_consent_form_add(struct request *rq, struct reply *out);
must err_t page_consent_form(struct request *rq, struct reply *out);
must err_t page_consent_sheet(struct request *rq, struct reply *out);

#define CONSENT_ROUTES                                                                                                 \
	{METHOD_GET, "/consent/forms", CAN_POLICY, 0, NULL, page_consent_forms},                                       \
		{METHOD_POST, "/consent/forms", CAN_CONSENT_FORMS, 0, &consent_form_spec, page_consent_form_add},      \
		{METHOD_GET, "/consent/form/:id", CAN_POLICY, 0, NULL, page_consent_form},                             \
	{                                                                                                              \
		METHOD_GET, "/household/:id/releases/sheet", CAN_LIST, 0, &sheet_form, page_consent_sheet              \
	}

#endif
