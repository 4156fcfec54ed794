/* R: trust.md "The label": version 8 for host + lot of at most 27 characters, version 9 for any legal lot; ECC M. */
#include "tagger/symbol.h"

#include "tagger/code/link.h"
#include "tagger/code/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned
version_of(const char *base, const char *item, const char *lot, const char *serial, unsigned seed)
{
	uint8_t token[SY_TOKEN_SIZE];
	char digits[SY_TOKEN_DIGITS + 1], path[SY_LINK_PATH_MAX + 1];
	for (size_t i = 0; i < sizeof token; i++) {
		seed = seed * 1103515245 + 12345;
		token[i] = (uint8_t)(seed >> 16);
	}
	sy_token_digits(token, digits);
	assert_int_equal(sy_link_path(false, item, lot, serial, path), SY_OK);
	struct sy_buf b;
	struct sy_symbol s;
	sy_buf_init(&b, SY_LINK_URL_MAX);
	sy_link_print(base, path, digits, &b);
	assert_int_equal(sy_symbol_make(sy_buf_span(&b), &s), SY_OK);
	assert_int_equal(s.side, 17 + 4 * s.version);
	sy_buf_done(&b);
	return s.version;
}

static void
versions(void **state)
{
	(void)state;
	static const char lot[] = "ABCDEFGHIJ1234567890";
	for (unsigned seed = 0; seed < 20; seed++) {
		assert_int_equal(version_of("HTTPS://Q.EXAMPLE.CN", "06901234567892", "ZY250917A", "K7Q2M9XW4T", seed), 8);
		assert_int_equal(version_of("HTTP://127.0.0.1:8080", "09521234567899", "ZY260917A", "K7Q2M9XW4T", seed), 8);
		/* Host and lot of 27 characters together: the announced border. */
		assert_int_equal(version_of("HTTPS://Q.EXAMPLE.CN", "06901234567892", "ABCDEFGHIJKLMNO", "ZZZZZZZZZZ", seed), 8);
		for (size_t n = 1; n <= 20; n++) {
			char code[21];
			(void)snprintf(code, sizeof code, "%.*s", (int)n, lot);
			assert_true(version_of("HTTPS://Q.EXAMPLE.CN", "06901234567892", code, "ZZZZZZZZZZ", seed) <= 9);
		}
	}
	assert_int_equal(version_of("https://q.example.cn", "06901234567892", "ZY250917A", "K7Q2M9XW4T", 1), 9); /* lower case costs one */
}

static void
modules(void **state)
{
	(void)state;
	struct sy_symbol s;
	assert_int_equal(sy_symbol_make(sy_span_str("HTTPS://Q.CN"), &s), SY_OK);
	/* A finder in three corners, none in the fourth; nothing outside. */
	assert_true(sy_symbol_dark(&s, 0, 0) && sy_symbol_dark(&s, s.side - 1, 0) && sy_symbol_dark(&s, 0, s.side - 1));
	assert_false(sy_symbol_dark(&s, s.side, 0) || sy_symbol_dark(&s, 0, s.side));
	unsigned x = 0, len;
	assert_true(sy_symbol_run(&s, 0, &x, &len));
	assert_int_equal(x, 0);
	assert_int_equal(len, 7);
	size_t dark = 0, in_runs = 0;
	for (unsigned y = 0; y < s.side; y++) {
		for (x = 0; x < s.side; x++)
			dark += sy_symbol_dark(&s, x, y);
		for (x = 0; sy_symbol_run(&s, y, &x, &len); x += len)
			in_runs += len;
	}
	assert_int_equal(dark, in_runs);
}

static void
refusals(void **state)
{
	(void)state;
	static char big[3000];
	struct sy_symbol s;
	memset(big, 'a', sizeof big);
	assert_int_equal(sy_symbol_make(sy_span_str(""), &s), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_symbol_make(sy_span(big, sizeof big), &s), SY_ERR_SYMBOL_TOO_LONG);
	assert_int_equal(sy_symbol_make(sy_span(big, 2331), &s), SY_OK);
	assert_int_equal(s.version, 40);
}

/* Every version of the table agrees with the library (encode() refuses otherwise). */
static void
every_version(void **state)
{
	(void)state;
	static char big[2400];
	struct sy_symbol s;
	unsigned seen = 0;
	memset(big, 'a', sizeof big);
	for (size_t n = 1; n <= 2331; n += n < 100 ? 1 : 7) {
		assert_int_equal(sy_symbol_make(sy_span(big, n), &s), SY_OK);
		assert_true(s.version == seen || s.version == seen + 1);
		seen = s.version;
	}
	assert_int_equal(seen, 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(versions), cmocka_unit_test(modules), cmocka_unit_test(refusals), cmocka_unit_test(every_version) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
