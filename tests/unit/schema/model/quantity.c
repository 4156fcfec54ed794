/* quantity.c: exact amounts: no rounding, no overflow, no mixing of families. */
#include "schema/model/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct sy_quantity
q(int64_t value, const char *uom)
{
	struct sy_quantity v = { .value = value };
	memcpy(v.uom, uom, strlen(uom) + 1);
	return v;
}

static void
parses(const char *text, enum sy_err err, const char *field)
{
	SY_AUTO_JSON *v = NULL;
	struct sy_quantity out;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_json_parse(sy_span_str(text), &v, NULL), SY_OK);
	assert_int_equal(sy_quantity_parse(v, &out, &f), err);
	assert_string_equal(f.field, field);
	if (err != SY_OK)
		return;
	SY_AUTO_JSON *again = sy_quantity_json(&out);
	assert_true(sy_json_eq(v, again));
}

static void
test_parse(void **state)
{
	(void)state;
	parses("{\"value\":500,\"uom\":\"GRM\"}", SY_OK, "");
	parses("{\"value\":0,\"uom\":\"EA\"}", SY_OK, "");
	parses("{\"value\":9007199254740991,\"uom\":\"TNE\"}", SY_OK, "");
	parses("{\"value\":-1,\"uom\":\"GRM\"}", SY_ERR_OUT_OF_RANGE, "value");
	parses("{\"value\":\"500\",\"uom\":\"GRM\"}", SY_ERR_WRONG_TYPE, "value");
	parses("{\"value\":500,\"uom\":\"g\"}", SY_ERR_UNKNOWN_UNIT, "uom");
	parses("{\"value\":500,\"uom\":\"grm\"}", SY_ERR_UNKNOWN_UNIT, "uom");
	parses("{\"value\":500,\"uom\":1}", SY_ERR_WRONG_TYPE, "uom");
	parses("{\"value\":500}", SY_ERR_MISSING, "uom");
	parses("{\"uom\":\"GRM\"}", SY_ERR_MISSING, "value");
	parses("{\"value\":500,\"uom\":\"GRM\",\"unit\":\"g\"}", SY_ERR_UNKNOWN_FIELD, "unit");
	parses("500", SY_ERR_WRONG_TYPE, "");
}

static void
test_base(void **state)
{
	(void)state;
	int64_t base = 0;
	struct sy_quantity a = q(12, "TNE"), none = q(1, "ZZZ"), big = q(SY_JSON_INT_MAX, "TNE"), litre = q(3, "LTR");
	assert_int_equal(sy_quantity_to_base(&a, &base), SY_OK);
	assert_int_equal(base, 12000000);
	assert_int_equal(sy_quantity_to_base(&litre, &base), SY_OK);
	assert_int_equal(base, 3000);
	assert_string_equal(sy_quantity_base_uom(&litre), "MLT");
	assert_int_equal(sy_quantity_to_base(&none, &base), SY_ERR_UNKNOWN_UNIT);
	assert_null(sy_quantity_base_uom(&none));
	assert_int_equal(sy_quantity_to_base(&big, &base), SY_ERR_OUT_OF_RANGE);
}

static void
test_compare(void **state)
{
	(void)state;
	int order = 9;
	struct sy_quantity g = q(1000, "GRM"), kg = q(1, "KGM"), t = q(1, "TNE"), ml = q(1, "MLT"), big = q(SY_JSON_INT_MAX, "TNE");
	assert_int_equal(sy_quantity_compare(&g, &kg, &order), SY_OK);
	assert_int_equal(order, 0);
	assert_int_equal(sy_quantity_compare(&kg, &t, &order), SY_OK);
	assert_true(order < 0);
	assert_int_equal(sy_quantity_compare(&t, &g, &order), SY_OK);
	assert_true(order > 0);
	assert_int_equal(sy_quantity_compare(&g, &ml, &order), SY_ERR_UNIT_MISMATCH);
	assert_int_equal(sy_quantity_compare(&big, &big, &order), SY_OK); /* same unit: nothing to convert */
	assert_int_equal(sy_quantity_compare(&big, &g, &order), SY_ERR_OUT_OF_RANGE);
}

static void
test_arithmetic(void **state)
{
	(void)state;
	struct sy_quantity g = q(500, "GRM"), t = q(1, "TNE"), ea = q(1, "EA"), max = q(SY_JSON_INT_MAX, "GRM"), r;
	assert_int_equal(sy_quantity_add(&t, &g, &r), SY_OK);
	assert_int_equal(r.value, 1000500);
	assert_string_equal(r.uom, "GRM");
	assert_int_equal(sy_quantity_subtract(&t, &g, &r), SY_OK);
	assert_int_equal(r.value, 999500);
	assert_int_equal(sy_quantity_subtract(&g, &t, &r), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_quantity_add(&g, &ea, &r), SY_ERR_UNIT_MISMATCH);
	assert_int_equal(sy_quantity_add(&max, &g, &r), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_quantity_multiply(&g, 2000, &r), SY_OK);
	assert_int_equal(r.value, 1000000);
	assert_int_equal(sy_quantity_multiply(&g, 0, &r), SY_OK);
	assert_int_equal(r.value, 0);
	assert_int_equal(sy_quantity_multiply(&max, 2, &r), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_quantity_multiply(&g, INT64_MAX, &r), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_quantity_multiply(&g, -1, &r), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_quantity_add(&g, &g, &g), SY_OK); /* in place */
	assert_int_equal(g.value, 1000);
}

static void
prints(int64_t value, const char *uom, const char *zh, const char *en)
{
	struct sy_quantity v = q(value, uom);
	struct sy_buf b;
	sy_buf_init(&b, 100);
	sy_quantity_print(&v, true, &b);
	assert_string_equal(sy_buf_cstr(&b), zh);
	sy_buf_reset(&b);
	sy_quantity_print(&v, false, &b);
	assert_string_equal(sy_buf_cstr(&b), en);
	sy_buf_done(&b);
}

static void
test_print(void **state)
{
	(void)state;
	prints(500, "GRM", "500 g", "500 g");
	prints(1500, "GRM", "1.5 kg", "1.5 kg");
	prints(1200, "KGM", "1.2 t", "1.2 t");
	prints(1000001, "GRM", "1000.001 kg", "1000.001 kg"); /* never rounded */
	prints(1050, "GRM", "1.05 kg", "1.05 kg");
	prints(250, "MLT", "250 mL", "250 mL");
	prints(2000000, "MLT", "2000 L", "2000 L");
	prints(12, "EA", "12 件", "12 pcs");
	prints(0, "KGM", "0 g", "0 g");
	prints(SY_JSON_INT_MAX, "TNE", "9007199254740991 TNE", "9007199254740991 TNE");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_base),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_print),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
