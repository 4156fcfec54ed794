/* gtin.c: R: GS1 General Specifications 7.9; domain.md 2 (6901234567892). */
#include "schema/model/gtin.h"
#include "tests/unit/schema/model/number.h"

static const struct number_case cases[] = {
	{ "06901234567892", SY_OK, 0, NULL },
	{ "09520123456788", SY_OK, 0, NULL }, /* the demonstration prefix 952 */
	{ "00000012345670", SY_OK, 0, NULL },
	{ "06901234567893", SY_ERR_CHECK_DIGIT, 13, "should be 2, is 3" },
	{ "06901234567829", SY_ERR_CHECK_DIGIT, 13, NULL }, /* two neighbours swapped */
	{ "6901234567892", SY_ERR_TOO_SHORT, 13, "14" },
	{ "069012345678920", SY_ERR_TOO_LONG, 14, NULL },
	{ "0690123456789X", SY_ERR_BAD_CHARACTER, 13, "Character 14" },
	{ "0690 234567892", SY_ERR_BAD_CHARACTER, 4, "a digit" },
	{ "\xEF\xBC\x90" "6901234567892", SY_ERR_BAD_CHARACTER, 0, NULL }, /* a full-width zero */
	{ "", SY_ERR_TOO_SHORT, 0, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	number_check(sy_gtin_check, cases, SY_LEN(cases));
}

static void
widens(const char *text, enum sy_err err, size_t offset, const char *want)
{
	char out[15];
	struct sy_fault f = { 0 };
	assert_int_equal(sy_gtin_normalise(sy_span_str(text), out, &f), err);
	assert_int_equal(f.offset, offset);
	if (err == SY_OK)
		assert_string_equal(out, want);
}

/* GTIN-8, -12, -13 and -14 become one key. */
static void
test_normalise(void **state)
{
	(void)state;
	widens("12345670", SY_OK, 0, "00000012345670");
	widens("614141999996", SY_OK, 0, "00614141999996");
	widens("6901234567892", SY_OK, 0, "06901234567892");
	widens("06901234567892", SY_OK, 0, "06901234567892");
	widens("6901234567891", SY_ERR_CHECK_DIGIT, 12, NULL);
	widens("690123456", SY_ERR_MALFORMED, 9, NULL);
	widens("1234567", SY_ERR_TOO_SHORT, 7, NULL);
	widens("690123456789A", SY_ERR_BAD_CHARACTER, 12, NULL);
	widens("", SY_ERR_TOO_SHORT, 0, NULL);
}

/* Each single wrong digit is found. */
static void
test_any_single_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < 14; i++) {
		for (char c = '0'; c <= '9'; c++) {
			char text[] = "06901234567892";
			if (text[i] == c)
				continue;
			text[i] = c;
			assert_int_equal(sy_gtin_check(sy_span_str(text), NULL), SY_ERR_CHECK_DIGIT);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_normalise),
		cmocka_unit_test(test_any_single_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
