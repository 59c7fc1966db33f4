#include "cli/secret.h"

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"

err_t cli_secret_ask(struct cli *cli, const char *prompt, struct str *out)
{
	struct termios usual, silent;
	FILE *tty = fopen("/dev/tty", "r+e");
	if (tty == NULL || tcgetattr(fileno(tty), &usual) != 0) {
		if (tty != NULL)
			fclose(tty);
		return err_new(cli->arena, ERR_INVALID, "there is no terminal to ask on: give --credential-file FILE");
	}
	silent = usual;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(tty), TCSAFLUSH, &silent);
	fputs(prompt, tty);
	fflush(tty);
	char *line = arena_many(cli->arena, SECRET_MAX, char);
	bool got = fgets(line, SECRET_MAX, tty) != NULL;
	tcsetattr(fileno(tty), TCSAFLUSH, &usual);
	fputc('\n', tty);
	fclose(tty);
	if (!got)
		return err_new(cli->arena, ERR_INVALID, "nothing was typed");
	struct str text = str_from(line), rest;
	str_cut(text, '\n', out, &rest);
	return NULL;
}

err_t cli_secret_read(struct cli *cli, struct str path, struct str *first, struct str *second)
{
	struct stat st;
	struct str text, rest;
	const char *file = str_c(cli->arena, path);
	if (stat(file, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return err_new(cli->arena, ERR_DENIED, "others than its owner may read %s; chmod 600 it first", file);
	TRY(file_read(cli->arena, file, SECRET_MAX, &text));
	str_cut(text, '\n', first, &rest);
	str_cut(rest, '\n', second, &rest);
	*first = str_trim(*first);
	*second = str_trim(*second);
	return NULL;
}
