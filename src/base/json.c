#include "base/json.h"

static void lead(struct json *j, const char *key)
{
	if (j->comma)
		buf_char(j->out, ',');
	j->comma = true;
	if (key != NULL) {
		buf_char(j->out, '"');
		buf_str(j->out, str_from(key));
		buf_lit(j->out, "\":");
	}
}

void json_open(struct json *j, const char *key, char bracket)
{
	lead(j, key);
	buf_char(j->out, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	buf_char(j->out, bracket);
	j->comma = true;
}

static void quoted(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c == '\n') {
			buf_lit(b, "\\n");
		} else if (c < 0x20 || c == 0x7F) {
			buf_fmt(b, "\\u%04x", c);
		} else {
			buf_char(b, (char)c);
		}
	}
	buf_char(b, '"');
}

void json_str(struct json *j, const char *key, struct str s)
{
	lead(j, key);
	quoted(j->out, s);
}

void json_str_or_null(struct json *j, const char *key, struct str s)
{
	if (s.n == 0)
		json_null(j, key);
	else
		json_str(j, key, s);
}

void json_int(struct json *j, const char *key, int64_t v)
{
	lead(j, key);
	buf_i64(j->out, v);
}

void json_bool(struct json *j, const char *key, bool v)
{
	lead(j, key);
	buf_str(j->out, v ? S("true") : S("false"));
}

void json_null(struct json *j, const char *key)
{
	lead(j, key);
	buf_lit(j->out, "null");
}

void json_day(struct json *j, const char *key, struct day d)
{
	char text[DAY_TEXT];
	json_str_or_null(j, key, str_from(day_text(d, text)));
}
