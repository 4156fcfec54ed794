/* hex.c: see hex.h. */
#include "schema/wire/hex.h"

static const char digits[] = "0123456789abcdef";

void
sy_hex_print(struct sy_span s, char *ret)
{
	for (size_t i = 0; i < s.len; i++) {
		ret[2 * i] = digits[s.data[i] >> 4];
		ret[2 * i + 1] = digits[s.data[i] & 15];
	}
	ret[2 * s.len] = '\0';
}

void
sy_hex_add(struct sy_buf *b, struct sy_span s)
{
	if (s.len > SIZE_MAX / 2) {
		if (b->err == SY_OK)
			b->err = SY_ERR_TOO_LONG;
		return;
	}
	/* sy_buf_room keeps one byte more for the NUL. */
	uint8_t *room = sy_buf_room(b, 2 * s.len);
	if (room == NULL)
		return;
	sy_hex_print(s, (char *)room);
	sy_buf_grew(b, 2 * s.len);
}

static int
value_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

enum sy_err
sy_hex_parse(struct sy_span text, uint8_t *ret, size_t len, struct sy_fault *reterr)
{
	for (size_t i = 0; i < text.len && i / 2 < len; i++) {
		int v = value_of(text.data[i]);
		if (v < 0)
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
		ret[i / 2] = (uint8_t)(i % 2 == 0 ? v * 16 : ret[i / 2] + v);
	}
	if (text.len < 2 * len)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "", text.len, 0);
	if (text.len > 2 * len)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", 2 * len, text.len - 2 * len);
	return SY_OK;
}
