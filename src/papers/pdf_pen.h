/* Text on a page of a PDF: Pango lays it out, cairo draws it, and a line is a line: all lines of one size are
 * equally high whatever script stands in them, so that pages can be divided by counting. */
#ifndef PAPERS_PDF_PEN_H
#define PAPERS_PDF_PEN_H

#include <pango/pangocairo.h>

#include "base/str.h"

enum { PEN_ASCII = 128 };

struct pen {
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoLayout *layout;
	double points;
	double advance[PEN_ASCII]; /* of letters in the size of the rows; 0: not known */
};

enum pen_side { PEN_LEFT, PEN_RIGHT };

void pen_open(struct pen *p, cairo_t *cr);
void pen_close(struct pen *p);

void pen_font(struct pen *p, double points, bool bold);

/* How high a line is in the font of now. */
double pen_line(const struct pen *p);

/* How many lines s takes in that width; 0 for no text. */
int pen_lines(struct pen *p, struct str s, double width);

/* As pen_lines in the font of now, which must be what pen_learn saw: most cells are told without a layout. */
void pen_learn(struct pen *p);
int pen_lines_quick(struct pen *p, struct str s, double width);

/* Draws n lines of s, the first of them number `from`, with the upper left corner at x, y. What is written from the
 * right stands at the right. */
void pen_draw(struct pen *p, struct str s, double x, double y, double width, enum pen_side side, int from, int n);

/* s once, large, pale and aslant, with its middle at x, y. */
void pen_watermark(struct pen *p, struct str s, double x, double y, double length);

#endif
