/* uscc.c: R: GB 32100-2015; vectors of domain.md 2. */
#include "schema/model/uscc.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "91350100M000100Y43", SY_OK, 0, NULL },
	{ "91110000802100433B", SY_OK, 0, NULL },
	{ "91330106673959654P", SY_OK, 0, NULL },
	{ "92371000MA3MXH0E3W", SY_OK, 0, NULL },
	{ "91411724MA00000012", SY_OK, 0, NULL },
	{ "91411724MA00000013", SY_ERR_CHECK_DIGIT, 17, "should be 2, is 3" },
	{ "91411724MA0000O012", SY_ERR_BAD_CHARACTER, 14, "Character 15" }, /* the letter O */
	{ "91411724MAI0000012", SY_ERR_BAD_CHARACTER, 10, NULL },
	{ "91411724ma00000012", SY_ERR_BAD_CHARACTER, 8, NULL },
	{ "9141172AMA00000012", SY_ERR_BAD_CHARACTER, 7, "a digit" },
	{ "91000000MA00000012", SY_ERR_UNKNOWN_CODE, 2, NULL }, /* no province, though a check could fit */
	{ "000000000000000000", SY_ERR_UNKNOWN_CODE, 2, NULL }, /* its check character would fit */
	{ "91991724MA00000012", SY_ERR_UNKNOWN_CODE, 2, NULL },
	{ "91411724MA0000001", SY_ERR_TOO_SHORT, 17, NULL },
	{ "91411724MA000000123", SY_ERR_TOO_LONG, 18, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_uscc_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
