/* R: RFC 3986 3.2 and 6.2.3; RFC 6761 6.3 (loopback). Refusals in context: link.c's test. */
#include "tagger/code/authority.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
loopback(void **state)
{
	(void)state;
	assert_true(sy_authority_is_loopback("127.0.0.1:8080"));
	assert_true(sy_authority_is_loopback("127.0.0.1"));
	assert_true(sy_authority_is_loopback("localhost:1"));
	static const char *const not[] = { "127.evil.example", "127.0.0.1.evil.cn", "localhost.evil.cn", "localhosts", "128.0.0.1", "127.0.0.", "q.cn", "" };
	for (size_t i = 0; i < SY_LEN(not); i++)
		assert_false(sy_authority_is_loopback(not[i]));
}

static void
too_long(void **state)
{
	(void)state;
	char host[16];
	assert_int_equal(sy_authority_parse(sy_span_str("abcdefgh.cn"), true, host, sizeof host, NULL), SY_ERR_TOO_LONG);
	assert_int_equal(sy_authority_parse(sy_span_str("ABCDE.cn:8080"), true, host, sizeof host, NULL), SY_OK);
	assert_string_equal(host, "abcde.cn:8080");
	assert_int_equal(sy_authority_parse(sy_span_str("abc.cn:80"), false, host, sizeof host, NULL), SY_OK);
	assert_string_equal(host, "abc.cn");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(loopback), cmocka_unit_test(too_long) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
