/* An instance: a database, its key and its settings; making, opening and checking one. */
#ifndef APP_INSTANCE_H
#define APP_INSTANCE_H

#include "app/app.h"

/* Opens the database at `where`, refuses a schema that is not this program's, reads the key (from
 * `key`, else the systemd credential byname.key, else byname.key in `data`), checks that it fits,
 * and sets the process's time zone to the CoC's. *db is the caller's connection. Errors say which
 * of these failed and what to do; nothing is changed. */
must err_t app_open(struct arena *a, struct str where, struct str data, struct str key, struct app *app,
		    struct db **db);

/* Closes what app_open opened. */
void app_close(struct app *app, struct db **db);

/* Makes an instance: the database with its schema, a new key file (mode 0600; never overwritten),
 * and the administrator "admin" with a one-time password, which is returned to be shown once. */
must err_t app_init(struct arena *a, struct str where, struct str data, struct str key, struct instant now,
		    struct str operator, struct str * password);

#endif
