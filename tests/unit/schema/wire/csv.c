/* csv.c: RFC 4180 in, and nothing out that a spreadsheet would run. */
#include "schema/wire/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Rows joined by '|', cells by ';'. */
static void
reads(const char *text, const char *want)
{
	struct sy_csv c;
	struct sy_buf b;
	sy_buf_init(&b, 1000);
	sy_csv_init(&c, sy_span_str(text), 1000);
	for (bool more = true; more;) {
		assert_int_equal(sy_csv_next(&c, &more, NULL), SY_OK);
		for (size_t i = 0; more && i < c.n; i++) {
			sy_buf_add_span(&b, sy_csv_cell(&c, i));
			sy_buf_add_byte(&b, i + 1 < c.n ? ';' : '|');
		}
	}
	assert_string_equal(sy_buf_cstr(&b), want);
	assert_int_equal(sy_csv_cell(&c, 99).len, 0);
	sy_csv_done(&c);
	sy_buf_done(&b);
}

/* R: RFC 4180 2 */
static void
test_reading(void **state)
{
	(void)state;
	reads("", "");
	reads("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa;bbb;ccc|zzz;yyy;xxx|");
	reads("aaa,bbb\nzzz,yyy", "aaa;bbb|zzz;yyy|");
	reads("\"aaa\",\"b\r\nbb\",\"c\"\"c\"\r\n", "aaa;b\r\nbb;c\"c|");
	reads(",\n,", ";|;|");
	reads("\"\"\n", "|");
	reads("\n\na\n", "||a|");
	reads("\xEF\xBB\xBF" "a,b\n", "a;b|");
	reads("样品编号,JK(2023)-SA-001\n", "样品编号;JK(2023)-SA-001|");
}

static void
refuses(struct sy_span text, enum sy_err err, const char *field, size_t offset)
{
	struct sy_csv c;
	struct sy_fault f = { 0 };
	enum sy_err e = SY_OK;
	sy_csv_init(&c, text, 20);
	for (bool more = true; more && e == SY_OK;)
		e = sy_csv_next(&c, &more, &f);
	assert_int_equal(e, err);
	assert_string_equal(f.field, field);
	assert_int_equal(f.offset, offset);
	sy_csv_done(&c);
}

static void
test_refused(void **state)
{
	(void)state;
	refuses(sy_span_str("a,b\nc,d\"e\n"), SY_ERR_BAD_CHARACTER, "2.2", 7);
	refuses(sy_span_str("\"a\"b\n"), SY_ERR_BAD_CHARACTER, "1.1", 3);
	refuses(sy_span_str("a,\"b\n"), SY_ERR_MALFORMED, "1.2", 2);
	refuses(sy_span_str("a\rb\n"), SY_ERR_BAD_CHARACTER, "1.1", 1);
	refuses(sy_span("a\0b", 3), SY_ERR_BAD_CHARACTER, "1.1", 1);
	refuses(sy_span("\"a\0b\"", 5), SY_ERR_BAD_CHARACTER, "1.1", 2);
	refuses(sy_span_str("a,0123456789012345678901\n"), SY_ERR_TOO_LONG, "1.2", 2);
}

static void
test_too_many_columns(void **state)
{
	(void)state;
	struct sy_buf b;
	sy_buf_init(&b, 100);
	for (int i = 0; i < SY_CSV_COLUMNS_MAX; i++)
		sy_buf_add_byte(&b, ',');
	refuses(sy_buf_span(&b), SY_ERR_TOO_LONG, "1.65", SY_CSV_COLUMNS_MAX);
	sy_buf_done(&b);
}

static void
writes(const char *cell, const char *want)
{
	struct sy_buf b;
	sy_buf_init(&b, 100);
	sy_csv_add_cell(&b, sy_span_str(cell), true);
	assert_string_equal(sy_buf_cstr(&b), want);
	sy_buf_done(&b);
}

/* R: OWASP CSV injection: = + - @ TAB CR */
static void
test_formulas_are_defused(void **state)
{
	(void)state;
	writes("=1+1", "'=1+1");
	writes("+1", "'+1");
	writes("-1", "'-1");
	writes("@SUM(A1)", "'@SUM(A1)");
	writes("\tx", "'\tx");
	writes("\r=x", "\"'\r=x\"");
	writes("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
	writes("a=1", "a=1");
	writes("", "");
}

static void
test_round_trip(void **state)
{
	(void)state;
	static const char *const cells[] = { "正阳花生", "a,b", "q\"q", "x\r\ny", "", "last" };
	struct sy_buf b;
	sy_buf_init(&b, 1000);
	for (size_t i = 0; i < SY_LEN(cells); i++)
		sy_csv_add_cell(&b, sy_span_str(cells[i]), i == 0);
	sy_csv_add_int(&b, -5, false);
	sy_csv_end_row(&b);
	struct sy_csv c;
	bool more = false;
	sy_csv_init(&c, sy_buf_span(&b), 1000);
	assert_int_equal(sy_csv_next(&c, &more, NULL), SY_OK);
	assert_true(more);
	assert_int_equal(c.n, SY_LEN(cells) + 1);
	for (size_t i = 0; i < SY_LEN(cells); i++)
		assert_true(sy_span_eq_str(sy_csv_cell(&c, i), cells[i]));
	assert_true(sy_span_eq_str(sy_csv_cell(&c, SY_LEN(cells)), "-5"));
	sy_csv_done(&c);
	sy_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_many_columns),
		cmocka_unit_test(test_formulas_are_defused),
		cmocka_unit_test(test_round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
