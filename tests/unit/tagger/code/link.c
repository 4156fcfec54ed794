/* R: RFC 3986, GS1 Digital Link URI syntax 1.6, suyuan-label(5): one spelling for what is signed; every refusal says where. */
#include "tagger/code/link.h"

#include "tagger/code/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define G "06901234567892"
#define LOT "/01/" G "/10/ZY250917A"
#define UNIT LOT "/21/K7Q2M9XW4T"

static char digits[SY_TOKEN_DIGITS + 1];

static int
make_digits(void **state)
{
	(void)state;
	uint8_t token[SY_TOKEN_SIZE];
	for (size_t i = 0; i < sizeof token; i++)
		token[i] = (uint8_t)(i * 37 + 1);
	sy_token_digits(token, digits);
	return 0;
}

static enum sy_err
parse(const char *url, struct sy_link *l, struct sy_fault *f)
{
	*f = (struct sy_fault){ .err = SY_OK };
	enum sy_err err = sy_link_parse(sy_span_str(url), l, f);
	assert_int_equal(f->err, err);
	if (err != SY_OK)
		assert_true(f->offset <= strlen(url) + 2);
	return err;
}

static void
a_label(void **state)
{
	(void)state;
	char url[512];
	struct sy_link l;
	struct sy_fault f;
	(void)snprintf(url, sizeof url, "HTTPS://Q.EXAMPLE.CN" UNIT "?S=%s#x?S=1", digits);
	assert_int_equal(parse(url, &l, &f), SY_OK);
	assert_string_equal(l.host, "q.example.cn");
	assert_true(l.tls && !l.own && l.has_token);
	assert_string_equal(l.item, G);
	assert_string_equal(l.lot, "ZY250917A");
	assert_string_equal(l.serial, "K7Q2M9XW4T");
	assert_string_equal(l.path, UNIT);
	assert_int_equal(l.token[3], 112);
	/* s is accepted as S; other people's parameters say nothing to us. */
	(void)snprintf(url, sizeof url, "http://127.0.0.1:8080/P/ZYHS01/10/A-1?lang=en&s=%s&from=%%E5%%BE%%AE", digits);
	assert_int_equal(parse(url, &l, &f), SY_OK);
	assert_string_equal(l.host, "127.0.0.1:8080");
	assert_true(!l.tls && l.own && l.has_token);
	assert_string_equal(l.item, "ZYHS01");
	assert_string_equal(l.serial, "");
}

static void
authorities(void **state)
{
	(void)state;
	static const struct { const char *authority, *host; enum sy_err err; } cases[] = {
		{ "Q.Example.CN", "q.example.cn", SY_OK }, { "q.cn:443", "q.cn", SY_OK }, { "q.cn:8443", "q.cn:8443", SY_OK },
		{ "xn--fiqs8s.cn", "xn--fiqs8s.cn", SY_OK }, { "q.cn:80", "q.cn:80", SY_OK },
		{ "q.cn@evil.cn", "", SY_ERR_BAD_CHARACTER }, { "u:p@q.cn", "", SY_ERR_BAD_CHARACTER }, { "@q.cn", "", SY_ERR_BAD_CHARACTER },
		{ "q.cn:", "", SY_ERR_MALFORMED }, { "q.cn:0", "", SY_ERR_MALFORMED }, { "q.cn:0443", "", SY_ERR_MALFORMED },
		{ "q.cn:65536", "", SY_ERR_MALFORMED }, { "q.cn:4a", "", SY_ERR_MALFORMED }, { "q.cn:443:443", "", SY_ERR_MALFORMED },
		{ "", "", SY_ERR_MISSING }, { ":443", "", SY_ERR_MISSING }, { "q.cn.", "", SY_ERR_MALFORMED }, { ".q.cn", "", SY_ERR_MALFORMED },
		{ "q..cn", "", SY_ERR_MALFORMED }, { "-q.cn", "", SY_ERR_MALFORMED }, { "q_q.cn", "", SY_ERR_BAD_CHARACTER },
		{ "q%2ecn", "", SY_ERR_BAD_CHARACTER }, { "\xE6\xBA\xAF.cn", "", SY_ERR_BAD_CHARACTER }, { "q\\.cn", "", SY_ERR_BAD_CHARACTER },
		{ "[::1]", "", SY_ERR_MALFORMED }, { "q\xEF\xBC\x8E" "cn", "", SY_ERR_BAD_CHARACTER },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		char url[256];
		struct sy_link l;
		struct sy_fault f;
		(void)snprintf(url, sizeof url, "https://%s" LOT, cases[i].authority);
		enum sy_err err = parse(url, &l, &f);
		if (err != cases[i].err)
			fail_msg("%s: %s", cases[i].authority, sy_err_slug(err));
		if (err == SY_OK)
			assert_string_equal(l.host, cases[i].host);
		else
			assert_true(f.offset >= 8);
	}
}

static void
refusals(void **state)
{
	(void)state;
	static const struct { const char *url; enum sy_err err; size_t offset; } cases[] = {
		{ "", SY_ERR_MALFORMED, 0 }, { "Https://q.cn" LOT, SY_ERR_MALFORMED, 0 }, { "HTTPs://q.cn" LOT, SY_ERR_MALFORMED, 0 },
		{ "ftp://q.cn" LOT, SY_ERR_MALFORMED, 0 }, { "//q.cn" LOT, SY_ERR_MALFORMED, 0 }, { LOT, SY_ERR_MALFORMED, 0 },
		{ " https://q.cn" LOT, SY_ERR_BAD_CHARACTER, 0 }, { "https://q.cn" LOT "\r\n", SY_ERR_BAD_CHARACTER, 43 },
		{ "https://q.cn", SY_ERR_MALFORMED, 12 }, { "https://q.cn/", SY_ERR_MALFORMED, 12 },
		{ "https://q.cn/01/06901234567893/10/A", SY_ERR_CHECK_DIGIT, 29 }, { "https://q.cn/01/6901234567892", SY_ERR_TOO_SHORT, 29 },
		{ "https://q.cn/01/069012345678920", SY_ERR_TOO_LONG, 30 }, { "https://q.cn/01/0690123456789X", SY_ERR_BAD_CHARACTER, 29 },
		{ "https://q.cn/01/" G "/10/", SY_ERR_TOO_SHORT, 34 }, { "https://q.cn/01/" G "/10/a", SY_ERR_BAD_CHARACTER, 34 },
		{ "https://q.cn/01/" G "/10/-A", SY_ERR_BAD_CHARACTER, 34 }, { "https://q.cn/01/" G "/10/A-", SY_ERR_BAD_CHARACTER, 35 },
		{ "https://q.cn/01/" G "/10/A.B", SY_ERR_BAD_CHARACTER, 35 }, { "https://q.cn/01/" G "/10/123456789012345678901", SY_ERR_TOO_LONG, 54 },
		{ "https://q.cn/01/" G "/21/K7Q2M9XW4T", SY_ERR_MALFORMED, 30 }, { "https://q.cn/01/" G "/21/K7Q2M9XW4T/10/A", SY_ERR_MALFORMED, 30 },
		{ "https://q.cn" LOT "/21/K7Q2M9XW4", SY_ERR_TOO_SHORT, 56 }, { "https://q.cn" LOT "/21/K7Q2M9XW4TT", SY_ERR_TOO_LONG, 57 },
		{ "https://q.cn" LOT "/21/K7Q2M9XW4U", SY_ERR_BAD_CHARACTER, 56 }, { "https://q.cn" LOT "/21/k7q2m9xw4t", SY_ERR_BAD_CHARACTER, 47 },
		{ "https://q.cn" LOT "/21/K7Q2M9XWIL", SY_ERR_BAD_CHARACTER, 55 }, { "https://q.cn" UNIT "/", SY_ERR_MALFORMED, 57 },
		{ "https://q.cn" LOT "/", SY_ERR_MALFORMED, 43 }, { "https://q.cn" UNIT "/98/X", SY_ERR_MALFORMED, 57 },
		{ "https://q.cn" LOT "/10/B", SY_ERR_MALFORMED, 43 }, { "https://q.cn/p/A/10/B", SY_ERR_MALFORMED, 12 },
		{ "https://q.cn/P/a/10/B", SY_ERR_BAD_CHARACTER, 15 }, { "https://q.cn/P/123456789012345", SY_ERR_TOO_LONG, 29 },
		{ "https://q.cn/P/", SY_ERR_TOO_SHORT, 15 }, { "https://q.cn//01/" G, SY_ERR_MALFORMED, 12 }, { "https://q.cn/01/../01/" G, SY_ERR_BAD_CHARACTER, 16 },
		{ "https://q.cn/01/" G "/10/A%00", SY_ERR_BAD_CHARACTER, 35 }, { "https://q.cn/01/" G "/10/A%0D%0A", SY_ERR_BAD_CHARACTER, 35 },
		{ "https://q.cn" LOT "?S", SY_ERR_TOO_SHORT, 46 }, { "https://q.cn" LOT "?S=", SY_ERR_TOO_SHORT, 46 },
		{ "https://q.cn" LOT "?S=12x", SY_ERR_BAD_CHARACTER, 48 }, { "https://q.cn" LOT "?%53=1", SY_ERR_BAD_CHARACTER, 44 },
		{ "https://q.cn" LOT "?x=%00", SY_ERR_MALFORMED, 46 }, { "https://q.cn" LOT "?x=%zz", SY_ERR_MALFORMED, 46 },
		{ "https://q.cn" LOT "?11=260801&11=260801", SY_ERR_DUPLICATE_FIELD, 54 }, { "https://q.cn" LOT "?17=269901", SY_ERR_BAD_DATE, 47 },
		{ "https://q.cn" LOT "?17=", SY_ERR_TOO_SHORT, 47 }, { "https://q.cn" LOT "?5555=1", SY_ERR_UNKNOWN_CODE, 44 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_link l;
		struct sy_fault f;
		enum sy_err err = parse(cases[i].url, &l, &f);
		if (err != cases[i].err || f.offset != cases[i].offset)
			fail_msg("%s: %s at %zu", cases[i].url, sy_err_slug(err), f.offset);
	}
	struct sy_link l;
	assert_int_equal(sy_link_parse(sy_span("https://q.cn" LOT "\0", 44), &l, NULL), SY_ERR_BAD_CHARACTER);
	static char big[SY_LINK_URL_MAX + 2];
	memset(big, 'A', sizeof big - 1);
	assert_int_equal(sy_link_parse(sy_span_str(big), &l, NULL), SY_ERR_TOO_LONG);
}

/* Both, or one twice, is malformed: two readers must never see two tokens. */
static void
token_twice(void **state)
{
	(void)state;
	static const char *const both[] = { "S=%s&S=%s", "s=%s&S=%s", "S=%s&x=1&s=%s" };
	for (size_t i = 0; i < SY_LEN(both); i++) {
		char url[1024] = "https://q.cn" UNIT "?", query[600];
		struct sy_link l;
		struct sy_fault f;
		struct sy_buf b;
		sy_buf_init(&b, sizeof query);
		for (const char *p = both[i]; *p != '\0'; p++) {
			if (*p == '%')
				sy_buf_add_str(&b, digits), p++;
			else
				sy_buf_add_byte(&b, (uint8_t)*p);
		}
		(void)snprintf(query, sizeof query, "%s", sy_buf_cstr(&b));
		sy_buf_done(&b);
		strncat(url, query, sizeof url - strlen(url) - 1);
		assert_int_equal(parse(url, &l, &f), SY_ERR_DUPLICATE_FIELD);
	}
}

static void
targets(void **state)
{
	(void)state;
	struct sy_link l;
	char query[300];
	(void)snprintf(query, sizeof query, "S=%s", digits);
	assert_int_equal(sy_link_parse_target(sy_span_str(UNIT), sy_span_str(query), &l, NULL), SY_OK);
	assert_string_equal(l.host, "");
	assert_int_equal(sy_link_parse_target(sy_span_str(LOT "/"), sy_span_str(""), &l, NULL), SY_OK);
	assert_string_equal(l.path, LOT);
	struct sy_fault f = { .err = SY_OK };
	assert_int_equal(sy_link_parse_target(sy_span_str(LOT "/"), sy_span_str(query), &l, &f), SY_ERR_MALFORMED);
	assert_string_equal(f.field, "path");
	assert_int_equal(sy_link_parse_target(sy_span_str(LOT "//"), sy_span_str(""), &l, NULL), SY_ERR_MALFORMED);
	assert_int_equal(sy_link_parse_target(sy_span_str("/"), sy_span_str(""), &l, NULL), SY_ERR_MALFORMED);
	f = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_link_parse_target(sy_span_str(LOT), sy_span_str("S=1"), &l, &f), SY_ERR_TOO_SHORT);
	assert_string_equal(f.field, "query");
}

static void
round_trip(void **state)
{
	(void)state;
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_buf b;
	struct sy_link l;
	assert_int_equal(sy_link_path(false, G, "ZY250917A", "K7Q2M9XW4T", path), SY_OK);
	assert_string_equal(path, UNIT);
	assert_int_equal(sy_link_path(true, "ZYHS01", "A", "", path), SY_OK);
	assert_string_equal(path, "/P/ZYHS01/10/A");
	assert_int_equal(sy_link_path(true, "ZYHS01", "", "K7Q2M9XW4T", path), SY_ERR_MISSING);
	assert_int_equal(sy_link_path(false, "06901234567893", "A", "", path), SY_ERR_CHECK_DIGIT);
	assert_int_equal(sy_link_path(false, G, "a", "", path), SY_ERR_BAD_CHARACTER);
	assert_int_equal(sy_link_path(false, G, "A", "K", path), SY_ERR_TOO_SHORT);
	sy_buf_init(&b, 1024);
	sy_link_print("HTTPS://Q.EXAMPLE.CN", UNIT, digits, &b);
	assert_int_equal(sy_link_parse(sy_buf_span(&b), &l, NULL), SY_OK);
	assert_string_equal(l.path, UNIT);
	sy_buf_done(&b);
}

/* R: Crockford base32, check symbol modulo 37. Typed I, L, O are mapped here and never in a URL. */
static void
typed_serials(void **state)
{
	(void)state;
	char serial[11], typed[32];
	char check = sy_serial_check_symbol("K7Q2M9XW4T");
	(void)snprintf(typed, sizeof typed, "k7q2 m9x w4t-%c", check);
	assert_int_equal(sy_serial_from_typed(sy_span_str(typed), serial, NULL), SY_OK);
	assert_string_equal(serial, "K7Q2M9XW4T");
	assert_int_equal(sy_serial_check_symbol("0000000001"), '1');
	assert_int_equal(sy_serial_check_symbol("0000000010"), '*'); /* 32 */
	assert_int_equal(sy_serial_check_symbol("0000000014"), 'U'); /* 36 */
	assert_int_equal(sy_serial_check_symbol("0000000015"), '0'); /* 37 */
	assert_int_equal(sy_serial_from_typed(sy_span_str("oooooooo1i-1"), serial, NULL), SY_ERR_CHECK_DIGIT); /* 33 is '~' */
	assert_int_equal(sy_serial_from_typed(sy_span_str("oooo ooo ol4 u"), serial, NULL), SY_OK);
	assert_string_equal(serial, "0000000014");
	struct sy_fault f = { .err = SY_OK };
	assert_int_equal(sy_serial_from_typed(sy_span_str("0000000014"), serial, &f), SY_ERR_TOO_SHORT);
	assert_int_equal(sy_serial_from_typed(sy_span_str("0000000014U0"), serial, NULL), SY_ERR_TOO_LONG);
	f = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_serial_from_typed(sy_span_str("000 U"), serial, &f), SY_ERR_BAD_CHARACTER);
	assert_int_equal(f.offset, 4);
	/* Every single wrong symbol and every swap of neighbours is found. */
	for (size_t i = 0; i < 10; i++) {
		char other[11] = "K7Q2M9XW4T";
		other[i] = other[i] == '3' ? '5' : '3';
		assert_int_not_equal(sy_serial_check_symbol(other), check);
		if (i == 9)
			continue;
		char swapped[11] = "K7Q2M9XW4T";
		swapped[i] = "K7Q2M9XW4T"[i + 1];
		swapped[i + 1] = "K7Q2M9XW4T"[i];
		assert_int_not_equal(sy_serial_check_symbol(swapped), check);
	}
}

/* R: tests/vectors/gs1-digital-link: where GS1's own engine refuses, so do we; where we are stricter, the file says why. */
static void
gs1_vectors(void **state)
{
	(void)state;
	FILE *f = fopen(SUYUAN_SOURCE_DIR "/tests/vectors/gs1-digital-link/cases.tsv", "r");
	assert_non_null(f);
	char line[1024];
	size_t n = 0;
	while (fgets(line, sizeof line, f) != NULL) {
		if (line[0] == '#')
			continue;
		struct sy_span rest = sy_span(line, strcspn(line, "\n")), uri = { 0 }, gs1 = { 0 }, ours = { 0 }, why = { 0 };
		assert_true(sy_span_cut(&rest, '\t', &uri) && sy_span_cut(&rest, '\t', &gs1) && sy_span_cut(&rest, '\t', &ours) && sy_span_cut(&rest, '\t', &why));
		struct sy_link l;
		enum sy_err err = sy_link_parse(uri, &l, NULL);
		if (!sy_span_eq_str(ours, sy_err_slug(err)))
			fail_msg("%.*s: %s", (int)uri.len, (const char *)uri.data, sy_err_slug(err));
		if (sy_span_eq_str(gs1, "fail"))
			assert_int_not_equal(err, SY_OK);
		else
			assert_true(err == SY_OK || why.len > 0);
		n++;
	}
	(void)fclose(f);
	assert_int_equal(n, 18);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label), cmocka_unit_test(authorities), cmocka_unit_test(refusals), cmocka_unit_test(token_twice),
		cmocka_unit_test(targets), cmocka_unit_test(round_trip), cmocka_unit_test(typed_serials), cmocka_unit_test(gs1_vectors),
	};
	return cmocka_run_group_tests(tests, make_digits, NULL);
}
