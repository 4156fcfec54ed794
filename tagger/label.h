/* label.h: the layout of one label: QR code and serial left, words right (on a square label the name stands above both).
 * Modules are whole dots, text shrinks to the smallest legible size, wraps, and is refused rather than cut. */
#ifndef SY_TAGGER_LABEL_H
#define SY_TAGGER_LABEL_H

#include "tagger/facts.h"
#include "tagger/layout.h"
#include "tagger/size.h"
#include "tagger/text.h"

/* serial: ten symbols, or "" for a lot code. side: modules of the symbol.
 * BAD_ARGUMENT (dpi), MODULE_TOO_SMALL and TEXT_OVERFLOW (each says which size would do), MISSING_GLYPH. */
enum sy_err sy_label_layout(struct sy_text *text, const struct sy_label_facts *facts, const char *serial, unsigned side,
    const struct sy_size *size, unsigned dpi, struct sy_layout *ret, struct sy_fault *reterr) SY_MUST;
/* Another serial of the same run into a finished layout: nothing else moves. */
void sy_label_set_serial(struct sy_layout *l, const char *serial);
/* "K7Q2 M9X W4T-*": in groups, with the check symbol that a person types. */
void sy_label_serial_text(const char *serial, char ret[20]);

#endif
