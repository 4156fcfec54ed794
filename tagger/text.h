/* text.h: Chinese text, measured and cut into lines. The only door to pango besides render/.
 *
 * A text size is the em in dots. Metrics are taken without hinting, so that a
 * layout is the same picture at every resolution. One thread at a time. */
#ifndef SY_TAGGER_TEXT_H
#define SY_TAGGER_TEXT_H

#include "schema/bytes.h"

struct sy_text; /* a font found and made ready */

/* Noto Sans CJK SC, else WenQuanYi. NO_FONT. */
enum sy_err sy_text_new(struct sy_text **ret, struct sy_fault *reterr) SY_MUST;
void sy_text_free(struct sy_text *t);
SY_DEFINE_CLEANUP(struct sy_text, sy_text_free)
#define SY_AUTO_TEXT SY_CLEANUP(sy_text_freep) struct sy_text
const char *sy_text_family(const struct sy_text *t);
/* MISSING_GLYPH, naming the character, its offset in s. */
enum sy_err sy_text_check(struct sy_text *t, struct sy_span s, const char *field, struct sy_fault *reterr) SY_MUST;
double sy_text_width(struct sy_text *t, struct sy_span s, double size, bool bold);
/* Bytes of s that fit on one line of this width (at least one character), broken where Chinese and Latin
 * text may be; trailing spaces belong to the line. */
size_t sy_text_fit(struct sy_text *t, struct sy_span s, double size, bool bold, double width);

#endif
