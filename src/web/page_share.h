/* Files for agencies: making one, its pass-phrase, who has what. */
#ifndef WEB_PAGE_SHARE_H
#define WEB_PAGE_SHARE_H

#include "app/share.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct share_taken_view {
	struct str by;
	struct html_words day, clock;
};

struct share_line {
	const struct share_row *row;
	struct str key; /* of its controls */
	struct chip_view chip;
	struct html_words made_day, made_clock, expires;
	struct url file, end;
	bool can_end;
	const struct share_taken_view *takings;
	size_t takings_n;
};

struct share_page {
	const struct layout *layout;
	struct str csrf, error, done;
	const struct share_view *view;
	const struct option_view *agencies, *formats;
	size_t agencies_n, formats_n;
	struct str where; /* as typed */
	bool notes;
	int64_t days;
	int most; /* days */
	const struct share_line *lines;
	size_t lines_n;
};

/* The notes of a file, as they will stand in it: read before it is made. */
struct share_read_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct share_reading *reading;
	struct str agency, format, where, marked; /* of the form, carried on */
	int64_t days;
};

/* The answer to the making: the only place where the pass-phrase stands. */
struct share_made_page {
	const struct layout *layout;
	struct str csrf;
	const struct share_made *made;
	struct str phrase;
	struct html_words expires;
	struct url file;
};

#define SHARE_ROUTES                                                                                                   \
	{METHOD_GET, "/share", CAN_LIST, 0, NULL, page_share},                                                         \
		{METHOD_POST, "/share", CAN_SHARE, 0, &share_form, page_share_make},                                   \
		{METHOD_POST, "/share/:id/fetch", CAN_LIST, 0, NULL, page_share_file},                                 \
	{                                                                                                              \
		METHOD_POST, "/share/:id/end", CAN_SHARE, 0, NULL, page_share_end                                      \
	}

extern const struct form_spec share_form;
must err_t page_share(struct request *rq, struct reply *out);
must err_t page_share_make(struct request *rq, struct reply *out);
must err_t page_share_file(struct request *rq, struct reply *out);
must err_t page_share_end(struct request *rq, struct reply *out);

#endif
