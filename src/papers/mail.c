#include "papers/mail.h"

#include <string.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"

enum {
	ADDRESS_MOST = 254, /* RFC 5321 4.5.3.1.3 */
	SUBJECT_MOST = 300,
	MESSAGE_MOST = 1 << 20,
	WORD_BYTES = 42, /* of an encoded word: 75 letters at most with what stands around it */
	LINE_BYTES = 57, /* 76 letters of base 64 */
	BOUNDARY_BYTES = 16,
};

static bool among(char c, struct str set)
{
	return memchr(set.p, c, set.n) != NULL;
}

static bool all_letters(struct str s, struct str others)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!plain && !among(c, others))
			return false;
	}
	return s.n > 0;
}

bool mail_address_valid(struct str s)
{
	struct str name, host;
	return s.n <= ADDRESS_MOST && str_cut(s, '@', &name, &host) && all_letters(name, S("!#$%&'*+/=?^_`{|}~.-")) &&
	       all_letters(host, S(".-")) && name.p[0] != '-' && !among(host.p[0], S(".-")) && !str_ends(host, S("."));
}

static bool fits_header(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
			return false;
	return str_is_clean_text(s);
}

static void base64(struct buf *b, struct str s)
{
	enum { LETTERS = (LINE_BYTES + 2) / 3 * 4 + 1 };
	char text[LETTERS];
	sodium_bin2base64(text, sizeof text, (const unsigned char *)s.p, s.n, sodium_base64_VARIANT_ORIGINAL);
	buf_str(b, str_from(text));
}

/* RFC 2047: words of whole characters. */
static void subject_add(struct buf *b, struct str s)
{
	buf_lit(b, "Subject:");
	while (s.n > 0) {
		size_t n = s.n < WORD_BYTES ? s.n : WORD_BYTES;
		while (n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
			n--;
		buf_lit(b, " =?UTF-8?B?");
		base64(b, str_sub(s, 0, n));
		s = str_sub(s, n, s.n);
		buf_str(b, s.n > 0 ? S("?=\r\n") : S("?="));
	}
	buf_lit(b, "\r\n");
}

static void date_add(struct buf *b, struct instant at)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	char text[INSTANT_TEXT];
	struct day day;
	instant_text(at, text); /* "2026-11-21 14:02:31" */
	if (!day_parse(str_sub(str_from(text), 0, DAY_TEXT - 1), &day))
		return;
	struct ymd d = day_to_ymd(day);
	buf_fmt(b, "Date: %s, %d %s %d %s +0000\r\n", days[day_weekday(day)], d.day, months[d.month - 1], d.year,
		text + DAY_TEXT);
}

static void part_add(struct buf *b, const char *type, struct str body)
{
	buf_fmt(b, "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", type);
	while (body.n > 0) {
		struct str line = str_sub(body, 0, LINE_BYTES);
		base64(b, line);
		buf_lit(b, "\r\n");
		body = str_sub(body, line.n, body.n);
	}
}

static err_t headers_check(struct arena *a, const struct mail *m)
{
	if (!mail_address_valid(m->from) || !mail_address_valid(m->to))
		return err_new(a, ERR_INVALID, "A mail address is not of the form name@host. Correct it.");
	if (!id_valid(m->id))
		return err_internal(a, "a mail without an id");
	if (!fits_header(m->subject) || m->subject.n == 0 || m->subject.n > SUBJECT_MOST)
		return err_new(a, ERR_INVALID, "A subject is one line of at most %d bytes. Shorten it.", SUBJECT_MOST);
	return NULL;
}

err_t mail_build(struct arena *a, const struct mail *m, struct str *out)
{
	struct buf b = buf_new(a, MESSAGE_MOST);
	struct str name, host, boundary = random_token(a, BOUNDARY_BYTES);
	TRY(headers_check(a, m));
	str_cut(m->from, '@', &name, &host);
	date_add(&b, m->at);
	buf_fmt(&b, "From: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(m->from), STR_ARG(m->to));
	buf_fmt(&b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(m->id), STR_ARG(host));
	subject_add(&b, m->subject);
	buf_lit(&b, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	if (m->invitation.n == 0) {
		part_add(&b, "text/plain", m->text);
	} else {
		/* The text first: a reader shows the last kind that it understands. */
		buf_fmt(&b, "Content-Type: multipart/alternative;\r\n boundary=\"%.*s\"\r\n\r\n--%.*s\r\n",
			STR_ARG(boundary), STR_ARG(boundary));
		part_add(&b, "text/plain", m->text);
		buf_fmt(&b, "\r\n--%.*s\r\n", STR_ARG(boundary));
		part_add(&b, m->cancels ? "text/calendar; method=CANCEL" : "text/calendar; method=REQUEST",
			 m->invitation);
		buf_fmt(&b, "\r\n--%.*s--\r\n", STR_ARG(boundary));
	}
	if (b.full)
		return err_new(a, ERR_INVALID, "A mail has at most %d bytes. Shorten its text.", MESSAGE_MOST);
	*out = buf_text(&b);
	return NULL;
}
