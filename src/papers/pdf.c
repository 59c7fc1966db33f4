/* The table on paper: Letter across, by Pango and cairo. The rows are walked twice, first to count the pages. */
#include <cairo-pdf.h>

#include "base/arena.h"
#include "base/buf.h"
#include "papers/inside.h"
#include "papers/pdf_pen.h"

enum {
	WIDTH = 792,
	HEIGHT = 612,
	MARGIN = 36,
	INSIDE = WIDTH - 2 * MARGIN,
	GAP = 6, /* between columns, and between what stands over the rows */
	PAD = 4, /* between rows */
	PDF_MOST = 512 << 20,
	ABOUT_MOST = 64 << 10,
	LINES_LEAST = 8, /* of rows on a page, whatever stands over and under them */
	SLICE_LEAST = 3, /* of lines, where a row is divided */
	ROW_LINES_MOST = UINT16_MAX,
	TAGGED_MOST = 5000,
};

static const double TITLE = 13, TEXT = 8, SMALL = 7;

struct pdf {
	struct pen pen;
	const struct paper_doc *doc;
	struct str about;  /* the stamps, one after the other */
	double *x, *width; /* of columns */
	uint16_t *lines;   /* of rows */
	double head;       /* where the head of the table begins */
	double top, bottom;
	int head_lines;
	int page, pages;
	bool draws;
};

/* --- sizes --- */

/* Widths are shares of the page by the letters that a column wants. */
static void columns_place(struct pdf *p)
{
	const struct paper_doc *doc = p->doc;
	double letters = 0, x = MARGIN;
	for (size_t i = 0; i < doc->columns_n; i++)
		letters += doc->columns[i].width;
	double letter = (INSIDE - GAP * (double)(doc->columns_n - 1)) / letters;
	for (size_t i = 0; i < doc->columns_n; i++) {
		p->x[i] = x;
		p->width[i] = letter * doc->columns[i].width;
		x += p->width[i] + GAP;
	}
}

static err_t page_measure(struct arena *a, struct pdf *p)
{
	const struct paper_doc *doc = p->doc;
	columns_place(p);
	pen_font(&p->pen, TITLE, true);
	p->head = MARGIN + pen_lines(&p->pen, doc->title, INSIDE) * pen_line(&p->pen) + GAP;
	pen_font(&p->pen, TEXT, false);
	p->head += pen_lines(&p->pen, p->about, INSIDE) * pen_line(&p->pen) + GAP;
	pen_font(&p->pen, TEXT, true);
	for (size_t i = 0; i < doc->columns_n; i++) {
		int lines = pen_lines(&p->pen, doc->columns[i].title, p->width[i]);
		if (lines > p->head_lines)
			p->head_lines = lines;
	}
	p->top = p->head + p->head_lines * pen_line(&p->pen) + PAD;
	pen_font(&p->pen, SMALL, false);
	p->bottom = HEIGHT - MARGIN - (1 + pen_lines(&p->pen, doc->notice, INSIDE)) * pen_line(&p->pen) - GAP;
	pen_font(&p->pen, TEXT, false);
	if (p->bottom - p->top < LINES_LEAST * pen_line(&p->pen))
		return err_new(a, ERR_INVALID,
			       "What stands over and under the list leaves no room for rows on a page. Shorten the "
			       "filter or take fewer columns.");
	return NULL;
}

static void rows_measure(struct pdf *p)
{
	pen_learn(&p->pen);
	for (size_t row = 0; row < p->doc->rows_n; row++) {
		const struct paper_cell *cells = paper_row(p->doc, row);
		int most = 1;
		for (size_t i = 0; i < p->doc->columns_n; i++) {
			char room[PAPER_CELL_TEXT];
			int lines = pen_lines_quick(&p->pen, paper_cell_say(&cells[i], room), p->width[i]);
			if (lines > most)
				most = lines;
		}
		p->lines[row] = (uint16_t)(most < ROW_LINES_MOST ? most : ROW_LINES_MOST);
	}
}

/* --- pages --- */

/* Tags tell a screen reader what is a heading and what a cell. Every one costs memory until the end, so a list that
 * nobody reads from top to bottom has none. */
static void tag_begin(struct pdf *p, const char *name)
{
	if (p->doc->rows_n <= TAGGED_MOST)
		cairo_tag_begin(p->pen.cr, name, NULL);
}

static void tag_end(struct pdf *p, const char *name)
{
	if (p->doc->rows_n <= TAGGED_MOST)
		cairo_tag_end(p->pen.cr, name);
}

static void rule(struct pdf *p, double y, double grey)
{
	static const double THIN = 0.4;
	cairo_t *cr = p->pen.cr;
	cairo_save(cr);
	cairo_set_source_rgb(cr, grey, grey, grey);
	cairo_set_line_width(cr, THIN);
	cairo_move_to(cr, MARGIN, y);
	cairo_line_to(cr, WIDTH - MARGIN, y);
	cairo_stroke(cr);
	cairo_restore(cr);
}

static enum pen_side side_of(enum paper_kind kind)
{
	return kind == PAPER_NUMBER ? PEN_RIGHT : PEN_LEFT;
}

static void table_head(struct pdf *p)
{
	tag_begin(p, "Table");
	tag_begin(p, "TR");
	pen_font(&p->pen, TEXT, true);
	for (size_t i = 0; i < p->doc->columns_n; i++) {
		const struct paper_column *c = &p->doc->columns[i];
		tag_begin(p, "TH");
		pen_draw(&p->pen, c->title, p->x[i], p->head, p->width[i], side_of(c->kind), 0, p->head_lines);
		tag_end(p, "TH");
	}
	tag_end(p, "TR");
	pen_font(&p->pen, TEXT, false);
	rule(p, p->top - PAD / 2.0, 0);
}

static void page_begin(struct pdf *p)
{
	enum { MOST = 100 };
	cairo_t *cr = p->pen.cr;
	double y = MARGIN;
	p->page++;
	if (!p->draws)
		return;
	pen_watermark(&p->pen, p->doc->recipient, WIDTH / 2.0, HEIGHT / 2.0, WIDTH * 0.75);
	cairo_set_source_rgb(cr, 0, 0, 0);
	pen_font(&p->pen, TITLE, true);
	tag_begin(p, "H1");
	pen_draw(&p->pen, p->doc->title, MARGIN, y, INSIDE, PEN_LEFT, 0, MOST);
	tag_end(p, "H1");
	y += pen_lines(&p->pen, p->doc->title, INSIDE) * pen_line(&p->pen);
	pen_font(&p->pen, TEXT, false);
	tag_begin(p, "P");
	pen_draw(&p->pen, p->about, MARGIN, y, INSIDE, PEN_LEFT, 0, MOST);
	tag_end(p, "P");
	table_head(p);
}

static void page_end(struct pdf *p)
{
	enum { MOST = 100, NUMBERS = 48 };
	cairo_t *cr = p->pen.cr;
	char numbers[NUMBERS];
	if (!p->draws)
		return;
	tag_end(p, "Table");
	double y = p->bottom + GAP;
	pen_font(&p->pen, SMALL, false);
	tag_begin(p, "P");
	pen_draw(&p->pen, p->doc->notice, MARGIN, y, INSIDE, PEN_LEFT, 0, MOST);
	y += pen_lines(&p->pen, p->doc->notice, INSIDE) * pen_line(&p->pen);
	snprintf(numbers, sizeof numbers, "Page %d of %d", p->page, p->pages);
	pen_draw(&p->pen, p->doc->recipient, MARGIN, y, INSIDE * 0.75, PEN_LEFT, 0, 1);
	pen_draw(&p->pen, str_from(numbers), MARGIN, y, INSIDE, PEN_RIGHT, 0, 1);
	tag_end(p, "P");
	pen_font(&p->pen, TEXT, false);
	cairo_show_page(cr);
}

static void row_draw(struct pdf *p, size_t row, double y, int from, int n)
{
	const struct paper_cell *cells = paper_row(p->doc, row);
	tag_begin(p, "TR");
	for (size_t i = 0; i < p->doc->columns_n; i++) {
		char room[PAPER_CELL_TEXT];
		tag_begin(p, "TD");
		pen_draw(&p->pen, paper_cell_say(&cells[i], room), p->x[i], y, p->width[i], side_of(cells[i].kind),
			 from, n);
		tag_end(p, "TD");
	}
	tag_end(p, "TR");
	rule(p, y + n * pen_line(&p->pen) + PAD / 2.0, 0.8);
}

static int lines_fit(const struct pdf *p, double y)
{
	return (int)((p->bottom - y - PAD) / pen_line(&p->pen));
}

/* A row stays together where a page holds it; a longer one begins where it stands and goes on overleaf. */
static void rows_walk(struct pdf *p, bool draws)
{
	double y = p->top;
	p->draws = draws;
	p->page = 0;
	page_begin(p);
	for (size_t row = 0; row < p->doc->rows_n; row++) {
		int from = 0, lines = p->lines[row];
		while (from < lines) {
			int left = lines - from, fit = lines_fit(p, y);
			bool divides = left > lines_fit(p, p->top) && fit >= SLICE_LEAST;
			if (left > fit && y > p->top && !divides) {
				page_end(p);
				page_begin(p);
				y = p->top;
				continue;
			}
			int n = left < fit ? left : fit;
			if (draws)
				row_draw(p, row, y, from, n);
			from += n;
			y += n * pen_line(&p->pen) + PAD;
		}
	}
	page_end(p);
	p->pages = p->page;
}

static cairo_status_t take(void *ctx, const unsigned char *bytes, unsigned n)
{
	struct buf *b = ctx;
	buf_add(b, bytes, n);
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static struct str about_text(struct arena *a, const struct paper_doc *doc)
{
	struct buf b = buf_new(a, ABOUT_MOST);
	for (size_t i = 0; i < doc->stamps_n; i++)
		buf_fmt(&b, "%s%s: %s", i > 0 ? "  ·  " : "", doc->stamps[i].label.p, doc->stamps[i].text.p);
	return buf_text(&b);
}

err_t pdf_write(struct arena *a, const struct paper_doc *doc, struct str *out)
{
	struct buf bytes = buf_new(a, PDF_MOST);
	struct pdf p = {
		.doc = doc,
		.about = about_text(a, doc),
		.x = arena_many(a, doc->columns_n, double),
		.width = arena_many(a, doc->columns_n, double),
		.lines = arena_many(a, doc->rows_n, uint16_t),
	};
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, &bytes, WIDTH, HEIGHT);
	cairo_t *cr = cairo_create(surface);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->title.p);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "byname");
	pen_open(&p.pen, cr);
	err_t e = page_measure(a, &p);
	if (e == NULL) {
		rows_measure(&p);
		rows_walk(&p, false);
		tag_begin(&p, "Document");
		rows_walk(&p, true);
		tag_end(&p, "Document");
	}
	pen_close(&p.pen);
	cairo_status_t status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	TRY(e);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_internal(a, "cairo: %s", cairo_status_to_string(status));
	*out = buf_text(&bytes);
	return NULL;
}
