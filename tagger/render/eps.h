/* eps.h: one label as EPS (Encapsulated PostScript 3.0, language level 2): outlines, no fonts needed. */
#ifndef SY_TAGGER_RENDER_EPS_H
#define SY_TAGGER_RENDER_EPS_H

#include "tagger/layout.h"
#include "tagger/symbol.h"
#include "tagger/text.h"

enum sy_err sy_eps_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret) SY_MUST;

#endif
