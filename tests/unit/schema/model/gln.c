/* gln.c: R: GS1 General Specifications 7.9, 13 digits. */
#include "schema/model/gln.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "6901234567892", SY_OK, 0, NULL },
	{ "9520123456788", SY_OK, 0, NULL },
	{ "6901234567890", SY_ERR_CHECK_DIGIT, 12, "should be 2, is 0" },
	{ "06901234567892", SY_ERR_TOO_LONG, 13, NULL },
	{ "690123456789", SY_ERR_TOO_SHORT, 12, NULL },
	{ "690123456789-", SY_ERR_BAD_CHARACTER, 12, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_gln_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
