/* svg.h: one label as SVG 1.1: one file, no fonts and no links needed, so that it prints the same everywhere. */
#ifndef SY_TAGGER_RENDER_SVG_H
#define SY_TAGGER_RENDER_SVG_H

#include "tagger/layout.h"
#include "tagger/symbol.h"
#include "tagger/text.h"

enum sy_err sy_svg_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret) SY_MUST;

#endif
