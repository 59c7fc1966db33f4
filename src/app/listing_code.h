/* The code of a household: "Heron 4821", what people say where a name may not be said.
 *
 * A word and a number, both drawn at random: one shape for everybody, so that it tells nothing about
 * the household, not even when it came on the list. The words are trees, birds, stones, weather and
 * things; none is a first name or speaks of how somebody lives.
 */
#ifndef APP_LISTING_CODE_H
#define APP_LISTING_CODE_H

#include "base/err.h"

struct arena;

enum { LISTING_WORDS = 512 };

/* Codes that are taken. Numbers have four digits; five once half of those are gone. */
struct listing_codes {
	unsigned char *taken; /* a bit per code of `digits` digits, by word and number */
	size_t n;
	int digits;
};

/* Room for `households` codes and as many again; in the arena. */
void listing_codes_new(struct arena *a, size_t households, struct listing_codes *out);

/* Notes a code that a household has; one of another shape cannot be drawn and needs no note. */
void listing_code_take(struct listing_codes *c, struct str code);

/* The code of a word and a number, as drawn by somebody else; both wrap around. */
struct str listing_code_of(struct arena *a, uint32_t word, uint32_t number, int digits);

/* A word alone, drawn at random; one with which none of `taken` (words or codes) begins. Empty where none is left. */
struct str listing_word_draw(const struct str *taken, size_t n);

/* A new code, in the arena. */
struct str listing_code_draw(struct listing_codes *c, struct arena *a);

#endif
