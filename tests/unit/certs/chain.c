/* chain.c: a good chain, and every way a chain of ours can be bad (RFC 5280 section 6, trust.md). */
#include "world.h"

#include <openssl/x509v3.h>

static enum sy_err
check_at(const struct world *w, const struct sy_cert *leaf, const struct sy_cert *ca, const struct sy_cert *root, enum sy_role role, int64_t t)
{
	const struct sy_cert *inter[2] = { ca, root };
	return sy_chain_check(leaf, inter, 2, w->trust, role, t);
}

static enum sy_err
check(const struct world *w, const struct sy_cert *leaf, const struct sy_cert *ca)
{
	return check_at(w, leaf, ca, w->root, SY_ROLE_TESTER, NOW);
}

/* A person under a CA made to order; what the chain check says to it. */
static enum sy_err
check_specs(const struct world *w, const struct sy_x509_spec *ca, const struct sy_x509_spec *person)
{
	struct sy_cert *c = issue(ca, w->ca_key, w->root, w->root_key);
	struct sy_cert *p = issue(person, w->key, c, w->ca_key);
	enum sy_err e = check(w, p, c);
	sy_cert_free(c);
	sy_cert_free(p);
	return e;
}

static void
good_chain(void **state)
{
	(void)state;
	static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_SM2 }; /* R: GM/T 0009, id 1234567812345678 on every certificate */
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		struct world w;
		world_init(&w, algs[i]);
		assert_int_equal(check(&w, w.person, w.ca), SY_OK);
		/* The order of the others and strangers among them do not matter. */
		const struct sy_cert *inter[4] = { w.person, w.root, w.root, w.ca };
		assert_int_equal(sy_chain_check(w.person, inter, 4, w.trust, SY_ROLE_TESTER, NOW), SY_OK);
		world_done(&w);
	}
}

static void
dates(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	assert_int_equal(check_at(&w, w.person, w.ca, w.root, SY_ROLE_TESTER, T0), SY_OK);
	assert_int_equal(check_at(&w, w.person, w.ca, w.root, SY_ROLE_TESTER, T0 - 1), SY_ERR_CERT_EXPIRED); /* not yet valid */
	assert_int_equal(check_at(&w, w.person, w.ca, w.root, SY_ROLE_TESTER, T0 + YEAR + 1), SY_ERR_CERT_EXPIRED);
	struct sy_x509_spec ca = ca_spec(), person = person_spec();
	ca.not_after = NOW - 1; /* the CA's own end counts too */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_CERT_EXPIRED);
	world_done(&w);
}

static void
wrong_issuer(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	SY_AUTO_KEY *stranger = new_key(SY_ALG_P256);
	struct sy_x509_spec s = person_spec();
	/* Names the CA as its issuer; another key signed it. */
	SY_AUTO_CERT *forged = issue(&s, w.key, w.ca, stranger);
	assert_int_equal(check(&w, forged, w.ca), SY_ERR_BAD_CHAIN);
	/* The CA is missing, or the root is. */
	assert_int_equal(check_at(&w, w.person, w.root, w.root, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	assert_int_equal(check_at(&w, w.person, w.ca, w.ca, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	assert_int_equal(sy_chain_check(w.person, NULL, 0, w.trust, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	world_done(&w);
}

static void
strangers(void **state)
{
	(void)state;
	struct world w, other;
	world_init(&w, SY_ALG_P256);
	world_init(&other, SY_ALG_P256);
	/* A whole good chain whose root is not on our list. */
	assert_int_equal(sy_chain_check(other.person, (const struct sy_cert *[]){ other.ca, other.root }, 2, w.trust, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	/* A stranger that names itself. */
	struct sy_x509_spec s = person_spec();
	SY_AUTO_CERT *self = issue(&s, w.key, NULL, w.key);
	assert_int_equal(check(&w, self, w.ca), SY_ERR_BAD_CHAIN);
	/* The root's key under a certificate that the root did not sign. */
	s = root_spec();
	SY_AUTO_CERT *false_root = issue(&s, w.root_key, NULL, other.root_key);
	assert_int_equal(check_at(&w, w.person, w.ca, false_root, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	/* The root itself is nobody's signature. */
	assert_int_equal(check(&w, w.root, w.ca), SY_ERR_BAD_CHAIN);
	world_done(&w);
	world_done(&other);
}

static void
trust_list_rules(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	const struct sy_cert *inter[2] = { w.ca, w.root };
	struct sy_trust_key k = ca_line(w.root_key);
	k.not_after = NOW - 1;
	struct sy_trust *t = new_trust(&w, k, NULL);
	assert_int_equal(sy_chain_check(w.person, inter, 2, t, SY_ROLE_TESTER, NOW), SY_ERR_CERT_EXPIRED);
	sy_trust_free(t);
	/* Compromised: what was logged before leaf 100 keeps its force, nothing new gets any. */
	k = ca_line(w.root_key);
	k.valid_if_leaf_lt = 100;
	t = new_trust(&w, k, NULL);
	assert_int_equal(sy_chain_check(w.person, inter, 2, t, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	assert_int_equal(sy_chain_check_logged(w.person, inter, 2, t, SY_ROLE_TESTER, NOW, 99), SY_OK);
	assert_int_equal(sy_chain_check_logged(w.person, inter, 2, t, SY_ROLE_TESTER, NOW, 100), SY_ERR_BAD_CHAIN);
	sy_trust_free(t);
	/* A CA key on the list for one party is not another's. */
	k = ca_line(w.root_key);
	memcpy(k.party, PARTY, sizeof PARTY);
	t = new_trust(&w, k, NULL);
	assert_int_equal(sy_chain_check(w.person, inter, 2, t, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	sy_trust_free(t);
	world_done(&w);
}

static void
party_names(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec ca = ca_spec(), person = person_spec();
	person.party = OTHER; /* R: RFC 5280 4.2.1.10 */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_PARTY);
	ca.permitted = OTHER; /* a constraint on somebody else, and a person who fits it */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_PARTY);
	ca.permitted = NULL;
	person.party = PARTY;
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_PARTY);
	world_done(&w);
}

static void
roles(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec ca = ca_spec(), person = person_spec();
	assert_int_equal(check_at(&w, w.person, w.ca, w.root, SY_ROLE_REVIEWER, NOW), SY_ERR_WRONG_ROLE);
	person.roles = SY_ROLE_TESTER | SY_ROLE_OFFICER; /* not nested in the CA's, though tester is */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_ROLE);
	person.roles = 0;
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_ROLE);
	person = person_spec();
	ca.roles = 0; /* a party CA without a bound */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_WRONG_ROLE);
	world_done(&w);
}

static void
status_role(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec s = person_spec(), ca = ca_spec();
	s.roles = SY_ROLE_STATUS;
	SY_AUTO_CERT *status = issue(&s, w.key, w.root, w.root_key);
	assert_int_equal(check_at(&w, status, w.ca, w.root, SY_ROLE_STATUS, NOW), SY_OK);
	/* Not below a party CA, and not with another role beside it. */
	ca.roles |= SY_ROLE_STATUS;
	SY_AUTO_CERT *bad_ca = issue(&ca, w.ca_key, w.root, w.root_key);
	SY_AUTO_CERT *below = issue(&s, w.key, bad_ca, w.ca_key);
	assert_int_equal(check_at(&w, below, bad_ca, w.root, SY_ROLE_STATUS, NOW), SY_ERR_WRONG_ROLE);
	s.roles = SY_ROLE_STATUS | SY_ROLE_TESTER;
	SY_AUTO_CERT *both = issue(&s, w.key, w.root, w.root_key);
	assert_int_equal(check_at(&w, both, w.ca, w.root, SY_ROLE_TESTER, NOW), SY_ERR_WRONG_ROLE);
	world_done(&w);
}

static void
ca_bits(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec ca = ca_spec(), person = person_spec();
	ca.ca = false; /* R: RFC 5280 6.1.4 (k) */
	ca.pathlen = -1;
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_BAD_CHAIN);
	ca = ca_spec();
	ca.key_cert_sign = false; /* R: RFC 5280 6.1.4 (n) */
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_BAD_CHAIN);
	person.ca = person.key_cert_sign = true; /* a CA does not sign records */
	person.permitted = PARTY;
	ca = ca_spec();
	ca.pathlen = -1;
	assert_int_equal(check_specs(&w, &ca, &person), SY_ERR_BAD_CHAIN);
	world_done(&w);
}

static void
path_length(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	SY_AUTO_KEY *sub_key = new_key(SY_ALG_P256);
	struct sy_x509_spec ca = ca_spec(), person = person_spec();
	SY_AUTO_CERT *sub = issue(&ca, sub_key, w.ca, w.ca_key); /* R: RFC 5280 4.2.1.9: below pathlen 0 */
	SY_AUTO_CERT *p = issue(&person, w.key, sub, sub_key);
	const struct sy_cert *inter[3] = { sub, w.ca, w.root };
	assert_int_equal(sy_chain_check(p, inter, 3, w.trust, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	/* A root with pathlen 0 has no party CAs. */
	struct sy_x509_spec root = root_spec();
	root.pathlen = 0;
	SY_AUTO_CERT *short_root = issue(&root, w.root_key, NULL, w.root_key);
	assert_int_equal(check_at(&w, w.person, w.ca, short_root, SY_ROLE_TESTER, NOW), SY_ERR_BAD_CHAIN);
	world_done(&w);
}

static enum sy_err
check_extended(const struct world *w, bool critical)
{
	struct sy_x509_spec s = person_spec();
	SY_AUTO_X509 *x = NULL;
	assert_int_equal(sy_x509_new(&s, w->key, w->ca, &x), SY_OK);
	ASN1_OBJECT *oid = OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1);
	ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
	assert_int_equal(ASN1_OCTET_STRING_set(value, (const unsigned char *)"\x05\x00", 2), 1);
	X509_EXTENSION *ext = X509_EXTENSION_create_by_OBJ(NULL, oid, critical, value);
	assert_int_equal(X509_add_ext(x, ext, -1), 1);
	X509_EXTENSION_free(ext);
	ASN1_OCTET_STRING_free(value);
	ASN1_OBJECT_free(oid);
	assert_int_equal(sy_x509_sign(x, w->ca_key), SY_OK);
	unsigned char *der = NULL;
	int len = i2d_X509(x, &der);
	SY_AUTO_CERT *c = NULL;
	assert_int_equal(sy_cert_parse(sy_span(der, (size_t)len), &c), SY_OK);
	OPENSSL_free(der);
	return check(w, c, w->ca);
}

static void
unknown_extension(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	assert_int_equal(check_extended(&w, true), SY_ERR_BAD_CHAIN); /* R: RFC 5280 4.2 */
	assert_int_equal(check_extended(&w, false), SY_OK);
	world_done(&w);
}

static void
parse_refuses(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_span der = sy_cert_der(w.person);
	struct sy_cert *c = NULL;
	uint8_t copy[2048];
	assert_true(der.len + 1 < sizeof copy);
	memcpy(copy, der.data, der.len);
	assert_int_equal(sy_cert_parse(sy_span(copy, der.len - 1), &c), SY_ERR_BAD_CERTIFICATE);
	copy[der.len] = 0;
	assert_int_equal(sy_cert_parse(sy_span(copy, der.len + 1), &c), SY_ERR_BAD_CERTIFICATE);
	assert_int_equal(sy_cert_parse(sy_span("", 0), &c), SY_ERR_BAD_CERTIFICATE);
	/* BER that OpenSSL reads: TRUE as 0x01 in the critical flag of keyUsage (X.690 11.1) */
	static const uint8_t flag[] = { 0x55, 0x1D, 0x0F, 0x01, 0x01, 0xFF };
	size_t at = 0;
	while (memcmp(copy + at, flag, sizeof flag) != 0)
		at++;
	copy[at + 5] = 0x01;
	assert_int_equal(sy_cert_parse(sy_span(copy, der.len), &c), SY_ERR_BAD_CERTIFICATE);
	/* The same inside an extension: basicConstraints of the CA, cA TRUE as 0x01 */
	static const uint8_t bc[] = { 0x55, 0x1D, 0x13, 0x01, 0x01, 0xFF, 0x04, 0x08, 0x30, 0x06, 0x01, 0x01, 0xFF };
	der = sy_cert_der(w.ca);
	memcpy(copy, der.data, der.len);
	for (at = 0; memcmp(copy + at, bc, sizeof bc) != 0;)
		at++;
	copy[at + 12] = 0x01;
	assert_int_equal(sy_cert_parse(sy_span(copy, der.len), &c), SY_ERR_BAD_CERTIFICATE);
	assert_int_equal(sy_cert_parse_pem(sy_span_str("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), &c), SY_ERR_BAD_CERTIFICATE);
	assert_null(c);
	world_done(&w);
}

static void
names_of_people(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	static const char *const bad[] = { "张三", "Zhang San", "a@b", "" };
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_cert_spec s = { .party = PARTY, .subject = bad[i], .roles = SY_ROLE_TESTER, .not_before = T0, .not_after = T0 + YEAR };
		struct sy_cert *c = NULL;
		assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &c), SY_ERR_BAD_CHARACTER);
		assert_null(c);
	}
	world_done(&w);
}

static void
issuing(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_cert_spec s = { .party = PARTY, .subject = "JC-0002", .roles = SY_ROLE_REVIEWER, .not_before = T0, .not_after = T0 + YEAR };
	SY_AUTO_CERT *good = NULL;
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &good), SY_OK);
	assert_int_equal(check_at(&w, good, w.ca, w.root, SY_ROLE_REVIEWER, NOW), SY_OK);
	assert_string_equal(sy_cert_party(good), PARTY);
	assert_string_equal(sy_cert_subject(good), "JC-0002");
	assert_int_equal(sy_cert_roles(good), SY_ROLE_REVIEWER);
	assert_int_equal(sy_cert_not_before(good), T0);
	assert_int_equal(sy_cert_not_after(good), T0 + YEAR);
	/* PEM there and back */
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 8192);
	sy_cert_print_pem(good, &pem);
	SY_AUTO_CERT *again = NULL;
	assert_int_equal(sy_cert_parse_pem(sy_buf_span(&pem), &again), SY_OK);
	assert_memory_equal(sy_cert_sha256(good), sy_cert_sha256(again), 32);
	struct sy_cert *no = NULL;
	s.roles = SY_ROLE_OFFICER;
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &no), SY_ERR_WRONG_ROLE);
	s.roles = SY_ROLE_TESTER;
	s.party = OTHER;
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &no), SY_ERR_WRONG_PARTY);
	s.party = PARTY;
	s.not_after = T0 + 6 * YEAR; /* outlives its CA */
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &no), SY_ERR_OUT_OF_RANGE);
	s.not_after = T0 + YEAR;
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.root_key, &no), SY_ERR_BAD_KEY);
	assert_int_equal(sy_cert_issue(&s, w.key, w.root, w.root_key, &no), SY_ERR_WRONG_ROLE); /* people stand below a party CA */
	s.ca = true;
	assert_int_equal(sy_cert_issue(&s, w.key, w.ca, w.ca_key, &no), SY_ERR_BAD_CHAIN);
	world_done(&w);
}

static void
requests(void **state)
{
	(void)state;
	static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_SM2 };
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		SY_AUTO_KEY *key = new_key(algs[i]);
		SY_CLEANUP(sy_buf_done) struct sy_buf pem;
		sy_buf_init(&pem, 8192);
		assert_int_equal(sy_csr_print(key, "JC-0001", &pem), SY_OK);
		SY_AUTO_KEY *back = NULL;
		assert_int_equal(sy_csr_parse(sy_buf_span(&pem), &back), SY_OK);
		assert_true(sy_key_eq_public(key, back));
		struct sy_key *no = NULL;
		assert_int_equal(sy_csr_parse(sy_span_str("-----BEGIN CERTIFICATE REQUEST-----\n"), &no), SY_ERR_BAD_CERTIFICATE);
		assert_null(no);
	}
}

static void
role_names(void **state)
{
	(void)state;
	enum sy_role r;
	unsigned many;
	for (unsigned bit = 1; bit <= SY_ROLE_STATUS; bit <<= 1) {
		assert_int_equal(sy_role_parse(sy_span_str(sy_role_name((enum sy_role)bit)), &r), SY_OK);
		assert_int_equal(r, bit);
	}
	assert_int_equal(sy_role_parse(sy_span_str("root"), &r), SY_ERR_UNKNOWN_CODE);
	assert_int_equal(sy_roles_parse(sy_span_str("tester,approver"), &many), SY_OK);
	assert_int_equal(many, SY_ROLE_TESTER | SY_ROLE_APPROVER);
	assert_int_equal(sy_roles_parse(sy_span_str("tester,tester"), &many), SY_ERR_DUPLICATE_FIELD);
	assert_int_equal(sy_roles_parse(sy_span_str("tester,"), &many), SY_ERR_UNKNOWN_CODE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_chain),
		cmocka_unit_test(dates),
		cmocka_unit_test(wrong_issuer),
		cmocka_unit_test(strangers),
		cmocka_unit_test(trust_list_rules),
		cmocka_unit_test(party_names),
		cmocka_unit_test(roles),
		cmocka_unit_test(status_role),
		cmocka_unit_test(ca_bits),
		cmocka_unit_test(path_length),
		cmocka_unit_test(unknown_extension),
		cmocka_unit_test(parse_refuses),
		cmocka_unit_test(names_of_people),
		cmocka_unit_test(issuing),
		cmocka_unit_test(requests),
		cmocka_unit_test(role_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
