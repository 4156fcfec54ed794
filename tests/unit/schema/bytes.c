/* bytes.c: spans never reach outside, a buffer never grows past its ceiling and
 * remembers its first failure. */
#include "schema/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
test_span(void **state)
{
	(void)state;
	struct sy_span s = sy_span_str("abcdef");
	assert_true(sy_span_eq_str(sy_span_sub(s, 1, 2), "bc"));
	assert_true(sy_span_eq_str(sy_span_sub(s, 4, 99), "ef"));
	assert_int_equal(sy_span_sub(s, 7, 1).len, 0);
	assert_int_equal(sy_span_sub(s, SIZE_MAX, SIZE_MAX).len, 0);
	assert_int_equal(sy_span_str(NULL).len, 0);
	assert_true(sy_span_eq(sy_span(NULL, 0), sy_span_str("")));
	assert_false(sy_span_eq_str(s, "abcdeg"));
	assert_false(sy_span_eq_str(s, "abcde"));
}

static void
test_cut(void **state)
{
	(void)state;
	struct sy_span rest = sy_span_str("a,,b,");
	struct sy_span part;
	const char *want[] = { "a", "", "b", "" };
	for (size_t i = 0; i < SY_LEN(want); i++) {
		assert_true(sy_span_cut(&rest, ',', &part));
		assert_true(sy_span_eq_str(part, want[i]));
	}
	assert_false(sy_span_cut(&rest, ',', &part));
}

static void
test_numbers_are_big_endian(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 64);
	sy_buf_add_u16(&b, 0x0102);
	sy_buf_add_u32(&b, 0x03040506);
	sy_buf_add_byte(&b, 7);
	assert_memory_equal(b.data, "\1\2\3\4\5\6\7", 7);
	assert_int_equal(b.len, 7);
	sy_buf_done(&b);
}

static void
test_ceiling(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 8);
	sy_buf_add_str(&b, "12345678");
	assert_int_equal(sy_buf_err(&b), SY_OK);
	sy_buf_add_byte(&b, '9');
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_LONG);
	sy_buf_add_str(&b, ""); /* still failed, also for nothing */
	assert_int_equal(b.len, 8);
	assert_string_equal(sy_buf_cstr(&b), "");
	assert_null(sy_buf_take(&b, NULL));
	sy_buf_reset(&b);
	sy_buf_printf(&b, "%d-%s", 42, "x");
	assert_string_equal(sy_buf_cstr(&b), "42-x");
	sy_buf_reset(&b);
	sy_buf_printf(&b, "%s", "123456789");
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
	assert_int_equal(b.max, 8);
}

static void
test_take(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 1000000);
	for (int i = 0; i < 100000; i++)
		sy_buf_add_byte(&b, 'x');
	size_t len = 0;
	char *s = sy_buf_take(&b, &len);
	assert_int_equal(len, 100000);
	assert_int_equal(strlen(s), 100000);
	assert_null(b.data);
	free(s);
	s = sy_buf_take(&b, &len); /* an empty one is an empty string, not a failure */
	assert_string_equal(s, "");
	free(s);
	assert_string_equal(sy_buf_cstr(&b), "");
}

static void
test_room_overflow(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 100);
	sy_buf_add_byte(&b, 'a');
	assert_null(sy_buf_room(&b, SIZE_MAX));
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_span),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_numbers_are_big_endian),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_room_overflow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
