/* Keys: three algorithms by name, everything else refused. */
#include "vectors.h"

#include "certs/digest.h"
#include "certs/key.h"

static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_ED25519, SY_ALG_SM2 };

static void
names(void **state)
{
	(void)state;
	enum sy_alg a;
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		assert_int_equal(sy_alg_parse(sy_span_str(sy_alg_name(algs[i])), &a), SY_OK);
		assert_int_equal(a, algs[i]);
	}
	static const char *const bad[] = { "", "P256", "p-256", "es256", "rsa", "ed25519 ", "none" };
	for (size_t i = 0; i < SY_LEN(bad); i++)
		assert_int_equal(sy_alg_parse(sy_span_str(bad[i]), &a), SY_ERR_UNKNOWN_CODE);
}

static void
spki_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		SY_AUTO_KEY *k = NULL;
		SY_AUTO_KEY *pub = NULL;
		SY_AUTO_KEY *other = NULL;
		SY_CLEANUP(sy_buf_done) struct sy_buf a, b;
		sy_buf_init(&a, 200);
		sy_buf_init(&b, 200);
		assert_int_equal(sy_key_generate(algs[i], &k), SY_OK);
		assert_int_equal(sy_key_generate(algs[i], &other), SY_OK);
		assert_int_equal(sy_key_print_spki(k, &a), SY_OK);
		assert_int_equal(a.len, algs[i] == SY_ALG_ED25519 ? 44 : 91);
		assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &pub), SY_OK);
		assert_int_equal(sy_key_print_spki(pub, &b), SY_OK);
		assert_true(sy_span_eq(sy_buf_span(&a), sy_buf_span(&b)));
		assert_int_equal(sy_key_alg(pub), algs[i]);
		assert_true(sy_key_has_private(k));
		assert_false(sy_key_has_private(pub));
		assert_true(sy_key_eq_public(k, pub));
		assert_false(sy_key_eq_public(k, other));
	}
}

/* Every truncation, and every change of the prefix, is another algorithm or none. */
static void
spki_damaged(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		SY_AUTO_KEY *k = NULL;
		struct sy_key *bad = NULL;
		SY_CLEANUP(sy_buf_done) struct sy_buf a;
		sy_buf_init(&a, 200);
		assert_int_equal(sy_key_generate(algs[i], &k), SY_OK);
		assert_int_equal(sy_key_print_spki(k, &a), SY_OK);
		for (size_t n = 0; n < a.len; n++)
			assert_int_equal(sy_key_parse_spki(sy_span(a.data, n), &bad), SY_ERR_BAD_KEY);
		size_t prefix = algs[i] == SY_ALG_ED25519 ? 12 : 27; /* with the 04 of an uncompressed point */
		for (size_t at = 0; at < prefix; at++)
			for (unsigned bit = 0; bit < 8; bit++) {
				a.data[at] ^= (uint8_t)(1u << bit);
				assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &bad), SY_ERR_BAD_KEY);
				a.data[at] ^= (uint8_t)(1u << bit);
			}
		sy_buf_add_byte(&a, 0);
		assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &bad), SY_ERR_BAD_KEY);
		assert_null(bad);
	}
}

/* R: SEC 1 3.2.2.1: a point off the curve is no key; nor are zero and numbers above the prime. */
static void
point_off_curve(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		if (algs[i] == SY_ALG_ED25519)
			continue;
		SY_AUTO_KEY *k = NULL;
		struct sy_key *bad = NULL;
		SY_CLEANUP(sy_buf_done) struct sy_buf a;
		sy_buf_init(&a, 200);
		assert_int_equal(sy_key_generate(algs[i], &k), SY_OK);
		assert_int_equal(sy_key_print_spki(k, &a), SY_OK);
		a.data[90] ^= 1;
		assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &bad), SY_ERR_BAD_KEY);
		memset(a.data + 27, 0, 64);
		assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &bad), SY_ERR_BAD_KEY);
		memset(a.data + 27, 0xff, 64);
		assert_int_equal(sy_key_parse_spki(sy_buf_span(&a), &bad), SY_ERR_BAD_KEY);
		assert_null(bad);
	}
}

/* Other algorithms and curves, explicit parameters, a compressed point. */
static void
spki_refused(void **state)
{
	(void)state;
	char *text = vectors_read("keys/bad-spki.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0;
	while (vectors_line(&at, w, &n)) {
		struct sy_key *bad = NULL;
		assert_int_equal(n, 2);
		assert_int_equal(sy_key_parse_spki(vectors_hex(w[1]), &bad), SY_ERR_BAD_KEY);
		count++;
	}
	assert_int_equal(count, 7);
	free(text);
}

static void
fingerprint_and_kid(void **state)
{
	(void)state;
	SY_AUTO_KEY *k = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf a;
	sy_buf_init(&a, 200);
	uint8_t fp[32], want[32];
	char kid[17];
	assert_int_equal(sy_key_generate(SY_ALG_P256, &k), SY_OK);
	assert_int_equal(sy_key_print_spki(k, &a), SY_OK);
	assert_int_equal(sy_sha256(sy_buf_span(&a), want), SY_OK);
	assert_int_equal(sy_key_fingerprint(k, fp), SY_OK);
	assert_memory_equal(fp, want, 32);
	assert_int_equal(sy_key_kid(k, kid), SY_OK);
	assert_int_equal(strlen(kid), 16);
	assert_int_equal(strspn(kid, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 16);
}

static void
raw_ed25519(void **state)
{
	(void)state;
	SY_AUTO_KEY *k = NULL;
	SY_AUTO_KEY *p256 = NULL;
	SY_AUTO_KEY *pub = NULL;
	uint8_t raw[32];
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &k), SY_OK);
	assert_int_equal(sy_key_raw_ed25519(k, raw), SY_OK);
	assert_int_equal(sy_key_from_raw_ed25519(raw, &pub), SY_OK);
	assert_true(sy_key_eq_public(k, pub));
	assert_int_equal(sy_key_generate(SY_ALG_P256, &p256), SY_OK);
	assert_int_equal(sy_key_raw_ed25519(p256, raw), SY_ERR_BAD_KEY);
	struct sy_key *none = NULL;
	assert_int_equal(sy_key_generate((enum sy_alg)9, &none), SY_ERR_BAD_KEY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(spki_round_trip),
		cmocka_unit_test(spki_damaged),
		cmocka_unit_test(point_off_curve),
		cmocka_unit_test(spki_refused),
		cmocka_unit_test(fingerprint_and_kid),
		cmocka_unit_test(raw_ed25519),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
