/* R: trust.md's base-10 codec, suyuan-label(5); vector from FIDO's hybrid transport encoding. */
#include "tagger/code/base10.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
vector(void **state)
{
	(void)state;
	char digits[9] = { 0 };
	uint8_t back[3];
	sy_base10_print((const uint8_t *)"\x61\x62\xff", 3, digits);
	assert_string_equal(digits, "16736865");
	assert_int_equal(sy_base10_parse(sy_span_str("16736865"), back, 3, NULL), SY_OK);
	assert_memory_equal(back, "\x61\x62\xff", 3);
}

static void
lengths_and_extremes(void **state)
{
	(void)state;
	static const size_t digits_of[] = { 0, 3, 5, 8, 10, 13, 15, 17, 20, 22 };
	for (size_t n = 0; n < SY_LEN(digits_of); n++)
		assert_int_equal(sy_base10_len(n), digits_of[n]);
	assert_int_equal(sy_base10_len(96), 234);
	for (size_t n = 0; n <= 16; n++) {
		uint8_t in[16], back[16];
		char digits[64];
		for (unsigned fill = 0; fill < 256; fill += 85) {
			memset(in, (int)fill, sizeof in);
			sy_base10_print(in, n, digits);
			assert_int_equal(sy_base10_parse(sy_span(digits, sy_base10_len(n)), back, n, NULL), SY_OK);
			assert_memory_equal(in, back, n);
		}
	}
}

/* One value, one spelling: a chunk above 2^56 - 1 (or its remainder's maximum) is no value. */
static void
refusals(void **state)
{
	(void)state;
	uint8_t ret[16];
	static const struct { const char *digits; size_t n; enum sy_err err; size_t offset; } cases[] = {
		{ "256", 1, SY_ERR_NOT_CANONICAL, 0 }, { "255", 1, SY_OK, 0 }, { "65536", 2, SY_ERR_NOT_CANONICAL, 0 },
		{ "16777216", 3, SY_ERR_NOT_CANONICAL, 0 }, { "72057594037927935", 7, SY_OK, 0 },
		{ "72057594037927936", 7, SY_ERR_NOT_CANONICAL, 0 }, { "99999999999999999", 7, SY_ERR_NOT_CANONICAL, 0 },
		{ "00000000000000000256", 8, SY_ERR_NOT_CANONICAL, 17 }, { "25", 1, SY_ERR_TOO_SHORT, 2 }, { "2555", 1, SY_ERR_TOO_LONG, 3 },
		{ "2 5", 1, SY_ERR_BAD_CHARACTER, 1 }, { "+25", 1, SY_ERR_BAD_CHARACTER, 0 }, { "", 1, SY_ERR_TOO_SHORT, 0 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_fault f = { .err = SY_OK };
		assert_int_equal(sy_base10_parse(sy_span_str(cases[i].digits), ret, cases[i].n, &f), cases[i].err);
		if (cases[i].err != SY_OK)
			assert_int_equal(f.offset, cases[i].offset);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(vector), cmocka_unit_test(lengths_and_extremes), cmocka_unit_test(refusals) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
