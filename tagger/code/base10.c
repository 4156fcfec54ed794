/* base10.c: see base10.h. */
#include "tagger/code/base10.h"

#define CHUNK 7

static const uint8_t digits_of[CHUNK + 1] = { 0, 3, 5, 8, 10, 13, 15, 17 };

size_t
sy_base10_len(size_t nbytes)
{
	return nbytes / CHUNK * digits_of[CHUNK] + digits_of[nbytes % CHUNK];
}

void
sy_base10_print(const uint8_t *bytes, size_t len, char *ret)
{
	for (size_t at = 0; at < len; at += CHUNK) {
		size_t n = len - at < CHUNK ? len - at : CHUNK;
		uint64_t v = 0;
		for (size_t i = n; i-- > 0;)
			v = v << 8 | bytes[at + i];
		for (size_t i = digits_of[n]; i-- > 0; v /= 10)
			ret[i] = (char)('0' + v % 10);
		ret += digits_of[n];
	}
}

enum sy_err
sy_base10_parse(struct sy_span digits, uint8_t *ret, size_t len, struct sy_fault *reterr)
{
	size_t want = sy_base10_len(len);
	for (size_t i = 0; i < digits.len; i++)
		if (digits.data[i] < '0' || digits.data[i] > '9')
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
	if (digits.len < want)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "", digits.len, 0);
	if (digits.len > want)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", want, digits.len - want);
	size_t from = 0;
	for (size_t at = 0; at < len; at += CHUNK) {
		size_t n = len - at < CHUNK ? len - at : CHUNK;
		uint64_t v = 0; /* at most 10^17 - 1, below 2^57 */
		for (size_t i = 0; i < digits_of[n]; i++)
			v = v * 10 + (uint64_t)(digits.data[from + i] - '0');
		if (v >> (8 * n) != 0)
			return sy_fault_at(reterr, SY_ERR_NOT_CANONICAL, "", from, digits_of[n]);
		for (size_t i = 0; i < n; i++)
			ret[at + i] = (uint8_t)(v >> (8 * i));
		from += digits_of[n];
	}
	return SY_OK;
}
