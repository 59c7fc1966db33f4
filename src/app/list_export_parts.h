/* The parts of loading an export (app/list_export_load.h); only list_export_*.c include this. */
#ifndef APP_LIST_EXPORT_PARTS_H
#define APP_LIST_EXPORT_PARTS_H

#include "app/list_export_load.h"

/* Projects that are not deleted, each with its region and whether it is in the wanted CoC; `ids` finds
 * them by ProjectID. To be freed also after a failure. */
must err_t export_projects_load(struct arena *a, const struct hmis_package *p, const struct export_wish *wish,
				struct export_book *b, struct ids *ids);

/* Tells the settled roster how people were seen. */
must err_t export_seen_load(struct arena *a, const struct hmis_package *p, const struct priority_policy *policy,
			    struct export_book *b);

#endif
