/* What is written down about a household to house it: papers, needs, wishes, the CoC's own columns, the own
 * agency's last known location; one page of it, and what a row of the list says of it.
 *
 * Who sees the row sees how ready it is and its cell of the matrix; words, dates and values are for who sees
 * the household by name.
 */
#ifndef APP_READY_H
#define APP_READY_H

#include "app/column.h"
#include "app/document.h"
#include "app/list_own.h"
#include "app/needs.h"

struct ready_document {
	enum document_kind kind;
	struct document document;
	struct str fetcher; /* name */
	bool holds;
	bool expired;
	bool overdue; /* to be fetched by a day that has passed */
};

struct ready_value {
	struct column column;
	struct str value;
	bool may_edit;
	struct entry *history; /* newest first; the values in `were` */
	struct str *were;
	size_t history_n;
};

struct ready_view {
	struct household_face face;
	struct ready_document *documents; /* those that the household needs */
	size_t documents_n;
	struct readiness readiness;
	struct document_person *people; /* who may fetch a paper */
	size_t people_n;
	struct needs needs;
	bool needs_known;
	enum need_level suggested; /* of housing */
	struct needs_menus menus;
	struct preference_words preference;
	struct ready_value *values;
	size_t values_n;
	struct str place; /* the own agency's */
	struct day place_day;
	bool may_write;
};

/* ERR_MISSING for a household that the actor sees nothing of. */
must err_t app_ready(struct call *c, struct str household_id, struct ready_view *out);

/* What a row of the list says. */
struct ready_row {
	struct readiness readiness;
	struct str needs; /* "High · Moderate"; empty: nobody has said it */
	struct str *own;  /* values of the own columns that are shown, for who may read notes about the household */
};

/* For n rows of a page; `veterans` says who needs the VA form. `db` is in a transaction. */
must err_t ready_rows(struct call *c, struct db *db, struct arena *a, const struct household_face *faces,
		      const bool *veterans, size_t n, const struct list_own *own, size_t own_n, struct ready_row *out);

#endif
