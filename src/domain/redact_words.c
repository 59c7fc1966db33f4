/* A text as words, and a word as it is compared. */
#include <string.h>

#include "domain/redact_inside.h"

/* Base letters of U+00C0 … U+017F, '*' where there is none or where two letters stand for one. */
static const char latin[] = "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
			    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the letter at p, 0 where there is none. General punctuation (U+2000 … U+206F: quotes, dashes) is no letter.
 */
static size_t letter(const char *p, size_t left)
{
	unsigned char c = (unsigned char)p[0];
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return 1;
	size_t n = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
	if (n == 0 || n > left || (n == 2 && c == 0xc2) || (n == 3 && c == 0xe2 && (unsigned char)p[1] <= 0x81))
		return 0;
	return n;
}

/* Bytes of an apostrophe at p: ' or U+2019. */
static size_t apostrophe(const char *p, size_t left)
{
	if (p[0] == '\'')
		return 1;
	return left >= 3 && memcmp(p, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Writes the letter as it is compared. */
static size_t fold_letter(const char *p, size_t n, char *out)
{
	unsigned char c = (unsigned char)p[0];
	if (n == 1) {
		out[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
		return 1;
	}
	if (n == 2 && c >= 0xc3 && c <= 0xc5) {
		unsigned at = (c - 0xc3U) * 64 + ((unsigned char)p[1] & 63U);
		if (latin[at] != '*') {
			out[0] = latin[at];
			return 1;
		}
	}
	memcpy(out, p, n);
	return n;
}

static bool is_capital(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0], d = n > 1 ? (unsigned char)p[1] : 0;
	return (c >= 'A' && c <= 'Z') || (c == 0xc3 && d >= 0x80 && d <= 0x9e) || (c > 0xc3 && c < 0xc6 && d % 2 == 0);
}

struct str redact_fold(struct arena *a, struct str word)
{
	char *out = arena_many(a, word.n + 1, char);
	size_t n = 0;
	for (size_t i = 0; i < word.n;) {
		size_t bytes = letter(word.p + i, word.n - i);
		if (bytes > 0)
			n += fold_letter(word.p + i, bytes, out + n);
		else if (is_digit(word.p[i]))
			out[n++] = word.p[i];
		i += bytes > 0 ? bytes : 1;
	}
	return n <= REDACT_WORD_MAX ? (struct str){out, n} : (struct str){0};
}

/* Bytes of a possessive ending: 's or a last apostrophe, which the word may have kept. */
static size_t possessive(struct str word)
{
	size_t s = word.n > 0 && (word.p[word.n - 1] | 32) == 's' ? 1 : 0;
	for (size_t n = 1; n <= 3; n += 2)
		if (s == 1 && word.n > n + 1 && apostrophe(word.p + word.n - n - 1, n + 1) == n)
			return n + 1;
	return 0;
}

/* The end of the word that begins at i. */
static size_t word_end(struct str text, size_t i, bool digits)
{
	while (i < text.n) {
		size_t bytes = is_digit(text.p[i]) ? 1 : digits ? 0 : letter(text.p + i, text.n - i);
		if (bytes == 0 && !digits) {
			size_t mark = apostrophe(text.p + i, text.n - i);
			if (mark > 0 && i + mark < text.n && letter(text.p + i + mark, text.n - i - mark) > 0)
				bytes = mark;
		}
		if (bytes == 0)
			break;
		i += bytes;
	}
	return i;
}

size_t redact_split(struct arena *a, struct str text, struct redact_word **out)
{
	size_t n = 0;
	bool opens = true;
	*out = arena_many(a, text.n + 1, struct redact_word);
	for (size_t i = 0; i < text.n;) {
		bool digits = is_digit(text.p[i]);
		size_t bytes = letter(text.p + i, text.n - i);
		if (!digits && bytes == 0) {
			char c = text.p[i++];
			opens = opens || c == '.' || c == '!' || c == '?' || c == '\n' || c == ':';
			continue;
		}
		size_t end = word_end(text, i, digits);
		struct str whole = str_sub(text, i, end - i);
		size_t bare = digits ? whole.n : whole.n - possessive(whole);
		(*out)[n++] = (struct redact_word){
			.at = i,
			.n = whole.n,
			.bare = bare,
			.folded = digits ? whole : redact_fold(a, str_sub(whole, 0, bare)),
			.digits = digits,
			.capital = !digits && is_capital(text.p + i, bytes),
			.opens = opens,
		};
		opens = false;
		i = end;
	}
	return n;
}
