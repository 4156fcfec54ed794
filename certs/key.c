/* key.c: see key.h.
 *
 * A SubjectPublicKeyInfo of a fixed algorithm and curve is a fixed prefix and the
 * point (RFC 5480, RFC 8410), so it is compared, not parsed: no other curve, no
 * explicit parameters and no second spelling can come in. */
#include "certs/digest.h"
#include "certs/openssl.h"
#include "schema/wire/b64.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#define PREFIX_MAX 27
#define POINT_MAX 65
#define SPKI_MAX (PREFIX_MAX + POINT_MAX)

struct form {
	enum sy_alg alg;
	const char *name; /* ours */
	const char *group; /* OpenSSL's */
	size_t prefix_len, point_len;
	uint8_t prefix[PREFIX_MAX];
};

struct sy_key {
	EVP_PKEY *pkey;
	const struct form *form;
	bool has_private;
	uint8_t spki[SPKI_MAX];
};

static const struct form forms[] = {
	/* RFC 5480: id-ecPublicKey, prime256v1, uncompressed point */
	{ SY_ALG_P256, "p256", "prime256v1", 26, 65,
	    { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
	        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00 } },
	/* RFC 8410: id-Ed25519 */
	{ SY_ALG_ED25519, "ed25519", "ED25519", 12, 32,
	    { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 } },
	/* GM/T 0006: id-ecPublicKey, 1.2.156.10197.1.301, uncompressed point */
	{ SY_ALG_SM2, "sm2", "SM2", 26, 65,
	    { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
	        0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00 } },
};

static const struct form *
form_of(enum sy_alg alg)
{
	for (size_t i = 0; i < SY_LEN(forms); i++)
		if (forms[i].alg == alg)
			return &forms[i];
	return NULL;
}

const char *
sy_alg_name(enum sy_alg a)
{
	const struct form *f = form_of(a);
	return f == NULL ? "" : f->name;
}

enum sy_err
sy_alg_parse(struct sy_span name, enum sy_alg *ret)
{
	for (size_t i = 0; i < SY_LEN(forms); i++)
		if (sy_span_eq_str(name, forms[i].name)) {
			*ret = forms[i].alg;
			return SY_OK;
		}
	return SY_ERR_UNKNOWN_CODE;
}

/* x || y of an EC key whatever its point form is; the point is public. */
static enum sy_err
ec_point(const EVP_PKEY *pkey, uint8_t ret[POINT_MAX])
{
	BIGNUM *x = NULL, *y = NULL;
	ret[0] = 0x04;
	bool ok = EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_PUB_X, &x) == 1 &&
	    EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, &y) == 1 && BN_bn2binpad(x, ret + 1, 32) == 32 &&
	    BN_bn2binpad(y, ret + 33, 32) == 32;
	BN_free(x);
	BN_free(y);
	return ok ? SY_OK : SY_ERR_BAD_KEY;
}

static const struct form *
form_of_pkey(const EVP_PKEY *pkey)
{
	if (EVP_PKEY_is_a(pkey, "ED25519") == 1)
		return form_of(SY_ALG_ED25519);
	if (EVP_PKEY_is_a(pkey, "EC") != 1 && EVP_PKEY_is_a(pkey, "SM2") != 1)
		return NULL;
	int explicit_params = 0;
	char group[32] = "";
	if (EVP_PKEY_get_int_param(pkey, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &explicit_params) == 1 &&
	    explicit_params != 0)
		return NULL;
	if (EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, NULL) != 1)
		return NULL;
	if (strcmp(group, "prime256v1") == 0)
		return form_of(SY_ALG_P256);
	return strcmp(group, "SM2") == 0 ? form_of(SY_ALG_SM2) : NULL;
}

enum sy_err
sy_key_from_pkey(EVP_PKEY *pkey, bool has_private, struct sy_key **ret)
{
	uint8_t point[POINT_MAX] = { 0 };
	size_t len = sizeof point;
	const struct form *f = form_of_pkey(pkey);
	enum sy_err err = f == NULL ? SY_ERR_BAD_KEY : SY_OK;
	if (err == SY_OK && f->alg == SY_ALG_ED25519)
		err = EVP_PKEY_get_raw_public_key(pkey, point, &len) == 1 && len == f->point_len ? SY_OK : SY_ERR_BAD_KEY;
	else if (err == SY_OK)
		err = ec_point(pkey, point);
	ERR_clear_error();
	SY_TRY(err);
	struct sy_key *k = calloc(1, sizeof *k);
	if (k == NULL)
		return SY_ERR_NO_MEMORY;
	if (EVP_PKEY_up_ref(pkey) != 1) {
		free(k);
		return SY_ERR_CRYPTO;
	}
	k->pkey = pkey;
	k->form = f;
	k->has_private = has_private;
	memcpy(k->spki, f->prefix, f->prefix_len);
	memcpy(k->spki + f->prefix_len, point, f->point_len);
	*ret = k;
	return SY_OK;
}

enum sy_err
sy_key_generate(enum sy_alg alg, struct sy_key **ret)
{
	const struct form *f = form_of(alg);
	if (f == NULL)
		return SY_ERR_BAD_KEY;
	SY_AUTO_PKEY *pkey = NULL;
	if (alg == SY_ALG_ED25519)
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	else if (alg == SY_ALG_P256)
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", f->group);
	else
		pkey = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
	if (pkey == NULL) {
		ERR_clear_error();
		return SY_ERR_CRYPTO;
	}
	return sy_key_from_pkey(pkey, true, ret);
}

void
sy_key_free(struct sy_key *k)
{
	if (k == NULL)
		return;
	EVP_PKEY_free(k->pkey);
	free(k);
}

enum sy_alg
sy_key_alg(const struct sy_key *k)
{
	return k->form->alg;
}

bool
sy_key_has_private(const struct sy_key *k)
{
	return k->has_private;
}

EVP_PKEY *
sy_key_pkey(const struct sy_key *k)
{
	return k->pkey;
}

static struct sy_span
spki_of(const struct sy_key *k)
{
	return sy_span(k->spki, k->form->prefix_len + k->form->point_len);
}

bool
sy_key_eq_public(const struct sy_key *a, const struct sy_key *b)
{
	return sy_span_eq(spki_of(a), spki_of(b));
}

/* OpenSSL refuses points off the curve when it takes them in. */
static EVP_PKEY *
ec_from_point(const struct form *f, const uint8_t *point)
{
	EVP_PKEY *pkey = NULL;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, f->alg == SY_ALG_SM2 ? "SM2" : "EC", NULL);
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	OSSL_PARAM *params = NULL;
	if (ctx != NULL && bld != NULL &&
	    OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, f->group, 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point, f->point_len) == 1)
		params = OSSL_PARAM_BLD_to_param(bld);
	if (params != NULL && EVP_PKEY_fromdata_init(ctx) == 1)
		(void)EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(bld);
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

enum sy_err
sy_key_parse_spki(struct sy_span der, struct sy_key **ret)
{
	for (size_t i = 0; i < SY_LEN(forms); i++) {
		const struct form *f = &forms[i];
		if (der.len != f->prefix_len + f->point_len || memcmp(der.data, f->prefix, f->prefix_len) != 0)
			continue;
		const uint8_t *point = der.data + f->prefix_len;
		if (f->alg == SY_ALG_ED25519)
			return sy_key_from_raw_ed25519(point, ret);
		if (point[0] != 0x04)
			return SY_ERR_BAD_KEY;
		SY_AUTO_PKEY *pkey = ec_from_point(f, point);
		ERR_clear_error();
		return pkey == NULL ? SY_ERR_BAD_KEY : sy_key_from_pkey(pkey, false, ret);
	}
	return SY_ERR_BAD_KEY;
}

enum sy_err
sy_key_print_spki(const struct sy_key *k, struct sy_buf *ret)
{
	sy_buf_add_span(ret, spki_of(k));
	return sy_buf_err(ret);
}

enum sy_err
sy_key_fingerprint(const struct sy_key *k, uint8_t ret[32])
{
	return sy_sha256(spki_of(k), ret);
}

enum sy_err
sy_key_kid(const struct sy_key *k, char ret[17])
{
	uint8_t fp[32];
	SY_TRY(sy_key_fingerprint(k, fp));
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 16);
	sy_b64url_add(&b, sy_span(fp, 12));
	SY_TRY(sy_buf_err(&b));
	memcpy(ret, sy_buf_cstr(&b), 17);
	return SY_OK;
}

enum sy_err
sy_key_raw_ed25519(const struct sy_key *k, uint8_t ret[32])
{
	if (k->form->alg != SY_ALG_ED25519)
		return SY_ERR_BAD_KEY;
	memcpy(ret, k->spki + k->form->prefix_len, 32);
	return SY_OK;
}

enum sy_err
sy_key_from_raw_ed25519(const uint8_t raw[32], struct sy_key **ret)
{
	SY_AUTO_PKEY *pkey = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, raw, 32);
	if (pkey == NULL) {
		ERR_clear_error();
		return SY_ERR_BAD_KEY;
	}
	return sy_key_from_pkey(pkey, false, ret);
}
