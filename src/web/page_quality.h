/* Flags: what is to be mended in the facts behind the list, and by whom; the households of one flag. */
#ifndef WEB_PAGE_QUALITY_H
#define WEB_PAGE_QUALITY_H

#include "app/quality.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct quality_line_view {
	const struct quality_line *line;
	struct url href;     /* its households */
	struct url list;     /* the list filtered by it */
	struct str since;    /* "12 new since the last import, 30 mended"; empty: nothing came or went */
	struct str agencies; /* "Millpond Aid 7, Hearth House 2" */
};

struct quality_page {
	const struct layout *layout;
	const struct quality_view *quality;
	const struct quality_line_view *lines;
	size_t lines_n;
	bool aside; /* the viewer may see what imports set aside */
	struct empty_view empty;
};

struct quality_household_view {
	const struct quality_household *line;
	struct str called;
	struct url href; /* the household's page */
};

struct quality_flag_page {
	const struct layout *layout;
	const struct quality_flag_view *flag;
	const struct quality_household_view *lines;
	size_t lines_n;
	struct url list;
	struct url confirm; /* where the form goes */
	struct str csrf;
	struct str error;
	struct str more; /* "50 of 83 are shown"; empty: these are all */
	bool has_due;
	bool can; /* the flag is one that people confirm */
	struct empty_view empty;
};

struct quality_seat_view {
	const struct quality_seat *seat;
	struct str called;
	struct url href; /* its flags, on the household's page */
};

struct quality_ready_page {
	const struct layout *layout;
	const struct quality_ready *ready;
	const struct quality_seat_view *seats;
	size_t seats_n;
	bool meets;
	struct url back; /* the region's conferences */
	struct empty_view empty;
};

extern const struct form_spec quality_confirm_form;
must err_t page_quality(struct request *rq, struct reply *out);
must err_t page_quality_flag(struct request *rq, struct reply *out);
must err_t page_quality_confirm(struct request *rq, struct reply *out);
must err_t page_quality_ready(struct request *rq, struct reply *out);

#endif
