/* sc.c: R: ISO 7064 MOD 11,10; the five real numbers of domain.md 2. */
#include "schema/model/sc.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "SC11351090100010", SY_OK, 0, NULL },
	{ "SC10741018302531", SY_OK, 0, NULL },
	{ "SC12434017430075", SY_OK, 0, NULL },
	{ "SC10744030704994", SY_OK, 0, NULL },
	{ "SC12443010505553", SY_OK, 0, NULL },
	{ "SC10241172300016", SY_OK, 0, NULL }, /* synthetic, Zhumadian */
	{ "SC11351090100011", SY_ERR_CHECK_DIGIT, 15, "should be 0, is 1" },
	{ "SC12345678901234", SY_ERR_CHECK_DIGIT, 15, NULL },
	{ "SC31351090100010", SY_ERR_UNKNOWN_CODE, 2, NULL },
	{ "SC10299172300016", SY_ERR_UNKNOWN_CODE, 5, NULL },
	{ "sc11351090100010", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "QS11351090100010", SY_ERR_BAD_CHARACTER, 0, "\"S\"" },
	{ "SC1135109010001", SY_ERR_TOO_SHORT, 15, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_sc_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
