/* eartag.c: 15 digits, species first (domain.md 2). */
#include "schema/model/eartag.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "141172400000001", SY_OK, 0, NULL },
	{ "241172600000001", SY_OK, 0, NULL },
	{ "341172600000001", SY_OK, 0, NULL },
	{ "441172600000001", SY_ERR_UNKNOWN_CODE, 0, NULL },
	{ "199172400000001", SY_ERR_UNKNOWN_CODE, 1, NULL },
	{ "14117240000000", SY_ERR_TOO_SHORT, 14, NULL },
	{ "1411724000000012", SY_ERR_TOO_LONG, 15, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_eartag_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
