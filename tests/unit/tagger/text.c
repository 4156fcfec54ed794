/* Text: lines break where they may, no character is lost, widths scale with the size. */
#include "tagger/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
lines(void **state)
{
	(void)state;
	SY_AUTO_TEXT *t = NULL;
	assert_int_equal(sy_text_new(&t, NULL), SY_OK);
	assert_true(sy_text_family(t)[0] != '\0');
	struct sy_span s = sy_span_str("产地 河南省驻马店市正阳县 ZY-1");
	double w = sy_text_width(t, s, 20, false), w2 = sy_text_width(t, s, 40, false);
	assert_true(w2 > 1.98 * w && w2 < 2.02 * w);
	assert_true(sy_text_width(t, sy_span_str("正"), 20, false) > 19 && sy_text_width(t, sy_span_str("正"), 20, false) < 21);
	for (double width = 10; width < 400; width += 13) {
		size_t at = 0;
		while (at < s.len) {
			size_t n = sy_text_fit(t, sy_span_sub(s, at, s.len), 20, false, width);
			assert_true(n > 0);
			at += n;
			assert_true(at == s.len || (s.data[at] & 0xC0) != 0x80); /* between characters */
		}
		assert_int_equal(at, s.len);
	}
	assert_int_equal(sy_text_check(t, s, "x", NULL), SY_OK);
	assert_int_equal(sy_text_check(t, sy_span_str("a\tb"), "x", NULL), SY_ERR_BAD_CHARACTER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lines) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
