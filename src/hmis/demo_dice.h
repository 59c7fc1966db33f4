/* Chance that can be asked twice: a counter-based stream of numbers for every question.
 *
 * A stream is named by (seed, purpose, a, b), say "the bed nights of stay 3 of household 512", and
 * always gives the same numbers, whoever asks, in whatever order and on whatever thread. So the
 * made-up CoC needs no memory of what it has written already.
 */
#ifndef HMIS_DEMO_DICE_H
#define HMIS_DEMO_DICE_H

#include <stdbool.h>
#include <stdint.h>

enum dice_purpose {
	DICE_ORDER = 1,
	DICE_FAMILY,
	DICE_HISTORY,
	DICE_NAME,
	DICE_CLIENT,
	DICE_ENROLLMENT,
	DICE_NIGHTS,
	DICE_CONTACTS,
	DICE_ASSESSMENTS,
	DICE_EVENTS,
	DICE_HEALTH,
	DICE_INCOME,
	DICE_SCHOOL,
	DICE_CLOCK,
	DICE_TOUCHED,
	DICE_PLACES,
};

struct dice {
	uint64_t key;
	uint64_t turn;
};

/* The finaliser of splitmix64 (Steele, Lea, Flood 2014): a permutation of 64 bits without visible pattern. */
static inline uint64_t dice_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static inline struct dice dice_new(uint64_t seed, enum dice_purpose purpose, uint64_t a, uint64_t b)
{
	uint64_t key = dice_mix(seed + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)purpose);
	key = dice_mix(key ^ (a * UINT64_C(0xd1342543de82ef95) + 1));
	return (struct dice){.key = dice_mix(key ^ (b * UINT64_C(0xaf251af3b0f025b5) + 1))};
}

static inline uint32_t dice_u32(struct dice *d)
{
	return (uint32_t)(dice_mix(d->key + ++d->turn * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

/* 0 to n − 1; n > 0. */
static inline int dice_below(struct dice *d, int n)
{
	return (int)(((uint64_t)dice_u32(d) * (uint64_t)n) >> 32);
}

/* lo to hi, both included. */
static inline int dice_between(struct dice *d, int lo, int hi)
{
	return lo + dice_below(d, hi - lo + 1);
}

static inline bool dice_chance(struct dice *d, int permille)
{
	return dice_below(d, 1000) < permille;
}

/* An index into the weights, each as likely as its weight says; their sum is positive. */
static inline int dice_pick(struct dice *d, const int *weights, int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++)
		sum += weights[i];
	int at = dice_below(d, sum);
	int i = 0;
	while (at >= weights[i])
		at -= weights[i++];
	return i;
}

#endif
