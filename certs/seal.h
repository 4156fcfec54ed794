/* seal.h: raw 64-byte signatures: P-256 r||s, Ed25519, SM2 r||s.
 *
 * A seal is a key with a signing or verifying context made once and reused: one
 * thread at a time; one per thread (sy_seal_new is cheap beside a signature, not beside none).
 * P-256 signs low-s. Verifying accepts high-s as FIPS 186-5 does (the token
 * layer is stricter: sy_seal_is_low_s); Ed25519 refuses S >= L (RFC 8032 5.1.7). */
#ifndef SY_CERTS_SEAL_H
#define SY_CERTS_SEAL_H

#include "certs/key.h"

#define SY_SIG_SIZE 64

struct sy_seal;
enum sy_err sy_seal_new(const struct sy_key *key, struct sy_seal **ret) SY_MUST; /* key is referenced, not copied; freeing it early is safe */
void sy_seal_free(struct sy_seal *s);
SY_DEFINE_CLEANUP(struct sy_seal, sy_seal_free)
#define SY_AUTO_SEAL SY_CLEANUP(sy_seal_freep) struct sy_seal
enum sy_err sy_seal_sign(struct sy_seal *s, struct sy_span message, uint8_t ret[SY_SIG_SIZE]) SY_MUST;
/* OK or BAD_SIGNATURE; CRYPTO when it could not be told. */
enum sy_err sy_seal_verify(struct sy_seal *s, struct sy_span message, const uint8_t sig[SY_SIG_SIZE]) SY_MUST;
/* P-256: s <= n/2. Always true for other algorithms. */
bool sy_seal_is_low_s(enum sy_alg alg, const uint8_t sig[SY_SIG_SIZE]);
/* DER ECDSA-Sig-Value (wycheproof, X.509) <-> r||s; BAD_SIGNATURE unless strict DER. */
enum sy_err sy_sig_from_der(struct sy_span der, uint8_t ret[SY_SIG_SIZE]) SY_MUST;

#endif
