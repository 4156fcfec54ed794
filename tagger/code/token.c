/* token.c: see token.h. Which signature algorithm it is, and so whether the
 * signature has its one form, only the trust list says: that is not checked here. */
#include "tagger/code/token.h"

#include "tagger/code/base10.h"

#include <string.h>

#define VERSION 1
#define CERTIFIED_RESERVED 0xF0

static uint32_t
get(const uint8_t *p, size_t n)
{
	uint32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static void
put(uint8_t *p, size_t n, uint32_t v)
{
	for (size_t i = n; i-- > 0; v >>= 8)
		p[i] = (uint8_t)v;
}

enum sy_err
sy_token_parse(const uint8_t bytes[SY_TOKEN_SIZE], struct sy_token *ret, struct sy_fault *reterr)
{
	/* The version first: whatever follows in another version is not ours to judge. */
	if (bytes[0] != VERSION)
		return sy_fault_at(reterr, SY_ERR_UNSUPPORTED, "", 0, 1);
	struct sy_token t = {
		.kid = get(bytes + 1, 3),
		.day_issued = (uint16_t)get(bytes + 4, 2),
		.best_before = (uint16_t)get(bytes + 6, 2),
		.certified = bytes[8],
		.basis = bytes[9] >> 4,
		.grade = bytes[9] & 0x0F,
		.county = get(bytes + 10, 3),
		.status_index = get(bytes + 13, 3),
	};
	if ((t.certified & CERTIFIED_RESERVED) != 0)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", 8, 1);
	if (t.basis < SY_BASIS_REPORT || t.basis > SY_BASIS_DECLARED)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", 9, 1);
	if (t.county < 100000 || t.county > 999999) /* GB/T 2260: six digits, the first never 0 */
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "", 10, 3);
	memcpy(t.release, bytes + 16, sizeof t.release);
	memcpy(t.sig, bytes + SY_TOKEN_BODY, sizeof t.sig);
	*ret = t;
	return SY_OK;
}

void
sy_token_print(const struct sy_token *t, uint8_t ret[SY_TOKEN_SIZE])
{
	ret[0] = VERSION;
	put(ret + 1, 3, t->kid);
	put(ret + 4, 2, t->day_issued);
	put(ret + 6, 2, t->best_before);
	ret[8] = t->certified;
	ret[9] = (uint8_t)(t->basis << 4 | (t->grade & 0x0F));
	put(ret + 10, 3, t->county);
	put(ret + 13, 3, t->status_index);
	memcpy(ret + 16, t->release, sizeof t->release);
	memcpy(ret + SY_TOKEN_BODY, t->sig, sizeof t->sig);
}

void
sy_token_message(struct sy_span origin, struct sy_span path, const uint8_t body[SY_TOKEN_BODY], struct sy_buf *ret)
{
	/* Lengths are 16 bits: cutting one would make two messages the same. */
	if (origin.len > UINT16_MAX || path.len > UINT16_MAX) {
		if (ret->err == SY_OK)
			ret->err = SY_ERR_TOO_LONG;
		return;
	}
	sy_buf_add_str(ret, "suyuan/label/v1\n");
	sy_buf_add_u16(ret, (uint16_t)origin.len);
	sy_buf_add_span(ret, origin);
	sy_buf_add_u16(ret, (uint16_t)path.len);
	sy_buf_add_span(ret, path);
	sy_buf_add(ret, body, SY_TOKEN_BODY);
}

void
sy_token_digits(const uint8_t bytes[SY_TOKEN_SIZE], char ret[SY_TOKEN_DIGITS + 1])
{
	sy_base10_print(bytes, SY_TOKEN_SIZE, ret);
	ret[SY_TOKEN_DIGITS] = '\0';
}

enum sy_err
sy_token_undigits(struct sy_span digits, uint8_t ret[SY_TOKEN_SIZE], struct sy_fault *reterr)
{
	return sy_base10_parse(digits, ret, SY_TOKEN_SIZE, reterr);
}
