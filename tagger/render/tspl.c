/* tspl.c: TSPL and TSPL2: a picture of what the labels share is downloaded once and put on each (DOWNLOAD, PUTBMP); symbol
 * and serial are bitmaps (BITMAP), in the printer's dots: its own fonts, which often have no Chinese, are not asked for.
 * Gap and darkness are left as the printer is set. In this language a bit that is 0 prints. */
#include "tagger/render/raster.h"
#include "tagger/render/stream.h"

#include "tagger/size.h"

#define BMP_HEAD 62 /* file header, info header, two colours */

static void
add_le(struct sy_buf *b, uint32_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		sy_buf_add_byte(b, (uint8_t)(v >> 8 * i));
}

/* A Windows bitmap of one bit a dot: black is colour 0; the last row first, rows of whole 32 bits. */
static void
add_bmp(struct sy_buf *b, const struct sy_raster *r, unsigned per_metre)
{
	static const uint8_t bits[][2] = { { 1, 2 }, { 1, 2 }, { 0, 4 } }; /* planes, bits a dot, no compression */
	unsigned row = (r->stride + 3) / 4 * 4, bytes = row * r->height;
	sy_buf_add_str(b, "BM");
	add_le(b, BMP_HEAD + bytes, 4);
	add_le(b, 0, 4);
	add_le(b, BMP_HEAD, 4);
	add_le(b, 40, 4);
	add_le(b, r->width, 4);
	add_le(b, r->height, 4);
	for (size_t i = 0; i < SY_LEN(bits); i++)
		add_le(b, bits[i][0], bits[i][1]);
	add_le(b, bytes, 4);
	add_le(b, per_metre, 4);
	add_le(b, per_metre, 4);
	add_le(b, 2, 4);
	add_le(b, 0, 4);
	add_le(b, 0x000000, 4);
	add_le(b, 0xffffff, 4);
	for (unsigned y = r->height; y-- > 0;)
		for (unsigned i = 0; i < row; i++)
			sy_buf_add_byte(b, i < r->stride ? (uint8_t)~r->bits[(size_t)y * r->stride + i] : 0xff);
}

static void
add_bitmap(struct sy_buf *b, const struct sy_raster *r)
{
	size_t n = (size_t)r->stride * r->height;
	sy_buf_printf(b, "BITMAP %d,%d,%u,%u,0,", r->x, r->y, r->stride, r->height); /* 0: overwrite; the parts do not touch */
	uint8_t *to = sy_buf_room(b, n);
	for (size_t i = 0; to != NULL && i < n; i++)
		to[i] = (uint8_t)~r->bits[i];
	if (to != NULL)
		sy_buf_grew(b, n);
	sy_buf_add_str(b, "\r\n");
}

static enum sy_err
store(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster fixed = { .width = 0 };
	SY_TRY(sy_raster_fixed(p->text, &p->layout, &fixed));
	s->stock = p->layout.stock;
	s->stored++;
	sy_buf_reset(&s->scratch);
	add_bmp(&s->scratch, &fixed, sy_dots_per_metre(p->dpi));
	SY_TRY(sy_buf_err(&s->scratch));
	sy_buf_printf(ret, "SIZE %u mm,%u mm\r\nREFERENCE 0,0\r\nDOWNLOAD \"SY%u.BMP\",%zu,", p->size->width, p->size->height, s->stored, s->scratch.len);
	sy_buf_add_span(ret, sy_buf_span(&s->scratch));
	sy_buf_add_str(ret, "\r\n");
	return sy_buf_err(ret);
}

static enum sy_err
add(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster symbol = { .width = 0 };
	SY_CLEANUP(sy_raster_done) struct sy_raster serial = { .width = 0 };
	if (s->stock != p->layout.stock || s->stored == 0)
		SY_TRY(store(s, p, ret));
	sy_buf_printf(ret, "CLS\r\nPUTBMP 0,0,\"SY%u.BMP\"\r\n", s->stored);
	SY_TRY(sy_raster_symbol(&p->layout, &p->symbol, &symbol));
	add_bitmap(ret, &symbol);
	if (p->layout.serial < p->layout.ntexts) {
		SY_TRY(sy_raster_serial(p->text, &p->layout, &serial));
		add_bitmap(ret, &serial);
	}
	sy_buf_add_str(ret, "PRINT 1,1\r\n");
	s->labels++;
	return sy_buf_err(ret);
}

static enum sy_err
end(struct sy_stream *s, struct sy_buf *ret)
{
	for (unsigned i = 1; i <= s->stored; i++)
		sy_buf_printf(ret, "KILL \"SY%u.BMP\"\r\n", i);
	return sy_buf_err(ret);
}

const struct sy_format sy_tspl_format = { .name = "tspl", .add = add, .end = end };
