#include "web/encode.h"

#include "base/arena.h"
#include "base/buf.h"

enum { FILENAME_MAX_BYTES = 150 };

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte of an escape that starts at s.p[at]; -1 for a broken one or NUL. */
static int escape_byte(struct str s, size_t at)
{
	if (s.n - at < 3)
		return -1;
	int high = hex_digit(s.p[at + 1]);
	int low = hex_digit(s.p[at + 2]);
	if (high < 0 || low < 0 || high + low == 0)
		return -1;
	return high * 16 + low;
}

bool form_decode(struct arena *a, struct str s, struct str *out)
{
	char *p = arena_many(a, s.n, char);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int byte = escape_byte(s, i);
			if (byte < 0)
				return false;
			c = (char)byte;
			i += 2;
		} else if (c == '+') {
			c = ' ';
		} else if (c == '\0') {
			return false;
		}
		p[n++] = c;
	}
	*out = (struct str){p, n};
	return true;
}

static bool has_dot_segment(struct str path)
{
	while (path.n > 0) {
		struct str segment;
		str_cut(path, '/', &segment, &path);
		if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
			return true;
	}
	return false;
}

bool path_decode(struct str s, char *room, struct str *out)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int byte = escape_byte(s, i);
			if (byte < 0 || byte == '/')
				return false;
			c = (char)byte;
			i += 2;
		}
		if ((unsigned char)c < 0x20 || c == 0x7f || c == '\\')
			return false;
		room[n++] = c;
	}
	struct str path = {room, n};
	if (n == 0 || room[0] != '/' || !str_is_clean_text(path) || has_dot_segment(path))
		return false;
	*out = path;
	return true;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       c == '.';
}

struct str disposition(struct arena *a, struct str filename)
{
	struct buf b = buf_new(a, 4 * FILENAME_MAX_BYTES + 64);
	struct str name = str_sub(filename, 0, FILENAME_MAX_BYTES);
	buf_lit(&b, "attachment; filename=\"");
	for (size_t i = 0; i < name.n; i++)
		buf_char(&b, is_plain(name.p[i]) || name.p[i] == ' ' ? name.p[i] : '_');
	buf_lit(&b, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		if (is_plain(name.p[i]))
			buf_char(&b, name.p[i]);
		else if (c < 0x20 || c == '/' || c == '\\')
			buf_char(&b, '_');
		else
			buf_fmt(&b, "%%%02X", c);
	}
	return buf_text(&b);
}

struct str media_type(struct str content_type)
{
	struct str head;
	struct str rest;
	str_cut(content_type, ';', &head, &rest);
	return str_trim(head);
}
