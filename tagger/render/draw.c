/* draw.c: see draw.h. */
#include "tagger/render/draw.h"

#include <string.h>

/* Sets the pen at the baseline's left end and hands back the line. */
static PangoLayoutLine *
place(cairo_t *cr, struct sy_text *text, const struct sy_layout_text *t)
{
	PangoLayout *layout = sy_font_layout(text, sy_span_str(t->s), t->size, t->bold);
	double x = t->x;
	if (t->align == SY_ALIGN_CENTRE) {
		PangoRectangle r;
		pango_layout_get_extents(layout, NULL, &r);
		x += (t->width - (double)r.width / PANGO_SCALE) / 2;
	}
	cairo_move_to(cr, x, t->baseline);
	return pango_layout_get_line_readonly(layout, 0);
}

void
sy_draw_text_path(cairo_t *cr, struct sy_text *text, const struct sy_layout_text *t)
{
	pango_cairo_layout_line_path(cr, place(cr, text, t));
}

void
sy_draw_text(cairo_t *cr, struct sy_text *text, const struct sy_layout_text *t)
{
	double shade = t->white ? 1 : 0;
	cairo_set_source_rgb(cr, shade, shade, shade);
	pango_cairo_show_layout_line(cr, place(cr, text, t));
	cairo_new_path(cr);
}

void
sy_draw_boxes(cairo_t *cr, const struct sy_layout *l)
{
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (size_t i = 0; i < l->nboxes; i++) {
		const struct sy_layout_box *b = &l->box[i];
		double half = b->line / 2.0;
		cairo_rectangle(cr, b->x + half, b->y + half, b->width - b->line, b->height - b->line);
		cairo_set_line_width(cr, b->line);
		if (b->line == 0)
			cairo_fill(cr);
		else
			cairo_stroke(cr);
	}
	cairo_new_path(cr);
}

void
sy_draw_words(cairo_t *cr, struct sy_text *text, const struct sy_layout *l)
{
	sy_draw_boxes(cr, l);
	for (size_t i = 0; i < l->ntexts; i++)
		sy_draw_text(cr, text, &l->text[i]);
}

void
sy_draw_symbol(cairo_t *cr, const struct sy_layout *l, const struct sy_symbol *s)
{
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (unsigned y = 0; y < s->side; y++) {
		unsigned len;
		for (unsigned x = 0; sy_symbol_run(s, y, &x, &len); x += len)
			cairo_rectangle(cr, l->symbol_x + (int)x * l->module, l->symbol_y + (int)y * l->module, (int)len * l->module, l->module);
	}
	cairo_fill(cr);
}
