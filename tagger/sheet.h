/* sheet.h: where labels lie on sheets of paper, n-up, in whole dots. */
#ifndef SY_TAGGER_SHEET_H
#define SY_TAGGER_SHEET_H

#include "tagger/size.h"

struct sy_sheet {
	unsigned dpi;
	int width, height; /* the paper, dots */
	int label_width, label_height;
	int left, top; /* of the first label */
	int pitch_x, pitch_y;
	unsigned columns, rows;
};
/* A4 (210 x 297 mm, ISO 216), the block of labels centred, at least 8 mm of paper around and 3 mm between. */
enum sy_err sy_sheet_a4(const struct sy_size *size, unsigned dpi, struct sy_sheet *ret, struct sy_fault *reterr) SY_MUST;
size_t sy_sheet_capacity(const struct sy_sheet *s);
/* The corner of label i (counted from 0, row by row over all pages) and its page. */
void sy_sheet_place(const struct sy_sheet *s, size_t i, size_t *retpage, int *retx, int *rety);

#endif
