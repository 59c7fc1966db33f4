/* Lists that are not of an HMIS: choosing a file, saying what it is, loading it; one household from paper. */
#ifndef WEB_PAGE_SOURCE_H
#define WEB_PAGE_SOURCE_H

#include "app/source.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct source_line_view {
	struct str name;
	struct str what; /* "named", "coded · Quiet Harbor"; before it the region, where there are several */
	int64_t people, absent;
	struct html_words last;
	struct url file, paper;
	struct str key; /* of its controls */
};

struct draft_line_view {
	struct str source;
	struct html_words made;
	struct url href;
};

struct sources_page {
	const struct layout *layout;
	struct str csrf, error, done;
	struct str regions; /* "Region 4", "All regions" */
	const struct source_line_view *lines;
	size_t lines_n;
	const struct draft_line_view *drafts;
	size_t drafts_n;
	const struct field_view *fields; /* of a new list */
	size_t fields_n;
};

struct source_choice_view {
	struct str value, label;
	bool chosen;
};

struct source_column_line {
	struct str header, samples, key;
	struct chip_view chip;
	const struct source_choice_view *choices;
	size_t choices_n;
};

struct source_word_line {
	struct str field, word, key;
	int64_t rows;
	const struct source_choice_view *choices;
	size_t choices_n;
};

struct source_row_line {
	int64_t line;
	struct str who, what;
};

struct source_draft_page {
	const struct layout *layout;
	struct str csrf, error;
	struct str source;
	bool coded;
	const struct source_look *look;
	const struct source_choice_view *orders;
	size_t orders_n;
	const struct source_column_line *columns;
	size_t columns_n;
	const struct source_word_line *words;
	size_t words_n;
	const struct source_row_line *rows;
	size_t rows_n;
	const struct source_row_line *asides; /* `who` is empty */
	size_t asides_n;
	struct tiles_view tiles;
	struct url map, load, discard;
};

struct source_paper_page {
	const struct layout *layout;
	struct str csrf, error;
	struct str source;
	bool coded;
	const struct field_view *fields;
	size_t fields_n;
	struct url post;
};

extern const struct form_spec source_form, source_file_form, source_map_form, source_paper_form;
must err_t page_sources(struct request *rq, struct reply *out);
must err_t page_source_add(struct request *rq, struct reply *out);
must err_t page_source_file(struct request *rq, struct reply *out);
must err_t page_source_draft(struct request *rq, struct reply *out);
must err_t page_source_map(struct request *rq, struct reply *out);
must err_t page_source_load(struct request *rq, struct reply *out);
must err_t page_source_discard(struct request *rq, struct reply *out);
must err_t page_source_paper(struct request *rq, struct reply *out);
must err_t page_source_paper_post(struct request *rq, struct reply *out);

/* page_source.c, for page_source_paper.c: the page of all lists, with what was done or what was wrong. */
must err_t page_sources_show(struct request *rq, int status, struct str error, struct str done, struct reply *out);

#define SOURCE_ROUTES                                                                                                  \
	{METHOD_GET, "/sources", CAN_SOURCES, 0, NULL, page_sources},                                                  \
		{METHOD_POST, "/sources", CAN_SOURCES, 0, &source_form, page_source_add},                              \
		{METHOD_POST, "/sources/:id/file", CAN_SOURCES, ROUTE_UPLOAD, &source_file_form, page_source_file},    \
		{METHOD_GET, "/sources/draft/:id", CAN_SOURCES, 0, NULL, page_source_draft},                           \
		{METHOD_POST, "/sources/draft/:id/map", CAN_SOURCES, 0, &source_map_form, page_source_map},            \
		{METHOD_POST, "/sources/draft/:id/load", CAN_SOURCES, 0, NULL, page_source_load},                      \
		{METHOD_POST, "/sources/draft/:id/discard", CAN_SOURCES, 0, NULL, page_source_discard},                \
		{METHOD_GET, "/sources/:id/paper", CAN_SOURCES, 0, NULL, page_source_paper},                           \
	{                                                                                                              \
		METHOD_POST, "/sources/:id/paper", CAN_SOURCES, 0, &source_paper_form, page_source_paper_post          \
	}

#endif
