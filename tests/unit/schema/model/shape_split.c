/* shape_split.c: what is private never stands in the public body; what rules share. */
#include "tests/unit/schema/model/record.h"

static const char party[] = "{\"name\":\"a\",\"contact_name\":\"b\",\"contact_phone\":\"c\"}";

static void
test_split(void **state)
{
	(void)state;
	SY_AUTO_JSON *flat = record_parse(party);
	struct sy_json *public_body = NULL, *private_body = NULL;
	assert_int_equal(sy_shape_split(&sy_shape_party, flat, ID, ID2, &public_body, &private_body), SY_OK);
	SY_AUTO_JSON *want_public = record_parse("{\"name\":\"a\",\"salt\":\"" ID "\"}");
	SY_AUTO_JSON *want_private = record_parse("{\"contact_name\":\"b\",\"contact_phone\":\"c\",\"salt\":\"" ID2 "\"}");
	assert_true(sy_json_eq(public_body, want_public));
	assert_true(sy_json_eq(private_body, want_private));
	SY_AUTO_JSON *again = NULL;
	assert_int_equal(sy_shape_join(&sy_shape_party, public_body, private_body, &again), SY_OK);
	assert_true(sy_json_eq(again, flat));
	sy_json_free(public_body);
	sy_json_free(private_body);
}

static void
test_nothing_private(void **state)
{
	(void)state;
	SY_AUTO_JSON *flat = record_parse("{\"name\":\"a\"}");
	struct sy_json *public_body = NULL, *private_body = NULL, *again = NULL;
	assert_int_equal(sy_shape_split(&sy_shape_party, flat, ID, ID2, &public_body, &private_body), SY_OK);
	assert_null(private_body);
	assert_int_equal(sy_shape_join(&sy_shape_party, public_body, NULL, &again), SY_OK);
	assert_true(sy_json_eq(again, flat));
	sy_json_free(public_body);
	sy_json_free(again);
}

static void
test_rules(void **state)
{
	(void)state;
	SY_AUTO_JSON *v = record_parse("{\"a\":\"2026-01-02\",\"b\":\"2026-01-01\",\"none\":[]}");
	struct sy_fault f = { 0 };
	assert_int_equal(sy_shape_in_order(v, "b", "a", NULL), SY_OK);
	assert_int_equal(sy_shape_in_order(v, "a", "c", NULL), SY_OK);
	assert_int_equal(sy_shape_in_order(v, "a", "b", &f), SY_ERR_OUT_OF_RANGE);
	assert_string_equal(f.field, "b");
	assert_int_equal(sy_shape_needs(v, "a", "", "", NULL), SY_OK);
	assert_int_equal(sy_shape_needs(v, "none", "", "", NULL), SY_ERR_MISSING);
	f = (struct sy_fault){ 0 };
	assert_int_equal(sy_shape_needs(v, "c", "要", "needed", &f), SY_ERR_MISSING);
	assert_string_equal(f.field, "c");
	assert_string_equal(f.en, "needed");
	assert_int_equal(sy_shape_has_no(v, "c", "", "", NULL), SY_OK);
	f = (struct sy_fault){ 0 };
	assert_int_equal(sy_shape_has_no(v, "a", "不", "no", &f), SY_ERR_UNKNOWN_FIELD);
	assert_string_equal(f.field, "a");
	assert_true(sy_shape_is(v, "a", "2026-01-02"));
	assert_false(sy_shape_is(v, "c", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_nothing_private),
		cmocka_unit_test(test_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
