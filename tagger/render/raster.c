/* raster.c: a label as dots, see png.h. Words are drawn in grey and cut at the middle; modules are set, not drawn. */
#include "tagger/render/draw.h"
#include "tagger/render/png.h"

#include <stdlib.h>

#define DARK 110 /* coverage from which a dot is black; a little under half, because thin strokes print thin */

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
set_dot(struct sy_raster *r, unsigned x, unsigned y)
{
	if (x < r->width && y < r->height)
		r->bits[(size_t)y * r->stride + x / 8] |= (uint8_t)(0x80 >> x % 8);
}

static void
set_symbol(struct sy_raster *r, const struct sy_layout *l, const struct sy_symbol *s)
{
	unsigned m = (unsigned)l->module, left = (unsigned)l->symbol_x, top = (unsigned)l->symbol_y;
	for (unsigned y = 0; y < s->side * m; y++)
		for (unsigned x = 0; x < s->side * m; x++)
			if (sy_symbol_dark(s, x / m, y / m))
				set_dot(r, left + x, top + y);
}

enum sy_err
sy_raster_make(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret)
{
	struct sy_raster r = { .width = (unsigned)l->width, .height = (unsigned)l->height, .stride = ((unsigned)l->width + 7) / 8 };
	SY_CLEANUP(surface_freep) cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, l->width, l->height);
	SY_CLEANUP(context_freep) cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	sy_draw_words(cr, text, l, false);
	cairo_surface_flush(surface);
	if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		return SY_ERR_NO_MEMORY;
	r.bits = calloc(r.height, r.stride);
	if (r.bits == NULL)
		return SY_ERR_NO_MEMORY;
	const uint8_t *data = cairo_image_surface_get_data(surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(surface);
	for (unsigned y = 0; y < r.height; y++)
		for (unsigned x = 0; x < r.width; x++)
			if (data[y * stride + (size_t)x * 4] < 255 - DARK) /* grey: any of the three channels */
				set_dot(&r, x, y);
	set_symbol(&r, l, s);
	*ret = r;
	return SY_OK;
}

void
sy_raster_done(struct sy_raster *r)
{
	free(r->bits);
	*r = (struct sy_raster){ .width = 0 };
}
