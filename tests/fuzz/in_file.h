/* A fuzzer's bytes as a file that has a path and never touches a disk. */
#ifndef TESTS_FUZZ_IN_FILE_H
#define TESTS_FUZZ_IN_FILE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"

/* Calls `read` with an arena of its own and the file's path. */
static inline void in_file(const uint8_t *data, size_t n, void (*read)(struct arena *a, const char *path))
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n)
		abort();
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct arena *a = arena_new("fuzz", 256 << 20);
	read(a, path);
	arena_free(&a);
	close(fd);
}

#endif
