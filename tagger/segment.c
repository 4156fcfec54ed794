/* segment.c: see segment.h. Dynamic programming over (character, mode). Costs are counted in
 * sixths of a bit, because 3 digits take 10 bits and 2 alphanumerics 11; a segment's end rounds up. */
#include "tagger/segment.h"

#include <string.h>

#define MODES 3
#define NONE UINT32_MAX

static const uint8_t count_bits[3][MODES] = { { 10, 9, 8 }, { 12, 11, 16 }, { 14, 13, 16 } };
static const uint8_t char_cost[MODES] = { 20, 33, 48 };

/* Data codewords at level M, versions 1 to 40. */
static const uint16_t codewords[] = { 16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669, 714, 782, 860,
	914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914, 1992, 2102, 2216, 2334 };

size_t
sy_segments_capacity(unsigned version)
{
	return version < 1 || version > SY_LEN(codewords) ? 0 : codewords[version - 1] * (size_t)8;
}

static bool
fits_mode(uint8_t c, enum sy_segment_mode mode)
{
	if (mode == SY_SEGMENT_BYTE || (c >= '0' && c <= '9'))
		return true;
	return mode == SY_SEGMENT_ALPHANUMERIC && ((c >= 'A' && c <= 'Z') || (c != '\0' && strchr(" $%*+-./:", c) != NULL));
}

static uint32_t
whole(uint32_t sixths)
{
	return (sixths + 5) / 6 * 6;
}

/* Walks back along `came` and writes the segments in order. */
static void
collect(struct sy_span text, const uint8_t came[][MODES], unsigned mode, struct sy_segments *ret)
{
	uint8_t of[SY_SEGMENT_TEXT_MAX] = { 0 };
	for (size_t i = text.len; i-- > 0;) {
		of[i] = (uint8_t)mode;
		mode = came[i][mode];
	}
	ret->n = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (i == 0 || of[i] != of[i - 1])
			ret->at[ret->n++] = (struct sy_segment){ .mode = (enum sy_segment_mode)of[i], .from = (uint16_t)i };
		ret->at[ret->n - 1].len++;
	}
}

enum sy_err
sy_segments_choose(struct sy_span text, unsigned group, struct sy_segments *ret)
{
	uint8_t came[SY_SEGMENT_TEXT_MAX][MODES] = { { 0 } };
	uint32_t cost[MODES] = { NONE, NONE, NONE };
	if (text.len == 0 || group > 2)
		return SY_ERR_TOO_SHORT;
	if (text.len > SY_SEGMENT_TEXT_MAX)
		return SY_ERR_SYMBOL_TOO_LONG;
	for (size_t i = 0; i < text.len; i++) {
		uint32_t next[MODES] = { NONE, NONE, NONE };
		for (unsigned m = 0; m < MODES; m++) {
			if (!fits_mode(text.data[i], (enum sy_segment_mode)m))
				continue;
			/* Stay, or end the segment of another mode and begin one here. */
			for (unsigned p = 0; p < MODES; p++) {
				if (i > 0 && cost[p] == NONE)
					continue;
				uint32_t c = i > 0 && p == m ? cost[p] : (i == 0 ? 0 : whole(cost[p])) + (4 + (uint32_t)count_bits[group][m]) * 6;
				if (c + char_cost[m] < next[m]) {
					next[m] = c + char_cost[m];
					came[i][m] = (uint8_t)p;
				}
			}
		}
		memcpy(cost, next, sizeof cost);
	}
	unsigned best = SY_SEGMENT_BYTE;
	for (unsigned m = 0; m < MODES; m++)
		if (cost[m] != NONE && whole(cost[m]) < whole(cost[best]))
			best = m;
	ret->bits = whole(cost[best]) / 6;
	collect(text, (const uint8_t(*)[MODES])came, best, ret);
	return SY_OK;
}
