#include "papers/pdf_pen.h"

static const double LINE_BY_POINTS = 1.3, ASCENT_BY_POINTS = 1.0;

void pen_open(struct pen *p, cairo_t *cr)
{
	*p = (struct pen){.cr = cr, .fonts = pango_cairo_font_map_new()};
	PangoContext *context = pango_font_map_create_context(p->fonts);
	pango_cairo_update_context(cr, context);
	pango_context_set_round_glyph_positions(context, FALSE);
	p->layout = pango_layout_new(context);
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	g_object_unref(context);
}

void pen_close(struct pen *p)
{
	g_object_unref(p->layout);
	g_object_unref(p->fonts);
}

void pen_font(struct pen *p, double points, bool bold)
{
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, "DejaVu Sans, Sans");
	pango_font_description_set_absolute_size(font, points * PANGO_SCALE);
	pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(p->layout, font);
	pango_font_description_free(font);
	p->points = points;
}

double pen_line(const struct pen *p)
{
	return p->points * LINE_BY_POINTS;
}

static void text_set(struct pen *p, struct str s, double width)
{
	pango_layout_set_width(p->layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	pango_layout_set_text(p->layout, s.p, (int)s.n);
}

int pen_lines(struct pen *p, struct str s, double width)
{
	if (s.n == 0)
		return 0;
	text_set(p, s, width);
	return pango_layout_get_line_count(p->layout);
}

void pen_learn(struct pen *p)
{
	for (char c = ' '; c < 0x7F; c++) {
		PangoRectangle box;
		text_set(p, (struct str){&c, 1}, 0);
		pango_layout_get_extents(p->layout, NULL, &box);
		p->advance[(int)c] = (double)box.width / PANGO_SCALE;
	}
}

int pen_lines_quick(struct pen *p, struct str s, double width)
{
	static const double KERNING = 1.03; /* letters may stand a little wider than one by one */
	double sum = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= PEN_ASCII || p->advance[c] == 0)
			return pen_lines(p, s, width);
		sum += p->advance[c];
		if (sum * KERNING > width)
			return pen_lines(p, s, width);
	}
	return s.n > 0;
}

void pen_draw(struct pen *p, struct str s, double x, double y, double width, enum pen_side side, int from, int n)
{
	if (s.n == 0)
		return;
	text_set(p, s, width);
	for (int i = from; i < from + n; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(p->layout, i);
		PangoRectangle box;
		if (line == NULL)
			return;
		pango_layout_line_get_extents(line, NULL, &box);
		bool right = side == PEN_RIGHT || pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL;
		double room = width - (double)box.width / PANGO_SCALE;
		cairo_move_to(p->cr, right && room > 0 ? x + room : x,
			      y + (i - from) * pen_line(p) + p->points * ASCENT_BY_POINTS);
		pango_cairo_show_layout_line(p->cr, line);
	}
}

void pen_watermark(struct pen *p, struct str s, double x, double y, double length)
{
	enum { TRIAL = 10, LARGEST = 90 };
	static const double SLANT = -0.55;
	static const double PALE = 0.9;
	PangoRectangle box;
	if (s.n == 0)
		return;
	pen_font(p, TRIAL, true);
	text_set(p, s, 0);
	pango_layout_get_extents(p->layout, NULL, &box);
	double points = box.width > 0 ? TRIAL * length * PANGO_SCALE / box.width : LARGEST;
	pen_font(p, points < LARGEST ? points : LARGEST, true);
	pango_layout_get_extents(p->layout, NULL, &box);
	cairo_save(p->cr);
	cairo_translate(p->cr, x, y);
	cairo_rotate(p->cr, SLANT);
	cairo_move_to(p->cr, -(double)box.width / PANGO_SCALE / 2, -(double)box.height / PANGO_SCALE / 2);
	cairo_set_source_rgb(p->cr, PALE, PALE, PALE);
	pango_cairo_show_layout(p->cr, p->layout);
	cairo_restore(p->cr);
}
