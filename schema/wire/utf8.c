/* utf8.c: see utf8.h. */
#include "schema/wire/utf8.h"

/* RFC 3629 section 4: length by the first byte, least value by length. */
int32_t
sy_utf8_next(struct sy_span text, size_t *offset)
{
	if (*offset >= text.len)
		return -1;
	const uint8_t *p = text.data + *offset;
	size_t left = text.len - *offset;
	if (p[0] < 0x80) {
		*offset += 1;
		return p[0];
	}
	size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || left < len)
		return -1;
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int32_t c = p[0] & (0x7F >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return -1;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return -1;
	*offset += len;
	return c;
}

/* Bidirectional overrides can make a label say other than its bytes; at U+2028 and U+2029 some
 * readers of a file of lines begin a new one, and a byte order mark is not seen at all. */
static bool
allowed(int32_t c, bool lines)
{
	if (c == '\n')
		return lines;
	if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
		return false;
	if ((c & 0xFFFE) == 0xFFFE)
		return false;
	return !((c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF);
}

enum sy_err
sy_utf8_check(struct sy_span text, bool lines, struct sy_fault *reterr)
{
	size_t at = 0;
	while (at < text.len) {
		size_t start = at;
		int32_t c = sy_utf8_next(text, &at);
		if (c < 0)
			return sy_fault_at(reterr, SY_ERR_BAD_UTF8, "", start, 1);
		if (!allowed(c, lines))
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", start, at - start);
	}
	return SY_OK;
}

size_t
sy_utf8_len(struct sy_span text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += (text.data[i] & 0xC0) != 0x80;
	return n;
}
