/* press.h: codes in, labels out: the next code of a file as symbol and layout. The words are laid out once for a lot. */
#ifndef SY_TAGGER_PRESS_H
#define SY_TAGGER_PRESS_H

#include "tagger/codes.h"
#include "tagger/label.h"
#include "tagger/symbol.h"

struct sy_press {
	struct sy_codes codes;
	struct sy_text *text; /* borrowed */
	const struct sy_size *size;
	unsigned dpi;
	size_t part; /* of which the layout is; 0: none yet */
	bool unit; /* the layout has a serial */
	unsigned stock; /* layouts made */
	struct sy_symbol symbol;
	struct sy_layout layout;
};
/* The codes are the caller's to open: sy_codes_init(&p->codes, ..) or _init_from. */
void sy_press_init(struct sy_press *p, struct sy_text *text, const struct sy_size *size, unsigned dpi);
enum sy_err sy_press_next(struct sy_press *p, bool *retmore, struct sy_fault *reterr) SY_MUST;

#endif
