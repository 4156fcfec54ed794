/* raster.h: a label as dots, whole or in the parts that printers are sent: what all labels of a layout share, the
 * symbol, the serial. */
#ifndef SY_TAGGER_RENDER_RASTER_H
#define SY_TAGGER_RENDER_RASTER_H

#include "tagger/layout.h"
#include "tagger/symbol.h"
#include "tagger/text.h"

struct sy_raster { /* 1: black; bit 7 first, rows padded to whole bytes */
	unsigned width, height, stride;
	int x, y; /* of its corner on the label */
	uint8_t *bits;
};
/* The whole label. */
enum sy_err sy_raster_make(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret) SY_MUST;
/* Its parts, none of which touches another. fixed: boxes and words, without the serial. */
enum sy_err sy_raster_fixed(struct sy_text *text, const struct sy_layout *l, struct sy_raster *ret) SY_MUST;
enum sy_err sy_raster_symbol(const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret) SY_MUST;
enum sy_err sy_raster_serial(struct sy_text *text, const struct sy_layout *l, struct sy_raster *ret) SY_MUST;
/* Sets what is black in part at its place in r. */
void sy_raster_put(struct sy_raster *r, const struct sy_raster *part);
void sy_raster_done(struct sy_raster *r);

#endif
