/* ecsig.c: see ecsig.h. */
#include "certs/ecsig.h"

#include <string.h>

#define NUM 32

/* FIPS 186-5 / SP 800-186 3.2.1.3 */
static const uint8_t p256_n[NUM] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51 };
/* floor(n / 2) */
static const uint8_t p256_half[NUM] = { 0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8 };
/* GM/T 0003.5-2012 */
static const uint8_t sm2_n[NUM] = { 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x23 };

/* One INTEGER at *at; X.690 8.3.2: the shortest form, and ours is never negative. */
static bool
integer_parse(struct sy_span der, size_t *at, uint8_t ret[NUM])
{
	if (der.len - *at < 3 || der.data[*at] != 0x02)
		return false;
	size_t len = der.data[*at + 1];
	const uint8_t *p = der.data + *at + 2;
	if (len == 0 || len > NUM + 1 || len > der.len - *at - 2)
		return false;
	*at += 2 + len;
	if ((p[0] & 0x80) != 0)
		return false;
	if (len > 1 && p[0] == 0) {
		if ((p[1] & 0x80) == 0)
			return false;
		p++;
		len--;
	}
	if (len > NUM)
		return false;
	memset(ret, 0, NUM - len);
	memcpy(ret + NUM - len, p, len);
	return true;
}

enum sy_err
sy_ecsig_parse(struct sy_span der, uint8_t ret[SY_SIG_SIZE])
{
	/* The body is at most 70 bytes, so its length is always one byte. */
	if (der.len < 8 || der.len > SY_ECSIG_DER_MAX || der.data[0] != 0x30 || der.data[1] != der.len - 2)
		return SY_ERR_BAD_SIGNATURE;
	size_t at = 2;
	uint8_t sig[SY_SIG_SIZE];
	if (!integer_parse(der, &at, sig) || !integer_parse(der, &at, sig + NUM) || at != der.len)
		return SY_ERR_BAD_SIGNATURE;
	memcpy(ret, sig, sizeof sig);
	return SY_OK;
}

enum sy_err
sy_sig_from_der(struct sy_span der, uint8_t ret[SY_SIG_SIZE])
{
	return sy_ecsig_parse(der, ret);
}

static size_t
integer_print(const uint8_t num[NUM], uint8_t *ret)
{
	size_t skip = 0;
	while (skip < NUM - 1 && num[skip] == 0)
		skip++;
	size_t sign = (num[skip] & 0x80) != 0 ? 1 : 0;
	size_t len = NUM - skip + sign;
	ret[0] = 0x02;
	ret[1] = (uint8_t)len;
	ret[2] = 0;
	memcpy(ret + 2 + sign, num + skip, NUM - skip);
	return 2 + len;
}

size_t
sy_ecsig_print(const uint8_t sig[SY_SIG_SIZE], uint8_t ret[SY_ECSIG_DER_MAX])
{
	size_t len = 2 + integer_print(sig, ret + 2);
	len += integer_print(sig + NUM, ret + len);
	ret[0] = 0x30;
	ret[1] = (uint8_t)(len - 2);
	return len;
}

static bool
scalar_ok(const uint8_t num[NUM], const uint8_t n[NUM])
{
	static const uint8_t zero[NUM];
	return memcmp(num, zero, NUM) != 0 && memcmp(num, n, NUM) < 0;
}

bool
sy_ecsig_in_range(enum sy_alg alg, const uint8_t sig[SY_SIG_SIZE])
{
	const uint8_t *n = alg == SY_ALG_SM2 ? sm2_n : p256_n;
	return scalar_ok(sig, n) && scalar_ok(sig + NUM, n);
}

bool
sy_seal_is_low_s(enum sy_alg alg, const uint8_t sig[SY_SIG_SIZE])
{
	return alg != SY_ALG_P256 || memcmp(sig + NUM, p256_half, NUM) <= 0;
}

void
sy_ecsig_lower(uint8_t sig[SY_SIG_SIZE])
{
	if (sy_seal_is_low_s(SY_ALG_P256, sig))
		return;
	unsigned borrow = 0;
	for (size_t i = NUM; i-- > 0;) {
		unsigned d = 0x100u + p256_n[i] - sig[NUM + i] - borrow;
		sig[NUM + i] = (uint8_t)d;
		borrow = d < 0x100u ? 1 : 0;
	}
}
