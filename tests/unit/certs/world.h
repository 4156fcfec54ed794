/* world.h: a root, a party and its people, made afresh for a test (certs only). */
#ifndef TEST_CERTS_WORLD_H
#define TEST_CERTS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "certs/entry.h"
#include "certs/x509.h"

#define PARTY "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"
#define T0 INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define YEAR (INT64_C(365) * 86400)
#define NOW (T0 + YEAR / 2)

struct world {
	enum sy_alg alg;
	struct sy_key *root_key, *ca_key, *key, *note_key;
	struct sy_cert *root, *ca, *person;
	struct sy_trust *trust;
};

static inline struct sy_key *
new_key(enum sy_alg alg)
{
	struct sy_key *k = NULL;
	assert_int_equal(sy_key_generate(alg, &k), SY_OK);
	return k;
}

/* A list that names one CA key, and maybe a status key. */
static inline struct sy_trust *
new_trust(const struct world *w, struct sy_trust_key ca, const struct sy_key *status)
{
	struct sy_trust_key keys[2] = { ca };
	if (status != NULL) {
		SY_AUTO_KEY *copy = NULL;
		assert_int_equal(sy_key_from_pkey(sy_key_pkey(status), false, &copy), SY_OK);
		keys[1] = (struct sy_trust_key){ .kid = 7, .alg = sy_key_alg(status), .role = SY_KEY_STATUS, .party = "-", .not_before = T0, .not_after = INT64_MAX,
			.valid_if_leaf_lt = UINT64_MAX, .reason = "-", .key = copy };
		copy = NULL;
	}
	struct sy_trust_facts f = { .origin = "test.example/suyuan", .version = 1, .issued = T0, .expires = T0 + YEAR, .policy = { .k = 1, .n = 1 },
		.nkeys = status == NULL ? 1 : 2, .keys = keys };
	assert_int_equal(sy_note_key_from("root", w->note_key, &f.policy.root[0]), SY_OK);
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, SY_TRUST_MAX);
	assert_int_equal(sy_trust_print(&f, &text), SY_OK);
	struct sy_trust *t = NULL;
	assert_int_equal(sy_trust_parse_text(sy_buf_span(&text), &t, NULL), SY_OK);
	sy_key_free(keys[1].key);
	return t;
}

static inline struct sy_trust_key
ca_line(struct sy_key *key)
{
	return (struct sy_trust_key){ .kid = 1, .alg = sy_key_alg(key), .role = SY_KEY_CA, .party = "-", .not_before = T0, .not_after = INT64_MAX,
		.valid_if_leaf_lt = UINT64_MAX, .reason = "-", .key = key };
}

static inline struct sy_cert *
issue(const struct sy_x509_spec *spec, const struct sy_key *key, const struct sy_cert *issuer, const struct sy_key *issuer_key)
{
	SY_AUTO_X509 *x = NULL;
	assert_int_equal(sy_x509_new(spec, key, issuer, &x), SY_OK);
	assert_int_equal(sy_x509_sign(x, issuer_key), SY_OK);
	unsigned char *der = NULL;
	int len = i2d_X509(x, &der);
	assert_true(len > 0);
	struct sy_cert *c = NULL;
	enum sy_err e = sy_cert_parse(sy_span(der, (size_t)len), &c);
	OPENSSL_free(der);
	assert_int_equal(e, SY_OK);
	return c;
}

static inline struct sy_x509_spec
root_spec(void)
{
	return (struct sy_x509_spec){ .party = OTHER, .subject = "root", .ca = true, .key_cert_sign = true, .pathlen = 1, .not_before = T0, .not_after = T0 + 10 * YEAR };
}

static inline struct sy_x509_spec
ca_spec(void)
{
	return (struct sy_x509_spec){ .party = PARTY, .subject = "ca", .permitted = PARTY, .roles = SY_ROLE_TESTER | SY_ROLE_REVIEWER | SY_ROLE_APPROVER, .ca = true,
		.key_cert_sign = true, .pathlen = 0, .not_before = T0, .not_after = T0 + 5 * YEAR };
}

static inline struct sy_x509_spec
person_spec(void)
{
	return (struct sy_x509_spec){ .party = PARTY, .subject = "JC-0001", .roles = SY_ROLE_TESTER, .pathlen = -1, .not_before = T0, .not_after = T0 + YEAR };
}

static inline void
world_init(struct world *w, enum sy_alg alg)
{
	*w = (struct world){ .alg = alg };
	w->note_key = new_key(SY_ALG_ED25519);
	w->root_key = new_key(alg);
	w->ca_key = new_key(alg);
	w->key = new_key(alg);
	struct sy_x509_spec s = root_spec();
	w->root = issue(&s, w->root_key, NULL, w->root_key);
	s = ca_spec();
	w->ca = issue(&s, w->ca_key, w->root, w->root_key);
	s = person_spec();
	w->person = issue(&s, w->key, w->ca, w->ca_key);
	w->trust = new_trust(w, ca_line(w->root_key), NULL);
}

static inline void
world_done(struct world *w)
{
	sy_key_free(w->note_key);
	sy_key_free(w->root_key);
	sy_key_free(w->ca_key);
	sy_key_free(w->key);
	sy_cert_free(w->root);
	sy_cert_free(w->ca);
	sy_cert_free(w->person);
	sy_trust_free(w->trust);
}

#endif
