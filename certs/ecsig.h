/* ecsig.h: EC signatures as bytes: fixed r||s and DER ECDSA-Sig-Value (RFC 3279
 * 2.2.3). Plain arithmetic on 32-byte big-endian numbers, all of them public. */
#ifndef SY_CERTS_ECSIG_H
#define SY_CERTS_ECSIG_H

#include "certs/seal.h"

#define SY_ECSIG_DER_MAX 72 /* 2 + 2 * (2 + 33) */

/* Strict DER, r and s positive and below 2^256; BAD_SIGNATURE otherwise. */
enum sy_err sy_ecsig_parse(struct sy_span der, uint8_t ret[SY_SIG_SIZE]) SY_MUST;
/* Returns the length. */
size_t sy_ecsig_print(const uint8_t sig[SY_SIG_SIZE], uint8_t ret[SY_ECSIG_DER_MAX]);
/* 1 <= r, s <= n - 1 */
bool sy_ecsig_in_range(enum sy_alg alg, const uint8_t sig[SY_SIG_SIZE]);
/* P-256: replaces s by n - s where that is smaller; both verify. */
void sy_ecsig_lower(uint8_t sig[SY_SIG_SIZE]);

#endif
