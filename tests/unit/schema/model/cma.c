/* cma.c: 12 digits (domain.md 2). */
#include "schema/model/cma.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "231604120001", SY_OK, 0, NULL },
	{ "23160412000", SY_ERR_TOO_SHORT, 11, NULL },
	{ "2316041200012", SY_ERR_TOO_LONG, 12, NULL },
	{ "CMA604120001", SY_ERR_BAD_CHARACTER, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_cma_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
