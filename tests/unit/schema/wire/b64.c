/* b64.c: base64 and base64url, strict. */
#include "schema/wire/b64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *plain, *padded, *bare;
} vectors[] = {
	/* R: RFC 4648 10 */
	{ "", "", "" },
	{ "f", "Zg==", "Zg" },
	{ "fo", "Zm8=", "Zm8" },
	{ "foo", "Zm9v", "Zm9v" },
	{ "foob", "Zm9vYg==", "Zm9vYg" },
	{ "fooba", "Zm9vYmE=", "Zm9vYmE" },
	{ "foobar", "Zm9vYmFy", "Zm9vYmFy" },
	/* R: RFC 4648 9: the first bytes of its example, 14 fb 9c 03 d9 7e */
	{ "\x14\xfb\x9c\x03\xd9\x7e", "FPucA9l+", "FPucA9l-" },
	{ "\xff\xff\xff", "////", "____" },
};

static void
test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(vectors); i++) {
		struct sy_buf b;
		sy_buf_init(&b, 100);
		sy_b64_add(&b, sy_span_str(vectors[i].plain));
		assert_string_equal(sy_buf_cstr(&b), vectors[i].padded);
		sy_buf_reset(&b);
		sy_b64url_add(&b, sy_span_str(vectors[i].plain));
		assert_string_equal(sy_buf_cstr(&b), vectors[i].bare);
		sy_buf_reset(&b);
		assert_int_equal(sy_b64_parse(sy_span_str(vectors[i].padded), &b, NULL), SY_OK);
		assert_true(sy_span_eq_str(sy_buf_span(&b), vectors[i].plain));
		sy_buf_reset(&b);
		assert_int_equal(sy_b64url_parse(sy_span_str(vectors[i].bare), &b, NULL), SY_OK);
		assert_true(sy_span_eq_str(sy_buf_span(&b), vectors[i].plain));
		uint8_t fixed[8] = { 0 };
		size_t len = strlen(vectors[i].plain);
		assert_int_equal(sy_b64url_parse_fixed(sy_span_str(vectors[i].bare), fixed, len, NULL), SY_OK);
		assert_memory_equal(fixed, vectors[i].plain, len);
		sy_buf_done(&b);
	}
}

static void
refuses(bool url, const char *text, enum sy_err err, size_t offset)
{
	struct sy_buf b;
	struct sy_fault f = { 0 };
	sy_buf_init(&b, 100);
	sy_buf_add_str(&b, "x");
	enum sy_err e = url ? sy_b64url_parse(sy_span_str(text), &b, &f) : sy_b64_parse(sy_span_str(text), &b, &f);
	assert_int_equal(e, err);
	assert_int_equal(f.offset, offset);
	assert_int_equal(b.len, 1); /* nothing of it was kept */
	sy_buf_done(&b);
}

/* R: RFC 4648 3.1 3.2 3.3 3.5 */
static void
test_refused(void **state)
{
	(void)state;
	refuses(false, "Zg", SY_ERR_MALFORMED, 2);
	refuses(false, "Zg=", SY_ERR_MALFORMED, 3);
	refuses(false, "Zh==", SY_ERR_MALFORMED, 1); /* a stray bit */
	refuses(false, "Zm9=", SY_ERR_MALFORMED, 2);
	refuses(false, "Z===", SY_ERR_BAD_CHARACTER, 1);
	refuses(false, "====", SY_ERR_BAD_CHARACTER, 0);
	refuses(false, "Zg==Zg==", SY_ERR_BAD_CHARACTER, 2);
	refuses(false, "Zm9\n", SY_ERR_BAD_CHARACTER, 3);
	refuses(false, "FPucA9l-", SY_ERR_BAD_CHARACTER, 7);
	refuses(true, "FPucA9l+", SY_ERR_BAD_CHARACTER, 7);
	refuses(true, "Zg==", SY_ERR_BAD_CHARACTER, 2);
	refuses(true, "Zh", SY_ERR_MALFORMED, 1);
	refuses(true, "Z", SY_ERR_MALFORMED, 1);
	refuses(true, "Zm9vY", SY_ERR_MALFORMED, 5);
	refuses(true, "Zm 9v", SY_ERR_BAD_CHARACTER, 2);
}

static void
test_fixed_refuses_other_lengths(void **state)
{
	(void)state;
	uint8_t out[4];
	assert_int_equal(sy_b64url_parse_fixed(sy_span_str("Zm9v"), out, 4, NULL), SY_ERR_MALFORMED);
	assert_int_equal(sy_b64url_parse_fixed(sy_span_str("Zm9vYmE"), out, 4, NULL), SY_ERR_MALFORMED);
	assert_int_equal(sy_b64url_parse_fixed(sy_span_str("Zm9vYg"), out, 4, NULL), SY_OK);
	assert_int_equal(sy_b64url_parse_fixed(sy_span_str("Zm9vYh"), out, 4, NULL), SY_ERR_MALFORMED);
}

static void
test_ceiling(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 2);
	assert_int_equal(sy_b64url_parse(sy_span_str("Zm9v"), &b, NULL), SY_ERR_TOO_LONG);
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_fixed_refuses_other_lengths),
		cmocka_unit_test(test_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
