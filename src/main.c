/* The program: the command line, and the one command that is the other face. */
#include <signal.h>
#include <stdio.h>

#include "cli/cli.h"
#include "web/serve_site.h"

static err_t run_serve(struct cli *cli)
{
	struct site_options options = {
		.listen = cli_given(cli, "--listen") ? cli_value(cli, "--listen") : S("127.0.0.1:8080"),
		.tls_cert = cli_value(cli, "--tls-cert"),
		.tls_key = cli_value(cli, "--tls-key"),
		.hosts = cli_value(cli, "--hosts"),
	};
	return serve_site(cli->arena, &cli->app, &cli->call, &options);
}

static const struct command command_serve = {
	"serve",
	"[--listen ADDR] [--tls-cert FILE --tls-key FILE] [--hosts NAMES]",
	"Serve the application to browsers",
	"Listens until it gets SIGTERM or SIGINT, then finishes what is under way within two seconds. Without\n"
	"a certificate it should listen on this machine only, or behind a proxy that has one.",
	CLI_OPEN,
	0,
	0,
	{
		{"--listen", "ADDR", "address and port (default 127.0.0.1:8080; port 0 takes any free one)"},
		{"--tls-cert", "FILE", "certificate chain in PEM"},
		{"--tls-key", "FILE", "its private key in PEM"},
		{"--hosts", "NAMES", "host names that requests may ask for, comma-separated (default: any)"},
	},
	run_serve,
};

int main(int argc, char **argv)
{
	/* A reader that goes away and a file that may not grow are errors where it is written. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	return cli_main(argc, argv, &command_serve);
}
