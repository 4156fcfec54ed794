/* SHA-256, HMAC, randomness, comparing in constant time. */
#include "vectors.h"

#include "certs/digest.h"

static void
check_hash(struct sy_span s, const char *hex)
{
	char want[65];
	uint8_t got[32];
	(void)snprintf(want, sizeof want, "%s", hex);
	assert_int_equal(sy_sha256(s, got), SY_OK);
	assert_memory_equal(got, vectors_hex(want).data, 32);
}

/* R: FIPS 180-4, NIST's example values */
static void
sha256_examples(void **state)
{
	(void)state;
	check_hash(sy_span(NULL, 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_hash(sy_span_str("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check_hash(sy_span_str("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
parts_are_one_message(void **state)
{
	(void)state;
	const struct sy_span parts[] = { sy_span_str("a"), sy_span(NULL, 0), sy_span_str("bc") };
	uint8_t one[32], three[32], none[32], empty[32];
	assert_int_equal(sy_sha256(sy_span_str("abc"), one), SY_OK);
	assert_int_equal(sy_sha256_parts(parts, 3, three), SY_OK);
	assert_memory_equal(one, three, 32);
	assert_int_equal(sy_sha256_parts(NULL, 0, none), SY_OK);
	assert_int_equal(sy_sha256(sy_span(NULL, 0), empty), SY_OK);
	assert_memory_equal(none, empty, 32);
}

/* R: RFC 4231 4.2, 4.3, 4.7; and RFC 2104 with nothing at all */
static void
hmac_examples(void **state)
{
	(void)state;
	uint8_t key1[20], key6[131], got[32];
	memset(key1, 0x0b, sizeof key1);
	memset(key6, 0xaa, sizeof key6);
	char w1[] = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
	char w2[] = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
	char w6[] = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
	char w0[] = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
	assert_int_equal(sy_hmac(sy_span(key1, sizeof key1), sy_span_str("Hi There"), got), SY_OK);
	assert_memory_equal(got, vectors_hex(w1).data, 32);
	assert_int_equal(sy_hmac(sy_span_str("Jefe"), sy_span_str("what do ya want for nothing?"), got), SY_OK);
	assert_memory_equal(got, vectors_hex(w2).data, 32);
	assert_int_equal(sy_hmac(sy_span(key6, sizeof key6), sy_span_str("Test Using Larger Than Block-Size Key - Hash Key First"), got), SY_OK);
	assert_memory_equal(got, vectors_hex(w6).data, 32);
	assert_int_equal(sy_hmac(sy_span(NULL, 0), sy_span(NULL, 0), got), SY_OK);
	assert_memory_equal(got, vectors_hex(w0).data, 32);
}

static void
random_differs(void **state)
{
	(void)state;
	uint8_t a[32] = { 0 }, b[32] = { 0 };
	assert_int_equal(sy_random(a, sizeof a), SY_OK);
	assert_int_equal(sy_random(b, sizeof b), SY_OK);
	assert_memory_not_equal(a, b, sizeof a);
	assert_int_equal(sy_random(a, 0), SY_OK);
}

static void
equal_secret(void **state)
{
	(void)state;
	assert_true(sy_equal_secret((const uint8_t *)"abc", (const uint8_t *)"abc", 3));
	assert_false(sy_equal_secret((const uint8_t *)"abc", (const uint8_t *)"abd", 3));
	assert_true(sy_equal_secret((const uint8_t *)"abc", (const uint8_t *)"abd", 2));
	assert_true(sy_equal_secret((const uint8_t *)"a", (const uint8_t *)"b", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_examples),
		cmocka_unit_test(parts_are_one_message),
		cmocka_unit_test(hmac_examples),
		cmocka_unit_test(random_differs),
		cmocka_unit_test(equal_secret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
