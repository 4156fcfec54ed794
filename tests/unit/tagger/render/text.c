/* R: suyuan-tagger-labels(1), "Formats": the words, the symbol in half blocks with its quiet zone, the serial, the URL. */
#include "tests/unit/tagger/render/fixture.h"

/* Each line of blocks is two rows of modules: read back, they are the symbol's. */
static void
symbols(void **state)
{
	(void)state;
	struct fixture f;
	fixture_open(&f, 600);
	size_t labels = 0;
	while (fixture_next(&f, &sy_text_format)) {
		const struct sy_symbol *s = &f.press.symbol;
		const char *p = sy_buf_cstr(&f.out);
		assert_int_equal(strncmp(p, "\f\n", 2) == 0, labels > 0);
		assert_non_null(strstr(p, "批号 A1\n"));
		/* The quiet zone's first line: spaces only. */
		char blank[200] = "";
		(void)snprintf(blank, sizeof blank, "\n%*s\n", (int)(s->side + 2 * SY_SYMBOL_QUIET), "");
		p = strstr(p, blank);
		assert_non_null(p);
		p++;
		for (unsigned y = 0; y < s->side + 2 * SY_SYMBOL_QUIET; y += 2, p++)
			for (unsigned x = 0; x < s->side + 2 * SY_SYMBOL_QUIET; x++) {
				bool upper = strncmp(p, "▀", 3) == 0 || strncmp(p, "█", 3) == 0, lower = strncmp(p, "▄", 3) == 0 || strncmp(p, "█", 3) == 0;
				assert_int_equal(upper, sy_symbol_dark(s, x - SY_SYMBOL_QUIET, y - SY_SYMBOL_QUIET));
				assert_int_equal(lower, sy_symbol_dark(s, x - SY_SYMBOL_QUIET, y + 1 - SY_SYMBOL_QUIET));
				p += upper || lower ? 3 : 1;
			}
		char end[SY_LINK_URL_MAX + 300];
		(void)snprintf(end, sizeof end, "%s\n%s\n", f.press.layout.text[f.press.layout.serial].s, f.press.codes.url);
		assert_string_equal(p, end);
		labels++;
	}
	assert_int_equal(labels, 4);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(symbols) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
