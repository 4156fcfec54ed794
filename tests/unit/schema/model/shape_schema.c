/* shape_schema.c: the JSON Schema says what the checker does. Whether it is a
 * valid schema is shown where the API document is exercised. */
#include "tests/unit/schema/model/record.h"

static bool
lists(const struct sy_json *list, const char *name)
{
	for (size_t i = 0; i < sy_json_len(list); i++)
		if (strcmp(sy_json_str(sy_json_at(list, i)), name) == 0)
			return true;
	return false;
}

static void
test_request(void **state)
{
	(void)state;
	SY_AUTO_JSON *s = NULL;
	assert_int_equal(sy_shape_json_schema(&sy_shape_report, true, &s), SY_OK);
	const struct sy_json *members = sy_json_get(s, "properties");
	assert_string_equal(sy_json_get_str(s, "type"), "object");
	assert_null(sy_json_get(members, "verdict"));
	assert_string_equal(sy_json_get_str(sy_json_get(members, "sample"), "type"), "string");
	assert_true(lists(sy_json_get(s, "required"), "lots"));
	assert_false(lists(sy_json_get(s, "required"), "verdict"));
	assert_false(sy_json_bool(sy_json_get(s, "additionalProperties")));
	const struct sy_json *item = sy_json_get(sy_json_get(members, "items"), "items");
	assert_null(sy_json_get(sy_json_get(item, "properties"), "limit"));
	assert_int_equal(sy_json_get_int(sy_json_get(members, "lots"), "minItems", 0), 1);
	assert_true(sy_json_bool(sy_json_get(sy_json_get(members, "client"), "x-private")));
	assert_string_equal(sy_json_get_str(sy_json_get(members, "number"), "description"), "报告编号 / Report number");
}

static void
test_answer(void **state)
{
	(void)state;
	SY_AUTO_JSON *s = NULL;
	assert_int_equal(sy_shape_json_schema(&sy_shape_report, false, &s), SY_OK);
	const struct sy_json *members = sy_json_get(s, "properties");
	assert_true(sy_json_bool(sy_json_get(sy_json_get(members, "verdict"), "readOnly")));
	assert_string_equal(sy_json_get_str(sy_json_get(members, "sample"), "type"), "object");
	const struct sy_json *item = sy_json_get(sy_json_get(members, "items"), "items");
	const struct sy_json *limit = sy_json_get(sy_json_get(item, "properties"), "limit");
	assert_true(lists(sy_json_get(limit, "type"), "null"));
	assert_true(lists(sy_json_get(s, "required"), "judged_on"));
}

static void
test_all_can_be_printed(void **state)
{
	(void)state;
	for (size_t i = 0; sy_shapes_at(i) != NULL; i++) {
		for (int request = 0; request < 2; request++) {
			SY_AUTO_JSON *s = NULL;
			assert_int_equal(sy_shape_json_schema(sy_shapes_at(i), request == 1, &s), SY_OK);
			struct sy_buf b;
			sy_buf_init(&b, 1 << 20);
			sy_json_print(s, &b);
			assert_int_equal(sy_buf_err(&b), SY_OK);
			SY_AUTO_JSON *again = NULL; /* and lies inside our own subset of JSON */
			assert_int_equal(sy_json_parse(sy_buf_span(&b), &again, NULL), SY_OK);
			sy_buf_done(&b);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_all_can_be_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
