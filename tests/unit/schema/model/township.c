/* township.c: Nine digits, of which six are a county. */
#include "schema/model/township.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "411724001", SY_OK, 0, NULL },
	{ "411724", SY_ERR_TOO_SHORT, 6, NULL },
	{ "991724001", SY_ERR_UNKNOWN_CODE, 0, NULL },
	{ "41172400a", SY_ERR_BAD_CHARACTER, 8, NULL },
	{ "4117240011", SY_ERR_TOO_LONG, 9, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_township_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
