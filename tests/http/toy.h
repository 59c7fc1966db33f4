/* A handful of routes without an application, to test the server itself. */
#ifndef TESTS_HTTP_TOY_H
#define TESTS_HTTP_TOY_H

#include "web/server.h"

/* Session tokens that exist: may open the list; may open nothing. */
extern const char toy_lee[];
extern const char toy_ann[];

/* Options for server_start on a free port; change what a test needs. */
struct web_options toy_options(void);

/* Adds a row to the toy's journal, or one that concerns two topics; returns its id. The server is
 * not told. */
int64_t toy_journal(const char *topic, const char *noun);
int64_t toy_journal_pair(const char *topic, const char *other, const char *noun);
void toy_journal_empty(void);

/* Makes the next settle fail. */
void toy_settle_fails(bool fails);

/* How many handlers were cut off for lack of memory. */
int toy_abandoned(void);

#endif
