/* organicno.c: The example of domain.md 2. */
#include "schema/model/organicno.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "227OP1600099", SY_OK, 0, NULL },
	{ "2270P1600099", SY_ERR_BAD_CHARACTER, 3, "\"O\"" },
	{ "227OP160009", SY_ERR_TOO_SHORT, 11, NULL },
	{ "227OP16000990", SY_ERR_TOO_LONG, 12, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_organicno_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
