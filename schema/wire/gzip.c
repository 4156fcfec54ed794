/* gzip.c: see gzip.h. */
#include "schema/wire/gzip.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

#define STORED_MAX 65535U /* RFC 1951 3.2.4: LEN is 16 bits */

static uint32_t
crc_of(struct sy_span s)
{
	uLong crc = crc32_z(0, NULL, 0);
	return (uint32_t)(s.len == 0 ? crc : crc32_z(crc, s.data, s.len));
}

static enum sy_err
err_of(int z)
{
	return z == Z_MEM_ERROR ? SY_ERR_NO_MEMORY : SY_ERR_INTERNAL;
}

/* zlib writes nothing through next_in, but without ZLIB_CONST it is not const. */
static Bytef *
input(struct sy_span s)
{
	union {
		const uint8_t *c;
		Bytef *z;
	} u = { .c = s.data };
	return u.z;
}

static enum sy_err
deflate_into(struct sy_buf *out, struct sy_span plain, int level, int window, int flush)
{
	z_stream z = { 0 };
	if (plain.len > UINT_MAX / 2)
		return SY_ERR_TOO_LONG;
	int r = deflateInit2(&z, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
	if (r != Z_OK)
		return err_of(r);
	/* deflateBound is for Z_FINISH; a flush marker adds at most 5 bytes and a few bits. */
	size_t bound = deflateBound(&z, (uLong)plain.len) + 16;
	uint8_t *room = sy_buf_room(out, bound);
	if (room != NULL) {
		z.next_in = input(plain);
		z.avail_in = (uInt)plain.len;
		z.next_out = room;
		z.avail_out = (uInt)bound;
		r = deflate(&z, flush);
		sy_buf_grew(out, bound - z.avail_out);
		if (r != (flush == Z_FINISH ? Z_STREAM_END : Z_OK) || z.avail_in != 0)
			out->err = err_of(r);
	}
	(void)deflateEnd(&z);
	return sy_buf_err(out);
}

enum sy_err
sy_gzip_piece_init(struct sy_gzip_piece *ret, struct sy_span plain, int level)
{
	*ret = (struct sy_gzip_piece){ .crc = crc_of(plain), .plain_len = plain.len };
	sy_buf_init(&ret->deflated, SIZE_MAX / 4);
	if (plain.len == 0)
		return SY_OK;
	/* Z_FULL_FLUSH: ends on a byte, and what follows refers to nothing before it. */
	enum sy_err e = deflate_into(&ret->deflated, plain, level, -15, Z_FULL_FLUSH);
	if (e != SY_OK)
		sy_gzip_piece_done(ret);
	return e;
}

void
sy_gzip_piece_done(struct sy_gzip_piece *p)
{
	sy_buf_done(&p->deflated);
	*p = (struct sy_gzip_piece){ 0 };
}

void
sy_gzip_begin(struct sy_gzip *g, struct sy_buf *out)
{
	/* RFC 1952 2.3: deflate, no flags, no time, no hint, system unknown. */
	static const uint8_t head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255 };
	*g = (struct sy_gzip){ .out = out };
	sy_buf_add(out, head, sizeof head);
}

static void
count(struct sy_gzip *g, uint32_t crc, size_t len)
{
	if (len == 0)
		return;
	g->crc = g->plain_len == 0 ? crc : (uint32_t)crc32_combine(g->crc, crc, (z_off_t)len);
	g->plain_len += len;
}

void
sy_gzip_add_piece(struct sy_gzip *g, const struct sy_gzip_piece *p)
{
	sy_buf_add_span(g->out, sy_buf_span(&p->deflated));
	count(g, p->crc, p->plain_len);
}

void
sy_gzip_add_stored(struct sy_gzip *g, struct sy_span plain)
{
	for (size_t at = 0; at < plain.len;) {
		struct sy_span part = sy_span_sub(plain, at, STORED_MAX);
		uint16_t len = (uint16_t)part.len;
		uint16_t not = (uint16_t)~len;
		uint8_t head[] = { 0, (uint8_t)len, (uint8_t)(len >> 8), (uint8_t)not, (uint8_t)(not >> 8) };
		sy_buf_add(g->out, head, sizeof head);
		sy_buf_add_span(g->out, part);
		at += part.len;
	}
	if (plain.len > 0)
		count(g, crc_of(plain), plain.len);
}

static void
add_le32(struct sy_buf *b, uint32_t v)
{
	sy_buf_add(b, (uint8_t[]){ (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24) }, 4);
}

void
sy_gzip_end(struct sy_gzip *g)
{
	/* An empty final block with fixed codes. */
	sy_buf_add(g->out, (uint8_t[]){ 3, 0 }, 2);
	add_le32(g->out, g->crc);
	add_le32(g->out, (uint32_t)(g->plain_len & 0xffffffffU));
}

enum sy_err
sy_gzip_compress(struct sy_span plain, int level, struct sy_buf *ret)
{
	return deflate_into(ret, plain, level, 15 + 16, Z_FINISH);
}

enum sy_err
sy_gzip_zlib(struct sy_span plain, int level, struct sy_buf *ret)
{
	return deflate_into(ret, plain, level, 15, Z_FINISH);
}

/* Grows ret until the member ends. */
static enum sy_err
inflate_all(z_stream *z, struct sy_buf *ret)
{
	for (;;) {
		uint8_t *room = NULL;
		size_t want = ret->max - ret->len < 16384 ? ret->max - ret->len : 16384;
		uint8_t over = 0; /* with the ceiling reached, one byte more tells whether there is more */
		if (want > 0 && (room = sy_buf_room(ret, want)) == NULL)
			return sy_buf_err(ret);
		z->next_out = want > 0 ? room : &over;
		z->avail_out = want > 0 ? (uInt)want : 1;
		uInt had = z->avail_out;
		int r = inflate(z, Z_NO_FLUSH);
		size_t got = had - z->avail_out;
		if (want == 0 && got > 0)
			return SY_ERR_TOO_LONG;
		if (want > 0)
			sy_buf_grew(ret, got);
		if (r == Z_STREAM_END)
			return z->avail_in == 0 ? SY_OK : SY_ERR_MALFORMED;
		if (r == Z_MEM_ERROR)
			return SY_ERR_NO_MEMORY;
		if (r != Z_OK || (z->avail_in == 0 && got == 0))
			return SY_ERR_MALFORMED;
	}
}

enum sy_err
sy_gzip_expand(struct sy_span gz, struct sy_buf *ret)
{
	z_stream z = { 0 };
	SY_TRY(sy_buf_err(ret));
	if (gz.len > UINT_MAX)
		return SY_ERR_TOO_LONG;
	int r = inflateInit2(&z, 15 + 16);
	if (r != Z_OK)
		return err_of(r);
	size_t start = ret->len;
	z.next_in = input(gz);
	z.avail_in = (uInt)gz.len;
	enum sy_err e = inflate_all(&z, ret);
	(void)inflateEnd(&z);
	if (e != SY_OK && ret->err == SY_OK)
		ret->len = start;
	return e;
}
