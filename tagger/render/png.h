/* png.h: one label as a PNG of one bit a dot, with its physical size (pHYs). */
#ifndef SY_TAGGER_RENDER_PNG_H
#define SY_TAGGER_RENDER_PNG_H

#include "tagger/render/raster.h"

enum sy_err sy_png_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret) SY_MUST;

#endif
