/* svg.c: see svg.h. The user unit is one dot; text is its outline. */
#include "tagger/render/svg.h"

#include "tagger/render/outline.h"
#include "tagger/size.h"

#include <math.h>

static enum sy_err
add_words(struct sy_buf *b, struct sy_text *text, const struct sy_layout *l)
{
	/* Black first, then what is white on it. */
	for (unsigned white = 0; white < 2; white++) {
		size_t from = b->len;
		bool any = false;
		sy_buf_printf(b, "<path fill=\"%s\" d=\"", white == 1 ? "#fff" : "#000");
		SY_TRY(sy_outline_add_words(b, text, l, white == 1, false, &any));
		if (any)
			sy_buf_add_str(b, "\"/>\n");
		else
			b->len = from;
	}
	return sy_buf_err(b);
}

static void
add_boxes(struct sy_buf *b, const struct sy_layout *l)
{
	for (size_t i = 0; i < l->nboxes; i++) {
		const struct sy_layout_box *x = &l->box[i];
		int in = x->line;
		sy_buf_printf(b, "<path fill-rule=\"evenodd\" d=\"M%d %dh%dv%dh-%dz", x->x, x->y, x->width, x->height, x->width);
		if (in > 0)
			sy_buf_printf(b, "M%d %dh%dv%dh-%dz", x->x + in, x->y + in, x->width - 2 * in, x->height - 2 * in, x->width - 2 * in);
		sy_buf_add_str(b, "\"/>\n");
	}
}

enum sy_err
sy_svg_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret)
{
	double mm = 1000.0 / sy_dots_per_metre(l->dpi);
	sy_buf_add_str(ret, "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"");
	sy_outline_add_number(ret, round(l->width * mm * 10) / 10);
	sy_buf_add_str(ret, "mm\" height=\"");
	sy_outline_add_number(ret, round(l->height * mm * 10) / 10);
	sy_buf_printf(ret, "mm\" viewBox=\"0 0 %d %d\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", l->width, l->height, l->width, l->height);
	sy_buf_add_str(ret, "<path shape-rendering=\"crispEdges\" d=\"");
	for (unsigned y = 0; y < s->side; y++) {
		unsigned len;
		for (unsigned x = 0; sy_symbol_run(s, y, &x, &len); x += len)
			sy_buf_printf(ret, "M%d %dh%dv%dh-%dz", l->symbol_x + (int)x * l->module, l->symbol_y + (int)y * l->module, (int)len * l->module, l->module,
			    (int)len * l->module);
	}
	sy_buf_add_str(ret, "\"/>\n");
	add_boxes(ret, l);
	SY_TRY(add_words(ret, text, l));
	sy_buf_add_str(ret, "</svg>\n");
	return sy_buf_err(ret);
}
