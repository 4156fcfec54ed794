/* Keys at rest: what is read, what is refused, and for which reason. */
#include "vectors.h"

#include "certs/key.h"

static struct sy_secret *
secret_of(const char *text)
{
	struct sy_secret *s = NULL;
	assert_int_equal(sy_secret_new(sy_span_str(text), &s), SY_OK);
	return s;
}

static void
round_trip(void **state)
{
	(void)state;
	static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_ED25519, SY_ALG_SM2 };
	SY_AUTO_SECRET *pass = secret_of("泌阳花菇 2026");
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		SY_AUTO_KEY *k = NULL;
		SY_AUTO_KEY *back = NULL;
		SY_CLEANUP(sy_buf_done) struct sy_buf pem;
		sy_buf_init(&pem, 4096);
		assert_int_equal(sy_key_generate(algs[i], &k), SY_OK);
		assert_int_equal(sy_key_print_pem(k, pass, &pem), SY_OK);
		assert_int_equal(sy_key_parse_pem(sy_buf_span(&pem), pass, &back), SY_OK);
		assert_true(sy_key_eq_public(k, back));
		assert_true(sy_key_has_private(back));
		assert_int_equal(sy_key_alg(back), algs[i]);
	}
}

/* A wrong passphrase comes through CBC's padding once in 256: the garbage inside must not become a key. */
static void
wrong_passphrase(void **state)
{
	(void)state;
	size_t len = 0;
	char *text = vectors_read("keys/good-p256-pbkdf2.pem", &len);
	struct sy_key *k = NULL;
	static const char *const wrong[] = { "", "Suyuan", "suyuan " };
	for (size_t i = 0; i < SY_LEN(wrong); i++) {
		SY_AUTO_SECRET *pass = secret_of(wrong[i]);
		assert_int_equal(sy_key_parse_pem(sy_span(text, len), pass, &k), SY_ERR_BAD_PASSPHRASE);
	}
	free(text);
	SY_AUTO_KEY *mine = NULL;
	SY_AUTO_SECRET *pass = secret_of("right");
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 4096);
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &mine), SY_OK);
	assert_int_equal(sy_key_print_pem(mine, pass, &pem), SY_OK);
	SY_AUTO_SECRET *other = secret_of("wrong");
	assert_int_equal(sy_key_parse_pem(sy_buf_span(&pem), other, &k), SY_ERR_BAD_PASSPHRASE);
	assert_null(k);
}

/* Any changed character of a file of ours is damage, whatever the passphrase. */
static void
damaged(void **state)
{
	(void)state;
	SY_AUTO_KEY *mine = NULL;
	SY_AUTO_SECRET *pass = secret_of("right");
	SY_AUTO_SECRET *wrong = secret_of("wrong");
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 4096);
	struct sy_key *k = NULL;
	assert_int_equal(sy_key_generate(SY_ALG_P256, &mine), SY_OK);
	assert_int_equal(sy_key_print_pem(mine, pass, &pem), SY_OK);
	const char *begin = strstr(sy_buf_cstr(&pem), "-----BEGIN");
	assert_non_null(begin);
	for (size_t at = 9; at < pem.len; at++) {
		uint8_t was = pem.data[at];
		if (was == '\n')
			continue;
		pem.data[at] = was == 'A' ? 'B' : 'A';
		enum sy_err err = sy_key_parse_pem(sy_buf_span(&pem), at % 2 == 0 ? pass : wrong, &k);
		pem.data[at] = was;
		assert_int_equal(err, SY_ERR_BAD_KEY);
	}
	for (size_t n = 0; n < pem.len - 2; n += 7)
		assert_int_equal(sy_key_parse_pem(sy_span(pem.data, n), pass, &k), SY_ERR_BAD_KEY);
	assert_null(k);
}

static enum sy_err
parse_file(const char *name, const char *passphrase, struct sy_key **ret)
{
	char path[64];
	size_t len = 0;
	(void)snprintf(path, sizeof path, "keys/%s.pem", name);
	char *text = vectors_read(path, &len);
	SY_AUTO_SECRET *pass = secret_of(passphrase);
	enum sy_err err = sy_key_parse_pem(sy_span(text, len), pass, ret);
	free(text);
	return err;
}

/* Files by other software, which have no checksum line. */
static void
others_files(void **state)
{
	(void)state;
	static const char *const bad[] = { "bad-ed448", "bad-k1", "bad-mismatch", "bad-p256-pbes1", "bad-p256x", "bad-p384", "bad-public",
		"bad-rsa", "bad-unencrypted", "bad-x25519" };
	SY_AUTO_KEY *p256 = NULL;
	SY_AUTO_KEY *ed = NULL;
	assert_int_equal(parse_file("good-p256-pbkdf2", "suyuan", &p256), SY_OK);
	assert_int_equal(sy_key_alg(p256), SY_ALG_P256);
	assert_int_equal(parse_file("good-ed25519-scrypt", "suyuan", &ed), SY_OK);
	assert_int_equal(sy_key_alg(ed), SY_ALG_ED25519);
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_key *k = NULL;
		enum sy_err err = parse_file(bad[i], "suyuan", &k);
		if (err != SY_ERR_BAD_KEY)
			fail_msg("%s: %s", bad[i], sy_err_slug(err));
		assert_null(k);
	}
}

static void
print_refuses(void **state)
{
	(void)state;
	SY_AUTO_KEY *k = NULL;
	SY_AUTO_KEY *pub = NULL;
	SY_AUTO_SECRET *pass = secret_of("x");
	SY_AUTO_SECRET *empty = secret_of("");
	SY_CLEANUP(sy_buf_done) struct sy_buf b, spki, tiny;
	sy_buf_init(&b, 4096);
	sy_buf_init(&spki, 200);
	sy_buf_init(&tiny, 100);
	assert_int_equal(sy_key_generate(SY_ALG_P256, &k), SY_OK);
	assert_int_equal(sy_key_print_spki(k, &spki), SY_OK);
	assert_int_equal(sy_key_parse_spki(sy_buf_span(&spki), &pub), SY_OK);
	assert_int_equal(sy_key_print_pem(pub, pass, &b), SY_ERR_BAD_KEY);
	assert_int_equal(sy_key_print_pem(k, empty, &b), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_key_print_pem(k, pass, &tiny), SY_ERR_TOO_LONG);
	assert_int_equal(b.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(wrong_passphrase),
		cmocka_unit_test(damaged),
		cmocka_unit_test(others_files),
		cmocka_unit_test(print_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
