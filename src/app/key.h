/* Changing the key: everything that is sealed moves from one key to the next while people work (store/reseal.h).
 *
 * For operators. Broken off anywhere, the next call goes on; a second one beside it does no harm.
 */
#ifndef APP_KEY_H
#define APP_KEY_H

#include "app/app.h"
#include "store/reseal.h"

struct key_rotation {
	int from, to;
	bool went_on; /* with one that had been broken off */
	int64_t sealed;
};

/* A new key is made, unless one waits in the file that the database does not know yet. ERR_CONFLICT where KEYS_MOST
 * were used up, ERR_DENIED for anybody but an operator and where the file is systemd's. */
must err_t app_key_rotate(struct call *c, const struct reseal_progress *progress, struct key_rotation *out);

/* Only writes the new key into the file, to be brought to other machines before it seals. ERR_CONFLICT where one waits
 * already. */
must err_t app_key_prepare(struct call *c, int *number);

#endif
