/* A throw-away PostgreSQL for one test program: pg_fixture.sh, started on first use and ended with
 * the program, however it ends. */
#ifndef TESTS_SQL_PG_FIXTURE_H
#define TESTS_SQL_PG_FIXTURE_H

#include <stddef.h>

/* The URL of its maintenance database; stops the program where the server does not start. */
const char *pg_fixture_url(void);

/* Makes an empty database and writes its URL to `out`. */
void pg_fixture_database(char *out, size_t room);

/* Runs one statement in the maintenance database. */
void pg_fixture_run(const char *sql);

#endif
