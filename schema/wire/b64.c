/* b64.c: see b64.h. Both alphabets differ only in the symbols 62 and 63. */
#include "schema/wire/b64.h"

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void
add(struct sy_buf *b, struct sy_span s, const char *alphabet, bool padded)
{
	if (s.len > SIZE_MAX / 2) {
		if (b->err == SY_OK)
			b->err = SY_ERR_TOO_LONG;
		return;
	}
	size_t tail = s.len % 3;
	size_t len = s.len / 3 * 4 + (tail == 0 ? 0 : padded ? 4 : tail + 1);
	uint8_t *room = sy_buf_room(b, len);
	if (room == NULL)
		return;
	size_t at = 0;
	for (size_t i = 0; i < s.len; i += 3) {
		size_t left = s.len - i;
		uint32_t v = (uint32_t)s.data[i] << 16;
		if (left > 1)
			v |= (uint32_t)s.data[i + 1] << 8;
		if (left > 2)
			v |= s.data[i + 2];
		for (size_t k = 0; k < 4 && k <= left; k++)
			room[at++] = (uint8_t)alphabet[v >> (18 - 6 * k) & 63];
	}
	while (at < len)
		room[at++] = '=';
	sy_buf_grew(b, len);
}

void
sy_b64_add(struct sy_buf *b, struct sy_span s)
{
	add(b, s, standard, true);
}

void
sy_b64url_add(struct sy_buf *b, struct sy_span s)
{
	add(b, s, url, false);
}

static int
value_of(uint8_t c, const char *alphabet)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == (uint8_t)alphabet[62])
		return 62;
	return c == (uint8_t)alphabet[63] ? 63 : -1;
}

/* text has no padding left. Writes text.len * 3 / 4 bytes. */
static enum sy_err
decode(struct sy_span text, const char *alphabet, uint8_t *ret, struct sy_fault *reterr)
{
	uint32_t v = 0;
	unsigned bits = 0;
	size_t at = 0;
	for (size_t i = 0; i < text.len; i++) {
		int d = value_of(text.data[i], alphabet);
		if (d < 0)
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
		v = v << 6 | (uint32_t)d;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			ret[at++] = (uint8_t)(v >> bits);
			v &= (1U << bits) - 1;
		}
	}
	if (text.len % 4 == 1)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", text.len, 0);
	/* RFC 4648 3.5: the bits left over must be zero, or one value had two spellings. */
	if (v != 0)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", text.len - 1, 1);
	return SY_OK;
}

static enum sy_err
parse(struct sy_span text, const char *alphabet, struct sy_buf *ret, struct sy_fault *reterr)
{
	size_t len = text.len / 4 * 3 + text.len % 4 * 3 / 4;
	uint8_t *room = sy_buf_room(ret, len);
	if (room == NULL)
		return sy_fault_at(reterr, ret->err, "", 0, 0);
	SY_TRY(decode(text, alphabet, room, reterr));
	sy_buf_grew(ret, len);
	return SY_OK;
}

enum sy_err
sy_b64_parse(struct sy_span text, struct sy_buf *ret, struct sy_fault *reterr)
{
	if (text.len % 4 != 0)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", text.len, 0);
	if (text.len > 0 && text.data[text.len - 1] == '=')
		text.len -= text.data[text.len - 2] == '=' ? 2 : 1;
	return parse(text, standard, ret, reterr);
}

enum sy_err
sy_b64url_parse(struct sy_span text, struct sy_buf *ret, struct sy_fault *reterr)
{
	return parse(text, url, ret, reterr);
}

enum sy_err
sy_b64url_parse_fixed(struct sy_span text, uint8_t *ret, size_t len, struct sy_fault *reterr)
{
	size_t want = len / 3 * 4 + (len % 3 == 0 ? 0 : len % 3 + 1);
	if (text.len < want)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", text.len, 0);
	if (text.len > want)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", want, text.len - want);
	return decode(text, url, ret, reterr);
}
