/* Exact decimals: strict reading, canonical printing, comparison, exact products. */
#include "schema/judge/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sy_decimal
dec(const char *text)
{
	struct sy_decimal d = { 0 };
	assert_int_equal(sy_decimal_parse(sy_span_str(text), &d, NULL), SY_OK);
	return d;
}

static void
reads_and_prints(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "0", "0" }, { "0.0", "0" }, { "0.050", "0.05" }, { "12", "12" }, { "100", "100" }, { "100.10", "100.1" },
		{ "0.000000000001", "0.000000000001" }, { "999999999999999999", "999999999999999999" },
		{ "123456.789012345678", "123456.789012345678" }, { "1.0", "1" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		char out[SY_DECIMAL_SIZE];
		sy_decimal_print(dec(cases[i][0]), out);
		assert_string_equal(out, cases[i][1]);
		struct sy_decimal again = dec(out);
		assert_int_equal(sy_decimal_cmp(again, dec(cases[i][0])), 0);
	}
}

/* R: domain 3.4: each of these stood in a real record */
static void
refuses_with_place_and_hint(void **state)
{
	(void)state;
	static const struct { const char *text; size_t at; const char *hint; } cases[] = {
		{ "1.11×10³", 4, "1110" }, { "1×10³", 1, "1000" }, { "10³", 2, "1000" }, { "1e3", 1, "1000" }, { "1.5E+2", 3, "150" },
		{ "2.0×105", 3, "200000" }, { "3.4x10^4", 3, "34000" }, { "Jan-82", 0, "1.82" }, { "119/3", 3, "119.3" },
		{ "0.05,", 4, "" }, { "0.05；", 4, "" }, { "０.０５", 0, "" }, { "0．05", 1, "" }, { "00.5", 0, "" }, { ".5", 0, "" },
		{ "5.", 1, "" }, { "+5", 0, "" }, { "-0.1", 0, "" }, { " 5", 0, "" }, { "5 ", 1, "" }, { "13000CFU/g", 5, "" },
		{ "1,234", 1, "" }, { "0x10", 1, "" }, { "1.2.3", 3, "" }, { "", 0, "" }, { "nan", 0, "" }, { "inf", 0, "" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_decimal d;
		struct sy_fault f = { 0 };
		if (sy_decimal_parse(sy_span_str(cases[i].text), &d, &f) != SY_ERR_BAD_NUMBER)
			fail_msg("%s was accepted", cases[i].text);
		assert_int_equal(f.err, SY_ERR_BAD_NUMBER);
		if (f.offset != cases[i].at)
			fail_msg("%s: byte %zu", cases[i].text, f.offset);
		assert_int_equal(f.offset + f.length, strlen(cases[i].text));
		assert_true(strlen(f.zh) > 0 && strlen(f.en) > 0);
		assert_non_null(strstr(f.zh, cases[i].hint));
		assert_non_null(strstr(f.en, cases[i].hint));
	}
}

static void
overflow_is_an_error(void **state)
{
	(void)state;
	struct sy_decimal d;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_decimal_parse(sy_span_str("1000000000000000000"), &d, &f), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_parse(sy_span_str("18446744073709551617"), &d, NULL), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_parse(sy_span_str("0.0000000000001"), &d, NULL), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul_ratio(dec("999999999999999999"), 10, 1, &d), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul_ratio(dec("0.000000000001"), 1, 10, &d), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul_ratio(dec("1"), 1, 3, &d), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul_ratio(dec("1"), 1, 0, &d), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul(dec("999999999999"), dec("9999999"), &d), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_decimal_mul(dec("0.0000001"), dec("0.0000001"), &d), SY_ERR_OUT_OF_RANGE);
}

static void
compares(void **state)
{
	(void)state;
	static const struct { const char *a, *b; int cmp; } cases[] = {
		{ "0.2", "0.20", 0 }, { "0.2", "0.2000001", -1 }, { "10", "9.999999999999", 1 }, { "0", "0.000000000001", -1 },
		{ "999999999999999999", "999999.999999999999", 1 }, { "0.1", "0.09", 1 }, { "2", "2.0", 0 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		assert_int_equal(sy_decimal_cmp(dec(cases[i].a), dec(cases[i].b)), cases[i].cmp);
		assert_int_equal(sy_decimal_cmp(dec(cases[i].b), dec(cases[i].a)), -cases[i].cmp);
	}
}

static void
multiplies_exactly(void **state)
{
	(void)state;
	static const struct { const char *v; uint64_t num, den; const char *out; } cases[] = {
		{ "20", 1, 1000, "0.02" }, { "0.02", 1000, 1, "20" }, { "3", 1, 3, "1" }, { "0.3", 1, 3, "0.1" }, { "1", 1, 8, "0.125" },
		{ "0", 7, 3, "0" }, { "999999999999", 1000000, 1, "999999999999000000" }, { "0.000001", 1000000, 1, "1" }, { "5", 0, 7, "0" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_decimal d;
		char out[SY_DECIMAL_SIZE];
		assert_int_equal(sy_decimal_mul_ratio(dec(cases[i].v), cases[i].num, cases[i].den, &d), SY_OK);
		sy_decimal_print(d, out);
		assert_string_equal(out, cases[i].out);
	}
	struct sy_decimal d;
	char out[SY_DECIMAL_SIZE];
	assert_int_equal(sy_decimal_mul(dec("0.5"), dec("8.2"), &d), SY_OK);
	sy_decimal_print(d, out);
	assert_string_equal(out, "4.1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_prints),
		cmocka_unit_test(refuses_with_place_and_hint),
		cmocka_unit_test(overflow_is_an_error),
		cmocka_unit_test(compares),
		cmocka_unit_test(multiplies_exactly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
