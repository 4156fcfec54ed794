/* serial_ff1.c: FF1 of NIST SP 800-38G for any radix and length, on BIGNUM: what
 * serial.c is measured against, and slow beside it. Names (A, B, P, Q, R, S, y, c)
 * as in algorithms 7 and 8 there. */
#include "certs/serial.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#define BLOCK 16
#define ROUNDS 10
#define NUMERALS_MAX 1024
#define TWEAK_MAX 65535
#define HALF_BYTES_MAX 1024 /* 512 numerals of 16 bits */
#define DOMAIN_MIN 1000000 /* SP 800-38G rev. 1: radix^minlen */

struct ff1 {
	EVP_CIPHER_CTX *aes;
	BN_CTX *bn;
	struct sy_span tweak;
	uint32_t radix;
	size_t n, u, v, b, d;
	BIGNUM *mod_u, *mod_v; /* radix^u, radix^v */
	BIGNUM *num_a, *num_b, *y;
};

static void
ff1_done(struct ff1 *f)
{
	EVP_CIPHER_CTX_free(f->aes);
	BN_clear_free(f->mod_u);
	BN_clear_free(f->mod_v);
	BN_clear_free(f->num_a);
	BN_clear_free(f->num_b);
	BN_clear_free(f->y);
	BN_CTX_free(f->bn);
	ERR_clear_error();
}

static const EVP_CIPHER *
cipher_of(size_t key_len)
{
	switch (key_len) {
	case 16: return EVP_aes_128_ecb();
	case 24: return EVP_aes_192_ecb();
	case 32: return EVP_aes_256_ecb();
	default: return NULL;
	}
}

static enum sy_err
arguments_check(struct sy_span key, struct sy_span tweak, uint32_t radix, const uint16_t *in, size_t n)
{
	if (cipher_of(key.len) == NULL || radix < 2 || radix > 65536 || n < 2)
		return SY_ERR_OUT_OF_RANGE;
	if (n > NUMERALS_MAX || tweak.len > TWEAK_MAX)
		return SY_ERR_TOO_LONG;
	uint64_t domain = 1;
	for (size_t i = 0; i < n && domain < DOMAIN_MIN; i++)
		domain *= radix;
	if (domain < DOMAIN_MIN)
		return SY_ERR_TOO_SHORT;
	for (size_t i = 0; i < n; i++)
		if (in[i] >= radix)
			return SY_ERR_OUT_OF_RANGE;
	return SY_OK;
}

static bool
power(BIGNUM *ret, uint32_t radix, size_t e)
{
	bool ok = BN_one(ret) == 1;
	for (size_t i = 0; ok && i < e; i++)
		ok = BN_mul_word(ret, radix) == 1;
	return ok;
}

static enum sy_err
ff1_init(struct ff1 *f, struct sy_span key, struct sy_span tweak, uint32_t radix, size_t n)
{
	*f = (struct ff1){ .tweak = tweak, .radix = radix, .n = n, .u = n / 2, .v = n - n / 2 };
	f->aes = EVP_CIPHER_CTX_new();
	f->bn = BN_CTX_new();
	f->mod_u = BN_new();
	f->mod_v = BN_new();
	f->num_a = BN_new();
	f->num_b = BN_new();
	f->y = BN_new();
	if (f->aes == NULL || f->bn == NULL || f->mod_u == NULL || f->mod_v == NULL || f->num_a == NULL || f->num_b == NULL ||
	    f->y == NULL)
		return SY_ERR_NO_MEMORY;
	if (EVP_EncryptInit_ex(f->aes, cipher_of(key.len), NULL, key.data, NULL) != 1 ||
	    EVP_CIPHER_CTX_set_padding(f->aes, 0) != 1 || !power(f->mod_u, radix, f->u) || !power(f->mod_v, radix, f->v))
		return SY_ERR_CRYPTO;
	/* ceil(v log2 radix) is the number of bits of radix^v - 1. */
	if (BN_copy(f->y, f->mod_v) == NULL || BN_sub_word(f->y, 1) != 1)
		return SY_ERR_CRYPTO;
	f->b = (size_t)(BN_num_bits(f->y) + 7) / 8;
	f->d = 4 * ((f->b + 3) / 4) + 4;
	return SY_OK;
}

/* CBC-MAC over parts that come in any lengths. */
struct mac {
	EVP_CIPHER_CTX *aes;
	uint8_t state[BLOCK];
	size_t fill;
	bool ok;
};

static void
block_encrypt(EVP_CIPHER_CTX *aes, uint8_t b[BLOCK], bool *ok)
{
	int len = 0;
	*ok = *ok && EVP_EncryptUpdate(aes, b, &len, b, BLOCK) == 1 && len == BLOCK;
}

static void
mac_add(struct mac *m, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		m->state[m->fill++] ^= p[i];
		if (m->fill == BLOCK) {
			block_encrypt(m->aes, m->state, &m->ok);
			m->fill = 0;
		}
	}
}

static void
u32_print(uint32_t v, uint8_t ret[4])
{
	ret[0] = (uint8_t)(v >> 24);
	ret[1] = (uint8_t)(v >> 16);
	ret[2] = (uint8_t)(v >> 8);
	ret[3] = (uint8_t)v;
}

/* Steps 6.i to 6.iv: y from the round number and one half. */
static bool
round_value(struct ff1 *f, unsigned i, const BIGNUM *half)
{
	static const uint8_t zeros[BLOCK];
	uint8_t p[BLOCK] = { 1, 2, 1, (uint8_t)(f->radix >> 16), (uint8_t)(f->radix >> 8), (uint8_t)f->radix, ROUNDS, (uint8_t)f->u };
	uint8_t num[HALF_BYTES_MAX], s[HALF_BYTES_MAX + 2 * BLOCK];
	u32_print((uint32_t)f->n, p + 8);
	u32_print((uint32_t)f->tweak.len, p + 12);
	if (f->b > sizeof num || BN_bn2binpad(half, num, (int)f->b) < 0)
		return false;
	struct mac m = { .aes = f->aes, .ok = true };
	const uint8_t round = (uint8_t)i;
	mac_add(&m, p, sizeof p);
	mac_add(&m, f->tweak.data, f->tweak.len);
	mac_add(&m, zeros, (BLOCK - (f->tweak.len + f->b + 1) % BLOCK) % BLOCK);
	mac_add(&m, &round, 1);
	mac_add(&m, num, f->b);
	memcpy(s, m.state, BLOCK);
	for (size_t at = BLOCK, j = 1; at < f->d; at += BLOCK, j++) {
		uint8_t counter[4];
		memcpy(s + at, m.state, BLOCK);
		u32_print((uint32_t)j, counter);
		for (size_t k = 0; k < 4; k++)
			s[at + BLOCK - 4 + k] ^= counter[k];
		block_encrypt(f->aes, s + at, &m.ok);
	}
	return m.ok && m.fill == 0 && BN_bin2bn(s, (int)f->d, f->y) != NULL;
}

/* Ten rounds on num_a and num_b. */
static bool
rounds(struct ff1 *f, bool encrypt)
{
	bool ok = true;
	for (unsigned k = 0; ok && k < ROUNDS; k++) {
		unsigned i = encrypt ? k : ROUNDS - 1 - k;
		const BIGNUM *mod = i % 2 == 0 ? f->mod_u : f->mod_v;
		BIGNUM *from = encrypt ? f->num_a : f->num_b; /* becomes c */
		ok = round_value(f, i, encrypt ? f->num_b : f->num_a) &&
		    (encrypt ? BN_mod_add(from, from, f->y, mod, f->bn) : BN_mod_sub(from, from, f->y, mod, f->bn)) == 1;
		BIGNUM *other = encrypt ? f->num_b : f->num_a;
		f->num_a = encrypt ? other : from;
		f->num_b = encrypt ? from : other;
	}
	return ok;
}

static bool
num_parse(BIGNUM *ret, uint32_t radix, const uint16_t *in, size_t n)
{
	bool ok = true;
	BN_zero(ret);
	for (size_t i = 0; ok && i < n; i++)
		ok = BN_mul_word(ret, radix) == 1 && BN_add_word(ret, in[i]) == 1;
	return ok;
}

static bool
num_print(BIGNUM *num, uint32_t radix, uint16_t *ret, size_t n)
{
	for (size_t i = n; i-- > 0;) {
		BN_ULONG digit = BN_div_word(num, radix);
		if (digit == (BN_ULONG)-1)
			return false;
		ret[i] = (uint16_t)digit;
	}
	return true;
}

enum sy_err
sy_ff1(bool encrypt, struct sy_span key, struct sy_span tweak, uint32_t radix, const uint16_t *in, uint16_t *ret, size_t n)
{
	SY_TRY(arguments_check(key, tweak, radix, in, n));
	SY_CLEANUP(ff1_done) struct ff1 f;
	SY_TRY(ff1_init(&f, key, tweak, radix, n));
	if (!num_parse(f.num_a, radix, in, f.u) || !num_parse(f.num_b, radix, in + f.u, f.v) || !rounds(&f, encrypt))
		return SY_ERR_CRYPTO;
	return num_print(f.num_a, radix, ret, f.u) && num_print(f.num_b, radix, ret + f.u, f.v) ? SY_OK : SY_ERR_CRYPTO;
}
