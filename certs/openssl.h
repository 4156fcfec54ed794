/* openssl.h: the bridge between files of floor 1 that work on OpenSSL's own key
 * objects. No other floor includes it. */
#ifndef SY_CERTS_OPENSSL_H
#define SY_CERTS_OPENSSL_H

#include "certs/key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#define SY_SM2_ID "1234567812345678" /* GM/T 0009: the default distinguishing id */
#define SY_SM2_ID_LEN 16

SY_DEFINE_CLEANUP(EVP_PKEY, EVP_PKEY_free)
#define SY_AUTO_PKEY SY_CLEANUP(EVP_PKEY_freep) EVP_PKEY

/* Borrowed; lives as long as k does, longer with EVP_PKEY_up_ref. */
EVP_PKEY *sy_key_pkey(const struct sy_key *k);
/* Takes its own reference to pkey. BAD_KEY unless P-256, Ed25519 or SM2 by name. */
enum sy_err sy_key_from_pkey(EVP_PKEY *pkey, bool has_private, struct sy_key **ret) SY_MUST;

#endif
