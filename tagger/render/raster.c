/* raster.c: see raster.h. Words are drawn in grey and cut at the middle; modules are set, not drawn. */
#include "tagger/render/raster.h"

#include "tagger/render/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static enum sy_err
make(int x, int y, int width, int height, struct sy_raster *ret)
{
	*ret = (struct sy_raster){ .x = x, .y = y, .width = (unsigned)width, .height = (unsigned)height, .stride = ((unsigned)width + 7) / 8 };
	if (width < 1 || height < 1)
		return SY_ERR_INTERNAL;
	ret->bits = calloc(ret->height, ret->stride);
	return ret->bits == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

/* What lies in the part's box: boxes if asked for, and the texts that are wanted. */
static enum sy_err
draw(struct sy_text *text, const struct sy_layout *l, bool boxes, const bool *wanted, struct sy_raster *r)
{
	SY_CLEANUP(surface_freep) cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)r->width, (int)r->height);
	SY_CLEANUP(context_freep) cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_translate(cr, -r->x, -r->y);
	if (boxes)
		sy_draw_boxes(cr, l);
	for (size_t i = 0; i < l->ntexts; i++)
		if (wanted[i])
			sy_draw_text(cr, text, &l->text[i]);
	cairo_surface_flush(surface);
	if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		return SY_ERR_NO_MEMORY;
	const uint8_t *data = cairo_image_surface_get_data(surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(surface);
	for (unsigned y = 0; y < r->height; y++)
		for (unsigned x = 0; x < r->width; x++)
			if (data[y * stride + (size_t)x * 4] < 255 - DARK) /* grey: any of the three channels */
				r->bits[(size_t)y * r->stride + x / 8] |= (uint8_t)(0x80 >> x % 8);
	return SY_OK;
}

enum sy_err
sy_raster_fixed(struct sy_text *text, const struct sy_layout *l, struct sy_raster *ret)
{
	bool wanted[SY_LAYOUT_TEXTS] = { false };
	for (size_t i = 0; i < l->ntexts; i++)
		wanted[i] = i != l->serial;
	enum sy_err err = make(0, 0, l->width, l->height, ret);
	if (err == SY_OK)
		err = draw(text, l, true, wanted, ret);
	if (err != SY_OK)
		sy_raster_done(ret);
	return err;
}

enum sy_err
sy_raster_serial(struct sy_text *text, const struct sy_layout *l, struct sy_raster *ret)
{
	bool wanted[SY_LAYOUT_TEXTS] = { false };
	*ret = (struct sy_raster){ .width = 0 };
	if (l->serial >= l->ntexts)
		return SY_ERR_INTERNAL;
	const struct sy_layout_text *t = &l->text[l->serial];
	wanted[l->serial] = true;
	/* Letters, digits and Chinese reach from 0.9 em above the baseline to 0.2 below. */
	int top = (int)floor(t->baseline - 0.95 * t->size), bottom = (int)ceil(t->baseline + 0.25 * t->size);
	int left = t->x > 0 ? t->x : 0, right = t->x + t->width < l->width ? t->x + t->width : l->width;
	if (top < 0)
		top = 0;
	if (bottom > l->height)
		bottom = l->height;
	enum sy_err err = make(left, top, right - left, bottom - top, ret);
	if (err == SY_OK)
		err = draw(text, l, false, wanted, ret);
	if (err != SY_OK)
		sy_raster_done(ret);
	return err;
}

enum sy_err
sy_raster_symbol(const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret)
{
	unsigned m = (unsigned)l->module;
	SY_TRY(make(l->symbol_x, l->symbol_y, (int)(s->side * m), (int)(s->side * m), ret));
	for (unsigned y = 0; y < s->side; y++) {
		uint8_t *row = ret->bits + (size_t)y * m * ret->stride;
		unsigned len;
		for (unsigned x = 0; sy_symbol_run(s, y, &x, &len); x += len) {
			unsigned from = x * m, end = (x + len) * m;
			/* The first byte, whole bytes, the last byte. */
			if (from / 8 == end / 8) {
				row[from / 8] |= (uint8_t)((0xff >> from % 8) & ~(0xff >> end % 8));
				continue;
			}
			row[from / 8] |= (uint8_t)(0xff >> from % 8);
			memset(row + from / 8 + 1, 0xff, end / 8 - from / 8 - 1);
			if (end % 8 != 0)
				row[end / 8] |= (uint8_t)~(0xff >> end % 8);
		}
		for (unsigned k = 1; k < m; k++)
			memcpy(row + (size_t)k * ret->stride, row, ret->stride);
	}
	return SY_OK;
}

void
sy_raster_put(struct sy_raster *r, const struct sy_raster *part)
{
	unsigned left = (unsigned)part->x, shift = left % 8;
	for (unsigned y = 0; y < part->height && y + (unsigned)part->y < r->height; y++) {
		const uint8_t *from = part->bits + (size_t)y * part->stride;
		uint8_t *to = r->bits + (size_t)(y + (unsigned)part->y) * r->stride;
		for (unsigned i = 0; i < part->stride; i++) {
			unsigned at = left / 8 + i;
			if (at < r->stride)
				to[at] |= (uint8_t)(from[i] >> shift);
			if (shift != 0 && at + 1 < r->stride)
				to[at + 1] |= (uint8_t)(from[i] << (8 - shift));
		}
	}
}

enum sy_err
sy_raster_make(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_raster *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster serial = { .width = 0 };
	SY_CLEANUP(sy_raster_done) struct sy_raster symbol = { .width = 0 };
	SY_CLEANUP(sy_raster_done) struct sy_raster r = { .width = 0 };
	SY_TRY(sy_raster_fixed(text, l, &r));
	if (l->serial < l->ntexts) {
		SY_TRY(sy_raster_serial(text, l, &serial));
		sy_raster_put(&r, &serial);
	}
	SY_TRY(sy_raster_symbol(l, s, &symbol));
	sy_raster_put(&r, &symbol);
	*ret = r;
	r.bits = NULL;
	return SY_OK;
}

void
sy_raster_done(struct sy_raster *r)
{
	free(r->bits);
	*r = (struct sy_raster){ .width = 0 };
}
