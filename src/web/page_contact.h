/* Contact with a household: written down with one tap, for a phone. */
#ifndef WEB_PAGE_CONTACT_H
#define WEB_PAGE_CONTACT_H

#include "app/contact.h"
#include "web/layout.h"
#include "web/route.h"

struct contact_button {
	struct str key, label;
	bool tried; /* what counts for nothing looks like less */
};

struct contact_row {
	const struct contact_line *line;
	struct str how; /* "met in person, at a shelter" */
};

struct contact_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct contact_view *view;
	struct str called;
	struct str last; /* "3 days ago" */
	struct url here, back_to, take_back;
	const struct contact_button *buttons;
	size_t buttons_n;
	const struct option_view *places;
	size_t places_n;
	struct str day, words; /* as typed */
	const struct contact_row *rows;
	size_t rows_n;
};

#define CONTACT_ROUTES                                                                                                 \
	{METHOD_GET, "/household/:id/contact", CAN_LIST, 0, NULL, page_contact},                                       \
		{METHOD_POST, "/household/:id/contact", CAN_LIST, 0, &contact_form, page_contact_log},                 \
	{                                                                                                              \
		METHOD_POST, "/household/:id/contact/back", CAN_LIST, 0, &contact_back_form, page_contact_back         \
	}

extern const struct form_spec contact_form;
extern const struct form_spec contact_back_form;
must err_t page_contact(struct request *rq, struct reply *out);
must err_t page_contact_log(struct request *rq, struct reply *out);
must err_t page_contact_back(struct request *rq, struct reply *out);

/* "met in person, at a shelter" */
struct str page_contact_how(struct arena *a, const struct contact_line *line);

#endif
