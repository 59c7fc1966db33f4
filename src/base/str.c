#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

struct str str_from(const char *cstr)
{
	if (cstr == NULL)
		return (struct str){0};
	return (struct str){cstr, strlen(cstr)};
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);
	if (c != 0)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
	if (from >= s.n)
		return (struct str){0};
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){s.p + from, n};
}

bool str_cut(struct str s, char sep, struct str *head, struct str *rest)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, sep, s.n);
	if (at == NULL) {
		*head = s;
		*rest = (struct str){0};
		return false;
	}
	size_t before = (size_t)(at - s.p);
	*head = (struct str){s.p, before};
	*rest = (struct str){at + 1, s.n - before - 1};
	return true;
}

bool str_to_i64(struct str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	size_t i = minus ? 1 : 0;
	if (i == s.n)
		return false;
	int64_t v = 0;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
			return false;
	}
	/* Built as a negative number, since the smallest one has no positive twin. */
	if (!minus && __builtin_sub_overflow((int64_t)0, v, &v))
		return false;
	*out = v;
	return true;
}

struct str str_dup(struct arena *a, struct str s)
{
	char *p = arena_many(a, s.n, char);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

const char *str_c(struct arena *a, struct str s)
{
	char *p = arena_many(a, s.n + 1, char);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

/* The digits of a number, backwards from `end`; where they begin. */
static char *put_digits(char *end, uint64_t v)
{
	do {
		*--end = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	return end;
}

/* One conversion of a simple format: what it says, and the format behind it; NULL where it is another.
 * A number is written into `digits`. */
static const char *simple_piece(const char *f, va_list *ap, char digits[24], struct str *out)
{
	int64_t v;
	if (f[0] == 's') {
		*out = str_from(va_arg(*ap, const char *));
		return f + 1;
	}
	if (f[0] == '.' && f[1] == '*' && f[2] == 's') {
		int n = va_arg(*ap, int);
		const char *p = va_arg(*ap, const char *);
		*out = (struct str){p, n <= 0 ? 0 : strnlen(p, (size_t)n)};
		return f + 3;
	}
	if (f[0] == 'd') {
		v = va_arg(*ap, int);
		f += 1;
	} else if (f[0] == 'z' && f[1] == 'u') {
		v = (int64_t)va_arg(*ap, size_t);
		f += 2;
	} else if (f[0] == 'l' && f[1] == 'l' && f[2] == 'd') {
		v = va_arg(*ap, long long);
		f += 3;
	} else {
		return NULL;
	}
	char *p = put_digits(digits + 24, v < 0 ? -(uint64_t)v : (uint64_t)v);
	if (v < 0)
		*--p = '-';
	*out = (struct str){p, (size_t)(digits + 24 - p)};
	return f;
}

/* Texts and whole numbers, which is what pages are made of, take vsnprintf four times as long. The length,
 * or −1 where the format asks for more than that or the room does not do. */
static int format_simple(char *out, size_t room, const char *f, va_list *ap)
{
	size_t n = 0;
	while (*f != '\0') {
		char digits[24];
		struct str piece = {f, strcspn(f, "%")};
		if (piece.n > 0)
			f += piece.n;
		else
			f = simple_piece(f + 1, ap, digits, &piece);
		if (f == NULL || piece.n >= room - n)
			return -1;
		if (piece.n > 0)
			memcpy(out + n, piece.p, piece.n);
		n += piece.n;
	}
	return (int)n;
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char small[200];
	va_start(ap, fmt);
	int n = format_simple(small, sizeof small, fmt, &ap);
	va_end(ap);
	if (n >= 0)
		return (struct str){str_c(a, (struct str){small, (size_t)n}), (size_t)n};
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = arena_many(a, (size_t)(n < 0 ? 0 : n) + 1, char);
	va_start(ap, fmt);
	if (n > 0)
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct str){p, (size_t)(n < 0 ? 0 : n)};
}

/* Length of the well-formed sequence at p, or 0 (Unicode 15, table 3-7). */
static size_t utf8_step(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];
	if (c < 0x80)
		return 1;
	size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
	if (c < 0xC2 || c > 0xF4 || n < len)
		return 0;
	unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

bool str_is_clean_text(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n;) {
		if ((p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r') || p[i] == 0x7F)
			return false;
		size_t step = utf8_step(p + i, s.n - i);
		if (step == 0)
			return false;
		i += step;
	}
	return true;
}

size_t str_utf8_len(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t count = 0;
	for (size_t i = 0; i < s.n; count++) {
		size_t step = utf8_step(p + i, s.n - i);
		i += step == 0 ? 1 : step;
	}
	return count;
}
