/* id16.c: 32 (or 64) lower-case hex digits. */
#include "schema/model/id16.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "00112233445566778899aabbccddeeff", SY_OK, 0, NULL },
	{ "00112233445566778899AABBCCDDEEFF", SY_ERR_BAD_CHARACTER, 20, NULL },
	{ "00112233445566778899aabbccddeef", SY_ERR_TOO_SHORT, 31, NULL },
	{ "00112233445566778899aabbccddeeff0", SY_ERR_TOO_LONG, 32, NULL },
	{ "00112233-4455-6677-8899-aabbccddeeff", SY_ERR_BAD_CHARACTER, 8, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_id16_check, cases, SY_LEN(cases));
}

static void
test_sha256(void **state)
{
	(void)state;
	/* R: FIPS 180-4, the empty message */
	const char *empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	assert_int_equal(sy_id16_check_sha256(sy_span_str(empty), NULL), SY_OK);
	assert_int_equal(sy_id16_check_sha256(sy_span_str(empty + 1), NULL), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_id16_check_sha256(sy_span_str("x"), NULL), SY_ERR_BAD_CHARACTER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_sha256),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
