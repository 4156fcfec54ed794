/* gino.c: The two real registrations and the announcements of domain.md 2 and 4. */
#include "schema/model/gino.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "AGI2012-02-869", SY_OK, 0, NULL },
	{ "AGI2016-01-1794", SY_OK, 0, NULL },
	{ "国家知识产权局公告第646号", SY_OK, 0, NULL },
	{ "原质检总局公告2003年第74号", SY_OK, 0, NULL },
	{ "AGI2012-2-869", SY_ERR_BAD_CHARACTER, 9, NULL },
	{ "AGI2012-02-86", SY_ERR_TOO_SHORT, 13, NULL },
	{ "AGI2012-02-869000", SY_ERR_TOO_LONG, 16, NULL },
	{ "AGI", SY_ERR_TOO_SHORT, 3, NULL },
	{ "正阳花生", SY_ERR_MALFORMED, 0, NULL },
	{ "公告\n第646号", SY_ERR_BAD_CHARACTER, 6, NULL },
	{ "公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公告公", SY_ERR_TOO_LONG, 0, NULL },
	{ "", SY_ERR_MALFORMED, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_gino_check, cases, SY_LEN(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
