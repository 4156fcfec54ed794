/* R: suyuan-label(5), "Token": 96 bytes, numbers big-endian, one spelling. */
#include "tagger/code/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct sy_token sample = {
	.kid = 7, .day_issued = 2519, .best_before = 2884, .certified = SY_CERTIFIED_GREEN | SY_CERTIFIED_COMMITMENT,
	.basis = SY_BASIS_REPORT, .grade = 2, .county = 411724, .status_index = 0x01F234,
	.release = { 0xA0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, .sig = { 0xFF, [63] = 0xEE },
};

static void
layout(void **state)
{
	(void)state;
	static const uint8_t head[] = { 1, 0, 0, 7, 0x09, 0xD7, 0x0B, 0x44, 9, 0x12, 0x06, 0x48, 0x4C, 0x01, 0xF2, 0x34, 0xA0, 1 };
	uint8_t bytes[SY_TOKEN_SIZE];
	sy_token_print(&sample, bytes);
	assert_memory_equal(bytes, head, sizeof head);
	assert_int_equal(bytes[31], 15);
	assert_int_equal(bytes[32], 0xFF);
	assert_int_equal(bytes[95], 0xEE);
	struct sy_token back;
	memset(&back, 0, sizeof back);
	assert_int_equal(sy_token_parse(bytes, &back, NULL), SY_OK);
	uint8_t again[SY_TOKEN_SIZE];
	sy_token_print(&back, again);
	assert_memory_equal(bytes, again, sizeof bytes);
	assert_int_equal(back.county, 411724);
	assert_int_equal(back.best_before, 2884);
}

static void
refusals(void **state)
{
	(void)state;
	static const struct { size_t at; uint8_t value; enum sy_err err; size_t offset; } cases[] = {
		{ 0, 0, SY_ERR_UNSUPPORTED, 0 }, { 0, 2, SY_ERR_UNSUPPORTED, 0 }, { 0, 255, SY_ERR_UNSUPPORTED, 0 },
		{ 8, 0x10, SY_ERR_MALFORMED, 8 }, { 8, 0x80, SY_ERR_MALFORMED, 8 }, { 9, 0x00, SY_ERR_MALFORMED, 9 },
		{ 9, 0x4F, SY_ERR_MALFORMED, 9 }, { 9, 0xF1, SY_ERR_MALFORMED, 9 }, { 10, 0x00, SY_ERR_MALFORMED, 10 },
		{ 10, 0x0F, SY_ERR_MALFORMED, 10 }, { 10, 0x10, SY_ERR_MALFORMED, 10 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		uint8_t bytes[SY_TOKEN_SIZE];
		struct sy_token t;
		struct sy_fault f = { .err = SY_OK };
		sy_token_print(&sample, bytes);
		bytes[cases[i].at] = cases[i].value;
		assert_int_equal(sy_token_parse(bytes, &t, &f), cases[i].err);
		assert_int_equal(f.offset, cases[i].offset);
	}
	/* A newer version is told before anything else in it is judged. */
	uint8_t newer[SY_TOKEN_SIZE];
	memset(newer, 0xFF, sizeof newer);
	struct sy_token t;
	assert_int_equal(sy_token_parse(newer, &t, NULL), SY_ERR_UNSUPPORTED);
}

static void
message(void **state)
{
	(void)state;
	struct sy_buf b;
	uint8_t body[SY_TOKEN_BODY];
	memset(body, 0x5A, sizeof body);
	sy_buf_init(&b, 200);
	sy_token_message(sy_span_str("q.cn"), sy_span_str("/01/x"), body, &b);
	assert_int_equal(sy_buf_err(&b), SY_OK);
	assert_int_equal(b.len, 16 + 2 + 4 + 2 + 5 + 32);
	assert_memory_equal(b.data, "suyuan/label/v1\n\0\4q.cn\0\5/01/xZZ", 31);
	sy_buf_reset(&b);
	static const uint8_t big[70000];
	sy_token_message(sy_span(big, sizeof big), sy_span_str("/"), body, &b);
	assert_int_equal(sy_buf_err(&b), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
}

static void
digits(void **state)
{
	(void)state;
	uint8_t bytes[SY_TOKEN_SIZE], back[SY_TOKEN_SIZE];
	char text[SY_TOKEN_DIGITS + 2];
	sy_token_print(&sample, bytes);
	sy_token_digits(bytes, text);
	assert_int_equal(strlen(text), SY_TOKEN_DIGITS);
	assert_int_equal(sy_token_undigits(sy_span_str(text), back, NULL), SY_OK);
	assert_memory_equal(bytes, back, sizeof bytes);
	struct sy_fault f = { .err = SY_OK };
	assert_int_equal(sy_token_undigits(sy_span(text, SY_TOKEN_DIGITS - 1), back, &f), SY_ERR_TOO_SHORT);
	text[SY_TOKEN_DIGITS] = '0';
	assert_int_equal(sy_token_undigits(sy_span(text, SY_TOKEN_DIGITS + 1), back, NULL), SY_ERR_TOO_LONG);
	memcpy(text + 17, "99999999999999999", 17);
	f = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_token_undigits(sy_span(text, SY_TOKEN_DIGITS), back, &f), SY_ERR_NOT_CANONICAL);
	assert_int_equal(f.offset, 17);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(layout), cmocka_unit_test(refusals), cmocka_unit_test(message), cmocka_unit_test(digits) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
