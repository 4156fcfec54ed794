/* entry.c: log entries: the good one, and each malformation with its own error (trust.md, "Records and the log"). */
#include "world.h"

#include "schema/wire/b64.h"

#define STATEMENT                                                                                                                                  \
	"{\"id\":\"0123456789abcdef0123456789abcdef\",\"issuer\":\"" PARTY "\",\"private_sha256\":null,"                                              \
	"\"public_sha256\":\"aa\",\"supersedes\":null,\"time\":\"2026-07-01T00:00:00Z\",\"type\":\"report\",\"version\":1}"
#define HEAD_A "{\"alg\":\"ES256\",\"iat\":1782864000,\"kid\":\"AAAAAAAAAAAAAAAA\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\","
#define X5T "\"x5t#S256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"
#define SIG "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
b64(struct sy_buf *b, const char *s)
{
	sy_b64url_add(b, sy_span_str(s));
}

/* An entry text out of plain texts, canonical or not. */
static void
make(struct sy_buf *b, const char *statement, const char *head, const char *head2)
{
	sy_buf_add_str(b, "{\"payload\":\"");
	b64(b, statement);
	sy_buf_add_str(b, "\",\"signatures\":[{\"protected\":\"");
	b64(b, head);
	sy_buf_add_str(b, "\",\"signature\":\"" SIG "\"}");
	if (head2 != NULL) {
		sy_buf_add_str(b, ",{\"protected\":\"");
		b64(b, head2);
		sy_buf_add_str(b, "\",\"signature\":\"" SIG "\"}");
	}
	sy_buf_add_str(b, "]}");
}

static enum sy_err
parse(const char *statement, const char *head, const char *head2, const char *field)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 200000);
	make(&b, statement, head, head2);
	struct sy_entry e;
	struct sy_fault f = { 0 };
	enum sy_err err = sy_entry_parse(sy_buf_span(&b), &e, &f);
	sy_entry_done(&e);
	if (field != NULL)
		assert_string_equal(f.field, field);
	return err;
}

static void
form(void **state)
{
	(void)state;
	assert_int_equal(parse(STATEMENT, HEAD_A X5T, NULL, NULL), SY_OK);
	/* statement */
	assert_int_equal(parse("{\"type\": \"report\"}", HEAD_A X5T, NULL, "payload"), SY_ERR_NOT_CANONICAL);
	assert_int_equal(parse("{\"version\":1}", HEAD_A X5T, NULL, "payload.type"), SY_ERR_MISSING);
	assert_int_equal(parse("[1]", HEAD_A X5T, NULL, "payload"), SY_ERR_WRONG_TYPE);
	assert_int_equal(parse("{\"type\":\"rumour\"}", HEAD_A X5T, NULL, "payload.type"), SY_ERR_UNSUPPORTED);
	assert_int_equal(parse("{\"type\":\"report\",\"type\":\"report\"}", HEAD_A X5T, NULL, NULL), SY_ERR_DUPLICATE_FIELD);
	/* typ does not fit the statement */
	assert_int_equal(parse("{\"type\":\"release\"}", HEAD_A X5T, NULL, "signatures.0.protected.typ"), SY_ERR_MALFORMED);
}

static void
heads(void **state)
{
	(void)state;
	static const struct {
		const char *head;
		enum sy_err err;
		const char *field;
	} bad[] = {
		{ "{}", SY_ERR_MISSING, "alg" },
		{ HEAD_A "\"x\":1," X5T, SY_ERR_UNKNOWN_FIELD, "x" },
		{ HEAD_A "\"x5c\":[]," X5T, SY_ERR_UNKNOWN_FIELD, "x5c" },
		{ "{\"iat\":1,\"alg\":\"ES256\"}", SY_ERR_NOT_CANONICAL, NULL },
		{ "{\"alg\":\"none\",\"iat\":1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_UNSUPPORTED, "alg" }, /* R: RFC 8725 3.1 */
		{ "{\"alg\":\"HS256\",\"iat\":1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_UNSUPPORTED, "alg" },
		{ "{\"alg\":\"EdDSA\",\"iat\":1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_UNSUPPORTED, "alg" },
		{ "{\"alg\":\"ES256\",\"iat\":\"1\",\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_WRONG_TYPE, "iat" },
		{ "{\"alg\":\"ES256\",\"iat\":-1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_OUT_OF_RANGE, "iat" },
		{ "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_BAD_CHARACTER, "kid" },
		{ "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"AAAAAAAAAAAAAAAAA\",\"role\":\"tester\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_BAD_CHARACTER, "kid" },
		{ "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"A\",\"role\":\"boss\",\"typ\":\"suyuan-report-v1+jws\"," X5T, SY_ERR_UNKNOWN_CODE, "role" },
		{ "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"suyuan-report-v2+jws\"," X5T, SY_ERR_UNSUPPORTED, "typ" },
		{ "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"A\",\"role\":\"tester\",\"typ\":\"JWT\"," X5T, SY_ERR_UNSUPPORTED, "typ" },
		{ HEAD_A "\"x5t#S256\":\"AAAA\"}", SY_ERR_TOO_SHORT, "x5t#S256" },
		{ HEAD_A "\"x5t#S256\":7}", SY_ERR_WRONG_TYPE, "x5t#S256" },
		{ "7", SY_ERR_WRONG_TYPE, "" },
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_seal_head h;
		struct sy_fault f = { 0 };
		enum sy_err e = sy_seal_head_parse(sy_span_str(bad[i].head), &h, &f);
		if (bad[i].err == SY_ERR_TOO_SHORT)
			assert_int_not_equal(e, SY_OK); /* the length's own error is b64's affair */
		else
			assert_int_equal(e, bad[i].err);
		if (bad[i].field != NULL)
			assert_string_equal(f.field, bad[i].field);
	}
}

static void
order_of_seals(void **state)
{
	(void)state;
	static const char reviewer[] = "{\"alg\":\"ES256\",\"iat\":1,\"kid\":\"B\",\"role\":\"reviewer\",\"typ\":\"suyuan-report-v1+jws\"," X5T;
	assert_int_equal(parse(STATEMENT, HEAD_A X5T, reviewer, NULL), SY_OK);
	assert_int_equal(parse(STATEMENT, reviewer, HEAD_A X5T, "signatures.1.protected.role"), SY_ERR_NOT_CANONICAL);
	assert_int_equal(parse(STATEMENT, HEAD_A X5T, HEAD_A X5T, "signatures.1.protected.role"), SY_ERR_NOT_CANONICAL);
}

static enum sy_err
parse_text(const char *text)
{
	struct sy_entry e;
	enum sy_err err = sy_entry_parse(sy_span_str(text), &e, NULL);
	sy_entry_done(&e);
	return err;
}

static void
envelope(void **state)
{
	(void)state;
	assert_int_equal(parse_text(""), SY_ERR_BAD_JSON);
	assert_int_equal(parse_text("[]"), SY_ERR_WRONG_TYPE);
	assert_int_equal(parse_text("{\"payload\":\"e30\"}"), SY_ERR_MISSING);
	assert_int_equal(parse_text("{\"payload\":\"e30\",\"signatures\":[],\"x\":1}"), SY_ERR_UNKNOWN_FIELD);
	assert_int_equal(parse_text("{\"payload\":1,\"signatures\":[]}"), SY_ERR_WRONG_TYPE);
	assert_int_equal(parse_text("{\"payload\":\"eyJ0eXBlIjoicmVwb3J0In0\",\"signatures\":[]}"), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(parse_text("{\"payload\":\"eyJ0eXBlIjoicmVwb3J0In0\",\"signatures\":{}}"), SY_ERR_WRONG_TYPE);
	assert_int_equal(parse_text("{\"payload\":\"eyJ0eXBlIjoicmVwb3J0In0=\",\"signatures\":[]}"), SY_ERR_BAD_CHARACTER); /* R: RFC 7515 2, no padding */
	/* an unprotected header (RFC 7515 7.2.1 knows one, we do not) */
	assert_int_equal(parse_text("{\"payload\":\"eyJ0eXBlIjoicmVwb3J0In0\",\"signatures\":[{\"header\":{},\"protected\":\"e30\",\"signature\":\"AA\"}]}"), SY_ERR_UNKNOWN_FIELD);
	/* too long */
	SY_CLEANUP(sy_buf_done) struct sy_buf big;
	sy_buf_init(&big, 1 << 20);
	for (size_t i = 0; i <= SY_ENTRY_MAX; i++)
		sy_buf_add_byte(&big, ' ');
	struct sy_entry e;
	assert_int_equal(sy_entry_parse(sy_buf_span(&big), &e, NULL), SY_ERR_TOO_LONG);
}

/* Seals the statement as w's person in that role. */
static void
seal_as(const struct sy_key *key, const struct sy_cert *cert, enum sy_role role, const char *kid, struct sy_buf *head, uint8_t sig[SY_SIG_SIZE])
{
	struct sy_seal_head h = { .alg = sy_key_alg(key), .iat = NOW, .role = role };
	assert_int_equal(sy_seal_typ(sy_span_str("report"), h.typ), SY_OK);
	if (kid == NULL)
		assert_int_equal(sy_key_kid(key, h.kid), SY_OK);
	else
		memcpy(h.kid, kid, strlen(kid) + 1);
	memcpy(h.x5t, sy_cert_sha256(cert), 32);
	sy_seal_head_print(&h, head);
	SY_CLEANUP(sy_buf_done) struct sy_buf input;
	sy_buf_init(&input, SY_ENTRY_MAX);
	sy_seal_input(sy_buf_span(head), sy_span_str(STATEMENT), &input);
	SY_AUTO_SEAL *s = NULL;
	assert_int_equal(sy_seal_new(key, &s), SY_OK);
	assert_int_equal(sy_seal_sign(s, sy_buf_span(&input), sig), SY_OK);
}

static void
seal_verify(void **state)
{
	(void)state;
	static const enum sy_alg algs[] = { SY_ALG_P256, SY_ALG_SM2 };
	for (size_t i = 0; i < SY_LEN(algs); i++) {
		struct world w;
		world_init(&w, algs[i]);
		SY_CLEANUP(sy_buf_done) struct sy_buf head, text;
		sy_buf_init(&head, 1024);
		sy_buf_init(&text, SY_ENTRY_MAX);
		uint8_t sig[SY_SIG_SIZE];
		seal_as(w.key, w.person, SY_ROLE_TESTER, NULL, &head, sig);
		const struct sy_entry_part part = { sy_buf_span(&head), sig };
		assert_int_equal(sy_entry_print(sy_span_str(STATEMENT), &part, 1, &text), SY_OK);
		struct sy_entry e;
		assert_int_equal(sy_entry_parse(sy_buf_span(&text), &e, NULL), SY_OK);
		assert_int_equal(sy_entry_seal_verify(&e, 0, w.person), SY_OK);
		assert_int_equal(sy_entry_seal_verify(&e, 1, w.person), SY_ERR_OUT_OF_RANGE);
		assert_int_equal(sy_entry_seal_verify(&e, 0, w.ca), SY_ERR_UNKNOWN_KEY);
		const struct sy_cert *certs[] = { w.ca, w.person, w.root };
		struct sy_entry_context c = { .certs = certs, .n = 3, .trust = w.trust, .leaf = SY_NOT_LOGGED };
		assert_int_equal(sy_entry_check(&e, &c, NULL), SY_OK);
		c.n = 1;
		assert_int_equal(sy_entry_check(&e, &c, NULL), SY_ERR_NOT_FOUND);
		e.seal[0].sig[40] ^= 1;
		assert_int_equal(sy_entry_seal_verify(&e, 0, w.person), SY_ERR_BAD_SIGNATURE);
		e.seal[0].sig[40] ^= 1;
		e.seal[0].head.kid[0] ^= 1;
		assert_int_equal(sy_entry_seal_verify(&e, 0, w.person), SY_ERR_UNKNOWN_KEY);
		sy_entry_done(&e);
		world_done(&w);
	}
}

static void
same_person_twice(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec s = person_spec();
	s.roles = SY_ROLE_TESTER | SY_ROLE_REVIEWER;
	SY_AUTO_CERT *both = issue(&s, w.key, w.ca, w.ca_key);
	SY_AUTO_KEY *second = new_key(SY_ALG_P256);
	SY_AUTO_CERT *same_number = issue(&s, second, w.ca, w.ca_key); /* another key, the same staff number */
	s.subject = "JC-0002";
	SY_AUTO_CERT *other = issue(&s, second, w.ca, w.ca_key);
	const struct sy_cert *certs[] = { w.ca, w.root, both, same_number, other };
	const struct {
		const struct sy_key *key;
		const struct sy_cert *cert;
		enum sy_err err;
	} reviewers[] = { { w.key, both, SY_ERR_SAME_PERSON }, { second, same_number, SY_ERR_SAME_PERSON }, { second, other, SY_OK } };
	for (size_t i = 0; i < SY_LEN(reviewers); i++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf h1, h2, text;
		sy_buf_init(&h1, 1024);
		sy_buf_init(&h2, 1024);
		sy_buf_init(&text, SY_ENTRY_MAX);
		uint8_t s1[SY_SIG_SIZE], s2[SY_SIG_SIZE];
		seal_as(w.key, both, SY_ROLE_TESTER, NULL, &h1, s1);
		seal_as(reviewers[i].key, reviewers[i].cert, SY_ROLE_REVIEWER, NULL, &h2, s2);
		const struct sy_entry_part parts[] = { { sy_buf_span(&h1), s1 }, { sy_buf_span(&h2), s2 } };
		assert_int_equal(sy_entry_print(sy_span_str(STATEMENT), parts, 2, &text), SY_OK);
		struct sy_entry e;
		assert_int_equal(sy_entry_parse(sy_buf_span(&text), &e, NULL), SY_OK);
		const struct sy_entry_context c = { .certs = certs, .n = SY_LEN(certs), .trust = w.trust, .leaf = SY_NOT_LOGGED };
		assert_int_equal(sy_entry_check(&e, &c, NULL), reviewers[i].err);
		sy_entry_done(&e);
	}
	world_done(&w);
}

/* The status key is known by its number on the trust list, not by its certificate alone. */
static void
status_by_number(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, SY_ALG_P256);
	struct sy_x509_spec s = person_spec();
	s.roles = SY_ROLE_STATUS;
	SY_AUTO_CERT *status = issue(&s, w.key, w.root, w.root_key);
	struct sy_trust *with = new_trust(&w, ca_line(w.root_key), w.key);
	struct sy_trust *wrong = new_trust(&w, ca_line(w.root_key), w.ca_key);
	const struct sy_cert *certs[] = { w.root, status };
	static const struct {
		const char *kid;
		int list;
		enum sy_err err;
	} cases[] = { { "7", 1, SY_OK }, { "8", 1, SY_ERR_UNKNOWN_KEY }, { "1", 1, SY_ERR_UNKNOWN_KEY }, { "07", 1, SY_ERR_UNKNOWN_KEY }, { "7", 0, SY_ERR_UNKNOWN_KEY }, { "7", 2, SY_ERR_UNKNOWN_KEY } };
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf head, text;
		sy_buf_init(&head, 1024);
		sy_buf_init(&text, SY_ENTRY_MAX);
		uint8_t sig[SY_SIG_SIZE];
		seal_as(w.key, status, SY_ROLE_STATUS, cases[i].kid, &head, sig);
		const struct sy_entry_part part = { sy_buf_span(&head), sig };
		assert_int_equal(sy_entry_print(sy_span_str(STATEMENT), &part, 1, &text), SY_OK);
		struct sy_entry e;
		assert_int_equal(sy_entry_parse(sy_buf_span(&text), &e, NULL), SY_OK);
		const struct sy_trust *list = cases[i].list == 0 ? w.trust : cases[i].list == 1 ? with : wrong;
		const struct sy_entry_context c = { .certs = certs, .n = 2, .trust = list, .leaf = SY_NOT_LOGGED };
		assert_int_equal(sy_entry_check(&e, &c, NULL), cases[i].err);
		sy_entry_done(&e);
	}
	sy_trust_free(with);
	sy_trust_free(wrong);
	world_done(&w);
}

static void
print_refuses(void **state)
{
	(void)state;
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, SY_ENTRY_MAX);
	uint8_t sig[SY_SIG_SIZE] = { 0 };
	const struct sy_entry_part part = { sy_span_str("{}"), sig };
	assert_int_equal(sy_entry_print(sy_span_str(STATEMENT), &part, 0, &text), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_entry_print(sy_span_str(STATEMENT), &part, 1, &text), SY_ERR_MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form),
		cmocka_unit_test(heads),
		cmocka_unit_test(order_of_seals),
		cmocka_unit_test(envelope),
		cmocka_unit_test(seal_verify),
		cmocka_unit_test(same_person_twice),
		cmocka_unit_test(status_by_number),
		cmocka_unit_test(print_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
