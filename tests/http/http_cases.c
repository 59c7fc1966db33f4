/* Runs files of HTTP cases against a server; the format is described in README.md beside this. */
#include <ctype.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"

enum { LINE = 8192, WORDS = 32, WORD = 256, COOKIES = 8, COOKIE = 256, HEAD = 32 << 10, BODY = 1 << 20, ROLES = 16 };

/* What a role or case carries along: cookies and kept words. */
struct bag {
	char cookie[COOKIES][COOKIE]; /* "name=value"; empty: free */
	char name[WORDS][WORD];
	char value[WORDS][WORD];
	size_t words_n;
};

struct role {
	char name[64];
	struct bag bag;
};

struct run {
	const char *url;
	struct role roles[ROLES];
	size_t roles_n;
	struct role *role; /* the block is this role's sign-in, not a case */
	struct bag bag;
	char title[LINE];
	int line;
	const char *file;
	bool open;   /* inside a block */
	bool failed; /* the block failed already */
	int cases;
	int failures;

	bool sending; /* a request is being written down */
	char method[16];
	char target[LINE];
	char heads[HEAD];
	char body[BODY + 1];
	size_t body_n;
	struct response last;
};

static void fail(struct run *r, const char *what, const char *detail)
{
	if (!r->failed)
		printf("# %s:%d: %s: %s\n", r->file, r->line, what, detail);
	r->failed = true;
}

static const char *word_value(const struct run *r, const char *name, size_t n)
{
	if (n == 3 && strncmp(name, "url", n) == 0)
		return r->url;
	if (n == 4 && strncmp(name, "host", n) == 0)
		return r->url + strlen("http://");
	for (size_t i = 0; i < r->bag.words_n; i++) {
		if (strlen(r->bag.name[i]) == n && strncmp(r->bag.name[i], name, n) == 0)
			return r->bag.value[i];
	}
	return NULL;
}

/* Replaces $names; a '$' before anything else stays. */
static void expand(struct run *r, const char *in, char *out, size_t room)
{
	size_t n = 0;
	while (*in != '\0' && n + 1 < room) {
		size_t len = 0;
		while (*in == '$' && (isalnum((unsigned char)in[1 + len]) || in[1 + len] == '_'))
			len++;
		const char *value = len > 0 ? word_value(r, in + 1, len) : NULL;
		if (value == NULL) {
			if (len > 0)
				fail(r, "this word was not kept", in);
			out[n++] = *in++;
			continue;
		}
		n += (size_t)snprintf(out + n, room - n, "%s", value);
		in += 1 + len;
	}
	out[n < room ? n : room - 1] = '\0';
}

static void word_keep(struct run *r, const char *name, size_t name_n, const char *value, size_t value_n)
{
	size_t i = 0;
	while (i < r->bag.words_n && (strlen(r->bag.name[i]) != name_n || strncmp(r->bag.name[i], name, name_n) != 0))
		i++;
	if (i == WORDS || name_n >= WORD || value_n >= WORD) {
		fail(r, "too many or too long kept words", name);
		return;
	}
	if (i == r->bag.words_n)
		r->bag.words_n++;
	snprintf(r->bag.name[i], WORD, "%.*s", (int)name_n, name);
	snprintf(r->bag.value[i], WORD, "%.*s", (int)value_n, value);
}

static void cookie_store(struct run *r, const char *set)
{
	size_t name_n = strcspn(set, "=");
	size_t all = strcspn(set, ";");
	int free_slot = -1;
	for (int i = COOKIES - 1; i >= 0; i--) {
		const char *have = r->bag.cookie[i];
		if (have[0] == '\0' || (strncmp(have, set, name_n) == 0 && have[name_n] == '='))
			free_slot = i;
		if (have[0] != '\0' && strncmp(have, set, name_n) == 0 && have[name_n] == '=')
			break;
	}
	if (free_slot < 0)
		fail(r, "too many cookies", set);
	else if (strstr(set, "Max-Age=0") != NULL || all == name_n + 1)
		r->bag.cookie[free_slot][0] = '\0';
	else
		snprintf(r->bag.cookie[free_slot], COOKIE, "%.*s", (int)all, set);
}

static void cookies_store(struct run *r)
{
	const char *line = r->last.head;
	while ((line = strstr(line, "\r\n")) != NULL) {
		line += 2;
		if (strncasecmp(line, "Set-Cookie: ", 12) == 0)
			cookie_store(r, line + 12);
	}
}

static bool has_head(const struct run *r, const char *name)
{
	size_t n = strlen(name);
	for (const char *line = r->heads; *line != '\0'; line = strchr(line, '\n') + 1) {
		if (strncasecmp(line, name, n) == 0 && line[n] == ':')
			return true;
	}
	return false;
}

/* Sends what has been written down, if anything, and reads the response. */
static void request_end(struct run *r)
{
	if (!r->sending)
		return;
	r->sending = false;
	char jar[COOKIES * COOKIE] = "";
	for (int i = 0; i < COOKIES; i++) {
		if (r->bag.cookie[i][0] != '\0') {
			size_t n = strlen(jar);
			snprintf(jar + n, sizeof jar - n, "%s%s", n > 0 ? "; " : "Cookie: ", r->bag.cookie[i]);
		}
	}
	static char head[HEAD + LINE + sizeof jar + 512];
	int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\n", r->method, r->target);
	if (!has_head(r, "Host"))
		n += snprintf(head + n, sizeof head - (size_t)n, "Host: %s\r\n", r->url + strlen("http://"));
	if (jar[0] != '\0' && !has_head(r, "Cookie"))
		n += snprintf(head + n, sizeof head - (size_t)n, "%s\r\n", jar);
	bool body = r->body_n > 0 || strcmp(r->method, "POST") == 0;
	if (body && !has_head(r, "Content-Length") && !has_head(r, "Transfer-Encoding"))
		n += snprintf(head + n, sizeof head - (size_t)n, "Content-Length: %zu\r\n", r->body_n);
	if (body && !has_head(r, "Content-Type"))
		n += snprintf(head + n, sizeof head - (size_t)n, "Content-Type: application/x-www-form-urlencoded\r\n");
	n += snprintf(head + n, sizeof head - (size_t)n, "%s\r\n", r->heads);
	response_free(&r->last);
	int fd = client_connect(r->url);
	if (fd < 0) {
		fail(r, "nobody listens", r->url);
		return;
	}
	/* A server may answer before it has read all of a body that it does not want. */
	if (client_send(fd, head, (size_t)n))
		client_send(fd, r->body, r->body_n);
	r->last = client_response(fd, strcmp(r->method, "HEAD") == 0);
	close(fd);
	if (r->last.status == 0)
		fail(r, "no response", r->target);
	else
		cookies_store(r);
}

static void block_end(struct run *r)
{
	if (!r->open)
		return;
	request_end(r);
	r->open = false;
	if (r->role != NULL) {
		r->role->bag = r->bag;
		if (!r->failed)
			return;
	}
	r->cases++;
	r->failures += r->failed;
	printf("%s %d - %s%s\n", r->failed ? "not ok" : "ok", r->cases, r->role != NULL ? "role " : "", r->title);
	if (r->failed && r->last.head != NULL)
		printf("# the last response was %.60s\n", r->last.head);
}

static void block_begin(struct run *r, const char *title, bool role)
{
	block_end(r);
	r->open = true;
	r->failed = false;
	r->role = NULL;
	r->bag = (struct bag){0};
	snprintf(r->title, sizeof r->title, "%s", title);
	if (!role)
		return;
	if (r->roles_n == ROLES) {
		fail(r, "too many roles", title);
		return;
	}
	r->role = &r->roles[r->roles_n++];
	snprintf(r->role->name, sizeof r->role->name, "%.63s", title);
}

static void block_as(struct run *r, const char *name)
{
	for (size_t i = 0; i < r->roles_n; i++) {
		if (strcmp(r->roles[i].name, name) == 0) {
			r->bag = r->roles[i].bag;
			return;
		}
	}
	fail(r, "no such role", name);
}

static void request_line(struct run *r, const char *text)
{
	const char *colon = strchr(text, ':');
	const char *blank = strchr(text, ' ');
	bool header = colon != NULL && blank != NULL && colon < blank;
	if (!header) {
		request_end(r);
		r->sending = true;
		r->heads[0] = '\0';
		r->body_n = 0;
		r->target[0] = '\0';
		int n = (int)strcspn(text, " ");
		snprintf(r->method, sizeof r->method, "%.*s", n, text);
		snprintf(r->target, sizeof r->target, "%s", text[n] == ' ' ? text + n + 1 : "");
		return;
	}
	size_t have = strlen(r->heads);
	snprintf(r->heads + have, sizeof r->heads - have, "%s\r\n", text);
}

static void body_add(struct run *r, const char *p, size_t n)
{
	if (n > BODY - r->body_n) {
		fail(r, "the body is too long", "");
		return;
	}
	memcpy(r->body + r->body_n, p, n);
	r->body_n += n;
}

static void body_line(struct run *r, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		const char *escape = *p == '\\' && p[1] != '\0' ? strchr("nrt\\", p[1]) : NULL;
		if (escape == NULL) {
			body_add(r, p, 1);
			continue;
		}
		body_add(r, &"\n\r\t\\"[escape - "nrt\\"], 1);
		p++;
	}
}

static void body_repeat(struct run *r, const char *text)
{
	char *end;
	long times = strtol(text, &end, 10);
	end += *end == ' ';
	for (long i = 0; i < times && !r->failed; i++)
		body_add(r, end, strlen(end));
}

static void expect_head(struct run *r, const char *text)
{
	char have[LINE] = "";
	if (isdigit((unsigned char)text[0])) {
		if (r->last.status != atoi(text)) {
			snprintf(have, sizeof have, "%d", r->last.status);
			fail(r, "another status came", have);
		}
		return;
	}
	char name[WORD];
	size_t n = strcspn(text, ":");
	snprintf(name, sizeof name, "%.*s", (int)n, text);
	const char *want = text[n] == ':' ? text + n + 1 : "";
	want += strspn(want, " ");
	if (!response_header(&r->last, name, have, sizeof have))
		fail(r, "this header is missing", name);
	else if (strstr(have, want) == NULL)
		fail(r, "the header is another", have);
}

static void expect_no_head(struct run *r, const char *name)
{
	char have[LINE];
	if (response_header(&r->last, name, have, sizeof have))
		fail(r, "this header should not be there", have);
}

static void keep(struct run *r, const char *text)
{
	size_t name_n = strcspn(text, " ");
	const char *before = text + name_n + (text[name_n] == ' ');
	const char *star = strchr(before, '*');
	if (star == NULL) {
		fail(r, "keep needs a '*'", text);
		return;
	}
	char prefix[LINE];
	snprintf(prefix, sizeof prefix, "%.*s", (int)(star - before), before);
	const char *parts[] = {r->last.head, r->last.body};
	for (size_t i = 0; i < 2; i++) {
		const char *at = strstr(parts[i], prefix);
		if (at == NULL)
			continue;
		at += strlen(prefix);
		const char *end = star[1] == '\0' ? at + strcspn(at, "\r\n") : strstr(at, star + 1);
		if (end != NULL) {
			word_keep(r, text, name_n, at, (size_t)(end - at));
			return;
		}
	}
	fail(r, "nothing to keep", text);
}

static bool starts(const char *line, const char *word, const char **rest)
{
	size_t n = strlen(word);
	if (strncmp(line, word, n) != 0)
		return false;
	*rest = line + n;
	return true;
}

static void line_run(struct run *r, const char *raw)
{
	const char *rest;
	if (raw[0] == '\0' || raw[0] == '#')
		return;
	if (starts(raw, "case ", &rest) || starts(raw, "role ", &rest)) {
		block_begin(r, rest, raw[0] == 'r');
		return;
	}
	if (r->failed)
		return;
	static char line[LINE];
	expand(r, raw, line, sizeof line);
	if (starts(line, "as ", &rest))
		block_as(r, rest);
	else if (starts(line, "> ", &rest))
		request_line(r, rest);
	else if (starts(line, "| ", &rest))
		body_line(r, rest);
	else if (starts(line, "repeat ", &rest))
		body_repeat(r, rest);
	else {
		request_end(r);
		if (r->failed)
			return;
		if (r->last.head == NULL)
			fail(r, "nothing was asked yet", line);
		else if (starts(line, "<! ", &rest))
			expect_no_head(r, rest);
		else if (starts(line, "< ", &rest))
			expect_head(r, rest);
		else if (starts(line, "~! ", &rest) ? strstr(r->last.body, rest) != NULL
						    : starts(line, "~ ", &rest) && strstr(r->last.body, rest) == NULL)
			fail(r, "the body is another", rest);
		else if (starts(line, "keep ", &rest))
			keep(r, rest);
		else if (line[0] != '~')
			fail(r, "this line is not understood", line);
	}
}

static void file_run(struct run *r, const char *path)
{
	FILE *f = fopen(path, "r");
	if (f == NULL) {
		perror(path);
		exit(2);
	}
	r->file = path;
	r->line = 0;
	static char line[LINE];
	while (fgets(line, sizeof line, f) != NULL) {
		r->line++;
		line[strcspn(line, "\n")] = '\0';
		line_run(r, line);
	}
	block_end(r);
	fclose(f);
}

static pid_t server_start(char *command, char *url, size_t n)
{
	int out[2];
	if (pipe(out) != 0)
		exit(2);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		close(out[1]);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	FILE *f = fdopen(out[0], "r");
	static char line[LINE];
	url[0] = '\0';
	while (url[0] == '\0' && f != NULL && fgets(line, sizeof line, f) != NULL) {
		const char *at = strstr(line, "http://");
		if (at != NULL)
			snprintf(url, n, "%.*s", (int)strcspn(at, " \n"), at);
	}
	/* The pipe stays open for what the server prints later. */
	return pid;
}

static bool server_stop(pid_t pid)
{
	int status = 0;
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
	static struct run r;
	static char url[128];
	pid_t pid = 0;
	if (argc < 4 || (strcmp(argv[1], "--url") != 0 && strcmp(argv[1], "--start") != 0)) {
		fprintf(stderr, "usage: http_cases --url URL | --start COMMAND  FILE ...\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (strcmp(argv[1], "--url") == 0) {
		snprintf(url, sizeof url, "%s", argv[2]);
	} else {
		char command[LINE];
		snprintf(command, sizeof command, "exec %s", argv[2]);
		pid = server_start(command, url, sizeof url);
	}
	r.url = url;
	for (int i = 3; i < argc && url[0] != '\0'; i++)
		file_run(&r, argv[i]);
	bool stopped = pid == 0 || server_stop(pid);
	if (pid != 0) {
		r.cases++;
		r.failures += !stopped || url[0] == '\0';
		printf("%s %d - the server starts, and ends by SIGTERM with 0\n",
		       stopped && url[0] != '\0' ? "ok" : "not ok", r.cases);
	}
	printf("1..%d\n", r.cases);
	response_free(&r.last);
	return r.failures > 0;
}
