/* R: ISO/IEC 18004 7.8 and 7.9. The mask that we choose, its format information and every module are those of
 * libqrencode's own symbol, in every one of thousands of cases. */
#include "tagger/mask.h"

#include "tagger/symbol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Which mask the library chose stands in its format information. */
static unsigned
mask_of(const QRcode *c)
{
	unsigned bits = 0;
	for (int i = 0; i < 3; i++)
		bits = bits << 1 | (c->data[8 * c->width + 2 + i] & 1u);
	return bits ^ (0x5412u >> 10 & 7);
}

/* The library's own symbol and ours, of one text in one mode. */
static void
compare(const uint8_t *text, size_t len, QRencodeMode mode, int version, size_t *masks)
{
	QRinput *input = QRinput_new2(version, QR_ECLEVEL_M);
	assert_int_equal(QRinput_append(input, mode, (int)len, text), 0);
	QRcode *code = QRcode_encodeInput(input);
	assert_non_null(code);
	unsigned chosen = mask_of(code);
	masks[chosen]++;
	struct sy_symbol s;
	assert_int_equal(sy_symbol_make(sy_span(text, len), &s), SY_OK);
	assert_int_equal(s.version, version);
	assert_int_equal(s.side, code->width);
	for (unsigned i = 0; i < s.side * s.side; i++)
		if (sy_symbol_dark(&s, i % s.side, i / s.side) != ((code->data[i] & 1) != 0))
			fail_msg("version %d, library's mask %u: module %u, %u", version, chosen, i % s.side, i / s.side);
	QRcode_free(code);
	QRinput_free(input);
}

static void
same_symbols(void **state)
{
	(void)state;
	/* Bytes at level M and what one mode alone of them holds; all one-segment texts, so that the cut is the library's too. */
	static const int room[] = { 0, 14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251 };
	size_t masks[SY_MASKS] = { 0 };
	uint32_t seed = 7;
	uint8_t text[700];
	for (unsigned n = 0; n < 3000; n++) {
		int version = (int)(n % 11) + 1;
		size_t len = (size_t)(room[version] - (int)(next(&seed) % (unsigned)(room[version] - room[version - 1])));
		for (size_t i = 0; i < len; i++)
			text[i] = (uint8_t)("abcdefghijklmnopqrstuvwxyz!#&'()"[next(&seed) % 32]);
		compare(text, len, QR_MODE_8, version, masks);
	}
	for (unsigned k = 0; k < SY_MASKS; k++)
		assert_true(masks[k] > 50);
}

/* Digits over and over make large even areas: long runs, large finder patterns, equal weights. */
static void
dull_symbols(void **state)
{
	(void)state;
	static const int room[] = { 0, 34, 63, 101, 149, 202, 255, 293, 365, 432, 513, 604 };
	size_t masks[SY_MASKS] = { 0 };
	uint8_t text[700];
	uint32_t seed = 9;
	for (unsigned n = 0; n < 2000; n++) {
		int version = (int)(n % 11) + 1;
		size_t len = (size_t)room[version], period = 1 + next(&seed) % 24;
		for (size_t i = 0; i < len; i++)
			text[i] = (uint8_t)(i < period ? '0' + next(&seed) % (n % 2 == 0 ? 2 : 10) : text[i - period]);
		compare(text, len, QR_MODE_NUM, version, masks);
	}
}

/* The same for grids that no text makes: white, black, stripes of every width, noise of every density. */
static void
any_grid(void **state)
{
	(void)state;
	struct sy_grid g;
	uint32_t seed = 11;
	static uint8_t modules[SY_MASK_SIDE_MAX * SY_MASK_SIDE_MAX];
	for (unsigned n = 0; n < 2000; n++) {
		unsigned side = 21 + 4 * (n % 11), wide = 1 + next(&seed) % 9, dense = next(&seed) % 9;
		for (unsigned i = 0; i < side * side; i++) {
			unsigned x = i % side, y = i / side;
			bool dark = n % 3 == 0 ? x / wide % 2 == 0 : n % 3 == 1 ? (y / wide + x / wide) % 2 == 0 : next(&seed) % 8 < dense;
			modules[i] = (uint8_t)(dark | (next(&seed) % 4 == 0 ? 0x80 : 0));
		}
		sy_mask_load(modules, side, &g);
		/* Rows and columns say the same; nothing lies beside the symbol. */
		for (unsigned i = 0; i < side * side; i++) {
			unsigned x = i % side, y = i / side;
			assert_int_equal(g.row[y] >> (63 - x) & 1, g.column[x] >> (63 - y) & 1);
			assert_int_equal(g.free_row[y] >> (63 - x) & 1, g.free_column[x] >> (63 - y) & 1);
		}
		assert_true(sy_mask_choose(&g) < SY_MASKS);
		for (unsigned y = 0; y < side; y++)
			assert_int_equal(g.row[y] << side, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(same_symbols), cmocka_unit_test(dull_symbols), cmocka_unit_test(any_grid) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
