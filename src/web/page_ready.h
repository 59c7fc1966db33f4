/* A household's papers, needs, wishes and the CoC's own columns; and where these columns and the menus of
 * the needs matrix are defined. */
#ifndef WEB_PAGE_READY_H
#define WEB_PAGE_READY_H

#include "app/ready.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct document_view {
	const struct ready_document *document;
	struct str key;
	struct str label;
	struct chip_view chip;
	struct str said; /* "of 3 Oct 2026, until 3 Oct 2031 · Dana Reed fetches it by 24 Nov" */
	const struct option_view *people;
	size_t people_n;
};

struct cell_view {
	struct str menu;
	struct str name; /* of the field that words it */
	struct str label;
	struct str housing; /* words */
	struct str service;
	bool here;
};

struct matrix_row {
	struct str say; /* "High" */
	struct str means;
	const struct cell_view *cells;
	size_t cells_n;
};

struct matrix_head {
	struct str say;
	struct str means;
};

struct matrix_view {
	const struct matrix_head *heads;
	size_t heads_n;
	const struct matrix_row *rows;
	size_t rows_n;
};

struct value_view {
	const struct ready_value *value;
	enum input_kind input;
	const struct option_view *options;
	size_t options_n;
	const struct str *history; /* "12 · Dana Reed, 21 Nov" */
	size_t history_n;
};

struct ready_page {
	const struct layout *layout;
	const struct ready_view *ready;
	struct str csrf;
	struct str error; /* empty: none */
	struct url back;
	struct url put_document;
	struct url put_needs;
	struct url put_preference;
	struct url put_value;
	struct url put_place;
	const struct document_view *documents;
	size_t documents_n;
	struct matrix_view matrix;
	const struct option_view *housing;
	size_t housing_n;
	const struct option_view *service;
	size_t service_n;
	struct str menu; /* of the household's cell; empty: not chosen */
	const struct option_view *wishes;
	size_t wishes_n;
	struct str wished; /* labels */
	const struct value_view *values;
	size_t values_n;
	struct str today;
};

struct local_page {
	const struct layout *layout;
	const struct local_view *local;
	struct str csrf;
	struct str error;
	struct matrix_view matrix;
	const struct option_view *kinds;
	size_t kinds_n;
};

extern const struct form_spec document_form;
extern const struct form_spec needs_form;
extern const struct form_spec preference_form;
extern const struct form_spec value_form;
extern const struct form_spec place_form;
extern const struct form_spec column_form;
extern const struct form_spec column_end_form;
extern const struct form_spec menu_form;

must err_t page_ready(struct request *rq, struct reply *out);
must err_t page_ready_document(struct request *rq, struct reply *out);
must err_t page_ready_needs(struct request *rq, struct reply *out);
must err_t page_ready_preference(struct request *rq, struct reply *out);
must err_t page_ready_value(struct request *rq, struct reply *out);
must err_t page_ready_place(struct request *rq, struct reply *out);
must err_t page_local(struct request *rq, struct reply *out);
must err_t page_local_column(struct request *rq, struct reply *out);
must err_t page_local_end(struct request *rq, struct reply *out);
must err_t page_local_menu(struct request *rq, struct reply *out);

/* The matrix as a table, services downwards as the seed prints it; `here` marks a cell, or NULL. */
struct matrix_view matrix_build(struct arena *a, const struct needs_menus *menus, const struct needs *here);

#define READY_ROUTES                                                                                                   \
	{METHOD_GET, "/household/:id/ready", CAN_LIST, 0, NULL, page_ready},                                           \
		{METHOD_POST, "/household/:id/document", CAN_LIST, 0, &document_form, page_ready_document},            \
		{METHOD_POST, "/household/:id/needs", CAN_LIST, 0, &needs_form, page_ready_needs},                     \
		{METHOD_POST, "/household/:id/preference", CAN_LIST, 0, &preference_form, page_ready_preference},      \
		{METHOD_POST, "/household/:id/column", CAN_LIST, 0, &value_form, page_ready_value},                    \
		{METHOD_POST, "/household/:id/place", CAN_LIST, 0, &place_form, page_ready_place},                     \
		{METHOD_GET, "/local", CAN_COLUMNS, 0, NULL, page_local},                                              \
		{METHOD_POST, "/local/column", CAN_COLUMNS, 0, &column_form, page_local_column},                       \
		{METHOD_POST, "/local/column/end", CAN_COLUMNS, 0, &column_end_form, page_local_end},                  \
	{                                                                                                              \
		METHOD_POST, "/local/menu", CAN_COLUMNS, 0, &menu_form, page_local_menu                                \
	}

#endif
