/* General FF1: NIST's samples, wycheproof's cases, and what it refuses. */
#include "vectors.h"

#include "certs/serial.h"

static uint16_t
numeral(char c)
{
	return (uint16_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* R: NIST SP 800-38G, FF1 samples 1 to 9 */
static void
nist_samples(void **state)
{
	(void)state;
	char *text = vectors_read("nist-ff1/samples.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 5);
		uint32_t radix = (uint32_t)strtoul(w[0], NULL, 10);
		struct sy_span key = vectors_hex(w[1]), tweak = vectors_hex(w[2]);
		size_t len = strlen(w[3]);
		uint16_t plain[32], cipher[32], got[32];
		for (size_t i = 0; i < len; i++) {
			plain[i] = numeral(w[3][i]);
			cipher[i] = numeral(w[4][i]);
		}
		assert_int_equal(sy_ff1(true, key, tweak, radix, plain, got, len), SY_OK);
		assert_memory_equal(got, cipher, 2 * len);
		assert_int_equal(sy_ff1(false, key, tweak, radix, cipher, got, len), SY_OK);
		assert_memory_equal(got, plain, 2 * len);
		count++;
	}
	assert_int_equal(count, 9);
	free(text);
}

static size_t
numerals(char *word, uint16_t *ret)
{
	struct sy_span s = vectors_hex(word);
	assert_true(s.len <= 128);
	for (size_t i = 0; i < s.len / 2; i++)
		ret[i] = (uint16_t)(s.data[2 * i] << 8 | s.data[2 * i + 1]);
	return s.len / 2;
}

static bool
domain_too_small(uint32_t radix, size_t n)
{
	uint64_t d = 1;
	for (size_t i = 0; i < n && d < 1000000; i++)
		d *= radix;
	return d < 1000000;
}

/* Cases in a domain below 1,000,000 are right for the first edition of SP 800-38G and refused since its revision 1. */
static void
wycheproof(void **state)
{
	(void)state;
	char *text = vectors_read("wycheproof/ff1.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0, small = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 7);
		uint32_t radix = (uint32_t)strtoul(w[0], NULL, 10);
		struct sy_span key = vectors_hex(w[3]), tweak = vectors_hex(w[4]);
		uint16_t plain[64], cipher[64], got[64];
		size_t len = numerals(w[5], plain);
		enum sy_err err = sy_ff1(true, key, tweak, radix, plain, got, len);
		count++;
		if (strcmp(w[2], "valid") != 0) {
			assert_int_not_equal(err, SY_OK);
			continue;
		}
		assert_int_equal(numerals(w[6], cipher), len);
		if (domain_too_small(radix, len)) {
			assert_int_equal(err, SY_ERR_TOO_SHORT);
			small++;
			continue;
		}
		if (err != SY_OK || memcmp(got, cipher, 2 * len) != 0)
			fail_msg("radix %s case %s: %s", w[0], w[1], sy_err_slug(err));
		assert_int_equal(sy_ff1(false, key, tweak, radix, cipher, got, len), SY_OK);
		assert_memory_equal(got, plain, 2 * len);
	}
	assert_int_equal(count, 364);
	assert_true(small < count / 10);
	free(text);
}

/* R: SP 800-38G rev. 1 5.1: radix^minlen >= 1,000,000 */
static void
refuses(void **state)
{
	(void)state;
	const uint8_t key[33] = { 1 };
	const struct sy_span k = sy_span(key, 32), none = sy_span(NULL, 0);
	const uint16_t in[10] = { 0 }, high[10] = { [9] = 32 };
	uint16_t out[10];
	assert_int_equal(sy_ff1(true, k, none, 10, in, out, 5), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_ff1(true, k, none, 10, in, out, 6), SY_OK);
	assert_int_equal(sy_ff1(true, k, none, 999, in, out, 2), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_ff1(true, k, none, 1000, in, out, 2), SY_OK);
	assert_int_equal(sy_ff1(true, k, none, 65536, in, out, 1), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_ff1(true, k, none, 1, in, out, 10), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_ff1(true, k, none, 65537, in, out, 10), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_ff1(true, k, none, 32, high, out, 10), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_ff1(true, sy_span(key, 33), none, 32, in, out, 10), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_ff1(true, none, none, 32, in, out, 10), SY_ERR_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist_samples),
		cmocka_unit_test(wycheproof),
		cmocka_unit_test(refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
