/* svg.c: see svg.h. The user unit is one dot; text is its outline. */
#include "tagger/render/svg.h"

#include "tagger/render/draw.h"
#include "tagger/size.h"

#include <math.h>
#include <stdlib.h>

static void
surface_freep(cairo_surface_t **p)
{
	if (*p != NULL)
		cairo_surface_destroy(*p);
}

static void
context_freep(cairo_t **p)
{
	if (*p != NULL)
		cairo_destroy(*p);
}

static void
path_freep(cairo_path_t **p)
{
	if (*p != NULL)
		cairo_path_destroy(*p);
}

/* A hundredth of a dot is enough; the locale must not put a comma in it. */
static void
add_number(struct sy_buf *b, double v)
{
	long h = lround(v * 100);
	sy_buf_printf(b, "%s%ld", h < 0 ? "-" : "", labs(h) / 100);
	if (h % 100 != 0)
		sy_buf_printf(b, labs(h) % 10 == 0 ? ".%ld" : ".%02ld", labs(h) % 10 == 0 ? labs(h) % 100 / 10 : labs(h) % 100);
}

static void
add_path(struct sy_buf *b, const cairo_path_t *path)
{
	static const char letters[] = { [CAIRO_PATH_MOVE_TO] = 'M', [CAIRO_PATH_LINE_TO] = 'L', [CAIRO_PATH_CURVE_TO] = 'C', [CAIRO_PATH_CLOSE_PATH] = 'Z' };
	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		sy_buf_add_byte(b, (uint8_t)letters[path->data[i].header.type]);
		for (int p = 1; p < path->data[i].header.length; p++) {
			if (p > 1)
				sy_buf_add_byte(b, ' ');
			add_number(b, path->data[i + p].point.x);
			sy_buf_add_byte(b, ' ');
			add_number(b, path->data[i + p].point.y);
		}
	}
}

static enum sy_err
add_words(struct sy_buf *b, struct sy_text *text, const struct sy_layout *l)
{
	/* Without bounds: cairo leaves out glyphs that lie outside of a surface, in paths too. */
	SY_CLEANUP(surface_freep) cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
	SY_CLEANUP(context_freep) cairo_t *cr = cairo_create(surface);
	/* Black first, then what is white on it. */
	for (unsigned white = 0; white < 2; white++) {
		cairo_new_path(cr);
		bool any = false;
		for (size_t i = 0; i < l->ntexts; i++) {
			if (l->text[i].white != (white == 1))
				continue;
			sy_draw_text_path(cr, text, &l->text[i]);
			any = true;
		}
		SY_CLEANUP(path_freep) cairo_path_t *path = cairo_copy_path(cr);
		if (path->status != CAIRO_STATUS_SUCCESS)
			return SY_ERR_NO_MEMORY;
		if (!any)
			continue;
		sy_buf_printf(b, "<path fill=\"%s\" d=\"", white == 1 ? "#fff" : "#000");
		add_path(b, path);
		sy_buf_add_str(b, "\"/>\n");
	}
	return SY_OK;
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
	add_number(ret, round(l->width * mm * 10) / 10);
	sy_buf_add_str(ret, "mm\" height=\"");
	add_number(ret, round(l->height * mm * 10) / 10);
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
