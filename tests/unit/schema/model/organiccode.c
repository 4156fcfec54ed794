/* organiccode.c: 17 digits (domain.md 2). */
#include "schema/model/organiccode.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "12326012345678901", SY_OK, 0, NULL },
	{ "1232601234567890", SY_ERR_TOO_SHORT, 16, NULL },
	{ "123260123456789012", SY_ERR_TOO_LONG, 17, NULL },
	{ "1232601234567890X", SY_ERR_BAD_CHARACTER, 16, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_organiccode_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
