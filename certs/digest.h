/* digest.h: SHA-256 (FIPS 180-4) and random bytes. */
#ifndef SY_CERTS_DIGEST_H
#define SY_CERTS_DIGEST_H

#include "schema/bytes.h"

#define SY_SHA256_SIZE 32

enum sy_err sy_sha256(struct sy_span s, uint8_t ret[SY_SHA256_SIZE]) SY_MUST;
/* SHA-256 over the parts, one after the other. */
enum sy_err sy_sha256_parts(const struct sy_span *parts, size_t n, uint8_t ret[SY_SHA256_SIZE]) SY_MUST;
enum sy_err sy_random(uint8_t *ret, size_t len) SY_MUST; /* from the DRBG; CRYPTO if it has no entropy */
bool sy_equal_secret(const uint8_t *a, const uint8_t *b, size_t len); /* constant time */
/* HMAC-SHA-256, RFC 2104. */
enum sy_err sy_hmac(struct sy_span key, struct sy_span s, uint8_t ret[SY_SHA256_SIZE]) SY_MUST;

#endif
