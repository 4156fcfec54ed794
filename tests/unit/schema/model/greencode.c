/* greencode.c: GF, county, year, serial (domain.md 2). */
#include "schema/model/greencode.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "GF411724190001", SY_OK, 0, NULL },
	{ "GF991724190001", SY_ERR_UNKNOWN_CODE, 2, NULL },
	{ "GF41172419000", SY_ERR_TOO_SHORT, 13, NULL },
	{ "GF4117241900011", SY_ERR_TOO_LONG, 14, NULL },
	{ "LB411724190001", SY_ERR_BAD_CHARACTER, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_greencode_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
