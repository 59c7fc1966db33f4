/* Telling the privacy officer of a demand by law or of something that got out, and the officer's page of them. */
#ifndef WEB_PAGE_INCIDENT_H
#define WEB_PAGE_INCIDENT_H

#include "app/incident.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct incident_step_view {
	const struct incident_step_row *row;
	struct html_words on;
};

struct incident_view {
	const struct incident_row *row;
	struct str kind;
	struct html_words told, due, closed;
	struct incident_step_view *steps;
	size_t steps_n;
};

struct incidents_page {
	const struct layout *layout;
	struct str csrf, error;
	struct incident_view *rows;
	size_t rows_n;
	struct empty_view empty;
};

struct incident_tell_page {
	const struct layout *layout;
	struct str csrf, error;
	struct str officers; /* by name; empty: there is none */
	struct str words;    /* as they were typed */
	bool breach;         /* what was chosen */
	bool told;
};

extern const struct form_spec incident_tell_form, incident_step_form, incident_close_form;
must err_t page_incident_new(struct request *rq, struct reply *out);
must err_t page_incident_tell(struct request *rq, struct reply *out);
must err_t page_incidents(struct request *rq, struct reply *out);
must err_t page_incident_step(struct request *rq, struct reply *out);
must err_t page_incident_close(struct request *rq, struct reply *out);

#define INCIDENT_ROUTES                                                                                                \
	{METHOD_GET, "/account/tell", CAN_ACCOUNT, 0, NULL, page_incident_new},                                        \
		{METHOD_POST, "/account/tell", CAN_ACCOUNT, 0, &incident_tell_form, page_incident_tell},               \
		{METHOD_GET, "/incidents", CAN_JOURNAL, 0, NULL, page_incidents},                                      \
		{METHOD_POST, "/incidents/step", CAN_JOURNAL, 0, &incident_step_form, page_incident_step},             \
	{                                                                                                              \
		METHOD_POST, "/incidents/close", CAN_JOURNAL, 0, &incident_close_form, page_incident_close             \
	}

#endif
