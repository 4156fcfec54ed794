/* What a reported value says (domain 3.3 rule 1, 3.4). */
#include "schema/judge/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
reads(const char *text, enum sy_reading_kind kind, const char *printed)
{
	struct sy_reading r;
	char out[SY_READING_TEXT_SIZE];
	struct sy_fault f = { 0 };
	if (sy_reading_parse(text, &r, &f) != SY_OK)
		fail_msg("%s: %s", text, sy_err_slug(f.err));
	if (r.kind != kind)
		fail_msg("%s is %d", text, (int)r.kind);
	sy_reading_print(&r, out);
	assert_string_equal(out, printed);
}

static void
accepted(void **state)
{
	(void)state;
	reads("0.050", SY_READING_NUMBER, "0.05");
	reads(" 12 ", SY_READING_NUMBER, "12");
	reads("未检出", SY_READING_ND, "未检出");
	reads("ND", SY_READING_ND, "未检出");
	reads("<0.010", SY_READING_LESS, "<0.01");
	reads("＜2", SY_READING_LESS, "<2");
	reads("未检出(＜2)", SY_READING_LESS, "<2");
	reads("未检出（<0.01）", SY_READING_LESS, "<0.01");
	reads("1,2，3;4；5", SY_READING_LIST, "1;2;3;4;5");
	reads("16, 54, <10", SY_READING_LIST, "16;54;<10");
	reads("检出,未检出", SY_READING_LIST, "检出;未检出");
}

static void
other(void **state)
{
	(void)state;
	static const char *const cases[] = { "检出", "阴性", "合格", "--", "/", "≤0.02", ">5", "≥1.5倍", "约3", "未检出，无异味", "微量" };
	for (size_t i = 0; i < SY_LEN(cases); i++)
		reads(cases[i], SY_READING_OTHER, "");
}

static void
refused(void **state)
{
	(void)state;
	static const struct { const char *text; size_t at; } cases[] = {
		{ "1.11×10³", 4 }, { "2.0×105", 3 }, { "Jan-82", 0 }, { "119/3", 3 }, { "<1e3", 2 }, { "１２", 0 }, { "1,2,x3", 4 },
		{ "13000CFU/g", 5 }, { "未检出(＜2", 0 }, { " 1e3", 2 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_reading r;
		struct sy_fault f = { 0 };
		if (sy_reading_parse(cases[i].text, &r, &f) != SY_ERR_BAD_NUMBER)
			fail_msg("%s was accepted", cases[i].text);
		if (f.offset != cases[i].at)
			fail_msg("%s: byte %zu", cases[i].text, f.offset);
	}
	struct sy_reading r;
	assert_int_equal(sy_reading_parse("0.05,", &r, NULL), SY_ERR_BAD_NUMBER);
	assert_int_equal(sy_reading_parse(",5", &r, NULL), SY_ERR_BAD_NUMBER);
	assert_int_equal(sy_reading_parse("5,,5", &r, NULL), SY_ERR_BAD_NUMBER);
	assert_int_equal(sy_reading_parse("", &r, NULL), SY_ERR_MISSING);
	assert_int_equal(sy_reading_parse("  ", &r, NULL), SY_ERR_MISSING);
	assert_int_equal(sy_reading_parse(NULL, &r, NULL), SY_ERR_MISSING);
	assert_int_equal(sy_reading_parse("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", &r, NULL), SY_ERR_TOO_LONG);
	assert_int_equal(sy_reading_parse("99999999999999999999", &r, NULL), SY_ERR_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(accepted), cmocka_unit_test(other), cmocka_unit_test(refused) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
