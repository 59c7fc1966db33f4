#include "replay.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MAX = 1 << 20, FILES_MAX = 1000, ROUNDS = 300 };

struct input {
	uint8_t *p;
	size_t n;
};

/* xorshift64: mutations that every run repeats. */
static uint64_t dice(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static bool input_read(const char *folder, const char *name, struct input *out)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;
	if (f == NULL)
		return false;
	uint8_t *p = malloc(INPUT_MAX);
	out->p = p;
	out->n = p == NULL ? 0 : fread(p, 1, INPUT_MAX, f);
	fclose(f);
	return p != NULL;
}

/* The target gets a block of exactly n bytes, so that the sanitizer sees a read past the end. */
static void run(const uint8_t *p, size_t n)
{
	uint8_t *exact = malloc(n + (n == 0));
	if (exact == NULL)
		abort();
	memcpy(exact, p, n);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

/* One to four small changes: a flipped bit, a lost run, a run said twice, a cut-off end. */
static size_t mutate(uint8_t *p, size_t n, size_t room, uint64_t *state)
{
	for (uint64_t changes = dice(state) % 4 + 1; changes > 0 && n > 0; changes--) {
		size_t at = dice(state) % n;
		size_t len = dice(state) % 16 + 1;
		if (len > n - at)
			len = n - at;
		switch (dice(state) % 4) {
		case 0:
			p[at] = (uint8_t)(p[at] ^ (1u << dice(state) % 8));
			break;
		case 1:
			memmove(p + at, p + at + len, n - at - len);
			n -= len;
			break;
		case 2:
			if (n + len <= room) {
				memmove(p + at + len, p + at, n - at);
				n += len;
			}
			break;
		default:
			if (dice(state) % 8 == 0)
				n = at;
			break;
		}
	}
	return n;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t folder_read(const char *folder, char **names)
{
	size_t n = 0;
	DIR *d = opendir(folder);
	if (d == NULL)
		return 0;
	for (struct dirent *e = readdir(d); e != NULL && n < FILES_MAX; e = readdir(d))
		if (e->d_name[0] != '.')
			names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof *names, by_name);
	return n;
}

int main(int argc, char **argv)
{
	static char *names[FILES_MAX];
	if (argc < 2) {
		fprintf(stderr, "usage: %s FOLDER [ROUNDS]\n", argv[0]);
		return 2;
	}
	long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : ROUNDS;
	size_t n = folder_read(argv[1], names);
	printf("1..%zu\n", n);
	uint64_t state = 88172645463325252u;
	for (size_t i = 0; i < n; i++) {
		struct input in = {0};
		if (!input_read(argv[1], names[i], &in)) {
			printf("not ok %zu - %s cannot be read\n", i + 1, names[i]);
			return 1;
		}
		run(in.p, in.n);
		uint8_t *copy = malloc(in.n + 4096);
		if (copy == NULL)
			abort();
		for (long r = 0; r < rounds; r++) {
			memcpy(copy, in.p, in.n);
			run(copy, mutate(copy, in.n, in.n + 4096, &state));
		}
		printf("ok %zu - %s\n", i + 1, names[i]);
		free(copy);
		free(in.p);
		free(names[i]);
	}
	return n == 0;
}
