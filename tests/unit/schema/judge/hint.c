/* The hints: certain where the text is certain, a question where it is not, none where nothing can be guessed. */
#include "schema/judge/hint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
hint(const char *text, char zh[240])
{
	struct sy_fault f = { 0 };
	assert_int_equal(sy_hint_number(sy_span_str(text), 0, &f), SY_ERR_BAD_NUMBER);
	(void)snprintf(zh, 240, "%s", f.zh);
}

/* R: domain 3.4 "2.0×105" for 10⁵: the lost superscript is asked about, not assumed */
static void
lost_superscript_is_a_question(void **state)
{
	(void)state;
	char zh[240];
	hint("2.0×105", zh);
	assert_non_null(strstr(zh, "核对原件"));
	assert_non_null(strstr(zh, "200000"));
	hint("1.11×10³", zh);
	assert_null(strstr(zh, "核对原件"));
	assert_non_null(strstr(zh, "1110"));
}

static void
nothing_is_guessed(void **state)
{
	(void)state;
	static const char *const cases[] = { "1e99", "1.2345×10²", "×10³", "Foo-82", "Jan-", "1/2/3", "e3", "10^", "1×10", "\xff\xff" };
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		char zh[240];
		hint(cases[i], zh);
		if (strstr(zh, "0.05") == NULL)
			fail_msg("%s: %s", cases[i], zh);
	}
}

static void
first_fault_is_kept(void **state)
{
	(void)state;
	struct sy_fault f = { 0 };
	(void)sy_hint_number(sy_span_str("1e3"), 1, &f);
	(void)sy_hint_number(sy_span_str("Jan-82"), 0, &f);
	assert_non_null(strstr(f.zh, "1000"));
	assert_int_equal(f.offset, 1);
	assert_int_equal(sy_hint_number(sy_span_str("x"), 0, NULL), SY_ERR_BAD_NUMBER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_superscript_is_a_question),
		cmocka_unit_test(nothing_is_guessed),
		cmocka_unit_test(first_fault_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
