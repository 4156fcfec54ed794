/* EC signatures as bytes: strict DER one way, shortest DER the other; low s. */
#include "vectors.h"

#include "certs/ecsig.h"

static const char p256_n[] = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
static const char p256_half[] = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8";

static void
sig_set(uint8_t sig[64], const char *r_hex, const char *s_hex)
{
	char r[65], s[65];
	(void)snprintf(r, sizeof r, "%s", r_hex);
	(void)snprintf(s, sizeof s, "%s", s_hex);
	memcpy(sig, vectors_hex(r).data, 32);
	memcpy(sig + 32, vectors_hex(s).data, 32);
}

/* Every length that a number can have, with and without the sign octet. */
static void
round_trip(void **state)
{
	(void)state;
	for (size_t rlen = 0; rlen <= 32; rlen++)
		for (size_t slen = 0; slen <= 32; slen++)
			for (unsigned top = 1; top <= 0xff; top += 0x7f) {
				uint8_t sig[64] = { 0 }, back[64], der[SY_ECSIG_DER_MAX];
				memset(sig + 32 - rlen, 0xa5, rlen);
				memset(sig + 64 - slen, 0x5a, slen);
				if (rlen > 0)
					sig[32 - rlen] = (uint8_t)top;
				size_t len = sy_ecsig_print(sig, der);
				assert_true(len <= sizeof der);
				assert_int_equal(sy_ecsig_parse(sy_span(der, len), back), SY_OK);
				assert_memory_equal(sig, back, 64);
				for (size_t n = 0; n < len; n++)
					assert_int_equal(sy_sig_from_der(sy_span(der, n), back), SY_ERR_BAD_SIGNATURE);
			}
}

/* R: X.690 8.3.2 and 10.1 */
static void
not_der(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"-", "3006020101020101ff", "300702010102010100", "30060201010201", "3106020101020101", "3006030101020101",
		"308106020101020101", /* long form of a short length */
		"30800201010201010000", "300702020001020101", "300702010102020001", "3006020181020101", "3006020101020181",
		"300402000200", "30050200020101", "3009020101020101020101", "3003020101",
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		char hex[160];
		uint8_t ret[64];
		(void)snprintf(hex, sizeof hex, "%s", bad[i]);
		if (sy_ecsig_parse(vectors_hex(hex), ret) != SY_ERR_BAD_SIGNATURE)
			fail_msg("accepted %s", bad[i]);
	}
	char wide[160]; /* 2^256 needs 33 octets without a sign octet */
	uint8_t ret[64];
	(void)snprintf(wide, sizeof wide, "3026022101%064d020101", 0);
	assert_int_equal(sy_ecsig_parse(vectors_hex(wide), ret), SY_ERR_BAD_SIGNATURE);
}

static void
range(void **state)
{
	(void)state;
	static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";
	static const char one[] = "0000000000000000000000000000000000000000000000000000000000000001";
	static const char last[] = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";
	static const char sm2_n[] = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
	uint8_t sig[64];
	sig_set(sig, one, last);
	assert_true(sy_ecsig_in_range(SY_ALG_P256, sig));
	sig_set(sig, zero, one);
	assert_false(sy_ecsig_in_range(SY_ALG_P256, sig));
	sig_set(sig, one, zero);
	assert_false(sy_ecsig_in_range(SY_ALG_SM2, sig));
	sig_set(sig, p256_n, one);
	assert_false(sy_ecsig_in_range(SY_ALG_P256, sig));
	sig_set(sig, one, p256_n);
	assert_false(sy_ecsig_in_range(SY_ALG_P256, sig));
	assert_false(sy_ecsig_in_range(SY_ALG_SM2, sig)); /* n of P-256 is the larger one */
	sig_set(sig, one, sm2_n);
	assert_false(sy_ecsig_in_range(SY_ALG_SM2, sig));
	assert_true(sy_ecsig_in_range(SY_ALG_P256, sig));
}

static void
low_s(void **state)
{
	(void)state;
	uint8_t sig[64], want[64];
	sig_set(sig, p256_half, p256_half);
	assert_true(sy_seal_is_low_s(SY_ALG_P256, sig));
	memcpy(want, sig, 64);
	sy_ecsig_lower(sig);
	assert_memory_equal(sig, want, 64);
	sig[63]++; /* half + 1 = n - half */
	assert_false(sy_seal_is_low_s(SY_ALG_P256, sig));
	assert_true(sy_seal_is_low_s(SY_ALG_SM2, sig));
	assert_true(sy_seal_is_low_s(SY_ALG_ED25519, sig));
	sy_ecsig_lower(sig);
	assert_memory_equal(sig, want, 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(not_der),
		cmocka_unit_test(range),
		cmocka_unit_test(low_s),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
