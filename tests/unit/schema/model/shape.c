/* shape.c: the checker itself, on a shape that has one field of each kind. */
#include "tests/unit/schema/model/record.h"

static const char *const colours[] = { "red", "green", NULL };
static const struct sy_field inner_fields[] = {
	{ .name = "n", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = 3, .zh = "数", .en = "Number" },
	{ .name = "sum", .kind = SY_INT, .flags = SY_REQUIRED | SY_COMPUTED, .zh = "和", .en = "Sum" },
};
static const struct sy_shape inner = { "inner", inner_fields, SY_LEN(inner_fields), NULL, "内", "Inner" };
static const struct sy_field fields[] = {
	{ .name = "text", .kind = SY_TEXT, .min = 2, .max = 4, .zh = "文", .en = "Text" },
	{ .name = "blank", .kind = SY_TEXT, .flags = SY_BLANK, .zh = "空", .en = "Blank" },
	{ .name = "lines", .kind = SY_LINES, .zh = "行", .en = "Lines" },
	{ .name = "int", .kind = SY_INT, .min = -5, .max = 5, .zh = "整", .en = "Int" },
	{ .name = "any_int", .kind = SY_INT, .zh = "整", .en = "Int" },
	{ .name = "bool", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "真", .en = "Bool" },
	{ .name = "date", .kind = SY_DATE, .flags = SY_NULLABLE, .zh = "日", .en = "Date" },
	{ .name = "time", .kind = SY_TIME, .zh = "时", .en = "Time" },
	{ .name = "id", .kind = SY_ID, .zh = "号", .en = "Id" },
	{ .name = "hash", .kind = SY_SHA256, .flags = SY_PRIVATE, .zh = "摘要", .en = "Hash" },
	{ .name = "amount", .kind = SY_QUANTITY, .max = 10, .zh = "量", .en = "Amount" },
	{ .name = "colour", .kind = SY_ENUM, .values = colours, .zh = "色", .en = "Colour" },
	{ .name = "object", .kind = SY_OBJECT, .of = &inner, .zh = "物", .en = "Object" },
	{ .name = "list", .kind = SY_LIST, .max = 2, .of = &inner, .zh = "列", .en = "List" },
	{ .name = "texts", .kind = SY_LIST, .zh = "文列", .en = "Texts" },
	{ .name = "whole", .kind = SY_OBJECT, .flags = SY_EMBEDDED, .of = &inner, .zh = "嵌", .en = "Embedded" },
	{ .name = "made", .kind = SY_INT, .flags = SY_COMPUTED | SY_REQUIRED, .zh = "算", .en = "Made" },
};
static const struct sy_shape all = { "all", fields, SY_LEN(fields), NULL, "全", "All" };

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"bool\":null}", SY_ERR_MISSING, "bool" },
	{ "{\"text\":\"好好\"}", SY_OK, "" },
	{ "{\"text\":\"好好好好\"}", SY_OK, "" }, /* characters, not bytes */
	{ "{\"text\":\"好\"}", SY_ERR_TOO_SHORT, "text" },
	{ "{\"text\":\"好好好好好\"}", SY_ERR_TOO_LONG, "text" },
	{ "{\"text\":\"a\\nb\"}", SY_ERR_BAD_CHARACTER, "text" },
	{ "{\"text\":7}", SY_ERR_WRONG_TYPE, "text" },
	{ "{\"blank\":\"\"}", SY_OK, "" },
	{ "{\"lines\":\"a\\nb\"}", SY_OK, "" },
	{ "{\"lines\":\"a\\tb\"}", SY_ERR_BAD_CHARACTER, "lines" },
	{ "{\"lines\":\"\"}", SY_ERR_TOO_SHORT, "lines" },
	{ "{\"int\":-5}", SY_OK, "" },
	{ "{\"int\":-6}", SY_ERR_OUT_OF_RANGE, "int" },
	{ "{\"int\":6}", SY_ERR_OUT_OF_RANGE, "int" },
	{ "{\"int\":\"5\"}", SY_ERR_WRONG_TYPE, "int" },
	{ "{\"int\":true}", SY_ERR_WRONG_TYPE, "int" },
	{ "{\"any_int\":-1}", SY_ERR_OUT_OF_RANGE, "any_int" },
	{ "{\"any_int\":9007199254740991}", SY_OK, "" },
	{ "{\"bool\":0}", SY_ERR_WRONG_TYPE, "bool" },
	{ "{\"date\":\"2026-02-29\"}", SY_ERR_BAD_DATE, "date" },
	{ "{\"date\":\"1992-01-01\"}", SY_OK, "" },
	{ "{\"time\":\"2026-11-23T08:00:00Z\"}", SY_OK, "" },
	{ "{\"time\":\"2026-11-23\"}", SY_ERR_BAD_TIME, "time" },
	{ "{\"id\":\"" ID "\"}", SY_OK, "" },
	{ "{\"id\":\"" LEAF "\"}", SY_ERR_TOO_LONG, "id" },
	{ "{\"hash\":\"" LEAF "\"}", SY_OK, "" },
	{ "{\"hash\":\"" ID "\"}", SY_ERR_TOO_SHORT, "hash" },
	{ "{\"amount\":{\"value\":11,\"uom\":\"EA\"}}", SY_ERR_OUT_OF_RANGE, "amount.value" },
	{ "{\"colour\":\"red\"}", SY_OK, "" },
	{ "{\"colour\":\"blue\"}", SY_ERR_UNKNOWN_CODE, "colour" },
	{ "{\"object\":{\"n\":1}}", SY_OK, "" },
	{ "{\"object\":{\"n\":4}}", SY_ERR_OUT_OF_RANGE, "object.n" },
	{ "{\"object\":{\"n\":1,\"sum\":1}}", SY_ERR_UNKNOWN_FIELD, "object.sum" },
	{ "{\"object\":[]}", SY_ERR_WRONG_TYPE, "object" },
	{ "{\"list\":[{\"n\":1},{\"n\":1}]}", SY_OK, "" }, /* objects may be alike */
	{ "{\"list\":[{\"n\":1},{\"n\":0}]}", SY_ERR_OUT_OF_RANGE, "list.1.n" },
	{ "{\"list\":[{\"n\":1},{\"n\":1},{\"n\":1}]}", SY_ERR_TOO_LONG, "list" },
	{ "{\"list\":[{}]}", SY_ERR_MISSING, "list.0.n" },
	{ "{\"texts\":[\"a\",\"b\",\"a\"]}", SY_ERR_DUPLICATE_FIELD, "texts.2" },
	{ "{\"texts\":[[]]}", SY_ERR_WRONG_TYPE, "texts.0" },
	{ "{\"whole\":\"" ID "\"}", SY_OK, "" },
	{ "{\"whole\":{\"n\":1,\"sum\":1}}", SY_ERR_WRONG_TYPE, "whole" },
	{ "{\"made\":1}", SY_ERR_UNKNOWN_FIELD, "made" },
	{ "{\"salt\":\"" SALT "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
	{ "{\"text \":\"ab\"}", SY_ERR_UNKNOWN_FIELD, "text " },
};

static void
test_request(void **state)
{
	(void)state;
	record_check(&all, "{\"bool\":true}", cases, SY_LEN(cases));
}

static void
test_not_an_object(void **state)
{
	(void)state;
	static const char *const texts[] = { "[]", "null", "1", "\"x\"", "true" };
	for (size_t i = 0; i < SY_LEN(texts); i++) {
		SY_AUTO_JSON *v = record_parse(texts[i]);
		assert_int_equal(sy_shape_check(&all, v, NULL), SY_ERR_WRONG_TYPE);
	}
	assert_int_equal(sy_shape_check(&all, NULL, NULL), SY_ERR_WRONG_TYPE);
}

static void
stored(enum sy_shape_part part, const char *text, enum sy_err err, const char *field)
{
	SY_AUTO_JSON *v = record_parse(text);
	struct sy_fault f = { 0 };
	assert_int_equal(sy_shape_check_stored(&all, part, v, &f), err);
	assert_string_equal(f.field, field);
}

static void
test_stored(void **state)
{
	(void)state;
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"salt\":\"" SALT "\"}", SY_OK, "");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"date\":null,\"salt\":\"" SALT "\"}", SY_OK, "");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"salt\":\"" SALT "\"}", SY_ERR_MISSING, "made");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1}", SY_ERR_MISSING, "salt");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"salt\":1}", SY_ERR_WRONG_TYPE, "salt");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"salt\":\"00\"}", SY_ERR_TOO_SHORT, "salt");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"hash\":\"" LEAF "\",\"salt\":\"" SALT "\"}", SY_ERR_UNKNOWN_FIELD, "hash");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"object\":{\"n\":1},\"salt\":\"" SALT "\"}", SY_ERR_MISSING, "object.sum");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"whole\":{\"n\":1,\"sum\":1},\"salt\":\"" SALT "\"}", SY_OK, "");
	stored(SY_PART_PUBLIC, "{\"bool\":true,\"made\":1,\"whole\":\"" ID "\",\"salt\":\"" SALT "\"}", SY_ERR_WRONG_TYPE, "whole");
	stored(SY_PART_PRIVATE, "{\"hash\":\"" LEAF "\",\"salt\":\"" SALT "\"}", SY_OK, "");
	stored(SY_PART_PRIVATE, "{\"bool\":true,\"salt\":\"" SALT "\"}", SY_ERR_UNKNOWN_FIELD, "bool");
}

static void
test_plain(void **state)
{
	(void)state;
	SY_AUTO_JSON *v = record_parse("{\"n\":1,\"sum\":2}");
	assert_int_equal(sy_shape_check_plain(&inner, v, NULL), SY_OK);
	sy_json_remove(v, "sum");
	assert_int_equal(sy_shape_check_plain(&inner, v, NULL), SY_ERR_MISSING);
}

static void
test_sentences(void **state)
{
	(void)state;
	SY_AUTO_JSON *v = record_parse("{\"bool\":true,\"text\":\"好好好好好\"}");
	struct sy_fault f = { 0 };
	assert_int_not_equal(sy_shape_check(&all, v, &f), SY_OK);
	assert_string_equal(f.zh, "应为 2 至 4 个字，现有 5");
	f = (struct sy_fault){ 0 };
	record_patch(v, "{\"text\":null,\"colour\":\"blue\"}");
	assert_int_not_equal(sy_shape_check(&all, v, &f), SY_OK);
	assert_string_equal(f.en, "Should be one of: red green");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_not_an_object),
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_sentences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
