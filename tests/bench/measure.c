/* Runs a command and says what it took: for tests/bench/run.
 *
 *     measure FILE COMMAND…      appends "SECONDS CPU_SECONDS PEAK_MB" to FILE; exits as the command did
 *     measure --sum THREADS FILE…   no command: reads the files and adds up every byte
 *
 * Peak memory is memory of the process's own (anonymous pages, looked at every 5 ms): files that are
 * mapped can be dropped at any time and are counted for nobody. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_NS = 5000000, THREADS_MAX = 64 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Anonymous memory in KiB, 0 where it cannot be told. */
static long anonymous(pid_t pid)
{
	char path[64];
	char line[256];
	long kb = 0;
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return 0;
	while (fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "RssAnon: %ld", &kb) == 1)
			break;
	fclose(f);
	return kb;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int run(const char *to, char **command)
{
	double began = now();
	pid_t pid = fork();
	if (pid < 0)
		return 1;
	if (pid == 0) {
		execvp(command[0], command);
		fprintf(stderr, "measure: %s: %s\n", command[0], strerror(errno));
		_exit(127);
	}
	int status;
	long peak = 0;
	struct rusage used;
	while (wait4(pid, &status, WNOHANG, &used) == 0) {
		long kb = anonymous(pid);
		peak = kb > peak ? kb : peak;
		nanosleep(&(struct timespec){.tv_nsec = LOOK_NS}, NULL);
	}
	double took = now() - began;
	FILE *f = fopen(to, "ae");
	if (f == NULL)
		return 1;
	fprintf(f, "%.3f %.3f %.1f\n", took, seconds(used.ru_utime) + seconds(used.ru_stime), (double)peak / 1024);
	fclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

struct part {
	const char *p;
	size_t n;
	uint64_t sum;
	pthread_t thread;
};

static void *add_up(void *ctx)
{
	struct part *part = ctx;
	uint64_t sum = 0;
	for (size_t i = 0; i < part->n; i++)
		sum += (unsigned char)part->p[i];
	part->sum = sum;
	return NULL;
}

static int sum_files(int threads, char **files)
{
	uint64_t sum = 0;
	uint64_t bytes = 0;
	for (; *files != NULL; files++) {
		int fd = open(*files, O_RDONLY | O_CLOEXEC);
		struct stat st;
		if (fd < 0 || fstat(fd, &st) != 0)
			return 1;
		size_t n = (size_t)st.st_size;
		char *p = n == 0 ? NULL : mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p == MAP_FAILED)
			return 1;
		struct part parts[THREADS_MAX];
		for (int i = 0; i < threads; i++) {
			size_t from = n * (size_t)i / (size_t)threads;
			size_t to = n * ((size_t)i + 1) / (size_t)threads;
			parts[i] = (struct part){.p = p + from, .n = to - from};
			if (pthread_create(&parts[i].thread, NULL, add_up, &parts[i]) != 0)
				return 1;
		}
		for (int i = 0; i < threads; i++) {
			pthread_join(parts[i].thread, NULL);
			sum += parts[i].sum;
		}
		bytes += n;
		if (p != NULL)
			munmap(p, n);
		close(fd);
	}
	printf("%llu bytes, sum %llu\n", (unsigned long long)bytes, (unsigned long long)sum);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "--sum") == 0) {
		int threads = atoi(argv[2]);
		return sum_files(threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads, argv + 3);
	}
	if (argc < 3) {
		fputs("usage: measure FILE COMMAND… | measure --sum THREADS FILE…\n", stderr);
		return 2;
	}
	return run(argv[1], argv + 2);
}
