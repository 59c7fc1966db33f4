/* Importing an HMIS export from the browser: upload, progress, preview, apply. */
#ifndef WEB_PAGE_IMPORT_H
#define WEB_PAGE_IMPORT_H

#include "app/gone.h"
#include "app/import_run.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct import_line_view {
	int64_t no;
	struct html_words begun;
	struct str source;
	struct chip_view state;
	int64_t households;
	int64_t aside;
};

struct import_count_view {
	struct str say;
	int64_t clients, enrollments;
};

struct import_file_view {
	struct str name;
	int64_t rows, aside, blanked, refused;
};

struct import_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct import_run_state run;
	struct meter_view meter;
	const struct import_view *waits; /* NULL: none is staged */
	const struct import_count_view *counts;
	size_t counts_n;
	const struct import_file_view *files;
	size_t files_n;
	const struct import_line_view *lines;
	size_t lines_n;
};

struct flag_line_view {
	struct str file;
	int64_t line;
	struct chip_view done;
	struct str sentence;
};

/* A household to decide about. */
struct gone_line_view {
	const struct gone_line *line;
	struct url href; /* where it is decided */
};

struct flags_page {
	const struct layout *layout;
	const struct gone_line_view *gone; /* on the first page of flags alone */
	size_t gone_n;
	struct str gone_more; /* "50 of 83: …"; empty: these are all */
	const struct flag_line_view *flags;
	size_t flags_n;
	struct pager_view pager;
};

extern const struct form_spec import_form, import_decide_form, flags_form;
must err_t page_import(struct request *rq, struct reply *out);
must err_t page_import_progress(struct request *rq, struct reply *out);
must err_t page_import_post(struct request *rq, struct reply *out);
must err_t page_import_decide(struct request *rq, struct reply *out);
must err_t page_flags(struct request *rq, struct reply *out);

#endif
