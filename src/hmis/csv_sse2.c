/* The CSV kernel for every x86-64. */
#if defined(__x86_64__)

#define KERNEL csv_kernel_sse2
#define KERNEL_NAME "sse2"

#include <emmintrin.h>
#include <stdint.h>

static inline uint64_t equal_bytes(const __m128i v[4], char c)
{
	__m128i like = _mm_set1_epi8(c);
	uint64_t bits = 0;
	for (int i = 3; i >= 0; i--)
		bits = bits << 16 | (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v[i], like));
	return bits;
}

static inline void block_marks(const char *p, uint64_t *quote, uint64_t *comma, uint64_t *feed)
{
	__m128i v[4];
	for (int i = 0; i < 4; i++)
		v[i] = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
	*quote = equal_bytes(v, '"');
	*comma = equal_bytes(v, ',');
	*feed = equal_bytes(v, '\n');
}

/* Appends `base` plus the position of each bit. */
static inline uint32_t *list_bits(uint32_t *out, uint64_t bits, uint32_t base)
{
	for (; bits != 0; bits &= bits - 1)
		*out++ = base + (uint32_t)__builtin_ctzll(bits);
	return out;
}

#include "hmis/csv_kernel_body.h"

#else
/* ISO C wants something in every file. */
extern const int csv_sse2_is_not_here;
#endif
