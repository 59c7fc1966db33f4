/* The toy as a program, for http_cases: prints where it listens and serves until SIGTERM. An
 * argument is the list of allowed hosts. */
#include <stdio.h>

#include "base/arena.h"
#include "toy.h"

int main(int argc, char **argv)
{
	struct arena *a = arena_new("toy", 1 << 20);
	struct web_options options = toy_options();
	struct server *server;
	options.hosts = str_from(argc > 1 ? argv[1] : NULL);
	err_t e = server_start(a, &options, &server);
	if (e != NULL) {
		fprintf(stderr, "%.*s\n", STR_ARG(e->say));
		return err_exit_code(e->class);
	}
	printf("%s\n", server_url(server));
	fflush(stdout);
	server_wait(server);
	server_stop(&server);
	arena_free(&a);
	return 0;
}
