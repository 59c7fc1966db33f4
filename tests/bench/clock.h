/* What the benchmarks share: the clock, medians, and dice that fall alike in every run. */
#ifndef TESTS_BENCH_CLOCK_H
#define TESTS_BENCH_CLOCK_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* Seconds. */
static inline double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline int compare_double(const void *x, const void *y)
{
	double a = *(const double *)x;
	double b = *(const double *)y;
	return (a > b) - (a < b);
}

static inline double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, compare_double);
	return v[n / 2];
}

/* 0 to n − 1; *seed is whatever the benchmark begins with. */
static inline uint32_t dice(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(*seed >> 33) % n;
}

#endif
