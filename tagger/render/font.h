/* font.h: what text.c and the renderers share of pango, and nobody else sees. */
#ifndef SY_TAGGER_RENDER_FONT_H
#define SY_TAGGER_RENDER_FONT_H

#include "tagger/text.h"

#include <pango/pangocairo.h>

void sy_font_prepare(PangoContext *context);
/* The text set in one unwrapped line; borrowed until the next call. */
PangoLayout *sy_font_layout(struct sy_text *t, struct sy_span s, double size, bool bold);

#endif
