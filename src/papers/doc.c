/* All rows of a table, cleaned, before a writer begins: it then holds everything it needs. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "papers/inside.h"

enum {
	BLOCKS_MOST = (LIMIT_PAPER_ROWS + PAPER_BLOCK - 1) / PAPER_BLOCK,
	TEXT_MOST = LIMIT_PAPER_TEXT_MB << 20,
	CHARACTER_MOST = 4, /* bytes of one in UTF-8 */
};

/* The bytes of the next character that a document can hold; 0: there is none. */
static size_t character(struct str s)
{
	for (size_t n = 1; n <= CHARACTER_MOST && n <= s.n; n++)
		if (str_is_clean_text(str_sub(s, 0, n)))
			return n;
	return 0;
}

/* XML has neither U+FFFE nor U+FFFF. */
static bool no_character(struct str s)
{
	return str_eq(s, S("\xEF\xBF\xBE")) || str_eq(s, S("\xEF\xBF\xBF"));
}

static bool is_clean(struct str s)
{
	return str_is_clean_text(s) && memchr(s.p, '\t', s.n) == NULL && memchr(s.p, '\r', s.n) == NULL &&
	       memmem(s.p, s.n, "\xEF\xBF", 2) == NULL;
}

struct str paper_clean(struct arena *a, struct str s)
{
	if (s.n == 0)
		return S("");
	if (is_clean(s))
		return (struct str){str_c(a, s), s.n};
	struct buf b = buf_new(a, s.n * 3 + 1);
	while (s.n > 0) {
		size_t n = character(s);
		struct str c = str_sub(s, 0, n);
		unsigned char byte = (unsigned char)s.p[0];
		if (str_starts(s, S("\r\n")))
			n = 1; /* the line break follows */
		else if (n == 0)
			buf_str(&b, byte < 0x80 ? S(" ") : S("\xEF\xBF\xBD"));
		else if (byte == '\t' || byte == '\r')
			buf_char(&b, byte == '\t' ? ' ' : '\n');
		else
			buf_str(&b, no_character(c) ? S("\xEF\xBF\xBD") : c);
		s = str_sub(s, n == 0 ? 1 : n, s.n);
	}
	struct str clean = buf_text(&b);
	buf_char(&b, '\0');
	return (struct str){b.p, clean.n};
}

struct str paper_cell_say(const struct paper_cell *cell, char room[PAPER_CELL_TEXT])
{
	struct buf b = {.p = room, .cap = PAPER_CELL_TEXT, .max = PAPER_CELL_TEXT};
	switch (cell->kind) {
	case PAPER_TEXT:
		return cell->text;
	case PAPER_NUMBER:
		buf_i64(&b, cell->number);
		return buf_text(&b);
	case PAPER_DAY:
		return str_from(day_text(cell->day, room));
	case PAPER_EMPTY:
		break;
	}
	return S("");
}

static int width_of(enum paper_kind kind)
{
	return kind == PAPER_NUMBER ? 7 : kind == PAPER_DAY ? 10 : 20;
}

static void head_read(struct arena *a, const struct paper_table *t, struct paper_doc *doc)
{
	struct paper_stamp *stamps = arena_many(a, t->stamps_n, struct paper_stamp);
	struct paper_column *columns = arena_many(a, t->columns_n, struct paper_column);
	for (size_t i = 0; i < t->stamps_n; i++)
		stamps[i] = (struct paper_stamp){paper_clean(a, t->stamps[i].label), paper_clean(a, t->stamps[i].text)};
	for (size_t i = 0; i < t->columns_n; i++) {
		columns[i] = t->columns[i];
		columns[i].title = paper_clean(a, t->columns[i].title);
		if (columns[i].width <= 0)
			columns[i].width = width_of(columns[i].kind);
	}
	*doc = (struct paper_doc){
		.title = paper_clean(a, t->title),
		.recipient = paper_clean(a, t->recipient),
		.notice = paper_clean(a, t->notice),
		.stamps = stamps,
		.stamps_n = t->stamps_n,
		.columns = columns,
		.columns_n = t->columns_n,
		.blocks = arena_many(a, BLOCKS_MOST, struct paper_cell *),
	};
}

/* Copies the row, whose texts are about to go. */
static err_t row_keep(struct arena *a, struct paper_doc *doc, struct paper_cell *cells, size_t *text)
{
	if (doc->rows_n == LIMIT_PAPER_ROWS)
		return err_new(a, ERR_INVALID,
			       "The list has more than %d rows, which no document takes. Narrow the filter.",
			       (int)LIMIT_PAPER_ROWS);
	for (size_t i = 0; i < doc->columns_n; i++) {
		if (cells[i].kind != PAPER_TEXT)
			continue;
		if (cells[i].text.n > LIMIT_PAPER_CELL)
			return err_new(a, ERR_INVALID,
				       "Row %zu has more than %d bytes in the column \"%.*s\". Shorten it or leave the "
				       "column out.",
				       doc->rows_n + 1, (int)LIMIT_PAPER_CELL, STR_ARG(doc->columns[i].title));
		*text += cells[i].text.n;
		cells[i].text = paper_clean(a, cells[i].text);
	}
	if (*text > TEXT_MOST)
		return err_new(a, ERR_INVALID, "The list has more than %d MB of text. Narrow the filter.",
			       (int)LIMIT_PAPER_TEXT_MB);
	struct paper_cell **block = &doc->blocks[doc->rows_n / PAPER_BLOCK];
	if (*block == NULL)
		*block = arena_many(a, PAPER_BLOCK * doc->columns_n, struct paper_cell);
	memcpy(*block + doc->rows_n % PAPER_BLOCK * doc->columns_n, cells, doc->columns_n * sizeof *cells);
	doc->rows_n++;
	return NULL;
}

err_t paper_doc_read(struct arena *a, const struct paper_table *t, struct paper_doc *out)
{
	if (t->columns_n == 0 || t->columns_n > LIMIT_PAPER_COLUMNS)
		return err_new(a, ERR_INVALID, "A document has 1 to %d columns. Choose them anew.",
			       (int)LIMIT_PAPER_COLUMNS);
	struct paper_doc doc;
	size_t text = 0;
	head_read(a, t, &doc);
	struct paper_cell *cells = arena_many(a, t->columns_n, struct paper_cell);
	for (;;) {
		bool more = true;
		memset(cells, 0, t->columns_n * sizeof *cells);
		TRY(t->row(t->ctx, cells, &more));
		if (!more)
			break;
		TRY(row_keep(a, &doc, cells, &text));
	}
	*out = doc;
	return NULL;
}
