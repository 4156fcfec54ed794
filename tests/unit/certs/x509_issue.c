/* x509_issue.c: what sy_cert_issue and the requests refuse; what they accept is in chain.c (issuing, requests).
 * R: chain.h; RFC 5280 4.2.1.9 (pathLen), RFC 2986 3 (a request proves possession). */
#include "world.h"

#include <openssl/pem.h>

struct issue_case {
	const char *what;
	struct sy_cert_spec spec;
	bool by_root;
	enum sy_err err;
};

#define LONG65 "0123456789012345678901234567890123456789012345678901234567890123x"
#define SPEC(p, s, r, c, from, to) { .party = (p), .subject = (s), .roles = (r), .ca = (c), .not_before = (from), .not_after = (to) }

static void
refused(void **state)
{
	(void)state;
	static const struct issue_case cases[] = {
		{ "party not an id", SPEC("PARTY", "a", SY_ROLE_TESTER, false, T0, T0 + YEAR), false, SY_ERR_WRONG_PARTY },
		{ "party in capitals", SPEC("00112233445566778899AABBCCDDEEFF", "a", SY_ROLE_TESTER, false, T0, T0 + YEAR), false, SY_ERR_WRONG_PARTY },
		{ "no staff number", SPEC(PARTY, "", SY_ROLE_TESTER, false, T0, T0 + YEAR), false, SY_ERR_BAD_CHARACTER },
		{ "a name for a staff number", SPEC(PARTY, "王一", SY_ROLE_TESTER, false, T0, T0 + YEAR), false, SY_ERR_BAD_CHARACTER },
		{ "33 characters", SPEC(PARTY, "012345678901234567890123456789012", SY_ROLE_TESTER, false, T0, T0 + YEAR), false, SY_ERR_BAD_CHARACTER },
		{ "CA without a name", SPEC(PARTY, "", SY_ROLE_TESTER, true, T0, T0 + YEAR), true, SY_ERR_TOO_LONG },
		{ "CA with 65 bytes", SPEC(PARTY, LONG65, SY_ROLE_TESTER, true, T0, T0 + YEAR), true, SY_ERR_TOO_LONG },
		{ "CA not UTF-8", SPEC(PARTY, "\xc3", SY_ROLE_TESTER, true, T0, T0 + YEAR), true, SY_ERR_BAD_UTF8 },
		{ "ends as it begins", SPEC(PARTY, "a", SY_ROLE_TESTER, false, T0, T0), false, SY_ERR_OUT_OF_RANGE },
		{ "before its CA", SPEC(PARTY, "a", SY_ROLE_TESTER, false, T0 - 1, T0 + YEAR), false, SY_ERR_OUT_OF_RANGE },
		{ "a second after its CA", SPEC(PARTY, "a", SY_ROLE_TESTER, false, T0, T0 + 5 * YEAR + 1), false, SY_ERR_OUT_OF_RANGE },
		{ "unknown role", SPEC(PARTY, "a", ~SY_ROLES_ALL, false, T0, T0 + YEAR), false, SY_ERR_OUT_OF_RANGE },
		{ "no role", SPEC(PARTY, "a", 0, false, T0, T0 + YEAR), false, SY_ERR_WRONG_ROLE },
		{ "no role, CA", SPEC(PARTY, "a", 0, true, T0, T0 + YEAR), true, SY_ERR_WRONG_ROLE },
		{ "a party's CA that seals for the status key", SPEC(PARTY, "a", SY_ROLE_STATUS | SY_ROLE_TESTER, true, T0, T0 + YEAR), true, SY_ERR_WRONG_ROLE },
		{ "the status key below a party", SPEC(PARTY, "a", SY_ROLE_STATUS, false, T0, T0 + YEAR), false, SY_ERR_WRONG_ROLE },
		{ "a person directly below the root", SPEC(PARTY, "a", SY_ROLE_STATUS | SY_ROLE_OFFICER, false, T0, T0 + YEAR), true, SY_ERR_WRONG_ROLE },
	};
	struct world w;
	world_init(&w, SY_ALG_P256);
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		const struct issue_case *c = &cases[i];
		struct sy_cert *no = NULL;
		enum sy_err e = sy_cert_issue(&c->spec, w.key, c->by_root ? w.root : w.ca, c->by_root ? w.root_key : w.ca_key, &no);
		if (e != c->err)
			print_message("%s: %s\n", c->what, sy_err_slug(e));
		assert_int_equal(e, c->err);
		assert_null(no);
	}
	world_done(&w);
}

static void
roots(void **state)
{
	(void)state;
	SY_AUTO_KEY *key = new_key(SY_ALG_P256);
	SY_AUTO_KEY *other = new_key(SY_ALG_P256);
	SY_AUTO_KEY *ed = new_key(SY_ALG_ED25519);
	struct sy_cert_spec s = { .party = OTHER, .subject = "根 root", .ca = true, .not_before = T0, .not_after = T0 + YEAR };
	struct sy_cert *no = NULL;
	assert_int_equal(sy_cert_issue(&s, ed, NULL, ed, &no), SY_ERR_BAD_KEY); /* X.509 of ours is P-256 and SM2 */
	assert_int_equal(sy_cert_issue(&s, key, NULL, other, &no), SY_ERR_BAD_KEY); /* a root signs itself */
	s.roles = SY_ROLE_TESTER;
	assert_int_equal(sy_cert_issue(&s, key, NULL, key, &no), SY_ERR_BAD_KEY);
	s.roles = 0;
	s.ca = false;
	s.subject = "root";
	assert_int_equal(sy_cert_issue(&s, key, NULL, key, &no), SY_ERR_BAD_KEY);
	assert_null(no);
	s.ca = true;
	SY_AUTO_CERT *root = NULL;
	assert_int_equal(sy_cert_issue(&s, key, NULL, key, &root), SY_OK);
	assert_true(sy_cert_is_ca(root));
	assert_true(sy_cert_is_root(root));
	/* One that is no CA signs nothing. */
	SY_AUTO_CERT *status = NULL;
	s = (struct sy_cert_spec){ .party = OTHER, .subject = "status", .roles = SY_ROLE_STATUS, .not_before = T0, .not_after = T0 + YEAR };
	assert_int_equal(sy_cert_issue(&s, other, root, key, &status), SY_OK);
	assert_false(sy_cert_is_ca(status));
	assert_false(sy_cert_is_root(status));
	assert_int_equal(sy_cert_issue(&s, key, status, other, &no), SY_ERR_BAD_KEY);
	/* The key inside is the subject's, and has no private part. */
	SY_AUTO_KEY *inside = NULL;
	assert_int_equal(sy_cert_key(status, &inside), SY_OK);
	assert_true(sy_key_eq_public(inside, other));
	assert_false(sy_key_has_private(inside));
}

/* The request of one key under the signature of another. */
static void
print_stolen(const struct sy_key *named, const struct sy_key *signer, struct sy_buf *ret)
{
	X509_REQ *req = X509_REQ_new();
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	assert_int_equal(X509_REQ_set_pubkey(req, sy_key_pkey(named)), 1);
	assert_true(X509_REQ_sign(req, sy_key_pkey(signer), EVP_sha256()) > 0);
	assert_int_equal(PEM_write_bio_X509_REQ(bio, req), 1);
	long len = BIO_get_mem_data(bio, &text);
	sy_buf_add(ret, text, (size_t)len);
	BIO_free_all(bio);
	X509_REQ_free(req);
}

static void
requests(void **state)
{
	(void)state;
	SY_AUTO_KEY *key = new_key(SY_ALG_P256);
	SY_AUTO_KEY *other = new_key(SY_ALG_P256);
	SY_CLEANUP(sy_buf_done) struct sy_buf pem, big;
	sy_buf_init(&pem, 8192);
	sy_buf_init(&big, 20000);
	struct sy_key *no = NULL;
	print_stolen(key, other, &pem);
	assert_int_equal(sy_csr_parse(sy_buf_span(&pem), &no), SY_ERR_BAD_SIGNATURE);
	assert_null(no);
	/* Longer than any request, whatever it begins with. */
	sy_buf_done(&pem);
	sy_buf_init(&pem, 8192);
	assert_int_equal(sy_csr_print(key, "a", &pem), SY_OK);
	sy_buf_add_span(&big, sy_buf_span(&pem));
	while (big.len <= 16384)
		sy_buf_add_byte(&big, '\n');
	assert_int_equal(sy_csr_parse(sy_buf_span(&big), &no), SY_ERR_TOO_LONG);
	assert_int_equal(sy_csr_parse(sy_span("", 0), &no), SY_ERR_BAD_CERTIFICATE);
	assert_null(no);
	/* Without its private key nobody makes a request. */
	SY_CLEANUP(sy_buf_done) struct sy_buf spki;
	sy_buf_init(&spki, 512);
	assert_int_equal(sy_key_print_spki(key, &spki), SY_OK);
	SY_AUTO_KEY *pub = NULL;
	assert_int_equal(sy_key_parse_spki(sy_buf_span(&spki), &pub), SY_OK);
	assert_int_equal(sy_csr_print(pub, "a", &pem), SY_ERR_BAD_KEY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused),
		cmocka_unit_test(roots),
		cmocka_unit_test(requests),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
