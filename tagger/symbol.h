/* symbol.h: the QR code of a text (ISO/IEC 18004), error correction level M, in the smallest version there is.
 * The only door to libqrencode. */
#ifndef SY_TAGGER_SYMBOL_H
#define SY_TAGGER_SYMBOL_H

#include "schema/bytes.h"

#define SY_SYMBOL_SIDE_MAX 177
#define SY_SYMBOL_QUIET 4 /* modules of quiet zone on each side (9.1) */

struct sy_symbol {
	unsigned version; /* 1..40 */
	unsigned side; /* modules, without the quiet zone */
	uint8_t bits[(SY_SYMBOL_SIDE_MAX * SY_SYMBOL_SIDE_MAX + 7) / 8]; /* row by row, bit 7 first */
};
/* SYMBOL_TOO_LONG, TOO_SHORT. */
enum sy_err sy_symbol_make(struct sy_span text, struct sy_symbol *ret) SY_MUST;
bool sy_symbol_dark(const struct sy_symbol *s, unsigned x, unsigned y); /* false outside */
/* The next run of dark modules in row y from *x on: [*x, *x + *retlen). False when there is none. */
bool sy_symbol_run(const struct sy_symbol *s, unsigned y, unsigned *x, unsigned *retlen);

#endif
