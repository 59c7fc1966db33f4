/* The CSV kernel for x86-64 machines since about 2013; used only where the processor says so. */
#if defined(__x86_64__)

#pragma GCC target("avx2,bmi,bmi2,lzcnt,popcnt")

#define KERNEL csv_kernel_avx2
#define KERNEL_NAME "avx2"

#include <immintrin.h>
#include <stdint.h>

static inline uint64_t equal_bytes(__m256i low, __m256i high, char c)
{
	__m256i like = _mm256_set1_epi8(c);
	uint32_t l = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, like));
	uint32_t h = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, like));
	return (uint64_t)h << 32 | l;
}

static inline void block_marks(const char *p, uint64_t *quote, uint64_t *comma, uint64_t *feed)
{
	__m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
	*quote = equal_bytes(low, high, '"');
	*comma = equal_bytes(low, high, ',');
	*feed = equal_bytes(low, high, '\n');
}

/* Appends `base` plus the position of each bit; up to seven entries behind the last are garbage. Eight at
 * a time, because a loop that ends after each bit is guessed wrong once per block. */
static inline uint32_t *list_bits(uint32_t *out, uint64_t bits, uint32_t base)
{
	uint32_t *end = out + _mm_popcnt_u64(bits);
	for (; out < end; out += 8) {
#pragma GCC unroll 8
		for (unsigned i = 0; i < 8; i++) {
			out[i] = base + (uint32_t)_tzcnt_u64(bits);
			bits = _blsr_u64(bits);
		}
	}
	return end;
}

#include "hmis/csv_kernel_body.h"

#else
extern const int csv_avx2_is_not_here;
#endif
