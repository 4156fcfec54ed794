/* sheet.c: see sheet.h. */
#include "tagger/sheet.h"

#define PAPER_WIDTH 210
#define PAPER_HEIGHT 297
#define MARGIN 8 /* what office printers cannot print on, and a little */
#define GAP 3 /* for scissors */

static int
dots(unsigned per_metre, unsigned mm)
{
	return (int)(mm * (uint64_t)per_metre / 1000);
}

/* Even places at 600 dpi are whole dots of a 300 dpi printer too. */
static int
even(int dots)
{
	return dots + (dots & 1);
}

enum sy_err
sy_sheet_a4(const struct sy_size *size, unsigned dpi, struct sy_sheet *ret, struct sy_fault *reterr)
{
	unsigned pm = sy_dots_per_metre(dpi);
	if (pm == 0)
		return sy_fault_at(reterr, SY_ERR_BAD_ARGUMENT, "dpi", 0, 0);
	struct sy_sheet s = { .dpi = dpi, .width = even(dots(pm, PAPER_WIDTH)), .height = even(dots(pm, PAPER_HEIGHT)) };
	s.columns = (PAPER_WIDTH - 2 * MARGIN + GAP) / (size->width + GAP);
	s.rows = (PAPER_HEIGHT - 2 * MARGIN + GAP) / (size->height + GAP);
	if (s.columns == 0 || s.rows == 0)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "size", 0, 0);
	s.label_width = dots(pm, size->width);
	s.label_height = dots(pm, size->height);
	s.pitch_x = even(s.label_width + dots(pm, GAP));
	s.pitch_y = even(s.label_height + dots(pm, GAP));
	s.left = even((s.width - (int)(s.columns - 1) * s.pitch_x - s.label_width) / 2);
	s.top = even((s.height - (int)(s.rows - 1) * s.pitch_y - s.label_height) / 2);
	*ret = s;
	return SY_OK;
}

size_t
sy_sheet_capacity(const struct sy_sheet *s)
{
	return (size_t)s->columns * s->rows;
}

void
sy_sheet_place(const struct sy_sheet *s, size_t i, size_t *retpage, int *retx, int *rety)
{
	size_t at = i % sy_sheet_capacity(s);
	*retpage = i / sy_sheet_capacity(s);
	*retx = s->left + (int)(at % s->columns) * s->pitch_x;
	*rety = s->top + (int)(at / s->columns) * s->pitch_y;
}
