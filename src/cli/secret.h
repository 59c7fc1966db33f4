/* Secrets that a command needs, from a file or from the terminal; never from the command line, where others see them.
 */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli/cli.h"

enum { SECRET_MAX = 1000 };

/* One line from the terminal, which does not show it. ERR_INVALID: there is no terminal. */
must err_t cli_secret_ask(struct cli *cli, const char *prompt, struct str *out);

/* The first two lines of a file that only its owner may read; the second may be missing. ERR_DENIED: others may. */
must err_t cli_secret_read(struct cli *cli, struct str path, struct str *first, struct str *second);

#endif
