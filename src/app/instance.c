#include "app/instance.h"

#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "app/setting.h"
#include "app/user.h"
#include "store/migrate.h"
#include "store/q_setting.h"
#include "store/setup.h"

static err_t load_settings(struct db *db, struct arena *a, void *ctx)
{
	return app_settings(db, a, ctx);
}

/* Days are the CoC's; the process keeps its time zone from here on. */
static err_t set_up(struct db *db, struct arena *a, struct app *app)
{
	struct settings settings;
	TRY(db_run(db, a, DB_READ, load_settings, &settings));
	setenv("TZ", str_c(a, settings.time_zone), 1);
	tzset();
	app->demo = settings.demo == 1;
	return NULL;
}

static err_t open_keys(struct arena *a, struct str data, struct str key, struct keys **keys)
{
	struct str path;
	TRY(keys_find(a, key, data, &path));
	return keys_load(a, path, keys);
}

err_t app_open(struct arena *a, struct str where, struct str data, struct str key, struct app *app, struct db **db)
{
	struct app opened = {.where = where, .data = data};
	struct db *conn = NULL;
	if (sodium_init() < 0)
		return err_internal(a, "libsodium does not start");
	err_t e = db_open(a, where, DB_EXISTING, &conn);
	/* Before the key: who has no instance yet has no key to look for. */
	if (e == NULL)
		e = store_check(conn, a);
	if (e == NULL)
		e = open_keys(a, data, key, &opened.keys);
	if (e == NULL)
		e = store_ready(conn, a, opened.keys);
	if (e == NULL)
		e = set_up(conn, a, &opened);
	if (e != NULL) {
		keys_free(&opened.keys);
		db_close(&conn);
		return e;
	}
	*app = opened;
	*db = conn;
	return NULL;
}

void app_close(struct app *app, struct db **db)
{
	db_close(db);
	keys_free(&app->keys);
}

/* A key that is there already is used: on PostgreSQL, and where an init was cut short. */
static err_t make_keys(struct arena *a, struct str data, struct str key, struct keys **keys)
{
	struct str path = key.n > 0 ? key : str_fmt(a, "%.*s/byname.key", STR_ARG(data));
	/* Beside a PostgreSQL database there is no folder yet; where it cannot be made, the key's sentence says so. */
	if (key.n == 0)
		(void)mkdir(str_c(a, data), 0700);
	err_t e = keys_create(a, path);
	if (e != NULL && e->class != ERR_CONFLICT)
		return e;
	return keys_load(a, path, keys);
}

static err_t find_instance(struct db *db, struct arena *a, void *ctx)
{
	struct q_meta_get meta;
	return q_meta_get(db, a, &meta, ctx);
}

/* Before a key is made: a fresh one beside an instance that lost its own would only mislead. */
static err_t refuse_existing(struct db *db, struct arena *a)
{
	int64_t schema;
	bool found;
	TRY(store_schema_of(db, a, &schema));
	if (schema == 0)
		return NULL;
	TRY(db_run(db, a, DB_READ, find_instance, &found));
	return found ? err_new(a, ERR_CONFLICT, "There is an instance already; nothing was changed.") : NULL;
}

err_t app_init(struct arena *a, struct str where, struct str data, struct str key, struct instant now,
	       struct str operator, struct str * password)
{
	struct app app = {.where = where, .data = data};
	struct db *db = NULL;
	if (sodium_init() < 0)
		return err_internal(a, "libsodium does not start");
	TRY(db_open(a, where, DB_CREATE, &db));
	err_t e = refuse_existing(db, a);
	if (e == NULL)
		e = make_keys(a, data, key, &app.keys);
	if (e == NULL)
		e = store_setup(db, a, app.keys, now);
	if (e == NULL) {
		struct call call = {.app = &app,
				    .db = db,
				    .arena = a,
				    .actor =
					    {
						    .kind = ACTOR_OPERATOR,
						    .id = operator},
						    .now = now,
						    .today = instant_day(now),
						    .route = S("init"),
				    };
		struct user_new admin = {
			.login = S("admin"),
			.name = S("Administrator"),
			.role = ROLE_ADMINISTRATOR,
		};
		e = app_user_add(&call, &admin, password);
	}
	app_close(&app, &db);
	return e;
}
