/* county.c: R: GB/T 2260 form; the eleven units of Zhumadian (domain.md 2). */
#include "schema/model/county.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "411724", SY_OK, 0, NULL },
	{ "411771", SY_OK, 0, NULL },
	{ "110101", SY_OK, 0, NULL },
	{ "999999", SY_ERR_UNKNOWN_CODE, 0, NULL },
	{ "101724", SY_ERR_UNKNOWN_CODE, 0, NULL },
	{ "41172", SY_ERR_TOO_SHORT, 5, NULL },
	{ "4117240", SY_ERR_TOO_LONG, 6, NULL },
	{ "41172x", SY_ERR_BAD_CHARACTER, 5, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_county_check, cases, SY_LEN(cases));
}

static void
test_names(void **state)
{
	(void)state;
	const char *name = "x";
	assert_true(sy_county_known(411724, &name));
	assert_string_equal(name, "正阳县");
	assert_false(sy_county_known(110101, &name));
	assert_null(name);
	assert_int_equal(sy_county_code(sy_span_str("411771")), 411771);
	assert_int_equal(sy_county_code(sy_span_str("991771")), 0);
	assert_true(sy_county_province(820000));
	assert_false(sy_county_province(0));
	assert_false(sy_county_province(UINT32_MAX));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
