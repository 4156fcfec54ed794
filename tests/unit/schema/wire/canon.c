/* canon.c: canonical JSON on our subset, and its one spelling. */
#include "schema/wire/canon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
canonical(const char *text, const char *want)
{
	SY_AUTO_JSON *v = NULL;
	struct sy_buf b;
	sy_buf_init(&b, 4096);
	assert_int_equal(sy_json_parse(sy_span_str(text), &v, NULL), SY_OK);
	sy_canon_print(v, &b);
	assert_int_equal(sy_buf_err(&b), SY_OK);
	assert_string_equal(sy_buf_cstr(&b), want);
	/* and the canonical form is its own */
	struct sy_json *again = NULL;
	assert_int_equal(sy_canon_parse(sy_buf_span(&b), &again, NULL), SY_OK);
	assert_true(sy_json_eq(v, again));
	sy_json_free(again);
	sy_buf_done(&b);
}

/* R: RFC 8785 3.2.2 to 3.2.4, its example without the numbers that have a fraction. */
static void
test_rfc_example(void **state)
{
	(void)state;
	canonical("{\n  \"numbers\": [333333333, 4, 2, 0],\n"
		  "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
		  "  \"literals\": [null, true, false]\n}",
	    "{\"literals\":[null,true,false],\"numbers\":[333333333,4,2,0],\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

/* R: RFC 8785 3.2.3: sorted by UTF-16 code units; its example's names that are printable ASCII. */
static void
test_sorting(void **state)
{
	(void)state;
	canonical("{\"b\":1,\"1\":2,\"</script>\":3,\"B\":4,\"aa\":5,\"a\":6,\"\":7}",
	    "{\"\":7,\"1\":2,\"</script>\":3,\"B\":4,\"a\":6,\"aa\":5,\"b\":1}");
	canonical(" [ { \"z\" : { \"b\" : [ ] , \"a\" : { } } } ] ", "[{\"z\":{\"a\":{},\"b\":[]}}]");
}

/* R: RFC 8785 3.2.3: where byte order and UTF-16 order part (U+FB33 and U+1F600), the names are refused, so both hold. */
static void
test_other_names_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = { "{\"\xF0\x9F\x98\x80\":1,\"\xEF\xAC\xB3\":2}", "{\"\xE2\x82\xAC\":1}", "{\"\\r\":1}", "{\"a\\u0080\":1}",
		"{\"\\u007f\":1}" };
	for (size_t i = 0; i < SY_LEN(names); i++) {
		SY_AUTO_JSON *v = NULL;
		struct sy_buf b;
		sy_buf_init(&b, 100);
		assert_int_equal(sy_json_parse(sy_span_str(names[i]), &v, NULL), SY_OK);
		sy_canon_print(v, &b);
		assert_int_equal(sy_buf_err(&b), SY_ERR_BAD_CHARACTER);
		struct sy_json *again = NULL;
		assert_int_equal(sy_canon_parse(sy_span_str(names[i]), &again, NULL), SY_ERR_BAD_CHARACTER);
		assert_null(again);
		sy_buf_done(&b);
	}
}

/* R: RFC 8785 3.2.2.2 */
static void
test_strings(void **state)
{
	(void)state;
	canonical("\"\\b\\t\\n\\f\\r\\\"\\\\\"", "\"\\b\\t\\n\\f\\r\\\"\\\\\"");
	canonical("\"\\u0001\\u000B\\u001F\\u007f\"", "\"\\u0001\\u000b\\u001f\x7f\"");
	canonical("\"\\u2028\\ud83d\\ude00\\/\"", "\"\xE2\x80\xA8\xF0\x9F\x98\x80/\"");
	canonical("\"\"", "\"\"");
}

static void
test_integers(void **state)
{
	(void)state;
	canonical("[9007199254740991,-9007199254740991,0,-0]", "[9007199254740991,-9007199254740991,0,0]");
}

static void
test_many_members(void **state)
{
	(void)state;
	struct sy_buf text, want;
	sy_buf_init(&text, 65536);
	sy_buf_init(&want, 65536);
	for (int i = 0; i < 1000; i++) {
		sy_buf_printf(&text, "%s\"m%03d\":%d", i == 0 ? "{" : ",", 999 - i, i);
		sy_buf_printf(&want, "%s\"m%03d\":%d", i == 0 ? "{" : ",", i, 999 - i);
	}
	sy_buf_add_str(&text, "}");
	sy_buf_add_str(&want, "}");
	SY_AUTO_JSON *v = NULL;
	struct sy_buf b;
	sy_buf_init(&b, 65536);
	assert_int_equal(sy_json_parse(sy_buf_span(&text), &v, NULL), SY_OK);
	sy_canon_print(v, &b);
	assert_true(sy_span_eq(sy_buf_span(&b), sy_buf_span(&want)));
	sy_buf_done(&b);
	sy_buf_done(&text);
	sy_buf_done(&want);
}

static void
refuses(const char *text, enum sy_err err, size_t offset)
{
	struct sy_json *v = NULL;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_canon_parse(sy_span_str(text), &v, &f), err);
	assert_null(v);
	if (err == SY_ERR_NOT_CANONICAL)
		assert_int_equal(f.offset, offset);
}

static void
test_not_canonical(void **state)
{
	(void)state;
	refuses("{\"b\":1,\"a\":2}", SY_ERR_NOT_CANONICAL, 2);
	refuses("{ \"a\":2}", SY_ERR_NOT_CANONICAL, 1);
	refuses("{\"a\":2}\n", SY_ERR_NOT_CANONICAL, 7);
	refuses("[-0]", SY_ERR_NOT_CANONICAL, 1);
	refuses("[\"\\/\"]", SY_ERR_NOT_CANONICAL, 2);
	refuses("[\"\\u0041\"]", SY_ERR_NOT_CANONICAL, 2);
	refuses("[\"\\u001F\"]", SY_ERR_NOT_CANONICAL, 7);
	refuses("[1.0]", SY_ERR_BAD_NUMBER, 0);
	refuses("[1e2]", SY_ERR_BAD_NUMBER, 0);
	refuses("{\"a\":1,\"a\":1}", SY_ERR_DUPLICATE_FIELD, 0);
	refuses("", SY_ERR_BAD_JSON, 0);
}

static void
test_absent_is_an_error(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 10);
	sy_canon_print(NULL, &b);
	assert_int_equal(sy_buf_err(&b), SY_ERR_NO_MEMORY);
	sy_buf_done(&b);
}

static void
test_deep(void **state)
{
	(void)state;
	struct sy_json *v = sy_json_array();
	for (int i = 0; i < 100; i++) {
		struct sy_json *outer = sy_json_array();
		assert_int_equal(sy_json_append(outer, v), SY_OK);
		v = outer;
	}
	struct sy_buf b;
	sy_buf_init(&b, 1000);
	sy_canon_print(v, &b);
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_DEEP);
	sy_buf_done(&b);
	sy_json_free(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc_example),
		cmocka_unit_test(test_sorting),
		cmocka_unit_test(test_other_names_are_refused),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_many_members),
		cmocka_unit_test(test_not_canonical),
		cmocka_unit_test(test_absent_is_an_error),
		cmocka_unit_test(test_deep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
