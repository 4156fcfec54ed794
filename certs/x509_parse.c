/* x509_parse.c: a certificate of ours and nothing else (RFC 5280 section 4): version
 * 3, strict DER, names of the one form in chain.h, extensions that stand once. */
#include "certs/x509.h"

#include "certs/digest.h"
#include "certs/line.h"
#include "schema/wire/utf8.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CERT_MAX 4096

SY_DEFINE_CLEANUP(NAME_CONSTRAINTS, NAME_CONSTRAINTS_free)
SY_DEFINE_CLEANUP(ASN1_TIME, ASN1_TIME_free)
SY_DEFINE_CLEANUP(BIO, BIO_free_all)

static void
openssl_freep(unsigned char **p)
{
	OPENSSL_free(*p);
}

static void
eku_freep(EXTENDED_KEY_USAGE **p)
{
	EXTENDED_KEY_USAGE_free(*p);
}

static enum sy_err
must(bool ok)
{
	return ok ? SY_OK : SY_ERR_BAD_CERTIFICATE;
}

void
sy_cert_free(struct sy_cert *c)
{
	if (c == NULL)
		return;
	X509_free(c->x);
	sy_key_free(c->key);
	sy_buf_done(&c->der);
	free(c);
}

/* OpenSSL reads BER. Written again from its parts, a DER certificate comes out as it was. */
static enum sy_err
check_extension(X509_EXTENSION *ext)
{
	const X509V3_EXT_METHOD *method = X509V3_EXT_get(ext);
	if (method == NULL || method->it == NULL)
		return SY_OK; /* unknown: X509_verify_cert refuses it where it is critical */
	void *value = X509V3_EXT_d2i(ext);
	if (value == NULL)
		return SY_ERR_BAD_CERTIFICATE;
	/* A boolean keeps the byte it was read from, and DER knows only 0xFF (X.690 11.1). */
	bool ber = OBJ_obj2nid(X509_EXTENSION_get_object(ext)) == NID_basic_constraints && ((const BASIC_CONSTRAINTS *)value)->ca % 0xFF != 0;
	SY_CLEANUP(openssl_freep) unsigned char *der = NULL;
	int len = ASN1_item_i2d(value, &der, ASN1_ITEM_ptr(method->it));
	ASN1_item_free(value, ASN1_ITEM_ptr(method->it));
	const ASN1_OCTET_STRING *was = X509_EXTENSION_get_data(ext);
	return must(!ber && len >= 0 && len == ASN1_STRING_length(was) && memcmp(der, ASN1_STRING_get0_data(was), (size_t)len) == 0);
}

static enum sy_err
check_der(const struct sy_cert *c, X509 *x)
{
	SY_CLEANUP(openssl_freep) unsigned char *whole = NULL;
	for (int i = 0; i < X509_get_ext_count(x); i++) {
		X509_EXTENSION *ext = X509_get_ext(x, i);
		(void)X509_EXTENSION_set_critical(ext, X509_EXTENSION_get_critical(ext)); /* the one byte that TRUE has in DER */
	}
	int before = i2d_re_X509_tbs(x, &whole); /* forgets the bytes as read */
	OPENSSL_free(whole);
	whole = NULL;
	int len = before < 0 ? -1 : i2d_X509(x, &whole);
	SY_TRY(must(len >= 0 && sy_span_eq(sy_span(whole, (size_t)len), sy_buf_span(&c->der))));
	for (int i = 0; i < X509_get_ext_count(x); i++) {
		X509_EXTENSION *ext = X509_get_ext(x, i);
		SY_TRY(must(X509_get_ext_by_OBJ(x, X509_EXTENSION_get_object(ext), i) < 0)); /* stands once: RFC 5280 4.2 */
		SY_TRY(check_extension(ext));
	}
	return SY_OK;
}

static enum sy_err
name_part(const X509_NAME *name, int i, int nid, char *ret, size_t size)
{
	const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
	const ASN1_STRING *s = X509_NAME_ENTRY_get_data(entry);
	int type = ASN1_STRING_type(s), len = ASN1_STRING_length(s);
	SY_TRY(must(X509_NAME_ENTRY_set(entry) == i && OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)) == nid));
	SY_TRY(must((type == V_ASN1_UTF8STRING || type == V_ASN1_PRINTABLESTRING) && len > 0 && (size_t)len < size));
	SY_TRY(must(sy_utf8_check(sy_span(ASN1_STRING_get0_data(s), (size_t)len), false, NULL) == SY_OK));
	memcpy(ret, ASN1_STRING_get0_data(s), (size_t)len);
	ret[len] = '\0';
	return SY_OK;
}

static enum sy_err
read_names(struct sy_cert *c)
{
	const X509_NAME *name = X509_get_subject_name(c->x);
	SY_TRY(must(X509_NAME_entry_count(name) == 2));
	SY_TRY(name_part(name, 0, NID_organizationName, c->party, sizeof c->party));
	SY_TRY(name_part(name, 1, NID_commonName, c->subject, sizeof c->subject));
	SY_TRY(must(sy_line_is_id(sy_span_str(c->party))));
	c->root = c->ca && X509_NAME_cmp(name, X509_get_issuer_name(c->x)) == 0;
	/* A person is a staff number: no name fits here. */
	return must(c->ca || sy_line_made_of(sy_span_str(c->subject), "0-9A-Za-z._-", 1, 32));
}

static enum sy_err
read_time(const ASN1_TIME *t, int64_t *ret)
{
	SY_CLEANUP(ASN1_TIME_freep) ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int days = 0, seconds = 0;
	int type = ASN1_STRING_type(t), len = ASN1_STRING_length(t);
	/* RFC 5280 4.1.2.5: YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ and no other spelling */
	SY_TRY(must((type == V_ASN1_UTCTIME && len == 13) || (type == V_ASN1_GENERALIZEDTIME && len == 15)));
	SY_TRY(must(ASN1_STRING_get0_data(t)[len - 1] == 'Z'));
	SY_TRY(must(epoch != NULL && ASN1_TIME_diff(&days, &seconds, epoch, t) == 1));
	*ret = (int64_t)days * 86400 + seconds;
	return SY_OK;
}

static enum sy_err
read_eku(struct sy_cert *c)
{
	int critical = 0;
	SY_CLEANUP(eku_freep) EXTENDED_KEY_USAGE *eku = X509_get_ext_d2i(c->x, NID_ext_key_usage, &critical, NULL);
	c->has_eku = eku != NULL;
	for (int i = 0; i < sk_ASN1_OBJECT_num(eku); i++) {
		char oid[96];
		int len = OBJ_obj2txt(oid, sizeof oid, sk_ASN1_OBJECT_value(eku, i), 1);
		size_t arc = strlen(SY_EKU_ARC);
		if (len != (int)arc + 2 || strncmp(oid, SY_EKU_ARC ".", arc + 1) != 0)
			continue;
		char digit = oid[arc + 1];
		if (digit >= '1' && digit <= '8')
			c->roles |= 1u << (digit - '1');
	}
	return SY_OK;
}

static bool
subtree_is(const GENERAL_SUBTREE *tree, const char *party)
{
	if (tree->minimum != NULL || tree->maximum != NULL || tree->base->type != GEN_DIRNAME)
		return false;
	const X509_NAME *name = tree->base->d.directoryName;
	char o[33];
	return X509_NAME_entry_count(name) == 1 && name_part(name, 0, NID_organizationName, o, sizeof o) == SY_OK && strcmp(o, party) == 0;
}

static void
read_constraints(struct sy_cert *c)
{
	int critical = 0;
	SY_CLEANUP(NAME_CONSTRAINTS_freep) NAME_CONSTRAINTS *nc = X509_get_ext_d2i(c->x, NID_name_constraints, &critical, NULL);
	if (nc == NULL || critical != 1 || nc->excludedSubtrees != NULL || sk_GENERAL_SUBTREE_num(nc->permittedSubtrees) != 1)
		return;
	c->constrained = subtree_is(sk_GENERAL_SUBTREE_value(nc->permittedSubtrees, 0), c->party);
}

static enum sy_err
read_key(struct sy_cert *c)
{
	SY_CLEANUP(openssl_freep) unsigned char *spki = NULL;
	int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(c->x), &spki);
	SY_TRY(must(len > 0));
	SY_TRY(sy_key_parse_spki(sy_span(spki, (size_t)len), &c->key));
	return must(sy_key_alg(c->key) != SY_ALG_ED25519);
}

/* Only where SM2 signed: with an id set, OpenSSL 3.0 fails on any other signature. */
static enum sy_err
set_sm2_id(X509 *x)
{
	if (X509_get_signature_nid(x) != NID_SM2_with_SM3)
		return SY_OK;
	ASN1_OCTET_STRING *id = ASN1_OCTET_STRING_new();
	if (id == NULL || ASN1_OCTET_STRING_set(id, (const unsigned char *)SY_SM2_ID, SY_SM2_ID_LEN) != 1) {
		ASN1_OCTET_STRING_free(id);
		return SY_ERR_NO_MEMORY;
	}
	X509_set0_distinguishing_id(x, id);
	return SY_OK;
}

static enum sy_err
read_cert(struct sy_cert *c)
{
	const unsigned char *p = c->der.data;
	SY_AUTO_X509 *strict = d2i_X509(NULL, &p, (long)c->der.len);
	SY_TRY(must(strict != NULL && p == c->der.data + c->der.len && X509_get_version(strict) == X509_VERSION_3));
	SY_TRY(check_der(c, strict));
	p = c->der.data;
	c->x = d2i_X509(NULL, &p, (long)c->der.len); /* afresh: check_der made the other forget its bytes */
	SY_TRY(must(c->x != NULL));
	SY_TRY(set_sm2_id(c->x));
	SY_TRY(must((X509_get_extension_flags(c->x) & EXFLAG_INVALID) == 0));
	c->ca = (X509_get_extension_flags(c->x) & EXFLAG_CA) != 0;
	uint32_t usage = X509_get_key_usage(c->x);
	c->may_sign = usage != UINT32_MAX && (usage & KU_DIGITAL_SIGNATURE) != 0;
	SY_TRY(read_names(c));
	SY_TRY(read_time(X509_get0_notBefore(c->x), &c->not_before));
	SY_TRY(read_time(X509_get0_notAfter(c->x), &c->not_after));
	SY_TRY(read_eku(c));
	read_constraints(c);
	SY_TRY(read_key(c));
	return sy_sha256(sy_buf_span(&c->der), c->sha256);
}

enum sy_err
sy_cert_parse(struct sy_span der, struct sy_cert **ret)
{
	*ret = NULL;
	SY_AUTO_CERT *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SY_ERR_NO_MEMORY;
	sy_buf_init(&c->der, CERT_MAX);
	sy_buf_add_span(&c->der, der);
	SY_TRY(sy_buf_err(&c->der));
	enum sy_err e = read_cert(c);
	ERR_clear_error();
	SY_TRY(e);
	*ret = c;
	c = NULL;
	return SY_OK;
}

enum sy_err
sy_cert_parse_pem(struct sy_span pem, struct sy_cert **ret)
{
	*ret = NULL;
	if (pem.len > (size_t)4 * CERT_MAX)
		return SY_ERR_TOO_LONG;
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	SY_CLEANUP(openssl_freep) unsigned char *der = NULL;
	long len = 0;
	int ok = bio == NULL ? 0 : PEM_bytes_read_bio(&der, &len, NULL, PEM_STRING_X509, bio, NULL, NULL);
	ERR_clear_error();
	SY_TRY(must(ok == 1 && len > 0));
	return sy_cert_parse(sy_span(der, (size_t)len), ret);
}

void
sy_cert_print_pem(const struct sy_cert *c, struct sy_buf *ret)
{
	SY_CLEANUP(BIO_free_allp) BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	long len = bio != NULL && PEM_write_bio_X509(bio, c->x) == 1 ? BIO_get_mem_data(bio, &text) : 0;
	if (len > 0)
		sy_buf_add(ret, text, (size_t)len);
	else if (ret->err == SY_OK)
		ret->err = SY_ERR_CRYPTO;
}

struct sy_span
sy_cert_der(const struct sy_cert *c)
{
	return sy_buf_span(&c->der);
}

const uint8_t *
sy_cert_sha256(const struct sy_cert *c)
{
	return c->sha256;
}

const char *
sy_cert_party(const struct sy_cert *c)
{
	return c->party;
}

const char *
sy_cert_subject(const struct sy_cert *c)
{
	return c->subject;
}

unsigned
sy_cert_roles(const struct sy_cert *c)
{
	return c->roles;
}

bool
sy_cert_is_ca(const struct sy_cert *c)
{
	return c->ca;
}

bool
sy_cert_is_root(const struct sy_cert *c)
{
	return c->root;
}

int64_t
sy_cert_not_before(const struct sy_cert *c)
{
	return c->not_before;
}

int64_t
sy_cert_not_after(const struct sy_cert *c)
{
	return c->not_after;
}

enum sy_err
sy_cert_key(const struct sy_cert *c, struct sy_key **ret)
{
	return sy_key_from_pkey(sy_key_pkey(c->key), false, ret);
}
