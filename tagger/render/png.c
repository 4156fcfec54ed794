/* png.c: see png.h. The only door to libpng. */
#include "tagger/render/png.h"

#include "tagger/size.h"

#include <png.h>
#include <setjmp.h>

static void
write_bytes(png_structp png, png_bytep data, size_t len)
{
	struct sy_buf *b = png_get_io_ptr(png);
	sy_buf_add(b, data, len);
	if (sy_buf_err(b) != SY_OK)
		png_error(png, "full");
}

static void
flush_bytes(png_structp png)
{
	(void)png;
}

static void
quiet(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

/* Libraries do not talk: the caller is told by the return value. */
static void
give_up(png_structp png, png_const_charp message)
{
	(void)message;
	png_longjmp(png, 1);
}

/* libpng leaves by longjmp: everything it can leave from is in here, and nothing of ours is freed in here. */
static bool
encode(png_structp png, png_infop info, const struct sy_raster *r, unsigned per_metre)
{
	if (setjmp(png_jmpbuf(png)) != 0)
		return false;
	png_set_IHDR(png, info, r->width, r->height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_set_invert_mono(png); /* in a PNG 1 is white */
	for (unsigned y = 0; y < r->height; y++)
		png_write_row(png, r->bits + (size_t)y * r->stride);
	png_write_end(png, info);
	return true;
}

enum sy_err
sy_png_render(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret)
{
	SY_CLEANUP(sy_raster_done) struct sy_raster r = { .width = 0 };
	SY_TRY(sy_raster_make(text, l, s, &r));
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, quiet);
	if (png == NULL)
		return SY_ERR_NO_MEMORY;
	png_infop info = png_create_info_struct(png);
	if (info == NULL) {
		png_destroy_write_struct(&png, NULL);
		return SY_ERR_NO_MEMORY;
	}
	png_set_write_fn(png, ret, write_bytes, flush_bytes);
	bool done = encode(png, info, &r, sy_dots_per_metre(l->dpi));
	png_destroy_write_struct(&png, &info);
	SY_TRY(sy_buf_err(ret));
	return done ? SY_OK : SY_ERR_NO_MEMORY;
}
