/* x509_issue.c: certificates and requests that sy_chain_check will accept, see chain.h. */
#include "certs/x509.h"

#include "certs/line.h"
#include "schema/wire/utf8.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#define CSR_MAX 16384

SY_DEFINE_CLEANUP(X509_NAME, X509_NAME_free)
SY_DEFINE_CLEANUP(X509_REQ, X509_REQ_free)
SY_DEFINE_CLEANUP(EVP_MD_CTX, EVP_MD_CTX_free)
SY_DEFINE_CLEANUP(BIO, BIO_free_all)

static void
openssl_freep(unsigned char **p)
{
	OPENSSL_free(*p);
}

static enum sy_err
check_names(const struct sy_cert_spec *s)
{
	struct sy_span subject = sy_span_str(s->subject);
	if (!sy_line_is_id(sy_span_str(s->party)))
		return SY_ERR_WRONG_PARTY;
	if (!s->ca)
		return sy_line_made_of(subject, "0-9A-Za-z._-", 1, 32) ? SY_OK : SY_ERR_BAD_CHARACTER;
	if (subject.len == 0 || subject.len > 64)
		return SY_ERR_TOO_LONG;
	return sy_utf8_check(subject, false, NULL);
}

/* What sy_chain_check asks of the pair, asked before anything is signed. */
static enum sy_err
check_issuer(const struct sy_cert_spec *s, const struct sy_cert *issuer, const struct sy_key *issuer_key)
{
	if (!issuer->ca || !sy_key_eq_public(issuer->key, issuer_key))
		return SY_ERR_BAD_KEY;
	if (s->not_before < issuer->not_before || s->not_after > issuer->not_after)
		return SY_ERR_OUT_OF_RANGE;
	if (s->roles == 0)
		return SY_ERR_WRONG_ROLE;
	if (issuer->root) {
		bool status = (s->roles & SY_ROLE_STATUS) != 0;
		if (s->ca)
			return status ? SY_ERR_WRONG_ROLE : SY_OK;
		return s->roles == SY_ROLE_STATUS ? SY_OK : SY_ERR_WRONG_ROLE;
	}
	if (s->ca)
		return SY_ERR_BAD_CHAIN; /* pathlen 0 */
	if (strcmp(s->party, issuer->party) != 0)
		return SY_ERR_WRONG_PARTY;
	return (s->roles & ~issuer->roles) == 0 ? SY_OK : SY_ERR_WRONG_ROLE;
}

enum sy_err
sy_cert_issue(const struct sy_cert_spec *spec, const struct sy_key *subject_key, const struct sy_cert *issuer, const struct sy_key *issuer_key, struct sy_cert **ret)
{
	*ret = NULL;
	if (sy_key_alg(subject_key) == SY_ALG_ED25519)
		return SY_ERR_BAD_KEY;
	SY_TRY(check_names(spec));
	if (spec->not_after <= spec->not_before || (spec->roles & ~SY_ROLES_ALL) != 0)
		return SY_ERR_OUT_OF_RANGE;
	if (issuer != NULL)
		SY_TRY(check_issuer(spec, issuer, issuer_key));
	else if (!spec->ca || spec->roles != 0 || !sy_key_eq_public(subject_key, issuer_key))
		return SY_ERR_BAD_KEY;
	struct sy_x509_spec x = {
		.party = spec->party, .subject = spec->subject, .roles = spec->roles, .ca = spec->ca, .key_cert_sign = spec->ca,
		.permitted = spec->ca && issuer != NULL ? spec->party : NULL,
		.pathlen = !spec->ca ? -1 : issuer == NULL ? 1 : 0,
		.not_before = spec->not_before, .not_after = spec->not_after,
	};
	SY_AUTO_X509 *cert = NULL;
	SY_CLEANUP(openssl_freep) unsigned char *der = NULL;
	SY_TRY(sy_x509_new(&x, subject_key, issuer, &cert));
	SY_TRY(sy_x509_sign(cert, issuer_key));
	int len = i2d_X509(cert, &der);
	return len < 0 ? SY_ERR_CRYPTO : sy_cert_parse(sy_span(der, (size_t)len), ret);
}

static enum sy_err
set_csr_id(X509_REQ *req)
{
	if (X509_REQ_get_signature_nid(req) != NID_SM2_with_SM3)
		return SY_OK;
	ASN1_OCTET_STRING *id = ASN1_OCTET_STRING_new();
	if (id == NULL || ASN1_OCTET_STRING_set(id, (const unsigned char *)SY_SM2_ID, SY_SM2_ID_LEN) != 1) {
		ASN1_OCTET_STRING_free(id);
		return SY_ERR_NO_MEMORY;
	}
	X509_REQ_set0_distinguishing_id(req, id);
	return SY_OK;
}

enum sy_err
sy_csr_print(const struct sy_key *key, const char *subject, struct sy_buf *ret_pem)
{
	SY_CLEANUP(X509_REQ_freep) X509_REQ *req = X509_REQ_new();
	SY_CLEANUP(X509_NAME_freep) X509_NAME *name = NULL;
	SY_CLEANUP(EVP_MD_CTX_freep) EVP_MD_CTX *ctx = NULL;
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());
	if (req == NULL || bio == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(sy_x509_name(NULL, subject, &name));
	SY_TRY(sy_x509_sign_ctx(key, &ctx));
	bool ok = X509_REQ_set_version(req, X509_REQ_VERSION_1) == 1 && X509_REQ_set_subject_name(req, name) == 1 && X509_REQ_set_pubkey(req, sy_key_pkey(key)) == 1;
	ok = ok && X509_REQ_sign_ctx(req, ctx) > 0 && PEM_write_bio_X509_REQ(bio, req) == 1;
	char *text = NULL;
	long len = ok ? BIO_get_mem_data(bio, &text) : 0;
	ERR_clear_error();
	if (len <= 0)
		return SY_ERR_CRYPTO;
	sy_buf_add(ret_pem, text, (size_t)len);
	return sy_buf_err(ret_pem);
}

enum sy_err
sy_csr_parse(struct sy_span pem, struct sy_key **ret)
{
	*ret = NULL;
	if (pem.len > CSR_MAX)
		return SY_ERR_TOO_LONG;
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	SY_CLEANUP(X509_REQ_freep) X509_REQ *req = bio == NULL ? NULL : PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL);
	SY_CLEANUP(openssl_freep) unsigned char *spki = NULL;
	int len = req == NULL ? -1 : i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(req), &spki);
	ERR_clear_error();
	if (len <= 0)
		return SY_ERR_BAD_CERTIFICATE;
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_key_parse_spki(sy_span(spki, (size_t)len), &key));
	SY_TRY(set_csr_id(req));
	int good = X509_REQ_verify(req, sy_key_pkey(key));
	ERR_clear_error();
	if (good != 1)
		return SY_ERR_BAD_SIGNATURE;
	*ret = key;
	key = NULL;
	return SY_OK;
}
