#include "app/roll.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/duplicate.h"
#include "app/listing.h"
#include "app/outbox.h"
#include "app/referral.h"
#include "app/share.h"
#include "base/log.h"
#include "store/pool.h"
#include "store/q_list.h"

enum { LOOK_SECONDS = 60, MEMORY = 1 << 30 };

struct roll {
	const struct app *app;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	pthread_t thread;
};

static err_t load_now(struct db *db, struct arena *a, void *ctx)
{
	bool found;
	return q_list_now(db, a, ctx, &found);
}

static err_t turn(struct roll *roll, struct arena *a, struct db *db)
{
	struct instant now = clock_now();
	struct q_list_now listed = {0};
	struct call call = {
		.app = roll->app,
		.db = db,
		.arena = a,
		.actor = {.kind = ACTOR_SYSTEM},
		.now = now,
		.today = instant_day(now),
		.route = S("roll"),
	};
	size_t expired;
	int sent;
	TRY(db_run(db, a, DB_READ, load_now, &listed));
	if (listed.import_no != 0 && listed.as_of.n < call.today.n)
		TRY(app_listing_refresh(&call, call.today));
	TRY(app_share_sweep(&call));
	TRY(app_referral_expire(&call, &expired));
	TRY(app_outbox_remind(&call));
	TRY(app_outbox_send(&call, OUTBOX_TURN, &sent));
	return listed.import_no != 0 ? app_duplicate_look(&call) : NULL;
}

static void look(struct roll *roll, struct arena *a)
{
	struct db *volatile db = NULL; /* read behind the guard */
	err_t e;
	if (ARENA_GUARD(a)) {
		arena_reset(a);
		e = err_internal(a, "no memory to turn the list to a new day");
	} else {
		struct db *taken = NULL;
		e = db_pool_take(roll->app->pool, a, &taken);
		db = taken;
		if (e == NULL)
			e = turn(roll, a, taken);
	}
	arena_unguard(a);
	if (e != NULL)
		log_err("roll.failed", e);
	struct db *given = db;
	if (given != NULL)
		db_pool_give(roll->app->pool, &given);
}

static void *run(void *ctx)
{
	struct roll *roll = ctx;
	struct arena *a = arena_new("roll", MEMORY);
	pthread_mutex_lock(&roll->lock);
	while (!roll->stopping) {
		pthread_mutex_unlock(&roll->lock);
		look(roll, a);
		arena_reset(a);
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += LOOK_SECONDS;
		pthread_mutex_lock(&roll->lock);
		if (!roll->stopping)
			pthread_cond_timedwait(&roll->wake, &roll->lock, &until);
	}
	pthread_mutex_unlock(&roll->lock);
	arena_free(&a);
	return NULL;
}

err_t roll_start(struct arena *a, const struct call *call, struct roll **out)
{
	struct roll *roll = calloc(1, sizeof *roll);
	if (roll == NULL)
		abort();
	roll->app = call->app;
	pthread_mutex_init(&roll->lock, NULL);
	pthread_cond_init(&roll->wake, NULL);
	if (pthread_create(&roll->thread, NULL, run, roll) != 0) {
		free(roll);
		return err_internal(a, "roll: no thread");
	}
	*out = roll;
	return NULL;
}

void roll_stop(struct roll **roll)
{
	if (*roll == NULL)
		return;
	pthread_mutex_lock(&(*roll)->lock);
	(*roll)->stopping = true;
	pthread_cond_signal(&(*roll)->wake);
	pthread_mutex_unlock(&(*roll)->lock);
	pthread_join((*roll)->thread, NULL);
	pthread_cond_destroy(&(*roll)->wake);
	pthread_mutex_destroy(&(*roll)->lock);
	free(*roll);
	*roll = NULL;
}
