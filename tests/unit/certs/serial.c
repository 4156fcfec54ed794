/* Serials: the fast FF1 is the general one, each counter has one serial, and strangers are refused. */
#include "vectors.h"

#include "certs/digest.h"
#include "certs/serial.h"

#define AUTO_SERIAL SY_CLEANUP(sy_serial_freep) struct sy_serial

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static uint64_t
next(uint64_t *x) /* xorshift: the same cases in every run */
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
general(const uint8_t key[32], struct sy_span tweak, uint32_t counter, char ret[11])
{
	uint16_t in[10] = { 0 }, out[10];
	for (unsigned i = 0; i < 6; i++)
		in[i] = (uint16_t)((counter >> (25 - 5 * i)) & 31);
	assert_int_equal(sy_ff1(true, sy_span(key, 32), tweak, 32, in, out, 10), SY_OK);
	for (unsigned i = 0; i < 10; i++)
		ret[i] = alphabet[out[i]];
	ret[10] = '\0';
}

/* R: trust.md "Serial": FF1 at radix 32; 100,000 cases over 100 keys and tweaks of every length */
static void
agrees_with_general(void **state)
{
	(void)state;
	uint64_t x = 88172645463325252u;
	for (unsigned k = 0; k < 100; k++) {
		uint8_t key[32], tweak[64];
		for (size_t i = 0; i < 32; i++)
			key[i] = (uint8_t)next(&x);
		for (size_t i = 0; i < 64; i++)
			tweak[i] = (uint8_t)next(&x);
		struct sy_span t = sy_span(tweak, k < 65 ? k : 14);
		AUTO_SERIAL *s = NULL;
		assert_int_equal(sy_serial_new(key, t, &s), SY_OK);
		for (unsigned i = 0; i < 1000; i++) {
			uint32_t counter = (uint32_t)next(&x) & (SY_SERIAL_COUNT - 1), back = 0;
			char fast[11], slow[11];
			assert_int_equal(sy_serial_print(s, counter, fast), SY_OK);
			general(key, t, counter, slow);
			assert_string_equal(fast, slow);
			assert_int_equal(sy_serial_parse(s, sy_span_str(fast), &back, NULL), SY_OK);
			assert_int_equal(back, counter);
		}
	}
}

static void
edges(void **state)
{
	(void)state;
	const uint8_t key[32] = { 7 };
	AUTO_SERIAL *s = NULL;
	char text[11], first[11], last[11];
	uint32_t back = 1;
	assert_int_equal(sy_serial_new(key, sy_span_str("06901234567892"), &s), SY_OK);
	assert_int_equal(sy_serial_print(s, 0, first), SY_OK);
	assert_int_equal(sy_serial_parse(s, sy_span_str(first), &back, NULL), SY_OK);
	assert_int_equal(back, 0);
	assert_int_equal(sy_serial_print(s, SY_SERIAL_COUNT - 1, last), SY_OK);
	assert_int_equal(sy_serial_parse(s, sy_span_str(last), &back, NULL), SY_OK);
	assert_int_equal(back, SY_SERIAL_COUNT - 1);
	assert_int_equal(sy_serial_print(s, SY_SERIAL_COUNT, text), SY_ERR_EXHAUSTED);
	assert_int_equal(sy_serial_print(s, UINT32_MAX, text), SY_ERR_EXHAUSTED);
	uint8_t tweak[65] = { 0 };
	struct sy_serial *none = NULL;
	assert_int_equal(sy_serial_new(key, sy_span(tweak, 65), &none), SY_ERR_TOO_LONG);
}

/* Another product or key has other serials: none of 2,000 passes (one in 2^20 may). */
static void
strangers(void **state)
{
	(void)state;
	const uint8_t key[32] = { 7 }, other_key[32] = { 8 };
	AUTO_SERIAL *a = NULL;
	AUTO_SERIAL *b = NULL;
	AUTO_SERIAL *c = NULL;
	assert_int_equal(sy_serial_new(key, sy_span_str("06901234567892"), &a), SY_OK);
	assert_int_equal(sy_serial_new(key, sy_span_str("06901234567908"), &b), SY_OK);
	assert_int_equal(sy_serial_new(other_key, sy_span_str("06901234567892"), &c), SY_OK);
	for (uint32_t i = 0; i < 1000; i++) {
		char text[11];
		uint32_t counter = 0;
		struct sy_fault fault = { 0 };
		assert_int_equal(sy_serial_print(a, i, text), SY_OK);
		assert_int_equal(sy_serial_parse(b, sy_span_str(text), &counter, &fault), SY_ERR_NOT_ISSUED);
		assert_int_equal(fault.length, 10);
		assert_int_equal(sy_serial_parse(c, sy_span_str(text), &counter, NULL), SY_ERR_NOT_ISSUED);
	}
}

static void
malformed(void **state)
{
	(void)state;
	static const struct { const char *text; enum sy_err err; size_t offset; } bad[] = {
		{ "", SY_ERR_TOO_SHORT, 0 }, { "K7Q2M9XW4", SY_ERR_TOO_SHORT, 9 }, { "K7Q2M9XW4TT", SY_ERR_TOO_LONG, 10 },
		{ "k7Q2M9XW4T", SY_ERR_BAD_CHARACTER, 0 }, { "K7Q2I9XW4T", SY_ERR_BAD_CHARACTER, 4 },
		{ "K7Q2M9XW4U", SY_ERR_BAD_CHARACTER, 9 }, { "K7Q2M9XWL4", SY_ERR_BAD_CHARACTER, 8 },
		{ "O7Q2M9XW44", SY_ERR_BAD_CHARACTER, 0 }, { "K7Q2 9XW4T", SY_ERR_BAD_CHARACTER, 4 } };
	const uint8_t key[32] = { 7 };
	AUTO_SERIAL *s = NULL;
	uint32_t counter = 0;
	assert_int_equal(sy_serial_new(key, sy_span_str("06901234567892"), &s), SY_OK);
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_fault fault = { 0 };
		assert_int_equal(sy_serial_parse(s, sy_span_str(bad[i].text), &counter, &fault), bad[i].err);
		assert_int_equal(fault.offset, bad[i].offset);
	}
	for (unsigned c = 0; c < 256; c++) { /* exactly 32 bytes are symbols, NUL is none */
		uint8_t text[10] = "000000000";
		text[9] = (uint8_t)c;
		enum sy_err err = sy_serial_parse(s, sy_span(text, 10), &counter, NULL);
		assert_int_equal(err == SY_ERR_BAD_CHARACTER, c == 0 || strchr(alphabet, (int)c) == NULL);
	}
}

static void
commitment(void **state)
{
	(void)state;
	uint8_t key[32], got[32], want[32], whole[21 + 14 + 32];
	memset(key, 0x2b, sizeof key);
	memcpy(whole, "suyuan/serial-key/v1\n", 21);
	memcpy(whole + 21, "06901234567892", 14);
	memcpy(whole + 35, key, 32);
	assert_int_equal(sy_serial_commit(key, sy_span_str("06901234567892"), got), SY_OK);
	assert_int_equal(sy_sha256(sy_span(whole, sizeof whole), want), SY_OK);
	assert_memory_equal(got, want, 32);
}

/* R: another implementation, tests/interop/serial_peer.mjs */
static void
peer_serials(void **state)
{
	(void)state;
	char *text = vectors_read("serial/serials.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 4);
		AUTO_SERIAL *s = NULL;
		char got[11];
		assert_int_equal(sy_serial_new(vectors_hex(w[0]).data, sy_span_str(w[1]), &s), SY_OK);
		assert_int_equal(sy_serial_print(s, (uint32_t)strtoul(w[2], NULL, 10), got), SY_OK);
		assert_string_equal(got, w[3]);
		count++;
	}
	assert_int_equal(count, 500);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_general),
		cmocka_unit_test(peer_serials),
		cmocka_unit_test(edges),
		cmocka_unit_test(strangers),
		cmocka_unit_test(malformed),
		cmocka_unit_test(commitment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
