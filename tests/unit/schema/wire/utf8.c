/* utf8.c: what text a person may type. */
#include "schema/wire/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
check(const char *text, bool lines, enum sy_err err, size_t offset)
{
	struct sy_fault f = { 0 };
	assert_int_equal(sy_utf8_check(sy_span_str(text), lines, &f), err);
	assert_int_equal(f.offset, offset);
}

static void
test_accepted(void **state)
{
	(void)state;
	check("", false, SY_OK, 0);
	check("正阳花生 Zhengyang €\xF0\x9F\x8C\xBE", false, SY_OK, 0);
	check("一\n二", true, SY_OK, 0);
	check("\xF4\x8F\xBF\xBD", false, SY_OK, 0); /* U+10FFFD, the last that is a character */
	check("\xED\x9F\xBF\xEE\x80\x80", false, SY_OK, 0); /* either side of the surrogates */
}

/* R: RFC 3629 3 and 10: overlong, surrogates, beyond U+10FFFF, truncated, stray. */
static void
test_bad_utf8(void **state)
{
	(void)state;
	static const char *const bad[] = { "\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xE0\x80\xAF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
		"\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE6\xAD", "\xC3(", "\xE6(\x80", "\xF0\x9F\x8C" };
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_buf b;
		sy_buf_init(&b, 50);
		sy_buf_add_str(&b, "好a");
		sy_buf_add_str(&b, bad[i]);
		check(sy_buf_cstr(&b), true, SY_ERR_BAD_UTF8, 4);
		sy_buf_done(&b);
	}
}

static void
test_bad_characters(void **state)
{
	(void)state;
	check("a\nb", false, SY_ERR_BAD_CHARACTER, 1);
	check("a\tb", true, SY_ERR_BAD_CHARACTER, 1);
	check("a\r\nb", true, SY_ERR_BAD_CHARACTER, 1);
	check("\x7F", true, SY_ERR_BAD_CHARACTER, 0);
	check("ab\xC2\x85", true, SY_ERR_BAD_CHARACTER, 2);
	check("\xEF\xBF\xBE", true, SY_ERR_BAD_CHARACTER, 0);
	check("\xEF\xBF\xBF", true, SY_ERR_BAD_CHARACTER, 0);
	check("\xE2\x80\xAE" "evil", true, SY_ERR_BAD_CHARACTER, 0); /* U+202E turns the text round */
	check("x\xE2\x81\xA6", true, SY_ERR_BAD_CHARACTER, 1);
	check("a\xE2\x80\xA8" "b", true, SY_ERR_BAD_CHARACTER, 1); /* U+2028: a new line to Python's splitlines, in a file of codes */
	check("\xEF\xBB\xBFx", true, SY_ERR_BAD_CHARACTER, 0); /* U+FEFF */
	struct sy_fault f = { 0 };
	assert_int_equal(sy_utf8_check(sy_span("a\0b", 3), true, &f), SY_ERR_BAD_CHARACTER);
	assert_int_equal(f.offset, 1);
}

static void
test_len_and_next(void **state)
{
	(void)state;
	struct sy_span s = sy_span_str("é€\xF0\x9F\x8C\xBEz");
	assert_int_equal(sy_utf8_len(s), 4);
	static const int32_t want[] = { 0xE9, 0x20AC, 0x1F33E, 'z', -1, -1 };
	size_t at = 0;
	for (size_t i = 0; i < SY_LEN(want); i++)
		assert_int_equal(sy_utf8_next(s, &at), want[i]);
	assert_int_equal(at, s.len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_bad_utf8),
		cmocka_unit_test(test_bad_characters),
		cmocka_unit_test(test_len_and_next),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
