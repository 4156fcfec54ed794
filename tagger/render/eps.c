/* eps.c: see eps.h. The user unit is one dot, y counts downward as in the layout. */
#include "tagger/render/eps.h"

#include "tagger/render/outline.h"
#include "tagger/size.h"

#include <math.h>

static void
add_head(struct sy_buf *b, const struct sy_layout *l)
{
	/* 72 points in 25.4 mm. */
	unsigned per_metre = sy_dots_per_metre(l->dpi);
	double point = 72000.0 / 25.4 / per_metre, width = l->width * point, height = l->height * point;
	sy_buf_printf(b, "%%!PS-Adobe-3.0 EPSF-3.0\n%%%%BoundingBox: 0 0 %ld %ld\n%%%%HiResBoundingBox: 0 0 ", lround(ceil(width)), lround(ceil(height)));
	sy_outline_add_number(b, width);
	sy_buf_add_byte(b, ' ');
	sy_outline_add_number(b, height);
	sy_buf_add_str(b, "\n%%LanguageLevel: 2\n%%Title: Suyuan label\n%%Pages: 1\n%%EndComments\nsave 8 dict begin\n"
			  "/M /moveto load def /L /lineto load def /C /curveto load def /Z /closepath load def /R /rectfill load def\n0 ");
	sy_outline_add_number(b, height);
	/* Points in a dot: reckoned there, because a number of ours has two places only. */
	sy_buf_printf(b, " translate\n72000 25.4 div %u div dup neg scale\n1 setgray 0 0 %d %d R\n0 setgray\n", per_metre, l->width, l->height);
}

static void
add_boxes(struct sy_buf *b, const struct sy_layout *l)
{
	for (size_t i = 0; i < l->nboxes; i++) {
		const struct sy_layout_box *x = &l->box[i];
		int in = x->line;
		sy_buf_printf(b, "%d %d %d %d R\n", x->x, x->y, x->width, x->height);
		if (in > 0)
			sy_buf_printf(b, "1 setgray %d %d %d %d R 0 setgray\n", x->x + in, x->y + in, x->width - 2 * in, x->height - 2 * in);
	}
}

enum sy_err
sy_eps_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret)
{
	add_head(ret, l);
	for (unsigned y = 0; y < s->side; y++) {
		unsigned len;
		for (unsigned x = 0; sy_symbol_run(s, y, &x, &len); x += len)
			sy_buf_printf(ret, "%d %d %d %d R\n", l->symbol_x + (int)x * l->module, l->symbol_y + (int)y * l->module, (int)len * l->module, l->module);
	}
	add_boxes(ret, l);
	for (unsigned white = 0; white < 2; white++) {
		bool any = false;
		SY_TRY(sy_outline_add_words(ret, text, l, white == 1, true, &any));
		if (any)
			sy_buf_add_str(ret, white == 1 ? "1 setgray fill 0 setgray\n" : "fill\n");
	}
	sy_buf_add_str(ret, "end restore\n%%EOF\n");
	return sy_buf_err(ret);
}
