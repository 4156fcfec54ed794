/* key_pem.c: private keys at rest: PKCS#8, PBES2 with scrypt and AES-256-CBC, PEM.
 *
 * CBC cannot tell a wrong passphrase from damaged bytes. So a line "# sha256 .."
 * over the encrypted DER stands before the PEM block, where RFC 7468 5.2 allows
 * text and other software skips it; keys without it are read too. */
#include "certs/digest.h"
#include "certs/openssl.h"
#include "schema/wire/hex.h"

#include <limits.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

/* OpenSSL 3.0 refuses N = 2^15 (its ceiling is 32 MiB): two rounds of 16 MiB cost the same time. */
#define SCRYPT_N (1 << 14)
#define SCRYPT_R 8
#define SCRYPT_P 2
#define SALT_SIZE 16
#define KEY_PEM_MAX 16384
#define SUM_PREFIX "# sha256 "

SY_DEFINE_CLEANUP(BIO, BIO_free_all)
SY_DEFINE_CLEANUP(X509_SIG, X509_SIG_free)
SY_DEFINE_CLEANUP(PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free)

static enum sy_err
failed(enum sy_err err)
{
	ERR_clear_error();
	return err;
}

struct pem_block {
	char *name, *header;
	unsigned char *data;
	long len;
};

static void
block_free(struct pem_block *b)
{
	OPENSSL_free(b->name);
	OPENSSL_free(b->header);
	OPENSSL_free(b->data);
}

/* The text starts with a checksum line: it must fit. No such line: nothing to say. */
static enum sy_err
sum_check(struct sy_span pem, struct sy_span der)
{
	const size_t prefix = sizeof SUM_PREFIX - 1;
	if (!sy_span_eq_str(sy_span_sub(pem, 0, prefix), SUM_PREFIX))
		return SY_OK;
	uint8_t want[SY_SHA256_SIZE], is[SY_SHA256_SIZE];
	if (sy_hex_parse(sy_span_sub(pem, prefix, 2 * sizeof want), want, sizeof want, NULL) != SY_OK)
		return SY_ERR_BAD_KEY;
	SY_TRY(sy_sha256(der, is));
	return memcmp(want, is, sizeof is) == 0 ? SY_OK : SY_ERR_BAD_KEY;
}

/* What the queue says of a failed PKCS8_decrypt: bad padding or garbage inside means the passphrase. */
static enum sy_err
decrypt_failed(void)
{
	enum sy_err err = SY_ERR_BAD_KEY;
	unsigned long e;
	while ((e = ERR_get_error()) != 0)
		if (ERR_GET_LIB(e) == ERR_LIB_PKCS12 &&
		    (ERR_GET_REASON(e) == PKCS12_R_PKCS12_CIPHERFINAL_ERROR || ERR_GET_REASON(e) == PKCS12_R_DECODE_ERROR))
			err = SY_ERR_BAD_PASSPHRASE;
	return err;
}

static enum sy_err
envelope_parse(struct sy_span pem, X509_SIG **ret)
{
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	if (bio == NULL)
		return failed(SY_ERR_NO_MEMORY);
	SY_CLEANUP(block_free) struct pem_block b = { 0 };
	if (PEM_read_bio(bio, &b.name, &b.header, &b.data, &b.len) != 1)
		return failed(SY_ERR_BAD_KEY);
	if (strcmp(b.name, PEM_STRING_PKCS8) != 0 || b.header[0] != '\0')
		return SY_ERR_BAD_KEY;
	SY_TRY(sum_check(pem, sy_span(b.data, (size_t)b.len)));
	const unsigned char *p = b.data;
	SY_CLEANUP(X509_SIG_freep) X509_SIG *sig = d2i_X509_SIG(NULL, &p, b.len);
	if (sig == NULL || p != b.data + b.len)
		return failed(SY_ERR_BAD_KEY);
	const X509_ALGOR *alg = NULL;
	const ASN1_OBJECT *oid = NULL;
	X509_SIG_get0(sig, &alg, NULL);
	X509_ALGOR_get0(&oid, NULL, NULL, alg);
	if (OBJ_obj2nid(oid) != NID_pbes2) /* the older schemes rest on DES, RC2 or RC4 */
		return SY_ERR_BAD_KEY;
	*ret = sig;
	sig = NULL;
	return SY_OK;
}

/* The public point in the file must be the private key's own. */
static bool
pair_fits(EVP_PKEY *pkey)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	bool ok = c != NULL && EVP_PKEY_pairwise_check(c) == 1;
	EVP_PKEY_CTX_free(c);
	return ok;
}

enum sy_err
sy_key_parse_pem(struct sy_span pem, const struct sy_secret *passphrase, struct sy_key **ret)
{
	struct sy_span pass = sy_secret_span(passphrase);
	if (pem.len == 0 || pem.len > KEY_PEM_MAX)
		return SY_ERR_BAD_KEY;
	if (pass.len > INT_MAX)
		return SY_ERR_BAD_PASSPHRASE;
	SY_CLEANUP(X509_SIG_freep) X509_SIG *sig = NULL;
	SY_TRY(envelope_parse(pem, &sig));
	ERR_clear_error();
	SY_CLEANUP(PKCS8_PRIV_KEY_INFO_freep)
	PKCS8_PRIV_KEY_INFO *info = PKCS8_decrypt(sig, (const char *)pass.data, (int)pass.len);
	if (info == NULL)
		return decrypt_failed();
	SY_AUTO_PKEY *pkey = EVP_PKCS82PKEY(info);
	if (pkey == NULL)
		return failed(SY_ERR_BAD_KEY);
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_key_from_pkey(pkey, true, &key));
	if (!pair_fits(pkey))
		return failed(SY_ERR_BAD_KEY);
	*ret = key;
	key = NULL;
	return SY_OK;
}

/* The encrypted key as an ASN.1 object, or NULL. */
static X509_SIG *
envelope_make(EVP_PKEY *pkey, struct sy_span pass)
{
	uint8_t salt[SALT_SIZE];
	if (sy_random(salt, sizeof salt) != SY_OK)
		return NULL;
	SY_CLEANUP(PKCS8_PRIV_KEY_INFO_freep) PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(pkey);
	if (info == NULL)
		return NULL;
	X509_ALGOR *alg = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt, SALT_SIZE, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
	if (alg == NULL)
		return NULL;
	X509_SIG *sig = PKCS8_set0_pbe((const char *)pass.data, (int)pass.len, info, alg); /* owns alg when it succeeds */
	if (sig == NULL)
		X509_ALGOR_free(alg);
	return sig;
}

enum sy_err
sy_key_print_pem(const struct sy_key *k, const struct sy_secret *passphrase, struct sy_buf *ret)
{
	struct sy_span pass = sy_secret_span(passphrase);
	if (!sy_key_has_private(k))
		return SY_ERR_BAD_KEY;
	if (pass.len == 0)
		return SY_ERR_TOO_SHORT;
	if (pass.len > INT_MAX)
		return SY_ERR_TOO_LONG;
	SY_CLEANUP(X509_SIG_freep) X509_SIG *sig = envelope_make(sy_key_pkey(k), pass);
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());
	if (sig == NULL || bio == NULL || PEM_write_bio_PKCS8(bio, sig) != 1)
		return failed(SY_ERR_CRYPTO);
	unsigned char *der = NULL;
	int len = i2d_X509_SIG(sig, &der);
	if (len <= 0)
		return failed(SY_ERR_CRYPTO);
	uint8_t sum[SY_SHA256_SIZE];
	enum sy_err err = sy_sha256(sy_span(der, (size_t)len), sum);
	OPENSSL_free(der);
	SY_TRY(err);
	char *text = NULL;
	long text_len = BIO_get_mem_data(bio, &text);
	sy_buf_add_str(ret, SUM_PREFIX);
	sy_hex_add(ret, sy_span(sum, sizeof sum));
	sy_buf_add_byte(ret, '\n');
	sy_buf_add(ret, text, (size_t)text_len);
	return sy_buf_err(ret);
}
