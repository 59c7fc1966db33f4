/* Sessions as their owner sees and ends them, and as an administrator ends somebody's. */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/app.h"

struct session_row {
	struct str id;
	struct str device;
	struct instant since;
	struct instant seen; /* at most a minute old */
	bool here;           /* the one that asks */
};

/* One's own, the one used last first; those that ended by idleness are not among them. */
must err_t app_session_list(struct call *c, struct str token, struct session_row **out, size_t *n);

/* Ends one of one's own; ERR_MISSING where it is not, or is over. */
must err_t app_session_end(struct call *c, struct str id);

/* Ends all of one's own but the one that asks; returns how many. */
must err_t app_session_end_others(struct call *c, struct str token, int64_t *ended);

/* Ends all of somebody's. Administrators and operators. */
must err_t app_session_end_user(struct call *c, struct str login);

#endif
