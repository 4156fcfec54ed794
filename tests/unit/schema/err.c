/* err.c: every error has its own number and slug and a sentence in both
 * languages; a fault keeps what was set first. */
#include "schema/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const enum sy_err all[] = {
	SY_OK,
#define SY_ERR(number, name, slug, zh, en) SY_ERR_##name,
#include "schema/err.def"
#undef SY_ERR
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(all); i++) {
		const char *slug = sy_err_slug(all[i]);
		assert_true(strlen(slug) > 0 && strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(slug));
		assert_true(strlen(sy_err_zh(all[i])) > 0);
		assert_true(strlen(sy_err_en(all[i])) > 0);
		for (size_t k = i + 1; k < SY_LEN(all); k++) {
			assert_int_not_equal(all[i], all[k]);
			assert_string_not_equal(slug, sy_err_slug(all[k]));
		}
	}
}

static void
test_unknown_is_internal(void **state)
{
	(void)state;
	assert_string_equal(sy_err_slug((enum sy_err)499), "internal");
}

static void
test_first_fault_stays(void **state)
{
	(void)state;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_fault_at(&f, SY_ERR_TOO_LONG, "value", 3, 2), SY_ERR_TOO_LONG);
	assert_int_equal(sy_fault_say(&f, SY_ERR_MISSING, "other", "缺 %d", "lacks %d", 1), SY_ERR_MISSING);
	assert_int_equal(f.err, SY_ERR_TOO_LONG);
	assert_int_equal(f.offset, 3);
	sy_fault_within(&f, "3");
	sy_fault_within(&f, "items");
	assert_string_equal(f.field, "items.3.value");
	assert_string_equal(f.zh, "");
}

static void
test_say_both(void **state)
{
	(void)state;
	struct sy_fault f = { 0 };
	(void)sy_fault_say(&f, SY_ERR_CHECK_DIGIT, "", "应为 %c，第 %d 位", "expected %c at %d", '7', 14);
	assert_string_equal(f.zh, "应为 7，第 14 位");
	assert_string_equal(f.en, "expected 7 at 14");
	sy_fault_within(&f, "gtin");
	assert_string_equal(f.field, "gtin");
}

static void
test_null_and_long(void **state)
{
	(void)state;
	assert_int_equal(sy_fault_at(NULL, SY_ERR_IO, "x", 0, 0), SY_ERR_IO);
	assert_int_equal(sy_fault_say(NULL, SY_ERR_IO, "x", "读", "r"), SY_ERR_IO);
	sy_fault_within(NULL, "x");
	struct sy_fault f = { 0 };
	char name[400];
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	(void)sy_fault_at(&f, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	sy_fault_within(&f, name);
	assert_true(strlen(f.field) < sizeof f.field);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_unknown_is_internal),
		cmocka_unit_test(test_first_fault_stays),
		cmocka_unit_test(test_say_both),
		cmocka_unit_test(test_null_and_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
