/* ownitem.c: 1 to 14 of [0-9A-Z]. */
#include "schema/model/ownitem.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "NIU1", SY_OK, 0, NULL },
	{ "0123456789ABCD", SY_OK, 0, NULL },
	{ "", SY_ERR_TOO_SHORT, 0, NULL },
	{ "0123456789ABCDE", SY_ERR_TOO_LONG, 14, NULL },
	{ "NIU-1", SY_ERR_BAD_CHARACTER, 3, NULL },
	{ "niu", SY_ERR_BAD_CHARACTER, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_ownitem_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
