/* greenno.c: The two real numbers of domain.md 2; their serials differ in length. */
#include "schema/model/greenno.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "LB-15-19012700330A", SY_OK, 0, NULL },
	{ "LB-50-1703081720A", SY_OK, 0, NULL },
	{ "LB-50-1713081720A", SY_ERR_OUT_OF_RANGE, 8, "month" },
	{ "LB-50-1700081720A", SY_ERR_OUT_OF_RANGE, 8, NULL },
	{ "LB-50-1703081720", SY_ERR_TOO_SHORT, 16, NULL },
	{ "LB-50-1703081720B", SY_ERR_BAD_CHARACTER, 16, NULL },
	{ "LB-50-170308172000A", SY_ERR_BAD_CHARACTER, 17, NULL },
	{ "LB5017030817200A", SY_ERR_BAD_CHARACTER, 2, "\"-\"" },
	{ "GF411724190001", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "", SY_ERR_TOO_SHORT, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_greenno_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
