/* pattern.c: the words of a refusal: which character, what should stand there, what stands there. */
#include "schema/model/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
test_sentences(void **state)
{
	(void)state;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_pattern_check(sy_span_str("AB1x"), "AB9X", &f), SY_ERR_BAD_CHARACTER);
	assert_string_equal(f.zh, "第 4 位应为数字或大写字母");
	assert_string_equal(f.en, "Character 4 should be a digit or an upper-case letter");
	assert_int_equal(f.length, 1);
	f = (struct sy_fault){ 0 };
	assert_int_equal(sy_pattern_check(sy_span_str("AB12345"), "AB9X", &f), SY_ERR_TOO_LONG);
	assert_string_equal(f.zh, "应为 4 位，现有 7 位");
	assert_int_equal(f.offset, 4);
	assert_int_equal(f.length, 3);
	f = (struct sy_fault){ 0 };
	assert_int_equal(sy_pattern_digit(&f, 17, 'X', '3'), SY_ERR_CHECK_DIGIT);
	assert_string_equal(f.zh, "第 18 位校验位应为 X，现为 3，请核对原件");
	assert_int_equal(f.offset, 17);
}

static void
test_nul_is_no_symbol(void **state)
{
	(void)state;
	assert_int_equal(sy_pattern_set(sy_span("1\0", 2), sy_pattern_digits, 1, 2, NULL), SY_ERR_BAD_CHARACTER);
	assert_int_equal(sy_pattern_check(sy_span("1\0", 2), "99", NULL), SY_ERR_BAD_CHARACTER);
}

static void
test_first_fault_stays(void **state)
{
	(void)state;
	struct sy_fault f = { 0 };
	(void)sy_pattern_fault(&f, SY_ERR_MALFORMED, 3, 1, "一", "one");
	assert_int_equal(sy_pattern_fault(&f, SY_ERR_TOO_LONG, 5, 1, "二", "two"), SY_ERR_TOO_LONG);
	assert_string_equal(f.en, "one");
	assert_int_equal(f.offset, 3);
	assert_int_equal(sy_pattern_number(sy_span_str("x0420"), 1, 4), 420);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_nul_is_no_symbol),
		cmocka_unit_test(test_first_fault_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
