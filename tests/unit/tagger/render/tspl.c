/* R: TSPL/TSPL2 Programming Language, "SIZE", "DOWNLOAD", "PUTBMP", "BITMAP", "PRINT", "KILL". A whole job is decoded, dot for dot,
 * by tests/interop/_tspl.py. */
#include "tests/unit/tagger/render/fixture.h"

static uint32_t
le32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void
job(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, 203);
	size_t labels = 0, downloads = 0, large = 0;
	while (fixture_next(&f, &sy_tspl_format)) {
		const char head[] = "SIZE 60 mm,40 mm\r\nREFERENCE 0,0\r\nDOWNLOAD \"SY";
		bool first = f.out.len > sizeof head && memcmp(f.out.data, head, sizeof head - 1) == 0;
		downloads += first;
		large += first ? 0 : f.out.len;
		if (first) {
			/* 480 x 320 dots: rows of 60 bytes, 62 bytes of heads. */
			const uint8_t *bmp = memchr(f.out.data + sizeof head + 8, ',', 20);
			assert_non_null(bmp);
			bmp++;
			assert_int_equal(strtoul(strchr((const char *)f.out.data + sizeof head - 1, ',') + 1, NULL, 10), 62 + 60 * 320);
			assert_int_equal(memcmp(bmp, "BM", 2), 0);
			assert_int_equal(le32(bmp + 2), 62 + 60 * 320);
			assert_int_equal(le32(bmp + 10), 62);
			assert_int_equal(le32(bmp + 18), 480);
			assert_int_equal(le32(bmp + 22), 320);
			assert_int_equal(le32(bmp + 54), 0); /* colour 0 is black */
			assert_int_equal(bmp[62], 0xff); /* the last row's first dots: paper */
			const char next[] = "\r\nCLS\r\nPUTBMP 0,0,\"SY";
			assert_int_equal(memcmp(bmp + 62 + 60 * 320, next, sizeof next - 1), 0);
		}
		assert_int_equal(memcmp(f.out.data + f.out.len - 13, "\r\nPRINT 1,1\r\n", 13), 0);
		labels++;
	}
	assert_int_equal(labels, 4);
	assert_int_equal(downloads, 2);
	assert_true(large / 2 < 12000); /* what is shared is not sent again */
	assert_string_equal(sy_buf_cstr(&f.out), "KILL \"SY1.BMP\"\r\nKILL \"SY2.BMP\"\r\n");
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(job) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
