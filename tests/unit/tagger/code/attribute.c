/* R: GS1 Digital Link URI syntax 1.6, data attributes; GS1 General Specifications 3.4 (dates). */
#include "tagger/code/attribute.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum sy_err
add(struct sy_attributes *seen, const char *key, const char *value)
{
	return sy_attribute_add(seen, sy_span_str(key), sy_span_str(value), NULL);
}

static void
values(void **state)
{
	(void)state;
	static const struct { const char *key, *value; enum sy_err err; } cases[] = {
		{ "11", "260200", SY_OK }, { "15", "260229", SY_OK }, { "15", "261301", SY_ERR_BAD_DATE }, { "15", "260230", SY_ERR_BAD_DATE },
		{ "15", "26023", SY_ERR_TOO_SHORT }, { "15", "2602301", SY_ERR_TOO_LONG }, { "15", "26023a", SY_ERR_BAD_CHARACTER },
		{ "7007", "260801260831", SY_OK }, { "7007", "2608012", SY_ERR_BAD_DATE }, { "3103", "000500", SY_OK },
		{ "422", "%3156", SY_OK }, { "240", "A%00", SY_ERR_BAD_CHARACTER }, { "240", "A+B", SY_ERR_BAD_CHARACTER },
		{ "01", "06901234567892", SY_ERR_UNKNOWN_CODE }, { "10", "A", SY_ERR_UNKNOWN_CODE }, { "21", "A", SY_ERR_UNKNOWN_CODE },
		{ "011", "260801", SY_ERR_UNKNOWN_CODE }, { "1", "1", SY_ERR_UNKNOWN_CODE }, { "99999999999999999999", "1", SY_ERR_UNKNOWN_CODE },
		{ "linkType", "all", SY_OK }, { "", "x", SY_OK }, { "lang", "", SY_OK }, { "x", "%0", SY_ERR_MALFORMED }, { "x", "%", SY_ERR_MALFORMED },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_attributes seen = { .n = 0 };
		enum sy_err err = add(&seen, cases[i].key, cases[i].value);
		if (err != cases[i].err)
			fail_msg("%s=%s: %s", cases[i].key, cases[i].value, sy_err_slug(err));
	}
}

static void
together(void **state)
{
	(void)state;
	struct sy_attributes seen = { .n = 0 };
	assert_int_equal(add(&seen, "427", "HA"), SY_OK);
	assert_int_equal(sy_attribute_check(&seen, true, NULL), SY_ERR_MISSING);
	assert_int_equal(add(&seen, "422", "156"), SY_OK);
	assert_int_equal(sy_attribute_check(&seen, false, NULL), SY_OK);
	assert_int_equal(add(&seen, "422", "156"), SY_ERR_DUPLICATE_FIELD);
	assert_int_equal(add(&seen, "8030", "AbCd"), SY_OK);
	struct sy_fault f = { .err = SY_OK };
	assert_int_equal(sy_attribute_check(&seen, false, &f), SY_ERR_MISSING);
	assert_non_null(strstr(f.en, "8030"));
	assert_int_equal(sy_attribute_check(&seen, true, NULL), SY_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(values), cmocka_unit_test(together) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
