/* column.h: lines of text and framed words, one below the other, into a layout. */
#ifndef SY_TAGGER_COLUMN_H
#define SY_TAGGER_COLUMN_H

#include "tagger/layout.h"
#include "tagger/text.h"

struct sy_column {
	struct sy_text *text;
	struct sy_layout *layout;
	int x, width;
	double y; /* where the next line begins */
	double lead; /* line height in ems */
	bool full; /* a line did not fit in: nothing of this attempt counts */
};
/* CJK em box: this much of the em stands above the baseline. */
#define SY_EM_ASCENT 0.88

/* Appends s in at most max lines; false (and nothing appended) when it needs more. */
bool sy_column_add(struct sy_column *c, const char *s, double size, bool bold, size_t max);
/* Words in frames, side by side, as many rows as needed. filled: how many of the first are white on black. */
void sy_column_add_chips(struct sy_column *c, const char *const *words, size_t n, size_t filled, double size, bool bold);

#endif
