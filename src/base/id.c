#include "base/id.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/arena.h"

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void random_bytes(void *p, size_t n)
{
	unsigned char *at = p;
	while (n > 0) {
		size_t ask = n < 256 ? n : 256; /* the kernel gives this much or fails */
		if (getrandom(at, ask, 0) != (ssize_t)ask) {
			fputs("byname: the system gives no random numbers\n", stderr);
			abort();
		}
		at += ask;
		n -= ask;
	}
}

struct id id_new(void)
{
	unsigned char raw[ID_LEN];
	struct id id;
	random_bytes(raw, sizeof raw);
	for (int i = 0; i < ID_LEN; i++)
		id.s[i] = alphabet[raw[i] & 31];
	id.s[ID_LEN] = '\0';
	return id;
}

bool id_valid(struct str s)
{
	if (s.n != ID_LEN)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool digit = c >= '0' && c <= '9';
		bool letter = c >= 'a' && c <= 'z' && c != 'i' && c != 'l' && c != 'o' && c != 'u';
		if (!digit && !letter)
			return false;
	}
	return true;
}

struct str random_token(struct arena *a, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char *raw = arena_many(a, n, unsigned char);
	char *out = arena_many(a, 2 * n + 1, char);
	random_bytes(raw, n);
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex[raw[i] >> 4];
		out[2 * i + 1] = hex[raw[i] & 15];
	}
	return (struct str){out, 2 * n};
}
