#include "pg_fixture.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char url[512];

static void fail(const char *what)
{
	fprintf(stderr, "PostgreSQL for the tests: %s\n", what);
	exit(1);
}

/* The script ends when the pipe to it closes, and the kernel closes it with this program. */
static void start(void)
{
	int in[2];
	int out[2];
	if (pipe(in) != 0 || pipe(out) != 0)
		fail("no pipe");
	pid_t pid = fork();
	if (pid < 0)
		fail("no process");
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		closefrom(3);
		execl(SOURCE_ROOT "/tests/sql/pg_fixture.sh", "pg_fixture.sh", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	FILE *f = fdopen(out[0], "r");
	if (f == NULL || fgets(url, sizeof url, f) == NULL)
		fail("it did not start");
	fclose(f);
	url[strcspn(url, "\n")] = '\0';
}

const char *pg_fixture_url(void)
{
	if (url[0] == '\0')
		start();
	return url;
}

void pg_fixture_run(const char *sql)
{
	PGconn *c = PQconnectdb(pg_fixture_url());
	PGresult *r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		fail(PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

void pg_fixture_database(char *out, size_t room)
{
	static int n;
	char sql[64];
	const char *rest = strchr(pg_fixture_url(), '?');
	n++;
	snprintf(sql, sizeof sql, "CREATE DATABASE t%d", n);
	pg_fixture_run(sql);
	snprintf(out, room, "postgresql:///t%d%s", n, rest);
}
