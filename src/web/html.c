#include "web/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static struct str reference(char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	case '\'':
		return S("&#39;");
	default:
		return (struct str){0};
	}
}

#ifdef __SSE2__
/* A bit for each byte that needs a reference. */
static unsigned special_bytes(__m128i v)
{
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('>'))));
}

/* Whether 4 to 15 bytes need no reference, seen through two loads that overlap. */
static bool short_is_plain(const char *p, size_t n)
{
	int64_t first = 0;
	int64_t last = 0;
	if (n >= 8) {
		memcpy(&first, p, 8);
		memcpy(&last, p + n - 8, 8);
	} else {
		memcpy(&first, p, 4);
		memcpy(&last, p + n - 4, 4);
	}
	return special_bytes(_mm_set_epi64x(last, first)) == 0;
}
#endif

/* How many bytes at the start of p need no reference. */
static size_t plain_prefix(const char *p, size_t n)
{
	static const bool special[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
	size_t i = 0;
#ifdef __SSE2__
	for (; n - i >= 16; i += 16) {
		unsigned hits = special_bytes(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
		if (hits != 0)
			return i + (size_t)__builtin_ctz(hits);
	}
	if (n - i >= 4 && short_is_plain(p + i, n - i))
		return n;
#endif
	while (i < n && !special[(unsigned char)p[i]])
		i++;
	return i;
}

void html_escape(struct buf *out, struct str s)
{
	while (s.n > 0) {
		size_t plain = plain_prefix(s.p, s.n);
		buf_add(out, s.p, plain);
		if (plain == s.n)
			return;
		buf_str(out, reference(s.p[plain]));
		s.p += plain + 1;
		s.n -= plain + 1;
	}
}

void html_put_str(struct buf *out, struct str s)
{
	html_escape(out, s);
}

void html_put_cstr(struct buf *out, const char *s)
{
	html_escape(out, str_from(s));
}

void html_put_u64(struct buf *out, uint64_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	buf_add(out, digits + at, sizeof digits - at);
}

void html_put_i64(struct buf *out, int64_t v)
{
	if (v < 0)
		buf_char(out, '-');
	html_put_u64(out, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

void html_put_day(struct buf *out, struct day d)
{
	char text[DAY_TEXT];
	buf_str(out, str_from(day_text(d, text)));
}

void html_put_instant(struct buf *out, struct instant t)
{
	char text[INSTANT_TEXT];
	if (!instant_known(t))
		return;
	instant_text(t, text);
	text[10] = 'T';
	buf_str(out, str_from(text));
	buf_char(out, 'Z');
}

void html_put_words(struct buf *out, struct html_words w)
{
	html_escape(out, str_from(w.s));
}

void html_put_id(struct buf *out, struct id id)
{
	html_escape(out, str_from(id.s));
}

void html_put_raw(struct buf *out, struct html_raw raw)
{
	buf_str(out, raw.s);
}

void html_put_url(struct buf *out, struct url u)
{
	html_escape(out, u.s);
}

static const char unknown[] = "–";

struct html_words say_day(struct day d)
{
	struct html_words w = {.s = ""};
	_Static_assert(sizeof unknown <= sizeof w.s, "the dash fits");
	if (day_known(d))
		day_say(d, w.s);
	else
		memcpy(w.s, unknown, sizeof unknown);
	return w;
}

struct html_words say_day_short(struct day d)
{
	struct html_words w = {.s = ""};
	if (day_known(d))
		day_say_short(d, w.s);
	else
		memcpy(w.s, unknown, sizeof unknown);
	return w;
}

struct html_words say_clock(struct instant t)
{
	struct html_words w = {.s = ""};
	if (instant_known(t))
		instant_clock(t, w.s);
	else
		memcpy(w.s, unknown, sizeof unknown);
	return w;
}

enum { URL_MAX = 8 << 10 };

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       c == '.' || c == '~';
}

static void percent_encode(struct buf *out, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	while (s.n > 0) {
		size_t plain = 0;
		while (plain < s.n && is_unreserved(s.p[plain]))
			plain++;
		buf_add(out, s.p, plain);
		if (plain == s.n)
			return;
		unsigned char c = (unsigned char)s.p[plain];
		buf_add(out, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
		s.p += plain + 1;
		s.n -= plain + 1;
	}
}

/* Only a wrong literal in our own code gets here. */
_Noreturn static void bad_pattern(const char *pattern)
{
	fprintf(stderr, "url_path: the pattern \"%s\" does not fit its parts\n", pattern);
	abort();
}

struct url url_path_parts(struct arena *a, const char *pattern, const struct str *parts, size_t parts_n)
{
	struct buf b = buf_new(a, URL_MAX);
	size_t used = 0;
	if (pattern[0] != '/' || pattern[1] == '/' || pattern[1] == '\\')
		bad_pattern(pattern);
	for (const char *p = pattern; *p != '\0'; p++) {
		if (p[0] != '{' || p[1] != '}') {
			buf_char(&b, *p);
			continue;
		}
		if (used == parts_n)
			bad_pattern(pattern);
		percent_encode(&b, parts[used++]);
		p++;
	}
	if (used != parts_n)
		bad_pattern(pattern);
	return (struct url){buf_text(&b)};
}

struct url url_query(struct arena *a, struct url u, const char *name, struct str value)
{
	struct buf b = buf_new(a, URL_MAX);
	buf_str(&b, u.s);
	buf_char(&b, u.s.n > 0 && memchr(u.s.p, '?', u.s.n) != NULL ? '&' : '?');
	percent_encode(&b, str_from(name));
	buf_char(&b, '=');
	percent_encode(&b, value);
	return (struct url){buf_text(&b)};
}
