/* seal.c: see seal.h.
 *
 * P-256 is hashed here and signed with EVP_PKEY_sign on a context made once: 2 %
 * faster than EVP_DigestSign kept, 10 % than one made for each message. Ed25519 and SM2
 * need the whole message (SM2: behind Z, which holds the distinguishing id). */
#include "certs/seal.h"
#include "certs/digest.h"
#include "certs/ecsig.h"
#include "certs/openssl.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/ecerr.h>
#include <openssl/err.h>

struct sy_seal {
	EVP_PKEY *pkey;
	enum sy_alg alg;
	bool has_private;
	EVP_PKEY_CTX *sign, *verify; /* P-256 */
	EVP_MD_CTX *digest_sign, *digest_verify; /* Ed25519 and SM2; each owns its EVP_PKEY_CTX */
};

static EVP_PKEY_CTX *
raw_context(EVP_PKEY *pkey, bool sign)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	if (c == NULL)
		return NULL;
	if ((sign ? EVP_PKEY_sign_init(c) : EVP_PKEY_verify_init(c)) != 1) {
		EVP_PKEY_CTX_free(c);
		return NULL;
	}
	return c;
}

static EVP_MD_CTX *
digest_context(EVP_PKEY *pkey, enum sy_alg alg, bool sign)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	if (c == NULL)
		return NULL;
	EVP_PKEY_CTX *pctx = NULL; /* owned by c */
	const char *md = alg == SY_ALG_SM2 ? "SM3" : NULL;
	int ok = sign ? EVP_DigestSignInit_ex(c, &pctx, md, NULL, NULL, pkey, NULL)
		      : EVP_DigestVerifyInit_ex(c, &pctx, md, NULL, NULL, pkey, NULL);
	/* OpenSSL 3.0's default id is empty, which no other SM2 software takes. */
	if (ok == 1 && alg == SY_ALG_SM2)
		ok = EVP_PKEY_CTX_set1_id(pctx, SY_SM2_ID, SY_SM2_ID_LEN);
	if (ok != 1) {
		EVP_MD_CTX_free(c);
		return NULL;
	}
	return c;
}

static bool
contexts_make(struct sy_seal *s)
{
	if (s->alg == SY_ALG_P256) {
		s->verify = raw_context(s->pkey, false);
		s->sign = s->has_private ? raw_context(s->pkey, true) : NULL;
		return s->verify != NULL && (s->sign != NULL || !s->has_private);
	}
	s->digest_verify = digest_context(s->pkey, s->alg, false);
	s->digest_sign = s->has_private ? digest_context(s->pkey, s->alg, true) : NULL;
	return s->digest_verify != NULL && (s->digest_sign != NULL || !s->has_private);
}

enum sy_err
sy_seal_new(const struct sy_key *key, struct sy_seal **ret)
{
	struct sy_seal *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SY_ERR_NO_MEMORY;
	s->alg = sy_key_alg(key);
	s->has_private = sy_key_has_private(key);
	if (EVP_PKEY_up_ref(sy_key_pkey(key)) == 1)
		s->pkey = sy_key_pkey(key);
	if (s->pkey == NULL || !contexts_make(s)) {
		ERR_clear_error();
		sy_seal_free(s);
		return SY_ERR_CRYPTO;
	}
	*ret = s;
	return SY_OK;
}

void
sy_seal_free(struct sy_seal *s)
{
	if (s == NULL)
		return;
	EVP_PKEY_CTX_free(s->sign);
	EVP_PKEY_CTX_free(s->verify);
	EVP_MD_CTX_free(s->digest_sign);
	EVP_MD_CTX_free(s->digest_verify);
	EVP_PKEY_free(s->pkey);
	free(s);
}

/* OpenSSL queues a text for each failure; nobody reads it here. */
static enum sy_err
failed(enum sy_err err)
{
	ERR_clear_error();
	return err;
}

static enum sy_err
sign_p256(struct sy_seal *s, struct sy_span message, uint8_t ret[SY_SIG_SIZE])
{
	uint8_t hash[SY_SHA256_SIZE], der[SY_ECSIG_DER_MAX];
	size_t len = sizeof der;
	SY_TRY(sy_sha256(message, hash));
	if (EVP_PKEY_sign(s->sign, der, &len, hash, sizeof hash) != 1)
		return failed(SY_ERR_CRYPTO);
	if (sy_ecsig_parse(sy_span(der, len), ret) != SY_OK)
		return SY_ERR_CRYPTO;
	sy_ecsig_lower(ret);
	return SY_OK;
}

static enum sy_err
sign_digest(struct sy_seal *s, struct sy_span message, uint8_t ret[SY_SIG_SIZE])
{
	uint8_t out[SY_ECSIG_DER_MAX];
	size_t len = sizeof out;
	if (EVP_DigestSignInit_ex(s->digest_sign, NULL, NULL, NULL, NULL, NULL, NULL) != 1 ||
	    EVP_DigestSign(s->digest_sign, out, &len, message.data, message.len) != 1)
		return failed(SY_ERR_CRYPTO);
	if (s->alg == SY_ALG_SM2)
		return sy_ecsig_parse(sy_span(out, len), ret) == SY_OK ? SY_OK : SY_ERR_CRYPTO;
	if (len != SY_SIG_SIZE)
		return SY_ERR_CRYPTO;
	memcpy(ret, out, SY_SIG_SIZE);
	return SY_OK;
}

enum sy_err
sy_seal_sign(struct sy_seal *s, struct sy_span message, uint8_t ret[SY_SIG_SIZE])
{
	if (!s->has_private)
		return SY_ERR_BAD_KEY;
	return s->alg == SY_ALG_P256 ? sign_p256(s, message, ret) : sign_digest(s, message, ret);
}

/* A sum of points at infinity is a forged signature; OpenSSL answers it as an error of its own. */
static enum sy_err
verdict(int ok)
{
	if (ok == 1)
		return SY_OK;
	enum sy_err err = ok == 0 ? SY_ERR_BAD_SIGNATURE : SY_ERR_CRYPTO;
	unsigned long e;
	while ((e = ERR_get_error()) != 0)
		if (ERR_GET_LIB(e) == ERR_LIB_EC && ERR_GET_REASON(e) == EC_R_POINT_AT_INFINITY)
			err = SY_ERR_BAD_SIGNATURE;
	return err;
}

enum sy_err
sy_seal_verify(struct sy_seal *s, struct sy_span message, const uint8_t sig[SY_SIG_SIZE])
{
	uint8_t der[SY_ECSIG_DER_MAX];
	const uint8_t *p = sig;
	size_t len = SY_SIG_SIZE;
	if (s->alg != SY_ALG_ED25519) {
		/* Told apart here, because OpenSSL answers 0 for some and -1 for others. */
		if (!sy_ecsig_in_range(s->alg, sig))
			return SY_ERR_BAD_SIGNATURE;
		len = sy_ecsig_print(sig, der);
		p = der;
	}
	if (s->alg == SY_ALG_P256) {
		uint8_t hash[SY_SHA256_SIZE];
		SY_TRY(sy_sha256(message, hash));
		return verdict(EVP_PKEY_verify(s->verify, p, len, hash, sizeof hash));
	}
	if (EVP_DigestVerifyInit_ex(s->digest_verify, NULL, NULL, NULL, NULL, NULL, NULL) != 1)
		return failed(SY_ERR_CRYPTO);
	return verdict(EVP_DigestVerify(s->digest_verify, p, len, message.data, message.len));
}
