/* R: ISO 216 (A4), ISO/IEC 18004: labels on a sheet lie on whole dots, apart from each other and from the edges. */
#include "tagger/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
places(void **state)
{
	(void)state;
	static const struct { const char *size; unsigned columns, rows; } cases[] = {
		{ "40x30", 4, 8 }, { "50x30", 3, 8 }, { "60x40", 3, 6 }, { "50x50", 3, 5 }, { "80x60", 2, 4 }, { "100x70", 1, 3 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_sheet s;
		assert_int_equal(sy_sheet_a4(sy_size_find(sy_span_str(cases[i].size)), 600, &s, NULL), SY_OK);
		assert_int_equal(s.columns, cases[i].columns);
		assert_int_equal(s.rows, cases[i].rows);
		size_t n = sy_sheet_capacity(&s), page;
		int x, y, margin = 8 * 23, x0, y0;
		sy_sheet_place(&s, 0, &page, &x0, &y0);
		sy_sheet_place(&s, n - 1, &page, &x, &y);
		assert_int_equal(page, 0);
		assert_true(x0 >= margin && y0 >= margin && x + s.label_width <= s.width - margin && y + s.label_height <= s.height - margin);
		assert_true(x0 % 2 == 0 && y0 % 2 == 0 && x % 2 == 0 && y % 2 == 0);
		assert_true(s.pitch_x > s.label_width && s.pitch_y > s.label_height);
		sy_sheet_place(&s, n, &page, &x, &y);
		assert_true(page == 1 && x == x0 && y == y0);
	}
	struct sy_sheet s;
	assert_int_equal(sy_sheet_a4(&(struct sy_size){ "200x40", 200, 40 }, 600, &s, NULL), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_sheet_a4(&sy_sizes[0], 72, &s, NULL), SY_ERR_BAD_ARGUMENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(places) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
