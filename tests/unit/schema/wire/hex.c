/* hex.c: lower-case base16, one value one spelling. */
#include "schema/wire/hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* R: RFC 4648 10, in lower case. */
static void
test_vectors(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 100);
	sy_hex_add(&b, sy_span_str("foobar"));
	assert_string_equal(sy_buf_cstr(&b), "666f6f626172");
	uint8_t out[6];
	assert_int_equal(sy_hex_parse(sy_buf_span(&b), out, 6, NULL), SY_OK);
	assert_memory_equal(out, "foobar", 6);
	sy_buf_done(&b);
	char none[1];
	sy_hex_print(sy_span(NULL, 0), none);
	assert_string_equal(none, "");
}

static void
test_round_trip_of_all_bytes(void **state)
{
	(void)state;
	uint8_t all[256], back[256];
	char text[513];
	for (size_t i = 0; i < 256; i++)
		all[i] = (uint8_t)i;
	sy_hex_print(sy_span(all, 256), text);
	assert_int_equal(sy_hex_parse(sy_span_str(text), back, 256, NULL), SY_OK);
	assert_memory_equal(all, back, 256);
}

static void
refuses(const char *text, enum sy_err err, size_t offset)
{
	uint8_t out[2] = { 0 };
	struct sy_fault f = { 0 };
	assert_int_equal(sy_hex_parse(sy_span_str(text), out, 2, &f), err);
	assert_int_equal(f.offset, offset);
}

static void
test_refused(void **state)
{
	(void)state;
	refuses("", SY_ERR_TOO_SHORT, 0);
	refuses("abc", SY_ERR_TOO_SHORT, 3);
	refuses("abcde", SY_ERR_TOO_LONG, 4);
	refuses("abCd", SY_ERR_BAD_CHARACTER, 2);
	refuses("ab d", SY_ERR_BAD_CHARACTER, 2);
	refuses("0xab", SY_ERR_BAD_CHARACTER, 1);
	refuses("abc\xff", SY_ERR_BAD_CHARACTER, 3);
}

static void
test_ceiling(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 3);
	sy_hex_add(&b, sy_span_str("ab"));
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_round_trip_of_all_bytes),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
