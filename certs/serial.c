/* serial.c: FF1 at radix 32 with 10 symbols, in 64-bit arithmetic. See serial.h.
 *
 * Both halves are 5 symbols = 25 bits. The MAC input of a round differs from that of
 * another only in its last 5 bytes (round number and half), so all blocks before the
 * last are taken in once, and a serial costs ten AES blocks. serial_ff1.c is the
 * general form, against which this one is tested. */
#include "certs/serial.h"
#include "certs/digest.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#define BLOCK 16
#define ROUNDS 10
#define HALF_BITS 25
#define HALF_MASK ((UINT32_C(1) << HALF_BITS) - 1)
#define ZERO_BITS 20 /* four symbols */
#define TWEAK_MAX 64

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct sy_serial {
	EVP_CIPHER_CTX *aes;
	uint8_t last[BLOCK]; /* the last block, with the CBC state before it already added */
};

static enum sy_err
aes_block(EVP_CIPHER_CTX *aes, const uint8_t in[BLOCK], uint8_t ret[BLOCK])
{
	int len = 0;
	return EVP_EncryptUpdate(aes, ret, &len, in, BLOCK) == 1 && len == BLOCK ? SY_OK : SY_ERR_CRYPTO;
}

/* P and Q of SP 800-38G algorithm 7, but for the round number and half at Q's end. */
static enum sy_err
state_make(struct sy_serial *s, struct sy_span tweak)
{
	uint8_t in[BLOCK + TWEAK_MAX + BLOCK] = { 1, 2, 1, 0, 0, 32, ROUNDS, 5, 0, 0, 0, SY_SERIAL_LEN, 0, 0, 0, (uint8_t)tweak.len };
	if (tweak.len > 0)
		memcpy(in + BLOCK, tweak.data, tweak.len);
	size_t q = (tweak.len + 1 + 4 + BLOCK - 1) / BLOCK * BLOCK; /* b = 4 bytes for 25 bits */
	uint8_t mac[BLOCK] = { 0 };
	for (size_t at = 0; at < q; at += BLOCK) {
		for (size_t i = 0; i < BLOCK; i++)
			mac[i] ^= in[at + i];
		SY_TRY(aes_block(s->aes, mac, mac));
	}
	for (size_t i = 0; i < BLOCK; i++)
		s->last[i] = mac[i] ^ in[q + i];
	return SY_OK;
}

enum sy_err
sy_serial_new(const uint8_t key[32], struct sy_span tweak, struct sy_serial **ret)
{
	if (tweak.len > TWEAK_MAX)
		return SY_ERR_TOO_LONG;
	struct sy_serial *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SY_ERR_NO_MEMORY;
	s->aes = EVP_CIPHER_CTX_new();
	enum sy_err err = SY_ERR_CRYPTO;
	if (s->aes != NULL && EVP_EncryptInit_ex(s->aes, EVP_aes_256_ecb(), NULL, key, NULL) == 1 &&
	    EVP_CIPHER_CTX_set_padding(s->aes, 0) == 1)
		err = state_make(s, tweak);
	if (err != SY_OK) {
		ERR_clear_error();
		sy_serial_free(s);
		return err;
	}
	*ret = s;
	return SY_OK;
}

void
sy_serial_free(struct sy_serial *s)
{
	if (s == NULL)
		return;
	EVP_CIPHER_CTX_free(s->aes); /* wipes the key schedule */
	sy_wipe(s, sizeof *s);
	free(s);
}

/* y mod 32^5 of one round: the low 25 bits of the first d = 8 bytes of the MAC. */
static enum sy_err
round_value(struct sy_serial *s, unsigned i, uint32_t half, uint32_t *ret)
{
	uint8_t b[BLOCK];
	memcpy(b, s->last, BLOCK);
	b[11] ^= (uint8_t)i;
	b[12] ^= (uint8_t)(half >> 24);
	b[13] ^= (uint8_t)(half >> 16);
	b[14] ^= (uint8_t)(half >> 8);
	b[15] ^= (uint8_t)half;
	SY_TRY(aes_block(s->aes, b, b));
	*ret = ((uint32_t)b[4] << 24 | (uint32_t)b[5] << 16 | (uint32_t)b[6] << 8 | b[7]) & HALF_MASK;
	return SY_OK;
}

enum sy_err
sy_serial_print(struct sy_serial *s, uint32_t counter, char ret[SY_SERIAL_LEN + 1])
{
	if (counter >= SY_SERIAL_COUNT)
		return SY_ERR_EXHAUSTED;
	uint64_t x = (uint64_t)counter << ZERO_BITS;
	uint32_t a = (uint32_t)(x >> HALF_BITS), b = (uint32_t)x & HALF_MASK, y = 0;
	for (unsigned i = 0; i < ROUNDS; i++) {
		SY_TRY(round_value(s, i, b, &y));
		uint32_t c = (a + y) & HALF_MASK;
		a = b;
		b = c;
	}
	x = (uint64_t)a << HALF_BITS | b;
	for (size_t i = SY_SERIAL_LEN; i-- > 0; x >>= 5)
		ret[i] = alphabet[x & 31];
	ret[SY_SERIAL_LEN] = '\0';
	return SY_OK;
}

static enum sy_err
symbols_parse(struct sy_span text, uint64_t *ret, struct sy_fault *reterr)
{
	uint64_t x = 0;
	for (size_t i = 0; i < text.len && i < SY_SERIAL_LEN; i++) {
		const char *hit = text.data[i] == '\0' ? NULL : strchr(alphabet, text.data[i]);
		if (hit == NULL)
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
		x = x << 5 | (uint64_t)(hit - alphabet);
	}
	if (text.len < SY_SERIAL_LEN)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "", text.len, 0);
	if (text.len > SY_SERIAL_LEN)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", SY_SERIAL_LEN, text.len - SY_SERIAL_LEN);
	*ret = x;
	return SY_OK;
}

enum sy_err
sy_serial_parse(struct sy_serial *s, struct sy_span text, uint32_t *ret, struct sy_fault *reterr)
{
	uint64_t x = 0;
	SY_TRY(symbols_parse(text, &x, reterr));
	uint32_t a = (uint32_t)(x >> HALF_BITS), b = (uint32_t)x & HALF_MASK, y = 0;
	for (unsigned i = ROUNDS; i-- > 0;) {
		SY_TRY(round_value(s, i, a, &y));
		uint32_t c = (b - y) & HALF_MASK;
		b = a;
		a = c;
	}
	x = (uint64_t)a << HALF_BITS | b;
	if ((x & ((UINT64_C(1) << ZERO_BITS) - 1)) != 0)
		return sy_fault_at(reterr, SY_ERR_NOT_ISSUED, "", 0, SY_SERIAL_LEN);
	*ret = (uint32_t)(x >> ZERO_BITS);
	return SY_OK;
}

enum sy_err
sy_serial_commit(const uint8_t key[32], struct sy_span tweak, uint8_t ret[32])
{
	const struct sy_span parts[] = { sy_span_str("suyuan/serial-key/v1\n"), tweak, sy_span(key, 32) };
	return sy_sha256_parts(parts, SY_LEN(parts), ret);
}
