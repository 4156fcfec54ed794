/* layout.h: where everything of one label lies, in whole dots: what label.c decides and every renderer draws. */
#ifndef SY_TAGGER_LAYOUT_H
#define SY_TAGGER_LAYOUT_H

#include "schema/bytes.h"

#define SY_LAYOUT_TEXTS 40
#define SY_LAYOUT_BOXES 12

enum sy_align { SY_ALIGN_LEFT, SY_ALIGN_CENTRE };

struct sy_layout_text {
	int x, width; /* the box to align in */
	int baseline;
	double size; /* em, in dots */
	bool bold, white; /* white: on a filled box */
	enum sy_align align;
	char s[256];
};
struct sy_layout_box {
	int x, y, width, height;
	int line; /* thickness, drawn inside; 0: filled */
};
struct sy_layout {
	unsigned dpi;
	int width, height;
	int symbol_x, symbol_y; /* of the first module, inside the quiet zone */
	int module; /* dots */
	unsigned side; /* modules */
	size_t ntexts, nboxes;
	struct sy_layout_text text[SY_LAYOUT_TEXTS];
	struct sy_layout_box box[SY_LAYOUT_BOXES];
	unsigned stock; /* another number when anything but the serial is another */
	size_t serial; /* which text is the serial's; ntexts when there is none */
};

#endif
