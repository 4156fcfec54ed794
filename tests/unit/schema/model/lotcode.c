/* lotcode.c: [0-9A-Z]([0-9A-Z-]{0,18}[0-9A-Z])? */
#include "schema/model/lotcode.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "ZY250917A", SY_OK, 0, NULL },
	{ "A", SY_OK, 0, NULL },
	{ "A-B", SY_OK, 0, NULL },
	{ "01234567890123456789", SY_OK, 0, NULL },
	{ "", SY_ERR_TOO_SHORT, 0, NULL },
	{ "012345678901234567890", SY_ERR_TOO_LONG, 20, NULL },
	{ "-A", SY_ERR_BAD_CHARACTER, 0, "hyphen" },
	{ "A-", SY_ERR_BAD_CHARACTER, 1, "hyphen" },
	{ "-", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "zy25", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "A B", SY_ERR_BAD_CHARACTER, 1, NULL },
	{ "A/../B", SY_ERR_BAD_CHARACTER, 1, NULL },
	{ "A\n", SY_ERR_BAD_CHARACTER, 1, NULL },
	{ "批1", SY_ERR_BAD_CHARACTER, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_lotcode_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
