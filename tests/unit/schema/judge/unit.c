/* Units: every spelling of domain 3.4, exact factors, no conversion across dimensions. */
#include "schema/judge/unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
converts(const char *value, const char *from, const char *to, const char *out)
{
	const struct sy_unit *a, *b;
	struct sy_decimal v;
	char text[SY_DECIMAL_SIZE];
	assert_int_equal(sy_unit_find(from, &a, NULL), SY_OK);
	assert_int_equal(sy_unit_find(to, &b, NULL), SY_OK);
	assert_int_equal(sy_decimal_parse(sy_span_str(value), &v, NULL), SY_OK);
	assert_int_equal(sy_unit_convert(v, a, b, &v), SY_OK);
	sy_decimal_print(v, text);
	assert_string_equal(text, out);
}

static void
exact_factors(void **state)
{
	(void)state;
	converts("20", "μg/kg", "mg/kg", "0.02");
	converts("20", "µg/kg", "mg/kg", "0.02");
	converts("20", "ug/kg", "mg/kg", "0.02");
	converts("0.02", "mg/kg", "微克/千克", "20");
	converts("0.35", "g/kg", "mg/kg", "350");
	converts("12.5", "%", "g/100g", "12.5");
	converts("12.5", "％", "g/kg", "125");
	converts("15", "mg/100g", "mg/kg", "150");
	converts("3", "mg/g", "g/kg", "3");
	converts("500", "ng/L", "μg/L", "0.5");
	converts("1", "mg/kg（干重计）", "μg/kg", "1000");
	converts("0.000001", "ng/kg", "mg/kg", "0.000000000001");
}

static void
refuses(void **state)
{
	(void)state;
	const struct sy_unit *a, *b;
	struct sy_fault f = { 0 };
	static const char *const unknown[] = { "", "mg/kgs", "kg/mg", "Mg/kg", "ppm", "mg/kg灭蝇胺", "倍" };
	for (size_t i = 0; i < SY_LEN(unknown); i++) {
		assert_int_equal(sy_unit_find(unknown[i], &a, &f), SY_ERR_UNKNOWN_UNIT);
	}
	assert_int_equal(f.err, SY_ERR_UNKNOWN_UNIT);
	assert_int_equal(sy_unit_find(NULL, &a, NULL), SY_ERR_UNKNOWN_UNIT);
	/* R: GB 2761 milk "500 ng/L or 0.5 μg/kg": by volume is not by mass */
	struct sy_decimal v = { .digits = 1 };
	assert_int_equal(sy_unit_find("mg/L", &a, NULL), SY_OK);
	assert_int_equal(sy_unit_find("mg/kg", &b, NULL), SY_OK);
	assert_int_equal(sy_unit_convert(v, a, b, &v), SY_ERR_UNIT_MISMATCH);
	assert_int_equal(sy_unit_find("CFU/g", &a, NULL), SY_OK);
	assert_int_equal(sy_unit_convert(v, a, b, &v), SY_ERR_UNIT_MISMATCH);
	assert_int_equal(sy_unit_find("ng/kg", &a, NULL), SY_OK);
	assert_int_equal(sy_decimal_parse(sy_span_str("0.0000001"), &v, NULL), SY_OK);
	assert_int_equal(sy_unit_convert(v, a, b, &v), SY_ERR_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(exact_factors), cmocka_unit_test(refuses) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
