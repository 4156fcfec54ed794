/* mask.h: which of the eight masks a QR symbol gets (ISO/IEC 18004 7.8), weighed on rows of 64 bits: symbols up to
 * version 11. No library. The weights are those of libqrencode, whose choice it is meant to equal in every case. */
#ifndef SY_TAGGER_MASK_H
#define SY_TAGGER_MASK_H

#include "schema/bytes.h"

#define SY_MASK_SIDE_MAX 61 /* version 11; the bits below stay light */
#define SY_MASKS 8

struct sy_grid { /* bit 63 is the first module; 1: dark */
	unsigned side;
	uint64_t row[64], column[64];
	uint64_t free_row[64], free_column[64]; /* modules that a mask turns */
};
/* modules: a byte each, row by row: bit 0 dark, bit 7 of a function pattern; under mask 0. ret: under none, without format information. */
void sy_mask_load(const uint8_t *modules, unsigned side, struct sy_grid *ret);
/* Level M. The best mask is laid over row (column is not kept up), with its format information. */
unsigned sy_mask_choose(struct sy_grid *g);

#endif
