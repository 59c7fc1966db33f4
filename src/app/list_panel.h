/* The panel beside the list: why this place, who sees what, what is flagged. */
#ifndef APP_LIST_PANEL_H
#define APP_LIST_PANEL_H

#include "app/list.h"

/* The panel of a household by its id; *out is NULL where it is not on the list or not for the viewer.
 * `db` is in a transaction. */
must err_t app_list_panel(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
			  struct str household_id, struct list_panel **out);

/* "Why this place?" of a row: its lines and its sentence. An inactive row has none. */
void app_list_why(struct arena *a, const struct list_image *image, const struct list_row *row, struct list_why **whys,
		  size_t *whys_n, struct str *sentence);

/* The sentences of a row's flags. */
void app_list_flags(struct arena *a, const struct list_row *row, struct str **out, size_t *n);

#endif
