/* size.h: the label sizes and resolutions there are. */
#ifndef SY_TAGGER_SIZE_H
#define SY_TAGGER_SIZE_H

#include "schema/bytes.h"

struct sy_size {
	const char *name; /* "60x40" */
	unsigned width, height; /* mm */
};
extern const struct sy_size sy_sizes[]; /* smallest first */
extern const size_t sy_nsizes;
const struct sy_size *sy_size_find(struct sy_span name); /* NULL: no such size */
/* Dots in a metre at 203, 300 or 600 dpi; 0 for another. A "203 dpi" head has 8 dots in a millimetre. */
unsigned sy_dots_per_metre(unsigned dpi);
/* The smallest module in dots that a printer of this resolution prints so that phones read it. */
unsigned sy_module_min(unsigned dpi);

#endif
