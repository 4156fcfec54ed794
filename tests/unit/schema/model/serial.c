/* serial.c: Exactly 10 of Crockford's 32 symbols, nothing mapped. */
#include "schema/model/serial.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "K7Q2M9XW4T", SY_OK, 0, NULL },
	{ "0000000000", SY_OK, 0, NULL },
	{ "K7Q2M9XW4I", SY_ERR_BAD_CHARACTER, 9, NULL },
	{ "L7Q2M9XW4T", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "K7O2M9XW4T", SY_ERR_BAD_CHARACTER, 2, NULL },
	{ "K7U2M9XW4T", SY_ERR_BAD_CHARACTER, 2, NULL },
	{ "k7q2m9xw4t", SY_ERR_BAD_CHARACTER, 0, NULL },
	{ "K7Q2M9XW4", SY_ERR_TOO_SHORT, 9, NULL },
	{ "K7Q2M9XW4T0", SY_ERR_TOO_LONG, 10, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_serial_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
