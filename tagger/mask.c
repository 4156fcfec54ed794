/* mask.c: see mask.h. All eight masks are periodic in 12 modules both ways. Rows and columns are one list of lines,
 * and a line is weighed by the same few word operations wherever its runs lie: compilers make vectors of that. */
#include "tagger/mask.h"

#include <string.h>

#define SIDE_MIN 21 /* version 1 */

enum { N1 = 3, N2 = 3, N3 = 40, N4 = 10 }; /* ISO/IEC 18004 table 11 */

/* Modules that mask k turns, in row y mod 12; bit 11 is x = 0 (ISO/IEC 18004 table 10). */
static const uint16_t turned_rows[SY_MASKS][12] = {
	{ 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555 },
	{ 0xfff, 0x000, 0xfff, 0x000, 0xfff, 0x000, 0xfff, 0x000, 0xfff, 0x000, 0xfff, 0x000 },
	{ 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924, 0x924 },
	{ 0x924, 0x249, 0x492, 0x924, 0x249, 0x492, 0x924, 0x249, 0x492, 0x924, 0x249, 0x492 },
	{ 0xe38, 0xe38, 0x1c7, 0x1c7, 0xe38, 0xe38, 0x1c7, 0x1c7, 0xe38, 0xe38, 0x1c7, 0x1c7 },
	{ 0xfff, 0x820, 0x924, 0xaaa, 0x924, 0x820, 0xfff, 0x820, 0x924, 0xaaa, 0x924, 0x820 },
	{ 0xfff, 0xe38, 0xdb6, 0xaaa, 0xb6d, 0x8e3, 0xfff, 0xe38, 0xdb6, 0xaaa, 0xb6d, 0x8e3 },
	{ 0xaaa, 0x1c7, 0x8e3, 0x555, 0xe38, 0x71c, 0xaaa, 0x1c7, 0x8e3, 0x555, 0xe38, 0x71c },
};
static const uint16_t turned_columns[SY_MASKS][12] = {
	{ 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555, 0xaaa, 0x555 },
	{ 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa, 0xaaa },
	{ 0xfff, 0x000, 0x000, 0xfff, 0x000, 0x000, 0xfff, 0x000, 0x000, 0xfff, 0x000, 0x000 },
	{ 0x924, 0x249, 0x492, 0x924, 0x249, 0x492, 0x924, 0x249, 0x492, 0x924, 0x249, 0x492 },
	{ 0xccc, 0xccc, 0xccc, 0x333, 0x333, 0x333, 0xccc, 0xccc, 0xccc, 0x333, 0x333, 0x333 },
	{ 0xfff, 0x820, 0x924, 0xaaa, 0x924, 0x820, 0xfff, 0x820, 0x924, 0xaaa, 0x924, 0x820 },
	{ 0xfff, 0xe38, 0xdb6, 0xaaa, 0xb6d, 0x8e3, 0xfff, 0xe38, 0xdb6, 0xaaa, 0xb6d, 0x8e3 },
	{ 0xaaa, 0x1c7, 0x8e3, 0x555, 0xe38, 0x71c, 0xaaa, 0x1c7, 0x8e3, 0x555, 0xe38, 0x71c },
};

static uint64_t
repeat(uint16_t twelve)
{
	uint64_t p = twelve;
	return p << 52 | p << 40 | p << 28 | p << 16 | p << 4 | p >> 8;
}

/* The 15 bits of level M and this mask (7.9): BCH(15,5), then the fixed pattern over it. */
static unsigned
format_of(unsigned mask)
{
	unsigned rest = mask << 10; /* level M is 00 */
	for (unsigned i = 14; i >= 10; i--)
		if ((rest >> i & 1) != 0)
			rest ^= 0x537u << (i - 10);
	return (mask << 10 | rest) ^ 0x5412u;
}

static void
set(uint64_t *row, uint64_t *column, unsigned x, unsigned y, unsigned dark)
{
	row[y] = (row[y] & ~(UINT64_C(1) << (63 - x))) | (uint64_t)dark << (63 - x);
	column[x] = (column[x] & ~(UINT64_C(1) << (63 - y))) | (uint64_t)dark << (63 - y);
}

/* Both copies (figure 25). */
static void
write_format(uint64_t *row, uint64_t *column, unsigned side, unsigned bits)
{
	for (unsigned i = 0; i < 8; i++) {
		set(row, column, side - 1 - i, 8, bits >> i & 1);
		set(row, column, 8, i < 6 ? i : i + 1, bits >> i & 1);
	}
	for (unsigned i = 8; i < 15; i++) {
		set(row, column, 8, side - 15 + i, bits >> i & 1);
		set(row, column, i == 8 ? 7 : 14 - i, 8, bits >> i & 1);
	}
}

/* Rows into columns: 64 x 64 bits turned over the diagonal, in halves of halves (Warren, Hacker's Delight 7-3). */
static void
transpose(const uint64_t *rows, uint64_t *ret)
{
	uint64_t m = UINT64_C(0xffffffff);
	memcpy(ret, rows, 64 * sizeof *ret);
	for (unsigned j = 32; j != 0; j >>= 1, m ^= m << j) {
		for (unsigned k = 0; k < 64; k = (k + j + 1) & ~j) {
			uint64_t t = (ret[k] ^ (ret[k + j] >> j)) & m;
			ret[k] ^= t;
			ret[k + j] ^= t << j;
		}
	}
}

void
sy_mask_load(const uint8_t *modules, unsigned side, struct sy_grid *ret)
{
	memset(ret, 0, sizeof *ret);
	if (side < SIDE_MIN || side > SY_MASK_SIDE_MAX)
		return; /* no symbol has that side: a grid without one */
	ret->side = side;
	for (unsigned y = 0; y < side; y++) {
		uint64_t dark = 0, function = 0;
		for (unsigned x = 0; x < side; x++, modules++) {
			dark = dark << 1 | (*modules & 1u);
			function = function << 1 | *modules >> 7;
		}
		ret->free_row[y] = ~function << (64 - side);
		ret->row[y] = dark << (64 - side) ^ (repeat(turned_rows[0][y % 12]) & ret->free_row[y]);
	}
	transpose(ret->free_row, ret->free_column);
	transpose(ret->row, ret->column);
	write_format(ret->row, ret->column, side, 0);
}

/* How many bits are set in each byte. */
static uint64_t
per_byte(uint64_t v)
{
	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
	return (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
}

/* Bytes into four sums of 16 bits. */
static uint64_t
per_half(uint64_t v)
{
	return (v & UINT64_C(0x00ff00ff00ff00ff)) + (v >> 8 & UINT64_C(0x00ff00ff00ff00ff));
}

static unsigned
sum(uint64_t halves)
{
	return (unsigned)((halves & 0xffff) + (halves >> 16 & 0xffff) + (halves >> 32 & 0xffff) + (halves >> 48));
}

/* Runs of five and more, and dark 1:1:3:1:1 with four light beside it (outside of the symbol all is light). A run of
 * n is n - 4 bits of `five` in one group. retlarge: not zero where a line may have a larger finder pattern, which is rare. */
static unsigned
weigh_lines(const uint64_t *restrict line, unsigned n, uint64_t valid, uint64_t *restrict retlarge)
{
	uint64_t all = 0;
	for (unsigned i = 0; i < n; i++) {
		uint64_t r = line[i];
		uint64_t five = ~(r ^ r << 1) & valid;
		five &= five << 1;
		five &= five << 2;
		uint64_t first = five & ~(five >> 1);
		uint64_t finder = r & ~(r << 1) & r << 2 & r << 3 & r << 4 & ~(r << 5) & r << 6 & ~(r >> 1) & ~(r << 7);
		finder &= ~(r >> 2 | r >> 3 | r >> 4) | ~(r << 8 | r << 9 | r << 10);
		uint64_t three = r & r << 1 & r << 2, six = three & three << 3;
		uint64_t twice = six & ~(r >> 1 | r >> 2 | r << 6 | r << 7) & r >> 3 & r >> 4 & r << 8 & r << 9;
		retlarge[i] = twice | (six & three << 6);
		/* In a byte: at most 8 + 2 * 4 + 40 * 2. */
		all += per_half(per_byte(five) + (N1 - 1) * per_byte(first) + N3 * per_byte(finder));
	}
	return sum(all);
}

/* The finder pattern twice, thrice ... as large. */
static unsigned
weigh_large(uint64_t r)
{
	uint64_t three = r & r << 1 & r << 2, six = three & three << 3;
	unsigned found = 0;
	for (unsigned f = 2; six != 0 && 7 * f <= SY_MASK_SIDE_MAX; f++) {
		/* A dark run of exactly 3f, f light on both sides, f dark beside these, light beside those. */
		uint64_t hit = six & ~(r >> 1) & ~(r << 3 * f);
		for (unsigned i = 1; i <= f && hit != 0; i++)
			hit &= ~(r >> i) & ~(r << (3 * f - 1 + i)) & r >> (f + i) & r << (4 * f - 1 + i);
		hit &= ~(r >> (2 * f + 1)) & ~(r << 5 * f);
		if (hit != 0) {
			uint64_t before = hit, after = hit;
			for (unsigned i = 2; i <= 4 * f; i++) {
				before &= 2 * f + i < 64 ? ~(r >> (2 * f + i)) : ~UINT64_C(0);
				after &= 5 * f - 1 + i < 64 ? ~(r << (5 * f - 1 + i)) : ~UINT64_C(0);
			}
			for (uint64_t rest = before | after; rest != 0; rest &= rest - 1)
				found++;
		}
		/* To runs of three more. */
		six &= r << 3 * f & r << (3 * f + 1) & r << (3 * f + 2);
	}
	return found;
}

/* Blocks of 2 x 2 of one colour, and the share of dark modules. */
static unsigned
weigh_area(const uint64_t *row, unsigned side, uint64_t valid)
{
	uint64_t blocks = 0, dark = per_half(per_byte(row[side - 1]));
	for (unsigned y = 0; y + 1 < side; y++) {
		uint64_t other = row[y] ^ row[y + 1], same = ~(row[y] ^ row[y] << 1) & ~(other | other << 1) & valid;
		blocks += per_half(per_byte(same));
		dark += per_half(per_byte(row[y]));
	}
	unsigned area = side * side, percent = (200 * sum(dark) + area) / area / 2;
	unsigned off = percent > 50 ? percent - 50 : 50 - percent;
	return N2 * sum(blocks) + off / 5 * N4;
}

/* g under mask k, rows then columns. */
static void
lay(const struct sy_grid *g, unsigned k, uint64_t *line)
{
	for (unsigned i = 0; i < g->side; i++) {
		line[i] = g->row[i] ^ (repeat(turned_rows[k][i % 12]) & g->free_row[i]);
		line[g->side + i] = g->column[i] ^ (repeat(turned_columns[k][i % 12]) & g->free_column[i]);
	}
	write_format(line, line + g->side, g->side, format_of(k));
}

static unsigned
weigh(const struct sy_grid *g, unsigned k, uint64_t *line)
{
	uint64_t large[2 * SY_MASK_SIDE_MAX], valid = ~UINT64_C(0) << (65 - g->side);
	lay(g, k, line);
	unsigned weight = weigh_area(line, g->side, valid) + weigh_lines(line, 2 * g->side, valid, large);
	for (unsigned i = 0; i < 2 * g->side; i++)
		if (large[i] != 0)
			weight += N3 * weigh_large(line[i]);
	return weight;
}

unsigned
sy_mask_choose(struct sy_grid *g)
{
	uint64_t line[2][2 * SY_MASK_SIDE_MAX] = { { 0 } };
	if (g->side < SIDE_MIN || g->side > SY_MASK_SIDE_MAX)
		return 0;
	unsigned best = 0, kept = 0, least = weigh(g, 0, line[0]);
	for (unsigned k = 1; k < SY_MASKS; k++) {
		unsigned weight = weigh(g, k, line[1 - kept]);
		if (weight >= least) /* of equals the first */
			continue;
		least = weight;
		best = k;
		kept = 1 - kept;
	}
	memcpy(g->row, line[kept], g->side * sizeof g->row[0]);
	return best;
}
