/* Seals: every public vector, and what a signature must not survive. */
#include "vectors.h"

#include "certs/digest.h"
#include "certs/seal.h"

#include <pthread.h>

static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_ED25519, SY_ALG_SM2 };

struct pair {
	struct sy_key *key;
	struct sy_seal *sign, *verify;
};

static void
pair_make(enum sy_alg alg, struct pair *ret)
{
	struct sy_key *pub = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 200);
	assert_int_equal(sy_key_generate(alg, &ret->key), SY_OK);
	assert_int_equal(sy_key_print_spki(ret->key, &b), SY_OK);
	assert_int_equal(sy_key_parse_spki(sy_buf_span(&b), &pub), SY_OK);
	assert_int_equal(sy_seal_new(ret->key, &ret->sign), SY_OK);
	assert_int_equal(sy_seal_new(pub, &ret->verify), SY_OK);
	sy_key_free(pub); /* freeing it early is safe */
}

static void
pair_done(struct pair *p)
{
	sy_key_free(p->key);
	sy_seal_free(p->sign);
	sy_seal_free(p->verify);
}

static void
sign_and_verify(void **state)
{
	(void)state;
	uint8_t message[300], sig[64], bad[64];
	memset(message, 0x5a, sizeof message);
	for (size_t a = 0; a < SY_LEN(algs); a++) {
		SY_CLEANUP(pair_done) struct pair p;
		pair_make(algs[a], &p);
		for (size_t n = 0; n < sizeof message; n += 13) {
			struct sy_span m = sy_span(n == 0 ? NULL : message, n);
			assert_int_equal(sy_seal_sign(p.sign, m, sig), SY_OK);
			assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_OK);
			assert_true(sy_seal_is_low_s(algs[a], sig));
			assert_int_equal(sy_seal_verify(p.verify, sy_span(message, n + 1), sig), SY_ERR_BAD_SIGNATURE);
			assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_OK); /* a failure leaves nothing behind */
		}
		assert_int_equal(sy_seal_sign(p.verify, sy_span(message, 9), bad), SY_ERR_BAD_KEY);
	}
}

/* Every bit of a signature counts. */
static void
flipped_bits(void **state)
{
	(void)state;
	const struct sy_span m = sy_span_str("ZY250917A");
	for (size_t a = 0; a < SY_LEN(algs); a++) {
		SY_CLEANUP(pair_done) struct pair p;
		uint8_t sig[64];
		pair_make(algs[a], &p);
		assert_int_equal(sy_seal_sign(p.sign, m, sig), SY_OK);
		for (size_t bit = 0; bit < 512; bit += a == 2 ? 37 : 3) {
			sig[bit / 8] ^= (uint8_t)(1u << (bit % 8));
			assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_ERR_BAD_SIGNATURE);
			sig[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		}
		SY_CLEANUP(pair_done) struct pair other;
		pair_make(algs[a], &other);
		assert_int_equal(sy_seal_verify(other.verify, m, sig), SY_ERR_BAD_SIGNATURE);
		memset(sig, 0, sizeof sig);
		assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_ERR_BAD_SIGNATURE);
		memset(sig, 0xff, sizeof sig);
		assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_ERR_BAD_SIGNATURE);
	}
}

/* n - s verifies as FIPS 186-5 has it; only the token layer is stricter. */
static void
high_s_accepted(void **state)
{
	(void)state;
	char hex[] = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
	const uint8_t *n = vectors_hex(hex).data;
	SY_CLEANUP(pair_done) struct pair p;
	uint8_t sig[64];
	pair_make(SY_ALG_P256, &p);
	for (unsigned k = 0; k < 50; k++) {
		struct sy_span m = sy_span(&k, sizeof k);
		assert_int_equal(sy_seal_sign(p.sign, m, sig), SY_OK);
		assert_true(sy_seal_is_low_s(SY_ALG_P256, sig));
		int borrow = 0;
		for (size_t i = 32; i-- > 0;) {
			int d = n[i] - sig[32 + i] - borrow;
			borrow = d < 0;
			sig[32 + i] = (uint8_t)(d & 0xff);
		}
		assert_false(sy_seal_is_low_s(SY_ALG_P256, sig));
		assert_int_equal(sy_seal_verify(p.verify, m, sig), SY_OK);
	}
}

/* A key line, then cases: as the file's first line says. */
static void
wycheproof(const char *name, bool der, size_t want_count, size_t want_valid)
{
	char *text = vectors_read(name, NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0, valid = 0;
	struct sy_key *key = NULL;
	struct sy_seal *seal = NULL;
	while (vectors_line(&at, w, &n)) {
		if (strcmp(w[0], "key") == 0) {
			sy_seal_free(seal);
			sy_key_free(key);
			assert_int_equal(sy_key_parse_spki(vectors_hex(w[1]), &key), SY_OK);
			assert_int_equal(sy_seal_new(key, &seal), SY_OK);
			continue;
		}
		assert_int_equal(n, 4);
		struct sy_span m = vectors_hex(w[2]), s = vectors_hex(w[3]);
		uint8_t sig[64] = { 0 };
		enum sy_err err = SY_ERR_BAD_SIGNATURE;
		if (der)
			err = sy_sig_from_der(s, sig);
		else if (s.len == sizeof sig) {
			memcpy(sig, s.data, sizeof sig);
			err = SY_OK;
		}
		if (err == SY_OK)
			err = sy_seal_verify(seal, m, sig);
		bool want = strcmp(w[1], "valid") == 0;
		if (err != (want ? SY_OK : SY_ERR_BAD_SIGNATURE))
			fail_msg("%s case %s: %s, should be %s", name, w[0], sy_err_slug(err), w[1]);
		count++;
		valid += want ? 1 : 0;
	}
	assert_int_equal(count, want_count);
	assert_int_equal(valid, want_valid);
	sy_seal_free(seal);
	sy_key_free(key);
	free(text);
}

static void
wycheproof_p256_der(void **state)
{
	(void)state;
	wycheproof("wycheproof/p256_der.txt", true, 484, 174);
}

static void
wycheproof_p256_raw(void **state)
{
	(void)state;
	wycheproof("wycheproof/p256_raw.txt", false, 262, 173);
}

static void
wycheproof_ed25519(void **state)
{
	(void)state;
	wycheproof("wycheproof/ed25519.txt", false, 151, 88);
}

/* R: RFC 8032 7.1; and 5.1.7: S + L is the same number modulo L and is refused */
static void
rfc8032(void **state)
{
	(void)state;
	static const uint8_t order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
		[31] = 0x10 };
	char *text = vectors_read("rfc8032/ed25519.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 4);
		SY_AUTO_KEY *key = NULL;
		SY_AUTO_SEAL *seal = NULL;
		uint8_t sig[64];
		assert_int_equal(sy_key_from_raw_ed25519(vectors_hex(w[1]).data, &key), SY_OK);
		assert_int_equal(sy_seal_new(key, &seal), SY_OK);
		struct sy_span m = vectors_hex(w[2]);
		memcpy(sig, vectors_hex(w[3]).data, 64);
		assert_int_equal(sy_seal_verify(seal, m, sig), SY_OK);
		unsigned carry = 0;
		for (size_t i = 0; i < 32; i++) {
			carry += (unsigned)sig[32 + i] + order[i];
			sig[32 + i] = (uint8_t)carry;
			carry >>= 8;
		}
		assert_int_equal(carry, 0);
		assert_int_equal(sy_seal_verify(seal, m, sig), SY_ERR_BAD_SIGNATURE);
		count++;
	}
	assert_int_equal(count, 4);
	free(text);
}

/* R: GM/T 0003.5 annex A: only with the id 1234567812345678 inside Z */
static void
gmt0003(void **state)
{
	(void)state;
	char spki_hex[200], *text = vectors_read("gmt0003/sign.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n;
	assert_true(vectors_line(&at, w, &n));
	assert_int_equal(n, 3);
	(void)snprintf(spki_hex, sizeof spki_hex, "3059301306072a8648ce3d020106082a811ccf5501822d034200%s", w[0]);
	SY_AUTO_KEY *key = NULL;
	SY_AUTO_SEAL *seal = NULL;
	assert_int_equal(sy_key_parse_spki(vectors_hex(spki_hex), &key), SY_OK);
	assert_int_equal(sy_key_alg(key), SY_ALG_SM2);
	assert_int_equal(sy_seal_new(key, &seal), SY_OK);
	struct sy_span m = vectors_hex(w[1]), sig = vectors_hex(w[2]);
	for (int i = 0; i < 3; i++)
		assert_int_equal(sy_seal_verify(seal, m, sig.data), SY_OK);
	assert_int_equal(sy_seal_verify(seal, sy_span(m.data, m.len - 1), sig.data), SY_ERR_BAD_SIGNATURE);
	free(text);
}

/* One key in several threads, each with a seal of its own. */
static void *
thread_main(void *arg)
{
	const struct sy_key *key = arg;
	SY_AUTO_SEAL *seal = NULL;
	if (sy_seal_new(key, &seal) != SY_OK)
		return NULL;
	for (unsigned i = 0; i < 40; i++) {
		uint8_t sig[64];
		struct sy_span m = sy_span(&i, sizeof i);
		if (sy_seal_sign(seal, m, sig) != SY_OK || sy_seal_verify(seal, m, sig) != SY_OK)
			return NULL;
	}
	return arg;
}

static void
threads(void **state)
{
	(void)state;
	for (size_t a = 0; a < SY_LEN(algs); a++) {
		SY_AUTO_KEY *key = NULL;
		pthread_t t[4];
		assert_int_equal(sy_key_generate(algs[a], &key), SY_OK);
		for (size_t i = 0; i < SY_LEN(t); i++)
			assert_int_equal(pthread_create(&t[i], NULL, thread_main, key), 0);
		for (size_t i = 0; i < SY_LEN(t); i++) {
			void *ok = NULL;
			assert_int_equal(pthread_join(t[i], &ok), 0);
			assert_ptr_equal(ok, key);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sign_and_verify),
		cmocka_unit_test(flipped_bits),
		cmocka_unit_test(high_s_accepted),
		cmocka_unit_test(wycheproof_p256_der),
		cmocka_unit_test(wycheproof_p256_raw),
		cmocka_unit_test(wycheproof_ed25519),
		cmocka_unit_test(rfc8032),
		cmocka_unit_test(gmt0003),
		cmocka_unit_test(threads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
