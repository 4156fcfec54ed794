/* key.h: asymmetric keys. The algorithm belongs to the key, never to a message. */
#ifndef SY_CERTS_KEY_H
#define SY_CERTS_KEY_H

#include "certs/secret.h"

enum sy_alg {
	SY_ALG_P256 = 1, /* ECDSA, SHA-256; JOSE name ES256 */
	SY_ALG_ED25519 = 2, /* RFC 8032, pure */
	SY_ALG_SM2 = 3, /* GM/T 0003, SM3, distinguishing id 1234567812345678 */
};
const char *sy_alg_name(enum sy_alg a); /* "p256" "ed25519" "sm2" */
enum sy_err sy_alg_parse(struct sy_span name, enum sy_alg *ret) SY_MUST;

struct sy_key; /* public, or public and private */

enum sy_err sy_key_generate(enum sy_alg alg, struct sy_key **ret) SY_MUST;
void sy_key_free(struct sy_key *k);
SY_DEFINE_CLEANUP(struct sy_key, sy_key_free)
#define SY_AUTO_KEY SY_CLEANUP(sy_key_freep) struct sy_key
enum sy_alg sy_key_alg(const struct sy_key *k);
bool sy_key_has_private(const struct sy_key *k);
bool sy_key_eq_public(const struct sy_key *a, const struct sy_key *b);
/* SubjectPublicKeyInfo, DER (RFC 5280 4.1.2.7). BAD_KEY for other algorithms, curves, explicit parameters, points off the curve. */
enum sy_err sy_key_parse_spki(struct sy_span der, struct sy_key **ret) SY_MUST;
enum sy_err sy_key_print_spki(const struct sy_key *k, struct sy_buf *ret) SY_MUST;
/* Encrypted PKCS#8 in PEM (RFC 5958, PBES2, scrypt N=2^14 r=8 p=2) behind a checksum line, by
 * which BAD_PASSPHRASE is told apart from BAD_KEY. print: BAD_KEY without a private key, TOO_SHORT for an empty passphrase. */
enum sy_err sy_key_parse_pem(struct sy_span pem, const struct sy_secret *passphrase, struct sy_key **ret) SY_MUST;
enum sy_err sy_key_print_pem(const struct sy_key *k, const struct sy_secret *passphrase, struct sy_buf *ret) SY_MUST;
/* SHA-256 of the SPKI; and the kid of a person's key: base64url of its first 12 bytes (16 characters and NUL). */
enum sy_err sy_key_fingerprint(const struct sy_key *k, uint8_t ret[32]) SY_MUST;
enum sy_err sy_key_kid(const struct sy_key *k, char ret[17]) SY_MUST;
/* Raw 32-byte Ed25519 public key (for note keys); BAD_KEY for other algorithms. */
enum sy_err sy_key_raw_ed25519(const struct sy_key *k, uint8_t ret[32]) SY_MUST;
enum sy_err sy_key_from_raw_ed25519(const uint8_t raw[32], struct sy_key **ret) SY_MUST;

#endif
