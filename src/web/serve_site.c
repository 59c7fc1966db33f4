#include "web/serve_site.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/import_run.h"
#include "app/list_image.h"
#include "app/next_step.h"
#include "app/roll.h"
#include "store/disclosure.h"
#include "store/pool.h"
#include "web/assets.h"
#include "web/site.h"

enum { WORKERS_PER_CORE = 4, CONNECTIONS_BESIDE = 4 };

static err_t serve(struct arena *a, struct app *app, const struct site_options *options, int workers)
{
	struct web_options web = {
		.listen = options->listen,
		.tls_cert = options->tls_cert,
		.tls_key = options->tls_key,
		.hosts = options->hosts,
		.upload_dir = app->data,
		.workers = workers,
		.routes = site_routes,
		.routes_n = site_routes_n,
		.assets = assets,
		.assets_n = assets_n,
		.app = app,
		.hooks = site_hooks(),
	};
	struct server *server = NULL;
	TRY(server_start(a, &web, &server));
	printf("byname is at %s\n", server_url(server));
	fflush(stdout);
	server_wait(server);
	if (!server_stop(&server))
		_Exit(EXIT_FAILURE); /* a transaction that is open is rolled back as after a power cut */
	return NULL;
}

/* The server waits for these signals; threads that are begun before it must leave them to it, or they
 * would end the process in the middle of things. */
static void signals_leave(void)
{
	sigset_t stops;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stops, NULL);
}

err_t serve_site(struct arena *a, struct app *app, struct call *call, const struct site_options *options)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int workers = (int)(cores < 1 ? 1 : cores > 16 ? 16 : cores) * WORKERS_PER_CORE;
	struct roll *roll = NULL;
	signals_leave();
	TRY(db_pool_open(a, app->where, workers + CONNECTIONS_BESIDE, &app->pool));
	app->lists = list_cache_new();
	app->steps = step_cache_new();
	app->imports = import_run_new(app);
	err_t e = disclosure_start(a, app->pool, &app->disclosures);
	if (e == NULL)
		e = roll_start(a, call, &roll);
	if (e == NULL)
		e = serve(a, app, options, workers);
	roll_stop(&roll);
	import_run_free(&app->imports);
	disclosure_stop(&app->disclosures);
	list_cache_free(&app->lists);
	step_cache_free(&app->steps);
	db_pool_close(&app->pool);
	return e;
}
