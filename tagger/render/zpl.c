/* zpl.c: ZPL II: a picture of what the labels share is stored once (~DG); then a label is that picture, the symbol and
 * the serial as graphic fields (^GF), in the printer's dots: no font of its own is asked for. Pictures are in the
 * language's ":Z64:" form: zlib, base64, and a CRC-16 (CCITT, x^16+x^12+x^5+1, from 0) of the base64. */
#include "tagger/render/raster.h"
#include "tagger/render/stream.h"

#include "schema/wire/b64.h"
#include "schema/wire/gzip.h"

#define LEVEL_STORED 9
#define LEVEL_LABEL 1

static uint16_t
crc16(struct sy_span s)
{
	/* Four bits at a time: sixteen entries instead of 256. */
	static const uint16_t step[16] = { 0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7, 0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad,
		0xe1ce, 0xf1ef };
	unsigned crc = 0;
	for (size_t i = 0; i < s.len; i++) {
		crc = ((crc << 4) ^ step[((crc >> 12) ^ (s.data[i] >> 4)) & 15]) & 0xffff;
		crc = ((crc << 4) ^ step[((crc >> 12) ^ s.data[i]) & 15]) & 0xffff;
	}
	return (uint16_t)crc;
}

static enum sy_err
add_picture(struct sy_stream *s, const struct sy_raster *r, int level, struct sy_buf *ret)
{
	sy_buf_reset(&s->scratch);
	SY_TRY(sy_gzip_zlib(sy_span(r->bits, (size_t)r->stride * r->height), level, &s->scratch));
	sy_buf_add_str(ret, ":Z64:");
	size_t from = ret->len;
	sy_b64_add(ret, sy_buf_span(&s->scratch));
	SY_TRY(sy_buf_err(ret));
	sy_buf_printf(ret, ":%04X", (unsigned)crc16(sy_span_sub(sy_buf_span(ret), from, ret->len)));
	return sy_buf_err(ret);
}

static enum sy_err
add_field(struct sy_stream *s, const struct sy_raster *r, struct sy_buf *ret)
{
	unsigned bytes = r->stride * r->height;
	sy_buf_printf(ret, "^FO%d,%d^GFA,%u,%u,%u,", r->x, r->y, bytes, bytes, r->stride);
	SY_TRY(add_picture(s, r, LEVEL_LABEL, ret));
	sy_buf_add_str(ret, "^FS\n");
	return sy_buf_err(ret);
}

/* A name of its own for each: a label that is still in the printer's queue keeps its picture. */
static enum sy_err
store(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster fixed = { .width = 0 };
	SY_TRY(sy_raster_fixed(p->text, &p->layout, &fixed));
	s->stock = p->layout.stock;
	s->stored++;
	sy_buf_printf(ret, "~DGR:SY%06u.GRF,%u,%u,", s->stored, fixed.stride * fixed.height, fixed.stride);
	SY_TRY(add_picture(s, &fixed, LEVEL_STORED, ret));
	sy_buf_add_byte(ret, '\n');
	return sy_buf_err(ret);
}

static enum sy_err
add(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster symbol = { .width = 0 };
	SY_CLEANUP(sy_raster_done) struct sy_raster serial = { .width = 0 };
	if (s->stock != p->layout.stock || s->stored == 0)
		SY_TRY(store(s, p, ret));
	sy_buf_printf(ret, "^XA^PW%d^LL%d^LH0,0\n^FO0,0^XGR:SY%06u.GRF,1,1^FS\n", p->layout.width, p->layout.height, s->stored);
	SY_TRY(sy_raster_symbol(&p->layout, &p->symbol, &symbol));
	SY_TRY(add_field(s, &symbol, ret));
	if (p->layout.serial < p->layout.ntexts) {
		SY_TRY(sy_raster_serial(p->text, &p->layout, &serial));
		SY_TRY(add_field(s, &serial, ret));
	}
	sy_buf_add_str(ret, "^PQ1^XZ\n");
	s->labels++;
	return sy_buf_err(ret);
}

/* The printer's memory as it was. */
static enum sy_err
end(struct sy_stream *s, struct sy_buf *ret)
{
	for (unsigned i = 1; i <= s->stored; i++)
		sy_buf_printf(ret, "^XA^IDR:SY%06u.GRF^FS^XZ\n", i);
	return sy_buf_err(ret);
}

const struct sy_format sy_zpl_format = { .name = "zpl", .add = add, .end = end };
