#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "sheet/inside.h"

enum {
	LOOK_BYTES = 256 << 10, /* the separator is told from the beginning of a file */
	LOOK_ROWS = 40,
	GROWTH = 3, /* bytes of UTF-8 for one of Windows-1252, at most */
};

static void put(struct sheet *s, uint32_t c)
{
	char *p = s->text + s->text_n;
	if (c < 0x80) {
		*p = (char)c;
		s->text_n += 1;
	} else if (c < 0x800) {
		p[0] = (char)(0xc0 | c >> 6);
		p[1] = (char)(0x80 | (c & 63));
		s->text_n += 2;
	} else if (c < 0x10000) {
		p[0] = (char)(0xe0 | c >> 12);
		p[1] = (char)(0x80 | (c >> 6 & 63));
		p[2] = (char)(0x80 | (c & 63));
		s->text_n += 3;
	} else {
		p[0] = (char)(0xf0 | c >> 18);
		p[1] = (char)(0x80 | (c >> 12 & 63));
		p[2] = (char)(0x80 | (c >> 6 & 63));
		p[3] = (char)(0x80 | (c & 63));
		s->text_n += 4;
	}
}

/* What Windows-1252 has where Latin-1 has control characters; the five unused ones stand for nothing. */
static uint32_t from_1252(unsigned char c)
{
	static const uint16_t high[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
					  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
					  0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
					  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
	return c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;
}

static void take_1252(struct sheet *s, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		put(s, from_1252((unsigned char)bytes.p[i]));
}

static void take_utf16(struct sheet *s, struct str bytes, bool big)
{
	uint32_t high = 0;
	for (size_t i = 0; i + 1 < bytes.n; i += 2) {
		unsigned char a = (unsigned char)bytes.p[i];
		unsigned char b = (unsigned char)bytes.p[i + 1];
		uint32_t u = big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
		if (u >= 0xd800 && u < 0xdc00) {
			high = u;
			continue;
		}
		if (u >= 0xdc00 && u < 0xe000)
			u = high != 0 ? 0x10000 + ((high - 0xd800) << 10) + (u - 0xdc00) : 0xfffd;
		high = 0;
		put(s, u);
	}
}

/* Without a mark at its beginning: nearly every other byte of plain text in UTF-16 is nought. */
static bool looks_utf16(struct str bytes, bool *big)
{
	size_t even = 0;
	size_t odd = 0;
	size_t n = bytes.n < LOOK_BYTES ? bytes.n : LOOK_BYTES;
	for (size_t i = 0; i < n; i++)
		*(i % 2 == 0 ? &even : &odd) += bytes.p[i] == '\0';
	*big = even > odd;
	return (even > odd ? even : odd) > n / 4 && (even < odd ? even : odd) < n / 16 + 1;
}

/* Control characters aside, which say nothing about the encoding. */
static bool is_utf8(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		size_t step = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
		if (step > s.n - i || (step > 1 && !str_is_clean_text(str_sub(s, i, step))))
			return false;
		i += step;
	}
	return true;
}

static err_t take_text(struct arena *a, struct str bytes, struct sheet *s)
{
	bool big = false;
	s->text = malloc(bytes.n * GROWTH + 4);
	if (s->text == NULL)
		return err_internal(a, "no memory for a table of %zu bytes", bytes.n);
	if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff"))) {
		take_utf16(s, str_sub(bytes, 2, bytes.n), bytes.p[0] == '\xfe');
	} else if (looks_utf16(bytes, &big)) {
		take_utf16(s, bytes, big);
	} else {
		if (str_starts(bytes, S("\xef\xbb\xbf")))
			bytes = str_sub(bytes, 3, bytes.n);
		if (memchr(bytes.p, '\0', bytes.n) != NULL)
			return err_new(
				a, ERR_INVALID,
				"This is neither a workbook (.xlsx) nor a table as text (.csv). Save it as one of "
				"them and take that.");
		if (is_utf8(bytes)) {
			memcpy(s->text, bytes.p, bytes.n);
			s->text_n = bytes.n;
		} else {
			take_1252(s, bytes);
		}
	}
	return NULL;
}

/* Where reading is. A line may end in a line feed, a carriage return, or both. */
struct cursor {
	struct str text;
	size_t at;
	int64_t line;
	char separator;
};

static bool at_break(const struct cursor *c)
{
	return c->text.p[c->at] == '\n' || c->text.p[c->at] == '\r';
}

static void pass_break(struct cursor *c)
{
	c->at += c->text.p[c->at] == '\r' && c->at + 1 < c->text.n && c->text.p[c->at + 1] == '\n' ? 2 : 1;
	c->line++;
}

static bool add(struct sheet_line *l, char c)
{
	if (l->text_n == sizeof l->text)
		return false;
	/* Control characters, which tables of old machines hold, become blanks. */
	bool plain = (unsigned char)c >= ' ' || c == '\n' || c == '\t';
	l->text[l->text_n++] = plain && c != '\x7f' ? c : ' ';
	return true;
}

/* The next cell into the row; false where the row has become too long, a quote is not closed, or there are too
 * many cells. Ends on a separator, a line break or the end. */
static const char *take_cell(struct cursor *c, struct sheet_line *l)
{
	if (l->n == LIMIT_SHEET_COLUMNS)
		return "has too many columns";
	size_t from = l->text_n;
	bool quoted = c->at < c->text.n && c->text.p[c->at] == '"';
	c->at += quoted;
	for (; c->at < c->text.n; c->at++) {
		char ch = c->text.p[c->at];
		if (quoted && ch == '"') {
			if (c->at + 1 < c->text.n && c->text.p[c->at + 1] == '"')
				c->at++;
			else {
				quoted = false;
				continue;
			}
		} else if (!quoted && (ch == c->separator || at_break(c))) {
			break;
		} else if (quoted && ch == '\n') {
			c->line++;
		}
		if (!add(l, ch))
			return "is too long";
	}
	if (quoted)
		return "has a quotation mark that is never closed";
	l->from[l->n] = from;
	l->cells[l->n++] = (struct sheet_cell){SHEET_TEXT, {NULL, l->text_n - from}, DAY_NONE};
	return NULL;
}

/* The cells of the next line; *fault says what is wrong with it. False at the end. */
static bool take_row(struct cursor *c, struct sheet_line *l, const char **fault)
{
	*fault = NULL;
	if (c->at >= c->text.n)
		return false;
	for (;;) {
		*fault = take_cell(c, l);
		if (*fault != NULL)
			return true;
		if (c->at >= c->text.n)
			return true;
		if (at_break(c)) {
			pass_break(c);
			return true;
		}
		c->at++;
	}
}

struct widths {
	size_t n;
	size_t of[LOOK_ROWS];
};

static err_t note_width(void *ctx, const struct sheet_row *row)
{
	struct widths *w = ctx;
	w->of[w->n++] = row->n;
	return NULL;
}

/* How well a separator fits: cells of the width that most rows have, times how many have it. */
static size_t fit(struct str text, char separator, struct sheet_line *l)
{
	struct cursor c = {.text = str_sub(text, 0, LOOK_BYTES), .line = 1, .separator = separator};
	struct widths w = {0};
	const char *fault;
	l->n = l->text_n = 0;
	while (w.n < LOOK_ROWS && take_row(&c, l, &fault)) {
		if (fault != NULL)
			break;
		err_t never = sheet_line_end(l, c.line, &w, note_width);
		if (never != NULL)
			break;
	}
	size_t best = 0;
	for (size_t i = 0; i < w.n; i++) {
		size_t same = 0;
		for (size_t k = 0; k < w.n; k++)
			same += w.of[k] == w.of[i];
		if (w.of[i] > 1 && same * (w.of[i] - 1) > best)
			best = same * (w.of[i] - 1);
	}
	return best;
}

err_t delimited_open(struct arena *a, struct str bytes, struct sheet *s)
{
	static const char separators[] = {',', ';', '\t', '|'};
	TRY(take_text(a, bytes, s));
	struct sheet_line *l = malloc(sizeof *l);
	if (l == NULL)
		return err_internal(a, "no memory for a row");
	size_t best = 0;
	s->separator = ',';
	for (size_t i = 0; i < sizeof separators; i++) {
		size_t fits = fit((struct str){s->text, s->text_n}, separators[i], l);
		if (fits > best) {
			best = fits;
			s->separator = separators[i];
		}
	}
	explicit_bzero(l, sizeof *l);
	free(l);
	s->tabs = arena_one(a, struct sheet_tab);
	s->tabs_n = 1;
	return NULL;
}

static err_t read_rows(struct arena *a, struct cursor *c, struct sheet_line *l, void *ctx,
		       err_t (*row)(void *ctx, const struct sheet_row *row))
{
	const char *fault;
	int64_t rows = 0;
	for (int64_t line = c->line; take_row(c, l, &fault); line = c->line) {
		if (fault != NULL)
			return err_new(a, ERR_INVALID, "Line %lld %s. Mend it and choose the file again.",
				       (long long)line, fault);
		if (++rows > LIMIT_SHEET_ROWS)
			return err_new(a, ERR_INVALID, "The table has more than %d rows. Divide it.", LIMIT_SHEET_ROWS);
		TRY(sheet_line_end(l, line, ctx, row));
	}
	return NULL;
}

err_t delimited_read(struct arena *a, const struct sheet *s, void *ctx,
		     err_t (*row)(void *ctx, const struct sheet_row *row))
{
	struct cursor c = {.text = {s->text, s->text_n}, .line = 1, .separator = s->separator};
	struct sheet_line *l = malloc(sizeof *l);
	if (l == NULL)
		return err_internal(a, "no memory for a row");
	l->n = l->text_n = 0;
	err_t e = read_rows(a, &c, l, ctx, row);
	explicit_bzero(l, sizeof *l);
	free(l);
	return e;
}
