/* R: ISO/IEC 18004 7.4.3 to 7.4.5 (bits of a segment), table 7 (capacities): no cut of a text takes fewer bits than ours. */
#include "tagger/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t count_bits[3][3] = { { 10, 9, 8 }, { 12, 11, 16 }, { 14, 13, 16 } };

/* Bits by the standard's own formulas, or 0 where the mode cannot hold the text. */
static size_t
bits_of(const char *s, size_t n, unsigned mode, unsigned group)
{
	static const size_t tail[] = { 0, 4, 7 };
	for (size_t i = 0; i < n; i++) {
		if (mode == 0 && (s[i] < '0' || s[i] > '9'))
			return 0;
		if (mode == 1 && strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", s[i]) == NULL)
			return 0;
	}
	size_t head = 4 + (size_t)count_bits[group][mode];
	if (mode == 0)
		return head + n / 3 * 10 + tail[n % 3];
	return mode == 1 ? head + n / 2 * 11 + n % 2 * 6 : head + n * 8;
}

/* Every cut and every choice of modes. */
static size_t
brute(const char *s, size_t n, unsigned group)
{
	if (n == 0)
		return 0;
	size_t best = SIZE_MAX;
	for (size_t cut = 1; cut <= n; cut++) {
		size_t rest = brute(s + cut, n - cut, group);
		for (unsigned mode = 0; mode < 3; mode++) {
			size_t b = bits_of(s, cut, mode, group);
			if (b != 0 && b + rest < best)
				best = b + rest;
		}
	}
	return best;
}

static struct sy_segments segs;

static void
check_cover(const char *s, size_t n, unsigned group)
{
	size_t at = 0, bits = 0;
	for (size_t i = 0; i < segs.n; i++) {
		assert_int_equal(segs.at[i].from, at);
		size_t b = bits_of(s + at, segs.at[i].len, segs.at[i].mode, group);
		assert_true(b > 0);
		bits += b;
		at += segs.at[i].len;
	}
	assert_int_equal(at, n);
	assert_int_equal(bits, segs.bits);
}

static void
never_beaten(void **state)
{
	(void)state;
	static const char alphabet[] = "01234567ABC/:.?=ab";
	uint32_t seed = 1;
	for (unsigned round = 0; round < 150; round++) {
		char s[12];
		seed = seed * 1103515245 + 12345;
		size_t n = 1 + (seed >> 16) % 11;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			/* Runs, so that switching is sometimes worth it. */
			s[i] = i > 0 && (seed >> 20) % 3 != 0 ? s[i - 1] : alphabet[(seed >> 16) % (sizeof alphabet - 1)];
		}
		for (unsigned group = 0; group < 3; group++) {
			assert_int_equal(sy_segments_choose(sy_span(s, n), group, &segs), SY_OK);
			check_cover(s, n, group);
			assert_int_equal(segs.bits, brute(s, n, group));
		}
	}
}

/* Long texts: never more bits than any cut into at most two segments. */
static void
long_texts(void **state)
{
	(void)state;
	char s[300];
	uint32_t seed = 7;
	for (unsigned round = 0; round < 40; round++) {
		size_t upper = 20 + round;
		for (size_t i = 0; i < sizeof s; i++) {
			seed = seed * 1103515245 + 12345;
			s[i] = i < upper ? "ABCXYZ/.:09"[(seed >> 16) % 11] : (char)('0' + (seed >> 16) % 10);
		}
		for (unsigned group = 0; group < 3; group++) {
			assert_int_equal(sy_segments_choose(sy_span(s, sizeof s), group, &segs), SY_OK);
			check_cover(s, sizeof s, group);
			for (size_t cut = 0; cut < sizeof s; cut++)
				for (unsigned a = 0; a < 3; a++)
					for (unsigned b = 0; b < 3; b++) {
						size_t left = cut == 0 ? 0 : bits_of(s, cut, a, group), right = bits_of(s + cut, sizeof s - cut, b, group);
						if ((cut != 0 && left == 0) || right == 0)
							continue;
						assert_true(segs.bits <= left + right);
					}
		}
	}
}

static void
refusals(void **state)
{
	(void)state;
	static char big[SY_SEGMENT_TEXT_MAX + 1];
	memset(big, 'a', sizeof big);
	assert_int_equal(sy_segments_choose(sy_span("", 0), 0, &segs), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_segments_choose(sy_span("1", 1), 3, &segs), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_segments_choose(sy_span(big, sizeof big), 2, &segs), SY_ERR_SYMBOL_TOO_LONG);
	assert_int_equal(sy_segments_choose(sy_span(big, sizeof big - 1), 2, &segs), SY_OK);
	assert_true(segs.bits <= sy_segments_capacity(40));
	assert_int_equal(sy_segments_capacity(0), 0);
	assert_int_equal(sy_segments_capacity(41), 0);
	assert_int_equal(sy_segments_capacity(8), 154 * 8);
	/* NUL is a byte and never alphanumeric. */
	assert_int_equal(sy_segments_choose(sy_span("A\0B", 3), 0, &segs), SY_OK);
	assert_int_equal(segs.bits, 4 + 8 + 24);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(never_beaten), cmocka_unit_test(long_texts), cmocka_unit_test(refusals) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
