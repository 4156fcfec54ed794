/* R: PNG (ISO/IEC 15948) 11.3.5.3 pHYs; modules set as whole dots. Reading back by other programs: tests/interop/readback.sh. */
#include "tagger/render/png.h"

#include "tagger/label.h"
#include "tagger/render/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sy_text *text;
static struct sy_symbol symbol;
static struct sy_layout layout;

static int
make(void **state)
{
	(void)state;
	const struct sy_label_facts f = { .product = "正阳花生", .lot = "A1", .host = "q.cn", .demonstration = true };
	if (sy_text_new(&text, NULL) != SY_OK || sy_symbol_make(sy_span_str("HTTPS://Q.CN/01/06901234567892/10/A1"), &symbol) != SY_OK)
		return -1;
	return sy_label_layout(text, &f, "K7Q2M9XW4T", symbol.side, &sy_sizes[2], 203, &layout, NULL) == SY_OK ? 0 : -1;
}

static int
unmake(void **state)
{
	(void)state;
	sy_text_free(text);
	return 0;
}

static void
dots(void **state)
{
	(void)state;
	struct sy_raster r;
	assert_int_equal(sy_raster_make(text, &layout, &symbol, &r), SY_OK);
	assert_int_equal(r.width, 480);
	assert_int_equal(r.height, 320);
	/* Every dot of the symbol and of its quiet zone is what the module says; a millimetre at each edge is white. */
	int m = layout.module;
	for (int y = -SY_SYMBOL_QUIET * m; y < ((int)symbol.side + SY_SYMBOL_QUIET) * m; y++)
		for (int x = -SY_SYMBOL_QUIET * m; x < ((int)symbol.side + SY_SYMBOL_QUIET) * m; x++) {
			bool want = x >= 0 && y >= 0 && sy_symbol_dark(&symbol, (unsigned)(x / m), (unsigned)(y / m));
			unsigned px = (unsigned)(layout.symbol_x + x), py = (unsigned)(layout.symbol_y + y);
			assert_int_equal((r.bits[py * r.stride + px / 8] >> (7 - px % 8)) & 1, want);
		}
	for (unsigned y = 0; y < r.height; y++)
		for (unsigned x = 0; x < r.width; x++)
			if (x < 7 || y < 7 || x >= r.width - 7 || y >= r.height - 7)
				assert_false((r.bits[y * r.stride + x / 8] >> (7 - x % 8)) & 1);
	sy_raster_done(&r);
}

static void
file(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, (size_t)1 << 20);
	assert_int_equal(sy_png_render(text, &layout, &symbol, &b), SY_OK);
	assert_memory_equal(b.data, "\x89PNG\r\n\x1a\n", 8);
	assert_int_equal(b.data[24], 1); /* bits a dot */
	static const uint8_t phys[] = { 'p', 'H', 'Y', 's', 0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40, 1 }; /* 8000 a metre */
	bool found = false;
	for (size_t i = 0; i + sizeof phys <= b.len; i++)
		found = found || memcmp(b.data + i, phys, sizeof phys) == 0;
	assert_true(found);
	sy_buf_done(&b);
	sy_buf_init(&b, 100); /* a buffer too small is an error, not half a file */
	assert_int_equal(sy_png_render(text, &layout, &symbol, &b), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
}

static void
svg(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, (size_t)1 << 20);
	assert_int_equal(sy_svg_render(text, &layout, &symbol, &b), SY_OK);
	const char *s = sy_buf_cstr(&b);
	assert_non_null(strstr(s, "width=\"60mm\" height=\"40mm\" viewBox=\"0 0 480 320\""));
	assert_null(strstr(s, "<text"));
	assert_null(strstr(s, "href"));
	/* Words at the right end of the label are in it: cairo drops what lies outside of a surface. */
	size_t curves = 0;
	for (const char *p = s; (p = strchr(p, 'C')) != NULL; p++)
		curves++;
	assert_true(curves > 200);
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(dots), cmocka_unit_test(file), cmocka_unit_test(svg) };
	return cmocka_run_group_tests(tests, make, unmake);
}
