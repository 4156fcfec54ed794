/* draw.h: a label onto a cairo surface: shared by the renderers that have one. */
#ifndef SY_TAGGER_RENDER_DRAW_H
#define SY_TAGGER_RENDER_DRAW_H

#include "tagger/layout.h"
#include "tagger/render/font.h"
#include "tagger/symbol.h"

/* Boxes and words, in black; one dot is one unit. */
void sy_draw_words(cairo_t *cr, struct sy_text *text, const struct sy_layout *l);
void sy_draw_boxes(cairo_t *cr, const struct sy_layout *l);
void sy_draw_text(cairo_t *cr, struct sy_text *text, const struct sy_layout_text *t);
/* The modules as one path of one rectangle per run: one fill leaves no seams between rows. */
void sy_draw_symbol(cairo_t *cr, const struct sy_layout *l, const struct sy_symbol *s);
/* Adds one text's outline to the current path. */
void sy_draw_text_path(cairo_t *cr, struct sy_text *text, const struct sy_layout_text *t);

#endif
