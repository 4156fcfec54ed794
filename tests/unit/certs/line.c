/* line.c: the pieces of line formats: one value, one spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "certs/line.h"

static void
numbers(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "0x1", "a", "111111111111111111111" };
	uint64_t v = 7;
	for (size_t i = 0; i < SY_LEN(bad); i++)
		assert_int_equal(sy_line_u64(sy_span_str(bad[i]), UINT64_MAX, &v), SY_ERR_MALFORMED);
	assert_int_equal(v, 7);
	assert_int_equal(sy_line_u64(sy_span_str("18446744073709551615"), UINT64_MAX, &v), SY_OK);
	assert_true(v == UINT64_MAX);
	assert_int_equal(sy_line_u64(sy_span_str("18446744073709551616"), UINT64_MAX, &v), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_line_u64(sy_span_str("0"), 0, &v), SY_OK);
	assert_int_equal(v, 0);
	assert_int_equal(sy_line_u64(sy_span_str("1"), 0, &v), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_line_u64(sy_span_str("16"), 16, &v), SY_OK);
	assert_int_equal(sy_line_u64(sy_span_str("17"), 16, &v), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_line_u64(sy_span_str("9"), 5, &v), SY_ERR_OUT_OF_RANGE);
}

static void
lines(void **state)
{
	(void)state;
	struct sy_span rest = sy_span_str("a\n\nb c\nend"), line, value;
	assert_true(sy_line_next(&rest, &line) && sy_span_eq_str(line, "a"));
	assert_true(sy_line_next(&rest, &line) && line.len == 0);
	assert_true(sy_line_next(&rest, &line) && sy_line_after(line, "b", &value) && sy_span_eq_str(value, "c"));
	assert_false(sy_line_next(&rest, &line)); /* no LF at its end */
	assert_int_equal(rest.len, 3);
	assert_false(sy_line_after(sy_span_str("bc d"), "b", &value));
	assert_false(sy_line_after(sy_span_str("b"), "b", &value));
}

static void
sets(void **state)
{
	(void)state;
	assert_true(sy_line_made_of(sy_span_str("az09.-"), "a-z0-9.-", 1, 6));
	assert_false(sy_line_made_of(sy_span_str("az09.-"), "a-z0-9.-", 1, 5));
	assert_false(sy_line_made_of(sy_span_str(""), "a-z", 1, 5));
	assert_false(sy_line_made_of(sy_span_str("aB"), "a-z0-9.-", 1, 5));
	assert_false(sy_line_made_of(sy_span("a\0b", 3), "a-z", 1, 5));
	assert_true(sy_line_is_id(sy_span_str("00112233445566778899aabbccddeeff")));
	assert_false(sy_line_is_id(sy_span_str("00112233445566778899aabbccddeefF")));
	assert_false(sy_line_is_id(sy_span_str("00112233445566778899aabbccddeef")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(lines),
		cmocka_unit_test(sets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
