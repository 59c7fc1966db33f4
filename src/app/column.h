/* The CoC's own columns, and where an agency last saw a household.
 *
 * A column has a name, a kind, and who may edit it: the region's list holder alone, or every agency that
 * serves the household as well. Its values are read by who sees the household by name; all they ever were is
 * kept. A last known location belongs to the agency that wrote it, and no other sees it (OrgCode's by-name
 * list guidance).
 */
#ifndef APP_COLUMN_H
#define APP_COLUMN_H

#include "app/entry.h"
#include "domain/column.h"

struct column {
	struct str id;
	struct str name;
	enum column_kind kind;
	struct str choices;
	bool holder; /* the list holder alone edits it */
};

/* Those in use, in their order. `db` is in a transaction. */
must err_t columns_load(struct db *db, struct arena *a, struct column **out, size_t *n);

/* The item under which a column's values are kept (app/entry.h), and that of an agency's location. */
struct str column_item(struct arena *a, struct str column_id);
struct str place_item(struct arena *a, struct str agency_id);

/* For who may define columns (CAN_COLUMNS). */
struct column_new {
	struct str name;
	enum column_kind kind;
	struct str choices; /* with commas between */
	bool holder;
};
must err_t app_column_add(struct call *c, const struct column_new *n);
must err_t app_column_end(struct call *c, struct str id); /* its values are kept, and shown no more */

/* All of it for a page: the columns and the matrix. */
struct needs_menus;
struct local_view {
	struct column *columns;
	size_t columns_n;
	struct needs_menus *menus;
	bool may_edit;
};
must err_t app_local(struct call *c, struct local_view *out);

/* A household's value; empty takes it away. ERR_DENIED where the column is the list holder's alone. */
must err_t app_column_put(struct call *c, struct str household_id, struct str column_id, const struct pii *typed);

/* Where the actor's agency last met the household, as of a day; empty takes it away. ERR_DENIED for who is of no
 * agency that serves it. */
must err_t app_place_put(struct call *c, struct str household_id, struct day day, const struct pii *words);

#endif
