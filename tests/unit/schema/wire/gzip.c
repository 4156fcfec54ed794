/* gzip.c: a page made of pieces is one gzip member that anyone can read, and a
 * damaged or greedy one is refused. */
#include "schema/wire/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sy_buf
buf(size_t max)
{
	struct sy_buf b;
	sy_buf_init(&b, max);
	return b;
}

static void
test_pieces(void **state)
{
	(void)state;
	struct sy_gzip_piece a, b, none;
	const char *head = "<html><body>正阳花生 正阳花生 正阳花生";
	const char *tail = "</body></html>";
	assert_int_equal(sy_gzip_piece_init(&a, sy_span_str(head), 9), SY_OK);
	assert_int_equal(sy_gzip_piece_init(&b, sy_span_str(tail), 6), SY_OK);
	assert_int_equal(sy_gzip_piece_init(&none, sy_span_str(""), 6), SY_OK);
	size_t big = 200000; /* more than one stored block */
	uint8_t *middle = malloc(big);
	assert_non_null(middle);
	for (size_t i = 0; i < big; i++)
		middle[i] = (uint8_t)(i * 7 >> 3);
	struct sy_buf out = buf(1 << 20), plain = buf(1 << 20), want = buf(1 << 20);
	struct sy_gzip g;
	sy_gzip_begin(&g, &out);
	sy_gzip_add_piece(&g, &none);
	sy_gzip_add_piece(&g, &a);
	sy_gzip_add_stored(&g, sy_span(middle, big));
	sy_gzip_add_stored(&g, sy_span_str(""));
	sy_gzip_add_piece(&g, &b);
	sy_gzip_add_piece(&g, &a); /* the same again: pieces do not depend on their place */
	sy_gzip_end(&g);
	sy_buf_add_str(&want, head);
	sy_buf_add(&want, middle, big);
	sy_buf_add_str(&want, tail);
	sy_buf_add_str(&want, head);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&out), &plain), SY_OK);
	assert_true(sy_span_eq(sy_buf_span(&plain), sy_buf_span(&want)));
	free(middle);
	sy_gzip_piece_done(&a);
	sy_gzip_piece_done(&b);
	sy_gzip_piece_done(&none);
	sy_buf_done(&out);
	sy_buf_done(&plain);
	sy_buf_done(&want);
}

static void
test_empty(void **state)
{
	(void)state;
	struct sy_buf out = buf(100), plain = buf(0);
	struct sy_gzip g;
	sy_gzip_begin(&g, &out);
	sy_gzip_end(&g);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&out), &plain), SY_OK);
	assert_int_equal(plain.len, 0);
	sy_buf_done(&out);
	sy_buf_done(&plain);
}

static void
test_whole(void **state)
{
	(void)state;
	struct sy_buf text = buf(1 << 22), gz = buf(1 << 22), back = buf(1 << 22);
	for (int i = 0; i < 100000; i++)
		sy_buf_printf(&text, "%d,", i);
	for (int level = 1; level <= 9; level += 4) {
		sy_buf_reset(&gz);
		sy_buf_reset(&back);
		assert_int_equal(sy_gzip_compress(sy_buf_span(&text), level, &gz), SY_OK);
		assert_true(gz.len < text.len / 2);
		assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &back), SY_OK);
		assert_true(sy_span_eq(sy_buf_span(&text), sy_buf_span(&back)));
	}
	sy_buf_done(&text);
	sy_buf_done(&gz);
	sy_buf_done(&back);
}

static void
test_refused(void **state)
{
	(void)state;
	struct sy_buf gz = buf(4096), back = buf(10), wide = buf(4096);
	assert_int_equal(sy_gzip_compress(sy_span_str("01234567890123456789"), 6, &gz), SY_OK);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &back), SY_ERR_TOO_LONG);
	assert_int_equal(back.len, 0);
	struct sy_buf exact = buf(20);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &exact), SY_OK);
	sy_buf_done(&exact);
	for (size_t cut = 0; cut < gz.len; cut++)
		assert_int_equal(sy_gzip_expand(sy_span(gz.data, cut), &wide), SY_ERR_MALFORMED);
	size_t crc = gz.len - 8;
	gz.data[crc] ^= 1;
	assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &wide), SY_ERR_MALFORMED);
	gz.data[crc] ^= 1;
	sy_buf_add_byte(&gz, 0);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &wide), SY_ERR_MALFORMED);
	assert_int_equal(wide.len, 0);
	sy_buf_done(&gz);
	sy_buf_done(&back);
	sy_buf_done(&wide);
}

/* A bomb: 10 MB of zeros in some 10 kB are refused at the ceiling. */
static void
test_bomb(void **state)
{
	(void)state;
	size_t len = 10 << 20;
	uint8_t *zeros = calloc(1, len);
	assert_non_null(zeros);
	struct sy_buf gz = buf(1 << 20), back = buf(100000);
	assert_int_equal(sy_gzip_compress(sy_span(zeros, len), 9, &gz), SY_ERR_TOO_LONG); /* bound is asked for beforehand */
	sy_buf_done(&gz);
	gz = buf(1 << 24);
	assert_int_equal(sy_gzip_compress(sy_span(zeros, len), 9, &gz), SY_OK);
	assert_int_equal(sy_gzip_expand(sy_buf_span(&gz), &back), SY_ERR_TOO_LONG);
	assert_true(back.cap <= 200000);
	free(zeros);
	sy_buf_done(&gz);
	sy_buf_done(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bomb),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
