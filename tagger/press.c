/* press.c: see press.h. */
#include "tagger/press.h"

#include <string.h>

void
sy_press_init(struct sy_press *p, struct sy_text *text, const struct sy_size *size, unsigned dpi)
{
	*p = (struct sy_press){ .text = text, .size = size, .dpi = dpi };
}

enum sy_err
sy_press_next(struct sy_press *p, bool *retmore, struct sy_fault *reterr)
{
	SY_TRY(sy_codes_next(&p->codes, retmore, reterr));
	if (!*retmore)
		return SY_OK;
	enum sy_err err = sy_symbol_make(sy_span_str(p->codes.url), &p->symbol);
	if (err != SY_OK)
		return sy_fault_at(reterr, err, "", 0, 0);
	bool unit = p->codes.link.serial[0] != '\0';
	if (p->part == p->codes.part && p->unit == unit && p->layout.side == p->symbol.side) {
		sy_label_set_serial(&p->layout, p->codes.link.serial);
		return SY_OK;
	}
	p->part = p->codes.part;
	p->unit = unit;
	SY_TRY(sy_label_layout(p->text, &p->codes.facts, p->codes.link.serial, p->symbol.side, p->size, p->dpi, &p->layout, reterr));
	p->layout.stock = ++p->stock;
	return SY_OK;
}
