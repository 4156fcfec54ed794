/* outline.h: words as filled outlines in a language of letters and numbers, as SVG and PostScript have it. */
#ifndef SY_TAGGER_RENDER_OUTLINE_H
#define SY_TAGGER_RENDER_OUTLINE_H

#include "tagger/layout.h"
#include "tagger/text.h"

/* A number with at most two places, always with a point. */
void sy_outline_add_number(struct sy_buf *b, double v);
/* What is black (white: what is white on it). SVG: "M1 2L3 4C..Z"; PostScript: "1 2 M 3 4 L .. C Z" with operators of
 * those names. *retany: false when there are no such words, and nothing was added. */
enum sy_err sy_outline_add_words(struct sy_buf *b, struct sy_text *text, const struct sy_layout *l, bool white, bool postscript, bool *retany) SY_MUST;

#endif
