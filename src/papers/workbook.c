/* A workbook by libxlsxwriter, made in memory.
 *
 * That library puts every part into a temporary file before it zips them, on whatever disk it finds. Its
 * lxw_tmpfile() is therefore replaced by the one below, which gives it memory files: a program's own function stands
 * before one of a shared library, unless that was linked to keep to itself. So the library is asked once, with an
 * empty workbook, whose function it takes; no row reaches it before. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/buf.h"
#include "papers/inside.h"

enum {
	PATH = 32,
	LETTER = 1, /* paper sizes as Excel numbers them */
	TITLE_POINTS = 16,
	LINE_POINTS = 15,
	ABOUT_MOST = 32000,
};

static atomic_uint memory_files;

FILE *lxw_tmpfile(char *tmpdir)
{
	(void)tmpdir;
	int fd = memfd_create("byname", MFD_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "w+b") : NULL;
	if (file == NULL && fd >= 0)
		close(fd);
	atomic_fetch_add(&memory_files, 1);
	return file;
}

struct book {
	int fd;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *title, *recipient, *about, *head, *text, *number, *day;
	lxw_error error; /* the first */
};

static void keep(struct book *b, lxw_error error)
{
	if (b->error == LXW_NO_ERROR)
		b->error = error;
}

/* A workbook that will be written into a memory file. */
static bool book_open(struct book *b)
{
	char path[PATH];
	*b = (struct book){.fd = memfd_create("byname", MFD_CLOEXEC)};
	if (b->fd < 0)
		return false;
	snprintf(path, sizeof path, "/proc/self/fd/%d", b->fd);
	b->book = workbook_new(path);
	b->sheet = b->book != NULL ? workbook_add_worksheet(b->book, "List") : NULL;
	if (b->sheet != NULL)
		return true;
	close(b->fd);
	return false;
}

static bool takes_memory_files;

static void ask_library(void)
{
	struct book b;
	if (!book_open(&b))
		return;
	unsigned before = atomic_load(&memory_files);
	takes_memory_files = workbook_close(b.book) == LXW_NO_ERROR && atomic_load(&memory_files) > before;
	close(b.fd);
}

/* --- looks --- */

static lxw_format *format(struct book *b, bool wraps)
{
	lxw_format *f = workbook_add_format(b->book);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (wraps)
		format_set_text_wrap(f);
	return f;
}

static void formats_make(struct book *b)
{
	enum { GREY = 0x71767A, LIGHT = 0xE6E6E6 };
	b->title = format(b, false);
	format_set_bold(b->title);
	format_set_font_size(b->title, 14);
	b->recipient = format(b, false);
	format_set_bold(b->recipient);
	format_set_font_size(b->recipient, TITLE_POINTS);
	format_set_font_color(b->recipient, GREY);
	b->about = format(b, true);
	b->head = format(b, true);
	format_set_bold(b->head);
	format_set_bg_color(b->head, LIGHT);
	format_set_bottom(b->head, LXW_BORDER_THIN);
	b->text = format(b, true);
	b->number = format(b, false);
	b->day = format(b, false);
	format_set_num_format(b->day, "yyyy-mm-dd");
	format_set_align(b->day, LXW_ALIGN_LEFT);
}

/* --- what stands over the rows --- */

static size_t lines_of(struct str text, size_t width)
{
	size_t lines = 0;
	for (struct str line; text.n > 0;) {
		str_cut(text, '\n', &line, &text);
		lines += 1 + str_utf8_len(line) / width;
	}
	return lines;
}

/* Excel finds the height of a row by itself, LibreOffice takes what the file says. */
static void height_set(struct book *b, lxw_row_t row, size_t lines)
{
	enum { LINES_MOST = 20 }; /* a row is no higher than about 400 points */
	if (lines > 1)
		keep(b, worksheet_set_row(b->sheet, row,
					  LINE_POINTS * (double)(lines < LINES_MOST ? lines : LINES_MOST), NULL));
}

/* A text over all columns. */
static lxw_row_t about_row(struct book *b, const struct paper_doc *doc, lxw_row_t row, struct str text)
{
	lxw_col_t last = (lxw_col_t)(doc->columns_n - 1);
	size_t letters = 0;
	for (size_t i = 0; i < doc->columns_n; i++)
		letters += (size_t)doc->columns[i].width;
	if (last == 0)
		keep(b, worksheet_write_string(b->sheet, row, 0, text.p, b->about));
	else
		keep(b, worksheet_merge_range(b->sheet, row, 0, row, last, text.p, b->about));
	height_set(b, row, lines_of(text, letters));
	return row + 1;
}

/* Title, whose copy, stamps, notice and the head of the table; they stay in sight and head every printed page. */
static lxw_row_t top_write(struct book *b, const struct paper_doc *doc, struct str stamps)
{
	lxw_row_t row = 0;
	size_t head_lines = 1;
	keep(b, worksheet_write_string(b->sheet, row++, 0, doc->title.p, b->title));
	if (doc->recipient.n > 0)
		keep(b, worksheet_write_string(b->sheet, row++, 0, doc->recipient.p, b->recipient));
	if (stamps.n > 0)
		row = about_row(b, doc, row, stamps);
	if (doc->notice.n > 0)
		row = about_row(b, doc, row, doc->notice);
	for (size_t i = 0; i < doc->columns_n; i++) {
		lxw_col_t column = (lxw_col_t)i;
		keep(b, worksheet_set_column(b->sheet, column, column, doc->columns[i].width + 2, NULL));
		keep(b, worksheet_write_string(b->sheet, row, column, doc->columns[i].title.p, b->head));
		size_t lines = lines_of(doc->columns[i].title, (size_t)doc->columns[i].width);
		head_lines = lines > head_lines ? lines : head_lines;
	}
	height_set(b, row, head_lines);
	worksheet_freeze_panes(b->sheet, row + 1, 0);
	keep(b, worksheet_repeat_rows(b->sheet, 0, row));
	return row;
}

/* --- rows --- */

static void cell_write(struct book *b, lxw_row_t row, lxw_col_t column, const struct paper_cell *cell)
{
	switch (cell->kind) {
	case PAPER_EMPTY:
		return;
	case PAPER_TEXT: /* text stays text, whatever it begins with */
		keep(b, worksheet_write_string(b->sheet, row, column, cell->text.p, b->text));
		return;
	case PAPER_NUMBER:
		keep(b, worksheet_write_number(b->sheet, row, column, (double)cell->number, b->number));
		return;
	case PAPER_DAY: {
		struct ymd d = day_to_ymd(cell->day);
		lxw_datetime at = {.year = d.year, .month = d.month, .day = d.day};
		keep(b, worksheet_write_datetime(b->sheet, row, column, &at, b->day));
		return;
	}
	}
}

static void book_fill(struct book *b, const struct paper_doc *doc, struct str stamps)
{
	formats_make(b);
	workbook_set_custom_property_string(b->book, "Recipient", doc->recipient.p);
	worksheet_set_landscape(b->sheet);
	worksheet_set_paper(b->sheet, LETTER);
	worksheet_fit_to_pages(b->sheet, 1, 0);
	keep(b, worksheet_set_footer(b->sheet, "&RPage &P of &N"));
	lxw_row_t head = top_write(b, doc, stamps);
	for (size_t i = 0; i < doc->rows_n; i++) {
		const struct paper_cell *cells = paper_row(doc, i);
		lxw_row_t row = head + 1 + (lxw_row_t)i;
		size_t most = 1;
		for (size_t column = 0; column < doc->columns_n; column++) {
			size_t lines = lines_of(cells[column].text, (size_t)doc->columns[column].width);
			cell_write(b, row, (lxw_col_t)column, &cells[column]);
			most = lines > most ? lines : most;
		}
		height_set(b, row, most);
	}
	keep(b,
	     worksheet_autofilter(b->sheet, head, 0, head + (lxw_row_t)doc->rows_n, (lxw_col_t)(doc->columns_n - 1)));
}

static err_t file_take(struct arena *a, int fd, struct str *out)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return err_internal(a, "a workbook has no bytes");
	size_t n = (size_t)st.st_size, have = 0;
	char *p = arena_many(a, n, char);
	while (have < n) {
		ssize_t got = pread(fd, p + have, n - have, (off_t)have);
		if (got <= 0)
			return err_internal(a, "a memory file cannot be read");
		have += (size_t)got;
	}
	*out = (struct str){p, n};
	return NULL;
}

err_t workbook_write(struct arena *a, const struct paper_doc *doc, struct str *out)
{
	static pthread_once_t asked = PTHREAD_ONCE_INIT;
	struct buf stamps = buf_new(a, ABOUT_MOST);
	struct book b;
	for (size_t i = 0; i < doc->stamps_n; i++)
		buf_fmt(&stamps, "%s%s: %s", i > 0 ? "\n" : "", doc->stamps[i].label.p, doc->stamps[i].text.p);
	struct str about = buf_text(&stamps);
	buf_char(&stamps, '\0');
	if (stamps.full || doc->notice.n > ABOUT_MOST)
		return err_new(a, ERR_INVALID, "What stands over the list is too long. Shorten the filter.");
	pthread_once(&asked, ask_library);
	if (!takes_memory_files)
		return err_internal(a, "libxlsxwriter would write plain temporary files: it takes none of ours");
	if (!book_open(&b))
		return err_internal(a, "no memory for a workbook");
	book_fill(&b, doc, about.n > 0 ? (struct str){stamps.p, about.n} : about);
	keep(&b, workbook_close(b.book));
	err_t e = b.error == LXW_NO_ERROR ? file_take(a, b.fd, out)
					  : err_internal(a, "libxlsxwriter: %s", lxw_strerror(b.error));
	close(b.fd);
	return e;
}
