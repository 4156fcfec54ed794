/* symbol.c: see symbol.h. */
#include "tagger/symbol.h"

#include "tagger/mask.h"
#include "tagger/segment.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

/* Nine tenths of the library's time go into weighing masks; with a mask given it weighs none. It exports this
 * function and does not declare it: CMakeLists.txt looks whether it is there. */
#ifdef SUYUAN_ENCODE_MASK
#define HAVE_ENCODE_MASK true
extern QRcode *QRcode_encodeMask(QRinput *input, int mask);
#else
#define HAVE_ENCODE_MASK false
#define QRcode_encodeMask(input, mask) QRcode_encodeInput(input)
#endif

static void
input_freep(QRinput **p)
{
	if (*p != NULL)
		QRinput_free(*p);
}

static void
code_freep(QRcode **p)
{
	if (*p != NULL)
		QRcode_free(*p);
}

/* The first `side` bits of a row, first module in bit 63. */
static void
put_row(struct sy_symbol *s, unsigned y, uint64_t row)
{
	size_t at = (size_t)y * s->side;
	uint8_t *to = s->bits + at / 8;
	for (unsigned i = 0; i < 8; i++)
		to[i] |= (uint8_t)(row >> (56 - 8 * i) >> at % 8);
	if (at % 8 != 0)
		for (unsigned i = 0; i < 8; i++)
			to[i + 1] |= (uint8_t)(row >> (56 - 8 * i) << (8 - at % 8));
}

static enum sy_err
encode(struct sy_span text, const struct sy_segments *segs, unsigned version, struct sy_symbol *ret)
{
	static const QRencodeMode modes[] = { QR_MODE_NUM, QR_MODE_AN, QR_MODE_8 };
	SY_CLEANUP(input_freep) QRinput *input = QRinput_new2((int)version, QR_ECLEVEL_M);
	if (input == NULL)
		return SY_ERR_NO_MEMORY;
	for (size_t i = 0; i < segs->n; i++)
		if (QRinput_append(input, modes[segs->at[i].mode], segs->at[i].len, text.data + segs->at[i].from) != 0)
			return errno == ENOMEM ? SY_ERR_NO_MEMORY : SY_ERR_INTERNAL;
	bool ours = HAVE_ENCODE_MASK && 17 + 4 * version <= SY_MASK_SIDE_MAX;
	SY_CLEANUP(code_freep) QRcode *code = ours ? QRcode_encodeMask(input, 0) : QRcode_encodeInput(input);
	if (code == NULL)
		return errno == ENOMEM ? SY_ERR_NO_MEMORY : SY_ERR_INTERNAL;
	if ((unsigned)code->version != version || code->width > SY_SYMBOL_SIDE_MAX)
		return SY_ERR_INTERNAL; /* our table and the library's would differ */
	memset(ret, 0, sizeof *ret);
	ret->version = version;
	ret->side = (unsigned)code->width;
	if (ours) {
		struct sy_grid grid;
		sy_mask_load(code->data, ret->side, &grid);
		(void)sy_mask_choose(&grid);
		for (unsigned y = 0; y < ret->side; y++)
			put_row(ret, y, grid.row[y]);
		return SY_OK;
	}
	for (size_t i = 0; i < (size_t)ret->side * ret->side; i++)
		if ((code->data[i] & 1) != 0)
			ret->bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
	return SY_OK;
}

static void
segments_freep(struct sy_segments **p)
{
	free(*p);
}

enum sy_err
sy_symbol_make(struct sy_span text, struct sy_symbol *ret)
{
	static const unsigned first[] = { 1, 10, 27, 41 };
	SY_CLEANUP(segments_freep) struct sy_segments *segs = malloc(sizeof *segs);
	if (segs == NULL)
		return SY_ERR_NO_MEMORY;
	for (unsigned group = 0; group < 3; group++) {
		SY_TRY(sy_segments_choose(text, group, segs));
		for (unsigned v = first[group]; v < first[group + 1]; v++)
			if (segs->bits <= sy_segments_capacity(v))
				return encode(text, segs, v, ret);
	}
	return SY_ERR_SYMBOL_TOO_LONG;
}

bool
sy_symbol_dark(const struct sy_symbol *s, unsigned x, unsigned y)
{
	if (x >= s->side || y >= s->side)
		return false;
	size_t i = (size_t)y * s->side + x;
	return (s->bits[i / 8] & 0x80 >> i % 8) != 0;
}

bool
sy_symbol_run(const struct sy_symbol *s, unsigned y, unsigned *x, unsigned *retlen)
{
	while (*x < s->side && !sy_symbol_dark(s, *x, y))
		(*x)++;
	unsigned end = *x;
	while (sy_symbol_dark(s, end, y))
		end++;
	*retlen = end - *x;
	return *retlen > 0;
}
