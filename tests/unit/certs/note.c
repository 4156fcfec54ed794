/* Signed notes: the published log re-signed byte for byte, and every way to be malformed. */
#include "vectors.h"

#include "certs/note.h"

static const char log_name[] = "example.com/log/testdata";
static const char log_vkey[] = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

static struct sy_key *
log_key(void)
{
	size_t len = 0;
	char *pem = vectors_read("c2sp-note/seed.pem", &len);
	SY_AUTO_SECRET *pass = NULL;
	struct sy_key *k = NULL;
	assert_int_equal(sy_secret_new(sy_span_str("suyuan test"), &pass), SY_OK);
	assert_int_equal(sy_key_parse_pem(sy_span(pem, len), pass, &k), SY_OK);
	free(pem);
	return k;
}

/* R: c2sp.org/signed-note "Verifier keys"; the key pair is Tessera's published test key */
static void
vkey_round_trip(void **state)
{
	(void)state;
	struct sy_note_key parsed, made;
	SY_AUTO_KEY *k = log_key();
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 400);
	assert_int_equal(sy_note_key_parse(sy_span_str(log_vkey), &parsed, NULL), SY_OK);
	assert_string_equal(parsed.name, log_name);
	assert_int_equal(sy_note_key_from(log_name, k, &made), SY_OK);
	assert_memory_equal(&parsed, &made, sizeof made);
	sy_note_key_print(&made, &b);
	assert_string_equal(sy_buf_cstr(&b), log_vkey);
}

static void
vkey_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "+", "++", "example.com/log/testdata", "example.com/log/testdata+33d7b496",
		"example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
		"example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
		"example.com/log/testdatb+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
		"example.com/log/testdata+33d7b496+BOHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx", /* type 0x04 */
		"example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkS=",
		"example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\n",
		"example.com/log testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
		"+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_note_key k;
		struct sy_fault fault = { 0 };
		if (sy_note_key_parse(sy_span_str(bad[i]), &k, &fault) != SY_ERR_BAD_KEY)
			fail_msg("accepted %s", bad[i]);
		assert_true(fault.offset <= strlen(bad[i]));
	}
	char long_name[400];
	struct sy_note_key k;
	SY_AUTO_KEY *key = log_key();
	memset(long_name, 'a', sizeof long_name);
	long_name[256] = '\0';
	assert_int_equal(sy_note_key_from(long_name, key, &k), SY_ERR_MALFORMED);
	long_name[255] = '\0';
	assert_int_equal(sy_note_key_from(long_name, key, &k), SY_OK);
	static const char *const names[] = { "", "a b", "a+b", "a\nb", "a\tb", "a\xc2\xa0z", "a\xe3\x80\x80", "a\xe2\x80\x83", "\xff" };
	for (size_t i = 0; i < SY_LEN(names); i++)
		assert_int_equal(sy_note_key_from(names[i], key, &k), SY_ERR_MALFORMED);
	assert_int_equal(sy_note_key_from("泌阳.example/日志", key, &k), SY_OK);
}

/* R: transparency-dev/tessera testdata/log: Ed25519 is deterministic, so the notes must come out alike */
static void
tessera_log(void **state)
{
	(void)state;
	SY_AUTO_KEY *k = log_key();
	struct sy_note_key vkey;
	assert_int_equal(sy_note_key_parse(sy_span_str(log_vkey), &vkey, NULL), SY_OK);
	for (unsigned i = 0; i < 16; i++) {
		char name[64];
		size_t len = 0;
		(void)snprintf(name, sizeof name, "c2sp-note/checkpoint.%u", i);
		char *text = vectors_read(name, &len);
		struct sy_note note;
		struct sy_checkpoint c;
		SY_CLEANUP(sy_buf_done) struct sy_buf again;
		sy_buf_init(&again, 2000);
		assert_int_equal(sy_note_parse(sy_span(text, len), &note, NULL), SY_OK);
		assert_int_equal(note.n, 1);
		assert_int_equal(sy_note_verify(&note, &vkey), SY_OK);
		assert_int_equal(sy_checkpoint_parse(note.text, &c, NULL), SY_OK);
		assert_int_equal(c.size, i);
		sy_checkpoint_print(&c, &again);
		assert_int_equal(sy_note_sign(&again, log_name, k), SY_OK);
		assert_true(sy_span_eq(sy_buf_span(&again), sy_span(text, len)));
		free(text);
	}
}

static void
several_signatures(void **state)
{
	(void)state;
	SY_AUTO_KEY *a = NULL;
	SY_AUTO_KEY *b = NULL;
	SY_AUTO_KEY *p256 = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	struct sy_note note;
	struct sy_note_key ka, kb, kc;
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &a), SY_OK);
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &b), SY_OK);
	assert_int_equal(sy_key_generate(SY_ALG_P256, &p256), SY_OK);
	sy_buf_init(&text, 20000);
	sy_buf_add_str(&text, "一\n\n二\n");
	assert_int_equal(sy_note_sign(&text, "a.example", a), SY_OK);
	assert_int_equal(sy_note_sign(&text, "b.example", b), SY_OK);
	assert_int_equal(sy_note_sign(&text, "p.example", p256), SY_ERR_BAD_KEY);
	assert_int_equal(sy_note_parse(sy_buf_span(&text), &note, NULL), SY_OK);
	assert_true(sy_span_eq_str(note.text, "一\n\n二\n"));
	assert_int_equal(note.n, 2);
	assert_int_equal(sy_note_key_from("a.example", a, &ka), SY_OK);
	assert_int_equal(sy_note_key_from("b.example", b, &kb), SY_OK);
	assert_int_equal(sy_note_key_from("b.example", a, &kc), SY_OK);
	assert_int_equal(sy_note_verify(&note, &ka), SY_OK);
	assert_int_equal(sy_note_verify(&note, &kb), SY_OK);
	assert_int_equal(sy_note_verify(&note, &kc), SY_ERR_UNKNOWN_KEY);
	text.data[1]++; /* another character of the text */
	assert_int_equal(sy_note_parse(sy_buf_span(&text), &note, NULL), SY_OK);
	assert_int_equal(sy_note_verify(&note, &ka), SY_ERR_BAD_SIGNATURE);
	assert_int_equal(sy_note_verify(&note, &kc), SY_ERR_UNKNOWN_KEY);
	text.data[1]--;
	for (unsigned i = 2; i < SY_NOTE_SIGS_MAX; i++)
		assert_int_equal(sy_note_sign(&text, "a.example", a), SY_OK);
	assert_int_equal(sy_note_sign(&text, "a.example", a), SY_ERR_TOO_MANY);
	assert_int_equal(sy_note_parse(sy_buf_span(&text), &note, NULL), SY_OK);
	assert_int_equal(sy_note_verify(&note, &ka), SY_OK);
}

/* One good line and one bad of the same key: said to have signed and did not. */
static void
one_line_forged(void **state)
{
	(void)state;
	SY_AUTO_KEY *a = NULL;
	struct sy_note_key k;
	struct sy_note note;
	SY_CLEANUP(sy_buf_done) struct sy_buf other, text;
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &a), SY_OK);
	assert_int_equal(sy_note_key_from("a.example", a, &k), SY_OK);
	sy_buf_init(&other, 1000);
	sy_buf_init(&text, 1000);
	sy_buf_add_str(&other, "other\n");
	sy_buf_add_str(&text, "text\n");
	assert_int_equal(sy_note_sign(&other, "a.example", a), SY_OK);
	assert_int_equal(sy_note_sign(&text, "a.example", a), SY_OK);
	sy_buf_add(&text, other.data + 7, other.len - 7);
	assert_int_equal(sy_note_parse(sy_buf_span(&text), &note, NULL), SY_OK);
	assert_int_equal(note.n, 2);
	assert_int_equal(sy_note_verify(&note, &k), SY_ERR_BAD_SIGNATURE);
}

#define D "\xe2\x80\x94 "
/* R: c2sp.org/signed-note "Format" */
static void
malformed(void **state)
{
	(void)state;
	static const char *const good[] = { "a\n\n" D "n AAAAAAA=\n", "a\n\n\n" D "n AAAAAAA=\n", "\n\n" D "n AAAAAAA=\n" };
	static const char *const bad[] = {
		"", "\n", "a", "a\n", "a\n\n", "a\n" D "n AAAAAAA=\n", "a\n\n" D "n AAAAAAA=", "a\n\n" D "n AAAAAAA=\n\n",
		"a\n\n- n AAAAAAA=\n", "a\n\n\xe2\x80\x93 n AAAAAAA=\n", "a\n\n" D "nAAAAAAA=\n", "a\n\n" D " AAAAAAA=\n",
		"a\n\n" D "n  AAAAAAA=\n", "a\n\n" D "n AAAAAAA= \n", "a\n\n" D "n AAAAAAA=x\n", "a\n\n" D "n AAAA\n", "a\n\n" D "n AAAAAA==\n",
		"a\n\n" D "n AAAAAAB=\n", "a\n\n" D "n AAAAAAA\n", "a\n\n" D "n\n", "a\n\n" D "\n", "a\n\n" D "n+m AAAAAAA=\n",
		"a\n\n" D "n AAAAAAA=\r\n", "a\r\n\r\n" D "n AAAAAAA=\n", "a\x01\n\n" D "n AAAAAAA=\n", "a\t\n\n" D "n AAAAAAA=\n",
		"\xff\n\n" D "n AAAAAAA=\n", "a\xc0\x80\n\n" D "n AAAAAAA=\n", "a\n\n" D "n AAAAAAA=\nx\n", "a\n\nx\n" D "n AAAAAAA=\n",
	};
	struct sy_note note;
	for (size_t i = 0; i < SY_LEN(good); i++)
		assert_int_equal(sy_note_parse(sy_span_str(good[i]), &note, NULL), SY_OK);
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_fault fault = { 0 };
		if (sy_note_parse(sy_span_str(bad[i]), &note, &fault) != SY_ERR_BAD_NOTE)
			fail_msg("accepted case %zu", i);
		assert_true(fault.offset <= strlen(bad[i]));
	}
	assert_int_equal(sy_note_parse(sy_span("a\0\n\n" D "n AAAAAAA=\n", 19), &note, NULL), SY_ERR_BAD_NOTE);
	char many[65 * 32];
	size_t n = 0;
	n += (size_t)snprintf(many, sizeof many, "a\n\n");
	for (unsigned i = 0; i < 65; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, D "n AAAAAAA=\n");
	assert_int_equal(sy_note_parse(sy_span(many, n), &note, NULL), SY_ERR_BAD_NOTE);
	assert_int_equal(sy_note_parse(sy_span(many, n - 15), &note, NULL), SY_OK);
}

static void
sign_refuses(void **state)
{
	(void)state;
	SY_AUTO_KEY *a = NULL;
	assert_int_equal(sy_key_generate(SY_ALG_ED25519, &a), SY_OK);
	static const char *const bad[] = { "", "no line feed", "tab\t\n", "\xff\n" };
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf b;
		sy_buf_init(&b, 1000);
		sy_buf_add_str(&b, bad[i]);
		assert_int_equal(sy_note_sign(&b, "a.example", a), SY_ERR_BAD_NOTE);
		assert_int_equal(b.len, strlen(bad[i]));
	}
	SY_CLEANUP(sy_buf_done) struct sy_buf small;
	sy_buf_init(&small, 20);
	sy_buf_add_str(&small, "text\n");
	assert_int_equal(sy_note_sign(&small, "a b", a), SY_ERR_MALFORMED);
	assert_int_equal(sy_note_sign(&small, "a.example", a), SY_ERR_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vkey_round_trip),
		cmocka_unit_test(vkey_refused),
		cmocka_unit_test(tessera_log),
		cmocka_unit_test(several_signatures),
		cmocka_unit_test(one_line_forged),
		cmocka_unit_test(malformed),
		cmocka_unit_test(sign_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
