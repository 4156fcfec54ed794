/* png.h: one label as a PNG of one bit a dot, with its physical size (pHYs). */
#ifndef SY_TAGGER_RENDER_PNG_H
#define SY_TAGGER_RENDER_PNG_H

#include "tagger/layout.h"
#include "tagger/symbol.h"
#include "tagger/text.h"

struct sy_raster { /* 1: black; bit 7 first, rows padded to whole bytes */
	unsigned width, height, stride;
	uint8_t *bits;
};
/* The label as dots: what PNG holds, and what printer languages send. */
enum sy_err sy_raster_make(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret) SY_MUST;
void sy_raster_done(struct sy_raster *r);
enum sy_err sy_png_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret) SY_MUST;

#endif
