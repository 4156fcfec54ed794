/* R: PostScript Language Document Structuring Conventions 3.0 and EPSF 3.0: head, bounding box, no operator that an EPS must
 * not use, no fonts. Drawn by Ghostscript: tests/interop/readback.sh. */
#include "tagger/render/eps.h"

#include "tests/unit/tagger/render/fixture.h"

static void
form(void **state)
{
	(void)state;
	struct fixture f;
	bool more = false;
	fixture_open(&f, 600);
	assert_int_equal(sy_press_next(&f.press, &more, NULL), SY_OK);
	assert_int_equal(sy_eps_render(f.text, &f.press.layout, &f.press.symbol, &f.out), SY_OK);
	const char *s = sy_buf_cstr(&f.out);
	assert_int_equal(strncmp(s, "%!PS-Adobe-3.0 EPSF-3.0\n", 24), 0);
	/* 60 x 40 mm are 170.08 x 113.39 points. */
	assert_non_null(strstr(s, "\n%%BoundingBox: 0 0 171 114\n"));
	assert_non_null(strstr(s, "\n%%HiResBoundingBox: 0 0 170.0"));
	assert_non_null(strstr(s, "\n%%LanguageLevel: 2\n"));
	assert_string_equal(s + strlen(s) - 6, "%%EOF\n");
	static const char *const never[] = { "showpage", "initgraphics", "setpagedevice", "erasepage", "findfont", "run", "nan", "inf" };
	for (size_t i = 0; i < SY_LEN(never); i++)
		assert_null(strstr(s, never[i]));
	/* A rectangle for each run of modules. */
	size_t runs = 0, told = 0;
	for (unsigned y = 0; y < f.press.symbol.side; y++) {
		unsigned len;
		for (unsigned x = 0; sy_symbol_run(&f.press.symbol, y, &x, &len); x += len)
			runs++;
	}
	for (const char *p = s; (p = strstr(p, " R\n")) != NULL; p++)
		told++;
	assert_int_equal(told, runs + f.press.layout.nboxes + 1);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(form) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
