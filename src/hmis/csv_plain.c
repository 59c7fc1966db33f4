/* The CSV kernel for any machine: eight bytes at a time. */
#define KERNEL csv_kernel_plain
#define KERNEL_NAME "plain"

#include <stdint.h>
#include <string.h>

/* One bit per byte of v that equals c. A byte of x is zero where v has c; the sum carries into the
 * top bit of every other byte and never out of it. */
static inline uint64_t equal_bytes(uint64_t v, unsigned char c)
{
	const uint64_t low = 0x7F7F7F7F7F7F7F7FULL;
	uint64_t x = v ^ 0x0101010101010101ULL * c;
	uint64_t zero = ~(((x & low) + low) | x | low);
	return (zero >> 7) * 0x0102040810204080ULL >> 56;
}

static inline void block_marks(const char *p, uint64_t *quote, uint64_t *comma, uint64_t *feed)
{
	*quote = *comma = *feed = 0;
	for (unsigned i = 0; i < 8; i++) {
		uint64_t v;
		memcpy(&v, p + 8 * i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		v = __builtin_bswap64(v);
#endif
		*quote |= equal_bytes(v, '"') << 8 * i;
		*comma |= equal_bytes(v, ',') << 8 * i;
		*feed |= equal_bytes(v, '\n') << 8 * i;
	}
}

/* Appends `base` plus the position of each bit. */
static inline uint32_t *list_bits(uint32_t *out, uint64_t bits, uint32_t base)
{
	for (; bits != 0; bits &= bits - 1)
		*out++ = base + (uint32_t)__builtin_ctzll(bits);
	return out;
}

#include "hmis/csv_kernel_body.h"
