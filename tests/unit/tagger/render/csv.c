/* R: RFC 4180; trust.md "Attacks that tests try": cells that begin with = + - @. suyuan-tagger-labels(1), "Formats". */
#include "tests/unit/tagger/render/fixture.h"

#include "schema/wire/csv.h"

static void
rows(void **state)
{
	(void)state;
	struct fixture f;
	struct sy_buf all;
	sy_buf_init(&all, 1 << 16);
	fixture_open(&f, 600);
	while (fixture_next(&f, &sy_csv_format))
		sy_buf_add_span(&all, sy_buf_span(&f.out));
	assert_int_equal(f.out.len, 0);
	assert_int_equal(memcmp(all.data, "\xEF\xBB\xBFurl,serial,typed,item,lot,product,", 37), 0);
	struct sy_csv c;
	bool more = true;
	size_t n = 0;
	sy_csv_init(&c, sy_buf_span(&all), 4096);
	for (;;) {
		assert_int_equal(sy_csv_next(&c, &more, NULL), SY_OK);
		if (!more)
			break;
		assert_int_equal(c.n, 13);
		if (n++ == 0)
			continue;
		assert_true(sy_span_eq_str(sy_csv_cell(&c, 5), "'=1+2 花生,\"A\""));
		assert_true(sy_span_eq_str(sy_csv_cell(&c, 4), "A1") && sy_span_eq_str(sy_csv_cell(&c, 3), "06901234567892"));
		static const char *const want[][3] = { { "K7Q2M9XW4T", "K7Q2 M9X W4T-B", "7" }, { "0123456789", NULL, "8" }, { "", "", "" }, { "", "", "" } };
		assert_true(sy_span_eq_str(sy_csv_cell(&c, 1), want[n - 2][0]) && sy_span_eq_str(sy_csv_cell(&c, 12), want[n - 2][2]));
		if (want[n - 2][1] != NULL)
			assert_true(sy_span_eq_str(sy_csv_cell(&c, 2), want[n - 2][1]));
	}
	assert_int_equal(n, 5);
	sy_csv_done(&c);
	sy_buf_done(&all);
	fixture_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rows) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
