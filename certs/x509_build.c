/* x509_build.c: a certificate from its parts (RFC 5280 section 4), see x509.h. */
#include "certs/x509.h"

#include "certs/digest.h"

#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#define SKI_SIZE 20

SY_DEFINE_CLEANUP(X509_NAME, X509_NAME_free)
SY_DEFINE_CLEANUP(EVP_MD_CTX, EVP_MD_CTX_free)
SY_DEFINE_CLEANUP(BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free)
SY_DEFINE_CLEANUP(NAME_CONSTRAINTS, NAME_CONSTRAINTS_free)
SY_DEFINE_CLEANUP(ASN1_BIT_STRING, ASN1_BIT_STRING_free)
SY_DEFINE_CLEANUP(ASN1_OCTET_STRING, ASN1_OCTET_STRING_free)
SY_DEFINE_CLEANUP(ASN1_INTEGER, ASN1_INTEGER_free)
SY_DEFINE_CLEANUP(AUTHORITY_KEYID, AUTHORITY_KEYID_free)
SY_DEFINE_CLEANUP(BIGNUM, BN_free)

static enum sy_err
must(bool ok)
{
	return ok ? SY_OK : SY_ERR_CRYPTO;
}

static enum sy_err
add_rdn(X509_NAME *name, int nid, const char *value)
{
	if (value == NULL)
		return SY_OK;
	return must(X509_NAME_add_entry_by_NID(name, nid, V_ASN1_UTF8STRING, (const unsigned char *)value, -1, -1, 0) == 1);
}

enum sy_err
sy_x509_name(const char *party, const char *subject, X509_NAME **ret)
{
	SY_CLEANUP(X509_NAME_freep) X509_NAME *name = X509_NAME_new();
	if (name == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(add_rdn(name, NID_organizationName, party));
	SY_TRY(add_rdn(name, NID_commonName, subject));
	*ret = name;
	name = NULL;
	return SY_OK;
}

static enum sy_err
set_serial(X509 *x)
{
	uint8_t random[20];
	SY_TRY(sy_random(random, sizeof random));
	random[0] = (uint8_t)((random[0] & 0x7F) | 0x40); /* positive and always 20 bytes (RFC 5280 4.1.2.2) */
	SY_CLEANUP(BN_freep) BIGNUM *bn = BN_bin2bn(random, sizeof random, NULL);
	SY_CLEANUP(ASN1_INTEGER_freep) ASN1_INTEGER *serial = bn == NULL ? NULL : BN_to_ASN1_INTEGER(bn, NULL);
	return must(serial != NULL && X509_set_serialNumber(x, serial) == 1);
}

static enum sy_err
add_basic(X509 *x, const struct sy_x509_spec *spec)
{
	SY_CLEANUP(BASIC_CONSTRAINTS_freep) BASIC_CONSTRAINTS *bc = BASIC_CONSTRAINTS_new();
	if (bc == NULL)
		return SY_ERR_NO_MEMORY;
	bc->ca = spec->ca ? 0xFF : 0;
	if (spec->pathlen >= 0) {
		bc->pathlen = ASN1_INTEGER_new();
		SY_TRY(must(bc->pathlen != NULL && ASN1_INTEGER_set(bc->pathlen, spec->pathlen) == 1));
	}
	return must(X509_add1_ext_i2d(x, NID_basic_constraints, bc, 1, 0) == 1);
}

/* Bits of RFC 5280 4.2.1.3: digitalSignature 0, keyCertSign 5, cRLSign 6. */
static enum sy_err
add_usage(X509 *x, const struct sy_x509_spec *spec)
{
	SY_CLEANUP(ASN1_BIT_STRING_freep) ASN1_BIT_STRING *ku = ASN1_BIT_STRING_new();
	if (ku == NULL)
		return SY_ERR_NO_MEMORY;
	bool ok = ASN1_BIT_STRING_set_bit(ku, spec->key_cert_sign ? 5 : 0, 1) == 1;
	if (spec->key_cert_sign)
		ok = ok && ASN1_BIT_STRING_set_bit(ku, 6, 1) == 1;
	return must(ok && X509_add1_ext_i2d(x, NID_key_usage, ku, 1, 0) == 1);
}

static void
eku_freep(EXTENDED_KEY_USAGE **p)
{
	EXTENDED_KEY_USAGE_free(*p);
}

static enum sy_err
add_eku(X509 *x, unsigned roles)
{
	if (roles == 0)
		return SY_OK;
	SY_CLEANUP(eku_freep) EXTENDED_KEY_USAGE *eku = EXTENDED_KEY_USAGE_new();
	if (eku == NULL)
		return SY_ERR_NO_MEMORY;
	for (int bit = 0; bit < 8; bit++) {
		if ((roles >> bit & 1) == 0)
			continue;
		char oid[96];
		(void)snprintf(oid, sizeof oid, SY_EKU_ARC ".%d", bit + 1);
		ASN1_OBJECT *o = OBJ_txt2obj(oid, 1);
		if (o == NULL || sk_ASN1_OBJECT_push(eku, o) == 0) {
			ASN1_OBJECT_free(o);
			return SY_ERR_CRYPTO;
		}
	}
	return must(X509_add1_ext_i2d(x, NID_ext_key_usage, eku, 1, 0) == 1);
}

static enum sy_err
add_name_constraints(X509 *x, const char *permitted)
{
	if (permitted == NULL)
		return SY_OK;
	SY_CLEANUP(NAME_CONSTRAINTS_freep) NAME_CONSTRAINTS *nc = NAME_CONSTRAINTS_new();
	SY_CLEANUP(X509_NAME_freep) X509_NAME *name = NULL;
	SY_TRY(sy_x509_name(permitted, NULL, &name));
	GENERAL_SUBTREE *tree = GENERAL_SUBTREE_new();
	if (nc != NULL)
		nc->permittedSubtrees = sk_GENERAL_SUBTREE_new_null();
	if (nc == NULL || tree == NULL || nc->permittedSubtrees == NULL || sk_GENERAL_SUBTREE_push(nc->permittedSubtrees, tree) == 0) {
		GENERAL_SUBTREE_free(tree);
		return SY_ERR_NO_MEMORY;
	}
	tree->base->type = GEN_DIRNAME;
	tree->base->d.directoryName = name;
	name = NULL;
	return must(X509_add1_ext_i2d(x, NID_name_constraints, nc, 1, 0) == 1);
}

/* RFC 7093 method 4: the key identifier is cut from SHA-256 of the SPKI. */
static enum sy_err
key_id(const struct sy_key *key, ASN1_OCTET_STRING **ret)
{
	uint8_t fp[32];
	SY_TRY(sy_key_fingerprint(key, fp));
	*ret = ASN1_OCTET_STRING_new();
	return must(*ret != NULL && ASN1_OCTET_STRING_set(*ret, fp, SKI_SIZE) == 1);
}

static enum sy_err
add_key_ids(X509 *x, const struct sy_key *key, const struct sy_key *issuer_key)
{
	SY_CLEANUP(ASN1_OCTET_STRING_freep) ASN1_OCTET_STRING *ski = NULL;
	SY_TRY(key_id(key, &ski));
	SY_TRY(must(X509_add1_ext_i2d(x, NID_subject_key_identifier, ski, 0, 0) == 1));
	SY_CLEANUP(AUTHORITY_KEYID_freep) AUTHORITY_KEYID *aki = AUTHORITY_KEYID_new();
	if (aki == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(key_id(issuer_key, &aki->keyid));
	return must(X509_add1_ext_i2d(x, NID_authority_key_identifier, aki, 0, 0) == 1);
}

static enum sy_err
set_validity(X509 *x, int64_t from, int64_t to)
{
	return must(ASN1_TIME_set(X509_getm_notBefore(x), (time_t)from) != NULL && ASN1_TIME_set(X509_getm_notAfter(x), (time_t)to) != NULL);
}

enum sy_err
sy_x509_new(const struct sy_x509_spec *spec, const struct sy_key *key, const struct sy_cert *issuer, X509 **ret)
{
	SY_AUTO_X509 *x = X509_new();
	SY_CLEANUP(X509_NAME_freep) X509_NAME *name = NULL;
	if (x == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(sy_x509_name(spec->party, spec->subject, &name));
	SY_TRY(must(X509_set_version(x, X509_VERSION_3) == 1 && X509_set_subject_name(x, name) == 1));
	SY_TRY(must(X509_set_issuer_name(x, issuer == NULL ? name : X509_get_subject_name(issuer->x)) == 1));
	SY_TRY(must(X509_set_pubkey(x, sy_key_pkey(key)) == 1));
	SY_TRY(set_serial(x));
	SY_TRY(set_validity(x, spec->not_before, spec->not_after));
	SY_TRY(add_basic(x, spec));
	SY_TRY(add_usage(x, spec));
	SY_TRY(add_eku(x, spec->roles));
	SY_TRY(add_name_constraints(x, spec->permitted));
	SY_TRY(add_key_ids(x, key, issuer == NULL ? key : issuer->key));
	*ret = x;
	x = NULL;
	return SY_OK;
}

enum sy_err
sy_x509_sign_ctx(const struct sy_key *key, EVP_MD_CTX **ret)
{
	bool sm2 = sy_key_alg(key) == SY_ALG_SM2;
	if (sy_key_alg(key) == SY_ALG_ED25519 || !sy_key_has_private(key))
		return SY_ERR_BAD_KEY;
	SY_CLEANUP(EVP_MD_CTX_freep) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx = NULL;
	SY_TRY(must(ctx != NULL && EVP_DigestSignInit(ctx, &pctx, sm2 ? EVP_sm3() : EVP_sha256(), NULL, sy_key_pkey(key)) == 1));
	if (sm2)
		SY_TRY(must(EVP_PKEY_CTX_set1_id(pctx, SY_SM2_ID, SY_SM2_ID_LEN) == 1));
	*ret = ctx;
	ctx = NULL;
	return SY_OK;
}

enum sy_err
sy_x509_sign(X509 *x, const struct sy_key *issuer_key)
{
	SY_CLEANUP(EVP_MD_CTX_freep) EVP_MD_CTX *ctx = NULL;
	SY_TRY(sy_x509_sign_ctx(issuer_key, &ctx));
	return must(X509_sign_ctx(x, ctx) > 0);
}
