/* digest.c: see digest.h.
 *
 * SHA-256 goes through the block-level calls, which OpenSSL 3.0 marks deprecated
 * and keeps: they need no context from the heap and no fetch. A tree node (65
 * bytes) costs 130 ns so, 560 ns through EVP_Digest(EVP_sha256()), and a fetched
 * EVP_MD would have to be a mutable global. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "certs/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <limits.h>

enum sy_err
sy_sha256(struct sy_span s, uint8_t ret[SY_SHA256_SIZE])
{
	return sy_sha256_parts(&s, 1, ret);
}

enum sy_err
sy_sha256_parts(const struct sy_span *parts, size_t n, uint8_t ret[SY_SHA256_SIZE])
{
	SHA256_CTX c;
	if (SHA256_Init(&c) != 1)
		return SY_ERR_CRYPTO;
	for (size_t i = 0; i < n; i++)
		if (parts[i].len != 0 && SHA256_Update(&c, parts[i].data, parts[i].len) != 1)
			return SY_ERR_CRYPTO;
	return SHA256_Final(ret, &c) == 1 ? SY_OK : SY_ERR_CRYPTO;
}

enum sy_err
sy_random(uint8_t *ret, size_t len)
{
	while (len > 0) {
		int step = len > INT_MAX ? INT_MAX : (int)len;
		if (RAND_bytes(ret, step) != 1)
			return SY_ERR_CRYPTO;
		ret += step;
		len -= (size_t)step;
	}
	return SY_OK;
}

bool
sy_equal_secret(const uint8_t *a, const uint8_t *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}

enum sy_err
sy_hmac(struct sy_span key, struct sy_span s, uint8_t ret[SY_SHA256_SIZE])
{
	if (key.len > INT_MAX)
		return SY_ERR_TOO_LONG;
	/* HMAC() takes a NULL key for "the one of last time"; an empty key is legal. */
	const void *k = key.len == 0 ? (const void *)"" : key.data;
	const uint8_t *data = s.len == 0 ? (const uint8_t *)"" : s.data;
	unsigned len = 0;
	if (HMAC(EVP_sha256(), k, (int)key.len, data, s.len, ret, &len) == NULL || len != SY_SHA256_SIZE)
		return SY_ERR_CRYPTO;
	return SY_OK;
}
