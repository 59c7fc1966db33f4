/* What a region does in its conferences and may leave out (domain/habit.h). Who plans its conferences says so; journal
 * row "habit.put" on the region. */
#ifndef APP_HABIT_H
#define APP_HABIT_H

#include "app/app.h"
#include "domain/habit.h"

/* By habit: whether the region does it. `db` is in a transaction. */
struct habits {
	bool on[HABITS_N];
};
must err_t habits_load(struct db *db, struct arena *a, struct str region_id, struct habits *out);

/* The same for a page. ERR_DENIED for who does not plan the region's conferences, here and below. */
must err_t app_habits(struct call *c, struct str region_id, struct habits *out);
must err_t app_habits_put(struct call *c, struct str region_id, const struct habits *to);

#endif
