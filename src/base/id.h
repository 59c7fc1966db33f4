/* Ids of our own: 100 random bits as 20 characters that nobody misreads (Crockford's base 32,
 * lower case). They say nothing about the thing they name and cannot be guessed. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>

#include "base/str.h"

enum { ID_LEN = 20 };

struct id {
	char s[ID_LEN + 1];
};

struct id id_new(void);
bool id_valid(struct str s);
static inline struct str id_str(const struct id *id)
{
	return (struct str){id->s, ID_LEN};
}

/* Fills p with random bytes from the kernel; stops the process where there are none. */
void random_bytes(void *p, size_t n);

/* n random bytes as 2n hexadecimal digits, terminated, in the arena: for tokens. */
struct str random_token(struct arena *a, size_t n);

#endif
