/* cas.c: R: the CAS check digit; numbers of common analytes. */
#include "schema/model/cas.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "7732-18-5", SY_OK, 0, NULL }, /* water */
	{ "107534-96-3", SY_OK, 0, NULL }, /* tebuconazole */
	{ "1162-65-8", SY_OK, 0, NULL }, /* aflatoxin B1 */
	{ "50-00-0", SY_OK, 0, NULL }, /* formaldehyde */
	{ "7732-18-4", SY_ERR_CHECK_DIGIT, 8, "should be 5, is 4" },
	{ "7732-185", SY_ERR_BAD_CHARACTER, 3, NULL },
	{ "7732185", SY_ERR_BAD_CHARACTER, 2, NULL },
	{ "5-00-0", SY_ERR_BAD_CHARACTER, 1, NULL },
	{ "12345678-00-0", SY_ERR_BAD_CHARACTER, 7, NULL },
	{ "", SY_ERR_TOO_SHORT, 0, NULL },
	{ "50-00", SY_ERR_TOO_SHORT, 5, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_cas_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
