/* json.c: what JSON this system takes, and what it does not. */
#include "schema/wire/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
refuses_span(struct sy_span text, enum sy_err err, const char *field)
{
	struct sy_json *v = NULL;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_json_parse(text, &v, &f), err);
	assert_null(v);
	assert_int_equal(f.err, err);
	assert_string_equal(f.field, field);
	assert_true(f.offset <= text.len + 1);
}

static void
refuses(const char *text, enum sy_err err, const char *field)
{
	refuses_span(sy_span_str(text), err, field);
}

/* R: RFC 8259, RFC 7493, and the subset of json.h */
static void
test_refused(void **state)
{
	(void)state;
	refuses("", SY_ERR_BAD_JSON, "");
	refuses("{", SY_ERR_BAD_JSON, "");
	refuses("[1,]", SY_ERR_BAD_JSON, "");
	refuses("{\"a\":1}x", SY_ERR_BAD_JSON, "");
	refuses("'a'", SY_ERR_BAD_JSON, "");
	refuses("[01]", SY_ERR_BAD_JSON, "");
	refuses("NaN", SY_ERR_BAD_JSON, "");
	refuses("\xEF\xBB\xBF{}", SY_ERR_BAD_JSON, "");
	refuses("{\"a\":1,\"a\":2}", SY_ERR_DUPLICATE_FIELD, "");
	refuses("{\"a\":1,\"\\u0061\":2}", SY_ERR_DUPLICATE_FIELD, "");
	refuses("\"\xFF\"", SY_ERR_BAD_UTF8, "");
	refuses("\"\xED\xA0\x80\"", SY_ERR_BAD_UTF8, "");
	refuses("1.5", SY_ERR_BAD_NUMBER, "");
	refuses("{\"items\":[{\"value\":1.11e3}]}", SY_ERR_BAD_NUMBER, "items.0.value");
	refuses("{\"n\":9007199254740992}", SY_ERR_OUT_OF_RANGE, "n");
	refuses("[-9007199254740992]", SY_ERR_OUT_OF_RANGE, "0");
	refuses("[99999999999999999999999]", SY_ERR_BAD_NUMBER, "");
	refuses("\"\\ud800\"", SY_ERR_BAD_JSON, "");
}

static void
test_no_nul(void **state)
{
	(void)state;
	struct sy_json *v = NULL;
	assert_int_not_equal(sy_json_parse(sy_span_str("\"a\\u0000b\""), &v, NULL), SY_OK);
	assert_int_not_equal(sy_json_parse(sy_span_str("{\"a\\u0000b\":1}"), &v, NULL), SY_OK);
	assert_int_not_equal(sy_json_parse(sy_span("\"a\0b\"", 5), &v, NULL), SY_OK);
	assert_null(v);
}

static void
nest(struct sy_buf *b, int depth)
{
	sy_buf_reset(b);
	for (int i = 0; i < depth; i++)
		sy_buf_add_byte(b, '[');
	for (int i = 0; i < depth; i++)
		sy_buf_add_byte(b, ']');
}

static void
test_depth(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 1000000);
	SY_AUTO_JSON *v = NULL;
	nest(&b, 24);
	assert_int_equal(sy_json_parse(sy_buf_span(&b), &v, NULL), SY_OK);
	struct sy_json *none = NULL;
	nest(&b, 30);
	assert_int_equal(sy_json_parse(sy_buf_span(&b), &none, NULL), SY_ERR_TOO_DEEP);
	nest(&b, 100000);
	assert_int_equal(sy_json_parse(sy_buf_span(&b), &none, NULL), SY_ERR_TOO_DEEP);
	assert_null(none);
	sy_buf_done(&b);
}

static void
test_reading(void **state)
{
	(void)state;
	SY_AUTO_JSON *v = NULL;
	assert_int_equal(sy_json_parse(sy_span_str("{\"s\":\"x\",\"i\":-7,\"b\":true,\"n\":null,\"a\":[1,2]}"), &v, NULL), SY_OK);
	assert_string_equal(sy_json_get_str(v, "s"), "x");
	assert_int_equal(sy_json_get_int(v, "i", 0), -7);
	assert_int_equal(sy_json_get_int(v, "s", 5), 5);
	assert_true(sy_json_bool(sy_json_get(v, "b")));
	assert_false(sy_json_bool(sy_json_get(v, "i")));
	assert_int_equal(sy_json_kind(sy_json_get(v, "n")), SY_JSON_NULL);
	assert_int_equal(sy_json_kind(sy_json_get(v, "none")), SY_JSON_ABSENT);
	assert_int_equal(sy_json_len(v), 5);
	assert_int_equal(sy_json_int(sy_json_at(sy_json_get(v, "a"), 1), 0), 2);
	assert_null(sy_json_at(sy_json_get(v, "a"), 2));
	assert_null(sy_json_get_str(v, "i"));
	const char *want = "sibna";
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *member = NULL;
	for (size_t i = 0; sy_json_next(v, &cursor, &name, &member); i++)
		assert_int_equal(name[0], want[i]);
}

static void
test_absent_reads_as_nothing(void **state)
{
	(void)state;
	assert_int_equal(sy_json_kind(NULL), SY_JSON_ABSENT);
	assert_null(sy_json_get(NULL, "a"));
	assert_null(sy_json_at(NULL, 0));
	assert_int_equal(sy_json_len(NULL), 0);
	assert_null(sy_json_str(NULL));
	assert_int_equal(sy_json_int(NULL, 3), 3);
	assert_false(sy_json_bool(NULL));
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *member = NULL;
	assert_false(sy_json_next(NULL, &cursor, &name, &member));
	sy_json_free(NULL);
}

static void
test_building(void **state)
{
	(void)state;
	SY_AUTO_JSON *v = sy_json_object();
	assert_int_equal(sy_json_set(v, "b", sy_json_from_bool(true)), SY_OK);
	assert_int_equal(sy_json_set(v, "a", sy_json_null()), SY_OK);
	assert_int_equal(sy_json_set(v, "bad", NULL), SY_ERR_NO_MEMORY);
	assert_int_equal(sy_json_set(NULL, "x", sy_json_from_int(1)), SY_ERR_NO_MEMORY);
	assert_int_equal(sy_json_set(v, "e", sy_json_from_span(sy_span(NULL, 0))), SY_OK);
	SY_AUTO_JSON *list = NULL;
	assert_int_equal(sy_json_pack(&list, "[I, s, O]", (long long)7, "x", v), SY_OK);
	SY_AUTO_JSON *copy = sy_json_copy(list);
	assert_true(sy_json_eq(list, copy));
	sy_json_remove(v, "b"); /* borrowed by the list, not by the deep copy */
	assert_false(sy_json_eq(list, copy));
	struct sy_buf b;
	sy_buf_init(&b, 100);
	sy_json_print(list, &b);
	assert_string_equal(sy_buf_cstr(&b), "[7,\"x\",{\"a\":null,\"e\":\"\"}]");
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_nul),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_absent_reads_as_nothing),
		cmocka_unit_test(test_building),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
