/* A zip with the list as CSV, by libzip, made in memory. */
#include <string.h>

#include <zip.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "papers/inside.h"

enum { CSV_MOST = 8 * LIMIT_PAPER_TEXT_MB << 20 };

/* What a spreadsheet would take for a formula gets an apostrophe before it: the file is for people. */
static bool begins_formula(struct str s)
{
	static const char *starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(s, str_from(starts[i])))
			return true;
	return false;
}

/* RFC 4180: quotes where a cell needs them, and doubled within. */
static void cell_text(struct buf *b, struct str s)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n && !quoted; i++)
		quoted = strchr(",;\"\n", s.p[i]) != NULL;
	if (quoted)
		buf_char(b, '"');
	if (begins_formula(s))
		buf_char(b, '\'');
	struct str part;
	while (str_cut(s, '"', &part, &s)) {
		buf_str(b, part);
		buf_lit(b, "\"\"");
	}
	buf_str(b, part);
	if (quoted)
		buf_char(b, '"');
}

static struct str list_text(struct arena *a, const struct paper_doc *doc, bool *full)
{
	struct buf b = buf_new(a, CSV_MOST);
	buf_lit(&b, "\xEF\xBB\xBF"); /* without it Excel takes the file for Windows-1252 */
	for (size_t i = 0; i < doc->columns_n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		cell_text(&b, doc->columns[i].title);
	}
	buf_lit(&b, "\r\n");
	for (size_t row = 0; row < doc->rows_n; row++) {
		const struct paper_cell *cells = paper_row(doc, row);
		for (size_t i = 0; i < doc->columns_n; i++) {
			char room[PAPER_CELL_TEXT];
			if (i > 0)
				buf_char(&b, ',');
			if (cells[i].kind == PAPER_TEXT)
				cell_text(&b, cells[i].text);
			else
				buf_str(&b, paper_cell_say(&cells[i], room));
		}
		buf_lit(&b, "\r\n");
	}
	*full = b.full;
	return buf_text(&b);
}

static void line(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	buf_str(b, s);
	buf_lit(b, "\r\n\r\n");
}

static struct str about_text(struct arena *a, const struct paper_doc *doc, bool *full)
{
	struct buf b = buf_new(a, CSV_MOST);
	buf_lit(&b, "\xEF\xBB\xBF");
	line(&b, doc->title);
	line(&b, doc->recipient);
	for (size_t i = 0; i < doc->stamps_n; i++)
		buf_fmt(&b, "%s: %s\r\n", doc->stamps[i].label.p, doc->stamps[i].text.p);
	buf_lit(&b, "\r\n");
	line(&b, doc->notice);
	*full = *full || b.full;
	return buf_text(&b);
}

static bool member_add(zip_t *zip, const char *name, struct str bytes, const struct paper_phrase *phrase)
{
	zip_source_t *source = zip_source_buffer(zip, bytes.p, bytes.n, 0);
	if (source == NULL)
		return false;
	zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_AES_256, phrase->text) == 0;
}

/* Closes zip; `memory` then holds its bytes. */
static bool members_write(zip_t *zip, struct str list, struct str about, const struct paper_phrase *phrase)
{
	if (member_add(zip, "list.csv", list, phrase) && member_add(zip, "about.txt", about, phrase) &&
	    zip_close(zip) == 0)
		return true;
	zip_discard(zip);
	return false;
}

static err_t source_take(struct arena *a, zip_source_t *memory, struct str *out)
{
	zip_stat_t st;
	if (zip_source_stat(memory, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0 || zip_source_open(memory) != 0)
		return err_internal(a, "libzip keeps what it has written");
	char *p = arena_many(a, st.size, char);
	zip_int64_t n = zip_source_read(memory, p, st.size);
	zip_source_close(memory);
	if (n < 0 || (zip_uint64_t)n != st.size)
		return err_internal(a, "libzip keeps a part of what it has written");
	*out = (struct str){p, st.size};
	return NULL;
}

err_t zip_write(struct arena *a, const struct paper_doc *doc, const struct paper_phrase *phrase, struct str *out)
{
	bool full;
	struct str list = list_text(a, doc, &full), about = about_text(a, doc, &full);
	if (full)
		return err_new(a, ERR_INVALID, "The list is too long for a CSV file. Narrow the filter.");
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (memory == NULL)
		return err_internal(a, "no memory for a zip");
	zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);
	if (zip == NULL) {
		zip_source_free(memory);
		return err_internal(a, "libzip opens no zip in memory");
	}
	zip_source_keep(memory);
	err_t e = members_write(zip, list, about, phrase) ? source_take(a, memory, out)
							  : err_internal(a, "libzip could not write a zip");
	zip_source_free(memory);
	return e;
}
