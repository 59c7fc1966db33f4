/* What the planner suggests for the next cycle of a list (domain/planner.h), from what the list says of the last three
 * months. Whoever plans its conferences takes it or not: nothing follows from it by itself. */
#ifndef APP_PLANNER_H
#define APP_PLANNER_H

#include "app/worklist.h"
#include "domain/planner.h"

struct planner_view {
	struct planner_plan plan;
	int openings;   /* as asked; PLANNER_NOT_SAID */
	struct str say; /* "12 households, 2 meetings a month, 3.5 minutes for each."; empty: nobody is on the list */
	struct str why;
};

/* `openings` are expected in a month, or PLANNER_NOT_SAID. ERR_DENIED for who does not plan the region's conferences,
 * ERR_MISSING for a list that there is not. */
must err_t app_planner(struct call *c, struct worklist_ref list, int openings, struct planner_view *out);

#endif
